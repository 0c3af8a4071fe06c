//! Typed rows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::records::IncomingRecord;
use crate::identifiers::ReviewId;
use crate::media::MediaName;
use crate::money::Money;
use crate::order::{Fulfilment, OrderState};
use crate::review::{Rating, Verdict};
use crate::shop::Object;

/// A buyer as a row shows him; every field may be masked by the platform or absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingBuyer {
    /// Nick or account.
    pub nick: Option<String>,
    /// Name of buyer or receiver.
    pub name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Province, state or country; not sealed.
    pub region: Option<String>,
}

impl IncomingBuyer {
    /// Whether the row says anything that could tell this buyer from another.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.nick.is_some() || self.name.is_some() || self.phone.is_some() || self.email.is_some()
    }

    /// Whether all that is known is a nick that the platform has masked: `t**1` is many people.
    #[must_use]
    pub fn is_only_a_masked_nick(&self) -> bool {
        let nothing_else = self.name.is_none() && self.phone.is_none() && self.email.is_none();
        nothing_else && self.nick.as_deref().is_some_and(|nick| nick.contains('*'))
    }
}

/// A review as a row gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingReview {
    /// The platform's own id.
    pub platform_review_id: Option<String>,
    /// What it is.
    pub object: Object,
    /// Order it belongs to.
    pub order_number: Option<String>,
    /// Line of that order.
    pub order_line: Option<String>,
    /// The platform's id of the product.
    pub product_key: Option<String>,
    /// Product title.
    pub product_title: Option<String>,
    /// Stars.
    pub rating: Option<Rating>,
    /// 好中差
    pub verdict: Option<Verdict>,
    /// Title.
    pub title: Option<String>,
    /// Words; empty for a review of stars alone.
    pub text: String,
    /// When the buyer wrote it.
    pub created: Option<Timestamp>,
    /// Photos and videos shown with it.
    pub photos: u32,
    /// Their links or file names, as far as the row names them.
    pub media: Vec<MediaName>,
    /// How many found it helpful.
    pub likes: Option<u32>,
    /// The shop's public reply as the platform shows it.
    pub reply: Option<String>,
    /// Who wrote it.
    pub buyer: IncomingBuyer,
    /// Our own id of it, where the file is one of our exports.
    pub pingxin_id: Option<ReviewId>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingLine {
    /// The platform's id of the line, else product or sku, else empty: what tells lines of one order apart.
    pub key: String,
    /// Merchant's stock-keeping unit.
    pub sku: Option<String>,
    /// The platform's id of the product.
    pub product_key: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// How many; at least 1.
    pub quantity: u32,
    /// Price of one.
    pub price: Option<Money>,
}

/// An order as a row gives it; absent facts are unknown, not false.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingOrder {
    /// Order number.
    pub number: String,
    /// How far it has come.
    pub state: Option<OrderState>,
    /// Placed.
    pub placed: Option<Timestamp>,
    /// Paid.
    pub paid: Option<Timestamp>,
    /// Promised or estimated delivery.
    pub promised: Option<Timestamp>,
    /// Sent.
    pub shipped: Option<Timestamp>,
    /// Arrived.
    pub delivered: Option<Timestamp>,
    /// Completed.
    pub completed: Option<Timestamp>,
    /// What the buyer paid in all.
    pub amount: Option<Money>,
    /// Who sends it.
    pub fulfilled_by: Option<Fulfilment>,
    /// Sent with Amazon Buy Shipping.
    pub buy_shipping: Option<bool>,
    /// Sent within the promised handling time.
    pub shipped_on_time: Option<bool>,
    /// Both sides have rated (Taobao).
    pub both_rated: Option<bool>,
    /// Carrier.
    pub carrier: Option<String>,
    /// Tracking number.
    pub tracking_number: Option<String>,
    /// Who ordered.
    pub buyer: IncomingBuyer,
    /// The line this row tells of, if any.
    pub lines: Vec<IncomingLine>,
}

/// One row, typed: an order, reviews (a review and its follow-up), records of other kinds, or several of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomingRow {
    /// Line of the file where the row begins, from 1; row number of the sheet in xlsx.
    pub line: u64,
    /// The order it tells of.
    pub order: Option<IncomingOrder>,
    /// The reviews it tells of; mostly one.
    pub reviews: Vec<IncomingReview>,
    /// What else it tells of.
    pub records: Vec<IncomingRecord>,
    /// The cells as they stood, column by column; kept sealed for 30 days.
    pub raw: Vec<(String, String)>,
}
