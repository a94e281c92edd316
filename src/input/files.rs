//! The files beside the documents, as plain values.

pub use crate::site::{Files, Repository};
