//! The ways that a shop can reach a buyer on its platform.

use crate::guard::Channel;
use crate::shop::Platform;

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
