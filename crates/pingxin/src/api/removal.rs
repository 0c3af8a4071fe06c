//! Whether platforms remove reviews, every deadline of a review, and the requests that people filed by hand.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::civil::Date;
use pingxin_desk::removals::{self, MonthOfGround, NewEvent, NewFiling, RequestView, Waiting};
use pingxin_desk::{DeadlineView, GroundView, MissingFact, QuoteView, RemovalView};
use pingxin_domain::deadline::Standing;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::order::Fulfilment;
use pingxin_domain::pack::{Grade, Length, Outcome, Party, Status};
use pingxin_domain::removal::request::{RequestState, StepKind, TrackRecord};
use pingxin_domain::removal::{NextStep as DomainStep, Step as DomainStepKind, Verdict};
use pingxin_domain::{RemovalId, ReviewId, Say, ShopId};
use pingxin_store::removal::{FoundReview, Request, RequestFilter, Stated, StatedBy, Step};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::moment::Moment;
use super::page::{Count, PageAsked};
use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::review::ReviewRow;
use super::rule_source::{RuleSource, sources};
use super::shop::ShopRef;
use super::triage::Span;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A sentence in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct Words {
    zh: String,
    en: String,
}

impl From<Say> for Words {
    fn from(say: Say) -> Self {
        Self { zh: say.zh, en: say.en }
    }
}

/// Words that carry a ground, or break it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalQuote {
    /// `text`, `title` or `messages.N`.
    r#in: String,
    /// In that text.
    span: Span,
    /// The words; contacts in them are masked.
    words: String,
    /// When the message was sent; null for words of the review.
    #[schema(required = true)]
    at: Option<Timestamp>,
}

impl From<QuoteView> for RemovalQuote {
    fn from(quote: QuoteView) -> Self {
        let QuoteView { evidence, words, at } = quote;
        Self { r#in: evidence.place.to_string(), span: evidence.span.into(), words, at }
    }
}

/// A fact that is not known.
#[derive(Debug, Serialize, ToSchema)]
pub struct Missing {
    code: String,
    name: Words,
}

impl From<MissingFact> for Missing {
    fn from(missing: MissingFact) -> Self {
        Self { code: missing.code, name: missing.name.into() }
    }
}

/// What became of requests under a ground.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroundRecord {
    /// Filed; those taken back are left out.
    asked: u32,
    granted: u32,
    refused: u32,
    /// Of those asked, filed against the advice.
    against_advice: u32,
    /// Most were refused: to be said before the next.
    poor: bool,
}

impl From<TrackRecord> for GroundRecord {
    fn from(record: TrackRecord) -> Self {
        let TrackRecord { asked, granted, refused, against_advice } = record;
        Self { asked, granted, refused, against_advice, poor: record.is_poor() }
    }
}

/// A ground and whether it holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalGround {
    /// Its id in the pack.
    ground: String,
    name: Words,
    #[schema(value_type = word::RemovalOutcome)]
    outcome: Outcome,
    #[schema(value_type = word::RemovalVerdict)]
    verdict: Verdict,
    quotes: Vec<RemovalQuote>,
    missing: Vec<Missing>,
    /// The last local day for the request; null when no limit is known.
    #[schema(value_type = Option<String>, format = Date, required = true)]
    deadline: Option<Date>,
    why: Words,
    source: Vec<RuleSource>,
    #[schema(value_type = word::Grade)]
    grade: Grade,
    /// Of this shop, the last 365 days.
    record: GroundRecord,
}

impl From<GroundView> for RemovalGround {
    fn from(ground: GroundView) -> Self {
        Self {
            ground: ground.ground,
            name: ground.name.into(),
            outcome: ground.outcome,
            verdict: ground.verdict,
            quotes: ground.quotes.into_iter().map(RemovalQuote::from).collect(),
            missing: ground.missing.into_iter().map(Missing::from).collect(),
            deadline: ground.deadline,
            why: ground.why.into(),
            source: sources(ground.source),
            grade: ground.grade,
            record: ground.record.into(),
        }
    }
}

