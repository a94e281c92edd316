//! Priorities that a heading, a label or the header of a column names for what stands below it.

use super::among::{has_code, one_of};
use super::coded::{coded, without_handles};
use super::headed::{named_last, names_part};
use super::tag::{bracketed, bracketed_end, is_step};
use super::{Priority, direct, is_choice, unsigned, whole};
use crate::markdown::{Block, Inline, NodeId, Piece, Tree};
use crate::model::Level;
use crate::reading::legend::Terms;
use crate::reading::lines;
use crate::reading::phrase::{cut_parenthesis, is_pictograph, next_stop, normalise, without_number};
use crate::reading::vocabulary::{Tag, Vocabulary};

/// The priority that a heading names for what stands below it. The first word that names a level wins over words in
/// its explanation; a colour alone says nothing without a legend. `phrase` is the title, normalised.
pub(in crate::reading) fn heading(terms: &Terms<'_>, title: &str, phrase: &str) -> Option<Priority> {
    let words = terms.words;
    let glyph = terms.glyph_at(title.trim_start()).and_then(|(glyph, _)| terms.glyph_level(glyph));
    // `P0s` is no word of its own.
    let begins_with_key = || matches!(phrase.as_bytes(), [b'p', digit, ..] if digit.is_ascii_digit());
    let is_of_level =
        words.mentions_level(phrase) || words.singular(phrase).is_some() || begins_with_key() || has_code(title);
    if glyph.is_none() && !is_of_level {
        return None;
    }
    let bare = without_number(unsigned(title));
    let (head, inside) = cut_parenthesis(bare);
    let found = |level: Level, text: &str| Some(Priority { level, text: text.trim().into() });
    // One letter, as of those in brackets, is a name here.
    let is_letter = |phrase: &str| phrase.is_ascii() && phrase.len() < 2;
    let is_named = |phrase: &str| {
        !is_letter(phrase) && !weighs(words, phrase) && !terms.is_version_part(phrase) && !words.phrases.is_view(phrase)
    };
    // `Minor issues (P2)`: nothing says it more plainly.
    if let Some(key) = inside.filter(|inside| is_step(inside)) {
        return found(words.level(&normalise(key))?, key);
    }
    for part in split_dashes(head).into_iter().chain(before_state(terms, head)) {
        let phrase = normalise(part);
        let level = direct(words, &phrase).or_else(|| with_noun(words, &phrase)).filter(|_| is_named(&phrase));
        if let Some(level) = level {
            return found(level, part);
        }
    }
    if let Some((level, key)) = key_at_start(words, head).or_else(|| in_brackets(words, bare)) {
        return found(level, key);
    }
    if let Some(inside) = inside {
        let first = inside.split([',', ';']).next().unwrap_or(inside);
        let first = normalise(split_dashes(first).first().copied().unwrap_or(first));
        if let Some(level) = direct(words, &first).filter(|_| is_named(&first)) {
            return found(level, inside);
        }
    }
    if let Some(found) = inside.and_then(|inside| one_of(terms, inside)) {
        return Some(found);
    }
    // `Pumps (main) — P1`, `Pumps (main) (High priority)`: the parenthesis belongs to the name.
    if let Some(found) = without_parenthesis(bare).and_then(|title| heading(terms, &title, &normalise(&title))) {
        return Some(found);
    }
    let headed = || named_last(terms, &normalise(head)).and_then(|level| found(level, head));
    coded(terms, bare).or_else(headed).or_else(|| found(glyph?, title))
}

/// Whether the level of a title is its last word behind the name of a part, handles left out: `Incident response P1`.
pub(in crate::reading) fn names_last(terms: &Terms<'_>, title: &str) -> bool {
    let head = cut_parenthesis(without_number(unsigned(title))).0;
    names_part(terms, &normalise(without_handles(head)))
}

/// A title without its first parenthesis, where more stands behind that.
fn without_parenthesis(title: &str) -> Option<String> {
    let (before, rest) = title.split_once('(')?;
    let (_, behind) = rest.split_once(')')?;
    let is_more = behind.contains(char::is_alphanumeric) && before.contains(char::is_alphanumeric);
    is_more.then(|| [before.trim_end(), behind].concat())
}

/// What stands before a sign and a state or share at the end of a heading: `Blockers ✅ RESOLVED`, `Blockers ✅ 100%`.
fn before_state<'t>(terms: &Terms<'_>, head: &'t str) -> Option<&'t str> {
    let (before, behind) = head.split_once(is_pictograph)?;
    let phrase = normalise(behind);
    let is_state = terms.state(&phrase).is_some() || !phrase.contains(char::is_alphabetic);
    split_dashes(before).pop().filter(|_| is_state)
}

