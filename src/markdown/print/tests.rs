use super::*;
use crate::markdown::Writer;
use crate::markdown::depth::DEEPEST;

/// Items are told by the offset of their block and by their mark; links to `dead` are dead.
#[derive(Default)]
struct Desk {
    items: Vec<(u32, Option<Mark>)>,
}

impl Desk {
    /// Every block that begins with a text of `blocks` is an item; its mark follows.
    fn new(text: &str, blocks: &[(&str, &str, Stays)]) -> Self {
        let item = |&(block, mark, stays): &(&str, &str, Stays)| {
            let start = text.find(block).unwrap();
            let at = start + block.find(mark).unwrap();
            let mark = (!mark.is_empty()).then(|| Mark { span: Span::new(at..at + mark.len()), stays });
            (u32::try_from(start).unwrap(), mark)
        };
        Self { items: blocks.iter().map(item).collect() }
    }
}

impl Hooks for Desk {
    fn item(&self, at: u32) -> Option<u32> {
        self.items.iter().position(|item| item.0 == at).map(|index| u32::try_from(index).unwrap())
    }
    fn mark(&self, item: u32) -> Option<Mark> {
        self.items[item as usize].1
    }
    fn text_at(&self, _: u32) -> Option<u32> {
        None
    }
    fn owners_at(&self, item: u32) -> Option<u32> {
        (item == 1).then(|| self.items[1].0 + 2)
    }
    fn write_owners(&self, _: u32, out: &mut Writer) {
        out.raw(" <i>OWNERS</i>");
    }
    fn write_attributes(&self, item: u32, out: &mut Writer) {
        out.raw(" class=\"item\" data-item=\"").number(item).raw("\"");
    }
    fn write_state(&self, _: u32, out: &mut Writer) {
        out.raw("<i>STATE</i>");
    }
    fn write_facts(&self, _: u32, _: FactsAt, out: &mut Writer) {
        out.raw("<i>FACTS</i>");
    }
    fn heading(&self, _: u32) -> Option<HeadingPlace<'_>> {
        Some(HeadingPlace { id: "id", level: 2 })
    }
    fn write_sum(&self, _: u32, _: &mut Writer) {}
    fn link(&self, _: u32, target: &str) -> Href {
        if ["http:", "https:", "mailto:"].iter().any(|start| target.starts_with(start)) {
            Href::Away(target.to_owned())
        } else if target == "page" {
            Href::To(target.to_owned())
        } else {
            Href::Dead("dead link".to_owned())
        }
    }
    fn image(&self, _: u32, target: &str) -> ImageHref {
        match target {
            "a.png" => ImageHref::Shown(target.to_owned()),
            "https://a.example/a.png" => ImageHref::Linked(target.to_owned()),
            _ => ImageHref::Dead("dead image".to_owned()),
        }
    }
    fn mention(&self, _: u32, id: &str) -> Option<String> {
        (id == "PR-004").then(|| "page#PR-004".to_owned())
    }
    fn write_code(&self, _: &str, text: &str, out: &mut Writer) {
        out.text(text);
    }
}

fn body(text: &str, desk: &Desk) -> String {
    let printed = print(Printing { text, body: 0, title: None }, desk);
    printed.body.as_str().to_owned()
}

fn plain(text: &str) -> String {
    body(text, &Desk::default())
}

#[test]
fn a_tight_item_has_a_line_and_its_box_is_replaced() {
    let text = "- [ ] Rotate *keys*\n  - note\n- [x] Done\n";
    let desk = Desk::new(text, &[("- [ ] R", "[ ]", Stays::Replaced), ("- [x] D", "[x]", Stays::Replaced)]);
    let expected = "<ul class=\"checklist\">\n\
        <li class=\"item\" data-item=\"0\"><div class=\"line\"><i>STATE</i><div class=\"text\">Rotate <em>keys</em></div>\
        <i>FACTS</i></div>\n<ul>\n<li>note</li>\n</ul>\n</li>\n\
        <li class=\"item\" data-item=\"1\"><div class=\"line\"><i>STATE</i><div class=\"text\">Done</div><i>FACTS</i></div>\n</li>\n\
        </ul>\n";
    assert_eq!(body(text, &desk), expected);
}

