//! What a case waits for, and what opens it again.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// Who has to move before the case goes on.
    WaitingFor {
        /// The buyer 等买家.
        Buyer = "buyer",
        /// The warehouse 等仓库.
        Warehouse = "warehouse",
        /// The carrier 等快递.
        Carrier = "carrier",
        /// The platform 等平台.
        Platform = "platform",
        /// Somebody who has to agree 等审核.
        Approval = "approval",
    }
}

words! {
    /// What opened an ended case again.
    Reopening {
        /// The buyer changed his review.
        Revised = "revised",
        /// He wrote a follow-up 追评.
        Followup = "followup",
        /// He wrote a message.
        Message = "message",
        /// The platform no longer grants what it granted: the request is taken up again.
        Removal = "removal",
        /// A person, who says why.
        Person = "person",
    }
}

/// What a case waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Whom.
    pub on: WaitingFor,
    /// Since when.
    pub since: Timestamp,
    /// Until when at most; then the case is taken up again. `None` waits until something happens.
    pub until: Option<Timestamp>,
}

impl Waiting {
    /// Whether the time is up.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= now)
    }

    /// Whether a message of the buyer at an instant ends it: he was waited for, and it came since.
    #[must_use]
    pub fn is_answered_by(&self, message: Timestamp) -> bool {
        self.on == WaitingFor::Buyer && message > self.since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_ends_by_its_time_or_by_the_buyer_it_was_for() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let since = at("2026-11-01T00:00:00Z");
        let waiting = Waiting { on: WaitingFor::Buyer, since, until: Some(at("2026-11-02T00:00:00Z")) };
        assert!(!waiting.is_over(at("2026-11-01T23:59:59Z")) && waiting.is_over(at("2026-11-02T00:00:00Z")));
        assert!(!waiting.is_answered_by(since), "what he said before is not the answer");
        assert!(waiting.is_answered_by(at("2026-11-01T00:00:01Z")));
        let carrier = Waiting { on: WaitingFor::Carrier, ..waiting };
        assert!(!carrier.is_answered_by(at("2026-11-01T10:00:00Z")));
        assert!(!Waiting { until: None, ..waiting }.is_over(Timestamp::MAX));
    }
}
