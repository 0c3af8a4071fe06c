//! How long things may take at a shop.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest goal, in minutes of working time: 90 days of 24 hours.
pub const LONGEST: u32 = 90 * 24 * 60;

/// How long things may take, in minutes of working time. What is none has no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goals {
    /// From the opening of the case to the first contact or public reply.
    pub first_response: Option<u32>,
    /// From a message of the buyer to our next one.
    pub next_response: Option<u32>,
    /// From the opening of the case to its end.
    pub resolution: Option<u32>,
    /// From a question to another department to its answer, where nobody said until when.
    pub task: Option<u32>,
    /// After this part of a goal, in percent, somebody is warned.
    pub warn_percent: u8,
    /// So long after the goal was missed, the supervisor is told.
    pub escalate_after: Option<u32>,
    /// On duty and without a deed for so long while something is expected, whoever has a case loses it.
    pub silence: Option<u32>,
}

impl Default for Goals {
    /// Two hours, four hours, three days of twelve hours, eight hours; a rule of the desk until the shop says otherwise.
    fn default() -> Self {
        Self {
            first_response: Some(2 * 60),
            next_response: Some(4 * 60),
            resolution: Some(3 * 12 * 60),
            task: Some(8 * 60),
            warn_percent: 80,
            escalate_after: Some(60),
            silence: Some(4 * 60),
        }
    }
}

/// Why goals are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GoalsRefused {
    /// A goal is no time at all, or longer than anybody waits.
    #[error("a goal must be from one minute to {LONGEST} minutes")]
    Length,
    /// A warning must come before the end.
    #[error("the warning must come after 1 to 99 percent of the goal")]
    Percent,
}

impl Goals {
    /// Whether they can be kept.
    ///
    /// # Errors
    /// [`GoalsRefused`].
    pub fn check(&self) -> Result<(), GoalsRefused> {
        let goals = [
            self.first_response,
            self.next_response,
            self.resolution,
            self.task,
            self.escalate_after,
            self.silence,
        ];
        if goals.into_iter().flatten().any(|goal| goal == 0 || goal > LONGEST) {
            return Err(GoalsRefused::Length);
        }
        if (1..=99).contains(&self.warn_percent) { Ok(()) } else { Err(GoalsRefused::Percent) }
    }
}
