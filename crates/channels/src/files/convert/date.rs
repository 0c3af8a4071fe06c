//! Dates as files write them.

mod clock;
mod month;
mod phrase;
mod token;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use self::token::Token;
use crate::files::columns::DateOrder;

/// An instant, and whether the text gave only the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::files) struct Moment {
    pub(in crate::files) instant: Timestamp,
    pub(in crate::files) day_only: bool,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::files) enum NoDate {
    /// Not a date, or not on the calendar.
    Unreadable,
    /// Day and month could be either.
    Ambiguous,
}

/// Days that a shop's file may speak of; a serial number or a typing error soon falls outside.
const YEARS: std::ops::RangeInclusive<i16> = 1995..=2100;

/// Reads a date: ISO, `2026/10/1 9:05`, `2026年10月1日`, `10/1/2026` (in the column's order), `1 Oct 2026`,
/// `Oct 1, 2026 9:05 PM PDT`, seconds or milliseconds since 1970, Excel's day numbers. Without a zone of its own
/// it is read in `zone`.
pub(in crate::files) fn read(
    text: &str,
    zone: &TimeZone,
    order: Option<DateOrder>,
) -> Result<Moment, NoDate> {
    let tokens = tokens(text).ok_or(NoDate::Unreadable)?;
    if let Some(moment) = number(&tokens, zone) {
        return moment;
    }
    if let [
        Token::Number { digits: 8, value },
        Token::Between,
        Token::Number { digits: 6, value: time },
        rest @ ..,
    ] = tokens.as_slice()
    {
        return compact(*value, *time, rest, zone);
    }
    let (date, rest) = day(&tokens, order)?;
    let (time, offset) = clock::read(rest).ok_or(NoDate::Unreadable)?;
    let civil = DateTime::from_parts(date, time.unwrap_or(Time::midnight()));
    let instant = match offset {
        Some(offset) => offset.to_timestamp(civil).map_err(|_| NoDate::Unreadable)?,
        None => zoned(zone, civil)?,
    };
    Ok(Moment { instant, day_only: time.is_none() })
}

/// ISO 8601's basic form, `20261001T120000Z`.
fn compact(date: u64, time: u64, rest: &[Token], zone: &TimeZone) -> Result<Moment, NoDate> {
    let part = |value: u64| i64::try_from(value).map_err(|_| NoDate::Unreadable);
    let date = checked_date(part(date / 10_000)?, part(date / 100 % 100)?, part(date % 100)?)?;
    let two = |value: u64| Token::Number { value, digits: 2 };
    let colon = Token::Sign(':');
    let clock = [two(time / 10_000), colon, two(time / 100 % 100), colon, two(time % 100)];
    let written: Vec<Token> = clock.iter().chain(rest).copied().collect();
    let (time, offset) = clock::read(&written).ok_or(NoDate::Unreadable)?;
    let civil = DateTime::from_parts(date, time.ok_or(NoDate::Unreadable)?);
    let instant = match offset {
        Some(offset) => offset.to_timestamp(civil).map_err(|_| NoDate::Unreadable)?,
        None => zoned(zone, civil)?,
    };
    Ok(Moment { instant, day_only: false })
}

/// A time that a clock change skips or repeats is read as calendars do ("compatible", RFC 5545).
fn zoned(zone: &TimeZone, civil: DateTime) -> Result<Timestamp, NoDate> {
    zone.to_ambiguous_timestamp(civil).compatible().map_err(|_| NoDate::Unreadable)
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    token::tokens(&phrase::date_of(text))
}

/// The last instant of the day in `zone`: a promise for a day is kept until its end.
pub(in crate::files) fn end_of_day(instant: Timestamp, zone: &TimeZone) -> Timestamp {
    let day = instant.to_zoned(zone.clone()).date();
    zoned(zone, DateTime::from_parts(day, Time::constant(23, 59, 59, 0))).unwrap_or(instant)
}

