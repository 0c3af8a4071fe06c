//! How cases move, what people log and state, and the plan that follows.

use jiff::{SignedDuration, Timestamp};
use pingxin_desk::bulk::{self, BulkAction, Chosen};
use pingxin_desk::cases::{self, CaseMove};
use pingxin_desk::contacts::{self, AttemptRequest};
use pingxin_desk::import::take_rows;
use pingxin_desk::{DeskError, planning, told, workbench};
use pingxin_domain::aftersales::{Decision, Request};
use pingxin_domain::cadence::{ContactChannel, KnownBy, StopReason};
use pingxin_domain::call::{CallDirection, CallResult};
use pingxin_domain::case::{CaseState, Outcome, WaitingFor};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::{IncomingBuyer, IncomingCall, IncomingChatMessage, IncomingRecord, IncomingRow};
use pingxin_domain::list::List;
use pingxin_domain::order::OrderState;
use pingxin_domain::plan::Stated;
use pingxin_domain::playbook::StepCode;
use pingxin_domain::{CaseId, Role, Scope};
use pingxin_store::case::{CaseFilter, CaseTimes, EventKind, Sort};

use crate::bench::{Bench, benches, order, review, review_rows, row};
use crate::cases::{listed, person};

/// Cases of some reviews, in the order given.
async fn opened(bench: &Bench, rows: Vec<IncomingRow>) -> Vec<CaseId> {
    take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
    let page = cases::list(&bench.desk, &bench.scope, &CaseFilter::default(), Sort::Oldest, None, 50)
        .await
        .unwrap()
        .0;
    page.rows.iter().map(|row| row.id).collect()
}

/// A row of a file that tells of one record.
fn record_row(line: u64, record: IncomingRecord) -> IncomingRow {
    IncomingRow { records: vec![record], ..row(line, None, Vec::new()) }
}

fn now(bench: &Bench) -> Timestamp {
    bench.desk.store.clock().now()
}

async fn moved(bench: &Bench, scope: &Scope, id: CaseId, wish: CaseMove) -> CaseState {
    cases::set_state(&bench.desk, scope, id, &wish, Some("买家说了"), None).await.unwrap().detail.row.state
}

#[tokio::test]
async fn a_case_waits_goes_on_ends_and_each_move_is_taken_back() {
    for bench in benches().await {
        let desk = &bench.desk;
        let id = opened(&bench, review_rows([review("R1", 1, "开线")])).await[0];
        let (mine, colleague) =
            (person(&bench, "tang", Role::Agent).await, person(&bench, "he", Role::Agent).await);
        let until = now(&bench) + SignedDuration::from_hours(3);
        let wait = CaseMove::Wait { on: WaitingFor::Warehouse, until: Some(until) };
        assert_eq!(moved(&bench, &mine, id, wait.clone()).await, CaseState::Waiting);
        let row = cases::get(desk, &mine, id).await.unwrap().detail.row;
        assert_eq!(
            (row.waiting.map(|waiting| waiting.on), row.due_at),
            (Some(WaitingFor::Warehouse), Some(until))
        );
        assert_eq!(row.owner.map(|owner| owner.id), mine.user(), "who acts has it");
        let locked = cases::set_state(desk, &colleague, id, &CaseMove::Resume, None, None).await;
        assert!(matches!(locked, Err(DeskError::Refused(_))));
        let other = cases::undo(desk, &colleague, id).await;
        assert!(matches!(other, Err(DeskError::Refused(_))), "only who moved it takes it back");
        let back = cases::undo(desk, &mine, id).await.unwrap().detail.row;
        assert_eq!((back.state, back.owner, back.waiting), (CaseState::Open, None, None), "as it was");
        let again = cases::undo(desk, &mine, id).await;
        assert!(matches!(again, Err(DeskError::Refused(_))), "a taking back is not taken back");

        moved(&bench, &mine, id, wait).await;
        // The time to wait is up.
        bench.database.clock().advance(SignedDuration::from_hours(4));
        let renewed = planning::renew_due(desk, || true).await.unwrap();
        assert_eq!(renewed.moved, 1, "{renewed:?}");
        let row = cases::get(desk, &mine, id).await.unwrap().detail.row;
        assert_eq!((row.state, row.waiting), (CaseState::InProgress, None));
        assert!(row.next.step.is_some() && row.due_at.is_some());

        let solved = moved(&bench, &mine, id, CaseMove::Solve(Outcome::Kept)).await;
        assert_eq!(solved, CaseState::Solved);
        let not = cases::set_state(desk, &mine, id, &CaseMove::Solve(Outcome::Kept), None, None).await;
        assert!(matches!(not, Err(DeskError::Refused(_))));
        let kept = CaseFilter { outcomes: vec![Outcome::Kept], ..CaseFilter::default() };
        assert_eq!(listed(desk, &mine, kept).await, [id]);
        assert_eq!(moved(&bench, &mine, id, CaseMove::Close(None)).await, CaseState::Closed);
        let no_reason = cases::set_state(desk, &mine, id, &CaseMove::Reopen, Some("  "), None).await;
        assert!(matches!(no_reason, Err(DeskError::Refused(_))));
        assert_eq!(moved(&bench, &mine, id, CaseMove::Reopen).await, CaseState::InProgress);
        let seen = cases::get(desk, &mine, id).await.unwrap().detail;
        assert_eq!(seen.row.outcome, None);
        let stale =
            cases::set_state(desk, &mine, id, &CaseMove::Close(Some(Outcome::Invalid)), None, Some(1)).await;
        assert!(matches!(stale, Err(DeskError::Stale)));
        let last = seen.events.last().unwrap();
        assert_eq!(
            (last.kind, &last.body["text"]),
            (EventKind::StateChanged, &serde_json::json!("买家说了"))
        );
    }
}

