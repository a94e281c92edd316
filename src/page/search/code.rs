//! Numbers as characters that JSON and scripts take as they are.

/// The first number of two characters. Up to here a character has one UTF-16 unit and is no surrogate.
const WIDE: usize = 50_000;

/// Appends a number: 0 to 33 from `]` on, then from U+00A1 on; from 50,000 on `!` and two digits of that base.
pub(super) fn push(out: &mut String, number: usize) {
    if number >= WIDE {
        out.push('!');
        push(out, number / WIDE);
        push(out, number % WIDE);
        return;
    }
    let code = if number < 34 { 93 + number } else { 127 + number };
    out.extend(u32::try_from(code).ok().and_then(char::from_u32));
}

/// A number for each row; nothing when all are 0.
pub(super) fn column(numbers: impl IntoIterator<Item = usize>) -> String {
    let mut out = String::new();
    let mut any = false;
    for number in numbers {
        any |= number != 0;
        push(&mut out, number);
    }
    if any { out } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_characters() {
        let code = |number| {
            let mut out = String::new();
            push(&mut out, number);
            out
        };
        assert_eq!(code(0), "]");
        assert_eq!(code(33), "~");
        assert_eq!(code(34), "\u{a1}");
        assert_eq!(code(49_999), "\u{c3ce}");
        assert_eq!(code(50_001), "!^^");
        assert_eq!(column([0, 0]), "");
        assert_eq!(column([0, 1]), "]^");
    }
}
