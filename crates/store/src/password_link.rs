//! Links by which somebody sets a new password: one a person, of which only the hash is kept.

use jiff::Timestamp;
use pingxin_domain::{Scope, UserId};

use crate::sql::{statements, values};
use crate::user::{UserRecord, user_columns};
use crate::{StoreError, Tx, user};

statements! {
    PUT = "INSERT INTO password_links (tenant_id, user_id, token_hash, created_at, expires_at) \
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, user_id) DO UPDATE SET \
           token_hash = excluded.token_hash, created_at = excluded.created_at, expires_at = excluded.expires_at";
    FIND = concat!("SELECT ", user_columns!(), " FROM password_links l JOIN users u ON u.tenant_id = l.tenant_id \
           AND u.id = l.user_id WHERE l.token_hash = $1 AND l.expires_at > $2 AND u.disabled_at IS NULL");
    TAKE = "DELETE FROM password_links WHERE token_hash = $1 AND expires_at > $2";
    FORGET = "DELETE FROM password_links WHERE tenant_id = $1 AND user_id = $2";
    FORGET_OLD = "DELETE FROM password_links WHERE tenant_id = $1 AND expires_at < $2";
}

/// Keeps the hash of a new link; an older one of the same person is good no more.
///
/// # Errors
/// The database's error.
pub async fn put(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
    token_hash: &[u8; 32],
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.execute(PUT, values![scope.tenant, user, token_hash, now, expires_at]).await.map(drop)
}

/// Whose link it is, while it is good and he is not shut out.
///
/// # Errors
/// The database's error.
pub async fn find(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<UserRecord>, StoreError> {
    let Some(row) = tx.first(FIND, values![token_hash, now]).await? else { return Ok(None) };
    let user = user::read(&mut row.columns())?;
    user::with_shops(tx, user).await.map(Some)
}

/// Uses it up; false when somebody else did so meanwhile, or it ended.
///
/// # Errors
/// The database's error.
pub async fn take(tx: &mut Tx<'_>, token_hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(TAKE, values![token_hash, now]).await? == 1)
}

/// Takes somebody's link back.
///
/// # Errors
/// The database's error.
pub async fn forget(tx: &mut Tx<'_>, scope: &Scope, user: UserId) -> Result<(), StoreError> {
    tx.execute(FORGET, values![scope.tenant, user]).await.map(drop)
}

/// Forgets those that ended before an instant; says how many.
///
/// # Errors
/// The database's error.
pub async fn forget_before(tx: &mut Tx<'_>, scope: &Scope, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET_OLD, values![scope.tenant, before]).await
}