/// A reason to report a product review; no removal.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalReport {
    reason: String,
    quotes: Vec<RemovalQuote>,
    why: Words,
    source: Vec<RuleSource>,
}

/// What to do next about a review.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextStep {
    #[schema(value_type = word::NextStepKind)]
    step: DomainStepKind,
    /// Null when nothing presses.
    #[schema(required = true)]
    due: Option<Timestamp>,
    why: Words,
}

impl From<DomainStep> for NextStep {
    fn from(step: DomainStep) -> Self {
        Self { step: step.step, due: step.due, why: step.why.into() }
    }
}

/// A deadline, and where it comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deadline {
    /// Id of the window or timer in the pack.
    what: String,
    name: Words,
    /// Who may act, or is waited for.
    #[schema(value_type = word::Party)]
    who: Party,
    /// Whether it is a clock of the platform, which acts when it ends.
    timer: bool,
    /// The pack that says so.
    #[schema(required = true)]
    pack: Option<String>,
    /// The event it is counted from.
    #[schema(value_type = word::Anchor)]
    anchor: pingxin_domain::pack::Anchor,
    counted_from: Timestamp,
    /// Null when it is hours, or impossible.
    #[schema(required = true)]
    days: Option<u32>,
    /// Null when it is days, or impossible.
    #[schema(required = true)]
    hours: Option<u32>,
    /// The first moment; null, from the event on.
    #[schema(required = true)]
    opens: Option<Timestamp>,
    /// The last second; null when it is impossible.
    #[schema(required = true)]
    at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = Date, required = true)]
    last_day: Option<Date>,
    #[schema(value_type = word::DeadlineStanding)]
    standing: Standing,
    /// What the platform does when a timer ends.
    #[schema(required = true)]
    on_expiry: Option<String>,
    /// Whether the working days it crosses are known.
    calendar_known: bool,
    /// Whether the pack is due to be looked at again.
    stale: bool,
    source: Vec<RuleSource>,
    #[schema(value_type = word::Grade)]
    grade: Grade,
    #[schema(value_type = word::RuleStatus)]
    status: Status,
    #[schema(required = true)]
    note: Option<String>,
}

impl From<DeadlineView> for Deadline {
    fn from(view: DeadlineView) -> Self {
        let DeadlineView { deadline, source } = view;
        let (days, hours) = match deadline.length {
            Some(Length::Days(days)) => (Some(days), None),
            Some(Length::Hours(hours)) => (None, Some(hours)),
            None => (None, None),
        };
        Self {
            what: deadline.what,
            name: deadline.name.into(),
            who: deadline.who,
            timer: deadline.timer,
            pack: deadline.pack,
            anchor: deadline.anchor,
            counted_from: deadline.counted_from,
            days,
            hours,
            opens: deadline.opens,
            at: deadline.at,
            last_day: deadline.last_day,
            standing: deadline.standing,
            on_expiry: deadline.on_expiry,
            calendar_known: deadline.calendar_known,
            stale: deadline.stale,
            source: sources(source),
            grade: deadline.record.grade,
            status: deadline.record.status,
            note: deadline.record.note,
        }
    }
}

/// What people state of a review and its order where no file says it. Null is unknown.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RemovalFacts {
    /// The platform's number of the conversation (举证号).
    #[schema(required = true)]
    chat_proof_id: Option<String>,
    /// What is known of the buyer's other ratings.
    #[schema(required = true)]
    pattern_of_ratings: Option<String>,
    /// True: the shop can show that the buyer competes with it.
    #[schema(required = true)]
    buyer_is_competitor: Option<bool>,
    /// True: the shop holds a report of fraud by a third person.
    #[schema(required = true)]
    fraud_report: Option<bool>,
    #[schema(required = true)]
    both_rated: Option<bool>,
    #[schema(value_type = Option<word::Fulfilment>, required = true)]
    fulfilled_by: Option<Fulfilment>,
    #[schema(required = true)]
    buy_shipping: Option<bool>,
    #[schema(required = true)]
    shipped_on_time: Option<bool>,
}

