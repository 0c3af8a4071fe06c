//! Shops, and the counters of the rail.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use pingxin_desk::shops::{self, ShopRequest};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{Currency, Platform, ShopId};
use pingxin_store::Count;
use pingxin_store::reference::ShopRef as StoreShopRef;
use pingxin_store::shop::{Shop as StoreShop, ShopWithCounts};
use pingxin_store::summary::Summary as StoreSummary;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A shop with what is in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Shop {
    id: Uuid,
    name: String,
    #[schema(value_type = word::Platform)]
    platform: Platform,
    /// IANA name, such as `Asia/Shanghai`.
    timezone: String,
    /// ISO 4217.
    currency: String,
    reviews: u64,
    /// Cases somebody has to act on, exact to 1,000.
    open_cases: u64,
    /// Whether there are more.
    open_cases_capped: bool,
    /// Whether figures that only sellers tell each other are shown for it.
    folk_models: bool,
}

impl From<ShopWithCounts> for Shop {
    fn from(counted: ShopWithCounts) -> Self {
        let ShopWithCounts { shop, reviews, open_cases } = counted;
        Self {
            id: shop.id.uuid(),
            name: shop.name,
            platform: shop.platform,
            timezone: shop.timezone,
            currency: shop.currency.to_string(),
            reviews,
            open_cases: open_cases.value,
            open_cases_capped: open_cases.capped,
            folk_models: shop.folk_models,
        }
    }
}

/// All shops the caller may see.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopList {
    shops: Vec<Shop>,
}

/// A shop, named within something else.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopRef {
    id: Uuid,
    name: String,
    #[schema(value_type = word::Platform)]
    platform: Platform,
}

impl From<StoreShopRef> for ShopRef {
    fn from(shop: StoreShopRef) -> Self {
        Self { id: shop.id.uuid(), name: shop.name, platform: shop.platform }
    }
}

impl From<StoreShop> for ShopRef {
    fn from(shop: StoreShop) -> Self {
        Self { id: shop.id.uuid(), name: shop.name, platform: shop.platform }
    }
}

/// The name of a shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopName {
    id: Uuid,
    name: String,
}

impl From<StoreShopRef> for ShopName {
    fn from(shop: StoreShopRef) -> Self {
        Self { id: shop.id.uuid(), name: shop.name }
    }
}

/// A new shop.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewShop {
    name: String,
    #[schema(value_type = word::Platform)]
    platform: String,
    /// IANA name; the platform's own unless given.
    timezone: Option<String>,
    /// ISO 4217; the platform's own unless given.
    currency: Option<String>,
}

/// Reads a platform the API names; others the desk has no rules for yet.
///
/// # Errors
/// 422 for any other word.
pub fn platform(code: &str) -> Result<Platform, Problem> {
    word::Platform::CODES
        .iter()
        .find(|known| **known == code)
        .and_then(|known| known.parse().ok())
        .ok_or_else(|| {
            let known = word::Platform::CODES.join(", ");
            Problem::invalid(
                "platform",
                format!("没有这个平台，请从 {known} 里选"),
                format!("no such platform; choose one of {known}"),
            )
        })
}

/// The shops the caller may see.
#[utoipa::path(get, path = "/api/v1/shops", tag = "shop", responses((status = 200, body = ShopList), SignedOut, Forbidden))]
pub async fn list_shops(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<ShopList>, Problem> {
    let shops = shops::list(&app.desk, &session.scope).await?;
    Ok(Json(ShopList { shops: shops.into_iter().map(Shop::from).collect() }))
}

/// Adds a shop.
#[utoipa::path(post, path = "/api/v1/shops", tag = "shop", request_body = NewShop,
    responses((status = 201, body = Shop), BadRequest, SignedOut, Forbidden, Conflict, Invalid))]
pub async fn create_shop(
    State(app): State<App>,
    Session(session): Session,
    Body(new): Body<NewShop>,
) -> Result<(StatusCode, Json<Shop>), Problem> {
    let currency = new.currency.map(|code| code.parse::<Currency>()).transpose().map_err(|refused| {
        Problem::invalid("currency", "币种应为三位字母，如 CNY、USD", refused.to_string())
    })?;
    let request =
        ShopRequest { name: new.name, platform: platform(&new.platform)?, timezone: new.timezone, currency };
    let shop = shops::create(&app.desk, &session.scope, &request).await?;
    Ok((StatusCode::CREATED, Json(ShopWithCounts { shop, reviews: 0, open_cases: Count::default() }.into())))
}

/// What to change of a shop; what is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ChangeShop {
    name: Option<String>,
    /// IANA name.
    timezone: Option<String>,
    /// Whether figures that only sellers tell each other are shown for it.
    folk_models: Option<bool>,
}

/// Gives a shop another name or time zone, or shows what only sellers tell each other.
#[utoipa::path(patch, path = "/api/v1/shops/{id}", tag = "shop", params(("id" = Uuid, Path)), request_body = ChangeShop,
    responses((status = 200, body = Shop), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn change_shop(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ShopId>,
    Body(change): Body<ChangeShop>,
) -> Result<Json<Shop>, Problem> {
    let (name, timezone) = (change.name.as_deref(), change.timezone.as_deref());
    Ok(Json(shops::change(&app.desk, &session.scope, id, name, timezone, change.folk_models).await?.into()))
}

/// What waits, in numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Summary {
    /// Reviews, exact to 1,000.
    reviews: u64,
    /// Whether there are more.
    reviews_capped: bool,
    /// Cases somebody has to act on, exact to 1,000.
    open_cases: u64,
    /// Whether there are more.
    open_cases_capped: bool,
    /// Those of them whose severity is that of an urgent one, exact to 1,000.
    urgent_cases: u64,
    /// Whether there are more.
    urgent_cases_capped: bool,
    imports_running: u64,
}

impl From<StoreSummary> for Summary {
    fn from(summary: StoreSummary) -> Self {
        Self {
            reviews: summary.reviews.value,
            reviews_capped: summary.reviews.capped,
            open_cases: summary.open_cases.value,
            open_cases_capped: summary.open_cases.capped,
            urgent_cases: summary.urgent_cases.value,
            urgent_cases_capped: summary.urgent_cases.capped,
            imports_running: summary.imports_running,
        }
    }
}

/// The counters of the rail.
#[utoipa::path(get, path = "/api/v1/summary", tag = "shop", responses((status = 200, body = Summary), SignedOut))]
pub async fn get_summary(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<Summary>, Problem> {
    Ok(Json(shops::summary(&app.desk, &session.scope).await?.into()))
}
