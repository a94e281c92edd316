//! Verdicts: what a text decides of the whole, `Decision: NO-GO`, `READY FOR LAUNCH`.

use super::numbers::says_wanted;
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::{is_bounded, normalise};
use crate::reading::status;
use crate::reading::vocabulary::{PhraseList, Tag};

/// The most words of a label or a line that decides: longer ones are sentences about something else.
const WORDS: usize = 6;

/// How a line stands: for itself, or among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// As one does that is bold as a whole.
    Alone,
    /// Among other words of its line, item or paragraph.
    InText,
}

/// What a line decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Whether it is to go ahead.
    pub ready: bool,
    /// Whether it is the last word, and not the status of something or one decision of many.
    pub is_last: bool,
}

/// The verdict of a line. One that offers both answers, or has a box to tick, has none yet.
pub(super) fn read(terms: &Terms<'_>, text: &str, standing: Standing) -> Option<Verdict> {
    let is_boxed = text.contains(|c: char| terms.words.boxes.is_one(c));
    if is_boxed || status::TYPED.iter().chain(&["__"]).any(|mark| text.contains(mark)) {
        return None;
    }
    let parts: Vec<&str> = text.split(['|', '·', '•', ';']).flat_map(|part| part.split(" / ")).collect();
    let answer = |part: &str| normalise(part.rsplit([':', '：']).next().unwrap_or(part));
    if parts.iter().filter(|part| terms.words.is_radio(&answer(part))).count() > 1 || offers_both(terms, &parts) {
        return None;
    }
    let standing = if parts.len() == 1 { standing } else { Standing::InText };
    let mut verdicts = parts.iter().filter_map(|part| of_part(terms, part, standing));
    let first = verdicts.next();
    first.filter(|&first| verdicts.all(|other| other.ready == first.ready))
}

/// Whether one part ends with the word for going ahead and the next begins with that against it, as names of such
/// meetings do: `Launch go / no-go – Harbour`.
fn offers_both(terms: &Terms<'_>, parts: &[&str]) -> bool {
    let words = &terms.words.prose.verdicts;
    parts.windows(2).any(|pair| {
        let (first, second) = (normalise(pair[0]), normalise(pair[1]));
        let begins = |word: &String| second.starts_with(word.as_str()) && is_bounded(&second, 0..word.len());
        let last = first.rsplit(' ').next().unwrap_or_default();
        words.yes_loud.iter().any(|word| word == last) && words.no_go.iter().any(begins)
    })
}

/// What stands before a verdict.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    /// A label for the last word: `Final decision:`.
    Last,
    /// `Decision:`, `Recommendation:`.
    Decides,
    /// `Status:`, `Readiness:`.
    Status,
    /// Another one, or none.
    Other,
}

fn of_part(terms: &Terms<'_>, text: &str, standing: Standing) -> Option<Verdict> {
    let words = &terms.words.prose.verdicts;
    let (label, value) = text.split_once([':', '：']).unwrap_or(("", text));
    let (key, phrase) = (normalise(label), normalise(value));
    if key.split(' ').count() > WORDS
        || terms.words.prose.claims.names_part(&key)
        || says_wanted(&terms.words.prose.claims, &key)
        || terms.words.prose.claims.wanted_rows.stand_in(&key)
        || phrase.is_empty()
    {
        return None;
    }
    let verdict = |is_last: bool| move |ready| Verdict { ready, is_last };
    if words.asks.stand_in(&key) {
        return answer(terms, value).map(verdict(true));
    }
    match label_of(terms, &key) {
        Label::Other if is_last_word(terms, &key, &phrase) => starts(terms, Label::Decides, value).map(verdict(false)),
        Label::Other => other(terms, text, standing).map(verdict(false)),
        label => {
            let found = starts(terms, label, value).or_else(|| shouted(terms, value));
            found.map(verdict(label == Label::Last))
        }
    }
}

fn label_of(terms: &Terms<'_>, key: &str) -> Label {
    let words = &terms.words.prose.verdicts;
    if words.decides.stand_in(key) {
        return if words.last.stand_in(key) { Label::Last } else { Label::Decides };
    }
    let is_status = key.split(' ').any(|word| terms.words.tag(word) == Some(Tag::Status));
    if is_status || terms.words.prose.claims.is_ready(key) { Label::Status } else { Label::Other }
}

