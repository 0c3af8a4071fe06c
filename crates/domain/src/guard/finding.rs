//! What the guard says of a text.

use pingxin_language::Span;
use serde::{Deserialize, Serialize};

use super::draft::{Channel, Draft};
use super::rule::Rule;
use super::severity::{Severity, Verdict};
use crate::shop::Platform;
use crate::{Say, Source};

/// Which layer speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A named detector, which is certain.
    Detector,
    /// The learnt model, where detectors are silent.
    Learnt,
}

/// One rule that a text breaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Which rule.
    pub rule: Rule,
    /// How much it weighs here.
    pub severity: Severity,
    /// Which layer speaks.
    pub by: By,
    /// The words that break it; none where a fact alone is wrong.
    pub spans: Vec<Span>,
    /// Why it is a rule.
    pub why: Say,
    /// What may follow when it is broken.
    pub risk: Say,
    /// Where the rule comes from.
    pub source: Vec<Source>,
    /// A sentence that may be sent instead.
    pub suggestion: Option<Say>,
}

impl Finding {
    pub(super) fn new(rule: Rule, severity: Severity, by: By, spans: Vec<Span>, draft: &Draft<'_>) -> Self {
        let about = rule.about();
        Self {
            rule,
            severity,
            by,
            spans,
            why: about.why.clone(),
            risk: about.risk.clone(),
            source: about.source.clone(),
            suggestion: suggestion(rule, draft),
        }
    }
}

/// Rules about the words of a public reply: what they suggest may stand under a review.
const OF_REPLIES: std::ops::RangeInclusive<usize> = 41..=48;

/// The sentence that may be sent instead. What is said to one buyer about money or service does not belong under a
/// review, so a public reply gets a sentence of its own.
pub(super) fn suggestion(rule: Rule, draft: &Draft<'_>) -> Option<Say> {
    let number = rule.index() + 1;
    // Where any benefit is forbidden, equal points and labelled samples are no way out either.
    let banned = matches!(draft.platform, Some(Platform::Amazon(_) | Platform::Shopify));
    let of = if banned && matches!(number, 63 | 65) { Rule::new(3)? } else { rule };
    let own = of.about().suggestion.clone()?;
    if draft.by(&[Channel::PublicReply]) && number != 22 && !OF_REPLIES.contains(&number) {
        return Some(Say::new(
            "您好，您反映的问题我们已经看到，请在订单页联系我们，我们会尽快处理好。",
            "Thank you for telling us. Please contact us through your order page so that we can put this right.",
        ));
    }
    Some(own)
}

/// The answer to one text. Serialises as the contract's `check` answer, without `id`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The worst severity of all findings.
    pub verdict: Verdict,
    /// The rules that it breaks, the worst first.
    pub findings: Vec<Finding>,
}

impl Check {
    pub(super) fn new(findings: Vec<Finding>) -> Self {
        let verdict = findings.iter().map(|finding| finding.severity.into()).max().unwrap_or(Verdict::Allow);
        Self { verdict, findings }
    }

    /// Whether a rule was broken.
    #[must_use]
    pub fn breaks(&self, rule: Rule) -> bool {
        self.findings.iter().any(|finding| finding.rule == rule)
    }
}
