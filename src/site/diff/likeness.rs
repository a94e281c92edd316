//! Items that say nearly what others said: reworded ones. The work is bounded, whatever the documents hold.

use super::matcher::{Matcher, Pair};
use std::cmp::Reverse;

/// How alike two texts have to be, in thousandths: the share of pairs of letters that they have in common (Sørensen and
/// Dice). Texts that share a few usual words stay below it.
const ALIKE: u32 = 600;

/// How alike a text is to one that only goes on where it ends.
const LONGER: u32 = 650;

/// Bytes of a text that are compared.
const LENGTH: usize = 240;

/// Items on both sides up to which every one is compared with every other.
const ALL: usize = 2_500;

/// Items that one is compared with on each side of its place, where there are more.
const AROUND: usize = 24;

/// Comparisons in all.
const BUDGET: usize = 40_000;

/// Matches leaves of the same documents by likeness, the most alike first; of those that are as alike the nearest, then
/// the first.
pub(super) fn join(matcher: &mut Matcher<'_>, pairs: &[Pair]) {
    let mut budget = BUDGET;
    for (old, new) in pairs {
        let old: Vec<(usize, String)> =
            matcher.old(old.clone()).map(|at| (at, cut(matcher.before.leaves[at].text))).collect();
        let new: Vec<(usize, String)> =
            matcher.new_ones(new.clone()).map(|at| (at, cut(matcher.after.leaves[at].text))).collect();
        for (_, _, old, new) in candidates(&old, &new, &mut budget) {
            matcher.join(old, new);
        }
    }
}

/// Pairs that are alike, best first: how much, how far apart, and which.
fn candidates(
    old: &[(usize, String)],
    new: &[(usize, String)],
    budget: &mut usize,
) -> Vec<(Reverse<u32>, usize, usize, usize)> {
    let mut found = Vec::new();
    for (rank, (at, text)) in old.iter().enumerate() {
        let near = rank * new.len() / old.len();
        let range = if old.len() * new.len() <= ALL {
            0..new.len()
        } else {
            near.saturating_sub(AROUND)..new.len().min(near + AROUND)
        };
        for (place, (other, words)) in range.clone().zip(&new[range]) {
            if *budget == 0 {
                break;
            }
            *budget -= 1;
            let likeness = likeness(text, words);
            if likeness >= ALIKE {
                found.push((Reverse(likeness), place.abs_diff(near), *at, *other));
            }
        }
    }
    found.sort_unstable();
    found
}

/// How alike two texts are, in thousandths.
fn likeness(one: &str, other: &str) -> u32 {
    if goes_on(one, other) || goes_on(other, one) {
        return LONGER;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is between 0 and 1")]
    let thousandths = (strsim::sorensen_dice(one, other) * 1000.0) as u32;
    thousandths
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
        let alike = |one, other| likeness(&cut(one), &cut(other)) >= ALIKE;
        assert!(alike("Restore drill", "Restore drill, twice a year"));
        assert!(alike("Alerts page the on-call engineer", "Alerts page the on-call team"));
        assert!(!alike("Set up alerts", "Set up dashboards"));
        assert!(!alike("Load test", "Rollback test"));
        assert!(!alike("", "Load test"));
        assert!(alike("Load test (at twice the usual load)", "Load test"));
        assert!(!alike("Load tests are a thing of the past", "Load test"));
    }

    #[test]
    fn the_work_is_bounded() {
        let many = |word: &str| (0..20_000).map(|at| (at, format!("{word} {at}"))).collect::<Vec<_>>();
        let mut budget = BUDGET;
        candidates(&many("one"), &many("another"), &mut budget);
        assert_eq!(budget, 0);
    }
}
