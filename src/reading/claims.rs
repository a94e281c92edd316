//! What the text claims about its own readiness, gates that it states in prose, and when it was last updated.

mod compare;
mod gates;
mod numbers;
mod verdicts;

pub(super) use compare::Pending;
pub use compare::disagreement;

use super::phrase::normalise;
use super::vocabulary::{Claims, Context, Tag};
use super::{Reader, date, lines, status};
use crate::markdown::{Block, NodeId};
use crate::model::{Claim, ClaimKind, DateAt, Level, Tally};
use crate::source::Span;
use compare::About;
use jiff::civil::Date;
use numbers::Count;
use std::ops::Range;
use verdicts::{Standing, Verdict};

/// The most bytes that a sentence has which makes a claim.
const SENTENCE: usize = 160;

/// The bytes in which the colon behind a key is looked for: `Last updated:` is short, whatever the language.
const KEY: usize = 48;

/// The most bytes of a line that tells without a colon when the document was last updated.
const PLAIN_LINE: usize = 60;

/// The fewest bytes of a line that states a gate: shorter ones are names and labels.
const GATE: usize = 20;

/// What marks are given out of: nothing but a number of items makes counts of them.
const MARKS: [u32; 3] = [5, 10, 100];

/// Sections of one name that are looked at before a claim, and behind it.
const NEAR: usize = 16;

/// A line that may make a claim, and where it stands.
struct Said<'l> {
    text: &'l str,
    span: Span,
    block: Block,
    /// Whether it is a bullet's: what it is about has then to be named.
    in_list: bool,
    standing: Standing,
    /// Whether it has in it what every verdict has.
    may_decide: bool,
}

/// Reads the lines of a heading, paragraph or bullet that no item stands in. Almost no line says anything of this:
/// each question first looks at the bytes for what every answer has.
pub(super) fn read_block(reader: &mut Reader<'_>, node: NodeId) {
    let tree = reader.tree;
    let block = tree.node(node).block;
    let before = node.checked_sub(1).map(|before| tree.node(before).block);
    let in_list = matches!(before, Some(Block::Item(_)));
    for line in lines::of(tree, node) {
        let source = tree.source(line.span());
        let digits = source.bytes().any(|byte| byte.is_ascii_digit());
        let labelled = digits && source.bytes().take(KEY).any(|byte| byte == b':' || byte == 0xEF);
        let hinted = reader.terms.words.prose.hints.find(source);
        let numbers = digits && (hinted.count || memchr::memchr3(b'%', b'/', 0xEF, source.as_bytes()).is_some());
        let gate = hinted.gate && source.len() > GATE;
        let dated = digits && !in_list && source.len() <= PLAIN_LINE && reader.list.last_updated.is_none();
        if !(labelled || numbers || hinted.verdict || gate || dated) {
            continue;
        }
        let text = line.text(tree);
        let span = line.span();
        if labelled || dated {
            updated(reader, &text, span);
        }
        if (numbers || hinted.verdict) && !(in_list && is_criterion(reader, node, span)) {
            let may_decide = hinted.verdict;
            let standing = if line.is_bold() && block == Block::Paragraph { Standing::Alone } else { Standing::InText };
            for text in sentences(&text, block) {
                if claim(reader, &Said { text, span, block, in_list, standing, may_decide }) {
                    break;
                }
            }
        }
        if gate {
            gates::read(reader, &text, span);
        }
    }
}

/// Whether a bullet is one of criteria: these say what has to be, and are shown on their own.
fn is_criterion(reader: &Reader<'_>, node: NodeId, span: Span) -> bool {
    let known = || reader.list.criteria.iter().any(|criterion| criterion.span.holds(span));
    reader.outline.is_within(reader.tree, node, Context::Criteria) || known()
}

