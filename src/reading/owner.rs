//! Owners: the names in cells and values; the tags of items in a file of their own.

mod tag;

pub(super) use tag::{before_pair, coded, coded_behind, handled, handles_apart, handles_only, is_name, tag};

use super::legend::Terms;
use super::limits::MOST;
use super::phrase::normalise;
use super::signs::Signs;
use super::vocabulary::{Column, Tag};
use super::{date, priority};
use crate::markdown::{Inline, NodeId, Tree};
use crate::model::State;
use tag::{is_and, is_handle};

/// How many words a name has at most, as of a team: what is longer is a sentence that slipped into the cell of an owner.
const MOST_WORDS: usize = 9;

/// The owners that a cell or value names, in order; nobody is an empty list.
pub(super) fn value(terms: &Terms<'_>, text: &str) -> Vec<String> {
    terms.owners_of.of(text, || read(terms, text))
}

fn read(terms: &Terms<'_>, text: &str) -> Vec<String> {
    let mut owners = Vec::new();
    let has_colon = Signs::of(text).have_colon();
    // A cell of owners may repeat what it is: `Owner: QA`.
    let key = if has_colon { text.split_once([':', '：']) } else { None };
    let key = key.filter(|(key, _)| terms.words.tag(&normalise(key)) == Some(Tag::Owner));
    // Some write keys with two colons: `[owner:: Yard]`.
    let text = key.map_or(text, |(_, names)| names).trim_start_matches([':', ' ']);
    // `N/A` is one word, and `E = Engineering` tells what a code means.
    let first = head(text);
    let whole = if text.contains([',', ';']) { text } else { first };
    if names_nobody(terms, whole) || first.contains(" = ") {
        return owners;
    }
    let mut parts = names_in(terms, text);
    // `QA, Docs and Support`
    let last = parts.last().filter(|_| parts.len() > 1).and_then(|last| joined(terms, last));
    if let Some((name, more)) = last {
        parts.pop();
        parts.extend([name, more]);
    }
    // `Stage: Crew, House: Office`
    let has_roles = has_colon && parts.first().is_some_and(|first| first.contains([':', '：']));
    for part in parts {
        let before = &text[..part.as_ptr() as usize - text.as_ptr() as usize];
        // A sign that joins makes small words behind it as much of a name as what is before.
        let is_joined = before.ends_with(['/', '&']);
        let is_other = || part.contains([':', '：']) && !has_roles || is_remark(terms, part.trim());
        if before.is_empty() || !is_other() && (is_joined || !is_small(terms, part.trim())) {
            add(terms, &mut owners, part);
        }
    }
    owners
}

/// The owners that a cell names. Bold words that a sentence goes on behind are the name alone: `**QA** to appoint`.
pub(super) fn cell(terms: &Terms<'_>, tree: &Tree<'_>, node: Option<NodeId>, text: &str) -> Vec<String> {
    let pieces = node.map(|node| tree.pieces(node)).unwrap_or_default();
    let end = pieces.iter().position(|piece| piece.inline == Inline::StrongEnd);
    let end = end.filter(|_| pieces.first().is_some_and(|first| first.inline == Inline::Strong));
    if let Some((bold, behind)) = end.map(|end| (tree.plain(&pieces[..end]), tree.plain(&pieces[end..]))) {
        let goes_on = behind.strip_prefix(' ').filter(|rest| rest.starts_with(char::is_lowercase));
        let is_sentence = goes_on.is_some_and(|rest| !is_and(terms, rest.split(' ').next().unwrap_or(rest)));
        return value(terms, if is_sentence { &bold } else { text });
    }
    value(terms, text)
}

/// A value without an explanation behind it: `TBD (probably QA)`, `TBD - QA?`.
fn head(text: &str) -> &str {
    let open = memchr::memchr_iter(b'(', text.as_bytes()).find(|&at| text[..at].ends_with(' '));
    let text = open.map_or(text, |at| &text[..at - 1]);
    dashed(text).map_or(text, |(head, _)| head)
}

/// The parts of a text before and behind a dash between spaces.
pub(super) fn dashed(text: &str) -> Option<(&str, &str)> {
    memchr::memchr2(b'-', 0xE2, text.as_bytes())?;
    [" - ", " – ", " — "].iter().find_map(|dash| text.split_once(dash))
}

/// Whether a short text is a blank. The word for owners is the role of that name.
fn names_nobody(terms: &Terms<'_>, text: &str) -> bool {
    let phrase = if text.len() < 24 { normalise(text) } else { return false };
    terms.words.is_nobody(&phrase) && terms.words.tag(&phrase) != Some(Tag::Owner)
}

