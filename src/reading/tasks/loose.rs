//! Boxes that begin no list item, and brackets that are none: Markdown makes no task of them and nothing counts them, so
//! that they are told.

use super::{is_radio_word, unseen};
use crate::finding::{Code, Finding, Severity};
use crate::markdown::{Block, Inline, NodeId, Piece, Tree};
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::vocabulary::Context;
use crate::reading::{Reader, lines, status};
use crate::source::Span;
use std::cell::OnceCell;

/// The boxes that are drawn for nothing but to be ticked; other squares stand in prose as colours and bullets do.
const BALLOTS: [char; 3] = ['☐', '☑', '☒'];

/// What is told of a box that its bullet touches, and how to mend it.
const GLUED: (&str, &str) =
    ("a box without a space between it and its bullet begins no item: it is a line of the one above", "write `- [ ]`");

/// What is told of a box four or more spaces deeper than the text above it.
const INDENTED: (&str, &str) = (
    "this box is indented too far, so it begins no item: it is text of the one above",
    "indent it as far as the text of the item above begins",
);

/// What is told of a box that begins another line of an item, with a letter, a number, another dash or nothing before it.
const BARE: (&str, &str) =
    ("this box begins no item: it is a line of the one above", "begin a line of its own for it with `- [ ] `");

/// What begins a line as a bullet would: Markdown's own, and those of a word processor.
const BULLETS: [char; 6] = ['-', '+', '*', '•', '·', '●'];

/// Tells of boxes that stand outside any list: in paragraphs, in raw HTML, and in code that is code only by its indent.
pub(in crate::reading) fn tell_all(reader: &mut Reader<'_>) {
    let outline = reader.outline;
    let marks = OnceCell::new();
    for place in &outline.places {
        match reader.tree.node(place.node).block {
            Block::Paragraph => tell_outside(reader, place.node, &marks),
            Block::Code => unseen::tell_indented(reader, place.node, unseen::CODE),
            _ => {}
        }
    }
    unseen::tell_in_html(reader);
    tell_in_fences(reader);
}

/// Tells of the boxes in fences where the host draws them, or where the document has no item.
fn tell_in_fences(reader: &mut Reader<'_>) {
    let outline = reader.outline;
    let is_empty = reader.drafts.is_empty();
    let sign = if is_empty { Sign::NameOrLines } else { Sign::Name };
    let mut found: Option<(Span, usize)> = None;
    for place in outline.places.iter().filter(|place| reader.tree.node(place.node).block == Block::Code) {
        let span = reader.tree.node(place.node).span;
        let Some(boxes) = boxes_in_fence(reader.terms, reader.tree.source(span), sign) else { continue };
        found = Some(found.map_or((span, boxes), |(first, sum)| (first, sum + boxes)));
    }
    if let Some((span, boxes)) = found {
        let line = Span { start: span.start, end: span.start + 3 };
        let message = format!("boxes in fences are code, so they are not items ({boxes} here)");
        let help = "take the fence away to count them";
        let finding = Finding::new(Code::LooseBox, reader.source.path.clone(), Some(line), message).help(help);
        let severity = if is_empty { Severity::Info } else { finding.severity };
        reader.findings.push(Finding { severity, ..finding });
    }
}

/// What shows that a fence is a list of tasks.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    /// Its name, for which the host draws the boxes.
    Name,
    /// Its lines as well, where nothing else is such a list.
    NameOrLines,
}

/// How many boxes a fence holds that is a list of tasks.
fn boxes_in_fence(terms: &Terms<'_>, source: &str, sign: Sign) -> Option<usize> {
    let (first, rest) = source.trim_start().split_once('\n')?;
    let name = first.strip_prefix("```").or_else(|| first.strip_prefix("~~~"))?.trim();
    let is_named = terms.words.fences.are_tasks(name);
    let is_text = sign == Sign::NameOrLines && terms.words.fences.are_text(name);
    if !is_named && !is_text || memchr::memchr(b'[', rest.as_bytes()).is_none() {
        return None;
    }
    Some(rest.lines().filter(|line| unseen::is_entry(line)).count()).filter(|&boxes| boxes > 0)
}

/// Tells of a box without a text that has something below it that would be its text: a fence, a list or a paragraph.
pub(super) fn tell_unnamed(reader: &mut Reader<'_>, item: NodeId) {
    let tree = reader.tree;
    let lead = lines::lead_node(tree, item);
    let text = lead.map(|lead| tree.plain(tree.pieces(lead))).unwrap_or_default();
    let is_box = match tree.node(item).block {
        Block::Item(Some(_)) => text.trim().is_empty(),
        _ => text.trim() == "[]" || status::TYPED.contains(&text.trim()),
    };
    let is_named = |&child: &NodeId| Some(child) != lead && !tree.has_box(child);
    if is_box && (tree.children(item).any(|child| is_named(&child)) || goes_on_indented(tree, item)) {
        let message = "a box without a text of its own is no item, whatever stands below it";
        reader.find(Code::LooseBox, tree.node(item).span, message, "write behind the box what has to be done");
    }
}

