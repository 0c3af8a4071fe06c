//! What the clocks of a case are counted from.

use jiff::{SignedDuration, Timestamp};

use super::count::Pause;
use super::duty::Duty;
use crate::case::{CaseState, Waiting, WaitingFor};
use crate::identifiers::TaskId;

/// What is older than this when its case is opened is work that was brought in, and is not measured.
pub const OLD: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What changed about a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// It came into a state; whom it waited for from then on.
    To(CaseState, Option<WaitingFor>),
    /// The buyer changed his review: an ended case goes on, and so does one that waited for him.
    Revised,
    /// Somebody got it, or lost it.
    Owner,
}

/// A change of a case, as its story tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Moved,
}

/// What the story of a case says of its clocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseStory {
    /// When it was opened, or last opened again.
    pub began: Option<Timestamp>,
    /// When its buyer was waited for, in order.
    pub pauses: Vec<Pause>,
    /// When whoever has it got it.
    pub owned_since: Option<Timestamp>,
}

impl CaseStory {
    /// Reads the moves of a case, the first first; `waiting` is what it waits for now.
    #[must_use]
    pub fn of(moves: &[Move], waiting: Option<Waiting>) -> Self {
        let mut story = Self::default();
        let (mut is_live, mut pauses) = (false, false);
        for one in moves {
            let (state, waits_for) = match one.what {
                Moved::To(state, waits_for) => (state, waits_for),
                Moved::Revised if !is_live || pauses => (CaseState::Open, None),
                Moved::Revised => continue,
                Moved::Owner => {
                    story.owned_since = Some(one.at);
                    continue;
                }
            };
            if let Some(open) = story.pauses.last_mut().filter(|pause| pause.to.is_none()) {
                open.to = Some(one.at);
            }
            if state.is_live() && !is_live {
                story.began = Some(one.at);
                story.pauses.clear();
            }
            is_live = state.is_live();
            pauses = state == CaseState::Waiting && waits_for == Some(WaitingFor::Buyer);
            if pauses {
                story.pauses.push(Pause { from: one.at, to: None });
            }
        }
        // A move that was taken back says only where it went back to.
        if let Some(waiting) = waiting.filter(|waiting| waiting.on == WaitingFor::Buyer && !pauses) {
            let last = story.pauses.last().and_then(|pause| pause.to);
            let from = last.map_or(waiting.since, |last| last.max(waiting.since));
            story.pauses.push(Pause { from, to: None });
        }
        // Pauses of no length count for nothing.
        story.pauses.retain(|pause| pause.to.is_none_or(|to| pause.from < to));
        story
    }
}

/// A question to another department that is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedTask {
    /// Which.
    pub id: TaskId,
    /// When it was asked.
    pub at: Timestamp,
    /// Until when, if somebody said so.
    pub due: Option<Timestamp>,
}

/// What the clocks of a case are counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockFacts {
    /// How it stands.
    pub state: CaseState,
    /// When it was opened, or last opened again, or since when clocks are kept.
    pub began: Timestamp,
    /// Whether it is about something old that was brought in; then only what the buyer writes now is measured.
    pub is_old: bool,
    /// When its buyer was waited for, in order.
    pub pauses: Vec<Pause>,
    /// What the shop did from this instant on answers what the case is about.
    pub counts_from: Timestamp,
    /// When the shop contacted the buyer or replied in public, in no order.
    pub responses: Vec<Timestamp>,
    /// When the buyer wrote, in no order.
    pub messages: Vec<Timestamp>,
    /// Questions to other departments.
    pub tasks: Vec<AskedTask>,
    /// By when its next step is due.
    pub due: Option<Timestamp>,
    /// Whoever has it: when he got it or last did something with it, whichever is later.
    pub acted: Option<Timestamp>,
    /// His roster.
    pub duty: Duty,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(hour: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
    }

    fn to(at: i64, state: CaseState, waits_for: Option<WaitingFor>) -> Move {
        Move { at: hour(at), what: Moved::To(state, waits_for) }
    }

    #[test]
    fn only_waiting_for_the_buyer_pauses_and_an_ended_case_begins_anew() {
        use CaseState::{Closed, InProgress, Open, Waiting};
        let moves = [
            to(0, Open, None),
            Move { at: hour(1), what: Moved::Owner },
            to(2, Waiting, Some(WaitingFor::Buyer)),
            to(5, Waiting, Some(WaitingFor::Carrier)),
            to(7, Waiting, Some(WaitingFor::Buyer)),
        ];
        let story = CaseStory::of(&moves, None);
        assert_eq!((story.began, story.owned_since), (Some(hour(0)), Some(hour(1))));
        let pauses = [Pause { from: hour(2), to: Some(hour(5)) }, Pause { from: hour(7), to: None }];
        assert_eq!(story.pauses, pauses);
        let revised = Move { at: hour(8), what: Moved::Revised };
        let more = [
            revised,
            to(9, Closed, None),
            Move { at: hour(12), what: Moved::Revised },
            to(13, InProgress, None),
        ];
        let story = CaseStory::of(&[moves.as_slice(), &more[..1]].concat(), None);
        assert_eq!(story.pauses.last().and_then(|pause| pause.to), Some(hour(8)), "he has changed it");
        let story = CaseStory::of(&[moves.as_slice(), &more].concat(), None);
        assert_eq!((story.began, story.pauses), (Some(hour(12)), Vec::new()), "opened again");
    }

    #[test]
    fn a_move_taken_back_leaves_it_waiting() {
        let moves = [
            to(0, CaseState::Open, None),
            to(1, CaseState::Waiting, Some(WaitingFor::Buyer)),
            to(3, CaseState::InProgress, None),
            to(4, CaseState::Waiting, None),
        ];
        let waiting = Waiting { on: WaitingFor::Buyer, since: hour(1), until: None };
        let pauses = CaseStory::of(&moves, Some(waiting)).pauses;
        assert_eq!(pauses, [Pause { from: hour(1), to: Some(hour(3)) }, Pause { from: hour(3), to: None }]);
    }
}
