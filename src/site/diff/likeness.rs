//! Items that say nearly what others said: reworded ones. The work is bounded, whatever the documents hold.

use super::matcher::{Matcher, Pair};
use std::cmp::Reverse;

/// How alike two texts have to be, in thousandths: the share of pairs of letters that they have in common (Sørensen and
/// Dice). Texts that share a few usual words stay below it.
const ALIKE: u64 = 600;

/// How alike a text is to one that only goes on where it ends.
const LONGER: u64 = 650;

/// Bytes of a text that are compared.
const LENGTH: usize = 240;

/// Items on both sides up to which every one is compared with every other.
const ALL: usize = 2_500;

/// Items that one is compared with on each side of its place, where there are more.
const AROUND: usize = 24;

/// What comparing may cost in all, whoever asks. A comparison that ends at the marks of two texts costs one, and takes
/// about ten nanoseconds; one of their pairs of letters costs as much more as those are.
const BUDGET: u64 = 20_000_000;

/// Pairs of letters that are compared at the cost of one.
const PAIRS: u64 = 8;

/// Bits of a mark, in words of 64.
const WORDS: usize = 8;

/// What comparing may still cost. It is counted and not timed, so that the same is told at every run.
#[derive(Debug)]
pub struct Effort {
    left: u64,
}

impl Default for Effort {
    /// All of it, a fraction of a second.
    fn default() -> Self {
        Self { left: BUDGET }
    }
}

impl Effort {
    /// Takes a fair share for the next of so many questions. What it leaves over is given back with [`Effort::add`].
    #[must_use]
    pub fn share(&mut self, questions: usize) -> Self {
        let share = Self { left: self.left / (questions.max(1) as u64) };
        self.left -= share.left;
        share
    }

    /// Takes back what was left over.
    pub fn add(&mut self, other: &Self) {
        self.left += other.left;
    }

    fn spend(&mut self, cost: u64) {
        self.left = self.left.saturating_sub(cost);
    }
}

/// Matches leaves of the same documents by likeness, the most alike first; of those that are as alike the nearest, then
/// the first.
pub(super) fn join(matcher: &mut Matcher<'_>, pairs: &[Pair], effort: &mut Effort) {
    for (old, new) in pairs {
        let old: Vec<usize> = matcher.old(old.clone()).collect();
        let new: Vec<usize> = matcher.new_ones(new.clone()).collect();
        if effort.left == 0 || old.is_empty() || new.is_empty() {
            continue;
        }
        let old: Vec<(usize, Words)> =
            old.into_iter().map(|at| (at, Words::of(matcher.before.leaves[at].text))).collect();
        let new: Vec<(usize, Words)> =
            new.into_iter().map(|at| (at, Words::of(matcher.after.leaves[at].text))).collect();
        for (_, _, old, new) in candidates(&old, &new, effort) {
            matcher.join(old, new);
        }
    }
}

/// Pairs that are alike, best first: how much, how far apart, and which.
fn candidates(
    old: &[(usize, Words)],
    new: &[(usize, Words)],
    effort: &mut Effort,
) -> Vec<(Reverse<u64>, usize, usize, usize)> {
    let mut found = Vec::new();
    for (rank, (at, text)) in old.iter().enumerate() {
        let near = rank * new.len() / old.len();
        let range = if old.len() * new.len() <= ALL {
            0..new.len()
        } else {
            near.saturating_sub(AROUND)..new.len().min(near + AROUND)
        };
        for (place, (other, words)) in range.clone().zip(&new[range]) {
            if effort.left == 0 {
                break;
            }
            let likeness = text.likeness(words, effort);
            if likeness >= ALIKE {
                found.push((Reverse(likeness), place.abs_diff(near), *at, *other));
            }
        }
    }
    found.sort_unstable();
    found
}

/// A text as it is compared.
struct Words {
    /// The text, in small letters.
    text: String,
    /// Its pairs of neighbouring letters, in order. Blanks are none.
    pairs: Vec<(char, char)>,
    /// A bit for each of its pairs; several may have the same.
    mark: [u64; WORDS],
}

impl Words {
    fn of(text: &str) -> Self {
        let text = cut(text);
        let letters = || text.chars().filter(|letter| !letter.is_whitespace());
        let mut pairs: Vec<(char, char)> = letters().zip(letters().skip(1)).collect();
        pairs.sort_unstable();
        let mut mark = [0; WORDS];
        for &(one, other) in &pairs {
            let bit = (one as usize).wrapping_mul(31).wrapping_add(other as usize) % (WORDS * 64);
            mark[bit / 64] |= 1 << (bit % 64);
        }
        Self { text, pairs, mark }
    }

