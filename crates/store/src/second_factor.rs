//! Second factors: the sealed secret of somebody's one-time codes, and the hashes of his recovery codes.

use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{TenantId, UserId};

use crate::sealed::Place;
use crate::sql::{Bulk, Columns, statements, values};
use crate::{StoreError, Tx};

/// Somebody's secret.
#[derive(Clone)]
pub struct SecondFactor {
    /// What codes are made from.
    pub secret: Vec<u8>,
    /// Whether he has shown that his device has it; before that it asks nothing of him.
    pub confirmed: bool,
    /// The step whose code was used last; none of it or before is good again.
    pub last_step: i64,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SecondFactor(hidden)")
    }
}

statements! {
    PUT = "INSERT INTO second_factors (tenant_id, user_id, secret_sealed, created_at, last_step) \
           VALUES ($1, $2, $3, $4, 0) ON CONFLICT (tenant_id, user_id) DO UPDATE SET \
           secret_sealed = excluded.secret_sealed, created_at = excluded.created_at, last_step = 0 \
           WHERE second_factors.confirmed_at IS NULL";
    FIND = "SELECT secret_sealed, confirmed_at, last_step FROM second_factors WHERE tenant_id = $1 AND user_id = $2";
    LOCK = "SELECT secret_sealed, confirmed_at, last_step FROM second_factors WHERE tenant_id = $1 \
            AND user_id = $2 FOR UPDATE";
    CONFIRM = "UPDATE second_factors SET confirmed_at = $3 WHERE tenant_id = $1 AND user_id = $2 \
               AND confirmed_at IS NULL";
    USE_STEP = "UPDATE second_factors SET last_step = $3 WHERE tenant_id = $1 AND user_id = $2 AND last_step < $3";
    FORGET = "DELETE FROM second_factors WHERE tenant_id = $1 AND user_id = $2";
    TAKE_CODE = "DELETE FROM recovery_codes WHERE tenant_id = $1 AND user_id = $2 AND code_hash = $3";
    FORGET_CODES = "DELETE FROM recovery_codes WHERE tenant_id = $1 AND user_id = $2";
    WITH = "SELECT user_id FROM second_factors WHERE tenant_id = $1 AND confirmed_at IS NOT NULL";
    ALL = "SELECT user_id FROM second_factors WHERE tenant_id = $1";
}

fn place<'a>(tenant: TenantId, row: &'a [u8]) -> Place<'a> {
    Place { tenant, table: "second_factors", row, field: "secret" }
}

/// Keeps a new secret, not yet confirmed; one that was never confirmed goes.
///
/// # Errors
/// [`StoreError::Conflict`] over "second factor" when a confirmed one is there.
pub async fn put(tx: &mut Tx<'_>, tenant: TenantId, user: UserId, secret: &[u8]) -> Result<(), StoreError> {
    let now = tx.now();
    let sealed = tx.keys().seal(place(tenant, user.uuid().as_bytes()), secret);
    match tx.execute(PUT, values![tenant, user, sealed, now]).await? {
        0 => Err(StoreError::Conflict { what: "second factor" }),
        _ => Ok(()),
    }
}

/// Somebody's secret, confirmed or not.
///
/// # Errors
/// [`StoreError::Corrupt`] when it does not open here, or the database's error.
pub async fn find(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    user: UserId,
) -> Result<Option<SecondFactor>, StoreError> {
    let Some(row) = tx.first(FIND, values![tenant, user]).await? else { return Ok(None) };
    read(tx, tenant, user, row.columns()).map(Some)
}

/// The same, kept for this transaction: whoever else looks at a code of his waits.
///
/// # Errors
/// As [`find`].
pub async fn lock(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    user: UserId,
) -> Result<Option<SecondFactor>, StoreError> {
    let Some(row) = tx.first(LOCK, values![tenant, user]).await? else { return Ok(None) };
    read(tx, tenant, user, row.columns()).map(Some)
}

fn read(
    tx: &Tx<'_>,
    tenant: TenantId,
    user: UserId,
    mut row: Columns<'_>,
) -> Result<SecondFactor, StoreError> {
    let sealed = row.bytes()?;
    let secret = tx.keys().open(place(tenant, user.uuid().as_bytes()), &sealed)?;
    let confirmed = row.opt_instant()?.is_some();
    Ok(SecondFactor { secret, confirmed, last_step: row.int()? })
}

/// From now on it is asked for, and these are the hashes of the recovery codes.
///
/// # Errors
/// [`StoreError::Conflict`] over "second factor" when it was confirmed meanwhile.
pub async fn confirm(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    user: UserId,
    code_hashes: &[[u8; 32]],
) -> Result<(), StoreError> {
    let now = tx.now();
    if tx.execute(CONFIRM, values![tenant, user, now]).await? == 0 {
        return Err(StoreError::Conflict { what: "second factor" });
    }
    tx.execute(FORGET_CODES, values![tenant, user]).await?;
    let many = code_hashes.len();
    Bulk::into("recovery_codes")
        .column("tenant_id", std::iter::repeat_n(tenant, many))
        .column("user_id", std::iter::repeat_n(user, many))
        .column("code_hash", code_hashes)
        .run(tx)
        .await
        .map(drop)
}

/// Uses the code of a step; false when it or a later one was used before.
///
/// # Errors
/// The database's error.
pub async fn use_step(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    user: UserId,
    step: i64,
) -> Result<bool, StoreError> {
    Ok(tx.execute(USE_STEP, values![tenant, user, step]).await? == 1)
}

/// Uses a recovery code; false when there is none such.
///
/// # Errors
/// The database's error.
pub async fn take_code(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    user: UserId,
    code_hash: &[u8; 32],
) -> Result<bool, StoreError> {
    Ok(tx.execute(TAKE_CODE, values![tenant, user, code_hash]).await? == 1)
}

/// Forgets secret and codes; false when there were none.
///
/// # Errors
/// The database's error.
pub async fn forget(tx: &mut Tx<'_>, tenant: TenantId, user: UserId) -> Result<bool, StoreError> {
    tx.execute(FORGET_CODES, values![tenant, user]).await?;
    Ok(tx.execute(FORGET, values![tenant, user]).await? == 1)
}

/// Who of the merchant is asked for codes.
///
/// # Errors
/// The database's error.
pub async fn people(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Vec<UserId>, StoreError> {
    tx.all(WITH, values![tenant]).await?.iter().map(|row| row.columns().id()).collect()
}

/// Whose secret does not open with this key; for the doctor.
///
/// # Errors
/// The database's error.
pub(crate) async fn unreadable(
    tx: &mut Tx<'_>,
    tenant: TenantId,
) -> Result<Vec<(UserId, String)>, StoreError> {
    let mut found = Vec::new();
    for row in tx.all(ALL, values![tenant]).await? {
        let user: UserId = row.columns().id()?;
        match find(tx, tenant, user).await {
            Ok(_) => {}
            Err(StoreError::Corrupt { what }) => found.push((user, what)),
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}
