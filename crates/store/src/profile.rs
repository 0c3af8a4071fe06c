//! Named ways to read a file, as people have saved them.

use jiff::Timestamp;
use pingxin_domain::{ProfileId, Scope};
use serde_json::Value as Json;

use crate::batch::ImportKind;
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, identifier};

/// A saved profile.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Id.
    pub id: ProfileId,
    /// Its name, one of its kind within the merchant.
    pub name: String,
    /// What files read by it hold.
    pub kind: Option<ImportKind>,
    /// The whole of it, as it is exported.
    pub body: Json,
    /// When it was saved.
    pub created_at: Timestamp,
}

statements! {
    CREATE = "INSERT INTO import_profiles (tenant_id, id, name, kind, body, created_by, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    REPLACE = "UPDATE import_profiles SET kind = $3, body = $4 WHERE tenant_id = $1 AND name = $2";
    LIST = "SELECT id, name, kind, body, created_at FROM import_profiles WHERE tenant_id = $1 ORDER BY name LIMIT 1000";
    GET = "SELECT id, name, kind, body, created_at FROM import_profiles WHERE tenant_id = $1 AND id = $2";
    BY_NAME = "SELECT id, name, kind, body, created_at FROM import_profiles WHERE tenant_id = $1 AND name = $2";
    DELETE = "DELETE FROM import_profiles WHERE tenant_id = $1 AND id = $2";
}

fn read(mut row: Columns<'_>) -> Result<Profile, StoreError> {
    Ok(Profile {
        id: row.id()?,
        name: row.text()?,
        kind: row.opt_code(ImportKind::from_code)?,
        body: row.json()?,
        created_at: row.instant()?,
    })
}

/// Saves a profile under a name that is free.
///
/// # Errors
/// [`StoreError::Conflict`] over "profile name" when there is one of that name.
pub async fn create(
    tx: &mut Tx<'_>,
    scope: &Scope,
    name: &str,
    kind: Option<ImportKind>,
    body: &Json,
) -> Result<ProfileId, StoreError> {
    let (id, now) = (identifier::fresh::<ProfileId>(), tx.now());
    let row =
        values![scope.tenant, id, name, kind.map(ImportKind::code), body.to_string(), scope.user(), now];
    tx.execute(CREATE, row).await.map_err(|error| error.or_conflict("profile name"))?;
    Ok(id)
}

/// Saves a profile, over one of the same name if there is one.
///
/// # Errors
/// The database's error.
pub async fn save(
    tx: &mut Tx<'_>,
    scope: &Scope,
    name: &str,
    kind: Option<ImportKind>,
    body: &Json,
) -> Result<(), StoreError> {
    let row = values![scope.tenant, name, kind.map(ImportKind::code), body.to_string()];
    if tx.execute(REPLACE, row).await? == 0 {
        create(tx, scope, name, kind, body).await?;
    }
    Ok(())
}

/// Every saved profile, by name.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Profile>, StoreError> {
    tx.all(LIST, values![scope.tenant]).await?.iter().map(|row| read(row.columns())).collect()
}

/// One profile.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: ProfileId) -> Result<Option<Profile>, StoreError> {
    tx.first(GET, values![scope.tenant, id]).await?.map(|row| read(row.columns())).transpose()
}

/// One profile by its name.
///
/// # Errors
/// The database's error.
pub async fn find(tx: &mut Tx<'_>, scope: &Scope, name: &str) -> Result<Option<Profile>, StoreError> {
    tx.first(BY_NAME, values![scope.tenant, name]).await?.map(|row| read(row.columns())).transpose()
}

/// Takes a profile away.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn delete(tx: &mut Tx<'_>, scope: &Scope, id: ProfileId) -> Result<(), StoreError> {
    tx.change_one(DELETE, values![scope.tenant, id], "profile").await
}
