//! How something in the outbox goes on.

use jiff::SignedDuration;
use thiserror::Error;

use crate::words::words;

words! {
    /// A way out of the desk.
    OutChannel {
        /// E-mail to the buyer's own address of the order.
        Mail = "mail",
        /// A system of the owner's, by Standard Webhooks.
        Webhook = "webhook",
        /// A robot in a group of DingTalk 钉钉.
        DingTalk = "dingtalk",
        /// A robot in a group of WeCom 企业微信.
        WeCom = "wecom",
        /// A robot in a group of Feishu 飞书.
        Feishu = "feishu",
    }
}

words! {
    /// What may be done when nobody knows whether something has left.
    Delivery {
        /// The other side drops what it has had under the same key: it is sent again.
        Keyed = "keyed",
        /// The other side can be asked whether it has it.
        Queryable = "queryable",
        /// Neither: a machine never sends it again.
        Blind = "blind",
    }
}

words! {
    /// How far it has come.
    OutState {
        /// 待发送: waits for its time.
        Queued = "queued",
        /// 准备发送: a worker has it and has called nobody yet.
        Claimed = "claimed",
        /// 发送中: the other side may have been called.
        Handed = "handed",
        /// 已发出.
        Sent = "sent",
        /// 未发出: surely not sent; a person may try again.
        Refused = "refused",
        /// 待核实是否发出: nobody knows; a person decides.
        InDoubt = "in_doubt",
        /// 已撤回: taken back before it went, or given up.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Why it waits, was refused, or is in doubt.
    OutReason {
        /// The guard stops the words by now.
        Guard = "guard",
        /// The buyer wants no messages.
        OptOut = "opt_out",
        /// There is no address.
        NoAddress = "no_address",
        /// The platform does not allow this channel.
        NotAllowed = "not_allowed",
        /// The channel is not set up, or off.
        ChannelOff = "channel_off",
        /// The case is gone or over.
        CaseOver = "case_over",
        /// The other side said no.
        Rejected = "rejected",
        /// The other side could not be reached, several times.
        Unreachable = "unreachable",
        /// It was handed over and no answer came.
        NoAnswer = "no_answer",
        /// The program ended between handing it over and the answer.
        ProgramEnded = "program_ended",
        /// It waits for the hours of messages.
        QuietHours = "quiet_hours",
        /// Another message of the case is in doubt.
        OtherInDoubt = "other_in_doubt",
        /// The other side is busy or away; it is tried again.
        Later = "later",
        /// A person gave it up.
        GivenUp = "given_up",
    }
}

words! {
    /// What a person says of something in doubt.
    Decision {
        /// It has left.
        WasSent = "was_sent",
        /// It has not: send it.
        SendAgain = "send_again",
        /// It has not, and is not needed any more.
        GiveUp = "give_up",
    }
}

/// What came of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The other side has it.
    Taken,
    /// It does not take it, now or later.
    Refused,
    /// It surely did not take it, and may do so later.
    NotTaken,
    /// Nobody knows.
    Unknown,
}

/// How it goes on after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is sent.
    Sent,
    /// It is refused.
    Refused(OutReason),
    /// It goes back to the queue for so long.
    Queue(SignedDuration),
    /// It stays handed over for so long and is then called again or asked about, as its channel allows.
    Again(SignedDuration),
    /// A person has to look.
    InDoubt(OutReason),
}

/// What to do with something handed over whose worker is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovery {
    /// Send it under the same key.
    Resend,
    /// Ask the other side.
    Ask,
    /// Leave it to a person.
    Doubt,
}

/// Calls after which something that cannot be reached is given to a person: the waits between them add up to a quarter of a
/// day.
pub const MOST_CALLS: u32 = 8;

/// Why a step is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OutRefused {
    /// It is on its way.
    #[error("this is being sent now and can no longer be taken back")]
    OnItsWay,
    /// It was sent.
    #[error("this was sent already")]
    Sent,
    /// It was taken back or given up.
    #[error("this was taken back or given up already")]
    Withdrawn,
    /// It was refused.
    #[error("this was not sent; try it again instead")]
    Refused,
    /// It still waits for its time.
    #[error("this still waits for its time")]
    Waiting,
    /// Nobody knows whether it was sent.
    #[error("nobody knows whether this was sent: decide that first")]
    InDoubt,
    /// There is nothing to decide.
    #[error("there is no doubt about this one")]
    NotInDoubt,
    /// Too far ahead.
    #[error("a message is scheduled for thirty days ahead at most")]
    TooFar,
}

/// A worker takes it. One whose first worker is gone is taken as well; something handed over stays so.
///
/// # Errors
/// [`OutRefused`] for what is over or in doubt.
pub fn claimed(state: OutState) -> Result<OutState, OutRefused> {
    match state {
        OutState::Queued | OutState::Claimed => Ok(OutState::Claimed),
        OutState::Handed => Ok(OutState::Handed),
        OutState::InDoubt => Err(OutRefused::InDoubt),
        OutState::Sent => Err(OutRefused::Sent),
        OutState::Refused => Err(OutRefused::Refused),
        OutState::Withdrawn => Err(OutRefused::Withdrawn),
    }
}

