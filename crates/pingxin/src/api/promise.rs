//! Promises to buyers: found in messages or added by hand, kept, taken back, or broken at their hour.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::promises::{self, PromiseRequest};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::promise::PromiseState;
use pingxin_domain::{CaseId, PromiseId};
use pingxin_store::promise::{Promise as StorePromise, PromiseFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::page::{Count, PageAsked};
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::shop::ShopRef;
use super::task::TaskCase;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Which promises.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct PromisesAsked {
    #[param(value_type = Option<word::PromiseState>)]
    state: Option<PromiseState>,
    /// About this case.
    #[param(value_type = Option<Uuid>)]
    case: Option<CaseId>,
    /// Only what whoever asks has promised.
    mine: bool,
    /// Due before this instant.
    due_before: Option<Timestamp>,
}

/// A promise. Personal data in its words is masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Promise {
    id: Uuid,
    case: TaskCase,
    shop: ShopRef,
    #[schema(value_type = word::PromiseState)]
    state: PromiseState,
    /// Found in a message; else somebody added it.
    found: bool,
    text: String,
    /// Its last second; null where none was said.
    #[schema(required = true)]
    due_at: Option<Timestamp>,
    made_at: Timestamp,
    #[schema(required = true)]
    made_by: Option<Person>,
    /// When its time passed, also of one that was kept late.
    #[schema(required = true)]
    broken_at: Option<Timestamp>,
    /// When it was kept or taken back.
    #[schema(required = true)]
    ended_at: Option<Timestamp>,
    #[schema(required = true)]
    ended_by: Option<Person>,
}

impl From<StorePromise> for Promise {
    fn from(promise: StorePromise) -> Self {
        Self {
            id: promise.id.uuid(),
            case: TaskCase::new(promise.case, promise.case_number),
            shop: promise.shop.into(),
            state: promise.state,
            found: promise.is_found,
            text: promise.words,
            due_at: promise.due_at,
            made_at: promise.made_at,
            made_by: promise.made_by.map(Person::from),
            broken_at: promise.broken_at,
            ended_at: promise.ended_at,
            ended_by: promise.ended_by.map(Person::from),
        }
    }
}

/// Promises, those due first first.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromiseList {
    promises: Vec<Promise>,
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// Promises, those due first first.
#[utoipa::path(get, path = "/api/v1/promises", tag = "promise", params(PromisesAsked, PageAsked),
    responses((status = 200, body = PromiseList), BadRequest, SignedOut, Forbidden))]
pub async fn list_promises(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<PromisesAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<PromiseList>, Problem> {
    let PromisesAsked { state, case, mine, due_before } = asked;
    let made_by = if mine { session.scope.user() } else { None };
    let filter = PromiseFilter { state, case, made_by, due_before, id: None };
    let (found, count) =
        promises::list(&app.desk, &session.scope, &filter, page.cursor(), page.limit()?).await?;
    let rows = found.rows.into_iter().map(Promise::from).collect();
    Ok(Json(PromiseList { promises: rows, next_cursor: found.next, count: count.into() }))
}

/// A promise to add.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewPromise {
    /// 1 to 200 characters.
    text: String,
    /// Its last second.
    due_at: Option<Timestamp>,
}

/// Adds a promise that was made by phone or elsewhere.
#[utoipa::path(post, path = "/api/v1/cases/{id}/promises", tag = "promise", params(("id" = Uuid, Path)),
    request_body = NewPromise,
    responses((status = 201, body = Promise), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn add_promise(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(new): Body<NewPromise>,
) -> Result<(StatusCode, Json<Promise>), Problem> {
    let request = PromiseRequest { words: new.text, due_at: new.due_at };
    let added = promises::add(&app.desk, &session.scope, id, &request).await;
    let added = added.map_err(Problem::of_field("text"))?;
    Ok((StatusCode::CREATED, Json(added.into())))
}

/// Notes that a promise was kept, in time or late.
#[utoipa::path(post, path = "/api/v1/promises/{id}/keep", tag = "promise", params(("id" = Uuid, Path)),
    responses((status = 200, body = Promise), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn keep_promise(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<PromiseId>,
) -> Result<Json<Promise>, Problem> {
    Ok(Json(promises::keep(&app.desk, &session.scope, id).await?.into()))
}

/// Takes a promise back: it was none, or the buyer no longer needs it.
#[utoipa::path(post, path = "/api/v1/promises/{id}/withdraw", tag = "promise", params(("id" = Uuid, Path)),
    responses((status = 200, body = Promise), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn withdraw_promise(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<PromiseId>,
) -> Result<Json<Promise>, Problem> {
    Ok(Json(promises::withdraw(&app.desk, &session.scope, id).await?.into()))
}
