//! Owners as tags of items: `(Owner: X)`, `[@crew]`, `— Owner: X`, handles at the end, letter codes.

use super::{names_in, value};
use crate::reading::legend::Terms;
use crate::reading::limits::MOST;
use crate::reading::lines;
use crate::reading::phrase::{last_brackets, normalise};
use crate::reading::signs::{Signed, Signs};
use crate::reading::vocabulary::Tag;

/// The owner tag of an item's text, and the text without it: `(Owner: X)`, `— Owner: X`, `@a, @b` at the end.
pub(in crate::reading) fn tag<'t>(terms: &Terms<'_>, signed: Signed<'t>) -> (Vec<String>, &'t str) {
    let signed = signed.part(signed.text.trim_end());
    let text = signed.text;
    // What one of these signs shows may be taken already.
    let may_tell = || signed.signs.have(Signs::COLON | Signs::AT | Signs::WIDE);
    let tells = || may_tell() && memchr::memchr3(b':', b'@', 0xEF, text.as_bytes()).is_some();
    if !text.ends_with([')', ']']) && !tells() {
        return (Vec::new(), text);
    }
    if let Some((owners, rest)) =
        parenthesis(terms, text).or_else(|| keyed_end(terms, signed)).or_else(|| handles(terms, signed))
    {
        return (
            owners,
            rest.trim_end_matches(|c: char| {
                c.is_whitespace() || matches!(c, '-' | '–' | '—' | ',' | ';' | '|' | ':' | '·' | '•')
            }),
        );
    }
    (Vec::new(), text)
}

fn parenthesis<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(Vec<String>, &'t str)> {
    let (before, inside) = last_brackets(text.trim_end_matches(['.', ' ']))?;
    // `(assigned to @a)`
    let names = memchr::memchr(b'@', inside.as_bytes()).map_or("", |first| &inside[first..]);
    let key = || normalise(&inside[..inside.len() - names.len()]);
    let is_key = |key: String| key.is_empty() || terms.words.tag(&key) == Some(Tag::Owner);
    if !names.is_empty() && handles_only(terms, names) && is_key(key()) {
        return Some((handled(terms, names), before));
    }
    // `(P1, owner: QA)`
    let among = || {
        let pairs = lines::pairs(terms, inside);
        pairs.iter().find(|(tag, _)| *tag == Tag::Owner).map(|(_, names)| first_value(terms, names))
    };
    let told = if Signs::of(inside).have_colon() { keyed(terms, inside).or_else(among) } else { None };
    let owners = told.or_else(|| coded(terms, inside));
    Some((owners.or_else(|| spelled(terms, inside))?, before))
}

/// The owners whose codes a text is made of, where an owner line tells them: `E`, `E/P`.
pub(in crate::reading) fn coded(terms: &Terms<'_>, text: &str) -> Option<Vec<String>> {
    let is_code = |code: &str| terms.is_told(code.trim());
    (text.len() < 16 && terms.tells_owners() && names_in(terms, text).into_iter().all(is_code))
        .then(|| value(terms, text))
}

/// The owners whose codes stand in brackets behind the first words of a text, before a dash or colon: `Gate 2 (E) — hang it`.
pub(in crate::reading) fn coded_behind(terms: &Terms<'_>, text: &str) -> Option<Vec<String>> {
    let at = if terms.tells_owners() { text.find(['(', '['])? } else { return None };
    let (inside, behind) = text[at + 1..].split_once([')', ']'])?;
    let is_apart = behind.trim_start().starts_with(['—', '–', '-', ':']);
    is_apart.then(|| coded(terms, inside))?
}

/// The owner behind small words that ask for one: `owner QA`, `assigned to QA`.
fn spelled(terms: &Terms<'_>, text: &str) -> Option<Vec<String>> {
    let begins_name = |at: usize| text[at + 1..].starts_with(|c: char| c.is_uppercase() || c == '@');
    let keys = text.match_indices(' ').map(|(at, _)| at).take(2).filter(|&at| begins_name(at));
    let is_key = |&at: &usize| terms.words.tag(&normalise(&text[..at])) == Some(Tag::Owner);
    // `Lead Engineer` is the name of a role.
    let key =
        keys.filter(is_key).last().filter(|&at| text.starts_with(char::is_lowercase) || text[..at].contains(' '))?;
    let names = text[key..].trim();
    is_name(terms, names).then(|| value(terms, names))
}

/// Whether a text is written as a name is: few words, each with a capital.
pub(in crate::reading) fn is_name(terms: &Terms<'_>, text: &str) -> bool {
    let words = || text.split(' ').filter(|word| !is_and(terms, word) && *word != "&");
    words().count() <= 3 && words().all(|word| word.starts_with('@') || word.starts_with(char::is_uppercase))
}

/// `Owner: X` in capitals at the end, without a stop before it.
fn bare_key<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(Vec<String>, &'t str)> {
    let colon = memchr::memrchr(b':', text.as_bytes())?;
    let names = text[colon + 1..].trim();
    let key = text[..colon].rfind(' ')? + 1;
    // `Team Lead: X` names a role of several words, unless `Team` is all that stands before it.
    let (before, word) = text[..key].trim_end().rsplit_once(' ').unwrap_or_default();
    let is_within = !before.is_empty() && word.starts_with(char::is_uppercase);
    let is_key = text[key..].starts_with(char::is_uppercase) && !is_within;
    let is_owner =
        is_key && is_name(terms, names) && terms.words.tag(&normalise(&text[key..colon])) == Some(Tag::Owner);
    is_owner.then(|| (value(terms, names), &text[..key]))
}