/// Whether a key that names nothing but the whole stands before the answer alone: `Overall: NO-GO`.
fn is_last_word(terms: &Terms<'_>, key: &str, phrase: &str) -> bool {
    let words = &terms.words.prose.verdicts;
    let is_answer = || words.no_go.iter().chain(words.yes_loud.iter()).any(|answer| answer == phrase);
    is_answer() && terms.words.prose.is_last_of_whole(key)
}

/// The verdict of a text without a label that is known.
fn other(terms: &Terms<'_>, text: &str, standing: Standing) -> Option<bool> {
    let words = &terms.words.prose.verdicts;
    let phrase = normalise(text);
    if phrase.split(' ').count() > WORDS {
        return None;
    }
    // `Launch NO-GO` at the end of a line of sums.
    let named = words.last.iter().find_map(|word| phrase.strip_prefix(word.as_str()));
    let rest = named.or((standing == Standing::Alone).then_some(phrase.as_str())).unwrap_or_default().trim();
    let is = |list: &PhraseList| list.iter().any(|word| word == rest);
    let exact = if is(&words.yes_loud) { Some(true) } else { is(&words.no_go).then_some(false) };
    exact
        .filter(|_| !text.contains(char::is_lowercase) || named.is_some())
        .or_else(|| shouted(terms, text).filter(|_| is_loud(text)))
}

/// The verdict that the value behind a label begins with.
fn starts(terms: &Terms<'_>, label: Label, value: &str) -> Option<bool> {
    let (words, claims) = (&terms.words.prose.verdicts, &terms.words.prose.claims);
    let is_loud = value.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).is_some_and(is_upper);
    let phrase = normalise(value);
    let phrase = phrase.as_str();
    let begins = |word: &&String| phrase.starts_with(word.as_str()) && is_bounded(phrase, 0..word.len());
    // `GO criteria`, `GO / NO-GO`.
    let names = |word: &str| {
        let rest = phrase[word.len()..].trim_start();
        rest.starts_with('/') || words.names.contains(rest.split([' ', ':', ',']).next().unwrap_or_default())
    };
    if words.not.iter().any(|word| begins(&word)) {
        return Some(false);
    }
    if let Some(word) = words.no_go.iter().find(begins) {
        return (!names(word)).then_some(false);
    }
    if (label != Label::Status || is_loud) && words.not_short.iter().any(|word| begins(&word)) {
        return Some(false);
    }
    let is_whole = !words.conditional.stand_in(phrase) && !words.no_go.stand_in(phrase);
    // `Status: READY` says nothing else; `Status: ready for review` does.
    let is_short = |word: &&String| {
        label == Label::Last || label == Label::Status && is_loud && *word == phrase && claims.is_ready(phrase)
    };
    let short = words.yes_short.iter().filter(is_short);
    let mut loud = words.yes_loud.iter().filter(|_| is_loud);
    let may = |word: &String| !names(word) && (label != Label::Status || phrase[word.len()..].starts_with(" for "));
    let is_yes = words.yes.iter().chain(short).any(|word| begins(&word))
        || loud.find(begins).is_some_and(may)
        || label != Label::Status && words.yes_loud.iter().any(|word| word == phrase);
    (is_yes && is_whole).then_some(true)
}

/// What capitals say, anywhere in a text: `ALL 8 APPS READY FOR LAUNCH`.
fn shouted(terms: &Terms<'_>, text: &str) -> Option<bool> {
    let (words, claims) = (&terms.words.prose.verdicts, &terms.words.prose.claims);
    let phrase = normalise(text);
    let mut loud = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()).filter(|word| !word.contains(char::is_lowercase)) {
        loud.push_str(word);
    }
    let loud = normalise(&loud);
    if says_wanted(claims, &phrase) {
        return None;
    }
    if words.not.stand_in(&loud) || words.not_short.stand_in(&loud) {
        return Some(false);
    }
    let is_yes = words.yes.stand_in(&loud);
    (is_yes && !words.conditional.stand_in(&phrase)).then_some(true)
}

/// Whether a text begins or ends in capitals; within it they may be a name.
fn is_loud(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let first = words.next();
    first.into_iter().chain(words.next_back()).any(is_upper)
}

fn is_upper(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

/// The answer to `Ready for go-live:`.
fn answer(terms: &Terms<'_>, value: &str) -> Option<bool> {
    status::said(terms, value).known().map(|state| state == State::Done)
}
