//! Automation 自动化: rules of a merchant that act when something happens to a case, and macros 宏, the same actions run by
//! hand.
//!
//! Nothing here reaches a buyer, pays or ends a case: [`Act`] has no member for it. What a rule decides depends on the facts
//! that are handed in alone ([`decide`]).

mod act;
mod condition;
mod decide;
mod reference;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::list::Match;
use crate::words::words;

pub use act::{ACT_LIMIT, Act, DUE_HOURS_LIMIT, Filling, TEXT_LIMIT, VARIABLES, check_acts, filled};
pub use condition::{Condition, Handler, Seen, VALUE_LIMIT};
pub use decide::{Decision, decide, would_match};
pub use reference::{Existing, Reference, missing};

/// Longest name of a rule or macro, in characters.
pub const NAME_LIMIT: usize = 40;
/// Most conditions of a rule.
pub const CONDITION_LIMIT: usize = 20;
/// Most runs an hour that a rule can be given.
pub const HOURLY_LIMIT: u32 = 1_000;

words! {
    /// What a rule waits for.
    Happening {
        /// A review came in.
        ReviewArrived = "review_arrived",
        /// Its buyer changed it.
        ReviewRevised = "review_revised",
        /// A case was opened.
        CaseOpened = "case_opened",
        /// An ended one opened again.
        CaseReopened = "case_reopened",
        /// A case moved.
        StateChanged = "state_changed",
        /// The time of one of its clocks is gone.
        CaseOverdue = "case_overdue",
        /// It was solved.
        CaseSolved = "case_solved",
        /// Its buyer wrote.
        BuyerMessage = "buyer_message",
        /// The time of a promise to him has passed.
        PromiseBroken = "promise_broken",
        /// Another department answered.
        TaskAnswered = "task_answered",
        /// The platform answered a removal request.
        RemovalAnswered = "removal_answered",
    }
}

words! {
    /// What became of a rule that was to run.
    RunOutcome {
        /// It ran; each action says whether it was done.
        Ran = "ran",
        /// It had run as often this hour as it may.
        HeldBack = "held_back",
        /// It could not run, however often it was tried.
        Failed = "failed",
    }
}

/// A rule: when something happens and its conditions hold, its actions are done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What people call it.
    pub name: String,
    /// Whether it is used.
    pub is_on: bool,
    /// What it waits for.
    pub when: Happening,
    /// Whether all conditions must hold or one of them.
    pub matching: Match,
    /// The conditions; without one it always holds.
    pub conditions: Vec<Condition>,
    /// What is done, in this order.
    pub acts: Vec<Act>,
    /// It runs at most so often an hour.
    pub hourly: u32,
}

/// Actions that people run by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Macro {
    /// What people call it.
    pub name: String,
    /// What is done, in this order.
    pub acts: Vec<Act>,
}

/// Why a rule or macro is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RuleRefused {
    /// It has no name, or one that is too long.
    #[error("a name has 1 to {NAME_LIMIT} characters")]
    Name,
    /// Too many conditions.
    #[error("a rule has at most {CONDITION_LIMIT} conditions")]
    Conditions,
    /// A condition that says nothing, or names too much.
    #[error("a condition names 1 to {VALUE_LIMIT} values, each of at most 60 characters")]
    Values,
    /// A range that nothing is in.
    #[error("a range must begin at or before its end: stars 1 to 5, severity 0 to 100")]
    Range,
    /// Nothing is done, or too much.
    #[error("there are 1 to {ACT_LIMIT} actions")]
    Acts,
    /// A case can be given once only.
    #[error("a case can be given to one only")]
    TwoOwners,
    /// An empty or overlong text.
    #[error("a text has 1 to {TEXT_LIMIT} characters")]
    Text,
    /// A text with a variable that nobody knows.
    #[error("a text names a variable that there is none of")]
    Variable,
    /// A due time too far away.
    #[error("a task is due within 1 to {DUE_HOURS_LIMIT} hours")]
    Due,
    /// A way out that no notice goes by.
    #[error("the team is told by a robot or a webhook")]
    Channel,
    /// A macro that runs another.
    #[error("a macro runs no other macro")]
    Nested,
    /// A severity over 100.
    #[error("severity goes from 0 to 100")]
    Severity,
    /// No run at all, or too many.
    #[error("a rule runs 1 to {HOURLY_LIMIT} times an hour")]
    Hourly,
}

fn check_name(name: &str) -> Result<(), RuleRefused> {
    if (1..=NAME_LIMIT).contains(&name.trim().chars().count()) { Ok(()) } else { Err(RuleRefused::Name) }
}

impl Rule {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`RuleRefused`].
    pub fn check(&self) -> Result<(), RuleRefused> {
        check_name(&self.name)?;
        if self.conditions.len() > CONDITION_LIMIT {
            return Err(RuleRefused::Conditions);
        }
        self.conditions.iter().try_for_each(Condition::check)?;
        check_acts(&self.acts)?;
        if (1..=HOURLY_LIMIT).contains(&self.hourly) { Ok(()) } else { Err(RuleRefused::Hourly) }
    }
}

impl Macro {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`RuleRefused`].
    pub fn check(&self) -> Result<(), RuleRefused> {
        check_name(&self.name)?;
        if self.acts.iter().any(|act| matches!(act, Act::RunMacro { .. })) {
            return Err(RuleRefused::Nested);
        }
        check_acts(&self.acts)
    }
}

#[cfg(test)]
mod tests;
