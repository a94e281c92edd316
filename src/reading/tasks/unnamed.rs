//! Tasks without a name of their own.

use crate::reading::Reader;

/// Gives tasks that begin with a colon the name of the heading that they stand below: `: to be evaluated`.
pub(in crate::reading) fn name(reader: &mut Reader<'_>) {
    let outline = reader.outline;
    for draft in &mut reader.drafts {
        // `::before` is a name.
        let rest = draft.item.text.strip_prefix([':', '：']).filter(|rest| !rest.starts_with(':'));
        let Some(rest) = rest else { continue };
        let section = outline.section_at(draft.item.span.start).filter(|&index| !outline.is_title(index));
        let rest = rest.trim_start();
        draft.item.text = match section.map(|index| outline.name(index)) {
            Some(title) if rest.is_empty() => title.to_owned(),
            Some(title) => format!("{title}: {rest}"),
            None => rest.to_owned(),
        };
    }
}
