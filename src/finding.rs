//! Findings: faults in somebody's text, as data with a place and a hint. How they are drawn is the command line's
//! and the pages' affair.

use crate::source::{RelPath, Span};
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Likely a mistake.
    Warning,
    /// A mistake.
    Error,
}

impl Severity {
    /// The name in configuration, exports and pages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "note",
            other => other.name(),
        }
    }
}

/// One fault, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of fault; its name is stable.
    pub code: Code,
    /// How much it matters, after configuration.
    pub severity: Severity,
    /// The document, configuration or template that it is about.
    pub path: RelPath,
    /// Where in it; `None` for the whole file.
    pub span: Option<Span>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Finding {
    /// A finding with the code's usual severity.
    #[must_use]
    pub fn new(code: Code, path: RelPath, span: Option<Span>, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity(), path, span, message: message.into(), help: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A value and what was found while making it.
#[derive(Debug, Clone, Default)]
pub struct Checked<T> {
    /// The value; complete as far as the text allows.
    pub value: T,
    /// What was found, in order of place.
    pub findings: Vec<Finding>,
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $about:literal;)*) => {
        /// The kinds of findings. One row of the table below is all that a new kind needs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $about] $variant,)* }

        impl Code {
            /// Every code, in order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The stable name, as in `error[dead-link]`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The severity where configuration says nothing.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What the code means, in one sentence.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $about,)* }
            }
        }
    };
}

codes! {
    Undecodable "undecodable" Error "A document is neither UTF-8 nor UTF-16 with a byte order mark.";
    FrontMatter "front-matter" Error "Front matter that does not parse, or is longer than 64 kB.";
    UnknownKey "unknown-key" Warning "A key of front matter that means nothing.";
    UnreadablePart "unreadable-part" Error "A document that the Markdown parser could not read, or that nests too deep.";
    EmptyDocument "empty-document" Error "A document without any text.";
    Damaged "damaged-text" Warning "Text that went through a wrong decoding; read as repaired.";
    DamagedUnknown "damaged-unknown" Warning "A damaged character that several characters fit, or too few of them to be sure.";
    GroupDisagrees "group-disagrees" Warning "A group or heading says otherwise than what counts below it.";
    BoxAgainstWord "box-against-word" Warning "An item's box or sign and its status word disagree; a box counts, and of a sign and a word the one that says less.";
    RowAgainstPage "row-against-page" Warning "A row and the page item that it links to disagree; the page counts.";
    RestatementDisagrees "restatement-disagrees" Warning "A heading or list that restates an item says otherwise.";
    ClaimDisagrees "claim-disagrees" Warning "A claim in the text does not agree with the count.";
    RollupDisagrees "rollup-disagrees" Warning "A summary row does not agree with the count.";
    RollupUnmatched "rollup-unmatched" Warning "A summary row that matches no heading with items.";
    CriterionDisagrees "criterion-disagrees" Warning "A criterion says otherwise than the items that it is about.";
    UnknownState "unknown-state" Warning "A status word that is not in the vocabulary; the item is open.";
    UnknownPriority "unknown-priority" Warning "A priority that is not in the vocabulary.";
    UnknownDate "unknown-date" Warning "A due date that is no day, or not one that can be known.";
    Undecided "undecided" Info "A cell that offers a choice and none is made; the item is open.";
    NoStateTracked "no-state-tracked" Info "A checklist in which nothing has a place for a state; all its items are open.";
    LooseBox "loose-box" Warning "A box `[ ]` that begins no list item, and so is not counted.";
    OpenFence "open-fence" Warning "A code fence that nothing closes, with headings or boxes behind it that are code now.";
    OpenComment "open-comment" Warning "A comment that nothing closes, with headings or boxes behind it that nobody sees.";
    AmbiguousGlyphs "ambiguous-glyphs" Info "Glyphs that could be states and were read as decoration or evidence.";
    AmbiguousTable "ambiguous-table" Info "A table that could be a checklist and was not read as one, or the other way round.";
    AmbiguousInverted "ambiguous-inverted" Info "A section of conditions that must not hold; its boxes are not items.";
    GateInProse "gate-in-prose" Info "A rule about what blocks a release, in prose; configuration can make it a gate.";
    BlankSignoff "blank-signoff" Info "A sign-off that nobody has signed.";
    DuplicateId "duplicate-id" Error "Two items have the same id.";
    SurplusCells "surplus-cells" Warning "A table row has more cells than its header; the surplus is not shown.";
    SurplusNames "surplus-names" Warning "More owners or tags than are taken; the surplus is left out.";
    DeadLink "dead-link" Error "A link to a file that does not exist.";
    DeadAnchor "dead-anchor" Error "A link to a heading or anchor that does not exist.";
    UnknownItem "unknown-item" Warning "An id that looks like an item's and belongs to none.";
    OutsideLink "outside-link" Warning "A link that leads out of the content folder.";
    AddressTaken "address-taken" Error "Two documents would have the same address.";
    AddressMoved "address-moved" Info "A document whose address is one of the site's own, and was moved.";
    UnknownOwner "unknown-owner" Warning "An owner that the configuration does not list.";
    GateWithoutOwner "gate-without-owner" Warning "An item at the gate that nobody owns.";
    GateWithoutEvidence "gate-without-evidence" Warning "An item at the gate that is done without evidence.";
    Overdue "overdue" Warning "An item that is not done after its due date.";
    Stale "stale" Warning "A document whose review is overdue, or on a day that is still to come.";
    WaiverIncomplete "waiver-incomplete" Error "A waiver without reason, owner or expiry.";
    WaiverExpired "waiver-expired" Warning "A waiver that has expired; its item is open again.";
    WaiverUnmatched "waiver-unmatched" Error "A waiver for an item that does not exist.";
    NotGranted "not-granted" Warning "Front matter that would loosen the gate, which the configuration does not grant.";
    RunBehind "run-behind" Warning "An open run lacks items that its template has.";
    SignoffVoid "signoff-void" Warning "A document was edited after it was signed off.";
    SignoffStranger "signoff-stranger" Warning "A sign-off by somebody who may not sign.";
    SignoffUnrecorded "signoff-unrecorded" Info "A sign-off that does not record what was signed.";
    ImageWithoutText "image-without-text" Warning "An image without alternative text.";
    Orphan "orphan" Info "A document that no other document links to.";
    BidiControl "bidi-control" Warning "A character that changes the direction of text, and can hide what is said.";
    Template "template" Error "A theme file that does not parse or render.";
    Config "config" Error "A configuration that does not parse or says something that cannot be.";
}
