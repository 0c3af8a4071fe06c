//! 好评回复: good reviews that wait for an answer, what could be answered, and what was.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use pingxin_desk::thanks::{self, Answer, ShopCoverage, Waiting};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{ReviewId, ShopId};
use pingxin_store::thanks::Thanks as StoreThanks;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::export::{self, FormatAsked};
use super::guard::GuardAnswer;
use super::page::{Count, PageAsked};
use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::review::{CaseRef, ReviewRow};
use super::shop::ShopRef;
use super::triage::BothLanguages;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Which good reviews.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ThanksAsked {
    /// Of this shop.
    #[param(value_type = Option<Uuid>)]
    shop: Option<ShopId>,
    /// Those in which a complaint was read, and no others.
    complains: bool,
}

/// Of which shop.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ThanksOf {
    /// Of this shop.
    #[param(value_type = Option<Uuid>)]
    shop: Option<ShopId>,
}

/// A good review that waits for an answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct PraiseWaiting {
    review: ReviewRow,
    /// The last second at which the platform takes an answer; null where no limit is known.
    #[schema(required = true)]
    closes_at: Option<Timestamp>,
}

impl From<Waiting> for PraiseWaiting {
    fn from(waiting: Waiting) -> Self {
        Self { review: waiting.row.into(), closes_at: waiting.closes }
    }
}

/// Good reviews of the last 30 days that wait for an answer, those that have waited longest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct PraiseList {
    reviews: Vec<PraiseWaiting>,
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// Good reviews of the last 30 days that wait for an answer, those that have waited longest first.
#[utoipa::path(get, path = "/api/v1/thanks", tag = "thanks", params(ThanksAsked, PageAsked),
    responses((status = 200, body = PraiseList), BadRequest, SignedOut, Forbidden))]
pub async fn list_praise(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<ThanksAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<PraiseList>, Problem> {
    let (limit, cursor) = (page.limit()?, page.cursor());
    let scope = &session.scope;
    let (found, count) =
        thanks::waiting(&app.desk, scope, asked.shop, asked.complains, cursor, limit).await?;
    let reviews = found.rows.into_iter().map(PraiseWaiting::from).collect();
    Ok(Json(PraiseList { reviews, next_cursor: found.next, count: count.into() }))
}

/// How well a shop answers its good reviews of the last 30 days.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThanksCoverage {
    shop: ShopRef,
    /// Good reviews that could be answered.
    good: u64,
    /// Those of them that are answered, on the platform or from here.
    answered: u64,
    /// The middle of how long an answer from here took, in seconds; null without one.
    #[schema(required = true)]
    delay_seconds: Option<i64>,
    /// Whether only the newest good reviews were counted.
    capped: bool,
}

impl From<ShopCoverage> for ThanksCoverage {
    fn from(one: ShopCoverage) -> Self {
        let ShopCoverage { shop, coverage, is_capped } = one;
        Self {
            shop: shop.into(),
            good: coverage.good,
            answered: coverage.answered.map_or(0, |share| share.hits),
            delay_seconds: coverage.delay,
            capped: is_capped,
        }
    }
}

/// How well the shops answer their good reviews.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThanksCoverageList {
    shops: Vec<ThanksCoverage>,
}

/// How well the shops answer their good reviews of the last 30 days; those without answers beneath reviews are left out.
#[utoipa::path(get, path = "/api/v1/thanks/coverage", tag = "thanks",
    responses((status = 200, body = ThanksCoverageList), SignedOut, Forbidden))]
pub async fn get_thanks_coverage(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<ThanksCoverageList>, Problem> {
    let found = thanks::coverage(&app.desk, &session.scope).await?;
    Ok(Json(ThanksCoverageList { shops: found.into_iter().map(ThanksCoverage::from).collect() }))
}

/// An answer that was written. Personal data in the words of the buyer is masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Thanks {
    review: Uuid,
    shop: ShopRef,
    #[schema(required = true)]
    platform_review_id: Option<String>,
    #[schema(required = true)]
    order_number: Option<String>,
    review_text: String,
    text: String,
    #[schema(required = true)]
    script: Option<String>,
    written_at: Timestamp,
    #[schema(required = true)]
    written_by: Option<Person>,
    /// Whether an import has shown an answer beneath the review.
    seen: bool,
}

impl From<StoreThanks> for Thanks {
    fn from(one: StoreThanks) -> Self {
        Self {
            review: one.review.uuid(),
            shop: one.shop.into(),
            platform_review_id: one.platform_review_id,
            order_number: one.order_number,
            review_text: one.review_text,
            text: one.text,
            script: one.script,
            written_at: one.written_at,
            written_by: one.written_by.map(Person::from),
            seen: one.is_seen,
        }
    }
}

/// Answers that were written, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThanksList {
    thanks: Vec<Thanks>,
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// Answers that were written, the newest first.
#[utoipa::path(get, path = "/api/v1/thanks/written", tag = "thanks", params(ThanksOf, PageAsked),
    responses((status = 200, body = ThanksList), BadRequest, SignedOut, Forbidden))]
