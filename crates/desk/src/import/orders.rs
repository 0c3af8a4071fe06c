//! The orders of a chunk.

use pingxin_domain::arrival::order_hash;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::IncomingOrder;
use pingxin_domain::{BuyerId, OrderId, Scope};
use pingxin_store::case::{self, MarkOf};
use pingxin_store::order::{self, OrderWrite};
use pingxin_store::{StoreError, Tx, replaced};

use super::apply::Target;
use super::buyers::Buyers;
use super::decide::{Decisions, OrderDraft};

/// Writes what is new or changed, marks the rest as seen, and links the reviews that waited for a new order.
///
/// # Errors
/// When the database does not take them.
pub async fn save(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    decisions: &Decisions<'_>,
    buyers: &Buyers,
) -> Result<(), StoreError> {
    let mut written: Vec<(&OrderDraft, Option<BuyerId>, IncomingOrder)> = Vec::new();
    let mut seen = Vec::new();
    let mut seen_lines: Vec<(OrderId, &str)> = Vec::new();
    for (number, draft) in &decisions.orders {
        let buyer = buyers.of_orders.get(number).copied().or(draft.buyer);
        if draft.changed || buyer != draft.buyer {
            let mut order = draft.order.clone();
            // Lines that this chunk did not speak of stay as they are, and unseen.
            order.lines.retain(|line| draft.touched.contains(&line.key));
            written.push((draft, buyer, order));
        } else {
            seen.push(draft.id);
            seen_lines.extend(draft.touched.iter().map(|key| (draft.id, key.as_str())));
        }
    }
    let writes: Vec<OrderWrite<'_>> = written
        .iter()
        .map(|(draft, buyer, order)| OrderWrite {
            id: draft.id,
            is_new: draft.is_new,
            order,
            buyer: *buyer,
            content_hash: order_hash(&draft.order),
            line_hashes: vec![[0; 16]; order.lines.len()],
            line: draft.line,
        })
        .collect();
    let before: Vec<(uuid::Uuid, &IncomingOrder)> = written
        .iter()
        .filter_map(|(draft, _, _)| {
            let stored = decisions.stored_orders.get(&draft.order.number)?;
            // What this import has brought or changed in an earlier chunk is no "before".
            (stored.last_batch != Some(target.batch)).then(|| (draft.id.uuid(), &stored.order))
        })
        .collect();
    replaced::keep_many(tx, scope, target.batch, "order", &before).await?;
    order::save_many(tx, scope, target.shop.id, Some(target.batch), &writes).await?;
    order::mark_seen_many(tx, scope, target.batch, &seen).await?;
    order::mark_lines_seen_many(tx, scope, target.batch, &seen_lines).await?;
    let arrived: Vec<(&str, OrderId)> = decisions
        .orders
        .iter()
        .filter(|(_, draft)| draft.is_new)
        .map(|(number, draft)| (number.as_str(), draft.id))
        .collect();
    order::link_reviews(tx, scope, target.shop.id, &arrived).await?;
    let told: Vec<&str> = written.iter().map(|(draft, _, _)| draft.order.number.as_str()).collect();
    case::mark_of_records(tx, scope, target.shop.id, MarkOf { orders: &told, buyers: &[] }).await
}
