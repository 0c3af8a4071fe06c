//! What belongs to a case beside its review: chats, parcels, after-sales, calls.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use pingxin_desk::records;
use pingxin_domain::after_sale::{AfterSaleKind, AfterSaleState};
use pingxin_domain::call::{CallDirection, CallResult};
use pingxin_domain::chat::ChatSide;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::{
    IncomingAfterSale, IncomingCall, IncomingChatMessage, IncomingShipment, IncomingTrace,
};
use pingxin_domain::shipment::ShipmentState;
use pingxin_domain::{CaseId, RecordId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::order::Money;
use super::refusal::{Forbidden, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::Id;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A message of a chat; contacts in it are masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatMessage {
    id: Uuid,
    at: Timestamp,
    /// Null when the file does not tell.
    #[schema(value_type = Option<word::ChatSide>, required = true)]
    side: Option<ChatSide>,
    #[schema(required = true)]
    speaker: Option<String>,
    text: String,
    #[schema(required = true)]
    order_number: Option<String>,
}

/// A parcel seen at a station.
#[derive(Debug, Serialize, ToSchema)]
pub struct Trace {
    at: Timestamp,
    text: String,
    #[schema(value_type = Option<word::ShipmentState>, required = true)]
    state: Option<ShipmentState>,
}

/// A parcel.
#[derive(Debug, Serialize, ToSchema)]
pub struct Shipment {
    id: Uuid,
    tracking_number: String,
    #[schema(required = true)]
    carrier: Option<String>,
    #[schema(value_type = Option<word::ShipmentState>, required = true)]
    state: Option<ShipmentState>,
    #[schema(required = true)]
    shipped: Option<Timestamp>,
    #[schema(required = true)]
    delivered: Option<Timestamp>,
    /// Oldest first.
    traces: Vec<Trace>,
}

/// A refund, return or exchange.
#[derive(Debug, Serialize, ToSchema)]
pub struct AfterSale {
    id: Uuid,
    #[schema(required = true)]
    platform_id: Option<String>,
    #[schema(value_type = Option<word::AfterSaleKind>, required = true)]
    kind: Option<AfterSaleKind>,
    #[schema(value_type = Option<word::AfterSaleState>, required = true)]
    state: Option<AfterSaleState>,
    #[schema(required = true)]
    amount: Option<Money>,
    #[schema(required = true)]
    reason: Option<String>,
    /// In the buyer's own words; contacts are masked.
    #[schema(required = true)]
    explanation: Option<String>,
    /// What came back in what state.
    #[schema(required = true)]
    disposition: Option<String>,
    #[schema(required = true)]
    requested: Option<Timestamp>,
    #[schema(required = true)]
    resolved: Option<Timestamp>,
    #[schema(required = true)]
    product_title: Option<String>,
    quantity: u32,
    #[schema(required = true)]
    tracking_number: Option<String>,
}

/// A phone call.
#[derive(Debug, Serialize, ToSchema)]
pub struct Call {
    id: Uuid,
    at: Timestamp,
    #[schema(value_type = Option<word::CallDirection>, required = true)]
    direction: Option<CallDirection>,
    #[schema(value_type = Option<word::CallResult>, required = true)]
    result: Option<CallResult>,
    #[schema(required = true)]
    seconds: Option<u32>,
    #[schema(required = true)]
    agent: Option<String>,
    #[schema(required = true)]
    note: Option<String>,
}

/// What belongs to a case beside its review, each kind the oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseRecords {
    messages: Vec<ChatMessage>,
    /// Whether there are older ones than the 500 shown.
    messages_more: bool,
    shipments: Vec<Shipment>,
    after_sales: Vec<AfterSale>,
    calls: Vec<Call>,
}

fn message((id, message): (RecordId, IncomingChatMessage)) -> ChatMessage {
    ChatMessage {
        id: id.uuid(),
        at: message.at,
        side: message.side,
        speaker: message.speaker,
        text: message.text,
        order_number: message.order_number,
    }
}

fn shipment((id, shipment, traces): (RecordId, IncomingShipment, Vec<IncomingTrace>)) -> Shipment {
    let trace = |trace: IncomingTrace| Trace { at: trace.at, text: trace.text, state: trace.state };
    Shipment {
        id: id.uuid(),
        tracking_number: shipment.tracking_number,
        carrier: shipment.carrier,
        state: shipment.state,
        shipped: shipment.shipped,
        delivered: shipment.delivered,
        traces: traces.into_iter().map(trace).collect(),
    }
}

fn after_sale((id, after_sale): (RecordId, IncomingAfterSale)) -> AfterSale {
    AfterSale {
        id: id.uuid(),
        platform_id: after_sale.platform_id,
        kind: after_sale.kind,
        state: after_sale.state,
        amount: after_sale.amount.map(Money::from),
        reason: after_sale.reason,
        explanation: after_sale.explanation,
        disposition: after_sale.disposition,
        requested: after_sale.requested,
        resolved: after_sale.resolved,
        product_title: after_sale.product_title,
        quantity: after_sale.quantity,
        tracking_number: after_sale.tracking_number,
    }
}

fn call((id, call): (RecordId, IncomingCall)) -> Call {
    Call {
        id: id.uuid(),
        at: call.at,
        direction: call.direction,
        result: call.result,
        seconds: call.seconds,
        agent: call.agent,
        note: call.note,
    }
}

impl From<records::CaseRecords> for CaseRecords {
    fn from(records: records::CaseRecords) -> Self {
        Self {
            messages: records.messages.into_iter().map(message).collect(),
            messages_more: records.messages_more,
            shipments: records.shipments.into_iter().map(shipment).collect(),
            after_sales: records.after_sales.into_iter().map(after_sale).collect(),
            calls: records.calls.into_iter().map(call).collect(),
        }
    }
}

/// Chats, parcels, after-sales and calls of a case: by the order of its review, else by the buyer's nick and the time.
#[utoipa::path(get, path = "/api/v1/cases/{id}/records", tag = "case", params(("id" = Uuid, Path)),
    responses((status = 200, body = CaseRecords), SignedOut, Forbidden, NotFound))]
pub async fn get_case_records(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<Json<CaseRecords>, Problem> {
    Ok(Json(records::of_case(&app.desk, &session.scope, id).await?.into()))
}