#[tokio::test]
async fn a_message_of_the_buyer_opens_his_case_again_and_one_of_the_shop_does_not() {
    for bench in benches().await {
        let desk = &bench.desk;
        let incoming = order("A-1", "1", 9900);
        let mut bad = review("R1", 1, "开线");
        bad.order_number = Some("A-1".into());
        let id = opened(&bench, vec![row(2, Some(incoming), vec![bad])]).await[0];
        let mine = person(&bench, "tang", Role::Agent).await;
        moved(&bench, &mine, id, CaseMove::Solve(Outcome::Kept)).await;
        bench.database.clock().advance(SignedDuration::from_hours(1));
        for (line, side, state) in [
            (2, pingxin_domain::chat::ChatSide::Seller, CaseState::Solved),
            (3, pingxin_domain::chat::ChatSide::Buyer, CaseState::InProgress),
        ] {
            bench.database.clock().advance(SignedDuration::from_mins(1));
            let message = IncomingChatMessage {
                order_number: Some("A-1".into()),
                buyer_nick: None,
                side: Some(side),
                speaker: None,
                at: now(&bench),
                text: "在吗".into(),
                ordinal: 0,
            };
            let rows = vec![record_row(line, IncomingRecord::Chat(message))];
            take_rows(desk, &bench.scope, &bench.shop, "聊天.csv", rows.into_iter()).await.unwrap();
            planning::renew_due(desk, || true).await.unwrap();
            let row = cases::get(desk, &mine, id).await.unwrap().detail.row;
            assert_eq!(row.state, state, "{side:?}");
        }
    }
}

