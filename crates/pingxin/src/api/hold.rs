//! Held texts 待审核: the list, and what a second person decides.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use pingxin_desk::guard::{Outcome, holds};
use pingxin_domain::guard::{Channel, HoldKind, HoldState};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::outbox::OutChannel;
use pingxin_domain::{CaseId, Department, HoldId, Role};
use pingxin_store::hold::{HeldSending, Hold as StoreHold, HoldFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::page::{Count, PageAsked};
use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::shop::ShopRef;
use super::task::TaskCase;
use super::triage::BothLanguages;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// What the guard said of a held text.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldFinding {
    /// `G01` to `G66`.
    rule: String,
    #[schema(value_type = word::GuardSeverity)]
    severity: pingxin_domain::guard::Severity,
    /// The words, `[start, end)` in Unicode scalar values.
    spans: Vec<[u32; 2]>,
    why: BothLanguages,
    risk: BothLanguages,
    /// Keys of its sources.
    sources: Vec<String>,
}

impl HoldFinding {
    /// A finding of a text that the guard read after so many characters of something else, such as a subject.
    fn of(finding: pingxin_domain::guard::Finding, before: u32) -> Self {
        let inside = finding.spans.iter().filter(|span| span.start >= before);
        Self {
            rule: finding.rule.to_string(),
            severity: finding.severity,
            spans: inside.map(|span| [span.start - before, span.end - before]).collect(),
            why: finding.why.into(),
            risk: finding.risk.into(),
            sources: finding.source.iter().map(ToString::to_string).collect(),
        }
    }
}

impl From<pingxin_domain::guard::Finding> for HoldFinding {
    fn from(finding: pingxin_domain::guard::Finding) -> Self {
        Self::of(finding, 0)
    }
}

/// How a held message is sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldSending {
    #[schema(value_type = word::OutChannel)]
    channel: OutChannel,
    subject: String,
    /// Not before; null for at once.
    #[schema(required = true)]
    send_at: Option<Timestamp>,
}

impl From<HeldSending> for HoldSending {
    fn from(sending: HeldSending) -> Self {
        let HeldSending { channel, subject, send_at, .. } = sending;
        Self { channel, subject, send_at }
    }
}

/// A held text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Hold {
    id: Uuid,
    #[schema(value_type = word::HoldKind)]
    kind: HoldKind,
    #[schema(value_type = word::HoldState)]
    state: HoldState,
    shop: ShopRef,
    /// Null for a department, which sees no cases, and for notes on buyers.
    #[schema(required = true)]
    case: Option<TaskCase>,
    text: String,
    /// The way a message goes out.
    #[schema(value_type = Option<word::GuardChannel>, required = true)]
    channel: Option<Channel>,
    /// How a message is sent by the desk once it may go; null where it is sent by hand elsewhere.
    #[schema(required = true)]
    sending: Option<HoldSending>,
    /// Whom a question is to.
    #[schema(value_type = Option<word::Department>, required = true)]
    department: Option<Department>,
    findings: Vec<HoldFinding>,
    created_at: Timestamp,
    /// Null for the command line.
    #[schema(required = true)]
    author: Option<Person>,
    #[schema(required = true)]
    decided_at: Option<Timestamp>,
    #[schema(required = true)]
    decided_by: Option<Person>,
    /// Why it was decided so.
    #[schema(required = true)]
    reason: Option<String>,
    /// Its own author let it pass, as one person does it all.
    alone: bool,
}

impl Hold {
    /// A held text as this role sees it.
    pub(super) fn of(hold: StoreHold, role: Role) -> Self {
        let case = hold.case.map(|(id, number)| TaskCase::new(id, number));
        // The guard reads a subject on the line before the words.
        let subject = hold.body.sending.as_ref().map(|sending| sending.subject.chars().count() + 1);
        let before = subject.and_then(|many| u32::try_from(many).ok()).unwrap_or(0);
        Self {
            id: hold.id.uuid(),
            kind: hold.kind,
            state: hold.state,
            shop: hold.shop.into(),
            case: case.filter(|_| role != Role::Department),
            text: hold.body.text,
            channel: hold.body.channel,
            sending: hold.body.sending.map(HoldSending::from),
            department: hold.body.department,
            findings: hold.findings.into_iter().map(|finding| HoldFinding::of(finding, before)).collect(),
            created_at: hold.created_at,
            author: hold.author.map(Person::from),
            decided_at: hold.decided_at,
            decided_by: hold.decided_by.map(Person::from),
            reason: hold.reason,
            alone: hold.alone,
        }
    }
}

/// A text that was not kept yet: it waits for a second person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Held {
    hold: Hold,
}

/// A text that was kept, or held.
pub enum Kept<T> {
    /// Kept.
    Done(StatusCode, T),
    /// Held: 202.
    Held(Box<Held>),
}

