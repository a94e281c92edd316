//! Faults of templates as findings.

use crate::finding::{Code, Finding};
use crate::source::{RelPath, Span};
use crate::theme::Theme;
use std::borrow::Cow;
use tera::{Error, ErrorKind, Tera};

/// Every fault of a set of templates that did not load: the syntax faults of each, or else what they say of each other.
pub(super) fn all(theme: &Theme, sources: &[(String, Cow<'_, str>)], first: &Error) -> Vec<Finding> {
    let syntax = sources.iter().filter_map(|(name, text)| {
        let fault = Tera::default().add_raw_template(name, text).err()?;
        matches!(fault.kind(), ErrorKind::SyntaxError(_)).then(|| one(theme, name, &fault))
    });
    let syntax: Vec<Finding> = syntax.collect();
    if !syntax.is_empty() {
        return syntax;
    }
    match first.kind() {
        ErrorKind::Msg(message) if message.starts_with("error: ") => {
            message.split("\n\n").filter_map(|report| told(theme, report)).collect()
        }
        _ => vec![one(theme, "base.html", first)],
    }
}

/// One fault, met while `template` was used.
pub(super) fn one(theme: &Theme, template: &str, fault: &Error) -> Finding {
    let (name, span, message) = match fault.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename(), Some(Span::new(report.span().range.clone())), report.message().to_owned())
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            (tpl.as_str(), None, fault.to_string())
        }
        ErrorKind::MissingParent { current, .. } => (current.as_str(), None, fault.to_string()),
        ErrorKind::TemplateNotFound(name) => (name.as_str(), None, fault.to_string()),
        _ => (template, None, fault.to_string()),
    };
    finding(theme, name, span, &message)
}

/// A fault from a report as Tera prints it: `error: MESSAGE`, then `--> NAME:LINE:COLUMN`.
fn told(theme: &Theme, report: &str) -> Option<Finding> {
    let (message, rest) = report.strip_prefix("error: ")?.split_once('\n')?;
    let place = rest.lines().next()?.trim().strip_prefix("--> ")?;
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next()?.parse::<usize>().ok()?;
    let line = parts.next()?.parse::<usize>().ok()?;
    let name = parts.next()?;
    let text = text_of(theme, name).unwrap_or_default();
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let offset = text.get(start..)?.char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
    Some(finding(theme, name, Some(Span::new(start + offset..start + offset + 1)), message))
}

fn finding(theme: &Theme, name: &str, span: Option<Span>, message: &str) -> Finding {
    let path = path_of(theme, name);
    Finding::new(Code::Template, path, span, message.trim_end_matches('.'))
}

/// The text of the template that Tera calls `<layer>/<name>`.
fn text_of<'t>(theme: &'t Theme, name: &str) -> Option<&'t str> {
    let (layer, name) = name.split_once('/')?;
    let layer = theme.layers().iter().find(|own| own.name == layer)?;
    std::str::from_utf8(layer.get(name)?).ok()
}

/// Where the template that Tera calls `<layer>/<name>` (or by its bare name) lies.
#[expect(clippy::expect_used, reason = "the constant is a relative path")]
fn path_of(theme: &Theme, name: &str) -> RelPath {
    let known = name.split_once('/').and_then(|(layer, name)| {
        let layer = theme.layers().iter().find(|own| own.name == layer)?;
        layer.path(name)
    });
    let bare = || theme.layer_of(name).and_then(|layer| layer.path(name));
    known.or_else(bare).or_else(|| RelPath::new(name)).unwrap_or_else(|| RelPath::new("themes").expect("a path"))
}

#[cfg(test)]
mod tests {
    use crate::finding::{Code, Finding};
    use crate::page::Templates;
    use crate::render::Renderer;
    use crate::source::RelPath;
    use crate::theme::Theme;
    use serde_json::json;

    fn theme(files: &[(&str, &str)]) -> Theme {
        let mut theme = Theme::default();
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        theme.overlay(RelPath::new("themes/own").unwrap(), files);
        theme
    }

    fn told(finding: &Finding) -> (Code, &str, Option<(u32, u32)>, &str) {
        let span = finding.span.map(|span| (span.start, span.end));
        (finding.code, finding.path.as_str(), span, &finding.message)
    }

    #[test]
    fn every_syntax_fault_is_told_with_its_place() {
        let faults = Renderer::new(theme(&[("a.html", "x\n{{ }}"), ("b.html", "{% if %}")])).unwrap_err();
        let paths: Vec<&str> = faults.iter().map(|finding| finding.path.as_str()).collect();
        assert_eq!(paths, ["themes/own/a.html", "themes/own/b.html"]);
        assert!(faults[0].span.is_some_and(|span| span.start >= 2), "{faults:?}");
    }

    #[test]
    fn an_unknown_filter_is_told_with_its_place() {
        let faults = Renderer::new(theme(&[("a.html", "line\n {{ 1 | nofilter }}")])).unwrap_err();
        let span = Some((13, 14));
        assert_eq!(told(&faults[0]), (Code::Template, "themes/own/a.html", span, "Unknown filter `nofilter`"));
    }

    #[test]
    fn a_fault_while_filling_is_told_with_its_place() {
        let renderer = Renderer::new(theme(&[("a.html", "<p>{{ x.y }}</p>")])).unwrap();
        let fault = renderer.fill("a.html", &tera::Context::new(), &json!({"x": {"z": 1}})).unwrap_err();
        assert_eq!((fault.code, fault.path.as_str()), (Code::Template, "themes/own/a.html"));
        assert!(fault.span.is_some(), "{fault:?}");
    }

    #[test]
    fn a_missing_parent_is_a_finding_of_the_child() {
        let faults = Renderer::new(theme(&[("a.html", "{% extends \"no.html\" %}")])).unwrap_err();
        assert_eq!(faults[0].path.as_str(), "themes/own/a.html", "{faults:?}");
    }
}