#[test]
fn a_loose_item_has_its_first_paragraph_as_line() {
    let text = "- [x] Done\n\n  More.\n";
    let desk = Desk::new(text, &[("- [x] D", "[x]", Stays::Replaced)]);
    let expected = "<ul class=\"checklist\">\n<li class=\"item\" data-item=\"0\"><div class=\"line\"><i>STATE</i><div class=\"text\">Done</div>\
        <i>FACTS</i></div>\n<p>More.</p>\n</li>\n</ul>\n";
    assert_eq!(body(text, &desk), expected);
}

#[test]
fn marks_of_any_shape_are_replaced_and_words_stay() {
    for (text, block, mark) in [
        ("- [~] Half", "- [~]", "[~]"),
        ("- ✅ Half", "- ✅", "✅"),
        ("- &#9744; Half", "- &#9744;", "&#9744;"),
        ("- ☐ Half", "- ☐", "☐"),
    ] {
        let desk = Desk::new(text, &[(block, mark, Stays::Replaced)]);
        assert!(body(text, &desk).contains("<div class=\"text\">Half</div>"), "{text}: {}", body(text, &desk));
    }
    let text = "- Gate — **PASS** (seen)";
    let desk = Desk::new(text, &[("- Gate — **PASS**", "PASS", Stays::Kept)]);
    assert!(body(text, &desk).contains("<div class=\"text\">Gate — <strong>PASS</strong> (seen)</div>"));
}

#[test]
fn an_item_of_blocks_only_still_has_its_line() {
    let text = "- [x]\n\n      code\n- ```\n  x\n  ```\n";
    let desk = Desk::new(text, &[("- ```", "", Stays::Kept)]);
    let expected = "<div class=\"line\"><i>STATE</i><div class=\"text\"></div><i>FACTS</i></div>\n<pre class=\"code\"";
    assert!(body(text, &desk).contains(expected), "{}", body(text, &desk));
}

#[test]
fn the_state_of_a_row_stands_in_the_cell_of_its_mark() {
    let text = "| A | S |\n|:--|--:|\n| one | ❌ no |\n| two | |\n| three | PASS |\n";
    let blocks = [("| one | ❌", "❌", Stays::Replaced), ("| two", "", Stays::Kept), ("| three | P", "P", Stays::Kept)];
    let expected = "<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n<thead><tr>\
        <th scope=\"col\" class=\"left\">A</th><th scope=\"col\" class=\"right\">S</th></tr></thead><tbody>\n\
        <tr class=\"item\" data-item=\"0\"><td class=\"left\">one</td><td class=\"right\"><i>STATE</i> no<i>FACTS</i></td></tr>\n\
        <tr class=\"item\" data-item=\"1\"><td class=\"left\"><i>STATE</i> two <i>OWNERS</i></td><td class=\"right\"><i>FACTS</i></td></tr>\n\
        <tr class=\"item\" data-item=\"2\"><td class=\"left\">three</td><td class=\"right\"><i>STATE</i> PASS<i>FACTS</i></td></tr>\n\
        </tbody></table></div>\n";
    assert_eq!(body(text, &Desk::new(text, &blocks)), expected);
}

#[test]
fn the_title_is_printed_apart_and_other_headings_are_wrapped() {
    let printed = print(Printing { text: "# A *b*\n\n# C\n", body: 0, title: Some(0) }, &Desk::default());
    assert_eq!(printed.title.as_str(), "A <em>b</em>");
    let expected = "<div class=\"heading\"><h2 id=\"id\" class=\"h1\">C</h2>\
        <a class=\"permalink\" href=\"#id\" aria-label=\"Permalink\">#</a></div>\n";
    assert_eq!(printed.body.as_str(), expected);
}

#[test]
fn front_matter_is_cut_off_and_offsets_are_those_of_the_file() {
    let text = "---\na: 1\n---\n- [x] B\n";
    let desk = Desk::new(text, &[("- [x]", "[x]", Stays::Replaced)]);
    let printed = print(Printing { text, body: 13, title: None }, &desk);
    assert!(printed.body.as_str().contains("<i>STATE</i><div class=\"text\">B</div>"), "{printed:?}");
    assert!(!printed.body.as_str().contains("a: 1"));
}

#[test]
fn a_box_that_is_no_item_is_text() {
    assert_eq!(plain("- [x] a\n"), "<ul>\n<li><span class=\"box\">[x]</span> a</li>\n</ul>\n");
}

