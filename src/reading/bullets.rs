//! Lists whose entries carry a status without a box: led by glyphs or status words, or ending in a status word.

mod prefix;

use super::draft::{Draft, text_of};
use super::legend::Terms;
use super::outline::{Place, label};
use super::phrase::{is_pictograph, normalise};
use super::suffix::{self, Suffix};
use super::vocabulary::{Context, Contexts, Tag};
use super::{Reader, lines, priority, status};
use crate::finding::Code;
use crate::markdown::{NodeId, Tree};
use crate::model::{Criterion, ItemKind, State, Statement};
use crate::source::Span;

/// One entry of a list with its status.
#[derive(Default)]
struct Entry {
    item: NodeId,
    state: State,
    word: String,
    mark: Span,
    text: String,
    note: String,
    /// Whether its glyph and its word say different things.
    disagrees: bool,
}

/// Reads a list at top level that holds no tasks.
pub(super) fn read(reader: &mut Reader<'_>, place: Place) {
    let items: Vec<NodeId> = reader.tree.children(place.node).collect();
    if let Some(entries) = led_entries(reader, &items) {
        return add(reader, place, entries, Style::Led);
    }
    let entries = prefix::entries(reader.terms, reader.tree, &items);
    let entries = entries.unwrap_or_else(|| suffix_entries(reader.terms, reader.tree, &items));
    add(reader, place, entries, Style::Worded);
}

/// Reads a list below a plain bullet, when it is led by glyphs.
pub(super) fn read_led(reader: &mut Reader<'_>, place: Place) {
    let items: Vec<NodeId> = reader.tree.children(place.node).collect();
    if let Some(entries) = led_entries(reader, &items) {
        add(reader, place, entries, Style::Led);
    }
}

/// The entries of a list of which every one is led by a glyph, at least two of them before such lists are the style of
/// the document.
fn led_entries(reader: &mut Reader<'_>, items: &[NodeId]) -> Option<Vec<Entry>> {
    let entries = glyph_entries(reader.terms, reader.tree, items);
    let led = !entries.is_empty() && entries.len() == items.len() && (entries.len() > 1 || reader.glyph_style);
    reader.glyph_style |= led;
    led.then_some(entries)
}

/// How the entries of a list tell their states.
#[derive(PartialEq)]
enum Style {
    /// By glyphs that lead them.
    Led,
    /// By words.
    Worded,
}

/// Adds the entries of a list as what its label and headings say that they are.
fn add(reader: &mut Reader<'_>, place: Place, entries: Vec<Entry>, style: Style) {
    let tree = reader.tree;
    let items = tree.children(place.node).count();
    if entries.is_empty() {
        return;
    }
    let about = about(reader, place);
    if about.has(Context::StatusFacts) {
        return statements(reader, entries);
    }
    if about.has(Context::Criteria) && style == Style::Led {
        return criteria(reader, entries);
    }
    let prose =
        [Context::Evidence, Context::Legend, Context::NotIncluded, Context::Risk, Context::Steps, Context::Approval];
    if is_radio(reader, &entries, items) {
        return;
    }
    if prose.into_iter().any(|context| about.has(context)) {
        let span = tree.node(place.node).span;
        if style == Style::Led && !about.has(Context::Legend) {
            reader.find(
                Code::AmbiguousGlyphs,
                span,
                "these glyphs were read as evidence or decoration, not as items",
                "use boxes ([ ] and [x]) to make them items",
            );
        }
        return;
    }
    if about.has(Context::Inverted) {
        return;
    }
    for entry in entries.iter().filter(|entry| entry.disagrees) {
        let message = "the glyph and the word of this entry disagree; the one that says less counts";
        reader.find(Code::BoxAgainstWord, entry.mark, message, "make the glyph and the word agree");
    }
    reader.bullets(place, entries.into_iter().map(|entry| (entry.item, entry.into_draft(tree))).collect());
}

/// What a label and the headings say that a list is.
fn about(reader: &Reader<'_>, place: Place) -> Contexts {
    let label = label(reader.tree, place).map(|label| reader.terms.words.contexts(&normalise(&label)));
    label.unwrap_or_default().and(reader.outline.around(reader.tree, place.node))
}

