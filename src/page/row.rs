//! An item as a row of a list. The same markup on every page that lists items; printed here and not by a template,
//! because a site has five rows for each item.

use super::edition::Desk;
use super::lists::is_overdue;
use super::markup::{DocumentMarkup, titled};
use super::shape::in_words;
use super::url::{element_id, fragment, is_plain_anchor, safe_segment};
use crate::markdown::{Html, Writer};
use crate::model::{Item, Section, State};
use crate::site::{Document, ItemId};

/// Bytes that a row takes, rather more than fewer: a writer that is too small is copied.
const ROW: usize = 640;

impl Desk<'_> {
    /// The rows of some items.
    pub(super) fn rows(&self, items: &[ItemId]) -> Html {
        let mut out = Writer::with_capacity(items.len() * ROW);
        for &id in items {
            self.write_row(id, &mut out);
        }
        out.finish()
    }

    fn write_row(&self, id: ItemId, out: &mut Writer) {
        let item = self.site.item(id);
        let markup = &self.plan.markup;
        let shared = markup.document(self.site, self.plan, id.document);
        out.raw(row_start(item.state)).html(&shared.name);
        let anchor = out.len()..out.len() + item.anchor.len();
        out.text(&item.anchor).raw("\"");
        self.write_level(item, out);
        out.html(&markup.owners_of(self.site, self.plan, id).data);
        write_more_data(shared, item, out);
        out.raw(row_state(item.state)).text(&self.root).html(&shared.href);
        if is_plain_anchor(&item.anchor) {
            // What needs no escaping is there already.
            out.raw("#").again(anchor);
        } else if !item.anchor.is_empty() {
            out.raw("#").text(&fragment(&element_id(&item.anchor)));
        }
        out.raw("\">").text(title(item)).raw("</a><span class=\"row-place\">");
        if let Some(reference) = item.reference.as_deref().filter(|reference| *reference != title(item)) {
            out.text(reference).raw(" · ");
        }
        out.html(&shared.title);
        shared.write_section(item.section, out);
        if let Some(group) = self.site.group_of(id) {
            out.raw(" › ").text(&titled(title(group)));
        }
        out.raw("</span>");
        self.write_waiver(id, item, "row-note", out);
        if let Some(level) = item.level {
            out.html(&markup.levels[usize::from(level.0)].chip);
        }
        match item.owners.is_empty() {
            true if item.state.is_left() => out.raw("<span class=\"row-owner nobody\">nobody</span>"),
            _ => out.html(&markup.owners_of(self.site, self.plan, id).names),
        };
        self.write_due(item, out);
        out.raw("</li>\n");
    }

    /// The attributes that scripts filter by.
    pub(super) fn write_data(&self, id: ItemId, item: &Item, out: &mut Writer) {
        let shared = self.plan.markup.document(self.site, self.plan, id.document);
        out.raw(" data-item=\"").html(&shared.name).text(&item.anchor).raw("\"");
        self.write_level(item, out);
        // what rows share is of the whole site: a preview that shows a document does without
        let slugs = item.owners.iter().filter_map(|owner| Some(self.plan.owner(owner)?.1));
        let mut before = " data-owner=\"";
        for slug in slugs {
            out.raw(std::mem::replace(&mut before, " ")).text(slug);
        }
        out.raw(if before == " " { "\"" } else { "" });
        write_more_data(shared, item, out);
    }

    fn write_level(&self, item: &Item, out: &mut Writer) {
        if let Some(level) = item.level {
            out.html(&self.plan.markup.levels[usize::from(level.0)].data);
        }
    }

    /// Until when and why an item is waived.
    pub(super) fn write_waiver(&self, id: ItemId, item: &Item, class: &'static str, out: &mut Writer) {
        if item.state != State::Waived {
            return;
        }
        if let Some(waiver) = self.site.waivers.iter().find(|waiver| waiver.items.contains(&id)) {
            out.raw("<span class=\"").raw(class).raw("\">waived until <time datetime=\"");
            out.text(&waiver.expires.to_string()).raw("\">").text(&in_words(waiver.expires)).raw("</time> by ");
            out.text(&waiver.owner).raw(": ").text(&waiver.reason).raw("</span>");
        }
    }

    fn write_due(&self, item: &Item, out: &mut Writer) {
        let Some(due) = item.due else { return };
        let overdue = is_overdue(item, self.site.today);
        out.raw(if overdue { "<span class=\"row-due overdue\">overdue since" } else { "<span class=\"row-due\">due" });
        out.raw(" <time datetime=\"").text(&due.to_string()).raw("\">").text(&in_words(due)).raw("</time></span>");
    }
}

fn write_more_data(document: &DocumentMarkup, item: &Item, out: &mut Writer) {
    if let Some(due) = item.due {
        out.raw(" data-due=\"").text(&due.to_string()).raw("\"");
    }
    out.html(&document.tags);
}

/// Markup for each state, in one piece.
macro_rules! by_state {
    ($($state:ident $name:literal $label:literal;)*) => {
        /// How the row of an item in a state begins, up to its name.
        fn row_start(state: State) -> &'static str {
            match state { $(State::$state => concat!("<li class=\"row is-", $name, "\" data-item=\""),)* }
        }

        /// The state in a row, and how its link begins.
        fn row_state(state: State) -> &'static str {
            match state {
                $(State::$state => concat!(
                    "><span class=\"state s-", $name, "\">", $label, "</span><a class=\"row-title\" href=\""
                ),)*
            }
        }

        #[test]
        fn states_are_called_by_their_names() {
            $(assert_eq!((State::$state.name(), State::$state.label()), ($name, $label));)*
        }
    };
}

by_state! {
    Done "done" "done";
    Doing "doing" "in progress";
    Blocked "blocked" "blocked";
    Open "open" "open";
    Deferred "deferred" "deferred";
    Na "na" "not applicable";
    Waived "waived" "waived";
}

/// The text of an item; its id where it has no other.
pub(super) fn title(item: &Item) -> &str {
    if item.text.is_empty() { item.reference.as_deref().unwrap_or("(no text)") } else { &item.text }
}

/// A tag as a value of filters.
pub(super) fn tag_slug(tag: &str) -> String {
    safe_segment(&tag.to_lowercase())
}

/// The heading of a section, unless that is the title of its document.
pub(super) fn section_title<'d>(document: &'d Document, section: &Section) -> Option<&'d str> {
    let heading = document.checklist.headings.get(section.heading as usize)?;
    (heading.title != document.checklist.title && !heading.title.is_empty()).then_some(&heading.title)
}
