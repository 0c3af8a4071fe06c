//! Orders on the screen: the list, and one order with everything around it. Buyers arrive masked.

use pingxin_domain::pasted;
use pingxin_domain::personal::mask_nick;
use pingxin_domain::{Action, OrderId, ProductId, Scope};
use pingxin_store::case::{self, CaseRow};
use pingxin_store::order::{self, NumberAsked, Order, OrderFilter, OrderSort};
use pingxin_store::record::{self, Belongs};
use pingxin_store::review::{self, ReviewRow};
use pingxin_store::{Around, Count, Page, buyer, product};

use crate::cases;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::records::{CaseRecords, masked};
use crate::reviews::{MaskedBuyer, mask_row};

/// Reviews and cases shown of one order.
const SHOWN: u32 = 50;

/// An order with everything around it.
#[derive(Debug, Clone)]
pub struct OrderView {
    /// The order.
    pub order: Order,
    /// Who ordered.
    pub buyer: Option<MaskedBuyer>,
    /// The products of its lines, in their order.
    pub products: Vec<Option<ProductId>>,
    /// Its reviews, the newest first.
    pub reviews: Vec<ReviewRow>,
    /// Their cases.
    pub cases: Vec<CaseRow>,
    /// Chats, parcels, after-sales, calls.
    pub records: CaseRecords,
}

/// What an order number typed or pasted into a list asks for: the number itself, or its beginning.
#[must_use]
pub fn number_asked(typed: &str) -> Option<NumberAsked> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let pasted = pasted::read(typed);
    let mut whole = pasted.numbers;
    // A number that looks like none.
    if !whole.iter().any(|number| number == typed) {
        whole.push(typed.to_owned());
    }
    Some(NumberAsked { whole, beginning: pasted.beginning })
}

/// A page of orders and how many there are.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &OrderFilter,
    sort: OrderSort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Order>, Count)> {
    allow(scope, Action::ReadReviews)?;
    let (mut page, count) = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let page = order::list(tx, scope, filter, sort, cursor, limit).await?;
                let count = page.count_of(cursor, order::count(tx, scope, filter)).await?;
                Ok((page, count))
            })
        })
        .await?;
    page.rows.iter_mut().for_each(mask_order);
    Ok((page, count))
}

/// One order.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn get(desk: &Desk, scope: &Scope, id: OrderId) -> Result<OrderView> {
    allow(scope, Action::ReadReviews)?;
    let found = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let Some(order) = order::get(tx, scope, id).await? else { return Ok(None) };
                let buyer = match order.buyer {
                    Some(buyer) => buyer::get(tx, scope, buyer).await?,
                    None => None,
                };
                let lines: Vec<(Option<&str>, Option<&str>)> = order
                    .order
                    .lines
                    .iter()
                    .map(|line| (line.product_key.as_deref(), line.title.as_deref()))
                    .collect();
                let products = product::of_lines(tx, scope, order.shop.id, &lines).await?;
                let (ids, belongs) = ([id], belongs(&order));
                let reviews = review::around(tx, scope, Around::Orders(&ids), SHOWN).await?;
                let cases = case::around(tx, scope, Around::Orders(&ids), SHOWN).await?;
                let records = record::of_order_and_buyer(tx, scope, belongs).await?;
                Ok(Some((order, buyer, products, reviews, cases, records)))
            })
        })
        .await?;
    let (mut order, buyer, products, mut reviews, mut cases, records) = found.ok_or(DeskError::NotFound)?;
    mask_order(&mut order);
    reviews.iter_mut().for_each(mask_row);
    cases.iter_mut().for_each(cases::mask);
    let (buyer, records) = (buyer.map(MaskedBuyer::from), masked(records));
    Ok(OrderView { order, buyer, products, reviews, cases, records })
}

fn belongs(order: &Order) -> Belongs<'_> {
    Belongs {
        shop: order.shop.id,
        order_number: Some(&order.order.number),
        tracking_number: order.order.tracking_number.as_deref(),
        buyer: order.buyer,
        near: order.ordered_at,
    }
}

/// Masks the buyer of an order that goes to a screen.
pub fn mask_order(order: &mut Order) {
    order.buyer_nick = order.buyer_nick.as_deref().map(mask_nick);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_asked_for_as_it_was_pasted_and_as_it_is() {
        let asked = number_asked("订单号：A-1").unwrap_or_default();
        assert_eq!(asked.whole, ["订单号：A-1"], "too short to be taken out of words");
        let asked = number_asked(" 234567890 ").unwrap_or_default();
        assert_eq!(
            (asked.whole, asked.beginning.as_deref()),
            (vec!["234567890".to_owned()], Some("234567890"))
        );
        assert!(number_asked("  ").is_none());
    }
}
