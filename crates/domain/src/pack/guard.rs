//! How severe a rule of the guard is, where.

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::record::Record;

/// How severe a finding is; a later one is stricter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The agent may send.
    Warn,
    /// A supervisor must approve.
    Hold,
    /// Nobody can send it.
    Block,
}

impl Severity {
    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Hold => "hold",
            Self::Block => "block",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Warn, Self::Hold, Self::Block].into_iter().find(|known| known.code() == code)
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