/// Whether an indented paragraph or fence stands behind an item: below an empty box and an empty line it is none of its text.
fn goes_on_indented(tree: &Tree<'_>, item: NodeId) -> bool {
    let (end, next) = (tree.node(item).span.end, tree.node(item).next as NodeId);
    if next >= tree.len() || !matches!(tree.node(next).block, Block::Paragraph | Block::Code) {
        return false;
    }
    let between = tree.source(Span { start: end, end: tree.node(next).span.start });
    between.trim().is_empty() && between.ends_with("  ")
}

/// Where the marks of the items begin, in order.
fn marks(reader: &Reader<'_>) -> Vec<u32> {
    let mut marks: Vec<u32> = reader.drafts.iter().filter_map(|draft| Some(draft.item.mark?.start)).collect();
    marks.sort_unstable();
    marks
}

/// Tells of the first box in a paragraph that is the mark of no item.
fn tell_outside(reader: &mut Reader<'_>, node: NodeId, all: &OnceCell<Vec<u32>>) {
    let tree = reader.tree;
    let source = tree.source(tree.node(node).span);
    // Most paragraphs are ruled out by their bytes: all of these boxes begin with E2.
    if memchr::memchr3(b'[', b'&', 0xE2, source.as_bytes()).is_none() {
        return;
    }
    let is_marked = |line: Span| {
        let marks = all.get_or_init(|| marks(reader));
        marks.get(marks.partition_point(|&mark| mark < line.start)).is_some_and(|&mark| mark < line.end)
    };
    let mut found = lines::of(tree, node).filter_map(|line| Some((line.span(), loose(&line.text(tree))?)));
    let Some((line, kind)) = found.next().filter(|&(line, _)| !is_marked(line)) else { return };
    let message = format!("boxes outside a list are not items{}", and_more(found.count()));
    match kind {
        Loose::Typed => reader.find(Code::LooseBox, line, &message, "begin each line with `- [ ] `"),
        Loose::Drawn => {
            reader.find(Code::AmbiguousGlyphs, line, &message, "begin each line with `- ` to make them items");
        }
    }
}

/// How many more lines below the one that is told of are meant too.
pub(super) fn and_more(lines: usize) -> String {
    if lines == 0 { String::new() } else { format!(" (this one, and {lines} more right below)") }
}

/// Tells of `-[ ] Docs`, `a. [ ] Docs` and `[ ] Docs` below a task, and of `- [ ] Docs` that is indented too far there: the
/// parser reads them as more lines of that task, and behind an empty line as code.
pub(super) fn tell_glued(reader: &mut Reader<'_>, item: NodeId, lead: Option<NodeId>) {
    let tree = reader.tree;
    if let Some(code) = tree.children(item).find(|&child| tree.node(child).block == Block::Code) {
        unseen::tell_indented(reader, code, INDENTED);
    }
    let Some(lead) = lead else { return };
    let is_break = |piece: &Piece| piece.inline == Inline::Break || is_html_break(tree, piece);
    let mut rows = tree.pieces(lead).split(is_break).map(|pieces| lines::Line { pieces }).skip(1).peekable();
    if rows.peek().is_none() {
        return;
    }
    let mut glued = rows.filter(|row| loose(row.text(tree).trim_start_matches(['–', '—'])).is_some());
    if let Some(row) = glued.next() {
        let text = row.text(tree);
        let behind = text.trim_start_matches(BULLETS);
        let (message, help) = match text.len() - behind.len() {
            0 => BARE,
            _ if behind.starts_with(' ') => INDENTED,
            _ => GLUED,
        };
        let (span, more) = (row.span(), and_more(glued.count()));
        reader.find(Code::LooseBox, span, &format!("{message}{more}"), help);
    }
}

/// Whether a piece is a `<br>`.
fn is_html_break(tree: &Tree<'_>, piece: &Piece) -> bool {
    piece.inline == Inline::Html && tree.source(piece.span).starts_with("<br")
}

/// Tells of an entry among boxes that has round brackets for a box, or its box behind something else.
pub(super) fn tell_among(reader: &mut Reader<'_>, item: NodeId) {
    let (terms, tree) = (reader.terms, reader.tree);
    let is_answer = || is_radio_word(terms, &lines::lead(tree, item));
    let (message, help) = if is_definition(terms, tree, item) {
        ("a box before a colon names the address of a link, so this entry is not an item", "begin it with `- [ ] `")
    } else if is_round(tree, item) && !is_answer() {
        ("round brackets are no box, so this entry is not an item", "use [ ] or [x]")
    } else if is_boxed_inside(terms, tree, item) {
        ("a box that does not begin its entry is none, so this entry is not an item", "begin it with `- [ ] `")
    } else {
        return;
    };
    reader.find(Code::LooseBox, tree.node(item).span, message, help);
}

