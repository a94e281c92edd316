//! The printer's output. A document with raw HTML is sanitised as a whole when it is printed; what the program itself
//! has written is held apart meanwhile and put back afterwards, so that it needs no exception in the sanitiser and a
//! document cannot imitate it.

use crate::markdown::html::{Html, Writer};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Where the printer writes.
pub(super) struct Sheet {
    pub(super) out: Writer,
    held: Option<Held>,
}

/// Pieces held apart, and the word that stands for them: a hash of the document, which therefore cannot contain it.
struct Held {
    word: String,
    pieces: Vec<String>,
}

impl Sheet {
    /// A sheet whose text will not be sanitised.
    pub(super) fn plain(bytes: usize) -> Self {
        Self { out: Writer::with_capacity(bytes), held: None }
    }

    /// A sheet whose text will be sanitised.
    pub(super) fn held(bytes: usize, document: &str) -> Self {
        let mut word = String::from("rb");
        for byte in &Sha256::digest(document.as_bytes())[..12] {
            let _ = write!(word, "{byte:02x}");
        }
        Self { out: Writer::with_capacity(bytes), held: Some(Held { word, pieces: Vec::new() }) }
    }

    /// Whether the text will be sanitised.
    pub(super) fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Writes an opening tag with attributes of the program's own.
    pub(super) fn tag(&mut self, name: &'static str, attributes: impl FnOnce(&mut Writer)) {
        self.out.raw("<").raw(name);
        let from = self.out.len();
        attributes(&mut self.out);
        if let Some(held) = &mut self.held
            && self.out.len() > from
        {
            held.pieces.push(self.out.split_off(from));
            let mark = format!(" data-rb=\"{}-{}\"", held.word, held.pieces.len() - 1);
            self.out.trusted(&mark);
        }
        self.out.raw(">");
    }

    /// Writes whole elements of the program's own.
    pub(super) fn own(&mut self, write: impl FnOnce(&mut Writer)) {
        let from = self.out.len();
        write(&mut self.out);
        if let Some(held) = &mut self.held
            && self.out.len() > from
        {
            held.pieces.push(self.out.split_off(from));
            let mark = format!("{}-{};", held.word, held.pieces.len() - 1);
            self.out.trusted(&mark);
        }
    }

    /// Takes out what was written from byte `from` on.
    pub(super) fn split_off(&mut self, from: usize) -> String {
        self.out.split_off(from)
    }

    /// Sanitises what was written where that is due, and puts back what was held apart.
    pub(super) fn finish(self) -> Html {
        match self.held {
            None => self.out.finish(),
            Some(held) => held.clean(self.out.finish().as_str()),
        }
    }

    /// The same for a part that was taken out.
    pub(super) fn finish_part(&self, part: String) -> Html {
        match &self.held {
            None => Html::trusted(part),
            Some(held) => held.clean(&part),
        }
    }
}

impl Held {
    fn clean(&self, markup: &str) -> Html {
        let clean = super::raw::sanitise(markup);
        let mut out = String::with_capacity(clean.len() * 2);
        let mut rest = clean.as_str();
        while let Some((before, tail)) = rest.split_once(&self.word) {
            let digits = tail.bytes().skip(1).take_while(u8::is_ascii_digit).count() + 1;
            let index = tail.get(1..digits).and_then(|digits| digits.parse::<usize>().ok());
            out.push_str(before.strip_suffix(" data-rb=\"").unwrap_or(before));
            out.push_str(index.and_then(|index| self.pieces.get(index)).map_or("", String::as_str));
            rest = tail.get(digits + 1..).unwrap_or_default();
        }
        out.push_str(rest);
        Html::trusted(out)
    }
}
