//! How much a finding weighs.

use serde::{Deserialize, Serialize};

/// What a finding means for sending, from the least to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The agent may send it all the same.
    Warn,
    /// A supervisor must approve it, with a reason that is stored.
    Hold,
    /// Nobody may send it: only the text can change.
    Block,
}

/// The worst severity among the findings of a text, or none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It may be sent.
    Allow,
    /// See [`Severity::Warn`].
    Warn,
    /// See [`Severity::Hold`].
    Hold,
    /// See [`Severity::Block`].
    Block,
}

impl From<Severity> for Verdict {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Warn => Self::Warn,
            Severity::Hold => Self::Hold,
            Severity::Block => Self::Block,
        }
    }
}
