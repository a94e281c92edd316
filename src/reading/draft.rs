//! Items while a document is read: what is their own, before sections and parents give them the rest.

use super::evidence::is_file;
use super::legend::Terms;
use super::phrase::{is_pictograph, next_stop, normalise};
use super::signs::{Signed, Signs};
use super::{metadata, owner, priority, reference, status};
use crate::markdown::{Inline, NodeId, Piece, Tree};
use crate::model::{Item, ItemKind, Level, State};
use crate::source::Span;
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Two spaces in a row.
static SPACES: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("  "));

/// An item with the group that it belongs to, told by where that group begins.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// What is known of the item.
    pub item: Item,
    /// The start of its group's span.
    pub parent: Option<u32>,
    /// Whether its table has a column for owners: a blank there is nobody, whoever owns the rest.
    pub has_owner_column: bool,
    /// Where it says when it is due, and that is no day: it has none, whenever the rest is due.
    pub unread_due: Option<Span>,
}

impl Draft {
    /// An open item of a kind, nothing else known.
    pub(super) fn new(kind: ItemKind, span: Span) -> Self {
        let item = Item {
            kind,
            span,
            mark: None,
            text: String::new(),
            parent: None,
            group: false,
            section: None,
            anchor: String::new(),
            state: State::Open,
            state_text: Cow::Borrowed(""),
            level: None,
            level_text: None,
            owners: Vec::new(),
            owner_cell: None,
            reference: None,
            due: None,
            links: Vec::new(),
            evidence: Vec::new(),
            note: String::new(),
        };
        Self { item, parent: None, has_owner_column: false, unread_due: None }
    }

    /// Takes text, id, priority, owners, due date and evidence from the pieces that an item's text is made of;
    /// `text` is their plain text behind the mark.
    pub(super) fn describe(&mut self, terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece], text: &str) {
        let item = &mut self.item;
        if let Some((level, word)) = image_level(terms, tree, pieces) {
            (item.level, item.level_text) = (Some(level), Some(word.into()));
        }
        let marked = first_span(tree, pieces);
        let (text, hashtags) = metadata::split_hashtags(Signed::of(text.trim()));
        let is_bold = pieces.first().is_some_and(|first| first.inline != Inline::Code);
        let bold = marked.as_deref().filter(|_| is_bold);
        let rest = strip_start(terms, item, text, (marked.as_deref(), bold));
        let (rest, package) = split_package(tree, pieces, rest);
        let rest = text.part(metadata::strip(terms, item, text.part(rest)));
        let is_code = |inside: &str| {
            let mut codes = pieces.iter().filter(|piece| piece.inline == Inline::Code);
            codes.any(|piece| tree.text(piece).contains(inside))
        };
        metadata::take_amid(terms, item, rest, is_code);
        let rest = if item.level.is_none() { self.set_late_level(terms, tree, pieces, (rest, hashtags)) } else { rest };
        let item = &mut self.item;
        item.text = tidy(rest);
        item.text.push_str(package);
        item.text.push_str(hashtags);
        item.links = tree.targets(pieces).map(str::to_owned).collect();
        item.evidence = evidence(tree, pieces);
    }

    /// Takes the priority that stands in a text in other ways than as a tag at its start or end, or among the hashtags
    /// behind it. Gives back the text without it.
    fn set_late_level<'t>(
        &mut self,
        terms: &Terms<'_>,
        tree: &Tree<'_>,
        pieces: &[Piece],
        (signed, hashtags): (Signed<'t>, &str),
    ) -> Signed<'t> {
        let Signed { text, signs } = signed;
        if let Some((found, before)) = priority::marked_end(terms, tree, pieces, text) {
            self.set_level(Some(found));
            return signed.part(before);
        }
        // What stands in one of these ways is a code, `P1`.
        if !signs.have_code() {
            return signed;
        }
        // A task that has others below it: `- [ ] P0`.
        if priority::is_step(text) {
            self.set_level(priority::code(terms, text));
            return signed;
        }
        let near_end = || priority::near_end(terms, text, last_link(tree, pieces));
        let found =
            if signs.have_bracket() { near_end().or_else(|| priority::behind_bracket(terms, text)) } else { None };
        let tagged = || priority::hashtag(terms, hashtags).or_else(|| priority::hashtag_before_handles(terms, text));
        self.set_level(found.or_else(tagged));
        if self.item.level.is_none()
            && let Some((found, names)) = priority::set_apart(terms, text)
        {
            self.set_level(Some(found));
            if self.item.owners.is_empty() && owner::is_name(terms, names) && terms.state(&normalise(names)).is_none() {
                self.item.owners = owner::value(terms, names);
            }
        }
        signed
    }

    /// Takes a value that stands in a column, line or sub-bullet of its own.
    pub(super) fn set_level(&mut self, found: Option<priority::Priority>) {
        if let Some(priority) = found {
            self.item.level = Some(priority.level);
            self.item.level_text = Some(priority.text);
        }
    }
}

