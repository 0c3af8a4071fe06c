//! Handing over a shift, and the cases that somebody keeps an eye on.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::handovers::{self, HandoverRequest, ItemRequest, Suggested};
use pingxin_domain::case::CaseState;
use pingxin_domain::handover::{HandoverReason, HandoverState};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{CaseId, HandoverId, UserId};
use pingxin_store::handover::{Handover as StoreHandover, Item};
use pingxin_store::watch::Watched as StoreWatched;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::page::PageAsked;
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::shop::ShopRef;
use super::task::TaskCase;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Which handovers.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct HandoversAsked {
    #[param(value_type = Option<word::HandoverState>)]
    state: Option<HandoverState>,
    /// Only what whoever asks may take.
    offered: bool,
}

/// A case on a handover.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoverCase {
    case: TaskCase,
    shop: ShopRef,
    #[schema(required = true)]
    owner: Option<Person>,
    /// The taker becomes its owner; else he only keeps an eye on it.
    passes: bool,
    #[schema(value_type = Vec<word::HandoverReason>)]
    reasons: Vec<HandoverReason>,
    /// What comes up first, when it was written.
    #[schema(required = true)]
    due_at: Option<Timestamp>,
    #[schema(required = true)]
    text: Option<String>,
}

impl From<Item> for HandoverCase {
    fn from(item: Item) -> Self {
        Self {
            case: TaskCase::new(item.case, item.number),
            shop: item.shop.into(),
            owner: item.owner.map(Person::from),
            passes: item.passes,
            reasons: item.reasons,
            due_at: item.due_at,
            text: item.line,
        }
    }
}

/// A handover. Personal data in its words is masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Handover {
    id: Uuid,
    #[schema(value_type = word::HandoverState)]
    state: HandoverState,
    #[schema(required = true)]
    from: Option<Person>,
    /// Whom it names; null for whoever comes next.
    #[schema(required = true)]
    to: Option<Person>,
    /// When its writer is back.
    until: Timestamp,
    #[schema(required = true)]
    text: Option<String>,
    written_at: Timestamp,
    /// When it was taken, or taken back.
    #[schema(required = true)]
    ended_at: Option<Timestamp>,
    #[schema(required = true)]
    ended_by: Option<Person>,
    cases: Vec<HandoverCase>,
}

impl From<StoreHandover> for Handover {
    fn from(handover: StoreHandover) -> Self {
        Self {
            id: handover.id.uuid(),
            state: handover.state,
            from: handover.from.map(Person::from),
            to: handover.to.map(Person::from),
            until: handover.until,
            text: handover.note,
            written_at: handover.written_at,
            ended_at: handover.ended_at,
            ended_by: handover.ended_by.map(Person::from),
            cases: handover.items.into_iter().map(HandoverCase::from).collect(),
        }
    }
}

/// Handovers, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoverList {
    handovers: Vec<Handover>,
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// Handovers, the newest first. One with a case of a shop that whoever asks may not see is left out.
#[utoipa::path(get, path = "/api/v1/handovers", tag = "handover", params(HandoversAsked, PageAsked),
    responses((status = 200, body = HandoverList), BadRequest, SignedOut, Forbidden))]
pub async fn list_handovers(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<HandoversAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<HandoverList>, Problem> {
    let HandoversAsked { state, offered } = asked;
    let (cursor, limit) = (page.cursor(), page.limit()?);
    let found = handovers::list(&app.desk, &session.scope, state, offered, cursor, limit).await?;
    let rows = found.rows.into_iter().map(Handover::from).collect();
    Ok(Json(HandoverList { handovers: rows, next_cursor: found.next }))
}

/// From when whoever asks is back.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct SuggestionAsked {
    /// When he is back; by the roster where it is not given, else in sixteen hours.
    until: Option<Timestamp>,
}

/// A case that belongs on the handover.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestedCase {
    case: TaskCase,
    shop: ShopRef,
    /// The beginning of its review, masked.
    summary: String,
    #[schema(value_type = word::CaseState)]
    state: CaseState,
    #[schema(value_type = Vec<word::HandoverReason>)]
    reasons: Vec<HandoverReason>,
    /// What comes up first.
    #[schema(required = true)]
    due_at: Option<Timestamp>,
}

/// Longest beginning of a review that is shown here, in characters.
const SUMMARY: usize = 60;

impl From<Suggested> for SuggestedCase {
    fn from(suggested: Suggested) -> Self {
        let Suggested { row, reasons, due } = suggested;
        let summary = row.words().chars().take(SUMMARY).collect();
        Self {
            case: TaskCase::new(row.id, row.number),
            shop: row.shop.into(),
            summary,
            state: row.state,
            reasons,
            due_at: due,
        }
    }
}

/// What a handover could say.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestion {
    /// When whoever asks is back.
    until: Timestamp,
    /// His cases with something that comes up before, that first.
    cases: Vec<SuggestedCase>,
    /// Who is on duty meanwhile, who comes first first.
    on_duty: Vec<Person>,
}

/// What whoever asks could hand over now: his cases with something that comes up before he is back.
#[utoipa::path(get, path = "/api/v1/handovers/suggestion", tag = "handover", params(SuggestionAsked),
    responses((status = 200, body = Suggestion), BadRequest, SignedOut, Forbidden))]
