//! One file a page kind: its view struct and how it is filled from the site; the printer; the one place that spells a
//! URL.

pub mod export;
