//! Reviews: the list, one of them, the list as a file.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use pingxin_desk::reviews::{self, ReviewView};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{Object, ReviewId};
use pingxin_language::{Cause, Fault};
use pingxin_store::reference::{CaseRef as StoreCaseRef, Source};
use pingxin_store::review::{ReviewRow as StoreRow, Revision as StoreRevision, Sort};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::correction::Correction;
use super::filter::FilterAsked;
use super::media::ReviewMedia;
use super::order::Order;
use super::page::{Count, PageAsked};
use super::pattern::Pattern;
use super::refusal::{BadRequest, Forbidden, NotFound, SignedOut};
use super::removal::Removal;
use super::shop::ShopRef;
use super::tag::Tag;
use super::triage::{Sentiment, Triage};
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// The order of a list of reviews.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewSort {
    /// Newest first.
    #[default]
    Newest,
    /// Most urgent first.
    Severity,
    /// Oldest first.
    Oldest,
    /// Fewest stars first; those without stars last.
    Rating,
}

impl From<ReviewSort> for Sort {
    fn from(sort: ReviewSort) -> Self {
        match sort {
            ReviewSort::Newest => Self::Newest,
            ReviewSort::Severity => Self::Severity,
            ReviewSort::Oldest => Self::Oldest,
            ReviewSort::Rating => Self::Rating,
        }
    }
}

/// In which order.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ReviewOrderAsked {
    /// `newest` unless given.
    #[param(value_type = Option<word::ReviewSort>)]
    pub(super) sort: ReviewSort,
}

/// What a review is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Product {
    /// Null until it is known apart from its reviews.
    #[schema(required = true)]
    id: Option<Uuid>,
    /// The platform's id.
    #[schema(required = true)]
    key: Option<String>,
    #[schema(required = true)]
    title: Option<String>,
}

/// A case, named within a review.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseRef {
    id: Uuid,
    /// Counted from 1 within the merchant.
    number: u64,
    #[schema(value_type = word::CaseState)]
    state: pingxin_domain::case::CaseState,
}

impl From<StoreCaseRef> for CaseRef {
    fn from(case: StoreCaseRef) -> Self {
        Self { id: case.id.uuid(), number: case.number, state: case.state }
    }
}

/// A review, as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewRow {
    id: Uuid,
    shop: ShopRef,
    #[schema(value_type = word::ReviewObject)]
    object: Object,
    #[schema(required = true)]
    title: Option<String>,
    /// Empty for a review of stars alone.
    text: String,
    /// 1 to 5; null on platforms without stars.
    #[schema(value_type = Option<u8>, required = true)]
    rating: Option<Rating>,
    #[schema(value_type = Option<word::Verdict>, required = true)]
    verdict: Option<Verdict>,
    /// When the buyer wrote it; null when the file did not say.
    #[schema(required = true)]
    created_at: Option<Timestamp>,
    #[schema(required = true)]
    product: Option<Product>,
    #[schema(required = true)]
    order_number: Option<String>,
    /// The buyer's nick, masked.
    #[schema(required = true)]
    buyer: Option<String>,
    #[schema(required = true)]
    sentiment: Option<Sentiment>,
    #[schema(value_type = Vec<word::Cause>)]
    causes: Vec<Cause>,
    #[schema(value_type = Option<word::Cause>, required = true)]
    primary_cause: Option<Cause>,
    #[schema(value_type = Option<word::Fault>, required = true)]
    fault: Option<Fault>,
    /// 0 to 100.
    #[schema(required = true)]
    severity: Option<u8>,
    /// ISO 639-1, or `und`.
    #[schema(value_type = Option<String>, required = true)]
    language: Option<pingxin_language::Language>,
    #[schema(required = true)]
    case: Option<CaseRef>,
    /// From 1; more when the buyer changed it.
    revision: u32,
    /// Who handles its case; null without a case or when nobody does.
    #[schema(required = true)]
    handler: Option<Person>,
    /// Since when somebody knows it gone from the platform; null when it is there.
    #[schema(required = true)]
    gone_at: Option<Timestamp>,
    /// By name.
    tags: Vec<Tag>,
}

impl From<StoreRow> for ReviewRow {
    fn from(row: StoreRow) -> Self {
        let product = (row.product_key.is_some() || row.product_title.is_some()).then_some(Product {
            id: row.product.map(Identifier::uuid),
            key: row.product_key,
            title: row.product_title,
        });
        Self {
            id: row.id.uuid(),
            shop: row.shop.into(),
            object: row.object,
            title: row.title,
            text: row.text,
            rating: row.rating,
            verdict: row.verdict,
            created_at: row.created_at,
            product,
            order_number: row.order_number,
            buyer: row.buyer_nick,
            severity: row.sentiment.is_some().then_some(row.severity),
            sentiment: row.sentiment.map(Sentiment::from),
            causes: row.causes,
            primary_cause: row.primary_cause,
            fault: row.fault,
            language: row.language,
            case: row.case.map(CaseRef::from),
            revision: row.revision,
            handler: row.handler.map(Person::from),
            gone_at: row.gone_at,
            tags: row.tags.into_iter().map(Tag::from).collect(),
        }
    }
}