/// A text, and the name of a package in code at its end with the space before it: `@scope/name` is nobody's handle.
fn split_package<'t>(tree: &Tree<'_>, pieces: &[Piece], text: &'t str) -> (&'t str, &'t str) {
    let last = pieces.last().filter(|last| last.inline == Inline::Code).map_or("", |last| tree.text(last));
    let before = text.strip_suffix(last).filter(|_| last.starts_with('@') && last.contains('/'));
    text.split_at(before.map_or(text.len(), |before| before.trim_end().len()))
}

/// Length of the text of the link that ends some pieces.
fn last_link(tree: &Tree<'_>, pieces: &[Piece]) -> usize {
    let start = pieces.iter().rposition(|piece| matches!(piece.inline, Inline::Link(_)));
    let ends = matches!(pieces.last().map(|piece| piece.inline), Some(Inline::LinkEnd));
    start.filter(|_| ends).map_or(0, |start| tree.plain(&pieces[start..]).len())
}

/// The text of the bold or code span that a text begins with.
fn first_span<'t>(tree: &'t Tree<'_>, pieces: &[Piece]) -> Option<Cow<'t, str>> {
    let first = pieces.first()?;
    let is_strong = |piece: Option<&Piece>| piece.is_some_and(|piece| piece.inline == Inline::Strong);
    let is_sign = |piece: &Piece| piece.inline == Inline::Text && !tree.text(piece).contains(char::is_alphanumeric);
    match first.inline {
        // `*P0* Ropes`: what follows is a piece of its own.
        Inline::Text if priority::is_step(tree.text(first)) => {
            let next = pieces.get(1).filter(|next| next.span.start > first.span.end)?;
            let between = tree.source(Span { start: first.span.end, end: next.span.start });
            between.starts_with(['*', '_']).then(|| Cow::Borrowed(tree.text(first)))
        }
        Inline::Code => Some(Cow::Borrowed(tree.text(first))),
        // A sign may stand before it: `🔴 **Critical**`.
        _ if is_strong(Some(first)) || is_sign(first) && is_strong(pieces.get(1)) => {
            let end = pieces.iter().position(|piece| piece.inline == Inline::StrongEnd)?;
            Some(tree.plain(&pieces[..end]))
        }
        _ => None,
    }
}

/// An image whose alternative text is a level.
fn image_level(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece]) -> Option<(Level, String)> {
    let start = pieces.iter().position(|piece| matches!(piece.inline, Inline::Image(_)))?;
    let length = pieces[start..].iter().position(|piece| piece.inline == Inline::ImageEnd)?;
    let text = tree.plain(&pieces[start..start + length]);
    let level = terms.words.level(&normalise(&text))?;
    Some((level, text.into_owned()))
}

/// Plain text of pieces, without the alternative text of images that are tags.
pub(super) fn text_of<'t>(terms: &Terms<'_>, tree: &'t Tree<'_>, pieces: &[Piece]) -> Cow<'t, str> {
    if image_level(terms, tree, pieces).is_none() {
        return tree.plain(pieces);
    }
    let mut text = String::new();
    let mut inside = false;
    for piece in pieces {
        match piece.inline {
            Inline::Image(_) => inside = true,
            Inline::ImageEnd => inside = false,
            Inline::Text | Inline::Code if !inside => text.push_str(tree.text(piece)),
            Inline::Break => text.push(' '),
            _ => {}
        }
    }
    Cow::Owned(text)
}

