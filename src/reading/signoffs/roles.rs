//! Roles that are asked to sign, and have not: what stands behind `Sign-off:`, below `Pending approvals` and in headings.

use crate::markdown::{Block, NodeId};
use crate::model::{SignOff, State};
use crate::reading::outline::Place;
use crate::reading::phrase::{is_pictograph, normalise};
use crate::reading::vocabulary::Context;
use crate::reading::{Reader, date, lines, status};

/// The most words that the name of a role or team has.
const ROLE_WORDS: usize = 4;

/// The roles behind a label that asks for a sign-off, where all of them are known to be such and nothing says that or when
/// they signed: `Sign-off: CTO + Team lead`.
pub(super) fn asked(reader: &Reader<'_>, label: &str, rest: &str) -> Vec<String> {
    let words = reader.terms.words;
    let header = normalise(label);
    if !words.signoffs.asks_for(words.header(&header)) || rest.contains(is_pictograph) || date::find(rest).is_some() {
        return Vec::new();
    }
    let parts = rest.split(['+', '/', '&', ',', ';']).flat_map(|part| part.split(" and ")).map(str::trim);
    let is_role = |part: &&str| {
        let name = normalise(part);
        words.signoffs.is_post(&name) || words.signoffs.is_team(&name)
    };
    let roles: Vec<&str> = parts.collect();
    if roles.iter().all(is_role) { roles.into_iter().map(str::to_owned).collect() } else { Vec::new() }
}

/// Whether a list of a few plain words each stands below a label or heading of approvals that are to come, `Pending
/// approvals`, and adds them.
pub(super) fn read_pending(reader: &mut Reader<'_>, place: Place, label: &str) -> bool {
    let tree = reader.tree;
    let own = reader.outline.section_at(tree.node(place.node).span.start);
    let heading = || own.map_or("", |index| reader.outline.section(index).phrase.as_str());
    if !is_pending(reader, if label.is_empty() { heading() } else { label }) {
        return false;
    }
    let is_plain = |item: NodeId| tree.node(item).block == Block::Item(None);
    let items: Vec<NodeId> = tree.children(place.node).filter(|&item| is_plain(item)).collect();
    // `Data office: waits for the form`
    let role = |item: NodeId| {
        let text = lines::lead(tree, item);
        let (role, rest) = text.split_once([':', '：']).unwrap_or((&text, ""));
        if status::said(reader.terms, rest).state() == State::Done { String::new() } else { role.trim().to_owned() }
    };
    let roles: Vec<String> = items.iter().map(|&item| role(item)).collect();
    let is_role = |role: &String| !role.is_empty() && role.split_whitespace().count() <= ROLE_WORDS;
    if !roles.iter().all(is_role) || roles.len() != tree.children(place.node).count() {
        return false;
    }
    reader.signed.push(tree.node(place.node).span);
    for (item, role) in items.into_iter().zip(roles) {
        reader.sign(SignOff { role, name: None, date: None, span: tree.node(item).span });
    }
    true
}

/// Whether a normalised label or heading is one of approvals that its first word or its last says to be to come.
fn is_pending(reader: &Reader<'_>, phrase: &str) -> bool {
    let is_left = |word: &str| {
        let state = || word.strip_suffix('s').and_then(|word| reader.terms.state(word));
        reader.terms.state(word).or_else(state).is_some_and(State::is_left)
    };
    let ends = [phrase.split_once(' '), phrase.rsplit_once(' ').map(|(rest, last)| (last, rest))];
    ends.into_iter().flatten().any(|(word, rest)| is_left(word) && reader.terms.words.is(Context::Approval, rest))
}

/// The role that the heading above a line to sign names, and nothing else: `### QA lead`.
pub(super) fn of_heading(reader: &Reader<'_>, node: NodeId) -> Option<String> {
    let own = reader.outline.section_at(reader.tree.node(node).span.start)?;
    let is_post = reader.terms.words.signoffs.is_post(&reader.outline.section(own).phrase);
    is_post.then(|| reader.outline.title(own).to_owned())
}
