//! How a case moves: waiting, going on, ending, opening again, merging.

use axum::extract::State;
use axum::http::HeaderMap;
use jiff::Timestamp;
use pingxin_desk::cases::{self, CaseMove};
use pingxin_domain::CaseId;
use pingxin_domain::case::{CaseState, Outcome, WaitingFor};
use serde::Deserialize;
use utoipa::ToSchema;

use super::case::{Case, version_read};
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut, Stale};
use super::word;
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Where a case shall go.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetState {
    /// `waiting`; `in_progress` goes on with one that waited; `solved`; `closed`; `open` opens an ended one again.
    #[schema(value_type = word::CaseState)]
    state: CaseState,
    /// Of `waiting`.
    #[schema(value_type = Option<word::WaitingFor>)]
    waiting_for: Option<WaitingFor>,
    /// Of `waiting`: until when at most.
    until: Option<Timestamp>,
    /// Of `solved` and `closed`; a solved case that is closed may keep its own.
    #[schema(value_type = Option<word::Outcome>)]
    outcome: Option<Outcome>,
    /// What else there is to say, at most 4,000 characters; why, for one that opens again.
    text: Option<String>,
}

impl SetState {
    fn wish(&self) -> Result<CaseMove, Problem> {
        let outcome = || Problem::invalid("outcome", "请选择结果", "choose how the case ended");
        Ok(match self.state {
            CaseState::Open => CaseMove::Reopen,
            CaseState::InProgress => CaseMove::Resume,
            CaseState::Waiting => {
                let on = self.waiting_for.ok_or_else(|| {
                    Problem::invalid("waiting_for", "请选择在等谁", "choose whom the case waits for")
                })?;
                CaseMove::Wait { on, until: self.until }
            }
            CaseState::Solved => CaseMove::Solve(self.outcome.ok_or_else(outcome)?),
            CaseState::Closed => CaseMove::Close(self.outcome),
        })
    }
}

/// Moves a case: lets it wait, go on, end with an outcome, or open again.
#[utoipa::path(put, path = "/api/v1/cases/{id}/state", tag = "case",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "The `ETag` of the case as it was read")),
    request_body = SetState,
    responses((status = 200, body = Case), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Stale, Invalid))]
pub async fn set_case_state(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    headers: HeaderMap,
    Body(new): Body<SetState>,
) -> Result<Case, Problem> {
    let (wish, read) = (new.wish()?, version_read(&headers)?);
    let text = new.text.as_deref();
    Ok(cases::set_state(&app.desk, &session.scope, id, &wish, text, read).await?.into())
}

/// Takes the last move of a case back, within 24 hours, by whoever did it, when nothing has moved it since.
#[utoipa::path(post, path = "/api/v1/cases/{id}/undo", tag = "case", params(("id" = Uuid, Path)),
    responses((status = 200, body = Case), SignedOut, Forbidden, NotFound, Conflict, Stale))]
pub async fn undo_case_move(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<Case, Problem> {
    Ok(cases::undo(&app.desk, &session.scope, id).await?.into())
}

/// In which case another one shall go on.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Merge {
    #[schema(value_type = Uuid)]
    into: CaseId,
}

/// Lets a case go on in another one of the same order or buyer; answers with that one.
#[utoipa::path(post, path = "/api/v1/cases/{id}/merge", tag = "case",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "The `ETag` of the case as it was read")),
    request_body = Merge,
    responses((status = 200, body = Case), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Stale))]
pub async fn merge_case(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    headers: HeaderMap,
    Body(merge): Body<Merge>,
) -> Result<Case, Problem> {
    let read = version_read(&headers)?;
    Ok(cases::merge(&app.desk, &session.scope, id, merge.into, read).await?.into())
}

/// Lets a merged case go on by itself again.
#[utoipa::path(post, path = "/api/v1/cases/{id}/split", tag = "case", params(("id" = Uuid, Path)),
    responses((status = 200, body = Case), SignedOut, Forbidden, NotFound, Conflict, Stale))]
pub async fn split_case(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<Case, Problem> {
    Ok(cases::split(&app.desk, &session.scope, id).await?.into())
}
