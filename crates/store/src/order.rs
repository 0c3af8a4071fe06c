//! Orders and their lines.

mod list;
mod row;
pub(crate) mod write;

use std::collections::HashMap;

use jiff::Timestamp;
use pingxin_domain::intake::IncomingOrder;
use pingxin_domain::{BatchId, BuyerId, OrderId, Scope, ShopId};

use self::row::{order_columns, order_joins, order_row_columns, read_line, read_order};
use crate::reference::ShopRef;
use crate::review::read_nick;
use crate::sql::{Row, statements, values};
use crate::{StoreError, Tx, shop};

pub use list::{NumberAsked, OrderFilter, OrderSort, around, count, list};
pub use write::{OrderWrite, save_many};

/// A stored line of an order.
#[derive(Debug, Clone)]
pub struct StoredLine {
    /// Hash of what it said.
    pub content_hash: [u8; 16],
    /// The import that saw it last.
    pub last_batch: Option<BatchId>,
}

/// What an import must know of a stored order.
#[derive(Debug, Clone)]
pub struct StoredOrder {
    /// Id.
    pub id: OrderId,
    /// Hash of what it said.
    pub content_hash: [u8; 16],
    /// The import that saw it last.
    pub last_batch: Option<BatchId>,
    /// Who ordered.
    pub buyer: Option<BuyerId>,
    /// Everything stored, with all lines; `buyer` is empty, as he is sealed.
    pub order: IncomingOrder,
    /// Its lines by key.
    pub lines: HashMap<String, StoredLine>,
}

/// An order.
#[derive(Debug, Clone)]
pub struct Order {
    /// Id.
    pub id: OrderId,
    /// Its shop.
    pub shop: ShopRef,
    /// Who ordered.
    pub buyer: Option<BuyerId>,
    /// His nick, open: mask it before it is shown.
    pub buyer_nick: Option<String>,
    /// When it was placed, else the first station known, else when it was stored.
    pub ordered_at: Timestamp,
    /// Reviews that belong to it.
    pub reviews: u32,
    /// Everything stored, with all lines; `buyer` is empty, as he is sealed.
    pub order: IncomingOrder,
}

pub(crate) use list::{built_around, built_count, built_list, sample_filters};

statements! {
    BY_NUMBER = concat!("SELECT ", order_columns!(), ", o.content_hash, o.last_batch_id FROM orders o \
        WHERE o.tenant_id = $1 AND o.shop_id = $2 AND o.order_number = ANY($3::text[])");
    LINES = "SELECT order_id, line_key, sku, product_key, title, quantity, price_minor, currency, content_hash, \
        last_batch_id FROM order_lines WHERE tenant_id = $1 AND order_id = ANY($2::uuid[]) ORDER BY line_key";
    GET = concat!("SELECT ", order_row_columns!(), " FROM orders o", order_joins!(), " WHERE o.tenant_id = $1 AND o.id = $2 AND ($3 OR o.shop_id = ANY($4::uuid[]))");
    MARK_SEEN = "UPDATE orders SET last_batch_id = $2 WHERE tenant_id = $1 AND id = ANY($3::uuid[]) \
        AND ($4 OR shop_id = ANY($5::uuid[]))";
    MARK_LINE_SEEN = "UPDATE order_lines SET last_batch_id = $2 WHERE tenant_id = $1 AND order_id = $3 \
        AND line_key = $4 AND EXISTS (SELECT 1 FROM orders o WHERE o.tenant_id = order_lines.tenant_id \
        AND o.id = order_lines.order_id AND ($5 OR o.shop_id = ANY($6::uuid[])))";
    // The plus keeps SQLite from walking every review of the shop.
    LINK_REVIEWS = "UPDATE reviews SET order_id = (SELECT o.id FROM orders o WHERE o.tenant_id = reviews.tenant_id \
        AND o.shop_id = reviews.shop_id AND o.order_number = reviews.order_number) \
        WHERE tenant_id = $1 AND +shop_id = $2 AND order_id IS NULL AND order_number = ANY($3::text[])",
        "UPDATE reviews SET order_id = (SELECT o.id FROM orders o WHERE o.tenant_id = reviews.tenant_id \
        AND o.shop_id = reviews.shop_id AND o.order_number = reviews.order_number) \
        WHERE tenant_id = $1 AND shop_id = $2 AND order_id IS NULL AND order_number = ANY($3::text[])";
}

