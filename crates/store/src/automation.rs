//! Automation: the rules of a merchant, what happened that they look at, and what they did.

pub(crate) mod queue;
pub(crate) mod recent;
pub(crate) mod rule;
pub(crate) mod run;
pub(crate) mod seen;

use crate::sql::Statement;

pub use queue::{
    Queued, count_attempt, last_event, lock, queue_messages, queue_reviews, set_chain, settle, tenants,
    waiting,
};
pub use recent::{Recent, recent};
pub use rule::{
    RuleRow, StoredRule, create, delete, existing, find, list, lock_rule, of_happening, put, restore,
    set_order,
};
pub use run::{NewRun, RunFilter, RunRow, add_run, count_runs, finish_run, forget_runs, runs, runs_since};
pub use seen::{Subject, set_severity, severity, subjects};

pub(crate) use queue::{queue_event, queue_opened};
pub(crate) use run::{built_count, built_list, sample_filters};

/// The statements of all parts.
pub(crate) const ALL_STATEMENTS: &[&[Statement]] =
    &[queue::STATEMENTS, recent::STATEMENTS, rule::STATEMENTS, run::STATEMENTS, seen::STATEMENTS];
