//! How a compensation goes on: asked → approved → paid → confirmed, or refused, or reversed. Every transition answers what it
//! is from then on, or why not.

use thiserror::Error;

use super::rung::SignOff;
use crate::identifiers::UserId;
use crate::scope::Role;
use crate::words::words;

words! {
    /// How far a compensation has come.
    CompensationState {
        /// 待审核: somebody asks for it.
        Asked = "asked",
        /// 待打款: those who have to agree do.
        Approved = "approved",
        /// 已打款: somebody noted that the money went out.
        Paid = "paid",
        /// 已到账: the platform's refund list says so too.
        Confirmed = "confirmed",
        /// 已拒绝: somebody who has to agree does not.
        Refused = "refused",
        /// 已撤回: taken back before it was paid, or the money came back.
        Reversed = "reversed",
    }
}

impl CompensationState {
    /// Whether it counts against caps, budgets, the order and its matter.
    #[must_use]
    pub fn counts(self) -> bool {
        matches!(self, Self::Asked | Self::Approved | Self::Paid | Self::Confirmed)
    }
}

words! {
    /// Something that happened to a compensation.
    CompensationStep {
        /// Asked for.
        Asked = "asked",
        /// Somebody agreed.
        Approved = "approved",
        /// Somebody did not.
        Refused = "refused",
        /// A decision was taken back.
        Undone = "undone",
        /// Noted as paid.
        Paid = "paid",
        /// Found in the platform's refund list.
        Confirmed = "confirmed",
        /// Taken back.
        Reversed = "reversed",
    }
}

/// A compensation as far as its transitions need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How far it has come.
    pub state: CompensationState,
    /// Who asked for it.
    pub asker: Option<UserId>,
    /// Who has to agree.
    pub sign_off: SignOff,
    /// Who has agreed, each once.
    pub approvals: Vec<UserId>,
}

/// Who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deciding {
    /// The person; none is the machine's own command line, which agrees to nothing.
    pub user: Option<UserId>,
    /// In what role.
    pub role: Role,
    /// Whether one person does it all at this merchant.
    pub solo: bool,
}

/// That somebody agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// How it stands now; one more person may still have to agree.
    pub standing: Standing,
    /// Whether it is a self-review of somebody who does it all alone.
    pub alone: bool,
}

/// Why a compensation stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CompensationRefused {
    /// It does not wait for a decision.
    #[error("this does not wait for anybody's decision")]
    NotWaiting,
    /// It is his own.
    #[error("nobody agrees to what he asked for; another supervisor has to")]
    Own,
    /// He has agreed.
    #[error("above the limit two different persons have to agree")]
    SamePerson,
    /// Nobody in particular decides.
    #[error("only a person can agree")]
    Nobody,
    /// Not everybody who has to has agreed.
    #[error("it is not approved yet")]
    NotApproved,
    /// Money went out.
    #[error("it was paid already")]
    Paid,
    /// It is over.
    #[error("this is over")]
    Over,
    /// The refund list says that it arrived.
    #[error("the platform's refund list confirms it; it cannot be taken back")]
    Confirmed,
}

type Moved = Result<Standing, CompensationRefused>;

impl Standing {
    /// As it begins: what an agent decides alone is approved at once.
    #[must_use]
    pub fn asked(asker: Option<UserId>, sign_off: SignOff) -> Self {
        let state = match sign_off {
            SignOff::Agent => CompensationState::Approved,
            SignOff::Supervisor | SignOff::TwoPersons => CompensationState::Asked,
        };
        Self { state, asker, sign_off, approvals: Vec::new() }
    }

    /// How many persons have to agree.
    fn needed(&self) -> usize {
        match self.sign_off {
            SignOff::Agent => 0,
            SignOff::Supervisor => 1,
            SignOff::TwoPersons => 2,
        }
    }

    /// Somebody agrees: never the one who asked, and of two never the same one twice. Where one person does it all, the
    /// owner's word is enough, and it is said.
    ///
    /// # Errors
    /// [`CompensationRefused`] when it does not wait, or for somebody who may not.
    pub fn approve(mut self, by: Deciding) -> Result<Agreed, CompensationRefused> {
        if self.state != CompensationState::Asked {
            return Err(CompensationRefused::NotWaiting);
        }
        let user = by.user.ok_or(CompensationRefused::Nobody)?;
        let alone = by.solo && by.role == Role::Owner;
        if self.asker == Some(user) && !alone {
            return Err(CompensationRefused::Own);
        }
        if self.approvals.contains(&user) {
            return Err(CompensationRefused::SamePerson);
        }
        let own = self.asker == Some(user);
        self.approvals.push(user);
        let enough = self.approvals.len() >= self.needed();
        if enough || alone {
            self.state = CompensationState::Approved;
        }
        Ok(Agreed { standing: self, alone: alone && (own || !enough) })
    }

    /// Somebody who has to agree does not; what is one's own may be refused as well.
    ///
    /// # Errors
    /// [`CompensationRefused`] when it does not wait.
    pub fn refuse(self) -> Moved {
        match self.state {
            CompensationState::Asked => Ok(Self { state: CompensationState::Refused, ..self }),
            _ => Err(CompensationRefused::NotWaiting),
        }
    }

    /// A decision is taken back, where nothing was paid: it waits again, for everybody anew.
    ///
    /// # Errors
    /// [`CompensationRefused`] when nothing was decided or money went out.
    pub fn undo(self) -> Moved {
        match self.state {
            CompensationState::Approved if self.sign_off == SignOff::Agent => {
                Err(CompensationRefused::NotWaiting)
            }
            CompensationState::Approved | CompensationState::Refused => {
                Ok(Self { state: CompensationState::Asked, approvals: Vec::new(), ..self })
            }
            CompensationState::Paid | CompensationState::Confirmed => Err(CompensationRefused::Paid),
            CompensationState::Asked => Err(CompensationRefused::NotApproved),
            CompensationState::Reversed => Err(CompensationRefused::Over),
        }
    }

