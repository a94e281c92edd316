//! Whether an SVG file is a picture and nothing else. Opened by its own address, an SVG is a document on the site's
//! origin: it could run scripts, and it comes from whoever wrote the checklist.
//!
//! The file is walked as XML is read, more strictly than browsers do: what is not plainly harmless is refused, and so is
//! what is not well-formed, since a browser runs what stands before the fault.

#![allow(clippy::disallowed_methods, reason = "this room owns the disk that is read")]

use super::read::first_bytes;
use std::io::{Error, ErrorKind, Result as IoResult};
use std::path::Path;

/// Bytes of an SVG file at most.
pub const PICTURE_LIMIT: usize = 4 * 1024 * 1024;

/// What makes an SVG file more than a picture. Its text says what the file holds or is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It has more bytes than [`PICTURE_LIMIT`].
    #[error("it is larger than {} MiB", PICTURE_LIMIT / 1024 / 1024)]
    Large,
    /// It is not UTF-8, says that it is something else, or has control characters.
    #[error("it is not UTF-8 text")]
    Text,
    /// It is no well-formed SVG.
    #[error("it is no well-formed SVG")]
    Form,
    /// A document type with declarations, or not one of SVG.
    #[error("it has a document type of its own")]
    Doctype,
    /// A processing instruction for browsers.
    #[error("it holds an `xml-stylesheet` instruction")]
    Stylesheet,
    /// An element that runs or embeds something.
    #[error("it holds a `{0}` element")]
    Element(&'static str),
    /// Elements of HTML.
    #[error("it holds elements of HTML")]
    Html,
    /// An attribute such as `onload`.
    #[error("it holds an attribute that runs code")]
    Handler,
    /// `javascript:`, `data:` of other things than images, an imported sheet, or something hidden by references.
    #[error("it holds an address that could run or load something")]
    Address,
}

/// Elements that no picture has, in lower case, whatever their prefix.
const REFUSED: &[(&str, &str)] = &[
    ("applet", "applet"),
    ("audio", "audio"),
    ("embed", "embed"),
    ("foreignobject", "foreignObject"),
    ("frame", "frame"),
    ("frameset", "frameset"),
    ("handler", "handler"),
    ("iframe", "iframe"),
    ("listener", "listener"),
    ("object", "object"),
    ("script", "script"),
    ("video", "video"),
];

/// Attributes whose values lead somewhere, or may once they are animated.
const LEADING: &[&str] = &["base", "by", "from", "href", "src", "style", "to", "values"];

/// What `data:` may hold: pictures that cannot hold anything else, and fonts.
const DATA: &[&str] =
    &["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "font/", "application/font-"];

/// Whether a file is an SVG by its name.
#[must_use]
pub fn is_svg(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"))
}

/// The bytes of an SVG file that is a picture and nothing else.
///
/// # Errors
/// When it cannot be read or is no ordinary file; a [`Flaw`] when it is more than a picture.
pub fn picture(file: &Path) -> IoResult<Vec<u8>> {
    if !file.symlink_metadata()?.is_file() {
        return Err(Error::new(ErrorKind::InvalidInput, "it is no ordinary file"));
    }
    let bytes = first_bytes(file, PICTURE_LIMIT)?;
    match judge(&bytes) {
        Ok(()) => Ok(bytes),
        Err(flaw) => Err(Error::new(ErrorKind::InvalidData, flaw)),
    }
}

/// Judges the bytes of an SVG file.
///
/// # Errors
/// The first flaw.
pub fn judge(bytes: &[u8]) -> Result<(), Flaw> {
    if bytes.len() > PICTURE_LIMIT {
        return Err(Flaw::Large);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Flaw::Text)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        return Err(Flaw::Text);
    }
    Walk { rest: after_declaration(text)?, ..Walk::default() }.run()
}

