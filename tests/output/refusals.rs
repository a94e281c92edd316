//! Folders that are never published to. In each case nothing is deleted.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use readybook::output::{OutputError, Refusal, Ward, begin};

use crate::work::{SITE, Work, fill, rel};

/// Why `output` is refused, before or at the start of a build.
fn reason(work: &Work, output: &Path) -> Refusal {
    match work.target(output).and_then(begin) {
        Err(OutputError::Refused { reason, path }) => {
            assert!(path.ends_with(output.file_name().unwrap_or_default()), "{}", path.display());
            reason
        }
        other => panic!("{}: {other:?}", output.display()),
    }
}

#[test]
fn the_root_of_the_file_system() {
    let work = Work::new();
    assert_eq!(reason(&work, Path::new("/")), Refusal::Root);
    symlink("/", work.path("public")).unwrap();
    assert_eq!(reason(&work, &work.path("public")), Refusal::Root);
}

#[test]
fn home_and_the_project_but_not_folders_in_them() {
    let work = Work::new();
    let (home, project) = (work.home().to_owned(), work.path(""));
    assert_eq!(reason(&work, &home), Refusal::Holds { ward: Ward::Content, folder: work.path("content") });
    symlink(&home, work.path("public")).unwrap();
    assert!(matches!(reason(&work, &work.path("public")), Refusal::Holds { .. }));
    assert!(matches!(reason(&work, &project), Refusal::Holds { .. }));
    assert!(work.target(&home.join("elsewhere/site")).is_ok());
}

#[test]
fn each_protected_folder_on_its_own() {
    let home = tempfile::tempdir().unwrap();
    let away = tempfile::tempdir().unwrap();
    let folder = |name: &str| away.path().join(name);
    let (content, theme, project) = (folder("a/content"), folder("b/theme"), folder("c/project"));
    let protected = readybook::output::Protected {
        content: &content,
        theme: Some(&theme),
        project: &project,
        home: Some(home.path()),
        current: Some(&folder("d/site/here")),
    };
    let check = |path: &Path| match readybook::output::Target::check(path, &protected) {
        Ok(target) => target.folder().display().to_string(),
        Err(error) => error.to_string().split_once(": it ").unwrap().1.to_owned(),
    };
    let told = |words: &str, path: &Path| format!("{words} `{}`", path.display());
    assert_eq!(check(&content), told("is the content folder", &content));
    assert_eq!(check(&folder("a")), told("holds the content folder", &content));
    assert_eq!(check(&content.join("x/y")), told("lies in the content folder", &content));
    assert_eq!(check(&theme), told("is the theme folder", &theme));
    assert_eq!(check(&folder("b")), told("holds the theme folder", &theme));
    assert_eq!(check(&theme.join("x")), told("lies in the theme folder", &theme));
    assert_eq!(check(&project), told("is the project folder", &project));
    assert_eq!(check(&folder("c")), told("holds the project folder", &project));
    assert_eq!(check(home.path()), told("is the home folder", home.path()));
    assert_eq!(check(&folder("d/site")), told("holds the current folder", &folder("d/site/here")));
    let around = home.path().parent().unwrap();
    assert_eq!(check(around), told("holds the content folder", &content));
    for path in [project.join("public"), home.path().join("public"), folder("a/content-site"), folder("d/site/here/x")]
    {
        assert_eq!(check(&path), path.display().to_string(), "may be published to");
    }
}

#[test]
fn links_and_detours_to_the_content() {
    let work = Work::new();
    let is_content = Refusal::Is { ward: Ward::Content, folder: work.path("content") };
    symlink("content", work.path("public")).unwrap();
    assert_eq!(reason(&work, &work.path("public")), is_content);
    symlink(work.path("content/area"), work.path("area")).unwrap();
    let in_content = Refusal::LiesIn { ward: Ward::Content, folder: work.path("content") };
    assert_eq!(reason(&work, &work.path("area")), in_content);
    assert_eq!(reason(&work, &work.path("area/not/yet/there")), in_content);
    assert_eq!(reason(&work, &work.path("themes/../content/new")), in_content);
    assert_eq!(work.text("content/launch.md"), "# Launch\n");
}

#[test]
fn files_and_links_to_nowhere() {
    let work = Work::new();
    work.put("report", "mine");
    assert_eq!(reason(&work, &work.path("report")), Refusal::NotAFolder);
    symlink("report", work.path("public")).unwrap();
    assert_eq!(reason(&work, &work.path("public")), Refusal::NotAFolder);
    symlink("nowhere", work.path("site")).unwrap();
    assert_eq!(reason(&work, &work.path("site")), Refusal::DeadLink);
    assert_eq!(work.text("report"), "mine");
    assert!(work.target(&work.path("report/below")).is_err());
}

#[test]
fn mount_points() {
    // The two that every Linux has. Nothing is looked at in them.
    let work = Work::new();
    for path in ["/proc", "/dev"] {
        let is_mounted = cfg!(target_os = "linux") && Path::new(path).is_dir();
        assert!(!is_mounted || reason(&work, Path::new(path)) == Refusal::MountPoint, "{path}");
    }
}

