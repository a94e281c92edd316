//! The form of the export. The doc comments are the descriptions of the published JSON Schema.

use super::values::{Each, Name, Ordered, Text};
use crate::finding::Severity;
use crate::model::{State, Tally};
use crate::site::Status;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

/// A readiness export of Readybook: everything in document order.
#[derive(Serialize, JsonSchema)]
pub(super) struct Export<'a> {
    /// Version of this format.
    pub(super) schema_version: u32,
    /// Title of the site.
    pub(super) title: &'a str,
    /// Where the site is published; left out where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<&'a str>,
    /// Version of the Readybook that wrote it.
    pub(super) version: &'a str,
    /// Sum of all documents that count.
    pub(super) summary: Summary,
    /// Whether all is ready.
    pub(super) verdict: Verdict<'a>,
    /// The documents, by path.
    pub(super) documents: Each<'a, Document<'a>>,
    /// The items, groups among them, in order of the documents.
    pub(super) items: Each<'a, Item<'a>>,
    /// Owners by name. An item of two owners is in both sums.
    pub(super) owners: Vec<Owner<'a>>,
    /// Sum of the items that nobody owns.
    pub(super) unowned: Summary,
    /// Priority levels, most urgent first.
    pub(super) priorities: Vec<Priority<'a>>,
    /// Sum of the items without priority.
    pub(super) unranked: Summary,
    /// What was found, by path and place.
    pub(super) findings: Each<'a, Finding<'a>>,
}

/// How many items are in each state. Groups are not counted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Summary {
    /// Items in any state.
    pub(super) items: u32,
    /// Items done.
    pub(super) done: u32,
    /// Items in progress.
    pub(super) doing: u32,
    /// Items that cannot go on.
    pub(super) blocked: u32,
    /// Items not begun, failed or unknown.
    pub(super) open: u32,
    /// Items put off; not done.
    pub(super) deferred: u32,
    /// Items that do not apply; not in the percentage.
    pub(super) na: u32,
    /// Items waived by policy; not in the percentage.
    pub(super) waived: u32,
    /// Done of the items that are neither na nor waived, rounded down; null without such items.
    pub(super) percent: Option<u32>,
}

impl From<Tally> for Summary {
    fn from(tally: Tally) -> Self {
        Self {
            items: tally.items(),
            done: tally.count(State::Done),
            doing: tally.count(State::Doing),
            blocked: tally.count(State::Blocked),
            open: tally.count(State::Open),
            deferred: tally.count(State::Deferred),
            na: tally.count(State::Na),
            waived: tally.count(State::Waived),
            percent: tally.percent(),
        }
    }
}

/// Whether all is ready, and why not.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Verdict<'a> {
    /// The answer.
    pub(super) status: Status,
    /// Why it is not "ready", one for each rule that is not met.
    pub(super) reasons: Vec<Reason<'a>>,
}

/// A rule that is not met.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Reason<'a> {
    /// The rule.
    pub(super) rule: &'a str,
    /// What is missing, for people.
    pub(super) text: &'a str,
    /// How many items stand in the way.
    pub(super) open: usize,
    /// Their ids, most urgent first.
    pub(super) items: Vec<Text<Name<'a>>>,
}

/// A document.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Document<'a> {
    /// Path below the content folder.
    pub(super) path: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// Address of its page, relative to the site.
    pub(super) url: Cow<'a, str>,
    /// Whether its items, if it has any, are in the sums of the site: those of templates and drafts are not, nor of what
    /// is read as prose (`checklist: false`).
    pub(super) counted: bool,
    /// Sum of its items.
    pub(super) summary: Summary,
    /// Sum by priority level, and of the items without one as `none`.
    pub(super) by_priority: Ordered<'a, Summary>,
    /// What it claims about its own readiness.
    pub(super) claims: Vec<Claim<'a>>,
    /// When it says that it was last updated.
    pub(super) last_updated: Option<LastUpdated>,
    /// What a wrong decoding did to it.
    pub(super) repaired: Repaired<'a>,
    /// Its headings at top level with what stands below them.
    pub(super) sections: Vec<Section<'a>>,
    /// Sign-offs, signed or blank.
    pub(super) signoffs: Vec<SignOff<'a>>,
    /// The author's statements about the current status; not counted.
    pub(super) statements: Vec<Statement<'a>>,
    /// Summary rows, compared with the count.
    pub(super) rollups: Vec<Rollup<'a>>,
    /// Sentences that state a gate.
    pub(super) gate_in_prose: Vec<GateSentence<'a>>,
    /// Whether anything in it has a place for a state.
    pub(super) state_tracked: bool,
    /// Criteria for success or launch; not counted.
    pub(super) criteria: Vec<Criterion<'a>>,
}

/// What a document claims about its own readiness.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Claim<'a> {
    /// Line, from 1.
    pub(super) line: u32,
    /// The claim as written.
    pub(super) text: &'a str,
    /// The percentage that it names.
    pub(super) percent: Option<u32>,
    /// What it is about: percent, count or verdict.
    pub(super) kind: &'a str,
    /// Whether the count agrees.
    pub(super) agrees: bool,
}

