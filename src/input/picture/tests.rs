use super::*;
use proptest::prelude::*;

const OPEN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">";

/// An SVG with some markup in it.
fn svg(inner: &str) -> String {
    format!("{OPEN}{inner}</svg>")
}

fn flaw(text: &str) -> Option<Flaw> {
    judge(text.as_bytes()).err()
}

#[test]
fn pictures_as_programs_write_them_are_published() {
    for text in [
        svg("<title>Load &amp; latency</title><g fill='#123'><path d=\"M0 0h9\"/></g>"),
        svg("<defs><linearGradient id=\"a\"/></defs><rect fill=\"url(#a)\" style=\"stroke:&quot;x&quot;\"/>"),
        svg(
            "<style type=\"text/css\"><![CDATA[ .a > .b { fill: url(#c) } ]]></style><!-- <script> is not run here -->",
        ),
        svg("<image xlink:href=\"data:image/png;base64,iVBORw0KGgo=\" width=\"4\"/><use href=\"#a\"/>"),
        svg("<a href=\"https://status.invalid/?a=1&amp;b=2\"><text>Status: data: none</text></a>"),
        svg("<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/></metadata>"),
        svg("<circle r=\"1\"><animate attributeName=\"r\" from=\"1\" to=\"9\" values=\"1;9\" dur=\"2s\"/></circle>"),
        svg(
            "<style>@font-face { src: url(data:font/woff2;base64,d09G) }</style><text aria-label=\"&#10003; &#x2713;\"/>",
        ),
        format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n{}\n", svg("")),
        format!(
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<!-- x -->{}",
            svg("")
        ),
        "<ns0:svg xmlns:ns0=\"http://www.w3.org/2000/svg\"><ns0:path d=\"\"/></ns0:svg>".to_owned(),
        "<svg/>".to_owned(),
    ] {
        assert_eq!(flaw(&text), None, "{text}");
    }
}

#[test]
fn what_runs_or_embeds_is_refused() {
    for (inner, expected) in [
        ("<script>alert(1)</script>", Flaw::Element("script")),
        ("<x:SCRIPT xmlns:x='http://www.w3.org/2000/svg' href='a.js'/>", Flaw::Element("script")),
        ("<g><foreignObject><p>x</p></foreignObject></g>", Flaw::Element("foreignObject")),
        ("<handler type='application/ecmascript'/>", Flaw::Element("handler")),
        ("<iframe src='a.html'/>", Flaw::Element("iframe")),
        ("<h:meta xmlns:h='http://www.w3.org/1999/xhtml' http-equiv='refresh'/>", Flaw::Html),
        ("<g onload='alert(1)'/>", Flaw::Handler),
        ("<g\nx:ONCLICK = \"alert(1)\" />", Flaw::Handler),
        ("<a xlink:href=\" java\tscript:alert(1)\"/>", Flaw::Address),
        ("<a href='&#106;avascript:alert(1)'/>", Flaw::Address),
        ("<a href='javascript&colon;alert(1)'/>", Flaw::Address),
        ("<a><set attributeName='href' to='javascript:alert(1)'/></a>", Flaw::Address),
        ("<animate attributeName='href' values='#a;JavaScript:alert(1)'/>", Flaw::Address),
        ("<a href='data:text/html,x'/>", Flaw::Address),
        ("<use href='data:image/svg+xml,x'/>", Flaw::Address),
        ("<g style='background:url(data:text/html,x)'/>", Flaw::Address),
        ("<g fill='url(data:image/svg+xml,x#y)'/>", Flaw::Address),
        ("<style>@im<![CDATA[port]]> 'a.css';</style>", Flaw::Address),
        ("<style>a { b: url(\\6a avascript:x) }</style>", Flaw::Address),
        ("<g xmlns:x='http://www.w3.org/1999/&#120;html'/>", Flaw::Address),
    ] {
        assert_eq!(flaw(&svg(inner)), Some(expected), "{inner}");
    }
}

