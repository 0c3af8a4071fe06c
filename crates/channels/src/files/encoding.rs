//! Which encoding a text is in, and reading it as UTF-8 without holding it in memory.

mod decoded;
mod detect;
mod legacy;
mod wide;

pub(super) use decoded::Decoded;
pub(super) use detect::{Found, detect, for_label};
