//! Plain nouns of readiness: checklists, sections, items, states, priorities, owners, tallies. No Markdown, HTML,
//! URLs or disk here.

mod checklist;
mod front_matter;
mod item;
mod level;
mod state;
mod tally;

pub use checklist::{
    Checklist, Claim, ClaimKind, Criterion, DateAt, GateSentence, Heading, Link, LinkKind, Rollup, Section, SignOff,
    Statement,
};
pub use front_matter::{FrontMatter, Interval, WaiverRequest};
pub use item::{Item, ItemKind};
pub use level::{Ladder, Level, Step};
pub use state::State;
pub use tally::Tally;
