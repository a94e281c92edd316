//! The changes as an Atom feed (RFC 4287): an entry for each day on which an item or the verdict changed.

use super::changes::{Finder, KindView, counted, counts, groups, text};
use super::edition::Desk;
use super::history::{part_of, people};
use super::overview::word;
use super::plan::Page;
use super::shape::told;
use crate::markdown::{Html, Writer};
use crate::site::{Change, Day, Past};
use jiff::civil::Date;
use std::borrow::Cow;

/// Changes told in an entry at most; the history has more.
const CHANGES: usize = 200;

/// The feed. Everything in it has its whole address: it is read away from the site.
pub(super) fn atom(desk: &Desk<'_>) -> Vec<u8> {
    let days = match &*desk.edition.setting.past {
        Past::Known(days) => days.as_slice(),
        Past::Unknown(_) => &[],
    };
    let title = legal(&desk.site.title);
    let mut out = Writer::with_capacity(1 << 14);
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>");
    out.text(&desk.href(&Page::Feed)).raw("</id>\n<title>").text(&title).raw(": changes</title>\n<updated>");
    write_time(days.last().map_or(desk.site.today, |day| day.date), &mut out);
    out.raw("</updated>\n<author><name>").text(&title).raw("</name></author>\n<link rel=\"self\"");
    out.attribute("href", &desk.href(&Page::Feed)).raw("/>\n<link rel=\"alternate\" type=\"text/html\"");
    out.attribute("href", &desk.href(&Page::History(1))).raw("/>\n<generator version=\"");
    out.raw(env!("CARGO_PKG_VERSION")).raw("\">Readybook</generator>\n");
    let mut finder = Finder::new(desk);
    let changed = (1..days.len()).rev().filter(|&index| is_told(&days[index - 1], &days[index]));
    for index in changed.take(desk.edition.config.feed.limit as usize) {
        write_entry(&mut finder, days, index, &mut out);
    }
    out.raw("</feed>\n");
    out.finish().into_bytes()
}

/// Whether something changed that a reader of a feed would want to hear of.
fn is_told(before: &Day, day: &Day) -> bool {
    !day.changes.is_empty() || before.status != day.status
}

fn write_entry(finder: &mut Finder<'_, '_>, days: &[Day], index: usize, out: &mut Writer) {
    let day = &days[index];
    let desk = finder.desk;
    let date = day.date.to_string();
    let page = |part| format!("{}#{date}", desk.href(&Page::History(part)));
    // The page that has a day changes as days are added, and the id must not.
    out.raw("<entry>\n<id>").text(&page(1)).raw("</id>\n<title>").text(&title(&days[index - 1], day));
    out.raw("</title>\n<updated>");
    write_time(day.date, out);
    out.raw("</updated>\n");
    for name in people(day) {
        out.raw("<author><name>").text(&legal(name)).raw("</name></author>\n");
    }
    out.raw("<link rel=\"alternate\" type=\"text/html\"");
    out.attribute("href", &page(part_of(days.len() - 1 - index)));
    out.raw("/>\n<content type=\"html\">").text(content(finder, day).as_str()).raw("</content>\n</entry>\n");
}

/// What changed in short, and how it stood after: `3 closed, 2 added: 34 of 120 done, 28 %`.
fn title(before: &Day, day: &Day) -> String {
    let counts = counts(&day.changes).into_iter().map(|(kind, count)| counted(kind, count));
    let turn = (before.status != day.status).then(|| word(day.status).to_lowercase());
    let changes: Vec<String> = turn.into_iter().chain(counts).collect();
    format!("{}: {}", changes.join(", "), told(day.tally))
}

/// The beginning of a day as RFC 3339 has it: no later time of it is known to be past.
fn write_time(date: Date, out: &mut Writer) {
    out.text(&date.to_string()).raw("T00:00:00Z");
}

/// The changes as HTML.
fn content(finder: &mut Finder<'_, '_>, day: &Day) -> Html {
    let mut out = Writer::with_capacity(1 << 12);
    let mut room = CHANGES;
    for group in groups(finder.desk, day) {
        if room == 0 {
            break;
        }
        out.raw("<h3>");
        let page = group.document.map(|id| finder.desk.document_href(id));
        write_linked(page.as_deref(), group.title, &mut out);
        out.raw("</h3><ul>");
        for change in group.changes.iter().take(room) {
            let item = finder.find(group.document, change).map(|id| finder.desk.item_href(id));
            write_change(finder.desk, item.as_deref(), change, &mut out);
        }
        out.raw("</ul>");
        room = room.saturating_sub(group.changes.len());
    }
    let cut = u32::try_from(day.changes.len().saturating_sub(CHANGES)).unwrap_or(u32::MAX);
    if cut > 0 {
        out.raw("<p>And ").number(cut).raw(" more.</p>");
    }
    out.finish()
}

fn write_change(desk: &Desk<'_>, href: Option<&str>, change: &Change, out: &mut Writer) {
    let item = change.item();
    let kinds: Vec<&str> = change.kinds().into_iter().map(|kind| KindView::from(kind).word()).collect();
    let key = |level: Option<crate::model::Level>| {
        let step = level.and_then(|level| desk.site.ladder.steps.get(usize::from(level.0)));
        step.map_or("no priority", |step| &step.key)
    };
    out.raw("<li>").text(&kinds.join(", ")).raw(": ");
    if item.level.is_some() {
        out.raw("<b>").text(&legal(key(item.level))).raw("</b> ");
    }
    write_linked(href, text(item), out);
    if let Change::Changed { before, after } = change {
        if before.state != after.state {
            out.raw(" (").text(before.state.label()).raw(" → ").text(after.state.label()).raw(")");
        }
        if before.level != after.level {
            out.raw(" (was ").text(&legal(key(before.level))).raw(")");
        }
        if before.text != after.text {
            out.raw("<br>was: ").text(&legal(text(before)));
        }
    }
    out.raw("</li>");
}

fn write_linked(href: Option<&str>, label: &str, out: &mut Writer) {
    match href {
        Some(href) => out.raw("<a").attribute("href", href).raw(">").text(&legal(label)).raw("</a>"),
        None => out.text(&legal(label)),
    };
}

/// A text without the two characters that XML forbids and that escaping leaves (XML 1.0, section 2.2).
fn legal(text: &str) -> Cow<'_, str> {
    if text.contains(['\u{fffe}', '\u{ffff}']) {
        Cow::Owned(text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}
