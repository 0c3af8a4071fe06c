//! The columns of exported files. Those that a file can bring back in carry the names of the import fields, so
//! that an export can be imported again.

use pingxin_channels::files::write::Cell;
use pingxin_store::case::CaseRow;
use pingxin_store::order::Order;
use pingxin_store::review::ReviewRow;

/// Columns of exported reviews.
pub const REVIEW: &[&str] = &[
    "shop",
    "platform",
    "object",
    "created",
    "rating",
    "verdict",
    "title",
    "text",
    "product_key",
    "product_title",
    "order_number",
    "buyer_nick",
    "language",
    "sentiment",
    "sentiment_score",
    "primary_cause",
    "causes",
    "fault",
    "severity",
    "case_number",
    "case_state",
    "revision",
    "imported_at",
    "pingxin_id",
];

/// Columns of exported orders; an order has a row a line.
pub const ORDER: &[&str] = &[
    "shop",
    "platform",
    "order_number",
    "order_state",
    "placed",
    "paid",
    "promised",
    "shipped",
    "delivered",
    "completed",
    "amount",
    "currency",
    "fulfilled_by",
    "carrier",
    "tracking_number",
    "order_line",
    "sku",
    "product_key",
    "product_title",
    "quantity",
    "price",
];

/// Columns of exported cases.
pub const CASE: &[&str] = &[
    "case_number",
    "case_state",
    "kind",
    "reason",
    "severity",
    "case_cause",
    "case_fault",
    "owner",
    "opened_at",
    "updated_at",
    "shop",
    "platform",
    "object",
    "created",
    "rating",
    "verdict",
    "title",
    "text",
    "product_title",
    "order_number",
    "buyer_nick",
];

/// The row of a review.
#[must_use]
pub fn review(row: &ReviewRow) -> Vec<Cell<'_>> {
    vec![
        text(&row.shop.name),
        owned(row.shop.platform.code()),
        text(row.object.code()),
        row.created_at.map_or(Cell::Empty, Cell::Instant),
        row.rating.map_or(Cell::Empty, |rating| Cell::Integer(i64::from(rating.stars()))),
        row.verdict.map_or(Cell::Empty, |verdict| text(verdict.code())),
        optional(row.title.as_deref()),
        text(&row.text),
        optional(row.product_key.as_deref()),
        optional(row.product_title.as_deref()),
        optional(row.order_number.as_deref()),
        optional(row.buyer_nick.as_deref()),
        row.language.map_or(Cell::Empty, |language| text(language.as_str())),
        row.sentiment.map_or(Cell::Empty, |sentiment| text(sentiment.label.as_str())),
        row.sentiment.map_or(Cell::Empty, |sentiment| owned(format!("{:.2}", sentiment.score))),
        row.primary_cause.map_or(Cell::Empty, |cause| text(cause.as_str())),
        owned(row.causes.iter().map(|cause| cause.as_str()).collect::<Vec<_>>().join(" ")),
        row.fault.map_or(Cell::Empty, |fault| text(fault.as_str())),
        Cell::Integer(i64::from(row.severity)),
        row.case.map_or(Cell::Empty, |case| Cell::Integer(i64::try_from(case.number).unwrap_or(i64::MAX))),
        row.case.map_or(Cell::Empty, |case| text(case.state.code())),
        Cell::Integer(i64::from(row.revision)),
        Cell::Instant(row.imported_at),
        owned(row.id.to_string()),
    ]
}

/// The rows of an order, one a line; an order without known lines has one row.
#[must_use]
pub fn order(order: &Order) -> Vec<Vec<Cell<'_>>> {
    let facts = &order.order;
    let head = || {
        vec![
            text(&order.shop.name),
            owned(order.shop.platform.code()),
            text(&facts.number),
            facts.state.map_or(Cell::Empty, |state| text(state.code())),
            facts.placed.map_or(Cell::Empty, Cell::Instant),
            facts.paid.map_or(Cell::Empty, Cell::Instant),
            facts.promised.map_or(Cell::Empty, Cell::Instant),
            facts.shipped.map_or(Cell::Empty, Cell::Instant),
            facts.delivered.map_or(Cell::Empty, Cell::Instant),
            facts.completed.map_or(Cell::Empty, Cell::Instant),
            facts.amount.map_or(Cell::Empty, Cell::Amount),
            facts.amount.map_or(Cell::Empty, |amount| owned(amount.currency.to_string())),
            facts.fulfilled_by.map_or(Cell::Empty, |side| text(side.code())),
            optional(facts.carrier.as_deref()),
            optional(facts.tracking_number.as_deref()),
        ]
    };
    if facts.lines.is_empty() {
        let mut row = head();
        row.resize_with(ORDER.len(), || Cell::Empty);
        return vec![row];
    }
    facts
        .lines
        .iter()
        .map(|line| {
            let mut row = head();
            row.extend([
                text(&line.key),
                optional(line.sku.as_deref()),
                optional(line.product_key.as_deref()),
                optional(line.title.as_deref()),
                Cell::Integer(i64::from(line.quantity)),
                line.price.map_or(Cell::Empty, Cell::Amount),
            ]);
            row
        })
        .collect()
}

/// The row of a case.
#[must_use]
pub fn case(row: &CaseRow) -> Vec<Cell<'_>> {
    vec![
        Cell::Integer(i64::try_from(row.number).unwrap_or(i64::MAX)),
        text(row.state.code()),
        text(row.kind.code()),
        text(row.reason.as_str()),
        Cell::Integer(i64::from(row.severity)),
        row.primary_cause.map_or(Cell::Empty, |cause| text(cause.as_str())),
        row.fault.map_or(Cell::Empty, |fault| text(fault.as_str())),
        row.owner.as_ref().map_or(Cell::Empty, |owner| text(&owner.name)),
        Cell::Instant(row.opened_at),
        Cell::Instant(row.updated_at),
        text(&row.shop.name),
        owned(row.shop.platform.code()),
        text(row.review.object.code()),
        row.review.created_at.map_or(Cell::Empty, Cell::Instant),
        row.review.rating.map_or(Cell::Empty, |rating| Cell::Integer(i64::from(rating.stars()))),
        row.review.verdict.map_or(Cell::Empty, |verdict| text(verdict.code())),
        optional(row.review.title.as_deref()),
        text(&row.review.text),
        optional(row.review.product_title.as_deref()),
        optional(row.review.order_number.as_deref()),
        optional(row.review.buyer_nick.as_deref()),
    ]
}
