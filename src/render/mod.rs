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
        let mut page = Vec::with_capacity(64 * 1024);
        Context::from_serialize(own)
            .and_then(|mut context| {
                context.extend(shared.clone());
                self.tera.render_to(template, &context, &mut page)
            })
            .map_err(|fault| Box::new(fault::one(&self.theme, template, &fault)))?;
        Ok(page)
    }
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