impl From<Stated> for RemovalFacts {
    fn from(stated: Stated) -> Self {
        Self {
            chat_proof_id: stated.chat_proof_id,
            pattern_of_ratings: stated.pattern_of_ratings,
            buyer_is_competitor: stated.buyer_is_competitor,
            fraud_report: stated.fraud_report,
            both_rated: stated.both_rated,
            fulfilled_by: stated.fulfilled_by,
            buy_shipping: stated.buy_shipping,
            shipped_on_time: stated.shipped_on_time,
        }
    }
}

impl From<RemovalFacts> for Stated {
    fn from(facts: RemovalFacts) -> Self {
        Self {
            chat_proof_id: facts.chat_proof_id,
            pattern_of_ratings: facts.pattern_of_ratings,
            buyer_is_competitor: facts.buyer_is_competitor,
            fraud_report: facts.fraud_report,
            both_rated: facts.both_rated,
            fulfilled_by: facts.fulfilled_by,
            buy_shipping: facts.buy_shipping,
            shipped_on_time: facts.shipped_on_time,
        }
    }
}

/// How a review stands with its platform now. Worked out when it is asked for, from what is stored and the packs in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct Removal {
    /// The best of the grounds.
    #[schema(value_type = word::RemovalVerdict)]
    verdict: Verdict,
    grounds: Vec<RemovalGround>,
    /// Reasons to report a product review.
    reports: Vec<RemovalReport>,
    /// The pack that was asked; null when there is none for the platform.
    #[schema(required = true)]
    pack: Option<String>,
    /// Whether the rules are due to be looked at again.
    stale: bool,
    /// Where a request is filed.
    #[schema(required = true)]
    path: Option<Words>,
    /// The most urgent first.
    next: Vec<NextStep>,
    /// The earliest first.
    deadlines: Vec<Deadline>,
    /// What people have stated.
    stated: RemovalFacts,
    #[schema(required = true)]
    stated_at: Option<Timestamp>,
    #[schema(required = true)]
    stated_by: Option<Person>,
    /// The same facts of the order as they are judged: what files say, else what was stated.
    known: RemovalKnown,
    /// Those filed last first.
    requests: Vec<RemovalRequest>,
}

/// Facts of the order as they are judged; null is unknown.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalKnown {
    #[schema(required = true)]
    both_rated: Option<bool>,
    #[schema(value_type = Option<word::Fulfilment>, required = true)]
    fulfilled_by: Option<Fulfilment>,
    #[schema(required = true)]
    buy_shipping: Option<bool>,
    #[schema(required = true)]
    shipped_on_time: Option<bool>,
}

impl From<RemovalView> for Removal {
    fn from(view: RemovalView) -> Self {
        let StatedBy { stated, at, by } = view.stated;
        Self {
            verdict: view.verdict,
            grounds: view.grounds.into_iter().map(RemovalGround::from).collect(),
            reports: view
                .reports
                .into_iter()
                .map(|(reason, quotes, why, cited)| RemovalReport {
                    reason,
                    quotes: quotes.into_iter().map(RemovalQuote::from).collect(),
                    why: why.into(),
                    source: sources(cited),
                })
                .collect(),
            pack: view.pack,
            stale: view.stale,
            path: view.path.map(Words::from),
            next: view.next.into_iter().map(NextStep::from).collect(),
            deadlines: view.deadlines.into_iter().map(Deadline::from).collect(),
            stated: stated.into(),
            stated_at: at,
            stated_by: by.map(Person::from),
            known: RemovalKnown {
                both_rated: view.order.both_rated,
                fulfilled_by: view.order.fulfilled_by,
                buy_shipping: view.order.buy_shipping,
                shipped_on_time: view.order.shipped_on_time,
            },
            requests: view.requests.into_iter().map(RemovalRequest::from).collect(),
        }
    }
}