#[tokio::test]
async fn attempts_are_logged_confirmed_by_files_withdrawn_and_end_the_rhythm() {
    for bench in benches().await {
        let desk = &bench.desk;
        let mut bad = review("R1", 1, "开线");
        bad.order_number = Some("A-1".into());
        bad.created = Some(now(&bench));
        let id = opened(&bench, vec![row(2, Some(order("A-1", "1", 9900)), vec![bad])]).await[0];
        let (mine, colleague) =
            (person(&bench, "tang", Role::Agent).await, person(&bench, "he", Role::Agent).await);
        bench.database.clock().advance(SignedDuration::from_hours(1));
        let plan = planning::view(desk, &mine, id).await.unwrap();
        assert!(!plan.plan.contacts.is_empty() && plan.plan.stop.is_none());
        let call = |result| AttemptRequest {
            channel: ContactChannel::Phone,
            result,
            at: None,
            seconds: Some(90),
            note: Some(" 让晚点再打 ".into()),
        };
        let (attempt, plan) = contacts::log(desk, &mine, id, &call(CallResult::NoAnswer)).await.unwrap();
        assert_eq!((plan.plan.attempts.reached, plan.plan.attempts.tried), (0, 1));
        assert_eq!(plan.attempts[0].note.as_deref(), Some("让晚点再打"));
        let later = AttemptRequest {
            at: Some(now(&bench) + SignedDuration::from_hours(1)),
            ..call(CallResult::Talked)
        };
        assert!(matches!(contacts::log(desk, &mine, id, &later).await, Err(DeskError::Refused(_))));
        // The call centre's list tells of the same call, and of one that nobody logged.
        let told_call = |line, at| {
            let call = IncomingCall {
                order_number: Some("A-1".into()),
                direction: Some(CallDirection::Out),
                result: Some(CallResult::Talked),
                seconds: Some(60),
                agent: None,
                at,
                note: None,
                buyer: IncomingBuyer::default(),
            };
            record_row(line, IncomingRecord::Call(call))
        };
        let rows = vec![
            told_call(2, now(&bench) - SignedDuration::from_mins(5)),
            told_call(3, now(&bench) - SignedDuration::from_mins(50)),
        ];
        take_rows(desk, &bench.scope, &bench.shop, "电话.csv", rows.into_iter()).await.unwrap();
        let plan = planning::view(desk, &mine, id).await.unwrap();
        let known: Vec<KnownBy> = plan.attempts.iter().map(|attempt| attempt.known_by).collect();
        assert_eq!(known, [KnownBy::Imported, KnownBy::Confirmed]);
        let refused = contacts::withdraw(desk, &colleague, attempt).await;
        assert!(matches!(refused, Err(DeskError::Refused(_))), "a colleague's stays");
        let plan = contacts::withdraw(desk, &mine, attempt).await.unwrap();
        assert!(plan.attempts.iter().all(|attempt| attempt.id.is_none()));
        assert!(matches!(contacts::withdraw(desk, &mine, attempt).await, Err(DeskError::Refused(_))));

        let (_, plan) = contacts::log(desk, &mine, id, &call(CallResult::Refused)).await.unwrap();
        assert_eq!(plan.plan.stop.map(|stop| stop.reason), Some(StopReason::Refused));
        let row = cases::get(desk, &mine, id).await.unwrap().detail.row;
        assert_eq!(row.next.contact, None);
        let contacted = CaseTimes {
            contacted: pingxin_store::case::Between {
                from: Some(now(&bench) - SignedDuration::from_hours(1)),
                to: None,
            },
            ..CaseTimes::default()
        };
        let found = listed(desk, &mine, CaseFilter { times: contacted, ..CaseFilter::default() }).await;
        assert_eq!(found, [id]);
    }
}

#[tokio::test]
async fn nobody_contacts_a_buyer_who_wants_no_messages() {
    for bench in benches().await {
        let desk = &bench.desk;
        let id = opened(&bench, review_rows([review("R1", 1, "开线")])).await[0];
        let mine = person(&bench, "tang", Role::Agent).await;
        let buyer = planning::view(desk, &mine, id).await.unwrap().buyer.unwrap();
        let shown = contacts::set_opted_out(desk, &mine, buyer, true).await.unwrap();
        assert!(shown.opted_out_at.is_some());
        let plan = planning::view(desk, &mine, id).await.unwrap();
        assert_eq!(plan.plan.stop.map(|stop| stop.reason), Some(StopReason::OptOut));
        let events = cases::get(desk, &mine, id).await.unwrap().detail.events;
        assert_eq!(events.last().map(|event| event.kind), Some(EventKind::OptedOut));
        contacts::set_opted_out(desk, &mine, buyer, false).await.unwrap();
        assert_eq!(planning::view(desk, &mine, id).await.unwrap().opted_out_at, None);
    }
}

