//! Boxes that are no items: answers to a question, choices, conditions that must not hold, blanks to sign, and boxes
//! outside lists.

use crate::finding::Code;
use crate::markdown::{Block, Inline, NodeId, Tree};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::outline::{Place, label};
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::vocabulary::{Context, Tag};
use crate::reading::{Reader, lines, signoffs, status};
use rustc_hash::FxHashSet as HashSet;
use std::cell::OnceCell;

/// The most bytes of a label that asks for a level, markup and all.
const QUESTION: usize = 80;

/// Whether a list of boxes is no checklist: approvals below a label, or conditions that must not hold.
pub(super) fn is_excluded(reader: &mut Reader<'_>, place: Place) -> bool {
    let (tree, words) = (reader.tree, reader.terms.words);
    let label = label(tree, place).map(|label| normalise(&label));
    let is_label =
        |context| label.as_deref().is_some_and(|label| label.split(' ').count() <= 8 && words.is(context, label));
    let above = place
        .before
        .filter(|&id| tree.node(id).block == Block::Paragraph)
        .map(|id| normalise(&tree.plain(tree.pieces(id))));
    if place.before.is_some_and(|before| is_bold_question(tree, before)) {
        let span = tree.node(place.node).span;
        let message = "these boxes answer the question above them, so they are not items";
        let answers = tree.children(place.node).all(|item| is_radio_word(reader.terms, &lines::lead(tree, item)));
        if !answers {
            reader.find(Code::AmbiguousGlyphs, span, message, "put them below a heading to count them");
        }
        return true;
    }
    let chooses = |text: &str| words.is(Context::Choice, text);
    if label.as_deref().is_some_and(chooses) || reader.outline.is_within(tree, place.node, Context::Choice) {
        let span = tree.node(place.node).span;
        let message = "these boxes choose what this is, so they are not items";
        reader.find(Code::AmbiguousGlyphs, span, message, "put them below another heading to count them");
        return true;
    }
    if is_sample(reader, place) {
        return true;
    }
    let is_flags = || label.as_deref().is_some_and(|label| words.phrases.is_flags(label));
    let of_health = |title: &str| words.phrases.is_of_health(title);
    let inverted = is_flags() && reader.calls_itself(of_health)
        || above.as_deref().is_some_and(|text| words.is(Context::Inverted, text))
        || reader.outline.is_within(tree, place.node, Context::Inverted)
            && !above.as_deref().is_some_and(|text| words.is_upright(text));
    if inverted {
        let span = tree.node(place.node).span;
        reader.find(
            Code::AmbiguousInverted,
            span,
            "these boxes are conditions that must not hold, so they are not items",
            "turn them round (what must hold) to count them",
        );
        return true;
    }
    let is_legend = is_label(Context::Legend) || reader.outline.is_within(tree, place.node, Context::Legend);
    if is_legend && !tree.has_box(place.node) {
        return true;
    }
    let approval = reader.outline.is_within(tree, place.node, Context::Approval);
    let asks = |label: &str| words.signoffs.asks.stand_in(label);
    let is_asked = || is_label(Context::Approval) || label.as_deref().is_some_and(asks);
    if (approval || is_asked()) && signoffs::read_roles(reader, place.node) {
        return true;
    }
    if is_label(Context::Approval) || (approval && signoffs::has_blanks(reader, place.node)) {
        return reader.approvals(place.node);
    }
    false
}

/// Whether the heading of a list says that it is an example or a template, of which a finding tells.
fn is_sample(reader: &mut Reader<'_>, place: Place) -> bool {
    let span = reader.tree.node(place.node).span;
    let section = reader.outline.section_at(span.start).map(|index| reader.outline.section(index));
    // A whole document may be a sample that is filled in.
    let is_sample = section.is_some_and(|part| part.heading > 0 && reader.terms.words.is_sample(&part.phrase));
    if is_sample {
        let message = "these boxes are an example or template, so they are not items";
        reader.find(Code::AmbiguousGlyphs, span, message, "put them below another heading to count them");
    }
    is_sample
}