/// Takes id, priority and owners from the start of an item's text; `marked` and `bold` are the texts of the bold or code
/// span and of the bold span that it begins with.
fn strip_start<'t>(
    terms: &Terms<'_>,
    item: &mut Item,
    text: Signed<'t>,
    (marked, bold): (Option<&str>, Option<&str>),
) -> &'t str {
    let mut rest = text.text;
    for _ in 0..2 {
        let before = rest.len();
        if item.reference.is_none()
            && let Some((id, behind)) = reference::at_start(terms.words, rest)
            && (item.level.is_some() || priority::tag(terms, text.part(id), None).0.is_none())
        {
            item.reference = Some(id.to_owned());
            rest = behind;
        }
        // What may be urgent is: `**Critical** path review` claims less with its level than without.
        let is_minor = |bold: &str| terms.words.level(&normalise(bold)).is_some_and(|level| level > Level(1));
        let is_name = |bold: &str| priority::begins_name(rest, bold) && is_minor(bold);
        if item.level.is_none() && !bold.is_some_and(is_name) {
            let (found, behind) = priority::tag(terms, text.part(rest), marked);
            if let Some(found) = found.filter(|_| !behind.is_empty()) {
                (item.level, item.level_text) = (Some(found.level), Some(found.text));
                rest = behind;
            }
        }
        if item.owners.is_empty() {
            rest = metadata::strip_start(terms, item, text.part(rest), bold);
        }
        if rest.len() == before {
            break;
        }
    }
    rest
}

/// The text of an item with single spaces between its words, and nothing open at its end.
fn tidy(Signed { text, signs }: Signed<'_>) -> String {
    let text = text.trim().trim_end_matches([' ', '—', '–']).trim();
    let is_hard = || signs.have(Signs::LATIN) && text.contains('\u{a0}');
    let mut tidy = if SPACES.find(text.as_bytes()).is_some() || is_hard() {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    };
    // A tag at the end of a longer parenthesis took its end along: `(waiting for the vendor, due 2026-12-03)`.
    let unclosed = |open: i32, byte: u8| open + i32::from(byte == b'(') - i32::from(byte == b')');
    if signs.have(Signs::BRACKET) && tidy.bytes().fold(0, unclosed) > 0 {
        tidy.push(')');
    }
    tidy
}

/// Links and files in code spans that follow the first words of an item.
fn evidence(tree: &Tree<'_>, pieces: &[Piece]) -> Vec<String> {
    let mut seen = false;
    let mut evidence = Vec::new();
    if !pieces.iter().any(|piece| matches!(piece.inline, Inline::Code | Inline::Link(_))) {
        return evidence;
    }
    for piece in pieces {
        match piece.inline {
            Inline::Link(index) if seen => {
                evidence.extend(tree.links.get(index as usize).map(|link| link.target.clone().into_owned()))
            }
            Inline::Code if seen && is_file(tree.text(piece)) => evidence.push(tree.text(piece).to_owned()),
            Inline::Text => {
                let text = tree.text(piece);
                seen |= text.contains(['(', '—', '→']) || next_stop(text, 0).is_some();
            }
            _ => {}
        }
    }
    evidence
}

/// What a box and glyph at the start of a list item say: the mark's span, its state as written, and the text behind.
pub(super) struct Mark<'t> {
    /// The state.
    pub state: State,
    /// As written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// What follows.
    pub rest: &'t str,
}

/// The mark of a task that GFM does not know: `[~]`, `☐`. `lead` is the plain text of its first paragraph.
pub(super) fn drawn_mark<'t>(terms: &Terms<'_>, tree: &Tree<'_>, node: NodeId, lead: &'t str) -> Option<Mark<'t>> {
    let text =
        lead.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}'));
    if let Some((mark, rest)) = status::boxed(text) {
        return box_mark(tree, node, mark, rest, terms.mark(mark)?);
    }
    let glyph = text.chars().next().filter(|&glyph| terms.words.boxes.is_one(glyph))?;
    led(tree, node, text, glyph, status::drawn_state(terms, glyph)?)
}

/// The mark of an entry among tasks that all but begins with a box: one without a space behind it, `[ ]text`, or one with a
/// sign that nobody knows, `[?]`, `[xx]`, which is open.
pub(super) fn odd_mark<'t>(terms: &Terms<'_>, tree: &Tree<'_>, node: NodeId, lead: &'t str) -> Option<Mark<'t>> {
    if let Some((inner, rest)) = lead.trim_start().strip_prefix('[').and_then(|inner| inner.split_once("] "))
        && terms.words.is_mistyped_box(inner)
    {
        let mark = box_mark(tree, node, ' ', rest, State::Open)?;
        return Some(Mark { text: format!("[{inner}]"), ..mark });
    }
    let text = lead.trim_start();
    let (mark, rest) = status::bracketed(text).or_else(|| wide_box(text))?;
    let named = rest.strip_prefix(": ").or_else(|| text.starts_with('［').then_some(rest));
    let is_glued = rest.starts_with(char::is_alphanumeric);
    match terms.mark(mark) {
        Some(state) if is_glued || named.is_some() => box_mark(tree, node, mark, named.unwrap_or(rest), state),
        None if !mark.is_alphanumeric() && !is_glued => box_mark(tree, node, mark, rest, State::Open),
        _ => None,
    }
}

