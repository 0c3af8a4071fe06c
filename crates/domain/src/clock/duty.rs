//! When somebody is on duty 排班.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::count::Stretch;
use super::open::Opening;

/// How near a shift must be for a roster to be kept at all.
const NEAR: SignedDuration = SignedDuration::from_hours(24 * 14);

/// A time that somebody is on duty, or away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// From this instant on.
    pub from: Timestamp,
    /// Up to this one, not included.
    pub to: Timestamp,
    /// Whether he is out of office 请假, which counts before any shift.
    pub is_away: bool,
}

/// The roster of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Duty {
    /// His shifts and absences, in no order.
    pub shifts: Vec<Shift>,
}

impl Duty {
    /// Whether a roster is kept of him around an instant: a shift within two weeks. Without one the shop's hours count.
    #[must_use]
    pub fn is_kept(&self, at: Timestamp) -> bool {
        let (from, to) = (at.checked_sub(NEAR), at.checked_add(NEAR));
        let (from, to) = (from.unwrap_or(Timestamp::MIN), to.unwrap_or(Timestamp::MAX));
        self.shifts.iter().any(|shift| !shift.is_away && shift.to > from && shift.from < to)
    }

    /// Whether he is out of office.
    #[must_use]
    pub fn is_away(&self, at: Timestamp) -> bool {
        self.shifts.iter().any(|shift| shift.is_away && shift.from <= at && at < shift.to)
    }

    /// Whether he is on duty; `opening` is his shop's.
    #[must_use]
    pub fn is_on(&self, at: Timestamp, opening: Opening<'_>) -> bool {
        if self.is_away(at) {
            return false;
        }
        if !self.is_kept(at) {
            return opening.is_open(at);
        }
        self.shifts.iter().any(|shift| !shift.is_away && shift.from <= at && at < shift.to)
    }

    /// The stretches in which he is on duty from an instant on, in order and apart.
    #[must_use]
    pub fn after(&self, at: Timestamp, opening: Opening<'_>) -> Vec<Stretch> {
        let mut on: Vec<Stretch> = if self.is_kept(at) {
            let shifts = self.shifts.iter().filter(|shift| !shift.is_away && shift.to > at);
            shifts.map(|shift| Stretch { from: shift.from.max(at), to: shift.to }).collect()
        } else {
            let until = at.checked_add(NEAR).unwrap_or(Timestamp::MAX);
            opening.after(at).take_while(|stretch| stretch.from < until).collect()
        };
        on.sort_by_key(|stretch| stretch.from);
        let mut apart: Vec<Stretch> = Vec::with_capacity(on.len());
        for stretch in on {
            match apart.last_mut().filter(|last| last.to >= stretch.from) {
                Some(last) => last.to = last.to.max(stretch.to),
                None => apart.push(stretch),
            }
        }
        for away in self.shifts.iter().filter(|shift| shift.is_away) {
            let without = |stretch: Stretch| {
                let before = Stretch { to: stretch.to.min(away.from), ..stretch };
                let after = Stretch { from: stretch.from.max(away.to), ..stretch };
                [before, after].into_iter().filter(|part| part.from < part.to)
            };
            apart = apart.into_iter().flat_map(without).collect();
        }
        apart
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::clock::Hours;

    fn hour(hour: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
    }

    fn shift(from: i64, to: i64, is_away: bool) -> Shift {
        Shift { from: hour(from), to: hour(to), is_away }
    }

    #[test]
    fn shifts_are_joined_and_absences_taken_out() {
        let hours = Hours::default();
        let opening = Opening { zone: &TimeZone::UTC, hours: &hours, own: &[] };
        let duty = Duty {
            shifts: vec![
                shift(20, 30, false),
                shift(8, 16, false),
                shift(12, 20, false),
                shift(10, 11, true),
            ],
        };
        let on: Vec<_> = duty.after(hour(9), opening).iter().map(|one| (one.from, one.to)).collect();
        assert_eq!(on, [(hour(9), hour(10)), (hour(11), hour(30))]);
        for (at, is_on) in [(9, true), (10, false), (11, true), (29, true), (30, false), (33, false)] {
            assert_eq!(duty.is_on(hour(at), opening), is_on, "{at}");
        }
    }

    #[test]
    fn without_a_roster_the_hours_of_the_shop_count() {
        let hours = Hours { public_days: false, ..Hours::default() };
        let opening = Opening { zone: &TimeZone::UTC, hours: &hours, own: &[] };
        let duty = Duty { shifts: vec![shift(12, 13, true)] };
        let on: Vec<_> = duty.after(hour(0), opening).iter().take(2).map(|one| (one.from, one.to)).collect();
        assert_eq!(on, [(hour(9), hour(12)), (hour(13), hour(21))]);
        assert!(
            duty.is_on(hour(9), opening) && !duty.is_on(hour(12), opening) && !duty.is_on(hour(22), opening)
        );
        let old = Duty { shifts: vec![shift(0, 8, false)] };
        assert!(!old.is_on(hour(24 + 9), opening), "a roster is kept, and he is not on it");
        assert!(old.is_on(hour(24 * 30 + 9), opening), "one that has ended long ago is none");
    }
}
