//! The ways in which editors and people save, move and remove.

use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::SystemTime;

/// One way: its name, what it does (to the watched folder, with a folder beside it that is not watched), and the paths
/// that it touches in the watched folder. Of a folder that is named, what is in it need not be.
pub(crate) struct Save {
    pub(crate) name: &'static str,
    pub(crate) act: fn(&Path, &Path),
    pub(crate) touches: &'static [&'static str],
}

/// What the watched folder holds before each.
pub(crate) fn lay_out(folder: &Path, beside: &Path) {
    fs::create_dir_all(folder.join("sub/deep")).unwrap();
    for name in ["launch.md", "other.md", "sub/inner.md", "sub/deep/inner.md"] {
        fs::write(folder.join(name), "- [ ] Restore tested\n").unwrap();
    }
    fs::create_dir_all(beside.join("parts")).unwrap();
    fs::write(beside.join("ready.md"), "- [x] Restore tested\n").unwrap();
    fs::write(beside.join("parts/a.md"), "- [x] Restore tested\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(beside.join("ready.md"), folder.join("link.md")).unwrap();
}

/// The ways that change something.
pub(crate) const SAVES: &[Save] = &[
    Save { name: "in place", act: in_place, touches: &["launch.md"] },
    Save { name: "truncate and write", act: |at, _| write(at, "launch.md"), touches: &["launch.md"] },
    Save { name: "append", act: append, touches: &["launch.md"] },
    Save { name: "cut short", act: cut_short, touches: &["launch.md"] },
    Save { name: "in many pieces", act: in_pieces, touches: &["launch.md"] },
    Save { name: "temporary file renamed over", act: renamed_over, touches: &[".launch.md.tmp", "launch.md"] },
    Save { name: "moved over from elsewhere", act: moved_over, touches: &["launch.md"] },
    Save { name: "backup renamed, new file", act: with_backup, touches: &["launch.md", "launch.md~"] },
    Save { name: "backup copied, in place", act: with_copy, touches: &["launch.md", "launch.md~"] },
    Save { name: "vim with its probe", act: like_vim, touches: &["4913", "launch.md", "launch.md~"] },
    Save { name: "deleted and made anew", act: made_anew, touches: &["launch.md"] },
    Save { name: "two files at once", act: two_files, touches: &["launch.md", "sub/inner.md"] },
    Save { name: "a new file", act: |at, _| write(at, "sub/new.md"), touches: &["sub/new.md"] },
    Save { name: "a file deleted", act: |at, _| remove(at, "launch.md"), touches: &["launch.md"] },
    Save { name: "a file renamed", act: |at, _| rename(at, "launch.md", "go.md"), touches: &["go.md", "launch.md"] },
    Save { name: "a file moved down", act: moved_down, touches: &["launch.md", "sub/deep/launch.md"] },
    Save { name: "a file moved out", act: moved_out, touches: &["launch.md"] },
    Save { name: "a new folder with files", act: new_folder, touches: &["new"] },
    Save { name: "new folders in new folders", act: new_folders, touches: &["new"] },
    Save { name: "a folder renamed", act: |at, _| rename(at, "sub", "moved"), touches: &["moved", "sub"] },
    Save { name: "a folder moved in", act: folder_in, touches: &["parts"] },
    Save { name: "a folder moved out", act: folder_out, touches: &["sub"] },
    Save { name: "a folder deleted", act: |at, _| fs::remove_dir_all(at.join("sub")).unwrap(), touches: &["sub"] },
    #[cfg(unix)]
    Save { name: "a link replaced", act: link_replaced, touches: &["link.md", "link.new"] },
    #[cfg(target_os = "linux")]
    Save { name: "two files exchanged", act: exchanged, touches: &["launch.md", "other.md"] },
];

/// The ways that change nothing.
pub(crate) const NO_CHANGES: &[Save] = &[
    Save { name: "read", act: |at, _| drop(fs::read(at.join("launch.md")).unwrap()), touches: &[] },
    Save { name: "listed", act: listed, touches: &[] },
    Save { name: "touched", act: touched, touches: &[] },
    Save { name: "made read-only", act: read_only, touches: &[] },
    Save { name: "written beside", act: |_, beside| write(beside, "ready.md"), touches: &[] },
    Save { name: "written where it is skipped", act: skipped, touches: &[] },
];

fn write(at: &Path, name: &str) {
    fs::write(at.join(name), "- [x] Restore tested, twice\n").unwrap();
}

fn remove(at: &Path, name: &str) {
    fs::remove_file(at.join(name)).unwrap();
}

fn rename(at: &Path, from: &str, to: &str) {
    fs::rename(at.join(from), at.join(to)).unwrap();
}

fn in_place(at: &Path, _: &Path) {
    let mut file = OpenOptions::new().write(true).open(at.join("launch.md")).unwrap();
    file.seek(SeekFrom::Start(3)).unwrap();
    file.write_all(b"x").unwrap();
}

fn append(at: &Path, _: &Path) {
    let mut file = OpenOptions::new().append(true).open(at.join("launch.md")).unwrap();
    file.write_all(b"- [ ] Alarms tested\n").unwrap();
}

fn cut_short(at: &Path, _: &Path) {
    OpenOptions::new().write(true).open(at.join("launch.md")).unwrap().set_len(4).unwrap();
}

fn in_pieces(at: &Path, _: &Path) {
    let mut file = File::create(at.join("launch.md")).unwrap();
    (0..100).for_each(|_| file.write_all(b"- [ ] Alarms tested\n").unwrap());
    file.sync_data().unwrap();
}

fn renamed_over(at: &Path, _: &Path) {
    write(at, ".launch.md.tmp");
    rename(at, ".launch.md.tmp", "launch.md");
}

fn moved_over(at: &Path, beside: &Path) {
    fs::rename(beside.join("ready.md"), at.join("launch.md")).unwrap();
}

fn with_backup(at: &Path, _: &Path) {
    rename(at, "launch.md", "launch.md~");
    write(at, "launch.md");
}

fn with_copy(at: &Path, _: &Path) {
    fs::copy(at.join("launch.md"), at.join("launch.md~")).unwrap();
    write(at, "launch.md");
}

fn like_vim(at: &Path, _: &Path) {
    File::create(at.join("4913")).unwrap();
    remove(at, "4913");
    rename(at, "launch.md", "launch.md~");
    write(at, "launch.md");
    remove(at, "launch.md~");
}

fn made_anew(at: &Path, _: &Path) {
    remove(at, "launch.md");
    write(at, "launch.md");
}

fn two_files(at: &Path, _: &Path) {
    write(at, "launch.md");
    write(at, "sub/inner.md");
}

fn moved_down(at: &Path, _: &Path) {
    rename(at, "launch.md", "sub/deep/launch.md");
}

fn moved_out(at: &Path, beside: &Path) {
    fs::rename(at.join("launch.md"), beside.join("gone.md")).unwrap();
}

fn new_folder(at: &Path, _: &Path) {
    fs::create_dir(at.join("new")).unwrap();
    (0..5).for_each(|number| write(at, &format!("new/{number}.md")));
}

fn new_folders(at: &Path, _: &Path) {
    fs::create_dir_all(at.join("new/a/b/c")).unwrap();
    write(at, "new/a/b/c/launch.md");
}

fn folder_in(at: &Path, beside: &Path) {
    fs::rename(beside.join("parts"), at.join("parts")).unwrap();
}

fn folder_out(at: &Path, beside: &Path) {
    fs::rename(at.join("sub"), beside.join("sub")).unwrap();
}

#[cfg(unix)]
fn link_replaced(at: &Path, beside: &Path) {
    std::os::unix::fs::symlink(beside.join("parts/a.md"), at.join("link.new")).unwrap();
    rename(at, "link.new", "link.md");
}

#[cfg(target_os = "linux")]
fn exchanged(at: &Path, _: &Path) {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, at.join("launch.md"), CWD, at.join("other.md"), RenameFlags::EXCHANGE).unwrap();
}

fn listed(at: &Path, _: &Path) {
    assert_eq!(fs::read_dir(at.join("sub")).unwrap().count(), 2);
}

fn touched(at: &Path, _: &Path) {
    let file = File::open(at.join("launch.md")).unwrap();
    // Both times, as `touch` does: Linux reports a new time of modification alone as if the content were new.
    let times = FileTimes::new().set_modified(SystemTime::UNIX_EPOCH).set_accessed(SystemTime::UNIX_EPOCH);
    file.set_times(times).unwrap();
}

fn read_only(at: &Path, _: &Path) {
    let mut permissions = fs::metadata(at.join("launch.md")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(at.join("launch.md"), permissions).unwrap();
}

fn skipped(at: &Path, _: &Path) {
    fs::create_dir_all(at.join(".git/refs")).unwrap();
    write(at, ".git/refs/main");
}