/// A box in the brackets of wide scripts: `［ ］`.
fn wide_box(text: &str) -> Option<(char, &str)> {
    let (inner, rest) = text.strip_prefix('［')?.split_once('］')?;
    let mut marks = inner.trim().chars();
    let mark = marks.next().unwrap_or(' ');
    marks.next().is_none().then_some((mark, rest))
}

/// The mark of an entry among tasks that is a letter in brackets, `[B]`: somebody's own sign for a state, which is open.
/// Letters of scripts without spaces are words.
pub(super) fn letter_mark<'t>(_: &Terms<'_>, tree: &Tree<'_>, node: NodeId, lead: &'t str) -> Option<Mark<'t>> {
    let (mark, rest) = status::boxed(lead.trim_start())?;
    let is_letter = mark.is_alphabetic() && mark < '\u{2e80}';
    if is_letter { box_mark(tree, node, mark, rest, State::Open) } else { None }
}

/// The mark of a box as it stands in the source.
fn box_mark<'t>(tree: &Tree<'_>, node: NodeId, mark: char, rest: &'t str, state: State) -> Option<Mark<'t>> {
    let (start, source) = (tree.node(node).span.start, tree.source(tree.node(node).span));
    let comment = if source.starts_with("<!--") { source.find("-->").map_or(0, |end| end + 3) } else { 0 };
    let at = comment + source[comment..].find(['[', '［']).filter(|&at| at <= 4)?;
    let close = source[at..].char_indices().find(|&(_, letter)| matches!(letter, ']' | '］'));
    let length = close.map_or(3, |(close, letter)| close + letter.len_utf8());
    let span = Span { start: start + at as u32, end: start + (at + length) as u32 };
    let rest = rest.trim_start();
    (!rest.is_empty()).then(|| Mark { state, text: format!("[{mark}]"), span, rest })
}

/// The mark of an entry led by a status glyph: `✅`, `✔`.
pub(super) fn glyph_mark<'t>(terms: &Terms<'_>, tree: &Tree<'_>, node: NodeId, lead: &'t str) -> Option<Mark<'t>> {
    let text = lead.trim_start();
    let glyph = text.chars().next()?;
    // `🔴 Critical` names a level rather than telling how far something is.
    let is_level =
        |mark: &Mark<'_>| terms.words.colour(glyph).is_some() && terms.words.level(&normalise(mark.rest)).is_some();
    led(tree, node, text, glyph, terms.led_glyph(glyph)?).filter(|mark| !is_level(mark))
}

/// Where the glyph that a paragraph begins with stands in the source, drawn or by name, with the sign behind it that asks
/// for colour; empty behind markup.
pub(super) fn glyph_span(tree: &Tree<'_>, node: NodeId, glyph: char) -> Span {
    let start = tree.node(node).span.start;
    let named = tree.pieces(node).first().filter(|first| first.span.start == start && tree.is_named_emoji(first));
    let drawn = || {
        let behind = tree.source(tree.node(node).span).strip_prefix(glyph);
        let coloured = |behind: &str| if behind.starts_with('\u{fe0f}') { '\u{fe0f}'.len_utf8() } else { 0 };
        let length = behind.map_or(0, |behind| glyph.len_utf8() + coloured(behind));
        Span { start, end: start + length as u32 }
    };
    named.map_or_else(drawn, |named| named.span)
}

/// The mark of a paragraph whose text begins with a glyph and goes on with words.
fn led<'t>(tree: &Tree<'_>, node: NodeId, text: &'t str, glyph: char, state: State) -> Option<Mark<'t>> {
    let rest = text[glyph.len_utf8()..].trim_start_matches(|c: char| c == '\u{fe0f}' || c.is_whitespace());
    let span = glyph_span(tree, node, glyph);
    (!rest.is_empty() && !rest.chars().all(is_pictograph)).then(|| Mark { state, text: glyph.to_string(), span, rest })
}
