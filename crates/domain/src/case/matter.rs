//! What a case without a review is about: what was asked, for how much, until when, and in which words.
//!
//! [`problems`] says what is wrong with one that somebody wants to open, field by field; [`severity`] how urgent it is as
//! long as nobody says otherwise.

use jiff::Timestamp;
use pingxin_language::Cause;

use super::kind::{CameBy, CaseKind, DisputeKind};
use crate::aftersales::Request;
use crate::money::Money;
use crate::shop::Platform;

/// Longest text of a complaint, in characters.
pub const TEXT_LIMIT: usize = 4_000;

/// Longest order number, in characters.
pub const NUMBER_LIMIT: usize = 80;

/// What a case without a review is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matter {
    /// Before whom, of a dispute.
    pub dispute: Option<DisputeKind>,
    /// What the buyer asks for.
    pub asked: Option<Request>,
    /// For how much.
    pub amount: Option<Money>,
    /// When he asked.
    pub asked_at: Option<Timestamp>,
    /// How it came.
    pub came_by: Option<CameBy>,
    /// In which words; empty when nothing was said.
    pub text: String,
    /// Until when somebody wants it done.
    pub due: Option<Timestamp>,
    /// The last second at which proof can be handed in 举证期限, as somebody read it on the platform.
    pub evidence_due: Option<Timestamp>,
}

/// What decides whether a case can be opened.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// What it is about.
    pub kind: CaseKind,
    /// Where the shop stands.
    pub platform: Platform,
    /// Of which order.
    pub order_number: Option<&'a str>,
    /// Whether the buyer is known.
    pub has_buyer: bool,
    /// The rest.
    pub matter: &'a Matter,
}

/// Something wrong with what somebody wants to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// A case about a review is opened for the review.
    IsAReview,
    /// It names neither order nor buyer, and is of a kind that needs one.
    NobodyNamed,
    /// The order number is too long.
    LongNumber,
    /// A complaint without words.
    NoWords,
    /// Too many of them.
    LongText,
    /// Nothing or less than nothing.
    NoAmount,
    /// Somebody wants it done before now.
    PastDue,
    /// It was asked for after now.
    AskedLater,
    /// A dispute that does not say before whom.
    NoDispute,
    /// No dispute, and yet it says before whom.
    NotADispute,
    /// There is none such where the shop stands.
    OtherPlatform,
    /// A dispute without the last day for proof: no rule is known that gives it.
    NoEvidenceDue,
    /// That day is over.
    PastEvidence,
}

impl Problem {
    /// The field that it stands beside.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::IsAReview => "kind",
            Self::NobodyNamed | Self::LongNumber => "order_number",
            Self::NoWords | Self::LongText => "text",
            Self::NoAmount => "amount",
            Self::PastDue => "due_at",
            Self::AskedLater => "asked_at",
            Self::NoDispute | Self::NotADispute | Self::OtherPlatform => "dispute",
            Self::NoEvidenceDue | Self::PastEvidence => "evidence_due_at",
        }
    }
}

/// What is wrong with a case that somebody wants to open now; nothing when it can be opened.
#[must_use]
pub fn problems(opening: Opening<'_>, now: Timestamp) -> Vec<Problem> {
    let Opening { kind, platform, order_number, has_buyer, matter } = opening;
    let mut found = Vec::new();
    let mut note = |wrong: bool, problem: Problem| {
        if wrong {
            found.push(problem);
        }
    };
    let needs_somebody = matches!(kind, CaseKind::AfterSale | CaseKind::Dispute);
    note(kind.has_review(), Problem::IsAReview);
    note(needs_somebody && order_number.is_none() && !has_buyer, Problem::NobodyNamed);
    note(order_number.is_some_and(|number| number.chars().count() > NUMBER_LIMIT), Problem::LongNumber);
    note(kind == CaseKind::Complaint && matter.text.trim().is_empty(), Problem::NoWords);
    note(matter.text.chars().count() > TEXT_LIMIT, Problem::LongText);
    note(matter.amount.is_some_and(|amount| amount.minor <= 0), Problem::NoAmount);
    note(matter.due.is_some_and(|due| due <= now), Problem::PastDue);
    note(matter.asked_at.is_some_and(|at| at > now), Problem::AskedLater);
    let is_dispute = kind == CaseKind::Dispute;
    note(is_dispute && matter.dispute.is_none(), Problem::NoDispute);
    note(!is_dispute && matter.dispute.is_some(), Problem::NotADispute);
    note(is_dispute && matter.dispute.is_some_and(|one| !one.is_on(platform)), Problem::OtherPlatform);
    note(is_dispute && matter.evidence_due.is_none(), Problem::NoEvidenceDue);
    note(matter.evidence_due.is_some_and(|due| due <= now), Problem::PastEvidence);
    found
}

