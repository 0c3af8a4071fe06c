//! The counters beside the menu.

use pingxin_domain::Scope;

use crate::page::Count;
use crate::review::ReviewFilter;
use crate::sql::statements;
use crate::{StoreError, Tx, review, shop};

/// Severity from which a case counts as urgent.
pub const URGENT: u8 = 80;

/// The counters beside the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Reviews, up to a thousand.
    pub reviews: Count,
    /// Cases that somebody still has to act on.
    pub open_cases: u64,
    /// Those of them with a severity of [`URGENT`] or more.
    pub urgent_cases: u64,
    /// Imports queued or running.
    pub imports_running: u64,
}

statements! {
    OPEN_CASES = "SELECT count(*) FROM cases WHERE tenant_id = $1 AND live AND ($2 OR shop_id = ANY($3::uuid[]))";
    URGENT_CASES = "SELECT count(*) FROM cases WHERE tenant_id = $1 AND live AND ($2 OR shop_id = ANY($3::uuid[])) \
        AND severity >= $4";
    IMPORTS = "SELECT count(*) FROM import_batches WHERE tenant_id = $1 AND state IN ('queued', 'running') \
        AND ($2 OR shop_id = ANY($3::uuid[]))";
}

/// Counts within the scope.
///
/// # Errors
/// The database's error.
pub async fn read(tx: &mut Tx<'_>, scope: &Scope) -> Result<Summary, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let bounded = vec![scope.tenant.into(), all, shops];
    let mut urgent = bounded.clone();
    urgent.push(URGENT.into());
    Ok(Summary {
        reviews: review::count(tx, scope, &ReviewFilter::default()).await?,
        open_cases: tx.one(OPEN_CASES, bounded.clone()).await?.columns().unsigned()?,
        urgent_cases: tx.one(URGENT_CASES, urgent).await?.columns().unsigned()?,
        imports_running: tx.one(IMPORTS, bounded).await?.columns().unsigned()?,
    })
}
