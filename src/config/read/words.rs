//! The tables that name words: levels, states, owners, codes of findings.

use super::Reader;
use crate::config::Owner;
use crate::config::file::{FindingLevel, LevelKeys, LevelsKeys, OwnerKeys};
use crate::config::keys::Names;
use crate::config::node::Node;
use crate::finding::{Code, Severity};
use crate::model::{Ladder, Level, State, Step};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

impl Reader<'_> {
    pub(super) fn levels(&mut self, keys: &LevelsKeys) -> (Ladder, Vec<(Level, Vec<String>)>) {
        let mut ladder = Ladder::default();
        if let Some(order) = &keys.order {
            let usual = std::mem::take(&mut ladder.steps);
            for key in order.iter().flatten() {
                let label = usual.iter().find(|step| step.key == *key).map_or(key, |step| &step.label);
                ladder.steps.push(Step { key: key.clone(), label: label.clone() });
            }
        }
        let node = self.node;
        let mut words = Vec::new();
        for entry in node.get("levels").map(Node::entries).unwrap_or_default() {
            let Some(keys) = keys.words.get(&entry.key) else { continue };
            let Some(level) = ladder.find(&entry.key) else {
                self.unknown("level", &entry.key, entry.at, ladder.steps.iter().map(|step| step.key.as_str()));
                continue;
            };
            let (label, own) = match keys {
                LevelKeys::Words(words) => (None, words),
                LevelKeys::Table(table) => (table.label.as_ref(), &table.words),
            };
            if let Some(label) = label {
                ladder.steps[usize::from(level.0)].label.clone_from(label);
            }
            words.push((level, own.iter().flatten().cloned().collect()));
        }
        self.check_ladder(&mut ladder);
        (ladder, words)
    }

    /// A ladder has steps, each with its own key, and not more than a [`Level`] can number.
    fn check_ladder(&mut self, ladder: &mut Ladder) {
        let span = self.node.get("levels").map_or(self.node.span, |table| table.place("order"));
        let mut seen = BTreeSet::new();
        let double = ladder.steps.iter().find(|step| !seen.insert(step.key.to_lowercase()));
        let message = match double {
            Some(step) => format!("the level `{}` is named twice", step.key),
            None if ladder.steps.is_empty() => "no level at all".to_owned(),
            None if ladder.steps.len() > 32 => "more than 32 levels".to_owned(),
            None if seen.contains("none") || seen.contains("") => "`none` and `` are no names for a level".to_owned(),
            None => return,
        };
        self.fault(span, message, "write it as in order = [\"P0\", \"P1\", \"P2\"]");
        *ladder = Ladder::default();
    }

    pub(super) fn states(&mut self, mut keys: BTreeMap<String, Names>) -> Vec<(State, Vec<String>)> {
        let node = self.node;
        let mut states = Vec::new();
        for entry in node.get("states").map(Node::entries).unwrap_or_default() {
            let Some(words) = keys.remove(&entry.key) else { continue };
            match State::from_name(&entry.key) {
                Some(State::Waived) => {
                    let message = "no word makes an item waived".to_owned();
                    self.fault(entry.at, message, "write a [[waiver]] with item, reason, owner and expires");
                }
                Some(state) => states.push((state, words.list())),
                None => {
                    let words = State::ALL.into_iter().filter(|state| *state != State::Waived).map(State::name);
                    self.unknown("state", &entry.key, entry.at, words);
                }
            }
        }
        states
    }

    pub(super) fn owners(&mut self, mut keys: BTreeMap<String, OwnerKeys>) -> Vec<Owner> {
        let node = self.node;
        let mut owners = Vec::new();
        for entry in node.get("owners").map(Node::entries).unwrap_or_default() {
            let Some(keys) = keys.remove(&entry.key) else { continue };
            let link = self.link(keys.link, entry.node.place("link"));
            owners.push(Owner { name: entry.key.clone(), aliases: keys.aliases.list(), kind: keys.kind, link });
        }
        owners
    }

    fn link(&mut self, link: Option<String>, span: Span) -> Option<String> {
        match link {
            Some(link) if link.starts_with("mailto:") && !link.contains(char::is_whitespace) => Some(link),
            link => self.url(link, span),
        }
    }

    pub(super) fn severities(&mut self, keys: &BTreeMap<String, FindingLevel>) -> BTreeMap<Code, Option<Severity>> {
        let node = self.node;
        let mut severities = BTreeMap::new();
        for entry in node.get("findings").map(Node::entries).unwrap_or_default() {
            let Some(level) = keys.get(&entry.key) else { continue };
            match Code::ALL.iter().find(|code| code.name() == entry.key) {
                Some(&code) => {
                    severities.insert(code, level.severity());
                }
                None => self.unknown("code", &entry.key, entry.at, Code::ALL.iter().map(|code| code.name())),
            }
        }
        severities
    }
}