    /// How alike two texts are, in thousandths; 0 for any that are not alike.
    fn likeness(&self, other: &Self, effort: &mut Effort) -> u64 {
        effort.spend(1);
        if goes_on(&self.text, &other.text) || goes_on(&other.text, &self.text) {
            return LONGER;
        }
        let all = (self.pairs.len() + other.pairs.len()) as u64;
        let share = |common: u64| (2000 * common).checked_div(all).unwrap_or_default();
        if share(self.most(other).min(other.most(self))) < ALIKE {
            return 0;
        }
        effort.spend(all / PAIRS);
        share(common(&self.pairs, &other.pairs))
    }

    /// How many pairs may be in another text too: one whose bit is not there is not.
    fn most(&self, other: &Self) -> u64 {
        let missing: u32 = self.mark.iter().zip(&other.mark).map(|(mine, its)| (mine & !its).count_ones()).sum();
        self.pairs.len() as u64 - u64::from(missing)
    }
}

/// How many pairs two texts have in common, each as often as both have it.
fn common(one: &[(char, char)], other: &[(char, char)]) -> u64 {
    let (mut at, mut count) = (0, 0);
    for pair in one {
        while other.get(at).is_some_and(|its| its < pair) {
            at += 1;
        }
        if other.get(at) == Some(pair) {
            at += 1;
            count += 1;
        }
    }
    count
}

/// Whether a text of several words is the beginning of another.
fn goes_on(short: &str, long: &str) -> bool {
    let rest = long.strip_prefix(short);
    short.contains(' ') && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The part of a text that is compared, in small letters.
fn cut(text: &str) -> String {
    let end = (0..=LENGTH.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    text[..end].to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reworded_items_are_alike_and_others_are_not() {
        let alike = |one, other| Words::of(one).likeness(&Words::of(other), &mut Effort::default()) >= ALIKE;
        assert!(alike("Restore drill", "Restore drill, twice a year"));
        assert!(alike("Alerts page the on-call engineer", "Alerts page the on-call team"));
        assert!(!alike("Set up alerts", "Set up dashboards"));
        assert!(!alike("Load test", "Rollback test"));
        assert!(!alike("", "Load test"));
        assert!(!alike("", ""));
        assert!(alike("Load test (at twice the usual load)", "Load test"));
        assert!(!alike("Load tests are a thing of the past", "Load test"));
    }

    /// Marks only save work: whatever is alike is found, and as alike as it is.
    #[test]
    fn marks_hide_nothing() {
        let texts: Vec<String> = (0..60)
            .map(|at| format!("{} {} of {}", ["Test", "Check"][at % 2], at * at, "abcdefgh".repeat(at % 9)))
            .collect();
        for (one, other) in texts.iter().flat_map(|one| texts.iter().map(move |other| (one, other))) {
            let (one, other) = (Words::of(one), Words::of(other));
            let told = one.likeness(&other, &mut Effort::default());
            let share = strsim::sorensen_dice(&one.text, &other.text);
            assert!(one.most(&other) >= common(&one.pairs, &other.pairs), "{} {}", one.text, other.text);
            assert_eq!(told >= ALIKE, share >= 0.6, "{} {}: {told} {share}", one.text, other.text);
        }
    }

    #[test]
    fn the_work_is_bounded() {
        let many = |word: &str| (0..20_000).map(|at| (at, Words::of(&format!("{word} {at}")))).collect::<Vec<_>>();
        let (one, another) = (many("one"), many("another"));
        let mut effort = Effort { left: 40_000 };
        candidates(&one, &another, &mut effort);
        assert_eq!(effort.left, 0);
    }

    /// A history asks day by day; no day takes what the others need, and all take no more than there is.
    #[test]
    fn shares_are_fair_and_carried_on() {
        let mut effort = Effort { left: 100 };
        let first = effort.share(4);
        assert_eq!((first.left, effort.left), (25, 75));
        let mut second = effort.share(3);
        second.spend(20);
        effort.add(&second);
        assert_eq!((second.left, effort.left, effort.share(1).left), (5, 55, 55));
    }
}
