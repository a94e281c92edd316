//! Signs for yes, in part and no as forms in Japanese and Korean have them: `○`, `△`, `×`.

use crate::model::State;
use serde::Deserialize;

/// The signs, by what they say where they stand beside each other.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Rings {
    empty: Vec<char>,
    double: Vec<char>,
    filled: Vec<char>,
    partly: Vec<char>,
    crosses: Vec<char>,
    ticks: Vec<char>,
}

impl Rings {
    /// What a sign says where rings stand beside crosses or triangles.
    pub(in crate::reading) fn state(&self, sign: char) -> Option<State> {
        match sign {
            _ if sign.is_ascii() => None,
            _ if self.empty.contains(&sign) || self.double.contains(&sign) => Some(State::Done),
            _ if self.partly.contains(&sign) => Some(State::Doing),
            _ if self.crosses.contains(&sign) => Some(State::Open),
            _ => None,
        }
    }

    /// Whether a sign is a filled ring: beside it an empty one is what is left.
    pub(in crate::reading) fn is_filled(&self, sign: char) -> bool {
        !sign.is_ascii() && self.filled.contains(&sign)
    }

    /// Whether a cell is a ring that chooses the answer which heads its column.
    pub(in crate::reading) fn chooses(&self, cell: &str) -> bool {
        let mut signs = cell.chars();
        signs.next().is_some_and(|sign| signs.next().is_none() && self.empty.contains(&sign))
    }

    /// Whether many read a sign at the start of entries of a list as a state, where several of them stand there.
    pub(in crate::reading) fn may_lead(&self, sign: char) -> bool {
        self.state(sign).is_some() || self.is_filled(sign) || self.ticks.contains(&sign)
    }
}
