//! Figures over orders and chats: what SQL counts is what the domain judges, on both engines, and lists show just that.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::after_sale::{AfterSaleKind, AfterSaleState};
use pingxin_domain::chat::ChatSide;
use pingxin_domain::intake::{
    IncomingAfterSale, IncomingBuyer, IncomingChatMessage, IncomingOrder, IncomingRecord, IncomingShipment,
    IncomingTrace, RecordKind,
};
use pingxin_domain::order::{Fulfilment, OrderState};
use pingxin_domain::rating::{OrderMeasure, OrderPart, SentOrder};
use pingxin_domain::shipment::ShipmentState;
use pingxin_domain::{Currency, Object, OrderId, Platform, RecordId, ShopId};
use pingxin_store::identifier::fresh;
use pingxin_store::order::{self, OrderFilter, OrderWrite};
use pingxin_store::rating::{self, AnswerCount, OrderCount};
use pingxin_store::record::{self, RecordWrite};
use pingxin_store::review::{self, ReviewFilter, Sort};
use pingxin_store::shop::{self, NewShop};

use crate::on_both;
use crate::world::{World, order as plain, reading, review as plain_review, writing};

on_both!(orders_are_counted_as_the_domain_judges_them, answers_are_counted_by_turns, lists_show_what_counts);

/// What is known of an order's parcel.
#[derive(Clone, Copy, PartialEq)]
enum Parcel {
    None,
    NumberAlone,
    Announced,
    Traced,
    OfOrderOnly,
}

/// Every mixture of facts, each an order with what the domain is told of it.
fn mixtures(now: Timestamp) -> Vec<(IncomingOrder, SentOrder, bool, Parcel)> {
    let placed = now.checked_sub(SignedDuration::from_hours(48)).ok();
    let mut all = Vec::new();
    for fulfilment in [None, Some(Fulfilment::Amazon), Some(Fulfilment::Merchant)] {
        for state in [None, Some(OrderState::Shipped), Some(OrderState::Closed)] {
            for is_sent in [false, true] {
                for in_time in [None, Some(false), Some(true)] {
                    for has_after_sale in [false, true] {
                        for parcel in [
                            Parcel::None,
                            Parcel::NumberAlone,
                            Parcel::Announced,
                            Parcel::Traced,
                            Parcel::OfOrderOnly,
                        ] {
                            let number = format!("M-{}", all.len());
                            let order = IncomingOrder {
                                state,
                                placed,
                                shipped: placed.filter(|_| is_sent),
                                fulfilled_by: fulfilment,
                                shipped_on_time: in_time,
                                tracking_number: (!matches!(parcel, Parcel::None | Parcel::OfOrderOnly))
                                    .then(|| format!("T-{number}")),
                                ..plain(&number)
                            };
                            let sent = SentOrder {
                                fulfilment,
                                state,
                                is_sent,
                                in_time,
                                has_after_sale,
                                has_number: parcel != Parcel::None,
                                carrier_has_it: match parcel {
                                    Parcel::None | Parcel::NumberAlone => None,
                                    Parcel::Announced => Some(false),
                                    Parcel::Traced | Parcel::OfOrderOnly => Some(true),
                                },
                            };
                            all.push((order, sent, has_after_sale, parcel));
                        }
                    }
                }
            }
        }
    }
    all
}

fn written(record: IncomingRecord) -> RecordWrite {
    let identity = record.identity();
    RecordWrite { id: fresh::<RecordId>(), is_new: true, identity, record, buyer: None, line: 2 }
}

fn shipment(number: String, order: Option<String>, state: ShipmentState) -> RecordWrite {
    written(IncomingRecord::Shipment(IncomingShipment {
        tracking_number: number,
        carrier: None,
        order_number: order,
        state: Some(state),
        shipped: None,
        delivered: None,
    }))
}

fn after_sale(order: &str) -> RecordWrite {
    written(IncomingRecord::AfterSale(Box::new(IncomingAfterSale {
        platform_id: Some(format!("R-{order}")),
        kind: Some(AfterSaleKind::Refund),
        state: Some(AfterSaleState::Done),
        order_number: Some(order.into()),
        order_line: None,
        product_key: None,
        product_title: None,
        sku: None,
        quantity: 1,
        amount: None,
        reason: None,
        explanation: None,
        disposition: None,
        requested: None,
        resolved: None,
        carrier: None,
        tracking_number: None,
        buyer: IncomingBuyer::default(),
    })))
}

