//! A lexer for the languages that checklists use most: comments, strings, numbers, words. A grammar of syntect needs half a
//! millisecond a block and a tenth of a second before the first; this needs microseconds, and a checklist asks no more of it.

use super::grammar::{Escape, Grammar, Keys, Quote, Reach};
use crate::markdown::Writer;

/// Writes code with its spans.
pub(super) fn write(grammar: &'static Grammar, code: &str, out: &mut Writer) {
    Lexer { grammar, code, at: 0, from: 0, heredoc: None, out }.run();
}

struct Lexer<'c, 'o> {
    grammar: &'static Grammar,
    code: &'c str,
    /// Where the lexer is.
    at: usize,
    /// Up to here everything is written.
    from: usize,
    /// The word that ends the here-document which begins with the next line.
    heredoc: Option<&'c str>,
    out: &'o mut Writer,
}

impl<'c> Lexer<'c, '_> {
    fn run(mut self) {
        while self.at < self.code.len() {
            let line_starts = self.at == 0 || self.code.as_bytes()[self.at - 1] == b'\n';
            if line_starts && self.line_start() {
                continue;
            }
            self.next();
        }
        self.out.text(&self.code[self.from..]);
    }

    fn rest(&self) -> &'c str {
        &self.code[self.at..]
    }

    /// Offset of the end of this line.
    fn line_end(&self) -> usize {
        memchr::memchr(b'\n', self.rest().as_bytes()).map_or(self.code.len(), |length| self.at + length)
    }

    /// Writes what stands before, and then the text up to `end` with a class.
    fn token(&mut self, end: usize, class: &'static str) {
        self.out.text(&self.code[self.from..self.at]);
        self.out.raw("<span class=\"").raw(class).raw("\">").text(&self.code[self.at..end]).raw("</span>");
        self.at = end;
        self.from = end;
    }

    /// What only the beginning of a line means. Whether something was taken.
    fn line_start(&mut self) -> bool {
        if let Some(word) = self.heredoc.take() {
            self.here_document(word);
            return true;
        }
        let end = self.line_end();
        let line = &self.code[self.at..end];
        if let Some((_, class)) = self.grammar.lines.iter().find(|(prefix, _)| line.starts_with(prefix.as_str())) {
            self.token(end, class);
            return true;
        }
        if self.grammar.keys == Keys::Equals && line.trim_start().starts_with('[') {
            self.at += line.len() - line.trim_start().len();
            self.token(
                self.at + line.trim_start().find(']').map_or(line.trim_start().len(), |at| at + 1),
                "hl-heading",
            );
            return true;
        }
        false
    }

    fn next(&mut self) {
        let rest = self.rest();
        let byte = rest.as_bytes()[0];
        if let Some(end) = self.comment() {
            self.token(end, "hl-comment");
        } else if let Some(quote) = self.grammar.quotes.iter().find(|quote| rest.starts_with(quote.open.as_str())) {
            self.string(quote);
        } else if byte == b'$' && self.grammar.sigil {
            self.variable();
        } else if byte == b'-' && self.grammar.flags && self.after_space() {
            self.flag();
        } else if byte == b'<' && self.grammar.flags && rest.starts_with("<<") {
            self.here_operator();
        } else if let Some(length) = self.attribute() {
            self.token(self.at + length, "hl-attribute");
        } else if byte.is_ascii_digit() {
            self.token(self.at + number_length(rest), "hl-constant");
        } else {
            self.word();
        }
    }

    /// Whether white space or nothing stands before.
    fn after_space(&self) -> bool {
        self.at == 0 || self.code.as_bytes()[self.at - 1].is_ascii_whitespace()
    }

    /// The end of the comment that begins here.
    fn comment(&self) -> Option<usize> {
        let rest = self.rest();
        let is_line = self.grammar.line_comments.iter().any(|open| rest.starts_with(open));
        if is_line && (!self.grammar.comments_after_space || self.after_space()) {
            return Some(self.line_end());
        }
        let mut block = self.grammar.block_comment.iter();
        let (open, close) = (block.next()?, block.next()?);
        let inside = rest.strip_prefix(open)?;
        Some(inside.find(close).map_or(self.code.len(), |at| self.at + open.len() + at + close.len()))
    }

    fn string(&mut self, quote: &Quote) {
        let Some(end) = self.string_end(quote) else {
            // Not a string after all: an apostrophe, or a lifetime.
            self.at += quote.open.len();
            return;
        };
        let is_key = self.grammar.keys == Keys::Colon && self.code[end..].trim_start_matches(' ').starts_with(':');
        self.token(end, if is_key { "hl-tag" } else { "hl-string" });
    }

    fn string_end(&self, quote: &Quote) -> Option<usize> {
        let inside = &self.rest()[quote.open.len()..];
        let start = self.at + quote.open.len();
        let mut at = 0;
        while at < inside.len() {
            let rest = &inside[at..];
            if let Some(after) = rest.strip_prefix(quote.close.as_str()) {
                if quote.escape != Escape::Doubled || !after.starts_with(quote.close.as_str()) {
                    return Some(start + at + quote.close.len());
                }
                at += quote.close.len() * 2;
            } else if quote.escape == Escape::Backslash && rest.starts_with('\\') {
                at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            } else {
                match (rest.as_bytes()[0], quote.reach) {
                    (b'\n', Reach::Line) => return Some(start + at),
                    (_, Reach::Character) if at > 0 && !inside.starts_with('\\') => return None,
                    _ => at += rest.chars().next().map_or(1, char::len_utf8),
                }
            }
        }
        (quote.reach != Reach::Character).then_some(self.code.len())
    }

    /// `$name`, `${…}`, `$1`, `$?`.
    fn variable(&mut self) {
        let inside = &self.rest()[1..];
        let length = match inside.chars().next() {
            Some('{') => inside.find(['}', '\n']).map_or(inside.len(), |at| at + 1),
            Some(c) if c.is_ascii_alphabetic() || c == '_' => {
                inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inside.len())
            }
            Some('0'..='9' | '?' | '@' | '#' | '*' | '!' | '$') => 1,
            _ => {
                self.at += 1;
                return;
            }
        };
        self.token(self.at + 1 + length, "hl-variable");
    }

    /// `-x`, `--long-option`.
    fn flag(&mut self) {
        let rest = self.rest();
        let name = rest.trim_start_matches('-');
        let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        if length > 0 && rest.len() - name.len() <= 2 {
            self.token(self.at + rest.len() - name.len() + length, "hl-variable");
        } else {
            self.at += 1;
        }
    }

    /// `<<EOF`, `<<-'EOF'`: the next line begins a text that ends with the word.
    fn here_operator(&mut self) {
        let inside = self.rest()[2..].trim_start_matches(['-', '~', ' ', '\'', '"']);
        let length = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inside.len());
        if inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            self.heredoc = Some(&inside[..length]);
        }
        self.at += 2;
    }

    fn here_document(&mut self, word: &str) {
        let mut end = self.at;
        for line in self.rest().split_inclusive('\n') {
            if line.trim() == word {
                break;
            }
            end += line.len();
        }
        if end > self.at {
            self.token(end, "hl-string");
        }
        self.at = (end + word.len()).min(self.line_end());
    }

    /// The length of the annotation or attribute that begins here: `@name`, `#[…]`.
    fn attribute(&self) -> Option<usize> {
        let rest = self.rest();
        let open = self.grammar.attribute.as_deref()?;
        let inside = rest.strip_prefix(open)?;
        if open.ends_with('[') {
            return Some(inside.find(']').map_or(rest.len(), |at| open.len() + at + 1));
        }
        let length = inside.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.')).unwrap_or(inside.len());
        (length > 0).then_some(open.len() + length)
    }

    fn word(&mut self) {
        let rest = self.rest();
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || self.grammar.word_marks.contains(c);
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        if length == 0 {
            self.at += rest.chars().next().map_or(1, char::len_utf8);
            return;
        }
        let end = self.at + length;
        match self.class_of(&rest[..length], &rest[length..]) {
            Some(class) => self.token(end, class),
            None => self.at = end,
        }
    }

    fn class_of(&self, word: &str, after: &str) -> Option<&'static str> {
        let grammar = self.grammar;
        let lower;
        let known = if grammar.any_case {
            lower = word.to_ascii_lowercase();
            lower.as_str()
        } else {
            word
        };
        let is_key = match grammar.keys {
            Keys::None => false,
            Keys::Colon => {
                after.strip_prefix(':').is_some_and(|after| after.is_empty() || after.starts_with([' ', '\n']))
            }
            Keys::Equals => {
                let after = after.trim_start_matches(' ');
                after.starts_with('=') && !after.starts_with("==") && self.begins_line()
            }
        };
        if is_key {
            return Some("hl-tag");
        }
        if grammar.keywords.has(known) {
            return Some("hl-keyword");
        }
        if grammar.constants.has(known) {
            return Some("hl-constant");
        }
        if grammar.types.has(known) {
            return Some("hl-type");
        }
        if grammar.calls && after.starts_with(['(', '!']) && !after.starts_with("!=") {
            return Some("hl-function");
        }
        (grammar.upper_types && word.starts_with(char::is_uppercase)).then_some("hl-type")
    }

    /// Whether only white space stands before on this line.
    fn begins_line(&self) -> bool {
        let before = &self.code[..self.at];
        let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
        line.trim().is_empty()
    }
}

/// The length of the number that a text begins with: `12`, `0x1f`, `1_000.5e3`, `30s`.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        let is_part = byte.is_ascii_alphanumeric()
            || byte == b'_'
            || byte == b'.' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !is_part {
            break;
        }
        at += 1;
    }
    at
}
