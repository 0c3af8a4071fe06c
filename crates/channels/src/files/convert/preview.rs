//! What a row would be stored as, in words: for the page where a person looks before a file is taken in.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_domain::Money;
use pingxin_domain::Object;
use pingxin_domain::intake::{
    Field, IncomingAfterSale, IncomingBuyer, IncomingCall, IncomingChatMessage, IncomingFigure, IncomingLine,
    IncomingOrder, IncomingRecord, IncomingReview, IncomingRow, IncomingShipment, IncomingTrace,
};
use pingxin_domain::media::MediaKind;
use serde::Serialize;

use super::Context;

/// One of the things that a row tells of. Nothing is masked; whoever shows it masks by the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviewPart {
    /// `order`, `order_line`, `review`, `followup`, `shipment`, `trace`, `after_sale`, `chat`, `call` or `figure`.
    pub what: &'static str,
    /// What it would hold, in the order of the fields; absent facts are left out.
    pub fields: Vec<(Field, String)>,
}

/// The parts of a row: instants as RFC 3339 in the shop's zone, money with its currency, codes as they are stored.
#[must_use]
pub fn preview(row: &IncomingRow, context: &Context) -> Vec<PreviewPart> {
    let zone = &context.timezone;
    let mut parts = Vec::new();
    if let Some(order) = &row.order {
        parts.push(of_order(order, zone));
        parts.extend(order.lines.iter().map(of_line));
    }
    parts.extend(row.reviews.iter().map(|review| of_review(review, zone)));
    parts.extend(row.records.iter().map(|record| match record {
        IncomingRecord::Shipment(shipment) => of_shipment(shipment, zone),
        IncomingRecord::Trace(trace) => of_trace(trace, zone),
        IncomingRecord::AfterSale(after_sale) => of_after_sale(after_sale, zone),
        IncomingRecord::Chat(message) => of_chat(message, zone),
        IncomingRecord::Call(call) => of_call(call, zone),
        IncomingRecord::Figure(figure) => of_figure(figure, zone),
    }));
    parts
}

/// Collects what is known.
struct Part<'z> {
    zone: &'z TimeZone,
    part: PreviewPart,
}

impl<'z> Part<'z> {
    fn new(what: &'static str, zone: &'z TimeZone) -> Self {
        Self { zone, part: PreviewPart { what, fields: Vec::new() } }
    }

    fn add(mut self, field: Field, value: Option<impl ToString>) -> Self {
        self.part.fields.extend(value.map(|value| (field, value.to_string())));
        self
    }

    fn text(self, field: Field, value: &Option<String>) -> Self {
        self.add(field, value.as_ref())
    }

    fn instant(self, field: Field, value: Option<Timestamp>) -> Self {
        let zone = self.zone.clone();
        self.add(field, value.map(|at| at.to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()))
    }

    fn money(self, field: Field, value: Option<Money>) -> Self {
        self.add(field, value)
    }

    fn buyer(self, buyer: &IncomingBuyer) -> Self {
        self.text(Field::BuyerNick, &buyer.nick)
            .text(Field::BuyerName, &buyer.name)
            .text(Field::BuyerPhone, &buyer.phone)
            .text(Field::BuyerEmail, &buyer.email)
            .text(Field::BuyerAddress, &buyer.address)
            .text(Field::Region, &buyer.region)
    }

    fn end(self) -> PreviewPart {
        self.part
    }
}

fn of_order(order: &IncomingOrder, zone: &TimeZone) -> PreviewPart {
    Part::new("order", zone)
        .add(Field::OrderNumber, Some(&order.number))
        .add(Field::OrderState, order.state.map(|state| state.code()))
        .instant(Field::Placed, order.placed)
        .instant(Field::Paid, order.paid)
        .instant(Field::Promised, order.promised)
        .instant(Field::Shipped, order.shipped)
        .instant(Field::Delivered, order.delivered)
        .instant(Field::Completed, order.completed)
        .money(Field::Amount, order.amount)
        .add(Field::FulfilledBy, order.fulfilled_by.map(|side| side.code()))
        .add(Field::BuyShipping, order.buy_shipping)
        .add(Field::ShippedOnTime, order.shipped_on_time)
        .add(Field::BothRated, order.both_rated)
        .text(Field::Carrier, &order.carrier)
        .text(Field::TrackingNumber, &order.tracking_number)
        .buyer(&order.buyer)
        .end()
}

fn of_line(line: &IncomingLine) -> PreviewPart {
    Part::new("order_line", &TimeZone::UTC)
        .add(Field::OrderLine, (!line.key.is_empty()).then_some(&line.key))
        .text(Field::ProductKey, &line.product_key)
        .text(Field::ProductTitle, &line.title)
        .text(Field::Sku, &line.sku)
        .add(Field::Quantity, Some(line.quantity))
        .money(Field::Price, line.price)
        .end()
}