async fn save(world: &World, shop: ShopId, kind: RecordKind, records: &[RecordWrite]) {
    let scope = &world.ours.scope;
    writing!(world, |tx| record::save_many(tx, scope, shop, kind, None, records).await).unwrap();
}

async fn orders_are_counted_as_the_domain_judges_them(world: &World) {
    let (ours, now) = (&world.ours, world.now());
    let new = &NewShop {
        name: "overseas",
        platform: Platform::AMAZON_US,
        timezone: "UTC",
        currency: Currency::CNY,
    };
    let amazon = writing!(world, |tx| shop::create(tx, &ours.scope, new).await).unwrap();
    let mixtures = mixtures(now);
    for (shop, platform) in [(ours.first, Platform::Taobao), (amazon, Platform::AMAZON_US)] {
        let writes: Vec<OrderWrite<'_>> = mixtures
            .iter()
            .map(|(order, ..)| OrderWrite {
                id: fresh::<OrderId>(),
                is_new: true,
                order,
                buyer: None,
                content_hash: [1; 16],
                line_hashes: order.lines.iter().map(|_| [0; 16]).collect(),
                line: 2,
            })
            .collect();
        let writes = writes.as_slice();
        writing!(world, |tx| order::save_many(tx, &ours.scope, shop, None, writes).await).unwrap();
        let (mut after_sales, mut shipments, mut traces) = (Vec::new(), Vec::new(), Vec::new());
        for (order, _, has_after_sale, parcel) in &mixtures {
            if *has_after_sale {
                after_sales.push(after_sale(&order.number));
            }
            let number = order.tracking_number.clone().unwrap_or_else(|| format!("O-{}", order.number));
            match parcel {
                Parcel::None | Parcel::NumberAlone => {}
                Parcel::Announced => shipments.push(shipment(number, None, ShipmentState::Announced)),
                Parcel::OfOrderOnly => {
                    shipments.push(shipment(number, Some(order.number.clone()), ShipmentState::InTransit));
                }
                Parcel::Traced => traces.push(written(IncomingRecord::Trace(IncomingTrace {
                    tracking_number: number,
                    order_number: None,
                    at: now,
                    text: "已揽收".into(),
                    state: None,
                }))),
            }
        }
        save(world, shop, RecordKind::AfterSale, &after_sales).await;
        save(world, shop, RecordKind::Shipment, &shipments).await;
        save(world, shop, RecordKind::Trace, &traces).await;
        for measure in [OrderMeasure::LateShipment, OrderMeasure::Cancellation, OrderMeasure::ValidTracking] {
            let judged: Vec<Option<bool>> =
                mixtures.iter().filter_map(|(_, sent, ..)| measure.judge(sent, platform)).collect();
            let many = |wanted: &dyn Fn(&Option<bool>) -> bool| {
                judged.iter().filter(|judged| wanted(judged)).count() as u64
            };
            let wanted = OrderCount {
                numerator: many(&|judged| *judged == Some(true)),
                denominator: many(&|judged| judged.is_some()),
                unknown: many(&|judged| judged.is_none()),
            };
            let count =
                reading!(world, |tx| rating::order_count(tx, &ours.scope, shop, measure, 7, now).await);
            assert_eq!(count.unwrap(), wanted, "{measure:?} on {platform}");
            assert!(wanted.numerator > 0 && wanted.numerator < wanted.denominator, "{measure:?}");
            for (part, many) in [
                (OrderPart::Numerator, wanted.numerator),
                (OrderPart::Denominator, wanted.denominator),
                (OrderPart::Rest, wanted.denominator - wanted.numerator),
                (OrderPart::Unknown, wanted.unknown),
            ] {
                let filter = &OrderFilter {
                    shops: vec![shop],
                    counted: Some((measure, part)),
                    ..OrderFilter::default()
                };
                let listed = reading!(world, |tx| order::count(tx, &ours.scope, filter).await).unwrap();
                assert_eq!(listed.value, many, "{measure:?} {part:?} on {platform}");
            }
            // Placed two days ago: a day's window holds none of them.
            let none =
                reading!(world, |tx| rating::order_count(tx, &ours.scope, shop, measure, 1, now).await);
            assert_eq!(none.unwrap(), OrderCount::default());
        }
        let foreign = &world.theirs.scope;
        let measure = OrderMeasure::LateShipment;
        let theirs = reading!(world, |tx| rating::order_count(tx, foreign, shop, measure, 7, now).await);
        assert_eq!(theirs.unwrap(), OrderCount::default());
        let agent = &ours.agent(vec![ours.second]);
        assert!(reading!(world, |tx| rating::order_count(tx, agent, shop, measure, 7, now).await).is_err());
    }
}