/// Whether a heading weighs both ways, and so says what is decided below it rather than how much it matters:
/// `Go/No-Go`, of which only a blocker names a level.
pub(super) fn weighs(words: &Vocabulary, phrase: &str) -> bool {
    words.phrases.begins_both_ways(phrase) && !words.has_single(phrase)
}

/// The level in square brackets at the start or end of a heading, where one is chosen: `[HIGH] Ropes`.
fn in_brackets<'t>(words: &Vocabulary, title: &'t str) -> Option<(Level, &'t str)> {
    let title = title.trim();
    let first = || bracketed(words, title).filter(|_| title.starts_with('['));
    let last = || bracketed_end(words, title).filter(|_| title.ends_with(']'));
    let (level, inside, _) = first().or_else(last)?;
    (!inside.contains(['/', '|'])).then_some((level, inside))
}

/// The level that a header of a table asks for by yes or no: `Required?`, `Blocker`, `Mandatory for launch`.
pub(in crate::reading) fn asked(words: &Vocabulary, header: &str) -> Option<Level> {
    let phrase = normalise(header.trim_end_matches(['?', '？', ' ']));
    // One letter, as of those who are responsible, is no question.
    let is_asked = phrase.chars().nth(1).is_some() && !weighs(words, &phrase);
    if is_asked { words.level(&phrase).or_else(|| behind_join(words, &phrase)) } else { None }
}

/// The priority that a label names for the list, table or bullets below it: a short line that is bold or ends in a colon.
pub(in crate::reading) fn label(terms: &Terms<'_>, tree: &Tree<'_>, node: NodeId) -> Option<Priority> {
    if tree.node(node).block != Block::Paragraph || tree.node(node).span.len() > 200 {
        return None;
    }
    lines::of(tree, node).find_map(|line| {
        let text = line.text(tree);
        let is_label = line.is_bold() || text.trim_end().ends_with([':', '：']);
        let title = text.trim().trim_end_matches([':', '：']);
        if is_label && text.len() <= 80 {
            heading(terms, title, &normalise(title))
        } else {
            led(terms, tree, line.pieces)
        }
    })
}

/// The level in bold that a line begins with, before a colon: `**🔴 CRITICAL**: Raise the limit`, not `**Critical**: 3`.
fn led(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece]) -> Option<Priority> {
    pieces.first().filter(|piece| piece.inline == Inline::Strong)?;
    let end = pieces.iter().position(|piece| piece.inline == Inline::StrongEnd)?;
    let (name, behind) = (tree.plain(&pieces[..end]), tree.plain(&pieces[end..]));
    let bare = name.trim_end_matches([':', '：', ' ']);
    let rest = behind.trim_start_matches([':', '：', ' ']);
    let has_colon = bare.len() < name.trim_end().len() || behind.starts_with([':', '：']);
    let found = whole(terms, unsigned(bare)).filter(|_| has_colon && rest.starts_with(char::is_alphabetic))?;
    (!is_choice(terms.words, &tree.plain(pieces))).then_some(found)
}

