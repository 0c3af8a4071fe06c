//! Imports: one batch a file, with its progress, and what became of each row.

mod codes;
pub(crate) mod rows;

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::Field;
use pingxin_domain::{BatchId, Scope, ShopId};
use serde::{Deserialize, Serialize};

use crate::media::{self, MediaCounts};
use crate::page::{Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::sealed::{Keys, Place};
use crate::sql::{Columns, Value, statements, values};
use crate::{StoreError, Tx, shop};

pub use codes::{BatchState, ImportKind};
pub use rows::{ImportRowWrite, failures, purge_rows_before, raw_row, record_rows};

/// What became of the rows. The first is the sum of the next five.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows read.
    pub rows: u64,
    /// Stored for the first time.
    pub new: u64,
    /// Changed something stored.
    pub updated: u64,
    /// Stored already, as they are.
    pub unchanged: u64,
    /// Twice in this file.
    pub duplicate: u64,
    /// Not taken.
    pub failed: u64,
    /// Cases opened.
    pub cases_opened: u64,
}

/// Which column of the file is which field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnMapping {
    /// Header as the file writes it.
    pub column: String,
    /// The field it is read as.
    pub field: Option<Field>,
    /// Some of its cells.
    pub sample: Vec<String>,
}

/// An import to begin.
#[derive(Debug, Clone)]
pub struct NewBatch<'a> {
    /// Its new id.
    pub id: BatchId,
    /// Name of the file.
    pub file_name: &'a str,
    /// SHA-256 of the file.
    pub file_hash: [u8; 32],
    /// Its size.
    pub bytes: u64,
    /// The shop it is of, when that is known already.
    pub shop: Option<ShopId>,
    /// Whether nothing is to be stored.
    pub dry_run: bool,
    /// Where the file was put.
    pub stored_path: Option<&'a str>,
}

/// What was found out about the file.
#[derive(Debug, Clone)]
pub struct BatchFormat<'a> {
    /// Import profile.
    pub profile: Option<&'a str>,
    /// Character encoding.
    pub encoding: Option<&'a str>,
    /// What it holds.
    pub kind: Option<ImportKind>,
    /// Its columns.
    pub mapping: &'a [ColumnMapping],
}

/// How far an import has come.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Line of the last row dealt with.
    pub cursor_line: u64,
    /// Bytes of the file read so far.
    pub bytes_read: u64,
    /// What became of the rows of this chunk; added to the totals.
    pub chunk: Counts,
}

/// Why an import failed as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchError {
    /// Machine key.
    pub code: String,
    /// For a person.
    pub message: String,
}

/// An import.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Id.
    pub id: BatchId,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_hash: [u8; 32],
    /// Its size.
    pub bytes: u64,
    /// How much of it was read.
    pub bytes_read: u64,
    /// The shop it is of.
    pub shop: Option<ShopRef>,
    /// Import profile.
    pub profile: Option<String>,
    /// Character encoding.
    pub encoding: Option<String>,
    /// What it holds.
    pub kind: Option<ImportKind>,
    /// Its columns.
    pub mapping: Vec<ColumnMapping>,
    /// Whether nothing is stored.
    pub dry_run: bool,
    /// How far it has come.
    pub state: BatchState,
    /// Whether somebody wants it to stop.
    pub cancel_requested: bool,
    /// What became of the rows.
    pub counts: Counts,
    /// Line of the last row dealt with.
    pub cursor_line: u64,
    /// Why it failed.
    pub error: Option<BatchError>,
    /// Who began it; none is the command line or the system.
    pub created_by: Option<UserRef>,
    /// When.
    pub created_at: Timestamp,
    /// When work on it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Where the file was put.
    pub stored_path: Option<String>,
    /// What became of the photos and videos that came along.
    pub media: MediaCounts,
}