/// When a document says that it was last updated.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LastUpdated {
    /// YYYY-MM-DD.
    pub(super) date: Text<Date>,
    /// Line, from 1.
    pub(super) line: u32,
}

/// What a wrong decoding did to a document, and how much of it was repaired on reading.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Repaired<'a> {
    /// The wrong decoding: macintosh, windows-1252 or windows-1254; null for sound text.
    pub(super) codec: Option<&'a str>,
    /// Runs of characters that were repaired.
    pub(super) runs: u32,
    /// Runs that could not be.
    pub(super) unknown: usize,
}

/// A heading with what stands below it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Section<'a> {
    /// Text of the heading.
    pub(super) title: &'a str,
    /// Its anchor on the page.
    pub(super) anchor: &'a str,
    /// Its level, 1 to 6.
    pub(super) level: u8,
    /// Line, from 1.
    pub(super) line: u32,
    /// Sum of its items and those of its subsections.
    pub(super) summary: Summary,
}

/// A sign-off.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SignOff<'a> {
    /// The role or label.
    pub(super) role: &'a str,
    /// Who signed; null is unsigned.
    pub(super) name: Option<&'a str>,
    /// When: YYYY-MM-DD.
    pub(super) date: Option<Text<Date>>,
    /// Line, from 1.
    pub(super) line: u32,
}

/// A statement of the author about the current status.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Statement<'a> {
    /// The statement.
    pub(super) text: &'a str,
    /// What its glyph or word says.
    pub(super) state: Option<State>,
    /// Line, from 1.
    pub(super) line: u32,
}

/// A summary row.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Rollup<'a> {
    /// What it sums up.
    pub(super) title: &'a str,
    /// Items that it names.
    pub(super) items: Option<u32>,
    /// Done that it names.
    pub(super) done: Option<u32>,
    /// Percentage that it names.
    pub(super) percent: Option<u32>,
    /// Line, from 1.
    pub(super) line: u32,
    /// Whether the count agrees with every number that it names.
    pub(super) agrees: bool,
}

/// A sentence that states a gate.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct GateSentence<'a> {
    /// The sentence.
    pub(super) text: &'a str,
    /// Line, from 1.
    pub(super) line: u32,
}

/// A criterion.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Criterion<'a> {
    /// The criterion.
    pub(super) text: &'a str,
    /// What its glyph says.
    pub(super) state: State,
    /// Line, from 1.
    pub(super) line: u32,
}

/// An item, or a group of items.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Item<'a> {
    /// Its name, unique in the site and stable: `path/of/document#anchor`.
    pub(super) id: Text<Name<'a>>,
    /// Sum of the items below a group; null for an item.
    pub(super) summary: Option<Summary>,
    /// Its anchor on its document's page.
    pub(super) anchor: &'a str,
    /// Path of its document.
    pub(super) document: &'a str,
    /// Line, from 1.
    pub(super) line: u32,
    /// Column in characters, from 1.
    pub(super) column: u32,
    /// Its text, without markup, mark and tags.
    pub(super) text: &'a str,
    /// Whether items are below it: then it is not counted.
    pub(super) group: bool,
    /// Id of the group that it is in.
    pub(super) parent: Option<Text<Name<'a>>>,
    /// Titles of the headings above it, outermost first.
    pub(super) section: Vec<&'a str>,
    /// The shape in which it stands: task, row, bullet, heading or document.
    pub(super) kind: &'a str,
    /// Its state. A group's is that of its own mark; how far it is says its summary.
    pub(super) state: State,
    /// Its state as written; empty where nothing is.
    pub(super) state_text: &'a str,
    /// Its priority level.
    pub(super) priority: Option<&'a str>,
    /// Its priority as written.
    pub(super) priority_text: Option<&'a str>,
    /// Who owns it; empty is nobody.
    pub(super) owners: &'a [String],
    /// Its id as its author wrote it.
    #[serde(rename = "ref")]
    pub(super) reference: Option<&'a str>,
    /// When it is due: YYYY-MM-DD.
    pub(super) due: Option<Text<Date>>,
    /// Where its links lead, as written.
    pub(super) links: &'a [String],
    /// Evidence beside it.
    pub(super) evidence: &'a [String],
    /// What else its author wrote beside it.
    pub(super) note: &'a str,
}

/// An owner.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Owner<'a> {
    /// Name as shown.
    pub(super) name: &'a str,
    /// Name in addresses.
    pub(super) slug: &'a str,
    /// Sum of the owner's items.
    pub(super) summary: Summary,
}

/// A priority level.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Priority<'a> {
    /// Its key.
    pub(super) level: &'a str,
    /// The word for people.
    pub(super) label: &'a str,
    /// Sum of its items.
    pub(super) summary: Summary,
}

/// A fault in a text.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Finding<'a> {
    /// What kind of fault; stable.
    pub(super) code: &'a str,
    /// How much it matters, after configuration.
    pub(super) severity: Severity,
    /// The document, below the content folder; or `readybook.toml`.
    pub(super) path: &'a str,
    /// Line, from 1.
    pub(super) line: Option<u32>,
    /// Column in characters, from 1.
    pub(super) column: Option<u32>,
    /// What is wrong.
    pub(super) message: &'a str,
    /// What to do about it.
    pub(super) help: Option<&'a str>,
}
