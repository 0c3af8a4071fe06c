//! What becomes of a case of the demo: who takes it up, and which deeds follow on which day. A function of its number, so
//! that the same demo is worked in the same way every time.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use pingxin_domain::call::CallResult;
use pingxin_domain::case::{Outcome, WaitingFor};

/// Who of the team does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// The agent.
    Agent,
    /// The supervisor.
    Supervisor,
}

/// One deed in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Takes the case.
    Take,
    /// Writes to the buyer with the script that fits best.
    Write,
    /// Answers beneath the review, with the script that fits best.
    Reply,
    /// Notes a call and what came of it.
    Call(CallResult),
    /// Asks for what the ladder proposes.
    Ask,
    /// Notes that the money went out.
    Pay,
    /// Keeps what was promised.
    Keep,
    /// Leaves the case with somebody else to answer.
    Wait(WaitingFor),
    /// The matter is put right.
    Solve(Outcome),
    /// Lays it aside.
    GiveUp,
    /// Claims the incentive for it.
    Claim,
    /// Verifies that claim.
    Verify,
}

/// A deed, by whom, and when counted from the day the case came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// By whom.
    pub hand: Hand,
    /// Days after the case came in.
    pub day: i8,
    /// The hour of that day at the shop.
    pub hour: i8,
    /// What.
    pub deed: Deed,
}

const fn by(hand: Hand, day: i8, hour: i8, deed: Deed) -> Step {
    Step { hand, day, hour, deed }
}

/// Who takes a case, on the next morning.
fn taken(number: u64) -> (Hand, Step) {
    let hand = if number % 4 == 3 { Hand::Supervisor } else { Hand::Agent };
    (hand, by(hand, 1, 9, Deed::Take))
}

/// What happens to a case that came in some weeks ago. Most are solved, some are given up, and a few are forgotten.
#[must_use]
pub fn of_weeks_ago(number: u64) -> Vec<Step> {
    let (hand, take) = taken(number);
    let mut steps = match number % 16 {
        0..=6 => vec![
            take,
            by(hand, 1, 10, Deed::Write),
            by(hand, 2, 9, Deed::Keep),
            by(hand, 2, 11, Deed::Solve(Outcome::Kept)),
        ],
        7..=9 => vec![
            take,
            by(hand, 1, 10, Deed::Call(CallResult::Talked)),
            by(hand, 1, 14, Deed::Ask),
            by(Hand::Supervisor, 2, 10, Deed::Pay),
            by(hand, 3, 11, Deed::Solve(Outcome::Kept)),
        ],
        10 | 11 => vec![
            take,
            by(hand, 1, 11, Deed::Reply),
            by(hand, 2, 9, Deed::Keep),
            by(hand, 3, 10, Deed::Solve(Outcome::Replied)),
        ],
        12 => vec![
            take,
            by(hand, 1, 10, Deed::Call(CallResult::NoAnswer)),
            by(hand, 2, 15, Deed::Call(CallResult::NoAnswer)),
            by(hand, 5, 16, Deed::GiveUp),
        ],
        13 => vec![take, by(hand, 1, 10, Deed::Write), by(hand, 2, 10, Deed::Wait(WaitingFor::Buyer))],
        14 => vec![
            take,
            by(hand, 1, 15, Deed::Write),
            by(hand, 3, 14, Deed::Keep),
            by(hand, 3, 15, Deed::Solve(Outcome::Kept)),
        ],
        _ => Vec::new(),
    };
    if hand == Hand::Agent && matches!(steps.last(), Some(Step { deed: Deed::Solve(Outcome::Kept), .. })) {
        steps.push(by(Hand::Agent, 4, 17, Deed::Claim));
        if !number.is_multiple_of(11) {
            steps.push(by(Hand::Supervisor, 5, 10, Deed::Verify));
        }
    }
    steps
}

/// What has happened to a case of the week before this one: somebody is on it.
#[must_use]
pub fn of_last_week(number: u64) -> Vec<Step> {
    let (hand, take) = taken(number);
    match number % 8 {
        0 | 1 => of_weeks_ago(0),
        2 => vec![take, by(hand, 1, 10, Deed::Write), by(hand, 1, 11, Deed::Wait(WaitingFor::Warehouse))],
        3 => vec![take, by(hand, 1, 14, Deed::Ask), by(hand, 1, 15, Deed::Wait(WaitingFor::Buyer))],
        4 => vec![take, by(hand, 1, 10, Deed::Write)],
        5 => vec![take, by(hand, 1, 10, Deed::Call(CallResult::NoAnswer))],
        _ => Vec::new(),
    }
}

impl Step {
    /// When it is done in a case that came in at `came`; a case's minute is its own, so that a morning has an order.
    #[must_use]
    pub fn at(&self, came: Timestamp, zone: &TimeZone, number: u64) -> Timestamp {
        let day = came.to_zoned(zone.clone()).date().saturating_add(i64::from(self.day).days());
        let minute = i8::try_from(number * 7 % 60).unwrap_or(0);
        let noon = day.at(self.hour, minute, 0, 0).to_zoned(zone.clone());
        noon.map_or(came, |zoned| zoned.timestamp()).max(came)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_goes_forward_and_ends_within_its_week() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let came: Timestamp = "2026-09-07T15:59:00Z".parse().unwrap();
        let next = came + jiff::SignedDuration::from_hours(24 * 7);
        for number in 1..200 {
            for steps in [of_weeks_ago(number), of_last_week(number)] {
                let times: Vec<_> = steps.iter().map(|step| step.at(came, &zone, number)).collect();
                assert!(times.is_sorted(), "{number}: {times:?}");
                assert!(times.iter().all(|at| (came..next).contains(at)), "{number}: {times:?}");
                let first = steps.first().map(|step| step.deed);
                assert!(
                    first.is_none_or(|deed| deed == Deed::Take),
                    "nobody works on a case that is not his"
                );
            }
        }
    }

    #[test]
    fn most_are_put_right_and_some_are_left() {
        let ends = |wanted: fn(&Deed) -> bool| {
            (0..160).filter(|number| of_weeks_ago(*number).iter().any(|step| wanted(&step.deed))).count()
        };
        assert!(ends(|deed| matches!(deed, Deed::Solve(_))) >= 120);
        assert!(ends(|deed| *deed == Deed::GiveUp) >= 5);
        assert_eq!((0..160).filter(|number| of_weeks_ago(*number).is_empty()).count(), 10);
    }
}
