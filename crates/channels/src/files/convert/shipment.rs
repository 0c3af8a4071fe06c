//! A parcel, or a station that it was seen at.

use pingxin_domain::intake::{Field, IncomingRecord, IncomingShipment, IncomingTrace, RowFailure};
use pingxin_domain::shipment::ShipmentState;

use super::failure;
use super::reader::Reader;

/// A row with the words of a station is a station; it speaks of the parcel as well where it names the carrier or the
/// days it was sent and handed over. Any other row is a parcel.
pub(super) fn read(reader: &Reader<'_>) -> Result<Vec<IncomingRecord>, RowFailure> {
    let Some(tracking_number) = reader.key(Field::TrackingNumber)? else {
        return Err(failure::missing(reader, Field::TrackingNumber, "运单号", "tracking number"));
    };
    let order_number = reader.key(Field::OrderNumber)?;
    let text = reader.words(Field::TraceText)?;
    let said = reader.get(Field::ShipmentState).and_then(|value| ShipmentState::from_code(value.text));
    let shipment = IncomingShipment {
        tracking_number: tracking_number.clone(),
        carrier: reader.text(Field::Carrier),
        order_number: order_number.clone(),
        state: said,
        shipped: reader.instant(Field::Shipped)?,
        delivered: reader.instant(Field::Delivered)?,
    };
    let Some(text) = text else { return Ok(vec![IncomingRecord::Shipment(shipment)]) };
    let Some(at) = reader.instant(Field::TraceAt)? else {
        return Err(failure::missing(reader, Field::TraceAt, "轨迹时间", "time of the station"));
    };
    let state = said.or_else(|| ShipmentState::from_code(&text));
    let trace = IncomingTrace { tracking_number, order_number, at, text, state };
    let tells_of_parcel =
        shipment.carrier.is_some() || shipment.shipped.is_some() || shipment.delivered.is_some();
    // Where a parcel was once says nothing of where it is now; the stations say that together.
    let parcel =
        tells_of_parcel.then_some(IncomingRecord::Shipment(IncomingShipment { state: None, ..shipment }));
    Ok(parcel.into_iter().chain([IncomingRecord::Trace(trace)]).collect())
}
