//! Ten thousand files changed at once, as a branch switch does it.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::desk::{Desk, assert_same};

const FOLDERS: usize = 100;
const FILES: usize = 100;

/// A branch: other text in every file, and one folder that only it has.
fn write(branch: &str, content: &Path) {
    for folder in 0..FOLDERS {
        let folder = content.join(format!("f{folder:02}"));
        fs::create_dir_all(&folder).unwrap();
        for file in 0..FILES {
            let text = format!("# Launch\n\n- [x] Restore tested on {branch}\n- [ ] Alarms tested\n");
            fs::write(folder.join(format!("launch-{file:02}.md")), text).unwrap();
        }
    }
    fs::create_dir(content.join(branch)).unwrap();
    fs::write(content.join(branch).join("notes.md"), "# Notes\n\n[First](../f00/launch-00.md)\n").unwrap();
}

/// Puts one file after the other in the place of the old one, as a branch switch does; no faster and no slower than
/// the machine is.
fn check_out(written: &Path, branch: &str, content: &Path) {
    for folder in 0..FOLDERS {
        for file in 0..FILES {
            let name = format!("f{folder:02}/launch-{file:02}.md");
            fs::rename(written.join(&name), content.join(&name)).unwrap();
        }
    }
    fs::remove_dir_all(content.join("main")).unwrap();
    fs::rename(written.join(branch), content.join(branch)).unwrap();
}

#[test]
fn a_branch_switch_of_ten_thousand_files_is_three_builds_at_most() {
    let home = TempDir::new().unwrap();
    let (content, written) = (&home.path().join("content"), &home.path().join("written"));
    write("main", content);
    write("release", written);
    let desk = Desk::on(content);
    check_out(written, "release", content);
    let clean = Desk::on(content);
    let machines = clean.shows(&[]);
    while desk.shows(&[]) != machines {
        desk.next();
    }
    // Every page of the site that is no document, and of the documents one in each folder.
    let mut addresses = clean.addresses();
    addresses.retain(|address| !address.contains("/launch-") || address.ends_with("/launch-37/"));
    assert!(addresses.len() > FOLDERS);
    assert_same(&desk, &clean, &addresses, "after the switch");
    assert_eq!(desk.page("/main/notes/"), None);
    // The next save is a build of its own. Before it were the first, and those of the switch.
    fs::write(content.join("sentinel.md"), "- [ ] Alarms tested\n").unwrap();
    while desk.page("/sentinel/").is_none() {
        desk.next();
    }
    let builds = desk.build() - 2;
    assert!(builds <= 3, "{builds} builds");
}
