//! People who sign in.

pub mod change;

use jiff::Timestamp;
use pingxin_domain::{ActionAccess, Actor, Department, Role, Scope, ShopAccess, TenantId, UserId};

use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, identifier};

/// Somebody to add.
#[derive(Debug, Clone)]
pub struct NewUser<'a> {
    /// What he types to sign in; kept in lower case, unique in the whole database.
    pub login: &'a str,
    /// How others see him.
    pub display_name: &'a str,
    /// Hash of his password, never the password.
    pub password_hash: &'a str,
    /// His role.
    pub role: Role,
    /// His department, when the role is one of a department.
    pub department: Option<Department>,
    /// The shops he may see.
    pub shops: ShopAccess,
    /// `zh-CN` or `en-US`.
    pub locale: Option<&'a str>,
}

/// Somebody as stored.
#[derive(Debug, Clone)]
pub struct UserRecord {
    /// Id.
    pub id: UserId,
    /// His merchant.
    pub tenant: TenantId,
    /// What he types to sign in.
    pub login: String,
    /// How others see him.
    pub display_name: String,
    /// Hash of his password.
    pub password_hash: String,
    /// His role.
    pub role: Role,
    /// His department, when the role is one of a department.
    pub department: Option<Department>,
    /// The shops he may see.
    pub shops: ShopAccess,
    /// `zh-CN` or `en-US`.
    pub locale: Option<String>,
    /// When he was added.
    pub created_at: Timestamp,
    /// When he was shut out.
    pub disabled_at: Option<Timestamp>,
    /// When he or a token of his was last here, to the minute.
    pub last_seen_at: Option<Timestamp>,
    /// Whether a supervisor looks at his messages before they go.
    pub reviewed: bool,
}

impl UserRecord {
    /// The bounds within which he acts.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope {
            tenant: self.tenant,
            actor: Actor::User(self.id),
            role: self.role,
            department: self.department,
            shops: self.shops.clone(),
            actions: ActionAccess::All,
        }
    }
}

macro_rules! columns {
    () => {
        "u.id, u.tenant_id, u.login, u.display_name, u.password_hash, u.role, u.department, u.all_shops, u.locale, \
         u.created_at, u.disabled_at, u.last_seen_at, u.reviewed"
    };
}
pub(crate) use columns as user_columns;

statements! {
    CREATE = "INSERT INTO users (tenant_id, id, login, display_name, password_hash, role, department, \
              all_shops, locale, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    BY_LOGIN = concat!("SELECT ", columns!(), " FROM users u WHERE u.login = $1");
    BY_ID = concat!("SELECT ", columns!(), " FROM users u WHERE u.tenant_id = $1 AND u.id = $2");
    LIST = concat!("SELECT ", columns!(), " FROM users u WHERE u.tenant_id = $1 ORDER BY u.created_at, u.id");
    SHOPS = "SELECT shop_id FROM user_shops WHERE tenant_id = $1 AND user_id = $2 ORDER BY shop_id";
    SET_LOCALE = "UPDATE users SET locale = $3 WHERE tenant_id = $1 AND id = $2";
    SET_PASSWORD = "UPDATE users SET password_hash = $3 WHERE tenant_id = $1 AND id = $2";
    SEEN = "UPDATE users SET last_seen_at = $3 WHERE tenant_id = $1 AND id = $2 \
            AND coalesce(last_seen_at, 0) < $3";
    HAS_OWNER = "SELECT 1::bigint FROM users WHERE role = 'owner' AND disabled_at IS NULL LIMIT 1";
}

/// The record without his list of shops.
pub(crate) fn read(row: &mut Columns<'_>) -> Result<UserRecord, StoreError> {
    Ok(UserRecord {
        id: row.id()?,
        tenant: row.id()?,
        login: row.text()?,
        display_name: row.text()?,
        password_hash: row.text()?,
        role: row.code(Role::from_code)?,
        department: row.opt_code(Department::from_code)?,
        shops: if row.bool()? { ShopAccess::All } else { ShopAccess::Only(Vec::new()) },
        locale: row.opt_text()?,
        created_at: row.instant()?,
        disabled_at: row.opt_instant()?,
        last_seen_at: row.opt_instant()?,
        reviewed: row.bool()?,
    })
}

/// Adds the list of shops to a record that has one.
pub(crate) async fn with_shops(tx: &mut Tx<'_>, mut user: UserRecord) -> Result<UserRecord, StoreError> {
    if let ShopAccess::Only(shops) = &mut user.shops {
        for row in tx.all(SHOPS, values![user.tenant, user.id]).await? {
            shops.push(row.columns().id()?);
        }
    }
    Ok(user)
}

/// Logins are compared without case.
fn plain_login(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Adds somebody.
///
/// # Errors
/// [`StoreError::Conflict`] over "login" when it is taken, by any merchant.
pub async fn create(tx: &mut Tx<'_>, tenant: TenantId, user: &NewUser<'_>) -> Result<UserId, StoreError> {
    let (id, now) = (identifier::fresh::<UserId>(), tx.now());
    let all_shops = user.shops == ShopAccess::All;
    let role = user.role.code();
    let login = plain_login(user.login);
    let row = values![
        tenant,
        id,
        login,
        user.display_name,
        user.password_hash,
        role,
        user.department.map(Department::code),
        all_shops,
        user.locale,
        now
    ];
    tx.execute(CREATE, row).await.map_err(|error| error.or_conflict("login"))?;
    change::put_shops(tx, tenant, id, &user.shops).await?;
    Ok(id)
}

/// Somebody by what he types to sign in; one who is shut out too.
///
/// # Errors
/// The database's error.
pub async fn find_by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<UserRecord>, StoreError> {
    let Some(row) = tx.first(BY_LOGIN, values![plain_login(login)]).await? else { return Ok(None) };
    let user = read(&mut row.columns())?;
    with_shops(tx, user).await.map(Some)
}

/// A colleague.
///
/// # Errors
/// The database's error.
pub async fn find(tx: &mut Tx<'_>, scope: &Scope, id: UserId) -> Result<Option<UserRecord>, StoreError> {
    let Some(row) = tx.first(BY_ID, values![scope.tenant, id]).await? else { return Ok(None) };
    let user = read(&mut row.columns())?;
    with_shops(tx, user).await.map(Some)
}

/// Everybody of the merchant, the oldest account first.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<UserRecord>, StoreError> {
    let mut users = Vec::new();
    for row in tx.all(LIST, values![scope.tenant]).await? {
        let user = read(&mut row.columns())?;
        users.push(with_shops(tx, user).await?);
    }
    Ok(users)
}

/// Keeps the language he chose.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant.
pub async fn set_locale(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: UserId,
    locale: Option<&str>,
) -> Result<(), StoreError> {
    tx.change_one(SET_LOCALE, values![scope.tenant, id, locale], "user").await
}

/// Keeps the hash of a new password.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant.
pub async fn set_password(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: UserId,
    password_hash: &str,
) -> Result<(), StoreError> {
    tx.change_one(SET_PASSWORD, values![scope.tenant, id, password_hash], "user").await
}

/// Notes that he is here.
///
/// # Errors
/// The database's error.
pub async fn seen(tx: &mut Tx<'_>, tenant: TenantId, id: UserId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(SEEN, values![tenant, id, now]).await.map(drop)
}

/// Whether anybody owns anything here yet.
///
/// # Errors
/// The database's error.
pub async fn has_owner(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    Ok(tx.first(HAS_OWNER, vec![]).await?.is_some())
}
