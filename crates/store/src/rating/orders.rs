//! Figures over the orders of a shop: how many stand above the line and of how many, and which of them a list shows. What
//! counts is the domain's to say ([`OrderMeasure::judge`]); here the same stands in SQL, and a test holds the two
//! against each other.

use jiff::Timestamp;
use pingxin_domain::rating::{OrderMeasure, OrderPart, Span};
use pingxin_domain::{Scope, ShopId};

use crate::sql::{Built, Statement, statements, values};
use crate::{StoreError, Tx, shop};

/// How many orders a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderCount {
    /// Above the line.
    pub numerator: u64,
    /// All that are counted.
    pub denominator: u64,
    /// Those of the window of which too little is known.
    pub unknown: u64,
}

// On Amazon only what the shop sends itself; of `orders o`.
macro_rules! own {
    () => {
        "(o.fulfilled_by = 'merchant' OR NOT EXISTS (SELECT 1 FROM shops z WHERE z.tenant_id = o.tenant_id \
         AND z.id = o.shop_id AND z.platform LIKE 'amazon-%'))"
    };
}

macro_rules! parcel {
    ($table:literal, $more:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM ", $table, " p WHERE p.tenant_id = o.tenant_id AND p.shop_id = o.shop_id \
             AND p.tracking_number = o.tracking_number", $more, ") OR EXISTS (SELECT 1 FROM ", $table,
            " p WHERE p.tenant_id = o.tenant_id AND p.shop_id = o.shop_id AND p.order_number = o.order_number", $more, "))"
        )
    };
}

macro_rules! late {
    (asked) => {
        concat!(own!(), " AND o.state IS DISTINCT FROM 'closed'")
    };
    (known) => {
        "o.shipped_on_time IS NOT NULL"
    };
    (above) => {
        "NOT o.shipped_on_time"
    };
}

macro_rules! cancelled {
    (asked) => {
        own!()
    };
    (known) => {
        "o.state IS NOT NULL"
    };
    (above) => {
        "(o.state = 'closed' AND o.shipped_at IS NULL AND NOT EXISTS (SELECT 1 FROM after_sales a \
         WHERE a.tenant_id = o.tenant_id AND a.shop_id = o.shop_id AND a.order_number = o.order_number))"
    };
}

macro_rules! tracked {
    (asked) => {
        concat!(own!(), " AND o.shipped_at IS NOT NULL")
    };
    (known) => {
        concat!(
            "((o.tracking_number IS NULL AND NOT ",
            parcel!("shipments", ""),
            ") OR ",
            tracked!(above),
            " OR ",
            parcel!("shipments", " AND p.state = 'announced'"),
            ")"
        )
    };
    (above) => {
        concat!(
            "(",
            parcel!("shipment_traces", ""),
            " OR ",
            parcel!("shipments", " AND p.state <> 'announced'"),
            ")"
        )
    };
}

macro_rules! defective {
    (asked) => {
        "1 = 1"
    };
    (known) => {
        "1 = 1"
    };
    (above) => {
        concat!(
            "EXISTS (SELECT 1 FROM reviews r WHERE r.tenant_id = o.tenant_id AND r.order_id = o.id \
             AND r.object = 'seller_feedback' AND r.rating <= 2 AND r.gone_at IS NULL AND ",
            not_struck!(),
            ")"
        )
    };
}

macro_rules! counted {
    ($measure:ident) => {
        concat!(
            "SELECT count(CASE WHEN ",
            $measure!(known),
            " AND ",
            $measure!(above),
            " THEN 1 END), count(CASE WHEN ",
            $measure!(known),
            " THEN 1 END), count(*) FROM orders o WHERE o.tenant_id = $1 AND o.shop_id = $2 \
             AND o.ordered_at > $3 AND o.ordered_at <= $4 AND ",
            $measure!(asked)
        )
    };
}

statements! {
    LATE = counted!(late);
    CANCELLED = counted!(cancelled);
    TRACKED = counted!(tracked);
    DEFECTIVE = counted!(defective);
}

fn statement(measure: OrderMeasure) -> Statement {
    match measure {
        OrderMeasure::Defect => DEFECTIVE,
        OrderMeasure::LateShipment => LATE,
        OrderMeasure::Cancellation => CANCELLED,
        OrderMeasure::ValidTracking => TRACKED,
    }
}

/// How many orders placed in the last so many days a figure counts.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn order_count(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    measure: OrderMeasure,
    days: u16,
    as_of: Timestamp,
) -> Result<OrderCount, StoreError> {
    shop::require(scope, shop)?;
    let window = Span::last_days(days, as_of);
    let row = tx.one(statement(measure), values![scope.tenant, shop, window.from, window.to]).await?;
    let mut columns = row.columns();
    let (numerator, denominator, asked) = (columns.unsigned()?, columns.unsigned()?, columns.unsigned()?);
    Ok(OrderCount { numerator, denominator, unknown: asked.saturating_sub(denominator) })
}

/// ` AND` what makes an order of `orders o` one of a part of a figure.
pub(crate) fn push_part(built: &mut Built<'_>, measure: OrderMeasure, part: OrderPart) {
    let (asked, known, above) = match measure {
        OrderMeasure::Defect => (defective!(asked), defective!(known), defective!(above)),
        OrderMeasure::LateShipment => (late!(asked), late!(known), late!(above)),
        OrderMeasure::Cancellation => (cancelled!(asked), cancelled!(known), cancelled!(above)),
        OrderMeasure::ValidTracking => (tracked!(asked), tracked!(known), tracked!(above)),
    };
    built.push(" AND ").push(asked).push(if part == OrderPart::Unknown { " AND NOT " } else { " AND " });
    built.push("(").push(known).push(")");
    match part {
        OrderPart::Numerator => built.push(" AND ").push(above),
        OrderPart::Rest => built.push(" AND NOT ").push("(").push(above).push(")"),
        OrderPart::Denominator | OrderPart::Unknown => built,
    };
}
