//! The one place that reads the wall clock.

use std::fmt::Debug;

use jiff::Timestamp;

/// What time it is; tests hand in one of their own.
pub trait Clock: Send + Sync + Debug {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time comes from")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still: for what happened at another time and is only brought in now.
#[derive(Debug, Clone, Copy)]
pub struct StoppedClock(pub Timestamp);

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_clock_stands_still_and_the_machines_does_not_run_back() {
        let stopped = StoppedClock(Timestamp::UNIX_EPOCH);
        assert_eq!([stopped.now(), stopped.now()], [Timestamp::UNIX_EPOCH; 2]);
        assert!(SystemClock.now() <= SystemClock.now());
    }
}
