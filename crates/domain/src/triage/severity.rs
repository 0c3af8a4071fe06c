//! 紧急程度: how urgent a review is, 0 to 100, as a sum of parts that can be shown.
//!
//! | part | points |
//! |---|---|
//! | stars | 45, 36, 22, 8, 0 for 1 to 5 stars; 差评 40, 中评 22, 好评 0; without either 40 × how negative the words are |
//! | tone | 0–25: how negative the words are |
//! | cause | 3–12 by the primary cause, once the review complains |
//! | signals | 0–15: threat, extortion, personal data, abuse |
//! | reach | 0–10: pictures, and buyers who found it helpful |
//! | value | 0–5: what the order cost |
//! | product | 5 for one of the three products of the shop with the most reviews, 3 for one of the ten: those sell most |
//! | buyer | 0–5: bad reviews this buyer wrote before |
//! | followup | 3: a 追评 is written after the goods were used, and stands last |
//! | fresh | 5 in the first three days, 2 in the first fourteen: a buyer answered early still changes his mind |
//!
//! Parts other than stars and tone count only when the review complains: in its stars, its verdict or its words.
//! Fewer stars never lower the sum. When a person corrects what it says, [`corrected`] works the parts out again.

use jiff::{SignedDuration, Timestamp};
use pingxin_language::reading::Reading;
use pingxin_language::{Cause, Sentiment, SentimentLabel, Signal, SignalCode};
use serde::{Deserialize, Serialize};

use super::facts::ReviewFacts;
use crate::correction::Judgement;
use crate::money::Money;
use crate::review::{Rating, Verdict};
use crate::shop::Object;

/// The last place among the products of a shop that counts.
pub const MOST_RANK: u32 = 10;

/// What a share of the severity comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Stars or verdict.
    Stars,
    /// How negative the words are.
    Tone,
    /// What it complains of.
    Cause,
    /// Threat, extortion, personal data, abuse.
    Signals,
    /// How many people will look at it.
    Reach,
    /// What the order cost.
    Value,
    /// How much the product matters to the shop.
    Product,
    /// Bad reviews the buyer wrote before.
    Buyer,
    /// It is a 追评.
    Followup,
    /// It was written lately.
    Fresh,
}

impl Part {
    /// Every part, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Stars,
        Self::Tone,
        Self::Cause,
        Self::Signals,
        Self::Reach,
        Self::Value,
        Self::Product,
        Self::Buyer,
        Self::Followup,
        Self::Fresh,
    ];
}

/// One share of the severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeverityPart {
    /// What it comes from.
    pub part: Part,
    /// Points, 1 to 45.
    pub points: u8,
}

/// The sum, at most 100.
#[must_use]
pub fn total(parts: &[SeverityPart]) -> u8 {
    let sum: u32 = parts.iter().map(|part| u32::from(part.points)).sum();
    u8::try_from(sum.min(100)).unwrap_or(100)
}

/// Every part that has points, as of `now`.
pub(super) fn parts(facts: &ReviewFacts<'_>, reading: &Reading, now: Timestamp) -> Vec<SeverityPart> {
    let negative = negativity(reading.sentiment);
    let complains = complains((facts.rating, facts.verdict), reading.sentiment.label);
    let mut points = vec![
        (Part::Stars, stars((facts.rating, facts.verdict), negative)),
        (Part::Tone, share(negative, 25)),
    ];
    if complains {
        points.extend([
            (Part::Cause, reading.causes.first().map_or(3, |cause| gravity(cause.code))),
            (Part::Signals, signals(&reading.signals)),
            (Part::Reach, reach(facts)),
            (Part::Value, facts.order.amount.map_or(0, value)),
            (Part::Product, facts.product_rank.map_or(0, product)),
            (Part::Buyer, u8::try_from(facts.prior_bad.saturating_mul(2).min(5)).unwrap_or(5)),
            (Part::Followup, if facts.object == Some(Object::Followup) { 3 } else { 0 }),
            (Part::Fresh, facts.created.map_or(0, |created| fresh(created, now))),
        ]);
    }
    points.retain(|(_, points)| *points > 0);
    points.into_iter().map(|(part, points)| SeverityPart { part, points }).collect()
}

/// Stars and verdict, as far as the platform gives them.
pub type Stars = (Option<Rating>, Option<Verdict>);

