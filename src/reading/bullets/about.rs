//! What headings and labels say that a list is.

use crate::markdown::NodeId;
use crate::reading::Reader;
use crate::reading::outline::{Place, begun_label, label};
use crate::reading::phrase::normalise;
use crate::reading::vocabulary::{Context, Contexts};

/// What a label and the headings say that a list is.
pub(super) fn about(reader: &Reader<'_>, place: Place) -> Contexts {
    let label = label(reader.tree, place).or_else(|| begun_label(reader.tree, place));
    let label = label.map(|label| reader.terms.words.contexts(&normalise(&label)));
    label.unwrap_or_default().and(reader.outline.around(reader.tree, place.node))
}

/// Whether headings and labels say of a list that its glyphs are no states of items.
pub(super) fn has_no_items(about: Contexts) -> bool {
    use Context::{Approval, Evidence, Legend, NotIncluded, Risk, Steps};
    [Evidence, Legend, NotIncluded, Risk, Steps, Approval].into_iter().any(|context| about.has(context))
}

/// The same, or that they tell of the current status.
pub(super) fn has_no_tasks(about: Contexts) -> bool {
    has_no_items(about) || about.has(Context::StatusFacts)
}

/// Whether headings and labels say of a list that it tells something else than what there is to do.
pub(super) fn is_other(about: Contexts) -> bool {
    let other = [Context::StatusFacts, Context::Decision, Context::Inverted, Context::Criteria];
    has_no_items(about) || other.into_iter().any(|context| about.has(context))
}

/// Whether the headings above a paragraph say that signs and states in its lines are no work: a legend, what is out of scope,
/// the current status, conditions, rules of conduct.
pub(super) fn stands_apart(reader: &Reader<'_>, paragraph: NodeId) -> bool {
    use Context::{Advice, Criteria, Inverted, Legend, NotIncluded, StatusFacts};
    let about = reader.outline.around(reader.tree, paragraph);
    [Legend, NotIncluded, StatusFacts, Inverted, Criteria, Advice].into_iter().any(|context| about.has(context))
}
