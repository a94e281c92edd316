//! The export read again: what another site tells of itself. The names are those of [`super::form`]; the test below
//! holds the two together.

use crate::model::{State, Tally};
use crate::site::Status;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

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
    /// The sum of the items without a level.
    pub(in crate::page) unranked: Tally,
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
    /// It is text of another encoding.
    #[error("it is UTF-16, and an export is UTF-8")]
    Utf16,
    /// Items are in states that are not known here, or a number is wrong: any sum of it would be, too.
    #[error("it counts {items} items, and {known} in states that this Readybook knows")]
    States {
        /// Items that it counts.
        items: u64,
        /// Those of them in known states.
        known: u64,
    },
    /// No site has that many items.
    #[error("it counts more than {MOST_ITEMS} items")]
    TooMany,
}

/// The version, which is looked at before the rest: that may have another form.
#[derive(Deserialize)]
struct Version {
    schema_version: u32,
}

/// An object alone: by itself, serde takes a list of values for a struct as well.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields(PhantomData))
    }
}

/// Reads the fields of an object.
struct Fields<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object)
    }
}

/// What is read of an export; the rest of it is passed over.
#[derive(Deserialize)]
struct Export {
    title: String,
    #[serde(default)]
    url: Option<String>,
    summary: Counts,
    verdict: Object<Verdict>,
    priorities: Vec<Object<Priority>>,
    unranked: Counts,
}

/// A sum by the names of states, and what follows from them (`items`, `percent`).
type Counts = BTreeMap<String, Option<u32>>;

#[derive(Deserialize)]
struct Verdict {
    status: String,
    reasons: Vec<Object<Reason>>,
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
    // No JSON has a zero byte, and UTF-16 has one beside each letter of ASCII.
    if matches!(json, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, ..] | [_, 0, ..]) {
        return Err(NoMember::Utf16);
    }
    let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
    let Object(Version { schema_version }) = serde_json::from_slice(json)?;
    if schema_version != super::SCHEMA_VERSION {
        return Err(NoMember::Version(schema_version));
    }
    let Object(export) = serde_json::from_slice::<Object<Export>>(json)?;
    let Object(verdict) = export.verdict;
    let level = |Object(level): Object<Priority>| Ok((level.level, tally(&level.summary)?));
    Ok(Told {
        title: export.title,
        url: export.url,
        // A name that nobody knows is no pass.
        status: Status::from_name(&verdict.status).unwrap_or(Status::Unknown),
        reason: verdict.reasons.into_iter().next().map(|Object(reason)| reason.text),
        tally: tally(&export.summary)?,
        levels: export.priorities.into_iter().map(level).collect::<Result<_, NoMember>>()?,
        unranked: tally(&export.unranked)?,
    })
}

fn tally(counts: &Counts) -> Result<Tally, NoMember> {
    let count = |state: State| counts.get(state.name()).copied().flatten().unwrap_or_default();
    let known: u64 = State::ALL.into_iter().map(|state| u64::from(count(state))).sum();
    let items = counts.get("items").copied().flatten().map_or(0, u64::from);
    if items.max(known) > MOST_ITEMS {
        return Err(NoMember::TooMany);
    }
    if items != known {
        return Err(NoMember::States { items, known });
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
                unranked: all,
            };
            assert_eq!(read(&json).unwrap(), told);
        }
    }
}