/// Entries led by a status glyph.
fn glyph_entries(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Vec<Entry> {
    items.iter().map_while(|&item| glyph_entry(terms, tree, item)).collect()
}

fn glyph_entry(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let lead = lines::lead_node(tree, item)?;
    let text = text_of(terms, tree, tree.pieces(lead));
    let (glyph, text) = behind_glyph(terms, &text)?;
    let state = terms.listed_glyph(glyph)?;
    let start = tree.node(lead).span.start;
    let plain = tree.source(tree.node(lead).span).starts_with(glyph);
    let mark = Span { start, end: if plain { start + u32::try_from(glyph.len_utf8()).unwrap_or(1) } else { start } };
    let mut entry = Entry { item, state, mark, text: text.to_owned(), word: glyph.to_string(), ..Entry::default() };
    if let Some(suffix) = suffix::bold(terms, tree, tree.pieces(lead)) {
        entry.text = behind_glyph(terms, &suffix.text)?.1.to_owned();
        entry.note = suffix.note;
        entry.disagrees = suffix.state.is_left() != state.is_left();
        // A word beats a glyph, `✅ Backups — PENDING`, but never says "done" over one that does not.
        if suffix.state != State::Done {
            (entry.state, entry.word, entry.mark) = (suffix.state, suffix.word, suffix.span);
        }
    }
    Some(entry)
}

/// The glyph that leads a text, and what follows, when that has words.
fn behind_glyph<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(char, &'t str)> {
    let (glyph, rest) = terms.glyph_at(text.trim_start())?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '\u{a0}'));
    rest.chars().any(char::is_alphanumeric).then_some((glyph, rest))
}

/// Entries that end in a status: at least half of the list, and two where the status follows a colon without weight.
fn suffix_entries(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut weak = 0;
    for &item in items {
        let Some(lead) = lines::lead_node(tree, item) else { continue };
        let source = tree.source(tree.node(lead).span);
        if !source.bytes().any(|byte| matches!(byte, b':' | b'-' | 0xE2 | 0xEF)) {
            continue;
        }
        let pieces = tree.pieces(lead);
        let bold = suffix::bold(terms, tree, pieces);
        let is_bold = bold.is_some();
        let found = bold
            .or_else(|| suffix::plain(terms, tree, pieces, &tree.plain(pieces)))
            .filter(|suffix| !is_key(terms, suffix));
        if let Some(Suffix { state, word, span, text, note }) = found {
            weak += usize::from(!is_bold);
            entries.push(Entry { item, state, word, mark: span, text, note, disagrees: false });
        }
    }
    let enough = entries.len() * 2 >= items.len() && (weak == 0 || entries.len() > 1);
    if !enough {
        return Vec::new();
    }
    // The rest of the list are entries too, with words that nobody knows.
    let mut all = Vec::new();
    let mut known = entries.into_iter().peekable();
    for &item in items {
        match known.next_if(|entry| entry.item == item) {
            Some(entry) => all.push(entry),
            None => all.extend(unknown(tree, item)),
        }
    }
    all
}

fn unknown(tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let lead = lines::lead_node(tree, item)?;
    let text = tree.plain(tree.pieces(lead));
    let (text, word) =
        text.rsplit_once(" — ").or_else(|| text.rsplit_once(" – ")).or_else(|| text.rsplit_once(": "))?;
    let mark = tree.node(lead).span;
    Some(Entry { item, word: word.to_owned(), mark, text: text.to_owned(), ..Entry::default() })
}

/// `Status: done` and the like say something of what is around them, not of an item.
fn is_key(terms: &Terms<'_>, suffix: &Suffix) -> bool {
    let key = normalise(&suffix.text);
    let words = terms.words;
    words.tag(&key).is_some()
        || words.is(Context::Decision, &key)
        || words.is(Context::StatusFacts, &key)
        || words.level(&key).is_some()
        || words.is_radio(&key)
        || !suffix.text.chars().any(char::is_alphanumeric)
}

fn is_radio(reader: &Reader<'_>, entries: &[Entry], items: usize) -> bool {
    entries.len() == items && entries.iter().all(|entry| reader.terms.words.is_radio(&normalise(&entry.text)))
}

