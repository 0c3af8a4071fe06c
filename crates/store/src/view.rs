//! Saved views of lists: a filter with its order and columns under a name.

use jiff::Timestamp;
use pingxin_domain::list::List;
use pingxin_domain::{Scope, UserId, ViewId};

use crate::reference::UserRef;
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, identifier};

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Id.
    pub id: ViewId,
    /// Of which list.
    pub list: List,
    /// What its owner calls it.
    pub name: String,
    /// The filter as it stands in an address after `?`.
    pub query: String,
    /// The columns shown, in order; none is the usual ones.
    pub columns: Vec<String>,
    /// Whether the whole team sees it.
    pub shared: bool,
    /// Whose it is.
    pub owner: UserRef,
    /// When it was saved first.
    pub created_at: Timestamp,
}

macro_rules! columns {
    () => {
        "v.id, v.list, v.name, v.query, v.columns, v.shared, v.owner_user_id, u.display_name, v.created_at \
         FROM list_views v JOIN users u ON u.tenant_id = v.tenant_id AND u.id = v.owner_user_id"
    };
}

statements! {
    CREATE = "INSERT INTO list_views (tenant_id, id, owner_user_id, list, name, query, columns, shared, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    CHANGE = "UPDATE list_views SET name = $3, query = $4, columns = $5, shared = $6 WHERE tenant_id = $1 AND id = $2";
    FIND = concat!("SELECT ", columns!(), " WHERE v.tenant_id = $1 AND v.id = $2 AND (v.shared OR v.owner_user_id = $3)");
    LIST = concat!("SELECT ", columns!(), " WHERE v.tenant_id = $1 AND v.list = $2 AND (v.shared OR v.owner_user_id = $3) \
        ORDER BY v.name, v.id LIMIT 200");
    COUNT = "SELECT count(*) FROM list_views WHERE tenant_id = $1 AND owner_user_id = $2";
    DELETE = "DELETE FROM list_views WHERE tenant_id = $1 AND id = $2";
}

fn read(mut row: Columns<'_>) -> Result<View, StoreError> {
    Ok(View {
        id: row.id()?,
        list: row.code(List::from_code)?,
        name: row.text()?,
        query: row.text()?,
        columns: row.json()?,
        shared: row.bool()?,
        owner: UserRef { id: row.id()?, name: row.text()? },
        created_at: row.instant()?,
    })
}

fn columns_text(view: &View) -> String {
    serde_json::Value::from(view.columns.clone()).to_string()
}

/// Saves a view of `view.owner`; its id and instant are made here.
///
/// # Errors
/// The database's error.
pub async fn create(tx: &mut Tx<'_>, scope: &Scope, view: &View) -> Result<ViewId, StoreError> {
    let (id, now) = (identifier::fresh::<ViewId>(), tx.now());
    let (owner, list) = (view.owner.id, view.list.code());
    let row = values![
        scope.tenant,
        id,
        owner,
        list,
        view.name.as_str(),
        view.query.as_str(),
        columns_text(view),
        view.shared,
        now
    ];
    tx.execute(CREATE, row).await?;
    Ok(id)
}

/// Writes name, filter, columns and whether it is shared.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn change(tx: &mut Tx<'_>, scope: &Scope, view: &View) -> Result<(), StoreError> {
    let row = values![
        scope.tenant,
        view.id,
        view.name.as_str(),
        view.query.as_str(),
        columns_text(view),
        view.shared
    ];
    tx.change_one(CHANGE, row, "view").await
}

/// One view, if it is this person's or shared.
///
/// # Errors
/// The database's error.
pub async fn find(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
    id: ViewId,
) -> Result<Option<View>, StoreError> {
    tx.first(FIND, values![scope.tenant, id, user]).await?.map(|row| read(row.columns())).transpose()
}

/// This person's views of a list and the shared ones, by name, two hundred at most.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope, user: UserId, list: List) -> Result<Vec<View>, StoreError> {
    let rows = tx.all(LIST, values![scope.tenant, list.code(), user]).await?;
    rows.iter().map(|row| read(row.columns())).collect()
}

/// How many views a person has saved.
///
/// # Errors
/// The database's error.
pub async fn count_of(tx: &mut Tx<'_>, scope: &Scope, user: UserId) -> Result<u64, StoreError> {
    tx.one(COUNT, values![scope.tenant, user]).await?.columns().unsigned()
}

/// Takes a view away.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn delete(tx: &mut Tx<'_>, scope: &Scope, id: ViewId) -> Result<(), StoreError> {
    tx.change_one(DELETE, values![scope.tenant, id], "view").await
}
