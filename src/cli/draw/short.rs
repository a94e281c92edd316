//! A finding on one line: `path:line:column: severity[code]: message`.

use crate::cli::loaded::Loaded;
use crate::cli::printer::escape;
use crate::finding::Finding;

/// A finding on one line.
pub(super) fn draw(finding: &Finding, loaded: &Loaded) -> String {
    let place = loaded.place(finding).map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
    let path = escape(&loaded.shown(&finding.path));
    let severity = finding.severity.word();
    format!("{path}{place}: {severity}[{}]: {}\n", finding.code.name(), escape(&finding.message))
}