#[tokio::test]
async fn what_a_person_states_changes_the_proposal_and_steps_are_ticked_off() {
    for bench in benches().await {
        let desk = &bench.desk;
        let mut incoming = order("A-1", "1", 9900);
        incoming.state = Some(OrderState::Shipped);
        incoming.delivered = None;
        let mut bad = review("R1", 1, "太慢了，还没到");
        bad.order_number = Some("A-1".into());
        let id = opened(&bench, vec![row(2, Some(incoming), vec![bad])]).await[0];
        let mine = person(&bench, "tang", Role::Agent).await;
        let asked = Stated { request: Some(Request::Refund), ..Stated::default() };
        let plan = told::state(desk, &mine, id, &asked).await.unwrap();
        assert_eq!(plan.plan.aftersales.decision, Some(Decision::WaitForDelivery));
        let insists = Stated { insists: Some(true), ..asked };
        let plan = told::state(desk, &mine, id, &insists).await.unwrap();
        assert_eq!(plan.plan.aftersales.decision, Some(Decision::InterceptReturn));
        assert_eq!(plan.stated.map(|stated| stated.facts), Some(insists.clone()));
        let same = told::state(desk, &mine, id, &insists).await.unwrap();
        assert_eq!(same.plan.aftersales.decision, Some(Decision::InterceptReturn));
        let events = cases::get(desk, &mine, id).await.unwrap().detail.events;
        let stated = events.iter().filter(|event| event.kind == EventKind::FactsStated).count();
        assert_eq!(stated, 2, "saying the same again is no change");

        let first = plan.next.step.unwrap();
        assert_eq!(first, StepCode::RateBuyer, "nobody knows that both have rated");
        let plan = told::set_step(desk, &mine, id, first, true).await.unwrap();
        assert_ne!(plan.next.step, Some(first));
        assert_eq!(plan.done.iter().map(|done| done.step).collect::<Vec<_>>(), [first]);
        let plan = told::set_step(desk, &mine, id, first, false).await.unwrap();
        assert_eq!(plan.next.step, Some(first));
    }
}

#[tokio::test]
async fn cases_of_one_order_go_on_as_one_and_are_split_again() {
    for bench in benches().await {
        let desk = &bench.desk;
        let of_order = |id: &str| {
            let mut bad = review(id, 1, "开线");
            bad.order_number = Some("A-1".into());
            bad
        };
        let mut other = review("R3", 1, "掉色");
        other.buyer = IncomingBuyer { nick: Some("别人".into()), ..IncomingBuyer::default() };
        let ids = opened(
            &bench,
            vec![
                row(2, Some(order("A-1", "1", 9900)), vec![of_order("R1")]),
                row(3, None, vec![of_order("R2")]),
                row(4, None, vec![other]),
            ],
        )
        .await;
        let mine = person(&bench, "tang", Role::Agent).await;
        let call = AttemptRequest {
            channel: ContactChannel::Phone,
            result: CallResult::Talked,
            at: None,
            seconds: None,
            note: None,
        };
        contacts::log(desk, &mine, ids[0], &call).await.unwrap();
        let refused = cases::merge(desk, &mine, ids[0], ids[2], None).await;
        assert!(matches!(refused, Err(DeskError::Refused(_))), "another buyer's is another matter");
        let into = cases::merge(desk, &mine, ids[0], ids[1], None).await.unwrap().detail;
        assert_eq!(into.row.id, ids[1]);
        assert_eq!(into.events.last().map(|event| event.kind), Some(EventKind::MergeReceived));
        assert!(into.related.iter().any(|related| related.id == ids[0] && related.merged_here));
        let merged = cases::get(desk, &mine, ids[0]).await.unwrap().detail;
        assert_eq!((merged.row.outcome, merged.row.merged_into), (Some(Outcome::Merged), Some(ids[1])));
        assert_eq!(merged.events.last().map(|event| event.kind), Some(EventKind::Merged));
        let plan = planning::view(desk, &mine, ids[1]).await.unwrap();
        assert_eq!(plan.plan.attempts.reached, 1, "its contacts count with those of the other");
        let split = cases::split(desk, &mine, ids[0]).await.unwrap().detail;
        assert_eq!((split.row.state, split.row.merged_into), (CaseState::InProgress, None));
        let other = cases::get(desk, &mine, ids[1]).await.unwrap().detail;
        assert_eq!(other.events.last().map(|event| event.kind), Some(EventKind::SplitOff));
        assert!(matches!(cases::split(desk, &mine, ids[0]).await, Err(DeskError::Refused(_))));
    }
}

