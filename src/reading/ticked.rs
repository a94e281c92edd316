//! How the mark of an item is written when the item is ticked, or not ticked any more: in the same manner as its author
//! writes marks.

use crate::model::{Checklist, Item, State};
use crate::source::Source;
use std::collections::BTreeMap;

/// A word for "done" and the word for the opposite, as people pair them in one column.
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
    ("pass", "fail"),
    ("passed", "failed"),
    ("ready", "not ready"),
    ("verified", "not verified"),
    ("approved", "pending"),
    ("closed", "open"),
    ("met", "not met"),
    ("implemented", "not implemented"),
    ("ok", "not ok"),
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
];

/// What the mark of an item may become so that the item is done, or open: the most fitting first. Whether the document
/// is then read as meant is for the caller to find out. Nothing for other states, and where there is no mark.
#[must_use]
pub fn ticked(source: &Source, checklist: &Checklist, item: &Item, to: State) -> Vec<String> {
    let Some(mark) = item.mark else { return Vec::new() };
    let old = source.slice(mark);
    if old.starts_with('[') && old.ends_with(']') {
        return vec![if to == State::Done { "[x]" } else { "[ ]" }.to_owned()];
    }
    let mut found = Vec::new();
    let (front, core, back) = dressed(old);
    let mut add = |core: &str| {
        let text = format!("{front}{core}{back}");
        if !found.contains(&text) && text != old {
            found.push(text);
        }
    };
    let (glyph, word) = parts(core);
    for (other_glyph, other_word) in used(source, checklist, item, to) {
        match (glyph.is_empty(), word.is_empty()) {
            _ if glyph.is_empty() != other_glyph.is_empty() || word.is_empty() != other_word.is_empty() => {}
            (_, true) => add(other_glyph),
            (true, _) => add(other_word),
            _ => add(&format!("{other_glyph} {other_word}")),
        }
    }
    let glyphs = if glyph.is_empty() { vec![""] } else { counterparts(GLYPHS, glyph, to) };
    let words =
        if word.is_empty() && !glyph.is_empty() { vec![""] } else { counterparts(PAIRS, &word.to_lowercase(), to) };
    for glyph in &glyphs {
        for other in &words {
            let gap = if glyph.is_empty() || other.is_empty() { "" } else { " " };
            add(&format!("{glyph}{gap}{}", in_case_of(word, other)));
        }
    }
    found
}

/// The marks of other items of the same kind that are in a state, the most usual first.
fn used<'s>(source: &'s Source, checklist: &Checklist, item: &Item, to: State) -> Vec<(&'s str, &'s str)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let others = checklist.items.iter().filter(|other| other.kind == item.kind && other.state == to && !other.group);
    for mark in others.filter_map(|other| other.mark) {
        let (_, core, _) = dressed(source.slice(mark));
        // A long one has more in it than the state: a date, a name.
        if !core.is_empty() && core.chars().count() < 24 && !core.contains(|c: char| c.is_ascii_digit() || c == '(') {
            *counts.entry(core).or_default() += 1;
        }
    }
    let mut marks: Vec<(&str, usize)> = counts.into_iter().collect();
    marks.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    marks.into_iter().map(|(mark, _)| parts(mark)).collect()
}

/// The weight around a mark, and what it is around: `**`, `Done`, `**`.
fn dressed(text: &str) -> (&str, &str, &str) {
    let core = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`'));
    let start = if core.is_empty() { text.len() } else { text.find(core).unwrap_or_default() };
    (&text[..start], core, &text[start + core.len()..])
}

/// The glyph and the word of a mark; either may be empty.
fn parts(mark: &str) -> (&str, &str) {
    let at = mark.find(char::is_alphanumeric).unwrap_or(mark.len());
    (mark[..at].trim_end(), &mark[at..])
}

/// The counterparts of a word or glyph; the usual ones where it has none.
fn counterparts<'p>(pairs: &[(&'p str, &'p str)], of: &str, to: State) -> Vec<&'p str> {
    let bare = of.trim_end_matches('\u{fe0f}');
    let side = |&(done, open): &(&'p str, &'p str)| if to == State::Done { (open, done) } else { (done, open) };
    let sides = || pairs.iter().map(side);
    let own = sides().filter(|(from, _)| *from == bare).map(|(_, to)| to);
    own.chain(sides().take(1).map(|(_, to)| to)).collect()
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
        assert_eq!(parts("✅ Done"), ("✅", "Done"));
    }

    #[test]
    fn counterparts_are_those_that_people_pair() {
        assert_eq!(counterparts(PAIRS, "no", State::Done), ["yes", "sí", "done"]);
        assert_eq!(counterparts(GLYPHS, "☐", State::Done), ["☑", "✅", "✅"]);
        assert_eq!(counterparts(GLYPHS, "✔\u{fe0f}", State::Open), ["✖", "✘", "⬜"]);
    }
}
