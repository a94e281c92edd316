//! Former addresses of documents: each is a small page that leads to where the document is now.

use super::address::{Taken, aside};
use super::chrome::Head;
use super::edition::Desk;
use super::shape::LinkView;
use super::url::{Address, decoded, safe_segment};
use crate::finding::{Code, Finding};
use crate::site::{DocumentId, Site};
use crate::source::Span;
use serde::Serialize;

/// A former address, and whose it was.
#[derive(Debug)]
pub(super) struct Alias {
    pub(super) address: Address,
    pub(super) document: DocumentId,
}

/// What the template of a former address sees.
#[derive(Serialize)]
pub(super) struct AliasView {
    target: LinkView,
    /// The whole address of the document, where it is known where the site is.
    canonical: Option<String>,
}

/// The page at a former address.
pub(super) fn view(desk: &Desk<'_>, alias: &Alias) -> (Head, AliasView) {
    let target = desk.document_link(alias.document);
    let base = desk.edition.config.base_url.as_deref();
    let canonical = base.map(|base| format!("{base}{}", desk.plan.documents()[alias.document.0 as usize].canonical()));
    (Head { kind: "moved", title: target.label.clone(), ..Head::default() }, AliasView { target, canonical })
}

/// The former addresses that documents name in their front matter, from the root of the site. None is taken from a page
/// or file that is there.
pub(super) fn all<'s>(
    site: &'s Site,
    documents: &[Address],
    taken: &mut Taken<'s>,
    findings: &mut Vec<Finding>,
) -> Vec<Alias> {
    let mut aliases = Vec::new();
    for (id, own) in site.document_ids().zip(documents) {
        let path = &site.document(id).source.path;
        for written in &site.document(id).checklist.front.aliases {
            let find = |code, message: String| Finding::new(code, path.clone(), place(site, id, written), message);
            let Some((address, exact)) = address(written) else {
                let message = format!("the alias `{written}` is no address of this site");
                findings
                    .push(find(Code::AddressTaken, message).help("write it from the root of the site: `old/plan/`"));
                continue;
            };
            if address.key() == own.key() {
                continue;
            }
            let shown = address.canonical().into_owned();
            if let Some(whose) = whose(&address, taken) {
                findings.push(find(Code::AddressTaken, format!("the alias `{written}` is the address of {whose}")));
                continue;
            }
            if !exact {
                let message =
                    format!("the alias `{written}` is published at `{shown}`, which is how addresses are spelled");
                findings.push(find(Code::AddressMoved, message));
            }
            taken.note(&address, path);
            aliases.push(Alias { address, document: id });
        }
    }
    aliases
}

/// The address that an alias means, and whether it is spelled so; `None` for what is no path of this site.
fn address(written: &str) -> Option<(Address, bool)> {
    let path = decoded(written.trim());
    let path = path.trim_start_matches('/').trim_end_matches('/');
    if path.contains([':', '?', '#', '\\']) || path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return None;
    }
    // A former source file had its page in a folder of its name.
    let page = [".md", ".markdown", "/index.html"].iter().find_map(|ending| path.strip_suffix(ending));
    let spelled: Vec<String> = page.unwrap_or(path).split('/').map(safe_segment).collect();
    let spelled = spelled.join("/");
    let exact = spelled == page.unwrap_or(path);
    let is_file = page.is_none() && spelled.ends_with(".html");
    Some((if is_file { Address::new(&spelled) } else { Address::page(&spelled) }, exact))
}

/// Who has an address, or needs it for a folder or file.
fn whose(address: &Address, taken: &Taken<'_>) -> Option<String> {
    if aside(address.as_str()) != address.as_str() || address.as_str() == "index.html" {
        return Some("a page of the site itself".to_owned());
    }
    let mut around = address.as_str().match_indices('/').map(|(at, _)| Address::new(&address.as_str()[..at]));
    match taken.by(address) {
        Some(Some(other)) => Some(format!("`{other}`")),
        Some(None) => Some("a folder of the site".to_owned()),
        // A file cannot be a folder too.
        None => around.find_map(|folder| taken.by(&folder).flatten()).map(|other| format!("`{other}`")),
    }
}

/// Where front matter names an alias.
fn place(site: &Site, document: DocumentId, written: &str) -> Option<Span> {
    let source = &site.document(document).source;
    let front = site.document(document).checklist.front.span?;
    let at = front.range().start + source.slice(front).find(written)?;
    Some(Span::new(at..at + written.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_addresses_from_the_root() {
        for (written, expected, exact) in [
            ("old", "old/index.html", true),
            ("/old/plan/", "old/plan/index.html", true),
            ("old/plan.md", "old/plan/index.html", true),
            ("old/index.html", "old/index.html", true),
            ("old/plan.html", "old/plan.html", true),
            ("Old%20plan", "Old-plan/index.html", false),
            ("con/a b.html", "_con/a-b.html", false),
        ] {
            let (address, is_exact) = address(written).unwrap();
            assert_eq!((address.as_str(), is_exact), (expected, exact), "{written}");
        }
        for written in ["", "/", "../up", "a/../b", "a//b", "https://a.example/b", "a?b", "a#b", "a\\b"] {
            assert!(address(written).is_none(), "{written}");
        }
    }
}
