//! Days that are not what their weekday says: public holidays, 调休 days of work, and a merchant's own.
//!
//! The public ones are data (`calendar/china.txt`), each year with the notice it comes from. A year whose notice is not
//! there is unknown, not empty: nobody invents holidays.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// What a special day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// 放假: nobody works.
    Holiday,
    /// 调休上班: a weekend day on which people work.
    Workday,
}

impl DayKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Holiday, Self::Workday];

    /// The code kept in the store and shown by the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::Workday => "workday",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A day that is not what its weekday says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    /// Which day.
    pub date: Date,
    /// What it is.
    pub kind: DayKind,
    /// Why, such as 春节.
    pub name: String,
}

/// The public days of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicYear {
    /// Which year.
    pub year: i16,
    /// The notice that orders them.
    pub source: String,
    /// The days, in order.
    pub days: Vec<SpecialDay>,
}

static CHINA: LazyLock<Vec<PublicYear>> =
    LazyLock::new(|| read(include_str!("calendar/china.txt")).expect("a test reads the shipped calendar"));

/// Every year whose notice is known, the oldest first.
#[must_use]
pub fn public_years() -> &'static [PublicYear] {
    &CHINA
}

/// The public days of a year; none when its notice is not known here.
#[must_use]
pub fn public_year(year: i16) -> Option<&'static PublicYear> {
    CHINA.iter().find(|known| known.year == year)
}

/// Whether people work on a day: a merchant's own day counts first, then the public one, then the weekday.
#[must_use]
pub fn is_working_day(date: Date, own: &[SpecialDay]) -> bool {
    let public = public_year(date.year()).map_or(&[][..], |year| &year.days);
    let special = own.iter().chain(public).find(|day| day.date == date);
    match special.map(|day| day.kind) {
        Some(kind) => kind == DayKind::Workday,
        None => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
    }
}

/// Lines `year YYYY source …`, then `DATE[..DATE] kind name`; `#` begins a remark.
fn read(text: &str) -> Result<Vec<PublicYear>, String> {
    let mut years: Vec<PublicYear> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let wrong = || format!("`{line}`");
        let mut words = line.splitn(3, ' ');
        let (first, second, third) =
            (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
        if first == "year" {
            let year = second.parse().map_err(|_| wrong())?;
            years.push(PublicYear { year, source: third.to_owned(), days: Vec::new() });
            continue;
        }
        let kind = DayKind::from_code(second).ok_or_else(wrong)?;
        let (from, to) = first.split_once("..").unwrap_or((first, first));
        let (from, to): (Date, Date) = (from.parse().map_err(|_| wrong())?, to.parse().map_err(|_| wrong())?);
        let year = years.last_mut().filter(|year| year.year == from.year()).ok_or_else(wrong)?;
        let mut date = from;
        while date <= to {
            year.days.push(SpecialDay { date, kind, name: third.to_owned() });
            date = date.tomorrow().map_err(|_| wrong())?;
        }
    }
    for year in &mut years {
        year.days.sort_by_key(|day| day.date);
    }
    Ok(years)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_shipped_calendar_is_what_the_notices_say() {
        let years: Vec<_> = public_years().iter().map(|year| (year.year, year.days.len())).collect();
        // 国办发明电〔2024〕12号: 28 days off, 5 of work. 国办发明电〔2025〕7号: 33 and 6.
        assert_eq!(years, [(2025, 33), (2026, 39)]);
        for year in public_years() {
            assert!(year.source.contains("国办发明电"), "{}", year.source);
            assert!(year.days.windows(2).all(|pair| pair[0].date < pair[1].date), "{}", year.year);
            for found in &year.days {
                let weekend = matches!(found.date.weekday(), Weekday::Saturday | Weekday::Sunday);
                assert!(found.kind == DayKind::Holiday || weekend, "{} is a day of work anyway", found.date);
            }
        }
    }

    #[test]
    fn adjusted_days_are_worked_and_holidays_are_not() {
        assert!(is_working_day(day("2026-02-14"), &[]), "a Saturday before the spring festival");
        assert!(!is_working_day(day("2026-02-17"), &[]), "a Tuesday in it");
        assert!(is_working_day(day("2026-09-20"), &[]));
        assert!(!is_working_day(day("2026-10-07"), &[]));
        assert!(is_working_day(day("2025-10-11"), &[]));
        assert!(!is_working_day(day("2026-11-28"), &[]), "a plain Saturday");
        assert!(is_working_day(day("2026-11-30"), &[]), "a plain Monday");
    }

    #[test]
    fn an_own_day_counts_before_the_public_one() {
        let own = |kind| [SpecialDay { date: day("2026-10-01"), kind, name: "大促".into() }];
        assert!(is_working_day(day("2026-10-01"), &own(DayKind::Workday)));
        assert!(!is_working_day(day("2026-10-01"), &own(DayKind::Holiday)));
    }

    #[test]
    fn a_year_without_a_notice_is_unknown() {
        assert_eq!(public_year(2031), None);
        assert!(read("2026-01-01 holiday 元旦").is_err(), "a day without its year and source");
        assert!(read("year 2026 x\n2026-01-01 feast 元旦").is_err());
        for kind in DayKind::ALL {
            assert_eq!(DayKind::from_code(kind.code()), Some(kind));
        }
    }
}
