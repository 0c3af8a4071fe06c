//! The answer, as the contract's `triage.removal` writes it.

use jiff::civil::Date;
use pingxin_language::{Place, Span};
use serde::{Deserialize, Serialize};

use crate::pack::{Grade, Outcome};
use crate::words::words;
use crate::{Say, Source};

words! {
    /// Whether a ground holds; a later one is better for the shop.
    Verdict {
        /// The pack has no ground for this platform and object.
        NoRule = "no_rule",
        /// No ground holds.
        NotEligible = "not_eligible",
        /// A ground would hold, but it is too late.
        Expired = "expired",
        /// A ground would hold if what is missing were there.
        NeedsEvidence = "needs_evidence",
        /// A ground holds on the facts given.
        Eligible = "eligible",
    }
}

/// Words that carry a ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where they stand.
    #[serde(rename = "in")]
    pub place: Place,
    /// The words.
    pub span: Span,
}

/// One ground and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroundFound {
    /// Its id, as the pack names it.
    pub ground: String,
    /// What the platform does when it holds.
    pub outcome: Outcome,
    /// Whether it holds.
    pub verdict: Verdict,
    /// The words that carry it, or that break it.
    pub evidence: Vec<Evidence>,
    /// What is missing, as codes.
    pub missing: Vec<String>,
    /// The last local day for the request; null when none is known.
    pub deadline: Option<Date>,
    /// Why.
    pub why: Say,
    /// Where the rule comes from.
    pub source: Vec<Source>,
    /// How well the rule is known.
    pub grade: Grade,
}

/// A reason to report a product review; not a removal, and never part of the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its code, such as `private_information`.
    pub reason: String,
    /// The words.
    pub evidence: Vec<Evidence>,
    /// Why.
    pub why: Say,
    /// Where the rule comes from.
    pub source: Vec<Source>,
}

/// Whether the platform removes a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// The best of its grounds.
    pub verdict: Verdict,
    /// Every ground of the pack for this object.
    pub grounds: Vec<GroundFound>,
    /// Reasons to report a product review.
    pub reports: Vec<Report>,
    /// Whether the pack is due to be looked at again.
    #[serde(default)]
    pub stale: bool,
}
