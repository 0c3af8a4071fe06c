//! The same figures counted the slow and plain way, straight from the sentences of the contract.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::event::{Claim, Event, PlacedOrder, RatingEvent};
use super::ledger::Ledger;
use crate::review::{Rating, Verdict};
use crate::shop::Object;

const WINDOWS: [(&str, Option<i64>); 4] =
    [("30", Some(30)), ("90", Some(90)), ("365", Some(365)), ("lifetime", None)];

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_secs(days * 86_400)
}

fn inside(at: Timestamp, as_of: Timestamp, length: Option<i64>) -> bool {
    at <= as_of && length.is_none_or(|length| at > as_of - days(length))
}

/// Half up by the remainder of a division.
fn rounded(part: usize, total: usize) -> Value {
    if total == 0 {
        return Value::Null;
    }
    let (whole, rest) = (100 * part / total, 100 * part % total);
    json!(whole + usize::from(2 * rest >= total))
}

fn share(part: usize, total: usize) -> Value {
    if total == 0 { Value::Null } else { json!(part as f64 / total as f64) }
}

fn ratings<'a>(events: &'a [Event<'a>]) -> Vec<&'a RatingEvent<'a>> {
    events
        .iter()
        .filter_map(|event| if let Event::Rating(rating) = event { Some(rating) } else { None })
        .collect()
}

fn is_feedback(rating: &RatingEvent<'_>) -> bool {
    rating.object == Some(Object::SellerFeedback)
        && rating.rating.is_some()
        && !rating.removed
        && !rating.struck
}

fn stars(rating: &RatingEvent<'_>) -> u8 {
    rating.rating.map_or(0, Rating::stars)
}

fn percent_of(feedback: &[&RatingEvent<'_>]) -> Value {
    rounded(feedback.iter().filter(|rating| stars(rating) >= 4).count(), feedback.len())
}

fn least_positives(feedback: &[&RatingEvent<'_>], target: u64) -> u64 {
    let positive = feedback.iter().filter(|rating| stars(rating) >= 4).count();
    (0..)
        .find(|&more| {
            let shown = rounded(positive + more, feedback.len() + more);
            shown.as_u64().is_some_and(|shown| shown >= target)
        })
        .expect("a share comes as near to 1 as one likes") as u64
}

fn figures(events: &[Event<'_>], as_of: Timestamp) -> Value {
    let ratings = ratings(events);
    let feedback = |length| -> Vec<&RatingEvent<'_>> {
        ratings
            .iter()
            .copied()
            .filter(|rating| is_feedback(rating) && inside(rating.at, as_of, length))
            .collect()
    };
    let (mut by_window, mut verdicts) = (json!({}), json!({}));
    for (name, length) in WINDOWS {
        let counted = feedback(length);
        let of = |range: std::ops::RangeInclusive<u8>| {
            counted.iter().filter(|rating| range.contains(&stars(rating))).count()
        };
        let (positive, neutral, negative, total) = (of(4..=5), of(3..=3), of(1..=2), counted.len());
        by_window[name] = json!({
            "positive": positive, "neutral": neutral, "negative": negative, "total": total,
            "positive_percent": rounded(positive, total), "neutral_percent": rounded(neutral, total),
            "negative_percent": rounded(negative, total), "positive_rate": share(positive, total),
        });
        let given = |verdict| {
            let now = |rating: &&&RatingEvent<'_>| inside(rating.at, as_of, length);
            ratings.iter().filter(now).filter(|rating| rating.verdict == Some(verdict)).count()
        };
        let (good, neutral, bad) = (given(Verdict::Good), given(Verdict::Neutral), given(Verdict::Bad));
        let total = good + neutral + bad;
        verdicts[name] = json!({
            "good": good, "neutral": neutral, "bad": bad, "total": total, "good_rate": share(good, total),
        });
    }
    let orders: BTreeSet<&str> = events
        .iter()
        .filter_map(|event| match event {
            Event::Order(PlacedOrder { order, at }) if inside(*at, as_of, Some(60)) => Some(*order),
            _ => None,
        })
        .collect();
    let is_defective = |order: &&str| {
        events.iter().any(|event| match event {
            Event::Rating(rating) => {
                is_feedback(rating) && stars(rating) <= 2 && rating.at <= as_of && rating.order == Some(order)
            }
            Event::Claim(claim) => claim.counted && claim.at <= as_of && claim.order == *order,
            Event::Order(_) => false,
        })
    };
    let defective = orders.iter().copied().filter(is_defective).count();
    let meets = |defective: usize, orders: usize| (orders > 0).then(|| 100 * defective < orders);
    let spare = (0..=orders.len()).take_while(|more| 100 * (defective + more) < orders.len()).last();
    let good_needed = (0..).find(|more| 100 * defective < orders.len() + more).filter(|_| !orders.is_empty());

    let year = feedback(Some(365));
    let mut bad: Vec<_> = year.iter().copied().filter(|rating| stars(rating) <= 3).collect();
    bad.sort_by_key(|rating| rating.at);
    let without = |gone: &RatingEvent<'_>, all: &[&RatingEvent<'_>]| {
        percent_of(&all.iter().copied().filter(|rating| !std::ptr::eq(*rating, gone)).collect::<Vec<_>>())
    };
    let if_removed: Vec<_> = bad
        .iter()
        .map(|gone| json!({"at": gone.at, "order": gone.order, "positive_percent": without(gone, &year)}))
        .collect();
    let mut rolls: Vec<(Timestamp, i64, Value)> = Vec::new();
    for (name, length) in WINDOWS {
        let Some(length) = length else { continue };
        let counted = feedback(Some(length));
        for gone in bad.iter().filter(|rating| inside(rating.at, as_of, Some(length))) {
            let leaves = gone.at + days(length);
            assert!(!inside(gone.at, leaves, Some(length)));
            assert!(inside(gone.at, leaves - SignedDuration::from_nanos(1), Some(length)));
            let roll = json!({"window": name, "at": leaves, "positive_percent": without(gone, &counted),
                              "given": gone.at, "order": gone.order});
            rolls.push((leaves, length, roll));
        }
    }
    rolls.sort_by_key(|(at, length, _)| (*at, *length));
    json!({
        "as_of": as_of,
        "feedback": by_window,
        "verdicts": verdicts,
        "odr": {
            "defective": defective, "orders": orders.len(), "rate": share(defective, orders.len()), "limit": 0.01,
            "meets": meets(defective, orders.len()), "from": as_of - days(60), "to": as_of,
            "defects_to_spare": spare.unwrap_or(0), "good_orders_needed": good_needed.unwrap_or(0),
        },
        "what_if": {
            "positives_needed": {"95": least_positives(&year, 95), "98": least_positives(&year, 98)},
            "if_removed": if_removed,
            "rolls_off": rolls.into_iter().map(|(_, _, roll)| roll).collect::<Vec<_>>(),
            "if_next_order_is_bad": {
                "defective": defective + 1, "orders": orders.len() + 1,
                "rate": share(defective + 1, orders.len() + 1), "meets": meets(defective + 1, orders.len() + 1),
            },
        },
    })
}

const ORDERS: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

fn as_of() -> Timestamp {
    "2026-11-21T08:30:15.25Z".parse().unwrap()
}

/// Instants crowd at the edges of windows, where mistakes are made.
fn instant() -> impl Strategy<Value = Timestamp> {
    let near = (prop::sample::select(vec![0, 30, 60, 90, 365, 366, 1_000]), -2_i64..=2)
        .prop_map(|(back, nanos)| as_of() - days(back) + SignedDuration::from_nanos(nanos));
    let any = (-5_i64 * 86_400..500 * 86_400).prop_map(|back| as_of() - SignedDuration::from_secs(back));
    prop_oneof![near, any]
}

fn event() -> impl Strategy<Value = Event<'static>> {
    let order = prop::sample::select(ORDERS.to_vec());
    let object = prop::sample::select(vec![
        Some(Object::SellerFeedback),
        Some(Object::SellerFeedback),
        Some(Object::SellerFeedback),
        Some(Object::ProductReview),
        None,
    ]);
    let verdict = prop::option::of(prop::sample::select(vec![Verdict::Good, Verdict::Neutral, Verdict::Bad]));
    let rating = (
        instant(),
        object,
        prop::option::weighted(0.9, 1_u8..=5),
        verdict,
        prop::option::of(order.clone()),
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(at, object, stars, verdict, order, removed, struck)| {
            let rating = stars.and_then(|stars| Rating::try_from(stars).ok());
            Event::Rating(RatingEvent { object, at, rating, verdict, order, removed, struck })
        });
    let placed = (instant(), order.clone()).prop_map(|(at, order)| Event::Order(PlacedOrder { order, at }));
    let claim = (instant(), order, any::<bool>())
        .prop_map(|(at, order, counted)| Event::Claim(Claim { order, at, counted }));
    prop_oneof![4 => rating, 2 => placed, 1 => claim]
}