/// How many entries of a list are answers to one question, at least two of them and each another one: all of them, or
/// those before entries without a box, which Markdown joins to them over an empty line.
pub(super) fn radio_answers(terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) -> usize {
    let mut answers = HashSet::default();
    let is_rating = OnceCell::new();
    let is_level = |phrase: &String| terms.words.level(phrase).is_some();
    for item in tree.children(list) {
        let lead = lines::lead(tree, item);
        // Answers are short, and most tasks are not.
        let found = answer(&lead).and_then(|head| {
            let explained = || {
                let is_rating = head.len() < lead.len() && *is_rating.get_or_init(|| asks_for_level(terms, tree, list));
                if is_rating { Some(normalise(head)).filter(is_level) } else { None }
            };
            let phrase = normalise(head);
            if terms.words.is_radio(&phrase) {
                return Some(phrase);
            }
            let whole = if head.len() < lead.len() { normalise(&lead) } else { phrase };
            Some(whole).filter(is_level).or_else(explained)
        });
        if !found.is_some_and(|answer| answers.insert(answer)) {
            if answers.len() > 1 && are_joined(terms, tree, list, answers.len()) {
                break;
            }
            return 0;
        }
    }
    // Nobody chooses between `Approved` and `Ready`.
    let is_choice =
        answers.len() > 1 && !answers.iter().all(|answer| status::words(terms, answer) == Some(State::Done));
    if is_choice { answers.len() } else { 0 }
}

/// Whether the first entries of a list have boxes and none of the others has.
fn are_joined(terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId, answers: usize) -> bool {
    let is_task = |item: NodeId| super::task(terms, tree, item).is_some();
    let mut entries = tree.children(list);
    entries.by_ref().take(answers).all(is_task) && !entries.any(is_task)
}

/// Tells of the entries that stand in one list with the answers before them and say no state.
pub(super) fn tell_joined(reader: &mut Reader<'_>, list: NodeId, answers: usize) {
    let (terms, tree) = (reader.terms, reader.tree);
    let is_read = |&item: &NodeId| tree.has_box(item) || super::worded_task(terms, tree, item).is_some();
    if let Some(item) = tree.children(list).skip(answers).find(|item| !is_read(item)) {
        let message =
            "the list goes on behind the answers to one question with entries without a box; they are not items";
        let help = "begin each with `- [ ] `, below a heading or line of its own";
        reader.warn(Code::AmbiguousGlyphs, tree.node(item).span, message, help);
    }
}

/// Whether a list of boxes explains its marks: each entry names the state of its own box and nothing else.
pub(super) fn explains_marks(terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) -> bool {
    let mut marks = Vec::new();
    let is_name = |item: NodeId| {
        let is_short = |lead: NodeId| tree.node(lead).span.len() <= 48;
        let task =
            lines::lead_node(tree, item).filter(|&lead| is_short(lead)).and_then(|_| super::task(terms, tree, item));
        // `- [x] = done`
        let meaning = |text: &str| normalise(text.trim_start_matches(['=', ' ']));
        let named = task.filter(|task| terms.state(&meaning(&task.text)) == Some(task.state));
        let new = named.filter(|task| !marks.contains(&task.mark_text));
        new.map(|task| marks.push(task.mark_text)).is_some()
    };
    tree.children(list).all(is_name) && marks.len() > 1
}

/// Whether a text is one of the answers to a question, what explains it behind a stop left out: `GO - proceed`.
pub(in crate::reading) fn is_radio_word(terms: &Terms<'_>, text: &str) -> bool {
    answer(text).is_some_and(|head| terms.words.is_radio(&normalise(head)))
}

/// Tells of a list of answers that go on behind a dash, colon or comma, as tasks do too. Behind a long dash most decisions
/// explain themselves where one is asked for.
pub(super) fn tell_choice(reader: &mut Reader<'_>, list: NodeId) {
    let tree = reader.tree;
    let is_asked = !asks_for_level(reader.terms, tree, list) && is_decision(reader, list);
    let goes_on =
        |lead: &str| lead.contains([',', ':', '：']) || lead.contains(" - ") || !is_asked && lead.contains(['–', '—']);
    if tree.children(list).any(|item| goes_on(&lines::lead(tree, item))) {
        let message = "these boxes are answers to one question, so they are not items";
        let help = "begin each with what has to be done to make it an item";
        reader.find(Code::AmbiguousGlyphs, tree.node(list).span, message, help);
    }
}

/// Whether a list stands below a label or heading of a decision.
fn is_decision(reader: &Reader<'_>, list: NodeId) -> bool {
    let tree = reader.tree;
    let above = list.checked_sub(1).filter(|&id| tree.node(id).block == Block::Paragraph);
    let label = above.map(|id| normalise(&tree.plain(tree.pieces(id))));
    let is_one = |text: &str| reader.terms.words.is(Context::Decision, text);
    label.as_deref().is_some_and(is_one) || reader.outline.is_within(tree, list, Context::Decision)
}

