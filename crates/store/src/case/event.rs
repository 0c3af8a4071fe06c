//! What happened to a case.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::reference::UserRef;

/// Kind of thing that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// It was opened.
    Opened,
    /// The buyer changed his review.
    ReviewRevised,
    /// Somebody got it.
    Assigned,
    /// It went back to the queue.
    Released,
    /// Somebody wrote a note.
    Note,
    /// Its state changed.
    StateChanged,
    /// Another department was asked.
    TaskAsked,
    /// It answered.
    TaskAnswered,
    /// The question was taken back.
    TaskCancelled,
    /// Removal of its review was asked for, answered, appealed.
    Removal,
    /// Somebody contacted the buyer, or tried to.
    ContactLogged,
    /// What he logged was taken back.
    ContactWithdrawn,
    /// Somebody said what no file holds.
    FactsStated,
    /// A step was ticked off.
    StepDone,
    /// It was not done after all.
    StepUndone,
    /// It goes on in another case.
    Merged,
    /// Another case goes on in this one.
    MergeReceived,
    /// It goes on by itself again.
    Split,
    /// Another case goes on by itself again.
    SplitOff,
    /// The buyer wants no messages.
    OptedOut,
    /// He wants them again.
    OptedIn,
    /// Somebody corrected what the machine had read in the review.
    ReadingCorrected,
    /// A correction was taken back.
    CorrectionUndone,
    /// A message to the buyer was sent by hand elsewhere, as the agent says.
    Message,
    /// Most of the time of a clock is gone.
    ClockWarned,
    /// All of it.
    ClockBreached,
    /// The supervisor was told.
    Escalated,
    /// Something was promised to the buyer.
    PromiseMade,
    /// It was kept.
    PromiseKept,
    /// Its time passed.
    PromiseBroken,
    /// It was taken back.
    PromiseWithdrawn,
    /// Something is to be given to the buyer.
    CompensationAsked,
    /// Somebody who has to agree does.
    CompensationApproved,
    /// Somebody does not.
    CompensationRefused,
    /// Such a decision was taken back.
    CompensationUndone,
    /// It went out.
    CompensationPaid,
    /// The platform says so too.
    CompensationConfirmed,
    /// It was taken back.
    CompensationReversed,
    /// An agent claims an incentive for it.
    IncentiveClaimed,
    /// Somebody verified it.
    IncentiveVerified,
    /// Somebody did not.
    IncentiveRefused,
    /// It was taken back, as the complaint returned.
    IncentiveClawedBack,
    /// A chat log tells of a message that was claimed.
    MessageConfirmed,
    /// A message to the buyer was written, refused, in doubt, decided about or taken back in the outbox.
    Outbox,
    /// A rule of automation, or a macro, was run.
    Automation,
}

impl EventKind {
    /// Every one there is, in order.
    pub const ALL: [Self; 45] = [
        Self::Opened,
        Self::ReviewRevised,
        Self::Assigned,
        Self::Released,
        Self::Note,
        Self::StateChanged,
        Self::TaskAsked,
        Self::TaskAnswered,
        Self::TaskCancelled,
        Self::Removal,
        Self::ContactLogged,
        Self::ContactWithdrawn,
        Self::FactsStated,
        Self::StepDone,
        Self::StepUndone,
        Self::Merged,
        Self::MergeReceived,
        Self::Split,
        Self::SplitOff,
        Self::OptedOut,
        Self::OptedIn,
        Self::ReadingCorrected,
        Self::CorrectionUndone,
        Self::Message,
        Self::ClockWarned,
        Self::ClockBreached,
        Self::Escalated,
        Self::PromiseMade,
        Self::PromiseKept,
        Self::PromiseBroken,
        Self::PromiseWithdrawn,
        Self::CompensationAsked,
        Self::CompensationApproved,
        Self::CompensationRefused,
        Self::CompensationUndone,
        Self::CompensationPaid,
        Self::CompensationConfirmed,
        Self::CompensationReversed,
        Self::IncentiveClaimed,
        Self::IncentiveVerified,
        Self::IncentiveRefused,
        Self::IncentiveClawedBack,
        Self::MessageConfirmed,
        Self::Outbox,
        Self::Automation,
    ];

    /// The stored code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::ReviewRevised => "review_revised",
            Self::Assigned => "assigned",
            Self::Released => "released",
            Self::Note => "note",
            Self::StateChanged => "state_changed",
            Self::TaskAsked => "task_asked",
            Self::TaskAnswered => "task_answered",
            Self::TaskCancelled => "task_cancelled",
            Self::Removal => "removal",
            Self::ContactLogged => "contact_logged",
            Self::ContactWithdrawn => "contact_withdrawn",
            Self::FactsStated => "facts_stated",
            Self::StepDone => "step_done",
            Self::StepUndone => "step_undone",
            Self::Merged => "merged",
            Self::MergeReceived => "merge_received",
            Self::Split => "split",
            Self::SplitOff => "split_off",
            Self::OptedOut => "opted_out",
            Self::OptedIn => "opted_in",
            Self::ReadingCorrected => "reading_corrected",
            Self::CorrectionUndone => "correction_undone",
            Self::Message => "message",
            Self::ClockWarned => "clock_warned",
            Self::ClockBreached => "clock_breached",
            Self::Escalated => "escalated",
            Self::PromiseMade => "promise_made",
            Self::PromiseKept => "promise_kept",
            Self::PromiseBroken => "promise_broken",
            Self::PromiseWithdrawn => "promise_withdrawn",
            Self::CompensationAsked => "compensation_asked",
            Self::CompensationApproved => "compensation_approved",
            Self::CompensationRefused => "compensation_refused",
            Self::CompensationUndone => "compensation_undone",
            Self::CompensationPaid => "compensation_paid",
            Self::CompensationConfirmed => "compensation_confirmed",
            Self::CompensationReversed => "compensation_reversed",
            Self::IncentiveClaimed => "incentive_claimed",
            Self::IncentiveVerified => "incentive_verified",
            Self::IncentiveRefused => "incentive_refused",
            Self::IncentiveClawedBack => "incentive_clawed_back",
            Self::MessageConfirmed => "message_confirmed",
            Self::Outbox => "outbox",
            Self::Automation => "automation",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Something that happened to a case.
#[derive(Debug, Clone)]
pub struct CaseEvent {
    /// Number within the case, from 1.
    pub seq: u32,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// Who did it; none is the system.
    pub actor: Option<UserRef>,
    /// More.
    pub body: serde_json::Value,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::from_code(kind.code()), Some(kind));
        }
    }
}
