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
//! | buyer | 0–5: bad reviews this buyer wrote before |
//! | followup | 3: a 追评 is written after the goods were used, and stands last |
//! | fresh | 5 in the first three days, 2 in the first fourteen: a buyer answered early still changes his mind |
//!
//! Parts other than stars and tone count only when the review complains: in its stars, its verdict or its words.
//! Fewer stars never lower the sum.

use jiff::{SignedDuration, Timestamp};
use pingxin_language::reading::Reading;
use pingxin_language::{Cause, SentimentLabel, SignalCode};
use serde::{Deserialize, Serialize};

use super::facts::ReviewFacts;
use crate::money::Money;
use crate::review::Verdict;
use crate::shop::Object;

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
    /// Bad reviews the buyer wrote before.
    Buyer,
    /// It is a 追评.
    Followup,
    /// It was written lately.
    Fresh,
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
pub(super) fn total(parts: &[SeverityPart]) -> u8 {
    let sum: u32 = parts.iter().map(|part| u32::from(part.points)).sum();
    u8::try_from(sum.min(100)).unwrap_or(100)
}

/// Every part that has points, as of `now`.
pub(super) fn parts(facts: &ReviewFacts<'_>, reading: &Reading, now: Timestamp) -> Vec<SeverityPart> {
    let negative = (-reading.sentiment.score).clamp(0.0, 1.0);
    let complains = facts.rating.is_some_and(crate::review::Rating::is_bad_or_neutral)
        || matches!(facts.verdict, Some(Verdict::Bad | Verdict::Neutral))
        || matches!(reading.sentiment.label, SentimentLabel::Negative | SentimentLabel::Mixed);
    let mut points = vec![(Part::Stars, stars(facts, negative)), (Part::Tone, share(negative, 25))];
    if complains {
        points.extend([
            (Part::Cause, reading.causes.first().map_or(3, |cause| gravity(cause.code))),
            (Part::Signals, signals(reading)),
            (Part::Reach, reach(facts)),
            (Part::Value, facts.order.amount.map_or(0, value)),
            (Part::Buyer, u8::try_from(facts.prior_bad.saturating_mul(2).min(5)).unwrap_or(5)),
            (Part::Followup, if facts.object == Some(Object::Followup) { 3 } else { 0 }),
            (Part::Fresh, facts.created.map_or(0, |created| fresh(created, now))),
        ]);
    }
    points.retain(|(_, points)| *points > 0);
    points.into_iter().map(|(part, points)| SeverityPart { part, points }).collect()
}

fn share(of_one: f32, most: u8) -> u8 {
    let points = (of_one * f32::from(most)).round();
    (0..=most).find(|&step| f32::from(step) >= points).unwrap_or(most)
}

fn stars(facts: &ReviewFacts<'_>, negative: f32) -> u8 {
    match (facts.rating.map(crate::review::Rating::stars), facts.verdict) {
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

fn signals(reading: &Reading) -> u8 {
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
    let mut seen: Vec<SignalCode> = reading.signals.iter().map(|signal| signal.code).collect();
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
