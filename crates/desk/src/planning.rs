//! The plan of a case: its facts put together from what is stored, and kept in step with every change.
//!
//! `facts.rs` says where each fact comes from; the rules are all in `pingxin_domain::plan`. `renew` writes what lists show of
//! the plan and its clocks (`clocks.rs`), in the transaction of the change; [`renew_due`] does it as time passes and for what files brought.

mod clocks;
mod due;
mod facts;
mod shown;

pub(crate) use due::renew;
pub use due::{Renewed, renew_due};
pub(crate) use shown::shown;
pub use shown::{AttemptShown, CasePlanView, NextShown, view};
