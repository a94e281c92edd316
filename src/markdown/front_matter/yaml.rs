//! The one door to the YAML parser: text to nodes with byte offsets. The parser's events are used, not its serde
//! side: they give every place, and the scalars as they are written (`1.10` stays that).

use crate::config::node::{Entry, Fault, FaultKind, Node, Value};
use crate::source::Span;
use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, Span as YamlSpan, StrInput, StructureStyle};

/// The node of a YAML text that stands at byte `offset` of its file; `None` where it does not parse or says nothing.
pub(super) fn parse(text: &str, offset: usize, faults: &mut Vec<Fault>) -> Option<Node> {
    let mut reader = Reader { parser: Parser::new_from_str(text), offset, length: text.len(), faults };
    match reader.document() {
        Ok(node) => node,
        Err(fault) => {
            reader.faults.push(fault);
            None
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    offset: usize,
    length: usize,
    faults: &'a mut Vec<Fault>,
}

type Step<'a> = (Event<'a>, YamlSpan);

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Option<Node>, Fault> {
        loop {
            let step = self.next()?;
            match &step.0 {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd | Event::DocumentEnd => return Ok(None),
                _ => break self.node(step).map(Some),
            }
        }
    }

    fn next(&mut self) -> Result<Step<'a>, Fault> {
        match self.parser.next_event() {
            Some(Ok(step)) => Ok(step),
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or(self.length).min(self.length) + self.offset;
                Err(Fault::new(FaultKind::Syntax, Span::new(at..at), error.info()))
            }
            None => Err(self.fault(YamlSpan::default(), "the text ends too early")),
        }
    }

    fn fault(&self, span: YamlSpan, message: &str) -> Fault {
        Fault::new(FaultKind::Syntax, self.place(span), message)
    }

    fn place(&self, span: YamlSpan) -> Span {
        let range = span.byte_range().unwrap_or_default();
        Span::new(range.start + self.offset..range.end + self.offset)
    }

    /// The node that begins with `step`. The parser limits the depth, and so the recursion.
    fn node(&mut self, (event, span): Step<'a>) -> Result<Node, Fault> {
        let start = self.place(span);
        let value = match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) => Value::Bare(text.into_owned()),
            Event::Scalar(text, ..) => Value::Text(text.into_owned()),
            Event::SequenceStart(style, ..) => return self.list(start, style),
            Event::MappingStart(style, ..) => return self.table(start, style),
            Event::Alias(_) => {
                return Err(self.fault(span, "an alias; front matter has none").help("write the value out"));
            }
            _ => return Err(self.fault(span, "a value is missing")),
        };
        Ok(Node { value, span: start })
    }

    /// Where a collection ends: at its bracket, or, without one, with its last value.
    fn end(&self, start: Span, last: Option<&Node>, style: StructureStyle, close: YamlSpan) -> u32 {
        match style {
            StructureStyle::Flow => self.place(close).end,
            StructureStyle::Block => last.map_or(start.end, |node| node.span.end),
        }
    }

    fn list(&mut self, start: Span, style: StructureStyle) -> Result<Node, Fault> {
        let mut nodes: Vec<Node> = Vec::new();
        loop {
            let step = self.next()?;
            if let Event::SequenceEnd = step.0 {
                let end = self.end(start, nodes.last(), style, step.1);
                return Ok(Node { value: Value::List(nodes), span: Span { end, ..start } });
            }
            nodes.push(self.node(step)?);
        }
    }

    fn table(&mut self, start: Span, style: StructureStyle) -> Result<Node, Fault> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let step = self.next()?;
            if let Event::MappingEnd = step.0 {
                let end = self.end(start, entries.last().map(|entry| &entry.node), style, step.1);
                return Ok(Node { value: Value::Table(entries), span: Span { end, ..start } });
            }
            let key = self.node(step)?;
            let (Value::Bare(name) | Value::Text(name)) = key.value else {
                return Err(Fault::new(FaultKind::Syntax, key.span, "a key that is no word"));
            };
            let step = self.next()?;
            let node = self.node(step)?;
            if entries.iter().any(|entry| entry.key == name) {
                let message = format!("the key `{name}` is given twice");
                self.faults.push(Fault::new(FaultKind::Value, key.span, message));
            } else {
                entries.push(Entry { key: name, at: key.span, node });
            }
        }
    }
}