/// The parts of a reading once people have said what the review says; `read` and `parts` are what the machine made of it.
/// What they left as it was keeps its points. A review in which the machine saw no complaint gets none for what else was
/// known then, such as pictures or the order's value: those were not kept.
#[must_use]
pub fn corrected(
    parts: &[SeverityPart],
    found: &[Signal],
    given: Stars,
    read: &Judgement,
    now: &Judgement,
) -> Vec<SeverityPart> {
    let had = |part| parts.iter().find(|found| found.part == part).map_or(0, |found| found.points);
    let same_tone = now.sentiment == read.sentiment;
    let negative = negativity(now.sentiment);
    let unrated = given == (None, None);
    let complained = parts.iter().any(|part| part.part == Part::Cause);
    let by_tone = if same_tone { complained } else { complains(given, now.sentiment.label) };
    let named = now.causes != read.causes && !now.causes.is_empty();
    let complains = by_tone || named;
    let points = |part| match part {
        Part::Stars if !same_tone && unrated => stars(given, negative),
        Part::Tone if !same_tone => share(negative, 25),
        Part::Stars | Part::Tone => had(part),
        _ if !complains => 0,
        Part::Cause => now.primary_cause().map_or(3, gravity),
        Part::Signals => signals(found),
        Part::Reach | Part::Value | Part::Product | Part::Buyer | Part::Followup | Part::Fresh => had(part),
    };
    let all = Part::ALL.map(|part| SeverityPart { part, points: points(part) });
    all.into_iter().filter(|part| part.points > 0).collect()
}

/// The parts once the product's place among those of its shop is known as well, in the order in which they are shown.
/// A review that does not complain has no part for it.
#[must_use]
pub fn with_product(mut parts: Vec<SeverityPart>, rank: u32) -> Vec<SeverityPart> {
    let points = product(rank);
    parts.retain(|found| found.part != Part::Product);
    if points > 0 && parts.iter().any(|found| found.part == Part::Cause) {
        parts.push(SeverityPart { part: Part::Product, points });
        parts.sort_unstable_by_key(|found| found.part);
    }
    parts
}

/// By the place among the products of the shop, from 1, that with the most reviews first.
fn product(rank: u32) -> u8 {
    match rank {
        1..=3 => 5,
        4..=MOST_RANK => 3,
        _ => 0,
    }
}

/// How negative the words are, 0 to 1.
fn negativity(sentiment: Sentiment) -> f32 {
    (-sentiment.strength()).clamp(0.0, 1.0)
}

/// Whether a review complains, in its stars, its verdict or its words.
fn complains((rating, verdict): Stars, label: SentimentLabel) -> bool {
    rating.is_some_and(Rating::is_bad_or_neutral)
        || matches!(verdict, Some(Verdict::Bad | Verdict::Neutral))
        || matches!(label, SentimentLabel::Negative | SentimentLabel::Mixed)
}

fn share(of_one: f32, most: u8) -> u8 {
    let points = (of_one * f32::from(most)).round();
    (0..=most).find(|&step| f32::from(step) >= points).unwrap_or(most)
}

fn stars((rating, verdict): Stars, negative: f32) -> u8 {
    match (rating.map(Rating::stars), verdict) {
        (Some(1), _) => 45,
        (Some(2), _) => 36,
        (Some(3), _) => 22,
        (Some(4), _) => 8,
        (Some(_), _) | (None, Some(Verdict::Good)) => 0,
        (None, Some(Verdict::Bad)) => 40,
        (None, Some(Verdict::Neutral)) => 22,
        (None, None) => share(negative, 40),
    }
}

/// What hurts people or the shop's licence weighs most, what is a matter of taste least.
fn gravity(cause: Cause) -> u8 {
    match cause {
        Cause::Authenticity => 12,
        Cause::Freshness => 10,
        Cause::Quality | Cause::Service => 9,
        Cause::Mismatch | Cause::WrongMissing => 8,
        Cause::DamagePackaging | Cause::Logistics => 7,
        Cause::SizeFit | Cause::Price => 5,
        Cause::Subjective | Cause::Other => 3,
    }
}

fn signals(signals: &[Signal]) -> u8 {
    let points = |code| match code {
        SignalCode::Threat | SignalCode::Extortion => 10,
        SignalCode::PersonalData => 8,
        SignalCode::Abuse => 6,
        SignalCode::RemedyDemand | SignalCode::SuspectedFake => 2,
        SignalCode::Competitor
        | SignalCode::Advertising
        | SignalCode::OffTopic
        | SignalCode::RatingTextMismatch => 0,
    };
    let mut seen: Vec<SignalCode> = signals.iter().map(|signal| signal.code).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.into_iter().map(points).sum::<u8>().min(15)
}

