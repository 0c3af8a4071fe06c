//! Counting days and hours in a zone.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use crate::calendar::{SpecialDay, is_working_day, public_year};
use crate::pack::{Calendar, Length, Start};

/// Where a count ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The last second that belongs to it.
    pub at: Timestamp,
    /// Whether the working days of every year it crosses are known.
    pub calendar_known: bool,
}

/// The last second of a length that is counted from `event`; `None` beyond the end of time.
///
/// Days end with the last second of a local date, whatever the clocks do that night, unless they run from the instant:
/// then they end at the same time of day. Hours are hours that pass.
#[must_use]
pub fn count(
    event: Timestamp,
    length: Length,
    calendar: Calendar,
    start: Start,
    zone: &TimeZone,
    own: &[SpecialDay],
) -> Option<Counted> {
    let days = match length {
        Length::Hours(hours) => {
            let at = event.checked_add(SignedDuration::from_hours(i64::from(hours))).ok()?;
            return Some(Counted { at, calendar_known: true });
        }
        Length::Days(days) => days,
    };
    let moment = event.to_zoned(zone.clone());
    let first = moment.date();
    if start == Start::Instant && calendar == Calendar::AllDays {
        let at = moment.checked_add(i64::from(days).days()).ok()?.timestamp();
        return Some(Counted { at, calendar_known: true });
    }
    let last = match calendar {
        Calendar::AllDays if start == Start::SameDay => later(first, days.checked_sub(1)?)?,
        Calendar::AllDays => later(first, days)?,
        Calendar::WorkingDays => working(first, days, start, own)?,
    };
    let known = (first.year()..=last.year()).all(|year| public_year(year).is_some());
    let calendar_known = calendar == Calendar::AllDays || known;
    if start == Start::Instant {
        let at = last.to_datetime(moment.time()).to_zoned(zone.clone()).ok()?.timestamp();
        return Some(Counted { at, calendar_known });
    }
    let at = start_of(last.tomorrow().ok()?, zone)?.checked_sub(SignedDuration::from_secs(1)).ok()?;
    Some(Counted { at, calendar_known })
}

/// The last of so many working days; the day of the event is one of them only if it is worked and counts at all.
fn working(first: Date, days: u32, start: Start, own: &[SpecialDay]) -> Option<Date> {
    let mut left = days;
    let mut day = first;
    if start == Start::SameDay && is_working_day(day, own) {
        left = left.checked_sub(1)?;
    }
    while left > 0 {
        day = day.tomorrow().ok()?;
        left -= u32::from(is_working_day(day, own));
    }
    Some(day)
}

/// So many days later.
pub(super) fn later(day: Date, days: u32) -> Option<Date> {
    day.checked_add(i64::from(days).days()).ok()
}

/// The first moment of a local date; where the clocks skip midnight, the moment they skip to.
pub(super) fn start_of(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp())
}
