//! How markup reaches a template: as a value that prints unescaped. All other text is escaped.

use crate::markdown::Html;
use serde::{Serialize, Serializer};
use tera::Value;

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::safe_string(self.as_str()).serialize(serializer)
    }
}
