//! Tokens for programs: each stands for a person, with some of his actions, until it ends. Only hashes are kept.

use jiff::Timestamp;
use pingxin_domain::{Action, ActionAccess, Actor, Scope, TenantId, TokenId, UserId};

use crate::reference::UserRef;
use crate::sql::{Columns, statements, values};
use crate::user::{UserRecord, user_columns};
use crate::{StoreError, Tx, identifier, user};

/// A token to keep.
#[derive(Debug, Clone)]
pub struct NewToken<'a> {
    /// Whose.
    pub user: UserId,
    /// What he calls it.
    pub name: &'a str,
    /// Hash of the text that is handed out.
    pub token_hash: [u8; 32],
    /// What it may do, as far as he may.
    pub actions: &'a [Action],
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A token as stored.
#[derive(Debug, Clone)]
pub struct TokenRecord {
    /// Id.
    pub id: TokenId,
    /// The merchant.
    pub tenant: TenantId,
    /// What its person calls it.
    pub name: String,
    /// What it may do, as far as he may.
    pub actions: Vec<Action>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// Whose.
    pub user: UserRef,
}

impl TokenRecord {
    /// The bounds within which a program acts for its person.
    #[must_use]
    pub fn scope(&self, person: &UserRecord) -> Scope {
        Scope {
            actor: Actor::Token { user: person.id, token: self.id },
            actions: ActionAccess::Only(self.actions.clone()),
            ..person.scope()
        }
    }
}

macro_rules! columns {
    () => {
        "k.id, k.tenant_id, k.name, k.actions, k.created_at, k.expires_at, k.last_used_at, k.user_id, u.display_name"
    };
}
macro_rules! tables {
    () => {
        " FROM api_tokens k JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.user_id "
    };
}

statements! {
    CREATE = "INSERT INTO api_tokens (tenant_id, id, user_id, name, token_hash, actions, created_at, expires_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    BY_HASH = concat!("SELECT ", columns!(), ", ", user_columns!(), tables!(), "WHERE k.token_hash = $1 \
              AND k.expires_at > $2 AND u.disabled_at IS NULL");
    FIND = concat!("SELECT ", columns!(), tables!(), "WHERE k.tenant_id = $1 AND k.id = $2");
    LIST = concat!("SELECT ", columns!(), tables!(), "WHERE k.tenant_id = $1 AND ($2 OR k.user_id = $3) \
              ORDER BY k.created_at DESC, k.id DESC");
    COUNT = "SELECT count(*) FROM api_tokens WHERE tenant_id = $1 AND user_id = $2";
    TOUCH = "UPDATE api_tokens SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2 \
             AND coalesce(last_used_at, 0) < $3";
    FORGET = "DELETE FROM api_tokens WHERE tenant_id = $1 AND id = $2";
    FORGET_ALL = "DELETE FROM api_tokens WHERE tenant_id = $1 AND user_id = $2";
    FORGET_OLD = "DELETE FROM api_tokens WHERE tenant_id = $1 AND expires_at < $2";
}

fn read(row: &mut Columns<'_>) -> Result<TokenRecord, StoreError> {
    Ok(TokenRecord {
        id: row.id()?,
        tenant: row.id()?,
        name: row.text()?,
        // A code that this program does not know gives nothing.
        actions: row.text()?.split(' ').filter_map(Action::from_code).collect(),
        created_at: row.instant()?,
        expires_at: row.instant()?,
        last_used_at: row.opt_instant()?,
        user: UserRef { id: row.id()?, name: row.text()? },
    })
}

/// Keeps a new token.
///
/// # Errors
/// The database's error.
pub async fn create(tx: &mut Tx<'_>, scope: &Scope, new: &NewToken<'_>) -> Result<TokenId, StoreError> {
    let (id, now): (TokenId, _) = (identifier::fresh(), tx.now());
    let actions = new.actions.iter().map(|action| action.code()).collect::<Vec<_>>().join(" ");
    let row = values![scope.tenant, id, new.user, new.name, &new.token_hash, actions, now, new.expires_at];
    tx.execute(CREATE, row).await?;
    Ok(id)
}

/// The token that a program presents and whose it is, when it has not ended and he is not shut out.
///
/// # Errors
/// The database's error.
pub async fn by_hash(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<(TokenRecord, UserRecord)>, StoreError> {
    let Some(row) = tx.first(BY_HASH, values![token_hash, now]).await? else { return Ok(None) };
    let mut columns = row.columns();
    let token = read(&mut columns)?;
    let person = user::read(&mut columns)?;
    let person = user::with_shops(tx, person).await?;
    Ok(Some((token, person)))
}

/// One token of the merchant.
///
/// # Errors
/// The database's error.
pub async fn find(tx: &mut Tx<'_>, scope: &Scope, id: TokenId) -> Result<Option<TokenRecord>, StoreError> {
    let row = tx.first(FIND, values![scope.tenant, id]).await?;
    row.map(|row| read(&mut row.columns())).transpose()
}

/// Somebody's tokens, or everybody's, the newest first; those that ended too.
///
/// # Errors
/// The database's error.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: Option<UserId>,
) -> Result<Vec<TokenRecord>, StoreError> {
    let rows = tx.all(LIST, values![scope.tenant, of.is_none(), of]).await?;
    rows.iter().map(|row| read(&mut row.columns())).collect()
}

/// How many somebody has.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope, user: UserId) -> Result<u32, StoreError> {
    tx.one(COUNT, values![scope.tenant, user]).await?.columns().small()
}

/// Notes that it was used, and that its person is here.
///
/// # Errors
/// The database's error.
pub async fn touch(tx: &mut Tx<'_>, token: &TokenRecord, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(TOUCH, values![token.tenant, token.id, now]).await?;
    user::seen(tx, token.tenant, token.user.id, now).await
}

/// Takes it back.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant.
pub async fn forget(tx: &mut Tx<'_>, scope: &Scope, id: TokenId) -> Result<(), StoreError> {
    tx.change_one(FORGET, values![scope.tenant, id], "token").await
}

/// Takes back all of somebody's; says how many.
///
/// # Errors
/// The database's error.
pub async fn forget_all_of(tx: &mut Tx<'_>, scope: &Scope, user: UserId) -> Result<u64, StoreError> {
    tx.execute(FORGET_ALL, values![scope.tenant, user]).await
}

/// Forgets those that ended before an instant; says how many.
///
/// # Errors
/// The database's error.
pub async fn forget_before(tx: &mut Tx<'_>, scope: &Scope, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET_OLD, values![scope.tenant, before]).await
}