#[tokio::test]
async fn many_cases_end_at_once_and_stand_as_before_when_that_is_undone() {
    for bench in benches().await {
        let desk = &bench.desk;
        let ids = opened(&bench, review_rows((1..4).map(|at| review(&format!("R{at}"), 1, "开线")))).await;
        let mine = person(&bench, "tang", Role::Agent).await;
        moved(&bench, &mine, ids[0], CaseMove::Wait { on: WaitingFor::Buyer, until: None }).await;
        let chosen = Chosen::Ids(ids.iter().map(|id| id.uuid()).collect());
        let action = BulkAction::End(Outcome::Invalid);
        let done = bulk::run(desk, &mine, List::Cases, chosen, action).await.unwrap();
        assert!(done.results.iter().all(|(_, problem)| problem.is_none()), "{done:?}");
        let invalid = CaseFilter { outcomes: vec![Outcome::Invalid], ..CaseFilter::default() };
        assert_eq!(listed(desk, &mine, invalid).await.len(), 3);
        moved(&bench, &mine, ids[2], CaseMove::Reopen).await;
        let undone = bulk::undo(desk, &mine, done.id).await.unwrap();
        assert_eq!(undone.results.iter().filter(|(_, problem)| problem.is_some()).count(), 1);
        let waits = cases::get(desk, &mine, ids[0]).await.unwrap().detail.row;
        assert_eq!(waits.waiting.map(|waiting| waiting.on), Some(WaitingFor::Buyer));
        let free = cases::get(desk, &mine, ids[1]).await.unwrap().detail.row;
        assert_eq!((free.state, free.owner), (CaseState::Open, None));
    }
}

#[tokio::test]
async fn every_number_of_the_workbench_is_that_of_its_list() {
    for bench in benches().await {
        let desk = &bench.desk;
        let mut fresh = review("R1", 1, "开线");
        fresh.created = Some(now(&bench));
        let ids = opened(&bench, review_rows([fresh, review("R2", 2, "掉色")])).await;
        let mine = person(&bench, "tang", Role::Agent).await;
        let renewed = planning::renew_due(desk, || true).await.unwrap();
        assert_eq!(renewed.cases, 2, "every new case is planned");
        assert_eq!(planning::renew_due(desk, || true).await.unwrap().cases, 0, "and then left alone");
        let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
        let bench_now = workbench::workbench(desk, &mine, &zone).await.unwrap();
        assert_eq!(bench_now.new.count.value, 2);
        assert_eq!(bench_now.mine.count.value, 0);
        cases::set_owner(desk, &mine, ids[0], mine.user(), None).await.unwrap();
        let bench_now = workbench::workbench(desk, &mine, &zone).await.unwrap();
        assert_eq!((bench_now.new.count.value, bench_now.mine.count.value), (1, 1));
        let deadlines = CaseFilter {
            times: CaseTimes {
                deadline: pingxin_store::case::Between {
                    from: Some(now(&bench)),
                    to: Some(now(&bench) + SignedDuration::from_hours(168)),
                },
                ..CaseTimes::default()
            },
            ..CaseFilter::default()
        };
        assert_eq!(listed(desk, &mine, deadlines).await.len() as u64, bench_now.deadlines_7.count.value);
        bench.database.clock().advance(SignedDuration::from_hours(26));
        planning::renew_due(desk, || true).await.unwrap();
        let next_day = workbench::workbench(desk, &mine, &zone).await.unwrap();
        assert_eq!(next_day.yesterday.opened.count.value, 2);
        assert!(next_day.overdue.count.value > 0, "steps fall due as time passes");
    }
}
