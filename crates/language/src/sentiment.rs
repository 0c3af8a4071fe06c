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
    /// In [-1, 1] to four decimals, positive when favourable; 0 when nothing is known.
    #[serde(serialize_with = "crate::score::serialize")]
    pub score: f32,
}
