//! JSON within a script.

use std::io::{self, Write};

/// Writes JSON as it may stand in a script, whatever the script stands in.
pub(super) struct InScript<'s>(pub(super) &'s mut Vec<u8>);

impl Write for InScript<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(at) = memchr::memchr(b'<', rest) {
            self.0.extend_from_slice(&rest[..at]);
            self.0.extend_from_slice(b"\\u003c");
            rest = &rest[at + 1..];
        }
        self.0.extend_from_slice(rest);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::InScript;

    #[test]
    fn no_tag_can_end_the_script() {
        let mut script = b"x(".to_vec();
        serde_json::to_writer(InScript(&mut script), &["</script><", "a", "<!--"]).unwrap();
        assert_eq!(String::from_utf8(script).unwrap(), r#"x(["\u003c/script>\u003c","a","\u003c!--"]"#);
    }
}
