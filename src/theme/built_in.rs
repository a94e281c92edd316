//! The table of built-in themes. A file that is added below `themes/` gets a row here.

/// A file: its name within its theme, and its bytes.
type File = (&'static str, &'static [u8]);

macro_rules! file {
    ($theme:literal, $name:literal) => {
        ($name, include_bytes!(concat!("../../themes/", $theme, "/", $name)).as_slice())
    };
}

/// Files of the default theme.
pub(super) const DEFAULT: &[File] = &[
    file!("default", "404.html"),
    file!("default", "assets/favicon.svg"),
    file!("default", "assets/highlight.css"),
    file!("default", "assets/readybook.js"),
    file!("default", "assets/style.css"),
    file!("default", "assets/theme.js"),
    file!("default", "base.html"),
    file!("default", "document.html"),
    file!("default", "documents.html"),
    file!("default", "findings.html"),
    file!("default", "history.html"),
    file!("default", "items.html"),
    file!("default", "level.html"),
    file!("default", "list.html"),
    file!("default", "moved.html"),
    file!("default", "overview.html"),
    file!("default", "owner.html"),
    file!("default", "owners.html"),
    file!("default", "parts/blockers.html"),
    file!("default", "parts/burnup.html"),
    file!("default", "parts/change.html"),
    file!("default", "parts/claim.html"),
    file!("default", "parts/claims.html"),
    file!("default", "parts/course.html"),
    file!("default", "parts/dates.html"),
    file!("default", "parts/day.html"),
    file!("default", "parts/document_after.html"),
    file!("default", "parts/document_claims.html"),
    file!("default", "parts/document_meta.html"),
    file!("default", "parts/documents_table.html"),
    file!("default", "parts/filters.html"),
    file!("default", "parts/footer.html"),
    file!("default", "parts/header.html"),
    file!("default", "parts/lately.html"),
    file!("default", "parts/no_history.html"),
    file!("default", "parts/owners_short.html"),
    file!("default", "parts/pager.html"),
    file!("default", "parts/patterns.html"),
    file!("default", "parts/state.html"),
    file!("default", "parts/tally.html"),
    file!("default", "parts/toc.html"),
    file!("default", "parts/verdict.html"),
    file!("default", "portfolio.html"),
    file!("default", "priorities.html"),
    file!("default", "report.html"),
    file!("default", "state.html"),
];

/// Files of the other built-in themes, which lie over the default.
pub(super) const OTHERS: &[(&str, &[File])] = &[(
    "ledger",
    &[
        file!("ledger", "assets/ledger.css"),
        file!("ledger", "base.html"),
        file!("ledger", "overview.html"),
        file!("ledger", "parts/footer.html"),
    ],
)];
