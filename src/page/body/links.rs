//! Where the links and images of a document lead, once it is a page.

use super::Body;
use crate::markdown::{Href, ImageHref};
use crate::model::LinkKind;
use crate::page::url::{decoded, element_id, foreign, fragment};
use crate::site::{DocumentId, Target};
use crate::source::RelPath;

/// Endings of files that a page may show as an image.
const IMAGES: &[&str] = &["apng", "avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

impl Body<'_> {
    pub(super) fn link_to(&self, at: u32, target: &str) -> Href {
        match self.target(at, LinkKind::Link) {
            Some(found) => self.href(found, target),
            None => self.href(&self.raw_target(target), target),
        }
    }

    pub(super) fn image_at(&self, at: u32, target: &str) -> ImageHref {
        let raw;
        let found = match self.target(at, LinkKind::Image) {
            Some(found) => found,
            None => {
                raw = self.raw_target(target);
                &raw
            }
        };
        match (found, self.href(found, target)) {
            (Target::Asset(path), Href::To(href)) if is_image(path) => ImageHref::Shown(href),
            (_, Href::To(href) | Href::Away(href)) => ImageHref::Linked(href),
            (_, Href::Dead(reason)) => ImageHref::Dead(reason),
        }
    }

    /// Where a link of the checklist leads; `None` for one that stands in raw HTML or is a bare address.
    fn target(&self, at: u32, kind: LinkKind) -> Option<&Target> {
        let links = &self.document.checklist.links;
        let first = links.partition_point(|link| link.span.start < at);
        let here = links[first..].iter().take_while(|link| link.span.start == at);
        let index = first + here.enumerate().find(|(_, link)| link.kind == kind)?.0;
        self.document.targets.get(index)
    }

    fn href(&self, found: &Target, target: &str) -> Href {
        let desk = self.desk;
        match found {
            Target::Foreign => match foreign(target) {
                Some(href) => Href::Away(href),
                None => Href::Dead(format!("No address that can be opened: {target}")),
            },
            Target::Document(id, anchor) => Href::To(self.document_href(*id, anchor)),
            Target::Item(id) => Href::To(desk.item_href(*id)),
            Target::Asset(path) => match desk.plan.files.get(path) {
                Some(address) => Href::To(format!("{}{}", desk.root, address.href())),
                None => dead(target),
            },
            Target::Repository(path) => match &self.host {
                Some(host) => Href::Away(host.file(path)),
                None => dead(target),
            },
            Target::Dead => dead(target),
        }
    }

    fn document_href(&self, id: DocumentId, anchor: &str) -> String {
        let page = if id == self.id { String::new() } else { self.desk.document_href(id) };
        if anchor.is_empty() && id == self.id {
            return "#".to_owned();
        }
        if anchor.is_empty() {
            return page;
        }
        let id = self.id_of(id, anchor);
        format!("{page}#{}", fragment(&id))
    }

    /// The id on a document's page that a fragment means: a heading, an item, or what raw HTML named.
    fn id_of(&self, id: DocumentId, anchor: &str) -> String {
        let document = self.desk.site.document(id);
        let checklist = &document.checklist;
        let is_known = checklist.headings.iter().any(|heading| heading.anchor == anchor)
            || checklist.items.iter().any(|item| item.anchor == anchor);
        let is_raw =
            || ["id", "name"].iter().any(|name| document.source.text().contains(&format!("{name}=\"{anchor}\"")));
        if !is_known && is_raw() { format!("user-content-{anchor}") } else { element_id(anchor).into_owned() }
    }

    /// Where a target leads that the checklist does not know: those of raw HTML.
    fn raw_target(&self, target: &str) -> Target {
        if let Some(anchor) = target.strip_prefix('#') {
            return Target::Document(self.id, decoded(anchor).into_owned());
        }
        if foreign(target).is_some() {
            return Target::Foreign;
        }
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let Some(path) = self.document.source.path.join(&decoded(path)).filter(|_| !path.contains(':')) else {
            return Target::Dead;
        };
        self.document_at(&path).map_or_else(
            || if self.desk.plan.files.contains_key(&path) { Target::Asset(path) } else { Target::Dead },
            |id| Target::Document(id, decoded(anchor).into_owned()),
        )
    }

    fn document_at(&self, path: &RelPath) -> Option<DocumentId> {
        let index = self.desk.site.documents.binary_search_by(|document| document.source.path.cmp(path)).ok()?;
        u32::try_from(index).ok().map(DocumentId)
    }
}

fn dead(target: &str) -> Href {
    Href::Dead(format!("Dead link: {target}"))
}

fn is_image(path: &RelPath) -> bool {
    let ending = path.name().rsplit_once('.').map_or("", |(_, ending)| ending);
    IMAGES.iter().any(|own| ending.eq_ignore_ascii_case(own))
}
