//! Lists and headings that only name rows of a checklist table of the same document: they restate the rows, and are
//! compared with them, never counted again.

use super::Reader;
use super::draft::Draft;
use super::phrase::{cut_parenthesis, next_stop, normalise, without_number};
use super::vocabulary::Phrases;
use crate::finding::Code;
use crate::model::{Item, ItemKind, State};
use crate::source::Span;
use rustc_hash::FxHashMap as HashMap;

/// What rows of one name say.
#[derive(Clone, Copy)]
pub(super) struct Told {
    /// The state of the first of them.
    first: State,
    /// Whether one of them is left to do, and whether one is not.
    left: bool,
    rest: bool,
}

impl Told {
    fn of(state: State) -> Self {
        Self { first: state, left: state.is_left(), rest: !state.is_left() }
    }

    fn add(&mut self, other: Self) {
        self.left |= other.left;
        self.rest |= other.rest;
    }
}

/// The states of the rows by what names them: their text and their id.
pub(super) struct Rows<'v> {
    words: &'v Phrases,
    /// By the texts of those without an id.
    plain: HashMap<String, Told>,
    exact: HashMap<String, Told>,
    /// By what is left of their names without words for their kind: what all of them say, and those of each whole name.
    bare: HashMap<String, (Told, HashMap<String, Told>)>,
}

impl<'v> Rows<'v> {
    /// The rows among some drafts.
    fn of(words: &'v Phrases, drafts: &[Draft]) -> Self {
        let mut rows = Self { words, plain: HashMap::default(), exact: HashMap::default(), bare: HashMap::default() };
        for item in drafts.iter().map(|draft| &draft.item).filter(|item| item.kind == ItemKind::Row) {
            let told = Told::of(item.state);
            for name in names(item) {
                rows.exact.entry(name).and_modify(|before| before.add(told)).or_insert(told);
            }
            if item.reference.is_none() {
                rows.plain.entry(normalise(&item.text)).and_modify(|before| before.add(told)).or_insert(told);
            }
            // The code of a row stays: another one is that of another thing.
            let whole = without_remark(without_number(&item.text));
            let (all, each) =
                rows.bare.entry(words.without_kind(&whole).to_owned()).or_insert_with(|| (told, HashMap::default()));
            all.add(told);
            each.entry(whole).and_modify(|before| before.add(told)).or_insert(told);
        }
        rows
    }

    /// Whether an item that tells no state names one of them.
    pub(super) fn name(&self, item: &Item) -> bool {
        self.named(item).is_some()
    }

    /// What the rows that an item names say.
    fn named(&self, item: &Item) -> Option<Told> {
        match &item.reference {
            Some(id) => self.exact.get(&normalise(id)).or_else(|| self.plain.get(&normalise(&item.text))).copied(),
            None => names(item).find_map(|name| self.exact.get(&name).copied()).or_else(|| self.bared(item)),
        }
    }

    /// What the rows say of which an item has the name, with or without a word for its kind: a "Security review" is no
    /// "Security gate".
    fn bared(&self, item: &Item) -> Option<Told> {
        let whole = without_remark(without_code(without_number(&item.text)));
        let bare = self.words.without_kind(&whole);
        let (all, each) = self.bare.get(bare)?;
        if whole == bare { Some(*all) } else { each.get(&whole).or_else(|| each.get(bare)).copied() }
    }
}

/// What names an item: its id, and its text.
fn names(item: &Item) -> impl Iterator<Item = String> {
    let text = Some(normalise(&item.text)).filter(|text| !text.is_empty());
    item.reference.as_deref().map(normalise).into_iter().chain(text)
}

/// A name without a remark in parentheses behind it: `Security gate (P1)`.
fn without_remark(name: &str) -> String {
    let whole = normalise(name);
    let head = cut_parenthesis(&whole).0;
    if head.is_empty() { whole } else { head.to_owned() }
}

/// A name without capitals and a number set apart before it: `HIGH-2: Security gate`.
fn without_code(name: &str) -> &str {
    let code = name.split([' ', ':']).next().unwrap_or_default();
    let is_code = code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.ends_with(|c: char| c.is_ascii_digit())
        && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
    match next_stop(name, 0) {
        Some((at, end)) if is_code && at == code.len() && end < name.len() => &name[end..],
        _ => name,
    }
}

impl<'v> Reader<'v> {
    /// The rows found so far.
    pub(super) fn rows(&self) -> Rows<'v> {
        Rows::of(&self.terms.words.phrases, &self.drafts)
    }

    /// Takes back the bullets of every list that names nothing but rows.
    pub(super) fn take_back_restated(&mut self) {
        if self.bullet_lists.is_empty() || !self.drafts.iter().any(|draft| draft.item.kind == ItemKind::Row) {
            return;
        }
        let rows = self.rows();
        let lists = std::mem::take(&mut self.bullet_lists);
        let (restated, kept): (Vec<Span>, _) = lists.into_iter().partition(|&list| self.is_restated(&rows, list));
        self.bullet_lists = kept;
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
        let Some(told) = rows.named(item) else { return false };
        let agrees = if item.state.is_left() { told.left } else { told.rest };
        if !agrees {
            let (here, there) = (item.state.label(), told.first.label());
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
