//! The order of items in lists, most urgent first, made once for all pages that list them.

use crate::model::{Item, Level, State};
use crate::site::{DocumentId, ItemId, Site};
use jiff::civil::Date;
use std::collections::HashMap;

/// Entries of a list on one page at most.
pub(super) const PART: usize = 1000;

/// Items by what they are listed under, most urgent first: what is left before what is done, then by level; blocked
/// items first among the left, then overdue ones, then by due date; then as the documents have them.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// All items that count.
    pub(super) all: Vec<ItemId>,
    /// By owner, as [`Site::owners`].
    pub(super) owners: Vec<Vec<ItemId>>,
    /// Those of nobody.
    pub(super) unowned: Vec<ItemId>,
    /// By level, as the ladder.
    pub(super) levels: Vec<Vec<ItemId>>,
    /// Those without.
    pub(super) unranked: Vec<ItemId>,
    /// By state, as [`State::ALL`].
    pub(super) states: [Vec<ItemId>; State::ALL.len()],
}

impl Lists {
    pub(super) fn of(site: &Site) -> Self {
        let mut all = Vec::with_capacity(site.tally.items() as usize);
        for (id, document) in (0..).map(DocumentId).zip(&site.documents).filter(|(_, document)| document.counted) {
            let leaves = document.leaves();
            all.extend(leaves.map(|(index, item)| (urgency(item, site.today), ItemId { document: id, index })));
        }
        all.sort_by_key(|&(urgency, _)| urgency);
        let all: Vec<ItemId> = all.into_iter().map(|(_, id)| id).collect();
        let mut lists = Self {
            owners: site.owners.iter().map(|owner| Vec::with_capacity(owner.group.items.len())).collect(),
            levels: site.levels.iter().map(|level| Vec::with_capacity(level.items.len())).collect(),
            ..Self::default()
        };
        let owners: HashMap<&str, usize> = site.owners.iter().map(|owner| owner.name.as_str()).zip(0..).collect();
        for &id in &all {
            lists.place(id, site.item(id), &owners);
        }
        Self { all, ..lists }
    }

    fn place(&mut self, id: ItemId, item: &Item, owners: &HashMap<&str, usize>) {
        self.states[item.state as usize].push(id);
        match item.level.and_then(|level| self.levels.get_mut(usize::from(level.0))) {
            Some(level) => level.push(id),
            None => self.unranked.push(id),
        }
        if item.owners.is_empty() {
            self.unowned.push(id);
        }
        for owner in &item.owners {
            if let Some(&index) = owners.get(owner.as_str()) {
                self.owners[index].push(id);
            }
        }
    }
}

/// A number that orders items, the most urgent first.
pub(super) fn urgency(item: &Item, today: Date) -> u64 {
    let level = u64::from(item.level.map_or(u8::MAX, |Level(step)| step));
    if !item.state.is_left() {
        return 1 << 60 | level << 48;
    }
    let blocked = u64::from(item.state != State::Blocked);
    let overdue = u64::from(!is_overdue(item, today));
    let due = item.due.map_or(u64::from(u32::MAX), days);
    level << 48 | blocked << 40 | overdue << 36 | due & 0xf_ffff_ffff
}

/// Whether an item is left after its due date.
pub(super) fn is_overdue(item: &Item, today: Date) -> bool {
    item.state.is_left() && item.due.is_some_and(|due| due < today)
}

/// A number that grows with a date.
fn days(date: Date) -> u64 {
    let year = u64::try_from(i32::from(date.year()) + 10_000).unwrap_or_default();
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    (year * 12 + u64::from(month)) * 31 + u64::from(day)
}

/// How many pages a list takes with `most` entries on each; an empty one takes one.
pub(super) fn parts(entries: usize, most: usize) -> u32 {
    u32::try_from(entries.div_ceil(most).max(1)).unwrap_or(u32::MAX)
}

/// The entries of a part, counted from 1.
pub(super) fn part<T>(entries: &[T], part: u32) -> &[T] {
    entries.chunks(PART).nth(part.saturating_sub(1) as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn item(state: State, level: Option<u8>, due: Option<Date>) -> Item {
        Item {
            kind: crate::model::ItemKind::Task,
            span: crate::source::Span::default(),
            mark: None,
            text: String::new(),
            parent: None,
            group: false,
            section: None,
            anchor: String::new(),
            state,
            state_text: "".into(),
            level: level.map(Level),
            level_text: None,
            owners: Vec::new(),
            owner_cell: None,
            reference: None,
            due,
            links: Vec::new(),
            evidence: Vec::new(),
            note: String::new(),
        }
    }

    #[test]
    fn the_most_urgent_come_first() {
        let today = date(2026, 11, 21);
        let ordered = [
            item(State::Blocked, Some(0), None),
            item(State::Open, Some(0), Some(date(2026, 11, 20))),
            item(State::Open, Some(0), Some(date(2026, 11, 21))),
            item(State::Doing, Some(0), Some(date(2027, 1, 1))),
            item(State::Open, Some(0), None),
            item(State::Blocked, Some(1), None),
            item(State::Open, None, None),
            item(State::Done, Some(0), Some(date(2026, 1, 1))),
            item(State::Waived, None, None),
        ];
        let keys: Vec<u64> = ordered.iter().map(|item| urgency(item, today)).collect();
        assert!(keys.is_sorted_by(|one, other| one < other), "{keys:?}");
    }

    #[test]
    fn lists_are_cut_into_parts() {
        let entries: Vec<u32> = (0..2500).collect();
        assert_eq!(parts(entries.len(), PART), 3);
        assert_eq!(part(&entries, 3), &entries[2000..]);
        assert_eq!((parts(0, PART), parts(1000, PART), parts(1001, PART)), (1, 1, 2));
        assert_eq!(part(&entries, 9), &[] as &[u32]);
    }
}