/// Whether a list item is nothing but `[!]: Mail`, which to Markdown is the address of a link and shows nothing.
fn is_definition(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> bool {
    if tree.children(item).next().is_some() {
        return false;
    }
    let source = tree.source(tree.node(item).span);
    let bracketed = source.find('[').and_then(|at| status::bracketed(&source[at..]));
    bracketed
        .is_some_and(|(mark, rest)| rest.starts_with(':') && (terms.mark(mark).is_some() || !mark.is_alphanumeric()))
}

/// Whether a list item begins with round brackets in place of a box.
pub(in crate::reading) fn is_round(tree: &Tree<'_>, item: NodeId) -> bool {
    let lead = lines::lead_node(tree, item).map_or("", |lead| tree.source(tree.node(lead).span));
    lead.starts_with('(') && ["( )", "()", "(x)", "(X)"].into_iter().any(|mark| lead.starts_with(mark))
}

/// Whether a list item has one box, behind a level, a number or a label, `**P0** [ ] Mail`, or behind all of its words:
/// `Mail [ ]`. Behind the name of a state it explains itself.
pub(in crate::reading) fn is_boxed_inside(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> bool {
    let Some(lead) = lines::lead_node(tree, item).filter(|_| tree.node(item).block == Block::Item(None)) else {
        return false;
    };
    // Nearly all entries have no such brackets at all.
    let source = tree.source(tree.node(lead).span);
    let is_box = |at: usize| matches!(source.as_bytes().get(at + 1..at + 3), Some([b' ' | b'x' | b'X', b']']));
    if !memchr::memchr_iter(b'[', source.as_bytes()).any(is_box) {
        return false;
    }
    let pieces = tree.pieces(lead);
    let text = tree.plain(pieces);
    let mut boxes = status::TYPED.into_iter().flat_map(|mark| text.match_indices(mark));
    let Some((at, mark)) = boxes.next().filter(|_| boxes.next().is_none()) else { return false };
    let is_code = |piece: &Piece| piece.inline == Inline::Code && tree.text(piece).contains(mark);
    if pieces.iter().any(is_code) {
        return false;
    }
    let (before, behind) = (text[..at].trim(), text[at + mark.len()..].trim());
    let name = before.trim_end_matches([':', '：', '-', '–', '—', '=', ' ']);
    let phrase = normalise(name);
    let explains = terms.state(&phrase).is_some() || terms.words.is(Context::Decision, &phrase);
    let is_code = || !name.contains(' ') && name.contains(|c: char| c.is_ascii_digit());
    let is_label = || name.len() < before.len() || is_code() || terms.words.level(&phrase).is_some();
    let is_all = behind.trim_matches(['.', ' ']).is_empty();
    name.contains(char::is_alphanumeric)
        && !explains
        && (is_all || is_label() && behind.starts_with(char::is_alphanumeric) && !is_radio_word(terms, behind))
}

/// A box at the start of a line.
#[derive(PartialEq)]
pub(super) enum Loose {
    /// `[ ] Docs` or `-[ ] Docs`: Markdown's own box, with a bullet or a space that is missing.
    Typed,
    /// `☐ Docs`, as a form has them.
    Drawn,
}

/// The box that a line begins with, where it is a box for what follows and no choice of several.
pub(super) fn loose(line: &str) -> Option<Loose> {
    let line = behind_bullet(line);
    // `[1]` is a note.
    let typed = status::boxed(line).filter(|(mark, _)| !mark.is_numeric()).map(|(_, rest)| (rest, Loose::Typed));
    let (rest, kind) = typed.or_else(|| line.strip_prefix(BALLOTS).map(|rest| (rest, Loose::Drawn)))?;
    let rest = rest.trim_start();
    let is_text = rest.starts_with(char::is_alphanumeric) && !rest.contains(BALLOTS) && !rest.contains("[ ]");
    is_text.then_some(kind)
}

/// A line without the bullet, number or letter that it begins with: `• `, `2.`, `a) `, `ii. `.
pub(super) fn behind_bullet(line: &str) -> &str {
    let line = line.trim_start();
    let rest = line.trim_start_matches(BULLETS);
    if rest.len() < line.len() {
        return rest.trim_start();
    }
    let end = line.bytes().take(4).position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(0);
    let is_number = end > 0 && line[end..].starts_with(['.', ')']);
    if is_number { line[end + 1..].trim_start() } else { line }
}
