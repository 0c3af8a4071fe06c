//! Whether a rule runs.

use super::{Rule, Seen};
use crate::identifiers::RuleId;
use crate::list::Match;

/// What is decided of one rule and one thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It runs; these of its conditions held, by their place.
    Run(Vec<usize>),
    /// It has run so often this hour that it waits; it would have run.
    HeldBack(Vec<usize>),
    /// It is not for this.
    Pass,
}

/// The conditions that hold, when they are enough for the rule; whether it is on is not asked.
#[must_use]
pub fn would_match(rule: &Rule, seen: &Seen) -> Option<Vec<usize>> {
    let held = rule.conditions.iter().enumerate().filter(|(_, condition)| condition.holds(seen));
    let held: Vec<usize> = held.map(|(place, _)| place).collect();
    let enough = match rule.matching {
        Match::All => held.len() == rule.conditions.len(),
        Match::Any => !held.is_empty() || rule.conditions.is_empty(),
    };
    enough.then_some(held)
}

/// Whether a rule runs for what was seen. `after` are the rules whose own actions made this happen, `runs` how often it has
/// run within the hour.
#[must_use]
pub fn decide((id, rule): (RuleId, &Rule), seen: &Seen, after: &[RuleId], runs: u32) -> Decision {
    // What a rule has done itself never sets it off again.
    if !rule.is_on || after.contains(&id) {
        return Decision::Pass;
    }
    match would_match(rule, seen) {
        None => Decision::Pass,
        Some(held) if runs >= rule.hourly => Decision::HeldBack(held),
        Some(held) => Decision::Run(held),
    }
}
