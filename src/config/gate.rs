//! The rules of the gate: what they demand, and of which items.
//!
//! A rule is a line of words:
//!
//! | rule | is met when |
//! |---|---|
//! | `P0` | every item of P0 is done |
//! | `P0 P1` | every item of P0 and of P1 is done |
//! | `all` | every item is done |
//! | `none` | every item without priority is done |
//! | `P1 >= 90%` | at least 90 % of the items of P1 are done, rounded down |
//! | `launch.md`, `drills/` | every item of that document, or folder, is done |
//! | `owner:@kai` | every item of that owner is done; with blanks in the name `owner:"QA Lead"` |
//! | `unowned` | every item that nobody owns is done |
//! | `no blocked` | no item is in that state |
//! | `evidence:P0` | every done item of P0 has evidence |
//! | `owned:P0` | every item of P0 has an owner |
//! | `signed:launch.md` | every sign-off of that document is signed, and there is one |
//! | `fresh`, `fresh:drills/` | no document is past its review, or says that it was on a day to come |
//!
//! Words of the same kind are alternatives, words of different kinds must all hold: `P0 P1 launch.md` is what
//! `launch.md` has at P0 or P1. `no STATE`, `evidence`, `owned` and `>= N%` take the same words.

use super::Glob;
use crate::model::{Ladder, Level, State};
use crate::source::Span;

/// The whole gate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gate {
    /// Rules for the site. `None` where the configuration says nothing: then the most urgent level, when it is in use.
    pub require: Option<Vec<Rule>>,
    /// Rules for documents; each rule is already confined to its documents.
    pub documents: Vec<DocumentGate>,
}

/// The rules of one document or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentGate {
    /// The documents.
    pub path: Glob,
    /// Their rules.
    pub rules: Vec<Rule>,
}

/// A rule: a demand on some items or documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The rule as written, as people are told it; of a document's gate, with the document before it.
    pub text: String,
    /// What has to hold.
    pub demand: Demand,
    /// Of what.
    pub among: Among,
    /// Where it stands in the configuration; `None` for a built-in rule.
    pub span: Option<Span>,
}

/// What a rule demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// Every item in scope (neither not applicable nor waived) is done.
    Done,
    /// At least so many percent of the items in scope are done, rounded down (1 to 100).
    Percent(u32),
    /// Every done item has evidence.
    Evidence,
    /// Every item in scope has an owner.
    Owned,
    /// No item is in this state.
    Without(State),
    /// Every sign-off of the documents is signed and valid, and each document has one.
    Signed,
    /// No document is past its review.
    Fresh,
}

/// The items (or, for [`Demand::Signed`] and [`Demand::Fresh`], the documents) that a rule is about. An empty list
/// confines nothing; lists that are not empty must all fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Among {
    /// Priorities; `None` is "without priority".
    pub levels: Vec<Option<Level>>,
    /// Owners by name; `None` is "nobody".
    pub owners: Vec<Option<String>>,
    /// Documents.
    pub documents: Vec<Glob>,
    /// The documents of a document's gate; the rule stays within them, whatever it names.
    pub within: Option<Glob>,
}

