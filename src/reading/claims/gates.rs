//! Gates that the text states in prose: "Any unchecked item blocks the release".

use crate::finding::Code;
use crate::model::GateSentence;
use crate::reading::Reader;
use crate::reading::phrase::normalise;
use crate::reading::vocabulary::says;
use crate::source::Span;

/// Reads the sentences of a line that say what has to be done before going ahead.
pub(super) fn read(reader: &mut Reader<'_>, text: &str, span: Span) {
    for sentence in text.split_inclusive(['.', '!', '。']).filter(|sentence| sentence.len() < 300) {
        if states_gate(reader, &normalise(sentence)) {
            let text = sentence.trim().to_owned();
            let help = "to make it a rule, add to readybook.toml:\n[gate]\nrequire = [\"all\"]";
            reader.find(Code::GateInProse, span, &format!("this sentence states a gate: {text}"), help);
            reader.list.gates.push(GateSentence { text, span });
        }
    }
}

fn states_gate(reader: &Reader<'_>, phrase: &str) -> bool {
    let words = &reader.terms.words.told.gate_sentences;
    let things = says(phrase, &words.things);
    let begins = || words.all.iter().any(|word| phrase.starts_with(word.as_str()));
    let blocks = || {
        let what = things || says(phrase, &words.blocking);
        what && says(phrase, &words.blocks) && says(phrase, &words.some)
    };
    let requires =
        || says(phrase, &words.must) && (begins() || says(phrase, &words.all_items)) && says(phrase, &words.before);
    // `Do not ship until every box is checked`, `If any box is open, do not ship`.
    let stops = || {
        let waits = says(phrase, &words.until) && says(phrase, &words.all);
        says(phrase, &words.stops) && (waits || says(phrase, &words.whenever))
    };
    blocks() || things && (requires() || stops())
}
