//! One table of a pack: what it says, and how well that is known.

use std::collections::BTreeMap;

use serde::Serialize;

use super::record::{Grade, Record, Status};
use super::value::Value;

/// One table of a pack.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The kind of table, such as `window`.
    pub section: String,
    /// Its id among those of its kind; null for a kind of which a pack has one.
    pub id: Option<String>,
    /// What it says, by key.
    pub values: BTreeMap<String, Value>,
    /// How well the table is known.
    pub record: Record,
    /// How well single keys are known, where the file says so.
    pub records: BTreeMap<String, Record>,
    /// The other values that sources give, where they disagree.
    pub alternatives: Vec<u32>,
    /// Its line in the file, from 1.
    #[serde(skip)]
    pub line: usize,
}

impl Entry {
    /// Its name within the pack, such as `window.buyer_modify`.
    #[must_use]
    pub fn name(&self) -> String {
        self.id.as_ref().map_or_else(|| self.section.clone(), |id| format!("{}.{id}", self.section))
    }

    /// A value.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// A value that is words.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::text)
    }

    /// A value that is a whole number from 0.
    #[must_use]
    pub fn count(&self, key: &str) -> Option<u32> {
        self.get(key).and_then(Value::count)
    }

    /// A value that is true or false.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.get(key).and_then(Value::flag)
    }

    /// The words of a list; empty when there is none.
    #[must_use]
    pub fn texts(&self, key: &str) -> Vec<String> {
        self.get(key).map(Value::texts).unwrap_or_default().into_iter().map(str::to_owned).collect()
    }

    /// How well one of its values is known.
    #[must_use]
    pub fn known(&self, key: &str) -> &Record {
        self.records.get(key).unwrap_or(&self.record)
    }

    /// What a child takes over: everything but what describes this one file.
    pub(super) fn is_inherited(&self) -> bool {
        self.section != "example"
    }
}

/// The record of tables that carry facts about the pack itself.
pub(super) fn plain_record() -> Record {
    Record {
        source: Vec::new(),
        grade: Grade::A,
        status: Status::Confirmed,
        effective_from: None,
        effective_to: None,
        note: None,
    }
}
