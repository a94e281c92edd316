//! Ticks that are refused: what readers are told.

use std::fs;

use tempfile::TempDir;

use super::desk::Desk;

const TEXT: &str = "- [ ] Backups\n  - [x] Copied\n";
const MATRIX: &str = "# Release checklist\n\n| Requirement | Level |\n|---|---|\n| Drill | Must |\n";

#[test]
fn a_refusal_says_why() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("a.md"), TEXT).unwrap();
    fs::write(home.path().join("b.md"), MATRIX).unwrap();
    let desk = Desk::on(home.path());
    let told = |item: &str, status: u16, message: &str| assert_eq!(desk.tick(item), (status, message.to_owned()));
    told("a#gone", 404, "There is no such item any more.");
    told("gone#copied", 404, "There is no such item any more.");
    told("a#--backups", 409, "This is a group: its items are ticked one by one.");
    told("b#release-checklist--drill", 409, "This item has no place for a state: edit b.md by hand.");
    told("a#--copied", 409, "a.md was changed meanwhile. Nothing was written; look again.");
    assert_eq!(fs::read_to_string(home.path().join("a.md")).unwrap(), TEXT);
}
