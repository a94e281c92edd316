//! Sign-offs: tables, lists and lines in which somebody signs. They are kept apart from the items.

use super::phrase::normalise;
use super::tables::Grid;
use super::vocabulary::{Context, Tag};
use super::{Reader, date, lines, owner};
use crate::finding::Code;
use crate::markdown::{Block, NodeId, Tree};
use crate::model::SignOff;
use crate::source::Span;

const SIGNERS: [&str; 16] = [
    "role",
    "approver",
    "signatory",
    "stakeholder",
    "name",
    "sign off",
    "signoff",
    "title",
    "department",
    "function",
    "rol",
    "rôle",
    "rolle",
    "position",
    "reviewer",
    "team",
];
const SIGNATURES: [&str; 18] = [
    "signature",
    "signed",
    "sign off",
    "signoff",
    "approved",
    "approved by",
    "approval",
    "signed by",
    "date",
    "firma",
    "unterschrift",
    "initials",
    "date signed",
    "sign off date",
    "approved?",
    "signed off",
    "fecha",
    "datum",
];

/// Whether a table is one of sign-offs: who or which role, and a signature or date, and nothing that is an item.
pub(super) fn is_table(reader: &Reader<'_>, node: NodeId, grid: &Grid) -> bool {
    let has = |words: &[&str]| grid.headers.iter().any(|header| words.contains(&header.as_str()));
    let within = reader.outline.is_within(reader.tree, node, Context::Approval);
    let who = has(&[
        "role",
        "approver",
        "signatory",
        "stakeholder",
        "sign off",
        "signoff",
        "name",
        "rol",
        "rôle",
        "rolle",
        "reviewer",
    ]);
    let how = has(&[
        "signature",
        "signed",
        "sign off",
        "signoff",
        "approved",
        "approved by",
        "signed by",
        "firma",
        "unterschrift",
        "initials",
        "date signed",
        "approval",
        "signed off",
        "freigabe",
    ]);
    let named = has(&["name", "nombre", "nom"]) && has(&["date", "fecha", "datum"]);
    (who && (how || named)) || (within && (how || named || has(&["role", "approver", "stakeholder"])))
}

/// Adds a row for each one who signs.
pub(super) fn read_table(reader: &mut Reader<'_>, grid: &Grid) {
    let find = |words: &[&str]| grid.headers.iter().position(|header| words.contains(&header.as_str()));
    let role = find(&SIGNERS).unwrap_or(0);
    let name = grid
        .headers
        .iter()
        .position(|header| {
            matches!(header.as_str(), "name" | "nombre" | "nom" | "signed by" | "approved by" | "signature" | "owner")
        })
        .filter(|&index| index != role);
    let dated = find(&["date", "fecha", "datum", "date signed", "sign off date"]);
    let mark = find(&SIGNATURES).filter(|&index| index != role && Some(index) != dated);
    for row in &grid.rows {
        let cell = |index: Option<usize>| index.and_then(|index| row.cells.get(index)).map_or("", String::as_str);
        let label = cell(Some(role)).trim().to_owned();
        let signed = [cell(name), cell(mark)].into_iter().find_map(|text| signer(reader, text));
        if label.is_empty() && signed.is_none() {
            continue;
        }
        let date = date::find(cell(dated)).or_else(|| date::find(cell(mark)));
        reader.sign(SignOff { role: label, name: signed, date, span: row.span });
    }
}

/// A name, unless the text is a blank to fill in or a box. A date behind the name is left out.
fn signer(reader: &Reader<'_>, text: &str) -> Option<String> {
    let text = undated(text);
    let names = owner::value(reader.terms, text.trim_matches(['_', ' ', '☐', '\u{a0}']));
    let known = names.iter().any(|name| name.chars().any(char::is_alphabetic))
        && !text.trim_start().starts_with(['☐', '⬜'])
        && date::find(text).is_none();
    let word = normalise(text);
    let pending = matches!(reader.terms.state(&word), Some(state) if state.is_left());
    (known && !pending).then(|| names.join(", "))
}

/// What stands before the part that holds a date, where that is not the first.
fn undated(text: &str) -> &str {
    let parts = || text.split_inclusive([',', ';', '(', '—', '–', '|']);
    let before: usize = parts().take_while(|part| date::find(part).is_none()).map(str::len).sum();
    if before == 0 { text } else { text[..before].trim_end_matches([',', ';', '(', '—', '–', '|', ' ']) }
}

/// Reads the `Approved by: ____ Date: ____` lines of a paragraph.
pub(super) fn read_paragraph(reader: &mut Reader<'_>, node: NodeId) {
    let tree = reader.tree;
    let labelled =
        |line: &lines::Line<'_>| tree.source(line.span()).bytes().take(64).any(|byte| byte == b':' || byte == 0xEF);
    let found: Vec<SignOff> = lines::of(tree, node)
        .filter(labelled)
        .filter_map(|line| line_signoff(reader, &line.text(tree), line.span()))
        .collect();
    for signoff in found {
        reader.sign(signoff);
    }
}

fn line_signoff(reader: &Reader<'_>, text: &str, span: Span) -> Option<SignOff> {
    let (label, rest) = text.split_once([':', '：'])?;
    let key = normalise(label);
    if reader.terms.words.tag(&key) != Some(Tag::Signature) || label.len() > 60 {
        return None;
    }
    let at = rest.to_lowercase().find("date").unwrap_or(rest.len());
    let name = rest.get(..at).unwrap_or(rest);
    Some(SignOff { role: label.trim().to_owned(), name: signer(reader, name), date: date::find(rest), span })
}

/// Whether a list below a label about approval is made of blanks to sign, and adds them.
pub(super) fn read_list(reader: &mut Reader<'_>, node: NodeId) -> bool {
    let tree = reader.tree;
    let entries: Vec<(String, Span)> =
        tree.children(node).map(|item| (lines::lead(tree, item), tree.node(item).span)).collect();
    let sound = entries.iter().all(|(text, _)| text.contains([':', '_', '：']) && text.len() < 160);
    if !sound || has_boxes(tree, node) {
        return false;
    }
    reader.approvals(node);
    true
}

fn has_boxes(tree: &Tree<'_>, node: NodeId) -> bool {
    tree.below(node).any(|id| matches!(tree.node(id).block, Block::Item(Some(_))))
}

impl Reader<'_> {
    /// Adds every entry of a list as a sign-off.
    pub(super) fn approvals(&mut self, node: NodeId) {
        let tree = self.tree;
        for item in tree.children(node) {
            let text = lines::lead(tree, item);
            let (role, rest) = text.split_once([':', '：']).unwrap_or((&text, ""));
            let ticked = tree.node(item).block == Block::Item(Some(true));
            let name = signer(self, rest.split(['(', '|']).next().unwrap_or(rest))
                .or_else(|| ticked.then(|| role.trim().to_owned()));
            self.sign(SignOff {
                role: role.trim().to_owned(),
                name,
                date: date::find(rest),
                span: tree.node(item).span,
            });
        }
    }

    fn sign(&mut self, signoff: SignOff) {
        if signoff.name.is_none() {
            self.find(
                Code::BlankSignoff,
                signoff.span,
                &format!("nobody has signed as `{}`", signoff.role),
                "sign it, or remove the line",
            );
        }
        self.list.signoffs.push(signoff);
    }
}