/// The case of a review, by number.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestCase {
    id: Uuid,
    number: u64,
}

/// A removal request as it was filed by hand.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalRequest {
    id: Uuid,
    review_id: Uuid,
    /// The first words of the review; contacts in them are masked.
    summary: String,
    #[schema(required = true)]
    rating: Option<u32>,
    #[schema(required = true)]
    case: Option<RequestCase>,
    shop: ShopRef,
    #[schema(required = true)]
    order_number: Option<String>,
    ground: String,
    #[schema(value_type = word::RemovalOutcome)]
    outcome: Outcome,
    #[schema(value_type = word::RequestState)]
    state: RequestState,
    /// What the rules said of the ground when it was filed.
    #[schema(value_type = word::RemovalVerdict)]
    advice: Verdict,
    against_advice: bool,
    /// Why it was filed against the advice.
    #[schema(required = true)]
    reason: Option<String>,
    #[schema(required = true)]
    platform_case_id: Option<String>,
    filed_at: Timestamp,
    #[schema(required = true)]
    answered_at: Option<Timestamp>,
}

impl From<Request> for RemovalRequest {
    fn from(request: Request) -> Self {
        Self {
            id: request.id.uuid(),
            review_id: request.review.uuid(),
            summary: request.summary,
            rating: request.rating,
            case: request.case.map(|(id, number)| RequestCase { id: id.uuid(), number }),
            shop: request.shop.into(),
            order_number: request.order_number,
            ground: request.ground,
            outcome: request.outcome,
            state: request.state,
            advice: request.advice,
            against_advice: request.against_advice,
            reason: request.reason,
            platform_case_id: request.platform_case_id,
            filed_at: request.filed_at,
            answered_at: request.answered_at,
        }
    }
}

/// Something that happened to a request.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalStep {
    /// From 1.
    seq: u32,
    #[schema(value_type = word::RequestStep)]
    kind: StepKind,
    at: Timestamp,
    recorded_at: Timestamp,
    #[schema(required = true)]
    actor: Option<Person>,
    #[schema(required = true)]
    text: Option<String>,
    #[schema(required = true)]
    platform_case_id: Option<String>,
}

impl From<Step> for RemovalStep {
    fn from(step: Step) -> Self {
        Self {
            seq: step.seq,
            kind: step.kind,
            at: step.at,
            recorded_at: step.recorded_at,
            actor: step.actor.map(Person::from),
            text: step.text,
            platform_case_id: step.platform_case_id,
        }
    }
}

/// A request with every step of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalRequestDetail {
    #[serde(flatten)]
    request: RemovalRequest,
    /// In order.
    steps: Vec<RemovalStep>,
}

impl From<RequestView> for RemovalRequestDetail {
    fn from(view: RequestView) -> Self {
        Self { request: view.request.into(), steps: view.steps.into_iter().map(RemovalStep::from).collect() }
    }
}

/// A review that can be removed, or could be with more evidence.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalCandidate {
    review: ReviewRow,
    #[schema(value_type = word::RemovalVerdict)]
    verdict: Verdict,
    #[schema(required = true)]
    ground: Option<String>,
    /// The last second for the request; null when no limit is known.
    #[schema(required = true)]
    deadline_at: Option<Timestamp>,
    judged_at: Timestamp,
}

impl From<FoundReview> for RemovalCandidate {
    fn from(found: FoundReview) -> Self {
        let FoundReview { review, verdict, ground, deadline_at, judged_at } = found;
        Self { review: review.into(), verdict, ground, deadline_at, judged_at }
    }
}