macro_rules! columns {
    () => {
        "i.id, i.file_name, i.file_hash, i.bytes, i.bytes_read, s.id, s.name, s.platform, i.profile, i.encoding, \
         i.kind, i.mapping_sealed, i.dry_run, i.state, i.cancel_requested, i.rows_read, i.rows_new, i.rows_updated, \
         i.rows_unchanged, i.rows_duplicate, i.rows_failed, i.cases_opened, i.cursor_line, i.error_code, \
         i.error_message, u.id, u.display_name, i.created_at, i.started_at, i.finished_at, i.stored_path, \
         i.media_files, i.media_refused, i.media_refused_sealed \
         FROM import_batches i LEFT JOIN shops s ON s.tenant_id = i.tenant_id AND s.id = i.shop_id \
         LEFT JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.created_by"
    };
}

statements! {
    CREATE = "INSERT INTO import_batches (tenant_id, id, shop_id, file_name, file_hash, bytes, bytes_read, dry_run, \
        state, cancel_requested, rows_read, rows_new, rows_updated, rows_unchanged, rows_duplicate, rows_failed, \
        cases_opened, cursor_line, created_by, created_at, stored_path) \
        VALUES ($1, $2, $3, $4, $5, $6, 0, $7, 'queued', $8, 0, 0, 0, 0, 0, 0, 0, 0, $9, $10, $11)";
    // A batch whose shop is not known yet is shown to those who see every shop.
    GET = concat!("SELECT ", columns!(), " WHERE i.tenant_id = $1 AND i.id = $2 \
        AND ($3 OR i.shop_id = ANY($4::uuid[]))");
    LIST = concat!("SELECT ", columns!(), " WHERE i.tenant_id = $1 AND ($2 OR i.shop_id = ANY($3::uuid[])) \
        AND (i.created_at, i.id) < ($4, $5) ORDER BY i.created_at DESC, i.id DESC LIMIT $6");
    SET_SHOP = "UPDATE import_batches SET shop_id = $3 WHERE tenant_id = $1 AND id = $2";
    DESCRIBE = "UPDATE import_batches SET profile = $3, encoding = $4, kind = $5, mapping_sealed = $6 \
        WHERE tenant_id = $1 AND id = $2";
    START = "UPDATE import_batches SET state = 'running', started_at = coalesce(started_at, $3) \
        WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'running')";
    ADVANCE = "UPDATE import_batches SET cursor_line = $3, bytes_read = $4, rows_read = rows_read + $5, \
        rows_new = rows_new + $6, rows_updated = rows_updated + $7, rows_unchanged = rows_unchanged + $8, \
        rows_duplicate = rows_duplicate + $9, rows_failed = rows_failed + $10, cases_opened = cases_opened + $11 \
        WHERE tenant_id = $1 AND id = $2 AND state = 'running'";
    END = "UPDATE import_batches SET state = $3, finished_at = $4, error_code = $5, error_message = $6 \
        WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'running')";
    REQUEST_CANCEL = "UPDATE import_batches SET cancel_requested = $3, \
        finished_at = CASE WHEN state = 'queued' THEN $4 ELSE finished_at END, \
        state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END \
        WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'running') AND ($5 OR shop_id = ANY($6::uuid[]))";
    STATE = "SELECT state, cancel_requested FROM import_batches WHERE tenant_id = $1 AND id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[]))";
    BY_HASH = "SELECT id FROM import_batches WHERE tenant_id = $1 AND file_hash = $2 AND state = 'done' \
        AND NOT dry_run AND ($3 OR shop_id = ANY($4::uuid[])) ORDER BY created_at DESC, id DESC LIMIT 1";
}

fn mapping_place<'a>(scope: &Scope, id: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: "import_batches", row: id, field: "mapping" }
}

fn read_shop(row: &mut Columns<'_>) -> Result<Option<ShopRef>, StoreError> {
    let (id, name) = (row.opt_id()?, row.opt_text()?);
    let platform = row.opt_code(|code| code.parse().ok())?;
    Ok(id.zip(name).zip(platform).map(|((id, name), platform)| ShopRef { id, name, platform }))
}

