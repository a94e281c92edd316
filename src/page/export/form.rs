//! The form of the export. The doc comments are the descriptions of the published JSON Schema.

use crate::finding::Severity;
use crate::model::{State, Tally};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// A readiness export of Readybook: everything in document order.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Export {
    /// Version of this format.
    pub(super) schema_version: u32,
    /// Title of the site.
    pub(super) title: String,
    /// Version of the Readybook that wrote it.
    pub(super) version: String,
    /// Sum of all documents that count.
    pub(super) summary: Summary,
    /// Whether all is ready.
    pub(super) verdict: Verdict,
    /// The documents, by path.
    pub(super) documents: Vec<Document>,
    /// The items, groups among them, in order of the documents.
    pub(super) items: Vec<Item>,
    /// Owners by name. An item of two owners is in both sums.
    pub(super) owners: Vec<Owner>,
    /// Sum of the items that nobody owns.
    pub(super) unowned: Summary,
    /// Priority levels, most urgent first.
    pub(super) priorities: Vec<Priority>,
    /// Sum of the items without priority.
    pub(super) unranked: Summary,
    /// What was found, by path and place.
    pub(super) findings: Vec<Finding>,
}

/// How many items are in each state. Groups are not counted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Summary {
    /// Items in any state.
    items: u32,
    /// Items done.
    done: u32,
    /// Items in progress.
    doing: u32,
    /// Items that cannot go on.
    blocked: u32,
    /// Items not begun, failed or unknown.
    open: u32,
    /// Items put off; not done.
    deferred: u32,
    /// Items that do not apply; not in the percentage.
    na: u32,
    /// Items waived by policy; not in the percentage.
    waived: u32,
    /// Done of the items that are neither na nor waived, rounded down; null without such items.
    percent: Option<u32>,
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
pub(super) struct Verdict {
    /// The answer.
    pub(super) status: Status,
    /// Why it is not "ready", one for each rule that is not met.
    pub(super) reasons: Vec<Reason>,
}

/// The answer of the gate.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    /// Every rule is met.
    Ready,
    /// A rule is not met.
    NotReady,
    /// There is no rule to meet.
    NoGate,
    /// It cannot be judged.
    Unknown,
}

/// A rule that is not met.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Reason {
    /// The rule.
    pub(super) rule: String,
    /// What is missing, for people.
    pub(super) text: String,
    /// How many items stand in the way.
    pub(super) open: usize,
    /// Their ids, most urgent first.
    pub(super) items: Vec<String>,
}

/// A document.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Document {
    /// Path below the content folder.
    pub(super) path: String,
    /// Its title.
    pub(super) title: String,
    /// Address of its page, relative to the site.
    pub(super) url: String,
    /// Whether it takes part in the sums of the site: templates, drafts and prose do not.
    pub(super) counted: bool,
    /// Sum of its items.
    pub(super) summary: Summary,
    /// Sum by priority level, and of the items without one as `none`.
    pub(super) by_priority: Ordered<Summary>,
    /// What it claims about its own readiness.
    pub(super) claims: Vec<Claim>,
    /// When it says that it was last updated.
    pub(super) last_updated: Option<LastUpdated>,
    /// What a wrong decoding did to it.
    pub(super) repaired: Repaired,
    /// Its headings at top level with what stands below them.
    pub(super) sections: Vec<Section>,
    /// Sign-offs, signed or blank.
    pub(super) signoffs: Vec<SignOff>,
    /// The author's statements about the current status; not counted.
    pub(super) statements: Vec<Statement>,
    /// Summary rows, compared with the count.
    pub(super) rollups: Vec<Rollup>,
    /// Sentences that state a gate.
    pub(super) gate_in_prose: Vec<GateSentence>,
    /// Whether anything in it has a place for a state.
    pub(super) state_tracked: bool,
    /// Criteria for success or launch; not counted.
    pub(super) criteria: Vec<Criterion>,
}

/// What a document claims about its own readiness.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Claim {
    /// Line, from 1.
    pub(super) line: u32,
    /// The claim as written.
    pub(super) text: String,
    /// The percentage that it names.
    pub(super) percent: Option<u32>,
    /// What it is about: percent, count or verdict.
    pub(super) kind: String,
    /// Whether the count agrees.
    pub(super) agrees: bool,
}

/// When a document says that it was last updated.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LastUpdated {
    /// YYYY-MM-DD.
    pub(super) date: String,
    /// Line, from 1.
    pub(super) line: u32,
}

