//! What changes while somebody looks (server-sent events), and who looks at a case.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream;
use pingxin_desk::live::{self, Changed, Listener, Present, Told};
use pingxin_desk::people::SignedIn;
use pingxin_domain::CaseId;
use pingxin_domain::identifiers::Identifier;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::refusal::{BadRequest, Forbidden, NotFound, SignedOut, TooManyTries};
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::Problem;
use crate::http::session::{OwnSession, Session};

/// How long a stream is silent at most; a proxy that cuts silent connections waits longer.
const BEAT: Duration = Duration::from_secs(15);
/// When a browser tries again after the stream broke.
const TRY_AGAIN: Duration = Duration::from_secs(3);
const LAST_EVENT: HeaderName = HeaderName::from_static("last-event-id");
/// Tells nginx to hand events through as they come.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The data of an event `changed`: which lists are not what they were.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedEvent {
    reviews: bool,
    cases: bool,
    imports: bool,
    tasks: bool,
    holds: bool,
    /// The cases that are known to have changed.
    case_ids: Vec<Uuid>,
}

impl From<Changed> for ChangedEvent {
    fn from(changed: Changed) -> Self {
        let Changed { reviews, cases, imports, tasks, holds, case_ids } = changed;
        Self {
            reviews,
            cases,
            imports,
            tasks,
            holds,
            case_ids: case_ids.into_iter().map(CaseId::uuid).collect(),
        }
    }
}

/// The data of an event `presence`: who is at a case now.
#[derive(Debug, Serialize, ToSchema)]
pub struct PresenceEvent {
    case_id: Uuid,
    people: Vec<PresentPerson>,
}

/// Somebody who looks at a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct PresentPerson {
    id: Uuid,
    name: String,
    typing: bool,
}

impl From<Present> for PresentPerson {
    fn from(present: Present) -> Self {
        Self { id: present.id.uuid(), name: present.name, typing: present.typing }
    }
}

/// One stream.
struct Open {
    app: App,
    session: SignedIn,
    listener: Listener,
    begun: bool,
}

/// What changes, as it changes: events `changed` and `presence`, of what the caller may see. With `Last-Event-ID` what
/// came since is told at once.
#[utoipa::path(get, path = "/api/v1/events", tag = "event",
    responses((status = 200, description = "A stream that ends when the server stops or the session does",
            body = ChangedEvent, content_type = "text/event-stream"),
        SignedOut, Forbidden, TooManyTries))]
pub async fn stream_events(
    State(app): State<App>,
    OwnSession(session): OwnSession,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let after = headers.get(LAST_EVENT).and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
    let listener = app.live.listen(&session.scope, after).await?.ok_or_else(|| {
        Problem::too_many(
            "打开的页面太多，请关掉一些再试",
            "too many pages are open at once; close some and try again",
        )
    })?;
    let open = Open { app, session, listener, begun: false };
    let events = stream::unfold(open, |open| async { open.next().await });
    let mut response = Sse::new(events).into_response();
    response.headers_mut().insert(UNBUFFERED, HeaderValue::from_static("no"));
    Ok(response)
}

impl Open {
    /// The next event, or a sign of life; none when the server stops or the session is over.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        if !self.begun {
            self.begun = true;
            let hello = Event::default().id(self.listener.seq().to_string()).retry(TRY_AGAIN);
            return Some((Ok(hello), self));
        }
        let told = tokio::time::timeout(BEAT, self.listener.next()).await;
        // A session that ended, or a person whose rights changed, must not hear another word.
        let scope = live::still_there(&self.app.desk, &self.session).await.ok().flatten()?;
        if scope != self.session.scope {
            return None;
        }
        let event = match told {
            Err(_) => Event::default().comment("still here"),
            Ok(None) => return None,
            Ok(Some(told)) => event(self.listener.seq(), told)?,
        };
        Some((Ok(event), self))
    }
}

fn event(seq: u64, told: Told) -> Option<Event> {
    let event = match told {
        Told::Changed(changed) => Event::default().event("changed").json_data(ChangedEvent::from(changed)),
        Told::Presence(case, people) => {
            let people = people.into_iter().map(PresentPerson::from).collect();
            Event::default().event("presence").json_data(PresenceEvent { case_id: case.uuid(), people })
        }
    };
    event.ok().map(|event| event.id(seq.to_string()))
}

/// What somebody does at a case.
#[derive(Debug, Deserialize, ToSchema)]
pub struct BePresent {
    /// Whether he is writing.
    typing: bool,
}

/// Says that the caller looks at a case. It holds for 30 seconds.
#[utoipa::path(put, path = "/api/v1/cases/{id}/presence", tag = "event", params(("id" = Uuid, Path)),
    request_body = BePresent,
    responses((status = 204, description = "Noted"), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn set_presence(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(here): Body<BePresent>,
) -> Result<StatusCode, Problem> {
    live::be_present(&app.desk, &session.scope, id, here.typing).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says that the caller has left a case.
#[utoipa::path(delete, path = "/api/v1/cases/{id}/presence", tag = "event", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Noted"), SignedOut, Forbidden, NotFound))]
pub async fn clear_presence(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<StatusCode, Problem> {
    live::leave(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
