//! The known name that is written most like one that nobody knows.

use rapidfuzz::distance::osa;

/// The longest name, in characters, that is compared.
const LONGEST: usize = 64;

/// The one of `known` nearest to `given` by edit distance with transpositions, if it is near enough
/// to be meant: one slip in a short name, up to a third of the characters in a long one. Of equally
/// near ones the first counts.
///
/// ```
/// use listwright::nearest::nearest;
/// let rules = ["duplicate-link", "duplicate-title"];
/// assert_eq!(nearest("dupliacte-lnk", rules), Some("duplicate-link"));
/// assert_eq!(nearest("spelling", rules), None);
/// ```
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = given.to_lowercase().replace('_', "-").chars().collect();
    if wanted.len() > LONGEST {
        return None;
    }
    known
        .into_iter()
        .filter_map(|name| {
            let letters: Vec<char> = name.to_lowercase().chars().collect();
            let allowed = (letters.len().max(wanted.len()) / 3).max(1);
            let distance = osa::distance(wanted.iter(), letters.iter());
            (distance <= allowed && distance < letters.len()).then_some((distance, name))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}
