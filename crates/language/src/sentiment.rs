//! How favourable a text is.

use serde::{Deserialize, Serialize};

crate::code::codes! {
    /// How favourable a review is on the whole.
    SentimentLabel ("sentiment") {
        /// It complains.
        Negative = "negative",
        /// Neither, or nothing to tell from.
        Neutral = "neutral",
        /// It praises.
        Positive = "positive",
        /// 褒贬都有: praise and complaint side by side.
        Mixed = "mixed",
    }
}

/// Label and strength.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Sentiment {
    /// What to show.
    pub label: SentimentLabel,
    /// In [-1, 1] to four decimals, positive when favourable; 0 when nothing is known. (1 + score) / 2 is the probability
    /// that a text read so is praise and no complaint (see the reliability curve of the model card).
    #[serde(serialize_with = "crate::score::serialize")]
    pub score: f32,
}

/// What the log odds of the model are multiplied with: its linear part and its clauses were learnt apart and agree on most
/// texts, so their sum is twice as sure as it is right. Measured on held-out fifths of the training parts.
pub(crate) const CALM: f32 = 0.5;

impl Sentiment {
    /// How strongly the words speak, in [-1, 1]: the score before it was made as sure as it is right. Rules compare this.
    #[must_use]
    pub fn strength(self) -> f32 {
        // With CALM a half the score is tanh(odds / 4), and this tanh(odds / 2).
        2.0 * self.score / (1.0 + self.score * self.score)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::probability;

    #[test]
    fn the_strength_is_what_the_log_odds_say_unmoderated() {
        for odds in [-6.0_f32, -1.5, 0.0, 0.4, 3.0] {
            let score = 2.0 * probability(CALM * odds) - 1.0;
            let strength = Sentiment { label: SentimentLabel::Neutral, score }.strength();
            assert!((strength - (2.0 * probability(odds) - 1.0)).abs() < 1e-4, "{odds}");
        }
    }
}