/// What follows the XML declaration, which must not name an encoding in which other letters could stand here.
fn after_declaration(text: &str) -> Result<&str, Flaw> {
    let Some(tail) = text.strip_prefix("<?xml").filter(|tail| tail.starts_with(|c: char| c.is_ascii_whitespace()))
    else {
        return Ok(text);
    };
    let (declaration, rest) = tail.split_once("?>").ok_or(Flaw::Form)?;
    let Some((_, encoding)) = declaration.split_once("encoding") else { return Ok(rest) };
    let encoding = encoding.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '"' | '\''));
    let name = encoding.split(['"', '\'']).next().unwrap_or_default();
    if ["utf-8", "us-ascii"].iter().any(|own| name.eq_ignore_ascii_case(own)) { Ok(rest) } else { Err(Flaw::Text) }
}

/// A walk through the file.
#[derive(Default)]
struct Walk<'a> {
    rest: &'a str,
    /// Elements that are open, by their full names.
    open: Vec<&'a str>,
    /// How many of them are style sheets.
    sheets: usize,
    /// The text of the style sheet that is open.
    sheet: String,
    has_doctype: bool,
    has_root: bool,
}

impl<'a> Walk<'a> {
    fn run(mut self) -> Result<(), Flaw> {
        while let Some((text, rest)) = self.rest.split_once('<') {
            self.text(text)?;
            self.rest = rest;
            self.markup()?;
        }
        let last = std::mem::take(&mut self.rest);
        self.text(last)?;
        if self.has_root && self.open.is_empty() { Ok(()) } else { Err(Flaw::Form) }
    }

    /// Takes what stands behind a `<`.
    fn markup(&mut self) -> Result<(), Flaw> {
        if self.rest.starts_with("!--") {
            self.rest = &self.rest[3..];
            self.until("-->").map(|_| ())
        } else if self.rest.starts_with("![CDATA[") {
            self.rest = &self.rest[8..];
            let text = self.until("]]>")?;
            if self.open.is_empty() { Err(Flaw::Form) } else { self.text(text) }
        } else if self.rest.starts_with('!') {
            self.doctype()
        } else if self.rest.starts_with('?') {
            let instruction = self.until("?>")?;
            match instruction.to_ascii_lowercase() {
                ours if ours.starts_with("?xml-stylesheet") => Err(Flaw::Stylesheet),
                ours if ours.starts_with("?xml") => Err(Flaw::Form),
                _ => Ok(()),
            }
        } else if self.rest.starts_with('/') {
            self.end()
        } else {
            self.start()
        }
    }