/// How urgent such a case is, 0 to 100, in the measure of reviews: a dispute is decided without us when we are late, a
/// complaint to an authority may be published, an after-sale runs against a timer of the platform.
#[must_use]
pub fn severity(kind: CaseKind, matter: &Matter, cause: Option<Cause>) -> u8 {
    let base: u8 = match kind {
        CaseKind::Dispute => 80,
        CaseKind::Complaint => 60,
        CaseKind::AfterSale => 50,
        CaseKind::Review => 40,
        CaseKind::Prevention => 30,
    };
    let publicly = if matter.came_by == Some(CameBy::Authority) { 20 } else { 0 };
    let grave = if cause == Some(Cause::Authenticity) { 10 } else { 0 };
    (base + publicly + grave).min(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn found(kind: CaseKind, platform: Platform, order: Option<&str>, matter: &Matter) -> Vec<Problem> {
        let opening = Opening { kind, platform, order_number: order, has_buyer: false, matter };
        problems(opening, at("2026-07-01T03:00:00Z"))
    }

    #[test]
    fn what_is_missing_is_said_field_by_field() {
        let nothing = Matter::default();
        assert_eq!(found(CaseKind::Review, Platform::Taobao, None, &nothing), [Problem::IsAReview]);
        assert_eq!(found(CaseKind::AfterSale, Platform::Taobao, None, &nothing), [Problem::NobodyNamed]);
        assert_eq!(found(CaseKind::Complaint, Platform::Taobao, None, &nothing), [Problem::NoWords]);
        assert_eq!(found(CaseKind::Prevention, Platform::Taobao, None, &nothing), []);
        assert_eq!(
            found(CaseKind::Dispute, Platform::Taobao, Some("1"), &nothing),
            [Problem::NoDispute, Problem::NoEvidenceDue]
        );
        let late = Matter {
            dispute: Some(DisputeKind::AToZ),
            evidence_due: Some(at("2026-06-30T00:00:00Z")),
            due: Some(at("2026-06-30T00:00:00Z")),
            amount: Some(Money { minor: 0, currency: "CNY".parse().expect("a currency") }),
            ..Matter::default()
        };
        let fields: Vec<&str> = found(CaseKind::Dispute, Platform::Taobao, Some("1"), &late)
            .into_iter()
            .map(Problem::field)
            .collect();
        assert_eq!(fields, ["amount", "due_at", "dispute", "evidence_due_at"]);
        assert_eq!(found(CaseKind::AfterSale, Platform::Taobao, Some("1"), &late)[2], Problem::NotADispute);
    }

    #[test]
    fn a_dispute_is_more_urgent_than_a_complaint_and_that_more_than_a_return() {
        let of = |kind| severity(kind, &Matter::default(), None);
        assert!(of(CaseKind::Dispute) > of(CaseKind::Complaint));
        assert!(of(CaseKind::Complaint) > of(CaseKind::AfterSale));
        assert!(of(CaseKind::AfterSale) > of(CaseKind::Prevention));
        let told = Matter { came_by: Some(CameBy::Authority), ..Matter::default() };
        assert_eq!(severity(CaseKind::Dispute, &told, Some(Cause::Authenticity)), 100);
    }
}
