//! How a case moves: 待处理 → 处理中 ⇄ 等待中 → 已解决 / 已关闭, and back again when there is a reason.
//!
//! Every transition consumes the old life and answers the new one, or says why not. Whoever acts on a case that nobody has,
//! has it from then on; one that a colleague has is locked to others, but not to somebody who may assign.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{CaseState, Outcome, Waiting, WaitingFor};
use crate::identifiers::UserId;

/// How a case stands: how far it has come, who has it, what it waits for, how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// How far it has come.
    pub state: CaseState,
    /// Who has it.
    pub owner: Option<UserId>,
    /// What it waits for; only of a waiting one.
    #[serde(default)]
    pub waiting: Option<Waiting>,
    /// How it ended; only of an ended one.
    #[serde(default)]
    pub outcome: Option<Outcome>,
}

/// Who moves a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acting {
    /// The person; `None` is the desk itself, to which nothing is locked.
    pub user: Option<UserId>,
    /// Whether he may give cases to others.
    pub may_assign: bool,
}

impl Acting {
    /// The desk itself: time that has passed, a file, a granted removal.
    pub const DESK: Self = Self { user: None, may_assign: true };
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
    /// It does not wait, so it cannot go on.
    #[error("this case does not wait for anything")]
    NotWaiting,
    /// It is alive, so it cannot open again.
    #[error("this case is open already")]
    StillOpen,
    /// The time to wait until has passed.
    #[error("the time to wait until has passed; choose a later one")]
    PastUntil,
    /// With such an outcome nothing is solved.
    #[error("with this outcome the case is closed, not solved")]
    NotSolved,
    /// An end needs an outcome.
    #[error("say how the case ended")]
    NoOutcome,
    /// It goes on in another case.
    #[error("this case goes on in another one; split it off first")]
    Merged,
}

type Moved = Result<Life, TransitionRefused>;

impl Life {
    /// A case that was just opened.
    pub const NEW: Self = Self { state: CaseState::Open, owner: None, waiting: None, outcome: None };

    /// A life without a reason to wait and without an outcome.
    #[must_use]
    pub fn plain(state: CaseState, owner: Option<UserId>) -> Self {
        Self { state, owner, waiting: None, outcome: None }
    }

    /// Gives the case to `to`. Somebody who may assign takes it from anybody; an agent takes only what is
    /// free or already his (a case owned by a colleague is locked to him).
    ///
    /// # Errors
    /// [`TransitionRefused`] for an ended case or one that a colleague has.
    pub fn take(self, to: UserId, may_assign: bool) -> Moved {
        if !self.state.is_live() {
            return Err(TransitionRefused::AlreadyClosed);
        }
        if self.owner.is_some_and(|owner| owner != to) && !may_assign {
            return Err(TransitionRefused::OwnedByOther);
        }
        let state = if self.state == CaseState::Open { CaseState::InProgress } else { self.state };
        Ok(Self { state, owner: Some(to), ..self })
    }

    /// Puts the case back into the queue.
    ///
    /// # Errors
    /// [`TransitionRefused`] when it is over, nobody's, or a colleague's and `by` may not assign.
    pub fn release(self, by: Option<UserId>, may_assign: bool) -> Moved {
        if !self.state.is_live() {
            return Err(TransitionRefused::AlreadyClosed);
        }
        match self.owner {
            None => Err(TransitionRefused::NotOwned),
            Some(owner) if Some(owner) != by && !may_assign => Err(TransitionRefused::OwnedByOther),
            Some(_) => {
                let state = if self.state == CaseState::InProgress { CaseState::Open } else { self.state };
                Ok(Self { state, owner: None, ..self })
            }
        }
    }

    /// Waits for somebody, at most until an instant. A case that waits already waits for this from now on.
    ///
    /// # Errors
    /// [`TransitionRefused`] when it is over, a colleague's, or `until` has passed.
    pub fn wait(self, on: WaitingFor, until: Option<Timestamp>, by: Acting, now: Timestamp) -> Moved {
        let life = self.worked_on(by)?;
        if until.is_some_and(|until| until <= now) {
            return Err(TransitionRefused::PastUntil);
        }
        Ok(Self { state: CaseState::Waiting, waiting: Some(Waiting { on, since: now, until }), ..life })
    }