/// The sentences of a line. A stop behind a number or a single letter ends none, and of a long sentence its label alone is
/// read.
fn sentences(text: &str, block: Block) -> impl Iterator<Item = &str> {
    let is_heading = matches!(block, Block::Heading(_));
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let is_end = |at: &usize| {
            let (before, behind) = (&text[..*at], text[*at + 2..].trim_start());
            let mut last = before.chars().rev();
            let ends = last.next().is_some_and(|c| c.is_lowercase() || matches!(c, '%' | ')'))
                && last.next().is_some_and(|c| c != ' ');
            ends && behind.starts_with(|c: char| !c.is_lowercase())
        };
        let end = text.match_indices(". ").map(|(at, _)| at).find(is_end).filter(|_| !is_heading);
        rest = end.map(|at| text[at + 2..].trim_start());
        Some(end.map_or(text, |at| &text[..=at]))
    })
    .filter_map(|sentence| match sentence.len() <= SENTENCE {
        true => Some(sentence),
        false => sentence.split_once([':', '：']).map(|(label, _)| label).filter(|label| label.len() <= SENTENCE),
    })
}

/// Reads a row of two cells with a percentage, `| Production readiness | 91% |`, as a line of prose, also with a state
/// behind them. What sums up sections by name is no claim of its own.
pub(super) fn read_row(reader: &mut Reader<'_>, row: NodeId) {
    let tree = reader.tree;
    let span = tree.node(row).span;
    if reader.list.last_updated.is_none() {
        updated_row(reader, row, span);
    }
    let is_rollup = || reader.rollups.iter().any(|(rollup, _)| rollup.span == span);
    if memchr::memchr(b'%', tree.source(span).as_bytes()).is_none() || is_rollup() {
        return;
    }
    let mut cells = tree.children(row).map(|cell| tree.plain(tree.pieces(cell)));
    let (key, value, state) = (cells.next(), cells.next(), cells.next());
    let is_stated = |cell: &str| status::said(reader.terms, cell) != status::Said::Unknown;
    if let (Some(key), Some(value), None) = (key, value, state.filter(|cell| !is_stated(cell)).or_else(|| cells.next()))
    {
        let (phrase, words) = (normalise(&key), &reader.terms.words.prose.claims);
        if words.rows.stand_in(&phrase) && !words.wanted.stand_in(&phrase) && !words.wanted_rows.stand_in(&phrase) {
            let text = format!("{key}: {value}");
            claim(
                reader,
                &Said {
                    text: &text,
                    span,
                    block: Block::Row,
                    in_list: false,
                    standing: Standing::InText,
                    may_decide: false,
                },
            );
        }
    }
}

fn updated(reader: &mut Reader<'_>, text: &str, span: Span) {
    let pairs = lines::pairs(reader.terms, text).into_iter();
    let found = pairs.filter(|(tag, _)| *tag == Tag::Updated).find_map(|(_, value)| date::find(value));
    let found = found.or_else(|| plainly_updated(reader, text, span));
    if let Some(date) = found.filter(|_| reader.list.last_updated.is_none()) {
        reader.list.last_updated = Some(DateAt { date, span });
    }
}

/// The date of a line that says in words alone when the document was last updated: `Updated 2026-03-14.`
fn plainly_updated(reader: &Reader<'_>, text: &str, span: Span) -> Option<Date> {
    let (head, date) = text.split_at(text.find(|c: char| c.is_ascii_digit())?);
    // Below other headings stands when a part of it was.
    let is_first = reader.outline.section_at(span.start).is_none_or(|index| index == 0);
    let is_key = is_first && reader.terms.words.tag(&normalise(head)) == Some(Tag::Updated);
    date::find(date).filter(|_| is_key)
}

/// Reads a row of two cells that tells when the document was last updated.
fn updated_row(reader: &mut Reader<'_>, row: NodeId, span: Span) {
    let tree = reader.tree;
    // Few tables have two columns, and few of their rows a date.
    let Some((key, value)) = lines::two_cells(tree, row) else { return };
    if date::find(tree.source(span)).is_none() {
        return;
    }
    let text = |cell: NodeId| tree.plain(tree.pieces(cell));
    let is_key = reader.terms.words.tag(&normalise(&text(key))) == Some(Tag::Updated);
    if let Some(date) = date::find(&text(value)).filter(|_| is_key) {
        reader.list.last_updated = Some(DateAt { date, span });
    }
}

