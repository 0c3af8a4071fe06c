//! The stretches of time in which a shop is open.
//!
//! An instant is open when its local time of day lies in a span of its local date. Where clocks are put back an hour is
//! passed twice, and is open twice; an hour that is left out does not count.

use std::collections::VecDeque;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::count::Stretch;
use super::hours::Hours;
use crate::calendar::SpecialDay;

/// Nothing is looked for that lies farther ahead.
const FARTHEST: SignedDuration = SignedDuration::from_hours(24 * 400);

/// When a shop is open.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// The shop's zone.
    pub zone: &'a TimeZone,
    /// Its hours.
    pub hours: &'a Hours,
    /// The merchant's own special days.
    pub own: &'a [SpecialDay],
}

impl<'a> Opening<'a> {
    /// Whether it is open at an instant.
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        let local = at.to_zoned(self.zone.clone());
        let minute = u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
        self.hours.of(local.date(), self.own).iter().any(|span| (span.from..span.to).contains(&minute))
    }

    /// The stretches in which it is open from an instant on, in order and apart; they end 400 days later.
    #[must_use]
    pub fn after(self, at: Timestamp) -> Stretches<'a> {
        let end = at.checked_add(FARTHEST).unwrap_or(Timestamp::MAX);
        Stretches { opening: self, at, end, same_offset_until: at, found: VecDeque::new() }
    }
}

/// The stretches in which a shop is open.
#[derive(Debug)]
pub struct Stretches<'a> {
    opening: Opening<'a>,
    at: Timestamp,
    end: Timestamp,
    same_offset_until: Timestamp,
    found: VecDeque<Stretch>,
}

impl Stretches<'_> {
    /// The rest of the local date at hand, or the part of it before the clocks change.
    fn step(&mut self) {
        let zone = self.opening.zone;
        if self.at >= self.same_offset_until {
            let next = zone.following(self.at).next();
            self.same_offset_until = next.map_or(Timestamp::MAX, |change| change.timestamp());
        }
        let offset = zone.to_offset(self.at);
        let date = offset.to_datetime(self.at).date();
        let instant = |date: jiff::civil::Date| offset.to_timestamp(date.to_datetime(Time::midnight()));
        let tomorrow = date.tomorrow().and_then(instant).unwrap_or(self.end);
        let until = tomorrow.min(self.same_offset_until).min(self.end);
        if let Ok(midnight) = instant(date) {
            for span in self.opening.hours.of(date, self.opening.own) {
                let minute =
                    |of: u16| midnight.checked_add(SignedDuration::from_mins(i64::from(of))).unwrap_or(until);
                let (from, to) = (minute(span.from).max(self.at), minute(span.to).min(until));
                if from < to {
                    self.found.push_back(Stretch { from, to });
                }
            }
        }
        self.at = until;
    }
}

impl Iterator for Stretches<'_> {
    type Item = Stretch;

    fn next(&mut self) -> Option<Stretch> {
        while self.found.is_empty() && self.at < self.end {
            self.step();
        }
        self.found.pop_front()
    }
}
