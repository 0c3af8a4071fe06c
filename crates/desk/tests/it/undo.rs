//! Taking an import back: the tables stand as if it had never been, except for what somebody has worked on or another
//! import has brought too.

use jiff::{SignedDuration, Timestamp};
use pingxin_desk::bulk::{self, BulkAction, Chosen};
use pingxin_desk::import::{self, BatchState, KeptReason, take_rows};
use pingxin_desk::{cases, planning, records, removals, reviews, tags};
use pingxin_domain::after_sale::AfterSaleKind;
use pingxin_domain::chat::ChatSide;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::{
    IncomingAfterSale, IncomingBuyer, IncomingChatMessage, IncomingRecord, IncomingReview, IncomingRow,
    IncomingShipment,
};
use pingxin_domain::list::List;
use pingxin_domain::playbook::StepCode;
use pingxin_domain::removal::Verdict;
use pingxin_domain::shipment::ShipmentState;
use pingxin_domain::tag::Colour;
use pingxin_domain::{Actor, BatchId, Role, Scope, ShopAccess, UserId};
use pingxin_store::case::{CaseFilter, Sort as CaseSort};
use pingxin_store::order::{self, OrderFilter, OrderSort};
use pingxin_store::review::{ReviewFilter, ReviewRow, Sort};
use pingxin_store::user::{self, NewUser};

use crate::bench::{Bench, benches, order, review, review_rows, row};

pub async fn take(bench: &Bench, rows: Vec<IncomingRow>) -> BatchId {
    take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap()
}

pub async fn undo(bench: &Bench, id: BatchId) {
    import::begin_undo(&bench.desk, &bench.scope, id).await.unwrap();
    let ended = import::run_undo(&bench.desk, &bench.scope, id, || true).await.unwrap();
    assert!(ended);
    let findings = pingxin_desk::doctor::run(&bench.desk).await.unwrap();
    assert_eq!(findings, [], "the tables agree after an import is taken back");
}

async fn all(bench: &Bench) -> Vec<ReviewRow> {
    let filter = ReviewFilter::default();
    reviews::list(&bench.desk, &bench.scope, &filter, Sort::Newest, None, 100).await.unwrap().0.rows
}

async fn cases_there(bench: &Bench) -> usize {
    let filter = CaseFilter::default();
    cases::list(&bench.desk, &bench.scope, &filter, CaseSort::Newest, None, 100).await.unwrap().0.rows.len()
}

async fn orders_there(bench: &Bench) -> Vec<order::Order> {
    let (scope, filter) = (&bench.scope, &OrderFilter::default());
    let page = bench
        .desk
        .store
        .read(|tx| {
            Box::pin(async move { order::list(tx, scope, filter, OrderSort::Oldest, None, 100).await })
        })
        .await;
    page.unwrap().rows
}

pub fn chat(order: &str, text: &str, at: &str) -> IncomingRecord {
    IncomingRecord::Chat(IncomingChatMessage {
        order_number: Some(order.to_owned()),
        buyer_nick: Some("tb_猫小姐_88".to_owned()),
        side: Some(ChatSide::Buyer),
        speaker: Some("tb_猫小姐_88".to_owned()),
        at: at.parse::<Timestamp>().unwrap(),
        text: text.to_owned(),
        ordinal: 0,
    })
}

fn parcel(state: ShipmentState) -> IncomingRecord {
    IncomingRecord::Shipment(IncomingShipment {
        tracking_number: "SF1".to_owned(),
        carrier: None,
        order_number: Some("A1".to_owned()),
        state: Some(state),
        shipped: None,
        delivered: None,
    })
}

/// A refund that was asked for and is not answered yet.
fn refund(order: &str, at: &str) -> IncomingRecord {
    IncomingRecord::AfterSale(Box::new(IncomingAfterSale {
        platform_id: Some("S1".to_owned()),
        kind: Some(AfterSaleKind::Refund),
        state: None,
        order_number: Some(order.to_owned()),
        order_line: None,
        product_key: None,
        product_title: None,
        sku: None,
        quantity: 1,
        amount: None,
        reason: None,
        explanation: None,
        disposition: None,
        requested: at.parse().ok(),
        resolved: None,
        carrier: None,
        tracking_number: None,
        buyer: IncomingBuyer::default(),
    }))
}

