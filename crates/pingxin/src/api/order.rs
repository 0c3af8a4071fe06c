//! An order, as it stands beside a review.

use jiff::Timestamp;
use pingxin_desk::reviews::MaskedBuyer;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::IncomingLine;
use pingxin_domain::money;
use pingxin_domain::order::{Fulfilment, OrderState};
use pingxin_store::order::Order as StoreOrder;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::word;

/// An amount.
#[derive(Debug, Serialize, ToSchema)]
pub struct Money {
    /// Minor units: fen, cents.
    minor: i64,
    /// ISO 4217.
    currency: String,
}

impl From<money::Money> for Money {
    fn from(money: money::Money) -> Self {
        Self { minor: money.minor, currency: money.currency.to_string() }
    }
}

/// A line of an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderLine {
    #[schema(required = true)]
    sku: Option<String>,
    #[schema(required = true)]
    title: Option<String>,
    quantity: u32,
    /// Of one.
    #[schema(required = true)]
    price: Option<Money>,
}

/// A buyer, masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Buyer {
    #[schema(required = true)]
    nick: Option<String>,
    #[schema(required = true)]
    name: Option<String>,
    #[schema(required = true)]
    phone: Option<String>,
    #[schema(required = true)]
    region: Option<String>,
}

/// An order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Order {
    id: Uuid,
    number: String,
    #[schema(value_type = Option<word::OrderState>, required = true)]
    state: Option<OrderState>,
    #[schema(required = true)]
    placed_at: Option<Timestamp>,
    #[schema(required = true)]
    paid_at: Option<Timestamp>,
    #[schema(required = true)]
    promised_at: Option<Timestamp>,
    #[schema(required = true)]
    shipped_at: Option<Timestamp>,
    #[schema(required = true)]
    delivered_at: Option<Timestamp>,
    #[schema(required = true)]
    completed_at: Option<Timestamp>,
    #[schema(required = true)]
    amount: Option<Money>,
    #[schema(value_type = Option<String>, required = true)]
    fulfilled_by: Option<Fulfilment>,
    #[schema(required = true)]
    carrier: Option<String>,
    #[schema(required = true)]
    tracking_number: Option<String>,
    #[schema(required = true)]
    buyer: Option<Buyer>,
    lines: Vec<OrderLine>,
}

impl Order {
    /// An order with its buyer, who comes masked.
    #[must_use]
    pub fn new(stored: StoreOrder, buyer: Option<MaskedBuyer>) -> Self {
        let order = stored.order;
        Self {
            id: stored.id.uuid(),
            number: order.number,
            state: order.state,
            placed_at: order.placed,
            paid_at: order.paid,
            promised_at: order.promised,
            shipped_at: order.shipped,
            delivered_at: order.delivered,
            completed_at: order.completed,
            amount: order.amount.map(Money::from),
            fulfilled_by: order.fulfilled_by,
            carrier: order.carrier,
            tracking_number: order.tracking_number,
            buyer: buyer.map(Buyer::from),
            lines: order.lines.into_iter().map(OrderLine::from).collect(),
        }
    }
}

impl From<IncomingLine> for OrderLine {
    fn from(line: IncomingLine) -> Self {
        Self { sku: line.sku, title: line.title, quantity: line.quantity, price: line.price.map(Money::from) }
    }
}

impl From<MaskedBuyer> for Buyer {
    fn from(buyer: MaskedBuyer) -> Self {
        Self { nick: buyer.nick, name: buyer.name, phone: buyer.phone, region: buyer.region }
    }
}
