//! How the lines, lists and tables of a legend are read.

use super::entries::{entries, key, meaning, shape_at, signs};
use super::owners::is_of_owners;
use super::{Legend, Meaning, Terms, Under};
use crate::markdown::{NodeId, Tree};
use crate::model::{Level, State};
use crate::reading::limits::MOST;
use crate::reading::phrase::{capitalised, is_pictograph, normalise};
use crate::reading::vocabulary::{Context, Tag};
use crate::reading::{lines, priority, reservation, status};
use std::cell::OnceCell;

/// The most bytes of a word that is explained.
pub(super) const WORD: usize = 24;

impl Legend {
    /// Reads `Legend: …` lines; `true` when the label stands alone and a list is to follow.
    pub(super) fn read_paragraph(&mut self, terms: &Terms<'_>, tree: &Tree<'_>, id: NodeId, under: Under) -> bool {
        let (mut alone, mut owners) = (false, false);
        for line in lines::of(tree, id) {
            let near = tree.source(line.span());
            if under == Under::Other
                && !line.is_bold()
                && !owners
                && !near.bytes().take(64).any(|byte| matches!(byte, b':' | b'=' | 0xEF))
                && !near.starts_with(|first| terms.words.listed_colours.contains(&first))
            {
                alone = false;
                continue;
            }
            let text = line.text(tree);
            let label = text.split_once([':', '：']);
            let goes_on = owners && text.starts_with(['·', '•', '|', '[']);
            owners = goes_on || label.is_some_and(|(label, rest)| is_of_owners(terms, label, rest));
            match label {
                Some((label, rest)) if terms.words.is(Context::Legend, &normalise(label)) && label.len() < 60 => {
                    alone = rest.trim().is_empty();
                    self.read_entries(terms, rest);
                }
                _ if owners => alone = false,
                None if line.is_bold() && terms.words.is(Context::Legend, &normalise(&text)) => alone = true,
                _ if under == Under::Legend || is_equations(terms, &text) => self.read_entries(terms, &text),
                _ if self.read_levels(terms, &text) => alone = false,
                _ => alone = false,
            }
            if owners {
                self.read_owners(terms, label.filter(|_| !goes_on).map_or(&text, |(_, rest)| rest));
            }
        }
        alone
    }

    /// Reads which levels signs stand for behind a word for priorities, `Priority (🔴 high / 🟠 medium)`, or in a line that
    /// says nothing else: `🔴 high · 🟠 medium`.
    fn read_levels(&mut self, terms: &Terms<'_>, text: &str) -> bool {
        let sign = if text.is_ascii() { None } else { text.find(is_pictograph) };
        let Some(at) = sign else { return false };
        let head = text[..at].trim_end();
        let before = head.trim_end_matches([':', '：', '(', '（', ' ']);
        let key = before.rsplit([' ', ':', '：']).next().unwrap_or_default();
        let is_key = before.len() < head.len() && terms.words.tag(&normalise(key)) == Some(Tag::Priority);
        if !(is_key || head.is_empty() && are_levels(terms, text)) {
            return false;
        }
        let inside = text[at..].split([')', '）']).next().unwrap_or_default();
        let level = |part: &str| {
            let (glyph, rest) = terms.glyph_at(part.trim())?;
            Some((glyph, priority::named(terms.words, meaning(rest))?))
        };
        let levels: Vec<(char, Level)> = inside.split(['/', '·', '|', ',', ';']).filter_map(level).collect();
        if levels.len() < 2 {
            return false;
        }
        let known = |level| Meaning { state: None, level: Some(level), asks: false };
        // What leads lists of states keeps its own: a level is no reason to lose a cross. Colours are levels as often.
        let words = terms.words;
        let (kept, others): (Vec<_>, Vec<_>) = levels
            .into_iter()
            .partition(|(glyph, _)| words.listed.contains(glyph) && !words.listed_colours.contains(glyph));
        self.beside.extend(kept);
        self.glyphs.extend(others.into_iter().map(|(glyph, level)| (glyph, known(level))));
        true
    }

