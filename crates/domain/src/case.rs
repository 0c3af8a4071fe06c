//! A case 跟进单: one matter that somebody drives to a good end.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::identifiers::UserId;

/// What a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// A bad or neutral review 差评跟进单.
    Review,
}

impl CaseKind {
    /// The stored code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Review => "review",
        }
    }
}

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

/// The part of a case that ownership decides on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ownership {
    /// How far the case has come.
    pub state: CaseState,
    /// Who has it.
    pub owner: Option<UserId>,
}

/// Why a case stays as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TransitionRefused {
    /// The matter is over.
    #[error("the case is closed; it opens again when the buyer writes or changes his review")]
    AlreadyClosed,
    /// A colleague has it, and only a supervisor may take it from him.
    #[error("a colleague has this case; ask him to release it, or a supervisor to hand it over")]
    OwnedByOther,
    /// Nobody has it, so it cannot be released.
    #[error("nobody has this case")]
    NotOwned,
}

impl Ownership {
    /// Gives the case to `to`. Somebody who may assign takes it from anybody; an agent takes only what is
    /// free or already his (a case owned by a colleague is locked to him).
    ///
    /// # Errors
    /// [`TransitionRefused`] for an ended case or one that a colleague has.
    pub fn take(self, to: UserId, may_assign: bool) -> Result<Self, TransitionRefused> {
        if !self.state.is_live() {
            return Err(TransitionRefused::AlreadyClosed);
        }
        if self.owner.is_some_and(|owner| owner != to) && !may_assign {
            return Err(TransitionRefused::OwnedByOther);
        }
        let state = if self.state == CaseState::Open { CaseState::InProgress } else { self.state };
        Ok(Self { state, owner: Some(to) })
    }

    /// Puts the case back into the queue.
    ///
    /// # Errors
    /// [`TransitionRefused`] when it is over, nobody's, or a colleague's and `by` may not assign.
    pub fn release(self, by: Option<UserId>, may_assign: bool) -> Result<Self, TransitionRefused> {
        if !self.state.is_live() {
            return Err(TransitionRefused::AlreadyClosed);
        }
        match self.owner {
            None => Err(TransitionRefused::NotOwned),
            Some(owner) if Some(owner) != by && !may_assign => Err(TransitionRefused::OwnedByOther),
            Some(_) => {
                let state = if self.state == CaseState::InProgress { CaseState::Open } else { self.state };
                Ok(Self { state, owner: None })
            }
        }
    }

    /// What a changed review does to its case: an ended one opens again, a live one stays as it is.
    #[must_use]
    pub fn review_changed(self) -> Self {
        if self.state.is_live() {
            return self;
        }
        let state = if self.owner.is_some() { CaseState::InProgress } else { CaseState::Open };
        Self { state, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifiers::Identifier;
    use uuid::Uuid;

    fn person(number: u128) -> UserId {
        UserId::from_uuid(Uuid::from_u128(number))
    }

    fn free(state: CaseState) -> Ownership {
        Ownership { state, owner: None }
    }

    #[test]
    fn taking_starts_the_work_and_releasing_puts_it_back() {
        let taken = free(CaseState::Open).take(person(1), false).unwrap();
        assert_eq!(taken, Ownership { state: CaseState::InProgress, owner: Some(person(1)) });
        assert_eq!(taken.release(Some(person(1)), false), Ok(free(CaseState::Open)));
    }

    #[test]
    fn a_colleagues_case_is_locked_to_agents_but_not_to_supervisors() {
        let his = Ownership { state: CaseState::InProgress, owner: Some(person(1)) };
        assert_eq!(his.take(person(2), false), Err(TransitionRefused::OwnedByOther));
        assert_eq!(his.release(Some(person(2)), false), Err(TransitionRefused::OwnedByOther));
        assert_eq!(his.take(person(2), true).unwrap().owner, Some(person(2)));
        assert_eq!(his.take(person(1), false), Ok(his));
    }

    #[test]
    fn an_ended_case_is_not_taken_but_opens_when_the_review_changes() {
        for state in [CaseState::Solved, CaseState::Closed] {
            assert_eq!(free(state).take(person(1), true), Err(TransitionRefused::AlreadyClosed));
            assert_eq!(free(state).review_changed(), free(CaseState::Open));
        }
        assert_eq!(free(CaseState::Waiting).review_changed(), free(CaseState::Waiting));
        assert_eq!(free(CaseState::Open).release(None, true), Err(TransitionRefused::NotOwned));
    }

    #[test]
    fn state_codes_read_back() {
        for state in CaseState::ALL {
            assert_eq!(CaseState::from_code(state.code()), Some(state));
        }
    }
}
