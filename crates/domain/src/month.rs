//! A month of the calendar, `2026-11`: the time over which money is capped and statements are made.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A month of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: u16,
    month: u8,
}

/// Why a text is no month.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no month; write it as 2026-11")]
pub struct MonthError(String);

impl Month {
    /// The month of an instant in a zone.
    #[must_use]
    pub fn of(at: Timestamp, zone: &TimeZone) -> Self {
        let date = at.to_zoned(zone.clone()).date();
        let year = u16::try_from(date.year()).unwrap_or_default();
        Self { year, month: u8::try_from(date.month()).unwrap_or(1) }
    }

    /// The number that is stored: 202611.
    #[must_use]
    pub fn number(self) -> u32 {
        u32::from(self.year) * 100 + u32::from(self.month)
    }

    /// Reads the stored number.
    #[must_use]
    pub fn from_number(number: u32) -> Option<Self> {
        let (year, month) = (u16::try_from(number / 100).ok()?, u8::try_from(number % 100).ok()?);
        ((1..=9999).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let wrong = || MonthError(text.chars().take(12).collect());
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !all_digits(year) || !all_digits(month) {
            return Err(wrong());
        }
        let number = format!("{year}{month}").parse().map_err(|_| wrong())?;
        Self::from_number(number).ok_or_else(wrong)
    }
}

impl TryFrom<String> for Month {
    type Error = MonthError;

    fn try_from(text: String) -> Result<Self, MonthError> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_that_of_the_zone_and_reads_back() {
        let at: Timestamp = "2026-11-30T16:30:00Z".parse().expect("an instant");
        let shanghai = TimeZone::get("Asia/Shanghai").expect("a zone");
        assert_eq!(Month::of(at, &shanghai).to_string(), "2026-12");
        assert_eq!(Month::of(at, &TimeZone::UTC).number(), 202_611);
        assert_eq!("2026-12".parse::<Month>().ok().map(Month::number), Some(202_612));
        assert_eq!(Month::from_number(202_612), "2026-12".parse().ok());
        for wrong in ["", "2026", "2026-13", "2026-00", "26-11", "2026-1", "+026-11", "2026-11-01"] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
    }
}
