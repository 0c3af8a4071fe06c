//! Grounds on which a platform removes a review.

use serde::Serialize;

use super::entry::Entry;
use super::record::Record;
use crate::Say;
use crate::shop::Object;
use crate::words::words;

words! {
    /// What the platform does when a ground holds.
    Outcome {
        /// The review goes.
        Removed = "removed",
        /// It is struck through and no longer counts; the words stay.
        Struck = "struck",
        /// The words go, the rating stays.
        TextRemovedRatingKept = "text_removed_rating_kept",
    }
}

words! {
    /// A fact that a ground needs beside the words.
    Condition {
        /// Amazon stored and sent the goods.
        FulfilledByAmazon = "fulfilled_by_amazon",
        /// The label was bought through Amazon.
        BuyShipping = "buy_shipping",
        /// It was sent on time.
        ShippedOnTime = "shipped_on_time",
        /// Buyer and seller have both rated.
        BothRated = "both_rated",
        /// A message holds a demand beyond what is due, under threat of a rating.
        DemandWithRatingThreat = "demand_with_rating_threat",
        /// The seller can show that the buyer competes with him.
        BuyerIsCompetitor = "buyer_is_competitor",
        /// A fraud by a third person is reported.
        FraudReport = "fraud_report",
        /// A message holds the demand.
        MessageWithDemand = "message_with_demand",
    }
}

/// A ground on which a platform removes a review.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ground {
    /// Its id, such as `product_only`.
    pub id: String,
    /// What it is called.
    pub name: Say,
    /// What it removes.
    pub object: Object,
    /// What comes of it.
    pub outcome: Outcome,
    /// Whether the whole comment must be about it.
    pub entire: bool,
    /// Facts it needs.
    pub conditions: Vec<Condition>,
    /// What the request must show.
    pub evidence: Vec<String>,
    /// What the platform adds to a struck comment.
    pub statement: Option<String>,
    /// How well it is known.
    pub record: Record,
}

impl Ground {
    /// The ground of an entry; `None` when it is none.
    #[must_use]
    pub fn of(entry: &Entry) -> Option<Self> {
        let outcome = Outcome::from_code(entry.text("outcome")?)?;
        Some(Self {
            id: entry.id.clone()?,
            name: Say::new(entry.text("zh")?, entry.text("en")?),
            object: Object::from_code(entry.text("object")?)?,
            outcome,
            entire: entry.flag("requires_entire") == Some(true),
            conditions: conditions(entry, "needs_condition"),
            evidence: entry.texts("evidence"),
            statement: entry.text("statement").map(str::to_owned),
            record: entry.record.clone(),
        })
    }
}

/// The facts that a key of an entry names.
pub(super) fn conditions(entry: &Entry, key: &str) -> Vec<Condition> {
    entry.texts(key).iter().filter_map(|code| Condition::from_code(code)).collect()
}
