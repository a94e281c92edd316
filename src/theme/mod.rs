//! Themes: names to bytes. Layers lie over each other, the built-in default at the bottom; the topmost layer that has
//! a file gives it. Knows no templates and no disk: whoever looked at a project's folder hands its files in.

mod built_in;

use crate::source::RelPath;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// One layer of a theme.
#[derive(Debug, Clone)]
pub struct Layer {
    /// What it is called: `default` for the built-in default, the name of another built-in theme, or [`PROJECT`].
    pub name: Cow<'static, str>,
    /// Where its files lie; `None` for a built-in layer.
    pub folder: Option<RelPath>,
    files: BTreeMap<Cow<'static, str>, Cow<'static, [u8]>>,
}

/// Name of the layer that a project's own files make. Templates of the layers below are reached as
/// `default/base.html`.
pub const PROJECT: &str = "project";

/// Folder within a theme whose files are published; everything else are templates.
pub const ASSETS: &str = "assets/";

/// A theme: its layers, the lowest first.
#[derive(Debug, Clone)]
pub struct Theme {
    layers: Vec<Layer>,
}

impl Layer {
    /// A file of this layer.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(AsRef::as_ref)
    }

    /// Names and bytes of its files, by name: `base.html`, `parts/header.html`, `assets/style.css`.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (name.as_ref(), bytes.as_ref()))
    }

    /// The path of a file for findings: where it lies, or `themes/<name>/…` for a built-in one.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<RelPath> {
        match &self.folder {
            Some(folder) => RelPath::new(&format!("{folder}/{name}")),
            None => RelPath::new(&format!("themes/{}/{name}", self.name)),
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        let files = built_in::DEFAULT;
        Self { layers: vec![layer("default", files)] }
    }
}

impl Theme {
    /// The theme of that name: the default with the built-in theme over it. Just the default where no built-in theme is
    /// called so (it may be one of the project's own).
    #[must_use]
    pub fn named(name: &str) -> Self {
        let mut theme = Self::default();
        let other = built_in::OTHERS.iter().find(|(own, _)| *own == name);
        theme.layers.extend(other.map(|(name, files)| layer(name, files)));
        theme
    }

    /// Names of all built-in themes.
    pub fn built_in_names() -> impl Iterator<Item = &'static str> {
        std::iter::once("default").chain(built_in::OTHERS.iter().map(|(name, _)| *name))
    }

    /// Lays a project's own files over it: names relative to `folder` with their bytes.
    pub fn overlay(&mut self, folder: RelPath, files: impl IntoIterator<Item = (String, Vec<u8>)>) {
        let files = files.into_iter().map(|(name, bytes)| (Cow::Owned(name), Cow::Owned(bytes))).collect();
        self.layers.push(Layer { name: Cow::Borrowed(PROJECT), folder: Some(folder), files });
    }

    /// The layers, the lowest first.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Every file by name, with the topmost layer that has it.
    #[must_use]
    pub fn list(&self) -> Vec<(&str, &Layer)> {
        let names: BTreeSet<&str> = self.layers.iter().flat_map(|layer| layer.files().map(|(name, _)| name)).collect();
        names.into_iter().filter_map(|name| Some((name, self.layer_of(name)?))).collect()
    }

    /// A file as the topmost layer gives it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.layer_of(name)?.get(name)
    }

    /// The topmost layer that has a file.
    #[must_use]
    pub fn layer_of(&self, name: &str) -> Option<&Layer> {
        self.layers.iter().rev().find(|layer| layer.files.contains_key(name))
    }
}

