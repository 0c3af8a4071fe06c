//! A merchant's own versions of the text models, and which of them are in use. What is not here is used as shipped.

use jiff::Timestamp;
use pingxin_domain::Scope;

use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx};

/// A version to keep.
#[derive(Debug, Clone)]
pub struct NewTextModel<'a> {
    /// The model, such as `zh-cause`.
    pub model: &'a str,
    /// Its number: 2 of `zh-cause-2`.
    pub version: u32,
    /// The file.
    pub bytes: &'a [u8],
    /// Corrections that it learnt.
    pub taught: u32,
    /// Corrections that were kept back.
    pub held: u32,
    /// The version it was made from.
    pub before_name: &'a str,
    /// The share of the kept-back ones that version gets right, in [0, 1].
    pub before_share: f64,
    /// The share that this one gets right.
    pub after_share: f64,
}

/// A version that is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct TextModel {
    /// The model, such as `zh-cause`.
    pub model: String,
    /// Its number.
    pub version: u32,
    /// Length of the file.
    pub bytes: u64,
    /// Corrections that it learnt.
    pub taught: u32,
    /// Corrections that were kept back.
    pub held: u32,
    /// The version it was made from.
    pub before_name: String,
    /// The share of the kept-back ones that version gets right, in [0, 1].
    pub before_share: f64,
    /// The share that this one gets right.
    pub after_share: f64,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it is in use.
    pub used_at: Option<Timestamp>,
}

statements! {
    INSERT = "INSERT INTO text_models (tenant_id, model, version, bytes, taught, held, before_name, before_share, \
        after_share, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    LIST = "SELECT model, version, length(bytes)::bigint, taught, held, before_name, before_share, after_share, created_at, used_at \
        FROM text_models WHERE tenant_id = $1 ORDER BY model, version";
    IN_USE = "SELECT bytes FROM text_models WHERE tenant_id = $1 AND model = ANY($2::text[]) AND used_at IS NOT NULL \
        ORDER BY model, version";
    NEXT = "SELECT coalesce(max(version), 0) FROM text_models WHERE tenant_id = $1 AND model = $2";
    LEAVE = "UPDATE text_models SET used_at = NULL WHERE tenant_id = $1 AND model = $2 AND used_at IS NOT NULL";
    USE = "UPDATE text_models SET used_at = $4 WHERE tenant_id = $1 AND model = $2 AND version = $3";
    READER_VERSION = "SELECT reader_version FROM tenants WHERE id = $1";
    COUNT_UP = "UPDATE tenants SET reader_version = reader_version + 1 WHERE id = $1";
}

fn read(mut row: Columns<'_>) -> Result<TextModel, StoreError> {
    Ok(TextModel {
        model: row.text()?,
        version: row.small()?,
        bytes: row.unsigned()?,
        taught: row.small()?,
        held: row.small()?,
        before_name: row.text()?,
        before_share: row.opt_real()?.unwrap_or(0.0),
        after_share: row.opt_real()?.unwrap_or(0.0),
        created_at: row.instant()?,
        used_at: row.opt_instant()?,
    })
}

/// Keeps a version; it is not used yet.
///
/// # Errors
/// [`StoreError::Conflict`] over "text model" when there is one of this number.
pub async fn insert(tx: &mut Tx<'_>, scope: &Scope, new: &NewTextModel<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    let row = values![
        scope.tenant,
        new.model,
        new.version,
        new.bytes,
        new.taught,
        new.held,
        new.before_name,
        Some(new.before_share),
        Some(new.after_share),
        now,
    ];
    tx.execute(INSERT, row).await.map(drop).map_err(|error| error.or_conflict("text model"))
}

/// Every version, those of one model together, the oldest first.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<TextModel>, StoreError> {
    tx.all(LIST, values![scope.tenant]).await?.iter().map(|row| read(row.columns())).collect()
}

/// The files of the versions that are in use, of these models.
///
/// # Errors
/// The database's error.
pub async fn in_use(tx: &mut Tx<'_>, scope: &Scope, models: &[&str]) -> Result<Vec<Vec<u8>>, StoreError> {
    tx.all(IN_USE, values![scope.tenant, models]).await?.iter().map(|row| row.columns().bytes()).collect()
}

/// The greatest number of a version of a model that is kept; 0 for none.
///
/// # Errors
/// The database's error.
pub async fn last_version(tx: &mut Tx<'_>, scope: &Scope, model: &str) -> Result<u32, StoreError> {
    tx.one(NEXT, values![scope.tenant, model]).await?.columns().small()
}

/// Uses a version of a model from now on, or with `None` the shipped one.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such version.
pub async fn switch(
    tx: &mut Tx<'_>,
    scope: &Scope,
    model: &str,
    version: Option<u32>,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.execute(LEAVE, values![scope.tenant, model]).await?;
    if let Some(version) = version {
        tx.change_one(USE, values![scope.tenant, model, version, now], "text model").await?;
    }
    changed(tx, scope).await
}

/// A number that grows with every change of what the merchant's reader knows; 0 for the shipped one.
///
/// # Errors
/// The database's error.
pub async fn reader_version(tx: &mut Tx<'_>, scope: &Scope) -> Result<u64, StoreError> {
    let row = tx.first(READER_VERSION, values![scope.tenant]).await?;
    row.map_or(Ok(0), |row| row.columns().unsigned())
}

/// Notes that the reader knows something else.
pub(crate) async fn changed(tx: &mut Tx<'_>, scope: &Scope) -> Result<(), StoreError> {
    tx.change_one(COUNT_UP, values![scope.tenant], "tenant").await
}
