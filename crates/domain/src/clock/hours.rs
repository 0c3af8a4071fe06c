//! When a shop's team works.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::calendar::{DayKind, SpecialDay, public_year};

/// Minutes of a day of clocks that are not put forward or back.
pub const DAY: u16 = 24 * 60;

/// A part of a day, in minutes of the local clock from midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// From this minute on.
    pub from: u16,
    /// Up to this one, not included; at most [`DAY`].
    pub to: u16,
}

/// When a shop's team works, by the shop's local clock. A night shift is two spans, one before and one after midnight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Monday to Sunday.
    pub week: [Vec<Span>; 7],
    /// On holidays 放假.
    pub holiday: Vec<Span>,
    /// On weekend days that are worked 调休上班.
    pub workday: Vec<Span>,
    /// Whether the public days of China count; the merchant's own days always do.
    pub public_days: bool,
}

/// Why hours are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum HoursRefused {
    /// A span ends before it begins, or after the day.
    #[error("a span must end after it begins, and at 24:00 at the latest")]
    Backwards,
    /// Two spans of a day meet or overlap, or stand in the wrong order.
    #[error("the spans of a day must stand in order and must not overlap")]
    Overlapping,
    /// Nobody ever works.
    #[error("there must be working hours on at least one day of the week")]
    Never,
}

impl Default for Hours {
    /// 09:00 to 21:00 every day, none on public holidays: a rule of the desk, until the shop says otherwise.
    fn default() -> Self {
        let day = || vec![Span { from: 9 * 60, to: 21 * 60 }];
        Self { week: std::array::from_fn(|_| day()), holiday: Vec::new(), workday: day(), public_days: true }
    }
}

impl Hours {
    /// Day and night, every day.
    #[must_use]
    pub fn always() -> Self {
        let day = || vec![Span { from: 0, to: DAY }];
        Self { week: std::array::from_fn(|_| day()), holiday: day(), workday: day(), public_days: false }
    }

    /// Whether they can be kept.
    ///
    /// # Errors
    /// [`HoursRefused`] for spans that are none, or when nobody works on any day of the week.
    pub fn check(&self) -> Result<(), HoursRefused> {
        for spans in self.week.iter().chain([&self.holiday, &self.workday]) {
            if spans.iter().any(|span| span.from >= span.to || span.to > DAY) {
                return Err(HoursRefused::Backwards);
            }
            if spans.windows(2).any(|pair| matches!(pair, [one, next] if one.to > next.from)) {
                return Err(HoursRefused::Overlapping);
            }
        }
        if self.week.iter().all(Vec::is_empty) { Err(HoursRefused::Never) } else { Ok(()) }
    }

    /// The hours of a local date: those of a special day where it is one (the merchant's own before the public one), else
    /// those of its weekday.
    #[must_use]
    pub fn of(&self, date: Date, own: &[SpecialDay]) -> &[Span] {
        let public = public_year(date.year()).filter(|_| self.public_days);
        let public = public.map_or(&[][..], |year| &year.days);
        match own.iter().chain(public).find(|day| day.date == date).map(|day| day.kind) {
            Some(DayKind::Holiday) => &self.holiday,
            Some(DayKind::Workday) => &self.workday,
            None => {
                let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = &self.week;
                match date.weekday() {
                    Weekday::Monday => monday,
                    Weekday::Tuesday => tuesday,
                    Weekday::Wednesday => wednesday,
                    Weekday::Thursday => thursday,
                    Weekday::Friday => friday,
                    Weekday::Saturday => saturday,
                    Weekday::Sunday => sunday,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn a_special_day_has_hours_of_its_own() {
        let mut hours = Hours::default();
        hours.week[5] = Vec::new();
        hours.workday = vec![Span { from: 600, to: 700 }];
        assert_eq!(hours.of(day("2026-11-28"), &[]), [], "a plain Saturday");
        assert_eq!(
            hours.of(day("2026-02-14"), &[]),
            hours.workday,
            "a Saturday that is worked for the spring festival"
        );
        assert_eq!(hours.of(day("2026-02-17"), &[]), [], "a Tuesday in it");
        let own = [SpecialDay { date: day("2026-02-17"), kind: DayKind::Workday, name: String::new() }];
        assert_eq!(hours.of(day("2026-02-17"), &own), hours.workday, "the merchant's own day counts first");
        hours.public_days = false;
        assert_eq!(hours.of(day("2026-02-17"), &[]), hours.week[1], "a shop elsewhere");
    }

    #[test]
    fn impossible_hours_are_refused() {
        assert_eq!((Hours::default().check(), Hours::always().check()), (Ok(()), Ok(())));
        let with = |spans: Vec<Span>| Hours { holiday: spans, ..Hours::default() }.check();
        assert_eq!(with(vec![Span { from: 60, to: 60 }]), Err(HoursRefused::Backwards));
        assert_eq!(with(vec![Span { from: 0, to: 1441 }]), Err(HoursRefused::Backwards));
        let spans = vec![Span { from: 0, to: 90 }, Span { from: 60, to: 120 }];
        assert_eq!(with(spans), Err(HoursRefused::Overlapping));
        let never = Hours { week: Default::default(), ..Hours::always() };
        assert_eq!(never.check(), Err(HoursRefused::Never));
    }
}
