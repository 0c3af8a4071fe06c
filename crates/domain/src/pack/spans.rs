//! Stretches of hours within a local day, as packs write them.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;
use serde::{Serialize, Serializer};

/// Hours of a local day, `[from, to)`; `20:00-08:00` goes over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// The first moment.
    pub from: Time,
    /// The first moment after it.
    pub to: Time,
}

impl Hours {
    /// Whether a time of day falls in it.
    #[must_use]
    pub fn contains(self, time: Time) -> bool {
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            time >= self.from || time < self.to
        }
    }

    /// Whether every moment of `other` falls in it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        let length = |from: Time, to: Time| (minutes(to) + 1440 - minutes(from)) % 1440;
        let whole = |hours: Self| if hours.from == hours.to { 0 } else { length(hours.from, hours.to) };
        length(self.from, other.from) + whole(other) <= whole(self)
    }
}

fn minutes(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

impl FromStr for Hours {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (from, to) = text.split_once('-').ok_or(())?;
        let time = |text: &str| {
            let (hour, minute) = text.split_once(':').ok_or(())?;
            let number = |digits: &str| {
                let plain = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
                plain.then(|| digits.parse::<i8>().ok()).flatten().ok_or(())
            };
            Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| ())
        };
        Ok(Self { from: time(from)?, to: time(to)? })
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(formatter, "{:02}:{:02}-{:02}:{:02}", from.hour(), from.minute(), to.hour(), to.minute())
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(text: &str) -> Hours {
        text.parse().unwrap()
    }

    fn at(hour: i8, minute: i8) -> Time {
        Time::new(hour, minute, 0, 0).unwrap()
    }

    #[test]
    fn hours_may_go_over_midnight() {
        let night = hours("20:00-08:00");
        for (time, inside) in
            [(at(20, 0), true), (at(23, 59), true), (at(7, 59), true), (at(8, 0), false), (at(12, 0), false)]
        {
            assert_eq!(night.contains(time), inside, "{time}");
        }
        assert!(hours("11:00-13:00").contains(at(11, 0)) && !hours("11:00-13:00").contains(at(13, 0)));
    }

    #[test]
    fn a_longer_night_covers_a_shorter_one() {
        assert!(hours("20:00-09:00").covers(hours("21:00-08:00")));
        assert!(hours("20:00-09:00").covers(hours("02:00-03:00")));
        assert!(!hours("21:00-08:00").covers(hours("20:00-08:00")));
        assert!(!hours("21:00-08:00").covers(hours("21:00-08:01")));
    }

    #[test]
    fn only_two_digits_are_a_time() {
        for wrong in
            ["", "8-9", "08:00", "24:00-25:00", "08:60-09:00", "8:00-09:00", "+8:00-09:00", "08:00–09:00"]
        {
            assert!(wrong.parse::<Hours>().is_err(), "{wrong}");
        }
    }
}
