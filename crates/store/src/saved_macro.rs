//! Macros 宏: saved actions, a person's own or everybody's.

use jiff::Timestamp;
use pingxin_domain::automation::Macro;
use pingxin_domain::{MacroId, Scope, UserId};

use crate::reference::UserRef;
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, identifier};

/// A macro as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedMacro {
    /// Id.
    pub id: MacroId,
    /// Whose it is; none is everybody's.
    pub owner: Option<UserRef>,
    /// The macro.
    pub body: Macro,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

statements! {
    CREATE = "INSERT INTO macros (tenant_id, id, owner_user_id, body, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6)";
    PUT = "UPDATE macros SET owner_user_id = $3, body = $4, changed_at = $5, changed_by = $6 WHERE tenant_id = $1 AND id = $2 \
        AND deleted_at IS NULL";
    DELETE = "UPDATE macros SET deleted_at = $3 WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL";
    RESTORE = "UPDATE macros SET deleted_at = NULL WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NOT NULL";
    FIND = "SELECT m.id, m.owner_user_id, u.display_name, m.body, m.changed_at FROM macros m LEFT JOIN users u \
        ON u.tenant_id = m.tenant_id AND u.id = m.owner_user_id WHERE m.tenant_id = $1 AND m.id = $2 \
        AND (m.deleted_at IS NULL OR $3)";
    LIST = "SELECT m.id, m.owner_user_id, u.display_name, m.body, m.changed_at FROM macros m LEFT JOIN users u \
        ON u.tenant_id = m.tenant_id AND u.id = m.owner_user_id WHERE m.tenant_id = $1 AND m.deleted_at IS NULL \
        AND (m.owner_user_id IS NULL OR m.owner_user_id = $2) ORDER BY m.id";
}

fn written(body: &Macro) -> Result<String, StoreError> {
    serde_json::to_string(body).map_err(|error| StoreError::Corrupt { what: format!("a macro: {error}") })
}

fn read(columns: &mut Columns<'_>) -> Result<SavedMacro, StoreError> {
    Ok(SavedMacro {
        id: columns.id()?,
        owner: UserRef::read(columns)?,
        body: columns.json()?,
        changed_at: columns.instant()?,
    })
}

/// Keeps a macro of somebody, or of everybody.
///
/// # Errors
/// The database's error.
pub async fn create(
    tx: &mut Tx<'_>,
    scope: &Scope,
    owner: Option<UserId>,
    body: &Macro,
) -> Result<MacroId, StoreError> {
    let (id, now, body) = (identifier::fresh::<MacroId>(), tx.now(), written(body)?);
    tx.execute(CREATE, values![scope.tenant, id, owner, body, now, scope.user()]).await?;
    Ok(id)
}

/// Changes a macro, and whose it is.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn put(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: MacroId,
    owner: Option<UserId>,
    body: &Macro,
) -> Result<(), StoreError> {
    let (now, body) = (tx.now(), written(body)?);
    tx.change_one(PUT, values![scope.tenant, id, owner, body, now, scope.user()], "macro").await
}

/// Takes a macro away.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn delete(tx: &mut Tx<'_>, scope: &Scope, id: MacroId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.change_one(DELETE, values![scope.tenant, id, now], "macro").await
}

/// Brings a deleted macro back.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn restore(tx: &mut Tx<'_>, scope: &Scope, id: MacroId) -> Result<(), StoreError> {
    tx.change_one(RESTORE, values![scope.tenant, id], "macro").await
}

/// One macro, whoever's it is; `with_deleted` finds one that was taken away too.
///
/// # Errors
/// The database's error.
pub async fn find(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: MacroId,
    with_deleted: bool,
) -> Result<Option<SavedMacro>, StoreError> {
    let row = tx.first(FIND, values![scope.tenant, id, with_deleted]).await?;
    row.map(|row| read(&mut row.columns())).transpose()
}

/// The macros that somebody can run: his own and everybody's.
///
/// # Errors
/// The database's error.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: Option<UserId>,
) -> Result<Vec<SavedMacro>, StoreError> {
    let rows = tx.all(LIST, values![scope.tenant, user]).await?;
    rows.iter().map(|row| read(&mut row.columns())).collect()
}
