//! What machines read: the sitemap, the rules for robots.

use super::edition::Desk;
use super::plan::Page;
use crate::markdown::Writer;

/// Addresses that a sitemap may hold (sitemaps.org).
const SITEMAP: usize = 50_000;

/// All pages. Without `base_url` there are no addresses that a sitemap may hold, and it is empty.
pub(super) fn sitemap(desk: &Desk<'_>) -> Vec<u8> {
    let mut out = Writer::with_capacity(desk.plan.entries().len() * 80);
    out.raw(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    if let Some(base) = desk.edition.config.base_url.as_deref() {
        let pages = desk.plan.entries().filter(|(address, page)| {
            address.as_str().ends_with("index.html") && !matches!(page, Page::File(_) | Page::Asset(_) | Page::Alias(_))
        });
        for (address, _) in pages.take(SITEMAP) {
            out.raw("<url><loc>").text(base).text(&address.canonical()).raw("</loc></url>\n");
        }
    }
    out.raw("</urlset>\n");
    out.finish().into_bytes()
}

/// Robots may read everything.
pub(super) fn robots(desk: &Desk<'_>) -> Vec<u8> {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = desk.edition.config.base_url.as_deref() {
        text.push_str(&format!("Sitemap: {base}sitemap.xml\n"));
    }
    text.into_bytes()
}
