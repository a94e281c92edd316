//! What is told in one place about a whole book, read back from what is printed there.

use serde_json::Value;

/// A sum as it is told. What a place does not tell is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// In the words of the export.
    pub(crate) verdict: Option<String>,
    pub(crate) done: Option<u64>,
    pub(crate) left: Option<u64>,
    pub(crate) scope: Option<u64>,
    /// `Some(None)`: it says that there is nothing to take a share of.
    pub(crate) percent: Option<Option<u64>>,
    pub(crate) states: Option<Vec<(String, u64)>>,
    /// Why it is not ready.
    pub(crate) reasons: Option<Vec<String>>,
    /// The same, each behind its rule.
    pub(crate) rules: Option<Vec<String>>,
    /// Done and scope by priority, where there are items.
    pub(crate) levels: Option<Vec<(String, u64, u64)>>,
    /// Whether `check --gate` ends well (0 or 1), badly (3), or without an answer (2).
    pub(crate) exit: Option<&'static str>,
}

const STATES: [&str; 7] = ["done", "doing", "blocked", "open", "deferred", "na", "waived"];

impl Told {
    /// Everything that another place tells as well must be the same.
    pub(crate) fn disagreement(&self, other: &Self) -> Option<String> {
        macro_rules! compare {
            ($($field:ident),*) => {
                $(if self.$field.is_some() && other.$field.is_some() && self.$field != other.$field {
                    let field = stringify!($field);
                    return Some(format!("{field}: {:?} against {:?}", self.$field, other.$field));
                })*
            };
        }
        compare!(verdict, done, left, scope, percent, states, reasons, rules, levels, exit);
        None
    }

    /// The export, or `status --format json`.
    pub(crate) fn json(text: &str) -> Self {
        let json: Value = serde_json::from_str(text).unwrap();
        let (verdict, reasons) = match &json["verdict"] {
            Value::String(_) => (&json["verdict"], &json["reasons"]),
            verdict => (&verdict["status"], &verdict["reasons"]),
        };
        let rows = json["priorities"].as_array().map(|levels| {
            let unranked = ("none".to_owned(), &json["unranked"]);
            let levels = levels.iter().map(|level| (text_of(&level["level"]), &level["summary"]));
            levels.chain([unranked]).collect::<Vec<_>>()
        });
        let rows = rows.unwrap_or_else(|| {
            let rows = json["rows"].as_array().unwrap().iter();
            rows.map(|row| (first_word(&text_of(&row["name"])), &row["summary"])).collect()
        });
        let used = rows.into_iter().filter(|(_, sum)| sum["items"] != 0);
        let reasons = reasons.as_array().unwrap().iter();
        let reasons = reasons.map(|reason| (text_of(&reason["rule"]), text_of(&reason["text"])));
        let (rules, reasons) = reasons.map(|(rule, text)| (format!("{rule}: {text}"), text)).unzip();
        let summary = Sum::of(&json["summary"]);
        Self {
            verdict: Some(text_of(verdict)),
            reasons: Some(reasons),
            rules: Some(rules),
            levels: Some(used.map(|(name, sum)| (name, Sum::of(sum).done, Sum::of(sum).scope)).collect()),
            ..summary.told()
        }
    }

    /// The sum of an export's documents that count, added up here.
    pub(crate) fn added_up(text: &str) -> Self {
        let json: Value = serde_json::from_str(text).unwrap();
        let documents = json["documents"].as_array().unwrap().iter().filter(|document| document["counted"] == true);
        let mut sum = Sum::default();
        for document in documents {
            let of = Sum::of(&document["summary"]);
            sum.states.iter_mut().zip(&of.states).for_each(|(mine, other)| *mine += other);
        }
        Self { percent: None, ..sum.counted().told() }
    }

    /// The items of an export in documents that count, counted here.
    pub(crate) fn counted(text: &str) -> Self {
        let json: Value = serde_json::from_str(text).unwrap();
        let documents = json["documents"].as_array().unwrap().iter();
        let counts: Vec<&Value> =
            documents.filter(|document| document["counted"] == true).map(|document| &document["path"]).collect();
        let mut sum = Sum::default();
        for item in json["items"].as_array().unwrap() {
            if item["group"] == false && counts.contains(&&item["document"]) {
                let state = STATES.iter().position(|state| item["state"] == *state).unwrap();
                sum.states[state] += 1;
            }
        }
        Self { percent: None, ..sum.counted().told() }
    }

