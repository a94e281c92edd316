//! How long a save takes in a preview, without watching and browser: one document is read again, the site is put together,
//! and its page is made.
//!
//! ```text
//! cargo bench --bench saving                       the documents of content/
//! cargo bench --bench saving -- FOLDER [SAVES]     the documents of a folder
//! ```

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark reads disk and clock, and prints")]

use readybook::config::Config;
use readybook::input::{self, Project};
use readybook::page::{self, Edition, Page, Plan, Press};
use readybook::pipeline::{self, Kept, Reader};
use readybook::render::Renderer;
use readybook::site::{DocumentId, Drafts, Setting, Sheet, Site};
use readybook::source::Source;
use readybook::theme::Theme;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let folder = arguments.next().unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/content").to_owned());
    let saves: usize = arguments.next().map_or(Ok(15), |saves| saves.parse())?;
    let project = Project::open(Path::new(&folder))?;
    let config = &project.config.value;
    let input = input::read(&project);
    let reader = Reader::new(config);
    let mut sheets: Vec<Sheet> = input.sources.into_iter().map(|source| reader.read(source, config)).collect();
    let renderer = Renderer::new(Theme::default()).map_err(|_| "the built-in theme is faulty")?;
    let setting =
        Setting { config, files: &input.files, today: jiff::civil::date(2026, 11, 21), drafts: Drafts::Shown };
    let mut kept = Kept::default();
    let mut old = pipeline::put_together(sheets.clone(), &setting, Vec::new(), &mut kept);
    let mut old_plan = kept.plan(&old, config, renderer.theme());
    let saved = DocumentId(u32::try_from(sheets.len() / 2)?);
    let text = sheets[saved.0 as usize].source.text().to_owned();
    let mut times: [Vec<Duration>; 6] = Default::default();
    for round in 0..saves {
        let path = sheets[saved.0 as usize].source.path.clone();
        let begun = Instant::now();
        let mut lap = begun;
        let mut took = |times: &mut Vec<Duration>| {
            times.push(lap.elapsed());
            lap = Instant::now();
        };
        let source = Source::from_text(path, &format!("{text}\n\n- [ ] saved-{round}-\n"));
        sheets[saved.0 as usize] = reader.read(source, config);
        took(&mut times[0]);
        let site = pipeline::put_together(sheets.clone(), &setting, Vec::new(), &mut kept);
        took(&mut times[1]);
        let plan = kept.plan(&site, config, renderer.theme());
        took(&mut times[2]);
        let bytes = page_of(&site, config, &plan, &renderer, saved);
        assert!(bytes.windows(6).any(|part| part == b"saved-"), "the save is on its page");
        took(&mut times[3]);
        times[4].push(begun.elapsed());
        drop((std::mem::replace(&mut old, site), std::mem::replace(&mut old_plan, plan)));
        took(&mut times[5]);
    }
    for (name, times) in ["read", "site", "plan", "page", "all", "let go"].into_iter().zip(&mut times) {
        times.sort_unstable();
        println!("{name:>7}: median {:>6.1} ms, least {:>6.1} ms", ms(times[saves / 2]), ms(times[0]));
    }
    Ok(())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn page_of(site: &Site, config: &Config, plan: &Plan, renderer: &Renderer, id: DocumentId) -> Vec<u8> {
    let setting = page::Setting::default();
    let edition = Edition { site, config, plan, theme: renderer.theme(), setting: &setting };
    let content = Press::new(&edition, renderer).make(&Page::Document(id));
    content.map(page::Content::into_bytes).unwrap_or_default()
}
