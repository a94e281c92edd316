//! Documents that rows connect, and what merging made of them: it is the same for as long as the group is.

use super::merge::{Pair, Subject};
use super::{Document, DocumentId, Reference, Shared};
use crate::finding::Finding;
use crate::source::RelPath;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The groups of the last site, by the first document of each.
#[derive(Debug, Default)]
pub(super) struct Merged(BTreeMap<DocumentId, Group>);

/// Documents that rows connect.
#[derive(Debug)]
pub(super) struct Group {
    /// By id.
    members: Vec<Member>,
    /// What merging made of them, once it has.
    outcome: Option<Outcome>,
}

/// A document of a group, before it is merged.
#[derive(Debug)]
struct Member {
    id: DocumentId,
    read: Shared,
    /// The rows of it that stand for something.
    pairs: Vec<Pair>,
}

#[derive(Debug)]
struct Outcome {
    /// By member.
    documents: Vec<(Shared, Arc<Vec<Reference>>)>,
    findings: Vec<Finding>,
}

impl Merged {
    /// The same group with what merging made of it, where the last site had it.
    pub(super) fn complete(&mut self, group: Group) -> Group {
        let first = group.members.first().map(|member| member.id);
        let known = first.and_then(|first| self.0.remove(&first)).filter(|known| known.is_same(&group));
        known.unwrap_or(group)
    }

    /// Keeps a group that is merged.
    pub(super) fn keep(&mut self, group: Group) {
        if let Some(first) = group.members.first() {
            self.0.insert(first.id, group);
        }
    }

    /// What was found while merging.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.0.values().filter_map(|group| group.outcome.as_ref()).flat_map(|outcome| &outcome.findings)
    }
}

impl Group {
    /// The groups of documents that the rows of `plan` connect.
    pub(super) fn all(documents: &[Document], plan: &[Vec<Pair>]) -> Vec<Self> {
        let mut chains = Chains((0..plan.len()).collect());
        for (from, pairs) in plan.iter().enumerate() {
            for (_, subject) in pairs {
                chains.join(from, subject.document().0 as usize);
            }
        }
        let mut groups: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
        for (at, id) in (0..plan.len()).zip((0..).map(DocumentId)) {
            let first = chains.first(at);
            if first == at {
                continue;
            }
            let member = |at: usize, id| Member { id, read: documents[at].checklist.clone(), pairs: plan[at].clone() };
            let group = groups.entry(first);
            let group =
                group.or_insert_with(|| vec![member(first, DocumentId(u32::try_from(first).unwrap_or(u32::MAX)))]);
            group.push(member(at, id));
        }
        groups.into_values().map(|members| Self { members, outcome: None }).collect()
    }

    /// Whether it is known what merging makes of it.
    pub(super) fn is_merged(&self) -> bool {
        self.outcome.is_some()
    }

    /// Its documents.
    pub(super) fn ids(&self) -> impl Iterator<Item = DocumentId> {
        self.members.iter().map(|member| member.id)
    }

    /// Whether another group is of the same documents with the same rows.
    fn is_same(&self, other: &Self) -> bool {
        let same = |(one, other): (&Member, &Member)| {
            one.id == other.id && one.read.is_same(&other.read) && one.pairs == other.pairs
        };
        self.members.len() == other.members.len() && self.members.iter().zip(&other.members).all(same)
    }

    /// Gives its documents what merging made of them; of a group that was merged just now, notes it with what was found.
    pub(super) fn settle(mut self, documents: &mut [Document], found: &mut FxHashMap<RelPath, Vec<Finding>>) -> Self {
        if let Some(outcome) = &self.outcome {
            for (id, (checklist, references)) in self.ids().zip(&outcome.documents) {
                let document = &mut documents[id.0 as usize];
                document.checklist = checklist.clone();
                document.references = Arc::clone(references);
            }
            return self;
        }
        let merged = self.ids().map(|id| &documents[id.0 as usize]);
        let (mut made, mut findings) = (Vec::new(), Vec::new());
        for document in merged {
            made.push((document.checklist.clone(), Arc::clone(&document.references)));
            findings.extend(found.remove(&document.source.path).unwrap_or_default());
        }
        self.outcome = Some(Outcome { documents: made, findings });
        self
    }
}

impl Subject {
    fn document(&self) -> DocumentId {
        match self {
            Self::Item(item) => item.document,
            Self::Document(id) => *id,
        }
    }
}

/// For each document one that it is connected with and that stands before it; the first of a group has itself.
struct Chains(Vec<usize>);

impl Chains {
    fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.0[one.max(other)] = one.min(other);
    }
}
