//! How many photos and videos an import has taken, and which it has not. Their names may hold personal data: they are
//! sealed and forgotten in time.

use jiff::Timestamp;
use pingxin_domain::Say;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{BatchId, Scope};
use serde::{Deserialize, Serialize};

use crate::batch::life::changed;
use crate::sealed::{Keys, Place};
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx};

/// Refused files that are listed by name; the others are only counted.
pub const MOST_REFUSED: usize = 100;

/// A file that came along and was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaRefusal {
    /// Its name.
    pub name: String,
    /// Why, and what to do.
    pub reason: Say,
}

/// What became of the files that came along.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MediaCounts {
    /// Taken.
    pub files: u64,
    /// Not taken.
    pub refused: u64,
    /// The first [`MOST_REFUSED`] of them, until they are forgotten.
    pub refusals: Vec<MediaRefusal>,
}

statements! {
    RESET = "UPDATE import_batches SET media_files = 0, media_refused = 0, media_refused_sealed = NULL \
        WHERE tenant_id = $1 AND id = $2 AND state = 'running'";
    LISTED = "SELECT media_refused_sealed FROM import_batches WHERE tenant_id = $1 AND id = $2";
    COUNT = "UPDATE import_batches SET media_files = media_files + $3, media_refused = media_refused + $4, \
        media_refused_sealed = $5, bytes_read = $6 WHERE tenant_id = $1 AND id = $2 AND state = 'running'";
    PURGE = "UPDATE import_batches SET media_refused_sealed = NULL WHERE tenant_id = $1 AND created_at < $2 \
        AND media_refused_sealed IS NOT NULL";
}

fn place<'a>(scope: &Scope, row: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: "import_batches", row, field: "media_refused" }
}

fn open(
    sealed: Option<Vec<u8>>,
    scope: &Scope,
    id: BatchId,
    keys: &Keys,
) -> Result<Vec<MediaRefusal>, StoreError> {
    let Some(sealed) = sealed else { return Ok(Vec::new()) };
    keys.open_json(place(scope, id.uuid().as_bytes()), &sealed)
}

/// Reads the three columns of a batch.
pub(crate) fn read_counts(
    row: &mut Columns<'_>,
    scope: &Scope,
    id: BatchId,
    keys: &Keys,
) -> Result<MediaCounts, StoreError> {
    let (files, refused) = (row.unsigned()?, row.unsigned()?);
    Ok(MediaCounts { files, refused, refusals: open(row.opt_bytes()?, scope, id, keys)? })
}

/// The files that come along are counted from the first: an import that goes on after a crash sees them again.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it is not running.
pub async fn begin_media(tx: &mut Tx<'_>, scope: &Scope, id: BatchId) -> Result<(), StoreError> {
    changed(tx.execute(RESET, values![scope.tenant, id]).await?)
}

/// Adds what became of some files; call it in the transaction that binds them.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it is not running.
pub async fn count_media(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    taken: u64,
    refused: &[MediaRefusal],
    bytes_read: u64,
) -> Result<(), StoreError> {
    let keys = tx.keys();
    let row = tx.first(LISTED, values![scope.tenant, id]).await?;
    let row = row.ok_or(StoreError::NotFound { what: "import" })?;
    let mut listed = open(row.columns().opt_bytes()?, scope, id, &keys)?;
    let room = MOST_REFUSED.saturating_sub(listed.len());
    listed.extend(refused.iter().take(room).cloned());
    let seal = || keys.seal_json(place(scope, id.uuid().as_bytes()), &listed);
    let sealed = (!listed.is_empty()).then(seal).transpose()?;
    let row = values![scope.tenant, id, taken, refused.len() as u64, sealed, bytes_read];
    changed(tx.execute(COUNT, row).await?)
}

/// Forgets the names of refused files of imports begun before an instant; says of how many imports.
///
/// # Errors
/// The database's error.
pub async fn forget_refusals_before(
    tx: &mut Tx<'_>,
    scope: &Scope,
    before: Timestamp,
) -> Result<u64, StoreError> {
    tx.execute(PURGE, values![scope.tenant, before]).await
}
