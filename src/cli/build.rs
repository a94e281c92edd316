//! `readybook build`: publishes the site, whole or not at all.

mod base;
mod portfolio;
mod timings;

use super::draw;
use super::exit::{Exit, Failure};
use super::loaded::Loaded;
use super::printer::Printer;
use super::progress::Progress;
use super::{browser, clock, status};
use crate::finding::{Code, Finding, Severity};
use crate::input::{self, Project, Reach};
use crate::output::{self, Act, OutputError, Protected, Published, Refusal, Stage, Target, Ward};
use crate::page::url::Address;
use crate::page::{Commit, Content, Edition, Highlighting, Member, Page, Plan, Setting};
use crate::pipeline::{self, BuildFault};
use crate::render::Renderer;
use crate::site::{Drafts, Past};
use crate::source::{RelPath, Source};
use crate::theme::Theme;
use jiff::civil::Date;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timings::Timings;

/// Publish the site.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line are what they are")]
pub(super) struct Typed {
    /// A project, folder or file; this folder where none is named.
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// The folder to publish to; the configuration's where none is named, else `public`.
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
    /// Where the site is published; over the configuration's.
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish nothing when there are errors or warnings, and end with 1.
    #[arg(long)]
    strict: bool,
    /// Show drafts; they do not count.
    #[arg(long)]
    drafts: bool,
    /// Open the site in a browser.
    #[arg(long)]
    open: bool,
    /// Threads to work with; one for each core where nothing is said.
    #[arg(short, value_name = "N", value_parser = threads)]
    jobs: Option<NonZeroUsize>,
    /// Tell how long each step took.
    #[arg(long)]
    timings: bool,
    /// Do not highlight code.
    #[arg(long)]
    no_highlight: bool,
    /// The day to judge by, in UTC.
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    now: Option<Date>,
    /// Show this site beside others, by the `readiness.json` of each.
    #[arg(long, value_name = "JSON", num_args = 1..)]
    portfolio: Vec<PathBuf>,
}

/// A number of threads as it is typed.
fn threads(typed: &str) -> Result<NonZeroUsize, &'static str> {
    typed.parse().map_err(|_| "expected a number of threads, 1 or more")
}

/// What is meant.
struct Build {
    loaded: Loaded,
    renderer: Renderer,
    target: Target,
    highlight: Highlighting,
    portfolio: Vec<Member>,
}

/// Builds.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    if let Some(jobs) = typed.jobs {
        // This thread is one of them, so that with one everything happens in the same order each time.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).use_current_thread();
        pool.build_global().map_err(|error| Failure::asked(format!("cannot work with {jobs} threads: {error}")))?;
    }
    // What is named amiss on the command line is told before anything else is looked at.
    let portfolio = portfolio::members(&typed.portfolio)?;
    let mut timings = Timings::start();
    let loaded = load(typed)?;
    timings.lap("read");
    if let Some(failure) = loaded.nothing() {
        return Err(failure);
    }
    if let Some(exit) = stop(&loaded, typed, printer) {
        return Ok(exit);
    }
    let build = match prepare(loaded, portfolio, typed, printer)? {
        Ok(build) => build,
        Err(exit) => return Ok(exit),
    };
    timings.lap("prepare");
    let Some(published) = publish(&build, &mut timings, printer)? else { return Ok(Exit::Findings) };
    tell(typed, &build, &published, &timings, printer);
    if typed.timings {
        printer.tell(&timings.table());
    }
    if typed.open {
        let index = build.target.folder().join("index.html");
        browser::open(&index, printer);
    }
    // The process ends here: giving back every piece of the site's memory would take longer than some of its pages.
    std::mem::forget(build);
    Ok(Exit::Fine)
}

fn load(typed: &Typed) -> Result<Loaded, Failure> {
    let mut project = Project::open(&typed.dir)?;
    if project.is_configured() {
        // A part of the content names its project: a part alone must never take the place of the whole site.
        project.reach = Reach::All;
    }
    let config = &mut project.config.value;
    if let Some(url) = base::url(typed.base_url.as_deref(), config.base_url.as_deref())? {
        config.base_url = Some(url);
    }
    let drafts = if typed.drafts { Drafts::Shown } else { Drafts::Hidden };
    Ok(Loaded::with_drafts(project, clock::today(typed.now)?, drafts))
}

