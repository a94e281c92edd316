//! Building again: what has not changed is not touched, and what was tampered with is put right.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use rayon::prelude::*;
use readybook::output::Published;
use readybook::source::RelPath;

use crate::work::{SITE, Work, fill, rel};

#[test]
fn the_first_build_makes_all_folders() {
    let work = Work::new();
    let published = work.publish(SITE).unwrap();
    assert_eq!(published, Published { files: 3, written: 3, removed: 0, replaced: true, leftover: None });
    for (name, text) in SITE {
        assert_eq!(work.text(&format!("public/{name}")), *text);
    }
    let deep = work.target(&work.home().join("not/yet/there")).unwrap();
    let stage = readybook::output::begin(deep).unwrap();
    fill(&stage, SITE).unwrap();
    assert!(stage.publish().unwrap().replaced);
    assert!(work.home().join("not/yet/there/launch/index.html").is_file());
}

#[test]
fn an_empty_folder_and_a_link_to_one_are_fine() {
    let work = Work::new();
    fs::create_dir(work.path("public")).unwrap();
    work.publish(SITE).unwrap();
    fs::create_dir(work.path("real")).unwrap();
    symlink("real", work.path("linked")).unwrap();
    let stage = readybook::output::begin(work.target(&work.path("linked")).unwrap()).unwrap();
    fill(&stage, SITE).unwrap();
    stage.publish().unwrap();
    assert_eq!(work.text("real/index.html"), "12 of 40 done");
    assert!(work.path("linked").is_symlink());
}

#[test]
fn modes_are_fixed_whatever_the_umask() {
    let work = Work::new();
    let umask = rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    work.publish(SITE).unwrap();
    let stage = work.begin().unwrap();
    fill(&stage, SITE).unwrap();
    stage.copy(&rel("assets/deep/launch.md"), &work.path("content/launch.md")).unwrap();
    stage.publish().unwrap();
    rustix::process::umask(umask);
    let stamps = work.stamps("public");
    assert_eq!(stamps.len(), 10);
    for (path, (.., mode)) in stamps {
        assert_eq!(mode & 0o7777, if path.is_dir() { 0o755 } else { 0o644 }, "{}", path.display());
    }
}

#[test]
fn an_unchanged_site_is_not_touched() {
    let work = Work::new();
    let publish = || {
        let stage = work.begin().unwrap();
        fill(&stage, SITE).unwrap();
        stage.copy(&rel("launch.md"), &work.path("content/launch.md")).unwrap();
        stage.publish().unwrap()
    };
    assert!(publish().replaced);
    let before = work.stamps("");
    let published = publish();
    assert_eq!(published, Published { files: 4, written: 0, removed: 0, replaced: false, leftover: None });
    assert_eq!(work.stamps(""), before);
}

#[test]
fn unchanged_files_of_a_changed_site_keep_their_time() {
    let work = Work::new();
    work.publish(SITE).unwrap();
    let before = work.stamps("public");
    let published = work.publish(&[SITE[0], ("launch/index.html", "Launch!"), ("new.html", "New")]).unwrap();
    assert_eq!(published, Published { files: 3, written: 2, removed: 1, replaced: true, leftover: None });
    let after = work.stamps("public");
    let file_and_time = |name: &str| (before[&work.path(name)].1, after[&work.path(name)].1);
    let (old, new) = file_and_time("public/index.html");
    assert_eq!(old, new);
    assert_eq!(work.path("public/index.html").metadata().unwrap().nlink(), 1, "no second name is left");
    assert!(!work.path("public/launch/runs").exists());
    assert!(work.leftovers().is_empty());
}

#[test]
fn a_site_with_fewer_files_is_a_change() {
    let work = Work::new();
    work.publish(SITE).unwrap();
    let published = work.publish(&SITE[..2]).unwrap();
    assert_eq!(published, Published { files: 2, written: 0, removed: 1, replaced: true, leftover: None });
    assert!(!work.path("public/launch/runs").exists());
}

#[test]
fn what_was_tampered_with_is_put_right() {
    let work = Work::new();
    work.publish(SITE).unwrap();
    let chmod = |name: &str, mode| fs::set_permissions(work.path(name), Permissions::from_mode(mode)).unwrap();
    let replace_by_link = || {
        fs::remove_file(work.path("public/index.html")).unwrap();
        fs::write(work.path("same.html"), SITE[0].1).unwrap();
        symlink("../same.html", work.path("public/index.html")).unwrap();
    };
    let tamperings: [&dyn Fn(); 8] = [
        &|| work.put("public/index.html", "40 of 40 done"),
        &|| work.put("public/index.html", "12 of 40 done and more"),
        &|| work.put("public/index.html", ""),
        &|| fs::remove_file(work.path("public/launch/index.html")).unwrap(),
        &|| fs::create_dir(work.path("public/launch/empty")).unwrap(),
        &|| chmod("public/index.html", 0o600),
        &|| chmod("public/launch", 0o700),
        &replace_by_link,
    ];
    for (number, tamper) in tamperings.iter().enumerate() {
        tamper();
        assert!(work.publish(SITE).unwrap().replaced, "{number}");
        let stamps = work.stamps("public");
        assert_eq!(stamps.len(), 7, "{number}: {stamps:?}");
        for (name, text) in SITE {
            assert_eq!(work.text(&format!("public/{name}")), *text, "{number}");
        }
        assert!(!work.publish(SITE).unwrap().replaced, "{number}");
    }
    assert_eq!(work.text("same.html"), SITE[0].1);
}

#[test]
fn large_files_are_compared_to_their_end() {
    let work = Work::new();
    let text = "0123456789abcdef".repeat(5000);
    let mut other = text.clone();
    other.replace_range(text.len() - 1.., "!");
    for (text, replaced) in [(&text, true), (&text, false), (&other, true), (&other, false)] {
        work.put("content/plan.txt", text);
        let stage = work.begin().unwrap();
        stage.write(&rel("page.html"), text.as_bytes()).unwrap();
        stage.copy(&rel("plan.txt"), &work.path("content/plan.txt")).unwrap();
        assert_eq!(stage.publish().unwrap().replaced, replaced);
        assert_eq!(work.text("public/plan.txt"), *text);
        assert_eq!(work.text("public/page.html"), *text);
    }
}

#[test]
fn many_threads_write_into_the_same_folders() {
    let work = Work::new();
    let name = |number: usize| RelPath::new(&format!("{}/{}/{number}.html", number % 7, number % 11)).unwrap();
    for version in ["one", "two"] {
        let stage = work.begin().unwrap();
        let text = |number: usize| format!("{number} {}", if number.is_multiple_of(3) { version } else { "same" });
        let write = |number| stage.write(&name(number), text(number).as_bytes());
        (0..1000).into_par_iter().try_for_each(write).unwrap();
        stage.publish().unwrap();
        for number in 0..1000 {
            assert_eq!(work.text(&format!("public/{}", name(number))), text(number));
        }
    }
}
