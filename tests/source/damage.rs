//! Damage as it happens: the bytes of a sound text read in a wrong encoding.

use readybook::source::Codec;

/// All codecs.
pub(crate) const CODECS: [Codec; 3] = [Codec::Macintosh, Codec::Windows1252, Codec::Windows1254];

/// What becomes of bytes to which a codec gives no character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Undefined {
    /// The control of the same number, as in browsers.
    Control,
    /// Nothing.
    Dropped,
    /// U+FFFD.
    Replaced,
}

/// All ways with undefined bytes.
pub(crate) const WAYS: [Undefined; 3] = [Undefined::Control, Undefined::Dropped, Undefined::Replaced];

/// The UTF-8 bytes of `text`, read in `codec`.
pub(crate) fn damage(text: &str, codec: Codec, undefined: Undefined) -> String {
    let encoding = encoding_rs::Encoding::for_label(codec.name().as_bytes()).unwrap();
    let mut damaged = String::new();
    for &byte in text.as_bytes() {
        let read = encoding.decode_without_bom_handling(&[byte]).0.chars().next().unwrap();
        match undefined {
            Undefined::Dropped if matches!(read, '\u{80}'..='\u{9F}') => {}
            Undefined::Replaced if matches!(read, '\u{80}'..='\u{9F}') => damaged.push(char::REPLACEMENT_CHARACTER),
            _ => damaged.push(read),
        }
    }
    damaged
}
