//! Owners: cells, tags, handles and owner lines.

use super::legend::Terms;
use super::limits::MOST;
use super::lines;
use super::phrase::normalise;
use super::vocabulary::Tag;

/// The owners that a cell or value names, in order; nobody is an empty list.
pub(super) fn value(terms: &Terms<'_>, text: &str) -> Vec<String> {
    let mut owners = Vec::new();
    // `N/A` is one word.
    if text.len() < 16 && terms.words.is_nobody(&normalise(text)) {
        return owners;
    }
    let mut parts = names_in(text);
    // `QA, Docs and Support`
    let last = parts.last().filter(|_| parts.len() > 1).and_then(|last| joined(terms, last));
    if let Some((name, more)) = last {
        parts.pop();
        parts.extend([name, more]);
    }
    for part in parts {
        add(terms, &mut owners, part);
    }
    owners
}

/// The parts of a list of names: at commas, at signs for "and" beside a space, at slashes that are not within the name
/// of a team, never within brackets.
fn names_in(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut closed) = (0, 0);
    for (at, sign) in text.char_indices() {
        let behind = &text[at + sign.len_utf8()..];
        let close = closing(sign).and_then(|close| behind.find(close));
        if let Some(close) = close.filter(|_| at >= closed) {
            closed = at + close + 1;
        }
        let splits = match sign {
            ',' | '、' | ';' | '\n' | '，' | '+' => true,
            // `R&D`
            '&' => text[..at].ends_with(' ') || behind.starts_with([' ', '@']),
            '/' => !is_team(&text[start..at], behind),
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

/// Adds the owner that a part of a list names, where it names one.
fn add(terms: &Terms<'_>, owners: &mut Vec<String>, part: &str) {
    // One more than is taken is enough to tell of it.
    if owners.len() > MOST {
        return;
    }
    let name = part.trim().trim_matches(['*', '`', '_', '"']).trim().trim_end_matches('.');
    let inside = unbracketed(terms, name);
    let several = inside.len() < name.len() && names_in(inside).len() > 1;
    if several || inside.starts_with('@') && inside.contains(' ') && handles_only(terms, inside) {
        let names =
            if several { names_in(inside) } else { inside.split(' ').filter(|word| !is_and(terms, word)).collect() };
        names.into_iter().for_each(|name| add(terms, owners, name));
        return;
    }
    let name = inside;
    let phrase = normalise(name);
    // `Owner: Completed` tells of the work, not of a person.
    if !name.chars().any(char::is_alphanumeric) || is_nobody(terms, &phrase) {
        return;
    }
    let name = terms.owner(name).unwrap_or(name);
    if !owners.iter().any(|owner| owner == name) {
        owners.push(name.to_owned());
    }
}

/// Whether a normalised name is a blank, a state of the work or the begin of a sentence.
fn is_nobody(terms: &Terms<'_>, phrase: &str) -> bool {
    let words = terms.words;
    let bare = phrase.trim_matches(['(', ')']);
    words.is_nobody(bare) || words.opens(phrase) || words.people.is_prose(phrase)
}

/// `[QA Lead]` is that role; `[Name]`, `[Your team]` and `<owner>` are blanks to fill in.
fn unbracketed<'t>(terms: &Terms<'_>, name: &'t str) -> &'t str {
    let Some(inside) = name.strip_prefix(['[', '<', '{']).and_then(|rest| rest.strip_suffix([']', '>', '}'])) else {
        return name;
    };
    let phrase = normalise(inside);
    let blank = name.starts_with(['<', '{'])
        || terms.words.people.is_blank(&phrase)
        || terms.words.tag(&phrase) == Some(Tag::Owner);
    if blank { "" } else { inside.trim() }
}

/// The owner tag of an item's text, and the text without it: `(Owner: X)`, `— Owner: X`, `@a, @b` at the end.
pub(super) fn tag<'t>(terms: &Terms<'_>, text: &'t str) -> (Vec<String>, &'t str) {
    let text = text.trim_end();
    if memchr::memchr3(b':', b'@', 0xEF, text.as_bytes()).is_none() {
        return (Vec::new(), text);
    }
    if let Some((owners, rest)) =
        parenthesis(terms, text).or_else(|| trailing_key(terms, text)).or_else(|| handles(terms, text))
    {
        return (
            owners,
            rest.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ',' | ';' | '|' | ':')),
        );
    }
    (Vec::new(), text)
}