/// Whether a text begins like a date; numbers alone do not count.
pub(in crate::files) fn looks_like_date(text: &str) -> bool {
    let zone = TimeZone::UTC;
    let Some(tokens) = tokens(text) else { return false };
    let lone = matches!(
        tokens.as_slice(),
        [Token::Number { .. }] | [Token::Number { .. }, Token::Sign('.'), Token::Number { .. }]
    );
    !lone && !matches!(read(text, &zone, None), Err(NoDate::Unreadable))
}

/// Whether day and month could be either, as in `10/1/2026`.
pub(in crate::files) fn is_either_way(text: &str) -> bool {
    matches!(read(text, &TimeZone::UTC, None), Err(NoDate::Ambiguous))
}

/// What a date such as `25/10/2026` tells of the order of its column.
pub(in crate::files) fn evidence(text: &str) -> Option<DateOrder> {
    let tokens = tokens(text)?;
    match tokens.as_slice() {
        [
            Token::Number { value: first, .. },
            Token::Sign('/' | '-'),
            Token::Number { value: second, .. },
            Token::Sign('/' | '-'),
            Token::Number { digits: 2 | 4, .. },
            ..,
        ] if *first <= 31 && *second <= 31 => match (*first > 12, *second > 12) {
            (true, false) => Some(DateOrder::DayMonth),
            (false, true) => Some(DateOrder::MonthDay),
            _ => None,
        },
        _ => None,
    }
}

/// A number alone: an epoch, `20261001`, `20261001120000`, or a day number of Excel.
fn number(tokens: &[Token], zone: &TimeZone) -> Option<Result<Moment, NoDate>> {
    let (value, digits, fraction) = match tokens {
        [Token::Number { value, digits }] => (*value, *digits, 0.0),
        [
            Token::Number { value, digits },
            Token::Sign('.'),
            Token::Number { value: part, digits: places },
        ] if *digits == 5 => {
            (*value, *digits, *part as f64 / 10f64.powi(i32::try_from(*places).unwrap_or(18)))
        }
        _ => return None,
    };
    let whole = i64::try_from(value).ok()?;
    let instant = |micros: i64| {
        let instant = Timestamp::from_microsecond(micros).map_err(|_| NoDate::Unreadable)?;
        let year = instant.to_zoned(TimeZone::UTC).year();
        if YEARS.contains(&year) { Ok(Moment { instant, day_only: false }) } else { Err(NoDate::Unreadable) }
    };
    let civil = |date: i64, time: Option<i64>| {
        let date = checked_date(date / 10_000, date / 100 % 100, date % 100)?;
        let clock = match time {
            None => Time::midnight(),
            Some(time) => Time::new(
                i8::try_from(time / 10_000).map_err(|_| NoDate::Unreadable)?,
                i8::try_from(time / 100 % 100).map_err(|_| NoDate::Unreadable)?,
                i8::try_from(time % 100).map_err(|_| NoDate::Unreadable)?,
                0,
            )
            .map_err(|_| NoDate::Unreadable)?,
        };
        Ok(Moment { instant: zoned(zone, DateTime::from_parts(date, clock))?, day_only: time.is_none() })
    };
    Some(match digits {
        5 => excel_day(whole, fraction, zone),
        8 => civil(whole, None),
        10 => instant(whole * 1_000_000),
        13 => instant(whole * 1_000),
        14 => civil(whole / 1_000_000, Some(whole % 1_000_000)),
        16 => instant(whole),
        _ => Err(NoDate::Unreadable),
    })
}

/// Day 1 is 1900-01-01 and 1900 has a 29 February (Microsoft, "Excel incorrectly assumes that the year 1900
/// is a leap year"), so from March 1900 on day 0 is 1899-12-30.
fn excel_day(day: i64, fraction: f64, zone: &TimeZone) -> Result<Moment, NoDate> {
    if !(34_700..=73_415).contains(&day) {
        return Err(NoDate::Unreadable);
    }
    let seconds = (fraction * 86_400.0).round() as i64;
    let civil = DateTime::constant(1899, 12, 30, 0, 0, 0, 0)
        .checked_add(jiff::Span::new().days(day).seconds(seconds))
        .map_err(|_| NoDate::Unreadable)?;
    Ok(Moment { instant: zoned(zone, civil)?, day_only: fraction == 0.0 })
}