fn reach(facts: &ReviewFacts<'_>) -> u8 {
    let photos = if facts.photos > 0 { 2 + facts.photos.min(3) } else { 0 };
    let likes = if facts.likes > 0 { facts.likes.ilog2() + 1 } else { 0 };
    u8::try_from(photos.saturating_add(likes).min(10)).unwrap_or(10)
}

/// One point from about 100 CNY, five from about 1,600; amounts in other currencies by their usual magnitude.
fn value(amount: Money) -> u8 {
    let major = amount.minor.max(0) / 10_i64.pow(amount.currency.decimals());
    let about_cny = match amount.currency.as_str() {
        "CNY" => major,
        "JPY" | "RUB" | "INR" => major / 20,
        "KRW" | "IDR" | "VND" => major / 200,
        "MXN" | "BRL" | "HKD" | "TWD" | "THB" => major,
        _ => major.saturating_mul(7),
    };
    match about_cny {
        ..100 => 0,
        100..200 => 1,
        200..400 => 2,
        400..800 => 3,
        800..1600 => 4,
        1600.. => 5,
    }
}

fn fresh(created: Timestamp, now: Timestamp) -> u8 {
    let age = now.duration_since(created);
    if age > SignedDuration::from_hours(14 * 24) {
        0
    } else if age > SignedDuration::from_hours(3 * 24) {
        2
    } else {
        5
    }
}

#[cfg(test)]
mod tests {
    use pingxin_language::{Fault, Place, Span};

    use super::*;

    fn read(label: SentimentLabel, score: f32, causes: &[Cause]) -> Judgement {
        Judgement { causes: causes.to_vec(), sentiment: Sentiment { label, score }, fault: Fault::Unknown }
    }

    fn parts(points: &[(Part, u8)]) -> Vec<SeverityPart> {
        points.iter().map(|&(part, points)| SeverityPart { part, points }).collect()
    }

    #[test]
    fn what_is_not_corrected_keeps_its_points() {
        let was = parts(&[(Part::Stars, 45), (Part::Tone, 24), (Part::Cause, 9), (Part::Fresh, 5)]);
        let one_star = (Rating::try_from(1).ok(), None);
        let machine = read(SentimentLabel::Negative, -0.97, &[Cause::Quality]);
        assert_eq!(corrected(&was, &[], one_star, &machine, &machine), was);
        let taste = Judgement { causes: vec![Cause::Subjective], ..machine.clone() };
        let now = corrected(&was, &[], one_star, &machine, &taste);
        assert_eq!(now, parts(&[(Part::Stars, 45), (Part::Tone, 24), (Part::Cause, 3), (Part::Fresh, 5)]));
        assert_eq!(total(&now), total(&was) - 6);
    }

    #[test]
    fn praise_misread_as_a_complaint_is_urgent_no_more() {
        let was = parts(&[(Part::Stars, 38), (Part::Tone, 24), (Part::Cause, 9), (Part::Reach, 3)]);
        let machine = read(SentimentLabel::Negative, -0.95, &[Cause::Quality]);
        let praise = read(SentimentLabel::Positive, 1.0, &[]);
        assert_eq!(corrected(&was, &[], (None, None), &machine, &praise), []);
        let bad = (None, Some(Verdict::Bad));
        let left = corrected(&was, &[], bad, &machine, &praise);
        assert_eq!(
            left,
            parts(&[(Part::Stars, 38), (Part::Cause, 3), (Part::Reach, 3)]),
            "a bad verdict stays"
        );
    }

    #[test]
    fn a_complaint_misread_as_praise_becomes_urgent() {
        let machine = read(SentimentLabel::Positive, 0.9, &[]);
        let threat = Signal::new(SignalCode::Threat, None, Place::Text, vec![Span::new(0, 2)]);
        let complaint = read(SentimentLabel::Negative, -1.0, &[Cause::Authenticity]);
        let now = corrected(&[], &[threat], (None, None), &machine, &complaint);
        assert_eq!(
            now,
            parts(&[(Part::Stars, 40), (Part::Tone, 25), (Part::Cause, 12), (Part::Signals, 10)])
        );
        let named = Judgement { causes: vec![Cause::Price], ..machine.clone() };
        let five = (Rating::try_from(5).ok(), None);
        assert_eq!(corrected(&[], &[], five, &machine, &named), parts(&[(Part::Cause, 5)]));
    }
}
