//! The states of an item.

use serde::{Deserialize, Serialize};

/// The state of an item. What each counts is told by [`super::Tally`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Done; the only state that counts as done.
    Done,
    /// Under way.
    Doing,
    /// Cannot go on.
    Blocked,
    /// Not begun, failed, or unknown: silence never counts as a pass.
    #[default]
    Open,
    /// Put off; still in the denominator.
    Deferred,
    /// Not applicable; out of the denominator.
    Na,
    /// Waived by policy; out of the denominator.
    Waived,
}

impl State {
    /// Every state, in the order in which people and the export list them.
    pub const ALL: [Self; 7] =
        [Self::Done, Self::Doing, Self::Blocked, Self::Open, Self::Deferred, Self::Na, Self::Waived];

    /// The name in the export, in URLs and in configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Doing => "doing",
            Self::Blocked => "blocked",
            Self::Open => "open",
            Self::Deferred => "deferred",
            Self::Na => "na",
            Self::Waived => "waived",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Doing => "in progress",
            Self::Na => "not applicable",
            other => other.name(),
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether an item in this state still has to be done: neither done nor out of the denominator.
    #[must_use]
    pub fn is_left(self) -> bool {
        !matches!(self, Self::Done | Self::Na | Self::Waived)
    }

    /// Whether it is left, and nobody is at work on it.
    #[must_use]
    pub fn waits(self) -> bool {
        matches!(self, Self::Open | Self::Blocked | Self::Deferred)
    }
}