#[test]
fn folders_with_foreign_files() {
    let work = Work::new();
    work.put("public/thesis.tex", "years of work");
    let error = work.publish(SITE).unwrap_err();
    let told = format!(
        "will not publish to `{}`: it is not empty, and no build of readybook made it",
        work.path("public").display()
    );
    assert_eq!(error.to_string(), told);
    assert!(error.help().is_some());
    work.put("public/.readybook", "{\"files\": [\"thesis.tex\"]}");
    assert_eq!(reason(&work, &work.path("public")), Refusal::Unmarked);
    assert_eq!(work.text("public/thesis.tex"), "years of work");
    assert!(work.leftovers().is_empty());
}

#[test]
fn foreign_files_in_a_site_of_ours() {
    let work = Work::new();
    work.publish(SITE).unwrap();
    for name in ["launch/notes.txt", "CNAME", ".git/config"] {
        work.put(&format!("public/{name}"), "mine");
        assert_eq!(reason(&work, &work.path("public")), Refusal::Foreign(name.into()));
        assert_eq!(work.text(&format!("public/{name}")), "mine");
    }
    assert_eq!(work.text("public/index.html"), "12 of 40 done");
}

#[test]
fn a_foreign_file_that_comes_during_the_build() {
    let work = Work::new();
    work.publish(SITE).unwrap();
    let stage = work.begin().unwrap();
    stage.write(&rel("index.html"), b"13 of 40 done").unwrap();
    work.put("public/CNAME", "status.example");
    let error = stage.publish().unwrap_err();
    assert!(error.to_string().ends_with("it holds `CNAME`, which no build put there"), "{error}");
    assert_eq!(work.text("public/CNAME"), "status.example");
    assert_eq!(work.text("public/index.html"), "12 of 40 done");
    assert!(work.leftovers().is_empty());
}

#[test]
fn what_file_managers_leave_is_no_reason() {
    let work = Work::new();
    work.publish(SITE).unwrap();
    work.put("public/launch/.DS_Store", "");
    assert!(!work.publish(SITE).unwrap().replaced);
}

#[test]
fn a_folder_that_came_in_the_place_of_the_site() {
    let work = Work::new();
    for way in ["one step", "two renames"] {
        let target = if way == "one step" { work.public() } else { work.public().by_two_renames() };
        work.publish(SITE).unwrap();
        let stage = begin(target).unwrap();
        fill(&stage, &[("index.html", "13 of 40 done")]).unwrap();
        fs::rename(work.path("public"), work.path("moved")).unwrap();
        for name in ["index.html", ".readybook"] {
            work.put(&format!("public/{name}"), "not by this build");
        }
        let error = stage.publish().unwrap_err();
        assert!(error.to_string().ends_with("it was replaced by something else during the build"), "{error}");
        assert_eq!(work.text("public/index.html"), "not by this build", "{way}");
        assert_eq!(work.text("moved/index.html"), "12 of 40 done", "{way}");
        assert!(work.leftovers().is_empty(), "{way}");
        fs::remove_dir_all(work.path("public")).unwrap();
        fs::remove_dir_all(work.path("moved")).unwrap();
    }
}

#[test]
fn names_beside_the_output_that_are_taken() {
    let work = Work::new();
    for name in [".public.readybook", ".public.readybook-old"] {
        let in_the_way = Refusal::InTheWay(work.path(name));
        work.put(&format!("{name}/mine.txt"), "mine");
        assert_eq!(reason(&work, &work.path("public")), in_the_way);
        assert_eq!(work.text(&format!("{name}/mine.txt")), "mine");
        fs::remove_dir_all(work.path(name)).unwrap();
        work.put("content/.readybook", "");
        symlink("content", work.path(name)).unwrap();
        assert_eq!(reason(&work, &work.path("public")), in_the_way);
        fs::remove_file(work.path(name)).unwrap();
        work.put(name, "a file");
        assert_eq!(reason(&work, &work.path("public")), in_the_way);
        fs::remove_file(work.path(name)).unwrap();
    }
    assert_eq!(work.text("content/launch.md"), "# Launch\n");
}

#[test]
fn names_and_sources_that_are_not_sound() {
    let work = Work::new();
    symlink("content/launch.md", work.path("link.md")).unwrap();
    let stage = work.begin().unwrap();
    stage.write(&rel("index.html"), b"once").unwrap();
    for name in ["index.html", ".readybook", "index.html/below"] {
        assert!(matches!(stage.write(&rel(name), b"twice"), Err(OutputError::Taken { .. })), "{name}");
    }
    for source in ["link.md", "content", "missing.png"] {
        let error = stage.copy(&rel("asset"), &work.path(source)).unwrap_err().to_string();
        assert!(error.starts_with(&format!("cannot read `{}`: ", work.path(source).display())), "{error}");
    }
}
