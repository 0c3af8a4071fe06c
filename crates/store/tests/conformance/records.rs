//! Parcels, after-sales, chats, calls, figures: they come back as they went in, belong to their order, buyer and time, and
//! to nobody else. Profiles, and how things stood before an import.

use jiff::Timestamp;
use pingxin_domain::after_sale::{AfterSaleKind, AfterSaleState};
use pingxin_domain::call::{CallDirection, CallResult};
use pingxin_domain::chat::ChatSide;
use pingxin_domain::figure::{FigureUnit, FigureValue};
use pingxin_domain::intake::{
    IncomingAfterSale, IncomingBuyer, IncomingCall, IncomingChatMessage, IncomingFigure, IncomingRecord,
    IncomingShipment, IncomingTrace,
};
use pingxin_domain::shipment::ShipmentState;
use pingxin_domain::{BatchId, BuyerId, Currency, Money};
use pingxin_store::batch::{self, ImportKind, NewBatch};
use pingxin_store::identifier::fresh;
use pingxin_store::record::{self, Belongs, NewFigure, RecordWrite};
use pingxin_store::{StoreError, buyer, profile, replaced};
use serde_json::json;
use uuid::Uuid;

use crate::on_both;
use crate::world::{World, reading, writing};

on_both!(
    they_come_back_as_they_went_in,
    they_belong_to_order_buyer_and_time,
    figures_are_typed_over_and_listed,
    profiles_have_one_name,
    what_was_before_is_kept_once
);

pub fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn chat(order: Option<&str>, at: &str, text: &str) -> IncomingRecord {
    IncomingRecord::Chat(IncomingChatMessage {
        order_number: order.map(str::to_owned),
        buyer_nick: Some("猫小姐88".into()),
        side: Some(ChatSide::Buyer),
        speaker: Some("猫小姐88".into()),
        at: instant(at),
        text: text.into(),
        ordinal: 0,
    })
}

pub fn shipment(number: &str, order: Option<&str>, state: ShipmentState) -> IncomingRecord {
    IncomingRecord::Shipment(IncomingShipment {
        tracking_number: number.into(),
        carrier: Some("顺丰".into()),
        order_number: order.map(str::to_owned),
        state: Some(state),
        shipped: Some(instant("2026-10-02T00:00:00Z")),
        delivered: None,
    })
}

fn trace(number: &str, at: &str) -> IncomingRecord {
    IncomingRecord::Trace(IncomingTrace {
        tracking_number: number.into(),
        order_number: None,
        at: instant(at),
        text: "已到达杭州转运中心".into(),
        state: Some(ShipmentState::InTransit),
    })
}

fn after_sale(id: &str) -> IncomingRecord {
    IncomingRecord::AfterSale(Box::new(IncomingAfterSale {
        platform_id: Some(id.into()),
        kind: Some(AfterSaleKind::Refund),
        state: Some(AfterSaleState::Requested),
        order_number: Some("A-1".into()),
        order_line: None,
        product_key: None,
        product_title: Some("四件套".into()),
        sku: None,
        quantity: 1,
        amount: Some(Money { minor: 1_200, currency: Currency::CNY }),
        reason: Some("质量问题".into()),
        explanation: Some("开线了".into()),
        disposition: None,
        requested: Some(instant("2026-10-05T00:00:00Z")),
        resolved: None,
        carrier: None,
        tracking_number: None,
        buyer: IncomingBuyer::default(),
    }))
}

fn call(order: &str) -> IncomingRecord {
    IncomingRecord::Call(IncomingCall {
        order_number: Some(order.into()),
        buyer: IncomingBuyer { phone: Some("17000000001".into()), ..IncomingBuyer::default() },
        at: instant("2026-10-06T03:00:00Z"),
        direction: Some(CallDirection::Out),
        result: Some(CallResult::NoAnswer),
        seconds: Some(0),
        agent: Some("小美".into()),
        note: None,
    })
}

