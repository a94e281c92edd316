//! Two builds at once.

use std::process::{Child, Output, Stdio};

use crate::subject::{Bench, Site, Subject};

/// How often two are started together.
const TIMES: usize = 40;

/// Starts two builds of different sites together: each publishes its own, or says that the other is at it.
pub(crate) fn at_once(subject: &Subject) {
    let bench = Bench::new(subject);
    let mut both = 0;
    for time in 0..TIMES {
        let sites = if time % 2 == 0 { [Site::A, Site::B] } else { [Site::B, Site::A] };
        let ended = sites.map(|site| start(&bench, site)).map(|build| build.wait_with_output().expect("its end"));
        let found = bench.published("two builds at once");
        let winners: Vec<Site> =
            sites.iter().zip(&ended).filter(|(_, output)| output.status.success()).map(|(site, _)| *site).collect();
        assert!(found.is_some_and(|found| winners.contains(&found)), "{found:?} of {winners:?} {ended:?}");
        ended.iter().filter(|output| !output.status.success()).for_each(|output| assert_busy(output, subject));
        bench.assert_tidy("two builds at once");
        both += usize::from(winners.len() == 2);
        bench.heal(Site::A, "two builds at once");
    }
    println!("  {TIMES} pairs: in {both} of them one published after the other, else one gave way");
}

fn start(bench: &Bench<'_>, site: Site) -> Child {
    let mut build = (bench.subject().once)(bench.work(), site);
    build.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a build")
}

fn assert_busy(output: &Output, subject: &Subject) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(subject.failure), "{text}");
    assert!(text.contains("another build is publishing to `"), "{text}");
}
