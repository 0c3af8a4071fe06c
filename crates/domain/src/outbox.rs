//! The outbox 发送: what goes out of the desk, and the states it passes through so that nothing is lost and nothing is sent
//! twice.
//!
//! `queued → claimed → handed → sent / refused / in_doubt`. *Handed* is committed before the other side is called: after it
//! nobody knows whether the words have left until an answer is committed too. What a machine may do then depends on the
//! channel ([`Delivery`]): one that drops repeated keys is called again, one that can be asked is asked, any other is left
//! to a person.

mod event;
mod state;

pub use event::TeamEvent;
pub use state::{
    Answer, Decision, Delivery, MOST_CALLS, Next, OutChannel, OutReason, OutRefused, OutState, Recovery,
    after_answer, after_loss, claimed, decided, retried, withdrawn,
};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::cadence::{ContactChannel, Rhythm};

/// How long a message may be taken back after it was written, in seconds (house).
pub const UNDO_SECONDS: u32 = 10;
/// Furthest ahead that a message may be scheduled, in days (house).
pub const FURTHEST_DAYS: i64 = 30;

/// When a message may go: at once, or not before an instant. The first one and answers go at any hour; what follows of the
/// shop's own accord keeps to the hours of messages, in the zone of the shop (house).
#[must_use]
pub fn not_before(is_first: bool, answers: bool, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    if is_first || answers {
        return None;
    }
    let opens = Rhythm::messages_open(ContactChannel::Email, zone, now)?;
    (opens > now).then_some(opens)
}

/// When a message that is written now goes out: at the wished instant, and never before it can no longer be taken back.
///
/// # Errors
/// [`OutRefused::TooFar`] for more than thirty days ahead.
pub fn send_at(
    wished: Option<Timestamp>,
    undo_seconds: u32,
    now: Timestamp,
) -> Result<Timestamp, OutRefused> {
    let after = |seconds: i64| now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now);
    let earliest = after(i64::from(undo_seconds));
    match wished {
        Some(wished) if wished > after(FURTHEST_DAYS * 24 * 3600) => Err(OutRefused::TooFar),
        Some(wished) => Ok(wished.max(earliest)),
        None => Ok(earliest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn what_follows_keeps_to_the_hours_of_messages() {
        let zone = TimeZone::get("Asia/Shanghai").expect("a zone");
        let (late, noon) = (at("2026-11-22T14:30:00Z"), at("2026-11-22T04:00:00Z"));
        assert_eq!(not_before(false, false, &zone, noon), None);
        assert_eq!(
            not_before(false, false, &zone, late),
            Some(at("2026-11-23T01:00:00Z")),
            "nine the next morning"
        );
        assert_eq!(not_before(true, false, &zone, late), None, "the first goes at once");
        assert_eq!(not_before(false, true, &zone, late), None, "and so does an answer");
        let early = at("2026-11-22T00:10:00Z");
        assert_eq!(not_before(false, false, &zone, early), Some(at("2026-11-22T01:00:00Z")));
    }

    #[test]
    fn it_can_be_taken_back_before_it_goes() {
        let now = at("2026-11-22T04:00:00Z");
        assert_eq!(send_at(None, 10, now), Ok(at("2026-11-22T04:00:10Z")));
        assert_eq!(send_at(Some(at("2026-11-22T03:00:00Z")), 10, now), Ok(at("2026-11-22T04:00:10Z")));
        assert_eq!(send_at(Some(at("2026-11-23T03:00:00Z")), 10, now), Ok(at("2026-11-23T03:00:00Z")));
        assert_eq!(send_at(Some(at("2027-11-23T03:00:00Z")), 10, now), Err(OutRefused::TooFar));
    }
}