fn layer(name: &'static str, files: &[(&'static str, &'static [u8])]) -> Layer {
    let files = files.iter().map(|&(name, bytes)| (Cow::Borrowed(name), Cow::Borrowed(bytes))).collect();
    Layer { name: Cow::Borrowed(name), folder: None, files }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlaid() -> Theme {
        let mut theme = Theme::default();
        let files = [("base.html".to_owned(), b"mine".to_vec()), ("assets/own.css".to_owned(), b"a{}".to_vec())];
        theme.overlay(RelPath::new("themes/own").unwrap(), files);
        theme
    }

    #[test]
    fn the_topmost_layer_gives_a_file() {
        let theme = overlaid();
        assert_eq!(theme.get("base.html"), Some(b"mine".as_slice()));
        assert_ne!(theme.layers()[0].get("base.html"), Some(b"mine".as_slice()));
        assert_eq!(theme.get("no.html"), None);
    }

    #[test]
    fn the_list_says_where_each_file_comes_from() {
        let theme = overlaid();
        let of =
            |name: &str| theme.list().into_iter().find(|(own, _)| *own == name).map(|(_, layer)| layer.name.as_ref());
        assert_eq!(of("base.html"), Some(PROJECT));
        assert_eq!(of("assets/own.css"), Some(PROJECT));
        assert_eq!(of("document.html"), Some("default"));
        let path = theme.layer_of("base.html").and_then(|layer| layer.path("base.html"));
        assert_eq!(path.unwrap().as_str(), "themes/own/base.html");
    }

    #[test]
    fn every_file_of_the_themes_folder_is_embedded() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/themes");
        for name in Theme::built_in_names() {
            let theme = Theme::named(name);
            let layer = theme.layers().iter().find(|layer| layer.name == name).unwrap();
            let files = walkdir::WalkDir::new(format!("{root}/{name}")).into_iter().filter_map(Result::ok);
            let mut on_disk: Vec<String> = files
                .filter(|entry| entry.file_type().is_file() && entry.file_name() != "VIEWS.md")
                .map(|entry| entry.path().strip_prefix(format!("{root}/{name}")).unwrap().display().to_string())
                .collect();
            on_disk.sort();
            let embedded: Vec<&str> = layer.files().map(|(name, _)| name).collect();
            assert_eq!(on_disk, embedded, "src/theme/built_in.rs does not list the files of themes/{name}");
        }
    }

    /// The templates of every built-in theme, by path.
    fn templates() -> Vec<(String, String)> {
        let themes = Theme::built_in_names().map(Theme::named);
        let layers = themes.flat_map(|theme| theme.layers().to_vec());
        let mut found: Vec<(String, String)> = Vec::new();
        for layer in layers {
            for (name, bytes) in layer.files().filter(|(name, _)| !name.starts_with(ASSETS)) {
                found.push((layer.path(name).unwrap().to_string(), String::from_utf8(bytes.to_vec()).unwrap()));
            }
        }
        assert!(found.len() > 40);
        found
    }

    /// A template without what Tera reads, and what Tera reads.
    fn parted(template: &str) -> (String, Vec<&str>) {
        let (mut markup, mut code) = (String::new(), Vec::new());
        let mut rest = template;
        while let Some(start) = ["{{", "{%", "{#"].iter().filter_map(|open| rest.find(open)).min() {
            let close = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
            let (_, close) = close.iter().find(|(open, _)| rest[start..].starts_with(open)).unwrap();
            let end = start + rest[start..].find(close).unwrap() + 2;
            markup += &rest[..start];
            // A mark in its place, so that an attribute without quotes is seen.
            markup.push('\u{1}');
            code.push(&rest[start..end]);
            rest = &rest[end..];
        }
        (markup + rest, code)
    }

    /// What is wrong with a template.
    fn wrong(template: &str) -> Option<&'static str> {
        let (markup, code) = parted(template);
        let markup = markup.to_lowercase();
        let goes_round = |code: &&str| {
            if code.starts_with("{#") {
                return false;
            }
            let mut words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.any(|word| ["safe", "autoescape", "raw", "newlines_to_br"].contains(&word))
        };
        let is_inline = |script: &str| {
            let (tag, rest) = script.split_once('>').unwrap();
            !tag.contains(" src=\"") || !rest.starts_with("</script>")
        };
        let is_handler = |at: usize| {
            let name = markup[at + 1..].trim_start();
            let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
            name.starts_with("on") && length > 2 && name[length..].starts_with('=')
        };
        let is_unquoted = |at: usize| {
            let tag = markup[..at].rfind('<').unwrap_or(0);
            markup[tag..at].matches('"').count().is_multiple_of(2)
        };
        if code.iter().any(goes_round) {
            Some("goes round escaping")
        } else if markup.match_indices("=\u{1}").any(|(at, _)| is_unquoted(at)) {
            Some("has a value without quotes")
        } else if markup.split("<script").skip(1).any(is_inline) || markup.contains("javascript:") {
            Some("has inline script")
        } else if markup.contains("<style") || markup.contains(" style=") {
            Some("has inline style")
        } else {
            markup.match_indices([' ', '\n']).any(|(at, _)| is_handler(at)).then_some("has a handler")
        }
    }

    #[test]
    fn templates_escape_everything_and_have_no_inline_script_or_style() {
        let wrong: Vec<_> = templates().iter().filter_map(|(path, text)| Some((path.clone(), wrong(text)?))).collect();
        assert_eq!(wrong, []);
    }

    #[test]
    fn a_template_that_goes_round_the_rules_is_seen() {
        for template in [
            "{{ a | safe }}",
            "{{ a|safe|upper }}",
            "{% filter safe %}x{% endfilter %}",
            "<a href={{ b }}>",
            "<script>{{ c }}</script>",
            "<script src=\"a.js\">d</script>",
            "<a href=\"javascript:x\">",
            "<STYLE>e</STYLE>",
            "<p style=\"{{ f }}\">",
            "<p\nonclick=\"g\">",
        ] {
            assert!(wrong(template).is_some(), "{template}");
        }
        assert_eq!(
            wrong(
                "{# safe? #}<p class=\"on\" title=\"x={{ y }}\">{{ safety }} <script src=\"{{ a }}\" defer></script>"
            ),
            None
        );
    }
}
