//! Buyers: the list, one of them, notes, and a masked field in full.

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use pingxin_desk::buyers::{self, BuyerView, ContactField};
use pingxin_desk::contacts;
use pingxin_domain::after_sale::AfterSaleKind;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{BuyerId, Platform, ShopId};
use pingxin_store::buyer::{
    BuyerFilter, BuyerNote as StoreNote, BuyerRow as StoreRow, BuyerSort as Sort, Contacts as StoreContacts,
    Payout as StorePayout,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::{CaseRow, Person};
use super::hold::{Held, Kept};
use super::order::{Money, OrderRow};
use super::page::{Count, PageAsked};
use super::refusal::{BadRequest, Forbidden, Invalid, NotFound, SignedOut};
use super::review::ReviewRow;
use super::shop::ShopRef;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Which buyers. A key given several times means any of them; keys are joined by "and".
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct BuyersAsked {
    /// A nick, whole, or an order number.
    q: Option<String>,
    #[param(value_type = Vec<Uuid>)]
    shop: Vec<ShopId>,
    #[param(value_type = Vec<word::Platform>)]
    platform: Vec<Platform>,
    has_case: Option<bool>,
    /// With so many bad reviews at least.
    bad_min: Option<u32>,
}

impl From<BuyersAsked> for BuyerFilter {
    fn from(asked: BuyersAsked) -> Self {
        Self {
            shops: asked.shop,
            platforms: asked.platform,
            has_case: asked.has_case,
            bad_min: asked.bad_min,
            asked: asked.q.as_deref().and_then(buyers::asked),
        }
    }
}

/// The order of a list of buyers.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuyerSort {
    /// The last one that came to be known first.
    #[default]
    Newest,
    /// Those who have written a bad review, the most of them first.
    Bad,
}

/// In which order.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct BuyerOrderAsked {
    /// `newest` unless given; `bad` lists those with a bad review alone.
    #[param(value_type = Option<word::BuyerSort>)]
    sort: BuyerSort,
}

/// A buyer, masked, as a list shows him.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuyerRow {
    id: Uuid,
    /// The shop that knows him.
    shop: ShopRef,
    #[schema(required = true)]
    nick: Option<String>,
    #[schema(required = true)]
    name: Option<String>,
    #[schema(required = true)]
    phone: Option<String>,
    #[schema(required = true)]
    email: Option<String>,
    /// Province, state or country.
    #[schema(required = true)]
    region: Option<String>,
    order_count: u32,
    review_count: u32,
    /// Reviews of three stars or fewer, or 中差评.
    bad_count: u32,
    case_count: u32,
}

impl From<StoreRow> for BuyerRow {
    fn from(row: StoreRow) -> Self {
        Self {
            id: row.id.uuid(),
            shop: row.shop.into(),
            nick: row.nick,
            name: row.name,
            phone: row.phone,
            email: row.email,
            region: row.region,
            order_count: row.orders,
            review_count: row.reviews,
            bad_count: row.bad,
            case_count: row.cases,
        }
    }
}

/// A page of buyers.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuyerList {
    buyers: Vec<BuyerRow>,
    /// Null on the last page.
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// How often and when the shop and a buyer last spoke.
#[derive(Debug, Serialize, ToSchema)]
pub struct Contacts {
    /// Chat messages.
    chats: u64,
    /// Phone calls.
    calls: u64,
    /// The last of either.
    #[schema(required = true)]
    last_at: Option<Timestamp>,
}

impl From<StoreContacts> for Contacts {
    fn from(contacts: StoreContacts) -> Self {
        Self { chats: contacts.chats, calls: contacts.calls, last_at: contacts.last_at }
    }
}

/// Money that was paid back, as an after-sale says.
#[derive(Debug, Serialize, ToSchema)]
pub struct Payout {
    #[schema(required = true)]
    at: Option<Timestamp>,
    #[schema(value_type = Option<word::AfterSaleKind>, required = true)]
    kind: Option<AfterSaleKind>,
    amount: Money,
    #[schema(required = true)]
    order_number: Option<String>,
}

impl From<StorePayout> for Payout {
    fn from(payout: StorePayout) -> Self {
        Self {
            at: payout.at,
            kind: payout.kind,
            amount: payout.amount.into(),
            order_number: payout.order_number,
        }
    }
}

/// What somebody of the team noted about a buyer.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuyerNote {
    id: Uuid,
    at: Timestamp,
    /// Null for the command line.
    #[schema(required = true)]
    author: Option<Person>,
    text: String,
}

impl From<StoreNote> for BuyerNote {
    fn from(note: StoreNote) -> Self {
        Self { id: note.id.uuid(), at: note.at, author: note.author.map(Person::from), text: note.text }
    }
}

/// A buyer, masked, with everything around him; each list holds the 50 newest at most.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuyerDetail {
    #[serde(flatten)]
    row: BuyerRow,
    /// Whether an address is known that can be revealed.
    has_address: bool,
    /// Since when he wants no messages.
    #[schema(required = true)]
    opted_out_at: Option<Timestamp>,
    orders: Vec<OrderRow>,
    reviews: Vec<ReviewRow>,
    cases: Vec<CaseRow>,
    contacts: Contacts,
    /// Newest first.
    payouts: Vec<Payout>,
    /// Newest first.
    notes: Vec<BuyerNote>,
}

