//! The use cases on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod assignment;
mod automation;
mod bench;
mod cases;
mod casework;
mod claims;
mod clocks;
mod compensations;
mod demo;
mod export;
mod import;
mod incentives;
mod media;
mod promises;
mod reading;
mod removals;
mod retention;
mod retrained;
mod rights;
mod undo;
