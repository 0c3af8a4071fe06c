//! Development only: a fresh database of either engine for each test, and a clock that tests move.

pub mod clock;
pub mod database;
pub mod mail;
pub mod receiver;

pub use clock::MockClock;
pub use database::TestDatabase;
