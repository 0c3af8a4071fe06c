//! The table of decisions, and the row of it that fits.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use pingxin_language::Fault;
use serde::{Deserialize, Serialize};

use super::facts::{OrderStage, Problem, Request, Situation};
use super::returning::ReturnRight;
use crate::intake::codes;
use crate::say::Say;
use crate::source::Source;

codes! {
    /// What is done.
    Decision {
        /// The money goes back at once.
        RefundNow = "refund_now",
        /// The buyer waits for the parcel.
        WaitForDelivery = "wait_for_delivery",
        /// The carrier brings the parcel back.
        InterceptReturn = "intercept_return",
        /// Goods back, money back.
        ReturnRefund = "return_refund",
        /// Goods back, other goods out.
        Exchange = "exchange",
        /// What was left out is sent.
        ReshipMissing = "reship_missing",
        /// New goods are sent.
        ReshipReplacement = "reship_replacement",
        /// Part of the money back, the goods stay.
        PartialRefundKeep = "partial_refund_keep",
        /// No, and why.
        RefuseWithReason = "refuse_with_reason",
        /// First a photo or a video, or the carrier's word.
        NeedEvidence = "need_evidence",
    }
}

codes! {
    /// Who pays for sending.
    Freight {
        /// The shop.
        Seller = "seller",
        /// The buyer.
        Buyer = "buyer",
    }
}

codes! {
    /// Who has to agree.
    Approval {
        /// Nobody.
        None = "none",
        /// A supervisor.
        Supervisor = "supervisor",
    }
}

codes! {
    /// What is looked at on the way.
    Check {
        /// What comes back: labels, washing, wear, completeness.
        InspectReturn = "inspect_return",
        /// What goes out, before it leaves.
        RecheckBeforeSending = "recheck_before_sending",
    }
}

impl Decision {
    /// What has to be looked at when this is done.
    #[must_use]
    pub fn checks(self) -> Vec<Check> {
        match self {
            Self::ReturnRefund | Self::InterceptReturn => vec![Check::InspectReturn],
            Self::Exchange => vec![Check::InspectReturn, Check::RecheckBeforeSending],
            Self::ReshipMissing | Self::ReshipReplacement => vec![Check::RecheckBeforeSending],
            Self::RefundNow
            | Self::WaitForDelivery
            | Self::PartialRefundKeep
            | Self::RefuseWithReason
            | Self::NeedEvidence => Vec::new(),
        }
    }
}

/// Something else that may be offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// What.
    pub decision: Decision,
    /// Who pays for whatever is sent; null where nobody sends anything.
    pub freight: Option<Freight>,
    /// Who has to agree.
    pub approval: Approval,
    /// When.
    pub why: Say,
}

/// What the desk proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// What; null when there is nothing to decide.
    pub decision: Option<Decision>,
    /// Who pays for whatever is sent; null where nobody sends anything.
    pub freight: Option<Freight>,
    /// Who has to agree.
    pub approval: Approval,
    /// Why.
    pub why: Say,
    /// What else may be offered.
    pub alternatives: Vec<Alternative>,
    /// What has to be looked at.
    pub checks: Vec<Check>,
    /// The row of the table.
    pub rule: String,
    /// Where the row comes from.
    pub source: Vec<Source>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    alternative: BTreeMap<String, AlternativeRow>,
    row: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AlternativeRow {
    decision: Decision,
    freight: Option<Freight>,
    approval: Option<Approval>,
    zh: String,
    en: String,
}

/// A condition that is absent always holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    stage: Vec<OrderStage>,
    request: Option<Vec<Request>>,
    problem: Option<Vec<Problem>>,
    fault: Option<Vec<Fault>>,
    right: Option<Vec<ReturnRight>>,
    shown: Option<bool>,
    insists: Option<bool>,
    decision: Option<Decision>,
    freight: Option<Freight>,
    approval: Option<Approval>,
    #[serde(default)]
    alternatives: Vec<String>,
    zh: String,
    en: String,
    source: Vec<String>,
}

static TABLE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("table.toml")).expect("a test reads the shipped table"));

/// The proposal for a situation: the first row that fits.
#[must_use]
pub fn decide(situation: &Situation, as_of: Timestamp) -> Proposal {
    let right = situation.return_right(as_of);
    let row = TABLE.row.iter().find(|row| row.fits(situation, right));
    row.expect("a test finds a row for every situation").proposal(&TABLE.alternative)
}

impl Row {
    fn fits(&self, situation: &Situation, right: ReturnRight) -> bool {
        let request = situation.request.unwrap_or(Request::None);
        let fault = situation.fault.unwrap_or(Fault::Unknown);
        self.stage.contains(&situation.stage())
            && holds(self.request.as_ref(), request)
            && holds(self.problem.as_ref(), situation.problem())
            && holds(self.fault.as_ref(), fault)
            && holds(self.right.as_ref(), right)
            && self.shown.is_none_or(|shown| shown == situation.goods.is_shown)
            && self.insists.is_none_or(|insists| insists == situation.insists)
    }

    fn proposal(&self, alternatives: &BTreeMap<String, AlternativeRow>) -> Proposal {
        Proposal {
            decision: self.decision,
            freight: self.freight,
            approval: self.approval.unwrap_or(Approval::None),
            why: Say::new(&self.zh, &self.en),
            alternatives: self
                .alternatives
                .iter()
                .filter_map(|id| alternatives.get(id))
                .map(Into::into)
                .collect(),
            checks: self.decision.map(Decision::checks).unwrap_or_default(),
            rule: self.id.clone(),
            source: self.source.iter().map(|text| Source::cited(text)).collect(),
        }
    }
}

fn holds<T: PartialEq>(condition: Option<&Vec<T>>, fact: T) -> bool {
    condition.is_none_or(|allowed| allowed.contains(&fact))
}

impl From<&AlternativeRow> for Alternative {
    fn from(row: &AlternativeRow) -> Self {
        Self {
            decision: row.decision,
            freight: row.freight,
            approval: row.approval.unwrap_or(Approval::None),
            why: Say::new(&row.zh, &row.en),
        }
    }
}

#[cfg(test)]
pub(super) fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.row.iter().map(|row| row.id.as_str())
}

#[cfg(test)]
pub(super) fn unknown_alternatives() -> Vec<String> {
    let named = TABLE.row.iter().flat_map(|row| &row.alternatives);
    named.filter(|id| !TABLE.alternative.contains_key(*id)).cloned().collect()
}
