//! One line of input: the facts of one review.

use std::borrow::Cow;

use jiff::Timestamp;
use pingxin_domain::Object;
use pingxin_domain::removal::{Held, Message};
use pingxin_domain::review::Verdict;
use pingxin_domain::triage::ReviewFacts;
use serde::Deserialize;

use crate::command::lines::{Id, OBJECTS, OrderLine, VERDICTS, known, moment, stars};

/// A review as the line gives it. Fields that triage does not use are ignored.
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
    #[serde(default)]
    product: Option<Product>,
    #[serde(borrow, default)]
    order: Option<OrderLine<'a>>,
    #[serde(borrow, default, deserialize_with = "conversation")]
    messages: Vec<Message<'a>>,
    #[serde(borrow, default)]
    facts: Option<HeldLine<'a>>,
}

#[derive(Debug, Deserialize)]
struct MessageLine<'a> {
    #[serde(borrow, default)]
    from: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
}

/// Every message keeps its place, so that `messages.N` names it; one without words is empty.
fn conversation<'de: 'a, 'a, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Message<'a>>, D::Error> {
    let lines = Option::<Vec<Option<MessageLine<'a>>>>::deserialize(deserializer)?.unwrap_or_default();
    let message = |line: Option<MessageLine<'a>>| {
        let (from, text) = line.map_or((None, None), |line| (line.from, line.text));
        Message { from_buyer: from.is_some_and(|from| from == "buyer"), text: text.unwrap_or_default() }
    };
    Ok(lines.into_iter().map(message).collect())
}

#[derive(Debug, Deserialize)]
struct HeldLine<'a> {
    #[serde(borrow, default)]
    chat_proof_id: Option<Cow<'a, str>>,
    #[serde(default)]
    buyer_is_competitor: Option<bool>,
    #[serde(default)]
    fraud_report: Option<bool>,
    #[serde(borrow, default)]
    pattern_of_ratings: Option<Cow<'a, str>>,
}

#[derive(Debug, Deserialize)]
struct Buyer {
    #[serde(default)]
    prior_bad: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Product {
    #[serde(default)]
    rank: Option<u32>,
}

impl<'a> Line<'a> {
    /// The facts that it holds.
    ///
    /// # Errors
    /// A sentence that names the field whose value means nothing.
    pub(super) fn facts(&'a self) -> Result<ReviewFacts<'a>, String> {
        let platform = self.platform.as_deref().and_then(|code| code.parse().ok());
        let rating = stars(self.rating)?;
        let verdict = known("verdict", self.verdict.as_deref(), VERDICTS, Verdict::from_code)?;
        let object = known("object", self.object.as_deref(), OBJECTS, Object::from_code)?;
        Ok(ReviewFacts {
            platform,
            object,
            rating,
            verdict,
            title: self.title.as_deref(),
            text: &self.text,
            created: self.created,
            photos: self.photos.unwrap_or(0),
            likes: self.likes.unwrap_or(0),
            prior_bad: self.buyer.as_ref().and_then(|buyer| buyer.prior_bad).unwrap_or(0),
            product_rank: self.product.as_ref().and_then(|product| product.rank),
            order: self.order.as_ref().map(|order| order.facts(platform)).transpose()?.unwrap_or_default(),
            held: self.held(),
        })
    }

    fn held(&'a self) -> Held<'a> {
        let facts = self.facts.as_ref();
        let said =
            |text: Option<&'a Cow<'a, str>>| text.map(|text| &**text).filter(|text| !text.trim().is_empty());
        Held {
            messages: &self.messages,
            has_chat_proof: said(facts.and_then(|facts| facts.chat_proof_id.as_ref())).is_some(),
            pattern_of_ratings: said(facts.and_then(|facts| facts.pattern_of_ratings.as_ref())),
            buyer_is_competitor: facts.and_then(|facts| facts.buyer_is_competitor),
            fraud_report: facts.and_then(|facts| facts.fraud_report),
        }
    }
}

#[cfg(test)]
mod tests {
    use pingxin_domain::order::{Fulfilment, OrderState};

    use super::*;
    use crate::command::lines::instant;

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
    fn the_facts_of_the_order_are_read() {
        let json = r#"{"id":1,"text":"慢","order":{"id":"112-1","placed":"2026-10-01","promised":"2026-10-05",
            "shipped":"2026-10-02T08:00:00+08:00","delivered":null,"state":"shipped","fulfilled_by":"amazon",
            "buy_shipping":false,"shipped_on_time":true,"both_rated":null,"amount":"9.90","currency":"USD"}}"#;
        let line: Line<'_> = serde_json::from_str(json).unwrap();
        let order = line.facts().unwrap().order;
        assert_eq!(order.shipped, instant("2026-10-02").ok());
        assert_eq!(order.promised, instant("2026-10-05").ok());
        assert_eq!((order.state, order.fulfilled_by), (Some(OrderState::Shipped), Some(Fulfilment::Amazon)));
        assert_eq!(
            (order.buy_shipping, order.shipped_on_time, order.both_rated),
            (Some(false), Some(true), None)
        );
        assert_eq!(order.amount.map(|amount| amount.minor), Some(990));
    }

    #[test]
    fn values_without_meaning_are_named() {
        let reason = |json| facts_of(json).unwrap_err();
        assert!(reason(r#"{"id":"a","text":"x","rating":6}"#).contains("rating 6"));
        assert!(reason(r#"{"id":"a","text":"x","rating":2.5}"#).contains("rating 2.5"));
        assert!(reason(r#"{"id":"a","text":"x","object":"song"}"#).contains("song"));
        assert!(reason(r#"{"id":"a","text":"x","created":"gestern"}"#).contains("gestern"));
        assert!(reason(r#"{"id":"a","text":"x","order":{"state":"lost"}}"#).contains("lost"));
        assert!(reason(r#"{"id":"a","text":null}"#).contains("null"));
        assert!(reason(r#"{"text":"x"}"#).contains("id"));
    }
}
