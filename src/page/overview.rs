//! The overview: the verdict with its reason, what is in the way, and how far everything is.

use super::chrome::Head;
use super::claims::{ClaimView, disagreeing};
use super::documents::{DocView, doc};
use super::edition::Desk;
use super::findings::{Counts, counts};
use super::item::ItemView;
use super::lately::{self, LatelyView};
use super::list::{capitalised, state_href};
use super::owners::{OwnerRow, UnownedRow, short_row, unowned_row};
use super::plan::Page;
use super::shape::{LevelView, TallyView, told};
use crate::markdown::Html;
use crate::site::{ItemId, Status};
use serde::Serialize;

/// Most entries of each list; the lists themselves are on pages of their own.
const BLOCKERS: usize = 12;
const DOCUMENTS: usize = 50;
const OWNERS: usize = 20;
const CLAIMS: usize = 6;
const NEXT: usize = 5;
/// Why there is no verdict, and what to do about it.
const NO_GATE: &str = "Nothing says what has to be done before a release: mark items as P0, or write rules under [gate] in readybook.toml.";

/// What the template of the overview sees; that of the report sees it too.
#[derive(Serialize)]
pub(super) struct OverviewView<'a> {
    verdict: VerdictView<'a>,
    tally: TallyView,
    levels: Vec<LevelSum<'a>>,
    unranked: Option<Linked>,
    blockers: Blockers,
    due: Option<DueView<'a>>,
    documents: Vec<DocView<'a>>,
    documents_total: usize,
    documents_href: String,
    owners: Vec<OwnerRow<'a>>,
    owners_total: usize,
    owners_href: String,
    unowned: Option<UnownedRow>,
    /// Key of the most urgent level.
    urgent_key: Option<&'a str>,
    claims: Vec<ClaimView<'a>>,
    claims_total: usize,
    findings: Counts,
    lately: Option<LatelyView<'a>>,
}

/// The verdict.
#[derive(Serialize)]
struct VerdictView<'a> {
    status: &'static str,
    word: &'static str,
    sentence: String,
    reasons: Vec<ReasonView<'a>>,
}

#[derive(Serialize)]
struct ReasonView<'a> {
    rule: &'a str,
    text: &'a str,
    href: Option<String>,
}

/// A level with a sum.
#[derive(Serialize)]
struct LevelSum<'a> {
    level: LevelView<'a>,
    tally: TallyView,
}

/// A sum with a page of its own.
#[derive(Serialize)]
pub(super) struct Linked {
    pub(super) href: String,
    pub(super) tally: TallyView,
}

/// The most urgent items that are left.
#[derive(Serialize)]
struct Blockers {
    title: &'static str,
    rows_html: Html,
    count: usize,
    total: usize,
    href: Option<String>,
}

/// Items with due dates.
#[derive(Serialize)]
struct DueView<'a> {
    overdue: u32,
    overdue_href: String,
    week: u32,
    week_href: String,
    next: Vec<ItemView<'a>>,
}

/// The overview: what it says of itself, and its view.
pub(super) fn view<'a>(desk: &'a Desk<'a>) -> (Head, OverviewView<'a>) {
    let site = desk.site;
    let verdict = verdict(desk);
    let description = format!("{}. {}", capitalised(&told(site.tally)), verdict.sentence);
    let (claims, claims_total) = disagreeing(desk, CLAIMS);
    let counted = site.reading_order.iter().filter(|id| site.document(**id).is_checklist());
    let view = OverviewView {
        verdict,
        tally: TallyView::whole(site.tally, |state| Some(state_href(desk, state))),
        levels: levels(desk),
        unranked: unranked(desk),
        blockers: blockers(desk, BLOCKERS),
        due: due(desk),
        documents: counted.clone().take(DOCUMENTS).map(|&id| doc(desk, id)).collect(),
        documents_total: counted.count(),
        documents_href: desk.href(&Page::Documents(1)),
        owners: by_urgency(desk).into_iter().take(OWNERS).map(|index| short_row(desk, index)).collect(),
        owners_total: site.owners.len(),
        owners_href: desk.href(&Page::Owners),
        unowned: unowned_row(desk),
        urgent_key: urgent_key(desk),
        claims,
        claims_total,
        findings: counts(desk),
        lately: lately::view(desk),
    };
    (Head { kind: "overview", title: site.title.clone(), description: Some(description), crumbs: Vec::new() }, view)
}

fn verdict<'a>(desk: &Desk<'a>) -> VerdictView<'a> {
    let verdict = &desk.site.verdict;
    let sentence = match verdict.status {
        Status::Ready => format!("The gate is met: {}.", verdict.met.join(", ")),
        Status::NotReady | Status::Unknown => first_reason(desk),
        Status::NoGate => NO_GATE.to_owned(),
    };
    let reason = |reason: &'a crate::site::Reason| ReasonView {
        rule: &reason.rule,
        text: &reason.text,
        href: level_of(desk, &reason.rule),
    };
    let reasons = verdict.reasons.iter().map(reason).collect();
    VerdictView { status: verdict.status.name(), word: word(verdict.status), sentence, reasons }
}