/// A text up to what explains it behind a stop, where both are as short as answers are.
fn answer(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if text.len() >= 120 {
        return None;
    }
    let bytes = text.as_bytes();
    let is_stop = |&at: &usize| match bytes[at] {
        b':' | b'(' | b',' => true,
        b' ' => bytes[at..].starts_with(b" - "),
        0xE2 | 0xEF => text[at..].starts_with(['—', '–', '：', '（']),
        _ => false,
    };
    let head = (0..bytes.len()).find(is_stop).map_or(text, |end| &text[..end]);
    (head.len() < 60).then_some(head)
}

/// Whether the label or heading right above a list asks for the level of something and for nothing else: `Risk level:`.
/// Below `Priority` alone tasks may stand, each with its own.
fn asks_for_level(terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) -> bool {
    let is_label = |&id: &NodeId| {
        matches!(tree.node(id).block, Block::Paragraph | Block::Heading(_)) && tree.node(id).span.len() <= QUESTION
    };
    let above = list.checked_sub(1).filter(is_label);
    let phrase = above.map(|id| normalise(&tree.plain(tree.pieces(id)))).unwrap_or_default();
    let words = || cut_parenthesis(&phrase).0.split(' ');
    let is_level = |word: &str| terms.words.tag(word) == Some(Tag::Priority) || terms.words.is_grade(word);
    let rates = |word: &str| terms.words.phrases.rates(word);
    words().any(is_level) && words().any(rates) && words().all(|word| is_level(word) || rates(word))
}

/// Whether one item offers several boxes, each before an answer, `☐ GO ☐ NO-GO`, or a decision with its ways out:
/// `Decision: GO / NO-GO`.
pub(super) fn is_choice(terms: &Terms<'_>, tree: &Tree<'_>, id: NodeId) -> bool {
    let Some(lead) = lines::lead_node(tree, id) else { return false };
    let source = tree.source(tree.node(lead).span);
    // Almost every item is ruled out by its bytes: no bracket, no slash and none of the drawn boxes, which all begin
    // with E2.
    if source.len() > 240 || memchr::memchr3(b'[', 0xE2, b'/', source.as_bytes()).is_none() {
        return false;
    }
    let text: String =
        tree.pieces(lead).iter().filter(|piece| piece.inline == Inline::Text).map(|piece| tree.text(piece)).collect();
    // A slash alone may stand between the ways of a decision, behind its name.
    if text.is_ascii() && memchr::memchr2(b'[', b':', text.as_bytes()).is_none() {
        return false;
    }
    let text =
        if text.contains('[') { text.replace("[ ]", "☐").replace("[x]", "☑").replace("[X]", "☑") } else { text };
    let mut options = text.split(|c: char| terms.words.boxes.is_one(c));
    let before = options.next().unwrap_or_default().trim();
    let gfm = matches!(tree.node(id).block, Block::Item(Some(_)));
    let (label, first) = before.split_once([':', '：']).unwrap_or_default();
    let options: Vec<&str> = options.collect();
    if terms.words.is(Context::Decision, &normalise(label)) && text.len() <= 160 {
        let ways: Vec<&str> = first.split(['/', '|']).filter(|way| !way.trim().is_empty()).collect();
        return options.len() > 1 || ways.len() > 1 && ways.iter().all(|way| is_option(terms, way));
    }
    let options: Vec<&str> = gfm.then_some(before).into_iter().chain(options).collect();
    options.len() > 1 && options.iter().all(|option| is_option(terms, option))
}

fn is_option(terms: &Terms<'_>, option: &str) -> bool {
    let (head, _) = cut_parenthesis(option);
    let phrase = normalise(head.trim_matches(|c: char| !c.is_alphanumeric()));
    !phrase.is_empty() && terms.is_answer(&phrase)
}

/// Whether a plain item is a bold question.
pub(super) fn is_question(tree: &Tree<'_>, id: NodeId) -> bool {
    lines::lead_node(tree, id).is_some_and(|lead| {
        let bold = matches!(tree.pieces(lead).first().map(|piece| piece.inline), Some(Inline::Strong));
        bold && tree.plain(tree.pieces(lead)).trim_end().ends_with('?')
    })
}

/// Whether a paragraph is a bold question and nothing else.
fn is_bold_question(tree: &Tree<'_>, node: NodeId) -> bool {
    let mut rows = lines::of(tree, node);
    let question = |line: lines::Line<'_>| line.is_bold() && line.text(tree).trim_end().ends_with(['?', '？']);
    tree.node(node).block == Block::Paragraph && rows.next().is_some_and(question) && rows.next().is_none()
}
