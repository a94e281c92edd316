//! One document, as it was read.

use super::{FrontMatter, Item, State, Tally};
use crate::source::Span;
use jiff::civil::Date;

/// What one document says.
#[derive(Debug, Clone, Default)]
pub struct Checklist {
    /// Front matter, as given.
    pub front: FrontMatter,
    /// Title: front matter, the first level-one heading, or the file's name.
    pub title: String,
    /// Offset of the body, behind the front matter.
    pub body: u32,
    /// Every heading in document order, with the ids that GitHub gives.
    pub headings: Vec<Heading>,
    /// The headings that hold sections (those at top level), in document order.
    pub sections: Vec<Section>,
    /// Items in document order, groups among them.
    pub items: Vec<Item>,
    /// Criteria: shown with their own sum, never added.
    pub criteria: Vec<Criterion>,
    /// The author's statements about the current status.
    pub statements: Vec<Statement>,
    /// Sign-offs, signed or blank.
    pub signoffs: Vec<SignOff>,
    /// What the text claims about its own readiness.
    pub claims: Vec<Claim>,
    /// Summary rows.
    pub rollups: Vec<Rollup>,
    /// Sentences that state a gate.
    pub gates: Vec<GateSentence>,
    /// "Last updated", where the text says so.
    pub last_updated: Option<DateAt>,
    /// Every link and image, in document order.
    pub links: Vec<Link>,
    /// Whether anything in the document has a place for a state.
    pub state_tracked: bool,
    /// The sum of the items.
    pub tally: Tally,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Level, 1 to 6.
    pub level: u8,
    /// Plain text.
    pub title: String,
    /// The id that GitHub gives it; unique in the document.
    pub anchor: String,
    /// The heading in its source.
    pub span: Span,
}

/// A heading with what stands below it, up to the next heading of its level or above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Index into [`Checklist::headings`].
    pub heading: u32,
    /// The section around it, by index into [`Checklist::sections`].
    pub parent: Option<u32>,
    /// Sum of its own items and those of its subsections.
    pub tally: Tally,
}

/// A criterion for success or launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Plain text.
    pub text: String,
    /// What its glyph says.
    pub state: State,
    /// The bullet in its source.
    pub span: Span,
}

/// A statement of the author about the current status; shown and compared, never summed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Plain text.
    pub text: String,
    /// What its glyph or word says, where it has one.
    pub state: Option<State>,
    /// The bullet in its source.
    pub span: Span,
}

/// A sign-off: who, in which role, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// The role or label before the blank.
    pub role: String,
    /// Who signed; `None` is unsigned.
    pub name: Option<String>,
    /// When, as a date.
    pub date: Option<Date>,
    /// The line or row in its source.
    pub span: Span,
}

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimKind {
    /// "Overall Readiness: 30%".
    Percent,
    /// "19 of 60".
    Count,
    /// "READY FOR LAUNCH".
    Verdict,
}

impl ClaimKind {
    /// The name in the export.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Count => "count",
            Self::Verdict => "verdict",
        }
    }
}

/// What the text says about its own readiness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The claim as written, without markup.
    pub text: String,
    /// The percentage that it names.
    pub percent: Option<u32>,
    /// Done and items that it names.
    pub count: Option<(u32, u32)>,
    /// Whether it says that all is ready, where it is a verdict.
    pub ready: Option<bool>,
    /// What it is about.
    pub kind: ClaimKind,
    /// Whether it says that the whole document is meant, wherever it stands: "Overall readiness: 30%".
    pub whole: bool,
    /// Whether the count agrees.
    pub agrees: bool,
    /// The sum that it was compared with: that of the document, or of the part that it is about.
    pub counted: Tally,
    /// The claim in its source.
    pub span: Span,
}

impl Claim {
    /// Whether a sum bears it out: percentages to within one, or to within five where they are said to be rough (`~70%`),
    /// counts with or without what is not applicable.
    #[must_use]
    pub fn holds_for(&self, tally: Tally) -> bool {
        let is_rough = |percent: u32| {
            let signs = ["~", "~ ", "≈", "≈ "].into_iter();
            signs.map(|sign| format!("{sign}{percent}")).any(|rough| self.text.contains(&rough))
        };
        let within = |percent| if is_rough(percent) { 5.0 } else { 1.0 };
        let percent = self.percent.is_none_or(|percent| is_near(percent, tally, within(percent)));
        let all = |all| all == tally.scope() || all == tally.items();
        let count = self.count.is_none_or(|(done, items)| done == tally.done() && all(items));
        percent && count && self.ready.is_none_or(|ready| ready == (tally.left() == 0))
    }
}

/// Whether a percentage is that of a sum to within some points: one is what rounding makes of it.
fn is_near(percent: u32, tally: Tally, within: f64) -> bool {
    let exact = f64::from(tally.done()) * 100.0 / f64::from(tally.scope().max(1));
    (f64::from(percent) - exact).abs() < within
}

/// A summary row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollup {
    /// What it sums up, as written.
    pub title: String,
    /// Items that it names.
    pub items: Option<u32>,
    /// Done that it names.
    pub done: Option<u32>,
    /// Percentage that it names.
    pub percent: Option<u32>,
    /// The state that its status names.
    pub said: Option<State>,
    /// The day by which it is to be done, where something is left of what it sums up.
    pub due: Option<Date>,
    /// Whether the count agrees with every number that it names.
    pub agrees: bool,
    /// The row in its source.
    pub span: Span,
}

impl Rollup {
    /// Whether a sum bears out everything that it names.
    #[must_use]
    pub fn holds_for(&self, tally: Tally) -> bool {
        let items = self.items.is_none_or(|items| items == tally.items() || items == tally.scope());
        let done = self.done.is_none_or(|done| done == tally.done());
        let percent = self.percent.is_none_or(|percent| is_near(percent, tally, 1.0));
        let finished = tally.left() == 0 && tally.scope() > 0;
        let word = match self.said {
            Some(State::Done) => finished,
            Some(State::Open | State::Doing | State::Blocked) => !finished,
            _ => true,
        };
        items && done && percent && word
    }
}

/// A sentence that states a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateSentence {
    /// The sentence.
    pub text: String,
    /// The sentence in its source.
    pub span: Span,
}

/// A date with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateAt {
    /// The date.
    pub date: Date,
    /// Where it stands.
    pub span: Span,
}

/// Whether a link is followed or shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](target)` or an autolink.
    Link,
    /// `![text](target)`.
    Image,
}

/// A link or image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Whether it is followed or shown.
    pub kind: LinkKind,
    /// The target as the parser gives it.
    pub target: String,
    /// Whether it has text (alternative text for an image).
    pub has_text: bool,
    /// The whole link in its source.
    pub span: Span,
    /// The item that it stands in, by index into [`Checklist::items`].
    pub item: Option<u32>,
}
