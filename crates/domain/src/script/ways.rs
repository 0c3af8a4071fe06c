//! The ways that a shop can reach a buyer on its platform.

use crate::guard::Channel;
use crate::shop::Platform;

/// The platform's own page of an order, where the buyer is written to; none where no such page is known. The seller has to be
/// signed in there.
#[must_use]
pub fn order_page(platform: Platform, number: &str) -> Option<String> {
    let number = number.trim();
    let is_plain = !number.is_empty()
        && number.len() <= 64
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_plain {
        return None;
    }
    match platform {
        Platform::Amazon(market) => {
            let site = match &market {
                b"us" => "sellercentral.amazon.com",
                b"ca" => "sellercentral.amazon.ca",
                b"jp" => "sellercentral.amazon.co.jp",
                b"uk" => "sellercentral.amazon.co.uk",
                b"de" => "sellercentral.amazon.de",
                _ => return None,
            };
            Some(format!("https://{site}/orders-v3/order/{number}"))
        }
        Platform::Taobao | Platform::Tmall => {
            Some(format!("https://trade.taobao.com/trade/detail/trade_item_detail.htm?bizOrderId={number}"))
        }
        Platform::Ebay => Some(format!("https://www.ebay.com/mesh/ord/details?orderid={number}")),
        Platform::Jd | Platform::AliExpress | Platform::Shopify | Platform::OwnShop => None,
    }
}

/// The ways in the order in which they are offered. Amazon and eBay want everything said in their own messages (AMZ-FM,
/// EB-POL); telephone and text messages go by the number of the order.
#[must_use]
pub fn ways(platform: Platform) -> &'static [Channel] {
    match platform {
        Platform::Amazon(_) | Platform::Ebay | Platform::AliExpress => {
            &[Channel::PlatformMessage, Channel::PublicReply]
        }
        Platform::Taobao | Platform::Tmall | Platform::Jd => &[
            Channel::Chat,
            Channel::PlatformMessage,
            Channel::PhoneScript,
            Channel::Sms,
            Channel::PublicReply,
        ],
        Platform::Shopify | Platform::OwnShop => &[
            Channel::Email,
            Channel::Chat,
            Channel::PlatformMessage,
            Channel::PhoneScript,
            Channel::Sms,
            Channel::PublicReply,
        ],
    }
}
