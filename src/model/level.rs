//! Priority levels and their ladder.

/// A priority level: its step on the ladder, 0 the most urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(pub u8);

/// One step of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Short name, as in the export and in URLs: `P0`.
    pub key: String,
    /// Word for people: `Critical`.
    pub label: String,
}

/// The levels of a site, most urgent first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// The steps; a [`Level`] is an index into them.
    pub steps: Vec<Step>,
}

impl Default for Ladder {
    fn default() -> Self {
        let steps = [("P0", "Critical"), ("P1", "High"), ("P2", "Medium"), ("P3", "Low")];
        let steps = steps.map(|(key, label)| Step { key: key.to_owned(), label: label.to_owned() });
        Self { steps: steps.into() }
    }
}

impl Ladder {
    /// The step of a level.
    ///
    /// # Panics
    /// When the level is of another ladder; levels are only made from the ladder's own words.
    #[must_use]
    pub fn step(&self, level: Level) -> &Step {
        &self.steps[usize::from(level.0)]
    }

    /// Every level, most urgent first.
    pub fn levels(&self) -> impl Iterator<Item = Level> + use<> {
        (0..u8::try_from(self.steps.len()).unwrap_or(u8::MAX)).map(Level)
    }

    /// The level with this key, in any case.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Level> {
        self.levels().find(|&level| self.step(level).key.eq_ignore_ascii_case(key))
    }
}
