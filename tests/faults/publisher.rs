//! The program under test: publishes one of two small sites, once or in turn for ever.

use std::path::Path;
use std::process::ExitCode;

use readybook::output::{OutputError, Protected, Published, Target, begin};
use readybook::source::RelPath;

use crate::subject::Site;

/// `DIR once-a|once-b|for-ever exchange|rename`: publishes to `DIR/public`; an asset comes from `DIR/content`.
pub(crate) fn run(arguments: &[String]) -> ExitCode {
    let [folder, what, way] = arguments else { return ExitCode::from(2) };
    let publish = |site| publish(Path::new(folder), site, way);
    let outcome = match what.as_str() {
        "once-a" => publish(Site::A),
        "once-b" => publish(Site::B),
        _ => loop {
            if let Err(error) = publish(Site::A).and_then(|_| publish(Site::B)) {
                break Err(error);
            }
        },
    };
    match outcome {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn publish(folder: &Path, site: Site, way: &str) -> Result<Published, OutputError> {
    let content = folder.join("content");
    let protected = Protected { content: &content, theme: None, project: folder, home: None, current: None };
    let mut target = Target::check(&folder.join("public"), &protected)?;
    if way == "rename" {
        target = target.by_two_renames();
    }
    let stage = begin(target)?;
    for (name, bytes) in pages(site) {
        stage.write(&RelPath::new(name).expect("a relative path"), bytes.as_bytes())?;
    }
    stage.copy(&RelPath::new("assets/plan.txt").expect("a relative path"), &content.join("plan.txt"))?;
    if site == Site::B {
        stage.copy(&RelPath::new("assets/extra.txt").expect("a relative path"), &content.join("extra.txt"))?;
    }
    stage.publish()
}

/// The two sites have pages in common, pages that differ, and pages and folders that only one has.
fn pages(site: Site) -> Vec<(&'static str, String)> {
    match site {
        Site::A => vec![
            ("index.html", "<h1>12 of 40 done</h1>".repeat(2000)),
            ("style.css", "body { color: black }".to_owned()),
            ("launch/index.html", "<h1>Launch</h1>".to_owned()),
            ("old/page/index.html", "<h1>Only before</h1>".to_owned()),
        ],
        Site::B => vec![
            ("index.html", "<h1>13 of 40 done</h1>".repeat(2000)),
            ("style.css", "body { color: black }".to_owned()),
            ("launch/index.html", "<h1>Launch, revised</h1>".to_owned()),
            ("new/index.html", "<h1>Only after</h1>".to_owned()),
        ],
    }
}
