//! What dead builds left, brought about by hand; `tests/faults` brings it about by killing.

use std::fs;

use readybook::output::begin;

use crate::work::{SITE, Work, fill};

const CHANGED: &[(&str, &str)] = &[("index.html", "13 of 40 done")];

#[test]
fn a_build_that_died_while_it_staged() {
    let work = Work::new();
    work.publish(SITE).unwrap();
    work.put(".public.readybook/.readybook", "");
    work.put(".public.readybook/launch/index.html", "half a pa");
    work.publish(SITE).unwrap();
    assert!(work.leftovers().is_empty(), "also when nothing is published");
    assert_eq!(work.text("public/launch/index.html"), "Launch");
}

#[test]
fn a_first_build_that_died() {
    let work = Work::new();
    fs::create_dir(work.path(".public.readybook")).unwrap();
    work.publish(SITE).unwrap();
    fs::remove_dir_all(work.path("public")).unwrap();
    work.put(".public.readybook/.readybook", "");
    work.put(".public.readybook/index.html", "half");
    work.put(".public.readybook/other.html", "half");
    work.publish(SITE).unwrap();
    assert!(!work.path("public/other.html").exists());
    assert!(work.leftovers().is_empty());
}

#[test]
fn a_build_that_died_between_two_renames() {
    let work = Work::new();
    work.publish(SITE).unwrap();
    fs::rename(work.path("public"), work.path(".public.readybook-old")).unwrap();
    work.put(".public.readybook/.readybook", "");
    work.put(".public.readybook/index.html", "13 of 40 done");
    drop(work.begin().unwrap());
    assert_eq!(work.text("public/launch/index.html"), "Launch", "the old site is back");
    assert!(work.leftovers().is_empty());
    work.publish(CHANGED).unwrap();
    assert_eq!(work.text("public/index.html"), "13 of 40 done");
}

#[test]
fn a_build_that_died_while_it_removed_the_old_site() {
    let work = Work::new();
    work.publish(CHANGED).unwrap();
    work.put(".public.readybook-old/.readybook", "");
    work.put(".public.readybook-old/launch/index.html", "Launch");
    work.publish(CHANGED).unwrap();
    assert!(work.leftovers().is_empty());
}

#[test]
fn half_of_an_old_site_is_not_put_back() {
    let work = Work::new();
    work.put(".public.readybook-old/.readybook", "");
    work.put(".public.readybook-old/launch/index.html", "Launch");
    drop(work.begin().unwrap());
    assert!(!work.path("public").exists());
    assert!(work.leftovers().is_empty());
}

#[test]
fn a_site_is_replaced_by_two_renames_as_well() {
    let work = Work::new();
    for site in [SITE, CHANGED, SITE] {
        let stage = begin(work.public().by_two_renames()).unwrap();
        fill(&stage, site).unwrap();
        assert!(stage.publish().unwrap().replaced);
        for (name, text) in site {
            assert_eq!(work.text(&format!("public/{name}")), *text);
        }
        assert_eq!(work.path("public/launch").exists(), site.len() > 1);
        assert!(work.leftovers().is_empty());
    }
}