    /// Goes on with a case that waited.
    ///
    /// # Errors
    /// [`TransitionRefused`] when it does not wait, is over, or a colleague's.
    pub fn resume(self, by: Acting) -> Moved {
        let life = self.worked_on(by)?;
        if life.state != CaseState::Waiting {
            return Err(TransitionRefused::NotWaiting);
        }
        Ok(life.going_on())
    }

    /// The matter is put right.
    ///
    /// # Errors
    /// [`TransitionRefused`] when it is over, a colleague's, or nothing is solved with that outcome.
    pub fn solve(self, outcome: Outcome, by: Acting) -> Moved {
        let life = self.worked_on(by)?;
        if !outcome.is_solved() {
            return Err(TransitionRefused::NotSolved);
        }
        Ok(Self { state: CaseState::Solved, waiting: None, outcome: Some(outcome), ..life })
    }

    /// The case is laid aside for good. A solved one keeps its outcome unless another is given.
    ///
    /// # Errors
    /// [`TransitionRefused`] when it is closed already, a colleague's, or nothing says how it ended.
    pub fn close(self, outcome: Option<Outcome>, by: Acting) -> Moved {
        if self.state == CaseState::Closed {
            return Err(TransitionRefused::AlreadyClosed);
        }
        let life = self.unlocked(by)?;
        let outcome = outcome.or(life.outcome).ok_or(TransitionRefused::NoOutcome)?;
        if outcome == Outcome::Merged {
            return Err(TransitionRefused::Merged);
        }
        Ok(Self { state: CaseState::Closed, waiting: None, outcome: Some(outcome), ..life })
    }

    /// Ends the case in the state that belongs to the outcome: what a granted removal or one click does.
    ///
    /// # Errors
    /// As [`Life::solve`] and [`Life::close`].
    pub fn end(self, outcome: Outcome, by: Acting) -> Moved {
        if outcome.is_solved() { self.solve(outcome, by) } else { self.close(Some(outcome), by) }
    }

    /// Opens an ended case again.
    ///
    /// # Errors
    /// [`TransitionRefused`] when it is alive, a colleague's, or goes on in another case.
    pub fn reopen(self, by: Acting) -> Moved {
        if self.state.is_live() {
            return Err(TransitionRefused::StillOpen);
        }
        if self.outcome == Some(Outcome::Merged) {
            return Err(TransitionRefused::Merged);
        }
        self.unlocked(by).map(Self::going_on)
    }

    /// The case goes on in another one.
    ///
    /// # Errors
    /// [`TransitionRefused`] when it is over or a colleague's.
    pub fn merge(self, by: Acting) -> Moved {
        let life = self.worked_on(by)?;
        Ok(Self { state: CaseState::Closed, waiting: None, outcome: Some(Outcome::Merged), ..life })
    }

    /// A merged case goes on by itself again.
    ///
    /// # Errors
    /// [`TransitionRefused`] when it was not merged, or is a colleague's.
    pub fn split(self, by: Acting) -> Moved {
        if self.outcome != Some(Outcome::Merged) {
            return Err(TransitionRefused::StillOpen);
        }
        self.unlocked(by).map(Self::going_on)
    }

    /// What a changed review does to its case: an ended one opens again, one that waited for the buyer goes on, any other
    /// stays as it is.
    #[must_use]
    pub fn review_changed(self) -> Self {
        let waited = self.waiting.is_some_and(|waiting| waiting.on == WaitingFor::Buyer);
        if self.state.is_live() && !waited {
            return self;
        }
        self.going_on()
    }

