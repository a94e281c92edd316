//! A table of text: the first column left, numbers right.

use std::fmt::Write as _;

/// Where a table is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// In a terminal.
    Terminal,
    /// As Markdown.
    Markdown,
}

/// Rows of cells, all as many as the head has.
#[derive(Debug)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with its head.
    pub(super) fn new(head: Vec<String>) -> Self {
        Self { rows: vec![head] }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The table as text.
    pub(super) fn draw(&self, look: Look) -> String {
        let cell = |text: &str| if look == Look::Markdown { markdown(text) } else { text.to_owned() };
        let rows: Vec<Vec<String>> = self.rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect();
        let columns = rows.first().map_or(0, Vec::len);
        let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|text| width(text)).max();
        let widths: Vec<usize> = (0..columns).map(|column| widest(column).unwrap_or(0).max(3)).collect();
        let numbers: Vec<bool> = (0..columns).map(|column| is_numbers(&rows, column)).collect();
        let columns: Vec<(usize, bool)> = widths.into_iter().zip(numbers).collect();
        let mut text = String::new();
        for (index, row) in rows.iter().enumerate() {
            draw_row(&mut text, row, &columns, look);
            if index == 0 && look == Look::Markdown {
                let rules = columns.iter().map(|&(width, right)| match right {
                    false => "-".repeat(width),
                    true => "-".repeat(width - 1) + ":",
                });
                draw_row(&mut text, &rules.collect::<Vec<_>>(), &columns, look);
            }
        }
        text
    }
}

/// Whether every cell of a column below its head is a number, a percentage or a dash.
fn is_numbers(rows: &[Vec<String>], column: usize) -> bool {
    let number = |cell: &String| cell == "-" || cell.starts_with(|c: char| c.is_ascii_digit());
    column > 0 && rows.iter().skip(1).filter_map(|row| row.get(column)).all(number)
}

/// Draws a row; of each column it is told how wide it is and whether it stands right.
fn draw_row(text: &mut String, row: &[String], columns: &[(usize, bool)], look: Look) {
    let cells = row.iter().zip(columns).map(|(cell, &(width_of, right))| {
        let pad = " ".repeat(width_of.saturating_sub(width(cell)));
        if right { format!("{pad}{cell}") } else { format!("{cell}{pad}") }
    });
    let cells: Vec<String> = cells.collect();
    let _ = match look {
        Look::Terminal => writeln!(text, "{}", cells.join("  ").trim_end()),
        Look::Markdown => writeln!(text, "| {} |", cells.join(" | ")),
    };
}

/// Columns of a terminal that a text takes: characters of East Asian scripts and emoji take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0x1F300..=0x1FAFF) { 2 } else { 1 }).sum()
}

/// Text in a line or a cell of Markdown, with nothing in it that means something there.
pub(super) fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // A word joiner keeps a handle from calling somebody.
            '@' => escaped.push_str("@\u{2060}"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    // Nor does an address become a link.
    escaped.replace("://", ":\u{2060}//").replace("www.", "www\u{2060}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table = Table::new(vec!["".into(), "items".into()]);
        table.row(vec!["完成".into(), "7".into()]);
        table.row(vec!["a|b".into(), "120".into()]);
        assert_eq!(table.draw(Look::Terminal), "      items\n完成      7\na|b     120\n");
        assert_eq!(
            table.draw(Look::Markdown),
            "|      | items |\n| ---- | ----: |\n| 完成 |     7 |\n| a\\|b |   120 |\n"
        );
    }
}
