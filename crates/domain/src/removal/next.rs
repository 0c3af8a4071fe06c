//! What to do next about a review.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::answer::{Removal, Verdict};
use super::facts::Facts;
use super::judge;
use crate::Say;
use crate::deadline::{self, Deadline, Events, Standing};
use crate::pack::{Anchor, ChangePolicy, Rules};

/// A step to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Ask the platform to remove the review.
    RequestRemoval,
    /// Rate the buyer, without which no removal is taken.
    RateBuyer,
    /// Get in touch with the buyer.
    ContactBuyer,
    /// Solve what the review complains of.
    Solve,
    /// Tell the buyer, once it is solved, that he may change what he wrote.
    AskChange,
    /// Answer beneath the review.
    PublicReply,
    /// Hand it to a supervisor.
    Escalate,
    /// Thank for a good review.
    Thank,
    /// Write down what is known or missing.
    Record,
}

/// A step with its time and reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStep {
    /// What to do.
    pub step: Step,
    /// By when; null when nothing presses.
    pub due: Option<Timestamp>,
    /// Why.
    pub why: Say,
}

/// How soon a bad review is taken up.
const SOON: SignedDuration = SignedDuration::from_hours(24);

/// What to do next about a review, the most urgent first.
#[must_use]
pub fn next_steps(
    rules: &Rules<'_>,
    facts: &Facts<'_>,
    removal: &Removal,
    is_bad: bool,
    now: Timestamp,
) -> Vec<NextStep> {
    if !is_bad && removal.verdict < Verdict::NeedsEvidence {
        let why = Say::new("好评，致谢即可", "a good review: thank the buyer");
        return vec![NextStep { step: Step::Thank, due: None, why }];
    }
    let mut plan = Plan { rules, facts, now, steps: Vec::new() };
    plan.removal(removal);
    if is_bad {
        plan.talk();
    }
    let mut steps = plan.steps;
    // What presses comes first; what presses alike stays in the order of the work.
    steps.sort_by_key(|step| step.due.unwrap_or(Timestamp::MAX));
    steps
}

struct Plan<'a> {
    rules: &'a Rules<'a>,
    facts: &'a Facts<'a>,
    now: Timestamp,
    steps: Vec<NextStep>,
}

impl Plan<'_> {
    fn add(&mut self, step: Step, due: Option<Timestamp>, zh: impl Into<String>, en: impl Into<String>) {
        self.steps.push(NextStep { step, due, why: Say::new(zh, en) });
    }

    /// Within a day, or before the window ends if that is sooner.
    fn soon(&self, ends: Option<Timestamp>) -> Option<Timestamp> {
        let soon = self.now.checked_add(SOON).ok();
        soon.into_iter().chain(ends).min()
    }

    /// The window with this id, as of now.
    fn window(&self, id: &str) -> Option<Deadline> {
        let created = self.facts.created?;
        let zone = self.rules.timezone().unwrap_or(TimeZone::UTC);
        let window = self.rules.window(id, created.to_zoned(zone.clone()).date())?;
        let events = Events::default().and(Anchor::ReviewCreated, Some(created));
        deadline::of_window(window, &events, &zone, &[], self.now)
    }

    fn removal(&mut self, removal: &Removal) {
        let Some(best) = removal.grounds.iter().find(|ground| ground.verdict == removal.verdict) else {
            return;
        };
        let ends = self
            .rules
            .removal()
            .and_then(|entry| entry.text("max_age"))
            .and_then(|id| self.window(id))
            .and_then(|window| window.at);
        match removal.verdict {
            Verdict::Eligible => {
                let due = self.soon(ends);
                self.add(Step::RequestRemoval, due, best.why.zh.clone(), best.why.en.clone());
            }
            Verdict::NeedsEvidence if best.missing.iter().any(|code| code == "seller_rating") => {
                let due = judge::rate_by(self.rules, self.facts, self.now);
                self.add(
                    Step::RateBuyer,
                    due,
                    "双方都已评价后才能申诉，请先评价买家",
                    "a report is taken only when both have rated: rate the buyer first",
                );
            }
            Verdict::NeedsEvidence => {
                let due = self.soon(ends);
                self.add(Step::Record, due, best.why.zh.clone(), best.why.en.clone());
            }
            Verdict::Expired | Verdict::NotEligible | Verdict::NoRule => {}
        }
    }

    fn talk(&mut self) {
        let soon = self.soon(None);
        self.add(Step::ContactBuyer, soon, "先了解买家遇到的问题", "find out what went wrong for the buyer");
        self.add(
            Step::Solve,
            None,
            "按责任处理问题，与评价无关",
            "put it right, whatever becomes of the review",
        );
        let ask = self.facts.object().and_then(|object| self.rules.ask_change(object));
        match ask {
            Some(ask) if ask.policy <= ChangePolicy::PlatformFlowOnly => {
                let window = ask.window.as_deref().and_then(|id| self.window(id));
                // A folk value is for planning only: it never says that it is too late.
                let over = window.as_ref().is_some_and(|window| {
                    window.standing == Standing::Over && window.record.status != crate::pack::Status::Folk
                });
                if !over {
                    let due = window.and_then(|window| window.at).filter(|at| *at >= self.now);
                    let zh = "问题解决后可以中性告知买家可自行修改，不附带任何好处";
                    self.add(Step::AskChange, due, zh, "once solved, the buyer may be told neutrally that he can change it; nothing is offered");
                }
            }
            _ => {}
        }
        if let Some(reply) = self.rules.public_reply()
            && reply.allowed
        {
            let window = reply.window.as_deref().and_then(|id| self.window(id));
            if window.as_ref().is_none_or(|window| window.standing == Standing::Open) {
                let due = window.and_then(|window| window.at);
                self.add(
                    Step::PublicReply,
                    due,
                    "公开回复给其他买家看，不含个人信息",
                    "answer beneath it for other buyers, without personal data",
                );
            }
        }
    }
}