    /// The money went out, as somebody notes by hand.
    ///
    /// # Errors
    /// [`CompensationRefused`] when not everybody agreed, it was paid before, or is over.
    pub fn pay(self) -> Moved {
        match self.state {
            CompensationState::Approved => Ok(Self { state: CompensationState::Paid, ..self }),
            CompensationState::Asked => Err(CompensationRefused::NotApproved),
            CompensationState::Paid | CompensationState::Confirmed => Err(CompensationRefused::Paid),
            CompensationState::Refused | CompensationState::Reversed => Err(CompensationRefused::Over),
        }
    }

    /// The platform's refund list tells of it; one that nobody noted as paid was paid then.
    ///
    /// # Errors
    /// [`CompensationRefused`] when nothing was to be paid.
    pub fn confirm(self) -> Moved {
        match self.state {
            CompensationState::Approved | CompensationState::Paid => {
                Ok(Self { state: CompensationState::Confirmed, ..self })
            }
            CompensationState::Asked => Err(CompensationRefused::NotApproved),
            CompensationState::Confirmed => Err(CompensationRefused::Confirmed),
            CompensationState::Refused | CompensationState::Reversed => Err(CompensationRefused::Over),
        }
    }

    /// It is taken back before it is paid, or the money came back. Of it nothing counts any more.
    ///
    /// # Errors
    /// [`CompensationRefused`] when it is over or confirmed.
    pub fn reverse(self) -> Moved {
        match self.state {
            CompensationState::Asked | CompensationState::Approved | CompensationState::Paid => {
                Ok(Self { state: CompensationState::Reversed, ..self })
            }
            CompensationState::Confirmed => Err(CompensationRefused::Confirmed),
            CompensationState::Refused | CompensationState::Reversed => Err(CompensationRefused::Over),
        }
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

    fn by(number: u128) -> Deciding {
        Deciding { user: Some(person(number)), role: Role::Supervisor, solo: false }
    }

    fn asked(sign_off: SignOff) -> Standing {
        Standing::asked(Some(person(1)), sign_off)
    }

    #[test]
    fn within_his_limit_an_agent_decides_above_it_one_or_two_others() {
        assert_eq!(asked(SignOff::Agent).state, CompensationState::Approved);
        let one = asked(SignOff::Supervisor).approve(by(2)).unwrap();
        assert_eq!((one.standing.state, one.alone), (CompensationState::Approved, false));
        let first = asked(SignOff::TwoPersons).approve(by(2)).unwrap().standing;
        assert_eq!(first.state, CompensationState::Asked);
        assert_eq!(first.clone().approve(by(2)), Err(CompensationRefused::SamePerson));
        assert_eq!(first.clone().approve(by(1)), Err(CompensationRefused::Own));
        assert_eq!(first.approve(by(3)).unwrap().standing.state, CompensationState::Approved);
        let nobody = Deciding { user: None, ..by(2) };
        assert_eq!(asked(SignOff::Supervisor).approve(nobody), Err(CompensationRefused::Nobody));
    }

    #[test]
    fn who_does_it_all_alone_may_and_it_is_said() {
        let alone = |number, role, solo| Deciding { user: Some(person(number)), role, solo };
        let agreed = asked(SignOff::TwoPersons).approve(alone(1, Role::Owner, true)).unwrap();
        assert_eq!((agreed.standing.state, agreed.alone), (CompensationState::Approved, true));
        let refused = asked(SignOff::Supervisor).approve(alone(1, Role::Supervisor, true));
        assert_eq!(refused, Err(CompensationRefused::Own));
        let refused = asked(SignOff::Supervisor).approve(alone(1, Role::Owner, false));
        assert_eq!(refused, Err(CompensationRefused::Own));
        let agreed = asked(SignOff::Supervisor).approve(alone(2, Role::Owner, true)).unwrap();
        assert!(!agreed.alone, "another one asked");
    }

    #[test]
    fn nothing_is_paid_twice_or_unapproved() {
        let waiting = asked(SignOff::Supervisor);
        assert_eq!(waiting.clone().pay(), Err(CompensationRefused::NotApproved));
        let paid = waiting.clone().approve(by(2)).unwrap().standing.pay().unwrap();
        assert_eq!(paid.clone().pay(), Err(CompensationRefused::Paid));
        assert_eq!(paid.clone().undo(), Err(CompensationRefused::Paid));
        let confirmed = paid.clone().confirm().unwrap();
        assert_eq!(confirmed.clone().pay(), Err(CompensationRefused::Paid));
        assert_eq!(confirmed.clone().confirm(), Err(CompensationRefused::Confirmed));
        assert_eq!(confirmed.reverse(), Err(CompensationRefused::Confirmed));
        let back = paid.reverse().unwrap();
        assert!(!back.state.counts() && back.pay().is_err());
    }

    #[test]
    fn a_decision_is_taken_back_while_nothing_was_paid() {
        let first = asked(SignOff::TwoPersons).approve(by(2)).unwrap().standing;
        let both = first.approve(by(3)).unwrap().standing;
        let again = both.undo().unwrap();
        assert_eq!((again.state, again.approvals.len()), (CompensationState::Asked, 0));
        let refused = again.refuse().unwrap();
        assert_eq!(refused.undo().unwrap().state, CompensationState::Asked);
        assert!(asked(SignOff::Agent).undo().is_err() && asked(SignOff::Supervisor).undo().is_err());
    }
}