fn read(mut row: Columns<'_>, scope: &Scope, keys: &Keys) -> Result<Batch, StoreError> {
    let id: BatchId = row.id()?;
    let (file_name, file_hash) = (row.text()?, row.hash()?);
    let (bytes, bytes_read) = (row.unsigned()?, row.unsigned()?);
    let shop = read_shop(&mut row)?;
    let (profile, encoding) = (row.opt_text()?, row.opt_text()?);
    let kind = row.opt_code(ImportKind::from_code)?;
    let mapping = match row.opt_bytes()? {
        None => Vec::new(),
        Some(sealed) => {
            let plain = keys.open(mapping_place(scope, id.uuid().as_bytes()), &sealed)?;
            serde_json::from_slice(&plain).map_err(|error| StoreError::Corrupt {
                what: format!("the columns of import {id}: {error}"),
            })?
        }
    };
    let (dry_run, state, cancel_requested) = (row.bool()?, row.code(BatchState::from_code)?, row.bool()?);
    let counts = Counts {
        rows: row.unsigned()?,
        new: row.unsigned()?,
        updated: row.unsigned()?,
        unchanged: row.unsigned()?,
        duplicate: row.unsigned()?,
        failed: row.unsigned()?,
        cases_opened: row.unsigned()?,
    };
    let cursor_line = row.unsigned()?;
    let (code, message) = (row.opt_text()?, row.opt_text()?);
    let (user, name) = (row.opt_id()?, row.opt_text()?);
    Ok(Batch {
        id,
        file_name,
        file_hash,
        bytes,
        bytes_read,
        shop,
        profile,
        encoding,
        kind,
        mapping,
        dry_run,
        state,
        cancel_requested,
        counts,
        cursor_line,
        error: code.map(|code| BatchError { code, message: message.unwrap_or_default() }),
        created_by: user.zip(name).map(|(id, name)| UserRef { id, name }),
        created_at: row.instant()?,
        started_at: row.opt_instant()?,
        finished_at: row.opt_instant()?,
        stored_path: row.opt_text()?,
        media: media::read_counts(&mut row, scope, id, keys)?,
    })
}

/// Begins an import, queued.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn create(tx: &mut Tx<'_>, scope: &Scope, batch: &NewBatch<'_>) -> Result<(), StoreError> {
    if let Some(shop) = batch.shop {
        shop::require(scope, shop)?;
    }
    let now = tx.now();
    let row = values![
        scope.tenant,
        batch.id,
        batch.shop,
        batch.file_name,
        &batch.file_hash,
        batch.bytes,
        batch.dry_run,
        false,
        scope.user(),
        now,
        batch.stored_path,
    ];
    tx.execute(CREATE, row).await.map(drop)
}

fn bounded(scope: &Scope, values: Vec<Value<'static>>) -> Vec<Value<'static>> {
    let mut row = vec![Value::from(scope.tenant)];
    row.extend(values);
    row.extend(shop::bounds(scope));
    row
}

/// One import within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: BatchId) -> Result<Option<Batch>, StoreError> {
    let keys = tx.keys();
    let row = tx.first(GET, bounded(scope, values![id])).await?;
    row.map(|row| read(row.columns(), scope, &keys)).transpose()
}

const LIST_NAME: u8 = 40;

/// A page of imports, the newest first.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Batch>, StoreError> {
    let limit = page_limit(limit);
    let before = Cursor::read(cursor, LIST_NAME)?;
    let (at, id) = before.map_or((i64::MAX, uuid::Uuid::max()), |cursor| (cursor.first, cursor.id));
    let keys = tx.keys();
    let mut row = bounded(scope, vec![]);
    row.extend([Value::from(at), Value::Uuid(Some(id)), Value::from(limit + 1)]);
    let rows = tx.all(LIST, row).await?;
    let batches: Result<Vec<Batch>, _> = rows.iter().map(|row| read(row.columns(), scope, &keys)).collect();
    Ok(Page::cut(batches?, limit, |last| Cursor {
        list: LIST_NAME,
        first: last.created_at.as_microsecond(),
        second: 0,
        id: last.id.uuid(),
    }))
}

/// Says which shop it is of.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope or an unknown import.
pub async fn set_shop(tx: &mut Tx<'_>, scope: &Scope, id: BatchId, shop: ShopId) -> Result<(), StoreError> {
    shop::require(scope, shop)?;
    tx.change_one(SET_SHOP, values![scope.tenant, id, shop], "import").await
}

