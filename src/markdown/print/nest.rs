//! How deep raw HTML nests. Elements that are never closed, and those that go on in every block behind, cost the sanitiser
//! time for all that stand around each.

use crate::markdown::depth::DEEPEST;
use crate::markdown::tag::Tag;

/// Elements that do not nest: empty ones, and those that end where another begins (HTML, section 13.1.2.4).
const FLAT: &[&str] =
    &["br", "hr", "wbr", "p", "li", "dd", "dt", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"];

/// The elements of raw HTML that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Nest(Vec<Box<str>>);

impl Nest {
    /// Takes a tag; whether it may be printed. One that would open deeper than [`DEEPEST`] may not, and one that closes
    /// nothing; the text between them stays.
    pub(super) fn passes(&mut self, tag: &Tag<'_>) -> bool {
        if tag.closes { self.closes(&tag.name) } else { self.opens(&tag.name) }
    }

    fn opens(&mut self, name: &str) -> bool {
        if FLAT.contains(&name) {
            return true;
        }
        let fits = self.0.len() < DEEPEST;
        if fits {
            self.0.push(name.into());
        }
        fits
    }

    /// Takes a closing tag; whether it closes something.
    pub(super) fn closes(&mut self, name: &str) -> bool {
        let last = self.0.iter().rposition(|open| **open == *name);
        if let Some(last) = last {
            self.0.remove(last);
        }
        last.is_some() || FLAT.contains(&name)
    }
}