/// What a wrong decoding did to a document, and how much of it was repaired on reading.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Repaired {
    /// The wrong decoding: macintosh, windows-1252 or windows-1254; null for sound text.
    pub(super) codec: Option<String>,
    /// Runs of characters that were repaired.
    pub(super) runs: u32,
    /// Runs that could not be.
    pub(super) unknown: usize,
}

/// A heading with what stands below it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Section {
    /// Text of the heading.
    pub(super) title: String,
    /// Its anchor on the page.
    pub(super) anchor: String,
    /// Its level, 1 to 6.
    pub(super) level: u8,
    /// Line, from 1.
    pub(super) line: u32,
    /// Sum of its items and those of its subsections.
    pub(super) summary: Summary,
}

/// A sign-off.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SignOff {
    /// The role or label.
    pub(super) role: String,
    /// Who signed; null is unsigned.
    pub(super) name: Option<String>,
    /// When: YYYY-MM-DD.
    pub(super) date: Option<String>,
    /// Line, from 1.
    pub(super) line: u32,
}

/// A statement of the author about the current status.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Statement {
    /// The statement.
    pub(super) text: String,
    /// What its glyph or word says.
    pub(super) state: Option<State>,
    /// Line, from 1.
    pub(super) line: u32,
}

/// A summary row.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Rollup {
    /// What it sums up.
    pub(super) title: String,
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
pub(super) struct GateSentence {
    /// The sentence.
    pub(super) text: String,
    /// Line, from 1.
    pub(super) line: u32,
}

/// A criterion.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Criterion {
    /// The criterion.
    pub(super) text: String,
    /// What its glyph says.
    pub(super) state: State,
    /// Line, from 1.
    pub(super) line: u32,
}

/// An item, or a group of items.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Item {
    /// Its name, unique in the site and stable: `path/of/document#anchor`.
    pub(super) id: String,
    /// Sum of the items below a group; null for an item.
    pub(super) summary: Option<Summary>,
    /// Its anchor on its document's page.
    pub(super) anchor: String,
    /// Path of its document.
    pub(super) document: String,
    /// Line, from 1.
    pub(super) line: u32,
    /// Column in characters, from 1.
    pub(super) column: u32,
    /// Its text, without markup, mark and tags.
    pub(super) text: String,
    /// Whether items are below it: then it is not counted.
    pub(super) group: bool,
    /// Id of the group that it is in.
    pub(super) parent: Option<String>,
    /// Titles of the headings above it, outermost first.
    pub(super) section: Vec<String>,
    /// The shape in which it stands: task, row, bullet, heading or document.
    pub(super) kind: String,
    /// Its state.
    pub(super) state: State,
    /// Its state as written; empty where nothing is.
    pub(super) state_text: String,
    /// Its priority level.
    pub(super) priority: Option<String>,
    /// Its priority as written.
    pub(super) priority_text: Option<String>,
    /// Who owns it; empty is nobody.
    pub(super) owners: Vec<String>,
    /// Its id as its author wrote it.
    #[serde(rename = "ref")]
    pub(super) reference: Option<String>,
    /// When it is due: YYYY-MM-DD.
    pub(super) due: Option<String>,
    /// Where its links lead, as written.
    pub(super) links: Vec<String>,
    /// Evidence beside it.
    pub(super) evidence: Vec<String>,
    /// What else its author wrote beside it.
    pub(super) note: String,
}

/// An owner.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Owner {
    /// Name as shown.
    pub(super) name: String,
    /// Name in addresses.
    pub(super) slug: String,
    /// Sum of the owner's items.
    pub(super) summary: Summary,
}

/// A priority level.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Priority {
    /// Its key.
    pub(super) level: String,
    /// The word for people.
    pub(super) label: String,
    /// Sum of its items.
    pub(super) summary: Summary,
}

/// A fault in a text.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Finding {
    /// What kind of fault; stable.
    pub(super) code: String,
    /// How much it matters, after configuration.
    pub(super) severity: Severity,
    /// The document, below the content folder; or `readybook.toml`.
    pub(super) path: String,
    /// Line, from 1.
    pub(super) line: Option<u32>,
    /// Column in characters, from 1.
    pub(super) column: Option<u32>,
    /// What is wrong.
    pub(super) message: String,
    /// What to do about it.
    pub(super) help: Option<String>,
}

/// A JSON object whose keys keep their order.
#[derive(Debug)]
pub(super) struct Ordered<T>(pub(super) Vec<(String, T)>);

impl<T: Serialize> Serialize for Ordered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<T: JsonSchema> JsonSchema for Ordered<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        BTreeMap::<String, T>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        BTreeMap::<String, T>::json_schema(generator)
    }
}
