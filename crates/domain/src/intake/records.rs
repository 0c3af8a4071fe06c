//! What files tell of an order beside the order itself: parcels, after-sales, chats, calls; and a platform's figures.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::identity::hex;
use super::record::IncomingBuyer;
use crate::after_sale::{AfterSaleKind, AfterSaleState};
use crate::call::{CallDirection, CallResult};
use crate::chat::ChatSide;
use crate::figure::{FigureUnit, FigureValue};
use crate::money::Money;
use crate::shipment::ShipmentState;

/// A parcel as a row gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingShipment {
    /// The carrier's number; what tells parcels apart.
    pub tracking_number: String,
    /// Who carries it.
    pub carrier: Option<String>,
    /// What was ordered.
    pub order_number: Option<String>,
    /// How far it has come.
    pub state: Option<ShipmentState>,
    /// Handed to the carrier.
    pub shipped: Option<Timestamp>,
    /// Handed to the buyer.
    pub delivered: Option<Timestamp>,
}

/// A parcel seen at a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingTrace {
    /// Which parcel.
    pub tracking_number: String,
    /// What was ordered.
    pub order_number: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What the carrier says of it.
    pub text: String,
    /// What that means.
    pub state: Option<ShipmentState>,
}

/// A refund, return, exchange as a row gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingAfterSale {
    /// The platform's id.
    pub platform_id: Option<String>,
    /// What was asked for.
    pub kind: Option<AfterSaleKind>,
    /// How far it has come.
    pub state: Option<AfterSaleState>,
    /// Of which order.
    pub order_number: Option<String>,
    /// Of which line of it.
    pub order_line: Option<String>,
    /// The platform's id of the product.
    pub product_key: Option<String>,
    /// Its title.
    pub product_title: Option<String>,
    /// The merchant's stock-keeping unit.
    pub sku: Option<String>,
    /// How many; at least 1.
    pub quantity: u32,
    /// Money given back or asked for.
    pub amount: Option<Money>,
    /// Why, from the platform's list.
    pub reason: Option<String>,
    /// Why, in the buyer's own words.
    pub explanation: Option<String>,
    /// What came back in what state.
    pub disposition: Option<String>,
    /// Asked.
    pub requested: Option<Timestamp>,
    /// Settled.
    pub resolved: Option<Timestamp>,
    /// Carrier of the parcel that comes back.
    pub carrier: Option<String>,
    /// Its number.
    pub tracking_number: Option<String>,
    /// Who asked.
    pub buyer: IncomingBuyer,
}

/// One message of a chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingChatMessage {
    /// The order it is about, if the file says so.
    pub order_number: Option<String>,
    /// The buyer's nick, if the file says so.
    pub buyer_nick: Option<String>,
    /// Who speaks; none when the file does not tell.
    pub side: Option<ChatSide>,
    /// Nick or account of who speaks.
    pub speaker: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub text: String,
    /// How many messages before it in this file say the same at the same second: the buyer who sends "？" twice has
    /// sent it twice.
    pub ordinal: u32,
}

/// One phone call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingCall {
    /// The order it was about.
    pub order_number: Option<String>,
    /// Whom; his phone above all.
    pub buyer: IncomingBuyer,
    /// When it began.
    pub at: Timestamp,
    /// Who called whom.
    pub direction: Option<CallDirection>,
    /// How it ended.
    pub result: Option<CallResult>,
    /// How long it lasted, seconds.
    pub seconds: Option<u32>,
    /// Who of the team.
    pub agent: Option<String>,
    /// What was agreed.
    pub note: Option<String>,
}

/// A figure that a platform showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingFigure {
    /// A code of `FigureName`, or the name as it is typed.
    pub name: String,
    /// The value.
    pub value: FigureValue,
    /// What it counts.
    pub unit: Option<FigureUnit>,
    /// The instant it was shown; a day counts from its first instant in the shop's zone.
    pub at: Timestamp,
}

/// Something a row tells of that is no review and no order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncomingRecord {
    /// A parcel.
    Shipment(IncomingShipment),
    /// A parcel seen at a station.
    Trace(IncomingTrace),
    /// A refund, return or exchange.
    AfterSale(Box<IncomingAfterSale>),
    /// A chat message.
    Chat(IncomingChatMessage),
    /// A call.
    Call(IncomingCall),
    /// A platform's figure.
    Figure(IncomingFigure),
}

/// What kind of record it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// Parcels.
    Shipment,
    /// Stations of parcels.
    Trace,
    /// Refunds, returns, exchanges.
    AfterSale,
    /// Chat messages.
    Chat,
    /// Calls.
    Call,
    /// Figures.
    Figure,
}