pub fn with_records(line: u64, records: Vec<IncomingRecord>) -> IncomingRow {
    IncomingRow { records, ..row(line, None, vec![]) }
}

/// A person of the team, who is not the program itself.
async fn person(bench: &Bench) -> Scope {
    let tenant = bench.scope.tenant;
    let user: UserId = bench
        .desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let new = NewUser {
                    login: "mei",
                    display_name: "小美",
                    password_hash: "x",
                    role: Role::Supervisor,
                    department: None,
                    shops: ShopAccess::All,
                    locale: None,
                };
                user::create(tx, tenant, &new).await
            })
        })
        .await
        .unwrap();
    Scope { actor: Actor::User(user), role: Role::Supervisor, ..bench.scope.clone() }
}

pub fn of_order(id: &str, stars: u8, text: &str) -> IncomingReview {
    IncomingReview { order_number: Some("A1".to_owned()), ..review(id, stars, text) }
}

#[tokio::test]
async fn nothing_is_left_of_what_only_it_brought() {
    for bench in benches().await {
        let rows = || {
            let mut rows = vec![
                row(2, Some(order("A1", "1", 12_900)), vec![of_order("R1", 1, "穿了两天就开线，太差了")]),
                row(3, Some(order("A2", "1", 5_900)), vec![review("R2", 5, "很好")]),
            ];
            rows.push(with_records(
                4,
                vec![chat("A1", "在吗", "2026-11-01T09:00:00Z"), parcel(ShipmentState::InTransit)],
            ));
            rows
        };
        let id = take(&bench, rows()).await;
        let preview = import::preview_undo(&bench.desk, &bench.scope, id).await.unwrap();
        let removed = preview.removed;
        assert_eq!((removed.reviews, removed.orders, removed.records, removed.cases), (2, 2, 2, 1));
        assert!(preview.kept.is_empty());
        undo(&bench, id).await;
        assert!(all(&bench).await.is_empty() && orders_there(&bench).await.is_empty());
        assert_eq!(cases_there(&bench).await, 0);
        let batch = import::get(&bench.desk, &bench.scope, id).await.unwrap().batch;
        assert_eq!(batch.state, BatchState::Undone);
        let undone = batch.undone.unwrap();
        assert_eq!((undone.removed, undone.restored, undone.kept), (6, 0, 0));
        // Twice is refused, and the same file comes in anew.
        assert!(import::begin_undo(&bench.desk, &bench.scope, id).await.is_err());
        let again = take(&bench, rows()).await;
        let counts = import::get(&bench.desk, &bench.scope, again).await.unwrap().batch.counts;
        assert_eq!((counts.new, counts.rows), (3, 3));
    }
}

#[tokio::test]
async fn what_it_changed_stands_again_as_before() {
    for bench in benches().await {
        let first = vec![
            row(2, Some(order("A1", "1", 12_900)), vec![of_order("R1", 5, "很好，下次还来")]),
            with_records(3, vec![parcel(ShipmentState::InTransit)]),
        ];
        take(&bench, first).await;
        let mut changed = order("A1", "2", 9_900);
        changed.carrier = Some("顺丰".to_owned());
        let second = vec![
            row(2, Some(changed), vec![of_order("R1", 1, "才两天就开线，太差了")]),
            with_records(3, vec![parcel(ShipmentState::Delivered)]),
        ];
        let id = take(&bench, second).await;
        assert_eq!(cases_there(&bench).await, 1);
        let preview = import::preview_undo(&bench.desk, &bench.scope, id).await.unwrap();
        let restored = preview.restored;
        assert_eq!((restored.reviews, restored.orders, restored.records), (1, 1, 1));
        undo(&bench, id).await;
        let listed = all(&bench).await;
        assert_eq!((listed.len(), listed[0].text.as_str(), listed[0].revision), (1, "很好，下次还来", 3));
        assert!(listed[0].case.is_none(), "the case it opened is gone");
        let view = reviews::get(&bench.desk, &bench.scope, listed[0].id).await.unwrap();
        let words: Vec<&str> = view.detail.revisions.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(
            words,
            ["很好，下次还来", "才两天就开线，太差了", "很好，下次还来"],
            "what was shown stays readable"
        );
        let orders = orders_there(&bench).await;
        assert_eq!(orders[0].order.amount.map(|amount| amount.minor), Some(12_900));
        assert_eq!(orders[0].order.carrier, None);
        let lines: Vec<&str> = orders[0].order.lines.iter().map(|line| line.key.as_str()).collect();
        assert_eq!(lines, ["1"]);
        let undone = import::get(&bench.desk, &bench.scope, id).await.unwrap().batch.undone.unwrap();
        assert_eq!((undone.removed, undone.restored, undone.kept), (0, 3, 0));
    }
}

