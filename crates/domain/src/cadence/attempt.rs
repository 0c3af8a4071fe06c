//! Contacts that were made.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::contact::ContactChannel;
use crate::call::CallResult;

/// A contact that was made, whatever came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// By what.
    pub channel: ContactChannel,
    /// What came of it; unknown counts as a contact like any other.
    pub result: Option<CallResult>,
}

impl Attempt {
    /// Whether the buyer was reached; a call that nobody answered was only tried. Both count as a contact.
    #[must_use]
    pub fn has_reached(&self) -> bool {
        self.result.is_some_and(|result| result != CallResult::NoAnswer)
    }
}

/// How often a buyer was contacted, by local day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Attempts {
    /// Contacts that reached him.
    pub reached: u32,
    /// Contacts that did not, or of which nobody knows.
    pub tried: u32,
    #[serde(skip)]
    by_day: BTreeMap<Date, (u32, u32)>,
}

impl Attempts {
    /// Counts attempts by the buyer's local days.
    #[must_use]
    pub fn new(attempts: &[Attempt], zone: &TimeZone) -> Self {
        let mut counted = Self::default();
        for attempt in attempts {
            *(if attempt.has_reached() { &mut counted.reached } else { &mut counted.tried }) += 1;
            let day = counted.by_day.entry(attempt.at.to_zoned(zone.clone()).date()).or_default();
            day.0 += 1;
            day.1 += u32::from(attempt.channel == ContactChannel::Phone);
        }
        counted
    }

    /// Contacts on a local day.
    #[must_use]
    pub fn on(&self, date: Date) -> u32 {
        self.by_day.get(&date).map_or(0, |day| day.0)
    }

    /// Calls on a local day.
    #[must_use]
    pub fn calls_on(&self, date: Date) -> u32 {
        self.by_day.get(&date).map_or(0, |day| day.1)
    }

    /// Local days with a contact.
    #[must_use]
    pub fn days(&self) -> usize {
        self.by_day.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reached_and_tried_are_told_apart_and_both_count_on_their_local_day() {
        let attempt = |at: &str, channel, result| Attempt { at: at.parse().unwrap(), channel, result };
        let attempts = [
            attempt("2026-07-01T15:59:00Z", ContactChannel::Phone, Some(CallResult::NoAnswer)),
            attempt("2026-07-01T16:01:00Z", ContactChannel::Phone, Some(CallResult::Talked)),
            attempt("2026-07-02T10:00:00Z", ContactChannel::Sms, None),
        ];
        let counted = Attempts::new(&attempts, &TimeZone::get("Asia/Shanghai").unwrap());
        assert_eq!((counted.reached, counted.tried, counted.days()), (1, 2, 2));
        let second = "2026-07-02".parse().unwrap();
        assert_eq!((counted.on(second), counted.calls_on(second)), (2, 1));
    }
}
