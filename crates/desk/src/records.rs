//! What belongs to a case beside its review: chats, parcels, after-sales, calls. Contacts in their words are masked.

use jiff::Timestamp;
use pingxin_domain::intake::{
    IncomingAfterSale, IncomingCall, IncomingChatMessage, IncomingRecord, IncomingShipment, IncomingTrace,
};
use pingxin_domain::personal::{mask_nick, mask_text};
use pingxin_domain::{Action, CaseId, RecordId, Scope};
use pingxin_store::record::{self, Belongs};
use pingxin_store::{case, order};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// The records of a case, each kind the oldest first.
#[derive(Debug, Clone, Default)]
pub struct CaseRecords {
    /// Chat messages.
    pub messages: Vec<(RecordId, IncomingChatMessage)>,
    /// Whether there are older ones.
    pub messages_more: bool,
    /// Parcels, each with the stations it was seen at.
    pub shipments: Vec<(RecordId, IncomingShipment, Vec<IncomingTrace>)>,
    /// Refunds, returns, exchanges.
    pub after_sales: Vec<(RecordId, IncomingAfterSale)>,
    /// Phone calls.
    pub calls: Vec<(RecordId, IncomingCall)>,
}

/// Around when what a case is about came up: when its review was written, else when it was asked or opened.
pub(crate) fn written(row: &case::CaseRow) -> Timestamp {
    let asked = row.matter.as_ref().and_then(|matter| matter.matter.asked_at);
    let review = row.review.as_ref().map(|review| review.created_at.unwrap_or(review.imported_at));
    review.or(asked).unwrap_or(row.opened_at)
}

/// What belongs to a case: by its order or that of its review, else by the buyer's nick and the time.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn of_case(desk: &Desk, scope: &Scope, id: CaseId) -> Result<CaseRecords> {
    allow(scope, Action::ReadCases)?;
    let found = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let Some(case) = case::get(tx, scope, id).await? else { return Ok(None) };
                let order = match case.order {
                    Some(order) => order::get(tx, scope, order).await?,
                    None => None,
                };
                let belongs = Belongs {
                    shop: case.row.shop.id,
                    order_number: case.row.order_number(),
                    tracking_number: order.as_ref().and_then(|order| order.order.tracking_number.as_deref()),
                    buyer: case.buyer.or(order.as_ref().and_then(|order| order.buyer)),
                    near: written(&case.row),
                };
                record::of_order_and_buyer(tx, scope, belongs).await.map(Some)
            })
        })
        .await?;
    Ok(masked(found.ok_or(DeskError::NotFound)?))
}

pub(crate) fn masked(found: record::CaseRecords) -> CaseRecords {
    let mut records = CaseRecords { messages_more: found.messages_more, ..CaseRecords::default() };
    for (id, record) in found.messages {
        if let IncomingRecord::Chat(mut message) = record {
            message.text = mask_text(&message.text);
            message.speaker = message.speaker.as_deref().map(mask_speaker);
            message.buyer_nick = message.buyer_nick.as_deref().map(mask_nick);
            records.messages.push((id, message));
        }
    }
    let mut traces: Vec<IncomingTrace> = found
        .traces
        .into_iter()
        .filter_map(|(_, record)| match record {
            IncomingRecord::Trace(trace) => Some(IncomingTrace { text: mask_text(&trace.text), ..trace }),
            _ => None,
        })
        .collect();
    for (id, record) in found.shipments {
        if let IncomingRecord::Shipment(shipment) = record {
            let (own, others) =
                traces.into_iter().partition(|trace| trace.tracking_number == shipment.tracking_number);
            traces = others;
            records.shipments.push((id, shipment, own));
        }
    }
    // Stations of a parcel that only the order names.
    while let Some(first) = traces.first() {
        let number = first.tracking_number.clone();
        let (own, others): (Vec<_>, Vec<_>) =
            traces.into_iter().partition(|trace| trace.tracking_number == number);
        traces = others;
        let shipment = IncomingShipment {
            tracking_number: number,
            carrier: None,
            order_number: None,
            state: own.iter().filter_map(|trace| trace.state).max_by_key(|state| state.rank()),
            shipped: None,
            delivered: None,
        };
        records.shipments.push((pingxin_store::identifier::fresh(), shipment, own));
    }
    for (id, record) in found.after_sales {
        if let IncomingRecord::AfterSale(mut after_sale) = record {
            after_sale.explanation = after_sale.explanation.as_deref().map(mask_text);
            records.after_sales.push((id, *after_sale));
        }
    }
    for (id, record) in found.calls {
        if let IncomingRecord::Call(mut call) = record {
            call.note = call.note.as_deref().map(mask_text);
            records.calls.push((id, call));
        }
    }
    records
}

/// Accounts of the shop (`店铺:小美`) are the team's own; anybody else is masked.
pub(crate) fn mask_speaker(speaker: &str) -> String {
    if speaker.contains([':', '：']) { speaker.to_owned() } else { mask_nick(speaker) }
}
