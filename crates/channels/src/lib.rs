//! The outside world: the files sellers bring and take away, and the ways out. Nothing here knows the database.
//!
//! [`files`] reads a file in a child process that limits itself, guesses what its columns mean, turns rows
//! into the domain's typed rows, and writes exports. [`outward`] carries mail, webhooks and notices of robots.

pub mod files;
pub mod outward;
