//! The portfolio: how ready other sites are beside this one, as the exports tell that they publish.

use super::chrome::Head;
use super::edition::Desk;
use super::export::{self, NoMember, Told};
use super::overview::word;
use super::plan::Page;
use super::shape::{TallyView, told};
use super::url::foreign;
use crate::model::Tally;
use crate::site::{Site, Status};
use serde::Serialize;

/// A site of the portfolio.
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

impl Member {
    /// Reads the export of a site: its `readiness.json`, or what `readybook export` writes.
    ///
    /// # Errors
    /// When it is no export, or one that cannot be believed.
    pub fn parse(json: &[u8]) -> Result<Self, NoMember> {
        let Told { title, url, status, reason, tally, levels } = export::read(json)?;
        // The address goes into a link.
        let url = url.as_deref().and_then(foreign);
        Ok(Self { title, url, status, reason, tally, left: left(levels) })
    }

    /// The site that the page is of.
    fn own(desk: &Desk<'_>) -> Self {
        let Site { title, verdict, tally, ladder, levels, .. } = desk.site;
        Self {
            title: title.clone(),
            url: Some(desk.href(&Page::Overview)),
            status: verdict.status,
            reason: verdict.reasons.first().map(|reason| reason.text.clone()),
            tally: *tally,
            left: left(ladder.steps.iter().zip(levels).map(|(step, group)| (step.key.clone(), group.tally))),
        }
    }
}

/// What is left of the sums of levels, without the levels at which that is nothing.
fn left(levels: impl IntoIterator<Item = (String, Tally)>) -> Vec<Left> {
    let levels = levels.into_iter().enumerate();
    let left = levels.map(|(step, (key, tally))| Left { key, step, left: tally.left() });
    left.filter(|level| level.left > 0).collect()
}

/// What the template of the portfolio sees.
#[derive(Serialize)]
pub(super) struct PortfolioView {
    tally: TallyView,
    ready: usize,
    members: Vec<MemberView>,
}

#[derive(Serialize)]
struct MemberView {
    title: String,
    href: Option<String>,
    /// Whether it is the site that the page is of.
    own: bool,
    status: &'static str,
    word: &'static str,
    reason: Option<String>,
    tally: TallyView,
    left: Vec<Left>,
}

/// The portfolio: what the page says of itself, and its view.
pub(super) fn view(desk: &Desk<'_>) -> (Head, PortfolioView) {
    let others = desk.edition.setting.portfolio.iter().cloned().map(|member| (member, false));
    let mut members: Vec<(Member, bool)> = others.chain([(Member::own(desk), true)]).collect();
    members.sort_by(|(one, _), (other, _)| order(one).cmp(&order(other)));
    let ready = members.iter().filter(|(member, _)| member.status == Status::Ready).count();
    let tally = members.iter().map(|(member, _)| member.tally).sum();
    let description = format!("{ready} of {} projects ready; {}.", members.len(), told(tally));
    let head =
        Head { kind: "portfolio", title: "Portfolio".to_owned(), description: Some(description), ..Head::default() };
    let members = members.into_iter().map(|(member, own)| member_view(member, own)).collect();
    (head, PortfolioView { tally: TallyView::whole(tally, |_| None), ready, members })
}

fn member_view(member: Member, own: bool) -> MemberView {
    let Member { title, url, status, reason, tally, left } = member;
    MemberView { title, href: url, own, status: status.name(), word: word(status), reason, tally: tally.into(), left }
}

/// What needs people first stands first; of those alike, by title.
fn order(member: &Member) -> (usize, &str) {
    (rank(member.status), &member.title)
}

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
