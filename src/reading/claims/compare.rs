//! Claims against the counts that they are about.

use crate::finding::{Code, Finding};
use crate::markdown::NodeId;
use crate::model::{Claim, Level, Tally};
use crate::reading::Reader;
use crate::reading::vocabulary::Context;
use crate::source::RelPath;

/// A claim that is compared once all items are known.
pub(in crate::reading) struct Pending {
    /// The claim.
    pub claim: Claim,
    /// What it is about.
    pub about: About,
    /// Whether it stands in a heading, and so speaks of that section.
    pub heading: bool,
    /// Whether it is a verdict of two words at most.
    pub bare: bool,
}

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum About {
    /// The document, as it says.
    Whole,
    /// The items of a level.
    Level(Level),
    /// A section, by its name.
    Section(u32),
    /// Whatever it stands in: it names nothing.
    Nothing,
    /// A part that it names.
    Part,
    /// Whether to go ahead.
    Verdict,
}

impl Reader<'_> {
    /// Compares every claim with the count that it is about. Where the document has no items to compare it with, that is
    /// left to the site; a claim about a part without items is none.
    pub(in crate::reading) fn compare_claims(&mut self) {
        let mut all = std::mem::take(&mut self.pending);
        // Labels of lists, what speaks for it and what against, decide nothing.
        let is_bare = |pending: &Pending, ready| pending.bare && pending.claim.ready == Some(ready);
        if [true, false].iter().all(|&ready| all.iter().any(|pending| is_bare(pending, ready))) {
            all.retain(|pending| !pending.bare);
        }
        for pending in all {
            let tallies = self.claimed(&pending);
            let Pending { mut claim, .. } = pending;
            if let Some(&tally) = tallies.first() {
                claim.agrees = tallies.iter().any(|&tally| claim.holds_for(tally));
                claim.counted = tally;
                if !claim.agrees {
                    self.findings.push(disagreement(&self.source.path, &claim, tally));
                }
            } else if self.list.tally.scope() > 0 {
                continue;
            }
            self.list.claims.push(claim);
        }
    }

    /// The sums with items that a claim may be about, the likeliest first.
    fn claimed(&self, pending: &Pending) -> Vec<Tally> {
        let sum = |index: u32| self.list.sections[index as usize].tally;
        let own = self.outline.section_at(pending.claim.span.start);
        let whole = self.list.tally;
        let mut tallies = match pending.about {
            About::Whole => vec![whole],
            About::Level(level) => {
                let all = self.of_level(level);
                let below = own.map(sum).filter(|_| pending.heading);
                std::iter::once(all).chain(below).collect()
            }
            About::Section(index) => vec![sum(index)],
            // What sections around it are done with says nothing of all.
            About::Verdict => own.map(sum).into_iter().chain([whole]).collect(),
            _ if pending.heading => own.map(sum).into_iter().collect(),
            _ => {
                let near = self.outline.up_from(own).map(sum).find(|tally| tally.scope() > 0);
                near.into_iter().chain([whole]).collect()
            }
        };
        tallies.retain(|tally| tally.scope() > 0);
        if pending.heading && pending.about == About::Nothing && tallies.is_empty() && whole.scope() > 0 {
            tallies.push(whole);
        }
        tallies
    }

    fn of_level(&self, level: Level) -> Tally {
        let items = self.list.items.iter().filter(|item| !item.group && item.level == Some(level));
        items.map(|item| Tally::one(item.state)).sum()
    }

    /// Whether a block belongs to what is read as prose.
    pub(in crate::reading) fn is_prose(&self, node: NodeId) -> bool {
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