/// Whether a part of a list of names, behind the first, tells something else: `PR #12`, `due Friday`.
pub(super) fn is_remark(terms: &Terms<'_>, part: &str) -> bool {
    let thing = part.split_once('#').map(|(before, _)| normalise(before));
    let is_thing = |thing: String| thing.is_empty() || terms.words.column(&thing).is_some_and(|c| c != Column::Owner);
    thing.is_some_and(is_thing) || tells_when(terms, part)
}

/// Whether a text is a state or a few words in small letters: `merged`, `see the list`.
fn is_small(terms: &Terms<'_>, text: &str) -> bool {
    let is_state = |phrase: &str| terms.state(phrase).is_some() && !terms.words.is_neutral(phrase);
    text.starts_with(char::is_lowercase) && (text.split(' ').count() > 2 || is_state(&normalise(text)))
}

/// Whether a text tells when rather than who: `due Friday`, `ETA 2 days`, `2026-03-01`, `Week 2`.
pub(super) fn tells_when(terms: &Terms<'_>, text: &str) -> bool {
    let key = text.split_once(' ').and_then(|(key, _)| terms.words.tag(&normalise(key)));
    matches!(key, Some(Tag::Due | Tag::Updated)) || is_time(terms, text)
}

/// Whether a text is a time or date and nothing else.
fn is_time(terms: &Terms<'_>, text: &str) -> bool {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    has_digit && (date::is_date(text) || terms.words.people.is_time(&normalise(text)))
}

/// A name without the time in brackets or behind a dash at its end: `QA (Week 2)`, `QA - ETA Friday`.
fn without_time<'t>(terms: &Terms<'_>, name: &'t str) -> &'t str {
    let inside = name.strip_suffix(')').and_then(|inner| inner.rsplit_once(" ("));
    if let Some((before, _)) = inside.filter(|(_, inside)| tells_when(terms, inside)) {
        return before;
    }
    dashed(name).filter(|(_, behind)| tells_when(terms, behind)).map_or(name, |(before, _)| before)
}

