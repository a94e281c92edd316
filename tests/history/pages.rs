//! The history page, and what the overview tells of the past.

use crate::book::Book;
use jiff::civil::date;
use readybook::model::{Level, State};
use readybook::site::{Absence, Change, Day, Glance, Past};
use scraper::{ElementRef, Html, Selector};

const TEXT: &str = "# Launch\n\n## Backups\n\n- [x] [P0] Restore tried\n- [ ] [P1] Keys rotated\n- [ ] Runbook read\n";

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    all(page, selector).into_iter().map(text).collect()
}

fn page(book: &Book, address: &str) -> Html {
    Html::parse_document(&book.at(address).unwrap())
}

fn changed(after: Glance, change: impl Fn(&mut Glance)) -> Change {
    let mut before = after.clone();
    change(&mut before);
    Change::Changed { before, after }
}

fn book() -> Book {
    let mut book = Book::written(&[("launch.md", TEXT)]);
    let restored = changed(book.glance("Restore tried"), |item| item.state = State::Doing);
    let rotated = changed(book.glance("Keys rotated"), |item| {
        item.text = "Rotate <keys>".to_owned();
        item.level = None;
    });
    let gone = Glance { document: readybook::source::RelPath::new("old.md").unwrap(), ..book.glance("Keys rotated") };
    let gone = Change::Removed(Glance { title: "Old & gone".to_owned(), ..gone });
    let first = Day { tally: [State::Open; 2].into_iter().collect(), ..book.day(date(2026, 11, 1), Vec::new()) };
    let mut last =
        book.day(date(2026, 11, 10), vec![gone, rotated, restored, Change::Added(book.glance("Runbook read"))]);
    last.authors.insert(book.glance("Restore tried").document, vec!["@noor".to_owned(), "@kai".to_owned()]);
    last.status = readybook::site::Status::Ready;
    book.config.repository.url = Some("https://github.com/a/b".to_owned());
    book.setting.past = Past::Known(vec![first, last, book.day(date(2026, 11, 11), Vec::new())]).into();
    book
}

#[test]
fn days_are_told_newest_first_with_sums_commit_and_people() {
    let page = page(&book(), "history/index.html");
    assert_eq!(texts(&page, "h3"), ["11 Nov 2026", "10 Nov 2026", "1 Nov 2026"]);
    assert_eq!(texts(&page, ".day-sum"), ["1 of 3 done", "1 of 3 done, +1 done, +1 in scope", "0 of 2 done"]);
    assert_eq!(texts(&page, ".day-none"), ["No item changed.", "The first day that is told."]);
    assert_eq!(texts(&page, ".day-commit")[1], "commit 012345678 by @kai, @noor");
    let commit = all(&page, ".day-commit a")[0].attr("href").unwrap();
    assert_eq!(commit, "https://github.com/a/b/commit/0123456789abcdef0123456789abcdef01234567");
    assert_eq!(texts(&page, ".day-verdict"), ["Not ready, was Ready", "Ready, was Not ready"]);
}

#[test]
fn changes_are_told_by_document_and_linked_to_what_is_still_there() {
    let page = page(&book(), "history/index.html");
    assert_eq!(texts(&page, "h4"), ["Launch by @noor, @kai", "Old & gone"]);
    assert_eq!(texts(&page, ".change-kind"), ["closed", "added", "reworded, reprioritised", "removed"]);
    assert_eq!(texts(&page, ".change-state")[0], "in progress →then done");
    assert_eq!(texts(&page, ".change-level")[2], "none →then P1");
    assert_eq!(texts(&page, ".change-was"), ["was: Rotate <keys>"]);
    let links: Vec<&str> = all(&page, ".change-text a").iter().filter_map(|link| link.attr("href")).collect();
    assert_eq!(links.len(), 3, "{links:?}");
    assert_eq!(links[0], "../launch/index.html#backups--restore-tried");
    assert_eq!(all(&page, "[data-item=\"launch#backups--restore-tried\"]").len(), 1);
}

