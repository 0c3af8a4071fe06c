//! What lists show of a plan, and how long that holds.
//!
//! The row of a case carries its next step, contact and deadline, so that lists are sorted and counted by them. They change
//! with a fact, and as time passes: [`Horizon::holds_until`] says when they have to be worked out anew.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::CasePlan;
use crate::cadence::ContactChannel;
use crate::case::Life;
use crate::deadline::Standing;
use crate::playbook::{Step, StepCode};

/// Longest time that a row is left alone: rules may have been brought in since.
const AT_MOST: SignedDuration = SignedDuration::from_hours(24);

/// A contact that may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextContact {
    /// By what.
    pub channel: ContactChannel,
    /// From when.
    pub from: Timestamp,
    /// Until when, not included.
    pub to: Timestamp,
}

/// The next deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextDeadline {
    /// The id of its window or timer.
    pub what: String,
    /// The last second.
    pub at: Timestamp,
}

/// What lists show of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Horizon {
    /// By when the next step is due; of a case that waits, until when it does.
    pub due: Option<Timestamp>,
    /// The next step.
    pub step: Option<StepCode>,
    /// The next contact; none while the case waits for somebody.
    pub contact: Option<NextContact>,
    /// The next deadline, whoever may act until then.
    pub deadline: Option<NextDeadline>,
    /// When all this has to be worked out anew; never for an ended case.
    pub holds_until: Option<Timestamp>,
}

/// The first step that is not done.
#[must_use]
pub fn next_step<'p>(steps: &'p [Step], done: &BTreeSet<StepCode>) -> Option<&'p Step> {
    steps.iter().find(|step| !done.contains(&step.step))
}

impl Horizon {
    /// The horizon of a case as it stands.
    #[must_use]
    pub fn of(plan: &CasePlan, life: &Life, done: &BTreeSet<StepCode>, now: Timestamp) -> Self {
        if !life.state.is_live() {
            return Self::default();
        }
        let deadline = plan
            .deadlines
            .iter()
            .filter(|deadline| deadline.at > now && deadline.standing != Standing::Impossible)
            .min_by_key(|deadline| deadline.at)
            .map(|deadline| NextDeadline { what: deadline.what.clone(), at: deadline.at });
        let step = next_step(&plan.playbook, done);
        let (due, contact) = match life.waiting {
            Some(waiting) => (waiting.until, None),
            None => {
                let first = plan.contacts.first();
                let contact =
                    first.map(|next| NextContact { channel: next.channel, from: next.from, to: next.to });
                (step.map(|step| step.due), contact)
            }
        };
        let after = |at: Timestamp| at.checked_add(SignedDuration::from_secs(1)).unwrap_or(at);
        let ends = [
            contact.map(|contact| contact.to),
            deadline.as_ref().map(|deadline| after(deadline.at)),
            life.waiting.and_then(|waiting| waiting.until),
            now.checked_add(AT_MOST).ok(),
        ];
        let holds_until = ends.into_iter().flatten().filter(|end| *end > now).min();
        Self { due, step: step.map(|step| step.step), contact, deadline, holds_until }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Acting, CaseState, Outcome, WaitingFor};
    use crate::compensation::Ladder;
    use crate::pack::Packs;
    use crate::plan::{CaseFacts, plan};
    use crate::shop::{Object, Platform};

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn planned(now: Timestamp) -> CasePlan {
        let facts = CaseFacts {
            platform: Some(Platform::Taobao),
            object: Some(Object::Review),
            created: Some(at("2026-07-01T02:00:00Z")),
            found: Some(at("2026-07-01T03:00:00Z")),
            zone: jiff::tz::TimeZone::get("Asia/Shanghai").ok(),
            ..CaseFacts::default()
        };
        plan(&facts, Packs::embedded(), Ladder::shipped(), now)
    }

    #[test]
    fn a_row_shows_the_next_of_everything_and_until_when_that_holds() {
        let now = at("2026-07-01T03:10:00Z");
        let plan = planned(now);
        let horizon = Horizon::of(&plan, &Life::NEW, &BTreeSet::new(), now);
        let contact = horizon.contact.expect("a contact now");
        assert_eq!((contact.from, contact.to), (now, at("2026-07-01T05:00:00Z")));
        assert_eq!(horizon.step, Some(StepCode::RateBuyer));
        assert!(horizon.deadline.is_some_and(|deadline| deadline.at > now));
        assert_eq!(horizon.holds_until, Some(contact.to), "then the next contact is another one");
        let done = BTreeSet::from([StepCode::RateBuyer]);
        assert_ne!(Horizon::of(&plan, &Life::NEW, &done, now).step, Some(StepCode::RateBuyer));
    }

    #[test]
    fn a_waiting_case_is_due_when_its_time_is_up_and_an_ended_one_never() {
        let now = at("2026-07-01T03:10:00Z");
        let plan = planned(now);
        let until = at("2026-07-01T09:00:00Z");
        let waits = Life::NEW.wait(WaitingFor::Carrier, Some(until), Acting::DESK, now).expect("it can wait");
        let horizon = Horizon::of(&plan, &waits, &BTreeSet::new(), now);
        assert_eq!((horizon.due, horizon.contact, horizon.holds_until), (Some(until), None, Some(until)));
        assert!(horizon.deadline.is_some(), "the platform does not wait");
        let ended = Life::NEW.end(Outcome::Kept, Acting::DESK).expect("it can end");
        assert_eq!(ended.state, CaseState::Solved);
        assert_eq!(Horizon::of(&plan, &ended, &BTreeSet::new(), now), Horizon::default());
    }

    #[test]
    fn nothing_holds_longer_than_a_day() {
        let now = at("2027-07-01T03:10:00Z");
        let horizon = Horizon::of(&planned(now), &Life::NEW, &BTreeSet::new(), now);
        assert_eq!(horizon.holds_until, now.checked_add(AT_MOST).ok());
    }
}