fn statements(reader: &mut Reader<'_>, entries: Vec<Entry>) {
    for entry in entries {
        let span = reader.tree.node(entry.item).span;
        reader.list.statements.push(Statement { text: entry.text, state: Some(entry.state), span });
    }
}

fn criteria(reader: &mut Reader<'_>, entries: Vec<Entry>) {
    for entry in entries {
        let span = reader.tree.node(entry.item).span;
        reader.list.criteria.push(Criterion { text: entry.text, state: entry.state, span });
    }
}

impl Entry {
    fn into_draft(self, tree: &Tree<'_>) -> (Draft, String) {
        let mut draft = Draft::new(ItemKind::Bullet, tree.node(self.item).span);
        draft.item.state = self.state;
        draft.item.state_text = self.word.into();
        draft.item.mark = Some(self.mark).filter(|mark| mark.start < mark.end);
        draft.item.note = self.note;
        (draft, self.text)
    }
}

impl Reader<'_> {
    /// Adds status bullets as items.
    fn bullets(&mut self, place: Place, drafts: Vec<(NodeId, (Draft, String))>) {
        self.bullet_lists.push(self.tree.node(place.node).span);
        let named = place.before.and_then(|before| priority::label(self.terms, self.tree, before));
        for (node, (mut draft, text)) in drafts {
            let pieces = lines::lead_node(self.tree, node).map(|lead| self.tree.pieces(lead)).unwrap_or_default();
            let pieces = match pieces.first() {
                Some(first)
                    if self
                        .tree
                        .text(first)
                        .chars()
                        .all(|c| is_pictograph(c) || c.is_whitespace() || c == '\u{fe0f}') =>
                {
                    &pieces[1..]
                }
                _ => pieces,
            };
            draft.describe(self.terms, self.tree, pieces, &text);
            self.details(node, &mut draft);
            if draft.item.level.is_none() {
                draft.set_level(named.clone());
            }
            self.push(draft);
        }
    }

    /// A list with `Status:` among its bullets, as a block of facts: what it says.
    pub(super) fn facts(&self, list: NodeId) -> Option<Facts> {
        let mut facts = Facts::default();
        facts.take_list(self.terms, self.tree, list);
        facts.status.is_some().then_some(facts)
    }
}

/// What a block of `Key: value` lines says of what is around it.
#[derive(Default, Clone)]
pub(super) struct Facts {
    /// The status as written, and where.
    pub status: Option<(String, Span)>,
    /// Owners.
    pub owners: Vec<String>,
    /// Priority.
    pub priority: Option<priority::Priority>,
    /// Due date.
    pub due: Option<jiff::civil::Date>,
    /// Whether criteria or evidence are listed too.
    pub criteria: bool,
}

impl Facts {
    /// Takes the lines of a paragraph.
    pub(super) fn take_lines(&mut self, terms: &Terms<'_>, tree: &Tree<'_>, paragraph: NodeId) {
        for line in lines::of(tree, paragraph).filter(|line| lines::has_colon(tree, line.span())) {
            self.take(terms, &line.text(tree), line.span());
        }
    }

    /// Takes the first lines of a list's entries.
    pub(super) fn take_list(&mut self, terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) {
        let leads = tree.children(list).filter_map(|item| lines::lead_node(tree, item));
        for lead in leads.filter(|&lead| lines::has_colon(tree, tree.node(lead).span)) {
            self.take(terms, &tree.plain(tree.pieces(lead)), tree.node(lead).span);
        }
    }

    /// Takes one line.
    fn take(&mut self, terms: &Terms<'_>, line: &str, span: Span) {
        for (tag, value) in lines::pairs(terms, line) {
            match tag {
                Tag::Status if self.status.is_none() => self.status = Some((value.to_owned(), span)),
                Tag::Owner if self.owners.is_empty() => self.owners = super::owner::value(terms, value),
                Tag::Priority if self.priority.is_none() => self.priority = priority::value(terms, value),
                Tag::Due if self.due.is_none() => self.due = super::date::find(value),
                Tag::Criteria | Tag::Evidence => self.criteria = true,
                _ => {}
            }
        }
    }

    /// The state that the status names.
    pub(super) fn said(&self, terms: &Terms<'_>) -> status::Said {
        self.status.as_ref().map_or(status::Said::Nothing, |(text, _)| status::said(terms, text))
    }
}
