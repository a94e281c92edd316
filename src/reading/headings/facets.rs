//! Facts behind the status that a heading ends with: `Mail — blocked · medium`, `Mail ⛔ blocked, two days`.

use super::Status;
use super::tails::{WORDS, glyph_before_word, status_behind, words};
use crate::model::State;
use crate::reading::draft::Draft;
use crate::reading::phrase::{is_pictograph, last_stop, normalise};
use crate::reading::status::qualified;
use crate::reading::{Reader, date, metadata, priority};

/// What sets facts behind a status apart, and what may join words as well.
const FACETS: [&str; 3] = [" · ", " | ", " • "];
const JOINTS: [&str; 5] = [", ", " / ", " - ", " – ", " — "];

/// The status that stands before other facts at the end of a title: `Mail — blocked · medium`. Behind a comma or a dash they
/// may go on with a sentence, and only what is left behind a sign has a status there: `Mail ⛔ blocked, two days`.
pub(super) fn before(reader: &Reader<'_>, title: &str) -> Option<Status> {
    let terms = reader.terms;
    let told = |parts: &[&str], is_set_apart: bool| {
        let mut cuts = parts.iter().flat_map(|part| title.match_indices(part));
        cuts.find_map(|(at, part)| {
            let (head, facts) = (&title[..at], &title[at + part.len()..]);
            let is_fact = |fact: &str| words(fact) <= WORDS && terms.state(&normalise(fact)).is_none();
            let behind = || last_stop(head).filter(|_| is_set_apart).and_then(|stop| status_behind(reader, head, stop));
            let status = behind().or_else(|| status_behind(reader, head, glyph_before_word(head)?))?;
            let state = qualified(terms, status.state, facts);
            // A colour may say that work may begin: `🟢 ready · small`.
            let is_sure = || is_set_apart && !head.contains(|c: char| !c.is_ascii() && terms.words.colour(c).is_some());
            let is_one = (state.is_left() || is_sure()) && parts.iter().all(|part| facts.split(part).all(is_fact));
            let is_one = is_one && (holds_beside_anything(head, (status.state, state)) || are_known(reader, facts));
            is_one.then(|| Status { word: format!("{}{part}{facts}", status.word), state, ..status })
        })
    };
    told(&FACETS, true).or_else(|| if title.is_ascii() { None } else { told(&JOINTS, false) })
}

/// Whether a status before facts, and what it is with them, is one whatever they say: done is only what nothing unknown may
/// take back, `DONE | rollback untested`, and words for what is left may as well name a choice: `GET /boats — open · mine`.
fn holds_beside_anything(head: &str, (alone, state): (State, State)) -> bool {
    state.is_left() && (alone != state || state == State::Blocked || head.contains(is_pictograph))
}

/// Whether all facts behind a status are plainly known ones: levels, sizes, owners and days.
fn are_known(reader: &Reader<'_>, facts: &str) -> bool {
    let is_day = |fact: &str| !fact.contains(' ') && date::is_date(fact);
    let is_told = |fact: &str| {
        let told = metadata::facts(reader.terms, fact);
        told.is_some_and(|told| !told.iter().any(|fact| matches!(fact, metadata::Fact::Evidence(_))))
    };
    let is_known = |fact: &str| reader.terms.words.is_size(&normalise(fact)) || is_day(fact) || is_told(fact);
    facts.split(['·', '|', '•']).map(str::trim).all(is_known)
}

/// Whether what stands behind a word for done may take that back.
pub(super) fn is_doubted(reader: &Reader<'_>, word: &str, state: State) -> bool {
    let is_unknown = |part: &&str| word.split_once(*part).is_some_and(|(_, facts)| !are_known(reader, facts));
    state == State::Done && FACETS.iter().any(is_unknown)
}

/// Takes the level from the facts behind the status of a heading: `blocked · P1`. In words they may tell how large it is.
pub(super) fn take_level(reader: &Reader<'_>, draft: &mut Draft) {
    if draft.item.level.is_none() && priority::has_code(&draft.item.state_text) {
        let facts = draft.item.state_text.split(['·', '|', '•', ',', '/', '–', '—']);
        draft.set_level(facts.into_iter().find_map(|fact| priority::whole(reader.terms, fact)));
    }
}
