//! Adding and changing orders, many at once.

use std::iter::repeat_n;

use jiff::Timestamp;
use pingxin_domain::intake::{IncomingLine, IncomingOrder};
use pingxin_domain::{BatchId, BuyerId, Currency, OrderId, Scope, ShopId};

use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx, shop};

/// An order to add, or to write over as it is now.
#[derive(Debug, Clone)]
pub struct OrderWrite<'a> {
    /// Its id, new or stored.
    pub id: OrderId,
    /// Whether it is not stored yet.
    pub is_new: bool,
    /// Everything known of it. Its lines are those to add or write over; other stored lines stay.
    pub order: &'a IncomingOrder,
    /// Who ordered; none keeps the stored one.
    pub buyer: Option<BuyerId>,
    /// Hash of what it says.
    pub content_hash: [u8; 16],
    /// Hash of what each line of `order` says, in the same order.
    pub line_hashes: Vec<[u8; 16]>,
    /// Line of the file, from 1.
    pub line: u64,
}

const WRITE_OVER: &str = "ON CONFLICT (tenant_id, id) DO UPDATE SET state = excluded.state, \
    placed_at = excluded.placed_at, paid_at = excluded.paid_at, promised_at = excluded.promised_at, \
    shipped_at = excluded.shipped_at, delivered_at = excluded.delivered_at, completed_at = excluded.completed_at, \
    fulfilled_by = excluded.fulfilled_by, buy_shipping = excluded.buy_shipping, \
    shipped_on_time = excluded.shipped_on_time, both_rated = excluded.both_rated, \
    amount_minor = excluded.amount_minor, currency = excluded.currency, carrier = excluded.carrier, \
    tracking_number = excluded.tracking_number, content_hash = excluded.content_hash, \
    last_batch_id = excluded.last_batch_id, buyer_id = coalesce(excluded.buyer_id, orders.buyer_id), \
    ordered_at = coalesce(excluded.placed_at, excluded.paid_at, excluded.shipped_at, excluded.delivered_at, \
    excluded.completed_at, orders.ordered_at) \
    WHERE orders.shop_id = excluded.shop_id AND orders.order_number = excluded.order_number";

const WRITE_LINE_OVER: &str = "ON CONFLICT (tenant_id, order_id, line_key) DO UPDATE SET sku = excluded.sku, \
    product_key = excluded.product_key, title = excluded.title, quantity = excluded.quantity, \
    price_minor = excluded.price_minor, currency = excluded.currency, content_hash = excluded.content_hash, \
    last_batch_id = excluded.last_batch_id";

statements! {
    // What is written over keeps the time it was first seen at, and lines that are not written follow their order.
    DATE_LINES = "UPDATE order_lines SET ordered_at = (SELECT o.ordered_at FROM orders o \
        WHERE o.tenant_id = order_lines.tenant_id AND o.id = order_lines.order_id) \
        WHERE tenant_id = $1 AND order_id = ANY($2::uuid[])";
}

/// Adds new orders and writes over stored ones, with their lines; `batch` is noted as having seen them. One order at
/// most once in a call.
///
/// # Errors
/// [`StoreError::Conflict`] over "order number" when a new one is stored already, or an old one is of another shop;
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn save_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    batch: Option<BatchId>,
    orders: &[OrderWrite<'_>],
) -> Result<(), StoreError> {
    shop::require(scope, shop)?;
    let (new, old): (Vec<&OrderWrite<'_>>, Vec<&OrderWrite<'_>>) =
        orders.iter().partition(|order| order.is_new);
    for (rows, suffix) in [(new, ""), (old, WRITE_OVER)] {
        let written = order_bulk(scope, shop, batch, &rows, tx.now()).suffix(suffix).run(tx).await;
        if written.map_err(|error| error.or_conflict("order number"))? != rows.len() as u64 {
            return Err(StoreError::Conflict { what: "order number" });
        }
    }
    line_bulk(scope, shop, batch, orders, tx.now()).suffix(WRITE_LINE_OVER).run(tx).await?;
    let old: Vec<OrderId> = orders.iter().filter(|order| !order.is_new).map(|order| order.id).collect();
    if old.is_empty() {
        return Ok(());
    }
    tx.execute(DATE_LINES, values![scope.tenant, old.as_slice()]).await.map(drop)
}

