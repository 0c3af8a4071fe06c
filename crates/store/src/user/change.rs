//! Changing a colleague: name, role, shops, and whether he may come in.

use pingxin_domain::{Department, Role, Scope, ShopAccess, ShopId, TenantId, UserId};

use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx};

/// What a colleague is from now on.
#[derive(Debug, Clone)]
pub struct UserChange<'a> {
    /// How others see him.
    pub display_name: &'a str,
    /// His role.
    pub role: Role,
    /// His department, when the role is one of a department.
    pub department: Option<Department>,
    /// The shops he may see.
    pub shops: &'a ShopAccess,
}

statements! {
    UPDATE = "UPDATE users SET display_name = $3, role = $4, department = $5, all_shops = $6 \
              WHERE tenant_id = $1 AND id = $2";
    SET_REVIEWED = "UPDATE users SET reviewed = $3 WHERE tenant_id = $1 AND id = $2";
    IS_REVIEWED = "SELECT reviewed FROM users WHERE tenant_id = $1 AND id = $2";
    FORGET_SHOPS = "DELETE FROM user_shops WHERE tenant_id = $1 AND user_id = $2";
    DISABLE = "UPDATE users SET disabled_at = coalesce(disabled_at, $3) WHERE tenant_id = $1 AND id = $2";
    ENABLE = "UPDATE users SET disabled_at = NULL WHERE tenant_id = $1 AND id = $2";
    OTHER_OWNER = "SELECT 1::bigint FROM users WHERE tenant_id = $1 AND id <> $2 AND role = 'owner' \
                   AND disabled_at IS NULL LIMIT 1";
}

/// Keeps the list of shops, when there is one.
pub(crate) async fn put_shops(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    user: UserId,
    shops: &ShopAccess,
) -> Result<(), StoreError> {
    if let ShopAccess::Only(shops) = shops {
        let many = shops.len();
        Bulk::into("user_shops")
            .column("tenant_id", std::iter::repeat_n(tenant, many))
            .column("user_id", std::iter::repeat_n(user, many))
            .column("shop_id", shops.iter().copied().map(|shop: ShopId| shop))
            .suffix("ON CONFLICT DO NOTHING")
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Makes a colleague what `change` says; the shops must be the merchant's.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant.
pub async fn update(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: UserId,
    change: &UserChange<'_>,
) -> Result<(), StoreError> {
    let all_shops = *change.shops == ShopAccess::All;
    let department = change.department.map(Department::code);
    let row = values![scope.tenant, id, change.display_name, change.role.code(), department, all_shops];
    tx.change_one(UPDATE, row, "user").await?;
    tx.execute(FORGET_SHOPS, values![scope.tenant, id]).await?;
    put_shops(tx, scope.tenant, id, change.shops).await
}

/// Says whether a supervisor looks at his messages before they go.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant.
pub async fn set_reviewed(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: UserId,
    reviewed: bool,
) -> Result<(), StoreError> {
    tx.change_one(SET_REVIEWED, values![scope.tenant, id, reviewed], "user").await
}

/// Whether a supervisor looks at the messages of whoever acts before they go.
///
/// # Errors
/// The database's error.
pub async fn is_reviewed(tx: &mut Tx<'_>, scope: &Scope) -> Result<bool, StoreError> {
    let Some(user) = scope.user() else { return Ok(false) };
    let row = tx.first(IS_REVIEWED, values![scope.tenant, user]).await?;
    row.map_or(Ok(false), |row| row.columns().bool())
}

/// Shuts somebody out; his sessions end with it.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant.
pub async fn disable(tx: &mut Tx<'_>, scope: &Scope, id: UserId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.change_one(DISABLE, values![scope.tenant, id, now], "user").await
}

/// Lets somebody in again.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant.
pub async fn enable(tx: &mut Tx<'_>, scope: &Scope, id: UserId) -> Result<(), StoreError> {
    tx.change_one(ENABLE, values![scope.tenant, id], "user").await
}

/// Whether somebody else owns the merchant too and may come in. Ask under [`crate::tenant::lock`].
///
/// # Errors
/// The database's error.
pub async fn has_other_owner(tx: &mut Tx<'_>, scope: &Scope, but: UserId) -> Result<bool, StoreError> {
    Ok(tx.first(OTHER_OWNER, values![scope.tenant, but]).await?.is_some())
}