/// The parts of a list of names: at commas, at signs for "and" beside a space, at slashes that are not within the name
/// of a team, never within brackets.
fn names_in<'t>(terms: &Terms<'_>, text: &'t str) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let (mut start, mut closed) = (0, 0);
    // Brackets that nothing behind them closes.
    let mut unclosed: Vec<char> = Vec::new();
    for (at, sign) in text.char_indices() {
        let behind = &text[at + sign.len_utf8()..];
        if let Some(close) = closing(sign).filter(|close| at >= closed && !unclosed.contains(close)) {
            match behind.find(close) {
                Some(width) => closed = at + width + 1,
                None => unclosed.push(close),
            }
        }
        let splits = match sign {
            ',' | '、' | ';' | '\n' | '，' | '+' | '|' | '·' | '•' => true,
            // `R&D`
            '&' => text[..at].ends_with(' ') || behind.starts_with([' ', '@']),
            '/' => {
                let before = &text[start..at];
                !(is_team(before, behind)
                    || is_blank(before, behind)
                    || is_with(before, behind)
                    || is_repository(before, behind)
                    || is_trade(terms, before, behind))
            }
            _ => false,
        };
        if splits && at >= closed {
            parts.push(&text[start..at]);
            start = at + sign.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// What closes a bracket.
fn closing(open: char) -> Option<char> {
    match open {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        '<' => Some('>'),
        '（' => Some('）'),
        _ => None,
    }
}

/// The two names of one word each that the end of a list joins: `Docs and Support`.
fn joined<'t>(terms: &Terms<'_>, part: &'t str) -> Option<(&'t str, &'t str)> {
    let mut words = part.split_whitespace();
    let (first, and, last) = (words.next()?, words.next()?, words.next()?);
    (is_and(terms, and) && words.next().is_none()).then_some((first, last))
}

/// Whether a slash stands within the name of a team: `@org/team`.
fn is_team(before: &str, behind: &str) -> bool {
    is_handle(before.trim_start()) && behind.starts_with(|c: char| c.is_alphanumeric())
}

/// Whether a slash stands between a short organisation and the hyphened name of its team, both in small letters and alone:
/// `org/repo-team`.
fn is_repository(before: &str, behind: &str) -> bool {
    let is_small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let (before, behind) = (before.trim(), behind.trim());
    let are_small = !before.is_empty() && before.chars().all(is_small) && behind.chars().all(is_small);
    are_small && behind.contains('-')
}

/// Whether a slash stands within the name of one trade, behind which more may stand: `CI/CD team`.
fn is_trade(terms: &Terms<'_>, before: &str, behind: &str) -> bool {
    let first = before.rsplit([' ', ',', '(', '[']).next().unwrap_or(before);
    let second = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(behind);
    terms.words.people.is_trade(first, second)
}

/// Whether a slash stands in the short word for "with": `QA w/ Ops`.
fn is_with(before: &str, behind: &str) -> bool {
    before.ends_with(" w") && behind.starts_with(' ')
}

/// A name without the stop of a sentence behind it: `Stores.`, but `Ann B.`
fn without_stop(name: &str) -> &str {
    let bare = name.trim_end_matches('.');
    let last = bare.rsplit(' ').next().unwrap_or_default();
    let is_initial = last.len() < bare.len() && last.len() == 1 && last.starts_with(|c: char| c.is_ascii_uppercase());
    if is_initial && name.len() > bare.len() { &name[..=bare.len()] } else { bare }
}

/// Whether a slash stands within a blank: `n/a`.
fn is_blank(before: &str, behind: &str) -> bool {
    let is_alone = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    before.trim_start().eq_ignore_ascii_case("n") && behind.strip_prefix(['a', 'A']).is_some_and(is_alone)
}

/// Adds the owner that a part of a list names, where it names one.
fn add(terms: &Terms<'_>, owners: &mut Vec<String>, part: &str) {
    // One more than is taken is enough to tell of it.
    if owners.len() > MOST {
        return;
    }
    let name = without_stop(part.trim().trim_matches(['*', '`', '_', '"']).trim());
    let inside = unbracketed(terms, name);
    let several = inside.len() < name.len() && names_in(terms, inside).len() > 1;
    if several || inside.starts_with('@') && inside.contains(' ') && handles_only(terms, inside) {
        let names = if several {
            names_in(terms, inside)
        } else {
            inside.split(' ').filter(|word| !is_and(terms, word)).collect()
        };
        names.into_iter().for_each(|name| add(terms, owners, name));
        return;
    }
    let name = without_time(terms, inside);
    let phrase = normalise(name);
    let first = head(name);
    let is_blank = is_nobody(terms, &phrase) || names_nobody(terms, first) || is_sentence(first);
    // `Owner: Completed` tells of the work, not of a person.
    if !name.chars().any(char::is_alphanumeric) || is_blank || is_time(terms, name) {
        return;
    }
    let told = terms.owner(name);
    // `Owner: QA; P0`
    if told.is_none() && priority::is_step(name) && terms.words.level(&phrase).is_some() {
        return;
    }
    let name = told.unwrap_or(name);
    if !owners.iter().any(|owner| owner == name) {
        owners.push(name.to_owned());
    }
}

/// Whether a normalised name is a blank, a state of the work or the begin of a sentence.
fn is_nobody(terms: &Terms<'_>, phrase: &str) -> bool {
    let words = terms.words;
    let bare = phrase.trim_matches(['(', ')']);
    let is_role = bare == phrase && words.tag(bare) == Some(Tag::Owner);
    let is_state = || words.opens(phrase) || terms.state(phrase) == Some(State::Done);
    words.is_nobody(bare) && !is_role || is_state() || words.people.is_prose(phrase)
}

/// Whether words are too many for a name, or begin a list of something else.
fn is_sentence(head: &str) -> bool {
    head.split_whitespace().count() > MOST_WORDS || head.trim_end().ends_with([':', '：'])
}

/// `[QA Lead]` is that role; `[Name]`, `[Your team]` and `<owner>` are blanks to fill in.
fn unbracketed<'t>(terms: &Terms<'_>, name: &'t str) -> &'t str {
    let Some(inside) = name.strip_prefix(['[', '<', '{']).and_then(|rest| rest.strip_suffix([']', '>', '}'])) else {
        return name;
    };
    let phrase = normalise(inside);
    // `[Team/Person]`
    let is_role = |part: &str| terms.words.column(&normalise(part)) == Some(Column::Owner);
    let offers = inside.contains('/') && inside.split('/').all(is_role);
    let blank = offers
        || name.starts_with(['<', '{'])
        || terms.words.people.is_blank(&phrase)
        || terms.words.tag(&phrase) == Some(Tag::Owner);
    if blank { "" } else { inside.trim() }
}