pub fn figure(value: i64) -> IncomingFigure {
    IncomingFigure {
        name: "experience_score".into(),
        value: FigureValue { millionths: value },
        unit: Some(FigureUnit::Score),
        at: instant("2026-10-01T16:00:00Z"),
    }
}

pub fn written(record: IncomingRecord, is_new: bool, id: pingxin_domain::RecordId) -> RecordWrite {
    RecordWrite { id, is_new, identity: record.identity(), record, buyer: None, line: 2 }
}

async fn save(world: &World, batch: BatchId, records: Vec<RecordWrite>) {
    let ours = &world.ours;
    for write in records {
        let kind = write.record.kind();
        let writes = &[write];
        writing!(world, |tx| record::save_many(tx, &ours.scope, ours.first, kind, Some(batch), writes).await)
            .unwrap();
    }
}

/// One record of every kind.
pub fn one_of_each() -> [IncomingRecord; 6] {
    [
        shipment("SF1", Some("A-1"), ShipmentState::InTransit),
        trace("SF1", "2026-10-03T01:00:00Z"),
        after_sale("R1"),
        chat(Some("A-1"), "2026-10-04T02:00:00Z", "开线了，怎么办"),
        call("A-1"),
        IncomingRecord::Figure(figure(4_860_000)),
    ]
}

async fn they_come_back_as_they_went_in(world: &World) {
    let ours = &world.ours;
    let (first, second): (BatchId, BatchId) = (fresh(), fresh());
    let all = one_of_each();
    save(world, first, all.iter().map(|record| written(record.clone(), true, fresh())).collect()).await;
    for record in &all {
        let (kind, identity) = (record.kind(), record.identity());
        let identity = identity.as_str();
        let found = reading!(world, |tx| record::find_many(
            tx,
            &ours.scope,
            ours.first,
            kind,
            &[identity, "h:other"]
        )
        .await)
        .unwrap();
        assert_eq!(found.len(), 1);
        let stored = &found[identity];
        assert_eq!(stored.record, record.clone().without_buyer(), "all but the contacts");
        assert_eq!(stored.last_batch, Some(first));
        // Written over, it is found by the same identity, and twice is refused.
        let again = written(record.clone(), true, fresh());
        let again = &[again];
        let refused =
            writing!(world, |tx| record::save_many(tx, &ours.scope, ours.first, kind, None, again).await);
        assert!(matches!(refused, Err(StoreError::Conflict { what: "record" })), "{refused:?}");
        let over = &[written(record.clone(), false, stored.id)];
        writing!(world, |tx| record::save_many(tx, &ours.scope, ours.first, kind, Some(second), over).await)
            .unwrap();
        let (one, shop) =
            reading!(world, |tx| record::one(tx, &ours.scope, kind, stored.id).await).unwrap().unwrap();
        assert_eq!((one.last_batch, shop), (Some(second), ours.first));
        let third: BatchId = fresh();
        let ids = &[stored.id];
        writing!(world, |tx| record::mark_seen_many(tx, &ours.scope, kind, third, ids).await).unwrap();
        let (one, _) =
            reading!(world, |tx| record::one(tx, &ours.scope, kind, stored.id).await).unwrap().unwrap();
        assert_eq!(one.last_batch, Some(third));
        // Neither another merchant nor somebody of another shop finds it.
        let theirs = &world.theirs;
        let foreign =
            reading!(world, |tx| record::find_many(tx, &theirs.scope, theirs.first, kind, &[identity]).await);
        assert!(foreign.unwrap().is_empty());
        let other = &ours.agent(vec![ours.second]);
        let foreign = reading!(world, |tx| record::find_many(tx, other, ours.first, kind, &[identity]).await);
        assert!(matches!(foreign, Err(StoreError::NotFound { what: "shop" })));
    }
    // Neither words nor phones stand open in the database.
    for table in ["chat_messages", "calls", "after_sales", "shipment_traces"] {
        let query = format!("SELECT CAST(count(*) AS TEXT) FROM {table} WHERE body_sealed IS NOT NULL");
        assert_eq!(world.database.raw_texts(&query).await.unwrap(), ["1"], "{table}");
    }
}