    fn read_entries(&mut self, terms: &Terms<'_>, text: &str) {
        for part in entries(terms, text) {
            let mut start = 0;
            for at in signs(terms, part).skip(1) {
                self.read_entry(terms, part[start..at].trim_end_matches([' ', '/']));
                start = at;
            }
            self.read_entry(terms, &part[start..]);
        }
    }

    /// Reads one entry: a glyph, box, letter or word, and what it means.
    pub(super) fn read_entry(&mut self, terms: &Terms<'_>, entry: &str) {
        let entry = entry.trim().trim_end_matches('.');
        if let Some((mark, rest)) = status::boxed(entry) {
            // No document can tick its boxes by saying that empty ones are done.
            if let Some(state) = status::words(terms, meaning(rest)).filter(|state| mark != ' ' || state.is_left()) {
                self.marks.insert(mark, state);
            }
            return;
        }
        if let Some((glyph, rest)) = terms.glyph_at(entry).or_else(|| shape_at(entry)) {
            let rest = meaning(rest);
            if !rest.is_empty() {
                self.explain(terms, glyph, rest);
            }
            return;
        }
        // `- [x] = done` tells of its box, and of no word.
        let Some((key, rest)) = key(entry).filter(|(key, _)| !normalise(key).is_empty()) else { return };
        let (key, rest) = (key.trim().trim_matches(['*', '`']), meaning(rest));
        self.explain_word(entry);
        let is_code = is_code(key) && terms.state(&normalise(key)).is_none();
        if is_code && let Some(level) = priority::named(terms.words, rest) {
            self.levels.insert(key.to_owned(), level);
        } else if is_code && let Some(state) = terms.state(&normalise(rest)) {
            self.words.insert(normalise(key), state);
        } else if is_code && priority::named(terms.words, key).is_none() {
            self.name_owner(key, capitalised(rest));
        } else if let Some(state) = status::words(terms, rest) {
            let word = normalise(key);
            // Green is what the document says that it is; `Done: needs a review` explains no word that everybody knows, and
            // `P1: missing tests` what is of that level.
            let is_level = word.len() > 1 && terms.words.level(&word).is_some();
            let is_known = is_level || terms.words.state(&word).is_some();
            if !is_known || terms.words.best_colours().any(|colour| colour == word) {
                self.words.insert(word, state);
            }
        }
    }

    /// Takes the word that an entry explains; the codes of owners stand for other things.
    pub(super) fn explain_word(&mut self, entry: &str) {
        let Some((word, _)) = key(entry).filter(|(word, _)| word.len() <= WORD && !is_code(word.trim())) else {
            return;
        };
        let word = normalise(word);
        if !word.is_empty() && self.explained.len() < MOST {
            self.explained.insert(word);
        }
    }

    /// Takes what a text says of a glyph. A meaning that is not known leaves the glyph what it is everywhere, but a
    /// colour only where the legend tells states.
    fn explain(&mut self, terms: &Terms<'_>, glyph: char, text: &str) {
        let head = text.split_once([':', '–', '—']).map_or(text, |(head, _)| head);
        let state =
            status::words(terms, text).or_else(|| status::words(terms, head)).or_else(|| not_quite(terms, text));
        // No document can tick its boxes by saying that empty ones are done.
        let is_box = terms.words.boxes.is_empty(glyph);
        let is_kept = |state: &State| match state {
            State::Done if usual(terms, glyph).is_some_and(State::is_left) => !is_box && is_wholly_done(terms, text),
            state => state.is_left() || !is_box,
        };
        let state = state.filter(is_kept);
        let level = priority::named(terms.words, text).or_else(|| last_level(terms, text));
        if let (Some(state), Some(level)) = (state, level) {
            self.both.push((glyph, state, level));
            return;
        }
        let is_unknown = state.is_none() && level.is_none();
        if is_unknown && usual(terms, glyph).is_some() && !is_contrary(terms, glyph, text) {
            self.unknown.extend(terms.words.colour(glyph).map(|_| glyph));
        } else {
            // What is not done in lists is not done there either: `⚠️ = go/no-go blocker`.
            let asks = level.is_some()
                && terms.words.colour(glyph).is_none()
                && usual(terms, glyph).is_some_and(State::is_left);
            self.glyphs.insert(glyph, Meaning { state, level, asks });
        }
    }

