//! Waivers: items that need not be done, for a reason, on somebody's word, until a day.

use super::count::recount;
use super::ids::Ids;
use super::nearest::Names;
use super::{Document, DocumentId, ItemId, Waiver, detach};
use crate::config::Config;
use crate::finding::{Code, Finding};
use crate::model::{Checklist, Item, State, WaiverRequest};
use crate::source::RelPath;
use jiff::civil::Date;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// Waives what the configuration waives, and what documents may waive of their own items.
pub(super) fn apply(
    documents: &mut [Document],
    ids: &Ids<Box<str>>,
    config: &Config,
    today: Date,
    findings: &mut Vec<Finding>,
) -> Vec<Waiver> {
    let of_site = config.waivers.iter().map(|request| (None, request));
    let of_documents = (0..).map(DocumentId).zip(documents.iter());
    let of_documents = of_documents
        .flat_map(|(id, document)| document.checklist.front.waivers.iter().map(move |request| (Some(id), request)));
    let search = Search { documents, ids, names: OnceCell::new(), full_names: OnceCell::new() };
    let mut waivers = Vec::new();
    for (asker, request) in of_site.chain(of_documents) {
        let path = asker.map_or(&config.path, |id| &documents[id.0 as usize].source.path);
        match judge(request, today).and_then(|waiver| Ok((waiver, search.find(asker, &request.item)?))) {
            Ok(found) => waivers.push(found),
            Err((code, message, help)) => {
                let finding = Finding::new(code, path.clone(), request.span, message);
                findings.push(Finding { help, ..finding });
            }
        }
    }
    let mut touched = BTreeSet::new();
    for (waiver, item) in &mut waivers {
        touched.insert(item.document);
        waiver.items = waive(documents[item.document.0 as usize].checklist.edit(), *item);
    }
    for id in touched {
        recount(documents[id.0 as usize].checklist.edit());
    }
    waivers.into_iter().map(|(waiver, _)| waiver).collect()
}

type Fault = (Code, String, Option<String>);

/// A waiver when it is complete and still holds.
fn judge(request: &WaiverRequest, today: Date) -> Result<Waiver, Fault> {
    let said = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let item = &request.item;
    let (Some(reason), Some(owner), Some(expires)) = (said(&request.reason), said(&request.owner), request.expires)
    else {
        let parts = [("reason", said(&request.reason).is_none()), ("owner", said(&request.owner).is_none())];
        let parts = parts.into_iter().chain([("expires", request.expires.is_none())]);
        let missing: Vec<&str> = parts.filter_map(|(name, missing)| missing.then_some(name)).collect();
        let message = format!("the waiver for `{item}` lacks {}", missing.join(" and "));
        let help = "a waiver counts when it has a reason, an owner and a last day".to_owned();
        return Err((Code::WaiverIncomplete, message, Some(help)));
    };
    if expires < today {
        let message = format!("the waiver for `{item}` held until {expires}; the item counts again");
        return Err((Code::WaiverExpired, message, Some("do the item, or agree on a new waiver".to_owned())));
    }
    Ok(Waiver { item: item.clone(), reason, owner, expires, items: Vec::new() })
}

/// Finds items by what waivers call them.
struct Search<'a> {
    documents: &'a [Document],
    ids: &'a Ids<Box<str>>,
    /// Ids, to choose the nearest from.
    names: OnceCell<Names<'a>>,
    /// Every `document#anchor`, for the same.
    full_names: OnceCell<Vec<String>>,
}

impl<'a> Search<'a> {
    /// The item that a waiver names: by its id, or as `document#anchor`. A document's own waivers reach only its own.
    fn find(&self, asker: Option<DocumentId>, name: &str) -> Result<ItemId, Fault> {
        let unmatched =
            |what: &str, help| (Code::WaiverUnmatched, format!("the waiver for `{name}` fits {what}"), help);
        if let Some(asker) = asker {
            let anchor = name.rsplit_once('#').map_or(name, |(_, anchor)| anchor);
            return self.in_document(asker, anchor).ok_or_else(|| unmatched("no item of this document", None));
        }
        if let Some((path, anchor)) = name.rsplit_once('#') {
            let item = self.document(path).and_then(|id| self.in_document(id, anchor));
            return item.ok_or_else(|| unmatched("no item", self.near(name)));
        }
        let mut fitting = self.ids.all(name).iter().filter(|item| self.documents[item.document.0 as usize].counted);
        match (fitting.next(), fitting.next()) {
            (Some(item), None) => Ok(*item),
            (None, _) => Err(unmatched("no item", self.near(name))),
            (Some(one), Some(_)) => {
                let stem = self.documents[one.document.0 as usize].stem();
                Err(unmatched("several items", Some(format!("name the document too, as in `{stem}#{name}`"))))
            }
        }
    }

    /// The document of a path, with or without its ending.
    fn document(&self, path: &str) -> Option<DocumentId> {
        let path = RelPath::new(path)?;
        let find =
            |path: &str| self.documents.binary_search_by(|document| document.source.path.as_str().cmp(path)).ok();
        let at = find(path.as_str()).or_else(|| find(&format!("{path}.md")))?;
        u32::try_from(at).ok().map(DocumentId)
    }

    fn in_document(&self, id: DocumentId, anchor: &str) -> Option<ItemId> {
        let mut items = (0..).zip(&self.documents[id.0 as usize].checklist.items);
        items
            .find(|(_, item)| item.anchor == anchor || item.reference.as_deref() == Some(anchor))
            .map(|(index, _)| ItemId { document: id, index })
    }

    /// What was probably meant, as a hint.
    fn near(&self, name: &str) -> Option<String> {
        let counted = || self.documents.iter().filter(|document| document.counted);
        let near = if name.contains('#') {
            let full = |document: &Document| {
                let stem = document.stem().to_owned();
                document.checklist.items.iter().map(move |item| format!("{stem}#{}", item.anchor)).collect::<Vec<_>>()
            };
            let names = self.full_names.get_or_init(|| counted().flat_map(full).collect());
            Names::new(names.iter().map(String::as_str)).nearest(name)
        } else {
            let ids = counted().flat_map(|document| &document.checklist.items);
            self.names.get_or_init(|| Names::new(ids.filter_map(|item| item.reference.as_deref()))).nearest(name)
        };
        near.map(|near| format!("did you mean `{near}`?"))
    }
}

/// Waives an item, or what is left of the items below a group. Gives back those that were waived.
fn waive(checklist: &mut Checklist, top: ItemId) -> Vec<ItemId> {
    let one = |item: &mut Item| {
        let waived = !item.group && item.state.is_left();
        if waived {
            item.state = State::Waived;
        }
        waived
    };
    let item = &mut checklist.items[top.index as usize];
    if !item.group {
        return one(item).then_some(top).into_iter().collect();
    }
    let inside = detach::inside(checklist, top.index);
    let items = (0..).zip(&mut checklist.items).zip(inside).filter(|(_, inside)| *inside);
    items.filter_map(|((index, item), _)| one(item).then_some(ItemId { index, ..top })).collect()
}
