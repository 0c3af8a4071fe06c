//! Clocks of cases: what is told when, once, whoever looks; what stops them; who loses a case.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use pingxin_desk::cases::{self, CaseMove};
use pingxin_desk::contacts::{self, AttemptRequest};
use pingxin_desk::guard::Outcome;
use pingxin_desk::import::{self, take_rows};
use pingxin_desk::tasks::{self, TaskRequest};
use pingxin_desk::{Desk, DeskError, clocks, planning, workbench};
use pingxin_domain::cadence::ContactChannel;
use pingxin_domain::call::CallResult;
use pingxin_domain::case::{CaseState, WaitingFor};
use pingxin_domain::clock::{ClockKind, Goals, Hours, Shift, Stage};
use pingxin_domain::{CaseId, Department, Role, Scope};
use pingxin_store::case::{CaseFilter, EventKind, Sort};

use crate::bench::{Bench, benches, review, review_rows};
use crate::cases::{listed, person};

/// Minutes of working time, day and night.
const GOALS: Goals = Goals {
    first_response: Some(100),
    next_response: Some(100),
    resolution: None,
    task: Some(50),
    warn_percent: 80,
    escalate_after: Some(30),
    silence: None,
};

async fn keep(bench: &Bench, goals: Goals) {
    clocks::set_of_shop(&bench.desk, &bench.scope, bench.shop.id, &Hours::always(), &goals).await.unwrap();
}

async fn one_case(bench: &Bench) -> CaseId {
    let rows = review_rows([review("R1", 1, "开线")]);
    take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
    listed(&bench.desk, &bench.scope, CaseFilter::default()).await[0]
}

fn now(bench: &Bench) -> Timestamp {
    bench.desk.store.clock().now()
}

async fn pass(bench: &Bench, minutes: i64) {
    bench.database.clock().advance(SignedDuration::from_mins(minutes));
    planning::renew_due(&bench.desk, || true).await.unwrap();
}

async fn told(bench: &Bench, id: CaseId) -> Vec<EventKind> {
    let events = cases::get(&bench.desk, &bench.scope, id).await.unwrap().detail.events;
    let kinds = [EventKind::ClockWarned, EventKind::ClockBreached, EventKind::Escalated];
    events.iter().map(|event| event.kind).filter(|kind| kinds.contains(kind)).collect()
}

async fn clock(bench: &Bench, id: CaseId, kind: ClockKind) -> Option<pingxin_domain::clock::Clock> {
    let view = planning::view(&bench.desk, &bench.scope, id).await.unwrap();
    view.clocks.into_iter().find(|clock| clock.kind == kind)
}

#[tokio::test]
async fn a_first_response_is_warned_of_missed_and_told_to_the_supervisor() {
    for bench in benches().await {
        keep(&bench, GOALS).await;
        let id = one_case(&bench).await;
        pass(&bench, 0).await;
        let row = cases::get(&bench.desk, &bench.scope, id).await.unwrap().detail.row;
        let due = now(&bench) + SignedDuration::from_mins(100);
        assert_eq!(row.clock, Some((ClockKind::FirstResponse, due)));
        pass(&bench, 79).await;
        assert_eq!(told(&bench, id).await, []);
        pass(&bench, 1).await;
        assert_eq!(told(&bench, id).await, [EventKind::ClockWarned]);
        let numbers =
            workbench::workbench(&bench.desk, &bench.scope, &jiff::tz::TimeZone::UTC).await.unwrap();
        assert_eq!((numbers.clock_soon.count.value, numbers.clock_overdue.count.value), (1, 0));
        pass(&bench, 60).await;
        let all = [EventKind::ClockWarned, EventKind::ClockBreached, EventKind::Escalated];
        assert_eq!(told(&bench, id).await, all, "one run catches up with what passed since");
        pass(&bench, 60 * 24 * 2).await;
        assert_eq!(told(&bench, id).await, all, "nothing is told twice");
        let numbers =
            workbench::workbench(&bench.desk, &bench.scope, &jiff::tz::TimeZone::UTC).await.unwrap();
        assert_eq!((numbers.clock_overdue.count.value, numbers.escalated.count.value), (1, 1));
        let call = AttemptRequest {
            at: None,
            channel: ContactChannel::PlatformMessage,
            result: CallResult::NoAnswer,
            seconds: None,
            note: None,
        };
        contacts::log(&bench.desk, &person(&bench, "tang", Role::Agent).await, id, &call).await.unwrap();
        let row = cases::get(&bench.desk, &bench.scope, id).await.unwrap().detail.row;
        assert_eq!((row.clock, row.escalated_at), (None, None), "somebody has responded");
    }
}

