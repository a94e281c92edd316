//! How the mark of an item is written when the item is ticked, or not ticked any more: in the same manner as its author
//! writes marks.

use super::phrase::is_pictograph;
use crate::model::{Checklist, Item, State};
use crate::source::Source;
use std::collections::BTreeMap;

/// A word for "done" and the word for the opposite, as people pair them in one column. What is no longer done has not
/// failed: `PASS` becomes `PENDING` before it becomes `FAIL`.
const PAIRS: &[(&str, &str)] = &[
    ("done", "open"),
    ("done", "todo"),
    ("done", "to do"),
    ("done", "pending"),
    ("complete", "incomplete"),
    ("complete", "not started"),
    ("completed", "not started"),
    ("yes", "no"),
    ("y", "n"),
    ("true", "false"),
    ("pass", "pending"),
    ("pass", "fail"),
    ("passed", "pending"),
    ("passed", "failed"),
    ("ready", "not ready"),
    ("verified", "not verified"),
    ("approved", "pending"),
    ("closed", "open"),
    ("met", "not met"),
    ("implemented", "not implemented"),
    ("ok", "pending"),
    ("ok", "not ok"),
    ("green", "pending"),
    ("green", "red"),
    ("hecho", "pendiente"),
    ("completado", "pendiente"),
    ("listo", "pendiente"),
    ("sí", "no"),
    ("concluído", "pendente"),
    ("feito", "a fazer"),
    ("sim", "não"),
    ("fait", "à faire"),
    ("oui", "non"),
    ("erledigt", "offen"),
    ("ja", "nein"),
    ("fertig", "offen"),
    ("完成", "未完成"),
    ("已完成", "未完成"),
    ("是", "否"),
    ("完了", "未完了"),
    ("はい", "いいえ"),
    ("완료", "미완료"),
    ("예", "아니오"),
];

/// Words of these pairs that say more than "not done": nothing becomes one of them that another word can tell of.
const FAILURES: &[&str] = &["fail", "failed", "not ok", "red"];

/// A glyph for "done" and the glyph for the opposite.
const GLYPHS: &[(&str, &str)] = &[
    ("✅", "⬜"),
    ("✅", "❌"),
    ("☑", "☐"),
    ("✅", "☐"),
    ("✅", "🔲"),
    ("✅", "□"),
    ("✅", "◻"),
    ("✔", "✖"),
    ("✔", "✘"),
    ("✓", "✗"),
    ("🟢", "🔴"),
    ("👍", "👎"),
    (":white_check_mark:", ":white_large_square:"),
    (":white_check_mark:", ":x:"),
    (":heavy_check_mark:", ":x:"),
    (":heavy_check_mark:", ":heavy_multiplication_x:"),
];

