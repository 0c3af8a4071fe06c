//! Who looks at which case right now. Kept in the database, so that people on two servers see each other; a row that is
//! not renewed for half a minute counts as gone.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::{CaseId, Scope, ShopId, TenantId, UserId};

use crate::sql::{statements, values};
use crate::{StoreError, Tx, shop};

/// How long somebody is there without saying so again.
pub const LASTS: SignedDuration = SignedDuration::from_secs(30);

/// Somebody who looks at a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Which case.
    pub case: CaseId,
    /// Its shop.
    pub shop: ShopId,
    /// Who.
    pub user: UserId,
    /// His name.
    pub name: String,
    /// Whether he is writing.
    pub typing: bool,
}

statements! {
    // Nothing comes of a case that the person cannot see.
    PUT = "INSERT INTO presences (tenant_id, case_id, user_id, shop_id, typing, seen_at) \
        SELECT c.tenant_id, c.id, $3, c.shop_id, $4, $5 FROM cases c WHERE c.tenant_id = $1 AND c.id = $2 \
        AND ($6 OR c.shop_id = ANY($7::uuid[])) ON CONFLICT (tenant_id, case_id, user_id) \
        DO UPDATE SET typing = excluded.typing, seen_at = excluded.seen_at, shop_id = excluded.shop_id",
        "INSERT INTO presences (tenant_id, case_id, user_id, shop_id, typing, seen_at) \
        SELECT c.tenant_id, c.id, $3::uuid, c.shop_id, $4::boolean, $5::bigint FROM cases c WHERE c.tenant_id = $1 \
        AND c.id = $2 AND ($6 OR c.shop_id = ANY($7::uuid[])) ON CONFLICT (tenant_id, case_id, user_id) \
        DO UPDATE SET typing = excluded.typing, seen_at = excluded.seen_at, shop_id = excluded.shop_id";
    LEAVE = "DELETE FROM presences WHERE tenant_id = $1 AND case_id = $2 AND user_id = $3";
    THERE = "SELECT p.case_id, p.shop_id, p.user_id, u.display_name, p.typing FROM presences p JOIN users u \
        ON u.tenant_id = p.tenant_id AND u.id = p.user_id WHERE p.tenant_id = $1 AND p.seen_at > $2 \
        ORDER BY p.case_id, p.user_id LIMIT 1000";
    FORGET = "DELETE FROM presences WHERE tenant_id = $1 AND seen_at < $2";
}

/// Says that the person of `scope` looks at a case, and whether he writes.
///
/// # Errors
/// [`StoreError::NotFound`] for a case outside the scope, or when no person acts.
pub async fn put(tx: &mut Tx<'_>, scope: &Scope, case: CaseId, typing: bool) -> Result<(), StoreError> {
    let user = scope.user().ok_or(StoreError::NotFound { what: "user" })?;
    let now = tx.now();
    let mut row = values![scope.tenant, case, user, typing, now];
    row.extend(shop::bounds(scope));
    tx.change_one(PUT, row, "case").await
}

/// Says that the person of `scope` has left a case.
///
/// # Errors
/// The database's error.
pub async fn leave(tx: &mut Tx<'_>, scope: &Scope, case: CaseId) -> Result<(), StoreError> {
    tx.execute(LEAVE, values![scope.tenant, case, scope.user()]).await.map(drop)
}

/// Everybody who is at a case of a merchant now.
///
/// # Errors
/// The database's error.
pub async fn there(tx: &mut Tx<'_>, tenant: TenantId, now: Timestamp) -> Result<Vec<Presence>, StoreError> {
    let since = now.saturating_sub(LASTS).unwrap_or(Timestamp::MIN);
    let rows = tx.all(THERE, values![tenant, since]).await?;
    rows.iter()
        .map(|row| {
            let mut row = row.columns();
            Ok(Presence {
                case: row.id()?,
                shop: row.id()?,
                user: row.id()?,
                name: row.text()?,
                typing: row.bool()?,
            })
        })
        .collect()
}

/// Forgets who was somewhere before an instant; says how many.
///
/// # Errors
/// The database's error.
pub async fn forget_before(tx: &mut Tx<'_>, scope: &Scope, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET, values![scope.tenant, before]).await
}
