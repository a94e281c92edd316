//! JSON within a script.

/// A script with JSON in it as it may stand in a page, whatever the JSON holds: no tag can end it. The script around
/// the JSON must have no `<` of its own.
pub(super) fn in_script(script: Vec<u8>) -> Vec<u8> {
    let tags = memchr::memchr_iter(b'<', &script).count();
    if tags == 0 {
        return script;
    }
    let mut safe = Vec::with_capacity(script.len() + tags * 5);
    let mut from = 0;
    for at in memchr::memchr_iter(b'<', &script) {
        safe.extend_from_slice(&script[from..at]);
        safe.extend_from_slice(b"\\u003c");
        from = at + 1;
    }
    safe.extend_from_slice(&script[from..]);
    safe
}

#[cfg(test)]
mod tests {
    use super::in_script;

    #[test]
    fn no_tag_can_end_the_script() {
        let script = serde_json::to_vec(&["</script><", "a", "<!--"]).unwrap();
        assert_eq!(in_script(script), br#"["\u003c/script>\u003c","a","\u003c!--"]"#);
    }
}
