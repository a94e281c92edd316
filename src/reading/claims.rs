//! What the text claims about its own readiness, gates that it states in prose, and when it was last updated.

use super::phrase::{contains_phrase, is_bounded, normalise};
use super::vocabulary::{Column, Context, Tag};
use super::{Reader, date, lines};
use crate::finding::{Code, Finding};
use crate::markdown::{Block, NodeId};
use crate::model::{Claim, ClaimKind, DateAt, GateSentence, Tally};
use crate::source::{RelPath, Span};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

const READY: &[&str] = &[
    "readiness",
    "ready",
    "complete",
    "completed",
    "completion",
    "progress",
    "done",
    "finished",
    "preparado",
    "listo",
    "completado",
    "progreso",
    "avance",
    "prêt",
    "avancement",
    "terminé",
    "bereit",
    "fertig",
    "fortschritt",
    "erledigt",
    "pronto",
    "concluído",
    "progresso",
    "完成",
    "進捗",
    "완료",
];
/// Words before "2 of 3" that number the parts of a whole.
const PARTS: [&str; 15] = [
    "step", "part", "phase", "stage", "page", "week", "day", "sprint", "wave", "batch", "chapter", "round", "paso",
    "teil", "étape",
];
/// Words behind "2 of 3" that go on with the sentence.
const JOINS: [&str; 9] = ["are", "is", "have", "so", "in", "on", "of", "the", "and"];
const NOT_WHOLE: &[&str] = &[
    "coverage",
    "uptime",
    "availability",
    "error",
    "cpu",
    "memory",
    "latency",
    "points",
    "pts",
    "score",
    "rollout",
    "traffic",
];
/// Words of rows that speak of the whole; of completion and progress other measures speak too.
const ROW: [&str; 8] = ["readiness", "ready", "preparado", "listo", "prêt", "bereit", "pronto", "完成"];
/// Words of rows that say what is wanted, not what is.
const WANTED: [&str; 8] = ["target", "goal", "threshold", "minimum", "required", "objective", "ziel", "objetivo"];
/// What a sentence that states a gate speaks of.
const THINGS: &[&str] = &[
    "item",
    "items",
    "gate",
    "gates",
    "check",
    "checks",
    "p0",
    "box",
    "boxes",
    "criteria",
    "criterion",
    "row",
    "rows",
];
/// Words for one of them that is not done, in sentences that say what it blocks.
const SOME: &[&str] = &["any", "every", "each", "unchecked", "open", "unfinished", "failed", "incomplete", "one"];
/// What sentences say that ask for all of them.
const MUST: &[&str] = &["must be", "must pass", "are required", "must all"];
/// What has to wait for that.
const BEFORE: &[&str] =
    &["before", "release", "launch", "production", "go live", "ship", "done", "complete", "go decision"];

/// What lines that say something of this have in them: "of" or its like between two numbers, capitals, words of gates.
static HINTS: LazyLock<AhoCorasick> =
    LazyLock::new(|| automaton(&["READY", "block", "must", "require", " of ", " de ", " von ", " sur ", " out "]));
/// The words of [`NOT_WHOLE`], and behind them those of [`READY`].
static SUBJECTS: LazyLock<AhoCorasick> = LazyLock::new(|| automaton(&[NOT_WHOLE, READY].concat()));

fn automaton(words: &[&str]) -> AhoCorasick {
    #[expect(clippy::expect_used, reason = "building fails only beyond 2^31 states")]
    AhoCorasick::new(words).expect("a few words fit")
}

/// Reads the lines of a heading, paragraph or bullet that no item stands in. Almost no line says anything of this:
/// each question first looks at the bytes for what every answer has.
pub(super) fn read_block(reader: &mut Reader<'_>, node: NodeId) {
    let tree = reader.tree;
    for line in lines::of(tree, node) {
        let source = tree.source(line.span());
        let digits = source.bytes().any(|byte| byte.is_ascii_digit());
        let labelled = digits && source.bytes().take(48).any(|byte| byte == b':' || byte == 0xEF);
        let (mut loud, mut gate, mut of) = (false, false, false);
        for hint in HINTS.find_iter(source) {
            match hint.pattern().as_usize() {
                0 => loud = true,
                1..4 => gate = source.len() > 20,
                _ => of = true,
            }
        }
        let numbers = digits && (of || memchr::memchr2(b'%', b'/', source.as_bytes()).is_some());
        if !(labelled || numbers || loud || gate) {
            continue;
        }
        let text = line.text(tree);
        let span = line.span();
        if labelled {
            updated(reader, &text, span);
        }
        if (numbers || loud) && text.len() <= 160 {
            claim(reader, &text, span, tree.node(node).block);
        }
        if gate {
            gate_sentences(reader, &text, span);
        }
    }
}

