//! What stands below an item and says something of it: `Owner: X` as a sub-bullet or a line of its own.

use super::left_below;
use crate::finding::Code;
use crate::markdown::{Block, NodeId, Tree};
use crate::model::{ItemKind, State};
use crate::reading::draft::Draft;
use crate::reading::reservation::takes_back;
use crate::reading::vocabulary::Tag;
use crate::reading::{Reader, lines, metadata, priority, status, suffix};
use crate::source::Span;

/// Words of the longest status below a box that may be meant as a state rather than as a sentence.
const WORDS_OF_A_STATE: usize = 3;

/// The most bytes of the code of a level that is all that a bullet says: `**P0**`.
const LEVEL: usize = 8;

impl Reader<'_> {
    /// Takes what plain sub-bullets such as `Owner: X` say about the item above them.
    pub(in crate::reading) fn details(&mut self, id: NodeId, draft: &mut Draft) {
        let tree = self.tree;
        for list in tree.children(id).filter(|&child| matches!(tree.node(child).block, Block::List { .. })) {
            self.details_in(list, draft);
        }
        for block in tree.children(id).filter(|&child| tree.node(child).block == Block::Paragraph) {
            self.detail_lines(block, draft, usize::from(lines::lead_node(tree, id) == Some(block)));
        }
        draft.item.evidence.retain(|text| !text.is_empty());
    }

    /// Takes what the bullets of a list say about the item above them.
    pub(in crate::reading) fn details_in(&mut self, list: NodeId, draft: &mut Draft) {
        let (tree, terms) = (self.tree, self.terms);
        let mut codes = Vec::new();
        for item in tree.children(list).filter(|&item| tree.node(item).block == Block::Item(None)) {
            if draft.item.state == State::Done {
                left_below::tell(self, item);
            }
            let near = lines::lead_node(tree, item).map_or("", |lead| tree.source(tree.node(lead).span));
            if !near.bytes().take(40).any(|byte| byte == b':' || byte == 0xEF) {
                // With tasks below it, it is their level.
                if near.len() <= LEVEL && draft.item.level.is_none() && tree.children(item).nth(1).is_none() {
                    codes.extend(priority::code(terms, near));
                }
                continue;
            }
            let text = lines::lead(tree, item);
            for (tag, value) in lines::pairs(terms, &text) {
                self.detail(draft, item, tag, value);
            }
        }
        // Several are what the item is about.
        if codes.len() == 1 && draft.item.level.is_none() {
            draft.set_level(codes.pop());
        }
    }

    /// Takes what lines of their own in a paragraph of an item say about it, the first `skipped` left out.
    fn detail_lines(&mut self, block: NodeId, draft: &mut Draft, skipped: usize) {
        let (tree, terms) = (self.tree, self.terms);
        for line in lines::of(tree, block).skip(skipped).filter(|line| lines::has_colon(tree, line.span())) {
            let text = line.text(tree);
            let pairs = if lines::is_fact(terms, &text) { lines::pairs(terms, &text) } else { Vec::new() };
            for (tag, value) in pairs {
                self.detail(draft, block, tag, value);
            }
        }
    }

    /// Takes what one pair of a sub-bullet says.
    fn detail(&mut self, draft: &mut Draft, bullet: NodeId, tag: Tag, value: &str) {
        let terms = self.terms;
        match tag {
            Tag::Evidence => draft.item.evidence.push(evidence(self.tree, bullet, value)),
            Tag::Status => self.compare_detail(draft, status::said(terms, value), bullet, value),
            _ => metadata::pair(terms, tag, value).into_iter().for_each(|fact| metadata::give(&mut draft.item, fact)),
        }
    }

    fn compare_detail(&mut self, draft: &mut Draft, said: status::Said, item: NodeId, value: &str) {
        if draft.item.kind != ItemKind::Task || said == status::Said::Nothing {
            return;
        }
        let span = self.tree.node(item).span;
        if said == status::Said::Unknown {
            return self.tell_unknown_detail(draft.item.state, value, span);
        }
        let said = said.state();
        if draft.item.state == State::Open && said.is_left() {
            // An empty box says only "not done"; the word says how far.
            draft.item.state = said;
            draft.item.state_text = value.trim().to_owned().into();
        } else if said.is_left() != draft.item.state.is_left() {
            let message =
                format!("the box says {}, the status says {}; the box counts", draft.item.state.label(), value.trim());
            self.find(Code::BoxAgainstWord, span, &message, "make the box and the word agree");
        }
    }
}

impl Reader<'_> {
    /// Tells of a status below a box that is no known state. A sentence there is evidence, unless it takes back a tick.
    fn tell_unknown_detail(&mut self, state: State, value: &str, span: Span) {
        let is_done = state == State::Done;
        if is_done && (takes_back(self.terms, value) || suffix::reserves(self.terms, value)) {
            let message = format!("the box says done, the status says {}; the box counts", value.trim());
            return self.find(Code::BoxAgainstWord, span, &message, "make the box and the word agree");
        }
        let is_sentence = value.split_whitespace().nth(WORDS_OF_A_STATE).is_some();
        // `complete and online` goes on from what the tick says.
        let says_done =
            || value.split_whitespace().next().and_then(|word| status::words(self.terms, word)) == Some(State::Done);
        if is_sentence || is_done && says_done() {
            return;
        }
        if is_done {
            let message = format!("`{}` is no known state; the box counts", value.trim());
            return self.find(Code::UnknownState, span, &message, "use a word that the vocabulary knows, or none");
        }
        self.tell(status::Said::Unknown, value, span);
    }
}

/// What a bullet names as evidence: the link in it, or its words.
fn evidence(tree: &Tree<'_>, item: NodeId, value: &str) -> String {
    let below = tree.below(item);
    let first = tree.links.partition_point(|link| link.node < below.start);
    let link = tree.links.get(first).filter(|link| below.contains(&link.node));
    link.map_or_else(|| value.trim().to_owned(), |link| link.target.clone().into_owned())
}
