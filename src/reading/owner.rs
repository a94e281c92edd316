//! Owners: cells, tags, handles and owner lines.

use super::legend::Terms;
use super::limits::MOST;
use super::phrase::normalise;
use super::vocabulary::Tag;
use super::{date, lines};
use crate::markdown::{Inline, NodeId, Tree};
use crate::model::State;

/// How many words a name has at most, as of a team: what is longer is a sentence that slipped into the cell of an owner.
const MOST_WORDS: usize = 9;

/// The owners that a cell or value names, in order; nobody is an empty list.
pub(super) fn value(terms: &Terms<'_>, text: &str) -> Vec<String> {
    let mut owners = Vec::new();
    // `N/A` is one word, and `E = Engineering` tells what a code means.
    let whole = if text.contains([',', ';']) { text } else { head(text) };
    if names_nobody(terms, whole) || head(text).contains(" = ") {
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
        let before = &text[..part.as_ptr() as usize - text.as_ptr() as usize];
        // A sign that joins makes small words behind it as much of a name as what is before.
        let is_joined = before.ends_with(['/', '&']);
        if before.is_empty() || !is_remark(terms, part) && (is_joined || !is_small(terms, part.trim())) {
            add(terms, &mut owners, part);
        }
    }
    owners
}

/// The owners that a cell names. Bold words that a sentence goes on behind are the name alone: `**Ann** to appoint`.
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

/// A value without an explanation behind it: `TBD (probably Ann)`, `TBD - Ann?`.
fn head(text: &str) -> &str {
    let text = text.find(" (").map_or(text, |at| &text[..at]);
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

/// Whether a part of a list of names, behind the first, tells something else: `Effort: 2d`, `PR #12`, `due Friday`.
fn is_remark(terms: &Terms<'_>, part: &str) -> bool {
    let is_numbered = || part.split('#').skip(1).any(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    part.contains([':', '：']) || is_numbered() || tells_when(terms, part.trim())
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

/// A name without the time in brackets or behind a dash at its end: `Ann (Week 2)`, `Ann - ETA Friday`.
fn without_time<'t>(terms: &Terms<'_>, name: &'t str) -> &'t str {
    let inside = name.strip_suffix(')').and_then(|inner| inner.rsplit_once(" ("));
    if let Some((before, _)) = inside.filter(|(_, inside)| tells_when(terms, inside)) {
        return before;
    }
    dashed(name).filter(|(_, behind)| tells_when(terms, behind)).map_or(name, |(before, _)| before)
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
            ',' | '、' | ';' | '\n' | '，' | '+' | '|' | '·' | '•' => true,
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
    let name = without_time(terms, inside);
    let phrase = normalise(name);
    let is_blank = is_nobody(terms, &phrase) || names_nobody(terms, head(name)) || is_sentence(head(name));
    // `Owner: Completed` tells of the work, not of a person.
    if !name.chars().any(char::is_alphanumeric) || is_blank || is_time(terms, name) {
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
    let blank = name.starts_with(['<', '{'])
        || terms.words.people.is_blank(&phrase)
        || terms.words.tag(&phrase) == Some(Tag::Owner);
    if blank { "" } else { inside.trim() }
}

/// The owner tag of an item's text, and the text without it: `(Owner: X)`, `— Owner: X`, `@a, @b` at the end.
pub(super) fn tag<'t>(terms: &Terms<'_>, text: &'t str) -> (Vec<String>, &'t str) {
    let text = text.trim_end();
    if memchr::memchr3(b':', b'@', 0xEF, text.as_bytes()).is_none() && !text.ends_with([')', ']']) {
        return (Vec::new(), text);
    }
    if let Some((owners, rest)) = parenthesis(terms, text)
        .or_else(|| trailing_key(terms, text))
        .or_else(|| bare_key(terms, text))
        .or_else(|| handles(terms, text))
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
    // `(P1, owner: Ann)`
    let among = || {
        let pairs = lines::pairs(terms, inside);
        pairs.iter().find(|(tag, _)| *tag == Tag::Owner).map(|(_, names)| first_value(terms, names))
    };
    let owners = keyed(terms, inside).or_else(among).or_else(|| coded(terms, inside));
    Some((owners.or_else(|| spelled(terms, inside))?, &text[..at]))
}

/// The owners whose codes a text is made of, where an owner line tells them: `E`, `E/P`.
pub(super) fn coded(terms: &Terms<'_>, text: &str) -> Option<Vec<String>> {
    let is_code = |code: &str| terms.is_told(code.trim());
    (text.len() < 16 && terms.tells_owners() && names_in(text).into_iter().all(is_code)).then(|| value(terms, text))
}

/// The owner behind small words that ask for one: `owner Ann`, `assigned to Ann`.
fn spelled(terms: &Terms<'_>, text: &str) -> Option<Vec<String>> {
    let keys = text.match_indices(' ').map(|(at, _)| at).take(2);
    let is_key = |&at: &usize| terms.words.tag(&normalise(&text[..at])) == Some(Tag::Owner);
    // `Lead Engineer` is the name of a role.
    let key =
        keys.filter(is_key).last().filter(|&at| text.starts_with(char::is_lowercase) || text[..at].contains(' '))?;
    let names = text[key..].trim();
    is_name(terms, names).then(|| value(terms, names))
}

/// Whether a text is written as a name is: few words, each with a capital.
pub(super) fn is_name(terms: &Terms<'_>, text: &str) -> bool {
    let words = || text.split(' ').filter(|word| !is_and(terms, word) && *word != "&");
    words().count() <= 3 && words().all(|word| word.starts_with('@') || word.starts_with(char::is_uppercase))
}

/// `Owner: X` in capitals at the end, without a stop before it.
fn bare_key<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(Vec<String>, &'t str)> {
    let colon = memchr::memrchr(b':', text.as_bytes())?;
    let names = text[colon + 1..].trim();
    let key = text[..colon].rfind(' ')? + 1;
    let is_key = text[key..].starts_with(char::is_uppercase);
    let is_owner =
        is_key && is_name(terms, names) && terms.words.tag(&normalise(&text[key..colon])) == Some(Tag::Owner);
    is_owner.then(|| (value(terms, names), &text[..key]))
}

/// Whether a text is made of handles: `@a, @b`, `@a and @b`.
pub(super) fn handles_only(terms: &Terms<'_>, text: &str) -> bool {
    text.split([',', ' ', '/', '&']).filter(|word| !word.is_empty()).all(|word| is_handle(word) || is_and(terms, word))
}

/// The owners that handles set apart at the start of a text name: `[@ann]`, `**@ann**:`. One with a slash may be a package.
pub(super) fn handles_apart(terms: &Terms<'_>, text: &str) -> Option<Vec<String>> {
    let text = text.trim_end_matches([':', ' ']);
    let is_own = text.starts_with('@') && !text.contains('/') && handles_only(terms, text);
    (is_own && !terms.words.people.is_nobodys(&text[1..])).then(|| handled(terms, text))
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
    // Behind the first name two small words are a remark: `Owner: QA, not now`.
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
    let is_package = handle.contains('/') && terms.words.people.installs(first);
    is_apart || !(is_object || is_package)
}

fn is_handle(word: &str) -> bool {
    word.strip_prefix('@').is_some_and(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
    })
}