/// Which reviews that can be removed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CandidatesAsked {
    #[param(value_type = Option<Uuid>)]
    shop: Option<ShopId>,
    /// `eligible` or `needs_evidence`; both unless given.
    #[param(value_type = Option<word::RemovalVerdict>)]
    verdict: Option<Verdict>,
    /// Whose deadline lies within so many days.
    within_days: Option<u32>,
}

/// A page of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalCandidates {
    candidates: Vec<RemovalCandidate>,
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// Reviews that can be removed or could be with more evidence, and about which nobody has asked, those due first first.
#[utoipa::path(get, path = "/api/v1/removal-candidates", tag = "removal", params(CandidatesAsked, PageAsked),
    responses((status = 200, body = RemovalCandidates), BadRequest, SignedOut, Forbidden))]
pub async fn list_removal_candidates(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<CandidatesAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<RemovalCandidates>, Problem> {
    let CandidatesAsked { shop, verdict, within_days } = asked;
    let (found, count) = removals::candidates(
        &app.desk,
        &session.scope,
        shop,
        verdict,
        within_days.map(|days| days.min(3_660)),
        page.cursor(),
        page.limit()?,
    )
    .await?;
    Ok(Json(RemovalCandidates {
        candidates: found.rows.into_iter().map(RemovalCandidate::from).collect(),
        next_cursor: found.next,
        count: count.into(),
    }))
}

/// What waits for somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalSummary {
    /// Reviews that can be removed or could be with more evidence.
    open: Count,
    in_3_days: Count,
    in_7_days: Count,
    /// Requests whose answer is awaited.
    filed: Count,
    /// What was asked and granted by month and ground, the newest month first.
    months: Vec<RemovalMonth>,
}

/// One ground in one month.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalMonth {
    /// `2026-11`, by UTC.
    month: String,
    ground: String,
    record: GroundRecord,
}

impl From<MonthOfGround> for RemovalMonth {
    fn from(month: MonthOfGround) -> Self {
        Self { month: month.month, ground: month.ground, record: month.record.into() }
    }
}

/// Of which shop.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct OfShop {
    /// All shops unless given.
    #[param(value_type = Option<Uuid>)]
    pub(super) shop: Option<ShopId>,
}

/// What waits, and what became of what was asked.
#[utoipa::path(get, path = "/api/v1/removal-summary", tag = "removal", params(OfShop),
    responses((status = 200, body = RemovalSummary), BadRequest, SignedOut, Forbidden))]
pub async fn get_removal_summary(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<OfShop>,
) -> Result<Json<RemovalSummary>, Problem> {
    let Waiting { open, in_3_days, in_7_days, filed } =
        removals::waiting(&app.desk, &session.scope, asked.shop).await?;
    let months = removals::months(&app.desk, &session.scope, asked.shop).await?;
    Ok(Json(RemovalSummary {
        open: open.into(),
        in_3_days: in_3_days.into(),
        in_7_days: in_7_days.into(),
        filed: filed.into(),
        months: months.into_iter().map(RemovalMonth::from).collect(),
    }))
}

/// Which requests.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct RequestsAsked {
    #[param(value_type = Vec<word::RequestState>)]
    state: Vec<RequestState>,
    #[param(value_type = Option<Uuid>)]
    shop: Option<ShopId>,
    ground: Option<String>,
    /// About this review.
    #[param(value_type = Option<Uuid>)]
    review: Option<ReviewId>,
    /// Filed at or after: an instant, or a date at 00:00 UTC.
    #[param(value_type = Option<String>)]
    from: Option<Moment>,
    /// Filed before.
    #[param(value_type = Option<String>)]
    to: Option<Moment>,
}

/// A page of requests.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovalRequests {
    requests: Vec<RemovalRequest>,
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// Removal requests, those filed last first.
#[utoipa::path(get, path = "/api/v1/removals", tag = "removal", params(RequestsAsked, PageAsked),
    responses((status = 200, body = RemovalRequests), BadRequest, SignedOut, Forbidden))]
