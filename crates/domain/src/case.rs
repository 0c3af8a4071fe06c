//! A case 跟进单: one matter that somebody drives to a good end.
//!
//! How a case moves is in `case/life.rs`: every transition consumes the old [`Life`] and may refuse with a reason. Why it
//! waits, how it ended, what joins it to others, what kinds there are and what one without a review is about are rooms of
//! their own.

mod kind;
mod life;
pub mod matter;
mod merging;
mod outcome;
mod waiting;

use serde::{Deserialize, Serialize};

pub use kind::{CameBy, CaseKind, DisputeKind};
pub use life::{Acting, Life, TransitionRefused};
pub use matter::Matter;
pub use merging::{MergeRefused, Mergeable, may_merge};
pub use outcome::Outcome;
pub use waiting::{Reopening, Waiting, WaitingFor};

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// 待处理: nobody has it.
    Open,
    /// 处理中: somebody has it.
    InProgress,
    /// 等待中: somebody else must answer first.
    Waiting,
    /// 已解决
    Solved,
    /// 已关闭
    Closed,
}

impl CaseState {
    /// Every state, in the order of the work.
    pub const ALL: [Self; 5] = [Self::Open, Self::InProgress, Self::Waiting, Self::Solved, Self::Closed];

    /// The stored code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in_progress",
            Self::Waiting => "waiting",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether somebody still has to act.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::InProgress | Self::Waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_codes_read_back() {
        for state in CaseState::ALL {
            assert_eq!(CaseState::from_code(state.code()), Some(state));
        }
    }
}