/// Whether a text is made of handles: `@a, @b`, `@a and @b`.
pub(in crate::reading) fn handles_only(terms: &Terms<'_>, text: &str) -> bool {
    text.split([',', ' ', '/', '&']).filter(|word| !word.is_empty()).all(|word| is_handle(word) || is_and(terms, word))
}

/// The owners that handles set apart at the start of a text name: `[@crew]`, `**@crew**:`. One with a slash may be a package.
pub(in crate::reading) fn handles_apart(terms: &Terms<'_>, text: &str) -> Option<Vec<String>> {
    let text = text.trim_end_matches([':', ' ']);
    let is_own = text.starts_with('@') && !text.contains('/') && handles_only(terms, text);
    (is_own && !terms.words.people.is_nobodys(&text[1..])).then(|| handled(terms, text))
}

/// The owners that a text made of handles names.
pub(in crate::reading) fn handled(terms: &Terms<'_>, text: &str) -> Vec<String> {
    let names: Vec<&str> = text.split([',', ' ', '&']).filter(|word| !is_and(terms, word)).collect();
    value(terms, &names.join(","))
}

/// Whether a word joins the last of several names to the others.
pub(super) fn is_and(terms: &Terms<'_>, word: &str) -> bool {
    terms.words.phrases.is_and(word)
}

/// The owners of `Owner: X`, up to the next key.
fn keyed(terms: &Terms<'_>, text: &str) -> Option<Vec<String>> {
    let (key, names) = text.split_once([':', '：'])?;
    (terms.words.tag(&normalise(key)) == Some(Tag::Owner)).then(|| first_value(terms, names))
}

/// The owners that a value names before something else follows.
fn first_value(terms: &Terms<'_>, names: &str) -> Vec<String> {
    let mut owners = value(terms, names.split([';', '|', '·']).next().unwrap_or(names));
    // Behind the first name two small words are a remark: `Owner: QA, not now`.
    let mut is_first = true;
    owners.retain(|name| {
        let is_remark = name.contains(' ') && name.starts_with(char::is_lowercase);
        std::mem::take(&mut is_first) || !is_remark
    });
    owners
}

/// The owners of `Owner: X` before another key and its value at the end: `— Owner: X — ETA: soon`.
pub(in crate::reading) fn before_pair(terms: &Terms<'_>, Signed { text, signs }: Signed<'_>) -> Option<Vec<String>> {
    if !signs.have_colon() {
        return None;
    }
    let (_, _, before) = lines::last_pair(terms, text)?;
    let (tag, names, _) = lines::last_pair(terms, before)?;
    (tag == Tag::Owner).then(|| first_value(terms, names))
}

/// A key for owners and their names at the end.
fn keyed_end<'t>(terms: &Terms<'_>, Signed { text, signs }: Signed<'t>) -> Option<(Vec<String>, &'t str)> {
    if !signs.have_colon() {
        return None;
    }
    trailing_key(terms, text).or_else(|| bare_key(terms, text))
}

/// `— Owner: X` at the end.
fn trailing_key<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(Vec<String>, &'t str)> {
    let (tag, names, before) = lines::last_pair(terms, text)?;
    (tag == Tag::Owner).then(|| (first_value(terms, names), before))
}

fn handles<'t>(terms: &Terms<'_>, Signed { text, signs }: Signed<'t>) -> Option<(Vec<String>, &'t str)> {
    if !signs.have(Signs::AT) {
        return None;
    }
    let mut rest = text;
    let mut names = Vec::new();
    // One more than is taken is enough to tell of those that are left out.
    while names.len() <= MOST {
        let trimmed = rest.trim_end_matches([' ', ',', '/', '&', '+']);
        let trimmed = match trimmed.rsplit_once(' ') {
            Some((before, word)) if !names.is_empty() && is_and(terms, word) => before,
            _ => trimmed,
        };
        let at = trimmed
            .rfind(|c: char| c.is_whitespace() || matches!(c, ',' | '&' | '+' | '('))
            .map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8));
        let word = &trimmed[at..];
        let slash = memchr::memrchr(b'@', word.as_bytes()).and_then(|_| word.rfind("/@"));
        let at = slash.map_or(at, |slash| at + slash + 1);
        let word = trimmed[at..].trim_end_matches('.');
        if !is_handle(word) || at == 0 || terms.words.people.is_nobodys(&word[1..]) {
            break;
        }
        if !names_owner(terms, &trimmed[..at], word) {
            return None;
        }
        names.push(word);
        rest = &trimmed[..at];
    }
    names.reverse();
    (!names.is_empty()).then(|| (value(terms, &names.join(",")), rest))
}

/// Whether a handle at the end of a text names its owner. One behind `upgrade to` is what it is done to, and one with a
/// slash behind `install` the name of a package, unless a dash or bracket sets it apart.
fn names_owner(terms: &Terms<'_>, before: &str, handle: &str) -> bool {
    let before = before.trim_end();
    let is_apart = before.ends_with(['-', '–', '—', '(', '|', ':']);
    let mut last = before.rsplit(' ').take(2);
    let word = last.next().unwrap_or_default();
    // `assigned to @oncall`
    let mut is_given = || last.next().is_some_and(|verb| terms.words.people.gives(verb));
    let is_object = terms.words.people.takes_object(word) && !is_given();
    let first = before.split(' ').next().unwrap_or_default();
    let is_package = handle.contains('/') && terms.words.people.installs(first);
    is_apart || !(is_object || is_package)
}

/// Whether a word is a handle: `@qa`, `@team/ops`.
pub(super) fn is_handle(word: &str) -> bool {
    word.strip_prefix('@').is_some_and(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
    })
}
