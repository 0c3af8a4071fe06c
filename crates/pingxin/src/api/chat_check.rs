//! What was said in chats that were brought in: the report by agent and day, and each message with something wrong.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use pingxin_desk::guard::chats;
use pingxin_domain::chat::ChatSide;
use pingxin_domain::guard::Severity;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{RecordId, ShopId};
use pingxin_store::chat_check::{AgentDay as StoreDay, CheckFilter, Wrong};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::hold::HoldFinding;
use super::page::PageAsked;
use super::refusal::{BadRequest, Forbidden, NotFound, SignedOut};
use super::shop::ShopRef;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Which messages.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ChatsAsked {
    #[param(value_type = Option<Uuid>)]
    shop: Option<ShopId>,
    /// From this day of the shop on.
    #[param(value_type = Option<String>)]
    from: Option<Date>,
    /// Up to this day.
    #[param(value_type = Option<String>)]
    to: Option<Date>,
    /// Who spoke, as the file names him.
    agent: Option<String>,
}

impl From<ChatsAsked> for CheckFilter {
    fn from(asked: ChatsAsked) -> Self {
        let ChatsAsked { shop, from, to, agent } = asked;
        Self { shop, from, to, agent }
    }
}

/// What one agent said on one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatDay {
    shop: ShopRef,
    /// The shop's day, `YYYY-MM-DD`.
    day: String,
    /// As the file names him; empty when it does not.
    agent: String,
    /// Messages that were checked.
    messages: u64,
    /// Those with a warning at worst.
    warned: u64,
    /// Those that a supervisor should have seen first.
    held: u64,
    /// Those that should never have been sent.
    blocked: u64,
}

impl From<StoreDay> for ChatDay {
    fn from(row: StoreDay) -> Self {
        let StoreDay { shop, day, agent, messages, warned, held, blocked } = row;
        Self { shop: shop.into(), day, agent, messages, warned, held, blocked }
    }
}

/// What each agent said on each day.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatReport {
    /// The newest day first, the worst first within it.
    days: Vec<ChatDay>,
}

/// What each agent said on each day, in chats that were brought in.
#[utoipa::path(get, path = "/api/v1/chat-checks/report", tag = "guard", params(ChatsAsked),
    responses((status = 200, body = ChatReport), BadRequest, SignedOut, Forbidden))]
pub async fn report_chats(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<ChatsAsked>,
) -> Result<Json<ChatReport>, Problem> {
    let days = chats::report(&app.desk, &session.scope, &asked.into()).await?;
    Ok(Json(ChatReport { days: days.into_iter().map(ChatDay::from).collect() }))
}

/// A message of a chat with something wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct WrongMessage {
    id: Uuid,
    shop: ShopRef,
    at: Timestamp,
    /// The shop's day.
    day: String,
    agent: String,
    /// Contacts in it are masked.
    text: String,
    #[schema(required = true)]
    order_number: Option<String>,
    /// The case of the same order or buyer, when there is one.
    #[schema(required = true)]
    case: Option<Uuid>,
    #[schema(value_type = word::GuardSeverity)]
    worst: Severity,
    findings: Vec<HoldFinding>,
}

impl From<Wrong> for WrongMessage {
    fn from(wrong: Wrong) -> Self {
        Self {
            id: wrong.id.uuid(),
            shop: wrong.shop.into(),
            at: wrong.at,
            day: wrong.day,
            agent: wrong.agent,
            text: wrong.message.text,
            order_number: wrong.message.order_number,
            case: wrong.case.map(Identifier::uuid),
            worst: wrong.worst,
            findings: wrong.findings.into_iter().map(HoldFinding::from).collect(),
        }
    }
}

/// Messages with something wrong, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct WrongMessages {
    messages: Vec<WrongMessage>,
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// Messages with something wrong in chats that were brought in, the newest first.
#[utoipa::path(get, path = "/api/v1/chat-checks", tag = "guard", params(ChatsAsked, PageAsked),
    responses((status = 200, body = WrongMessages), BadRequest, SignedOut, Forbidden))]
pub async fn list_wrong_messages(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<ChatsAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<WrongMessages>, Problem> {
    let found = chats::list(&app.desk, &session.scope, &asked.into(), page.cursor(), page.limit()?).await?;
    let messages = found.rows.into_iter().map(WrongMessage::from).collect();
    Ok(Json(WrongMessages { messages, next_cursor: found.next }))
}

/// A turn of a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatTurn {
    id: Uuid,
    at: Timestamp,
    #[schema(value_type = Option<word::ChatSide>, required = true)]
    side: Option<ChatSide>,
    #[schema(required = true)]
    speaker: Option<String>,
    /// Contacts in it are masked.
    text: String,
    findings: Vec<HoldFinding>,
}

/// A conversation, the oldest turn first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatConversation {
    turns: Vec<ChatTurn>,
}

/// The conversation that a message stands in, with what the guard says of each turn.
#[utoipa::path(get, path = "/api/v1/chat-checks/{id}", tag = "guard", params(("id" = Uuid, Path)),
    responses((status = 200, body = ChatConversation), SignedOut, Forbidden, NotFound))]
pub async fn get_conversation(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<RecordId>,
) -> Result<Json<ChatConversation>, Problem> {
    let turns = chats::conversation(&app.desk, &session.scope, id).await?;
    let turn = |turn: chats::Turn| ChatTurn {
        id: turn.message.id.uuid(),
        at: turn.message.message.at,
        side: turn.message.message.side,
        speaker: turn.message.message.speaker,
        text: turn.message.message.text,
        findings: turn.findings.into_iter().map(HoldFinding::from).collect(),
    };
    Ok(Json(ChatConversation { turns: turns.into_iter().map(turn).collect() }))
}
