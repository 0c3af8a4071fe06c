//! Imports: one batch a file, with its progress, and what became of each row.

mod codes;
pub(crate) mod life;
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
pub use life::{
    advance, begin_undo, cancel, describe, draft_request, drafts_before, end_undo, fail, fail_abandoned,
    finish, is_cancelled, note_undone, request_cancel, set_shop, start, submit_draft,
};
pub use rows::{
    FailedRow, ImportRowWrite, failed_rows, failures, forget_raw, purge_rows_before, raw_row, record_rows,
};

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
    /// Of a column of dates: `dmy` or `mdy`, as far as it is known.
    #[serde(default)]
    pub date_order: Option<String>,
    /// Whether day and month could be either.
    #[serde(default)]
    pub ambiguous: bool,
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
    /// What it was handed in with, when its columns are to be looked at before anything is read.
    pub draft: Option<&'a serde_json::Value>,
    /// Of which draft it is a dry run.
    pub draft_of: Option<BatchId>,
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

/// What taking an import back did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Undone {
    /// Things that the import had brought and that are gone.
    pub removed: u64,
    /// Things that stand again as they stood before it.
    pub restored: u64,
    /// Things that stay, because somebody has worked on them or another import has brought them too.
    pub kept: u64,
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
    /// The draft that it is a dry run of.
    pub draft_of: Option<BatchId>,
    /// What taking it back did, once that has begun.
    pub undone: Option<Undone>,
    /// What became of the photos and videos that came along.
    pub media: MediaCounts,
}

macro_rules! columns {
    () => {
        "i.id, i.file_name, i.file_hash, i.bytes, i.bytes_read, s.id, s.name, s.platform, i.profile, i.encoding, \
         i.kind, i.mapping_sealed, i.dry_run, i.state, i.cancel_requested, i.rows_read, i.rows_new, i.rows_updated, \
         i.rows_unchanged, i.rows_duplicate, i.rows_failed, i.cases_opened, i.cursor_line, i.error_code, \
         i.error_message, u.id, u.display_name, i.created_at, i.started_at, i.finished_at, i.stored_path, \
         i.draft_of, i.undo_removed, i.undo_restored, i.undo_kept, i.media_files, i.media_refused, i.media_refused_sealed \
         FROM import_batches i LEFT JOIN shops s ON s.tenant_id = i.tenant_id AND s.id = i.shop_id \
         LEFT JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.created_by"
    };
}

statements! {
    CREATE = "INSERT INTO import_batches (tenant_id, id, shop_id, file_name, file_hash, bytes, bytes_read, dry_run, \
        state, cancel_requested, rows_read, rows_new, rows_updated, rows_unchanged, rows_duplicate, rows_failed, \
        cases_opened, cursor_line, created_by, created_at, stored_path, request, draft_of) \
        VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $12, $8, 0, 0, 0, 0, 0, 0, 0, 0, $9, $10, $11, $13, $14)";
    // A batch whose shop is not known yet is shown to those who see every shop.
    GET = concat!("SELECT ", columns!(), " WHERE i.tenant_id = $1 AND i.id = $2 \
        AND ($3 OR i.shop_id = ANY($4::uuid[]))");
    // Neither drafts nor those that were thrown away.
    LIST = concat!("SELECT ", columns!(), " WHERE i.tenant_id = $1 AND i.state <> 'draft' \
        AND NOT (i.state = 'cancelled' AND i.request IS NOT NULL AND i.started_at IS NULL) \
        AND ($2 OR i.shop_id = ANY($3::uuid[])) AND (i.created_at, i.id) < ($4, $5) ORDER BY i.created_at DESC, i.id DESC LIMIT $6");
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

fn read_undone(row: &mut Columns<'_>) -> Result<Option<Undone>, StoreError> {
    let mut next = || Ok::<_, StoreError>(row.opt_int()?.map(|count| u64::try_from(count).unwrap_or(0)));
    let (removed, restored, kept) = (next()?, next()?, next()?);
    Ok(removed.map(|removed| Undone { removed, restored: restored.unwrap_or(0), kept: kept.unwrap_or(0) }))
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
        Some(sealed) => keys.open_json(mapping_place(scope, id.uuid().as_bytes()), &sealed)?,
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
        draft_of: row.opt_id()?,
        undone: read_undone(&mut row)?,
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
        if batch.draft.is_some() { BatchState::Draft } else { BatchState::Queued }.code(),
        batch.draft.map(serde_json::Value::to_string),
        batch.draft_of,
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
    row.extend([Value::from(at), Value::from(id), Value::from(limit + 1)]);
    let rows = tx.all(LIST, row).await?;
    let batches: Result<Vec<Batch>, _> = rows.iter().map(|row| read(row.columns(), scope, &keys)).collect();
    Ok(Page::cut(batches?, limit, |last| Cursor {
        list: LIST_NAME,
        first: last.created_at.as_microsecond(),
        second: 0,
        id: last.id.uuid(),
    }))
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
