//! The columns that each kind of record has of its own.

use pingxin_domain::chat::ChatManner;
use pingxin_domain::intake::{
    IncomingAfterSale, IncomingCall, IncomingChatMessage, IncomingFigure, IncomingRecord, IncomingShipment,
    IncomingTrace, RecordKind,
};

use super::RecordWrite;
use crate::sql::Bulk;

macro_rules! only {
    ($($name:ident $member:ident $kind:ty;)+) => {$(
        fn $name(row: &RecordWrite) -> Option<&$kind> {
            match &row.record {
                IncomingRecord::$member(record) => Some(record),
                _ => None,
            }
        }
    )+};
}

only! {
    shipment Shipment IncomingShipment;
    trace Trace IncomingTrace;
    after_sale AfterSale IncomingAfterSale;
    chat Chat IncomingChatMessage;
    call Call IncomingCall;
    figure Figure IncomingFigure;
}

/// Adds the columns of `kind`; every row is of it.
pub(super) fn add<'a>(bulk: Bulk<'a>, kind: RecordKind, rows: &'a [&'a RecordWrite]) -> Bulk<'a> {
    match kind {
        RecordKind::Shipment => {
            let all = || rows.iter().map(|row| shipment(row));
            bulk.column(
                "tracking_number",
                all().map(|row| row.map_or("", |row| row.tracking_number.as_str())),
            )
            .column("carrier", all().map(|row| row.and_then(|row| row.carrier.as_deref())))
            .column("state", all().map(|row| row.and_then(|row| row.state).map(|state| state.code())))
            .column("shipped_at", all().map(|row| row.and_then(|row| row.shipped)))
            .column("delivered_at", all().map(|row| row.and_then(|row| row.delivered)))
        }
        RecordKind::Trace => {
            let all = || rows.iter().map(|row| trace(row));
            bulk.column(
                "tracking_number",
                all().map(|row| row.map_or("", |row| row.tracking_number.as_str())),
            )
            .column("state", all().map(|row| row.and_then(|row| row.state).map(|state| state.code())))
            .column("at", all().map(|row| row.map(|row| row.at)))
        }
        RecordKind::AfterSale => {
            let all = || rows.iter().map(|row| after_sale(row));
            let money = || all().map(|row| row.and_then(|row| row.amount));
            bulk.column("platform_id", all().map(|row| row.and_then(|row| row.platform_id.as_deref())))
                .column("kind", all().map(|row| row.and_then(|row| row.kind).map(|kind| kind.code())))
                .column("state", all().map(|row| row.and_then(|row| row.state).map(|state| state.code())))
                .column("amount_minor", money().map(|money| money.map(|money| money.minor)))
                .column(
                    "currency",
                    money().map(|money| money.map(|money| money.currency.as_str().to_owned())),
                )
                .column("reason", all().map(|row| row.and_then(|row| row.reason.as_deref())))
                .column("requested_at", all().map(|row| row.and_then(|row| row.requested)))
                .column("resolved_at", all().map(|row| row.and_then(|row| row.resolved)))
        }
        RecordKind::Chat => {
            let all = || rows.iter().map(|row| chat(row));
            let manner = |row: &IncomingChatMessage| {
                ChatManner::of(row.side, row.speaker.as_deref(), &row.text).map(ChatManner::code)
            };
            bulk.column("side", all().map(|row| row.and_then(|row| row.side).map(|side| side.code())))
                .column("at", all().map(|row| row.map(|row| row.at)))
                .column("manner", all().map(|row| row.and_then(manner)))
        }
        RecordKind::Call => {
            let all = || rows.iter().map(|row| call(row));
            bulk.column(
                "direction",
                all().map(|row| row.and_then(|row| row.direction).map(|side| side.code())),
            )
            .column("result", all().map(|row| row.and_then(|row| row.result).map(|result| result.code())))
            .column("seconds", all().map(|row| row.and_then(|row| row.seconds)))
            .column("at", all().map(|row| row.map(|row| row.at)))
        }
        RecordKind::Figure => {
            let all = || rows.iter().map(|row| figure(row));
            bulk.column("name", all().map(|row| row.map_or("", |row| row.name.as_str())))
                .column("value_millionths", all().map(|row| row.map(|row| row.value.millionths)))
                .column("unit", all().map(|row| row.and_then(|row| row.unit).map(|unit| unit.code())))
                .column("at", all().map(|row| row.map(|row| row.at)))
        }
    }
}
