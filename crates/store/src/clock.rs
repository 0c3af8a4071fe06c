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
