//! Why no contact follows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::intake::codes;
use crate::say::Say;

codes! {
    /// Why no contact follows.
    StopReason {
        /// The buyer does not want messages.
        OptOut = "opt_out",
        /// The buyer does not want to talk about it.
        Refused = "refused",
        /// The buyer has changed the review.
        Changed = "changed",
        /// Extortion, a competitor or a threat: only the platform's way.
        Malicious = "malicious",
        /// The platform allows no channel.
        NoChannel = "no_channel",
        /// The platform's time for messages is over.
        MessagesClosed = "messages_closed",
        /// The case has had its days with a contact.
        DaysUsed = "days_used",
        /// The fifth day is over.
        RhythmOver = "rhythm_over",
    }
}

impl StopReason {
    /// The reason as a sentence.
    #[must_use]
    pub fn say(self) -> Say {
        let (zh, en) = match self {
            Self::OptOut => {
                ("买家不愿再收到消息，不再联系", "the buyer wants no more messages; nobody contacts him")
            }
            Self::Refused => (
                "买家不愿谈这件事，到此为止",
                "the buyer does not want to talk about it; that is the end of it",
            ),
            Self::Changed => ("买家已经处理了，不再打扰", "the buyer has dealt with it; leave him in peace"),
            Self::Malicious => (
                "恶意评价只走平台流程，不私下联系",
                "a malicious review goes the platform's way only; nobody makes a deal",
            ),
            Self::NoChannel => {
                ("这个平台没有可以用的联系渠道", "this platform allows no channel that could be used")
            }
            Self::MessagesClosed => (
                "平台允许主动联系的时间已过，只回复买家来信",
                "the platform's time for messages of our own accord is over; only answer what the buyer writes",
            ),
            Self::DaysUsed => {
                ("已联系满三天，再多就是打扰", "three days with a contact are enough; more would disturb")
            }
            Self::RhythmOver => {
                ("第五天已过，跟进节奏结束", "the fifth day is over and the rhythm of contacts with it")
            }
        };
        Say::new(zh, en)
    }
}

/// Since when, or from when, no contact follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stop {
    /// The instant.
    pub at: Timestamp,
    /// The reason's code.
    pub reason: StopReason,
    /// The reason.
    pub why: Say,
}

impl Stop {
    pub(super) fn new(at: Timestamp, reason: StopReason) -> Self {
        Self { at, reason, why: reason.say() }
    }
}
