//! The answer of the gate: one value for page, export, badge, terminal and exit code.

use super::ItemId;
use schemars::JsonSchema;
use serde::Serialize;

/// Whether all is ready, and why not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// The answer.
    pub status: Status,
    /// Why it is not "ready": one for each rule that is not met, and for each thing that keeps it from being judged.
    pub reasons: Vec<Reason>,
    /// The rules that are met, as the configuration writes them.
    pub met: Vec<String>,
}

/// The answer of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Every rule is met.
    Ready,
    /// A rule is not met.
    NotReady,
    /// There is no rule to meet.
    #[default]
    NoGate,
    /// It cannot be judged: something could not be read, or a rule matches nothing.
    Unknown,
}

impl Status {
    /// Every answer.
    pub const ALL: [Self; 4] = [Self::Ready, Self::NotReady, Self::NoGate, Self::Unknown];

    /// The name in the export.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::NotReady => "not_ready",
            Self::NoGate => "no_gate",
            Self::Unknown => "unknown",
        }
    }

    /// The answer of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// Why a verdict is not "ready".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule as the configuration writes it; of what keeps the gate from being judged, the name of the finding.
    pub rule: String,
    /// Whether the rule is not met, or cannot be judged.
    pub kind: ReasonKind,
    /// What is missing, as a sentence for people, without a full stop.
    pub text: String,
    /// Items that stand in the way, most urgent first.
    pub items: Vec<ItemId>,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.rule, self.text)
    }
}

/// What is the matter with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonKind {
    /// It is not met.
    NotMet,
    /// Whether it is met cannot be said.
    CannotJudge,
}

impl Verdict {
    /// The verdict that follows from reasons and met rules: what cannot be judged outweighs what is not met, and both
    /// outweigh what is met.
    #[must_use]
    pub fn of(reasons: Vec<Reason>, met: Vec<String>) -> Self {
        let status = if reasons.iter().any(|reason| reason.kind == ReasonKind::CannotJudge) {
            Status::Unknown
        } else if !reasons.is_empty() {
            Status::NotReady
        } else if met.is_empty() {
            Status::NoGate
        } else {
            Status::Ready
        };
        Self { status, reasons, met }
    }
}
