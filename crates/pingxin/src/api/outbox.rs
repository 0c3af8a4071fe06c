//! The outbox 发送: messages to buyers that the desk sends, notices to the team, and what people decide about them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::outbox::{self, MessageRequest};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::outbox::{Decision, Delivery, OutChannel, OutReason, OutState, TeamEvent};
use pingxin_domain::{CaseId, OutgoingId};
use pingxin_store::outbox::{Call as StoreCall, Outgoing as StoreOutgoing, OutgoingFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::hold::{Held, Kept};
use super::page::{Count, PageAsked};
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::shop::ShopRef;
use super::task::TaskCase;
use super::triage::BothLanguages;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Something in the outbox. Personal data in its words is masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outgoing {
    /// Also the key under which the other side knows it: `webhook-id`, or the first part of a Message-ID.
    id: Uuid,
    /// Null for a notice to the team.
    #[schema(required = true)]
    case: Option<TaskCase>,
    /// Null for a notice to the team.
    #[schema(required = true)]
    shop: Option<ShopRef>,
    #[schema(value_type = word::OutChannel)]
    channel: OutChannel,
    #[schema(value_type = word::Delivery)]
    delivery: Delivery,
    /// What a notice tells of; null for a message.
    #[schema(value_type = Option<word::TeamEvent>, required = true)]
    event: Option<TeamEvent>,
    #[schema(value_type = word::OutState)]
    state: OutState,
    /// Why it waits, was refused, or is in doubt.
    #[schema(value_type = Option<word::OutReason>, required = true)]
    reason: Option<OutReason>,
    subject: String,
    text: String,
    /// The buyer's address, masked.
    #[schema(required = true)]
    to: Option<String>,
    send_at: Timestamp,
    created_at: Timestamp,
    #[schema(required = true)]
    author: Option<Person>,
    /// How often the other side was called.
    calls: u32,
    /// When it was first handed over.
    #[schema(required = true)]
    handed_at: Option<Timestamp>,
    /// When it was sent, refused, taken back or given up.
    #[schema(required = true)]
    ended_at: Option<Timestamp>,
    #[schema(required = true)]
    decided_at: Option<Timestamp>,
    #[schema(required = true)]
    decided_by: Option<Person>,
    /// Why a person decided so.
    #[schema(required = true)]
    why: Option<String>,
}

impl From<StoreOutgoing> for Outgoing {
    fn from(one: StoreOutgoing) -> Self {
        Self {
            id: one.id.uuid(),
            case: one.case.map(|(id, number)| TaskCase::new(id, number)),
            shop: one.shop.map(ShopRef::from),
            channel: one.channel,
            delivery: one.delivery,
            event: one.event,
            state: one.state,
            reason: one.reason,
            subject: one.body.subject,
            text: one.body.text,
            to: one.body.shown_to,
            send_at: one.send_at,
            created_at: one.created_at,
            author: one.author.map(Person::from),
            calls: one.calls,
            handed_at: one.handed_at,
            ended_at: one.ended_at,
            decided_at: one.decided_at,
            decided_by: one.decided_by.map(Person::from),
            why: one.why,
        }
    }
}

/// One call of the other side.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutCall {
    seq: u32,
    at: Timestamp,
    #[schema(required = true)]
    ended_at: Option<Timestamp>,
    /// `sent` `refused` `not_taken` `unknown` `lost` `arrived` `not_arrived`, or what a person said: `was_sent` `was_not`. Null
    /// while it runs.
    #[schema(required = true)]
    result: Option<String>,
    /// What the other side said.
    #[schema(required = true)]
    detail: Option<String>,
}

impl From<StoreCall> for OutCall {
    fn from(call: StoreCall) -> Self {
        let StoreCall { seq, at, ended_at, result, detail } = call;
        Self { seq, at, ended_at, result, detail }
    }
}

/// Something in the outbox with the calls made for it, the last first.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutgoingView {
    outgoing: Outgoing,
    calls: Vec<OutCall>,
}

/// Which.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct OutboxAsked {
    #[param(value_type = Option<word::OutState>)]
    state: Option<OutState>,
    #[param(value_type = Option<word::OutChannel>)]
    channel: Option<OutChannel>,
    /// Of this case.
    #[param(value_type = Option<Uuid>)]
    case: Option<CaseId>,
    /// Only what the caller wrote.
    mine: bool,
    /// Only messages to buyers, no notices to the team.
    messages: bool,
}

/// The outbox, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutboxList {
    outgoing: Vec<Outgoing>,
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// The outbox, the newest first. Notices to the team are shown to who sees every shop.
#[utoipa::path(get, path = "/api/v1/outbox", tag = "outbox", params(OutboxAsked, PageAsked),
    responses((status = 200, body = OutboxList), BadRequest, SignedOut, Forbidden))]
pub async fn list_outbox(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<OutboxAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<OutboxList>, Problem> {
    let OutboxAsked { state, channel, case, mine, messages } = asked;
    let author = if mine { session.scope.user() } else { None };
    let filter = OutgoingFilter { state, case, channel, author, is_message: messages, id: None };
    let (found, count) =
        outbox::list(&app.desk, &session.scope, &filter, page.cursor(), page.limit()?).await?;
    let outgoing = found.rows.into_iter().map(Outgoing::from).collect();
    Ok(Json(OutboxList { outgoing, next_cursor: found.next, count: count.into() }))
}

/// Something in the outbox with the calls made for it.
#[utoipa::path(get, path = "/api/v1/outbox/{id}", tag = "outbox", params(("id" = Uuid, Path)),
    responses((status = 200, body = OutgoingView), SignedOut, Forbidden, NotFound))]