impl RecordKind {
    /// Every kind there is.
    pub const ALL: [Self; 6] =
        [Self::Shipment, Self::Trace, Self::AfterSale, Self::Chat, Self::Call, Self::Figure];

    /// The code that is stored and shown.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Shipment => "shipment",
            Self::Trace => "trace",
            Self::AfterSale => "after_sale",
            Self::Chat => "chat",
            Self::Call => "call",
            Self::Figure => "figure",
        }
    }
}

impl IncomingRecord {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Shipment(_) => RecordKind::Shipment,
            Self::Trace(_) => RecordKind::Trace,
            Self::AfterSale(_) => RecordKind::AfterSale,
            Self::Chat(_) => RecordKind::Chat,
            Self::Call(_) => RecordKind::Call,
            Self::Figure(_) => RecordKind::Figure,
        }
    }

    /// The order it belongs to, if it says so.
    #[must_use]
    pub fn order_number(&self) -> Option<&str> {
        match self {
            Self::Shipment(shipment) => shipment.order_number.as_deref(),
            Self::Trace(trace) => trace.order_number.as_deref(),
            Self::AfterSale(after_sale) => after_sale.order_number.as_deref(),
            Self::Chat(message) => message.order_number.as_deref(),
            Self::Call(call) => call.order_number.as_deref(),
            Self::Figure(_) => None,
        }
    }

    /// The buyer it speaks of; nobody known where it says nothing.
    #[must_use]
    pub fn buyer(&self) -> IncomingBuyer {
        match self {
            Self::AfterSale(after_sale) => after_sale.buyer.clone(),
            Self::Call(call) => call.buyer.clone(),
            Self::Chat(message) => {
                IncomingBuyer { nick: message.buyer_nick.clone(), ..IncomingBuyer::default() }
            }
            Self::Shipment(_) | Self::Trace(_) | Self::Figure(_) => IncomingBuyer::default(),
        }
    }

    /// The record without whom it speaks of: contacts are kept with the buyer, sealed field by field.
    #[must_use]
    pub fn without_buyer(self) -> Self {
        match self {
            Self::AfterSale(mut after_sale) => {
                after_sale.buyer = IncomingBuyer::default();
                Self::AfterSale(after_sale)
            }
            Self::Call(call) => Self::Call(IncomingCall { buyer: IncomingBuyer::default(), ..call }),
            other => other,
        }
    }

    /// What tells it from others of its kind and shop. It may name a buyer, so the store keeps a keyed
    /// hash of it only.
    #[must_use]
    pub fn identity(&self) -> String {
        let at = |instant: Timestamp| instant.as_microsecond().to_string();
        let or = |text: &Option<String>| text.clone().unwrap_or_default();
        match self {
            Self::Shipment(shipment) => format!("n:{}", shipment.tracking_number),
            Self::Trace(trace) => digest(&[&trace.tracking_number, &at(trace.at), &trace.text]),
            Self::AfterSale(after_sale) => match &after_sale.platform_id {
                Some(id) => format!("p:{id}"),
                None => digest(&[
                    &or(&after_sale.order_number),
                    &or(&after_sale.order_line),
                    after_sale.sku.as_ref().or(after_sale.product_key.as_ref()).map_or("", String::as_str),
                    after_sale.kind.map_or("", AfterSaleKind::code),
                    &after_sale.requested.map(at).unwrap_or_default(),
                    &or(&after_sale.reason),
                ]),
            },
            Self::Chat(message) => digest(&[
                message.order_number.as_ref().or(message.buyer_nick.as_ref()).map_or("", String::as_str),
                &or(&message.speaker),
                &at(message.at),
                &message.text,
                &message.ordinal.to_string(),
            ]),
            Self::Call(call) => digest(&[
                &or(&call.order_number),
                call.buyer.phone.as_ref().or(call.buyer.nick.as_ref()).map_or("", String::as_str),
                &at(call.at),
                call.direction.map_or("", CallDirection::code),
            ]),
            Self::Figure(figure) => format!("f:{}|{}", figure.name, at(figure.at)),
        }
    }

    /// The stored record with what this one adds: an absent fact is unknown and erases nothing, a present one replaces
    /// the stored one, a state only goes forward. Records of different kinds have nothing to add to each other.
    #[must_use]
    pub fn onto(self, stored: Self) -> Self {
        match (stored, self) {
            (Self::Shipment(old), Self::Shipment(new)) => Self::Shipment(IncomingShipment {
                tracking_number: old.tracking_number,
                carrier: new.carrier.or(old.carrier),
                order_number: new.order_number.or(old.order_number),
                state: later(old.state, new.state, ShipmentState::rank),
                shipped: new.shipped.or(old.shipped),
                delivered: new.delivered.or(old.delivered),
            }),
            (Self::Trace(old), Self::Trace(new)) => Self::Trace(IncomingTrace {
                order_number: new.order_number.or(old.order_number),
                state: new.state.or(old.state),
                ..old
            }),
            (Self::AfterSale(old), Self::AfterSale(new)) => {
                Self::AfterSale(Box::new(add_after_sale(*old, *new)))
            }
            (Self::Chat(old), Self::Chat(new)) => Self::Chat(IncomingChatMessage {
                order_number: new.order_number.or(old.order_number),
                buyer_nick: new.buyer_nick.or(old.buyer_nick),
                side: new.side.or(old.side),
                ..old
            }),
            (Self::Call(old), Self::Call(new)) => Self::Call(IncomingCall {
                order_number: new.order_number.or(old.order_number),
                buyer: new.buyer,
                at: old.at,
                direction: new.direction.or(old.direction),
                result: new.result.or(old.result),
                seconds: new.seconds.or(old.seconds),
                agent: new.agent.or(old.agent),
                note: new.note.or(old.note),
            }),
            (Self::Figure(old), Self::Figure(new)) => {
                Self::Figure(IncomingFigure { unit: new.unit.or(old.unit), ..new })
            }
            (stored, _) => stored,
        }
    }
}

