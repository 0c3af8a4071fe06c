//! A contact with a buyer that may be made, and the channels of contacts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::intake::codes;
use crate::say::Say;

codes! {
    /// By what a buyer is contacted.
    ContactChannel {
        /// The platform's own messages (旺旺, Buyer-Seller Messaging).
        PlatformMessage = "platform_message" | "wangwang" | "旺旺" | "buyer_seller_messaging",
        /// A call.
        Phone = "phone" | "call" | "电话",
        /// 短信
        Sms = "sms" | "短信",
        /// E-mail.
        Email = "email" | "邮件",
        /// A chat of the shop's own site.
        Chat = "chat" | "在线客服",
    }
}

/// A contact that may be made between two instants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// By what.
    pub channel: ContactChannel,
    /// From when.
    pub from: Timestamp,
    /// Until when, not included.
    pub to: Timestamp,
    /// The day of the case, 1 for the buyer's local date on which it was found.
    pub day: u8,
    /// Why then, and what for.
    pub why: Say,
    /// A part of that time in which it is better left, with the reason; it warns and forbids nothing.
    pub warning: Option<Say>,
}
