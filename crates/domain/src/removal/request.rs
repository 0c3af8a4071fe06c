//! A removal request 评价申诉 as people file it by hand: what may be done with it, and what became of earlier ones.
//!
//! A request is filed, then answered; a refused one may be appealed, an answered one taken up again. Each step consumes the
//! state before it and may refuse with a reason. What is filed against the advice needs a reason and is counted apart:
//! platforms punish speculative requests ("high volumes of incorrect or speculative requests", AMZ-FBA).

use jiff::Timestamp;
use thiserror::Error;

use super::answer::Verdict;
use crate::pack::Outcome;
use crate::words::words;

words! {
    /// How far a request has come.
    RequestState {
        /// 已提交: the platform has not answered.
        Filed = "filed",
        /// 已通过: it did what was asked.
        Granted = "granted",
        /// 已驳回: it did not.
        Refused = "refused",
        /// 复议中: somebody asked again, with more to show.
        Appealed = "appealed",
        /// 已撤回: nobody waits for an answer any more.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What happened to a request.
    StepKind {
        /// It was filed.
        Filed = "filed",
        /// The platform granted it.
        Granted = "granted",
        /// The platform refused it.
        Refused = "refused",
        /// The refusal was appealed.
        Appealed = "appealed",
        /// It is open again: the answer was wrong, taken back, or asks for more.
        Reopened = "reopened",
        /// It was taken back.
        Withdrawn = "withdrawn",
    }
}

/// Why a step is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RequestRefused {
    /// Another request about the review waits for its answer.
    #[error("a request about this review is waiting for its answer; record that first")]
    AlreadyWaiting,
    /// The review is removed or struck already.
    #[error("the platform has granted a request about this review; there is nothing left to ask")]
    AlreadyGranted,
    /// The advice is against it, and nobody said why it is filed all the same.
    #[error("the facts do not carry this ground; say why you file it all the same")]
    ReasonNeeded,
    /// A time that is still to come, or before the thing it follows.
    #[error("that time cannot be right: it lies ahead, or before what came first")]
    WrongTime,
    /// Only a waiting request has an answer to come.
    #[error("this request is not waiting for an answer")]
    NotWaiting,
    /// Only a refusal is appealed.
    #[error("only a refused request can be appealed")]
    NotRefused,
    /// It is open.
    #[error("this request is open; there is nothing to take up again")]
    StillOpen,
}

/// What is known when somebody files.
#[derive(Debug, Clone, Copy)]
pub struct Filing<'a> {
    /// What the engine says of the ground.
    pub advice: Verdict,
    /// Why it is filed all the same.
    pub reason: Option<&'a str>,
    /// The states of earlier requests about the review.
    pub earlier: &'a [RequestState],
    /// When the review was written.
    pub written: Option<Timestamp>,
    /// When it was filed.
    pub at: Timestamp,
    /// Now.
    pub now: Timestamp,
}

impl Filing<'_> {
    /// Whether it goes against the advice: the ground does not hold on the facts at hand.
    #[must_use]
    pub fn is_against_advice(&self) -> bool {
        self.advice != Verdict::Eligible
    }

    /// A new request.
    ///
    /// # Errors
    /// [`RequestRefused`] while another one waits or was granted, for a wrong time, and against the advice without a reason.
    pub fn file(&self) -> Result<RequestState, RequestRefused> {
        if self.earlier.iter().any(|state| state.is_waiting()) {
            return Err(RequestRefused::AlreadyWaiting);
        }
        if self.earlier.contains(&RequestState::Granted) {
            return Err(RequestRefused::AlreadyGranted);
        }
        if self.at > self.now || self.written.is_some_and(|written| self.at < written) {
            return Err(RequestRefused::WrongTime);
        }
        if self.is_against_advice() && self.reason.is_none_or(|reason| reason.trim().is_empty()) {
            return Err(RequestRefused::ReasonNeeded);
        }
        Ok(RequestState::Filed)
    }
}

impl RequestState {
    /// Whether the platform still has to answer.
    #[must_use]
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Filed | Self::Appealed)
    }

    /// The platform has answered.
    ///
    /// # Errors
    /// [`RequestRefused::NotWaiting`].
    pub fn answered(self, granted: bool) -> Result<Self, RequestRefused> {
        match self {
            Self::Filed | Self::Appealed if granted => Ok(Self::Granted),
            Self::Filed | Self::Appealed => Ok(Self::Refused),
            Self::Granted | Self::Refused | Self::Withdrawn => Err(RequestRefused::NotWaiting),
        }
    }

    /// The refusal is appealed.
    ///
    /// # Errors
    /// [`RequestRefused::NotRefused`].
    pub fn appealed(self) -> Result<Self, RequestRefused> {
        match self {
            Self::Refused => Ok(Self::Appealed),
            Self::Filed | Self::Granted | Self::Appealed | Self::Withdrawn => Err(RequestRefused::NotRefused),
        }
    }

    /// It is taken up again: the answer was written down wrongly, taken back, or asks for more.
    ///
    /// # Errors
    /// [`RequestRefused::StillOpen`].
    pub fn reopened(self) -> Result<Self, RequestRefused> {
        match self {
            Self::Granted | Self::Refused | Self::Withdrawn => Ok(Self::Filed),
            Self::Filed | Self::Appealed => Err(RequestRefused::StillOpen),
        }
    }

    /// It is taken back.
    ///
    /// # Errors
    /// [`RequestRefused::NotWaiting`].
    pub fn withdrawn(self) -> Result<Self, RequestRefused> {
        match self {
            Self::Filed | Self::Appealed => Ok(Self::Withdrawn),
            Self::Granted | Self::Refused | Self::Withdrawn => Err(RequestRefused::NotWaiting),
        }
    }

    /// The state after a step; none for [`StepKind::Filed`], which begins a request.
    ///
    /// # Errors
    /// As the step's own function.
    pub fn after(self, step: StepKind) -> Result<Self, RequestRefused> {
        match step {
            StepKind::Filed => Err(RequestRefused::AlreadyWaiting),
            StepKind::Granted => self.answered(true),
            StepKind::Refused => self.answered(false),
            StepKind::Appealed => self.appealed(),
            StepKind::Reopened => self.reopened(),
            StepKind::Withdrawn => self.withdrawn(),
        }
    }
}

