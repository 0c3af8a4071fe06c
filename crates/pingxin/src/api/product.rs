//! Products: the list, and what the reviews of one add up to.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use pingxin_desk::products;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{Platform, ProductId, ShopId};
use pingxin_language::Cause;
use pingxin_store::product::{Product as StoreProduct, ProductFilter, ProductSort as Sort};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::page::{Count, PageAsked};
use super::refusal::{BadRequest, Forbidden, NotFound, SignedOut};
use super::shop::ShopRef;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Which products. A key given several times means any of them; keys are joined by "and".
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ProductsAsked {
    /// Words of the title (CJK by substring, Latin by whole word, all of them), or the platform's id.
    q: Option<String>,
    #[param(value_type = Vec<Uuid>)]
    shop: Vec<ShopId>,
    #[param(value_type = Vec<word::Platform>)]
    platform: Vec<Platform>,
    /// With so many bad reviews at least.
    bad_min: Option<u32>,
    /// With so many reviews at least.
    reviews_min: Option<u32>,
    /// With a review that complains of one of these.
    #[param(value_type = Vec<word::Cause>)]
    cause: Vec<Cause>,
}

impl From<ProductsAsked> for ProductFilter {
    fn from(asked: ProductsAsked) -> Self {
        Self {
            shops: asked.shop,
            platforms: asked.platform,
            bad_min: asked.bad_min,
            reviews_min: asked.reviews_min,
            causes: asked.cause,
            query: asked.q.filter(|query| !query.trim().is_empty()),
        }
    }
}

/// The order of a list of products; the larger first.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductSort {
    /// By the number of reviews.
    #[default]
    Reviews,
    /// By the number of bad ones.
    Bad,
    /// By their share.
    BadRate,
    /// By the newest review.
    Newest,
}

/// In which order.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ProductOrderAsked {
    /// `reviews` unless given.
    #[param(value_type = Option<word::ProductSort>)]
    sort: ProductSort,
}

/// How many reviews gave each verdict.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerdictCounts {
    good: u64,
    neutral: u64,
    bad: u64,
}

/// A product with what its reviews add up to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductRow {
    id: Uuid,
    shop: ShopRef,
    /// The platform's id.
    #[schema(required = true)]
    key: Option<String>,
    #[schema(required = true)]
    title: Option<String>,
    reviews: u64,
    /// Reviews of 1, 2, 3, 4 and 5 stars.
    #[schema(min_items = 5, max_items = 5)]
    ratings: Vec<u64>,
    verdicts: VerdictCounts,
    /// Reviews of three stars or fewer, or 中差评.
    bad: u64,
    /// The same of 10,000 reviews.
    bad_rate: u32,
    first_review_at: Timestamp,
    last_review_at: Timestamp,
}

impl From<StoreProduct> for ProductRow {
    fn from(product: StoreProduct) -> Self {
        let [good, neutral, bad] = product.verdicts;
        Self {
            id: product.id.uuid(),
            shop: product.shop.into(),
            key: product.key,
            title: product.title,
            reviews: product.reviews,
            ratings: product.ratings.to_vec(),
            verdicts: VerdictCounts { good, neutral, bad },
            bad: product.bad,
            bad_rate: product.bad_rate,
            first_review_at: product.first_review_at,
            last_review_at: product.last_review_at,
        }
    }
}

/// A page of products.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductList {
    products: Vec<ProductRow>,
    /// Null on the last page.
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// How many reviews complain of one thing.
#[derive(Debug, Serialize, ToSchema)]
pub struct CauseCount {
    #[schema(value_type = word::Cause)]
    cause: Cause,
    count: u64,
}

/// A product with what its reviews complain of.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductDetail {
    #[serde(flatten)]
    row: ProductRow,
    /// The most frequent first.
    causes: Vec<CauseCount>,
}

/// Products, page by page.
#[utoipa::path(get, path = "/api/v1/products", tag = "product", params(ProductsAsked, ProductOrderAsked, PageAsked),
    responses((status = 200, body = ProductList), BadRequest, SignedOut, Forbidden))]
pub async fn list_products(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<ProductsAsked>,
    Asked(order): Asked<ProductOrderAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<ProductList>, Problem> {
    let sort = match order.sort {
        ProductSort::Reviews => Sort::Reviews,
        ProductSort::Bad => Sort::Bad,
        ProductSort::BadRate => Sort::BadRate,
        ProductSort::Newest => Sort::Newest,
    };
    let filter = asked.into();
    let (rows, count) =
        products::list(&app.desk, &session.scope, &filter, sort, page.cursor(), page.limit()?).await?;
    Ok(Json(ProductList {
        products: rows.rows.into_iter().map(ProductRow::from).collect(),
        next_cursor: rows.next,
        count: count.into(),
    }))
}

/// One product: stars, verdicts and causes of its reviews. The reviews themselves are a list of their own.
#[utoipa::path(get, path = "/api/v1/products/{id}", tag = "product", params(("id" = Uuid, Path)),
    responses((status = 200, body = ProductDetail), SignedOut, Forbidden, NotFound))]
pub async fn get_product(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ProductId>,
) -> Result<Json<ProductDetail>, Problem> {
    let view = products::get(&app.desk, &session.scope, id).await?;
    let causes = view.causes.into_iter().map(|(cause, count)| CauseCount { cause, count }).collect();
    Ok(Json(ProductDetail { row: view.product.into(), causes }))
}
