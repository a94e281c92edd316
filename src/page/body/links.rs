//! Where the links and images of a document lead, once it is a page.

use super::Body;
use crate::markdown::{Href, ImageHref};
use crate::model::LinkKind;
use crate::page::url::{element_id, foreign, fragment};
use crate::site::{DocumentId, Target};
use crate::source::RelPath;

/// Endings of files that a page may show as an image.
const IMAGES: &[&str] = &["apng", "avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

impl Body<'_> {
    pub(super) fn link_to(&self, at: u32, target: &str) -> Href {
        self.href(self.target(at, LinkKind::Link), target)
    }

    pub(super) fn image_at(&self, at: u32, target: &str) -> ImageHref {
        let found = self.target(at, LinkKind::Image);
        match (found, self.href(found, target)) {
            (Target::Asset(path), Href::To(href)) if is_image(path) => ImageHref::Shown(href),
            (_, Href::To(href) | Href::Away(href)) => ImageHref::Linked(href),
            (_, Href::Dead(reason)) => ImageHref::Dead(reason),
        }
    }

    /// Where a link of the checklist leads. One that the checklist does not know is a bare address.
    fn target(&self, at: u32, kind: LinkKind) -> &Target {
        let links = &self.document.checklist.links;
        let first = links.partition_point(|link| link.span.start < at);
        let mut here = links[first..].iter().take_while(|link| link.span.start == at);
        let index = here.position(|link| link.kind == kind);
        index.and_then(|index| self.document.targets.get(first + index)).unwrap_or(&Target::Foreign)
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
            Target::Asset(path) => match desk.plan.files().get(path) {
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
}

fn dead(target: &str) -> Href {
    Href::Dead(format!("Dead link: {target}"))
}

fn is_image(path: &RelPath) -> bool {
    let ending = path.name().rsplit_once('.').map_or("", |(_, ending)| ending);
    IMAGES.iter().any(|own| ending.eq_ignore_ascii_case(own))
}
