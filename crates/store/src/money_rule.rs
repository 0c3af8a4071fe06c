//! A merchant's own rules about money, by version: what may be given to buyers, and what agents earn.

use jiff::Timestamp;
use pingxin_domain::Scope;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::reference::UserRef;
use crate::sql::{statements, values};
use crate::{StoreError, Tx};

/// Which rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyRule {
    /// What may be given to buyers.
    Compensation,
    /// What agents earn.
    Incentive,
}

impl MoneyRule {
    fn code(self) -> &'static str {
        match self {
            Self::Compensation => "compensation",
            Self::Incentive => "incentive",
        }
    }
}

/// Rules as they are kept.
#[derive(Debug, Clone)]
pub struct Kept<T> {
    /// From 1; 0 are those of the program.
    pub version: u32,
    /// What they say; none are those of the program.
    pub rules: Option<T>,
    /// Since when.
    pub set_at: Option<Timestamp>,
    /// Who set them.
    pub set_by: Option<UserRef>,
}

statements! {
    HEAD = "INSERT INTO money_heads (tenant_id, kind, version) VALUES ($1, $2, 0) ON CONFLICT (tenant_id, kind) DO NOTHING";
    LOCK = "SELECT version FROM money_heads WHERE tenant_id = $1 AND kind = $2 FOR UPDATE";
    MOVE = "UPDATE money_heads SET version = $3 WHERE tenant_id = $1 AND kind = $2";
    ADD = "INSERT INTO money_rules (tenant_id, kind, version, body, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6)";
    CURRENT = "SELECT r.version, r.body, r.set_at, r.set_by, u.display_name FROM money_heads h JOIN money_rules r \
        ON r.tenant_id = h.tenant_id AND r.kind = h.kind AND r.version = h.version LEFT JOIN users u \
        ON u.tenant_id = r.tenant_id AND u.id = r.set_by WHERE h.tenant_id = $1 AND h.kind = $2";
}

/// The rules that hold.
///
/// # Errors
/// [`StoreError::Corrupt`] for rules that cannot be read.
pub async fn current<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: MoneyRule,
) -> Result<Kept<T>, StoreError> {
    let row = tx.first(CURRENT, values![scope.tenant, kind.code()]).await?;
    let Some(row) = row else {
        return Ok(Kept { version: 0, rules: None, set_at: None, set_by: None });
    };
    let mut columns = row.columns();
    Ok(Kept {
        version: columns.small()?,
        rules: Some(columns.json()?),
        set_at: Some(columns.instant()?),
        set_by: UserRef::read(&mut columns)?,
    })
}

/// The rules that hold, kept for this transaction: whatever else gives money of the merchant waits. Two agents who ask at
/// once are weighed one after the other.
///
/// # Errors
/// As [`current`].
pub async fn lock<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: MoneyRule,
) -> Result<Kept<T>, StoreError> {
    tx.execute(HEAD, values![scope.tenant, kind.code()]).await?;
    tx.one(LOCK, values![scope.tenant, kind.code()]).await?;
    current(tx, scope, kind).await
}

/// Writes new rules; what was given under the old ones stays. Answers their version.
///
/// # Errors
/// [`StoreError::Conflict`] over "rules version" when others hold than those at `seen`.
pub async fn set<T: Serialize + Sync>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: MoneyRule,
    rules: &T,
    seen: Option<u32>,
) -> Result<u32, StoreError> {
    tx.execute(HEAD, values![scope.tenant, kind.code()]).await?;
    let version = tx.one(LOCK, values![scope.tenant, kind.code()]).await?.columns().small()?;
    if seen.is_some_and(|seen| seen != version) {
        return Err(StoreError::Conflict { what: "rules version" });
    }
    let body = serde_json::to_string(rules)
        .map_err(|error| StoreError::Corrupt { what: format!("rules about money: {error}") })?;
    let (now, next) = (tx.now(), version + 1);
    tx.execute(ADD, values![scope.tenant, kind.code(), next, body, now, scope.user()]).await?;
    tx.execute(MOVE, values![scope.tenant, kind.code(), next]).await?;
    Ok(next)
}
