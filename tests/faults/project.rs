//! `readybook build` on a small real project, in two states.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::subject::Site;

/// Documents that both states have.
const FILES: [(&str, &str); 5] = [
    ("readybook.toml", "title = \"Release\"\n\n[search]\nenable = false\n"),
    (".gitignore", "private.md\n"),
    ("content/private.md", "# Private\n\n- [ ] Must never be published\n"),
    ("content/plan.txt", "The plan.\n"),
    ("themes/default/static/extra.txt", "Of the theme.\n"),
];

/// The documents of each state.
const DOCUMENTS: [[(&str, &str); 2]; 2] = [
    [
        ("launch.md", "# Launch\n\n## P0\n\n- [ ] Restore from backup, see the [plan](plan.txt)\n- [ ] Load test\n"),
        ("old.md", "# Before\n\nOnly [before](launch.md).\n"),
    ],
    [
        ("launch.md", "# Launch\n\n## P0\n\n- [x] Restore from backup, see the [plan](plan.txt)\n- [ ] Load test\n"),
        ("new/guide.md", "# After\n\n| Item | Status |\n|---|---|\n| Roll back | Done |\n"),
    ],
];

/// Writes both projects, `a` and `b`.
pub(crate) fn prepare(work: &Path) {
    for site in [Site::A, Site::B] {
        let documents = DOCUMENTS[site as usize].map(|(name, text)| (format!("content/{name}"), text));
        let files = FILES.map(|(name, text)| (name.to_owned(), text));
        for (name, text) in files.into_iter().chain(documents) {
            let path = work.join(folder(site)).join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a work folder");
            fs::write(path, text).expect("a file of the project");
        }
    }
}

fn folder(site: Site) -> &'static str {
    match site {
        Site::A => "a",
        Site::B => "b",
    }
}

/// The command that publishes a project to `public`. Run in the project, as people do.
pub(crate) fn build(work: &Path, site: Site, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_readybook"));
    command.arg("build").arg(work.join(folder(site))).arg("-o").arg(work.join("public")).args(options);
    command.args(["--now", "2026-06-30"]).env_remove("GITHUB_ACTIONS").env("HOME", "/nowhere");
    command
}
