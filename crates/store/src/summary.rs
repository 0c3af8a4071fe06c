//! The counters beside the menu.

use pingxin_domain::Scope;

use crate::page::Count;
use crate::review::ReviewFilter;
use crate::sql::{Value, statements};
use crate::{StoreError, Tx, review, shop};

/// Severity from which a case counts as urgent.
pub const URGENT: u8 = 80;

/// The counters beside the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Reviews, up to a thousand.
    pub reviews: Count,
    /// Cases that somebody still has to act on, up to a thousand.
    pub open_cases: Count,
    /// Those of them with a severity of [`URGENT`] or more, up to a thousand.
    pub urgent_cases: Count,
    /// Imports queued or running.
    pub imports_running: u64,
}

statements! {
    // By urgency, so that every entry walked counts.
    OPEN_CASES = "SELECT count(*) FROM (SELECT 1 FROM cases WHERE tenant_id = $1 AND live AND severity >= $4 \
        AND ($2 OR shop_id = ANY($3::uuid[])) LIMIT 1001) counted";
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
    Ok(Summary {
        reviews: review::count(tx, scope, &ReviewFilter::default()).await?,
        open_cases: count_open(tx, &bounded, 0).await?,
        urgent_cases: count_open(tx, &bounded, URGENT).await?,
        imports_running: tx.one(IMPORTS, bounded).await?.columns().unsigned()?,
    })
}

async fn count_open(tx: &mut Tx<'_>, bounded: &[Value<'static>], least: u8) -> Result<Count, StoreError> {
    let mut values = bounded.to_vec();
    values.push(least.into());
    Ok(Count::of(tx.one(OPEN_CASES, values).await?.columns().unsigned()?))
}
