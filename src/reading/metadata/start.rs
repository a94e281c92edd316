//! What stands at the start of an item's text about it: `(Owner: Crew | Due: 2026-03-01) Splice`.

use super::fact::{Fact, fact, facts, give};
use crate::model::Item;
use crate::reading::legend::Terms;
use crate::reading::owner;
use crate::reading::phrase::normalise;
use crate::reading::signs::{Signed, Signs};
use crate::reading::vocabulary::Tag;

/// Takes from the start of an item's text what stands there about it: `(Owner: Crew | Due: 2026-03-01) Splice`,
/// `Owner: Crew | Splice`, `[@crew] Splice`. `bold` is the text of the bold span that begins the item. Gives back what is
/// behind it.
pub(in crate::reading) fn strip_start<'t>(
    terms: &Terms<'_>,
    item: &mut Item,
    Signed { text, signs }: Signed<'t>,
    bold: Option<&str>,
) -> &'t str {
    // One of these signs may stand far behind.
    let near = &text.as_bytes()[..text.len().min(64)];
    let may_tell = signs.have(Signs::COLON | Signs::AT | Signs::WIDE);
    let tells = || may_tell && memchr::memchr3(b':', b'@', 0xEF, near).is_some();
    if !tells() && !terms.tells_owners() {
        return text;
    }
    let found = opened(terms, text).or_else(|| led(terms, text)).or_else(|| bold_led(terms, text, bold?));
    let is_told = |fact: &Fact| match fact {
        Fact::Owners(owners) => !owners.is_empty(),
        fact => matches!(fact, Fact::Due(Some(_))),
    };
    let Some((facts, rest)) = found.filter(|(facts, _)| facts.iter().any(is_told)) else { return text };
    facts.into_iter().for_each(|fact| give(item, fact));
    rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '|'))
}

/// What is said of an item at the start of its text, and what is behind it.
type Led<'t> = Option<(Vec<Fact>, &'t str)>;

/// What brackets at the start of a text say.
fn opened<'t>(terms: &Terms<'_>, text: &'t str) -> Led<'t> {
    let (open, close) = match text.chars().next()? {
        '(' => ('(', ')'),
        '[' => ('[', ']'),
        '（' => ('（', '）'),
        _ => return None,
    };
    let (inside, rest) = text[open.len_utf8()..].split_once(close)?;
    rest.contains(char::is_alphanumeric).then_some(())?;
    said_inside(terms, inside).map(|facts| (facts, rest))
}

/// What the text of brackets says, where it says nothing else: facts, handles, or codes of owners.
fn said_inside(terms: &Terms<'_>, inside: &str) -> Option<Vec<Fact>> {
    let named = || owner::handles_apart(terms, inside).or_else(|| owner::coded(terms, inside));
    if inside.contains([':', '：']) { facts(terms, inside) } else { named().map(|owners| vec![Fact::Owners(owners)]) }
}

/// What bold words at the start of a text say: `**Owner: Crew** Splice`.
fn bold_led<'t>(terms: &Terms<'_>, text: &'t str, bold: &str) -> Led<'t> {
    let rest = text.strip_prefix(bold).filter(|rest| rest.contains(char::is_alphanumeric))?;
    let said = bold.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ' ' | ':'));
    // `**Owner:** Crew` goes on behind the bold words.
    said_inside(terms, said).map(|facts| (facts, rest))
}

/// What `Owner: X` and other pairs between bars at the start of a text say, or an owner before a dash.
fn led<'t>(terms: &Terms<'_>, text: &'t str) -> Led<'t> {
    // A key is short, and most texts with a colon begin with none.
    let colon = memchr::memchr2(b':', 0xEF, &text.as_bytes()[..text.len().min(24)])?;
    let tag = terms.words.tag(&normalise(&text[..colon]))?;
    let mut facts = Vec::new();
    let mut rest = text;
    while let Some((part, behind)) = rest.split_once('|')
        && let Some(fact) = Some(part).filter(|part| part.contains([':', '：'])).and_then(|part| fact(terms, part))
    {
        facts.push(fact);
        rest = behind.trim_start();
    }
    if facts.is_empty() {
        let (part, behind) = owner::dashed(text).filter(|_| tag == Tag::Owner)?;
        let (_, names) = part.split_once([':', '：'])?;
        return owner::is_name(terms, names.trim()).then(|| (vec![Fact::Owners(owner::value(terms, names))], behind));
    }
    let is_text = rest.contains(char::is_alphanumeric) && fact(terms, rest).is_none();
    is_text.then_some((facts, rest))
}
