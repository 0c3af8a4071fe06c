//! The fields a column of a file can be mapped to.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// A field of a review, an order or a record, as `--map` names it (`text=评价内容`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field {
            $($(#[$doc])* $name,)+
        }

        impl Field {
            /// Every field there is.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name used by `--map`, profiles and the API.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

fields! {
    /// The platform's own id of the review.
    ReviewId = "review_id",
    /// review, followup, seller_feedback or product_review.
    Object = "object",
    /// The words of the review.
    Text = "text",
    /// Its title.
    Title = "title",
    /// Stars.
    Rating = "rating",
    /// 好评/中评/差评.
    Verdict = "verdict",
    /// When the buyer wrote it.
    Created = "created",
    /// Words added later 追评; a review of its own.
    FollowupText = "followup_text",
    /// When the follow-up was written.
    FollowupCreated = "followup_created",
    /// Number of photos, or their links.
    Photos = "photos",
    /// How many found it helpful.
    Likes = "likes",
    /// The shop's public reply.
    Reply = "reply",
    /// Order number.
    OrderNumber = "order_number",
    /// Sub-order or line id 子订单编号.
    OrderLine = "order_line",
    /// Order state.
    OrderState = "order_state",
    /// When it was placed.
    Placed = "placed",
    /// When it was paid.
    Paid = "paid",
    /// Promised or estimated delivery.
    Promised = "promised",
    /// When it was sent.
    Shipped = "shipped",
    /// When it arrived.
    Delivered = "delivered",
    /// When it was completed.
    Completed = "completed",
    /// What the buyer paid in all.
    Amount = "amount",
    /// Currency of the amounts.
    Currency = "currency",
    /// Who sends it.
    FulfilledBy = "fulfilled_by",
    /// Sent with Amazon Buy Shipping: yes or no.
    BuyShipping = "buy_shipping",
    /// Sent within the promised handling time: yes or no.
    ShippedOnTime = "shipped_on_time",
    /// Both sides have rated (Taobao): yes or no.
    BothRated = "both_rated",
    /// Carrier.
    Carrier = "carrier",
    /// Tracking number.
    TrackingNumber = "tracking_number",
    /// The platform's id of the product.
    ProductKey = "product_key",
    /// Product title.
    ProductTitle = "product_title",
    /// The merchant's stock-keeping unit.
    Sku = "sku",
    /// How many.
    Quantity = "quantity",
    /// Price of one.
    Price = "price",
    /// Price of all units of the line.
    LineTotal = "line_total",
    /// Buyer's nick.
    BuyerNick = "buyer_nick",
    /// Buyer's or receiver's name.
    BuyerName = "buyer_name",
    /// Phone.
    BuyerPhone = "buyer_phone",
    /// E-mail.
    BuyerEmail = "buyer_email",
    /// Address.
    BuyerAddress = "buyer_address",
    /// Province, state or country.
    Region = "region",
    /// Links of videos.
    Videos = "videos",
    /// Our own id of a review, as our exports write it.
    PingxinId = "pingxin_id",
    /// How far a parcel has come.
    ShipmentState = "shipment_state",
    /// When a parcel was seen at a station.
    TraceAt = "trace_at",
    /// What was said of it there.
    TraceText = "trace_text",
    /// The platform's id of a refund or return 退款编号.
    AfterSaleId = "after_sale_id",
    /// Refund, return, exchange, reshipment, repair.
    AfterSaleKind = "after_sale_kind",
    /// How far it has come.
    AfterSaleState = "after_sale_state",
    /// Why, as chosen from the platform's list.
    Reason = "reason",
    /// Why, in the buyer's own words.
    Explanation = "explanation",
    /// What came back in what state (Amazon's detailed disposition).
    Disposition = "disposition",
    /// Money given back.
    RefundAmount = "refund_amount",
    /// When the buyer asked.
    Requested = "requested",
    /// When it was settled.
    Resolved = "resolved",
    /// When a chat message was sent.
    SaidAt = "said_at",
    /// Who sent it: nick or account.
    SaidBy = "said_by",
    /// Its words.
    SaidText = "said_text",
    /// buyer, seller or system.
    SaidSide = "said_side",
    /// When a call was made.
    CalledAt = "called_at",
    /// Out or in.
    CallDirection = "call_direction",
    /// How it ended.
    CallResult = "call_result",
    /// How long it lasted: seconds, or h:mm:ss.
    CallSeconds = "call_seconds",
    /// What was agreed.
    CallNote = "call_note",
    /// Who of the team made it.
    Agent = "agent",
    /// Name of a figure that a platform shows.
    FigureName = "figure_name",
    /// Its value.
    FigureValue = "figure_value",
    /// The day it was shown.
    FigureAt = "figure_at",
}

impl Field {
    /// Whether the field belongs to an order itself (its number alone does not make a row an order).
    #[must_use]
    pub fn tells_of_order(self) -> bool {
        matches!(
            self,
            Self::OrderState
                | Self::Placed
                | Self::Paid
                | Self::Promised
                | Self::Shipped
                | Self::Delivered
                | Self::Completed
                | Self::Amount
                | Self::FulfilledBy
                | Self::BuyShipping
                | Self::ShippedOnTime
                | Self::BothRated
                | Self::TrackingNumber
                | Self::Quantity
                | Self::Price
                | Self::LineTotal
        )
    }

    /// Whether the field is the content of a review.
    #[must_use]
    pub fn tells_of_review(self) -> bool {
        matches!(self, Self::Text | Self::Rating | Self::Verdict | Self::ReviewId | Self::FollowupText)
    }
}

/// A word that names no field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no field; `pingxin import --help` lists them")]
pub struct UnknownField(pub String);

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, UnknownField> {
        let code = text.trim();
        Self::ALL
            .iter()
            .copied()
            .find(|field| field.code() == code)
            .ok_or_else(|| UnknownField(code.to_owned()))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_is_the_one_in_json() {
        for field in Field::ALL {
            assert_eq!(field.code().parse(), Ok(*field));
            assert_eq!(serde_json::to_string(field).unwrap(), format!("\"{field}\""));
        }
        assert!("colour".parse::<Field>().is_err());
    }
}
