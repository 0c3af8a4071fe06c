//! The buyers of a chunk.

use std::collections::HashMap;

use pingxin_domain::arrival::Outcome;
use pingxin_domain::intake::IncomingBuyer;
use pingxin_domain::{BuyerId, ReviewId, Scope};
use pingxin_store::{StoreError, Tx, buyer};

use super::apply::Target;
use super::decide::Decisions;

/// The buyers of a chunk: by order number, and by the review's id in this chunk.
#[derive(Default)]
pub struct Buyers {
    /// Who placed an order.
    pub of_orders: HashMap<String, BuyerId>,
    /// Who wrote a review, by the id it has if it is new.
    pub of_reviews: HashMap<ReviewId, BuyerId>,
}

/// Adds them or finds them again. A masked nick says nothing new of a buyer who is already known.
///
/// # Errors
/// When the database does not take them.
pub async fn save(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    decisions: &Decisions<'_>,
) -> Result<Buyers, StoreError> {
    let mut incoming: Vec<&IncomingBuyer> = Vec::new();
    let mut whose: Vec<Whose<'_>> = Vec::new();
    for row in decisions.rows.iter().filter(|row| row.outcome != Outcome::Duplicate) {
        let order = row.row.row.order.as_ref();
        if let Some(order) = order.filter(|order| order.buyer.is_known()) {
            let stored = decisions.orders.get(&order.number).is_some_and(|draft| draft.buyer.is_some());
            if !(stored && order.buyer.is_only_a_masked_nick()) {
                incoming.push(&order.buyer);
                whose.push(Whose::Order(&order.number));
            }
        }
        for decision in &row.reviews {
            let buyer = &decision.prepared.review.buyer;
            let stored = decision.stored.is_some() || decisions.knows_buyer_of(decision);
            let wanted = matches!(decision.outcome, Outcome::New | Outcome::Updated);
            if wanted && buyer.is_known() && !(stored && buyer.is_only_a_masked_nick()) {
                incoming.push(buyer);
                whose.push(Whose::Review(decision.prepared.id));
            }
        }
    }
    let mut buyers = Buyers::default();
    let ids = buyer::upsert_many(tx, scope, target.shop.id, &incoming).await?;
    for (whose, id) in whose.into_iter().zip(ids) {
        match (whose, id) {
            (Whose::Order(number), Some(id)) => drop(buyers.of_orders.insert(number.to_owned(), id)),
            (Whose::Review(review), Some(id)) => drop(buyers.of_reviews.insert(review, id)),
            (_, None) => {}
        }
    }
    Ok(buyers)
}

enum Whose<'a> {
    Order(&'a str),
    Review(ReviewId),
}
