//! The export read again: what another site tells of itself. The names are those of [`super::form`]; the test below
//! holds the two together.

use crate::model::{State, Tally};
use crate::site::Status;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Most items that are believed of a site: sums of hundreds of them stay far from the end of their numbers.
const MOST_ITEMS: u64 = 10_000_000;

/// What a site tells of itself.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::page) struct Told {
    pub(in crate::page) title: String,
    /// Where it is published, as it says.
    pub(in crate::page) url: Option<String>,
    pub(in crate::page) status: Status,
    /// Why it is not ready; the first reason.
    pub(in crate::page) reason: Option<String>,
    pub(in crate::page) tally: Tally,
    /// The sum of each level by its key, most urgent first.
    pub(in crate::page) levels: Vec<(String, Tally)>,
}

/// Why a text is not the export of a site.
#[derive(Debug, thiserror::Error)]
pub enum NoMember {
    /// It is no JSON, or of another form.
    #[error("{0}")]
    Form(#[from] serde_json::Error),
    /// A later Readybook wrote it.
    #[error("it has version {0} of the format, and this Readybook reads version {current}", current = super::SCHEMA_VERSION)]
    Version(u32),
    /// No site has that many items.
    #[error("it counts more than {MOST_ITEMS} items")]
    TooMany,
}

/// What is read of an export; the rest of it is passed over.
#[derive(Deserialize)]
struct Export {
    schema_version: u32,
    title: String,
    #[serde(default)]
    url: Option<String>,
    summary: Counts,
    verdict: Verdict,
    priorities: Vec<Priority>,
}

/// A sum by the names of states. What else it has (`items`, `percent`) follows from them.
type Counts = BTreeMap<String, Option<u32>>;

#[derive(Deserialize)]
struct Verdict {
    status: String,
    reasons: Vec<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    text: String,
}

#[derive(Deserialize)]
struct Priority {
    level: String,
    summary: Counts,
}

/// Reads an export.
pub(in crate::page) fn read(json: &[u8]) -> Result<Told, NoMember> {
    let export: Export = serde_json::from_slice(json)?;
    if export.schema_version != super::SCHEMA_VERSION {
        return Err(NoMember::Version(export.schema_version));
    }
    let level = |level: Priority| Ok((level.level, tally(&level.summary)?));
    Ok(Told {
        title: export.title,
        url: export.url,
        // A name that nobody knows is no pass.
        status: Status::from_name(&export.verdict.status).unwrap_or(Status::Unknown),
        reason: export.verdict.reasons.into_iter().next().map(|reason| reason.text),
        tally: tally(&export.summary)?,
        levels: export.priorities.into_iter().map(level).collect::<Result<_, NoMember>>()?,
    })
}

fn tally(counts: &Counts) -> Result<Tally, NoMember> {
    let count = |state: State| counts.get(state.name()).copied().flatten().unwrap_or_default();
    let items: u64 = State::ALL.into_iter().map(|state| u64::from(count(state))).sum();
    if items > MOST_ITEMS {
        return Err(NoMember::TooMany);
    }
    Ok(State::ALL.into_iter().map(|state| Tally::of(state, count(state))).sum())
}

#[cfg(test)]
mod tests {
    use super::super::values::Each;
    use super::super::{form, stream};
    use super::*;

    fn none<'a, T: 'a>() -> Each<'a, T> {
        Each(Box::new(|| Box::new(std::iter::empty())))
    }

    #[test]
    fn what_is_written_is_read() {
        let counts = State::ALL.into_iter().zip(1..).map(|(state, count)| Tally::of(state, count));
        let (all, open): (Tally, Tally) = (counts.sum(), Tally::of(State::Open, 2));
        for status in Status::ALL {
            let reason = form::Reason { rule: "P0", text: "2 of 2 P0 items are left", open: 2, items: Vec::new() };
            let export = form::Export {
                schema_version: super::super::SCHEMA_VERSION,
                title: "Mail",
                url: Some("https://example.org/mail/"),
                version: "9",
                summary: all.into(),
                verdict: form::Verdict { status, reasons: vec![reason] },
                documents: none(),
                items: none(),
                owners: Vec::new(),
                unowned: Tally::default().into(),
                priorities: vec![form::Priority { level: "P0", label: "Critical", summary: open.into() }],
                unranked: all.into(),
                findings: none(),
            };
            let mut json = Vec::new();
            stream::write(&export, &mut json).unwrap();
            let told = Told {
                title: "Mail".to_owned(),
                url: Some("https://example.org/mail/".to_owned()),
                status,
                reason: Some("2 of 2 P0 items are left".to_owned()),
                tally: all,
                levels: vec![("P0".to_owned(), open)],
            };
            assert_eq!(read(&json).unwrap(), told);
        }
    }
}