    /// The overview.
    pub(crate) fn page(text: &str) -> Self {
        let word = between(text, "<strong class=\"verdict-word\">", "</strong>").unwrap();
        let class = between(text, "<section class=\"verdict v-", "\"").unwrap();
        let summary = between(text, "<p class=\"summary-text\">", "</p>").unwrap();
        let percent = between(summary, "summary-percent\">", "</b>").unwrap();
        let (done, scope) = pair(between(summary, "<span>", ",").unwrap());
        let left = between(summary, ", <b>", " left</b>").unwrap().parse().unwrap();
        let legend = between(text, "<ul class=\"legend\">", "</ul>").unwrap();
        let states = legend.split("<li>").skip(1).map(|entry| {
            let name = between(entry, "mark s-", "\"").unwrap();
            (name.to_owned(), between(entry, "<b>", "</b>").unwrap().parse().unwrap())
        });
        assert_eq!(verdict_of(word), class, "the word and the colour of the page");
        Self {
            verdict: Some(class.to_owned()),
            done: Some(done),
            scope: Some(scope),
            left: Some(left),
            percent: Some(percent.split('&').next().unwrap().parse().ok()),
            states: Some(states.filter(|(_, count)| *count > 0).collect()),
            reasons: reasons_of_page(text, class),
            levels: levels_of_page(text),
            ..Self::default()
        }
    }

    /// `status`, or the last part of `check --gate`.
    pub(crate) fn terminal(text: &str) -> Self {
        let text = without_colour(text);
        let (verdict, rest) = text.lines().next().unwrap().split_once(": ").unwrap();
        let (done, scope) = pair(rest);
        let percent = rest.rsplit_once(", ").and_then(|(_, percent)| percent.strip_suffix(" %")?.parse().ok());
        let reasons = text.lines().skip(1).take_while(|line| line.starts_with("  "));
        let reasons = reasons.filter(|line| !line.starts_with("    "));
        Self {
            verdict: Some(verdict_of(verdict).to_owned()),
            done: Some(done),
            scope: Some(scope),
            percent: Some(percent),
            rules: Some(reasons.map(|line| line.trim_start().to_owned()).collect()),
            levels: levels_of_table(&text),
            ..Self::default()
        }
    }

    /// The badge of the site: the message of the endpoint, or what follows the label in the picture.
    pub(crate) fn badge(message: &str) -> Self {
        let (verdict, rest) = message.split_once(", ").unwrap_or((message, ""));
        if verdict == "no items" || verdict.contains(" of ") {
            let (done, scope) = pair(verdict);
            return Self {
                verdict: Some("no_gate".to_owned()),
                done: Some(done),
                scope: Some(scope),
                ..Self::default()
            };
        }
        let percent = rest.strip_suffix('%').and_then(|percent| percent.parse().ok());
        Self { verdict: Some(verdict.replace(' ', "_")), percent: Some(percent), ..Self::default() }
    }

    /// How `check --gate` ends.
    pub(crate) fn exit(code: u8) -> Self {
        let exit = match code {
            0 | 1 => "ready",
            3 => "not_ready",
            _ => "no answer",
        };
        Self { exit: Some(exit), ..Self::default() }
    }

    /// How `check --gate` has to end with this verdict.
    pub(crate) fn exit_of(verdict: &str) -> &'static str {
        match verdict {
            "ready" => "ready",
            "not_ready" => "not_ready",
            _ => "no answer",
        }
    }
}

/// The message in a badge of shields.io.
pub(crate) fn message(endpoint: &str) -> String {
    text_of(&serde_json::from_str::<Value>(endpoint).unwrap()["message"])
}

/// The message in a badge's picture.
pub(crate) fn title(picture: &str) -> &str {
    between(picture, "<title>readiness: ", "</title>").unwrap()
}

#[derive(Default)]
struct Sum {
    done: u64,
    scope: u64,
    states: [u64; 7],
    percent: Option<u64>,
}

