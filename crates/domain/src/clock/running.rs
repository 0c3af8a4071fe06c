//! The clocks of a case that run or stand, and when each of their alarms is due.
//!
//! * First response: from the opening of the case (or its opening again) until the shop contacts the buyer or replies.
//! * Next response: from the first message of the buyer that nothing followed.
//! * Resolution: from the opening until the end; while the buyer is waited for, none of these count.
//! * A question to another department: until the time somebody set, else the shop's goal.
//! * Silence: whoever has a case in progress, is on duty, and does nothing although something is expected (a response, or a
//!   step that is due), loses it. Any deed in the case begins it anew.

use std::cmp::{max, min};

use jiff::{SignedDuration, Timestamp};

use super::count::{Pause, Reach, Stretch, reaches};
use super::facts::ClockFacts;
use super::goals::Goals;
use super::open::Opening;
use crate::case::CaseState;
use crate::identifiers::TaskId;
use crate::words::words;

words! {
    /// What a clock counts.
    ClockKind {
        /// 首次响应
        FirstResponse = "first_response",
        /// 后续响应
        NextResponse = "next_response",
        /// 解决时限
        Resolution = "resolution",
        /// 协作任务
        Task = "task",
        /// 无人处理: whoever has the case does nothing.
        Silence = "silence",
    }
}

words! {
    /// How far a clock has come.
    Stage {
        /// 预警: most of the time is gone.
        Warned = "warned",
        /// 超时: all of it.
        Breached = "breached",
        /// 升级: the supervisor is told.
        Escalated = "escalated",
        /// 收回: the case goes back to the queue.
        Taken = "taken",
    }
}

/// A clock of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// What it counts.
    pub kind: ClockKind,
    /// The question it is about.
    pub task: Option<TaskId>,
    /// Since when.
    pub since: Timestamp,
    /// When the goal is reached, if nothing changes; none while it stands.
    pub due: Option<Timestamp>,
    /// How much working time is left while it stands.
    pub left: Option<SignedDuration>,
    /// When each of its stages is reached, in order; those that cannot be told are left out.
    pub stages: Vec<(Stage, Timestamp)>,
}

impl Clock {
    /// The last stage it has reached.
    #[must_use]
    pub fn stage(&self, now: Timestamp) -> Option<Stage> {
        self.stages.iter().rev().find(|(_, at)| *at <= now).map(|(stage, _)| *stage)
    }
}

/// Something that has to be told once. Kind, question, beginning and stage together name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alarm {
    /// Of which clock.
    pub kind: ClockKind,
    /// The question it is about.
    pub task: Option<TaskId>,
    /// When that clock began.
    pub since: Timestamp,
    /// What has happened.
    pub stage: Stage,
    /// When.
    pub at: Timestamp,
}

/// What lists show of the clocks of a case, and what is to be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The clock that is due first.
    pub next: Option<(ClockKind, Timestamp)>,
    /// Since when the supervisor should look.
    pub escalated: Option<Timestamp>,
    /// Every stage that is reached, the first first.
    pub alarms: Vec<Alarm>,
    /// When the next stage is reached.
    pub wakes: Option<Timestamp>,
}

impl Summary {
    /// Sums the clocks of a case up.
    #[must_use]
    pub fn of(clocks: &[Clock], now: Timestamp) -> Self {
        let told = clocks.iter().filter(|clock| clock.kind != ClockKind::Silence);
        let next = told.filter_map(|clock| Some((clock.kind, clock.due?))).min_by_key(|(_, due)| *due);
        let every = clocks.iter().flat_map(|clock| {
            let alarm = |(stage, at): &(Stage, Timestamp)| Alarm {
                kind: clock.kind,
                task: clock.task,
                since: clock.since,
                stage: *stage,
                at: *at,
            };
            clock.stages.iter().map(alarm)
        });
        let (mut alarms, later): (Vec<Alarm>, Vec<Alarm>) = every.partition(|alarm| alarm.at <= now);
        alarms.sort_by_key(|alarm| alarm.at);
        let escalated = alarms.iter().find(|alarm| alarm.stage == Stage::Escalated).map(|alarm| alarm.at);
        Self { next, escalated, alarms, wakes: later.iter().map(|alarm| alarm.at).min() }
    }
}

