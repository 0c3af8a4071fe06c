//! A parcel, or a station that it was seen at.

use pingxin_domain::intake::{Field, IncomingRecord, IncomingShipment, IncomingTrace, RowFailure};
use pingxin_domain::shipment::ShipmentState;

use super::failure;
use super::reader::Reader;

/// A row with a list of stations is a parcel and its stations. One with the words of a station is a station; it speaks of the parcel as well where it names the carrier or the
/// days it was sent and handed over. Any other row is a parcel.
pub(super) fn read(reader: &Reader<'_>) -> Result<Vec<IncomingRecord>, RowFailure> {
    let Some(tracking_number) = reader.key(Field::TrackingNumber)? else {
        return Err(failure::missing(reader, Field::TrackingNumber, "运单号", "tracking number"));
    };
    let order_number = reader.key(Field::OrderNumber)?;
    let said = reader.get(Field::ShipmentState).and_then(|value| ShipmentState::from_code(value.text));
    let shipment = IncomingShipment {
        tracking_number: tracking_number.clone(),
        carrier: reader.text(Field::Carrier),
        order_number,
        state: said,
        shipped: reader.instant(Field::Shipped)?,
        delivered: reader.instant(Field::Delivered)?,
    };
    if let Some(stations) = reader.listed() {
        let listed =
            stations.iter().map(|station| trace(station, &shipment)).collect::<Result<Vec<_>, _>>()?;
        let parcel = IncomingRecord::Shipment(shipment);
        return Ok(std::iter::once(parcel).chain(listed.into_iter().flatten()).collect());
    }
    let Some(station) = trace(reader, &shipment)? else {
        return Ok(vec![IncomingRecord::Shipment(shipment)]);
    };
    let tells_of_parcel =
        shipment.carrier.is_some() || shipment.shipped.is_some() || shipment.delivered.is_some();
    // Where a parcel was once says nothing of where it is now; the stations say that together.
    let parcel =
        tells_of_parcel.then_some(IncomingRecord::Shipment(IncomingShipment { state: None, ..shipment }));
    Ok(parcel.into_iter().chain([station]).collect())
}

/// A station of a parcel; none where nothing is said of it.
fn trace(reader: &Reader<'_>, parcel: &IncomingShipment) -> Result<Option<IncomingRecord>, RowFailure> {
    let Some(text) = reader.words(Field::TraceText)? else { return Ok(None) };
    let Some(at) = reader.instant(Field::TraceAt)? else {
        return Err(failure::missing(reader, Field::TraceAt, "轨迹时间", "time of the station"));
    };
    // The state of the parcel as a whole is none of a station in its list.
    let of_station = reader.listed().is_none() || reader.is_listed(Field::ShipmentState);
    let said = reader.get(Field::ShipmentState).filter(|_| of_station);
    let state = said
        .and_then(|value| ShipmentState::from_code(value.text))
        .or_else(|| ShipmentState::from_code(&text));
    Ok(Some(IncomingRecord::Trace(IncomingTrace {
        tracking_number: parcel.tracking_number.clone(),
        order_number: parcel.order_number.clone(),
        at,
        text,
        state,
    })))
}
