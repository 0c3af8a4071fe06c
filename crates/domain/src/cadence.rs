//! Contact rhythm 跟进节奏: when, and by which channel, a buyer may be contacted about a case. A cap, never a target.
//!
//! Day 1 is the buyer's local date on which the review was found: a contact at once inside a window, one on day 2, none on
//! day 3, the last on day 4 or 5 (article-000). Windows, quiet hours and caps come from the policy packs; law and platform
//! only tighten them. [`plan`] is run anew after each attempt. To change the days: `cadence/rhythm.rs`.

mod attempt;
mod contact;
mod made;
mod plan;
mod rhythm;
mod slot;
mod stop;

#[cfg(test)]
mod zones;

pub use attempt::{Attempt, Attempts};
pub use contact::{Contact, ContactChannel};
pub use made::{CallRecord, KnownBy, Made, MessageRecord, last_message_of_buyer, made};
pub use plan::{ContactFacts, ContactPlan, plan};
pub use rhythm::Rhythm;
pub use slot::{Slot, slot};
pub use stop::{Stop, StopReason};
