//! What a review shows beside others of its shop.

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::review::{Rating, Verdict};
use pingxin_store::pattern::{PatternOther, StoredPattern};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::triage::BothLanguages;
use super::word;

/// Another review that shows the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatternReview {
    id: Uuid,
    /// Its first words, or its title; contacts masked.
    label: String,
    #[schema(value_type = Option<u8>, required = true)]
    rating: Option<Rating>,
    #[schema(value_type = Option<word::Verdict>, required = true)]
    verdict: Option<Verdict>,
    /// When it was written, else imported.
    at: Timestamp,
}

/// A finding that takes several reviews: a reason to look, never a verdict.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pattern {
    #[schema(value_type = word::PatternCode)]
    code: &'static str,
    /// When it was found.
    at: Timestamp,
    /// As it was then.
    why: BothLanguages,
    /// How many other reviews show it by now.
    others: u64,
    /// The newest twenty of them.
    reviews: Vec<PatternReview>,
}

impl From<PatternOther> for PatternReview {
    fn from(other: PatternOther) -> Self {
        Self {
            id: other.review.uuid(),
            label: other.label,
            rating: other.rating,
            verdict: other.verdict,
            at: other.at,
        }
    }
}

impl From<StoredPattern> for Pattern {
    fn from(pattern: StoredPattern) -> Self {
        Self {
            code: pattern.code.code(),
            at: pattern.at,
            why: pattern.why.into(),
            others: pattern.others,
            reviews: pattern.shown.into_iter().map(PatternReview::from).collect(),
        }
    }
}
