//! The portfolio: how ready other sites are beside this one, as the exports tell that they publish.

use super::chrome::Head;
use super::edition::Desk;
use super::export::{self, NoMember, Told};
use super::overview::word;
use super::plan::Page;
use super::shape::{TallyView, told};
use super::url::foreign;
use crate::model::Tally;
use crate::reading::{NAME, TITLE, cut};
use crate::site::{Site, Status};
use serde::Serialize;
use std::collections::HashMap;

/// A site of the portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    title: String,
    /// The name of the export; that of the site itself is empty.
    file: String,
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
    /// Reads the export of a site: its `readiness.json`, or what `readybook export` writes. A site without a title is
    /// called by the name of the file.
    ///
    /// # Errors
    /// When it is no export, or one that cannot be believed.
    pub fn parse(json: &[u8], file: &str) -> Result<Self, NoMember> {
        let Told { mut title, url, status, mut reason, tally, mut levels, unranked } = export::read(json)?;
        if title.trim().is_empty() {
            file.clone_into(&mut title);
        }
        cut(&mut title, TITLE);
        reason.iter_mut().for_each(|reason| cut(reason, TITLE));
        levels.iter_mut().for_each(|(key, _)| cut(key, NAME));
        // The address goes into a link.
        let url = url.as_deref().and_then(foreign);
        Ok(Self { title, file: file.to_owned(), url, status, reason, tally, left: left(levels, unranked) })
    }

    /// Items in any state.
    #[must_use]
    pub fn items(&self) -> u32 {
        self.tally.items()
    }

    /// The site that the page is of.
    fn own(desk: &Desk<'_>) -> Self {
        let Site { title, verdict, tally, ladder, levels, unranked, .. } = desk.site;
        let levels = ladder.steps.iter().zip(levels).map(|(step, group)| (step.key.clone(), group.tally));
        Self {
            title: title.clone(),
            file: String::new(),
            url: Some(desk.href(&Page::Overview)),
            status: verdict.status,
            reason: verdict.reasons.first().map(|reason| reason.text.clone()),
            tally: *tally,
            left: left(levels, unranked.tally),
        }
    }
}

/// What is left of the sums of levels, and of the items without one, without the levels at which that is nothing. Where
/// nothing is left at a level, the sum of the whole says it.
fn left(levels: impl IntoIterator<Item = (String, Tally)>, unranked: Tally) -> Vec<Left> {
    let levels = levels.into_iter().enumerate();
    let left = levels.map(|(step, (key, tally))| Left { key, step, left: tally.left() });
    let mut left: Vec<Left> = left.filter(|level| level.left > 0).collect();
    if !left.is_empty() && unranked.left() > 0 {
        left.push(Left { key: "none".to_owned(), step: usize::from(u8::MAX), left: unranked.left() });
    }
    left
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
    tell_apart(&mut members);
    members.sort_by(|(one, _), (other, _)| order(one).cmp(&order(other)));
    let ready = members.iter().filter(|(member, _)| member.status == Status::Ready).count();
    let tally = members.iter().map(|(member, _)| member.tally).sum();
    let description = format!("{ready} of {} projects ready; {}.", members.len(), told(tally));
    let head =
        Head { kind: "portfolio", title: "Portfolio".to_owned(), description: Some(description), ..Head::default() };
    let members = members.into_iter().map(member_view).collect();
    (head, PortfolioView { tally: TallyView::whole(tally, |_| None), ready, members })
}

/// Adds the name of the export to each title that several sites have, as all do that nobody gave one.
fn tell_apart(members: &mut [(Member, bool)]) {
    let mut count: HashMap<String, usize> = HashMap::new();
    members.iter().for_each(|(member, _)| *count.entry(member.title.clone()).or_default() += 1);
    let alike = members.iter_mut().filter(|(member, own)| !own && count[&member.title] > 1);
    alike.for_each(|(member, _)| member.title = format!("{} ({})", member.title, member.file));
}

