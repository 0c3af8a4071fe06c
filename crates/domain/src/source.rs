//! Where a rule comes from.

use serde::{Deserialize, Serialize};

/// A source of a rule: the `[[source]]` of a policy pack, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The key of the source, as packs name it: `AMZ-RM`, `CN-NAUC`.
    pub key: String,
    /// Article, ground or paragraph; null for the whole.
    pub locator: Option<String>,
}

impl Source {
    /// A source as a whole.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), locator: None }
    }

    /// A place in a source.
    pub fn at(key: impl Into<String>, locator: impl Into<String>) -> Self {
        Self { key: key.into(), locator: Some(locator.into()) }
    }

    /// Reads `KEY` or `KEY place`, as data files cite.
    #[must_use]
    pub fn cited(text: &str) -> Self {
        let text = text.trim();
        text.split_once(' ').map_or_else(|| Self::new(text), |(key, place)| Self::at(key, place.trim()))
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.locator {
            Some(locator) => write!(formatter, "{} {locator}", self.key),
            None => formatter.write_str(&self.key),
        }
    }
}