pub async fn get_outgoing(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<OutgoingId>,
) -> Result<Json<OutgoingView>, Problem> {
    let (outgoing, calls) = outbox::view(&app.desk, &session.scope, id).await?;
    let calls = calls.into_iter().map(OutCall::from).collect();
    Ok(Json(OutgoingView { outgoing: outgoing.into(), calls }))
}

/// Whether a mail may be written about a case, and where it goes.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailWay {
    /// The buyer's address, masked.
    #[schema(required = true)]
    to: Option<String>,
    /// Whether the platform allows mail to buyers at all.
    allowed: bool,
    /// Why none may be written; null when one may.
    #[schema(required = true)]
    barred: Option<BothLanguages>,
    /// Whether a supervisor looks at it first.
    reviewed: bool,
    /// How long it can be taken back, in seconds.
    undo_seconds: u32,
}

/// Whether a mail may be written about a case, and where it goes.
#[utoipa::path(get, path = "/api/v1/cases/{id}/mail-way", tag = "outbox", params(("id" = Uuid, Path)),
    responses((status = 200, body = MailWay), SignedOut, Forbidden, NotFound))]
pub async fn get_mail_way(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<Json<MailWay>, Problem> {
    let way = outbox::mail_way(&app.desk, &session.scope, id).await?;
    Ok(Json(MailWay {
        to: way.shown_to,
        allowed: way.allowed,
        barred: way.barred.map(BothLanguages::from),
        reviewed: way.reviewed,
        undo_seconds: pingxin_domain::outbox::UNDO_SECONDS,
    }))
}

/// A message that the desk sends.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewOutgoing {
    /// Only `mail` reaches buyers.
    #[schema(value_type = word::OutChannel)]
    channel: OutChannel,
    /// 1 to 120 characters, one line.
    subject: String,
    /// 1 to 4,000 characters of plain text.
    text: String,
    /// Not before; at once unless given. At most thirty days ahead.
    send_at: Option<Timestamp>,
    /// Whoever asks again with the same key writes nothing new. At most 64 characters.
    key: Option<String>,
}

/// Writes a message that the desk sends to the buyer of a case, to his own address of the order. It can be taken back until it
/// goes (201); one that the guard holds, or whose author a supervisor reviews, waits for a second person (202); one that the
/// guard blocks is refused. It is checked again when it goes.
#[utoipa::path(post, path = "/api/v1/cases/{id}/outbox", tag = "outbox", params(("id" = Uuid, Path)),
    request_body = NewOutgoing,
    responses((status = 201, body = Outgoing), (status = 202, body = Held), BadRequest, SignedOut, Forbidden, NotFound,
        Conflict, Invalid))]
pub async fn send_message(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(new): Body<NewOutgoing>,
) -> Result<Kept<Json<Outgoing>>, Problem> {
    let NewOutgoing { channel, subject, text, send_at, key } = new;
    let request = MessageRequest { channel, subject, text, send_at, key };
    let written = outbox::write(&app.desk, &session.scope, id, &request).await?;
    Ok(Kept::of(written, StatusCode::CREATED, session.scope.role, |outgoing| Json(Outgoing::from(outgoing))))
}

/// Takes back what nobody has begun to send.
#[utoipa::path(post, path = "/api/v1/outbox/{id}/withdraw", tag = "outbox", params(("id" = Uuid, Path)),
    responses((status = 200, body = Outgoing), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn withdraw_outgoing(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<OutgoingId>,
) -> Result<Json<Outgoing>, Problem> {
    Ok(Json(outbox::withdraw(&app.desk, &session.scope, id).await?.into()))
}

/// Has what was refused tried again.
#[utoipa::path(post, path = "/api/v1/outbox/{id}/retry", tag = "outbox", params(("id" = Uuid, Path)),
    responses((status = 200, body = Outgoing), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn retry_outgoing(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<OutgoingId>,
) -> Result<Json<Outgoing>, Problem> {
    Ok(Json(outbox::retry(&app.desk, &session.scope, id).await?.into()))
}

/// What became of something in doubt.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DecideOutgoing {
    #[schema(value_type = word::OutDecision)]
    decision: Decision,
    /// How that is known; 1 to 500 characters.
    reason: String,
}

/// Says what became of something in doubt: it was sent, or it was not and goes again, or is given up.
#[utoipa::path(post, path = "/api/v1/outbox/{id}/decide", tag = "outbox", params(("id" = Uuid, Path)),
    request_body = DecideOutgoing,
    responses((status = 200, body = Outgoing), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn decide_outgoing(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<OutgoingId>,
    Body(asked): Body<DecideOutgoing>,
) -> Result<Json<Outgoing>, Problem> {
    let decided = outbox::decide(&app.desk, &session.scope, id, asked.decision, &asked.reason).await?;
    Ok(Json(decided.into()))
}
