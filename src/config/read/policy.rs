//! The tables that make policy: the gate, waivers, folders.

use super::Reader;
use crate::config::file::{FolderKeys, GateKeys};
use crate::config::keys::{Names, WaiverKeys};
use crate::config::node::{Entry, Node};
use crate::config::{DocumentGate, Folder, Gate, Glob, Rule};
use crate::model::{Ladder, WaiverRequest};
use crate::source::Span;

impl Reader<'_> {
    pub(super) fn gate(&mut self, keys: &GateKeys, ladder: &Ladder) -> Gate {
        let node = self.node.get("gate");
        let places = node.and_then(|node| node.get("require")).map(Node::list).unwrap_or_default();
        let require = keys.require.as_ref().map(|rules| {
            let rules = rules.iter().zip(places);
            rules.filter_map(|(rule, place)| self.rule(rule.as_ref()?, place.span, ladder)).collect()
        });
        let documents = node.and_then(|node| node.get("documents")).map(Node::entries).unwrap_or_default();
        let documents = documents.iter().map(|entry| self.document_gate(entry, keys.documents.get(&entry.key), ladder));
        Gate { require, documents: documents.collect() }
    }

    fn document_gate(&mut self, entry: &Entry, names: Option<&Names>, ladder: &Ladder) -> DocumentGate {
        let path = Glob::new(&entry.key);
        let rules: Vec<(Span, &str)> = match names {
            Some(Names::One(text)) => vec![(entry.node.span, text)],
            Some(Names::Many(texts)) => {
                let places = entry.node.list().iter().map(|place| place.span);
                places.zip(texts).filter_map(|(span, text)| Some((span, text.as_deref()?))).collect()
            }
            Some(Names::None(())) | None => Vec::new(),
        };
        let rules = rules.into_iter().filter_map(|(span, text)| self.rule(text, span, ladder));
        DocumentGate { rules: rules.map(|rule| rule.within(path.clone())).collect(), path }
    }

    fn rule(&mut self, text: &str, span: Span, ladder: &Ladder) -> Option<Rule> {
        match Rule::parse(text, ladder) {
            Ok(rule) => Some(Rule { span: Some(span), ..rule }),
            Err(fault) => {
                self.fault(span, fault.message, fault.help);
                None
            }
        }
    }

    pub(super) fn waivers(&mut self, keys: Vec<Option<WaiverKeys>>) -> Vec<WaiverRequest> {
        let places = self.node.get("waiver").map(Node::list).unwrap_or_default();
        let waivers = keys.into_iter().zip(places);
        waivers.filter_map(|(keys, place)| Some(keys?.meaning(place, self.faults))).collect()
    }

    pub(super) fn folders(&mut self, keys: Vec<Option<FolderKeys>>) -> Vec<Folder> {
        let places = self.node.get("folder").map(Node::list).unwrap_or_default();
        let mut folders = Vec::new();
        for (keys, place) in keys.into_iter().zip(places) {
            let Some(keys) = keys else { continue };
            let Some(path) = keys.path else {
                self.fault(place.span, "a folder without `path`".to_owned(), "name it, as in path = \"drills\"");
                continue;
            };
            folders.push(Folder {
                path: Glob::new(&path),
                front: keys.front.meaning(place, self.faults),
                grants: keys.grants.into_iter().flatten().collect(),
                span: Some(place.span),
            });
        }
        folders
    }
}
