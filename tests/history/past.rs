//! A past for a site: made up, ending with the site as it is. Told backwards from there, so that what is on the pages is
//! what came of it.

use crate::random::Random;
use readybook::model::{Level, State, Tally};
use readybook::site::{self, Change, Day, Glance, ItemId, Site, Status};
use readybook::source::RelPath;
use std::collections::BTreeMap;

/// Items by a number that stays theirs.
type World = BTreeMap<usize, Glance>;

fn world(site: &Site) -> World {
    let counted = site.document_ids().filter(|&id| site.document(id).counted);
    let leaves = counted.flat_map(|document| {
        site.document(document).leaves().map(move |(index, _)| site::glance(site, ItemId { document, index }))
    });
    leaves.enumerate().collect()
}

/// Takes a day back: what was closed on it is open before, what was added is not there.
fn before(world: &World, random: &mut Random, next: &mut usize) -> World {
    let mut past = world.clone();
    let keys: Vec<usize> = world.keys().copied().collect();
    for _ in 0..random.below(6) {
        let Some(item) = past.get_mut(&keys[random.below(keys.len())]) else { continue };
        if item.state == State::Done {
            item.state = [State::Open, State::Doing, State::Doing, State::Blocked][random.below(4)];
            if random.below(6) == 0 {
                item.text = format!("{} (draft)", item.text);
            }
        } else if random.below(4) == 0 {
            item.state = State::Done;
        } else if item.state != State::Open {
            item.state = State::Open;
        }
    }
    for _ in 0..random.below(3) {
        past.remove(&keys[random.below(keys.len())]);
    }
    let odd = past.get(&keys[random.below(keys.len())]).cloned();
    match (random.below(5), odd) {
        (0, Some(item)) => {
            let gone = Glance { text: format!("Old: {}", item.text), anchor: format!("gone-{next}"), ..item };
            past.insert(*next, gone);
            *next += 1;
        }
        (1, Some(_)) => {
            let item = past.get_mut(&keys[random.below(keys.len())]);
            if let Some(item) = item {
                item.level = if item.level == Some(Level(1)) { None } else { Some(Level(1)) };
            }
        }
        _ => {}
    }
    past
}

fn changes(before: &World, after: &World) -> Vec<Change> {
    let keys: std::collections::BTreeSet<usize> = before.keys().chain(after.keys()).copied().collect();
    let change = |key: usize| match (before.get(&key), after.get(&key)) {
        (None, Some(item)) => Some(Change::Added(item.clone())),
        (Some(item), None) => Some(Change::Removed(item.clone())),
        (Some(before), Some(after)) if before != after => {
            Some(Change::Changed { before: before.clone(), after: after.clone() })
        }
        _ => None,
    };
    keys.into_iter().filter_map(change).collect()
}

fn sum(world: &World, wanted: impl Fn(&Glance) -> bool) -> Tally {
    world.values().filter(|item| wanted(item)).map(|item| item.state).collect()
}

fn day(site: &Site, (before, after): (&World, &World), date: jiff::civil::Date, number: u64) -> Day {
    let changes = changes(before, after);
    let people = ["@kai", "@noor", "Release desk", "@oncall"];
    let mut authors: BTreeMap<RelPath, Vec<String>> = BTreeMap::new();
    for (at, change) in changes.iter().enumerate() {
        let person = people[(at + usize::try_from(number).unwrap()) % people.len()].to_owned();
        let of = authors.entry(change.item().document.clone()).or_default();
        if !of.contains(&person) {
            of.push(person);
        }
    }
    let levels: Vec<Tally> = site.ladder.levels().map(|level| sum(after, |item| item.level == Some(level))).collect();
    let is_met = levels.first().is_some_and(|tally| tally.left() == 0);
    Day {
        date,
        commit: format!("{0:016x}{0:016x}{number:08x}", number.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        tally: sum(after, |_| true),
        unranked: sum(after, |item| item.level.is_none()),
        levels,
        status: if is_met { Status::Ready } else { Status::NotReady },
        changes,
        authors,
    }
}

/// So many days that end with `site` as it is.
pub(crate) fn past(site: &Site, days: usize) -> Vec<Day> {
    let mut random = Random::new(7);
    let mut worlds = vec![world(site)];
    let mut dates = vec![site.today];
    let mut next = worlds[0].len();
    while worlds.len() < days {
        let last = &worlds[worlds.len() - 1];
        let still = random.below(9) == 0;
        let world = if still { last.clone() } else { before(last, &mut random, &mut next) };
        worlds.push(world);
        let gap = jiff::Span::new().days(1 + i64::try_from(random.below(4)).unwrap());
        dates.push(dates[dates.len() - 1].checked_sub(gap).unwrap());
    }
    worlds.reverse();
    dates.reverse();
    let pairs = (0..days).map(|at| (&worlds[at.saturating_sub(1)], &worlds[at]));
    let numbered = pairs.zip(dates).zip(1..);
    numbered.map(|((pair, date), number)| day(site, pair, date, number)).collect()
}