/// When it was placed, else the first station known.
fn first_station(order: &IncomingOrder) -> Option<Timestamp> {
    order.placed.or(order.paid).or(order.shipped).or(order.delivered).or(order.completed)
}

fn order_bulk<'a>(
    scope: &Scope,
    shop: ShopId,
    batch: Option<BatchId>,
    rows: &'a [&OrderWrite<'a>],
    now: Timestamp,
) -> Bulk<'a> {
    let order = || rows.iter().map(|row| row.order);
    let amount = || order().map(|order| order.amount);
    Bulk::into("orders")
        .column("tenant_id", repeat_n(scope.tenant, rows.len()))
        .column("id", rows.iter().map(|row| row.id))
        .column("shop_id", repeat_n(shop, rows.len()))
        .column("order_number", order().map(|order| order.number.as_str()))
        .column("buyer_id", rows.iter().map(|row| row.buyer))
        .column("state", order().map(|order| order.state.map(|state| state.code())))
        .column("placed_at", order().map(|order| order.placed))
        .column("ordered_at", order().map(|order| first_station(order).unwrap_or(now)))
        .column("paid_at", order().map(|order| order.paid))
        .column("promised_at", order().map(|order| order.promised))
        .column("shipped_at", order().map(|order| order.shipped))
        .column("delivered_at", order().map(|order| order.delivered))
        .column("completed_at", order().map(|order| order.completed))
        .column("fulfilled_by", order().map(|order| order.fulfilled_by.map(|side| side.code())))
        .column("buy_shipping", order().map(|order| order.buy_shipping))
        .column("shipped_on_time", order().map(|order| order.shipped_on_time))
        .column("both_rated", order().map(|order| order.both_rated))
        .column("amount_minor", amount().map(|amount| amount.map(|money| money.minor)))
        .column("currency", amount().map(|amount| amount.map(|money| code(money.currency))))
        .column("carrier", order().map(|order| order.carrier.as_deref()))
        .column("tracking_number", order().map(|order| order.tracking_number.as_deref()))
        .column("content_hash", rows.iter().map(|row| &row.content_hash))
        .column("batch_id", repeat_n(batch, rows.len()))
        .column("line", rows.iter().map(|row| row.line))
        .column("last_batch_id", repeat_n(batch, rows.len()))
}

fn code(currency: Currency) -> String {
    currency.as_str().to_owned()
}

fn line_bulk<'a>(
    scope: &Scope,
    shop: ShopId,
    batch: Option<BatchId>,
    orders: &'a [OrderWrite<'a>],
    now: Timestamp,
) -> Bulk<'a> {
    let rows: Vec<(&'a OrderWrite<'a>, &'a IncomingLine, &'a [u8; 16])> = orders
        .iter()
        .flat_map(|order| {
            order.order.lines.iter().zip(&order.line_hashes).map(move |(line, hash)| (order, line, hash))
        })
        .collect();
    let many = rows.len();
    let line = || rows.iter().map(|row| row.1);
    Bulk::into("order_lines")
        .column("tenant_id", repeat_n(scope.tenant, many))
        .column("order_id", rows.iter().map(|row| row.0.id))
        .column("shop_id", repeat_n(shop, many))
        .column("ordered_at", rows.iter().map(|row| first_station(row.0.order).unwrap_or(now)))
        .column("line_key", line().map(|line| line.key.as_str()))
        .column("sku", line().map(|line| line.sku.as_deref()))
        .column("product_key", line().map(|line| line.product_key.as_deref()))
        .column("title", line().map(|line| line.title.as_deref()))
        .column("quantity", line().map(|line| line.quantity))
        .column("price_minor", line().map(|line| line.price.map(|money| money.minor)))
        .column("currency", line().map(|line| line.price.map(|money| code(money.currency))))
        .column("content_hash", rows.iter().map(|row| row.2))
        .column("last_batch_id", repeat_n(batch, many))
}
