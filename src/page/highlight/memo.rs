//! Lines of one language that were highlighted before. What a line becomes depends on its text and on the state of the
//! grammar before it, of which there are few: states are numbered, and a line is remembered under the number.

use super::classes;
use crate::markdown::{Html, Writer};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

/// Bytes of lines that are remembered for a language, at most. Beyond that, lines are parsed each time.
const BYTES: usize = 8 * 1024 * 1024;

/// States that are told apart, at most.
const STATES: usize = 512;

/// What is remembered of one language.
pub(super) struct Memo {
    grammar: &'static SyntaxReference,
    known: Mutex<Known>,
}

struct Known {
    states: Vec<State>,
    /// By number of the state before it, and by text.
    lines: Vec<HashMap<Box<str>, Line>>,
    bytes: usize,
}

/// The state of a grammar between two lines.
#[derive(Clone, PartialEq, Eq)]
struct State {
    parser: ParseState,
    scopes: ScopeStack,
}

/// A line as it was highlighted.
#[derive(Clone)]
struct Line {
    html: Arc<Html>,
    /// Number of the state behind it.
    next: usize,
}

/// Where in a language a block of code is.
enum At {
    /// In a state with a number.
    Numbered(usize),
    /// In one of too many states.
    Loose(State),
}

impl Memo {
    pub(super) fn new(grammar: &'static SyntaxReference) -> Self {
        let start = State { parser: ParseState::new(grammar), scopes: ScopeStack::new() };
        let known = Known { states: vec![start], lines: vec![HashMap::new()], bytes: 0 };
        Self { grammar, known: Mutex::new(known) }
    }

    /// Whether it is that of a grammar.
    pub(super) fn is_of(&self, grammar: &SyntaxReference) -> bool {
        std::ptr::eq(self.grammar, grammar)
    }

    /// Writes code, each line as it is remembered, or parsed and then remembered.
    pub(super) fn write(&self, grammars: &SyntaxSet, code: &str, out: &mut Writer) {
        let mut at = At::Numbered(0);
        for line in code.split_inclusive('\n') {
            let known = match at {
                At::Numbered(number) => self.line(number, line),
                At::Loose(_) => None,
            };
            let html = match known {
                Some(line) => {
                    at = At::Numbered(line.next);
                    line.html
                }
                None => {
                    let (html, next) = self.parse(at, grammars, line);
                    at = next;
                    html
                }
            };
            out.html(&html);
            if line.ends_with('\n') {
                out.raw("\n");
            }
        }
    }

    /// Parses a line. The lock is not held meanwhile: another thread may do the same, to the same end.
    fn parse(&self, at: At, grammars: &SyntaxSet, line: &str) -> (Arc<Html>, At) {
        let (number, mut state) = match at {
            At::Numbered(number) => (Some(number), self.known().states[number].clone()),
            At::Loose(state) => (None, state),
        };
        let html = Arc::new(highlighted(&mut state, grammars, line));
        let next = self.number(state);
        if let (Some(number), At::Numbered(next)) = (number, &next) {
            self.remember(number, line, Line { html: Arc::clone(&html), next: *next });
        }
        (html, next)
    }

    fn line(&self, number: usize, line: &str) -> Option<Line> {
        self.known().lines[number].get(line).cloned()
    }

    fn number(&self, state: State) -> At {
        let mut known = self.known();
        if let Some(number) = known.states.iter().position(|own| *own == state) {
            return At::Numbered(number);
        }
        if known.states.len() == STATES {
            return At::Loose(state);
        }
        known.states.push(state);
        known.lines.push(HashMap::new());
        At::Numbered(known.states.len() - 1)
    }

    fn remember(&self, number: usize, text: &str, line: Line) {
        let mut known = self.known();
        let bytes = text.len() + line.html.as_str().len();
        if known.bytes + bytes <= BYTES {
            known.bytes += bytes;
            known.lines[number].insert(text.into(), line);
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A line with its spans, without its line break. The state becomes that behind the line.
fn highlighted(state: &mut State, grammars: &SyntaxSet, line: &str) -> Html {
    let text = line.trim_end_matches('\n');
    // Grammars expect a line break.
    let owned;
    let whole = if text.len() < line.len() {
        line
    } else {
        owned = format!("{line}\n");
        &owned
    };
    let mut spans = Spans { text, out: Writer::with_capacity(text.len() * 4), from: 0, class: None };
    // A grammar that fails leaves the line as it is.
    for (at, op) in state.parser.parse_line(whole, grammars).unwrap_or_default() {
        spans.up_to(at, classes::of(state.scopes.as_slice()));
        if state.scopes.apply(&op).is_err() {
            break;
        }
    }
    spans.up_to(text.len(), classes::of(state.scopes.as_slice()));
    spans.finish()
}

/// A line that is being written: text with one class becomes one span.
struct Spans<'t> {
    text: &'t str,
    out: Writer,
    /// Up to here everything is written.
    from: usize,
    /// Class of the span that is open.
    class: Option<&'static str>,
}

impl Spans<'_> {
    fn up_to(&mut self, to: usize, class: Option<&'static str>) {
        let Some(piece) = self.text.get(self.from..to.min(self.text.len())).filter(|piece| !piece.is_empty()) else {
            return;
        };
        // White space looks the same with and without a class.
        if class != self.class && !piece.trim().is_empty() {
            self.change(class);
        }
        self.out.text(piece);
        self.from += piece.len();
    }

    fn change(&mut self, class: Option<&'static str>) {
        if self.class.is_some() {
            self.out.raw("</span>");
        }
        if let Some(class) = class {
            self.out.raw("<span class=\"").raw(class).raw("\">");
        }
        self.class = class;
    }

    fn finish(mut self) -> Html {
        self.change(None);
        self.out.finish()
    }
}