#[test]
fn links_are_judged_by_the_hook_in_every_form() {
    assert_eq!(plain("[a](page \"t\")"), "<p><a href=\"page\" title=\"t\">a</a></p>\n");
    assert_eq!(plain("[a](javascript:x)"), "<p><span class=\"dead\" title=\"dead link\">a</span></p>\n");
    assert_eq!(plain("<javascript:x>"), "<p><span class=\"dead\" title=\"dead link\">javascript:x</span></p>\n");
    assert_eq!(
        plain("<a@b.example>"),
        "<p><a class=\"external\" href=\"mailto:a@b.example\" rel=\"noopener\">a@b.example</a></p>\n"
    );
    assert_eq!(plain("[a][r]\n\n[r]: vbscript:x"), "<p><span class=\"dead\" title=\"dead link\">a</span></p>\n");
    assert_eq!(
        plain("see https://a.example/b."),
        "<p>see <a class=\"external\" href=\"https://a.example/b\" rel=\"noopener\">https://a.example/b</a>.</p>\n"
    );
}

#[test]
fn images_are_shown_linked_or_dead() {
    assert_eq!(
        plain("![a *b*](a.png)"),
        "<p><img src=\"a.png\" alt=\"a b\" loading=\"lazy\" decoding=\"async\"></p>\n"
    );
    assert_eq!(
        plain("![x](https://a.example/a.png)"),
        "<p><a class=\"external image\" href=\"https://a.example/a.png\" rel=\"noopener\">x</a></p>\n"
    );
    assert_eq!(
        plain("[![x](https://a.example/a.png)](page)"),
        "<p><a href=\"page\"><span class=\"image\">x</span></a></p>\n"
    );
    assert_eq!(plain("![x](data:y)"), "<p><span class=\"dead\" title=\"dead image\">x</span></p>\n");
}

#[test]
fn mentions_become_links_outside_of_links_and_code() {
    let expected = "<p>a <a class=\"ref\" href=\"page#PR-004\">PR-004</a>, PR-005 <code>PR-004</code> <a href=\"page\">PR-004</a></p>\n";
    assert_eq!(plain("a PR-004, PR-005 `PR-004` [PR-004](page)"), expected);
}

#[test]
fn footnotes_stand_at_the_end() {
    let html = plain("a[^x] b[^x]\n\n[^x]: note\n\nlast\n");
    assert!(html.starts_with("<p>a<sup class=\"fn\" id=\"rb-ref-1\"><a href=\"#rb-note-1\""), "{html}");
    assert!(html.contains(
        "<p>last</p>\n<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n<li id=\"rb-note-1\"><p>note</p>"
    ));
    assert!(html.contains("href=\"#rb-ref-1-2\""), "{html}");
}

#[test]
fn alerts_are_notes() {
    let expected =
        "<div class=\"alert alert-warning\" role=\"note\"><p class=\"alert-title\">Warning</p>\n<p>x</p>\n</div>\n";
    assert_eq!(plain("> [!WARNING]\n> x\n"), expected);
}

