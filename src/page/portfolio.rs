//! The portfolio: how ready other sites are beside this one, as the exports tell that they publish.

use super::chrome::Head;
use super::edition::Desk;
use super::overview::word;
use super::plan::Page;
use super::shape::{TallyView, told};
use super::url::foreign;
use crate::model::{State, Tally};
use crate::site::{Site, Status};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Most items that are believed of a site: sums of hundreds of them stay far from the end of their numbers.
const MOST_ITEMS: u64 = 10_000_000;

/// Another site of the portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    title: String,
    url: Option<String>,
    status: Status,
    /// Why it is not ready; the first reason.
    reason: Option<String>,
    tally: Tally,
    /// What is left by level, most urgent first.
    left: Vec<Left>,
}

/// How many items are left at a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Left {
    key: String,
    step: usize,
    left: u32,
}

/// Why a text is not the export of a site.
#[derive(Debug, thiserror::Error)]
pub enum NoMember {
    /// It is no JSON, or of another form.
    #[error("{0}")]
    Form(#[from] serde_json::Error),
    /// A later Readybook wrote it.
    #[error("it has version {0} of the format, and this Readybook reads version {current}", current = super::export::SCHEMA_VERSION)]
    Version(u32),
    /// No site has that many items.
    #[error("it counts more than {MOST_ITEMS} items")]
    TooMany,
}

/// What is read of an export; the rest of it is passed over.
#[derive(Deserialize)]
struct Export {
    schema_version: u32,
    title: String,
    #[serde(default)]
    url: Option<String>,
    summary: Counts,
    verdict: Verdict,
    priorities: Vec<Priority>,
}

/// A sum by the names of states. What else it has (`items`, `percent`) follows from them.
type Counts = BTreeMap<String, Option<u32>>;

#[derive(Deserialize)]
struct Verdict {
    status: String,
    reasons: Vec<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    text: String,
}

#[derive(Deserialize)]
struct Priority {
    level: String,
    summary: Counts,
}

impl Member {
    /// Reads the export of a site: its `readiness.json`, or what `readybook export` writes.
    ///
    /// # Errors
    /// When it is no export, or one that cannot be believed.
    pub fn parse(json: &[u8]) -> Result<Self, NoMember> {
        let export: Export = serde_json::from_slice(json)?;
        if export.schema_version != super::export::SCHEMA_VERSION {
            return Err(NoMember::Version(export.schema_version));
        }
        let mut left = Vec::new();
        for (step, priority) in export.priorities.into_iter().enumerate() {
            let tally = tally(&priority.summary)?;
            left.push(Left { key: priority.level, step, left: tally.left() });
        }
        left.retain(|level| level.left > 0);
        Ok(Self {
            title: export.title,
            // It goes into a link.
            url: export.url.as_deref().and_then(foreign),
            status: status(&export.verdict.status),
            reason: export.verdict.reasons.into_iter().next().map(|reason| reason.text),
            tally: tally(&export.summary)?,
            left,
        })
    }
}

/// A verdict by its name in the export. A name that nobody knows is no pass.
fn status(name: &str) -> Status {
    let known = [Status::Ready, Status::NotReady, Status::NoGate];
    known.into_iter().find(|status| status.name() == name).unwrap_or(Status::Unknown)
}

fn tally(counts: &Counts) -> Result<Tally, NoMember> {
    let count = |state: State| counts.get(state.name()).copied().flatten().unwrap_or_default();
    let items: u64 = State::ALL.into_iter().map(|state| u64::from(count(state))).sum();
    if items > MOST_ITEMS {
        return Err(NoMember::TooMany);
    }
    Ok(State::ALL.into_iter().map(|state| Tally::of(state, count(state))).sum())
}

/// What the template of the portfolio sees.
#[derive(Serialize)]
pub(super) struct PortfolioView<'a> {
    tally: TallyView,
    ready: usize,
    members: Vec<MemberView<'a>>,
}

#[derive(Serialize)]
struct MemberView<'a> {
    title: &'a str,
    href: Option<String>,
    /// Whether it is the site that the page is of.
    own: bool,
    status: &'static str,
    word: &'static str,
    reason: Option<&'a str>,
    tally: TallyView,
    left: Cow<'a, [Left]>,
    #[serde(skip)]
    rank: usize,
}

