//! The word that was probably meant.

/// The word of `known` that is nearest to `word`, when at most a third of its characters are wrong, or one begins with
/// the other.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let limit = word.chars().count().max(3) / 3;
    let far = |other: &str| {
        let other = other.to_lowercase();
        let begins = lower.len() > 2 && other.len() > 2 && (other.starts_with(&lower) || lower.starts_with(&other));
        strsim::damerau_levenshtein(&lower, &other).min(if begins { limit } else { usize::MAX })
    };
    known
        .into_iter()
        .map(|other| (far(other), other))
        .filter(|&(far, _)| far <= limit)
        .min_by_key(|&(far, _)| far)
        .map(|(_, other)| other)
}