/// The stored orders among `numbers`, by number.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn find_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    numbers: &[&str],
) -> Result<HashMap<String, StoredOrder>, StoreError> {
    shop::require(scope, shop)?;
    let mut found = Vec::new();
    for row in tx.all(BY_NUMBER, values![scope.tenant, shop, numbers]).await? {
        let mut columns = row.columns();
        let (id, buyer, order) = read_order(&mut columns)?;
        let (content_hash, last_batch) = (columns.hash()?, columns.opt_id()?);
        found.push(StoredOrder { id, content_hash, last_batch, buyer, order, lines: HashMap::new() });
    }
    let ids: Vec<OrderId> = found.iter().map(|stored| stored.id).collect();
    let mut lines = lines_of(tx, scope, &ids).await?;
    for stored in &mut found {
        for (line, kept) in lines.remove(&stored.id).unwrap_or_default() {
            stored.lines.insert(line.key.clone(), kept);
            stored.order.lines.push(line);
        }
    }
    Ok(found.into_iter().map(|stored| (stored.order.number.clone(), stored)).collect())
}

type Lines = HashMap<OrderId, Vec<(pingxin_domain::intake::IncomingLine, StoredLine)>>;

async fn lines_of(tx: &mut Tx<'_>, scope: &Scope, orders: &[OrderId]) -> Result<Lines, StoreError> {
    let mut lines = Lines::new();
    if orders.is_empty() {
        return Ok(lines);
    }
    for row in tx.all(LINES, values![scope.tenant, orders]).await? {
        let mut columns = row.columns();
        let order = columns.id()?;
        let line = read_line(&mut columns)?;
        let kept = StoredLine { content_hash: columns.hash()?, last_batch: columns.opt_id()? };
        lines.entry(order).or_default().push((line, kept));
    }
    Ok(lines)
}

/// One order with its lines, within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: OrderId) -> Result<Option<Order>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let rows = tx.all(GET, vec![scope.tenant.into(), id.into(), all, shops]).await?;
    Ok(with_lines(tx, scope, &rows).await?.pop())
}

async fn with_lines(tx: &mut Tx<'_>, scope: &Scope, rows: &[Row]) -> Result<Vec<Order>, StoreError> {
    let (keys, mut orders) = (tx.keys(), Vec::with_capacity(rows.len()));
    for row in rows {
        let mut columns = row.columns();
        let (id, buyer, order) = read_order(&mut columns)?;
        let (shop, name) = (columns.id()?, columns.text()?);
        let platform = columns.code(|code| code.parse().ok())?;
        let ordered_at = columns.instant()?;
        let buyer_nick = read_nick(&mut columns, scope, &keys)?;
        let (shop, reviews) = (ShopRef { id: shop, name, platform }, columns.small()?);
        orders.push(Order { id, shop, buyer, buyer_nick, ordered_at, reviews, order });
    }
    let ids: Vec<OrderId> = orders.iter().map(|order| order.id).collect();
    let mut lines = lines_of(tx, scope, &ids).await?;
    for order in &mut orders {
        order.order.lines =
            lines.remove(&order.id).unwrap_or_default().into_iter().map(|(line, _)| line).collect();
    }
    Ok(orders)
}

/// Notes that `batch` saw these orders.
///
/// # Errors
/// The database's error.
pub async fn mark_seen_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    orders: &[OrderId],
) -> Result<(), StoreError> {
    if orders.is_empty() {
        return Ok(());
    }
    let [all, shops] = shop::bounds(scope);
    tx.execute(MARK_SEEN, vec![scope.tenant.into(), batch.into(), orders.into(), all, shops]).await.map(drop)
}

/// Notes that `batch` saw these lines, named by order and key.
///
/// # Errors
/// The database's error.
pub async fn mark_lines_seen_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    lines: &[(OrderId, &str)],
) -> Result<(), StoreError> {
    let [all, shops] = shop::bounds(scope);
    for (order, key) in lines {
        let row = vec![
            scope.tenant.into(),
            batch.into(),
            (*order).into(),
            (*key).into(),
            all.clone(),
            shops.clone(),
        ];
        tx.execute(MARK_LINE_SEEN, row).await?;
    }
    Ok(())
}

/// Gives reviews that named an order before it was stored their order; says how many.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn link_reviews(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    orders: &[(&str, OrderId)],
) -> Result<u64, StoreError> {
    shop::require(scope, shop)?;
    let numbers: Vec<&str> = orders.iter().map(|(number, _)| *number).collect();
    if numbers.is_empty() {
        return Ok(0);
    }
    tx.execute(LINK_REVIEWS, values![scope.tenant, shop, numbers.as_slice()]).await
}
