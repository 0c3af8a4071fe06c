//! How an incentive goes on: claimed → payable → paid, and taken back when the complaint returns.

use thiserror::Error;

use crate::case::{CaseState, Outcome};
use crate::identifiers::UserId;
use crate::scope::Role;
use crate::words::words;

words! {
    /// What an incentive is earned for. There is no word for a changed rating (X14).
    Basis {
        /// 买家确认已解决: the buyer says that the matter is put right.
        Confirmed = "confirmed",
        /// 按时解决: put right within the shop's own time, with no promise broken.
        InTime = "in_time",
    }
}

words! {
    /// How far an incentive has come.
    IncentiveState {
        /// 待核实: an agent claims it.
        Claimed = "claimed",
        /// 待发放: somebody else has verified it.
        Payable = "payable",
        /// 已发放: paid with a statement.
        Paid = "paid",
        /// 未通过: not verified.
        Refused = "refused",
        /// 已追回: the complaint returned.
        ClawedBack = "clawed_back",
    }
}

words! {
    /// A line of a statement.
    IncentiveLine {
        /// Verified: it is earned.
        Earned = "earned",
        /// Taken back; below zero.
        ClawedBack = "clawed_back",
    }
}

/// How the case of a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseEnd {
    /// How far it has come.
    pub state: CaseState,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Who has it.
    pub owner: Option<UserId>,
    /// Whether its time ran out or a promise to its buyer was broken.
    pub was_late: bool,
}

/// Why nothing can be claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ClaimRefused {
    /// The case is not solved.
    #[error("the case is not solved yet")]
    NotSolved,
    /// It ended by a rating that was changed or removed, or by nothing that was put right.
    #[error(
        "only a matter that was put right earns an incentive, never a rating that was changed or removed"
    )]
    NotPutRight,
    /// Another person has the case.
    #[error("only the person who has the case can claim")]
    NotYours,
    /// It was late.
    #[error("the case was late or a promise was broken")]
    Late,
}

/// Why an incentive stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IncentiveRefused {
    /// It does not wait to be verified.
    #[error("this does not wait to be verified")]
    NotWaiting,
    /// It is his own.
    #[error("nobody verifies his own claim; another supervisor has to")]
    Own,
    /// It is not verified.
    #[error("this is not verified, so it is not paid")]
    NotPayable,
    /// It is over.
    #[error("this is over")]
    Over,
}

/// Whether somebody may claim an incentive for a case.
///
/// # Errors
/// [`ClaimRefused`] with the reason.
pub fn claim(end: &CaseEnd, basis: Basis, by: Option<UserId>) -> Result<(), ClaimRefused> {
    if end.state.is_live() {
        return Err(ClaimRefused::NotSolved);
    }
    if end.outcome != Some(Outcome::Kept) {
        return Err(ClaimRefused::NotPutRight);
    }
    if by.is_none() || end.owner != by {
        return Err(ClaimRefused::NotYours);
    }
    if basis == Basis::InTime && end.was_late {
        return Err(ClaimRefused::Late);
    }
    Ok(())
}

/// Whether `by` may verify what `claimer` claims; answers whether he does it alone, as the owner of a merchant where one
/// person does it all.
///
/// # Errors
/// [`IncentiveRefused`] for one's own claim, or what does not wait.
pub fn verified(
    state: IncentiveState,
    claimer: UserId,
    by: Option<UserId>,
    role: Role,
    solo: bool,
) -> Result<bool, IncentiveRefused> {
    if state != IncentiveState::Claimed {
        return Err(IncentiveRefused::NotWaiting);
    }
    let own = by == Some(claimer);
    if own && !(solo && role == Role::Owner) {
        return Err(IncentiveRefused::Own);
    }
    Ok(own)
}

impl IncentiveState {
    /// It is not verified.
    ///
    /// # Errors
    /// [`IncentiveRefused`] when it does not wait.
    pub fn refused(self) -> Result<Self, IncentiveRefused> {
        if self == Self::Claimed { Ok(Self::Refused) } else { Err(IncentiveRefused::NotWaiting) }
    }

