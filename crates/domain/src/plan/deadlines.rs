//! The deadlines of a case: which of its facts are events, and how a deadline is told.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::CaseFacts;
use crate::deadline::{Deadline, Events, Standing};
use crate::pack::{Grade, Party};
use crate::say::Say;
use crate::source::Source;

/// One deadline, as the contract tells it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlannedDeadline {
    /// The id of the window or timer in the pack.
    pub what: String,
    /// The last second.
    pub at: Timestamp,
    /// Where the rule comes from.
    pub source: Vec<Source>,
    /// What it is called.
    pub name: Say,
    /// Who may act, or is waited for.
    pub who: Party,
    /// The local date of the last second.
    pub last_day: Option<Date>,
    /// Where now stands to it.
    pub standing: Standing,
    /// What the platform does when a timer ends.
    pub on_expiry: Option<String>,
    /// How well the rule is known.
    pub grade: Grade,
    /// Whether the pack is due to be looked at again.
    pub stale: bool,
}

impl PlannedDeadline {
    /// `None` for what is impossible: it has no end.
    pub(super) fn of(deadline: Deadline) -> Option<Self> {
        Some(Self {
            at: deadline.at?,
            what: deadline.what,
            source: deadline.record.source,
            name: deadline.name,
            who: deadline.who,
            last_day: deadline.last_day,
            standing: deadline.standing,
            on_expiry: deadline.on_expiry,
            grade: deadline.record.grade,
            stale: deadline.stale,
        })
    }
}

/// The id of the deadline for proof, which somebody read on the platform: no pack knows a rule for it.
pub(super) const EVIDENCE: &str = "evidence";

/// Every deadline, the earliest first: those of the rules, and the one that a person typed.
pub(super) fn told(
    rules: Vec<Deadline>,
    facts: &CaseFacts,
    zone: &TimeZone,
    now: Timestamp,
) -> Vec<PlannedDeadline> {
    let typed = facts.evidence_due.map(|at| PlannedDeadline {
        what: EVIDENCE.to_owned(),
        at,
        source: Vec::new(),
        name: Say::new("举证期限（人工填写）", "last time for proof (typed)"),
        who: Party::Seller,
        last_day: Some(at.to_zoned(zone.clone()).date()),
        standing: if now > at { Standing::Over } else { Standing::Open },
        on_expiry: None,
        grade: Grade::N,
        stale: false,
    });
    let mut all: Vec<PlannedDeadline> =
        rules.into_iter().filter_map(PlannedDeadline::of).chain(typed).collect();
    all.sort_by_key(|deadline| deadline.at);
    all
}

/// The facts of a case as events: review windows run from its writing, refund timers from the asking. The same as of its
/// review (`triage::standing`).
pub(super) fn events(facts: &CaseFacts) -> Events {
    Events::of_review(facts.platform, facts.object, facts.created, &facts.order).around(
        facts.followed_up,
        facts.requested,
        facts.removal_requested,
    )
}
