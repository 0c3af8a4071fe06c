//! How soon buyers' messages are answered.

use jiff::{SignedDuration, Timestamp};

use super::measure::{Measure, Span};
use crate::pack::Grade;
use crate::source::Source;

/// A message has to be answered within this time, weekends and holidays included (AMZ-CRT, grade A).
const IN_TIME: SignedDuration = SignedDuration::from_hours(24);

/// A message from a buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuyerMessage {
    /// When it came; windows count by this.
    pub received: Timestamp,
    /// When a person first answered. An automatic answer is none.
    pub answered: Option<Timestamp>,
    /// Marked as needing no answer.
    pub needs_no_answer: bool,
}

impl BuyerMessage {
    /// Late or not; `None` while there is still time.
    fn is_late(&self, as_of: Timestamp) -> Option<bool> {
        let waited = |until: Timestamp| until.duration_since(self.received) > IN_TIME;
        match self.answered.filter(|answered| *answered <= as_of) {
            Some(answered) => Some(waited(answered)),
            None => waited(as_of).then_some(true),
        }
    }
}

/// Late responses: messages answered after more than 24 hours or not at all, of the messages of the last 7, 30 or 90 days
/// that need an answer; those whose time is still running are not counted yet (AMZ-CRT, AMZ-CRT2). The sources name
/// no target.
#[must_use]
pub fn late_responses(messages: &[BuyerMessage], days: u16, as_of: Timestamp) -> Measure {
    let window = Span::last_days(days, as_of);
    let counted =
        messages.iter().filter(|message| !message.needs_no_answer && window.holds(message.received));
    let judged: Vec<bool> = counted.filter_map(|message| message.is_late(as_of)).collect();
    Measure {
        code: "late_response_rate",
        numerator: judged.iter().filter(|late| **late).count() as u64,
        denominator: judged.len() as u64,
        window: Some(window),
        target: None,
        grade: Grade::A,
        source: vec![Source::new("AMZ-CRT"), Source::new("AMZ-CRT2")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_four_hours_are_in_time_and_the_weekend_counts() {
        let at = |text: &str| format!("2026-11-{text}Z").parse::<Timestamp>().unwrap();
        let message = |received: &str, answered: Option<&str>| BuyerMessage {
            received: at(received),
            answered: answered.map(at),
            needs_no_answer: false,
        };
        let messages = [
            message("14T10:00:00", Some("15T10:00:00")),
            message("14T10:00:00", Some("15T10:00:01")),
            message("13T09:00:00", None),
            message("15T11:30:00", None),
            BuyerMessage { needs_no_answer: true, ..message("13T09:00:00", None) },
            message("01T09:00:00", None),
            message("15T10:00:00", Some("17T10:00:00")),
        ];
        let late = late_responses(&messages, 7, at("15T12:00:00"));
        assert_eq!((late.numerator, late.denominator, late.meets()), (2, 3, None));
        assert_eq!(late_responses(&messages, 30, at("15T12:00:00")).numerator, 3);
    }
}