/// The clocks of a case; none of an ended one.
#[must_use]
pub fn clocks(facts: &ClockFacts, goals: &Goals, opening: Opening<'_>) -> Vec<Clock> {
    if !facts.state.is_live() {
        return Vec::new();
    }
    let counting = Counting { goals, opening, pauses: &facts.pauses };
    let response = counting.response(facts);
    let expected = response.as_ref().map(|clock| clock.since);
    let resolution = goals.resolution.filter(|_| !facts.is_old);
    let resolution = resolution.map(|goal| counting.clock(ClockKind::Resolution, facts.began, goal));
    let tasks = facts.tasks.iter().filter_map(|task| {
        let clock = match (task.due, goals.task) {
            (Some(due), _) => counting.until(task.at, due),
            (None, Some(goal)) => Counting { pauses: &[], ..counting }.clock(ClockKind::Task, task.at, goal),
            (None, None) => return None,
        };
        Some(Clock { task: Some(task.id), ..clock })
    });
    let tasks: Vec<Clock> = tasks.collect();
    let silence = counting.silence(facts, expected);
    response.into_iter().chain(resolution).chain(tasks).chain(silence).collect()
}

#[derive(Clone, Copy)]
struct Counting<'a> {
    goals: &'a Goals,
    opening: Opening<'a>,
    pauses: &'a [Pause],
}

fn minutes(goal: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(goal))
}

impl Counting<'_> {
    fn response(&self, facts: &ClockFacts) -> Option<Clock> {
        let last = facts.responses.iter().copied().filter(|at| *at >= facts.counts_from).max();
        if last.is_none() && !facts.is_old {
            return self
                .goals
                .first_response
                .map(|goal| self.clock(ClockKind::FirstResponse, facts.began, goal));
        }
        let since = max(last.unwrap_or(facts.began), facts.counts_from);
        let waits = facts.messages.iter().copied().filter(|at| *at > since).min()?;
        self.goals.next_response.map(|goal| self.clock(ClockKind::NextResponse, waits, goal))
    }

    fn clock(&self, kind: ClockKind, since: Timestamp, goal: u32) -> Clock {
        let part = minutes(goal).as_secs() * i64::from(self.goals.warn_percent) / 100;
        let reach = |goal| reaches(self.opening.after(since), self.pauses, goal);
        let at = |reach| match reach {
            Reach::At(at) => Some(at),
            Reach::Standing(_) => None,
        };
        let end = reach(minutes(goal));
        let warned = at(reach(SignedDuration::from_secs(part)));
        let escalated = self.goals.escalate_after.filter(|_| at(end).is_some());
        let escalated = escalated.and_then(|more| at(reach(minutes(goal).saturating_add(minutes(more)))));
        let left = match end {
            Reach::At(_) => None,
            Reach::Standing(left) => Some(left),
        };
        Clock { kind, task: None, since, due: at(end), left, stages: stages(warned, at(end), escalated) }
    }

    /// A question that has to be answered by an instant, whenever anybody works.
    fn until(&self, since: Timestamp, due: Timestamp) -> Clock {
        let length = due.duration_since(since).as_secs().max(0);
        let part = SignedDuration::from_secs(length / 100 * i64::from(self.goals.warn_percent));
        let escalated = self.goals.escalate_after.and_then(|more| {
            match reaches(self.opening.after(due), &[], minutes(more)) {
                Reach::At(at) => Some(at),
                Reach::Standing(_) => None,
            }
        });
        let warned = min(since.checked_add(part).unwrap_or(due), due);
        let stages = stages(Some(warned), Some(due), escalated);
        Clock { kind: ClockKind::Task, task: None, since, due: Some(due), left: None, stages }
    }

    fn silence(&self, facts: &ClockFacts, expected: Option<Timestamp>) -> Option<Clock> {
        let (goal, acted) = (self.goals.silence?, facts.acted?);
        if facts.state != CaseState::InProgress {
            return None;
        }
        let expected = [expected, facts.due].into_iter().flatten().min()?;
        let since = max(acted, expected);
        let on: Vec<Stretch> = facts.duty.after(since, self.opening);
        let reach = |goal| match reaches(on.iter().copied(), &[], goal) {
            Reach::At(at) => Ok(at),
            Reach::Standing(left) => Err(left),
        };
        let part = minutes(goal).as_secs() * i64::from(self.goals.warn_percent) / 100;
        let end = reach(minutes(goal));
        let warned = reach(SignedDuration::from_secs(part)).ok();
        let stages = [(Stage::Warned, warned), (Stage::Taken, end.ok())];
        let stages = stages.into_iter().filter_map(|(stage, at)| Some((stage, at?))).collect();
        Some(Clock { kind: ClockKind::Silence, task: None, since, due: end.ok(), left: end.err(), stages })
    }
}

fn stages(
    warned: Option<Timestamp>,
    breached: Option<Timestamp>,
    escalated: Option<Timestamp>,
) -> Vec<(Stage, Timestamp)> {
    let all = [(Stage::Warned, warned), (Stage::Breached, breached), (Stage::Escalated, escalated)];
    all.into_iter().filter_map(|(stage, at)| Some((stage, at?))).collect()
}

#[cfg(test)]
mod tests;