/// The key of a level that a heading begins with, `P0 Security`, where it names no other: `P0 and P1 explained`.
fn key_at_start<'t>(words: &Vocabulary, head: &'t str) -> Option<(Level, &'t str)> {
    let is_key = |word: &str| {
        let digits = word.strip_prefix(['P', 'p']).unwrap_or_default().trim_end_matches('s');
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let word = |word: &'t str| word.trim_matches(|c: char| !c.is_alphanumeric());
    let mut keys = head.split([' ', '/', '–', '—']).map(word).filter(|word| is_key(word));
    let first = keys.next().filter(|key| head.starts_with(key) && keys.next().is_none())?;
    if first.ends_with('s') && head.trim() != first {
        return None;
    }
    Some((words.level(first.to_lowercase().trim_end_matches('s'))?, first))
}

/// The parts of a title that stops, bars, dots and signs set apart.
fn split_dashes(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some((at, end)) = next_stop(text, from) {
        parts.push(&text[from..at]);
        from = end;
    }
    parts.push(&text[from..]);
    parts
        .into_iter()
        .flat_map(|part| part.split(" | "))
        .flat_map(|part| part.split(" · "))
        // `Charts 🔴 CRITICAL`: a sign sets its last words apart.
        .flat_map(|part| [Some(part), part.rsplit_once(is_pictograph).map(|(_, last)| last)].into_iter().flatten())
        .map(|part| part.trim().trim_end_matches(':'))
        .filter(|part| !part.is_empty())
        .collect()
}

/// A level with a noun of lists beside it (`Critical items`, `Tareas críticas`), or what it is for (`Required before
/// launch`).
fn with_noun(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let level = |phrase: &str| beside_noun(words, phrase).or_else(|| behind_join(words, phrase));
    // `Blockers`, `Launch blockers`
    let of_single = || words.singular(phrase).and_then(|phrase| direct(words, &phrase).or_else(|| level(&phrase)));
    let found = level(phrase).or_else(|| before_priority(words, phrase)).or_else(of_single);
    found
        .or_else(|| beside_slash(words, phrase))
        .or_else(|| shown(words, phrase))
        .or_else(|| asked_things(words, phrase))
}

/// The level before a word for how something is shown: `Must criteria status`, never `Critical status`.
fn shown(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let (head, _) = phrase.rsplit_once(' ').filter(|(_, last)| words.phrases.shows.contains(*last))?;
    if head.contains(' ') { direct(words, head).or_else(|| beside_noun(words, head)) } else { None }
}

/// The level of things that are asked for or not, whatever they are: `Optional integrations`.
fn asked_things(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let (first, things) = phrase.split_once(' ').filter(|(first, _)| words.phrases.asked_for.contains(*first))?;
    let are_several = things.ends_with('s') && !["ss", "us", "is"].iter().any(|end| things.ends_with(end));
    if are_several && !things.contains(' ') { words.level(first) } else { None }
}

/// The level beside a slash and words for none: `Nice to have / stretch`.
fn beside_slash(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let (first, second) = phrase.split_once(" / ")?;
    let level = |phrase: &str| direct(words, phrase).or_else(|| beside_noun(words, phrase));
    match (words.mentions_level(first), words.mentions_level(second)) {
        (true, false) => level(first),
        (false, true) => level(second),
        _ => None,
    }
}

/// The level that a word for priorities follows, whatever has it: `High priority repairs`.
fn before_priority(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let (first, rest) = phrase.split_once(' ')?;
    let (second, _) = rest.split_once(' ')?;
    words.level(first).filter(|_| words.tag(second) == Some(Tag::Priority))
}

/// The level before what it is for: `Required before launch`, `Critical gaps until then`. What is for a later phase or
/// version, or asked for by somebody, may matter less to the whole: `Required for phase 2`, `Required by legal`.
fn behind_join(words: &Vocabulary, phrase: &str) -> Option<Level> {
    // A version may be the one that the document is about.
    let is_later = |word: &str, goal: &str| {
        words.phrases.is_toward(word) && words.tables.is_period(goal) && is_numbered_later(goal)
    };
    let joins = |head: &str, rest: &str| {
        let aimed = rest.split_once(' ').filter(|(word, goal)| words.phrases.joins_goal(word, goal));
        // `P0 to P3` speaks of all of them, `Blockers for P2` of a phase.
        let spans = |goal: &str| is_step(goal) && is_step(head);
        aimed.is_some_and(|(word, goal)| !is_later(word, goal) && !spans(goal))
    };
    let splits = phrase.match_indices(' ').take(8).map(|(at, _)| (&phrase[..at], &phrase[at + 1..]));
    // No level has more words than these.
    let mut heads = splits.filter(|(head, rest)| joins(head, rest)).map(|(head, _)| head);
    heads.find_map(|head| direct(words, head).filter(|_| head != "p").or_else(|| beside_noun(words, head)))
}

/// Whether the first number in a text, at the end of its first word or alone behind it, is not one: `phase 2`, `v2`.
fn is_numbered_later(goal: &str) -> bool {
    let mut words = goal.split(' ').take(2).map(|word| word.trim_start_matches(char::is_alphabetic));
    let number = words.find(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    number.is_some_and(|number| !matches!(number, "1" | "1.0"))
}

/// A level with a noun of lists before or behind it.
pub(super) fn beside_noun(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let behind = phrase.rsplit_once(' ').filter(|(_, noun)| words.is_noun(noun)).map(|(head, _)| head);
    let before = phrase.split_once(' ').filter(|(noun, _)| words.is_noun(noun)).map(|(_, tail)| tail);
    let level = |phrase: &str| direct(words, phrase);
    behind.and_then(level).or_else(|| before.and_then(level)).or_else(|| joined(words, phrase))
}

/// A level and a noun or word for priorities in a script that puts no space between words: `必須項目`, `高优先级`.
fn joined(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let ends = phrase.char_indices().map(|(at, _)| at).skip(1).take(6);
    let mut parts = ends.filter(|_| !phrase.is_ascii()).map(|end| phrase.split_at(end));
    parts.find_map(|(head, tail)| {
        // `重要度高`
        if words.tag(head) == Some(Tag::Priority) {
            return words.level(tail);
        }
        let known = words.is_noun(tail) || words.tag(tail) == Some(Tag::Priority);
        words.level(head).filter(|_| known)
    })
}
