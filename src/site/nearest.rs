//! The nearest of many names, for "did you mean". It never compares with all of them: whoever mistyped or moved a name
//! has kept a long beginning or a long end of it, so its neighbours in the two sorted lists are enough. That keeps
//! a book with thousands of dead links linear.

/// Neighbours that are compared on each side in each list.
const NEIGHBOURS: usize = 8;

/// The longest differing middle that is compared, in bytes.
const MIDDLE: usize = 48;

/// Names to choose from.
#[derive(Debug)]
pub(super) struct Names<'a> {
    /// Folded names, sorted.
    ahead: Vec<(String, &'a str)>,
    /// Folded names spelled backwards, sorted.
    behind: Vec<(String, &'a str)>,
}

impl<'a> Names<'a> {
    /// Names in any order.
    pub(super) fn new(names: impl Iterator<Item = &'a str>) -> Self {
        let mut ahead: Vec<_> = names.map(|name| (name.to_lowercase(), name)).collect();
        let mut behind: Vec<_> = ahead.iter().map(|(folded, name)| (backwards(folded), *name)).collect();
        ahead.sort_unstable();
        behind.sort_unstable();
        Self { ahead, behind }
    }

    /// The name most like `wanted`, when one is like enough: at most a quarter of it differs, and one letter more.
    pub(super) fn nearest(&self, wanted: &str) -> Option<&'a str> {
        let folded = wanted.to_lowercase();
        let reversed = backwards(&folded);
        let most = 1 + folded.len() / 4;
        let ahead = around(&self.ahead, &folded).map(|(name, shown)| (distance(name, &folded), *shown));
        let behind = around(&self.behind, &reversed).map(|(name, shown)| (distance(name, &reversed), *shown));
        let best = ahead.chain(behind).filter_map(|(distance, name)| Some((distance?, name))).min();
        best.filter(|&(distance, _)| distance <= most).map(|(_, name)| name)
    }
}

fn backwards(text: &str) -> String {
    text.chars().rev().collect()
}

/// The neighbours of a name in a sorted list.
fn around<'s, 'a>(
    sorted: &'s [(String, &'a str)],
    name: &str,
) -> impl Iterator<Item = &'s (String, &'a str)> + use<'s, 'a> {
    let at = sorted.partition_point(|(other, _)| other.as_str() < name);
    sorted[at.saturating_sub(NEIGHBOURS)..sorted.len().min(at + NEIGHBOURS)].iter()
}

/// Edits between two names in bytes; `None` when too much of them differs to be worth counting.
fn distance(one: &str, other: &str) -> Option<usize> {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    (one, other) = (&one[same..], &other[same..]);
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    (one, other) = (&one[..one.len() - same], &other[..other.len() - same]);
    (one.len().max(other.len()) <= MIDDLE).then(|| strsim::generic_levenshtein(&Bytes(one), &Bytes(other)))
}

/// Bytes in the shape that `strsim` iterates over.
struct Bytes<'a>(&'a [u8]);

impl<'b> IntoIterator for &'b Bytes<'_> {
    type Item = u8;
    type IntoIter = std::iter::Copied<std::slice::Iter<'b, u8>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest(names: &[&'static str], wanted: &str) -> Option<&'static str> {
        Names::new(names.iter().copied()).nearest(wanted)
    }

    #[test]
    fn small_slips_are_found() {
        let names = ["README.md", "launch.md", "drills/restore.md", "drills/failover.md"];
        assert_eq!(nearest(&names, "readme.md"), Some("README.md"));
        assert_eq!(nearest(&names, "lunch.md"), Some("launch.md"));
        assert_eq!(nearest(&names, "drill/restore.md"), Some("drills/restore.md"));
        assert_eq!(nearest(&names, "drills/failvoer.md"), Some("drills/failover.md"));
        assert_eq!(nearest(&names, "architecture.md"), None);
        assert_eq!(nearest(&[], "launch.md"), None);
    }

    #[test]
    fn a_slip_in_the_first_letter_is_found_among_thousands() {
        let all: Vec<String> = (0..5000).map(|n| format!("{}-{n:04}", ["alpha", "bravo", "delta"][n % 3])).collect();
        let names = Names::new(all.iter().map(String::as_str));
        assert_eq!(names.nearest("xlpha-3000"), Some("alpha-3000"));
        assert_eq!(names.nearest("delta-0002x"), Some("delta-0002"));
    }
}