/// How a build ends that must not publish: what hides text or policy is told, all of it, and the old site stays.
fn stop(loaded: &Loaded, typed: &Typed, printer: &mut Printer) -> Option<Exit> {
    let grave = |finding: &&Finding| {
        let grave = matches!(finding.code, Code::Undecodable | Code::FrontMatter | Code::Config);
        grave && finding.severity == Severity::Error
    };
    let strict = |finding: &&Finding| typed.strict && finding.severity >= Severity::Warning;
    let told: Vec<&Finding> = loaded.site.findings.iter().filter(|finding| grave(finding) || strict(finding)).collect();
    if told.is_empty() && loaded.exit() == Exit::Fine {
        return None;
    }
    printer.tell(&draw::human(&told, loaded));
    for error in &loaded.errors {
        printer.failure(&Failure::asked(error.to_string()));
    }
    printer.note("nothing was published");
    Some(Exit::Findings.or(loaded.exit()))
}

/// The theme and the place to publish to. The inner error is the end of a build whose theme is faulty.
fn prepare(
    mut loaded: Loaded,
    portfolio: Vec<Member>,
    typed: &Typed,
    printer: &mut Printer,
) -> Result<Result<Build, Exit>, Failure> {
    let (root, config) = (&loaded.project.root, loaded.config());
    let theme = input::theme(root, config.theme.as_deref())?;
    let texts = texts(&theme);
    let made = Renderer::new(theme);
    let target = target(&loaded, typed.output.as_deref())?;
    let on = config.highlight.enable && !typed.no_highlight;
    let highlight = if on { Highlighting::On } else { Highlighting::Off };
    loaded.beside.extend(texts);
    match made {
        Ok(renderer) => Ok(Ok(Build { loaded, renderer, target, highlight, portfolio })),
        Err(faults) => Ok(Err(faulty_theme(&faults, &loaded, printer))),
    }
}

/// The templates of a theme, for findings about them.
fn texts(theme: &Theme) -> Vec<Source> {
    let layers = theme.layers().iter().rev();
    let files = layers.flat_map(|layer| layer.files().map(|(name, bytes)| (layer.path(name), bytes)));
    files.filter_map(|(path, bytes)| Some(Source::from_text(path?, std::str::from_utf8(bytes).ok()?))).collect()
}

fn target(loaded: &Loaded, named: Option<&Path>) -> Result<Target, Failure> {
    let project = &loaded.project;
    let config = &project.config.value;
    let output = match named {
        Some(output) => output.to_owned(),
        None if project.is_configured() => project.root.join(&config.output),
        None => PathBuf::from(&config.output),
    };
    let theme = input::theme_folder(&project.root, config.theme.as_deref())?;
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let current = std::env::current_dir().ok();
    let protected = Protected {
        content: &project.content,
        theme: theme.as_deref(),
        project: &project.root,
        home: home.as_deref(),
        current: current.as_deref(),
    };
    Target::check(&output, &protected).map_err(|error| match &error {
        OutputError::Refused { reason: Refusal::LiesIn { ward: Ward::Content, .. }, .. } if named.is_none() => {
            Failure::asked_help(error.to_string(), elsewhere(loaded))
        }
        _ => error.into(),
    })
}

/// What to do when the usual output folder lies among the checklists, as it does where they are not in a folder of
/// their own.
fn elsewhere(loaded: &Loaded) -> String {
    let content = &loaded.project.content;
    let beside = content.parent().map_or_else(|| "..".to_owned(), |folder| loaded.called(&folder.join("public")));
    let mut help = format!("publish outside of it, as with `-o {beside}`");
    if loaded.project.is_configured() {
        help.push_str(", or keep the checklists in a folder `content` of the project");
    }
    help
}

