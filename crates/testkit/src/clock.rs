//! A clock that stands still until a test moves it.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use pingxin_store::clock::Clock;

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct MockClock(Mutex<Timestamp>);

impl MockClock {
    /// Stands at `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves it on (or back).
    ///
    /// # Panics
    /// Beyond the ends of the calendar.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.0.lock().expect("nobody panics while holding the clock");
        *now = now.checked_add(by).expect("tests stay within the calendar");
    }

    /// Puts it to `now`.
    ///
    /// # Panics
    /// Never in practice.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().expect("nobody panics while holding the clock") = now;
    }
}

impl Default for MockClock {
    /// Noon UTC of 22 November 2026.
    fn default() -> Self {
        Self::new("2026-11-22T12:00:00Z".parse().expect("an instant"))
    }
}

impl Clock for MockClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("nobody panics while holding the clock")
    }
}
