//! Everything that was read, for programs: `readybook export`, and `readiness.json` and `items.csv` of a site. The
//! names of the fields are a promise (`schema_version`); the JSON Schema is made from the same structs.

mod csv;
mod document;
mod fill;
mod form;
mod read;
mod stream;
mod values;

pub use csv::{csv, write as write_csv};
pub use form::Summary;
pub use read::NoMember;
pub(super) use read::{Told, read};

use super::address::Addresses;
use super::url::Address;
use crate::site::Site;
use std::io;

/// Version of the format; it changes when a field goes or changes its meaning, not when one is added.
pub const SCHEMA_VERSION: u32 = 1;

/// The export of a site as indented JSON; `url` is where it is published, if that is known.
#[must_use]
pub fn json(site: &Site, url: Option<&str>) -> String {
    // The form has string keys only: nothing in it can refuse to be JSON.
    serde_json::to_string_pretty(&fill::fill(site, &Addresses::of(site).documents, url)).unwrap_or_default() + "\n"
}

/// The same for programs that read it as a whole, with the addresses of the documents: without indentation, an entry
/// of a long list on each line.
///
/// # Errors
/// When `out` cannot be written to.
pub(super) fn write_json(
    site: &Site,
    addresses: &[Address],
    url: Option<&str>,
    mut out: impl io::Write,
) -> io::Result<()> {
    stream::write(&fill::fill(site, addresses, url), &mut out)
}

/// The JSON Schema of [`json`].
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(form::Export).to_value()
}
