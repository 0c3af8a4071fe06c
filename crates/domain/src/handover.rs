//! Handing over a shift 交接班: which cases somebody has to look at while their owner is away, and how a handover goes on.
//!
//! The founding article on casework (001) asks that nothing falls between two shifts: what is due, what was promised and
//! whom to call goes to whoever comes next, in writing.

use jiff::Timestamp;
use thiserror::Error;

use crate::UserId;
use crate::words::words;

words! {
    /// How far a handover has come.
    HandoverState {
        /// 待接手: nobody has taken it.
        Open = "open",
        /// 已接手: a colleague has it.
        Taken = "taken",
        /// 已撤回: its writer took it back.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Why a case belongs on a handover.
    HandoverReason {
        /// It is late already.
        Overdue = "overdue",
        /// A step, a clock or a deadline of the platform ends before its owner is back.
        Due = "due",
        /// Something promised to the buyer is due before its owner is back, or broken.
        Promise = "promise",
        /// The buyer may be contacted before its owner is back.
        Contact = "contact",
    }
}

/// Why a handover stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum HandoverRefused {
    /// A colleague has it.
    #[error("a colleague has taken this handover already")]
    Taken,
    /// Its writer took it back.
    #[error("this handover was taken back")]
    Withdrawn,
    /// Nobody hands over to himself.
    #[error("nobody takes his own handover; take it back instead")]
    Own,
    /// It names somebody else.
    #[error("this handover names somebody else")]
    ForOther,
    /// Only its writer takes it back.
    #[error("only its writer can take a handover back")]
    NotOwn,
}

/// Who wrote a handover and whom it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parties {
    /// Its writer.
    pub from: Option<UserId>,
    /// Whom it names; none for whoever comes next.
    pub to: Option<UserId>,
}

impl HandoverState {
    /// `by` takes the handover; one who may assign also takes what names somebody else, who may be ill.
    ///
    /// # Errors
    /// [`HandoverRefused`] when it is over, his own, or names somebody else.
    pub fn taken(self, of: Parties, by: Option<UserId>, may_assign: bool) -> Result<Self, HandoverRefused> {
        self.must_be_open()?;
        if by.is_none() || by == of.from {
            return Err(HandoverRefused::Own);
        }
        if of.to.is_some() && of.to != by && !may_assign {
            return Err(HandoverRefused::ForOther);
        }
        Ok(Self::Taken)
    }

    /// Its writer takes it back.
    ///
    /// # Errors
    /// [`HandoverRefused`] when it is over or somebody else's.
    pub fn withdrawn(self, of: Parties, by: Option<UserId>) -> Result<Self, HandoverRefused> {
        self.must_be_open()?;
        if by != of.from {
            return Err(HandoverRefused::NotOwn);
        }
        Ok(Self::Withdrawn)
    }

    fn must_be_open(self) -> Result<(), HandoverRefused> {
        match self {
            Self::Open => Ok(()),
            Self::Taken => Err(HandoverRefused::Taken),
            Self::Withdrawn => Err(HandoverRefused::Withdrawn),
        }
    }
}

/// When something of a case comes up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Upcoming {
    /// The nearest of its step, its clock and its deadline.
    pub due: Option<Timestamp>,
    /// The nearest promise to its buyer that is not kept.
    pub promise: Option<Timestamp>,
    /// When the buyer may be contacted next: from, to.
    pub contact: Option<(Timestamp, Timestamp)>,
}

impl Upcoming {
    /// Why the case belongs on the handover of somebody who is back at `until`; nothing when it can wait for him.
    #[must_use]
    pub fn reasons(&self, now: Timestamp, until: Timestamp) -> Vec<HandoverReason> {
        let late = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        let soon = |at: Option<Timestamp>| at.is_some_and(|at| at < until);
        let mut reasons = Vec::new();
        if late(self.due) {
            reasons.push(HandoverReason::Overdue);
        } else if soon(self.due) {
            reasons.push(HandoverReason::Due);
        }
        if soon(self.promise) {
            reasons.push(HandoverReason::Promise);
        }
        if self.contact.is_some_and(|(from, to)| from < until && now < to) {
            reasons.push(HandoverReason::Contact);
        }
        reasons
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::identifiers::Identifier;

    fn person(number: u128) -> UserId {
        UserId::from_uuid(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn a_handover_is_taken_once_by_the_one_it_names() {
        let (ai, bo, cai) = (Some(person(1)), Some(person(2)), Some(person(3)));
        let named = Parties { from: ai, to: bo };
        let open = HandoverState::Open;
        assert_eq!(open.taken(named, bo, false), Ok(HandoverState::Taken));
        assert_eq!(open.taken(named, cai, false), Err(HandoverRefused::ForOther));
        assert_eq!(open.taken(named, cai, true), Ok(HandoverState::Taken), "a supervisor steps in");
        assert_eq!(open.taken(named, ai, true), Err(HandoverRefused::Own));
        assert_eq!(open.taken(Parties { from: ai, to: None }, cai, false), Ok(HandoverState::Taken));
        assert_eq!(HandoverState::Taken.taken(named, bo, false), Err(HandoverRefused::Taken));
        assert_eq!(HandoverState::Withdrawn.taken(named, bo, false), Err(HandoverRefused::Withdrawn));
    }

    #[test]
    fn only_its_writer_takes_it_back_and_only_before_it_is_taken() {
        let of = Parties { from: Some(person(1)), to: None };
        assert_eq!(HandoverState::Open.withdrawn(of, of.from), Ok(HandoverState::Withdrawn));
        assert_eq!(HandoverState::Open.withdrawn(of, Some(person(2))), Err(HandoverRefused::NotOwn));
        assert_eq!(HandoverState::Taken.withdrawn(of, of.from), Err(HandoverRefused::Taken));
    }

    #[test]
    fn a_case_is_handed_over_when_something_of_it_comes_up_before_its_owner_is_back() {
        let now = Timestamp::UNIX_EPOCH;
        let at = |hours: i64| now + SignedDuration::from_hours(hours);
        let until = at(16);
        let reasons = |upcoming: Upcoming| upcoming.reasons(now, until);
        let none = Upcoming::default();
        assert_eq!(reasons(none), []);
        assert_eq!(reasons(Upcoming { due: Some(at(-1)), ..none }), [HandoverReason::Overdue]);
        assert_eq!(reasons(Upcoming { due: Some(at(3)), ..none }), [HandoverReason::Due]);
        assert_eq!(
            reasons(Upcoming { due: Some(at(16)), promise: Some(at(20)), ..none }),
            [],
            "he is back then"
        );
        assert_eq!(reasons(Upcoming { promise: Some(at(-2)), ..none }), [HandoverReason::Promise]);
        assert_eq!(reasons(Upcoming { contact: Some((at(-5), at(-1))), ..none }), [], "that window is over");
        assert_eq!(reasons(Upcoming { contact: Some((at(2), at(4))), ..none }), [HandoverReason::Contact]);
        assert_eq!(reasons(Upcoming { contact: Some((at(17), at(18))), ..none }), []);
    }
}
