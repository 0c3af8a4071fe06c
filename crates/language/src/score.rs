//! Scores are kept and written to four decimals; what lies beyond is noise of the arithmetic.

use serde::Serializer;

/// One over the smallest step of a score.
const STEPS: f32 = 10_000.0;

/// A score to four decimals.
#[must_use]
pub fn rounded(score: f32) -> f32 {
    // Adding nothing makes a plain 0 of -0.
    (score * STEPS).round() / STEPS + 0.0
}

/// Writes a score to four decimals, the same whether it goes to text or to a JSON value.
///
/// # Errors
/// What the serializer reports.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
pub(crate) fn serialize<S: Serializer>(score: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(f64::from((score * STEPS).round()) / f64::from(STEPS) + 0.0)
}

#[cfg(test)]
mod tests {
    use crate::{Sentiment, SentimentLabel};

    #[test]
    fn scores_are_written_without_noise() {
        for (score, written) in [(-0.902_732_85, "-0.9027"), (0.1, "0.1"), (1.0, "1.0"), (-0.000_01, "0.0")] {
            let sentiment = Sentiment { label: SentimentLabel::Neutral, score };
            let expected = format!("{{\"label\":\"neutral\",\"score\":{written}}}");
            assert_eq!(serde_json::to_string(&sentiment).unwrap(), expected);
            assert_eq!(serde_json::to_value(sentiment).unwrap().to_string(), expected);
            let back: Sentiment = serde_json::from_str(&expected).unwrap();
            assert_eq!(back.score, super::rounded(score));
        }
    }
}
