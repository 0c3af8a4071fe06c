//! Orders and buyers' orders: merged, linked, exported.

use pingxin_domain::intake::IncomingReview;
use pingxin_domain::order::OrderState;
use pingxin_domain::{BatchId, OrderId};
use pingxin_store::identifier::fresh;
use pingxin_store::order::{self, OrderFilter, OrderSort, OrderWrite};
use pingxin_store::{StoreError, review};

use crate::on_both;
use crate::world::{World, line, order as plain, reading, review as plain_review, writing};

on_both!(round_trip_and_merge, scope_and_conflict, links_and_export);

fn write(id: OrderId, is_new: bool, order: &pingxin_domain::intake::IncomingOrder) -> OrderWrite<'_> {
    let line_hashes = order.lines.iter().map(|line| [line.quantity as u8; 16]).collect();
    OrderWrite { id, is_new, order, buyer: None, content_hash: [1; 16], line_hashes, line: 2 }
}

async fn round_trip_and_merge(world: &World) {
    let ours = &world.ours;
    let (id, batch): (OrderId, BatchId) = (fresh(), fresh());
    let incoming = plain("A-1");
    let writes = &[write(id, true, &incoming)];
    writing!(world, |tx| order::save_many(tx, &ours.scope, ours.first, Some(batch), writes).await).unwrap();
    let stored = || async move {
        let ours = &world.ours;
        let found =
            reading!(world, |tx| order::find_many(tx, &ours.scope, ours.first, &["A-1", "A-2"]).await);
        found.unwrap()
    };
    let found = stored().await;
    assert_eq!(found.len(), 1);
    let kept = &found["A-1"];
    assert_eq!(kept.order, incoming, "everything comes back");
    assert_eq!((kept.id, kept.last_batch, kept.content_hash), (id, Some(batch), [1; 16]));
    assert_eq!((kept.lines["L1"].content_hash, kept.lines["L1"].last_batch), ([2; 16], Some(batch)));
    // A later file knows more of the order, and one more line.
    let mut later = incoming.clone();
    later.state = Some(OrderState::Delivered);
    later.delivered = "2026-10-05T00:00:00Z".parse().ok();
    later.lines = vec![line("L2", 5), line("L3", 1)];
    let next: BatchId = fresh();
    let writes = &[write(id, false, &later)];
    writing!(world, |tx| order::save_many(tx, &ours.scope, ours.first, Some(next), writes).await).unwrap();
    let found = stored().await;
    let kept = &found["A-1"];
    assert_eq!((kept.order.state, kept.order.delivered), (later.state, later.delivered));
    let lines: Vec<_> = kept.order.lines.iter().map(|line| (line.key.as_str(), line.quantity)).collect();
    assert_eq!(lines, [("L1", 2), ("L2", 5), ("L3", 1)], "other lines stay");
    assert_eq!((kept.lines["L1"].last_batch, kept.lines["L2"].last_batch), (Some(batch), Some(next)));
    let third: BatchId = fresh();
    let lines = &[(id, "L1")];
    writing!(world, |tx| order::mark_lines_seen_many(tx, &ours.scope, third, lines).await).unwrap();
    writing!(world, |tx| order::mark_seen_many(tx, &ours.scope, third, &[id]).await).unwrap();
    let found = stored().await;
    let kept = &found["A-1"];
    assert_eq!((kept.last_batch, kept.lines["L1"].last_batch), (Some(third), Some(third)));
    assert_eq!(kept.lines["L2"].last_batch, Some(next));
}

async fn scope_and_conflict(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs);
    let incoming = plain("A-1");
    let (mine, foreign): (OrderId, OrderId) = (fresh(), fresh());
    for (merchant, id) in [(ours, mine), (theirs, foreign)] {
        let writes = &[write(id, true, &incoming)];
        let (scope, shop) = (&merchant.scope, merchant.first);
        writing!(world, |tx| order::save_many(tx, scope, shop, None, writes).await).unwrap();
    }
    let agent = &ours.agent(vec![ours.second]);
    for (scope, id) in [(&ours.scope, foreign), (&theirs.scope, mine), (agent, mine)] {
        assert!(reading!(world, |tx| order::get(tx, scope, id).await).unwrap().is_none());
    }
    let again = &[write(fresh(), true, &incoming)];
    let refused = writing!(world, |tx| order::save_many(tx, &ours.scope, ours.first, None, again).await);
    assert!(matches!(refused, Err(StoreError::Conflict { what: "order number" })), "{refused:?}");
    // A stored order is not moved to another shop by naming its id there.
    let moved = &[write(mine, false, &incoming)];
    let refused = writing!(world, |tx| order::save_many(tx, &ours.scope, ours.second, None, moved).await);
    assert!(matches!(refused, Err(StoreError::Conflict { what: "order number" })), "{refused:?}");
    let refused = writing!(world, |tx| order::save_many(tx, agent, ours.first, None, again).await);
    assert!(matches!(refused, Err(StoreError::NotFound { what: "shop" })));
    let lines = &[(mine, "L1")];
    let batch = fresh();
    writing!(world, |tx| order::mark_lines_seen_many(tx, agent, batch, lines).await).unwrap();
    let found = reading!(world, |tx| order::find_many(tx, &ours.scope, ours.first, &["A-1"]).await).unwrap();
    assert_eq!(found["A-1"].lines["L1"].last_batch, None);
}

async fn links_and_export(world: &World) {
    let ours = &world.ours;
    let early = IncomingReview { order_number: Some("A-1".into()), ..plain_review("R1", "好") };
    let elsewhere = IncomingReview { order_number: Some("A-1".into()), ..plain_review("R2", "好") };
    let id = world.add(&ours.scope, ours.first, &[early]).await[0];
    let other = world.add(&ours.scope, ours.second, &[elsewhere]).await[0];
    let orders: Vec<_> = (1..=5).map(|at| plain(&format!("A-{at}"))).collect();
    let ids: Vec<OrderId> = orders.iter().map(|_| fresh()).collect();
    let writes: Vec<_> = ids.iter().zip(&orders).map(|(id, order)| write(*id, true, order)).collect();
    let writes = writes.as_slice();
    writing!(world, |tx| order::save_many(tx, &ours.scope, ours.first, None, writes).await).unwrap();
    let links = &[("A-1", ids[0]), ("A-2", ids[1])];
    let linked = writing!(world, |tx| order::link_reviews(tx, &ours.scope, ours.first, links).await);
    assert_eq!(linked.unwrap(), 1);
    for (id, order) in [(id, Some(ids[0])), (other, None)] {
        let detail = reading!(world, |tx| review::get(tx, &ours.scope, id).await).unwrap().unwrap();
        assert_eq!(detail.order, order);
    }
    let filter = &OrderFilter::default();
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let after = cursor.as_deref();
        let page = reading!(world, |tx| order::list(tx, &ours.scope, filter, OrderSort::Oldest, after, 2)
            .await)
        .unwrap();
        seen.extend(page.rows);
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(seen.iter().map(|order| order.order.clone()).collect::<Vec<_>>(), orders);
    assert_eq!(seen[0].shop.name, "旗舰店");
    let none = &OrderFilter { to: orders[0].placed, ..Default::default() };
    let page =
        reading!(world, |tx| order::list(tx, &ours.scope, none, OrderSort::Oldest, None, 10).await).unwrap();
    assert!(page.rows.is_empty());
}
