//! A cell of a sheet as text.

use calamine::{DataRef, ExcelDateTime};

/// The text of a cell; none for an empty one and for an error value such as `#N/A`.
pub(super) fn text(value: &DataRef<'_>) -> Option<String> {
    let text = match value {
        DataRef::Empty | DataRef::Error(_) => return None,
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => float(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(instant) => date_time(instant),
    };
    (!text.is_empty()).then_some(text)
}

/// From 2^53 on, whole numbers are no longer kept to the last digit.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Without `.0`. A number too long to be exact keeps its exponent (`1.2345678901234568E+18`), so that it is
/// refused as an order number and not taken for a wrong one.
fn float(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < EXACT {
        return format!("{number:.0}");
    }
    if number.abs() >= EXACT {
        return format!("{number:E}").replace('E', "E+");
    }
    // Excel shows 15 significant digits; 0.1 + 0.2 is 0.3 there.
    let short: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{short}")
}

/// `h:mm:ss` of a part of a day, or of several days.
fn clock(days: f64) -> String {
    let seconds = (days * 86_400.0).round();
    if !(0.0..3_155_760_000.0).contains(&seconds) {
        return float(days);
    }
    let seconds = seconds as u64;
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn date_time(instant: &ExcelDateTime) -> String {
    // A length of time, or a time without a day.
    if instant.is_duration() || (0.0..1.0).contains(&instant.as_f64()) {
        return clock(instant.as_f64());
    }
    // Times are counted in fractions of a day; half a millisecond early is the same second.
    let (year, month, day, hour, minute, second, milli) = instant.to_ymd_hms_milli();
    let fraction = if milli == 0 { String::new() } else { format!(".{milli:03}") };
    if instant.as_f64().fract() == 0.0 {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn numbers_read_as_people_see_them() {
        for (number, text) in [
            (5.0, "5"),
            (4.5, "4.5"),
            (0.1 + 0.2, "0.3"),
            (1.23456789012e18, "1.23456789012E+18"),
            (-3.0, "-3"),
            (129.9, "129.9"),
        ] {
            assert_eq!(super::text(&DataRef::Float(number)).unwrap(), text);
        }
        assert_eq!(super::text(&DataRef::Bool(true)).unwrap(), "true");
        assert_eq!(super::text(&DataRef::Empty), None);
    }

    #[test]
    fn dates_of_both_calendars_are_dates() {
        let date = |value, is_1904| {
            super::text(&DataRef::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, is_1904)))
                .unwrap()
        };
        assert_eq!(date(46_296.0, false), "2026-10-01");
        assert_eq!(date(46_296.5, false), "2026-10-01 12:00:00");
        assert_eq!(date(46_296.0 - 1_462.0, true), "2026-10-01");
        assert_eq!(date(65.0 / 86_400.0, false), "0:01:05");
        let length = |days| ExcelDateTime::new(days, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(super::text(&DataRef::DateTime(length(1.5))).unwrap(), "36:00:00");
        assert_eq!(super::text(&DataRef::DateTime(length(-1.0))).unwrap(), "-1");
    }
}
