//! One line of input: the facts of one review.

use std::borrow::Cow;

use jiff::Timestamp;
use pingxin_domain::review::Verdict;
use pingxin_domain::triage::ReviewFacts;
use pingxin_domain::{Currency, Money, Object, Platform};
use serde::Deserialize;

use crate::command::lines::{Id, OBJECTS, known, moment, stars};

/// A review as the line gives it. Fields that triage does not use yet are ignored.
#[derive(Debug, Deserialize)]
pub(super) struct Line<'a> {
    #[serde(borrow)]
    pub id: Id<'a>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow, default)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    platform: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    object: Option<Cow<'a, str>>,
    #[serde(default)]
    rating: Option<f64>,
    #[serde(borrow, default)]
    verdict: Option<Cow<'a, str>>,
    #[serde(default, deserialize_with = "moment")]
    created: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment")]
    pub as_of: Option<Timestamp>,
    #[serde(default)]
    photos: Option<u32>,
    #[serde(default)]
    likes: Option<u32>,
    #[serde(default)]
    buyer: Option<Buyer>,
    #[serde(borrow, default)]
    order: Option<Order<'a>>,
}

#[derive(Debug, Deserialize)]
struct Buyer {
    #[serde(default)]
    prior_bad: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Order<'a> {
    #[serde(borrow, default)]
    amount: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    currency: Option<Cow<'a, str>>,
}

impl<'a> Line<'a> {
    /// The facts that it holds.
    ///
    /// # Errors
    /// A sentence that names the field whose value means nothing.
    pub(super) fn facts(&'a self) -> Result<ReviewFacts<'a>, String> {
        let rating = stars(self.rating)?;
        let verdict = known("verdict", self.verdict.as_deref(), "good, neutral, bad", Verdict::from_code)?;
        let object = known("object", self.object.as_deref(), OBJECTS, Object::from_code)?;
        Ok(ReviewFacts {
            object,
            rating,
            verdict,
            title: self.title.as_deref(),
            text: &self.text,
            created: self.created,
            photos: self.photos.unwrap_or(0),
            likes: self.likes.unwrap_or(0),
            prior_bad: self.buyer.as_ref().and_then(|buyer| buyer.prior_bad).unwrap_or(0),
            amount: self.amount()?,
        })
    }

    /// What the order cost; unknown when the currency is.
    fn amount(&self) -> Result<Option<Money>, String> {
        let Some(order) = &self.order else { return Ok(None) };
        let Some(amount) = &order.amount else { return Ok(None) };
        let by_platform = || {
            let platform: Option<Platform> = self.platform.as_deref().and_then(|code| code.parse().ok());
            platform.map(|platform| platform.default_currency().to_owned())
        };
        let Some(currency) = order.currency.as_deref().map(str::to_owned).or_else(by_platform) else {
            return Ok(None);
        };
        let currency: Currency =
            currency.parse().map_err(|_| format!("order.currency \"{currency}\" is no currency"))?;
        Money::parse(amount, currency).map(Some).map_err(|error| format!("order.amount: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts_of(json: &str) -> Result<String, String> {
        let line: Line<'_> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        line.facts().map(|facts| format!("{facts:?}"))
    }

    #[test]
    fn nulls_and_unknown_fields_are_fine() {
        let json = r#"{"id":7,"text":"差","rating":null,"order":null,"buyer":{"prior_bad":null},"created":null,"x":[1]}"#;
        assert!(facts_of(json).is_ok());
    }

    #[test]
    fn values_without_meaning_are_named() {
        let reason = |json| facts_of(json).unwrap_err();
        assert!(reason(r#"{"id":"a","text":"x","rating":6}"#).contains("rating 6"));
        assert!(reason(r#"{"id":"a","text":"x","rating":2.5}"#).contains("rating 2.5"));
        assert!(reason(r#"{"id":"a","text":"x","object":"song"}"#).contains("song"));
        assert!(reason(r#"{"id":"a","text":"x","created":"gestern"}"#).contains("gestern"));
        assert!(reason(r#"{"id":"a","text":null}"#).contains("null"));
        assert!(reason(r#"{"text":"x"}"#).contains("id"));
    }
}