#[tokio::test]
async fn what_somebody_has_worked_on_stays_and_is_listed() {
    for bench in benches().await {
        let rows = vec![
            row(2, Some(order("A1", "1", 12_900)), vec![of_order("R1", 1, "穿了两天就开线，太差了")]),
            row(3, None, vec![review("R2", 1, "色差太大，不喜欢")]),
        ];
        let id = take(&bench, rows).await;
        let worked_on = all(&bench).await.into_iter().find(|row| row.text.contains("开线")).unwrap();
        let mei = person(&bench).await;
        cases::add_note(&bench.desk, &mei, worked_on.case.unwrap().id, "已电话联系").await.unwrap();
        let preview = import::preview_undo(&bench.desk, &bench.scope, id).await.unwrap();
        assert_eq!((preview.removed.reviews, preview.removed.orders), (1, 0));
        let kept: Vec<_> = preview.kept.iter().map(|kept| (kept.what, kept.reason)).collect();
        assert_eq!(kept, [("review", KeptReason::Touched), ("order", KeptReason::ReviewStays)]);
        assert_eq!(preview.kept[0].case.map(|(case, _)| case), worked_on.case.map(|case| case.id));
        undo(&bench, id).await;
        let left = all(&bench).await;
        assert_eq!((left.len(), left[0].id), (1, worked_on.id));
        assert_eq!(orders_there(&bench).await.len(), 1, "its order stays with it");
        let undone = import::get(&bench.desk, &bench.scope, id).await.unwrap().batch.undone.unwrap();
        assert_eq!((undone.removed, undone.kept), (1, 2));
    }
}

#[tokio::test]
async fn what_another_import_has_brought_too_stays() {
    for bench in benches().await {
        let rows = || review_rows([review("R1", 1, "穿了两天就开线，太差了"), review("R2", 5, "很好")]);
        let first = take(&bench, rows()).await;
        take(&bench, rows()[..1].to_vec()).await;
        let preview = import::preview_undo(&bench.desk, &bench.scope, first).await.unwrap();
        assert_eq!((preview.removed.reviews, preview.kept.len()), (1, 1));
        assert_eq!(preview.kept[0].reason, KeptReason::OtherImport);
        undo(&bench, first).await;
        let left = all(&bench).await;
        assert_eq!((left.len(), left[0].text.as_str()), (1, "穿了两天就开线，太差了"));
    }
}

#[tokio::test]
async fn stopped_anywhere_it_goes_on_from_there() {
    for bench in benches().await {
        let many = (0..450u32)
            .map(|number| review(&format!("R{number}"), 1 + u8::try_from(number % 5).unwrap(), "一般"));
        let id = take(&bench, review_rows(many)).await;
        import::begin_undo(&bench.desk, &bench.scope, id).await.unwrap();
        let mut steps = 0;
        while !import::run_undo(&bench.desk, &bench.scope, id, || false).await.unwrap() {
            steps += 1;
        }
        assert!(steps >= 3, "{steps}");
        assert!(all(&bench).await.is_empty());
        let undone = import::get(&bench.desk, &bench.scope, id).await.unwrap().batch.undone.unwrap();
        assert_eq!((undone.removed, undone.kept), (450, 0), "each counted once");
    }
}

