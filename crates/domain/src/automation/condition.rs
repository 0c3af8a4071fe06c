//! What a rule asks of a case and its review.

use std::collections::BTreeSet;

use pingxin_language::{Cause, Fault, Language, SentimentLabel};
use serde::{Deserialize, Serialize};

use super::RuleRefused;
use crate::identifiers::{ProductId, ShopId, TagId};
use crate::money::{Currency, Money};
use crate::words::words;
use crate::{Object, Platform};

/// Most values that a condition names.
pub const VALUE_LIMIT: usize = 50;
/// Longest text that is looked for, in characters.
const WORD_LIMIT: usize = 60;

words! {
    /// Whether somebody has the case.
    Handler {
        /// Nobody.
        None = "none",
        /// Somebody.
        Someone = "someone",
    }
}

/// One condition. What is unknown of a case meets no condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum Condition {
    /// Its shop is one of these.
    Shop {
        /// The shops.
        any_of: Vec<ShopId>,
    },
    /// Its platform is one of these.
    Platform {
        /// The platforms.
        any_of: Vec<Platform>,
    },
    /// Its review has so many stars.
    Stars {
        /// 1 to 5.
        from: u8,
        /// 1 to 5.
        to: u8,
    },
    /// Its main cause is one of these.
    Cause {
        /// The causes.
        any_of: Vec<Cause>,
    },
    /// The fault is with one of these.
    Fault {
        /// The faults.
        any_of: Vec<Fault>,
    },
    /// Its review is in this mood.
    Sentiment {
        /// The moods.
        any_of: Vec<SentimentLabel>,
    },
    /// Its review is written in one of these languages.
    Language {
        /// The languages.
        any_of: Vec<Language>,
    },
    /// It is so severe.
    Severity {
        /// 0 to 100.
        from: u8,
        /// 0 to 100.
        to: u8,
    },
    /// It is about one of these.
    Object {
        /// The kinds.
        any_of: Vec<Object>,
    },
    /// It has one of these tags.
    Tag {
        /// The tags.
        any_of: Vec<TagId>,
    },
    /// Somebody has it, or nobody.
    Handler {
        /// Which.
        is: Handler,
    },
    /// Its order cost so much, in minor units of one currency.
    OrderValue {
        /// The currency; an order in another does not meet it.
        currency: Currency,
        /// At least.
        from: i64,
        /// At most; none is any.
        to: Option<i64>,
    },
    /// It is about one of these products.
    Product {
        /// The products.
        any_of: Vec<ProductId>,
    },
    /// Its review says one of these, whatever the case of its letters.
    Text {
        /// The words.
        any_of: Vec<String>,
    },
}

/// What is known of a case, or of a review without one, when a rule looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its shop.
    pub shop: ShopId,
    /// Where the shop stands.
    pub platform: Platform,
    /// Stars of the review.
    pub stars: Option<u8>,
    /// Its main cause.
    pub cause: Option<Cause>,
    /// Whose fault.
    pub fault: Option<Fault>,
    /// Its mood.
    pub sentiment: Option<SentimentLabel>,
    /// Its language.
    pub language: Option<Language>,
    /// 0 to 100.
    pub severity: u8,
    /// What the buyer left.
    pub object: Option<Object>,
    /// Its tags.
    pub tags: BTreeSet<TagId>,
    /// Whether somebody has the case.
    pub has_handler: bool,
    /// What its order cost.
    pub order_value: Option<Money>,
    /// Its product.
    pub product: Option<ProductId>,
    /// Title and words of the review.
    pub words: String,
}

impl Condition {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`RuleRefused`].
    pub fn check(&self) -> Result<(), RuleRefused> {
        let values = |many: usize| {
            if (1..=VALUE_LIMIT).contains(&many) { Ok(()) } else { Err(RuleRefused::Values) }
        };
        let range = |fits: bool| if fits { Ok(()) } else { Err(RuleRefused::Range) };
        match self {
            Self::Shop { any_of } => values(any_of.len()),
            Self::Platform { any_of } => values(any_of.len()),
            Self::Cause { any_of } => values(any_of.len()),
            Self::Fault { any_of } => values(any_of.len()),
            Self::Sentiment { any_of } => values(any_of.len()),
            Self::Language { any_of } => values(any_of.len()),
            Self::Object { any_of } => values(any_of.len()),
            Self::Tag { any_of } => values(any_of.len()),
            Self::Product { any_of } => values(any_of.len()),
            Self::Text { any_of } => {
                values(any_of.len())?;
                let fits = |word: &String| (1..=WORD_LIMIT).contains(&word.trim().chars().count());
                if any_of.iter().all(fits) { Ok(()) } else { Err(RuleRefused::Values) }
            }
            Self::Stars { from, to } => range(1 <= *from && from <= to && *to <= 5),
            Self::Severity { from, to } => range(from <= to && *to <= 100),
            Self::OrderValue { from, to, .. } => range(*from >= 0 && to.is_none_or(|to| *from <= to)),
            Self::Handler { .. } => Ok(()),
        }
    }

    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, seen: &Seen) -> bool {
        match self {
            Self::Shop { any_of } => any_of.contains(&seen.shop),
            Self::Platform { any_of } => any_of.contains(&seen.platform),
            Self::Stars { from, to } => seen.stars.is_some_and(|stars| (*from..=*to).contains(&stars)),
            Self::Cause { any_of } => seen.cause.is_some_and(|cause| any_of.contains(&cause)),
            Self::Fault { any_of } => seen.fault.is_some_and(|fault| any_of.contains(&fault)),
            Self::Sentiment { any_of } => seen.sentiment.is_some_and(|mood| any_of.contains(&mood)),
            Self::Language { any_of } => seen.language.is_some_and(|language| any_of.contains(&language)),
            Self::Severity { from, to } => (*from..=*to).contains(&seen.severity),
            Self::Object { any_of } => seen.object.is_some_and(|object| any_of.contains(&object)),
            Self::Tag { any_of } => any_of.iter().any(|tag| seen.tags.contains(tag)),
            Self::Handler { is } => seen.has_handler == (*is == Handler::Someone),
            Self::OrderValue { currency, from, to } => seen.order_value.is_some_and(|value| {
                value.currency == *currency && value.minor >= *from && to.is_none_or(|to| value.minor <= to)
            }),
            Self::Product { any_of } => seen.product.is_some_and(|product| any_of.contains(&product)),
            Self::Text { any_of } => {
                let words = seen.words.to_lowercase();
                any_of.iter().any(|word| words.contains(word.trim().to_lowercase().as_str()))
            }
        }
    }
}
