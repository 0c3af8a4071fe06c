//! Whether a review is gone from its platform, as a person has seen.

use std::collections::HashMap;

use jiff::Timestamp;
use pingxin_domain::{ReviewId, Scope};

use crate::sql::{statements, values};
use crate::{StoreError, Tx, facets, shop};

statements! {
    SINCE = "SELECT id, gone_at FROM reviews WHERE tenant_id = $1 AND id = ANY($2::uuid[]) \
        AND ($3 OR shop_id = ANY($4::uuid[]))";
    LOCK = "SELECT id, position, gone_at FROM reviews WHERE tenant_id = $1 AND id = ANY($2::uuid[]) \
        AND ($3 OR shop_id = ANY($4::uuid[])) FOR UPDATE";
    MARK = "UPDATE reviews SET gone_at = $3, facets = facets | $4::bigint WHERE tenant_id = $1 AND position = ANY($2::bigint[])";
    UNMARK = "UPDATE reviews SET gone_at = NULL, facets = facets & ~$3::bigint WHERE tenant_id = $1 \
        AND position = ANY($2::bigint[])";
}

/// Notes that reviews are gone since an instant, or with `None` that they are there. Answers how each stood before; those
/// outside the scope are left out.
///
/// # Errors
/// The database's error.
pub async fn set_gone(
    tx: &mut Tx<'_>,
    scope: &Scope,
    reviews: &[ReviewId],
    gone: Option<Timestamp>,
) -> Result<HashMap<ReviewId, Option<Timestamp>>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let mut before = HashMap::new();
    let mut positions = Vec::new();
    for row in tx.all(LOCK, vec![scope.tenant.into(), reviews.into(), all, shops]).await? {
        let mut columns = row.columns();
        let (id, position, was) = (columns.id()?, columns.int()?, columns.opt_instant()?);
        if was.is_some() != gone.is_some() {
            positions.push(position);
        }
        before.insert(id, was);
    }
    if positions.is_empty() {
        return Ok(before);
    }
    match gone {
        Some(at) => {
            tx.execute(MARK, values![scope.tenant, positions.clone(), at, facets::GONE]).await?;
        }
        None => {
            tx.execute(UNMARK, values![scope.tenant, positions.clone(), facets::GONE]).await?;
        }
    }
    facets::mark_copies(tx, scope, &positions, facets::GONE, gone.is_some()).await?;
    Ok(before)
}

/// Since when each review is gone; those outside the scope are left out.
///
/// # Errors
/// The database's error.
pub async fn gone_since(
    tx: &mut Tx<'_>,
    scope: &Scope,
    reviews: &[ReviewId],
) -> Result<HashMap<ReviewId, Option<Timestamp>>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let rows = tx.all(SINCE, vec![scope.tenant.into(), reviews.into(), all, shops]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, columns.opt_instant()?))
        })
        .collect()
}