/// Somebody takes it back before it goes.
///
/// # Errors
/// [`OutRefused`] once a worker has it, or when it is over.
pub fn withdrawn(state: OutState) -> Result<OutState, OutRefused> {
    match state {
        OutState::Queued => Ok(OutState::Withdrawn),
        OutState::Claimed | OutState::Handed => Err(OutRefused::OnItsWay),
        OutState::Sent => Err(OutRefused::Sent),
        OutState::Refused => Err(OutRefused::Refused),
        OutState::InDoubt => Err(OutRefused::InDoubt),
        OutState::Withdrawn => Err(OutRefused::Withdrawn),
    }
}

/// Somebody has it tried again that was refused.
///
/// # Errors
/// [`OutRefused`] for everything else.
pub fn retried(state: OutState) -> Result<OutState, OutRefused> {
    match state {
        OutState::Refused => Ok(OutState::Queued),
        OutState::Queued => Err(OutRefused::Waiting),
        OutState::Claimed | OutState::Handed => Err(OutRefused::OnItsWay),
        OutState::Sent => Err(OutRefused::Sent),
        OutState::InDoubt => Err(OutRefused::InDoubt),
        OutState::Withdrawn => Err(OutRefused::Withdrawn),
    }
}

/// A person says what became of something in doubt.
///
/// # Errors
/// [`OutRefused::NotInDoubt`] for everything else.
pub fn decided(state: OutState, decision: Decision) -> Result<OutState, OutRefused> {
    match (state, decision) {
        (OutState::InDoubt, Decision::WasSent) => Ok(OutState::Sent),
        (OutState::InDoubt, Decision::SendAgain) => Ok(OutState::Queued),
        (OutState::InDoubt, Decision::GiveUp) => Ok(OutState::Withdrawn),
        _ => Err(OutRefused::NotInDoubt),
    }
}

/// How it goes on after the answer to its `call`-th call (from 1). What is unknown of a blind channel is never called again.
#[must_use]
pub fn after_answer(delivery: Delivery, answer: Answer, call: u32) -> Next {
    let is_last = call >= MOST_CALLS;
    match (answer, delivery) {
        (Answer::Taken, _) => Next::Sent,
        (Answer::Refused, _) => Next::Refused(OutReason::Rejected),
        (Answer::NotTaken, _) if is_last => Next::Refused(OutReason::Unreachable),
        (Answer::NotTaken, _) => Next::Queue(wait(call)),
        (Answer::Unknown, Delivery::Blind) => Next::InDoubt(OutReason::NoAnswer),
        (Answer::Unknown, _) if is_last => Next::InDoubt(OutReason::NoAnswer),
        (Answer::Unknown, Delivery::Keyed | Delivery::Queryable) => Next::Again(wait(call)),
    }
}

/// What to do with something handed over whose worker is gone.
#[must_use]
pub fn after_loss(delivery: Delivery) -> Recovery {
    match delivery {
        Delivery::Keyed => Recovery::Resend,
        Delivery::Queryable => Recovery::Ask,
        Delivery::Blind => Recovery::Doubt,
    }
}

/// Half a minute, then twice as long each time, two hours at most.
fn wait(call: u32) -> SignedDuration {
    SignedDuration::from_secs((30_i64 << call.saturating_sub(1).min(8)).min(7200))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blind_channel_is_never_called_again_by_a_machine() {
        assert_eq!(after_loss(Delivery::Blind), Recovery::Doubt);
        for call in 1..20 {
            assert_eq!(
                after_answer(Delivery::Blind, Answer::Unknown, call),
                Next::InDoubt(OutReason::NoAnswer)
            );
        }
        assert!(claimed(OutState::InDoubt).is_err(), "no worker takes it from there");
    }

    #[test]
    fn what_surely_was_not_taken_is_tried_again_and_then_left_to_a_person() {
        for delivery in Delivery::ALL.iter().copied() {
            assert_eq!(
                after_answer(delivery, Answer::NotTaken, 1),
                Next::Queue(SignedDuration::from_secs(30))
            );
            assert_eq!(
                after_answer(delivery, Answer::NotTaken, MOST_CALLS),
                Next::Refused(OutReason::Unreachable)
            );
            assert_eq!(after_answer(delivery, Answer::Taken, 3), Next::Sent);
            assert_eq!(after_answer(delivery, Answer::Refused, 1), Next::Refused(OutReason::Rejected));
        }
        assert_eq!(
            after_answer(Delivery::Keyed, Answer::Unknown, 2),
            Next::Again(SignedDuration::from_secs(60))
        );
        assert_eq!(
            after_answer(Delivery::Queryable, Answer::Unknown, MOST_CALLS),
            Next::InDoubt(OutReason::NoAnswer)
        );
    }

    #[test]
    fn only_what_nobody_has_begun_is_taken_back() {
        for state in OutState::ALL.iter().copied() {
            assert_eq!(withdrawn(state).is_ok(), state == OutState::Queued, "{state:?}");
            assert_eq!(retried(state).is_ok(), state == OutState::Refused, "{state:?}");
            assert_eq!(decided(state, Decision::WasSent).is_ok(), state == OutState::InDoubt, "{state:?}");
        }
    }

    #[test]
    fn what_is_sent_stays_sent() {
        let over = [OutState::Sent, OutState::Withdrawn];
        for state in over {
            assert!(claimed(state).is_err() && withdrawn(state).is_err() && retried(state).is_err());
            for decision in Decision::ALL.iter().copied() {
                assert!(decided(state, decision).is_err());
            }
        }
    }
}
