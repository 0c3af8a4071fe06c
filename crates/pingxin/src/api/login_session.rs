//! Where somebody is signed in.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::people::{self, SessionOf, SignedIn};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{SessionId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::person::PersonRef;
use super::refusal::{BadRequest, Forbidden, NotFound, SignedOut};
use crate::http::App;
use crate::http::body::{Asked, Id};
use crate::http::problem::Problem;
use crate::http::session::OwnSession;

/// A session that is valid.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoginSession {
    id: Uuid,
    created_at: Timestamp,
    /// To the minute.
    last_seen_at: Timestamp,
    /// When it ends whatever happens.
    expires_at: Timestamp,
    /// What the browser calls itself.
    #[schema(required = true)]
    user_agent: Option<String>,
    /// Whether it is the one that asks.
    current: bool,
    person: PersonRef,
}

/// Sessions, the one used last first.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoginSessionList {
    sessions: Vec<LoginSession>,
}

/// Whose.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct SessionsAsked {
    /// One's own unless given; a colleague's for who manages people.
    #[param(value_type = Option<Uuid>)]
    person: Option<UserId>,
}

fn shown(of: SessionOf, asking: &SignedIn) -> LoginSession {
    let SessionOf { session, person } = of;
    LoginSession {
        id: session.id.uuid(),
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
        expires_at: session.expires_at,
        user_agent: session.user_agent,
        current: session.id == asking.session.id,
        person: person.into(),
    }
}

/// Where one is signed in.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "session", params(SessionsAsked),
    responses((status = 200, body = LoginSessionList), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn list_sessions(
    State(app): State<App>,
    OwnSession(session): OwnSession,
    Asked(asked): Asked<SessionsAsked>,
) -> Result<Json<LoginSessionList>, Problem> {
    let found = people::list_sessions(&app.desk, &session.scope, session.person.id, asked.person).await?;
    let sessions = found.into_iter().map(|of| shown(of, &session)).collect();
    Ok(Json(LoginSessionList { sessions }))
}

/// Ends a session: one's own, or anybody's for who manages people.
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", tag = "session", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Ended"), SignedOut, Forbidden, NotFound))]
pub async fn delete_session(
    State(app): State<App>,
    OwnSession(session): OwnSession,
    Id(id): Id<SessionId>,
) -> Result<StatusCode, Problem> {
    people::end_session(&app.desk, &session, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends one's own sessions but the one that asks.
#[utoipa::path(post, path = "/api/v1/sessions/revoke-others", tag = "session",
    responses((status = 204, description = "Ended"), SignedOut, Forbidden))]
pub async fn revoke_other_sessions(
    State(app): State<App>,
    OwnSession(session): OwnSession,
) -> Result<StatusCode, Problem> {
    people::end_other_sessions(&app.desk, &session).await?;
    Ok(StatusCode::NO_CONTENT)
}