fn cases() -> u32 {
    if std::env::var_os("PINGXIN_NIGHT").is_some() { 100_000 } else { 500 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn the_figures_are_those_of_the_slow_way(events in prop::collection::vec(event(), 0..40), cut in 0_usize..40) {
        let (first, second) = events.split_at(cut.min(events.len()));
        let mut ledger = Ledger::new(as_of());
        let mut rest = Ledger::new(as_of());
        for (place, event) in (0..).zip(first) {
            ledger.add(event, place);
        }
        for (place, event) in (first.len() as u64..).zip(second) {
            rest.add(event, place);
        }
        // Which half is counted first must not matter.
        let whole = if cut % 2 == 0 {
            ledger.merge(rest);
            ledger
        } else {
            rest.merge(ledger);
            rest
        };
        prop_assert_eq!(serde_json::to_value(whole.figures()).unwrap(), figures(&events, as_of()));
    }
}

#[test]
fn the_examples_of_the_contract() {
    let mut ledger = Ledger::new(as_of());
    for (place, stars) in (0..).zip([5; 1001].iter().chain(&[3; 15]).chain(&[1; 4])) {
        let rating = RatingEvent {
            object: Some(Object::SellerFeedback),
            at: as_of() - days(7),
            rating: Rating::try_from(*stars).ok(),
            verdict: None,
            order: None,
            removed: false,
            struck: false,
        };
        ledger.add(&Event::Rating(rating), place);
    }
    let shown = serde_json::to_value(ledger.figures()).unwrap();
    let month = &shown["feedback"]["30"];
    assert_eq!(
        *month,
        json!({"positive": 1001, "neutral": 15, "negative": 4, "total": 1020, "positive_percent": 98,
               "neutral_percent": 1, "negative_percent": 0, "positive_rate": 0.981_372_549_019_607_8})
    );
    assert_eq!(shown["odr"]["meets"], Value::Null);
    assert_eq!(shown["odr"]["limit"], 0.01);
}
