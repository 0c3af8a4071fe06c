//! Stars, verdict and words are evidence of one thing; this weighs them against each other.

use pingxin_language::reading::Reading;
use pingxin_language::score::rounded;
use pingxin_language::{Expected, Place, Sentiment, SentimentLabel, Signal, SignalCode};

use super::facts::ReviewFacts;
use crate::review::Verdict;

/// Words this far from neutral say clearly what they mean (strength of the text model's answer).
const CLEAR: f32 = 0.85;
/// The words' say in log odds is capped: a long text is not a surer one.
const WORDS_CAP: f32 = 4.0;

/// What stars and words amount to.
pub(super) struct Weighed {
    pub sentiment: Sentiment,
    /// What the words alone say.
    pub words: Sentiment,
    pub mismatch: Option<Signal>,
}

/// The log odds that stars or verdict give to a favourable review.
fn prior(facts: &ReviewFacts<'_>) -> Option<f32> {
    match (facts.rating.map(crate::review::Rating::stars), facts.verdict) {
        (Some(1), _) => Some(-3.0),
        (Some(2), _) => Some(-2.2),
        (Some(3), _) => Some(-0.6),
        (Some(4), _) => Some(1.6),
        (Some(_), _) => Some(2.4),
        (None, Some(Verdict::Bad)) => Some(-2.6),
        (None, Some(Verdict::Neutral)) => Some(-0.6),
        (None, Some(Verdict::Good)) => Some(2.2),
        (None, None) => None,
    }
}

/// What stars or verdict let the reader expect.
pub(super) fn expected(facts: &ReviewFacts<'_>) -> Expected {
    match prior(facts) {
        None => Expected::Unknown,
        Some(odds) if odds < 0.0 => Expected::Complaint,
        Some(_) => Expected::Praise,
    }
}

/// Weighs the stars or the verdict, where given, against the words.
///
/// Clearly bad words win over many stars (五星垃圾); clearly kind words do not undo few stars, they make the
/// review mixed. Either is marked as `rating_text_mismatch`.
pub(super) fn weigh(facts: &ReviewFacts<'_>, reading: &Reading) -> Weighed {
    let words = reading.sentiment;
    let Some(prior) = prior(facts) else {
        return Weighed { sentiment: words, words, mismatch: None };
    };
    let odds = log_odds(words.strength()).clamp(-WORDS_CAP, WORDS_CAP) + prior;
    let score = (odds / 2.0).tanh();
    let clash = words.label != SentimentLabel::Mixed
        && ((prior >= 1.6 && words.strength() <= -CLEAR) || (prior <= -2.0 && words.strength() >= CLEAR));
    let label = if clash {
        if words.score < 0.0 { SentimentLabel::Negative } else { SentimentLabel::Mixed }
    } else if words.label == SentimentLabel::Mixed && prior.abs() < 2.0 {
        SentimentLabel::Mixed
    } else if prior.abs() < 1.0 && score.abs() < 0.8 {
        SentimentLabel::Neutral
    } else if score < 0.0 {
        SentimentLabel::Negative
    } else {
        SentimentLabel::Positive
    };
    let score = if label == SentimentLabel::Negative { score.min(-0.5) } else { score };
    let mismatch = clash.then(|| Signal::new(SignalCode::RatingTextMismatch, None, Place::Text, Vec::new()));
    Weighed { sentiment: Sentiment { label, score: rounded(score) }, words, mismatch }
}

fn log_odds(score: f32) -> f32 {
    let score = score.clamp(-0.999, 0.999);
    ((1.0 + score) / (1.0 - score)).ln()
}