pub async fn list_thanks(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<ThanksOf>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<ThanksList>, Problem> {
    let (limit, cursor) = (page.limit()?, page.cursor());
    let found = thanks::written(&app.desk, &session.scope, asked.shop, cursor, limit).await?;
    let thanks = found.rows.into_iter().map(Thanks::from).collect();
    Ok(Json(ThanksList { thanks, next_cursor: found.next }))
}

/// Answers that were written, the newest first, as a file.
#[utoipa::path(get, path = "/api/v1/thanks/export", tag = "thanks", params(FormatAsked, ThanksOf),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        BadRequest, SignedOut, Forbidden))]
pub async fn export_thanks(
    State(app): State<App>,
    Session(session): Session,
    Asked(format): Asked<FormatAsked>,
    Asked(asked): Asked<ThanksOf>,
) -> Result<Response, Problem> {
    let format = format.format()?;
    let file =
        tempfile::NamedTempFile::new_in(app.desk.uploads()?).map_err(|cause| Problem::internal(&cause))?;
    thanks::export(&app.desk, &session.scope, asked.shop, format, file.path()).await?;
    export::stream(file, "thanks", format, &app)
}

/// Good reviews to be answered, 1 to 50.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ProposeThanks {
    #[schema(value_type = Vec<Uuid>)]
    reviews: Vec<ReviewId>,
}

/// What could be answered to one review.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThanksProposal {
    review: Uuid,
    /// The words; null where none can be proposed.
    #[schema(required = true)]
    text: Option<String>,
    /// The key of their script.
    #[schema(required = true)]
    script: Option<String>,
    /// The longest answer, in characters.
    limit: u32,
    /// Why none can be proposed.
    #[schema(required = true)]
    problem: Option<BothLanguages>,
}

/// What could be answered, in the order in which the reviews were named.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThanksProposals {
    proposals: Vec<ThanksProposal>,
}

/// Proposes an answer to each of some good reviews, from varied scripts and in the review's language. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/thanks/proposals", tag = "thanks", request_body = ProposeThanks,
    responses((status = 200, body = ThanksProposals), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn propose_thanks(
    State(app): State<App>,
    Session(session): Session,
    Body(asked): Body<ProposeThanks>,
) -> Result<Json<ThanksProposals>, Problem> {
    let found = thanks::propose(&app.desk, &session.scope, &asked.reviews).await?;
    let proposals = found.into_iter().map(|one| {
        let (text, script, problem) = match one.answer {
            Ok((text, script)) => (Some(text), Some(script), None),
            Err(error) => (None, None, Some(error.say().into())),
        };
        let limit = u32::try_from(one.limit).unwrap_or(u32::MAX);
        ThanksProposal { review: one.review.uuid(), text, script, limit, problem }
    });
    Ok(Json(ThanksProposals { proposals: proposals.collect() }))
}

/// An answer to keep.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ThanksAnswer {
    #[schema(value_type = Uuid)]
    review: ReviewId,
    /// At most so many characters as its proposal says.
    text: String,
    /// The key of the script it was made from.
    #[serde(default)]
    script: Option<String>,
}

/// Answers to keep, 1 to 50.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WriteThanks {
    answers: Vec<ThanksAnswer>,
}

/// What became of one answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThanksWritten {
    review: Uuid,
    /// Why it was not kept; null when it was.
    #[schema(required = true)]
    problem: Option<BothLanguages>,
    /// What the guard says of an answer that it stops.
    #[schema(required = true)]
    guard: Option<GuardAnswer>,
}

/// What became of each answer, in the order in which they were named.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThanksResults {
    results: Vec<ThanksWritten>,
}

/// Keeps answers to good reviews, to be put up on the platform by hand. Each is checked and kept for itself: one that cannot
/// be stops no other.
#[utoipa::path(post, path = "/api/v1/thanks", tag = "thanks", request_body = WriteThanks,
    responses((status = 200, body = ThanksResults), BadRequest, SignedOut, Forbidden, Conflict))]
pub async fn write_thanks(
    State(app): State<App>,
    Session(session): Session,
    Body(asked): Body<WriteThanks>,
) -> Result<Json<ThanksResults>, Problem> {
    let answers: Vec<Answer> = asked
        .answers
        .into_iter()
        .map(|one| Answer { review: one.review, text: one.text, script: one.script })
        .collect();
    let written = thanks::write(&app.desk, &session.scope, &answers).await?;
    let results = written.into_iter().map(|one| {
        let problem = one.result.as_ref().err().map(|error| error.say().into());
        let guard = match one.result {
            Err(pingxin_desk::DeskError::Blocked(checked)) => Some(GuardAnswer::from(*checked)),
            _ => None,
        };
        ThanksWritten { review: one.review.uuid(), problem, guard }
    });
    Ok(Json(ThanksResults { results: results.collect() }))
}

/// Takes an answer back that was not put up: the review waits again.
#[utoipa::path(delete, path = "/api/v1/reviews/{id}/thanks", tag = "thanks", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Taken back"), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn take_thanks_back(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ReviewId>,
) -> Result<StatusCode, Problem> {
    thanks::take_back(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Opens a case for a review in which somebody saw a complaint.
#[utoipa::path(post, path = "/api/v1/reviews/{id}/case", tag = "case", params(("id" = Uuid, Path)),
    responses((status = 201, body = CaseRef), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn open_case(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ReviewId>,
) -> Result<(StatusCode, Json<CaseRef>), Problem> {
    let opened = thanks::open_case(&app.desk, &session.scope, id).await?;
    Ok((StatusCode::CREATED, Json(opened.into())))
}
