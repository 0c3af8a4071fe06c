//! The life of an import: draft → queued → running → done, failed or cancelled → undoing → undone.

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{BatchId, Scope, ShopId};

use super::{BatchFormat, BatchState, ImportKind, Progress, Undone, bounded, mapping_place};
use crate::sql::{statements, values};
use crate::{StoreError, Tx, shop};

statements! {
    SET_SHOP = "UPDATE import_batches SET shop_id = $3 WHERE tenant_id = $1 AND id = $2";
    DESCRIBE = "UPDATE import_batches SET profile = $3, encoding = $4, kind = $5, mapping_sealed = $6 \
        WHERE tenant_id = $1 AND id = $2";
    START = "UPDATE import_batches SET state = 'running', started_at = coalesce(started_at, $3), alive_at = $3 \
        WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'running')";
    ADVANCE = "UPDATE import_batches SET cursor_line = $3, bytes_read = $4, rows_read = rows_read + $5, \
        rows_new = rows_new + $6, rows_updated = rows_updated + $7, rows_unchanged = rows_unchanged + $8, \
        rows_duplicate = rows_duplicate + $9, rows_failed = rows_failed + $10, cases_opened = cases_opened + $11, \
        alive_at = $12 \
        WHERE tenant_id = $1 AND id = $2 AND state = 'running'";
    END = "UPDATE import_batches SET state = $3, finished_at = $4, error_code = $5, error_message = $6 \
        WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'running')";
    REQUEST_CANCEL = "UPDATE import_batches SET cancel_requested = $3, \
        finished_at = CASE WHEN state IN ('draft', 'queued') THEN $4 ELSE finished_at END, \
        state = CASE WHEN state IN ('draft', 'queued') THEN 'cancelled' ELSE state END \
        WHERE tenant_id = $1 AND id = $2 AND state IN ('draft', 'queued', 'running') AND ($5 OR shop_id = ANY($6::uuid[]))";
    STATE = "SELECT state, cancel_requested FROM import_batches WHERE tenant_id = $1 AND id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[]))";
    DRAFT_REQUEST = "SELECT request FROM import_batches WHERE tenant_id = $1 AND id = $2 AND state = 'draft' \
        AND ($3 OR shop_id = ANY($4::uuid[]))";
    SUBMIT_DRAFT = "UPDATE import_batches SET state = 'queued' WHERE tenant_id = $1 AND id = $2 \
        AND state = 'draft' AND ($3 OR shop_id = ANY($4::uuid[]))";
    DRAFTS_BEFORE = "SELECT id, stored_path FROM import_batches WHERE tenant_id = $1 AND state = 'draft' \
        AND created_at < $2 ORDER BY id LIMIT 100";
    // Only the command line reads a file that lies where it lies; the server's own are jobs, which go on by themselves.
    FAIL_ABANDONED = "UPDATE import_batches SET state = 'failed', finished_at = $2, error_code = 'interrupted', \
        error_message = $4 WHERE tenant_id = $1 AND state = 'running' AND stored_path IS NULL \
        AND coalesce(alive_at, created_at) < $3";
    BEGIN_UNDO = "UPDATE import_batches SET state = 'undoing', undo_removed = 0, undo_restored = 0, undo_kept = 0 \
        WHERE tenant_id = $1 AND id = $2 AND state IN ('done', 'cancelled', 'failed') AND NOT dry_run \
        AND ($3 OR shop_id = ANY($4::uuid[]))";
    NOTE_UNDONE = "UPDATE import_batches SET undo_removed = undo_removed + $3, undo_restored = undo_restored + $4 \
        WHERE tenant_id = $1 AND id = $2 AND state = 'undoing'";
    END_UNDO = "UPDATE import_batches SET state = 'undone', undo_kept = $3, undone_at = $4 WHERE tenant_id = $1 \
        AND id = $2 AND state = 'undoing'";
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
    let sealed = tx.keys().seal_json(mapping_place(scope, id.uuid().as_bytes()), format.mapping)?;
    let kind = format.kind.map(ImportKind::code);
    tx.change_one(
        DESCRIBE,
        values![scope.tenant, id, format.profile, format.encoding, kind, sealed],
        "import",
    )
    .await
}

/// Whether the one batch that was meant was in the state that was asked for.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it was not.
pub(crate) fn changed(count: u64) -> Result<(), StoreError> {
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
    let (chunk, now) = (progress.chunk, tx.now());
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
        now,
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

/// A draft is to be read now.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it is no draft any more, or outside the scope.
pub async fn submit_draft(tx: &mut Tx<'_>, scope: &Scope, id: BatchId) -> Result<(), StoreError> {
    changed(tx.execute(SUBMIT_DRAFT, bounded(scope, values![id])).await?)
}

/// What a draft was handed in with; none when it is no draft (any more), or outside the scope.
///
/// # Errors
/// The database's error.
pub async fn draft_request(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
) -> Result<Option<serde_json::Value>, StoreError> {
    let row = tx.first(DRAFT_REQUEST, bounded(scope, values![id])).await?;
    row.map(|row| row.columns().json()).transpose()
}

/// Drafts made before an instant, with the place of their files; a hundred at most.
///
/// # Errors
/// The database's error.
pub async fn drafts_before(
    tx: &mut Tx<'_>,
    scope: &Scope,
    before: Timestamp,
) -> Result<Vec<(BatchId, Option<String>)>, StoreError> {
    let rows = tx.all(DRAFTS_BEFORE, values![scope.tenant, before]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, columns.opt_text()?))
        })
        .collect()
}

/// Gives up imports of the command line that have done nothing since `before`: their program was killed. Says how many.
///
/// # Errors
/// The database's error.
pub async fn fail_abandoned(
    tx: &mut Tx<'_>,
    scope: &Scope,
    before: Timestamp,
    message: &str,
) -> Result<u64, StoreError> {
    let now = tx.now();
    tx.execute(FAIL_ABANDONED, values![scope.tenant, now, before, message]).await
}

/// It is to be taken back.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it has not ended, was a dry run, is taken back already, or is outside
/// the scope.
pub async fn begin_undo(tx: &mut Tx<'_>, scope: &Scope, id: BatchId) -> Result<(), StoreError> {
    changed(tx.execute(BEGIN_UNDO, bounded(scope, values![id])).await?)
}

/// Notes what a step of taking it back did; in the same transaction.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it is not being taken back.
pub async fn note_undone(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    step: Undone,
) -> Result<(), StoreError> {
    changed(tx.execute(NOTE_UNDONE, values![scope.tenant, id, step.removed, step.restored]).await?)
}

/// It is taken back, but for what stays.
///
/// # Errors
/// [`StoreError::Conflict`] over "batch state" when it is not being taken back.
pub async fn end_undo(tx: &mut Tx<'_>, scope: &Scope, id: BatchId, kept: u64) -> Result<(), StoreError> {
    let now = tx.now();
    changed(tx.execute(END_UNDO, values![scope.tenant, id, kept, now]).await?)
}