pub async fn suggest_handover(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<SuggestionAsked>,
) -> Result<Json<Suggestion>, Problem> {
    let found = handovers::suggest(&app.desk, &session.scope, asked.until).await?;
    Ok(Json(Suggestion {
        until: found.until,
        cases: found.cases.into_iter().map(SuggestedCase::from).collect(),
        on_duty: found.on_duty.into_iter().map(Person::from).collect(),
    }))
}

/// A case to hand over.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewHandoverCase {
    #[schema(value_type = Uuid)]
    case: CaseId,
    /// The taker becomes its owner; else he only keeps an eye on it until its owner is back.
    #[serde(default)]
    passes: bool,
    /// At most 200 characters.
    text: Option<String>,
}

/// A handover to write.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewHandover {
    /// Whom it names; whoever comes next where it is not given.
    #[schema(value_type = Option<Uuid>)]
    to: Option<UserId>,
    /// When the writer is back.
    until: Timestamp,
    /// At most 2,000 characters.
    text: Option<String>,
    /// At most 200 cases in his order; only his own can be passed on.
    #[serde(default)]
    cases: Vec<NewHandoverCase>,
}

/// Writes a handover.
#[utoipa::path(post, path = "/api/v1/handovers", tag = "handover", request_body = NewHandover,
    responses((status = 201, body = Handover), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn write_handover(
    State(app): State<App>,
    Session(session): Session,
    Body(new): Body<NewHandover>,
) -> Result<(StatusCode, Json<Handover>), Problem> {
    let cases = new.cases.into_iter().map(|item| ItemRequest {
        case: item.case,
        passes: item.passes,
        line: item.text,
    });
    let request = HandoverRequest { to: new.to, until: new.until, note: new.text, cases: cases.collect() };
    let written = handovers::write(&app.desk, &session.scope, &request).await;
    let written = written.map_err(Problem::of_field("text"))?;
    Ok((StatusCode::CREATED, Json(written.into())))
}

/// A handover that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakenHandover {
    handover: Handover,
    /// Numbers of the cases that stayed where they were: over by now, or with somebody else.
    left: Vec<u64>,
}

/// Takes a handover: cases that pass get whoever takes it as their owner, the others are on his watch list.
#[utoipa::path(post, path = "/api/v1/handovers/{id}/take", tag = "handover", params(("id" = Uuid, Path)),
    responses((status = 200, body = TakenHandover), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn take_handover(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<HandoverId>,
) -> Result<Json<TakenHandover>, Problem> {
    let taken = handovers::take(&app.desk, &session.scope, id).await?;
    Ok(Json(TakenHandover { handover: taken.handover.into(), left: taken.left }))
}

/// Takes a handover back, by its writer, before anybody took it.
#[utoipa::path(post, path = "/api/v1/handovers/{id}/withdraw", tag = "handover", params(("id" = Uuid, Path)),
    responses((status = 200, body = Handover), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn withdraw_handover(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<HandoverId>,
) -> Result<Json<Handover>, Problem> {
    Ok(Json(handovers::withdraw(&app.desk, &session.scope, id).await?.into()))
}

/// A case that somebody keeps an eye on.
#[derive(Debug, Serialize, ToSchema)]
pub struct WatchedCase {
    case: TaskCase,
    shop: ShopRef,
    #[schema(value_type = word::CaseState)]
    state: CaseState,
    #[schema(required = true)]
    owner: Option<Person>,
    /// When anything of it last changed.
    updated_at: Timestamp,
    since: Timestamp,
    /// Until when; null for as long as he likes.
    #[schema(required = true)]
    until: Option<Timestamp>,
}

/// What somebody keeps an eye on, what changed last first.
#[derive(Debug, Serialize, ToSchema)]
pub struct WatchList {
    watched: Vec<WatchedCase>,
}

impl From<Vec<StoreWatched>> for WatchList {
    fn from(rows: Vec<StoreWatched>) -> Self {
        let watched = rows.into_iter().map(|row| WatchedCase {
            case: TaskCase::new(row.case, row.number),
            shop: row.shop.into(),
            state: row.state,
            owner: row.owner.map(Person::from),
            updated_at: row.updated_at,
            since: row.since,
            until: row.until,
        });
        Self { watched: watched.collect() }
    }
}

/// The cases that whoever asks keeps an eye on, at most 500.
#[utoipa::path(get, path = "/api/v1/watches", tag = "handover",
    responses((status = 200, body = WatchList), SignedOut, Forbidden))]
pub async fn list_watches(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<WatchList>, Problem> {
    Ok(Json(handovers::watched(&app.desk, &session.scope).await?.into()))
}

/// Keeps an eye on a case.
#[utoipa::path(put, path = "/api/v1/cases/{id}/watch", tag = "handover", params(("id" = Uuid, Path)),
    responses((status = 200, body = WatchList), SignedOut, Forbidden, NotFound))]
pub async fn watch_case(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<Json<WatchList>, Problem> {
    Ok(Json(handovers::set_watch(&app.desk, &session.scope, id, true).await?.into()))
}

/// Keeps an eye on it no longer.
#[utoipa::path(delete, path = "/api/v1/cases/{id}/watch", tag = "handover", params(("id" = Uuid, Path)),
    responses((status = 200, body = WatchList), SignedOut, Forbidden, NotFound))]
pub async fn unwatch_case(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<Json<WatchList>, Problem> {
    Ok(Json(handovers::set_watch(&app.desk, &session.scope, id, false).await?.into()))
}
