//! The keys of front matter, which `[[folder]]` sets too: as they are written, and what they mean.

use super::check;
use super::node::{Fault, FaultKind, Node};
use crate::model::{FrontMatter, Interval, WaiverRequest};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::LazyLock;

/// Front matter as written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct Keys {
    /// Title of the document.
    title: Option<String>,
    /// Id of the document as an item.
    id: Option<String>,
    /// A sentence about the document.
    description: Option<String>,
    /// Owner, or owners, of items that name none.
    owner: Names,
    /// The same as `owner`.
    owners: Names,
    /// Priority of items that name none: a level or one of its words.
    priority: Option<String>,
    /// Status of the document as an item.
    status: Option<String>,
    /// When it is due: YYYY-MM-DD.
    due: Option<String>,
    /// When it was last reviewed: YYYY-MM-DD.
    reviewed: Option<String>,
    /// How long a review holds: `90d`, `12w`, `6m`, `1y`, or `weekly`, `monthly`, `quarterly`, `yearly`.
    review_every: Option<String>,
    /// Tags.
    tags: Names,
    /// Reading order among its neighbours, small first.
    weight: Option<i32>,
    /// Not to be published yet.
    draft: Option<bool>,
    /// Last segment of its address.
    slug: Option<String>,
    /// Former addresses.
    aliases: Names,
    /// A checklist that is run once per release.
    template: Option<bool>,
    /// The template that this is a run of, as a path.
    run_of: Option<String>,
    /// The release that this is a run for.
    release: Option<String>,
    /// Who may sign it off.
    approvers: Names,
    /// Waivers that it asks for.
    waivers: Option<Vec<Option<WaiverKeys>>>,
    /// `false`: read as prose.
    checklist: Option<bool>,
    /// Free values for templates.
    extra: serde_json::Map<String, serde_json::Value>,
}

/// One name or several.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Names {
    /// One.
    One(String),
    /// Several.
    Many(Vec<Option<String>>),
    /// A key without a value.
    None(()),
}

impl Default for Names {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Names {
    /// The names that are not empty.
    pub(super) fn list(self) -> Vec<String> {
        let names = match self {
            Self::One(name) => vec![name],
            Self::Many(names) => names.into_iter().flatten().collect(),
            Self::None(()) => Vec::new(),
        };
        names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    }
}

/// A waiver as written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct WaiverKeys {
    /// The item: its id, or its address `document#anchor`.
    item: Option<String>,
    /// Why it is waived.
    reason: Option<String>,
    /// Who answers for it.
    owner: Option<String>,
    /// The last day on which it holds, in UTC: YYYY-MM-DD.
    expires: Option<String>,
}

impl WaiverKeys {
    pub(super) fn meaning(self, node: &Node, faults: &mut Vec<Fault>) -> WaiverRequest {
        WaiverRequest {
            item: text(self.item).unwrap_or_default(),
            reason: text(self.reason),
            owner: text(self.owner),
            expires: date(self.expires, node, "expires", faults),
            span: Some(node.span),
        }
    }
}

static SCHEMA: LazyLock<schemars::Schema> = LazyLock::new(|| schemars::schema_for!(Keys));

/// Whether front matter has a key of this name.
#[must_use]
pub fn is_front_matter_key(name: &str) -> bool {
    SCHEMA.get("properties").and_then(|properties| properties.get(name)).is_some()
}

/// What the front matter `node` says, apart from its place; faults of its keys and values are told in `faults`.
#[must_use]
pub fn front_matter(node: &Node, faults: &mut Vec<Fault>) -> FrontMatter {
    let json = check::check(node, &SCHEMA, faults);
    match serde_json::from_value::<Keys>(json) {
        Ok(keys) => keys.meaning(node, faults),
        Err(error) => {
            faults.push(Fault::new(FaultKind::Value, node.span, error.to_string()));
            FrontMatter::default()
        }
    }
}

impl Keys {
    /// What the keys mean; `node` is where they stand.
    pub(super) fn meaning(self, node: &Node, faults: &mut Vec<Fault>) -> FrontMatter {
        let mut owners = self.owner.list();
        owners.extend(self.owners.list());
        let places = node.get("waivers").map(Node::list).unwrap_or_default();
        let waivers = self.waivers.unwrap_or_default().into_iter().zip(places);
        FrontMatter {
            span: None,
            title: text(self.title),
            id: text(self.id),
            description: text(self.description),
            owners,
            priority: text(self.priority),
            status: text(self.status),
            due: date(self.due, node, "due", faults),
            reviewed: date(self.reviewed, node, "reviewed", faults),
            review_every: interval(self.review_every, node, faults),
            tags: self.tags.list(),
            weight: self.weight,
            draft: self.draft.unwrap_or_default(),
            slug: text(self.slug),
            aliases: self.aliases.list(),
            template: self.template.unwrap_or_default(),
            run_of: text(self.run_of),
            release: text(self.release),
            approvers: self.approvers.list(),
            waivers: waivers.filter_map(|(keys, place)| Some(keys?.meaning(place, faults))).collect(),
            checklist: self.checklist,
            extra: self.extra,
        }
    }
}

