//! What a removal request does to the case of its review, what it may say, and that plan and removal count alike.

use jiff::SignedDuration;
use jiff::civil::date;
use pingxin_desk::import::take_rows;
use pingxin_desk::removals::{self, NewEvent, NewFiling};
use pingxin_desk::{DeskError, calendar, cases, corrections, planning, reviews, told};
use pingxin_domain::calendar::DayKind;
use pingxin_domain::case::{CaseState, Outcome};
use pingxin_domain::correction::Correction;
use pingxin_domain::intake::{IncomingOrder, IncomingReview, IncomingRow};
use pingxin_domain::order::OrderState;
use pingxin_domain::plan::Stated;
use pingxin_domain::removal::request::{RequestState, StepKind};
use pingxin_domain::{CaseId, RemovalId, ReviewId, Role};
use pingxin_language::Cause;
use pingxin_store::case::{CaseFilter, EventKind, Sort};

use crate::bench::{Bench, benches, order, review, row};
use crate::cases::person;

async fn opened(bench: &Bench, rows: Vec<IncomingRow>) -> (CaseId, ReviewId) {
    bench.database.clock().set("2026-11-21T02:00:00Z".parse().unwrap());
    take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
    let filter = CaseFilter::default();
    let page = cases::list(&bench.desk, &bench.scope, &filter, Sort::Oldest, None, 5).await.unwrap().0;
    (page.rows[0].id, page.rows[0].review.as_ref().unwrap().id)
}

fn bad() -> IncomingReview {
    IncomingReview {
        created: "2026-11-20T02:00:00Z".parse().ok(),
        order_number: Some("A1".to_owned()),
        ..review("R1", 1, "客服就是个傻逼")
    }
}

fn filing(ground: &str, reason: Option<&str>, text: Option<&str>) -> NewFiling {
    NewFiling {
        ground: ground.to_owned(),
        at: None,
        platform_case_id: None,
        reason: reason.map(str::to_owned),
        text: text.map(str::to_owned),
    }
}

async fn step(bench: &Bench, id: RemovalId, kind: StepKind, text: Option<&str>) -> RequestState {
    let event = NewEvent { kind, at: None, text: text.map(str::to_owned), platform_case_id: None };
    removals::add_event(&bench.desk, &bench.scope, id, event).await.unwrap().request.state
}

async fn stands(bench: &Bench, id: CaseId) -> (CaseState, Option<Outcome>) {
    let row = cases::get(&bench.desk, &bench.scope, id).await.unwrap().detail.row;
    (row.state, row.outcome)
}

#[tokio::test]
async fn a_granted_request_ends_the_case_as_its_ground_says() {
    // The words of leak_abuse_ad go while the rating stays; a competitor's review goes.
    for (ground, state, outcome) in [
        ("leak_abuse_ad", CaseState::Closed, Outcome::TextRemoved),
        ("competitor", CaseState::Solved, Outcome::Removed),
    ] {
        for bench in benches().await {
            let (case, review) = opened(&bench, vec![row(2, None, vec![bad()])]).await;
            let mei = person(&bench, "mei", Role::Agent).await;
            cases::set_owner(&bench.desk, &mei, case, mei.user(), None).await.unwrap();
            let filed = filing(ground, Some("平台客服已受理"), None);
            let id = removals::file(&bench.desk, &mei, review, filed).await.unwrap().request.id;
            assert_eq!(stands(&bench, case).await, (CaseState::InProgress, None), "an asking ends nothing");
            assert_eq!(step(&bench, id, StepKind::Granted, None).await, RequestState::Granted);
            assert_eq!(stands(&bench, case).await, (state, Some(outcome)));
            let undone = cases::undo(&bench.desk, &mei, case).await;
            assert!(matches!(undone, Err(DeskError::Refused(_))), "it is nobody's deed");
            step(&bench, id, StepKind::Reopened, None).await;
            assert_eq!(stands(&bench, case).await, (CaseState::InProgress, None), "his again");
            let events = cases::get(&bench.desk, &bench.scope, case).await.unwrap().detail.events;
            let last = events.iter().rfind(|event| event.kind == EventKind::StateChanged).unwrap();
            assert_eq!((&last.body["why"], &last.actor), (&serde_json::json!("removal"), &None));
            // What ended otherwise before stays so.
            let kept = cases::CaseMove::Solve(Outcome::Kept);
            cases::set_state(&bench.desk, &mei, case, &kept, None, None).await.unwrap();
            step(&bench, id, StepKind::Granted, None).await;
            step(&bench, id, StepKind::Reopened, None).await;
            assert_eq!(stands(&bench, case).await, (CaseState::Solved, Some(Outcome::Kept)));
        }
    }
}