fn of_review(review: &IncomingReview, zone: &TimeZone) -> PreviewPart {
    let followup = review.object == Object::Followup;
    let (text, created) =
        if followup { (Field::FollowupText, Field::FollowupCreated) } else { (Field::Text, Field::Created) };
    let names = |kind: MediaKind| {
        let names: Vec<&str> =
            review.media.iter().filter(|name| name.kind == kind).map(|name| name.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join("\n"))
    };
    let photos = names(MediaKind::Photo).or_else(|| (review.photos > 0).then(|| review.photos.to_string()));
    Part::new(if followup { "followup" } else { "review" }, zone)
        .text(Field::ReviewId, &review.platform_review_id)
        .add(Field::Object, Some(review.object.code()))
        .add(Field::Rating, review.rating.map(|rating| rating.stars()))
        .add(Field::Verdict, review.verdict.map(|verdict| verdict.code()))
        .text(Field::Title, &review.title)
        .add(text, (!review.text.is_empty()).then_some(&review.text))
        .instant(created, review.created)
        .add(Field::Photos, photos)
        .add(Field::Videos, names(MediaKind::Video))
        .add(Field::Likes, review.likes)
        .text(Field::Reply, &review.reply)
        .text(Field::OrderNumber, &review.order_number)
        .text(Field::OrderLine, &review.order_line)
        .text(Field::ProductKey, &review.product_key)
        .text(Field::ProductTitle, &review.product_title)
        .buyer(&review.buyer)
        .add(Field::PingxinId, review.pingxin_id)
        .end()
}

fn of_shipment(shipment: &IncomingShipment, zone: &TimeZone) -> PreviewPart {
    Part::new("shipment", zone)
        .add(Field::TrackingNumber, Some(&shipment.tracking_number))
        .text(Field::Carrier, &shipment.carrier)
        .text(Field::OrderNumber, &shipment.order_number)
        .add(Field::ShipmentState, shipment.state.map(|state| state.code()))
        .instant(Field::Shipped, shipment.shipped)
        .instant(Field::Delivered, shipment.delivered)
        .end()
}

fn of_trace(trace: &IncomingTrace, zone: &TimeZone) -> PreviewPart {
    Part::new("trace", zone)
        .add(Field::TrackingNumber, Some(&trace.tracking_number))
        .text(Field::OrderNumber, &trace.order_number)
        .instant(Field::TraceAt, Some(trace.at))
        .add(Field::TraceText, Some(&trace.text))
        .add(Field::ShipmentState, trace.state.map(|state| state.code()))
        .end()
}

fn of_after_sale(after_sale: &IncomingAfterSale, zone: &TimeZone) -> PreviewPart {
    Part::new("after_sale", zone)
        .text(Field::AfterSaleId, &after_sale.platform_id)
        .add(Field::AfterSaleKind, after_sale.kind.map(|kind| kind.code()))
        .add(Field::AfterSaleState, after_sale.state.map(|state| state.code()))
        .text(Field::OrderNumber, &after_sale.order_number)
        .text(Field::OrderLine, &after_sale.order_line)
        .text(Field::ProductKey, &after_sale.product_key)
        .text(Field::ProductTitle, &after_sale.product_title)
        .text(Field::Sku, &after_sale.sku)
        .add(Field::Quantity, Some(after_sale.quantity))
        .money(Field::RefundAmount, after_sale.amount)
        .text(Field::Reason, &after_sale.reason)
        .text(Field::Explanation, &after_sale.explanation)
        .text(Field::Disposition, &after_sale.disposition)
        .instant(Field::Requested, after_sale.requested)
        .instant(Field::Resolved, after_sale.resolved)
        .text(Field::Carrier, &after_sale.carrier)
        .text(Field::TrackingNumber, &after_sale.tracking_number)
        .buyer(&after_sale.buyer)
        .end()
}

fn of_chat(message: &IncomingChatMessage, zone: &TimeZone) -> PreviewPart {
    Part::new("chat", zone)
        .text(Field::OrderNumber, &message.order_number)
        .text(Field::BuyerNick, &message.buyer_nick)
        .instant(Field::SaidAt, Some(message.at))
        .text(Field::SaidBy, &message.speaker)
        .add(Field::SaidSide, message.side.map(|side| side.code()))
        .add(Field::SaidText, Some(&message.text))
        .end()
}

fn of_call(call: &IncomingCall, zone: &TimeZone) -> PreviewPart {
    Part::new("call", zone)
        .text(Field::OrderNumber, &call.order_number)
        .instant(Field::CalledAt, Some(call.at))
        .add(Field::CallDirection, call.direction.map(|direction| direction.code()))
        .add(Field::CallResult, call.result.map(|result| result.code()))
        .add(Field::CallSeconds, call.seconds)
        .text(Field::Agent, &call.agent)
        .text(Field::CallNote, &call.note)
        .buyer(&call.buyer)
        .end()
}

fn of_figure(figure: &IncomingFigure, zone: &TimeZone) -> PreviewPart {
    let percent = figure.unit == Some(pingxin_domain::figure::FigureUnit::Percent);
    Part::new("figure", zone)
        .add(Field::FigureName, Some(&figure.name))
        .add(Field::FigureValue, Some(format!("{}{}", figure.value, if percent { "%" } else { "" })))
        .instant(Field::FigureAt, Some(figure.at))
        .end()
}
