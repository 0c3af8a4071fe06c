//! Orders: the list, one of them, and an order as it stands beside a review.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use pingxin_desk::orders::{self, OrderView};
use pingxin_desk::reviews::MaskedBuyer;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::IncomingLine;
use pingxin_domain::money;
use pingxin_domain::order::{Fulfilment, OrderState};
use pingxin_domain::rating::{OrderMeasure, OrderPart};
use pingxin_domain::{BuyerId, OrderId, Platform, ProductId, ShopId};
use pingxin_store::order::{Order as StoreOrder, OrderFilter, OrderSort as Sort};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::CaseRow;
use super::moment::Moment;
use super::page::{Count, PageAsked};
use super::record::CaseRecords;
use super::refusal::{BadRequest, Forbidden, NotFound, SignedOut};
use super::review::ReviewRow;
use super::shop::ShopRef;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

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

/// Reads digits such as `12.50` of a currency such as `CNY`, which the field `amount` of a request holds.
///
/// # Errors
/// The [`Problem`] to answer with.
pub(super) fn amount_of(digits: &str, currency: &str) -> Result<money::Money, Problem> {
    let wrong = |error: money::MoneyError| {
        Problem::invalid("amount", format!("金额或币种不对：{error}"), error.to_string())
    };
    money::Money::parse(digits, currency.parse().map_err(wrong)?).map_err(wrong)
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
    /// The product, where a review has named it; null in lists.
    #[schema(required = true)]
    product_id: Option<Uuid>,
}

/// A buyer, masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Buyer {
    #[schema(required = true)]
    id: Option<Uuid>,
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
    shop: ShopRef,
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
            shop: stored.shop.into(),
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
        Self {
            sku: line.sku,
            title: line.title,
            quantity: line.quantity,
            price: line.price.map(Money::from),
            product_id: None,
        }
    }
}

impl From<MaskedBuyer> for Buyer {
    fn from(buyer: MaskedBuyer) -> Self {
        let id = buyer.id.map(Identifier::uuid);
        Self { id, nick: buyer.nick, name: buyer.name, phone: buyer.phone, region: buyer.region }
    }
}

/// Which orders. A key given several times means any of them; keys are joined by "and".
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct OrdersAsked {
    /// An order number, whole or its beginning of four characters or more.
    q: Option<String>,
    #[param(value_type = Vec<Uuid>)]
    shop: Vec<ShopId>,
    #[param(value_type = Vec<word::Platform>)]
    platform: Vec<Platform>,
    #[param(value_type = Vec<word::OrderState>)]
    state: Vec<OrderState>,
    /// With a line of this product.
    #[param(value_type = Option<Uuid>)]
    product: Option<ProductId>,
    /// Of this buyer.
    #[param(value_type = Option<Uuid>)]
    buyer: Option<BuyerId>,
    has_review: Option<bool>,
    /// Placed at or after: an instant, or a date at 00:00 UTC.
    #[param(value_type = Option<String>)]
    from: Option<Moment>,
    /// Placed before: an instant, or a date at 00:00 UTC.
    #[param(value_type = Option<String>)]
    to: Option<Moment>,
    /// What a figure of the shop counts over orders, with `from` and `to` of its window.
    #[param(value_type = Option<word::OrderMeasure>)]
    measure: Option<OrderMeasure>,
    /// Which of them; those above the line unless given.
    #[param(value_type = Option<word::OrderPart>)]
    part: Option<OrderPart>,
}

impl From<OrdersAsked> for OrderFilter {
    fn from(asked: OrdersAsked) -> Self {
        Self {
            shops: asked.shop,
            platforms: asked.platform,
            states: asked.state,
            number: asked.q.as_deref().and_then(orders::number_asked),
            product: asked.product,
            buyer: asked.buyer,
            has_review: asked.has_review,
            from: asked.from.map(Moment::instant),
            to: asked.to.map(Moment::instant),
            counted: asked.measure.map(|measure| (measure, asked.part.unwrap_or(OrderPart::Numerator))),
        }
    }
}