impl Sum {
    fn of(json: &Value) -> Self {
        let states = STATES.map(|state| json[state].as_u64().unwrap());
        let items: u64 = states.iter().sum();
        assert_eq!(json["items"], items);
        Self { states, percent: json["percent"].as_u64(), ..Self::default() }.counted()
    }

    fn counted(self) -> Self {
        let [done, .., na, waived] = self.states;
        Self { done, scope: self.states.iter().sum::<u64>() - na - waived, ..self }
    }

    fn told(&self) -> Told {
        let states = STATES.iter().zip(self.states).filter(|(_, count)| *count > 0);
        Told {
            done: Some(self.done),
            scope: Some(self.scope),
            left: Some(self.scope - self.done),
            percent: Some(self.percent),
            states: Some(states.map(|(name, count)| ((*name).to_owned(), count)).collect()),
            ..Told::default()
        }
    }
}

/// The reasons of the page: a list where there are several, else the sentence behind the verdict.
fn reasons_of_page(text: &str, verdict: &str) -> Option<Vec<String>> {
    if verdict == "ready" || verdict == "no_gate" {
        return Some(Vec::new());
    }
    let Some(list) = between(text, "<ul class=\"reasons\">", "</ul>") else {
        let sentence = between(text, "<span class=\"verdict-why\">", "</span>").unwrap();
        return Some(vec![unescape(sentence.strip_suffix('.').unwrap())]);
    };
    let reason = |entry: &str| {
        let entry = entry.split(" <span class=\"rule\">").next().unwrap().trim_end().trim_end_matches("</li>");
        let inner = if entry.starts_with("<a ") { between(entry, ">", "</a>").unwrap() } else { entry };
        unescape(inner)
    };
    Some(list.split("<li>").skip(1).map(reason).collect())
}

/// The table of priorities; a book that uses none has no table.
fn levels_of_page(text: &str) -> Option<Vec<(String, u64, u64)>> {
    let table = between(text, "<table class=\"levels\">", "</table>")?;
    let row = |row: &str| {
        let chip = &row[row.find("class=\"chip").unwrap()..];
        let (done, scope) = pair(between(row, "<td class=\"num\">", "</td>").unwrap());
        (between(chip, ">", "</a>").unwrap().to_owned(), done, scope)
    };
    Some(table.split("<tr>").skip(2).map(row).collect())
}

/// The table of the terminal, where there is one.
fn levels_of_table(text: &str) -> Option<Vec<(String, u64, u64)>> {
    fn cells(line: &str) -> Vec<&str> {
        line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
    }
    let mut lines = text.split_once("\n\n")?.1.lines();
    let head = cells(lines.next()?);
    let row = |line| {
        let [name, numbers @ ..] = &cells(line)[..] else { panic!("an empty line in {text}") };
        let column = |name: &str| head.iter().position(|cell| *cell == name);
        let number = |name: &str| column(name).map_or(0, |at| numbers[at].parse::<u64>().unwrap());
        let scope = number("items") - number("not applicable") - number("waived");
        (number("items") > 0).then(|| (first_word(name), number("done"), scope))
    };
    Some(lines.filter_map(row).filter(|(name, ..)| name != "total").collect())
}

/// "2 of 4 done" as numbers; both are 0 where there is nothing to count.
fn pair(text: &str) -> (u64, u64) {
    let Some((done, rest)) = text.split_once(" of ") else { return (0, 0) };
    // "none of 3 items is in scope"
    let Ok(done) = done.parse() else { return (0, 0) };
    (done, rest.split([' ', ',']).next().unwrap().parse().unwrap())
}

fn verdict_of(words: &str) -> &'static str {
    match words {
        "Ready" => "ready",
        "Not ready" => "not_ready",
        "No gate" => "no_gate",
        "Unknown" => "unknown",
        other => panic!("{other:?} is no verdict"),
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

fn text_of(json: &Value) -> String {
    json.as_str().unwrap().to_owned()
}

fn first_word(text: &str) -> String {
    text.split(' ').next().unwrap().to_owned()
}

fn unescape(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

fn without_colour(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once('m').map_or(part, |(_, rest)| rest))
}
