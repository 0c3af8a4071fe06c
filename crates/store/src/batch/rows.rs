//! What became of each row of a file. Raw cells and failures hold personal data: both are sealed and forgotten in time.

use std::iter::repeat_n;

use jiff::Timestamp;
use pingxin_domain::arrival::Outcome;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::RowFailure;
use pingxin_domain::{BatchId, OrderId, ReviewId, Scope};

use crate::page::{Cursor, Page, page_limit};
use crate::sealed::Place;
use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx};

/// What became of a row.
#[derive(Debug, Clone)]
pub struct ImportRowWrite<'a> {
    /// Line of the file, from 1; once in an import.
    pub line: u64,
    /// Identity of the review or order it tells of.
    pub identity: Option<&'a str>,
    /// What became of it.
    pub outcome: Outcome,
    /// The review it tells of.
    pub review: Option<ReviewId>,
    /// The order it tells of.
    pub order: Option<OrderId>,
    /// Why it was not taken.
    pub failure: Option<&'a RowFailure>,
    /// Its cells as they stood, column by column; empty keeps none.
    pub raw: &'a [(String, String)],
}

/// A row that was not taken, with its cells as they stood.
#[derive(Debug, Clone)]
pub struct FailedRow {
    /// Where and why.
    pub failure: RowFailure,
    /// Column and cell, in the order of the file; empty where nothing could be read.
    pub cells: Vec<(String, String)>,
}

statements! {
    FAILURES = "SELECT line, failure_sealed FROM import_rows WHERE tenant_id = $1 AND batch_id = $2 \
        AND outcome = 'failed' AND line > $3 ORDER BY line LIMIT $4";
    FAILED_ROWS = "SELECT line, failure_sealed, raw_sealed FROM import_rows WHERE tenant_id = $1 AND batch_id = $2 \
        AND outcome = 'failed' AND failure_sealed IS NOT NULL AND line > $3 ORDER BY line LIMIT $4";
    RAW = "SELECT raw_sealed FROM import_rows WHERE tenant_id = $1 AND batch_id = $2 AND line = $3";
    FORGET_RAW = "UPDATE import_rows SET raw_sealed = NULL, failure_sealed = NULL WHERE tenant_id = $1 AND batch_id = $2";
    // A thousand at a time, so that nobody else waits long for the only writer.
    PURGE = "UPDATE import_rows SET raw_sealed = NULL, failure_sealed = NULL WHERE tenant_id = $1 \
        AND (batch_id, line) IN (SELECT k.batch_id, k.line FROM import_rows k WHERE k.tenant_id = $1 AND k.at < $2 \
        AND (k.raw_sealed IS NOT NULL OR k.failure_sealed IS NOT NULL) LIMIT 1000)";
}

/// A row of an import as the name of a sealed field's place.
fn row_name(batch: BatchId, line: u64) -> Vec<u8> {
    [batch.uuid().as_bytes().as_slice(), &line.to_be_bytes()].concat()
}

fn place<'a>(scope: &Scope, row: &'a [u8], field: &'static str) -> Place<'a> {
    Place { tenant: scope.tenant, table: "import_rows", row, field }
}

/// Keeps what became of some rows.
///
/// # Errors
/// [`StoreError::Conflict`] over "import row" when a line was recorded before.
pub async fn record_rows(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    rows: &[ImportRowWrite<'_>],
) -> Result<(), StoreError> {
    let (keys, now, many) = (tx.keys(), tx.now(), rows.len());
    let (mut failures, mut raws) = (Vec::with_capacity(many), Vec::with_capacity(many));
    for row in rows {
        let name = row_name(id, row.line);
        let seal = |failure| keys.seal_json(place(scope, &name, "failure"), failure);
        failures.push(row.failure.map(seal).transpose()?);
        let raw = (!row.raw.is_empty()).then(|| keys.seal_json(place(scope, &name, "raw"), row.raw));
        raws.push(raw.transpose()?);
    }
    Bulk::into("import_rows")
        .column("tenant_id", repeat_n(scope.tenant, many))
        .column("batch_id", repeat_n(id, many))
        .column("line", rows.iter().map(|row| row.line))
        .column("identity", rows.iter().map(|row| row.identity))
        .column("outcome", rows.iter().map(|row| row.outcome.code()))
        .column("review_id", rows.iter().map(|row| row.review))
        .column("order_id", rows.iter().map(|row| row.order))
        .column("failure_sealed", failures)
        .column("raw_sealed", raws)
        .column("at", repeat_n(now, many))
        .run(tx)
        .await
        .map_err(|error| error.or_conflict("import row"))
        .map(drop)
}

const LIST: u8 = 41;

/// A page of the rows that were not taken, in order of the file. Forgotten ones are left out.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope, [`StoreError::BadCursor`] for a cursor of another list.
pub async fn failures(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<RowFailure>, StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, LIST)?.map_or(-1, |cursor| cursor.first);
    super::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "import" })?;
    let keys = tx.keys();
    let rows = tx.all(FAILURES, values![scope.tenant, id, after, limit + 1]).await?;
    let more = rows.len() > limit as usize;
    let mut page = Page { rows: Vec::new(), next: None };
    for row in rows.iter().take(limit as usize) {
        let mut columns = row.columns();
        let line = columns.unsigned()?;
        if more {
            let last = Cursor::new(LIST, i64::try_from(line).unwrap_or(i64::MAX), 0);
            page.next = Page::cut(vec![(), ()], 1, |()| last).next;
        }
        let Some(sealed) = columns.opt_bytes()? else { continue };
        page.rows.push(keys.open_json(place(scope, &row_name(id, line), "failure"), &sealed)?);
    }
    Ok(page)
}

/// A page of failed rows with their cells, in order of the file; those whose cells are forgotten are left out.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn failed_rows(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    after: u64,
    limit: u32,
) -> Result<Vec<FailedRow>, StoreError> {
    super::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "import" })?;
    let keys = tx.keys();
    let rows = tx.all(FAILED_ROWS, values![scope.tenant, id, after, page_limit(limit)]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let line = columns.unsigned()?;
            let name = row_name(id, line);
            let failure = keys.open_json(place(scope, &name, "failure"), &columns.bytes()?)?;
            let cells = match columns.opt_bytes()? {
                None => Vec::new(),
                Some(sealed) => keys.open_json(place(scope, &name, "raw"), &sealed)?,
            };
            Ok(FailedRow { failure, cells })
        })
        .collect()
}

/// The cells of a row as they stood, as long as they are kept.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn raw_row(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    line: u64,
) -> Result<Option<Vec<(String, String)>>, StoreError> {
    super::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "import" })?;
    let Some(row) = tx.first(RAW, values![scope.tenant, id, line]).await? else { return Ok(None) };
    let Some(sealed) = row.columns().opt_bytes()? else { return Ok(None) };
    tx.keys().open_json(place(scope, &row_name(id, line), "raw"), &sealed).map(Some)
}

/// Forgets raw cells and failed values of rows recorded before an instant, at most 1,000 rows; says of how many.
///
/// # Errors
/// The database's error.
pub async fn purge_rows_before(tx: &mut Tx<'_>, scope: &Scope, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(PURGE, values![scope.tenant, before]).await
}

/// Forgets the cells and failures of every row of an import.
///
/// # Errors
/// The database's error.
pub async fn forget_raw(tx: &mut Tx<'_>, scope: &Scope, id: BatchId) -> Result<(), StoreError> {
    tx.execute(FORGET_RAW, values![scope.tenant, id]).await.map(drop)
}
