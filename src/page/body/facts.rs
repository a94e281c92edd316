//! What is known of an item beside its text: sum, due date, owner, priority, place.

use super::{Body, Entry};
use crate::markdown::{FactsAt, Writer};
use crate::model::{Item, Tally};
use crate::page::lists::is_overdue;
use crate::page::shape::in_words;
use crate::page::url::{element_id, fragment};
use crate::site::ItemId;

/// Writes the facts of an item. In a row, what the row says itself is left out.
pub(super) fn write(body: &Body<'_>, key: u32, place: FactsAt, out: &mut Writer) {
    let said = match place {
        FactsAt::Line => "",
        FactsAt::Row => body.document.source.slice(body.written(key).span),
    };
    out.raw("<span class=\"facts\">");
    // In a row the sum stands in the place of the state; a line shows only the shape of that, and the sum here.
    if let Some(tally) = body.sum(key).filter(|_| place == FactsAt::Line) {
        out.raw("<span class=\"sum\" aria-hidden=\"true\">").number(tally.done());
        out.raw(" of ").number(tally.scope()).raw("</span>");
    }
    let (id, item) = match body.entry(key) {
        Entry::Own(id, item) => {
            // The line of the group, above, or the head of the page says it of all that has its date from there.
            let above = body.desk.site.group_of(id).map_or(body.document.checklist.front.due, |group| group.due);
            if above != item.due {
                write_due(body, item, said, out);
            }
            body.desk.write_waiver(id, item, "waiver", out);
            (id, item)
        }
        Entry::Other(reference) => {
            let item = body.desk.site.item(reference.item);
            write_due(body, item, said, out);
            (reference.item, item)
        }
    };
    // A row names its owners in a cell: there they are said in full.
    if place == FactsAt::Line || body.written(key).owner_cell.is_none() {
        write_owners(body, id, said, out);
    }
    write_level(body, item, said, out);
    write_line(body, key, out);
    out.raw("</span>");
}

fn write_due(body: &Body<'_>, item: &Item, said: &str, out: &mut Writer) {
    let Some(due) = item.due else { return };
    let overdue = is_overdue(item, body.desk.site.today);
    let iso = due.to_string();
    if said.contains(&iso) && !overdue {
        return;
    }
    out.raw(if overdue { "<span class=\"due overdue\">overdue since " } else { "<span class=\"due\">due " });
    out.raw("<time datetime=\"").text(&iso).raw("\">").text(&in_words(due)).raw("</time></span>");
}

fn write_owners(body: &Body<'_>, id: ItemId, said: &str, out: &mut Writer) {
    let item = body.desk.site.item(id);
    if item.owners.is_empty() {
        if item.state.is_left() && !item.group {
            out.raw("<span class=\"owner nobody\">nobody</span>");
        }
        return;
    }
    for at in 0..item.owners.len() {
        if !says_owner(body, said, &item.owners[at]) {
            write_owner(body, id, at, out);
        }
    }
}

/// Writes one owner of an item.
fn write_owner(body: &Body<'_>, id: ItemId, at: usize, out: &mut Writer) {
    let plan = body.desk.plan;
    let name = &body.desk.site.item(id).owners[at];
    match plan.owner(name) {
        Some((index, _)) => {
            out.raw("<a class=\"owner\" href=\"").text(&body.desk.root).html(&plan.markup.owners[index as usize]);
            out.raw("\">").text(name).raw("</a>");
        }
        None => {
            out.raw("<span class=\"owner\">").text(name).raw("</span>");
        }
    }
}

/// Writes the owners of a row's item that the row calls otherwise, such as by a letter: behind that, in brackets.
pub(super) fn write_row_owners(body: &Body<'_>, key: u32, out: &mut Writer) {
    let row = body.written(key);
    let id = match body.entry(key) {
        Entry::Own(id, _) => id,
        Entry::Other(reference) => reference.item,
    };
    let said = body.document.source.slice(row.span);
    let mut before = " (";
    for (at, name) in body.desk.site.item(id).owners.iter().enumerate() {
        if !says_owner(body, said, name) {
            out.raw(std::mem::replace(&mut before, ", "));
            write_owner(body, id, at, out);
        }
    }
    if before == ", " {
        out.raw(")");
    }
}

/// Whether a row names an owner, by name or by another name that the configuration knows.
fn says_owner(body: &Body<'_>, said: &str, name: &str) -> bool {
    let aliases = || {
        let owner = body.desk.edition.config.owners.iter().find(|owner| owner.name == name);
        owner.is_some_and(|owner| owner.aliases.iter().any(|alias| says(said, alias)))
    };
    !said.is_empty() && (says(said, name) || aliases())
}

/// Whether a row has a word or words, in any case.
fn says(said: &str, name: &str) -> bool {
    !name.is_empty() && said.to_lowercase().contains(&name.to_lowercase())
}

fn write_level(body: &Body<'_>, item: &Item, said: &str, out: &mut Writer) {
    let Some(level) = item.level else { return };
    let is_said = item.level_text.as_deref().is_some_and(|text| !text.is_empty() && said.contains(text));
    if !is_said {
        let markup = &body.desk.plan.markup.levels[usize::from(level.0)];
        out.html(&markup.link).text(&body.desk.root).html(&markup.href).raw("\">").html(&markup.key).raw("</a>");
    }
}

/// The line in the source, and the link to the item itself.
fn write_line(body: &Body<'_>, key: u32, out: &mut Writer) {
    let document = body.document;
    let line = document.source.line(body.written(key).span.start);
    match &body.host {
        Some(host) => {
            out.raw("<a class=\"line-no\"").attribute("href", &host.line(&document.source.path, line)).raw(">L");
            out.number(line).raw("</a>");
        }
        None => {
            out.raw("<span class=\"line-no\">L").number(line).raw("</span>");
        }
    }
    match body.entry(key) {
        Entry::Own(_, item) => {
            out.raw("<a class=\"permalink\" href=\"#").text(&fragment(&element_id(&item.anchor)));
            out.raw("\" aria-label=\"Permalink\">#</a>");
        }
        Entry::Other(reference) => {
            out.raw("<a class=\"permalink\"").attribute("href", &body.desk.item_href(reference.item));
            out.raw(" aria-label=\"Its own page\">→</a>");
        }
    }
}

/// Writes a sum in words: "1 of 3 done".
pub(super) fn write_done(tally: Tally, out: &mut Writer) {
    if tally.scope() == 0 {
        out.raw("nothing in scope");
    } else {
        out.number(tally.done()).raw(" of ").number(tally.scope()).raw(" done");
    }
}