#[tokio::test]
async fn while_the_buyer_is_waited_for_the_clock_stands() {
    for bench in benches().await {
        keep(&bench, GOALS).await;
        let id = one_case(&bench).await;
        let mine = person(&bench, "tang", Role::Agent).await;
        pass(&bench, 40).await;
        let wait = CaseMove::Wait { on: WaitingFor::Buyer, until: None };
        cases::set_state(&bench.desk, &mine, id, &wait, None, None).await.unwrap();
        pass(&bench, 500).await;
        let standing = clock(&bench, id, ClockKind::FirstResponse).await.unwrap();
        assert_eq!((standing.due, standing.left), (None, Some(SignedDuration::from_mins(60))));
        assert_eq!(told(&bench, id).await, []);
        cases::set_state(&bench.desk, &mine, id, &CaseMove::Resume, None, None).await.unwrap();
        let due = now(&bench) + SignedDuration::from_mins(60);
        assert_eq!(clock(&bench, id, ClockKind::FirstResponse).await.unwrap().due, Some(due));
        pass(&bench, 59).await;
        assert_eq!(told(&bench, id).await, [EventKind::ClockWarned]);
    }
}

#[tokio::test]
async fn whoever_is_silent_on_duty_loses_the_case_and_nobody_off_duty_does() {
    for bench in benches().await {
        let goals = Goals { first_response: Some(600), escalate_after: None, silence: Some(60), ..GOALS };
        keep(&bench, goals).await;
        let id = one_case(&bench).await;
        let mine = person(&bench, "tang", Role::Agent).await;
        let user = mine.user().unwrap();
        let at = |minutes: i64| now(&bench) + SignedDuration::from_mins(minutes);
        let shift = |from, to, is_away| (user, Shift { from: at(from), to: at(to), is_away });
        // On duty from 100 on, but away from 120 to 200.
        let roster = [shift(100, 400, false), shift(120, 200, true)];
        clocks::add_shifts(&bench.desk, &bench.scope, &roster).await.unwrap();
        let refused = clocks::add_shifts(&bench.desk, &mine, &roster).await;
        assert!(matches!(refused, Err(DeskError::Forbidden(_))));
        let refused = clocks::add_shifts(&bench.desk, &bench.scope, &[shift(10, 10, false)]).await;
        assert!(matches!(refused, Err(DeskError::Refused(_))));
        cases::set_owner(&bench.desk, &mine, id, mine.user(), None).await.unwrap();
        assert_eq!(clock(&bench, id, ClockKind::Silence).await.unwrap().due, Some(at(240)));
        pass(&bench, 210).await;
        // Any deed begins it anew.
        cases::add_note(&bench.desk, &mine, id, "在查物流").await.unwrap();
        pass(&bench, 50).await;
        let owner = async || cases::get(&bench.desk, &bench.scope, id).await.unwrap().detail.row;
        assert_eq!(owner().await.owner.map(|owner| owner.id), mine.user());
        pass(&bench, 10).await;
        let row = owner().await;
        assert_eq!((row.owner, row.state), (None, CaseState::Open), "back in the queue");
        let events = cases::get(&bench.desk, &bench.scope, id).await.unwrap().detail.events;
        let last = events.iter().rev().find(|event| event.kind == EventKind::Released).unwrap();
        assert_eq!(
            (last.body["why"].as_str(), last.body["owner"]["name"].as_str()),
            (Some("silent"), Some("tang"))
        );
        assert!(last.actor.is_none(), "nobody did it");
        pass(&bench, 600).await;
        let many = cases::get(&bench.desk, &bench.scope, id).await.unwrap().detail.events;
        assert_eq!(many.iter().filter(|event| event.kind == EventKind::Released).count(), 1);
    }
}

#[tokio::test]
async fn hours_of_the_shop_are_its_own_and_a_colleagues_are_hidden() {
    for bench in benches().await {
        let agent = person(&bench, "tang", Role::Agent).await;
        let shown = clocks::of_shop(&bench.desk, &agent, bench.shop.id).await.unwrap();
        assert_eq!((shown.set_at, shown.goals), (None, Goals::default()));
        let set = clocks::set_of_shop(&bench.desk, &agent, bench.shop.id, &Hours::always(), &GOALS).await;
        assert!(matches!(set, Err(DeskError::Forbidden(_))));
        let wrong = Goals { warn_percent: 100, ..GOALS };
        let set =
            clocks::set_of_shop(&bench.desk, &bench.scope, bench.shop.id, &Hours::always(), &wrong).await;
        assert!(matches!(set, Err(DeskError::Refused(_))));
        let none = Scope { shops: pingxin_domain::ShopAccess::Only(Vec::new()), ..agent.clone() };
        let hidden = clocks::of_shop(&bench.desk, &none, bench.shop.id).await;
        assert!(matches!(hidden, Err(DeskError::NotFound)), "{hidden:?}");
        // Sunday 20:00 in Shanghai; two hours end on Monday at ten.
        let id = one_case(&bench).await;
        pass(&bench, 0).await;
        let due = clock(&bench, id, ClockKind::FirstResponse).await.unwrap().due;
        assert_eq!(due.map(|due| due.to_string()), Some("2026-11-23T02:00:00Z".into()));
    }
}

