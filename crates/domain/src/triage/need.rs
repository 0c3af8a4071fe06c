//! Which reviews need a case, and why.

use pingxin_language::reading::CauseFound;
use pingxin_language::{Sentiment, SentimentLabel};
use serde::{Deserialize, Serialize};

use super::facts::ReviewFacts;
use crate::review::Verdict;
use crate::shop::Object;

/// Why a review needs a case; the first that holds, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseReason {
    /// Three stars or fewer.
    LowStars,
    /// 中评 or 差评.
    BadVerdict,
    /// A 追评 whose words complain, whatever its stars say.
    BadFollowup,
    /// High stars or a good verdict over clearly bad words (五星垃圾).
    PraiseClash,
    /// Bad words and neither stars nor verdict.
    NegativeText,
    /// A person saw a complaint in it that the reading did not.
    ByHand,
}

impl CaseReason {
    /// Every one there is.
    pub const ALL: [Self; 6] = [
        Self::LowStars,
        Self::BadVerdict,
        Self::BadFollowup,
        Self::PraiseClash,
        Self::NegativeText,
        Self::ByHand,
    ];

    /// The stable code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LowStars => "low_stars",
            Self::BadVerdict => "bad_verdict",
            Self::BadFollowup => "bad_followup",
            Self::PraiseClash => "praise_clash",
            Self::NegativeText => "negative_text",
            Self::ByHand => "by_hand",
        }
    }
}

/// Down to this strength words are bad even where they are shown as neutral or mixed.
const BAD: f32 = -0.3;
/// From this sureness on a cause is a plain complaint ("item never arrived").
const PLAIN_COMPLAINT: f32 = 0.8;
/// Below this strength, or where good and bad stand side by side, a text is not so kind that a plain complaint in it could be
/// an aside.
const NOT_KIND: f32 = 0.7;

/// Why this review needs a case, if it does: every bad or neutral one (差评, 中评) needs one.
///
/// `words` is what the words alone say, `whole` words and stars together. Without stars or verdict a matter-of-fact
/// complaint counts as bad words too: to miss one costs more than to look at one too many.
pub(super) fn reason(
    facts: &ReviewFacts<'_>,
    words: Sentiment,
    whole: Sentiment,
    causes: &[CauseFound],
) -> Option<CaseReason> {
    let is_kind = words.strength() >= NOT_KIND && words.label != SentimentLabel::Mixed;
    let plain_complaint = causes.iter().any(|cause| cause.score >= PLAIN_COMPLAINT) && !is_kind;
    let bad_words = words.label == SentimentLabel::Negative || words.strength() <= BAD || plain_complaint;
    if facts.rating.is_some_and(crate::review::Rating::is_bad_or_neutral) {
        Some(CaseReason::LowStars)
    } else if matches!(facts.verdict, Some(Verdict::Bad | Verdict::Neutral)) {
        Some(CaseReason::BadVerdict)
    } else if facts.object == Some(Object::Followup) && bad_words {
        Some(CaseReason::BadFollowup)
    } else if facts.rating.is_some() || facts.verdict.is_some() {
        (whole.label == SentimentLabel::Negative).then_some(CaseReason::PraiseClash)
    } else {
        bad_words.then_some(CaseReason::NegativeText)
    }
}
