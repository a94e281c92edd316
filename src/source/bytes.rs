//! Looking through the bytes of a text many at a time. Nearly every text has nothing that needs escaping: what counts is
//! how soon that is known.

/// Bytes that are looked at together: what every processor compares at once.
const STEP: usize = 16;

/// Whether a text has a byte that passes `test`, which is made of comparisons only so that it can be asked of many bytes at
/// once.
#[must_use]
#[inline]
pub fn has(bytes: &[u8], test: impl Fn(u8) -> bool + Copy) -> bool {
    let (steps, rest) = bytes.as_chunks::<STEP>();
    steps.iter().any(|step| some(step, test)) || ends_with_some(bytes, rest, test)
}

/// The first byte that passes `test`, as [`has`].
#[must_use]
#[inline]
pub fn find(bytes: &[u8], test: impl Fn(u8) -> bool + Copy) -> Option<usize> {
    let (steps, rest) = bytes.as_chunks::<STEP>();
    let (from, part) = match steps.iter().position(|step| some(step, test)) {
        Some(at) => (at * STEP, steps[at].as_slice()),
        None if ends_with_some(bytes, rest, test) => (bytes.len() - rest.len(), rest),
        None => return None,
    };
    part.iter().position(|&byte| test(byte)).map(|at| from + at)
}

/// Every byte that passes `test`, as [`has`], in order.
pub fn positions(bytes: &[u8], test: impl Fn(u8) -> bool + Copy) -> impl Iterator<Item = usize> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let at = next + find(&bytes[next..], test)?;
        next = at + 1;
        Some(at)
    })
}

/// A number in decimal, written into `room`.
#[must_use]
#[inline]
pub fn decimal(number: u32, room: &mut [u8; 10]) -> &str {
    let mut at = room.len();
    let mut rest = number;
    loop {
        at -= 1;
        room[at] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    std::str::from_utf8(&room[at..]).unwrap_or_default()
}

/// Whether one of some bytes passes. Without leaving early: a branch for each is what takes the time.
#[inline]
fn some(bytes: &[u8], test: impl Fn(u8) -> bool + Copy) -> bool {
    bytes.iter().fold(false, |found, &byte| found | test(byte))
}

/// Whether one of `rest` passes, which are the last of `bytes`, fewer than a step; those before them do not. Some are looked
/// at twice, so that they make a step.
#[inline]
fn ends_with_some(bytes: &[u8], rest: &[u8], test: impl Fn(u8) -> bool + Copy) -> bool {
    match (bytes.last_chunk::<STEP>(), rest.first_chunk::<8>(), rest.last_chunk::<8>()) {
        _ if rest.is_empty() => false,
        (Some(last), ..) => some(last, test),
        (None, Some(first), Some(last)) => {
            let mut step = [0; STEP];
            step[..8].copy_from_slice(first);
            step[8..].copy_from_slice(last);
            some(&step, test)
        }
        _ => some(rest, test),
    }
}

#[cfg(test)]
mod tests {
    use super::{decimal, find, has, positions};

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for number in [0, 7, 10, 4096, u32::MAX] {
            assert_eq!(decimal(number, &mut [0; 10]), number.to_string());
        }
    }

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        let test = |byte: u8| byte == b'!' || byte == b'?';
        for length in 0..70 {
            let mut text = vec![b'x'; length];
            assert_eq!((has(&text, test), find(&text, test)), (false, None), "{length}");
            for at in 0..length {
                text[at] = b'?';
                assert!(has(&text, test), "{at} of {length}");
                assert_eq!(find(&text, test), Some(at), "{at} of {length}");
                text[length - 1] = b'!';
                assert_eq!(find(&text, test), Some(at), "{at} of {length}");
                let all: Vec<usize> = positions(&text, test).collect();
                assert_eq!(all, if at + 1 < length { vec![at, length - 1] } else { vec![at] }, "{at} of {length}");
                text[length - 1] = b'x';
                text[at] = b'x';
            }
        }
    }
}