/// A page of reviews.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewList {
    reviews: Vec<ReviewRow>,
    /// Null on the last page.
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// The row of a file something was read from.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewSource {
    import_id: Uuid,
    file_name: String,
    line: u64,
}

/// The row of a file a revision was read from.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceRow {
    id: Uuid,
    file_name: String,
    line: u64,
}

impl From<Source> for ReviewSource {
    fn from(source: Source) -> Self {
        Self { import_id: source.batch.uuid(), file_name: source.file_name, line: source.line }
    }
}

/// A review as it stood once.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revision {
    /// From 1.
    revision: u32,
    #[schema(value_type = Option<u8>, required = true)]
    rating: Option<Rating>,
    #[schema(value_type = Option<word::Verdict>, required = true)]
    verdict: Option<Verdict>,
    #[schema(required = true)]
    title: Option<String>,
    text: String,
    seen_at: Timestamp,
    #[schema(required = true)]
    import: Option<SourceRow>,
}

impl From<StoreRevision> for Revision {
    fn from(revision: StoreRevision) -> Self {
        let import = revision.source.map(|source| SourceRow {
            id: source.batch.uuid(),
            file_name: source.file_name,
            line: source.line,
        });
        Self {
            revision: revision.revision,
            rating: revision.rating,
            verdict: revision.verdict,
            title: revision.title,
            text: revision.text,
            seen_at: revision.seen_at,
            import,
        }
    }
}

/// A review with everything known about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Review {
    #[serde(flatten)]
    row: ReviewRow,
    imported_at: Timestamp,
    #[schema(required = true)]
    platform_review_id: Option<String>,
    photos: u32,
    /// Buyers who found it helpful; null when unknown.
    #[schema(required = true)]
    likes: Option<u32>,
    /// What the machine read; causes, sentiment and fault beside it are with the standing corrections.
    #[schema(required = true)]
    triage: Option<Triage>,
    /// What people said of that, the newest first.
    corrections: Vec<Correction>,
    /// What it shows beside others of its shop.
    patterns: Vec<Pattern>,
    #[schema(required = true)]
    order: Option<Order>,
    /// Photos and videos that the row names, in its order.
    media: Vec<ReviewMedia>,
    /// Oldest first.
    revisions: Vec<Revision>,
    /// Where it was seen first.
    #[schema(required = true)]
    source: Option<ReviewSource>,
    /// How it stands with its platform now.
    removal: Removal,
}

impl From<ReviewView> for Review {
    fn from(view: ReviewView) -> Self {
        let ReviewView { detail, order, buyer, media, removal, corrections, patterns, told } = view;
        let mut triage: Option<Triage> = detail.triage.and_then(|body| {
            serde_json::from_value(body)
                // The rest of the review is worth showing all the same.
                .inspect_err(|cause| tracing::error!(%cause, "a stored triage cannot be shown"))
                .ok()
        });
        if let Some(triage) = &mut triage {
            triage.tell(&told);
        }
        Self {
            imported_at: detail.row.imported_at,
            platform_review_id: detail.row.platform_review_id.clone(),
            photos: detail.row.photos,
            likes: detail.row.likes,
            row: detail.row.into(),
            triage,
            corrections: corrections.into_iter().map(Correction::from).collect(),
            patterns: patterns.into_iter().map(Pattern::from).collect(),
            order: order.map(|order| Order::new(order, buyer)),
            media: media.into_iter().map(ReviewMedia::from).collect(),
            revisions: detail.revisions.into_iter().map(Revision::from).collect(),
            source: detail.source.map(ReviewSource::from),
            removal: removal.into(),
        }
    }
}

/// Reviews, page by page.
#[utoipa::path(get, path = "/api/v1/reviews", tag = "review", params(FilterAsked, ReviewOrderAsked, PageAsked),
    responses((status = 200, body = ReviewList), BadRequest, SignedOut, Forbidden))]
pub async fn list_reviews(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<FilterAsked>,
    Asked(order): Asked<ReviewOrderAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<ReviewList>, Problem> {
    let filter = asked.filter(&session)?;
    let sort = order.sort.into();
    let (rows, count) =
        reviews::list(&app.desk, &session.scope, &filter, sort, page.cursor(), page.limit()?).await?;
    Ok(Json(ReviewList {
        reviews: rows.rows.into_iter().map(ReviewRow::from).collect(),
        next_cursor: rows.next,
        count: count.into(),
    }))
}

/// One review.
#[utoipa::path(get, path = "/api/v1/reviews/{id}", tag = "review", params(("id" = Uuid, Path)),
    responses((status = 200, body = Review), SignedOut, Forbidden, NotFound))]
pub async fn get_review(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ReviewId>,
) -> Result<Json<Review>, Problem> {
    Ok(Json(reviews::get(&app.desk, &session.scope, id).await?.into()))
}
