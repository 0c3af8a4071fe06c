//! What shops have made stricter in the guard.

use jiff::Timestamp;
use pingxin_domain::guard::{Rule, Severity};
use pingxin_domain::{Scope, ShopId};

use crate::reference::UserRef;
use crate::sql::{statements, values};
use crate::{StoreError, Tx, shop};

/// A rule as a shop has set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRule {
    /// Which rule.
    pub rule: Rule,
    /// How severe it is here at least; none as it is everywhere.
    pub severity: Option<Severity>,
    /// It counts here although platform and law do not ask for it.
    pub switched_on: bool,
    /// Who set it.
    pub set_by: Option<UserRef>,
    /// When.
    pub set_at: Timestamp,
}

statements! {
    LIST = "SELECT g.rule, g.severity, g.switched_on, u.id, u.display_name, g.set_at FROM guard_rules g \
        LEFT JOIN users u ON u.tenant_id = g.tenant_id AND u.id = g.set_by \
        WHERE g.tenant_id = $1 AND g.shop_id = $2 ORDER BY g.rule";
    PUT = "INSERT INTO guard_rules (tenant_id, shop_id, rule, severity, switched_on, set_by, set_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, shop_id, rule) DO UPDATE SET \
        severity = excluded.severity, switched_on = excluded.switched_on, set_by = excluded.set_by, set_at = excluded.set_at";
    CLEAR = "DELETE FROM guard_rules WHERE tenant_id = $1 AND shop_id = $2 AND rule = $3";
}

/// The rules that a shop has set, in order.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope, of: ShopId) -> Result<Vec<OwnRule>, StoreError> {
    shop::require(scope, of)?;
    let rows = tx.all(LIST, values![scope.tenant, of]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let rule = columns.code(Rule::from_code)?;
            let severity = columns.opt_code(Severity::from_code)?;
            let switched_on = columns.bool()?;
            let set_by = UserRef::read(&mut columns)?;
            Ok(OwnRule { rule, severity, switched_on, set_by, set_at: columns.instant()? })
        })
        .collect()
}

/// Sets a rule for a shop; one that says nothing of its own is forgotten.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn put(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: ShopId,
    rule: Rule,
    severity: Option<Severity>,
    switched_on: bool,
) -> Result<(), StoreError> {
    shop::require(scope, of)?;
    let (code, now) = (rule.to_string(), tx.now());
    if severity.is_none() && !switched_on {
        return tx.execute(CLEAR, values![scope.tenant, of, code.as_str()]).await.map(drop);
    }
    let row = values![
        scope.tenant,
        of,
        code.as_str(),
        severity.map(Severity::code),
        switched_on,
        scope.user(),
        now
    ];
    tx.execute(PUT, row).await.map(drop)
}
