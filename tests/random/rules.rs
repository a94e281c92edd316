//! Rules of a gate to choose from: every form of rule, on the names that the made-up projects have.

pub(crate) const RULES: &[&str] = &[
    "P0",
    "P0 P1",
    "all",
    "none",
    "P1 >= 50%",
    "all >= 30%",
    "launch.md",
    "drills/",
    "owner:@kai",
    "unowned",
    "no blocked",
    "no doing P0",
    "evidence:P0",
    "owned:P0",
    "signed",
    "signed:launch.md",
    "fresh",
    "P2 drills/",
];
