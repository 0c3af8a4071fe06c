//! A stretch of hours of one local day as instants, right over every change of the clocks.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Changes of the clocks that are looked through within one day.
const CHANGES: usize = 4;

/// Instants of one local day, `[from, to)`; every one of them has the wished date and time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
}

/// The first unbroken stretch of a local date between two times of day (`to` of `None` is midnight) that does not begin
/// before an instant; `None` when none is left, or when the clocks leave it out.
///
/// Where the clocks change inside, the stretch ends there.
#[must_use]
pub fn slot(
    zone: &TimeZone,
    date: Date,
    from: Time,
    to: Option<Time>,
    not_before: Timestamp,
) -> Option<Slot> {
    let end: DateTime = match to {
        Some(to) => date.to_datetime(to),
        None => date.tomorrow().ok()?.to_datetime(Time::midnight()),
    };
    let begin = date.to_datetime(from);
    let opening = zone.to_ambiguous_timestamp(begin).compatible().ok()?;
    let mut start = opening.max(not_before);
    for _ in 0..CHANGES {
        let local = zone.to_datetime(start);
        let change = zone.following(start).next().map(|change| change.timestamp());
        if begin <= local && local < end {
            let length = SignedDuration::try_from(local.until(end).ok()?).ok()?;
            let closing = start.checked_add(length).ok()?;
            let to = change.map_or(closing, |change| change.min(closing));
            return Some(Slot { from: start, to });
        }
        // The clocks may still come back into it, but not after the day.
        start = change.filter(|change| zone.to_datetime(*change).date() <= date)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(zone: &str, date: &str, from: i8, to: Option<i8>, not_before: &str) -> Option<(String, String)> {
        let hour = |hour| Time::constant(hour, 0, 0, 0);
        let zone = TimeZone::get(zone).unwrap();
        let not_before = not_before.parse().unwrap();
        let slot = slot(&zone, date.parse().unwrap(), hour(from), to.map(hour), not_before)?;
        Some((slot.from.to_string(), slot.to.to_string()))
    }

    fn some(from: &str, to: &str) -> Option<(String, String)> {
        Some((from.to_owned(), to.to_owned()))
    }

    #[test]
    fn hours_of_a_plain_day() {
        let shanghai = |not_before| times("Asia/Shanghai", "2026-07-01", 11, Some(13), not_before);
        assert_eq!(shanghai("2026-06-30T00:00:00Z"), some("2026-07-01T03:00:00Z", "2026-07-01T05:00:00Z"));
        assert_eq!(shanghai("2026-07-01T04:59:59Z"), some("2026-07-01T04:59:59Z", "2026-07-01T05:00:00Z"));
        assert_eq!(shanghai("2026-07-01T05:00:00Z"), None);
        let night = times("Asia/Shanghai", "2026-07-01", 21, None, "2026-06-30T00:00:00Z");
        assert_eq!(night, some("2026-07-01T13:00:00Z", "2026-07-01T16:00:00Z"));
    }

    #[test]
    fn hours_that_the_clocks_leave_out_or_give_twice() {
        // New York, 8 March 2026: 02:00 to 03:00 does not exist. 1 November: 01:00 to 02:00 comes twice.
        assert_eq!(times("America/New_York", "2026-03-08", 2, Some(3), "2026-03-01T00:00:00Z"), None);
        let spring = times("America/New_York", "2026-03-08", 1, Some(4), "2026-03-01T00:00:00Z");
        assert_eq!(spring, some("2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z"));
        let after = times("America/New_York", "2026-03-08", 1, Some(4), "2026-03-08T07:00:00Z");
        assert_eq!(after, some("2026-03-08T07:00:00Z", "2026-03-08T08:00:00Z"));
        let twice = times("America/New_York", "2026-11-01", 1, Some(2), "2026-10-01T00:00:00Z");
        assert_eq!(twice, some("2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z"));
        let second = times("America/New_York", "2026-11-01", 1, Some(2), "2026-11-01T06:00:00Z");
        assert_eq!(second, some("2026-11-01T06:00:00Z", "2026-11-01T07:00:00Z"));
    }
}