    /// Settles what could not be told sign by sign. What names a state and a level is a state among states, and a level
    /// beside other levels or alone; colours explained in words that are not known lose their usual meaning where no
    /// sign was explained as a state.
    pub(super) fn settle(&mut self) {
        let tells_states = self.glyphs.values().any(|meaning| meaning.state.is_some());
        let tells_levels = self.glyphs.values().any(|meaning| meaning.level.is_some());
        for (glyph, state, level) in std::mem::take(&mut self.both) {
            let meaning = match tells_states && !tells_levels {
                true => Meaning { state: Some(state), level: None, asks: false },
                false => Meaning { state: None, level: Some(level), asks: true },
            };
            self.glyphs.insert(glyph, meaning);
        }
        if tells_states {
            self.glyphs.values_mut().for_each(|meaning| meaning.asks |= meaning.level.is_some());
        }
        for glyph in std::mem::take(&mut self.unknown) {
            if !tells_states {
                self.glyphs.entry(glyph).or_insert(Meaning { state: None, level: None, asks: false });
            }
        }
    }

    /// Reads a small table that pairs glyphs, marks or words with meanings.
    pub(super) fn read_table(&mut self, terms: &Terms<'_>, tree: &Tree<'_>, id: NodeId, under: Under) {
        let Some(head) = tree.children(id).next() else { return };
        let headers: Vec<String> = tree.children(head).map(|cell| normalise(&tree.plain(tree.pieces(cell)))).collect();
        let second = headers.get(1).map(String::as_str);
        let is_told = || second.is_some_and(|second| terms.words.phrases.meanings.contains(second));
        if headers.len() > 3 || !(under == Under::Legend || is_told() || explains_signs(terms, tree, id)) {
            return;
        }
        for row in tree.children(id).skip(1) {
            let cells: Vec<_> = tree.children(row).map(|cell| tree.plain(tree.pieces(cell))).collect();
            if let [key, meaning, ..] = cells.as_slice() {
                self.read_entry(terms, &format!("{key} = {meaning}"));
            }
        }
    }
}

/// Whether every part of a line is a light and the whole name of a level: `🔴 critical · 🟡 important`.
fn are_levels(terms: &Terms<'_>, text: &str) -> bool {
    let is_level = |part: &str| {
        let named = terms.glyph_at(part.trim()).filter(|(sign, _)| terms.words.listed_colours.contains(sign));
        named.is_some_and(|(_, rest)| terms.words.level(&normalise(meaning(rest))).is_some())
    };
    text.split(['/', '·', '|', ',', ';']).all(is_level)
}

/// Whether every row of a table begins with another sign and goes on with the state or level that it stands for,
/// `Icon | Priority`, or with words that by the headers are what it means: `Symbol | Meaning`.
pub(in crate::reading) fn explains_signs(terms: &Terms<'_>, tree: &Tree<'_>, table: NodeId) -> bool {
    let mut signs = Vec::new();
    let is_headed = OnceCell::new();
    let explains = |row: NodeId| {
        let mut cells = tree.children(row).map(|cell| tree.plain(tree.pieces(cell)));
        let (Some(sign), Some(meaning)) = (cells.next(), cells.next()) else { return None };
        let (sign, _) = terms.glyph_at(sign.trim()).filter(|(_, rest)| rest.trim().is_empty())?;
        let known = || terms.state(&normalise(&meaning)).is_some() || priority::named(terms.words, &meaning).is_some();
        let is_told = || !meaning.trim().is_empty() && *is_headed.get_or_init(|| self::is_headed(terms, tree, table));
        ((known() || is_told()) && cells.nth(1).is_none() && !signs.contains(&sign)).then(|| signs.push(sign))
    };
    tree.children(table).skip(1).map(explains).all(|row| row.is_some()) && signs.len() > 1
}

