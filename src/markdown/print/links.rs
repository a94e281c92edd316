//! The links that are open. Raw HTML can nest them, and leave thousands open.

/// What ends a link that leads somewhere.
const END: &str = "</a>";

/// How each open link ends, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Links {
    ends: Vec<&'static str>,
    /// How many of them lead somewhere.
    leading: usize,
}

impl Links {
    /// Opens a link that leads somewhere.
    pub(super) fn open(&mut self) {
        self.leading += 1;
        self.ends.push(END);
    }

    /// Opens what stands for a link, and ends otherwise.
    pub(super) fn open_instead(&mut self, end: &'static str) {
        self.ends.push(end);
    }

    /// Closes the innermost one; gives back what ends it.
    pub(super) fn close(&mut self) -> &'static str {
        let end = self.ends.pop().unwrap_or_default();
        self.leading -= usize::from(end == END);
        end
    }

    /// Whether none is open, of whatever kind.
    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether one is open that leads somewhere: another cannot stand in it.
    pub(super) fn lead(&self) -> bool {
        self.leading > 0
    }
}