/// Reads a row of two cells with a percentage, `| Production readiness | 91% |`, as a line of prose. What sums up sections
/// by name is no claim of its own.
pub(super) fn read_row(reader: &mut Reader<'_>, row: NodeId) {
    let tree = reader.tree;
    let span = tree.node(row).span;
    let is_rollup = || reader.rollups.iter().any(|(rollup, _)| rollup.span == span);
    if memchr::memchr(b'%', tree.source(span).as_bytes()).is_none() || is_rollup() {
        return;
    }
    let mut cells = tree.children(row).map(|cell| tree.plain(tree.pieces(cell)));
    if let (Some(key), Some(value), None) = (cells.next(), cells.next(), cells.next()) {
        let phrase = normalise(&key);
        let has = |words: &[&str]| words.iter().any(|word| contains_phrase(&phrase, word));
        if has(&ROW) && !has(&WANTED) {
            claim(reader, &format!("{key}: {value}"), span, Block::Row);
        }
    }
}

fn updated(reader: &mut Reader<'_>, text: &str, span: Span) {
    let pairs = lines::pairs(reader.terms, text).into_iter();
    let found = pairs.filter(|(tag, _)| *tag == Tag::Updated).find_map(|(_, value)| date::find(value));
    if let Some(date) = found.filter(|_| reader.list.last_updated.is_none()) {
        reader.list.last_updated = Some(DateAt { date, span });
    }
}

fn claim(reader: &mut Reader<'_>, text: &str, span: Span, block: Block) {
    let phrase = normalise(text);
    let mut ready = false;
    for subject in SUBJECTS.find_overlapping_iter(&phrase).filter(|subject| is_bounded(&phrase, subject.range())) {
        if subject.pattern().as_usize() < NOT_WHOLE.len() {
            return;
        }
        ready = true;
    }
    let heading = matches!(block, Block::Heading(_));
    let is_item = |noun: &str| {
        let known = |noun: &str| reader.terms.words.column(noun) == Some(Column::Item) || READY.contains(&noun);
        known(noun) || reader.terms.state(noun).is_some() || noun.strip_suffix('s').is_some_and(known)
    };
    let count = count(&phrase, is_item).filter(|_| heading || ready);
    let percent = percent(&phrase).filter(|_| ready || count.is_some());
    let whole =
        contains_phrase(&phrase, "status") || contains_phrase(&phrase, "verdict") || phrase.split(' ').count() <= 5;
    let verdict = verdict(text).filter(|_| whole && percent.is_none() && count.is_none());
    let kind = match (percent, count, verdict) {
        (Some(_), _, _) => ClaimKind::Percent,
        (None, Some(_), _) => ClaimKind::Count,
        (None, None, Some(_)) => ClaimKind::Verdict,
        (None, None, None) => return,
    };
    let text = text.trim().to_owned();
    reader
        .pending
        .push(Pending { claim: Claim { text, percent, count, ready: verdict, kind, agrees: true, span }, heading });
}

/// A claim that is compared once all items are known.
pub(super) struct Pending {
    /// The claim.
    pub claim: Claim,
    /// Whether it stands in a heading, and so speaks of that section.
    pub heading: bool,
}