/// Why a text is not a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFault {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl Rule {
    /// The rule of a text.
    ///
    /// # Errors
    /// When a word means nothing, with the nearest that does.
    pub fn parse(text: &str, ladder: &Ladder) -> Result<Self, RuleFault> {
        let (words, percent) = match text.split_once(">=") {
            Some((words, number)) => (words, Some(parse_percent(number)?)),
            None => (text, None),
        };
        let words = split(words)?;
        let mut rule = Self { text: text.trim().to_owned(), demand: Demand::Done, among: Among::default(), span: None };
        if words.is_empty() {
            return Err(RuleFault::new(
                "an empty rule".to_owned(),
                "name what has to be done, as in \"P0\" or \"all\"",
            ));
        }
        let mut words = words.iter().map(String::as_str);
        let first = words.next().unwrap_or_default();
        let left = rule.read_demand(first, &mut words)?;
        for word in left.into_iter().chain(words) {
            rule.among.read(word, ladder)?;
        }
        rule.finish(percent)
    }

    /// The rule that holds where nothing is configured: everything at the most urgent level is done.
    #[must_use]
    pub fn usual(ladder: &Ladder) -> Option<Self> {
        let level = ladder.levels().next()?;
        let among = Among { levels: vec![Some(level)], ..Among::default() };
        Some(Self { text: ladder.step(level).key.clone(), demand: Demand::Done, among, span: None })
    }

    /// The same rule for a document's gate: it stays within the document, whatever it names.
    #[must_use]
    pub(super) fn within(mut self, path: Glob) -> Self {
        self.text = format!("{path}: {}", self.text);
        self.among.within = Some(path);
        self
    }

    /// Reads the demand at the start of a rule and gives back the word that is not part of it.
    fn read_demand<'a>(
        &mut self,
        first: &'a str,
        words: &mut impl Iterator<Item = &'a str>,
    ) -> Result<Option<&'a str>, RuleFault> {
        if first == "no" {
            self.demand = Demand::Without(parse_state(words.next().unwrap_or_default())?);
            return Ok(None);
        }
        let (word, rest) = first.split_once(':').map_or((first, None), |(word, rest)| (word, Some(rest)));
        self.demand = match word {
            "evidence" => Demand::Evidence,
            "owned" => Demand::Owned,
            "signed" => Demand::Signed,
            "fresh" => Demand::Fresh,
            _ => return Ok(Some(first)),
        };
        Ok(rest.filter(|rest| !rest.is_empty()))
    }

    fn finish(mut self, percent: Option<u32>) -> Result<Self, RuleFault> {
        match (percent, self.demand) {
            (None, _) => {}
            (Some(percent), Demand::Done) => self.demand = Demand::Percent(percent),
            (Some(_), _) => {
                let message = format!("a percentage in the rule `{}`, which demands something else", self.text);
                return Err(RuleFault::new(message, "a percentage is of what is done, as in \"P1 >= 90%\""));
            }
        }
        let of_items = !self.among.levels.is_empty() || !self.among.owners.is_empty();
        if of_items && matches!(self.demand, Demand::Signed | Demand::Fresh) {
            let message = format!("`{}` is about documents and names items", self.text);
            return Err(RuleFault::new(message, "name documents or folders, as in \"signed:launch.md\""));
        }
        Ok(self)
    }
}

impl Among {
    /// Reads one word.
    fn read(&mut self, word: &str, ladder: &Ladder) -> Result<(), RuleFault> {
        if let Some(name) = word.strip_prefix("owner:") {
            self.owners.push(Some(name.to_owned()));
        } else if let Some(path) = word.strip_prefix("document:") {
            self.documents.push(Glob::new(path));
        } else if let Some(level) = ladder.find(word) {
            self.levels.push(Some(level));
        } else if word.contains(['/', '*']) || word.ends_with(".md") || word.ends_with(".markdown") {
            self.documents.push(Glob::new(word));
        } else {
            match word {
                "all" => {}
                "none" => self.levels.push(None),
                "unowned" => self.owners.push(None),
                _ => return Err(unknown_word(word, ladder)),
            }
        }
        Ok(())
    }
}

impl RuleFault {
    fn new(message: String, help: impl Into<String>) -> Self {
        Self { message, help: help.into() }
    }
}

