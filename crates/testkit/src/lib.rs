//! Development only: a fresh database of either engine for each test, and a clock that tests move.

pub mod clock;
pub mod database;

pub use clock::MockClock;
pub use database::TestDatabase;
