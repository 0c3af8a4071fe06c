//! How severe a rule of the guard is, where.

use serde::Serialize;

use super::entry::Entry;
use super::record::Record;
use crate::words::words;

words! {
    /// How severe a finding is; a later one is stricter.
    Severity {
        /// The agent may send.
        Warn = "warn",
        /// A supervisor must approve.
        Hold = "hold",
        /// Nobody can send it.
        Block = "block",
    }
}

/// One rule of the guard as a pack sets it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GuardRule {
    /// `G01` to `G66`.
    pub rule: String,
    /// Its name, such as `refund-for-removal`.
    pub name: String,
    /// How severe it is.
    pub severity: Severity,
    /// The channels it looks at; empty for all.
    pub channels: Vec<String>,
    /// The objects it looks at; empty for all.
    pub objects: Vec<String>,
    /// The stages it looks at; empty for all.
    pub stages: Vec<String>,
    /// A length beyond which it speaks, for rules about length.
    pub limit: Option<u32>,
    /// How well it is known.
    pub record: Record,
}

impl GuardRule {
    /// The rule of an entry; `None` when it is none.
    #[must_use]
    pub fn of(entry: &Entry) -> Option<Self> {
        Some(Self {
            rule: entry.id.clone()?,
            name: entry.text("name")?.to_owned(),
            severity: Severity::from_code(entry.text("severity")?)?,
            channels: entry.texts("channel"),
            objects: entry.texts("object"),
            stages: entry.texts("stage"),
            limit: entry.count("limit"),
            record: entry.record.clone(),
        })
    }
}