/// A whole number of percent at most 100.
fn percent(phrase: &str) -> Option<u32> {
    let at = phrase.find('%')?;
    let before = phrase[..at].trim_end();
    let start = before
        .rfind(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let glued = before[..start].ends_with(['<', '>', '≥', '≤', '+', '~']);
    let number: f64 = before[start..].parse().ok()?;
    (number <= 100.0 && !glued).then_some(number as u32)
}

/// "19 of 60", "14/14"; "3 of 5 regions" is no count of items, nor is "step 2 of 3".
fn count(phrase: &str, is_item: impl Fn(&str) -> bool) -> Option<(u32, u32)> {
    let words: Vec<&str> = phrase.split([' ', '(', ')', '[', ']', ',', ':']).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| word.parse::<u32>().ok();
    let is_part = |at: usize| at > 0 && PARTS.contains(&words[at - 1]);
    let counts = |behind: usize| {
        let noun = words.get(behind).filter(|noun| noun.starts_with(char::is_alphabetic));
        noun.is_none_or(|noun| is_item(noun) || JOINS.contains(noun))
    };
    let spelled = words.windows(3).enumerate().find_map(|(at, three)| {
        let of = matches!(three[1], "of" | "de" | "von" | "sur" | "out") && !is_part(at) && counts(at + 3);
        Some((number(three[0])?, number(three[2])?)).filter(|_| of)
    });
    let slashed = || {
        words.iter().enumerate().find_map(|(at, word)| {
            let (done, all) = word.split_once('/')?;
            Some((number(done)?, number(all)?)).filter(|_| !is_part(at) && counts(at + 1))
        })
    };
    spelled.or_else(slashed).filter(|&(done, all)| done <= all && all > 0)
}

/// What capitals say of the whole: "READY FOR LAUNCH".
fn verdict(text: &str) -> Option<bool> {
    const NOT: [&str; 3] = ["NOT READY", "NOT PRODUCTION READY", "NOT PRODUCTION-READY"];
    const YES: [&str; 6] = [
        "READY FOR LAUNCH",
        "READY FOR PRODUCTION",
        "PRODUCTION READY",
        "PRODUCTION-READY",
        "LAUNCH READY",
        "READY TO SHIP",
    ];
    if NOT.iter().any(|word| text.contains(word)) {
        return Some(false);
    }
    YES.iter().any(|word| text.contains(word)).then_some(true)
}

/// Sentences such as "Any unchecked item blocks the release".
fn gate_sentences(reader: &mut Reader<'_>, text: &str, span: Span) {
    for sentence in text.split_inclusive(['.', '!']).filter(|sentence| sentence.len() < 300) {
        let phrase = normalise(sentence);
        let says = |words: &[&str]| words.iter().any(|word| contains_phrase(&phrase, word));
        let begins = |words: &[&str]| words.iter().any(|word| phrase.starts_with(word));
        let blocks = says(&["blocks", "block the", "blocks the", "will block", "must block"]) && says(SOME);
        let requires = || says(MUST) && (begins(&["all", "every", "each"]) || says(&["all items"])) && says(BEFORE);
        if (blocks || requires()) && says(THINGS) {
            let text = sentence.trim().to_owned();
            let help = "to make it a rule, add to readybook.toml:\n[gate]\nrequire = [\"all\"]";
            reader.find(Code::GateInProse, span, &format!("this sentence states a gate: {text}"), help);
            reader.list.gates.push(GateSentence { text, span });
        }
    }
}

impl Reader<'_> {
    /// Compares every claim with the count that it is about. Where the document has no items to compare it with, that is
    /// left to the site.
    pub(super) fn compare_claims(&mut self) {
        for Pending { mut claim, heading } in std::mem::take(&mut self.pending) {
            let section =
                self.outline.section_at(claim.span.start).map(|index| self.list.sections[index as usize].tally);
            let whole = self.list.tally;
            let tallies: Vec<_> =
                if heading { section.into_iter().collect() } else { std::iter::once(whole).chain(section).collect() };
            if tallies.iter().any(|tally| tally.scope() > 0) {
                claim.agrees = tallies.iter().any(|&tally| claim.holds_for(tally));
                if !claim.agrees {
                    let tally = tallies.first().copied().unwrap_or(whole);
                    self.findings.push(disagreement(&self.source.path, &claim, tally));
                }
            }
            self.list.claims.push(claim);
        }
    }

    /// Whether a block belongs to what is read as prose.
    pub(super) fn is_prose(&self, node: NodeId) -> bool {
        !self.outline.is_within(self.tree, node, Context::Legend)
    }
}

/// A claim that the count does not bear out.
#[must_use]
pub fn disagreement(path: &RelPath, claim: &Claim, tally: Tally) -> Finding {
    let percent = tally.percent().map(|percent| format!(", {percent} %")).unwrap_or_default();
    let (done, scope) = (tally.done(), tally.scope());
    let message = format!("the text claims \"{}\"; counted are {done} of {scope} done{percent}", claim.text);
    Finding::new(Code::ClaimDisagrees, path.clone(), Some(claim.span), message)
        .help("correct the claim, or remove it: the count is on the page")
}
