//! The one place that spells addresses. An address is the path of a file below the site's root; a link names that file
//! (`../items/index.html`, never a folder), so that it works under any sub-path and from `file://` alike.

use crate::source::bytes;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Bytes of a segment at most: file systems allow 255, and folders around the site need some.
const SEGMENT_BYTES: usize = 120;

/// Names that Windows keeps for devices, with any extension.
const DEVICES: &[&str] = &[
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Names of DOM properties that an element with such an id could shadow (those of documents and forms, as Chromium has
/// them), and `config`, which many scripts look for.
const DOM_NAMES: &str = include_str!("dom_names.txt");

static PROPERTIES: LazyLock<HashSet<&str>> = LazyLock::new(|| DOM_NAMES.lines().collect());

/// Ids that begin so are the theme's own.
const THEME_ID: &str = "rb-";

/// The path of a file of the site, below its root: `owners/builder/index.html`. Made of safe segments only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

impl Address {
    /// A file at a path whose segments are safe: literals of this program, and those of [`safe_segment`].
    pub(super) fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// The page of a folder: `folder/index.html`; the overview for the empty name.
    pub(super) fn page(folder: &str) -> Self {
        if folder.is_empty() { Self::new("index.html") } else { Self(format!("{folder}/index.html").into()) }
    }

    /// The path, `/` between segments.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path, percent-encoded, for links.
    #[must_use]
    pub fn href(&self) -> Cow<'_, str> {
        encode(&self.0, &PATH)
    }

    /// The path in canonical links: percent-encoded, without `index.html`.
    #[must_use]
    pub fn canonical(&self) -> Cow<'_, str> {
        let path = self.0.strip_suffix("index.html").filter(|path| path.is_empty() || path.ends_with('/'));
        encode(path.unwrap_or(&self.0), &PATH)
    }

    /// The way from this file to the root of the site: `./`, `../`, `../../` …
    #[must_use]
    pub fn root(&self) -> Cow<'static, str> {
        match self.0.matches('/').count() {
            0 => Cow::Borrowed("./"),
            1 => Cow::Borrowed("../"),
            2 => Cow::Borrowed("../../"),
            depth => Cow::Owned("../".repeat(depth)),
        }
    }

    /// The address without regard to case and Unicode form: two files whose keys are equal fall on one address on some
    /// file system.
    #[must_use]
    pub fn key(&self) -> String {
        if self.0.is_ascii() {
            return self.0.to_ascii_lowercase();
        }
        self.0.nfc().collect::<String>().to_lowercase().nfc().collect()
    }
}

/// A text as one segment of an address: no separators, no traversal, no leading dot, no device name, at most
/// 120 bytes, Unicode letters kept in their composed form.
#[must_use]
pub fn safe_segment(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    if text.len() > 4
        && text.len() <= SEGMENT_BYTES
        && text.bytes().all(is_plain)
        && !text.starts_with('-')
        && !text.ends_with('-')
    {
        // Most names are so already, and no device has a name so long.
        return text.to_owned();
    }
    let keep = |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '-' | '_' | '.');
    let mut segment: String = text.nfc().map(|c| if keep(c) { c } else { '-' }).collect();
    let trimmed = segment.trim_matches(['.', '-']);
    if trimmed.len() < segment.len() {
        segment = trimmed.to_owned();
    }
    let stem = segment.split('.').next().unwrap_or_default();
    if segment.is_empty() || DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device)) {
        segment.insert(0, '_');
    }
    if segment.len() > SEGMENT_BYTES { shortened(&segment, text) } else { segment }
}

/// A long segment cut, with a hash of the whole text so that two long names stay two.
fn shortened(segment: &str, text: &str) -> String {
    let mut end = SEGMENT_BYTES - 9;
    while !segment.is_char_boundary(end) {
        end -= 1;
    }
    let mut short = segment[..end].to_owned();
    short.push('-');
    for byte in &Sha256::digest(text.as_bytes())[..4] {
        let _ = write!(short, "{byte:02x}");
    }
    short
}

/// The id of a heading or item on its page: its anchor, save those that would shadow a DOM property or the theme's own.
#[must_use]
pub fn element_id(anchor: &str) -> Cow<'_, str> {
    // Names of properties have no dash, anchors of items nearly always do.
    let is_name = || memchr::memchr(b'-', anchor.as_bytes()).is_none() && PROPERTIES.contains(anchor);
    if anchor.starts_with(THEME_ID) || is_name() {
        Cow::Owned(format!("user-content-{anchor}"))
    } else {
        Cow::Borrowed(anchor)
    }
}

/// A fragment for links, percent-encoded.
#[must_use]
pub fn fragment(id: &str) -> Cow<'_, str> {
    encode(id, &FRAGMENT)
}

/// Whether an anchor is its own id and its own fragment: most are.
#[must_use]
pub fn is_plain_anchor(anchor: &str) -> bool {
    !anchor.starts_with(THEME_ID)
        && !bytes::has(anchor.as_bytes(), is_rare)
        && (memchr::memchr(b'-', anchor.as_bytes()).is_some() || !PROPERTIES.contains(anchor))
}