/// Whether the review itself is gone once a request for this outcome is granted. Words that go while the rating stays
/// (X13), and feedback that is struck, leave it where it is.
#[must_use]
pub fn takes_review_away(outcome: Outcome) -> bool {
    outcome == Outcome::Removed
}

/// What became of earlier requests under one ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrackRecord {
    /// Filed, those taken back left out.
    pub asked: u32,
    /// Granted.
    pub granted: u32,
    /// Refused, and not appealed since.
    pub refused: u32,
    /// Of those asked, filed against the advice.
    pub against_advice: u32,
}

/// Answers before a ground is judged by its record.
const ENOUGH: u32 = 5;
/// A ground whose requests were granted less often than one in so many has a poor record. A rule of the house, no
/// platform's.
const ONE_IN: u32 = 3;

impl TrackRecord {
    /// Counts one request.
    pub fn add(&mut self, state: RequestState, against_advice: bool) {
        if state == RequestState::Withdrawn {
            return;
        }
        self.asked += 1;
        self.granted += u32::from(state == RequestState::Granted);
        self.refused += u32::from(state == RequestState::Refused);
        self.against_advice += u32::from(against_advice);
    }

    /// Whether most of what was asked under it was refused: to be said before the next request.
    #[must_use]
    pub fn is_poor(self) -> bool {
        let answered = self.granted + self.refused;
        answered >= ENOUGH && self.granted * ONE_IN < answered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filing<'a>(advice: Verdict, reason: Option<&'a str>, earlier: &'a [RequestState]) -> Filing<'a> {
        let day = |text: &str| text.parse().unwrap();
        Filing {
            advice,
            reason,
            earlier,
            written: Some(day("2026-11-01T00:00:00Z")),
            at: day("2026-11-02T00:00:00Z"),
            now: day("2026-11-03T00:00:00Z"),
        }
    }

    #[test]
    fn what_the_facts_do_not_carry_needs_a_reason() {
        assert_eq!(filing(Verdict::Eligible, None, &[]).file(), Ok(RequestState::Filed));
        for advice in [Verdict::NeedsEvidence, Verdict::Expired, Verdict::NotEligible, Verdict::NoRule] {
            assert_eq!(filing(advice, Some("  "), &[]).file(), Err(RequestRefused::ReasonNeeded));
            let filed = filing(advice, Some("客服电话里已确认受理"), &[]);
            assert_eq!((filed.file(), filed.is_against_advice()), (Ok(RequestState::Filed), true));
        }
    }

    #[test]
    fn one_request_at_a_time_and_none_after_a_grant() {
        let again = |earlier: &[RequestState]| filing(Verdict::Eligible, None, earlier).file();
        assert_eq!(again(&[RequestState::Filed]), Err(RequestRefused::AlreadyWaiting));
        assert_eq!(again(&[RequestState::Appealed]), Err(RequestRefused::AlreadyWaiting));
        assert_eq!(again(&[RequestState::Granted]), Err(RequestRefused::AlreadyGranted));
        assert_eq!(again(&[RequestState::Refused, RequestState::Withdrawn]), Ok(RequestState::Filed));
    }

    #[test]
    fn a_time_lies_between_the_review_and_now() {
        let now = filing(Verdict::Eligible, None, &[]);
        for at in ["2026-10-31T00:00:00Z", "2026-11-03T00:00:01Z"] {
            let wrong = Filing { at: at.parse().unwrap(), ..now };
            assert_eq!(wrong.file(), Err(RequestRefused::WrongTime));
        }
    }

    #[test]
    fn refused_then_appealed_then_granted() {
        let refused = RequestState::Filed.answered(false).unwrap();
        assert_eq!(refused.answered(true), Err(RequestRefused::NotWaiting));
        let appealed = refused.appealed().unwrap();
        assert_eq!(appealed.answered(true), Ok(RequestState::Granted));
        assert_eq!(RequestState::Granted.appealed(), Err(RequestRefused::NotRefused));
        assert_eq!(RequestState::Granted.reopened(), Ok(RequestState::Filed));
        assert_eq!(appealed.reopened(), Err(RequestRefused::StillOpen));
        assert_eq!(appealed.withdrawn(), Ok(RequestState::Withdrawn));
        assert_eq!(RequestState::Refused.withdrawn(), Err(RequestRefused::NotWaiting));
    }

    #[test]
    fn a_poor_record_is_one_with_answers() {
        let mut record = TrackRecord::default();
        for state in [RequestState::Refused; 4] {
            record.add(state, false);
        }
        assert!(!record.is_poor(), "four answers are few");
        record.add(RequestState::Withdrawn, true);
        record.add(RequestState::Granted, true);
        assert!(record.is_poor());
        assert_eq!((record.asked, record.against_advice), (5, 1));
        record.add(RequestState::Granted, false);
        record.add(RequestState::Filed, false);
        assert!(!record.is_poor());
    }
}
