//! Reviews that no longer count, and since when: for what was shown of a shop while they still did.

use jiff::Timestamp;
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{Object, Scope, ShopId};

use crate::position::first_at;
use crate::sql::{statements, values};
use crate::{StoreError, Tx, facets, shop};

/// A review that no longer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenAway {
    /// What it is.
    pub object: Object,
    /// Its stars.
    pub rating: Option<Rating>,
    /// 好中差
    pub verdict: Option<Verdict>,
    /// When it was written.
    pub at: Timestamp,
    /// When it was seen gone, or struck.
    pub ended: Timestamp,
}

statements! {
    TAKEN = "SELECT r.facets, coalesce(r.created_at, r.imported_at), r.gone_at FROM reviews r WHERE r.tenant_id = $1 \
        AND r.shop_id = $2 AND r.position >= $3 AND (r.facets & $4::bigint) <> 0 AND r.gone_at IS NOT NULL \
        UNION ALL SELECT r.facets, coalesce(r.created_at, r.imported_at), q.answered_at FROM removal_requests q \
        JOIN reviews r ON r.tenant_id = q.tenant_id AND r.id = q.review_id WHERE q.tenant_id = $1 AND q.shop_id = $2 \
        AND q.state = 'granted' AND q.outcome = 'struck' AND q.answered_at IS NOT NULL AND r.position >= $3 \
        AND (r.facets & $4::bigint) = 0";
}

/// The reviews of a shop that were written after an instant and no longer count, in no order.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn taken_away(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    after: Timestamp,
) -> Result<Vec<TakenAway>, StoreError> {
    shop::require(scope, shop)?;
    let mut found = Vec::new();
    for row in tx.all(TAKEN, values![scope.tenant, shop, first_at(after), facets::GONE]).await? {
        let mut columns = row.columns();
        let bits = columns.int()?;
        let (at, ended) = (columns.instant()?, columns.instant()?);
        let kind = facets::rated(bits).filter(|_| at > after);
        found.extend(kind.map(|(object, rating, verdict)| TakenAway { object, rating, verdict, at, ended }));
    }
    Ok(found)
}