impl<T> Kept<T> {
    /// What became of a text, as this role sees it.
    pub fn of<S>(outcome: Outcome<S>, status: StatusCode, role: Role, shown: impl FnOnce(S) -> T) -> Self {
        match outcome {
            Outcome::Done(done) => Self::Done(status, shown(done)),
            Outcome::Held(hold) => Self::Held(Box::new(Held { hold: Hold::of(*hold, role) })),
        }
    }
}

impl<T: IntoResponse> IntoResponse for Kept<T> {
    fn into_response(self) -> Response {
        match self {
            Self::Done(status, done) => (status, done).into_response(),
            Self::Held(held) => (StatusCode::ACCEPTED, Json(held)).into_response(),
        }
    }
}

/// Which held texts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct HoldsAsked {
    #[param(value_type = Option<word::HoldState>)]
    state: Option<HoldState>,
    /// About this case.
    #[param(value_type = Option<Uuid>)]
    case: Option<CaseId>,
    /// Only those that the caller wrote.
    mine: bool,
}

/// Held texts, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldList {
    holds: Vec<Hold>,
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// Held texts, the newest first. A department sees those that it wrote.
#[utoipa::path(get, path = "/api/v1/guard/holds", tag = "guard", params(HoldsAsked, PageAsked),
    responses((status = 200, body = HoldList), BadRequest, SignedOut, Forbidden))]
pub async fn list_holds(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<HoldsAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<HoldList>, Problem> {
    let author = asked.mine.then_some(session.person.id);
    let filter = HoldFilter { state: asked.state, case: asked.case, author, id: None };
    let (found, count) =
        holds::list(&app.desk, &session.scope, &filter, page.cursor(), page.limit()?).await?;
    let role = session.scope.role;
    Ok(Json(HoldList {
        holds: found.rows.into_iter().map(|hold| Hold::of(hold, role)).collect(),
        next_cursor: found.next,
        count: count.into(),
    }))
}

/// Why a held text passes or does not.
#[derive(Debug, Deserialize, ToSchema)]
pub struct HoldReason {
    /// 1 to 500 characters.
    reason: String,
}

/// Lets a held text pass: it becomes what it was to become, in its author's name. Nobody lets his own text pass, unless one
/// person does it all.
#[utoipa::path(post, path = "/api/v1/guard/holds/{id}/release", tag = "guard", params(("id" = Uuid, Path)),
    request_body = HoldReason,
    responses((status = 200, body = Hold), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn release_hold(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<HoldId>,
    Body(reason): Body<HoldReason>,
) -> Result<Json<Hold>, Problem> {
    let hold = holds::release(&app.desk, &session.scope, id, &reason.reason).await?;
    Ok(Json(Hold::of(hold, session.scope.role)))
}

/// Sends a held text back to its author.
#[utoipa::path(post, path = "/api/v1/guard/holds/{id}/refuse", tag = "guard", params(("id" = Uuid, Path)),
    request_body = HoldReason,
    responses((status = 200, body = Hold), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn refuse_hold(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<HoldId>,
    Body(reason): Body<HoldReason>,
) -> Result<Json<Hold>, Problem> {
    let hold = holds::refuse(&app.desk, &session.scope, id, &reason.reason).await?;
    Ok(Json(Hold::of(hold, session.scope.role)))
}

/// What is decided of several held texts.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DecideHolds {
    /// 1 to 100.
    #[schema(value_type = Vec<Uuid>)]
    ids: Vec<HoldId>,
    /// Whether they pass; else they go back to their authors.
    release: bool,
    /// 1 to 500 characters, for each of them.
    reason: String,
}

/// What became of one held text.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldDecided {
    id: Uuid,
    /// As it is now; null when it stays as it was.
    #[schema(required = true)]
    hold: Option<Hold>,
    /// Why it stays as it was.
    #[schema(required = true)]
    problem: Option<BothLanguages>,
}

/// What became of each held text, in the order in which they were named.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldsDecided {
    results: Vec<HoldDecided>,
}

/// Lets several held texts pass, or sends them back. Each is decided for itself: one that cannot be stops no other.
#[utoipa::path(post, path = "/api/v1/guard/holds/decide", tag = "guard", request_body = DecideHolds,
    responses((status = 200, body = HoldsDecided), BadRequest, SignedOut, Forbidden, Conflict))]
pub async fn decide_holds(
    State(app): State<App>,
    Session(session): Session,
    Body(asked): Body<DecideHolds>,
) -> Result<Json<HoldsDecided>, Problem> {
    let to = if asked.release { HoldState::Released } else { HoldState::Refused };
    let decided = holds::decide_many(&app.desk, &session.scope, &asked.ids, to, &asked.reason).await?;
    let role = session.scope.role;
    let results = decided.into_iter().map(|(id, one)| {
        let (hold, problem) = match one {
            Ok(hold) => (Some(Hold::of(hold, role)), None),
            Err(error) => (None, Some(error.say().into())),
        };
        HoldDecided { id: id.uuid(), hold, problem }
    });
    Ok(Json(HoldsDecided { results: results.collect() }))
}
