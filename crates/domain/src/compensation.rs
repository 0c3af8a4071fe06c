//! Compensation ladder 赔付标准: what may be given to put a matter right, how much at most, and who has to agree.
//!
//! The rungs rise: coupon, points or membership, gift or red packet, replacement, part of the money, all of it (article-001).
//! The defaults are data (`compensation/ladder.toml`), a shop has its own [`Ladder`], and nothing on it is ever above the
//! order. Where the platform forbids benefits only replacement and refunds are left. Nothing here knows a rating: what a
//! buyer is given does not depend on what he wrote.
//!
//! A merchant's [`CompensationRules`] add caps over a month to his ladder. An [`Ask`] is weighed against them and against what
//! was given [`Before`]; a [`Standing`] then goes from asked to approved, paid and confirmed, or is refused or reversed.

mod ask;
mod ladder;
mod rules;
mod rung;
mod state;

pub use ask::{Ask, AskRefused, Before, Bound};
pub use ladder::{Ladder, LadderError, Limits, LimitsWritten, RungWritten};
pub use rules::{BudgetWritten, CAP_LIMIT, CapWritten, CompensationRules, RulesWritten};
pub use rung::{Benefit, Rung, SignOff, propose, rungs};
pub use state::{Agreed, CompensationRefused, CompensationState, CompensationStep, Deciding, Standing};

#[cfg(test)]
mod model;