/// The order of a list of orders.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderSort {
    /// The last placed first.
    #[default]
    Newest,
    /// The first placed first.
    Oldest,
}

/// In which order.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct OrderOrderAsked {
    /// `newest` unless given.
    #[param(value_type = Option<word::OrderSort>)]
    sort: OrderSort,
}

/// Who ordered, by his masked nick.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderBuyer {
    id: Uuid,
    #[schema(required = true)]
    nick: Option<String>,
}

/// An order, as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderRow {
    id: Uuid,
    shop: ShopRef,
    number: String,
    #[schema(value_type = Option<word::OrderState>, required = true)]
    state: Option<OrderState>,
    /// When it was placed, else the first station known, else when it was stored; lists are sorted by it.
    ordered_at: Timestamp,
    #[schema(required = true)]
    placed_at: Option<Timestamp>,
    #[schema(required = true)]
    amount: Option<Money>,
    #[schema(required = true)]
    buyer: Option<OrderBuyer>,
    lines: Vec<OrderLine>,
    /// Reviews that belong to it.
    review_count: u32,
}

impl From<StoreOrder> for OrderRow {
    fn from(stored: StoreOrder) -> Self {
        let nick = stored.buyer_nick;
        Self {
            id: stored.id.uuid(),
            shop: stored.shop.into(),
            number: stored.order.number,
            state: stored.order.state,
            ordered_at: stored.ordered_at,
            placed_at: stored.order.placed,
            amount: stored.order.amount.map(Money::from),
            buyer: stored.buyer.map(|id| OrderBuyer { id: id.uuid(), nick }),
            lines: stored.order.lines.into_iter().map(OrderLine::from).collect(),
            review_count: stored.reviews,
        }
    }
}

/// A page of orders.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderList {
    orders: Vec<OrderRow>,
    /// Null on the last page.
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// An order with everything around it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderDetail {
    #[serde(flatten)]
    order: Order,
    ordered_at: Timestamp,
    /// Newest first.
    reviews: Vec<ReviewRow>,
    /// Newest first.
    cases: Vec<CaseRow>,
    records: CaseRecords,
}

impl From<OrderView> for OrderDetail {
    fn from(view: OrderView) -> Self {
        let ordered_at = view.order.ordered_at;
        let mut order = Order::new(view.order, view.buyer);
        for (line, product) in order.lines.iter_mut().zip(view.products) {
            line.product_id = product.map(Identifier::uuid);
        }
        Self {
            order,
            ordered_at,
            reviews: view.reviews.into_iter().map(ReviewRow::from).collect(),
            cases: view.cases.into_iter().map(CaseRow::from).collect(),
            records: view.records.into(),
        }
    }
}

/// Orders, page by page.
#[utoipa::path(get, path = "/api/v1/orders", tag = "order", params(OrdersAsked, OrderOrderAsked, PageAsked),
    responses((status = 200, body = OrderList), BadRequest, SignedOut, Forbidden))]
pub async fn list_orders(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<OrdersAsked>,
    Asked(order): Asked<OrderOrderAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<OrderList>, Problem> {
    let sort = match order.sort {
        OrderSort::Newest => Sort::Newest,
        OrderSort::Oldest => Sort::Oldest,
    };
    let filter = asked.into();
    let (rows, count) =
        orders::list(&app.desk, &session.scope, &filter, sort, page.cursor(), page.limit()?).await?;
    Ok(Json(OrderList {
        orders: rows.rows.into_iter().map(OrderRow::from).collect(),
        next_cursor: rows.next,
        count: count.into(),
    }))
}

/// One order: its lines, buyer, reviews, cases, and what stands beside it.
#[utoipa::path(get, path = "/api/v1/orders/{id}", tag = "order", params(("id" = Uuid, Path)),
    responses((status = 200, body = OrderDetail), SignedOut, Forbidden, NotFound))]
pub async fn get_order(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<OrderId>,
) -> Result<Json<OrderDetail>, Problem> {
    Ok(Json(orders::get(&app.desk, &session.scope, id).await?.into()))
}
