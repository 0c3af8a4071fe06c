//! Compensations from the ask to the platform's refund list: caps, persons, days, and what the guard remembers of them.

use jiff::SignedDuration;
use pingxin_desk::compensations::{self, AskRequest, CompensationView, Decision};
use pingxin_desk::import::take_rows;
use pingxin_desk::{DeskError, cases, doctor, guard};
use pingxin_domain::after_sale::{AfterSaleKind, AfterSaleState};
use pingxin_domain::chat::ChatSide;
use pingxin_domain::compensation::{Benefit, CompensationState};
use pingxin_domain::guard::{Channel, Verdict};
use pingxin_domain::intake::{
    IncomingAfterSale, IncomingBuyer, IncomingChatMessage, IncomingRecord, IncomingReview, IncomingRow,
};
use pingxin_domain::{CaseId, CompensationId, Currency, Money, Role, Scope};
use pingxin_store::case::{CaseFilter, EventKind, Sort};
use pingxin_store::compensation::CompensationFilter;
use pingxin_store::compensation::report::Over;

use crate::bench::{Bench, benches, order, review, row};
use crate::cases::person;

/// Cases about these orders, each of 399.00, of one buyer.
async fn of_orders(bench: &Bench, numbers: &[&str]) -> Vec<CaseId> {
    let rows: Vec<IncomingRow> = numbers
        .iter()
        .zip(2..)
        .map(|(number, line)| {
            let said = IncomingReview {
                order_number: Some((*number).to_owned()),
                ..review(&format!("R{number}"), 1, "穿了两天就开线，质量太差")
            };
            row(line, Some(order(number, "L1", 39_900)), vec![said])
        })
        .collect();
    take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
    let found = cases::list(&bench.desk, &bench.scope, &CaseFilter::default(), Sort::Oldest, None, 50).await;
    found.unwrap().0.rows.iter().map(|row| row.id).collect()
}

fn wish(kind: Benefit, minor: i64) -> AskRequest {
    let amount = Money { minor, currency: Currency::CNY };
    AskRequest {
        kind, amount, line: String::new(), note: "开线属实，按赔付标准退一部分".to_owned()
    }
}

async fn asked(bench: &Bench, by: &Scope, case: CaseId, minor: i64) -> Result<CompensationView, DeskError> {
    compensations::ask(&bench.desk, by, case, &wish(Benefit::PartialRefund, minor)).await
}

