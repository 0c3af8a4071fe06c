//! Platforms, and the kinds of things buyers leave on them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where a shop stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Platform {
    /// Amazon, one marketplace, by its two letters (`us`, `uk`, `de` …).
    Amazon([u8; 2]),
    /// 淘宝
    Taobao,
    /// 天猫
    Tmall,
    /// eBay
    Ebay,
    /// AliExpress 速卖通
    AliExpress,
    /// 京东
    Jd,
    /// Shopify
    Shopify,
    /// The merchant's own site 独立站
    OwnShop,
}

/// A word that names no platform.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` is no platform; write one of amazon-us, taobao, tmall, ebay, aliexpress, jd, shopify, own-shop"
)]
pub struct UnknownPlatform(pub String);

impl Platform {
    /// Amazon's marketplace of the United States.
    pub const AMAZON_US: Self = Self::Amazon(*b"us");

    /// The code of the contract, such as `amazon-us` or `taobao`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Amazon([first, second]) => format!("amazon-{}{}", char::from(first), char::from(second)),
            Self::Taobao => "taobao".into(),
            Self::Tmall => "tmall".into(),
            Self::Ebay => "ebay".into(),
            Self::AliExpress => "aliexpress".into(),
            Self::Jd => "jd".into(),
            Self::Shopify => "shopify".into(),
            Self::OwnShop => "own-shop".into(),
        }
    }

    /// The zone its days and deadlines are counted in, as an IANA name, unless the shop says otherwise.
    #[must_use]
    pub fn default_timezone(self) -> &'static str {
        match self {
            Self::Taobao | Self::Tmall | Self::Jd => "Asia/Shanghai",
            Self::Amazon(market) => amazon_market(market).0,
            Self::AliExpress | Self::Ebay => "America/Los_Angeles",
            Self::Shopify | Self::OwnShop => "Asia/Shanghai",
        }
    }

    /// The currency amounts without a sign are in, unless the shop or the file says otherwise.
    #[must_use]
    pub fn default_currency(self) -> &'static str {
        match self {
            Self::Taobao | Self::Tmall | Self::Jd | Self::OwnShop => "CNY",
            Self::Amazon(market) => amazon_market(market).1,
            Self::AliExpress | Self::Ebay | Self::Shopify => "USD",
        }
    }

    /// What a plain "review" of a file is on this platform: Amazon tells feedback on the seller from reviews
    /// of the product; everywhere else it is a review.
    #[must_use]
    pub fn default_object(self) -> Object {
        match self {
            Self::Amazon(_) => Object::ProductReview,
            _ => Object::Review,
        }
    }
}

fn amazon_market(market: [u8; 2]) -> (&'static str, &'static str) {
    match &market {
        b"uk" => ("Europe/London", "GBP"),
        b"de" => ("Europe/Berlin", "EUR"),
        b"fr" => ("Europe/Paris", "EUR"),
        b"it" => ("Europe/Rome", "EUR"),
        b"es" => ("Europe/Madrid", "EUR"),
        b"jp" => ("Asia/Tokyo", "JPY"),
        b"ca" => ("America/Toronto", "CAD"),
        b"mx" => ("America/Mexico_City", "MXN"),
        b"au" => ("Australia/Sydney", "AUD"),
        b"br" => ("America/Sao_Paulo", "BRL"),
        _ => ("America/Los_Angeles", "USD"),
    }
}

impl FromStr for Platform {
    type Err = UnknownPlatform;

    fn from_str(text: &str) -> Result<Self, UnknownPlatform> {
        let code = text.trim().to_ascii_lowercase().replace('_', "-");
        if let Some(market) = code.strip_prefix("amazon-")
            && let [first, second] = market.as_bytes()
            && first.is_ascii_alphabetic()
            && second.is_ascii_alphabetic()
        {
            // ISO 3166 says GB; sellers and the packs say uk.
            return Ok(Self::Amazon(if market == "gb" { *b"uk" } else { [*first, *second] }));
        }
        match code.as_str() {
            "amazon" | "亚马逊" => Ok(Self::AMAZON_US),
            "taobao" | "淘宝" => Ok(Self::Taobao),
            "tmall" | "天猫" => Ok(Self::Tmall),
            "ebay" => Ok(Self::Ebay),
            "aliexpress" | "速卖通" => Ok(Self::AliExpress),
            "jd" | "京东" => Ok(Self::Jd),
            "shopify" => Ok(Self::Shopify),
            "own-shop" | "own" | "独立站" | "自营" => Ok(Self::OwnShop),
            _ => Err(UnknownPlatform(text.chars().take(40).collect())),
        }
    }
}

impl TryFrom<String> for Platform {
    type Error = UnknownPlatform;

    fn try_from(text: String) -> Result<Self, UnknownPlatform> {
        text.parse()
    }
}

impl From<Platform> for String {
    fn from(platform: Platform) -> Self {
        platform.code()
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.code())
    }
}

/// What a buyer left: the contract's objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Object {
    /// Feedback on the seller (Amazon).
    SellerFeedback,
    /// A review of the product (Amazon).
    ProductReview,
    /// A review (every other platform).
    Review,
    /// 追评, written after the first review.
    Followup,
}

impl Object {
    /// Every one there is.
    pub const ALL: [Self; 4] = [Self::SellerFeedback, Self::ProductReview, Self::Review, Self::Followup];

    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SellerFeedback => "seller_feedback",
            Self::ProductReview => "product_review",
            Self::Review => "review",
            Self::Followup => "followup",
        }
    }

    /// Reads a code or the words files use; `None` when the word names no object.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "seller_feedback" | "feedback" | "seller feedback" => Some(Self::SellerFeedback),
            "product_review" | "product review" => Some(Self::ProductReview),
            "review" | "评价" | "初评" | "首评" => Some(Self::Review),
            "followup" | "follow-up" | "追评" | "追加评价" => Some(Self::Followup),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        for code in
            ["amazon-us", "amazon-de", "taobao", "tmall", "ebay", "aliexpress", "jd", "shopify", "own-shop"]
        {
            assert_eq!(code.parse::<Platform>().unwrap().code(), code);
        }
        for object in Object::ALL {
            assert_eq!(Object::from_code(object.code()), Some(object));
        }
    }

    #[test]
    fn reads_what_people_write() {
        assert_eq!("淘宝".parse::<Platform>(), Ok(Platform::Taobao));
        assert_eq!("Amazon_GB".parse::<Platform>().unwrap().code(), "amazon-uk");
        assert!("amazon-usa".parse::<Platform>().is_err());
        assert!("".parse::<Platform>().is_err());
    }
}
