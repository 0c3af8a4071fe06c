//! One line of input: something that happened to a shop.

use std::borrow::Cow;

use jiff::Timestamp;
use pingxin_domain::Object;
use pingxin_domain::rating::{Claim, Event, Ledger, PlacedOrder, RatingEvent};
use pingxin_domain::review::Verdict;
use serde::Deserialize;

use crate::command::lines::{self, OBJECTS, Refused, VERDICTS, known, moment, stars};

/// An event as the line gives it; which fields it needs depends on its kind.
#[derive(Debug, Deserialize)]
struct Line<'a> {
    #[serde(borrow, default)]
    kind: Option<Cow<'a, str>>,
    #[serde(default, deserialize_with = "moment")]
    at: Option<Timestamp>,
    #[serde(borrow, default)]
    order: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    object: Option<Cow<'a, str>>,
    #[serde(default)]
    rating: Option<f64>,
    #[serde(borrow, default)]
    verdict: Option<Cow<'a, str>>,
    #[serde(default)]
    removed: Option<bool>,
    #[serde(default)]
    struck: Option<bool>,
    #[serde(borrow, default, rename = "type")]
    claim: Option<Cow<'a, str>>,
    #[serde(default)]
    counted: Option<bool>,
}

/// Counts the event of a line; `place` is its place among all lines.
///
/// # Errors
/// [`Refused`] when it is no JSON object, or a field that its kind needs is missing or means nothing.
pub(super) fn count(line: &[u8], place: u64, ledger: &mut Ledger) -> Result<(), Refused> {
    let line: Line<'_> = lines::read(line, "event")?;
    ledger.add(&line.event().map_err(Refused::field)?, place);
    Ok(())
}

impl Line<'_> {
    fn event(&self) -> Result<Event<'_>, String> {
        let kind = self.kind.as_deref().ok_or("kind is missing; write rating, order or claim")?;
        let kinds = ["rating", "order", "claim"];
        known("kind", Some(kind), &kinds, |kind| kinds.contains(&kind).then_some(()))?;
        let at = self.at.ok_or_else(|| format!("at is missing: when the {kind} was made"))?;
        let order =
            || self.order.as_deref().ok_or_else(|| format!("order is missing: the {kind} needs its number"));
        match kind {
            "rating" => self.rating(at).map(Event::Rating),
            "order" => Ok(Event::Order(PlacedOrder { order: order()?, at })),
            _ => {
                let types = ["a_to_z", "chargeback"];
                known("type", self.claim.as_deref(), &types, |claim| types.contains(&claim).then_some(()))?;
                // Not known to count is not counted: the rate never says more than the files do.
                Ok(Event::Claim(Claim { order: order()?, at, counted: self.counted == Some(true) }))
            }
        }
    }

    fn rating(&self, at: Timestamp) -> Result<RatingEvent<'_>, String> {
        let object = known("object", self.object.as_deref(), OBJECTS, Object::from_code)?;
        let rating = stars(self.rating)?;
        let verdict = known("verdict", self.verdict.as_deref(), VERDICTS, Verdict::from_code)?;
        if rating.is_none() && verdict.is_none() {
            return Err("rating and verdict are both missing; a rating needs one of them".into());
        }
        Ok(RatingEvent {
            object,
            at,
            rating,
            verdict,
            order: self.order.as_deref(),
            removed: self.removed == Some(true),
            struck: self.struck == Some(true),
        })
    }
}

#[cfg(test)]
mod tests {
    use pingxin_domain::rating::Window;

    use super::*;

    fn ledger() -> Ledger {
        Ledger::new("2026-11-01T00:00:00Z".parse().unwrap())
    }

    fn refused(line: &str) -> String {
        count(line.as_bytes(), 1, &mut ledger()).unwrap_err().message
    }

    #[test]
    fn events_are_counted_and_nulls_and_unknown_fields_are_fine() {
        let mut ledger = ledger();
        for line in [
            r#"{"kind":"rating","platform":"amazon-us","object":"seller_feedback","at":"2026-10-30","rating":1,"verdict":null,"order":"1","removed":null,"struck":false,"x":[]}"#,
            r#"{"kind":"rating","at":"2026-10-30T10:00:00+08:00","verdict":"POSITIVE"}"#,
            r#"{"kind":"order","at":"2026-09-28","order":"1"}"#,
            r#"{"kind":"claim","at":"2026-09-29","order":"2","type":null,"counted":null}"#,
            r#"{"kind":"order","at":"2026-09-28","order":"2"}"#,
        ] {
            count(line.as_bytes(), 1, &mut ledger).unwrap();
        }
        assert_eq!(ledger.feedback(Window::Days30).negative, 1);
        assert_eq!(ledger.verdicts(Window::Days30).good, 1);
        let odr = ledger.order_defects();
        assert_eq!((odr.defective, odr.orders), (1, 2));
    }

    #[test]
    fn what_is_missing_or_means_nothing_is_named() {
        for (line, word) in [
            (r#"{"at":"2026-10-30"}"#, "kind is missing"),
            (r#"{"kind":"song","at":"2026-10-30"}"#, "song"),
            (r#"{"kind":"rating","rating":5}"#, "at is missing"),
            (r#"{"kind":"rating","rating":5,"at":"gestern"}"#, "gestern"),
            (r#"{"kind":"rating","rating":6,"at":"2026-10-30"}"#, "rating 6"),
            (r#"{"kind":"rating","rating":4.5,"at":"2026-10-30"}"#, "rating 4.5"),
            (r#"{"kind":"rating","at":"2026-10-30"}"#, "both missing"),
            (r#"{"kind":"rating","rating":5,"object":"song","at":"2026-10-30"}"#, "song"),
            (r#"{"kind":"rating","verdict":"song","at":"2026-10-30"}"#, "song"),
            (r#"{"kind":"order","at":"2026-10-30"}"#, "order is missing"),
            (r#"{"kind":"claim","at":"2026-10-30","counted":true}"#, "order is missing"),
            (r#"{"kind":"claim","order":"1","at":"2026-10-30","type":"song"}"#, "song"),
            ("[1]", "no JSON object"),
            ("", "no JSON object"),
        ] {
            assert!(refused(line).contains(word), "{line}: {}", refused(line));
        }
    }
}