    /// It is paid with a statement.
    ///
    /// # Errors
    /// [`IncentiveRefused`] when it is not verified or over.
    pub fn paid(self) -> Result<Self, IncentiveRefused> {
        match self {
            Self::Payable => Ok(Self::Paid),
            Self::Claimed => Err(IncentiveRefused::NotPayable),
            Self::Paid | Self::Refused | Self::ClawedBack => Err(IncentiveRefused::Over),
        }
    }

    /// The complaint returned. Answers whether a line takes the amount back: of a mere claim none was made.
    ///
    /// # Errors
    /// [`IncentiveRefused`] when it is over.
    pub fn clawed_back(self) -> Result<bool, IncentiveRefused> {
        match self {
            Self::Claimed => Ok(false),
            Self::Payable | Self::Paid => Ok(true),
            Self::Refused | Self::ClawedBack => Err(IncentiveRefused::Over),
        }
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

    fn end(outcome: Outcome) -> CaseEnd {
        CaseEnd { state: outcome.ends_in(), outcome: Some(outcome), owner: Some(person(1)), was_late: false }
    }

    #[test]
    fn no_rating_earns_anything() {
        for outcome in Outcome::ALL {
            for basis in Basis::ALL {
                let claimed = claim(&end(*outcome), *basis, Some(person(1)));
                assert_eq!(claimed.is_ok(), *outcome == Outcome::Kept, "{outcome:?}");
            }
        }
        for word in Basis::WORDS {
            for about in ["rating", "review", "star", "feedback", "changed", "removed"] {
                assert!(!word.contains(about), "{word}");
            }
        }
    }

    #[test]
    fn who_claims_has_the_case_and_was_in_time() {
        let kept = end(Outcome::Kept);
        assert_eq!(claim(&kept, Basis::Confirmed, Some(person(2))), Err(ClaimRefused::NotYours));
        assert_eq!(
            claim(&CaseEnd { owner: None, ..kept }, Basis::Confirmed, None),
            Err(ClaimRefused::NotYours)
        );
        let late = CaseEnd { was_late: true, ..kept };
        assert_eq!(claim(&late, Basis::InTime, Some(person(1))), Err(ClaimRefused::Late));
        assert_eq!(claim(&late, Basis::Confirmed, Some(person(1))), Ok(()));
        let open = CaseEnd { state: CaseState::InProgress, outcome: None, ..kept };
        assert_eq!(claim(&open, Basis::InTime, Some(person(1))), Err(ClaimRefused::NotSolved));
    }

    #[test]
    fn another_one_verifies() {
        let verify =
            |by, role, solo| verified(IncentiveState::Claimed, person(1), Some(person(by)), role, solo);
        assert_eq!(verify(2, Role::Supervisor, false), Ok(false));
        assert_eq!(verify(1, Role::Supervisor, true), Err(IncentiveRefused::Own));
        assert_eq!(verify(1, Role::Owner, true), Ok(true));
        assert_eq!(verify(1, Role::Owner, false), Err(IncentiveRefused::Own));
        let again = verified(IncentiveState::Payable, person(1), Some(person(2)), Role::Owner, false);
        assert_eq!(again, Err(IncentiveRefused::NotWaiting));
    }

    proptest! {
        /// The lines of an incentive sum to its amount while it is payable or paid, else to nothing.
        #[test]
        fn lines_sum_to_what_is_owed(deeds in proptest::collection::vec(0_u8..4, 0..20), amount in 1_i64..10_000) {
            let mut state = IncentiveState::Claimed;
            let mut lines = Vec::new();
            for deed in deeds {
                match deed {
                    0 => if verified(state, person(1), Some(person(2)), Role::Supervisor, false).is_ok() {
                        state = IncentiveState::Payable;
                        lines.push(amount);
                    },
                    1 => state = state.refused().unwrap_or(state),
                    2 => state = state.paid().unwrap_or(state),
                    _ => if let Ok(line) = state.clawed_back() {
                        state = IncentiveState::ClawedBack;
                        lines.extend(line.then_some(-amount));
                    },
                }
                let owed = matches!(state, IncentiveState::Payable | IncentiveState::Paid);
                prop_assert_eq!(lines.iter().sum::<i64>(), if owed { amount } else { 0 });
            }
        }
    }
}