    /// What time and the buyer's messages do: a case whose time to wait is up goes on, so does one whose buyer has answered,
    /// and an ended one opens again when he wrote after its end. `None` when it stays as it is.
    #[must_use]
    pub fn moved_by(
        self,
        now: Timestamp,
        ended: Option<Timestamp>,
        message: Option<Timestamp>,
    ) -> Option<Self> {
        if let Some(waiting) = self.waiting {
            let answered = message.is_some_and(|message| waiting.is_answered_by(message));
            return (answered || waiting.is_over(now)).then(|| self.going_on());
        }
        let wrote_after = message.zip(ended).is_some_and(|(message, ended)| message > ended);
        let is_over = !self.state.is_live() && self.outcome != Some(Outcome::Merged);
        (is_over && wrote_after).then(|| self.going_on())
    }

    fn going_on(self) -> Self {
        let state = if self.owner.is_some() { CaseState::InProgress } else { CaseState::Open };
        Self { state, waiting: None, outcome: None, ..self }
    }

    fn worked_on(self, by: Acting) -> Moved {
        if !self.state.is_live() {
            return Err(TransitionRefused::AlreadyClosed);
        }
        self.unlocked(by)
    }

    fn unlocked(self, by: Acting) -> Moved {
        if self.owner.is_some() && self.owner != by.user && !by.may_assign {
            return Err(TransitionRefused::OwnedByOther);
        }
        Ok(Self { owner: self.owner.or(by.user), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifiers::Identifier;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn person(number: u128) -> UserId {
        UserId::from_uuid(Uuid::from_u128(number))
    }

    fn by(number: u128) -> Acting {
        Acting { user: Some(person(number)), may_assign: false }
    }

    fn free(state: CaseState) -> Life {
        Life::plain(state, None)
    }

    fn now() -> Timestamp {
        "2026-11-29T12:00:00Z".parse().expect("an instant")
    }

    fn later(hours: i64) -> Timestamp {
        now() + jiff::SignedDuration::from_hours(hours)
    }

    #[test]
    fn taking_starts_the_work_and_releasing_puts_it_back() {
        let taken = free(CaseState::Open).take(person(1), false).unwrap();
        assert_eq!(taken, Life::plain(CaseState::InProgress, Some(person(1))));
        assert_eq!(taken.release(Some(person(1)), false), Ok(free(CaseState::Open)));
    }

    #[test]
    fn a_colleagues_case_is_locked_to_agents_but_not_to_supervisors() {
        let his = Life::plain(CaseState::InProgress, Some(person(1)));
        let supervisor = Acting { user: Some(person(2)), may_assign: true };
        assert_eq!(his.take(person(2), false), Err(TransitionRefused::OwnedByOther));
        assert_eq!(his.release(Some(person(2)), false), Err(TransitionRefused::OwnedByOther));
        assert_eq!(his.solve(Outcome::Kept, by(2)), Err(TransitionRefused::OwnedByOther));
        assert_eq!(his.wait(WaitingFor::Buyer, None, by(2), now()), Err(TransitionRefused::OwnedByOther));
        assert_eq!(his.take(person(2), true).unwrap().owner, Some(person(2)));
        assert_eq!(his.take(person(1), false), Ok(his));
        let solved = his.solve(Outcome::Kept, supervisor).unwrap();
        assert_eq!((solved.state, solved.owner), (CaseState::Solved, Some(person(1))), "it stays his");
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
    fn waiting_has_a_reason_and_ends_by_time_by_the_buyer_or_by_hand() {
        let waits = free(CaseState::Open).wait(WaitingFor::Buyer, Some(later(24)), by(1), now()).unwrap();
        assert_eq!((waits.state, waits.owner), (CaseState::Waiting, Some(person(1))), "who acts has it");
        let goes_on = Life::plain(CaseState::InProgress, Some(person(1)));
        assert_eq!(waits.resume(by(1)), Ok(goes_on));
        assert_eq!(waits.review_changed(), goes_on, "the buyer has moved");
        assert_eq!(waits.moved_by(later(1), None, None), None);
        assert_eq!(waits.moved_by(later(24), None, None), Some(goes_on));
        assert_eq!(waits.moved_by(later(2), None, Some(later(1))), Some(goes_on));
        let carrier = waits.wait(WaitingFor::Carrier, None, by(1), now()).unwrap();
        assert_eq!(carrier.review_changed(), carrier);
        assert_eq!(carrier.moved_by(later(99), None, Some(later(1))), None);
        let past = free(CaseState::Open).wait(WaitingFor::Buyer, Some(now()), by(1), now());
        assert_eq!(past, Err(TransitionRefused::PastUntil));
        assert_eq!(goes_on.resume(by(1)), Err(TransitionRefused::NotWaiting));
    }

    #[test]
    fn an_end_has_an_outcome_and_the_state_that_belongs_to_it() {
        let open = free(CaseState::InProgress);
        assert_eq!(open.solve(Outcome::GivenUp, by(1)), Err(TransitionRefused::NotSolved));
        assert_eq!(open.close(None, by(1)), Err(TransitionRefused::NoOutcome));
        assert_eq!(open.close(Some(Outcome::Merged), by(1)), Err(TransitionRefused::Merged));
        for outcome in Outcome::CHOSEN {
            let ended = open.end(outcome, by(1)).unwrap();
            assert_eq!((ended.state, ended.outcome), (outcome.ends_in(), Some(outcome)));
        }
        let solved = open.solve(Outcome::Revised, by(1)).unwrap();
        let closed = solved.close(None, by(1)).unwrap();
        assert_eq!((closed.state, closed.outcome), (CaseState::Closed, Some(Outcome::Revised)));
        assert_eq!(closed.close(Some(Outcome::Invalid), by(1)), Err(TransitionRefused::AlreadyClosed));
    }

    #[test]
    fn an_ended_case_opens_again_by_a_message_or_a_person() {
        let ended = free(CaseState::InProgress).end(Outcome::Kept, by(1)).unwrap();
        let open = Life::plain(CaseState::InProgress, Some(person(1)));
        assert_eq!(ended.moved_by(later(2), Some(later(0)), Some(later(1))), Some(open));
        assert_eq!(ended.moved_by(later(2), Some(later(1)), Some(later(1))), None, "he wrote before its end");
        assert_eq!(ended.reopen(by(1)), Ok(open));
        assert_eq!(open.reopen(by(1)), Err(TransitionRefused::StillOpen));
    }

    #[test]
    fn a_merged_case_goes_on_elsewhere_until_it_is_split() {
        let merged = free(CaseState::Open).merge(by(1)).unwrap();
        assert_eq!((merged.state, merged.outcome), (CaseState::Closed, Some(Outcome::Merged)));
        assert_eq!(merged.reopen(by(1)), Err(TransitionRefused::Merged));
        assert_eq!(merged.moved_by(later(9), Some(now()), Some(later(1))), None);
        assert_eq!(merged.split(by(1)).unwrap().state, CaseState::InProgress);
        assert!(free(CaseState::Open).split(by(1)).is_err());
    }

    proptest! {
        #[test]
        fn only_a_waiting_case_waits_and_only_an_ended_one_has_an_outcome(steps in prop::collection::vec(0_u8..10, 0..20)) {
            let mut life = Life::NEW;
            for step in steps {
                let moved = match step {
                    0 => life.take(person(1), true),
                    1 => life.release(Some(person(1)), true),
                    2 => life.wait(WaitingFor::Buyer, Some(later(1)), by(1), now()),
                    3 => life.resume(by(1)),
                    4 => life.end(Outcome::Kept, by(1)),
                    5 => life.end(Outcome::Invalid, by(1)),
                    6 => life.close(None, by(1)),
                    7 => life.reopen(by(1)),
                    8 => life.merge(by(1)),
                    _ => Ok(life.review_changed()),
                };
                life = moved.unwrap_or(life);
                prop_assert_eq!(life.waiting.is_some(), life.state == CaseState::Waiting);
                prop_assert_eq!(life.outcome.is_some(), !life.state.is_live());
            }
        }
    }
}
