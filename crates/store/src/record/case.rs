//! What belongs to one order and its buyer: for the page of a case.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::intake::{IncomingRecord, RecordKind};
use pingxin_domain::{BuyerId, RecordId, Scope, ShopId};

use super::read;
use super::table::Table;
use crate::sql::{Statement, statements, values};
use crate::{StoreError, Tx, shop};

/// Most records of a kind on one page; a longer chat is cut at its older end.
pub const MOST: u32 = 500;

/// How long before and after its review a buyer's messages and calls belong to it when they name no order. An after-sales
/// term (15 days at Taobao) and a review's own 30 days both fit in.
const AROUND: SignedDuration = SignedDuration::from_hours(60 * 24);

/// The records of one order and its buyer, each kind the oldest first.
#[derive(Debug, Clone, Default)]
pub struct CaseRecords {
    /// Chat messages.
    pub messages: Vec<(RecordId, IncomingRecord)>,
    /// Whether there are older ones.
    pub messages_more: bool,
    /// Parcels.
    pub shipments: Vec<(RecordId, IncomingRecord)>,
    /// Where parcels were seen.
    pub traces: Vec<(RecordId, IncomingRecord)>,
    /// Refunds, returns, exchanges.
    pub after_sales: Vec<(RecordId, IncomingRecord)>,
    /// Phone calls.
    pub calls: Vec<(RecordId, IncomingRecord)>,
}

/// What to look for.
#[derive(Debug, Clone, Copy)]
pub struct Belongs<'a> {
    /// The shop.
    pub shop: ShopId,
    /// The order.
    pub order_number: Option<&'a str>,
    /// The parcel that the order itself names.
    pub tracking_number: Option<&'a str>,
    /// The buyer.
    pub buyer: Option<BuyerId>,
    /// The review's instant: what names no order belongs to it when it is near.
    pub near: Timestamp,
}

// Two look-ups by index rather than one with OR. What names another order is of that one.
macro_rules! near {
    ($table:literal, $at:literal) => {
        concat!(
            "SELECT id, body_sealed FROM (SELECT a.id, a.body_sealed, a.", $at, " AS moment FROM ", $table, " a \
             WHERE a.tenant_id = $1 AND a.shop_id = $2 AND a.order_number = $3 UNION SELECT b.id, b.body_sealed, b.",
            $at, " AS moment FROM ", $table, " b WHERE b.tenant_id = $1 AND b.buyer_id = $4 AND b.shop_id = $2 \
             AND b.order_number IS NULL AND b.", $at, " >= $5 AND b.", $at, " < $6) found \
             ORDER BY moment DESC, id DESC LIMIT $7"
        )
    };
}

statements! {
    MESSAGES = near!("chat_messages", "at");
    CALLS = near!("calls", "at");
    AFTER_SALES = near!("after_sales", "requested_at");
    SHIPMENTS = "SELECT id, body_sealed FROM (SELECT a.id, a.body_sealed FROM shipments a WHERE a.tenant_id = $1 \
        AND a.shop_id = $2 AND a.order_number = $3 UNION SELECT b.id, b.body_sealed FROM shipments b \
        WHERE b.tenant_id = $1 AND b.shop_id = $2 AND b.tracking_number = $4) found ORDER BY id LIMIT $5";
    TRACES = "SELECT id, body_sealed FROM shipment_traces WHERE tenant_id = $1 AND shop_id = $2 \
        AND tracking_number = ANY($3::text[]) ORDER BY at DESC, id DESC LIMIT $4";
}

/// The records that belong to an order, and those of its buyer that name no order and are near.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope; [`StoreError::Corrupt`] for a sealed record that was moved.
pub async fn of_order_and_buyer(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: Belongs<'_>,
) -> Result<CaseRecords, StoreError> {
    shop::require(scope, of.shop)?;
    let mut records = CaseRecords {
        messages: near(tx, scope, RecordKind::Chat, MESSAGES, of).await?,
        calls: near(tx, scope, RecordKind::Call, CALLS, of).await?,
        after_sales: near(tx, scope, RecordKind::AfterSale, AFTER_SALES, of).await?,
        ..CaseRecords::default()
    };
    records.messages_more = records.messages.len() > MOST as usize;
    records.messages.truncate(MOST as usize);
    records.messages.reverse();
    records.calls.reverse();
    records.after_sales.reverse();
    let row = values![scope.tenant, of.shop, of.order_number, of.tracking_number, MOST];
    records.shipments = all(tx, scope, RecordKind::Shipment, SHIPMENTS, row).await?;
    let mut numbers: Vec<String> = records
        .shipments
        .iter()
        .filter_map(|(_, record)| match record {
            IncomingRecord::Shipment(shipment) => Some(shipment.tracking_number.clone()),
            _ => None,
        })
        .chain(of.tracking_number.map(str::to_owned))
        .collect();
    numbers.sort();
    numbers.dedup();
    if !numbers.is_empty() {
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let row = values![scope.tenant, of.shop, numbers.as_slice(), MOST];
        records.traces = all(tx, scope, RecordKind::Trace, TRACES, row).await?;
        records.traces.reverse();
    }
    Ok(records)
}

async fn near(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: RecordKind,
    statement: Statement,
    of: Belongs<'_>,
) -> Result<Vec<(RecordId, IncomingRecord)>, StoreError> {
    let from = of.near.checked_sub(AROUND).unwrap_or(Timestamp::MIN);
    let to = of.near.checked_add(AROUND).unwrap_or(Timestamp::MAX);
    let row = values![scope.tenant, of.shop, of.order_number, of.buyer, from, to, MOST + 1];
    all(tx, scope, kind, statement, row).await
}

async fn all(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: RecordKind,
    statement: Statement,
    row: Vec<crate::sql::Value<'_>>,
) -> Result<Vec<(RecordId, IncomingRecord)>, StoreError> {
    let (keys, table) = (tx.keys(), Table::of(kind));
    let rows = tx.all(statement, row).await?;
    rows.iter().map(|row| read(&keys, scope, table, &mut row.columns())).collect()
}
