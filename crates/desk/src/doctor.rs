//! The checks that hold over tables, run over every merchant of a database.

use pingxin_domain::Scope;
use pingxin_store::doctor::{self, Finding};

use crate::desk::Desk;
use crate::error::Result;
use crate::tenants;

/// Everything found amiss; empty is well.
///
/// # Errors
/// When the database does not answer.
pub async fn run(desk: &Desk) -> Result<Vec<Finding>> {
    let tenants = tenants::all(desk).await?;
    let mut findings = Vec::new();
    for tenant in tenants {
        let scope = Scope::system(tenant.id);
        let scope = &scope;
        findings
            .extend(desk.store.read(|tx| Box::pin(async move { doctor::checks(tx, scope).await })).await?);
    }
    Ok(findings)
}
