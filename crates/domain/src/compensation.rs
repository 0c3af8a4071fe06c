//! Compensation ladder 赔付标准: what may be given to put a matter right, how much at most, and who has to agree.
//!
//! The rungs rise: coupon, points or membership, gift or red packet, replacement, part of the money, all of it (article-001).
//! The defaults are data (`compensation/ladder.toml`), a shop has its own [`Ladder`], and nothing on it is ever above the
//! order. Where the platform forbids benefits only replacement and refunds are left. Nothing here knows a rating: what a
//! buyer is given does not depend on what he wrote.

mod ladder;
mod rung;

pub use ladder::{Ladder, LadderError, Limits};
pub use rung::{Benefit, Rung, SignOff, rungs};