fn unknown_word(word: &str, ladder: &Ladder) -> RuleFault {
    let known = ["all", "none", "unowned", "no", "evidence", "owned", "signed", "fresh"];
    let keys = ladder.steps.iter().map(|step| step.key.as_str());
    let help = super::nearest(word, keys.chain(known)).map_or_else(
        || "a rule names a priority, a document such as \"launch.md\", \"owner:NAME\" or \"all\"".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    RuleFault::new(format!("`{word}` means nothing in a rule"), help)
}

fn parse_state(word: &str) -> Result<State, RuleFault> {
    State::from_name(word).ok_or_else(|| {
        let names = State::ALL.map(State::name);
        let help = super::nearest(word, names)
            .map_or_else(|| format!("one of {}", names.join(", ")), |near| format!("did you mean `no {near}`?"));
        RuleFault::new(format!("`{word}` is no state"), help)
    })
}

fn parse_percent(text: &str) -> Result<u32, RuleFault> {
    let number = text.trim().trim_end_matches('%').trim_end().parse().ok();
    number.filter(|number| (1..=100).contains(number)).ok_or_else(|| {
        RuleFault::new(format!("`{}` is no percentage from 1 to 100", text.trim()), "write it as in \"P1 >= 90%\"")
    })
}

/// Splits at blanks outside double quotes, and drops the quotes.
fn split(text: &str) -> Result<Vec<String>, RuleFault> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => words.push(String::new()),
            c => words.iter_mut().next_back().into_iter().for_each(|word| word.push(c)),
        }
    }
    if quoted {
        return Err(RuleFault::new(format!("a quote that does not end in `{text}`"), "close it with `\"`"));
    }
    words.retain(|word| !word.is_empty());
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Rule {
        Rule::parse(text, &Ladder::default()).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
    }

    fn fault(text: &str) -> String {
        let fault = Rule::parse(text, &Ladder::default()).expect_err(text);
        format!("{}; {}", fault.message, fault.help)
    }

    #[test]
    fn words_of_a_kind_are_alternatives() {
        let rule = rule("P0 p1 drills/ launch.md owner:\"QA Lead\" unowned");
        assert_eq!(rule.demand, Demand::Done);
        assert_eq!(rule.among.levels, [Some(Level(0)), Some(Level(1))]);
        assert_eq!(rule.among.owners, [Some("QA Lead".to_owned()), None]);
        assert_eq!(rule.among.documents, [Glob::new("drills"), Glob::new("launch.md")]);
    }

    #[test]
    fn demands() {
        assert_eq!(rule("all").demand, Demand::Done);
        assert_eq!(rule("all").among, Among::default());
        assert_eq!(rule("P1>=90%").demand, Demand::Percent(90));
        assert_eq!(rule("P1 >= 90 %").among.levels, [Some(Level(1))]);
        assert_eq!(rule("no blocked P0").demand, Demand::Without(State::Blocked));
        assert_eq!(rule("no blocked P0").among.levels, [Some(Level(0))]);
        assert_eq!(rule("evidence:P0").demand, Demand::Evidence);
        assert_eq!(rule("evidence:P0").among.levels, [Some(Level(0))]);
        assert_eq!(rule("owned").demand, Demand::Owned);
        assert_eq!(rule("signed:launch.md").among.documents, [Glob::new("launch.md")]);
        assert_eq!(rule("fresh").demand, Demand::Fresh);
        assert_eq!(rule("none").among.levels, [None]);
    }

    #[test]
    fn faults_say_what_to_write() {
        assert_eq!(fault("PO"), "`PO` means nothing in a rule; did you mean `P0`?");
        assert_eq!(fault("no blockd"), "`blockd` is no state; did you mean `no blocked`?");
        assert_eq!(fault("P1 >= 0%"), "`0%` is no percentage from 1 to 100; write it as in \"P1 >= 90%\"");
        assert_eq!(
            fault("fresh:P0"),
            "`fresh:P0` is about documents and names items; name documents or folders, as in \"signed:launch.md\""
        );
        assert!(fault("no blocked >= 3%").starts_with("a percentage in the rule"));
        assert!(fault("  ").starts_with("an empty rule"));
        assert!(fault("owner:\"QA").starts_with("a quote that does not end"));
    }
}