/// Whether a byte is none of those that most anchors are made of. All of those may stand in a fragment.
const fn is_rare(byte: u8) -> bool {
    let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    let digit = byte.wrapping_sub(b'0') < 10;
    !(letter | digit | (byte == b'-') | (byte == b'_'))
}

/// A path of another site, percent-encoded.
#[must_use]
pub fn encoded_path(path: &str) -> Cow<'_, str> {
    encode(path, &PATH)
}

/// Bytes that stand for themselves.
type Plain = [bool; 256];

/// Unreserved characters and `/`.
const PATH: Plain = plain(b"/");

/// What may stand in a fragment (RFC 3986, section 3.5) without being escaped in HTML.
const FRAGMENT: Plain = plain(b"/:@!$()*+,;=?");

/// Unreserved characters (RFC 3986, section 2.3) and those of `more`.
const fn plain(more: &[u8]) -> Plain {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    let mut index = 0;
    while index < more.len() {
        table[more[index] as usize] = true;
        index += 1;
    }
    table
}

/// Percent-encodes all but what is plain.
fn encode<'t>(text: &'t str, plain: &Plain) -> Cow<'t, str> {
    if !bytes::has(text.as_bytes(), is_rare) || text.bytes().all(|byte| plain[usize::from(byte)]) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if plain[usize::from(byte)] {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Cow::Owned(out)
}

/// Text with its percent-encoding undone; what is no valid encoding, or not UTF-8, stays as it is.
#[must_use]
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The address of a link to elsewhere whose scheme is allowed (`http`, `https`, `mailto`), judged as a browser would
/// read it: white space and control characters do not hide a scheme. `None` for everything else, `//host` included.
#[must_use]
pub fn foreign(target: &str) -> Option<String> {
    let seen: String = target.trim().chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect();
    let (scheme, rest) = seen.split_once(':')?;
    let allowed = ["http", "https", "mailto"].iter().any(|own| scheme.eq_ignore_ascii_case(own));
    let host = scheme.eq_ignore_ascii_case("mailto") || rest.strip_prefix("//").is_some_and(|host| !host.is_empty());
    (allowed && host && !rest.is_empty()).then(|| browser_form(&seen))
}

/// An address with the characters encoded that cannot stand in one. Escapes of the author stay.
fn browser_form(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        if c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '`' | '\\' | '^' | '{' | '|' | '}') {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Characters that are not seen and change how text is read: direction marks, joiners, the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_safe() {
        for (text, expected) in [
            ("launch", "launch"),
            ("PR-001 Database", "PR-001-Database"),
            ("../../etc", "etc"),
            ("..", "_"),
            ("", "_"),
            (".git", "git"),
            ("a/b\\c:d?e#f%g", "a-b-c-d-e-f-g"),
            ("CON", "_CON"),
            ("nul.tar.gz", "_nul.tar.gz"),
            ("e\u{301}te\u{301}", "\u{e9}t\u{e9}"),
            ("名前", "名前"),
            ("a\u{202e}b", "a-b"),
            ("trailing. ", "trailing"),
        ] {
            assert_eq!(safe_segment(text), expected, "{text:?}");
        }
    }

    #[test]
    fn long_segments_are_cut_and_stay_apart() {
        let (one, other) = ("é".repeat(200), "é".repeat(201));
        assert!(safe_segment(&one).len() <= SEGMENT_BYTES);
        assert_ne!(safe_segment(&one), safe_segment(&other));
    }

    #[test]
    fn links_name_files_and_roots_count_folders() {
        let address = Address::page("a/ö b".replace(' ', "-").as_str());
        assert_eq!(address.href(), "a/%C3%B6-b/index.html");
        assert_eq!(address.canonical(), "a/%C3%B6-b/");
        assert_eq!(address.root(), "../../");
        assert_eq!(Address::page("").root(), "./");
        assert_eq!(Address::page("").canonical(), "");
        assert_eq!(Address::new("items.csv").canonical(), "items.csv");
    }

    #[test]
    fn addresses_that_differ_in_case_or_form_have_one_key() {
        assert_eq!(Address::new("É/x").key(), Address::new("e\u{301}/X").key());
        assert_ne!(Address::new("a/x").key(), Address::new("a/y").key());
    }

    #[test]
    fn ids_do_not_shadow_the_dom_or_the_theme() {
        for id in ["location", "forms", "config", "rb-main", "getElementById"] {
            assert_eq!(element_id(id), format!("user-content-{id}"));
        }
        for id in ["security", "status-1", "PR-001"] {
            assert_eq!(element_id(id), id);
        }
    }

    #[test]
    fn only_known_schemes_lead_elsewhere() {
        for target in ["https://a.example/x", "HTTP://a.example", "mailto:a@b.example", " https://a.example "] {
            assert!(foreign(target).is_some(), "{target:?}");
        }
        for target in [
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "//a.example",
            "https:a",
            "https:",
            "page.md",
            "a:b",
        ] {
            assert_eq!(foreign(target), None, "{target:?}");
        }
        assert_eq!(foreign("https://a.example/\"x y\u{e9}").as_deref(), Some("https://a.example/%22x%20y%C3%A9"));
    }

    #[test]
    fn percent_encoding_is_undone_where_it_is_sound() {
        assert_eq!(decoded("a%20b%C3%A9"), "a b\u{e9}");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%FF"), "%FF");
    }
}
