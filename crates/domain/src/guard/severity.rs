//! How much a finding weighs.

use serde::{Deserialize, Serialize};

pub use crate::pack::Severity;

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