#[test]
fn what_is_no_plain_file_is_refused() {
    for (text, expected) in [
        ("<!DOCTYPE svg [<!ENTITY a \"<script/>\">]><svg>&a;</svg>", Flaw::Doctype),
        ("<!DOCTYPE svg PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x\"><svg/>", Flaw::Doctype),
        ("<!DOCTYPE svg SYSTEM \"a.dtd\"><svg/>", Flaw::Doctype),
        ("<?xml-stylesheet href='a.xsl' type='text/xsl'?><svg/>", Flaw::Stylesheet),
        ("<?xml version='1.0' encoding='iso-2022-jp'?><svg/>", Flaw::Text),
        ("<svg>\u{1b}</svg>", Flaw::Text),
        ("<html><body/></html>", Flaw::Form),
        ("<svg><g></svg>", Flaw::Form),
        ("<svg/><svg/>", Flaw::Form),
        ("<svg a=b/>", Flaw::Form),
        ("<svg a='<'/>", Flaw::Form),
        ("<svg><!-- ", Flaw::Form),
        ("", Flaw::Form),
    ] {
        assert_eq!(flaw(text), Some(expected), "{text}");
    }
    assert_eq!(judge(b"<svg>\xff</svg>"), Err(Flaw::Text));
    assert_eq!(judge(&vec![b' '; PICTURE_LIMIT + 1]), Err(Flaw::Large));
}

/// Pieces of which files are thrown together.
const PIECES: &[&str] = &[
    "<svg>",
    "</svg>",
    "<g>",
    "</g>",
    "<script>",
    "</script>",
    "<SCRIPT/>",
    "<x:script a='b'/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<style>",
    "</style>",
    "<?a",
    "?>",
    "<",
    ">",
    "/>",
    "/",
    "\"",
    "'",
    "=",
    " ",
    "\n",
    "a",
    ":",
    "!",
    "&lt;",
    "script",
    "<a href='#b'>",
    "</a>",
    "<g a=\"<script>\">",
    "<g a='>'>",
    "<!DOCTYPE svg>",
];

/// Whether a script element stands outside of comments and CDATA, by a plain search: what [`judge`] is held against.
fn has_script(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
            .iter()
            .find_map(|(open, close)| Some(rest.strip_prefix(open)?.split_once(close)?.1));
        let name: String = rest[1..].chars().take_while(|c| c.is_alphanumeric() || *c == ':').collect();
        let name = name.to_lowercase();
        if skipped.is_none() && (name == "script" || name.ends_with(":script")) {
            return true;
        }
        rest = skipped.unwrap_or(&rest[1..]);
    }
    false
}

fn thrown(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), count).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_script_passes(inner in thrown(0..14), at in 0..80_usize, cut in 0..8_usize) {
        let mut text = svg(&format!("<g><path d='M0 0'/>{inner}</g>"));
        prop_assert!(flaw(&text).is_some() || !has_script(&text), "{}", text);
        // Cut a piece out, wherever it is.
        let from = (at..text.len()).find(|&from| text.is_char_boundary(from)).unwrap_or(text.len());
        text.replace_range(from..(from + cut).min(text.len()), "");
        prop_assert!(flaw(&text).is_some() || !has_script(&text), "{}", text);
    }

    #[test]
    fn a_script_is_found_wherever_it_is_put(before in thrown(0..8), after in thrown(0..8)) {
        // Around it stands what leaves it an element: neither half may pass with it and without it alike.
        let (without, with) = (svg(&format!("{before}{after}")), svg(&format!("{before}<script/>{after}")));
        if flaw(&without).is_none() && has_script(&with) {
            prop_assert!(flaw(&with).is_some(), "{}", with);
        }
    }

    #[test]
    fn any_text_is_judged(text in "\\PC*") {
        let _ = flaw(&text);
        let _ = flaw(&svg(&text));
    }
}