/// Reads a sentence, and tells whether it claims anything.
fn claim(reader: &mut Reader<'_>, said: &Said<'_>) -> bool {
    let phrase = normalise(said.text);
    let heading = matches!(said.block, Block::Heading(_));
    let number = number(reader, &phrase, said.block).and_then(|number| {
        let about = about(reader, said, (&phrase[..number.at.start], &phrase[number.at.end..]))?;
        Some((number.percent, number.count, about))
    });
    let (percent, count, ready, about) = match number {
        Some((percent, count, about)) => (percent, count, None, about),
        None => {
            let verdict = said.may_decide.then(|| verdicts::read(reader.terms, said.text, said.standing));
            let Some(verdict) = verdict.flatten() else { return false };
            (None, None, Some(verdict.ready), decided(reader, verdict, said.span))
        }
    };
    let kind = match (percent, ready) {
        (Some(_), _) => ClaimKind::Percent,
        (_, Some(_)) => ClaimKind::Verdict,
        _ => ClaimKind::Count,
    };
    let (text, span) = (said.text.trim().to_owned(), said.span);
    let claim = Claim {
        text,
        percent,
        count,
        ready,
        kind,
        whole: about == About::Whole,
        agrees: true,
        counted: Tally::default(),
        span,
    };
    let bare = ready.is_some() && !phrase.contains(':') && phrase.split(' ').count() <= 2;
    reader.pending.push(Pending { claim, about, heading, bare });
    true
}

/// What a verdict is about: one that is the last word is of the whole, but not below the heading of a gate or phase.
fn decided(reader: &Reader<'_>, verdict: Verdict, span: Span) -> About {
    let claims = &reader.terms.words.prose.claims;
    let own = reader.outline.section_at(span.start).map(|index| reader.outline.section(index));
    let is_of_part = own.is_some_and(|section| claims.names_part(&section.phrase));
    if verdict.is_last && !is_of_part { About::Whole } else { About::Verdict }
}

/// The numbers of a claim.
struct Number {
    percent: Option<u32>,
    count: Option<(u32, u32)>,
    /// Where the first of them stands.
    at: Range<usize>,
}

/// What a phrase says in numbers of how far the work is.
fn number(reader: &Reader<'_>, phrase: &str, block: Block) -> Option<Number> {
    let heading = matches!(block, Block::Heading(_));
    let words = &reader.terms.words.prose.claims;
    if !phrase.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // `Overall score: 72/100`
    let mark = if words.is_score(phrase) { numbers::mark(phrase) } else { None };
    let (percent, count) = match mark {
        Some(mark) => (Some(mark), None),
        None => (numbers::percent(phrase), numbers::count(reader, phrase)),
    };
    if percent.is_none() && count.is_none() || words.is_measure(phrase) {
        return None;
    }
    let sound = |at: &Range<usize>| !numbers::is_undone(words, phrase, at) && !numbers::is_wanted(words, phrase, at);
    let percent = percent.filter(|percent| sound(&percent.at));
    let count = count.filter(|count| sound(&count.found.at));
    let ready = words.is_ready(phrase) || words.is_score(phrase);
    let is_status = |start: usize| is_status_label(reader, &phrase[..start]);
    let is_of_level = |start: usize| level(reader, &phrase[..start]).is_some();
    // Out of ten or a hundred is a mark that somebody gave, unless the work is what is counted: beside `7.5/10` it is not.
    let is_given = || !(heading || words.is_ready(phrase)) || numbers::has_decimal(phrase);
    let is_mark = |count: &Count| MARKS.contains(&count.found.value.1) && is_given();
    let count = count.filter(|count| !is_mark(count)).filter(|count| {
        let start = count.found.at.start;
        heading || ready || count.is_of_done || is_status(start) || is_of_level(start)
    });
    let percent = percent.filter(|percent| ready || count.is_some() || is_status(percent.at.start));
    let places = [percent.as_ref().map(|percent| &percent.at), count.as_ref().map(|count| &count.found.at)];
    let at = places.into_iter().flatten().min_by_key(|at| at.start)?.clone();
    Some(Number { percent: percent.map(|percent| percent.value), count: count.map(|count| count.found.value), at })
}

