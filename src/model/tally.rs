//! Sums of states.

use super::State;
use std::ops::{Add, AddAssign};

/// How many items are in each state. Only leaves are counted, never groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    counts: [u32; State::ALL.len()],
}

impl Tally {
    /// The sum of one item.
    #[must_use]
    pub fn one(state: State) -> Self {
        Self::of(state, 1)
    }

    /// The sum of so many items in a state.
    #[must_use]
    pub fn of(state: State, count: u32) -> Self {
        let mut tally = Self::default();
        tally.counts[state as usize] = count;
        tally
    }

    /// Items in `state`.
    #[must_use]
    pub fn count(self, state: State) -> u32 {
        self.counts[state as usize]
    }

    /// Items in any state.
    #[must_use]
    pub fn items(self) -> u32 {
        self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Items done.
    #[must_use]
    pub fn done(self) -> u32 {
        self.count(State::Done)
    }

    /// The denominator of the percentage: items that are neither not applicable nor waived.
    #[must_use]
    pub fn scope(self) -> u32 {
        self.items().saturating_sub(self.count(State::Na)).saturating_sub(self.count(State::Waived))
    }

    /// Items in scope that are not done.
    #[must_use]
    pub fn left(self) -> u32 {
        self.scope().saturating_sub(self.done())
    }

    /// Done of the scope in percent, rounded down, so that 100 is said only when all are done. `None` without scope.
    #[must_use]
    pub fn percent(self) -> Option<u32> {
        let percent = u64::from(self.done()) * 100 / u64::from(self.scope()).max(1);
        (self.scope() > 0).then(|| u32::try_from(percent).unwrap_or(100))
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        for (mine, theirs) in self.counts.iter_mut().zip(other.counts) {
            *mine = mine.saturating_add(theirs);
        }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Self::add)
    }
}

impl FromIterator<State> for Tally {
    fn from_iter<I: IntoIterator<Item = State>>(states: I) -> Self {
        states.into_iter().map(Self::one).sum()
    }
}