#[test]
fn the_chart_says_what_the_table_says() {
    let page = page(&book(), "history/index.html");
    assert_eq!(texts(&page, ".numbers tbody th"), ["11 Nov 2026", "10 Nov 2026", "1 Nov 2026"]);
    let cells = texts(&page, ".numbers tbody tr:last-child td");
    assert_eq!(cells, ["0", "2", "0 %", "1 of 1", "0 of 1", "0 of 1", "Not ready"]);
    assert_eq!(texts(&page, ".u-end"), ["scope 3", "done 1"]);
    let told = all(&page, "main svg").into_iter().filter(|svg| {
        svg.ancestors()
            .all(|around| around.value().as_element().is_none_or(|around| around.attr("aria-hidden").is_none()))
    });
    assert_eq!(told.filter(|svg| svg.attr("aria-hidden").is_none()).count(), 0);
    // nothing done until the tenth of eleven days
    assert_eq!(all(&page, ".u-done")[0].attr("d"), Some("M0 2200H8181V1486H10000"));
    assert_eq!(texts(&page, ".course-sum"), ["1 of 1 done", "0 of 1 done", "0 of 1 done"]);
}

#[test]
fn without_a_past_a_notice_says_why_and_nothing_else_tells_of_it() {
    let mut book = Book::written(&[("launch.md", TEXT)]);
    for (absence, word) in [(Absence::NoHistory, "Git knows nothing"), (Absence::Shallow, "fetch-depth: 0")] {
        book.setting.past = Past::Unknown(absence).into();
        let history = page(&book, "history/index.html");
        assert_eq!(texts(&history, "main .notice").len(), 1);
        assert!(texts(&history, "main .notice")[0].contains(word), "{absence:?}");
        assert_eq!(all(&history, "main svg, main table, .day").len(), 0);
        let overview = page(&book, "index.html");
        assert_eq!(all(&overview, ".lately, .burnup, link[type='application/atom+xml']").len(), 0);
        assert!(book.at("feed.xml").is_none() && book.at("history/page-2/index.html").is_none());
    }
}

#[test]
fn the_overview_tells_the_last_changes() {
    let book = book();
    let overview = page(&book, "index.html");
    assert_eq!(texts(&overview, ".lately .change-kind"), ["closed", "added", "reworded, reprioritised", "removed"]);
    assert_eq!(texts(&overview, ".change-place")[0], "Launch · 10 Nov 2026");
    assert_eq!(all(&overview, ".lately-chart .u-done").len(), 1);
    assert_eq!(all(&overview, "link[type='application/atom+xml']")[0].attr("href"), Some("./feed.xml"));
}

#[test]
fn much_is_cut_with_a_count_and_days_are_paged() {
    let mut book = Book::written(&[("launch.md", TEXT)]);
    let added = Change::Added(book.glance("Runbook read"));
    let first = date(2026, 9, 1);
    let day = |at: i32| book.day(first.checked_add(jiff::Span::new().days(at)).unwrap(), vec![added.clone(); 203]);
    book.setting.past = Past::Known((0..31).map(day).collect()).into();
    let first = page(&book, "history/index.html");
    assert_eq!((all(&first, ".day").len(), all(&first, ".numbers tbody tr").len()), (30, 31));
    assert_eq!(all(&first, ".day:nth-of-type(1) .change").len(), 200);
    assert_eq!(texts(&first, ".day .rest")[0], "And 3 more changes on this day.");
    let second = page(&book, "history/page-2/index.html");
    assert_eq!(texts(&second, "h3"), ["1 Sep 2026"]);
    assert_eq!(all(&second, ".burnup, table").len(), 0);
    assert_eq!(texts(&second, ".pager p"), ["31 to 31 of 31"]);
    assert_eq!(texts(&page(&book, "index.html"), ".lately .change").len(), 5);
}

#[test]
fn a_single_day_has_no_course_and_levels_of_another_ladder_are_not_told() {
    let mut book = Book::written(&[("launch.md", TEXT)]);
    let odd = Glance { level: Some(Level(40)), text: String::new(), ..book.glance("Runbook read") };
    book.setting.past = Past::Known(vec![book.day(date(2026, 11, 10), vec![Change::Added(odd)])]).into();
    let page = page(&book, "history/index.html");
    assert_eq!((all(&page, ".burnup").len(), all(&page, ".numbers tbody tr").len()), (0, 1));
    assert_eq!(texts(&page, ".change-text"), ["(no text)"]);
}