/// Whether what stands before a number is a label for the state of the whole: `Status:`, `Overall:`.
fn is_status_label(reader: &Reader<'_>, before: &str) -> bool {
    let Some(label) = before.trim_end_matches([' ', '(']).strip_suffix([':', '：']) else { return false };
    let words = &reader.terms.words.prose.claims;
    let is_status = |word: &str| reader.terms.words.tag(word) == Some(Tag::Status);
    let is_known = label.split(' ').all(|word| words.is_whole(word) || is_status(word));
    is_known && (words.is_overall(label) || label.split(' ').any(is_status))
}

/// The level that a label names, beside words for how far the work is: `Critical items complete:`.
fn level(reader: &Reader<'_>, before: &str) -> Option<Level> {
    let words = reader.terms.words;
    let subject: Vec<&str> = subject(&words.prose.claims, before).filter(|word| !words.is_noun(word)).collect();
    words.level(&subject.join(" "))
}

/// The words before a number that name something beside the whole.
fn subject<'p>(words: &Claims, before: &'p str) -> impl Iterator<Item = &'p str> {
    let parts = before.split([' ', ':', '(', ')', ',', '：', '（']).filter(|word| !word.is_empty());
    parts.filter(|word| !words.is_whole(word))
}

/// The level whose items a number is of: `100% of P0 items`, `3 of 4 critical items`.
fn level_of(reader: &Reader<'_>, behind: &str) -> Option<Level> {
    let words = reader.terms.words;
    let (rest, is_of) = match behind.strip_prefix(" of ") {
        Some(rest) => (rest, true),
        None => (behind.strip_prefix(' ')?, false),
    };
    let mut named = subject(&words.prose.claims, rest);
    let level = words.level(named.next()?)?;
    // The items of it are whole words themselves: `80% critical path` is about something else.
    let is_noun = || rest.split(' ').nth(1).is_some_and(|word| words.is_noun(word));
    (is_of || is_noun()).then_some(level)
}

/// What a number is about, by the words before and behind it. A bullet that names a part which is no section is about
/// nothing that is counted.
fn about(reader: &Reader<'_>, said: &Said<'_>, (before, behind): (&str, &str)) -> Option<About> {
    let words = &reader.terms.words.prose.claims;
    if let Some(level) = level(reader, before).or_else(|| level_of(reader, behind)) {
        return Some(About::Level(level));
    }
    if words.is_overall(before) {
        return Some(About::Whole);
    }
    let subject: Vec<&str> = subject(words, before).collect();
    if subject.is_empty() {
        return Some(About::Nothing);
    }
    if matches!(said.block, Block::Heading(_)) {
        return Some(About::Part);
    }
    let name = subject.join(" ");
    match named(reader, &name, said.span) {
        Some(section) => Some(About::Section(section)),
        None => (!said.in_list).then_some(About::Part),
    }
}

/// The section of a name: of several the one that is nearest around, below or beside a place.
fn named(reader: &Reader<'_>, name: &str, place: Span) -> Option<u32> {
    let outline = reader.outline;
    let own: Vec<u32> = outline.up_from(outline.section_at(place.start)).collect();
    let shared =
        |&index: &u32| outline.up_from(Some(index)).find_map(|above| own.iter().position(|&other| other == above));
    // The nearest in order: a document with many of one name is told by those beside the claim.
    let all = outline.named(name);
    let at = all.partition_point(|&index| Some(index) < own.first().copied());
    let near = &all[at.saturating_sub(NEAR)..all.len().min(at + NEAR)];
    near.iter().copied().min_by_key(|index| shared(index).unwrap_or(own.len()))
}