async fn they_belong_to_order_buyer_and_time(world: &World) {
    let ours = &world.ours;
    let nick = &IncomingBuyer { nick: Some("猫小姐88".into()), ..IncomingBuyer::default() };
    let buyers =
        writing!(world, |tx| buyer::upsert_many(tx, &ours.scope, ours.first, &[nick]).await).unwrap();
    let known: Option<BuyerId> = buyers[0];
    let of_buyer = |record: IncomingRecord| RecordWrite { buyer: known, ..written(record, true, fresh()) };
    save(
        world,
        fresh(),
        vec![
            of_buyer(chat(Some("A-1"), "2026-10-04T02:00:00Z", "by order")),
            of_buyer(chat(None, "2026-10-05T02:00:00Z", "by nick, near")),
            of_buyer(chat(None, "2025-01-05T02:00:00Z", "by nick, long ago")),
            of_buyer(chat(Some("A-2"), "2026-10-06T02:00:00Z", "another order")),
            written(shipment("SF1", Some("A-1"), ShipmentState::InTransit), true, fresh()),
            written(shipment("SF2", Some("A-2"), ShipmentState::InTransit), true, fresh()),
            written(trace("SF1", "2026-10-03T02:00:00Z"), true, fresh()),
            written(trace("SF1", "2026-10-03T01:00:00Z"), true, fresh()),
            written(trace("SF2", "2026-10-03T01:00:00Z"), true, fresh()),
            written(after_sale("R1"), true, fresh()),
            written(call("A-1"), true, fresh()),
        ],
    )
    .await;
    let belongs = Belongs {
        shop: ours.first,
        order_number: Some("A-1"),
        tracking_number: None,
        buyer: known,
        near: instant("2026-10-10T00:00:00Z"),
    };
    let found = reading!(world, |tx| record::of_order_and_buyer(tx, &ours.scope, belongs).await).unwrap();
    let words: Vec<&str> = found
        .messages
        .iter()
        .map(|(_, record)| match record {
            IncomingRecord::Chat(message) => message.text.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(words, ["by order", "by nick, near"], "the oldest first");
    assert_eq!((found.shipments.len(), found.traces.len()), (1, 2));
    assert_eq!((found.after_sales.len(), found.calls.len(), found.messages_more), (1, 1, false));
    // A parcel that only the order names is found by its number.
    let named = Belongs { order_number: None, tracking_number: Some("SF2"), buyer: None, ..belongs };
    let found = reading!(world, |tx| record::of_order_and_buyer(tx, &ours.scope, named).await).unwrap();
    assert_eq!((found.shipments.len(), found.traces.len(), found.messages.len()), (1, 1, 0));
    let foreign = Belongs { shop: world.theirs.first, ..belongs };
    let found =
        reading!(world, |tx| record::of_order_and_buyer(tx, &world.theirs.scope, foreign).await).unwrap();
    assert!(found.messages.is_empty() && found.shipments.is_empty());
}

async fn figures_are_typed_over_and_listed(world: &World) {
    let ours = &world.ours;
    for value in [4_860_000, 4_900_000] {
        let new = &NewFigure { shop: ours.first, figure: figure(value) };
        writing!(world, |tx| record::create_figure(tx, &ours.scope, new).await).unwrap();
    }
    let later = IncomingFigure { at: instant("2026-10-02T16:00:00Z"), ..figure(1) };
    let new = &NewFigure { shop: ours.second, figure: later };
    let id = writing!(world, |tx| record::create_figure(tx, &ours.scope, new).await).unwrap();
    let list = reading!(world, |tx| record::list_figures(tx, &ours.scope, None, None, 1).await).unwrap();
    assert_eq!((list.rows.len(), list.rows[0].id, list.next.is_some()), (1, id, true));
    let next = list.next.as_deref();
    let rest = reading!(world, |tx| record::list_figures(tx, &ours.scope, None, next, 9).await).unwrap();
    assert_eq!(rest.rows.len(), 1, "typed again on the same day, it is one");
    assert_eq!(rest.rows[0].value.to_string(), "4.9");
    assert_eq!(rest.rows[0].typed_by.as_ref().map(|user| user.id), Some(ours.owner));
    let one_shop = Some(ours.first);
    let own = reading!(world, |tx| record::list_figures(tx, &ours.scope, one_shop, None, 9).await).unwrap();
    assert_eq!(own.rows.len(), 1);
    let agent = &ours.agent(vec![ours.first]);
    let refused = writing!(world, |tx| record::delete_figure(tx, agent, id).await);
    assert!(matches!(refused, Err(StoreError::NotFound { what: "figure" })));
    writing!(world, |tx| record::delete_figure(tx, &ours.scope, id).await).unwrap();
    let left = reading!(world, |tx| record::list_figures(tx, &ours.scope, None, None, 9).await).unwrap();
    assert_eq!(left.rows.len(), 1);
}

async fn profiles_have_one_name(world: &World) {
    let (ours, body) = (&world.ours.scope, &json!({"pingxin_profile": 1}));
    let kind = Some(ImportKind::Reviews);
    let id = writing!(world, |tx| profile::create(tx, ours, "ERP 评价表", kind, body).await).unwrap();
    let twice = writing!(world, |tx| profile::create(tx, ours, "ERP 评价表", None, body).await);
    assert!(matches!(twice, Err(StoreError::Conflict { what: "profile name" })), "{twice:?}");
    let other = &json!({"pingxin_profile": 1, "columns": []});
    writing!(world, |tx| profile::save(tx, ours, "ERP 评价表", None, other).await).unwrap();
    let found = reading!(world, |tx| profile::find(tx, ours, "ERP 评价表").await).unwrap().unwrap();
    assert_eq!((found.id, &found.body, found.kind), (id, other, None), "saved over");
    let theirs = &world.theirs.scope;
    assert!(reading!(world, |tx| profile::get(tx, theirs, id).await).unwrap().is_none());
    assert!(reading!(world, |tx| profile::list(tx, theirs).await).unwrap().is_empty());
    let foreign = writing!(world, |tx| profile::delete(tx, theirs, id).await);
    assert!(matches!(foreign, Err(StoreError::NotFound { what: "profile" })));
    writing!(world, |tx| profile::delete(tx, ours, id).await).unwrap();
    assert!(reading!(world, |tx| profile::list(tx, ours).await).unwrap().is_empty());
}

async fn what_was_before_is_kept_once(world: &World) {
    let ours = &world.ours;
    let id: BatchId = fresh();
    let new = &NewBatch {
        id,
        file_name: "a",
        file_hash: [0; 32],
        bytes: 1,
        shop: Some(ours.first),
        dry_run: false,
        stored_path: None,
        draft: None,
        draft_of: None,
    };
    writing!(world, |tx| batch::create(tx, &ours.scope, new).await).unwrap();
    let thing = Uuid::from_u128(7);
    for before in ["first", "second"] {
        let things = &[(thing, before)];
        writing!(world, |tx| replaced::keep_many(tx, &ours.scope, id, "order", things).await).unwrap();
    }
    let kept: Vec<(Uuid, String)> =
        reading!(world, |tx| replaced::of_batch(tx, &ours.scope, id, "order", Uuid::nil(), 9).await).unwrap();
    assert_eq!(kept, [(thing, "first".to_owned())]);
    writing!(world, |tx| replaced::forget(tx, &ours.scope, id, "order", &[thing]).await).unwrap();
    let kept: Vec<(Uuid, String)> =
        reading!(world, |tx| replaced::of_batch(tx, &ours.scope, id, "order", Uuid::nil(), 9).await).unwrap();
    assert!(kept.is_empty());
}
