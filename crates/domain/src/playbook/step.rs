//! One step of a playbook.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::intake::codes;
use crate::say::Say;
use crate::source::Source;

codes! {
    /// What is done in a step.
    StepCode {
        /// Rate the buyer, so that a report is possible.
        RateBuyer = "rate_buyer",
        /// File a ground with the platform.
        RequestRemoval = "request_removal",
        /// Report a review whose content breaks the rules.
        ReportReview = "report_review",
        /// Write by a brand's fixed template.
        BrandContact = "brand_contact",
        /// Contact the buyer.
        ContactBuyer = "contact_buyer",
        /// Ask what the cause needs to know.
        Diagnose = "diagnose",
        /// The warehouse looks at what was packed.
        CheckWarehouse = "check_warehouse",
        /// The parcel is traced.
        TraceParcel = "trace_parcel",
        /// The carrier pays for what it broke.
        ClaimFromCarrier = "claim_from_carrier",
        /// Product answers.
        AskProduct = "ask_product",
        /// Put it right.
        Solve = "solve",
        /// Explain.
        Explain = "explain",
        /// Wait.
        WaitForBuyer = "wait_for_buyer",
        /// One neutral sentence about the rating.
        AskChange = "ask_change",
        /// The platform's own request for a revision.
        RequestRevision = "request_revision",
        /// Tell of the follow-up.
        GuideFollowup = "guide_followup",
        /// Reply in public.
        PublicReply = "public_reply",
        /// Keep the proof.
        CollectProof = "collect_proof",
        /// Make no deal.
        DoNotNegotiate = "do_not_negotiate",
        /// A supervisor decides.
        Escalate = "escalate",
        /// See what the buyer asks for and how long there is.
        CheckRequest = "check_request",
        /// Look at what came back.
        InspectReturn = "inspect_return",
        /// Hand the proof in.
        FileEvidence = "file_evidence",
        /// Find what else is touched.
        FindAffected = "find_affected",
        /// Tell the buyer before he asks.
        TellBuyer = "tell_buyer",
        /// Note it.
        Record = "record",
    }
}

codes! {
    /// Who does a step.
    Owner {
        /// 客服
        Agent = "agent",
        /// 主管
        Supervisor = "supervisor",
        /// 仓库
        Warehouse = "warehouse",
        /// 快递对接
        Courier = "courier",
        /// 产品
        Product = "product",
    }
}

impl StepCode {
    /// Whether it is a contact with the buyer, or waits for one.
    #[must_use]
    pub fn needs_contact(self) -> bool {
        matches!(
            self,
            Self::BrandContact
                | Self::ContactBuyer
                | Self::WaitForBuyer
                | Self::TellBuyer
                | Self::AskChange
                | Self::RequestRevision
                | Self::GuideFollowup
        )
    }
}

/// One step of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What is done.
    pub step: StepCode,
    /// By when.
    pub due: Timestamp,
    /// By whom.
    pub owner: Owner,
    /// What to do.
    pub what: Say,
    /// What ends it.
    pub done_when: Say,
    /// What to ask.
    pub questions: Vec<Say>,
    /// Where it comes from.
    pub source: Vec<Source>,
}
