//! The windows over which ratings are counted.

use jiff::{SignedDuration, Timestamp};

/// Seconds of a day, as windows count days: 86,400 whatever the clocks do.
pub(super) const DAY: i64 = 86_400;

/// The windows of Amazon's feedback rating (AMZ-FM): the last 30, 90 and 365 days and all time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Window {
    /// The last 30 days.
    Days30,
    /// The last 90 days.
    Days90,
    /// The last 365 days.
    Days365,
    /// All time up to now.
    Lifetime,
}

impl Window {
    /// Every window, the shortest first.
    pub const ALL: [Self; 4] = [Self::Days30, Self::Days90, Self::Days365, Self::Lifetime];

    /// Its length in days of 86,400 seconds; `None` for all time.
    #[must_use]
    pub const fn days(self) -> Option<u16> {
        match self {
            Self::Days30 => Some(30),
            Self::Days90 => Some(90),
            Self::Days365 => Some(365),
            Self::Lifetime => None,
        }
    }

    /// The name of the contract: `30`, `90`, `365`, `lifetime`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Days30 => "30",
            Self::Days90 => "90",
            Self::Days365 => "365",
            Self::Lifetime => "lifetime",
        }
    }
}

impl serde::Serialize for Window {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Whole days that have passed since `at`: 0 up to, and not with, exactly one day ago. `None` for what is still to come.
///
/// An event is inside a window of N days when its age is less than N: exactly N days ago is outside.
pub(super) fn age(at: Timestamp, as_of: Timestamp) -> Option<u64> {
    u64::try_from(as_of.duration_since(at).as_secs().div_euclid(DAY)).ok().filter(|_| at <= as_of)
}

/// The instant N days before (or, for negative N, after) another; held at the ends of the calendar.
pub(super) fn days_before(instant: Timestamp, days: i64) -> Timestamp {
    let end = if days < 0 { Timestamp::MAX } else { Timestamp::MIN };
    instant.checked_sub(SignedDuration::from_secs(days.saturating_mul(DAY))).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_n_days_ago_is_one_day_older_than_a_nanosecond_later() {
        let as_of: Timestamp = "2026-11-01T12:00:00Z".parse().unwrap();
        let edge: Timestamp = "2026-10-02T12:00:00Z".parse().unwrap();
        assert_eq!(age(edge, as_of), Some(30));
        assert_eq!(age(edge + SignedDuration::from_nanos(1), as_of), Some(29));
        assert_eq!(age(as_of, as_of), Some(0));
        assert_eq!(age(as_of + SignedDuration::from_nanos(1), as_of), None);
        assert_eq!(age(as_of + SignedDuration::from_secs(1), as_of), None);
        assert_eq!(days_before(as_of, 30), edge);
        assert_eq!(days_before(edge, -30), as_of);
    }

    #[test]
    fn the_ends_of_the_calendar_are_held() {
        assert_eq!(days_before(Timestamp::MIN, 1), Timestamp::MIN);
        assert_eq!(days_before(Timestamp::MAX, -1), Timestamp::MAX);
        assert!(age(Timestamp::MIN, Timestamp::MAX).unwrap() > 7_000_000);
    }
}
