//! Where the fragments of links lead: headings, items, and anchors that somebody wrote in HTML.

use super::ids::{Ids, is_prefixed};
use super::nearest::Names;
use super::{Document, DocumentId, ItemId, Target};
use crate::finding::{Code, Finding};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// Looks at the fragment of every link to a document: one that is an item's becomes [`Target::Item`], one that is
/// nobody's is told of, and the link leads to the document alone, or nowhere when it is the same document.
pub(super) fn resolve(documents: &mut [Document], ids: &Ids<Box<str>>, findings: &mut Vec<Finding>) {
    let tables = documents.iter().map(|_| OnceLock::new()).collect();
    let search = Search { documents, ids, tables };
    let numbers = (0..u32::try_from(documents.len()).unwrap_or(u32::MAX)).into_par_iter().map(DocumentId);
    let resolved: Vec<_> = numbers.map(|from| search.document(from)).collect();
    for (document, (targets, found)) in documents.iter_mut().zip(resolved) {
        for (at, target) in targets {
            Arc::make_mut(&mut document.targets)[at] = target;
        }
        findings.extend(found);
    }
}

struct Search<'a> {
    documents: &'a [Document],
    ids: &'a Ids<Box<str>>,
    /// The anchors of each document, made when the first link asks for one.
    tables: Vec<OnceLock<Table<'a>>>,
}

/// The anchors of a document.
struct Table<'a> {
    spots: HashMap<&'a str, Spot>,
    html: OnceLock<HashSet<&'a str>>,
    names: OnceLock<Names<'a>>,
}

#[derive(Clone, Copy)]
enum Spot {
    Heading,
    Item(ItemId),
}

impl<'a> Search<'a> {
    /// The targets that change, by index, and what was found.
    fn document(&self, from: DocumentId) -> (Vec<(usize, Target)>, Vec<Finding>) {
        let (mut changed, mut findings) = (Vec::new(), Vec::new());
        for (at, target) in self.documents[from.0 as usize].targets.iter().enumerate() {
            let Target::Document(to, fragment) = target else { continue };
            if fragment.is_empty() {
                continue;
            }
            match self.fragment(from, *to, fragment) {
                Ok(target) => changed.extend(target.map(|target| (at, target))),
                Err(finding) => {
                    changed.push((at, if *to == from { Target::Dead } else { Target::Document(*to, String::new()) }));
                    findings.push(self.finding(from, at, *to, finding));
                }
            }
        }
        (changed, findings)
    }

    /// Where a fragment leads, `None` for where it says; or the code of what is wrong with it.
    fn fragment(&self, from: DocumentId, to: DocumentId, fragment: &str) -> Result<Option<Target>, Code> {
        // the prefix with which source hosts keep ids of a document apart from their own
        let name = fragment.strip_prefix("user-content-").unwrap_or(fragment);
        let table = self.table(to);
        match table.spots.get(name) {
            Some(Spot::Heading) if name == fragment => return Ok(None),
            Some(Spot::Heading) => return Ok(Some(Target::Document(to, name.to_owned()))),
            Some(Spot::Item(item)) => return Ok(Some(Target::Item(*item))),
            None => {}
        }
        if name.eq_ignore_ascii_case("top") || is_lines(name) {
            return Ok(Some(Target::Document(to, String::new())));
        }
        if let Some(item) = self.ids.in_document(name, to).or_else(|| self.ids.nearest(name, from, self.documents)) {
            return Ok(Some(Target::Item(item)));
        }
        let text = self.documents[to.0 as usize].source.text();
        if table.html.get_or_init(|| html_anchors(text)).contains(name) {
            return Ok(None);
        }
        Err(if is_prefixed(name) { Code::UnknownItem } else { Code::DeadAnchor })
    }

    fn table(&self, of: DocumentId) -> &Table<'a> {
        self.tables[of.0 as usize].get_or_init(|| {
            let document = &self.documents[of.0 as usize];
            let items = (0..).zip(&document.checklist.items);
            let items = items.map(|(index, item)| (&*item.anchor, Spot::Item(ItemId { document: of, index })));
            let rows = document.references.iter();
            let rows = rows.map(|reference| (&*reference.row.anchor, Spot::Item(reference.item)));
            let headings = document.checklist.headings.iter().map(|heading| (&*heading.anchor, Spot::Heading));
            let spots = rows.chain(items).chain(headings).collect();
            Table { spots, html: OnceLock::new(), names: OnceLock::new() }
        })
    }

    fn finding(&self, from: DocumentId, at: usize, to: DocumentId, code: Code) -> Finding {
        let (document, other) = (&self.documents[from.0 as usize], &self.documents[to.0 as usize]);
        let link = &document.checklist.links[at];
        let (path, fragment) = link.target.split_once('#').unwrap_or((&link.target, ""));
        let message = if code == Code::UnknownItem {
            format!("the link `{}` is to an item that no document has", link.target)
        } else {
            format!("the link `{}` leads to no heading or item of {}", link.target, other.source.path)
        };
        let finding = Finding::new(code, document.source.path.clone(), Some(link.span), message);
        if code == Code::UnknownItem {
            // another number is another item: nothing is near
            return finding.help("correct the id, or give it to the item that is meant");
        }
        let table = self.table(to);
        let headings = || other.checklist.headings.iter().map(|heading| heading.anchor.as_str());
        let items =
            || other.checklist.items.iter().map(|item| item.reference.as_ref().unwrap_or(&item.anchor).as_str());
        let names = table.names.get_or_init(|| Names::new(headings().chain(items())));
        match names.nearest(fragment) {
            Some(near) => finding.help(format!("did you mean `{path}#{near}`?")),
            None => finding,
        }
    }
}

/// Whether a fragment names lines of the source, as source hosts write it: `L3`, `L3-L9`.
fn is_lines(fragment: &str) -> bool {
    fragment.split('-').all(|part| {
        part.strip_prefix('L').is_some_and(|line| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// Values of `id` and `name` attributes in a text. It takes no notice of code: a link to an anchor that is only shown
/// there is rare, and a false alarm is worse.
fn html_anchors(text: &str) -> HashSet<&str> {
    let mut anchors = HashSet::new();
    for attribute in ["id=", "name="] {
        for (at, _) in text.match_indices(attribute) {
            let value = &text[at + attribute.len()..];
            let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
            let end =
                |c: char| quote.map_or(c.is_whitespace() || matches!(c, '>' | '/'), |quote| c == quote || c == '\n');
            let value = quote.map_or(value, |_| &value[1..]);
            // no anchor is longer; the limit keeps unended quotes from costing much
            let value = value.char_indices().take(200).find(|&(_, c)| end(c)).map(|(length, _)| &value[..length]);
            anchors.extend(value);
        }
    }
    anchors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_in_html() {
        let found = html_anchors("<a id=\"one\"></a> <a name='two'> <p id=three> <p id=\"unended\n");
        assert!(["one", "two", "three"].iter().all(|anchor| found.contains(anchor)), "{found:?}");
        assert!(!found.contains("four"));
    }

    #[test]
    fn lines_of_a_source() {
        assert!(is_lines("L3") && is_lines("L3-L12"));
        assert!(!is_lines("L") && !is_lines("launch") && !is_lines("L3-"));
    }
}
