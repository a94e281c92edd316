//! Gates that the text states in prose: "Any unchecked item blocks the release".

use crate::finding::Code;
use crate::model::GateSentence;
use crate::reading::Reader;
use crate::reading::phrase::normalise;
use crate::source::Span;

/// The bytes of a sentence from which on it states no gate: run together, the words of several sentences seem to.
const SENTENCE: usize = 300;

/// Reads the sentences of a line that say what has to be done before going ahead.
pub(super) fn read(reader: &mut Reader<'_>, text: &str, span: Span) {
    for sentence in text.split_inclusive(['.', '!', '。']).filter(|sentence| sentence.len() < SENTENCE) {
        if states_gate(reader, &normalise(sentence)) {
            let text = sentence.trim().to_owned();
            let help = "to make it a rule, add to readybook.toml:\n[gate]\nrequire = [\"all\"]";
            reader.find(Code::GateInProse, span, &format!("this sentence states a gate: {text}"), help);
            reader.list.gates.push(GateSentence { text, span });
        }
    }
}

fn states_gate(reader: &Reader<'_>, phrase: &str) -> bool {
    let words = &reader.terms.words.prose.gate_sentences;
    let things = words.things.stand_in(phrase);
    let begins = || words.all.iter().any(|word| phrase.starts_with(word.as_str()));
    let blocks = || {
        let what = things || words.blocking.stand_in(phrase);
        what && words.blocks.stand_in(phrase) && words.some.stand_in(phrase)
    };
    let requires = || {
        words.must.stand_in(phrase) && (begins() || words.all_items.stand_in(phrase)) && words.before.stand_in(phrase)
    };
    // `Do not ship until every box is checked`, `If any box is open, do not ship`.
    let stops = || {
        let waits = words.until.stand_in(phrase) && words.all.stand_in(phrase);
        words.stops.stand_in(phrase) && (waits || words.whenever.stand_in(phrase))
    };
    blocks() || things && (requires() || stops())
}