fn faulty_theme(faults: &[Finding], loaded: &Loaded, printer: &mut Printer) -> Exit {
    let told: Vec<&Finding> = faults.iter().collect();
    printer.tell(&draw::human(&told, loaded));
    printer.note("nothing was published");
    Exit::Findings
}

/// Makes every page and puts the site in the place of the old one. `None` where the theme is faulty.
fn publish(build: &Build, timings: &mut Timings, printer: &mut Printer) -> Result<Option<Published>, Failure> {
    let loaded = &build.loaded;
    let (site, config, theme) = (&loaded.site, loaded.config(), build.renderer.theme());
    let content = &loaded.project.content;
    let head = input::head(&loaded.project);
    let past = loaded.past().unwrap_or_else(|error| {
        printer.note(&format!("note: the history is not told: {error}"));
        Past::default()
    });
    let past = Arc::new(past);
    timings.lap("history");
    let setting = Setting {
        commit: head.map(|head| Commit { id: head.id, date: head.date }),
        repository_folder: input::repository_folder(&loaded.project),
        preview: None,
        highlight: build.highlight,
        past,
        portfolio: build.portfolio.clone(),
    };
    let plan = Plan::of(site, config, theme).telling(&setting.past, config).beside(&setting.portfolio, site);
    let edition = Edition { site, config, plan: &plan, theme, setting: &setting };
    let stage = output::begin(build.target.clone())?;
    let progress = Progress::counted("pages", plan.entries().len());
    let made = pipeline::build_pages(&edition, &build.renderer, |address, page, bytes| {
        progress.step();
        put(&stage, content, (address, page), bytes)
    });
    drop(progress);
    timings.lap("pages");
    match made {
        Ok(()) => {}
        Err(BuildFault::Refused(error)) => return Err(error.into()),
        Err(BuildFault::Templates(faults)) => {
            faulty_theme(&faults, loaded, printer);
            return Ok(None);
        }
    }
    let published = stage.publish()?;
    timings.lap("publish");
    Ok(Some(published))
}

/// Hands one file to the stage.
fn put(
    stage: &Stage,
    content: &Path,
    (address, page): (&Address, &Page),
    made: Content<'_>,
) -> Result<(), OutputError> {
    let taken = || OutputError::Taken { name: address.as_str().to_owned() };
    let path = RelPath::new(address.as_str()).ok_or_else(taken)?;
    match (page, made) {
        // Looked at again: it may have changed since it was judged.
        (Page::File(file), _) if input::is_svg(file.name()) => {
            let file = content.join(file.as_str());
            let bytes = input::picture(&file);
            stage.write(&path, &bytes.map_err(|cause| OutputError::Io { act: Act::Read, path: file, cause })?)
        }
        (Page::File(file), _) => stage.copy(&path, &content.join(file.as_str())),
        (_, Content::Bytes(bytes)) => stage.write(&path, &bytes),
        (_, Content::Stream(stream)) => stage.stream(&path, &|out| stream.write(out)),
    }
}

/// The command that tells what is found in a folder.
fn check(dir: &Path) -> String {
    if dir == Path::new(".") { "readybook check".to_owned() } else { format!("readybook check {}", dir.display()) }
}

/// Tells what was published, and what it says.
fn tell(typed: &Typed, build: &Build, published: &Published, timings: &Timings, printer: &mut Printer) {
    let loaded = &build.loaded;
    let found: Vec<&Finding> =
        loaded.site.findings.iter().filter(|finding| finding.severity >= Severity::Warning).collect();
    printer.tell(&status::verdict(loaded));
    if !found.is_empty() {
        printer.note(&format!("{} (`{}` tells them)", draw::count(&found), check(&typed.dir)));
    }
    let folder = loaded.called(build.target.folder());
    let what = match published {
        Published { replaced: false, .. } => "unchanged".to_owned(),
        Published { written, removed, .. } => format!("{written} written, {removed} removed"),
    };
    printer.note(&format!("published {} files to {folder}: {what}, in {}", published.files, timings.total()));
    if let Some(leftover) = &published.leftover {
        printer.note(&format!("note: the old site is still at {}; the next build removes it", leftover.display()));
    }
}