fn parenthesis<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(Vec<String>, &'t str)> {
    let end = text.trim_end_matches(['.', ' ']);
    let inner = end.strip_suffix([')', ']', '）'])?;
    let at = inner.rfind(['(', '[', '（'])?;
    let inside = &inner[at + inner[at..].chars().next().map_or(1, char::len_utf8)..];
    // `(assigned to @a)`
    let names = inside.find('@').map_or("", |first| &inside[first..]);
    let key = normalise(&inside[..inside.len() - names.len()]);
    if (key.is_empty() || terms.words.tag(&key) == Some(Tag::Owner)) && !names.is_empty() && handles_only(terms, names)
    {
        return Some((handled(terms, names), &text[..at]));
    }
    keyed(terms, inside).map(|owners| (owners, &text[..at]))
}

/// Whether a text is made of handles: `@a, @b`, `@a and @b`.
pub(super) fn handles_only(terms: &Terms<'_>, text: &str) -> bool {
    text.split([',', ' ', '/', '&']).filter(|word| !word.is_empty()).all(|word| is_handle(word) || is_and(terms, word))
}

/// The owners that a text made of handles names.
pub(super) fn handled(terms: &Terms<'_>, text: &str) -> Vec<String> {
    let names: Vec<&str> = text.split([',', ' ', '&']).filter(|word| !is_and(terms, word)).collect();
    value(terms, &names.join(","))
}

/// Whether a word joins the last of several names to the others.
fn is_and(terms: &Terms<'_>, word: &str) -> bool {
    terms.words.phrases.is_and(word)
}

/// The owners of `Owner: X`, up to the next key.
pub(super) fn keyed(terms: &Terms<'_>, text: &str) -> Option<Vec<String>> {
    let (key, names) = text.split_once([':', '：'])?;
    (terms.words.tag(&normalise(key)) == Some(Tag::Owner)).then(|| first_value(terms, names))
}

/// The owners that a value names before something else follows.
fn first_value(terms: &Terms<'_>, names: &str) -> Vec<String> {
    let mut owners = value(terms, names.split([';', '|', '·']).next().unwrap_or(names));
    // Behind the first name a few small words are a remark: `Owner: QA, see the runbook`.
    let mut is_first = true;
    owners.retain(|name| {
        let is_remark = name.contains(' ') && name.starts_with(char::is_lowercase);
        std::mem::take(&mut is_first) || !is_remark
    });
    owners
}

/// The owners of `Owner: X` before another key and its value at the end: `— Owner: X — ETA: soon`.
pub(super) fn before_pair(terms: &Terms<'_>, text: &str) -> Option<Vec<String>> {
    let (_, _, before) = lines::last_pair(terms, text)?;
    let (tag, names, _) = lines::last_pair(terms, before)?;
    (tag == Tag::Owner).then(|| first_value(terms, names))
}

/// `— Owner: X` at the end.
fn trailing_key<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(Vec<String>, &'t str)> {
    let (tag, names, before) = lines::last_pair(terms, text)?;
    (tag == Tag::Owner).then(|| (first_value(terms, names), before))
}

fn handles<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(Vec<String>, &'t str)> {
    let mut rest = text;
    let mut names = Vec::new();
    loop {
        let trimmed = rest.trim_end_matches([' ', ',', '/', '&', '+']);
        let trimmed = match trimmed.rsplit_once(' ') {
            Some((before, word)) if !names.is_empty() && is_and(terms, word) => before,
            _ => trimmed,
        };
        let at = trimmed
            .rfind(|c: char| c.is_whitespace() || matches!(c, ',' | '&' | '+' | '('))
            .map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8));
        let at = trimmed[at..].rfind("/@").map_or(at, |slash| at + slash + 1);
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
    let is_package = handle.contains('/') && terms.words.people.takes_object(first);
    is_apart || !(is_object || is_package)
}

fn is_handle(word: &str) -> bool {
    word.strip_prefix('@').is_some_and(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
    })
}
