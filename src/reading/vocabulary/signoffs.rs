//! Who signs and how, as tables of sign-offs say it: `words.toml` tells of each list.

use super::PhraseList;
use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// Words of sign-offs. Most of the lists are of headers.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct SignOffs {
    roles: HashSet<String>,
    signers: HashSet<String>,
    positions: HashSet<String>,
    acts: HashSet<String>,
    signatures: HashSet<String>,
    days: HashSet<String>,
    names: HashSet<String>,
    answers: HashSet<String>,
    agreement: HashSet<String>,
    fields: HashSet<String>,
    refusals: HashSet<String>,
    pub asks: PhraseList,
    posts: HashSet<String>,
    teams: HashSet<String>,
    pub date_keys: Vec<String>,
}

impl SignOffs {
    /// Whether a header names the role in which somebody signs, and nothing else: `Approver`.
    pub(in crate::reading) fn is_role(&self, header: &str) -> bool {
        self.roles.contains(header)
    }

    /// Whether a header names a position or team, which may sign: `Department`.
    pub(in crate::reading) fn is_position(&self, header: &str) -> bool {
        self.positions.contains(header)
    }

    /// Whether a header tells who signs.
    pub(in crate::reading) fn tells_who(&self, header: &str) -> bool {
        self.is_role(header) || self.signers.contains(header) || self.acts.contains(header)
    }

    /// Whether a normalised name is what somebody is, `technical lead`, rather than a team.
    pub(in crate::reading) fn is_post(&self, name: &str) -> bool {
        name.split(' ').count() <= 4 && name.rsplit(' ').next().is_some_and(|last| self.posts.contains(last))
    }

    /// Whether a normalised name is one of a team that approves beside others: `security`, `qa team`.
    pub(in crate::reading) fn is_team(&self, name: &str) -> bool {
        let last = name.rsplit(' ').next().unwrap_or_default();
        name.split(' ').count() <= 3 && (self.teams.contains(name) || last == "team")
    }

    /// Whether what stands behind a label is who has to sign as well as who did: `Sign-off`, `Approver`, not `Approved by`.
    pub(in crate::reading) fn asks_for(&self, label: &str) -> bool {
        self.acts.contains(label) || label != "role" && self.is_role(label)
    }

    /// Whether a header tells how or when somebody signs.
    pub(in crate::reading) fn tells_how(&self, header: &str) -> bool {
        self.signatures.contains(header) || self.acts.contains(header) || self.days.contains(header)
    }

    /// Whether a header is of those who sign rather than of what they do.
    pub(in crate::reading) fn is_signer(&self, header: &str) -> bool {
        self.is_role(header) || self.signers.contains(header) || self.positions.contains(header)
    }

    /// Whether a header is of those who sign, by name or by what they are here for: `Approver`, not `Role` or `Name`.
    pub(in crate::reading) fn signs(&self, header: &str) -> bool {
        !matches!(header, "role" | "name") && (self.is_role(header) || self.signers.contains(header))
    }

    /// Whether a header or label asks those who sign for an answer: `Decision`, `Vote`.
    pub(in crate::reading) fn is_answer(&self, header: &str) -> bool {
        self.answers.contains(header)
    }

    /// Whether such an answer agrees, beside the words for "done": `Approve`.
    pub(in crate::reading) fn agrees(&self, answer: &str) -> bool {
        self.agreement.contains(answer)
    }

    /// Whether a normalised text beside a name says that nobody signed: `refused`.
    pub(in crate::reading) fn is_refusal(&self, phrase: &str) -> bool {
        self.refusals.contains(phrase)
    }

    /// Whether a normalised label tells more of a signature rather than who signs, alone or by its last word: `Conditions`.
    pub(in crate::reading) fn is_field(&self, label: &str) -> bool {
        let last = label.rsplit([' ', '/']).next().unwrap_or(label);
        self.fields.contains(label) || self.fields.contains(last)
    }

    /// Whether those who sign may be listed below a header.
    pub(in crate::reading) fn is_listed(&self, header: &str) -> bool {
        self.is_signer(header) || self.acts.contains(header)
    }

    /// Whether a header is of the day on which somebody signs.
    pub(in crate::reading) fn is_day(&self, header: &str) -> bool {
        self.days.contains(header)
    }

    /// Whether the names of those who have signed may stand below a header.
    pub(in crate::reading) fn names(&self, header: &str) -> bool {
        self.names.contains(header)
    }
}
