//! A seeded generator, and the texts that it makes.

#[path = "../random/mod.rs"]
mod generator;

pub(crate) use generator::Random;

/// What documents are made of, to be thrown together.
const MARKS: &[&str] = &[
    "- [ ] ",
    "- [x] ",
    "* [X] ",
    "1. [ ] ",
    "- ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "# ",
    "## ",
    "### ",
    "| ",
    " |",
    "|---|---|\n",
    "| Status | Owner |\n|---|---|\n",
    "| Item | Status |\n|---|---|\n",
    "**",
    "*",
    "`",
    "```\n",
    "~~",
    "> ",
    "<!--",
    "-->",
    "---\n",
    "+++\n",
    "title: a\n",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](x.md)",
    ": ",
    " — ",
    " - ",
    "Status: ",
    "Owner: ",
    "Done",
    "PASS",
    "**PASS**",
    "Pending",
    "P0",
    "[P1] ",
    "PR-001 ",
    "1.2 ",
    "@ana",
    "✅ ",
    "❌ ",
    "☐ ",
    "☑ ",
    "⚠️ ",
    "🟢",
    "🔴",
    "�",
    "Legend: ",
    "= ",
    "50%",
    "3 of 4",
    "2026-01-02",
    "(due 2026-01-02)",
    "Approved by: ",
    "____",
    "<details>",
    "<summary>",
    "</details>",
    "<br>",
    "&#9744; ",
    "\\",
    "\u{a0}",
    "\u{feff}",
    "\u{200d}",
    "\r",
    "完成",
    "状态",
    "é",
    "ß",
    "İ",
    "{#id}",
    "[^1]",
    "[^1]: ",
    "http://a.b/c",
    "N/A",
    "/",
];

impl Random {
    pub(crate) fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }

    /// A document with one to four changes: lines and bytes deleted, doubled, swapped, cut out or taken from elsewhere.
    pub(crate) fn mutation(&mut self, document: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
        let mut text = document.to_vec();
        for _ in 0..=self.below(4) {
            text = match self.below(8) {
                0..=3 => self.with_lines(&text, others),
                4 => self.without_run(text),
                5 => self.with_byte(text),
                _ => self.with_mark(text),
            };
        }
        text
    }

    /// A line deleted, doubled, swapped with another, or spliced in from another document.
    fn with_lines(&mut self, text: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
        let mut lines: Vec<&[u8]> = text.split_inclusive(|&byte| byte == b'\n').collect();
        if lines.is_empty() {
            return text.to_vec();
        }
        let (at, other) = (self.below(lines.len()), self.below(lines.len()));
        match self.below(4) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(other, lines[at]),
            2 => lines.swap(at, other),
            _ => {
                let lent: Vec<&[u8]> = self.pick(others).split_inclusive(|&byte| byte == b'\n').collect();
                let start = self.below(lent.len().max(1)).min(lent.len());
                let end = (start + 1 + self.below(8)).min(lent.len());
                lines.splice(at..at, lent[start..end].iter().copied());
            }
        }
        lines.concat()
    }

    fn without_run(&mut self, mut text: Vec<u8>) -> Vec<u8> {
        let start = self.below(text.len() + 1);
        let end = (start + self.below(40)).min(text.len());
        text.drain(start..end);
        text
    }

    fn with_byte(&mut self, mut text: Vec<u8>) -> Vec<u8> {
        const BYTES: &[u8] = b" \n\t|-*[]x`#>:(~_\\&<!@0\r";
        let at = self.below(text.len() + 1);
        text.insert(at, *self.pick(BYTES));
        text
    }

    fn with_mark(&mut self, mut text: Vec<u8>) -> Vec<u8> {
        let at = self.below(text.len() + 1);
        let mark = self.pick(MARKS);
        text.splice(at..at, mark.bytes());
        text
    }

    /// Bytes of any value, sometimes behind a byte order mark.
    pub(crate) fn bytes(&mut self) -> Vec<u8> {
        let mut bytes: Vec<u8> = match self.below(4) {
            0 => vec![0xFF, 0xFE],
            1 => vec![0xFE, 0xFF],
            2 => vec![0xEF, 0xBB, 0xBF],
            _ => Vec::new(),
        };
        // Half of them below 128, so that some are text.
        let mask = if self.below(2) == 0 { 0x7F } else { 0xFF };
        bytes.extend((0..self.below(200)).map(|_| self.next() as u8 & mask).collect::<Vec<u8>>());
        bytes
    }

    /// Marks thrown together.
    pub(crate) fn marks(&mut self) -> Vec<u8> {
        (0..self.below(60)).flat_map(|_| self.pick(MARKS).bytes().collect::<Vec<u8>>()).collect()
    }
}