async fn answers_are_counted_by_turns(world: &World) {
    let (ours, now) = (&world.ours, world.now());
    let ago = |hours: i64| now.checked_sub(SignedDuration::from_hours(hours)).unwrap();
    let said = |order: &str, side: ChatSide, speaker: &str, at: Timestamp, text: &str| {
        written(IncomingRecord::Chat(IncomingChatMessage {
            order_number: Some(order.into()),
            buyer_nick: None,
            side: Some(side),
            speaker: Some(speaker.into()),
            at,
            text: text.into(),
            ordinal: 0,
        }))
    };
    let (buyer, seller) = (ChatSide::Buyer, ChatSide::Seller);
    let chats = [
        // Three lines are one question, answered in time; thanks ask for nothing.
        said("A", buyer, "猫", ago(100), "在吗"),
        said("A", buyer, "猫", ago(99), "开线了"),
        said("A", buyer, "猫", ago(98), "怎么办"),
        said("A", seller, "小美", ago(90), "给您补发"),
        said("A", buyer, "猫", ago(89), "好的谢谢"),
        // A program answers nobody: late, by 26 hours.
        said("B", buyer, "狗", ago(100), "什么时候发货"),
        said("B", seller, "店小蜜", ago(100), "亲，稍后回复"),
        said("B", seller, "小美", ago(74), "今天发"),
        // Nobody has answered, and the time is over.
        said("C", buyer, "鱼", ago(50), "破了"),
        // Nobody has answered, and there is still time.
        said("D", buyer, "鸟", ago(5), "破了"),
        // What is said at the same second answers nothing.
        said("E", seller, "小美", ago(60), "您好"),
        said("E", buyer, "马", ago(60), "少了一个"),
        // Eight days ago: in the longer windows only. Exactly 24 hours are in time.
        said("F", buyer, "羊", ago(8 * 24), "怎么退"),
        said("F", seller, "小美", ago(7 * 24), "点申请"),
        // Ends a question of the platform's own: no one's.
        said("G", ChatSide::System, "系统", ago(30), "交易提醒"),
    ];
    save(world, ours.first, RecordKind::Chat, &chats).await;
    let counts = reading!(world, |tx| rating::answers(tx, &ours.scope, ours.first, now).await).unwrap();
    let week = AnswerCount { days: 7, late: 3, judged: 4, waiting: 1 };
    assert_eq!(
        counts,
        [week, AnswerCount { days: 30, judged: 5, ..week }, AnswerCount { days: 90, judged: 5, ..week }]
    );
    let late =
        reading!(world, |tx| rating::late_answers(tx, &ours.scope, ours.first, 7, now, 10).await).unwrap();
    let told: Vec<(Option<&str>, &str, Option<Timestamp>)> =
        late.iter().map(|late| (late.order_number.as_deref(), late.text.as_str(), late.answered)).collect();
    assert_eq!(
        told,
        [
            (Some("C"), "破了", None),
            (Some("E"), "少了一个", None),
            (Some("B"), "什么时候发货", Some(ago(74))),
        ]
    );
    // One of the same kind in another shop or at another merchant is not counted.
    let other = reading!(world, |tx| rating::answers(tx, &ours.scope, ours.second, now).await).unwrap();
    let theirs =
        reading!(world, |tx| rating::answers(tx, &world.theirs.scope, ours.first, now).await).unwrap();
    for counts in [other, theirs] {
        assert!(counts.iter().all(|count| count.judged + count.waiting == 0));
    }
}

async fn lists_show_what_counts(world: &World) {
    let ours = &world.ours;
    let ids = world.add(&ours.scope, ours.first, &[plain_review("A", "差"), plain_review("B", "差")]).await;
    let gone = &ids[..1];
    let now = world.now();
    writing!(world, |tx| review::set_gone(tx, &ours.scope, gone, Some(now)).await).unwrap();
    for counting in [false, true] {
        let filter = &ReviewFilter {
            shops: vec![ours.first],
            objects: vec![Object::Review],
            counting,
            ..ReviewFilter::default()
        };
        let found = world.all(&ours.scope, filter, Sort::Newest, 10).await;
        assert_eq!(found.len(), if counting { 1 } else { 2 });
        let count = reading!(world, |tx| review::count(tx, &ours.scope, filter).await).unwrap();
        assert_eq!(count.value, found.len() as u64);
    }
}