#[tokio::test]
async fn records_of_the_same_row_are_counted_once_and_shown_on_the_case() {
    for bench in benches().await {
        let rows = || {
            vec![
                row(2, None, vec![of_order("R1", 1, "穿了两天就开线，太差了")]),
                with_records(3, vec![chat("A1", "我电话17000001234", "2026-11-01T09:00:00Z")]),
                with_records(4, vec![chat("A1", "我电话17000001234", "2026-11-01T09:00:00Z")]),
                with_records(5, vec![parcel(ShipmentState::InTransit)]),
                with_records(6, vec![parcel(ShipmentState::Delivered)]),
            ]
        };
        let id = take(&bench, rows()).await;
        let counts = import::get(&bench.desk, &bench.scope, id).await.unwrap().batch.counts;
        assert_eq!((counts.new, counts.updated, counts.unchanged, counts.duplicate), (3, 1, 0, 1));
        let again = take(&bench, rows()).await;
        let counts = import::get(&bench.desk, &bench.scope, again).await.unwrap().batch.counts;
        assert_eq!((counts.new, counts.updated, counts.duplicate), (0, 0, 2));
        let case = all(&bench).await[0].case.unwrap().id;
        let found = records::of_case(&bench.desk, &bench.scope, case).await.unwrap();
        assert_eq!((found.messages.len(), found.shipments.len()), (1, 1));
        assert_eq!(found.shipments[0].1.state, Some(ShipmentState::Delivered));
        assert_eq!(found.messages[0].1.text, "我电话170****1234", "contacts are masked");
        assert!(found.messages[0].0.uuid() != found.shipments[0].0.uuid());
    }
}

#[tokio::test]
async fn what_somebody_has_tagged_or_marked_stays_and_is_listed() {
    for bench in benches().await {
        let rows = || review_rows(["R1", "R2", "R3"].into_iter().map(|id| review(id, 5, "很好，下次还来")));
        let id = take(&bench, rows()).await;
        let (desk, mei) = (&bench.desk, &person(&bench).await);
        let listed = all(&bench).await;
        let tag = tags::create(desk, mei, "常客", Colour::Blue).await.unwrap().id;
        for (at, action) in [(0, BulkAction::Tag(tag)), (1, BulkAction::MarkGone)] {
            let chosen = Chosen::Ids(vec![listed[at].id.uuid()]);
            let done = bulk::run(desk, mei, List::Reviews, chosen, action).await.unwrap();
            assert_eq!(done.results, [(listed[at].id.uuid(), None)]);
        }
        let preview = import::preview_undo(desk, &bench.scope, id).await.unwrap();
        assert_eq!((preview.removed.reviews, preview.kept.len()), (1, 2));
        assert!(preview.kept.iter().all(|kept| kept.reason == KeptReason::Touched));
        undo(&bench, id).await;
        let left: Vec<_> = all(&bench).await.into_iter().map(|row| row.id).collect();
        assert_eq!(left, [listed[0].id, listed[1].id]);
    }
}

/// What the lists say of the one case, and what was found of its review.
async fn as_listed(bench: &Bench) -> (Option<StepCode>, Option<Verdict>) {
    planning::renew_due(&bench.desk, || true).await.unwrap();
    removals::catch_up(&bench.desk, &mut None, || true).await.unwrap();
    let (desk, scope) = (&bench.desk, &bench.scope);
    let case = cases::list(desk, scope, &CaseFilter::default(), CaseSort::Newest, None, 1).await.unwrap().0;
    let (found, _) = removals::candidates(desk, scope, None, None, None, None, 9).await.unwrap();
    (case.rows[0].next.step, found.rows.first().map(|found| found.verdict))
}

#[tokio::test]
async fn plans_and_findings_stand_as_if_the_file_had_never_come() {
    for bench in benches().await {
        // The words carry a ground; whether both have rated, and when a refund was asked for, other files say.
        let written = "2026-11-20T02:00:00Z".parse().ok();
        let bad = IncomingReview { created: written, ..of_order("R1", 1, "客服就是个傻逼") };
        bench.database.clock().set("2026-11-21T02:00:00Z".parse().unwrap());
        take(&bench, vec![row(2, None, vec![bad])]).await;
        let before = as_listed(&bench).await;
        assert_eq!(before.1, Some(Verdict::NeedsEvidence));
        let mut both = order("A1", "1", 12_900);
        both.both_rated = Some(true);
        let asked = refund("A1", "2026-11-20T09:00:00Z");
        bench.database.clock().advance(SignedDuration::from_hours(1));
        let second = take(&bench, vec![row(2, Some(both), vec![]), with_records(3, vec![asked])]).await;
        let after = as_listed(&bench).await;
        assert_eq!(after.1, Some(Verdict::Eligible));
        assert_ne!(before.0, after.0, "whoever has rated need not rate again");
        bench.database.clock().advance(SignedDuration::from_hours(1));
        undo(&bench, second).await;
        assert_eq!(as_listed(&bench).await, before);
    }
}
