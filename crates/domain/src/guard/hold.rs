//! Texts that a second person has to look at before they count 待审核: who may let them pass.

use thiserror::Error;

use crate::identifiers::UserId;
use crate::scope::Role;
use crate::words::words;

words! {
    /// What a held text was to become.
    HoldKind {
        /// A note on a case.
        Note = "note",
        /// A note on a buyer.
        BuyerNote = "buyer_note",
        /// A question to another department.
        Task = "task",
        /// The answer to one.
        Answer = "answer",
        /// A message to the buyer, sent by hand elsewhere.
        Message = "message",
    }
}

words! {
    /// How far a held text has come.
    HoldState {
        /// 待审核: nobody has decided.
        Waiting = "waiting",
        /// 已放行: it became what it was to become.
        Released = "released",
        /// 已退回: it did not.
        Refused = "refused",
    }
}

/// That somebody may decide, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// He let his own text pass, as one person does it all.
    pub alone: bool,
}

/// Why somebody may not decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum HoldRefused {
    /// It was decided before.
    #[error("this text was decided already")]
    Over,
    /// It is his own.
    #[error("nobody lets his own text pass; another supervisor has to look at it")]
    Own,
}

/// Whether `by` may decide on a text of `author`. Who may decide at all, the caller has asked. Where one person does it
/// all (`solo`), the owner may release his own text.
///
/// # Errors
/// [`HoldRefused`] for what is over, or for one's own text.
pub fn decide(
    state: HoldState,
    author: Option<UserId>,
    by: Option<UserId>,
    role: Role,
    solo: bool,
) -> Result<Decided, HoldRefused> {
    if state != HoldState::Waiting {
        return Err(HoldRefused::Over);
    }
    let own = author.is_some() && author == by;
    if own && !(solo && role == Role::Owner) {
        return Err(HoldRefused::Own);
    }
    Ok(Decided { alone: own })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifiers::Identifier;
    use uuid::Uuid;

    fn person(number: u128) -> Option<UserId> {
        Some(UserId::from_uuid(Uuid::from_u128(number)))
    }

    #[test]
    fn a_second_person_decides_once() {
        let other = decide(HoldState::Waiting, person(1), person(2), Role::Supervisor, false);
        assert_eq!(other, Ok(Decided { alone: false }));
        let own = decide(HoldState::Waiting, person(1), person(1), Role::Supervisor, false);
        assert_eq!(own, Err(HoldRefused::Own));
        let over = decide(HoldState::Released, person(1), person(2), Role::Owner, true);
        assert_eq!(over, Err(HoldRefused::Over));
    }

    #[test]
    fn who_does_it_all_alone_may_and_it_is_said() {
        let alone = |role, solo| decide(HoldState::Waiting, person(1), person(1), role, solo);
        assert_eq!(alone(Role::Owner, true), Ok(Decided { alone: true }));
        assert_eq!(alone(Role::Owner, false), Err(HoldRefused::Own));
        assert_eq!(alone(Role::Supervisor, true), Err(HoldRefused::Own));
    }
}