impl From<BuyerView> for BuyerDetail {
    fn from(view: BuyerView) -> Self {
        Self {
            row: view.row.into(),
            has_address: view.has_address,
            opted_out_at: view.opted_out_at,
            orders: view.orders.into_iter().map(OrderRow::from).collect(),
            reviews: view.reviews.into_iter().map(ReviewRow::from).collect(),
            cases: view.cases.into_iter().map(CaseRow::from).collect(),
            contacts: view.contacts.into(),
            payouts: view.payouts.into_iter().map(Payout::from).collect(),
            notes: view.notes.into_iter().map(BuyerNote::from).collect(),
        }
    }
}

/// A note on a buyer.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewBuyerNote {
    text: String,
}

/// Which masked field is to be shown in full.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RevealField {
    #[schema(value_type = word::ContactField)]
    field: String,
}

/// A field in full.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revealed {
    /// Null where it is not known.
    #[schema(required = true)]
    value: Option<String>,
}

/// Buyers, page by page, masked.
#[utoipa::path(get, path = "/api/v1/buyers", tag = "buyer", params(BuyersAsked, BuyerOrderAsked, PageAsked),
    responses((status = 200, body = BuyerList), BadRequest, SignedOut, Forbidden))]
pub async fn list_buyers(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<BuyersAsked>,
    Asked(order): Asked<BuyerOrderAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<BuyerList>, Problem> {
    let sort = match order.sort {
        BuyerSort::Newest => Sort::Newest,
        BuyerSort::Bad => Sort::Bad,
    };
    let filter = asked.into();
    let (rows, count) =
        buyers::list(&app.desk, &session.scope, &filter, sort, page.cursor(), page.limit()?).await?;
    Ok(Json(BuyerList {
        buyers: rows.rows.into_iter().map(BuyerRow::from).collect(),
        next_cursor: rows.next,
        count: count.into(),
    }))
}

/// One buyer, masked: orders, reviews, cases, contacts, payouts, notes.
#[utoipa::path(get, path = "/api/v1/buyers/{id}", tag = "buyer", params(("id" = Uuid, Path)),
    responses((status = 200, body = BuyerDetail), SignedOut, Forbidden, NotFound))]
pub async fn get_buyer(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<BuyerId>,
) -> Result<Json<BuyerDetail>, Problem> {
    Ok(Json(buyers::get(&app.desk, &session.scope, id).await?.into()))
}

/// Writes a note on a buyer.
#[utoipa::path(post, path = "/api/v1/buyers/{id}/notes", tag = "buyer", params(("id" = Uuid, Path)), 
    request_body = NewBuyerNote,
    responses((status = 200, body = BuyerDetail), (status = 202, body = Held), BadRequest, SignedOut, Forbidden, NotFound,
        Invalid))]
pub async fn add_buyer_note(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<BuyerId>,
    Body(note): Body<NewBuyerNote>,
) -> Result<Kept<Json<BuyerDetail>>, Problem> {
    let buyer = buyers::add_note(&app.desk, &session.scope, id, &note.text).await;
    let buyer = buyer.map_err(Problem::of_field("text"))?;
    Ok(Kept::of(buyer, StatusCode::OK, session.scope.role, |buyer| Json(buyer.into())))
}

/// Whether a buyer wants messages.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetOptOut {
    /// He wants none.
    opted_out: bool,
}

/// Notes that a buyer wants no messages, or wants them again. No case of his has a contact planned from then on.
#[utoipa::path(put, path = "/api/v1/buyers/{id}/opt-out", tag = "buyer", params(("id" = Uuid, Path)),
    request_body = SetOptOut,
    responses((status = 200, body = BuyerDetail), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn set_buyer_opt_out(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<BuyerId>,
    Body(set): Body<SetOptOut>,
) -> Result<Json<BuyerDetail>, Problem> {
    let buyer = contacts::set_opted_out(&app.desk, &session.scope, id, set.opted_out).await?;
    Ok(Json(buyer.into()))
}

/// Shows one masked field of a buyer in full. Each time is an entry of the audit; the answer is kept nowhere.
#[utoipa::path(post, path = "/api/v1/buyers/{id}/reveal", tag = "buyer", params(("id" = Uuid, Path)),
    request_body = RevealField,
    responses((status = 200, body = Revealed), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn reveal_buyer_field(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<BuyerId>,
    Body(asked): Body<RevealField>,
) -> Result<Response, Problem> {
    let Some(field) = ContactField::from_code(&asked.field) else {
        return Err(Problem::invalid(
            "field",
            "field 应为 nick、name、phone、email 或 address",
            "`field` must be nick, name, phone, email or address",
        ));
    };
    let value = buyers::reveal(&app.desk, &session.scope, id, field).await?;
    let mut response = Json(Revealed { value }).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
