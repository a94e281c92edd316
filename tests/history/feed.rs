//! The Atom feed: what RFC 4287 asks for, and that nothing in a document breaks out of it.

use crate::book::{BASE, Book};
use jiff::civil::date;
use readybook::model::State;
use readybook::site::{Change, Day, Glance, Past, Status};

const HOSTILE: &str = "]]> <b>&amp;</b> \u{1}\u{b}\u{fffe}\u{ffff} \"' </content></entry> &nbsp;";

/// The elements of a document in order, `name` with attributes and `/name`, and the text between them. Fails where it is
/// not well-formed as XML 1.0 asks, save that it knows neither DTD nor comments, which a feed of ours does not have.
fn elements(xml: &str) -> Vec<(String, String)> {
    let is_char = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(is_char), "a character that XML forbids");
    let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap();
    for reference in body.split('&').skip(1) {
        let name = reference.split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "&{name};");
    }
    let (mut found, mut open): (Vec<(String, String)>, Vec<String>) = (Vec::new(), Vec::new());
    for part in body.split('<').skip(1) {
        let (tag, after) = part.split_once('>').unwrap();
        assert!(!after.contains("]]>"), "{after}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "ends what is not open");
        } else {
            let name = tag.trim_end_matches('/').split(' ').next().unwrap();
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            if !tag.ends_with('/') {
                open.push(name.to_owned());
            }
        }
        found.push((tag.to_owned(), after.to_owned()));
    }
    assert!(open.is_empty(), "not ended: {open:?}");
    found
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

fn texts<'e>(elements: &'e [(String, String)], name: &str) -> Vec<&'e str> {
    elements.iter().filter(|(tag, _)| tag.split(' ').next() == Some(name)).map(|(_, text)| text.as_str()).collect()
}

fn book() -> Book {
    let mut book = Book::written(&[("launch.md", "# Launch\n\n- [x] [P0] Restore tried\n- [ ] Keys rotated\n")]);
    let closed = book.glance("Restore tried");
    let before = Glance { state: State::Open, text: HOSTILE.to_owned(), ..closed.clone() };
    let gone = Glance { title: HOSTILE.to_owned(), text: HOSTILE.to_owned(), ..book.glance("Keys rotated") };
    let gone = Glance { document: readybook::source::RelPath::new("a&b.md").unwrap(), ..gone };
    let changes = vec![Change::Changed { before, after: closed }, Change::Removed(gone)];
    let mut last = Day { status: Status::Ready, ..book.day(date(2026, 11, 12), changes) };
    last.authors.insert(book.glance("Keys rotated").document, vec![HOSTILE.to_owned()]);
    let still = book.day(date(2026, 11, 11), Vec::new());
    let added = book.day(date(2026, 11, 10), vec![Change::Added(book.glance("Keys rotated"))]);
    book.setting.past = Past::Known(vec![book.day(date(2026, 11, 1), Vec::new()), added, still, last]).into();
    book
}

#[test]
fn the_feed_has_what_atom_asks_for() {
    let elements = elements(&book().at("feed.xml").unwrap());
    assert_eq!(elements[0].0, "feed xmlns=\"http://www.w3.org/2005/Atom\"");
    let (id, history) = (format!("{BASE}feed.xml"), format!("{BASE}history/index.html"));
    assert_eq!(texts(&elements, "id"), [id, format!("{history}#2026-11-12"), format!("{history}#2026-11-10")]);
    let day = "2026-11-12T00:00:00Z";
    assert_eq!(texts(&elements, "updated"), [day, day, "2026-11-10T00:00:00Z"]);
    let titles =
        ["Test &lt;book&gt;: changes", "ready, 1 closed, 1 removed: 1 of 2 done, 50 %", "1 added: 1 of 2 done, 50 %"];
    assert_eq!(texts(&elements, "title"), titles);
    assert_eq!(texts(&elements, "name").len(), 2, "one of the feed, one of the entry with a known author");
    let links = || elements.iter().filter(|(tag, _)| tag.starts_with("link "));
    assert!(links().all(|(tag, _)| tag.contains(&format!("href=\"{BASE}"))), "absolute");
    assert!(links().any(|(tag, _)| tag.contains("rel=\"self\"")));
}

#[test]
fn content_is_escaped_html_and_text_in_it_stays_text() {
    let feed = book().at("feed.xml").unwrap();
    let elements = elements(&feed);
    let content = unescaped(texts(&elements, "content")[0]);
    let link = format!("<a href=\"{BASE}launch/index.html#launch--restore-tried\">Restore tried</a>");
    assert!(content.contains(&format!("closed, reworded: <b>P0</b> {link} (open → done)")), "{content}");
    assert!(
        content.contains("]]&gt; &lt;b&gt;&amp;amp;&lt;/b&gt; \u{fffd}\u{fffd}\u{fffd}\u{fffd} &quot;&#39;"),
        "{content}"
    );
    let tags = scraper::Html::parse_fragment(&content);
    let known = ["html", "body", "h3", "a", "ul", "li", "b", "br"];
    let names = tags.tree.values().filter_map(|node| node.as_element().map(scraper::node::Element::name));
    assert!(names.clone().all(|name| known.contains(&name)), "{:?}", names.collect::<Vec<_>>());
}

#[test]
fn the_feed_keeps_to_its_limit_and_to_the_configuration() {
    let mut book = book();
    book.config.feed.limit = 1;
    assert_eq!(texts(&elements(&book.at("feed.xml").unwrap()), "entry").len(), 1);
    book.config.feed.enable = false;
    assert!(book.at("feed.xml").is_none());
    book.config.feed.enable = true;
    book.config.base_url = None;
    assert!(book.at("feed.xml").is_none());
}