#[tokio::test]
async fn a_question_to_a_department_has_a_clock_until_it_answers() {
    for bench in benches().await {
        keep(&bench, Goals { first_response: None, ..GOALS }).await;
        let id = one_case(&bench).await;
        let mine = person(&bench, "tang", Role::Agent).await;
        let request =
            TaskRequest { department: Department::Warehouse, text: "请查一下".into(), due_at: None };
        let Outcome::Done(task) = tasks::create(&bench.desk, &mine, id, &request).await.unwrap() else {
            panic!("nothing to hold in it")
        };
        pass(&bench, 0).await;
        let row = cases::get(&bench.desk, &mine, id).await.unwrap().detail.row;
        assert_eq!(row.clock, Some((ClockKind::Task, now(&bench) + SignedDuration::from_mins(50))));
        pass(&bench, 81).await;
        let all = [EventKind::ClockWarned, EventKind::ClockBreached, EventKind::Escalated];
        assert_eq!(told(&bench, id).await, all);
        tasks::answer(&bench.desk, &mine, task.id, "已补发").await.unwrap();
        pass(&bench, 0).await;
        let row = cases::get(&bench.desk, &mine, id).await.unwrap().detail.row;
        assert_eq!((row.clock, row.escalated_at), (None, None));
    }
}

/// Programs on the same database that are stopped in the middle of what they do, again and again.
async fn worked_on_by_many(desks: &[Desk], seed: u64) {
    let mut draw = seed;
    let mut next = move || {
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        draw >> 33
    };
    for _ in 0..6 {
        let killed: Vec<_> = desks
            .iter()
            .map(|desk| {
                let desk = desk.clone();
                (tokio::spawn(async move { planning::renew_due(&desk, || true).await }), next() % 60)
            })
            .collect();
        for (program, after) in killed {
            tokio::time::sleep(Duration::from_millis(after)).await;
            program.abort();
            drop(program.await);
        }
    }
    let whole = desks.iter().map(|desk| {
        let desk = desk.clone();
        tokio::spawn(async move { planning::renew_due(&desk, || true).await })
    });
    for program in whole.collect::<Vec<_>>() {
        program.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_that_are_killed_again_and_again_tell_everything_once() {
    // Each case has three alarms; at night they are a hundred thousand.
    let many = if std::env::var_os("PINGXIN_NIGHT").is_some() { 33_334 } else { 700 };
    for bench in benches().await {
        keep(&bench, GOALS).await;
        let rows = review_rows((0..many).map(|at| review(&format!("R{at}"), 1, "开线")));
        take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
        let clock = Arc::clone(bench.database.clock());
        let other = pingxin_store::Store::open(bench.database.url(), bench.database.key().clone(), clock);
        let files = std::env::temp_dir().join("pingxin-desk-tests");
        let desks = [bench.desk.clone(), Desk::new(other.await.unwrap(), "pingxin".into(), files)];
        for (minutes, seed) in [(0, 1), (85, 2), (20, 3), (40, 4), (600, 5)] {
            bench.database.clock().advance(SignedDuration::from_mins(minutes));
            worked_on_by_many(&desks, seed).await;
        }
        for (what, table) in [
            ("kind", "case_events WHERE kind IN ('clock_warned', 'clock_breached', 'escalated')"),
            ("stage", "case_alarms"),
        ] {
            let query = format!(
                "SELECT CAST(n AS TEXT) || ' times: ' || CAST(count(*) AS TEXT) FROM (SELECT count(*) AS n FROM {table} \
                 GROUP BY case_id, {what}) counted GROUP BY n"
            );
            let counted = bench.database.raw_texts(&query).await.unwrap();
            assert_eq!(counted, [format!("1 times: {}", many * 3)], "{table}");
        }
        let escalated = pingxin_store::case::CaseTimes {
            escalated: pingxin_store::case::Between { from: None, to: Some(now(&bench)) },
            ..Default::default()
        };
        let filter = CaseFilter { times: escalated, ..CaseFilter::default() };
        let found = cases::list(&bench.desk, &bench.scope, &filter, Sort::Severity, None, 50).await.unwrap();
        assert_eq!((found.0.rows.len(), found.1.value), (50, (many as u64).min(1000)));
        assert_eq!(clock_stage(&bench, found.0.rows[0].id).await, Some(Stage::Escalated));
    }
}

async fn clock_stage(bench: &Bench, id: CaseId) -> Option<Stage> {
    clock(bench, id, ClockKind::FirstResponse).await?.stage(now(bench))
}

#[tokio::test]
async fn an_import_is_taken_back_whatever_was_told_of_its_cases() {
    for bench in benches().await {
        keep(&bench, GOALS).await;
        let rows = review_rows([review("R1", 1, "开线")]);
        let batch =
            take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
        pass(&bench, 90).await;
        import::begin_undo(&bench.desk, &bench.scope, batch).await.unwrap();
        assert!(import::run_undo(&bench.desk, &bench.scope, batch, || true).await.unwrap());
        assert!(listed(&bench.desk, &bench.scope, CaseFilter::default()).await.is_empty());
        assert_eq!(bench.database.raw_texts("SELECT clock FROM case_alarms").await.unwrap(), [""; 0]);
    }
}