/// What the mark of an item may become so that the item is done, or open: the most fitting first. Whether the document
/// is then read as meant is for the caller to find out. Nothing for other states, where there is no mark, and where the mark
/// says more than the state.
#[must_use]
pub fn ticked(source: &Source, checklist: &Checklist, item: &Item, to: State) -> Vec<String> {
    let Some(mark) = item.mark else { return Vec::new() };
    let old = source.slice(mark);
    let (front, core, back) = dressed(old);
    if !core.starts_with('[') && says_more(core) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for core in cores(source, checklist, (item, core), to) {
        let text = format!("{front}{core}{back}");
        if text != old && !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// What the core of a mark may become.
fn cores(source: &Source, checklist: &Checklist, (item, core): (&Item, &str), to: State) -> Vec<String> {
    if core.starts_with('[') {
        let end = core.find(']').map_or(core.len(), |at| at + 1);
        return vec![format!("{}{}", if to == State::Done { "[x]" } else { "[ ]" }, &core[end..])];
    }
    let (glyph, word) = parts(core);
    let near = &|other: &Item| other.kind == item.kind && other.section == item.section;
    let far = used(source, checklist, |other| other.kind == item.kind, to);
    let glyphs = counterparts(GLYPHS, glyph, to);
    let words = counterparts(PAIRS, &word.to_lowercase(), to);
    let fitting = |marks: Vec<&str>| {
        let fits = |mark: &&str| core.is_empty() || Manner::of(mark) == Manner::of(core);
        marks.into_iter().filter(fits).map(|mark| cased(word, mark)).collect::<Vec<_>>()
    };
    let paired = |glyphs: &[&str], words: &[&str]| {
        let glyphs = if glyph.is_empty() { &[""] } else { glyphs };
        let words = if word.is_empty() && !glyph.is_empty() { &[""] } else { words };
        let pairs = glyphs.iter().flat_map(|glyph| words.iter().map(move |word| (glyph, word)));
        pairs.map(|(glyph, word)| format!("{glyph} {word}").trim().to_owned()).collect::<Vec<_>>()
    };
    let words: Vec<String> = words.iter().map(|other| in_case_of(word, other)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // Its neighbours tell the language, whatever their state.
    let around = State::ALL.iter().flat_map(|&state| used(source, checklist, near, state)).collect::<Vec<_>>();
    let of_around = around.iter().flat_map(|mark| counterparts(PAIRS, &parts(mark).1.to_lowercase(), to));
    let of_around: Vec<String> = of_around.map(|other| in_case_of(word, other)).collect();
    let of_around: Vec<&str> = of_around.iter().map(String::as_str).collect();
    let usual = |pairs| counterparts(pairs, "", to);
    let plain: Vec<String> = usual(PAIRS).iter().map(|other| in_case_of(word, other)).collect();
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    let known = paired(&glyphs, &words);
    let any = paired(&[&glyphs[..], &usual(GLYPHS)].concat(), &[&words[..], &of_around, &plain].concat());
    [fitting(used(source, checklist, near, to)), known, fitting(far), any].concat()
}

/// Whether a mark is written as a glyph, a word, or both.
#[derive(Debug, PartialEq, Eq)]
enum Manner {
    Glyph,
    Word,
    Both,
}

impl Manner {
    fn of(mark: &str) -> Self {
        match parts(mark) {
            (_, "") => Self::Glyph,
            ("", _) => Self::Word,
            _ => Self::Both,
        }
    }
}

/// The marks of the wanted items that are in a state, the most usual first.
fn used<'s>(source: &'s Source, checklist: &Checklist, wanted: impl Fn(&Item) -> bool, to: State) -> Vec<&'s str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let others = checklist.items.iter().filter(|other| other.state == to && !other.group && wanted(other));
    // What another item failed or lacks is not what one lacks that is no longer done.
    let is_paired = |word: &str| PAIRS.iter().any(|&(_, open)| open == word);
    let is_plain = |mark: &str| {
        let word = parts(mark).1.to_lowercase();
        to != State::Open || word.is_empty() || is_paired(&word) && !FAILURES.contains(&word.as_str())
    };
    for mark in others.filter_map(|other| other.mark) {
        let (_, core, _) = dressed(source.slice(mark));
        // A dash says nothing, and a sign behind a word may say the opposite.
        let says = core.contains(|c: char| c.is_alphanumeric() || !c.is_ascii());
        if says && !parts(core).1.contains(is_pictograph) && !says_more(core) && is_plain(core) {
            *counts.entry(core).or_default() += 1;
        }
    }
    let mut marks: Vec<(&str, usize)> = counts.into_iter().collect();
    marks.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    marks.into_iter().map(|(mark, _)| mark).collect()
}

/// Whether a mark has more in it than the state, a date, a name or a remark, which would be lost with it.
fn says_more(core: &str) -> bool {
    let core = if core.starts_with(':') { parts(core).1 } else { core };
    core.chars().count() >= 24 || core.contains(|c: char| c.is_ascii_digit() || matches!(c, '(' | '[' | ',' | ';'))
}

/// What stands around a mark, and the mark: `**Status:** `, `Done`, ``; `**`, `Done`, `**`; ` `, ``, ` `.
fn dressed(text: &str) -> (&str, &str, &str) {
    let is_dress = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`');
    let is_key =
        |key: &str| key.contains(char::is_alphabetic) && !key.contains(|c: char| !c.is_alphabetic() && !is_dress(c));
    let key = text.find([':', '：']).filter(|&at| is_key(&text[..at]));
    let begin = key.map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let rest = &text[begin..];
    let core = rest.trim_matches(is_dress);
    if core.is_empty() {
        // An empty cell: a space on either side stays.
        let middle = begin + rest.len() / 2;
        let middle = (begin..=middle).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(begin);
        return (&text[..middle], "", &text[middle..]);
    }
    let start = begin + rest.find(core).unwrap_or_default();
    (&text[..start], core, &text[start + core.len()..])
}

/// The glyph, or the name of one between colons, and the word of a mark; either may be empty.
fn parts(mark: &str) -> (&str, &str) {
    let name = mark.strip_prefix(':').and_then(|rest| rest.find(':')).map(|end| end + 2);
    let at = name.or_else(|| mark.find(char::is_alphanumeric)).unwrap_or(mark.len());
    (mark[..at].trim_end(), mark[at..].trim_start())
}

/// A mark of another item, not louder than the one that it replaces.
fn cased(word: &str, mark: &str) -> String {
    let shouts = |text: &str| text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    let (glyph, other) = parts(mark);
    if word.is_empty() || shouts(word) == shouts(other) {
        return mark.to_owned();
    }
    format!("{glyph} {}", in_case_of(word, &other.to_lowercase())).trim().to_owned()
}

/// The counterparts of a word or glyph, in the order of the pairs; of nothing, the most usual.
fn counterparts<'p>(pairs: &[(&'p str, &'p str)], of: &str, to: State) -> Vec<&'p str> {
    let of = of.trim_end_matches('\u{fe0f}');
    let sides = pairs.iter().map(|&(done, open)| if to == State::Done { (open, done) } else { (done, open) });
    if of.is_empty() {
        return sides.take(1).map(|(_, to)| to).collect();
    }
    sides.filter(|(from, _)| *from == of).map(|(_, to)| to).collect()
}

/// A word in the case of another: `DONE`, `Done`, `done`.
fn in_case_of(model: &str, word: &str) -> String {
    let letters = || model.chars().filter(|c| c.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        return word.to_uppercase();
    }
    let is_small = letters().next().is_some_and(char::is_lowercase);
    let mut rest = word.chars();
    match rest.next() {
        Some(first) if !is_small => first.to_uppercase().chain(rest).collect(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_case_and_weight() {
        assert_eq!(in_case_of("PENDING", "done"), "DONE");
        assert_eq!(in_case_of("Pending", "done"), "Done");
        assert_eq!(in_case_of("pending", "done"), "done");
        assert_eq!(in_case_of("", "done"), "Done");
        assert_eq!(dressed("**Done** "), ("**", "Done", "** "));
        assert_eq!(dressed(""), ("", "", ""));
        assert_eq!(dressed("  "), (" ", "", " "));
        assert_eq!(dressed("**Status:** Open"), ("**Status:** ", "Open", ""));
        assert_eq!(dressed("**Status**: `Open`"), ("**Status**: `", "Open", "`"));
        assert_eq!(parts("✅ Done"), ("✅", "Done"));
    }

    #[test]
    fn counterparts_are_those_that_people_pair() {
        assert_eq!(counterparts(PAIRS, "no", State::Done), ["yes", "sí"]);
        assert_eq!(counterparts(GLYPHS, "☐", State::Done), ["☑", "✅"]);
        assert_eq!(counterparts(GLYPHS, "✔\u{fe0f}", State::Open), ["✖", "✘"]);
        assert_eq!(counterparts(GLYPHS, "", State::Open), ["⬜"]);
    }
}
