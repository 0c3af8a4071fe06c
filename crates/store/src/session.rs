//! Signed-in sessions; only the hash of the token is kept.

use jiff::Timestamp;
use pingxin_domain::{Scope, SessionId, TenantId, UserId};

use crate::sql::{Columns, statements, values};
use crate::user::{UserRecord, user_columns};
use crate::{StoreError, Tx, identifier, user};

/// A session to begin.
#[derive(Debug, Clone)]
pub struct NewSession<'a> {
    /// The merchant.
    pub tenant: TenantId,
    /// Who signed in.
    pub user: UserId,
    /// Hash of the token in his cookie.
    pub token_hash: [u8; 32],
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// What his browser calls itself.
    pub user_agent: Option<&'a str>,
}

/// A session as stored.
#[derive(Debug, Clone)]
pub struct SessionRecord {
    /// Id.
    pub id: SessionId,
    /// The merchant.
    pub tenant: TenantId,
    /// Who signed in.
    pub user: UserId,
    /// When he signed in.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_seen_at: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// What his browser calls itself.
    pub user_agent: Option<String>,
}

macro_rules! columns {
    () => {
        "s.id, s.tenant_id, s.user_id, s.created_at, s.last_seen_at, s.expires_at, s.user_agent"
    };
}

statements! {
    OF = concat!("SELECT ", columns!(), " FROM sessions s WHERE s.tenant_id = $1 AND s.user_id = $2 \
        AND s.expires_at > $3 AND s.last_seen_at > $4 AND s.revoked_at IS NULL ORDER BY s.last_seen_at DESC, s.id");
    USER_OF = "SELECT user_id FROM sessions WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL";
    REVOKE_OTHERS = "UPDATE sessions SET revoked_at = $4 WHERE tenant_id = $1 AND user_id = $2 AND id <> $3 \
        AND revoked_at IS NULL";
    CREATE = "INSERT INTO sessions (tenant_id, id, user_id, token_hash, created_at, last_seen_at, expires_at, \
              user_agent) VALUES ($1, $2, $3, $4, $5, $5, $6, $7)";
    FIND = concat!("SELECT ", columns!(), ", ", user_columns!(), " FROM sessions s JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id \
        WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.revoked_at IS NULL AND u.disabled_at IS NULL");
    BY_ID = concat!("SELECT ", user_columns!(), " FROM sessions s JOIN users u ON u.tenant_id = s.tenant_id \
        AND u.id = s.user_id WHERE s.tenant_id = $1 AND s.id = $2 AND s.expires_at > $3 AND s.last_seen_at > $4 \
        AND s.revoked_at IS NULL AND u.disabled_at IS NULL");
    TOUCH = "UPDATE sessions SET last_seen_at = $3 WHERE tenant_id = $1 AND id = $2 AND last_seen_at < $3";
    REVOKE = "UPDATE sessions SET revoked_at = $3 WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL";
    FORGET = "DELETE FROM sessions WHERE tenant_id = $1 AND expires_at < $2";
    REVOKE_ALL = "UPDATE sessions SET revoked_at = $3 WHERE tenant_id = $1 AND user_id = $2 AND revoked_at IS NULL";
}

fn read(columns: &mut Columns<'_>) -> Result<SessionRecord, StoreError> {
    Ok(SessionRecord {
        id: columns.id()?,
        tenant: columns.id()?,
        user: columns.id()?,
        created_at: columns.instant()?,
        last_seen_at: columns.instant()?,
        expires_at: columns.instant()?,
        user_agent: columns.opt_text()?,
    })
}

/// Begins a session.
///
/// # Errors
/// The database's error.
pub async fn create(tx: &mut Tx<'_>, session: &NewSession<'_>) -> Result<SessionId, StoreError> {
    let (id, now) = (identifier::fresh::<SessionId>(), tx.now());
    let row = values![
        session.tenant,
        id,
        session.user,
        &session.token_hash,
        now,
        session.expires_at,
        session.user_agent
    ];
    tx.execute(CREATE, row).await?;
    Ok(id)
}

/// The session of a token and who it is, when it neither ended nor was revoked and he is not shut out.
///
/// # Errors
/// The database's error.
pub async fn find(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<(SessionRecord, UserRecord)>, StoreError> {
    let Some(row) = tx.first(FIND, values![token_hash, now]).await? else { return Ok(None) };
    let mut columns = row.columns();
    let session = read(&mut columns)?;
    let user = user::read(&mut columns)?;
    let user = user::with_shops(tx, user).await?;
    Ok(Some((session, user)))
}

/// The person of a session that is still valid and was used since `idle_since`; looking is no use of it.
///
/// # Errors
/// The database's error.
pub async fn person_of(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    session: SessionId,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Option<UserRecord>, StoreError> {
    let found = tx.first(BY_ID, values![tenant, session, now, idle_since]).await?;
    let Some(row) = found else { return Ok(None) };
    let user = user::read(&mut row.columns())?;
    user::with_shops(tx, user).await.map(Some)
}

/// Notes that it was used, and that its person is here.
///
/// # Errors
/// The database's error.
pub async fn touch(tx: &mut Tx<'_>, session: &SessionRecord, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(TOUCH, values![session.tenant, session.id, now]).await?;
    user::seen(tx, session.tenant, session.user, now).await
}

/// Somebody's sessions that are valid at `now` and were used after `used_after`, the one used last first.
///
/// # Errors
/// The database's error.
pub async fn of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
    now: Timestamp,
    used_after: Timestamp,
) -> Result<Vec<SessionRecord>, StoreError> {
    let rows = tx.all(OF, values![scope.tenant, user, now, used_after]).await?;
    rows.iter().map(|row| read(&mut row.columns())).collect()
}

/// Whose session it is, unless it was ended.
///
/// # Errors
/// The database's error.
pub async fn user_of(tx: &mut Tx<'_>, scope: &Scope, id: SessionId) -> Result<Option<UserId>, StoreError> {
    tx.first(USER_OF, values![scope.tenant, id]).await?.map(|row| row.columns().id()).transpose()
}

/// Ends it.
///
/// # Errors
/// The database's error.
pub async fn revoke(tx: &mut Tx<'_>, scope: &Scope, id: SessionId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(REVOKE, values![scope.tenant, id, now]).await.map(drop)
}

/// Ends every session of somebody but this one; says how many.
///
/// # Errors
/// The database's error.
pub async fn revoke_others(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
    but: SessionId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    tx.execute(REVOKE_OTHERS, values![scope.tenant, user, but, now]).await
}

/// Ends every session of somebody; says how many.
///
/// # Errors
/// The database's error.
pub async fn revoke_all_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    tx.execute(REVOKE_ALL, values![scope.tenant, user, now]).await
}

/// Forgets sessions that ended before an instant; says how many.
///
/// # Errors
/// The database's error.
pub async fn forget_before(tx: &mut Tx<'_>, scope: &Scope, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET, values![scope.tenant, before]).await
}
