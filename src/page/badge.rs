//! Badges: as a picture of our own, and as the JSON that shields.io reads.

use super::edition::Desk;
use super::plan::Badge;
use crate::markdown::Writer;
use crate::model::Tally;
use crate::site::Status;

/// What a badge says.
struct Said {
    label: String,
    message: String,
    /// White on it has a contrast of more than 4.5.
    colour: &'static str,
}

const GREEN: &str = "#1a7f37";
const AMBER: &str = "#8a5a00";
const RED: &str = "#b42318";
const GREY: &str = "#57606a";

/// The badge as a picture.
pub(super) fn picture(desk: &Desk<'_>, badge: Badge) -> Vec<u8> {
    let Said { label, message, colour } = said(desk, badge);
    let (left, right) = (width(&label), width(&message));
    let all = left + right;
    let mut out = Writer::with_capacity(900);
    out.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").number(all).raw("\" height=\"20\" role=\"img\"");
    out.raw(" aria-label=\"").text(&label).raw(": ").text(&message).raw("\"><title>").text(&label).raw(": ");
    out.text(&message).raw("</title><rect width=\"").number(all).raw("\" height=\"20\" rx=\"3\" fill=\"#444c56\"/>");
    out.raw("<path d=\"M").number(left).raw(" 0h").number(right - 3).raw("a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-");
    out.number(right - 3).raw("z\" fill=\"").raw(colour).raw("\"/><g fill=\"#fff\" text-anchor=\"middle\" ");
    out.raw("font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"11\">");
    for (text, width, middle) in [(&label, left, left / 2), (&message, right, left + right / 2)] {
        out.raw("<text x=\"").number(middle).raw("\" y=\"14\" textLength=\"").number(width - 12).raw("\">");
        out.text(text).raw("</text>");
    }
    out.raw("</g></svg>\n");
    out.finish().into_bytes()
}

/// The badge as an endpoint of shields.io (schema version 1).
pub(super) fn endpoint(desk: &Desk<'_>, badge: Badge) -> Vec<u8> {
    let Said { label, message, colour } = said(desk, badge);
    let json = serde_json::json!({"schemaVersion": 1, "label": label, "message": message, "color": colour});
    let mut bytes = json.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

fn said(desk: &Desk<'_>, badge: Badge) -> Said {
    match badge {
        Badge::Site => of_site(desk),
        Badge::Document(id) => {
            let document = desk.site.document(id);
            of_tally(short(&document.checklist.title), document.checklist.tally)
        }
        Badge::Level(level) => of_tally(desk.site.ladder.step(level).key.clone(), desk.site.level(Some(level)).tally),
    }
}

fn of_site(desk: &Desk<'_>) -> Said {
    let tally = desk.site.tally;
    let (word, colour) = match desk.site.verdict.status {
        Status::Ready => ("ready", GREEN),
        Status::NotReady => ("not ready", RED),
        Status::Unknown => ("unknown", GREY),
        Status::NoGate => return of_tally("readiness".to_owned(), tally),
    };
    let message = match tally.percent() {
        Some(percent) => format!("{word}, {percent}%"),
        None => word.to_owned(),
    };
    Said { label: "readiness".to_owned(), message, colour }
}

fn of_tally(label: String, tally: Tally) -> Said {
    let (message, colour) = match tally.percent() {
        Some(100) => (format!("{} of {}", tally.done(), tally.scope()), GREEN),
        Some(_) => (format!("{} of {}", tally.done(), tally.scope()), AMBER),
        None => ("no items".to_owned(), GREY),
    };
    Said { label, message, colour }
}

/// A title that fits on a badge.
fn short(title: &str) -> String {
    const CHARACTERS: usize = 40;
    let mut short: String = title.chars().take(CHARACTERS).collect();
    if short.len() < title.len() {
        short.push('…');
    }
    short
}

/// Width of a text with its margins, in pixels at 11 px: about 7 for a letter, 11 for a wide one.
fn width(text: &str) -> u32 {
    let of = |c: char| match c {
        'i' | 'l' | 'j' | 't' | 'f' | 'I' | '.' | ',' | ':' | ' ' | '\'' | '|' => 4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 10,
        c if c.is_ascii() => 7,
        _ => 11,
    };
    text.chars().map(of).sum::<u32>() + 12
}
