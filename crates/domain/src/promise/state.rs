//! How a promise goes on.

use jiff::Timestamp;
use thiserror::Error;

use crate::words::words;

words! {
    /// How far a promise has come.
    PromiseState {
        /// 待兑现: nobody has said that it was kept, and its time has not passed.
        Open = "open",
        /// 已兑现: it was kept.
        Kept = "kept",
        /// 已失约: its time passed. It can still be kept, late.
        Broken = "broken",
        /// 已撤回: it was none, or the buyer no longer needs it.
        Withdrawn = "withdrawn",
    }
}

/// Why a promise stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PromiseRefused {
    /// It was kept.
    #[error("this promise was kept already")]
    Kept,
    /// It was withdrawn.
    #[error("this promise was taken back already")]
    Withdrawn,
    /// Its time has passed: what was broken stays counted.
    #[error("the time of this promise has passed; it can be kept late, not taken back")]
    Broken,
}

impl PromiseState {
    /// It was kept, in time or late.
    ///
    /// # Errors
    /// [`PromiseRefused`] when it is over.
    pub fn kept(self) -> Result<Self, PromiseRefused> {
        match self {
            Self::Open | Self::Broken => Ok(Self::Kept),
            Self::Kept => Err(PromiseRefused::Kept),
            Self::Withdrawn => Err(PromiseRefused::Withdrawn),
        }
    }

    /// It was none, or nobody needs it any more.
    ///
    /// # Errors
    /// [`PromiseRefused`] when it is over or broken.
    pub fn withdrawn(self) -> Result<Self, PromiseRefused> {
        match self {
            Self::Open => Ok(Self::Withdrawn),
            Self::Kept => Err(PromiseRefused::Kept),
            Self::Withdrawn => Err(PromiseRefused::Withdrawn),
            Self::Broken => Err(PromiseRefused::Broken),
        }
    }

    /// What it is once time has passed; it is broken from the second after its last one.
    #[must_use]
    pub fn at(self, due: Option<Timestamp>, now: Timestamp) -> Self {
        match self {
            Self::Open if due.is_some_and(|due| due < now) => Self::Broken,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_broken_is_kept_late_but_never_taken_back() {
        use PromiseState::{Broken, Kept, Open, Withdrawn};
        assert_eq!((Open.kept(), Broken.kept()), (Ok(Kept), Ok(Kept)));
        assert_eq!(Open.withdrawn(), Ok(Withdrawn));
        assert_eq!(Broken.withdrawn(), Err(PromiseRefused::Broken));
        for over in [Kept, Withdrawn] {
            assert!(over.kept().is_err() && over.withdrawn().is_err());
        }
    }

    #[test]
    fn it_is_broken_once_its_last_second_is_over() {
        let due = Timestamp::from_second(100).expect("an instant");
        let now = |second| Timestamp::from_second(second).expect("an instant");
        assert_eq!(PromiseState::Open.at(Some(due), now(100)), PromiseState::Open);
        assert_eq!(PromiseState::Open.at(Some(due), now(101)), PromiseState::Broken);
        assert_eq!(PromiseState::Open.at(None, now(101)), PromiseState::Open);
        assert_eq!(PromiseState::Kept.at(Some(due), now(101)), PromiseState::Kept);
    }
}