pub async fn list_removals(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<RequestsAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<RemovalRequests>, Problem> {
    let filter = RequestFilter {
        states: asked.state,
        shop: asked.shop,
        ground: asked.ground.filter(|ground| !ground.is_empty()),
        id: None,
        review: asked.review,
        from: asked.from.map(Moment::instant),
        to: asked.to.map(Moment::instant),
    };
    let (found, count) =
        removals::list(&app.desk, &session.scope, &filter, page.cursor(), page.limit()?).await?;
    Ok(Json(RemovalRequests {
        requests: found.rows.into_iter().map(RemovalRequest::from).collect(),
        next_cursor: found.next,
        count: count.into(),
    }))
}

/// One removal request with its steps.
#[utoipa::path(get, path = "/api/v1/removals/{id}", tag = "removal", params(("id" = Uuid, Path)),
    responses((status = 200, body = RemovalRequestDetail), SignedOut, Forbidden, NotFound))]
pub async fn get_removal(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<RemovalId>,
) -> Result<Json<RemovalRequestDetail>, Problem> {
    Ok(Json(removals::get(&app.desk, &session.scope, id).await?.into()))
}

/// A request that somebody has filed with the platform.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewRemoval {
    /// A ground of the pack.
    ground: String,
    /// When it was filed; now unless given.
    filed_at: Option<Timestamp>,
    /// The platform's number for it.
    platform_case_id: Option<String>,
    /// Why, when the facts do not carry the ground.
    reason: Option<String>,
    /// The words it was filed with, up to 4,000 characters.
    text: Option<String>,
}

/// Notes that a removal request was filed with the platform, by hand.
#[utoipa::path(post, path = "/api/v1/reviews/{id}/removals", tag = "removal", params(("id" = Uuid, Path)),
    request_body = NewRemoval,
    responses((status = 201, body = RemovalRequestDetail), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn create_removal(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ReviewId>,
    Body(new): Body<NewRemoval>,
) -> Result<(StatusCode, Json<RemovalRequestDetail>), Problem> {
    let NewRemoval { ground, filed_at, platform_case_id, reason, text } = new;
    let filing = NewFiling { ground, at: filed_at, platform_case_id, reason, text };
    let view = removals::file(&app.desk, &session.scope, id, filing).await?;
    Ok((StatusCode::CREATED, Json(view.into())))
}

/// Something that happened to a request.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewRemovalStep {
    #[schema(value_type = word::RequestStep)]
    kind: StepKind,
    /// When; now unless given.
    at: Option<Timestamp>,
    /// The platform's answer, or what the shop said, up to 4,000 characters.
    text: Option<String>,
    /// The platform's number for it, when it is a new one.
    platform_case_id: Option<String>,
}

/// Notes what happened to a request: granted, refused, appealed, reopened or withdrawn.
#[utoipa::path(post, path = "/api/v1/removals/{id}/steps", tag = "removal", params(("id" = Uuid, Path)),
    request_body = NewRemovalStep,
    responses((status = 200, body = RemovalRequestDetail), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn add_removal_step(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<RemovalId>,
    Body(new): Body<NewRemovalStep>,
) -> Result<Json<RemovalRequestDetail>, Problem> {
    let NewRemovalStep { kind, at, text, platform_case_id } = new;
    let event = NewEvent { kind, at, text, platform_case_id };
    Ok(Json(removals::add_event(&app.desk, &session.scope, id, event).await?.into()))
}

/// States what no file says of a review and its order, in place of what was stated before.
#[utoipa::path(put, path = "/api/v1/reviews/{id}/removal-facts", tag = "removal", params(("id" = Uuid, Path)),
    request_body = RemovalFacts,
    responses((status = 204, description = "Kept"), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn set_removal_facts(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ReviewId>,
    Body(facts): Body<RemovalFacts>,
) -> Result<StatusCode, Problem> {
    removals::state(&app.desk, &session.scope, id, facts.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}
