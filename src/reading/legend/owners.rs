//! The codes that a document gives its owners: `Owners: E = Engineering`, or letters in prose that begin a word.

use super::entries::entries;
use super::{Legend, Terms};
use crate::markdown::{Inline, NodeId, Tree};
use crate::reading::limits::{MOST, NAME, cut};
use crate::reading::phrase::{capitalised, cut_parenthesis, normalise};
use crate::reading::vocabulary::{Context, Tag};

impl Legend {
    /// Reads what codes stand for in an owner line: `E = Engineering, P = Product`, `[E] Engineering`.
    pub(super) fn read_owners(&mut self, terms: &Terms<'_>, text: &str) {
        for (code, name) in entries(terms, text).into_iter().filter_map(owner_code) {
            let name = capitalised(cut_parenthesis(name).0.trim().trim_end_matches('.'));
            if !name.is_empty() && self.told.len() < MOST {
                self.told.push(code.to_owned());
                self.name_owner(code, name);
            }
        }
    }

    /// Reads letter codes spelled in prose: a code span of one letter that begins a word, at least two in a paragraph.
    pub(super) fn read_owner_codes(&mut self, tree: &Tree<'_>, id: NodeId) {
        let pieces = tree.pieces(id);
        if !pieces.iter().any(|piece| piece.inline == Inline::Code) {
            return;
        }
        let mut codes = Vec::new();
        for pair in pieces.windows(2) {
            let (code, word) = (tree.text(&pair[0]), tree.text(&pair[1]));
            let is_code = pair[0].inline == Inline::Code && pair[1].inline == Inline::Text && code.len() == 1;
            if is_code
                && code.starts_with(|c: char| c.is_ascii_uppercase())
                && word.starts_with(|c: char| c.is_ascii_lowercase())
            {
                let end = word.find([',', ';', ')', '.', '/', '(']).unwrap_or(word.len());
                let end = word[..end].find(" and ").or_else(|| word[..end].find(" or ")).unwrap_or(end);
                codes.push((code, format!("{code}{}", word[..end].trim_end())));
            }
        }
        if codes.len() > 1 {
            codes.into_iter().for_each(|(code, name)| self.name_owner(code, name));
        }
    }

    /// Takes the name that a code stands for, cut as names are: each row with the code gets one of its own.
    pub(super) fn name_owner(&mut self, code: &str, mut name: String) {
        cut(&mut name, NAME);
        self.owners.insert(code.to_owned(), name);
    }
}

/// Whether a line tells what codes of owners mean: `Owners: E = Engineering`, `Owner legend: [E] Engineering`.
pub(super) fn is_of_owners(terms: &Terms<'_>, label: &str, rest: &str) -> bool {
    let names = |phrase: &str| terms.words.tag(phrase) == Some(Tag::Owner);
    let may_tell = label.len() < 60 && (rest.contains(" = ") || rest.contains('['));
    may_tell && {
        let phrase = normalise(label);
        let is_legend = || terms.words.is(Context::Legend, &phrase) && phrase.split(' ').any(names);
        rest.contains(" = ") && names(&phrase) || is_legend()
    }
}

/// The code of an owner and the name that it stands for: capitals, or whatever brackets set apart.
fn owner_code(entry: &str) -> Option<(&str, &str)> {
    let entry = entry.trim();
    let (key, name) = entry.split_once(" = ").or_else(|| entry.split_at_checked(entry.find(']')? + 1))?;
    let code = key.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    let is_letter = |c: char| c.is_ascii_uppercase() || key.starts_with(['[', '(']) && c.is_ascii_alphanumeric();
    (1..=6).contains(&code.len()).then_some(())?;
    code.chars().all(is_letter).then_some((code, name))
}
