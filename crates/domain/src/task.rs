//! A task: a question about a case to another department, which holds half the answers.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How far a task has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// 待答复: the department has not answered.
    Open,
    /// 已答复: it has.
    Done,
    /// 已撤回: whoever asked no longer needs an answer.
    Cancelled,
}

impl TaskState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Cancelled];

    /// The code kept in the store and shown by the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The department has answered.
    ///
    /// # Errors
    /// [`TaskRefused`] when the task is over.
    pub fn answered(self) -> Result<Self, TaskRefused> {
        self.ended(Self::Done)
    }

    /// The question is taken back.
    ///
    /// # Errors
    /// [`TaskRefused`] when the task is over.
    pub fn cancelled(self) -> Result<Self, TaskRefused> {
        self.ended(Self::Cancelled)
    }

    fn ended(self, end: Self) -> Result<Self, TaskRefused> {
        match self {
            Self::Open => Ok(end),
            Self::Done => Err(TaskRefused::Answered),
            Self::Cancelled => Err(TaskRefused::Cancelled),
        }
    }
}

/// Why a task stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TaskRefused {
    /// It has its answer.
    #[error("the task is answered already; ask a new one if something is missing")]
    Answered,
    /// Nobody waits for it any more.
    #[error("the task was taken back; nobody waits for its answer")]
    Cancelled,
}

/// Whether a department can still be in time.
#[must_use]
pub fn is_due_in_time(due: Timestamp, now: Timestamp) -> bool {
    due > now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_ends_once() {
        assert_eq!(TaskState::Open.answered(), Ok(TaskState::Done));
        assert_eq!(TaskState::Open.cancelled(), Ok(TaskState::Cancelled));
        assert_eq!(TaskState::Done.answered(), Err(TaskRefused::Answered));
        assert_eq!(TaskState::Done.cancelled(), Err(TaskRefused::Answered));
        assert_eq!(TaskState::Cancelled.answered(), Err(TaskRefused::Cancelled));
    }

    #[test]
    fn a_time_that_has_passed_is_no_due_time() {
        let now = Timestamp::UNIX_EPOCH;
        assert!(!is_due_in_time(now, now));
        assert!(is_due_in_time(now + jiff::SignedDuration::from_secs(1), now));
    }

    #[test]
    fn codes_read_back() {
        for state in TaskState::ALL {
            assert_eq!(TaskState::from_code(state.code()), Some(state));
        }
        assert_eq!(TaskState::from_code("late"), None);
    }
}
