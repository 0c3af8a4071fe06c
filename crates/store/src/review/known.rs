//! Which reviews of a file are stored already.

use std::collections::HashMap;

use pingxin_domain::case::Life;
use pingxin_domain::{BatchId, CaseId, ReviewId, Scope, ShopId};

use crate::case::change::{life_columns, read_life};
use crate::sql::{statements, values};
use crate::{StoreError, Tx, shop};

/// What an import must know of a stored review.
#[derive(Debug, Clone)]
pub struct StoredReview {
    /// Id.
    pub id: ReviewId,
    /// Number of its current revision.
    pub revision: u32,
    /// Hash of its current content.
    pub content_hash: [u8; 16],
    /// The import that saw it last.
    pub last_batch: Option<BatchId>,
    /// Its case, and how that stands.
    pub case: Option<(CaseId, Life)>,
}

statements! {
    BY_IDENTITY = concat!("SELECT r.identity, r.id, r.revision, r.content_hash, r.last_batch_id, c.id, ", life_columns!(), " \
        FROM reviews r LEFT JOIN cases c ON c.tenant_id = r.tenant_id AND c.review_id = r.id \
        AND c.kind = 'review' WHERE r.tenant_id = $1 AND r.shop_id = $2 AND r.identity = ANY($3::text[])");
    // '#' ends the prefix and '$' is the character after it.
    TWINS = "SELECT p.value, count(*) FROM json_each($3) p JOIN reviews r ON r.tenant_id = $1 AND r.shop_id = $2 \
        AND r.identity > p.value || '#' AND r.identity < p.value || '$' AND r.last_batch_id = $4 GROUP BY p.value",
        "SELECT p.value, count(*) FROM unnest($3::text[]) AS p (value) JOIN reviews r ON r.tenant_id = $1 \
        AND r.shop_id = $2 AND r.identity > p.value || '#' AND r.identity < p.value || '$' \
        AND r.last_batch_id = $4 GROUP BY p.value";
    OWN = "SELECT id, identity, title, text, reply FROM reviews WHERE tenant_id = $1 AND shop_id = $2 \
        AND id = ANY($3::uuid[])";
    REPLIES = "SELECT id, reply FROM reviews WHERE tenant_id = $1 AND id = ANY($2::uuid[]) \
        AND ($3 OR shop_id = ANY($4::uuid[]))";
    SET_REPLY = "UPDATE reviews SET reply = $3 WHERE tenant_id = $1 AND id = $2";
    MARK_SEEN = "UPDATE reviews SET last_batch_id = $2 WHERE tenant_id = $1 AND id = ANY($3::uuid[]) \
        AND ($4 OR shop_id = ANY($5::uuid[]))";
}

/// The stored reviews among `identities`, by identity.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn find_by_identities(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    identities: &[&str],
) -> Result<HashMap<String, StoredReview>, StoreError> {
    shop::require(scope, shop)?;
    let mut found = HashMap::with_capacity(identities.len());
    for row in tx.all(BY_IDENTITY, values![scope.tenant, shop, identities]).await? {
        let mut columns = row.columns();
        let identity = columns.text()?;
        let review = StoredReview {
            id: columns.id()?,
            revision: columns.small()?,
            content_hash: columns.hash()?,
            last_batch: columns.opt_id()?,
            case: match columns.opt_id()? {
                Some(id) => Some((id, read_life(&mut columns)?)),
                None => None,
            },
        };
        found.insert(identity, review);
    }
    Ok(found)
}

/// A stored review as one of our own exports names it.
#[derive(Debug, Clone)]
pub struct OwnReview {
    /// Its identity.
    pub identity: String,
    /// Title.
    pub title: Option<String>,
    /// Words.
    pub text: String,
    /// The shop's public reply.
    pub reply: Option<String>,
}

/// The reviews of one shop among `ids`.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn find_own(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    ids: &[ReviewId],
) -> Result<HashMap<ReviewId, OwnReview>, StoreError> {
    shop::require(scope, shop)?;
    let rows = tx.all(OWN, values![scope.tenant, shop, ids]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let id = columns.id()?;
            let (identity, title) = (columns.text()?, columns.opt_text()?);
            Ok((id, OwnReview { identity, title, text: columns.text()?, reply: columns.opt_text()? }))
        })
        .collect()
}

/// For each prefix (an identity by content without its `#n`) how many twins `batch` has seen so far: the ordinal of the
/// next one. A prefix without any is left out.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn count_twins(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    prefixes: &[&str],
    batch: BatchId,
) -> Result<HashMap<String, u32>, StoreError> {
    shop::require(scope, shop)?;
    let mut counts = HashMap::new();
    for row in tx.all(TWINS, values![scope.tenant, shop, prefixes, batch]).await? {
        let mut columns = row.columns();
        counts.insert(columns.text()?, columns.small()?);
    }
    Ok(counts)
}

/// Notes that `batch` saw these reviews.
///
/// # Errors
/// The database's error.
pub async fn mark_seen_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    reviews: &[ReviewId],
) -> Result<(), StoreError> {
    if reviews.is_empty() {
        return Ok(());
    }
    let [all, shops] = shop::bounds(scope);
    tx.execute(MARK_SEEN, vec![scope.tenant.into(), batch.into(), reviews.into(), all, shops]).await.map(drop)
}

/// Notes the shop's answers beneath reviews whose own words have not changed: an answer is put up after a review, and is no
/// revision of it. A file that tells of no answer takes none away.
///
/// # Errors
/// The database's error.
pub async fn set_replies(
    tx: &mut Tx<'_>,
    scope: &Scope,
    replies: &HashMap<ReviewId, &str>,
) -> Result<(), StoreError> {
    if replies.is_empty() {
        return Ok(());
    }
    let ids: Vec<ReviewId> = replies.keys().copied().collect();
    let mut asked = values![scope.tenant, ids.as_slice()];
    asked.extend(shop::bounds(scope));
    for row in tx.all(REPLIES, asked).await? {
        let mut columns = row.columns();
        let (id, before): (ReviewId, _) = (columns.id()?, columns.opt_text()?);
        let Some(&reply) = replies.get(&id) else { continue };
        if before.as_deref() != Some(reply) {
            tx.execute(SET_REPLY, values![scope.tenant, id, reply]).await?;
        }
    }
    Ok(())
}
