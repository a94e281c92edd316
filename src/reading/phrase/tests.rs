//! What has to hold of the bytes by which phrases and stops are told.

use super::*;

#[test]
fn a_start_is_that_of_the_normalised_text() {
    let ascii = || (0..128).map(char::from);
    let pairs = ascii().flat_map(|first| ascii().map(move |second| [first, second]));
    for text in pairs.flat_map(|[first, second]| [format!("{first}{second}"), format!("{first}{second}c")]) {
        let phrase = normalise(&text);
        let mut bytes = phrase.bytes().chain([0, 0]);
        assert_eq!(normalised_start(&text), bytes.next().zip(bytes.next()).map(Into::into), "{text:?}");
    }
    assert_eq!(normalised_start("é"), None);
}

#[test]
fn stops_are_found_where_they_are() {
    for stop in [": ", " - ", " -- ", " – ", " — ", " → ", " -> ", " => ", "："] {
        let text = format!("a{stop}b");
        assert_eq!(next_stop(&text, 0), Some((1, 1 + stop.len())), "{text}");
        assert_eq!(last_stop(&text), next_stop(&text, 0), "{text}");
    }
    for text in ["a:b", "a -b", "a- b", "a–b", "a=>b", "a ** b", "a =", "a ", "a -"] {
        assert_eq!(next_stop(text, 0), None, "{text}");
    }
}