fn checked_date(year: i64, month: i64, day: i64) -> Result<Date, NoDate> {
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    let (Ok(year), Ok(month), Ok(day)) = parts else { return Err(NoDate::Unreadable) };
    if !YEARS.contains(&year) {
        return Err(NoDate::Unreadable);
    }
    Date::new(year, month, day).map_err(|_| NoDate::Unreadable)
}

/// Two digits are of this century, as every marketplace is.
fn full_year(value: u64, digits: usize) -> Result<i64, NoDate> {
    match digits {
        4 => i64::try_from(value).map_err(|_| NoDate::Unreadable),
        2 => Ok(2000 + i64::try_from(value).map_err(|_| NoDate::Unreadable)?),
        _ => Err(NoDate::Unreadable),
    }
}

fn day(tokens: &[Token], order: Option<DateOrder>) -> Result<(Date, &[Token]), NoDate> {
    use Token::{Month, Number, Sign};
    let tokens = match tokens {
        [Token::Weekday, Sign(','), rest @ ..] | [Token::Weekday, rest @ ..] => rest,
        all => all,
    };
    let small = |value: u64| i64::try_from(value).map_err(|_| NoDate::Unreadable);
    match tokens {
        [
            Number { value: year, digits: 4 },
            Sign('-' | '/' | '.'),
            Number { value: month, .. },
            Sign('-' | '/' | '.'),
            Number { value: day, .. },
            rest @ ..,
        ] => Ok((checked_date(small(*year)?, small(*month)?, small(*day)?)?, rest)),
        [
            Number { value: first, .. },
            Sign(sign @ ('-' | '/' | '.')),
            Number { value: second, .. },
            Sign('-' | '/' | '.'),
            Number { value: year, digits },
            rest @ ..,
        ] => {
            let year = full_year(*year, *digits)?;
            let (first, second) = (small(*first)?, small(*second)?);
            // Dots are written by those who put the day first.
            let order = if *sign == '.' { Some(DateOrder::DayMonth) } else { order };
            let (month, day) = match order {
                Some(DateOrder::DayMonth) => (second, first),
                Some(DateOrder::MonthDay) => (first, second),
                None if first > 12 => (second, first),
                None if second > 12 || first == second => (first, second),
                None => {
                    checked_date(year, first, second)?;
                    return Err(NoDate::Ambiguous);
                }
            };
            Ok((checked_date(year, month, day)?, rest))
        }
        [
            Number { value: day, .. },
            Sign('-' | '/'),
            Month(month),
            Sign('-' | '/'),
            Number { value: year, digits },
            rest @ ..,
        ]
        | [Number { value: day, .. }, Month(month), Sign(','), Number { value: year, digits }, rest @ ..]
        | [Number { value: day, .. }, Sign('.'), Month(month), Number { value: year, digits }, rest @ ..]
        | [Number { value: day, .. }, Month(month), Number { value: year, digits }, rest @ ..]
        | [Month(month), Number { value: day, .. }, Sign(','), Number { value: year, digits }, rest @ ..]
        | [
            Number { value: day, .. },
            Sign('.'),
            Month(month),
            Sign('.'),
            Number { value: year, digits },
            rest @ ..,
        ]
        | [Number { value: day, .. }, Month(month), Sign('.'), Number { value: year, digits }, rest @ ..]
        | [
            Month(month),
            Sign('.'),
            Number { value: day, .. },
            Sign(','),
            Number { value: year, digits },
            rest @ ..,
        ]
        | [Month(month), Number { value: day, .. }, Number { value: year, digits }, rest @ ..] => {
            Ok((checked_date(full_year(*year, *digits)?, i64::from(*month), small(*day)?)?, rest))
        }
        _ => Err(NoDate::Unreadable),
    }
}

#[cfg(test)]
mod tests;