fn member_view((member, own): (Member, bool)) -> MemberView {
    let Member { title, url, status, reason, tally, left, .. } = member;
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
        "summary":{"items":4,"done":1,"open":3,"percent":25},
        "verdict":{"status":"not_ready","reasons":[{"rule":"P0","text":"2 of 2 P0 items are left","open":2,"items":[]}]},
        "priorities":[{"level":"P0","summary":{"items":2,"open":2}},{"level":"P1","summary":{"items":1,"done":1}}],
        "unranked":{"items":1,"open":1}}"#;

    fn with(from: &str, to: &str) -> Result<Member, NoMember> {
        assert!(EXPORT.contains(from));
        Member::parse(EXPORT.replacen(from, to, 1).as_bytes(), "mail.json")
    }

    #[test]
    fn an_export_is_a_member() {
        let member = Member::parse(EXPORT.as_bytes(), "mail.json").unwrap();
        assert_eq!((member.title.as_str(), member.status), ("Mail", Status::NotReady));
        assert_eq!(member.url.as_deref(), Some("https://example.org/mail/"));
        assert_eq!(member.reason.as_deref(), Some("2 of 2 P0 items are left"));
        assert_eq!(told(member.tally), "1 of 4 done, 25 %");
        let left: Vec<_> = member.left.iter().map(|level| (level.key.as_str(), level.left)).collect();
        assert_eq!(left, [("P0", 2), ("none", 1)]);
        assert_eq!(Member::parse(format!("\u{feff}{EXPORT}").as_bytes(), "mail.json").unwrap(), member);
    }

    #[test]
    fn nothing_of_it_is_believed_blindly() {
        assert_eq!(with("not_ready", "splendid").unwrap().status, Status::Unknown);
        assert_eq!(with("https:", "javascript:").unwrap().url, None);
        assert!(matches!(with("\"open\":3", "\"open\":4294967295"), Err(NoMember::TooMany)));
        assert!(matches!(with("summary", "sum"), Err(NoMember::Form(_))));
        for text in ["[]", "[1]", "1", r#"[1,"Arr",null,{"items":0},["ready",[]],[],{"items":0}]"#] {
            assert!(matches!(Member::parse(text.as_bytes(), "mail.json"), Err(NoMember::Form(_))), "{text}");
        }
        assert!(matches!(
            with("{\"level\":\"P1\",\"summary\":{\"items\":1,\"done\":1}}", "[\"P1\",{}]"),
            Err(NoMember::Form(_))
        ));
    }

    #[test]
    fn a_later_version_is_told_whatever_its_form() {
        assert!(matches!(with("n\":1", "n\":2"), Err(NoMember::Version(2))));
        assert!(matches!(Member::parse(br#"{"schema_version":7,"sites":[]}"#, "mail.json"), Err(NoMember::Version(7))));
    }

    #[test]
    fn states_that_are_not_known_are_no_pass() {
        for (from, to) in [
            ("\"open\":3", "\"weird\":3"),
            ("\"items\":4,", ""),
            ("\"items\":4", "\"items\":3"),
            ("\"open\":1", "\"odd\":1"),
        ] {
            assert!(matches!(with(from, to), Err(NoMember::States { .. })), "{to}");
        }
    }

    #[test]
    fn a_title_is_neither_empty_nor_endless() {
        assert_eq!(with("\"Mail\"", "\" \"").unwrap().title, "mail.json");
        assert_eq!(with("\"Mail\"", &format!("{:?}", "a".repeat(100_000))).unwrap().title.chars().count(), 300);
    }

    #[test]
    fn sites_of_one_title_are_told_apart() {
        let member =
            |title: &str, file: &str| Member::parse(EXPORT.replacen("Mail", title, 1).as_bytes(), file).unwrap();
        let titles =
            |members: &[(Member, bool)]| members.iter().map(|(member, _)| member.title.clone()).collect::<Vec<_>>();
        let mut members = vec![
            (member("Readiness", "a.json"), false),
            (member("Mail", "b.json"), false),
            (member("Readiness", ""), true),
        ];
        tell_apart(&mut members);
        assert_eq!(titles(&members), ["Readiness (a.json)", "Mail", "Readiness"]);
    }

    #[test]
    fn utf_16_is_told() {
        let wide: Vec<u8> = EXPORT.bytes().flat_map(|byte| [byte, 0]).collect();
        assert!(matches!(Member::parse(&wide, "mail.json"), Err(NoMember::Utf16)));
    }
}
