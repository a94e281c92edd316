//! The one door to Tera: a view and a template to bytes. A fault in a template is a finding with its place.

mod fault;
mod html;

use crate::finding::Finding;
use crate::markdown::escape_to;
use crate::page::Templates;
use crate::theme::{ASSETS, Layer, Theme};
use serde::Serialize;
use std::borrow::Cow;
use tera::{Context, Tera};

/// Suffixes of templates whose values are escaped.
const ESCAPED: &[&str] = &[".html", ".xml", ".svg"];

/// The templates of a theme, parsed.
#[derive(Clone)]
pub struct Renderer {
    tera: Tera,
    theme: Theme,
}

impl Renderer {
    /// Parses the templates of a theme. Those of a layer are found by other templates as `<layer>/<name>`; a bare name is
    /// that of the topmost layer.
    ///
    /// # Errors
    /// Every fault that the templates have before they are filled.
    pub fn new(theme: Theme) -> Result<Self, Vec<Finding>> {
        let mut tera = Tera::default();
        tera.set_escape_fn(escape_to);
        tera.autoescape_on(ESCAPED.iter().copied());
        let prefixes = theme.layers().iter().rev().map(|layer| format!("{}/", layer.name));
        let added = tera.set_fallback_prefixes(prefixes).and_then(|()| tera.add_raw_templates(sources(&theme)));
        match added {
            Ok(()) => Ok(Self { tera, theme }),
            Err(fault) => Err(fault::all(&theme, &sources(&theme), &fault)),
        }
    }

    /// The theme that the templates are of.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.theme
    }
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renderer").field("theme", &self.theme).finish_non_exhaustive()
    }
}

impl Templates for Renderer {
    type Shared = Context;

    fn share<S: Serialize>(&self, shared: &S) -> Result<Context, Box<Finding>> {
        Context::from_serialize(shared).map_err(|fault| Box::new(fault::one(&self.theme, "base.html", &fault)))
    }

    fn fill<V: Serialize>(&self, template: &str, shared: &Context, own: &V) -> Result<Vec<u8>, Box<Finding>> {
        let fill = || {
            let mut context = Context::from_serialize(own)?;
            context.extend(shared.clone());
            let mut page = Vec::with_capacity(FRAME + markup_bytes(&context));
            self.tera.render_to(template, &context, &mut page)?;
            Ok(page)
        };
        fill().map_err(|fault| Box::new(fault::one(&self.theme, template, &fault)))
    }
}

/// Bytes that a page has around the markup that it is given, about.
const FRAME: usize = 32 * 1024;

/// Bytes of the texts that a view holds itself: what is long in a page is made before it is filled.
fn markup_bytes(context: &Context) -> usize {
    let view = context.get("view").and_then(|view| view.as_map());
    view.map_or(0, |view| view.values().filter_map(|value| Some(value.as_str()?.len())).sum())
}

/// Name and text of every template, named `<layer>/<name>`. A file that is not UTF-8 shows its damage where it stands.
fn sources(theme: &Theme) -> Vec<(String, Cow<'_, str>)> {
    let of = |layer: &Layer, name: &str| format!("{}/{name}", layer.name);
    let is_template = |name: &str| !name.starts_with(ASSETS) && ESCAPED.iter().any(|suffix| name.ends_with(suffix));
    let layers = theme.layers().iter();
    layers
        .flat_map(|layer| {
            let files = layer.files().filter(|(name, _)| is_template(name));
            files.map(move |(name, bytes)| (of(layer, name), String::from_utf8_lossy(bytes)))
        })
        .collect()
}
