//! Lists and headings that only name rows of a checklist table of the same document: they restate the rows, and are
//! compared with them, never counted again.

use super::Reader;
use super::draft::Draft;
use super::phrase::{cut_parenthesis, normalise, without_number};
use super::vocabulary::Phrases;
use crate::finding::Code;
use crate::model::{Item, ItemKind, State};
use crate::source::Span;
use rustc_hash::FxHashMap as HashMap;

/// The states of the rows by what names them: their text and their id.
pub(super) struct Rows<'v> {
    words: &'v Phrases,
    exact: HashMap<String, Vec<State>>,
    /// By what is left of their names without words for their kind.
    bare: HashMap<String, Vec<State>>,
}

impl<'v> Rows<'v> {
    /// The rows among some drafts.
    fn of(words: &'v Phrases, drafts: &[Draft]) -> Self {
        let mut rows = Self { words, exact: HashMap::default(), bare: HashMap::default() };
        for item in drafts.iter().map(|draft| &draft.item).filter(|item| item.kind == ItemKind::Row) {
            for name in names(item) {
                rows.exact.entry(name).or_default().push(item.state);
            }
            rows.bare.entry(bare(words, &item.text)).or_default().push(item.state);
        }
        rows
    }

    /// The states of the rows that an item names.
    fn named(&self, item: &Item) -> Option<&[State]> {
        let bared = || self.bare.get(&bare(self.words, &item.text));
        names(item).find_map(|name| self.exact.get(&name)).or_else(bared).map(Vec::as_slice)
    }
}

/// What names an item: its id, and its text.
fn names(item: &Item) -> impl Iterator<Item = String> {
    let text = Some(normalise(&item.text)).filter(|text| !text.is_empty());
    item.reference.as_deref().map(normalise).into_iter().chain(text)
}

/// A name without a remark in parentheses and the kind of thing that it ends with: `Security Gate (P1)`.
fn bare(words: &Phrases, name: &str) -> String {
    let whole = normalise(without_number(name));
    let rest = words.without_kind(cut_parenthesis(&whole).0);
    if rest.is_empty() { whole } else { rest.to_owned() }
}

impl<'v> Reader<'v> {
    /// The rows found so far.
    pub(super) fn rows(&self) -> Rows<'v> {
        Rows::of(&self.terms.words.phrases, &self.drafts)
    }

    /// Takes back the bullets of every list that names nothing but rows.
    pub(super) fn take_back_restated(&mut self) {
        let lists = std::mem::take(&mut self.bullet_lists);
        if lists.is_empty() || !self.drafts.iter().any(|draft| draft.item.kind == ItemKind::Row) {
            return;
        }
        let rows = self.rows();
        let restated: Vec<Span> = lists.into_iter().filter(|&list| self.is_restated(&rows, list)).collect();
        if restated.is_empty() {
            return;
        }
        let is_in = |draft: &Draft| draft.item.kind == ItemKind::Bullet && is_inside(&restated, draft.item.span);
        let (bullets, drafts) = std::mem::take(&mut self.drafts).into_iter().partition(is_in);
        self.drafts = drafts;
        let bullets: Vec<Draft> = bullets;
        for bullet in &bullets {
            self.compare_restated(&rows, &bullet.item);
        }
        self.count_again();
    }

    fn is_restated(&self, rows: &Rows<'_>, list: Span) -> bool {
        let mut bullets = self.drafts.iter().map(|draft| &draft.item).filter(|item| list.holds(item.span)).peekable();
        bullets.peek().is_some() && bullets.all(|item| rows.named(item).is_some())
    }

    /// Whether an item names a row; where the two disagree, that is told.
    pub(super) fn compare_restated(&mut self, rows: &Rows<'_>, item: &Item) -> bool {
        let Some(states) = rows.named(item) else { return false };
        if !states.iter().any(|state| state.is_left() == item.state.is_left()) {
            let (here, there) = (item.state.label(), states[0].label());
            let message =
                format!("this says that \"{}\" is {here}; its row says {there}, and the row counts", item.text);
            let help = "make the two agree, or remove this";
            self.find(Code::RestatementDisagrees, item.mark.unwrap_or(item.span), &message, help);
        }
        true
    }
}

/// Whether a span lies in one of some spans in order.
fn is_inside(spans: &[Span], span: Span) -> bool {
    let after = spans.partition_point(|outer| outer.start <= span.start);
    after.checked_sub(1).is_some_and(|index| spans[index].holds(span))
}