    /// Takes all up to some text, and that text.
    fn until(&mut self, end: &str) -> Result<&'a str, Flaw> {
        let (before, after) = self.rest.split_once(end).ok_or(Flaw::Form)?;
        self.rest = after;
        Ok(before)
    }

    fn text(&mut self, text: &str) -> Result<(), Flaw> {
        if self.open.is_empty() && !text.trim().is_empty() {
            return Err(Flaw::Form);
        }
        if self.sheets > 0 {
            self.sheet.push_str(text);
        }
        Ok(())
    }

    /// A document type of SVG itself, as many programs write it, without declarations: browsers fetch none.
    fn doctype(&mut self) -> Result<(), Flaw> {
        let is_first = !self.has_root && !std::mem::replace(&mut self.has_doctype, true);
        let doctype = self.until(">")?.strip_prefix("!DOCTYPE").filter(|_| is_first).ok_or(Flaw::Doctype)?;
        let rest = doctype.trim_start().strip_prefix("svg").ok_or(Flaw::Doctype)?.trim();
        let is_public = rest.strip_prefix("PUBLIC").is_some_and(|id| id.trim_start().starts_with("\"-//W3C//DTD SVG"));
        let is_plain = !rest.contains(['[', '<', '&', '%']) && rest.matches('"').count().is_multiple_of(2);
        if rest.is_empty() || is_public && is_plain { Ok(()) } else { Err(Flaw::Doctype) }
    }

    fn end(&mut self) -> Result<(), Flaw> {
        let name = self.until(">")?[1..].trim_end();
        if self.open.last() != Some(&name) {
            return Err(Flaw::Form);
        }
        self.close()
    }

    fn close(&mut self) -> Result<(), Flaw> {
        let name = self.open.pop().ok_or(Flaw::Form)?;
        if local(name).eq_ignore_ascii_case("style") {
            self.sheets -= 1;
            leads_nowhere(&std::mem::take(&mut self.sheet))?;
        }
        Ok(())
    }

    fn start(&mut self) -> Result<(), Flaw> {
        let length = self.rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).ok_or(Flaw::Form)?;
        let name = &self.rest[..length];
        self.rest = &self.rest[length..];
        if name.is_empty() || name.contains(['<', '=', '"', '\'', '&', '!', '?']) {
            return Err(Flaw::Form);
        }
        let own = local(name);
        if let Some((_, shown)) = REFUSED.iter().find(|(refused, _)| own.eq_ignore_ascii_case(refused)) {
            return Err(Flaw::Element(shown));
        }
        // One root, and that an SVG.
        if self.open.is_empty() && (std::mem::replace(&mut self.has_root, true) || own != "svg") {
            return Err(Flaw::Form);
        }
        self.open.push(name);
        self.sheets += usize::from(own.eq_ignore_ascii_case("style"));
        self.attributes()
    }

    fn attributes(&mut self) -> Result<(), Flaw> {
        loop {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                return Ok(());
            }
            if let Some(rest) = self.rest.strip_prefix("/>") {
                self.rest = rest;
                return self.close();
            }
            let name = self.until("=")?.trim_end();
            if name.is_empty() || name.contains(|c: char| c.is_ascii_whitespace() || "<>/\"'&".contains(c)) {
                return Err(Flaw::Form);
            }
            self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let quote = self.rest.get(..1).filter(|quote| matches!(*quote, "\"" | "'")).ok_or(Flaw::Form)?;
            self.rest = &self.rest[1..];
            let value = self.until(quote)?;
            if value.contains('<') {
                return Err(Flaw::Form);
            }
            attribute(name, value)?;
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn attribute(name: &str, value: &str) -> Result<(), Flaw> {
    let own = local(name).to_ascii_lowercase();
    if own.starts_with("on") {
        return Err(Flaw::Handler);
    }
    if own == "xmlns" || name.starts_with("xmlns") {
        return match value {
            _ if value.contains('&') => Err(Flaw::Address),
            _ if value.to_ascii_lowercase().contains("xhtml") => Err(Flaw::Html),
            _ => Ok(()),
        };
    }
    let squeezed = squeezed(value);
    if LEADING.contains(&own.as_str()) || ["url(", "image-set("].iter().any(|call| squeezed.contains(call)) {
        leads_nowhere(value)
    } else if names_script(&squeezed) {
        Err(Flaw::Address)
    } else {
        Ok(())
    }
}

/// Whether a value, or a style sheet, leads nowhere but to pages, files and pictures.
fn leads_nowhere(value: &str) -> Result<(), Flaw> {
    let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"];
    let hides = |at: usize| !known.iter().any(|entity| value[at..].starts_with(entity));
    let squeezed = squeezed(value);
    let is_refused = value.contains('\\')
        || value.match_indices('&').any(|(at, _)| hides(at))
        || squeezed.contains("@import")
        || names_script(&squeezed)
        || squeezed.match_indices("data:").any(|(at, data)| {
            let is_word = squeezed[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
            !is_word && !DATA.iter().any(|kind| squeezed[at + data.len()..].starts_with(kind))
        });
    if is_refused { Err(Flaw::Address) } else { Ok(()) }
}

fn names_script(squeezed: &str) -> bool {
    squeezed.contains("javascript:") || squeezed.contains("vbscript:")
}

/// A value in lower case without white space, which browsers leave out of a scheme.
fn squeezed(value: &str) -> String {
    value.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