/// Keeps what was found out about the file; sample cells are sealed.
///
/// # Errors
/// [`StoreError::NotFound`] for an unknown import.
pub async fn describe(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    format: &BatchFormat<'_>,
) -> Result<(), StoreError> {
    let plain = serde_json::to_vec(format.mapping)
        .map_err(|error| StoreError::Corrupt { what: format!("columns that are no JSON: {error}") })?;
    let sealed = tx.keys().seal(mapping_place(scope, id.uuid().as_bytes()), &plain);
    let kind = format.kind.map(ImportKind::code);
    tx.change_one(
        DESCRIBE,
        values![scope.tenant, id, format.profile, format.encoding, kind, sealed],
        "import",
    )
    .await
}

fn changed(count: u64) -> Result<(), StoreError> {
    if count == 1 { Ok(()) } else { Err(StoreError::Conflict { what: "batch state" }) }
}

/// Work on it begins, or goes on after a crash.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it has ended.
pub async fn start(tx: &mut Tx<'_>, scope: &Scope, id: BatchId, at: Timestamp) -> Result<(), StoreError> {
    changed(tx.execute(START, values![scope.tenant, id, at]).await?)
}

/// Notes how far it has come; call it in the transaction that stores the rows.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it is not running.
pub async fn advance(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    progress: &Progress,
) -> Result<(), StoreError> {
    let chunk = progress.chunk;
    let row = values![
        scope.tenant,
        id,
        progress.cursor_line,
        progress.bytes_read,
        chunk.rows,
        chunk.new,
        chunk.updated,
        chunk.unchanged,
        chunk.duplicate,
        chunk.failed,
        chunk.cases_opened,
    ];
    changed(tx.execute(ADVANCE, row).await?)
}

async fn end(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    state: BatchState,
    error: Option<(&str, &str)>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let (code, message) = error.unzip();
    changed(tx.execute(END, values![scope.tenant, id, state.code(), at, code, message]).await?)
}

/// It is done.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it has ended already.
pub async fn finish(tx: &mut Tx<'_>, scope: &Scope, id: BatchId, at: Timestamp) -> Result<(), StoreError> {
    end(tx, scope, id, BatchState::Done, None, at).await
}

/// It failed as a whole; what was stored before stays.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it has ended already.
pub async fn fail(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    code: &str,
    message: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    end(tx, scope, id, BatchState::Failed, Some((code, message)), at).await
}

/// It stopped because somebody asked for it; what was stored before stays.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it has ended already.
pub async fn cancel(tx: &mut Tx<'_>, scope: &Scope, id: BatchId, at: Timestamp) -> Result<(), StoreError> {
    end(tx, scope, id, BatchState::Cancelled, None, at).await
}

/// Asks it to stop: a queued one is cancelled at once, a running one at its next chunk. Gives its state.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope, [`StoreError::Conflict`] over "batch state" when it has ended already.
pub async fn request_cancel(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    at: Timestamp,
) -> Result<BatchState, StoreError> {
    let done = tx.execute(REQUEST_CANCEL, bounded(scope, values![id, true, at])).await?;
    let row = tx.first(STATE, bounded(scope, values![id])).await?;
    let state = row.ok_or(StoreError::NotFound { what: "import" })?.columns().code(BatchState::from_code)?;
    changed(done).map(|()| state)
}

/// Whether it was cancelled or somebody wants it to be.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn is_cancelled(tx: &mut Tx<'_>, scope: &Scope, id: BatchId) -> Result<bool, StoreError> {
    let row = tx.first(STATE, bounded(scope, values![id])).await?;
    let row = row.ok_or(StoreError::NotFound { what: "import" })?;
    let mut columns = row.columns();
    let state = columns.code(BatchState::from_code)?;
    Ok(columns.bool()? || state == BatchState::Cancelled)
}

/// The last import of the very same file that was done.
///
/// # Errors
/// The database's error.
pub async fn find_by_file_hash(
    tx: &mut Tx<'_>,
    scope: &Scope,
    hash: &[u8; 32],
) -> Result<Option<BatchId>, StoreError> {
    let row = tx.first(BY_HASH, bounded(scope, values![hash.to_vec()])).await?;
    row.map(|row| row.columns().id()).transpose()
}
