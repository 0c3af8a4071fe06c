//! How a review stands before an import changes it.

use std::collections::HashMap;

use jiff::Timestamp;
use pingxin_domain::intake::{IncomingBuyer, IncomingReview};
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{Object, ReviewId, Scope};
use serde::{Deserialize, Serialize};

use super::row::read_rating;
use crate::sql::{statements, values};
use crate::{StoreError, Tx};

/// What an import can change of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewBefore {
    /// Number of the revision.
    pub revision: u32,
    /// Stars.
    pub rating: Option<Rating>,
    /// 好中差
    pub verdict: Option<Verdict>,
    /// Title.
    pub title: Option<String>,
    /// Words.
    pub text: String,
    /// Photos and videos.
    pub photos: u32,
    /// How many found it helpful.
    pub likes: Option<u32>,
    /// The shop's public reply.
    pub reply: Option<String>,
    /// When the buyer wrote it.
    pub created: Option<Timestamp>,
    /// Whether it had a case.
    pub had_case: bool,
}

impl ReviewBefore {
    /// The review as it stood; what an import cannot change is left out, so that it stays as it is.
    #[must_use]
    pub fn into_review(self, object: Object) -> IncomingReview {
        IncomingReview {
            platform_review_id: None,
            object,
            order_number: None,
            order_line: None,
            product_key: None,
            product_title: None,
            rating: self.rating,
            verdict: self.verdict,
            title: self.title,
            text: self.text,
            created: self.created,
            photos: self.photos,
            media: Vec::new(),
            likes: self.likes,
            reply: self.reply,
            buyer: IncomingBuyer::default(),
            pingxin_id: None,
        }
    }
}

statements! {
    BEFORE = "SELECT r.id, r.revision, r.rating, r.verdict, r.title, r.text, r.photos, r.likes, r.reply, r.created_at, \
        EXISTS (SELECT 1 FROM cases c WHERE c.tenant_id = r.tenant_id AND c.review_id = r.id) FROM reviews r \
        WHERE r.tenant_id = $1 AND r.id = ANY($2::uuid[])";
}

/// How some reviews stand now.
///
/// # Errors
/// The database's error.
pub async fn befores(
    tx: &mut Tx<'_>,
    scope: &Scope,
    reviews: &[ReviewId],
) -> Result<HashMap<ReviewId, ReviewBefore>, StoreError> {
    if reviews.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = tx.all(BEFORE, values![scope.tenant, reviews]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let id = columns.id()?;
            let before = ReviewBefore {
                revision: columns.small()?,
                rating: read_rating(&mut columns)?,
                verdict: columns.opt_code(Verdict::from_code)?,
                title: columns.opt_text()?,
                text: columns.text()?,
                photos: columns.small()?,
                likes: columns.opt_small()?,
                reply: columns.opt_text()?,
                created: columns.opt_instant()?,
                had_case: columns.bool()?,
            };
            Ok((id, before))
        })
        .collect()
}
