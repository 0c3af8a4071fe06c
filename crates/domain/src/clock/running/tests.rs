use jiff::tz::TimeZone;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::clock::{AskedTask, Duty, Hours, Shift};
use crate::identifiers::Identifier;

/// Minutes after midnight of a Monday.
fn at(minute: i64) -> Timestamp {
    let monday: Timestamp = "2026-11-30T00:00:00Z".parse().expect("an instant");
    monday + SignedDuration::from_mins(minute)
}

fn facts() -> ClockFacts {
    ClockFacts {
        state: CaseState::InProgress,
        began: at(0),
        is_old: false,
        pauses: Vec::new(),
        counts_from: at(0),
        responses: Vec::new(),
        messages: Vec::new(),
        tasks: Vec::new(),
        due: None,
        acted: None,
        duty: Duty::default(),
    }
}

fn goals() -> Goals {
    Goals {
        first_response: Some(100),
        next_response: Some(200),
        resolution: None,
        task: Some(50),
        warn_percent: 80,
        escalate_after: Some(30),
        silence: Some(100),
    }
}

fn running(facts: &ClockFacts, goals: &Goals) -> Vec<Clock> {
    let hours = Hours::always();
    clocks(facts, goals, Opening { zone: &TimeZone::UTC, hours: &hours, own: &[] })
}

fn first(facts: &ClockFacts) -> Clock {
    running(facts, &goals()).into_iter().next().expect("a clock")
}

#[test]
fn a_clock_warns_breaches_and_escalates() {
    let clock = first(&facts());
    assert_eq!((clock.kind, clock.since, clock.due), (ClockKind::FirstResponse, at(0), Some(at(100))));
    let stages = [(Stage::Warned, at(80)), (Stage::Breached, at(100)), (Stage::Escalated, at(130))];
    assert_eq!(clock.stages, stages);
    for (minute, stage) in
        [(79, None), (80, Some(Stage::Warned)), (100, Some(Stage::Breached)), (200, Some(Stage::Escalated))]
    {
        assert_eq!(clock.stage(at(minute)), stage, "{minute}");
    }
    let summary = Summary::of(&[clock], at(110));
    assert_eq!(summary.next, Some((ClockKind::FirstResponse, at(100))));
    assert_eq!((summary.alarms.len(), summary.escalated, summary.wakes), (2, None, Some(at(130))));
}

#[test]
fn a_response_ends_the_clock_and_the_next_message_of_the_buyer_begins_another() {
    let mut facts = ClockFacts { responses: vec![at(50)], ..facts() };
    assert_eq!(running(&facts, &goals()), []);
    facts.messages = vec![at(20), at(70), at(60)];
    let clock = first(&facts);
    assert_eq!((clock.kind, clock.since), (ClockKind::NextResponse, at(60)), "what came before was answered");
    facts.responses.push(at(90));
    assert_eq!(running(&facts, &goals()), []);
}

#[test]
fn work_that_was_brought_in_is_measured_only_by_what_the_buyer_writes_now() {
    let mut facts = ClockFacts { is_old: true, ..facts() };
    let goals = Goals { resolution: Some(60), ..goals() };
    assert_eq!(running(&facts, &goals), []);
    facts.messages = vec![at(10)];
    let kinds: Vec<ClockKind> = running(&facts, &goals).iter().map(|clock| clock.kind).collect();
    assert_eq!(kinds, [ClockKind::NextResponse]);
}

#[test]
fn waiting_for_the_buyer_stops_it_and_an_ended_case_has_none() {
    let pauses = vec![Pause { from: at(40), to: None }];
    let waits = ClockFacts { state: CaseState::Waiting, pauses, ..facts() };
    let clock = first(&waits);
    assert_eq!((clock.due, clock.left), (None, Some(SignedDuration::from_mins(60))));
    assert_eq!(clock.stages, []);
    assert_eq!(running(&ClockFacts { state: CaseState::Solved, ..facts() }, &goals()), []);
}

#[test]
fn a_question_is_due_when_somebody_said_so_else_by_the_goal() {
    let task = |due| AskedTask { id: TaskId::from_uuid(Uuid::from_u128(7)), at: at(0), due };
    let asked =
        ClockFacts { responses: vec![at(1)], tasks: vec![task(None), task(Some(at(1000)))], ..facts() };
    let found = running(&asked, &goals());
    assert_eq!(found.iter().map(|clock| clock.due).collect::<Vec<_>>(), [Some(at(50)), Some(at(1000))]);
    assert_eq!(
        found[1].stages,
        [(Stage::Warned, at(800)), (Stage::Breached, at(1000)), (Stage::Escalated, at(1030))]
    );
    assert!(found.iter().all(|clock| clock.task.is_some()));
}

#[test]
fn whoever_is_silent_on_duty_loses_the_case() {
    let mut facts = ClockFacts { acted: Some(at(10)), ..facts() };
    let silence = |facts: &ClockFacts| {
        running(facts, &goals()).into_iter().find(|clock| clock.kind == ClockKind::Silence)
    };
    assert_eq!(
        silence(&facts).expect("a clock").stages,
        [(Stage::Warned, at(90)), (Stage::Taken, at(110))],
        "from when he got it"
    );
    // On duty from 60 to 100 and again from 200 on; away from 80 to 90.
    let shift = |from, to, is_away| Shift { from: at(from), to: at(to), is_away };
    facts.duty.shifts = vec![shift(60, 100, false), shift(200, 900, false), shift(80, 90, true)];
    assert_eq!(silence(&facts).expect("a clock").due, Some(at(270)), "30 minutes before, 70 after");
    facts.responses = vec![at(20)];
    assert_eq!(silence(&facts), None, "nothing is expected of him");
    facts.due = Some(at(210));
    assert_eq!(silence(&facts).expect("a clock").due, Some(at(310)), "a step is due");
    facts.state = CaseState::Waiting;
    assert_eq!(silence(&facts), None);
}

proptest! {
    #[test]
    fn stages_come_in_order_and_never_before_what_they_count_from(
        goal in 1_u32..500, warn in 1_u8..=99, more in 1_u32..500,
        cuts in proptest::collection::btree_set(0_i64..600, 0..6),
        now in 0_i64..2_000,
    ) {
        let cuts: Vec<i64> = cuts.into_iter().collect();
        let pauses = cuts.chunks_exact(2).map(|pair| Pause { from: at(pair[0]), to: Some(at(pair[1])) }).collect();
        let goals = Goals { first_response: Some(goal), warn_percent: warn, escalate_after: Some(more), ..goals() };
        let clocks = running(&ClockFacts { pauses, ..facts() }, &goals);
        prop_assert!(clocks[0].stages.windows(2).all(|pair| pair[0].1 <= pair[1].1));
        prop_assert!(clocks[0].due >= Some(at(i64::from(goal))), "pauses only make it later");
        let summary = Summary::of(&clocks, at(now));
        prop_assert!(summary.alarms.iter().all(|alarm| alarm.at <= at(now)));
        prop_assert!(summary.wakes.is_none_or(|wakes| wakes > at(now)));
    }
}