#[test]
fn unknown_tags_are_text_and_comments_are_dropped() {
    assert_eq!(plain("a Vec<String> b"), "<p>a Vec&lt;String&gt; b</p>\n");
    assert_eq!(plain("<script>alert(1)</script>\n"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n");
    assert_eq!(plain("a <!-- b --> c\n\n<!--\nd\n-->\n"), "<p>a  c</p>\n");
    assert_eq!(plain("a<br/>b"), "<p>a<br>b</p>\n");
}

#[test]
fn known_html_passes_sanitised_and_what_the_program_wrote_comes_back() {
    let text =
        "<details onclick=\"x()\" class=\"item\"><summary>S</summary>\n\n- [x] B\n\n</details>\n\n<kbd style=\"x\">K\n";
    let desk = Desk::new(text, &[("- [x]", "[x]", Stays::Replaced)]);
    let expected = "<details><summary>S</summary>\n\n<ul class=\"checklist\">\n<li class=\"item\" data-item=\"0\"><div class=\"line\"><i>STATE</i>\
        <div class=\"text\">B</div><i>FACTS</i></div>\n</li>\n</ul>\n</details>\n\n<p><kbd>K</kbd></p>\n";
    assert_eq!(body(text, &desk), expected);
}

#[test]
fn raw_links_and_images_pass_the_same_hooks() {
    let html = plain(
        "<a href=\"java&#115;cript:x\" id=\"main\">a</a> <a href=page>b</a> <img src=\"a.png\" alt='x' onerror=y>",
    );
    let expected = "<p><span id=\"user-content-main\"></span><span class=\"dead\" title=\"dead link\">a</span> \
        <a href=\"page\">b</a> <img src=\"a.png\" alt=\"x\" loading=\"lazy\" decoding=\"async\"></p>\n";
    assert_eq!(html, expected);
}

#[test]
fn what_is_held_apart_cannot_be_imitated() {
    let html = plain("<b data-rb=\"rb0-0\">x</b>\n\n- [ ] y\n\n`rb0-0;`\n");
    assert!(html.contains("<b data-rb=\"rb0-0\">x</b>"), "{html}");
    assert!(html.contains("<code>rb0-0;</code>"), "{html}");
    assert!(html.contains("<span class=\"box\">[ ]</span>"), "{html}");
}

#[test]
fn depth_costs_no_recursion() {
    let text = format!("{}x\n\n{}<b>y", "> ".repeat(3000), "<div>".repeat(20_000));
    assert!(body(&text, &Desk::default()).contains('y'));
}

#[test]
fn a_header_without_text_is_a_plain_cell() {
    let html =
        plain("|  | A | <!-- x --> | ![b](a.png) | **&nbsp;** |\n|---|--:|:--|---|---|\n| 1 | 2 | 3 | 4 | 5 |\n");
    let expected = "<thead><tr><td></td><th scope=\"col\" class=\"right\">A</th><td class=\"left\"></td>\
        <th scope=\"col\"><img src=\"a.png\" alt=\"b\" loading=\"lazy\" decoding=\"async\"></th>\
        <td><strong>\u{a0}</strong></td></tr></thead>";
    assert!(html.contains(expected), "{html}");
    let held = plain("|  | A |\n|---|--:|\n| <kbd>1</kbd> | 2 |\n");
    assert!(held.contains("<tr><td></td><th scope=\"col\" class=\"right\">A</th></tr>"), "{held}");
}

#[test]
fn inline_html_ends_with_its_block() {
    assert_eq!(plain("- <em>a\n- b\n"), "<ul>\n<li><em>a</em></li>\n<li>b</li>\n</ul>\n");
    assert_eq!(
        plain("x <b>a <i>b</b> c\n\n[d](page)\n"),
        "<p>x <b>a <i>b</i></b><i> c</i></p>\n<p><a href=\"page\">d</a></p>\n"
    );
    assert_eq!(
        plain("x <a href=page>a\n\n[d](page)\n"),
        "<p>x <a href=\"page\">a</a></p>\n<p><a href=\"page\">d</a></p>\n"
    );
    let text = "| A <em>b |\n|---|\n| <b>c |\n| d |\n\n## E <i>f\n\n- [ ] g <s>h\n\n  i\n";
    let html = body(text, &Desk::new(text, &[("- [ ]", "[ ]", Stays::Replaced)]));
    for part in ["A <em>b</em></th>", "<b>c</b></td>", "<td>d</td>", "E <i>f</i></h2>", "g <s>h</s></div>", "<p>i</p>"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
}

/// How often a text has a part.
fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn raw_html_nests_so_deep_and_no_deeper() {
    for tag in ["<div>", "<details>\n\n", "<table><tr><td>", "a <span>\n\n"] {
        let name = &tag[tag.find('<').unwrap()..=tag.find('>').unwrap()];
        let body = plain(&format!("{}text\n\n- after\n", tag.repeat(3000)));
        let opened = count(&body, name);
        assert!((100..=DEEPEST + 1).contains(&opened), "{opened} of {tag}");
        assert_eq!(opened, count(&body, &name.replace('<', "</")), "{tag}");
        assert!(body.contains("text") && body.contains("<li>after"), "{tag}");
    }
    let closed = plain(&"<details><summary>a</summary>\n\nb\n\n</details>\n\n".repeat(1000));
    assert_eq!([count(&closed, "<details>"), count(&closed, "</details>")], [1000; 2]);
}

#[test]
fn a_text_that_nests_too_deep_is_shown_as_it_is() {
    let deep = format!("{}[ ] a <b>\n", "- ".repeat(DEEPEST + 1));
    let escaped = deep.replace('<', "&lt;").replace('>', "&gt;");
    assert_eq!(plain(&deep), format!("<pre>{escaped}</pre>\n"));
    assert!(plain(&"+ ".repeat(DEEPEST)).contains("<ul>"));
}
