//! The use cases on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bench;
mod cases;
mod casework;
mod demo;
mod export;
mod import;
mod media;
mod reading;
mod removals;
mod retention;
mod retrained;
mod rights;
mod undo;