async fn decide(
    bench: &Bench,
    by: &Scope,
    id: CompensationId,
    decision: Decision,
) -> Result<CompensationState, DeskError> {
    let note = matches!(decision, Decision::Refuse | Decision::Reverse).then_some("与事实不符");
    let decided = compensations::decide(&bench.desk, by, id, decision, note).await;
    decided.map(|view| view.compensation.state)
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, DeskError>) -> String {
    match answer.unwrap_err() {
        DeskError::Refused(say) => say.en,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn above_the_limit_two_different_persons_agree_and_the_refund_list_confirms() {
    for bench in benches().await {
        let desk = &bench.desk;
        let case = of_orders(&bench, &["A1"]).await[0];
        let agent = person(&bench, "tang", Role::Agent).await;
        let (one, two) =
            (person(&bench, "zhu", Role::Supervisor).await, person(&bench, "lao", Role::Owner).await);
        let offered = compensations::proposal(desk, &agent, case).await.unwrap();
        assert!(offered.refused.is_none() && offered.given.is_empty());
        let (kind, most, _) = offered.proposed.unwrap();
        assert_eq!((kind, most.minor), (Benefit::PartialRefund, 19_950));
        let full = wish(Benefit::FullRefund, 39_900);
        let view = compensations::ask(desk, &agent, case, &full).await.unwrap();
        let id = view.compensation.id;
        assert_eq!(view.compensation.state, CompensationState::Asked);
        assert!(refusal(asked(&bench, &agent, case, 100).await).contains("given something already"));
        assert!(matches!(decide(&bench, &agent, id, Decision::Approve).await, Err(DeskError::Forbidden(_))));
        assert_eq!(decide(&bench, &one, id, Decision::Approve).await.unwrap(), CompensationState::Asked);
        assert!(refusal(decide(&bench, &one, id, Decision::Approve).await).contains("two different persons"));
        assert!(refusal(decide(&bench, &one, id, Decision::Pay).await).contains("not approved"));
        assert_eq!(decide(&bench, &two, id, Decision::Approve).await.unwrap(), CompensationState::Approved);
        // Taken back, agreed to anew, paid once.
        assert_eq!(decide(&bench, &two, id, Decision::Undo).await.unwrap(), CompensationState::Asked);
        for by in [&two, &one] {
            decide(&bench, by, id, Decision::Approve).await.unwrap();
        }
        assert_eq!(decide(&bench, &one, id, Decision::Pay).await.unwrap(), CompensationState::Paid);
        assert!(refusal(decide(&bench, &two, id, Decision::Pay).await).contains("paid already"));
        // The platform says so too, once.
        assert_eq!(compensations::confirm_refunds(desk, || true).await.unwrap(), 0);
        let mut told = row(2, None, Vec::new());
        told.records = vec![refund(&bench, "A1", 39_900)];
        take_rows(desk, &bench.scope, &bench.shop, "退款.csv", [told].into_iter()).await.unwrap();
        assert_eq!(compensations::confirm_refunds(desk, || true).await.unwrap(), 1);
        assert_eq!(compensations::confirm_refunds(desk, || true).await.unwrap(), 0);
        let view = compensations::get(desk, &agent, id).await.unwrap();
        assert_eq!(view.compensation.state, CompensationState::Confirmed);
        assert!(refusal(decide(&bench, &one, id, Decision::Reverse).await).contains("confirms it"));
        let story = cases::get(desk, &agent, case).await.unwrap().detail.events;
        for kind in
            [EventKind::CompensationAsked, EventKind::CompensationPaid, EventKind::CompensationConfirmed]
        {
            assert_eq!(story.iter().filter(|event| event.kind == kind).count(), 1, "{kind:?}");
        }
        let (from, to) = ("2020-01".parse().unwrap(), "2030-01".parse().unwrap());
        let found = compensations::leakage(desk, &one, Over { from, to, shop: None }).await.unwrap();
        assert_eq!(found.costs[0].1[0].total.minor, 39_900);
        assert!(found.doubled.is_empty() && found.claimants.is_empty(), "one refund, and it is this payout");
        assert!(doctor::run(desk).await.unwrap().is_empty(), "nothing is amiss");
    }
}

fn refund(bench: &Bench, number: &str, minor: i64) -> IncomingRecord {
    let now = bench.desk.store.clock().now();
    IncomingRecord::AfterSale(Box::new(IncomingAfterSale {
        platform_id: Some(format!("T{number}")),
        kind: Some(AfterSaleKind::Refund),
        state: Some(AfterSaleState::Done),
        order_number: Some(number.to_owned()),
        order_line: None,
        product_key: None,
        product_title: None,
        sku: None,
        quantity: 1,
        amount: Some(Money { minor, currency: Currency::CNY }),
        reason: None,
        explanation: None,
        disposition: None,
        requested: Some(now),
        resolved: Some(now),
        carrier: None,
        tracking_number: None,
        buyer: IncomingBuyer::default(),
    }))
}

/// A message of the shop, as a file tells of it.
fn said(bench: &Bench, number: &str, text: &str) -> IncomingRow {
    let mut told = row(2, None, Vec::new());
    told.records = vec![IncomingRecord::Chat(IncomingChatMessage {
        order_number: Some(number.to_owned()),
        buyer_nick: None,
        side: Some(ChatSide::Seller),
        speaker: Some("木棉家居:小美".to_owned()),
        at: bench.desk.store.clock().now(),
        text: text.to_owned(),
        ordinal: 0,
    })];
    told
}

#[tokio::test]
async fn compensation_and_rating_share_neither_words_nor_day() {
    for bench in benches().await {
        let desk = &bench.desk;
        let ids = of_orders(&bench, &["A1", "A2"]).await;
        let agent = person(&bench, "tang", Role::Agent).await;
        for note in ["退款后请买家把差评删掉", "补偿一下，请他改成好评"] {
            let request = AskRequest { note: note.to_owned(), ..wish(Benefit::PartialRefund, 1_000) };
            let answer = compensations::ask(desk, &agent, ids[0], &request).await;
            assert!(
                matches!(answer, Err(DeskError::Refused(_) | DeskError::Blocked(_))),
                "{note}: {answer:?}"
            );
        }
        asked(&bench, &agent, ids[0], 1_000).await.unwrap();
        // The guard remembers it when somebody asks for another rating on that day.
        let text = "方便的话可以修改一下评价。";
        let check = guard::Asked {
            text: text.to_owned(),
            channel: Some(Channel::PlatformMessage),
            template: false,
            about: guard::About::Case(ids[0]),
            stage: None,
            platform: None,
            object: None,
            limit: None,
        };
        let checked = guard::check(desk, &agent, &check).await.unwrap();
        assert!(checked.remembered.unwrap().compensated_today);
        assert!(checked.verdict >= Verdict::Hold, "{checked:?}");
        // And the other way round: on a day on which a rating was spoken of nothing is asked for.
        let chat = said(&bench, "A2", "问题解决后麻烦您修改一下评价");
        take_rows(desk, &bench.scope, &bench.shop, "聊天.csv", [chat].into_iter()).await.unwrap();
        assert!(refusal(asked(&bench, &agent, ids[1], 1_000).await).contains("rating was spoken of today"));
        assert!(compensations::proposal(desk, &agent, ids[1]).await.unwrap().refused.is_some());
        bench.database.clock().advance(SignedDuration::from_hours(25));
        asked(&bench, &agent, ids[1], 1_000).await.unwrap();
    }
}

#[tokio::test]
async fn many_are_decided_each_for_itself_and_the_month_has_its_caps() {
    for bench in benches().await {
        let desk = &bench.desk;
        let ids = of_orders(&bench, &["A1", "A2", "A3", "A4"]).await;
        let agent = person(&bench, "tang", Role::Agent).await;
        let supervisor = person(&bench, "zhu", Role::Supervisor).await;
        let owner = person(&bench, "lao", Role::Owner).await;
        let mut rules = compensations::rules(desk, &owner).await.unwrap();
        rules.rules.caps[0].month = Some("100.00".to_owned());
        let denied = compensations::set_rules(desk, &supervisor, &rules.rules, 0).await;
        assert!(matches!(denied, Err(DeskError::Forbidden(_))));
        assert_eq!(compensations::set_rules(desk, &owner, &rules.rules, 0).await.unwrap().version, 1);
        let stale = compensations::set_rules(desk, &owner, &rules.rules, 0).await;
        assert!(matches!(stale, Err(DeskError::Stale)));
        // Within his limit an agent decides himself; the sum is capped whoever agrees.
        let small = asked(&bench, &agent, ids[0], 2_000).await.unwrap().compensation;
        assert_eq!(small.state, CompensationState::Approved);
        let large = asked(&bench, &agent, ids[1], 6_000).await.unwrap().compensation;
        assert!(refusal(asked(&bench, &agent, ids[2], 3_000).await).contains("20.00"));
        let own = asked(&bench, &supervisor, ids[3], 3_000).await.unwrap();
        assert_eq!((own.compensation.state, own.past.len()), (CompensationState::Asked, 2));
        let many = [small.id, large.id, own.compensation.id];
        let decide = async |preview| {
            let decided =
                compensations::decide_many(desk, &supervisor, &many, Decision::Approve, None, preview).await;
            decided.unwrap().into_iter().map(|one| one.state).collect::<Vec<_>>()
        };
        let expected = [None, Some(CompensationState::Approved), None];
        assert_eq!(decide(true).await, expected);
        assert_eq!(decide(true).await, expected, "a preview changes nothing");
        assert_eq!(decide(false).await, expected);
        assert_eq!(decide(false).await, [None, None, None]);
        // What one asked for one may take back while it is not paid, and what others did one may not.
        let denied =
            compensations::decide(desk, &agent, own.compensation.id, Decision::Reverse, Some("x")).await;
        assert!(refusal(denied).contains("only what one asked for"));
        let back = compensations::decide(desk, &agent, large.id, Decision::Reverse, Some("买家不要了")).await;
        assert_eq!(back.unwrap().compensation.state, CompensationState::Reversed);
        asked(&bench, &agent, ids[2], 3_000).await.unwrap();
        let all = CompensationFilter::default();
        let (page, count, _) = compensations::list(desk, &agent, &all, None, 10).await.unwrap();
        assert_eq!((count.value, page.rows[0].buyer_nick.as_deref()), (4, Some("t**8")));
        assert!(doctor::run(desk).await.unwrap().is_empty(), "nothing is amiss");
    }
}
