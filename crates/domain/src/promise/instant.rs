//! From a day and an hour to the second until which a promise is to be kept.

use jiff::civil::{Date, Time, Weekday};
use jiff::{Span as Length, Timestamp, Zoned};

/// What a clause says of the time of what it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Until this second.
    Until(Timestamp),
    /// So and so long after something else.
    Hanging,
}

/// The last second of a day.
pub(super) const LAST: Time = Time::constant(23, 59, 59, 0);

/// A time of a day in the zone of what was said; none past the ends of the calendar.
pub(super) fn at(said: &Zoned, date: Date, time: Time) -> Option<Timestamp> {
    date.to_datetime(time).to_zoned(said.time_zone().clone()).ok().map(|at| at.timestamp())
}

/// A day so many days later.
pub(super) fn days_later(date: Date, days: i32) -> Date {
    date.checked_add(Length::new().days(days)).unwrap_or(Date::MAX)
}

/// The last of so many working days that begin tomorrow, without Saturdays and Sundays.
pub(super) fn working_days_later(date: Date, days: i32) -> Date {
    let (mut date, mut left) = (date, days.clamp(0, 400));
    while left > 0 {
        date = days_later(date, 1);
        left -= i32::from(!matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday));
    }
    date
}

/// The next such day of the week, today included.
pub(super) fn weekday(date: Date, wanted: Weekday) -> Date {
    days_later(date, i32::from(wanted.since(date.weekday())))
}

/// The first day of the next week.
pub(super) fn next_monday(date: Date) -> Date {
    days_later(date, 7 - i32::from(date.weekday().to_monday_zero_offset()))
}

/// The next such day of a month, today included.
pub(super) fn day_of_month(date: Date, day: i8) -> Option<Date> {
    let mut first = date.first_of_month();
    for _ in 0..12 {
        if let Ok(found) = Date::new(first.year(), first.month(), day)
            && found >= date
        {
            return Some(found);
        }
        first = days_later(first.last_of_month(), 1);
    }
    None
}

/// The next such day of the year; one that has just passed is not a year ahead.
pub(super) fn day_of_year(date: Date, month: i8, day: i8) -> Option<Date> {
    let found = Date::new(date.year(), month, day).ok()?;
    if days_later(found, 60) < date { Date::new(date.year() + 1, month, day).ok() } else { Some(found) }
}