/// A verdict in a word or two.
pub(super) fn word(status: Status) -> &'static str {
    match status {
        Status::Ready => "Ready",
        Status::NotReady => "Not ready",
        Status::NoGate => "No gate",
        Status::Unknown => "Unknown",
    }
}

fn first_reason(desk: &Desk<'_>) -> String {
    let reasons = &desk.site.verdict.reasons;
    let more = match reasons.len().saturating_sub(1) {
        0 => String::new(),
        1 => " One more reason below.".to_owned(),
        more => format!(" {more} more reasons below."),
    };
    reasons.first().map_or_else(String::new, |reason| format!("{}.{more}", reason.text))
}

/// The list that a rule is about, where it is a level.
fn level_of(desk: &Desk<'_>, rule: &str) -> Option<String> {
    let level = desk.site.ladder.find(rule.split_whitespace().next()?)?;
    Some(desk.href(&Page::Level(Some(level), 1)))
}

/// Levels with items.
fn levels<'a>(desk: &Desk<'a>) -> Vec<LevelSum<'a>> {
    let sums = desk.site.ladder.levels().zip(&desk.site.levels).filter(|(_, group)| !group.items.is_empty());
    sums.map(|(level, group)| LevelSum { level: desk.level(level), tally: group.tally.into() }).collect()
}

fn unranked(desk: &Desk<'_>) -> Option<Linked> {
    let group = &desk.site.unranked;
    let href = desk.href(&Page::Level(None, 1));
    (!group.items.is_empty()).then(|| Linked { href, tally: group.tally.into() })
}

/// What stands in the way of the gate; without one, the most urgent items that are left.
fn blockers(desk: &Desk<'_>, most: usize) -> Blockers {
    let site = desk.site;
    let reasons = &site.verdict.reasons;
    let mut named: Vec<ItemId> = reasons.iter().flat_map(|reason| &reason.items).copied().collect();
    let (title, shown, total) = if named.is_empty() {
        let left = desk.plan.lists(site).all.iter().copied().filter(|&id| site.item(id).state.is_left());
        ("Most urgent", left.take(most).collect(), site.tally.left() as usize)
    } else {
        named.sort_by_key(|&id| (super::lists::urgency(site.item(id), site.today), id));
        named.dedup();
        ("In the way", named.iter().copied().take(most).collect::<Vec<_>>(), named.len())
    };
    let href = (total > shown.len()).then(|| {
        let only = reasons.first().filter(|_| reasons.len() == 1).and_then(|reason| level_of(desk, &reason.rule));
        only.unwrap_or_else(|| desk.href(&Page::Items(1)))
    });
    Blockers { title, rows_html: desk.rows(&shown), count: shown.len(), total, href }
}

fn due<'a>(desk: &Desk<'a>) -> Option<DueView<'a>> {
    let today = desk.site.today;
    let week = today.saturating_add(jiff::Span::new().days(7));
    let left = desk
        .plan
        .lists(desk.site)
        .all
        .iter()
        .map(|&id| (id, desk.site.item(id)))
        .take_while(|(_, item)| item.state.is_left());
    let mut dated: Vec<_> = left.filter_map(|(id, item)| Some((item.due?, id))).collect();
    dated.sort();
    let count = |dates: &dyn Fn(jiff::civil::Date) -> bool| {
        u32::try_from(dated.iter().filter(|(due, _)| dates(*due)).count()).unwrap_or(u32::MAX)
    };
    let items = desk.href(&Page::Items(1));
    (!dated.is_empty()).then(|| DueView {
        overdue: count(&|due| due < today),
        overdue_href: format!("{items}?due=overdue"),
        week: count(&|due| due >= today && due <= week),
        week_href: format!("{items}?due=week"),
        next: dated.iter().take(NEXT).map(|&(_, id)| super::item::view(desk, id)).collect(),
    })
}

/// Key of the most urgent level that is in use.
pub(super) fn urgent_key<'a>(desk: &Desk<'a>) -> Option<&'a str> {
    let level = desk.site.ladder.levels().zip(&desk.site.levels).find(|(_, group)| !group.items.is_empty())?.0;
    Some(&desk.site.ladder.step(level).key)
}

/// Owners with the most left first.
fn by_urgency(desk: &Desk<'_>) -> Vec<u32> {
    let mut owners: Vec<u32> = (0..).take(desk.site.owners.len()).collect();
    owners.sort_by_key(|&index| std::cmp::Reverse(desk.site.owners[index as usize].group.tally.left()));
    owners
}
