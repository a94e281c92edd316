//! Two builds at once: one of them gives way, and no site is a mix.

use std::thread;

use readybook::output::{OutputError, begin};

use crate::work::{SITE, Work, fill, rel};

#[test]
fn the_second_build_gives_way() {
    let work = Work::new();
    for state in ["no site yet", "a site"] {
        let first = work.begin().unwrap();
        let error = work.begin().unwrap_err();
        assert!(matches!(error, OutputError::Busy { .. }), "{state}: {error}");
        assert_eq!(error.to_string(), format!("another build is publishing to `{}`", work.path("public").display()));
        fill(&first, SITE).unwrap();
        assert!(matches!(work.begin(), Err(OutputError::Busy { .. })), "{state}, written to");
        first.publish().unwrap();
    }
    assert!(work.begin().is_ok());
}

#[test]
fn builds_for_other_folders_do_not_matter() {
    let work = Work::new();
    let public = work.begin().unwrap();
    let drafts = begin(work.target(&work.path("drafts")).unwrap()).unwrap();
    fill(&drafts, SITE).unwrap();
    drafts.publish().unwrap();
    fill(&public, SITE).unwrap();
    public.publish().unwrap();
}

#[test]
fn a_build_that_gives_up_leaves_no_trace() {
    let work = Work::new();
    let stage = work.begin().unwrap();
    fill(&stage, SITE).unwrap();
    drop(stage);
    assert!(!work.path("public").exists());
    assert!(work.leftovers().is_empty());
    work.publish(SITE).unwrap();
    let before = work.stamps("public");
    let stage = work.begin().unwrap();
    stage.write(&rel("index.html"), b"13 of 40 done").unwrap();
    assert_eq!(work.leftovers(), [".public.readybook"]);
    drop(stage);
    assert!(work.leftovers().is_empty());
    assert_eq!(work.stamps("public"), before);
}

#[test]
fn builds_in_a_race_never_mix() {
    let work = Work::new();
    let sites = ["one", "two", "three"];
    let race = |text: &str| {
        let site: Vec<_> = ["a.html", "b/c.html", "b/d.html"].map(|name| (name, text)).to_vec();
        let outcomes = (0..60).map(|_| work.publish(&site));
        outcomes
            .filter(|outcome| match outcome {
                Ok(published) => published.leftover.is_none(),
                Err(OutputError::Busy { .. }) => false,
                Err(error) => panic!("{error}"),
            })
            .count()
    };
    let done: usize = thread::scope(|scope| {
        let builds = sites.map(|text| scope.spawn(move || race(text)));
        builds.into_iter().map(|build| build.join().unwrap()).sum()
    });
    assert!(done > 0);
    let text = work.text("public/a.html");
    assert!(sites.contains(&text.as_str()));
    assert_eq!((work.text("public/b/c.html"), work.text("public/b/d.html")), (text.clone(), text));
    assert!(work.leftovers().is_empty());
}

#[test]
fn first_builds_in_a_race_never_mix() {
    for _ in 0..30 {
        let work = Work::new();
        let build = |text| work.publish(&[("a.html", text), ("b/c.html", text)]);
        let outcomes = thread::scope(|scope| {
            ["one", "two", "three"].map(|text| scope.spawn(move || build(text))).map(|build| build.join().unwrap())
        });
        for outcome in outcomes {
            assert!(matches!(outcome, Ok(_) | Err(OutputError::Busy { .. })), "{outcome:?}");
        }
        drop(work.begin().unwrap());
        if work.path("public").exists() {
            assert_eq!(work.text("public/a.html"), work.text("public/b/c.html"));
        }
        assert!(work.leftovers().is_empty());
    }
}