/// Whether a header behind the first says that signs are explained below it. `Mark | Task` may as well tell states.
fn is_headed(terms: &Terms<'_>, tree: &Tree<'_>, table: NodeId) -> bool {
    let mut headers = tree.children(table).take(1).flat_map(|head| tree.children(head)).skip(1);
    headers.any(|cell| terms.words.phrases.meanings.contains(&normalise(&tree.plain(tree.pieces(cell)))))
}

/// The level that ends a text in a script without spaces: `公開前に必須`.
fn last_level(terms: &Terms<'_>, text: &str) -> Option<Level> {
    let phrase = normalise(text);
    let mut ends = phrase.char_indices().filter(|&(_, letter)| letter > '\u{2e80}').map(|(at, _)| &phrase[at..]);
    ends.find_map(|end| terms.words.level(end))
}

/// Whether a word is a code of a few capitals.
fn is_code(word: &str) -> bool {
    word.len() <= 3 && word.chars().all(|c| c.is_ascii_uppercase())
}

/// The state that a glyph has where no legend says otherwise.
fn usual(terms: &Terms<'_>, glyph: char) -> Option<State> {
    terms.words.glyph(glyph).or_else(|| terms.words.colour(glyph))
}

/// The state of a text that begins with a word for "done" and goes on to take it back: `ready to start`.
fn not_quite(terms: &Terms<'_>, text: &str) -> Option<State> {
    let phrase = normalise(text);
    let (first, _) = phrase.split_once(' ')?;
    let is_taken_back = || reservation::takes_back(terms, text);
    (terms.state(first) == Some(State::Done) && is_taken_back()).then_some(State::Open)
}

/// Whether what a text says of a tick does not go with it: it tells of what is asked for, or takes back a "done".
fn is_contrary(terms: &Terms<'_>, glyph: char, text: &str) -> bool {
    let phrase = normalise(text);
    let phrases = &terms.words.phrases;
    let takes_back =
        || reservation::takes_back(terms, text) || phrases.clauses(&phrase).iter().any(|clause| terms.reserves(clause));
    usual(terms, glyph) == Some(State::Done) && (phrases.is_request(&phrase) || takes_back())
}

/// Whether all that a text says is "done". The sign for what is under way does not mean it otherwise: `🟡 Tried in port`.
fn is_wholly_done(terms: &Terms<'_>, text: &str) -> bool {
    let phrases = &terms.words.phrases;
    phrases.parts(&normalise(text)).all(|part| terms.state(phrases.bare(part)) == Some(State::Done))
}

/// Whether a line without a label gives signs a meaning, each with an equals sign: `🔴 = blocker, 🟡 = high`. One alone has
/// to be a level, and none of the signs for what is done: `⚠️ = go/no-go blocker`.
pub(super) fn is_equations(terms: &Terms<'_>, text: &str) -> bool {
    let sets = |entry: &str| {
        let sign = terms.glyph_at(entry.trim());
        sign.is_some_and(|(_, rest)| rest.trim_start().starts_with(['=', '＝']))
    };
    text.contains(['=', '＝']) && {
        let entries = entries(terms, text);
        let is_level = |entry: &str| {
            let (glyph, rest) = terms.glyph_at(entry.trim()).unwrap_or_default();
            usual(terms, glyph).is_some_and(State::is_left) && priority::named(terms.words, meaning(rest)).is_some()
        };
        let is_told = entries.len() > 1 || entries.first().is_some_and(|entry| is_level(entry));
        is_told && entries.into_iter().all(sets)
    }
}

/// Whether every entry of a list gives a sign a meaning with an equals sign.
pub(super) fn are_equations(terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) -> bool {
    let sets = |item: NodeId| {
        let Some(lead) = lines::lead_node(tree, item) else { return false };
        let source = tree.source(tree.node(lead).span);
        !source.starts_with(|c: char| c.is_ascii()) && source.contains('=') && is_equations(terms, source)
    };
    tree.children(list).all(sets)
}
