//! What stands at the end of an item about it: `(P1, @oncall)`, `(Owner: QA; Due: 2026-03-01)`, `{#id}`, hashtags.

mod due;
mod fact;
mod start;

pub(super) use due::unread_due;
pub(super) use fact::{Fact, facts, give, noted, pair};
pub(super) use start::strip_start;

use super::legend::Terms;
use super::phrase::{is_pictograph, last_brackets, last_stop};
use super::signs::{Signed, Signs};
use super::vocabulary::Tag;
use super::{date, lines, owner, priority};
use crate::model::Item;
use due::due;
use fact::{fact, keyed, level_or_day, listed};

const DASHES: [char; 2] = ['—', '–'];

/// What opens brackets.
const OPENING: [char; 3] = ['(', '[', '（'];

/// How many brackets of a text are looked into.
const BRACKETS: usize = 16;

/// A text, and the hashtags at its end with the space before them: `… @builder #network #wiring`. They are the author's
/// words and stay in the text; owners, dates and priorities stand before them.
pub(super) fn split_hashtags(text: Signed<'_>) -> (Signed<'_>, &str) {
    if !text.signs.have(Signs::HASH | Signs::AT) {
        return (text, "");
    }
    let is_hashtag = |word: &str| {
        let name = word.strip_prefix('#').unwrap_or_default();
        name.starts_with(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/'))
    };
    let mut rest = text.text;
    while let Some((before, _)) =
        rest.rsplit_once(' ').filter(|(before, word)| is_hashtag(word) || is_remark(before, word))
    {
        rest = before.trim_end_matches([' ', '-', '–', '—']);
    }
    (text.part(rest), &text.text[rest.len()..])
}

/// Whether a number, `#12`, a date or a sign stands behind handles at the end of a text: `@yard #12`, `@yard (2026-01-03)`,
/// `@yard — 2026-01-03`, `@yard ✅`.
fn is_remark(before: &str, word: &str) -> bool {
    // Nearly all texts end with a letter.
    let ends = word.ends_with(|c: char| c.is_ascii_digit() || c == ')' || !c.is_ascii());
    let is_whole = word.starts_with('(') == word.ends_with(')');
    let last = || before.trim_end_matches([' ', '-', '–', '—']).rsplit(' ').next().unwrap_or_default();
    let is_behind = || last().trim_start_matches(['(', '[']).starts_with('@');
    let is_sign = || word.chars().all(|c| is_pictograph(c) || c == '\u{fe0f}');
    ends && is_whole && is_behind() && (is_number_or_date(word.trim_matches(['(', ')'])) || is_sign())
}

fn is_number_or_date(word: &str) -> bool {
    let number = word.strip_prefix('#').filter(|number| !number.is_empty());
    number.map_or_else(|| date::is_date(word), |number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The owners in a parenthesis of handles among dates, numbers and levels, `(@yard, 2026-01-03)`: it stays in the text.
fn owners_among(terms: &Terms<'_>, inside: &str) -> Option<Fact> {
    let parts = || inside.split([',', ';']).map(str::trim);
    let is_handle = |part: &str| part.starts_with('@') && owner::handles_only(terms, part);
    let is_other = |part: &str| owner::tells_when(terms, part) || priority::whole(terms, part).is_some();
    let is_known = |part: &str| is_handle(part) || is_number_or_date(part) || is_other(part);
    let names: Vec<&str> = parts().filter(|part| part.starts_with('@')).collect();
    (!names.is_empty() && parts().all(is_known)).then(|| Fact::Owners(owner::handled(terms, &names.join(","))))
}

/// Takes id, owners, due date and priority from the end of an item's text, in whatever order they stand there. Gives
/// back what is before them.
pub(super) fn strip<'t>(terms: &Terms<'_>, item: &mut Item, text: Signed<'t>) -> &'t str {
    let mut rest = text.text.trim_end();
    if let Some((id, before)) = given_id(rest) {
        item.reference = Some(id.to_owned());
        rest = before;
    }
    let mut among = None;
    for _ in 0..6 {
        let length = rest.len();
        among = among.or_else(|| level_among(terms, text.part(rest)));
        rest = strip_parenthesis(terms, item, rest);
        rest = strip_behind_owner(terms, item, text.part(rest));
        let (owners, before) = owner::tag(terms, text.part(rest));
        if !before.contains(char::is_alphanumeric) {
            break;
        }
        if item.owners.is_empty() {
            item.owners = owners;
        }
        rest = before;
        if item.level.is_none()
            && let Some((found, before)) =
                priority::at_end(terms, text.part(rest)).filter(|(_, before)| !before.is_empty())
        {
            give(item, Fact::Level(found));
            rest = before;
            continue;
        }
        // Last, because a few words may follow a date.
        if let Some((date, before)) = due(terms, text.part(rest)) {
            item.due = Some(date);
            rest = before;
        }
        if rest.len() == length {
            break;
        }
    }
    among.into_iter().for_each(|found| give(item, Fact::Level(found)));
    if item.owners.is_empty() {
        let before = owner::before_pair(terms, text.part(rest));
        item.owners = before.or_else(|| owner::coded_behind(terms, rest)).unwrap_or_default();
    }
    rest
}

/// The level among other things in the brackets at the end of a text, of which none may be known: `(2 days, P0)`,
/// `(Ops, critical)`.
fn level_among(terms: &Terms<'_>, Signed { text, signs }: Signed<'_>) -> Option<priority::Priority> {
    if !signs.have_bracket() {
        return None;
    }
    let (before, inside) = last_brackets(text.trim_end_matches(['.', ' ']))?;
    if before.trim().is_empty() { None } else { priority::one_of(terms, inside) }
}

/// Takes what brackets in the midst of an item's text say of who and when, where a key or a handle shows that they do:
/// `Splice (Owner: Crew) as drawn`, `Splice (@crew, due 2026-03-01), then test`. They are in the sentence, and stay in it; a
/// level among them may be what it is about. `is_code` tells what stands in a code span.
pub(super) fn take_amid(
    terms: &Terms<'_>,
    item: &mut Item,
    Signed { text, signs }: Signed<'_>,
    is_code: impl Fn(&str) -> bool,
) {
    // What stood at the end is taken already.
    let may_tell = signs.have_bracket() && signs.have(Signs::COLON | Signs::AT | Signs::WIDE);
    if !may_tell || memchr::memchr3(b':', b'@', 0xEF, text.as_bytes()).is_none() {
        return;
    }
    for (at, open) in text.match_indices(OPENING).take(BRACKETS) {
        let close = match open {
            "(" => ')',
            "[" => ']',
            _ => '）',
        };
        let Some((inside, _)) = text[at + open.len()..].split_once(close) else { return };
        let is_keyed = inside.split_once([':', '：']).is_some_and(|(_, value)| value.contains(char::is_alphanumeric));
        // A handle alone may be somebody whom the sentence is about.
        let is_listed = inside.contains('@') && inside.contains(lines::PARTS);
        if !(is_keyed || is_listed) || inside.contains(OPENING) || is_code(inside) {
            continue;
        }
        let said = if is_keyed { facts(terms, inside) } else { listed(terms, inside) };
        let is_who_or_when = |fact: &Fact| matches!(fact, Fact::Owners(_) | Fact::Due(_));
        said.into_iter().flatten().filter(is_who_or_when).for_each(|fact| give(item, fact));
    }
}

/// Takes a parenthesis at the end of which every part says something of the item.
fn strip_parenthesis<'t>(terms: &Terms<'_>, item: &mut Item, text: &'t str) -> &'t str {
    let Some((before, inside)) = last_brackets(text.trim_end_matches(['.', ' '])) else { return text };
    // One part alone is read as an owner, a date or a priority.
    let is_parted = || inside.contains(lines::PARTS) || inside.contains(" - ") || inside.contains(DASHES);
    if before.trim().is_empty() || !is_parted() {
        return text;
    }
    let facts = keyed(terms, inside).or_else(|| listed(terms, inside)).or_else(|| dashed(terms, inside));
    let Some(facts) = facts else {
        owners_among(terms, inside).into_iter().for_each(|fact| give(item, fact));
        return text;
    };
    facts.into_iter().for_each(|fact| give(item, fact));
    before.trim_end()
}

/// Takes priorities and dates from behind `Owner: X`, of which they are no part: `owner: @oncall, P0`.
fn strip_behind_owner<'t>(terms: &Terms<'_>, item: &mut Item, text: Signed<'t>) -> &'t str {
    let mut rest = text.text;
    if !text.signs.have_colon() {
        return rest;
    }
    while let Some((Tag::Owner, ..)) = lines::last_pair(terms, rest)
        && let Some((fact, before)) = last_fact(terms, rest)
    {
        give(item, fact);
        rest = before;
    }
    rest
}

/// The priority or date behind the last comma, bar or dash of a text or in its last brackets, and the text before it.
fn last_fact<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(Fact, &'t str)> {
    let dash = text.rfind(" - ").map(|at| at + 1);
    let bracket = text.rfind(" (").filter(|_| text.ends_with(')'));
    let at = text.rfind(lines::PARTS).into_iter().chain(text.rfind(DASHES)).chain(dash).chain(bracket).max()?;
    let part = text[at..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let part = part.trim_end_matches(|c: char| matches!(c, '.' | ' ') || c == ')' && bracket == Some(at));
    level_or_day(terms, part).map(|fact| (fact, text[..at].trim_end()))
}

/// What a key and its value say, and what follows them behind dashes: `Owner: QA - P1`.
fn dashed(terms: &Terms<'_>, inside: &str) -> Option<Vec<Fact>> {
    let (behind, before) = last_fact(terms, inside)?;
    Some(vec![fact(terms, before)?, behind])
}

/// A text without what it ends with about who and when, `— Owner: QA`, and that.
pub(super) fn split_tail<'t>(terms: &Terms<'_>, text: &'t str) -> (&'t str, &'t str) {
    let mut rest = text;
    while let Some((Tag::Owner | Tag::Due, value, before)) = lines::last_pair(terms, rest)
        && last_stop(value).is_none()
    {
        rest = before.trim_end();
    }
    text.split_at(rest.len())
}

/// `{#id}` at the end.
fn given_id(text: &str) -> Option<(&str, &str)> {
    let (before, id) = text.strip_suffix('}')?.rsplit_once("{#")?;
    let sound = !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    sound.then(|| (id, before.trim_end()))
}