/// The portfolio: what the page says of itself, and its view.
pub(super) fn view<'a>(desk: &'a Desk<'a>) -> (Head, PortfolioView<'a>) {
    let others = &desk.edition.setting.portfolio;
    let mut members: Vec<MemberView<'a>> = others.iter().map(member).chain([own(desk)]).collect();
    members.sort_by_key(|member| (member.rank, member.title));
    let ready = members.iter().filter(|member| member.status == Status::Ready.name()).count();
    let tally = desk.site.tally + others.iter().map(|member| member.tally).sum();
    let description = format!("{ready} of {} projects ready; {}.", members.len(), told(tally));
    let head =
        Head { kind: "portfolio", title: "Portfolio".to_owned(), description: Some(description), ..Head::default() };
    (head, PortfolioView { tally: TallyView::whole(tally, |_| None), ready, members })
}

fn member(member: &Member) -> MemberView<'_> {
    MemberView {
        title: &member.title,
        href: member.url.clone(),
        own: false,
        status: member.status.name(),
        word: word(member.status),
        reason: member.reason.as_deref(),
        tally: member.tally.into(),
        left: Cow::Borrowed(&member.left),
        rank: rank(member.status),
    }
}

/// The site that the page is of.
fn own<'a>(desk: &'a Desk<'a>) -> MemberView<'a> {
    let Site { title, verdict, tally, .. } = desk.site;
    let levels = desk.site.ladder.steps.iter().zip(&desk.site.levels).enumerate();
    let left = levels.map(|(step, (level, group))| Left { key: level.key.clone(), step, left: group.tally.left() });
    MemberView {
        title,
        href: Some(desk.href(&Page::Overview)),
        own: true,
        status: verdict.status.name(),
        word: word(verdict.status),
        reason: verdict.reasons.first().map(|reason| reason.text.as_str()),
        tally: (*tally).into(),
        left: left.filter(|level| level.left > 0).collect(),
        rank: rank(verdict.status),
    }
}

/// What needs people first stands first.
fn rank(status: Status) -> usize {
    match status {
        Status::NotReady => 0,
        Status::Unknown => 1,
        Status::NoGate => 2,
        Status::Ready => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = r#"{"schema_version":1,"title":"Mail","version":"9","later":[1],"url":"https://example.org/mail/",
        "summary":{"items":3,"done":1,"open":2,"percent":33},
        "verdict":{"status":"not_ready","reasons":[{"rule":"P0","text":"2 of 2 P0 items are left","open":2,"items":[]}]},
        "priorities":[{"level":"P0","summary":{"open":2}},{"level":"P1","summary":{"done":1}}]}"#;

    #[test]
    fn an_export_is_a_member() {
        let member = Member::parse(EXPORT.as_bytes()).unwrap();
        assert_eq!((member.title.as_str(), member.status), ("Mail", Status::NotReady));
        assert_eq!(member.url.as_deref(), Some("https://example.org/mail/"));
        assert_eq!(member.reason.as_deref(), Some("2 of 2 P0 items are left"));
        assert_eq!(told(member.tally), "1 of 3 done, 33 %");
        assert_eq!(member.left, [Left { key: "P0".to_owned(), step: 0, left: 2 }]);
    }

    #[test]
    fn nothing_of_it_is_believed_blindly() {
        let with = |from: &str, to: &str| Member::parse(EXPORT.replacen(from, to, 1).as_bytes());
        assert_eq!(with("not_ready", "splendid").unwrap().status, Status::Unknown);
        assert_eq!(with("https:", "javascript:").unwrap().url, None);
        assert!(matches!(with("\"open\":2,\"percent\"", "\"open\":4294967295,\"x\""), Err(NoMember::TooMany)));
        assert!(matches!(with("n\":1", "n\":2"), Err(NoMember::Version(2))));
        assert!(matches!(with("summary", "sum"), Err(NoMember::Form(_))));
        assert!(matches!(Member::parse(b"[]"), Err(NoMember::Form(_))));
    }
}