/// Text that is not blank.
fn text(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn date(value: Option<String>, node: &Node, key: &str, faults: &mut Vec<Fault>) -> Option<Date> {
    let value = text(value)?;
    // A date with a time, as other tools write it, is that day.
    let day = value.split(['T', ' ']).next().unwrap_or_default();
    let date = day.parse().ok();
    if date.is_none() {
        let message = format!("`{value}` is no date");
        faults.push(Fault::new(FaultKind::Value, node.place(key), message).help("write it as in 2026-03-31"));
    }
    date
}

fn interval(value: Option<String>, node: &Node, faults: &mut Vec<Fault>) -> Option<Interval> {
    let value = text(value)?;
    let interval = parse_interval(&value);
    if interval.is_none() {
        let message = format!("`{value}` is no span of time");
        let help = "write it as in 90d, 12w, 6m, 1y or quarterly";
        faults.push(Fault::new(FaultKind::Value, node.place("review_every"), message).help(help));
    }
    interval
}

/// The span of time of `90d`, `2 weeks`, `quarterly` and the like; a month is 30 days, a year 365.
fn parse_interval(value: &str) -> Option<Interval> {
    let value = value.to_lowercase();
    let named = match value.as_str() {
        "daily" => Some(1),
        "weekly" => Some(7),
        "monthly" => Some(30),
        "quarterly" => Some(91),
        "half-yearly" | "biannually" => Some(182),
        "yearly" | "annually" => Some(365),
        _ => None,
    };
    let counted = || {
        let (number, unit) = value.split_at(value.find(|c: char| !c.is_ascii_digit())?);
        let days = match unit.trim() {
            "d" | "day" | "days" => 1,
            "w" | "week" | "weeks" => 7,
            "m" | "month" | "months" => 30,
            "y" | "year" | "years" => 365,
            _ => return None,
        };
        number.parse::<u32>().ok()?.checked_mul(days).filter(|&days| days > 0)
    };
    named.or_else(counted).map(|days| Interval { days })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::node::from_toml;

    fn read(text: &str) -> (FrontMatter, Vec<String>) {
        let (node, mut faults) = from_toml(text, 0);
        let front = front_matter(&node, &mut faults);
        let faults = faults.iter().map(|fault| {
            let place = text.get(fault.span.range()).unwrap_or("?");
            format!("{place}: {} ({})", fault.message, fault.help.as_deref().unwrap_or("-"))
        });
        (front, faults.collect())
    }

    #[test]
    fn every_fault_is_told_and_the_rest_is_read() {
        let (front, faults) = read("tittle = 1\nowner = 5\ndue = \"soon\"\nid = \"A-1\"\nreview_every = \"often\"\n");
        assert_eq!(front.id.as_deref(), Some("A-1"));
        assert_eq!(
            faults,
            [
                "tittle: unknown key `tittle` (did you mean `title`?)",
                "5: expected a string or a list, found the number 5 (-)",
                "\"soon\": `soon` is no date (write it as in 2026-03-31)",
                "\"often\": `often` is no span of time (write it as in 90d, 12w, 6m, 1y or quarterly)",
            ]
        );
    }

    #[test]
    fn values_are_read() {
        let text = "owner = [\"@a\", \"@b\"]\ndue = 2026-03-31\nreview_every = \"6m\"\ntags = \"x\"\n\
                    [[waivers]]\nitem = \"A-1\"\nreason = \"vendor\"\nexpires = 2026-04-01\n[extra]\nx = [1, true]\n";
        let (front, faults) = read(text);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(front.owners, ["@a", "@b"]);
        assert_eq!(front.due, Some(jiff::civil::date(2026, 3, 31)));
        assert_eq!(front.review_every, Some(Interval { days: 180 }));
        assert_eq!(front.waivers[0].expires, Some(jiff::civil::date(2026, 4, 1)));
        assert_eq!(front.waivers[0].owner, None);
        assert_eq!(front.extra["x"], serde_json::json!([1, true]));
    }

    #[test]
    fn spans_of_time() {
        let days = |text| parse_interval(text).map(|interval| interval.days);
        assert_eq!(days("90d"), Some(90));
        assert_eq!(days("2 weeks"), Some(14));
        assert_eq!(days("Quarterly"), Some(91));
        assert_eq!(days("0d"), None);
        assert_eq!(days("99999999999y"), None);
        assert_eq!(days("d"), None);
    }
}