#[tokio::test]
async fn what_is_written_of_a_request_or_a_correction_is_guarded_and_masked() {
    const CASH: &str = "亲，改成五星好评就返现20元";
    for bench in benches().await {
        let (desk, scope) = (&bench.desk, &bench.scope);
        let (case, review) = opened(&bench, vec![row(2, None, vec![bad()])]).await;
        for filed in
            [filing("competitor", Some(CASH), None), filing("competitor", Some("平台客服已受理"), Some(CASH))]
        {
            let refused = removals::file(desk, scope, review, filed).await;
            assert!(matches!(refused, Err(DeskError::Blocked(_) | DeskError::Refused(_))), "{refused:?}");
        }
        let said = Correction { causes: Some(vec![Cause::Service]), ..Correction::default() };
        let refused = corrections::create(desk, scope, review, &said, Some(CASH)).await;
        assert!(matches!(refused, Err(DeskError::Blocked(_) | DeskError::Refused(_))), "{refused:?}");
        corrections::create(desk, scope, review, &said, Some("买家电话13812345678")).await.unwrap();
        let filed = filing("competitor", Some("同行电话13812345678"), None);
        let id = removals::file(desk, scope, review, filed).await.unwrap().request.id;
        // The platform's own answer is not ours to word, but no contact stands in it either.
        step(&bench, id, StepKind::Refused, Some("申请人电话13812345678，好评返现属实")).await;
        let again = NewEvent {
            kind: StepKind::Appealed,
            at: None,
            text: Some(CASH.to_owned()),
            platform_case_id: None,
        };
        let refused = removals::add_event(desk, scope, id, again).await;
        assert!(matches!(refused, Err(DeskError::Blocked(_) | DeskError::Refused(_))), "{refused:?}");
        let view = removals::get(desk, scope, id).await.unwrap();
        let events = cases::get(desk, scope, case).await.unwrap().detail.events;
        let bodies: Vec<String> = events.iter().map(|event| event.body.to_string()).collect();
        let shown = format!("{view:?} {bodies:?}");
        assert!(!shown.contains("13812345678") && shown.contains("138****5678"), "{shown}");
    }
}

#[tokio::test]
async fn plan_and_removal_say_the_same_deadlines() {
    for bench in benches().await {
        let (desk, scope) = (&bench.desk, &bench.scope);
        let again = IncomingReview {
            object: pingxin_domain::Object::Followup,
            created: "2026-11-20T20:00:00Z".parse().ok(),
            ..review("R1-F", 4, "追评：还行")
        };
        let again = IncomingReview { order_number: Some("A1".to_owned()), ..again };
        // A return is asked for of an order that is delivered and not over.
        let delivered = IncomingOrder { state: Some(OrderState::Delivered), ..order("A1", "1", 12_900) };
        let rows = vec![row(2, Some(delivered), vec![bad(), again])];
        let (case, review) = opened(&bench, rows).await;
        let same = async || {
            let plan = planning::view(desk, scope, case).await.unwrap().plan;
            let standing = reviews::get(desk, scope, review).await.unwrap().removal;
            let plan: Vec<_> = plan.deadlines.into_iter().map(|one| (one.what, one.at)).collect();
            let standing: Vec<_> = standing
                .deadlines
                .into_iter()
                .filter_map(|one| Some((one.deadline.what.clone(), one.deadline.at?)))
                .collect();
            assert_eq!(plan, standing);
            plan
        };
        let first = same().await;
        assert!(first.iter().any(|(what, _)| what == "reply"), "{first:?}");
        // A person says when the refund was asked for.
        let stated = Stated { requested: "2026-11-20T10:00:00Z".parse().ok(), ..Stated::default() };
        told::state(desk, scope, case, &stated).await.unwrap();
        let refund = same().await;
        assert!(refund.len() > first.len(), "{refund:?}");
        // A request waits for its answer.
        let filed = filing("competitor", Some("平台客服已受理"), None);
        removals::file(desk, scope, review, filed).await.unwrap();
        same().await;
        // A day off of the merchant's own.
        for day in 23..=27 {
            calendar::set_day(desk, scope, date(2026, 11, day), DayKind::Holiday, "店休").await.unwrap();
        }
        same().await;
        bench.database.clock().advance(SignedDuration::from_hours(24));
        same().await;
    }
}