fn later<T: Copy>(stored: Option<T>, incoming: Option<T>, rank: impl Fn(T) -> u8) -> Option<T> {
    stored.into_iter().chain(incoming).max_by_key(|state| rank(*state))
}

fn add_after_sale(old: IncomingAfterSale, new: IncomingAfterSale) -> IncomingAfterSale {
    IncomingAfterSale {
        platform_id: old.platform_id,
        kind: new.kind.or(old.kind),
        state: later(old.state, new.state, AfterSaleState::rank),
        order_number: new.order_number.or(old.order_number),
        order_line: new.order_line.or(old.order_line),
        product_key: new.product_key.or(old.product_key),
        product_title: new.product_title.or(old.product_title),
        sku: new.sku.or(old.sku),
        quantity: new.quantity,
        amount: new.amount.or(old.amount),
        reason: new.reason.or(old.reason),
        explanation: new.explanation.or(old.explanation),
        disposition: new.disposition.or(old.disposition),
        requested: new.requested.or(old.requested),
        resolved: new.resolved.or(old.resolved),
        carrier: new.carrier.or(old.carrier),
        tracking_number: new.tracking_number.or(old.tracking_number),
        buyer: new.buyer,
    }
}

/// No part can run into the next: each is hashed behind its length.
fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    format!("h:{}", hex(&hasher.finalize()[..16]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message(at: i64, text: &str, ordinal: u32) -> IncomingRecord {
        IncomingRecord::Chat(IncomingChatMessage {
            order_number: None,
            buyer_nick: Some("t**1".into()),
            side: Some(ChatSide::Buyer),
            speaker: Some("t**1".into()),
            at: Timestamp::from_second(at).unwrap(),
            text: text.into(),
            ordinal,
        })
    }

    fn shipment(state: Option<ShipmentState>, carrier: Option<&str>) -> IncomingRecord {
        IncomingRecord::Shipment(IncomingShipment {
            tracking_number: "SF1".into(),
            carrier: carrier.map(str::to_owned),
            order_number: None,
            state,
            shipped: None,
            delivered: None,
        })
    }

    #[test]
    fn the_same_words_twice_in_one_second_are_two_messages() {
        assert_ne!(message(1, "？", 0).identity(), message(1, "？", 1).identity());
        assert_eq!(message(1, "？", 0).identity(), message(1, "？", 0).identity());
    }

    #[test]
    fn an_older_list_does_not_take_a_parcel_back() {
        let stored = shipment(Some(ShipmentState::Delivered), Some("顺丰"));
        let older = shipment(Some(ShipmentState::InTransit), None);
        assert_eq!(older.onto(stored.clone()), stored);
    }

    proptest! {
        #[test]
        fn the_same_record_again_adds_nothing(
            old in prop::option::of(prop::sample::select(ShipmentState::ALL)),
            new in prop::option::of(prop::sample::select(ShipmentState::ALL)),
            carrier in prop::option::of("[ab]"),
        ) {
            let incoming = shipment(new, carrier.as_deref());
            let once = incoming.clone().onto(shipment(old, None));
            prop_assert_eq!(incoming.onto(once.clone()), once);
        }
    }
}
