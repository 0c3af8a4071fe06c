//! The rows that were not taken, as a file that a person can correct and bring in again.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use pingxin_channels::files::write::{Cell, ExportFormat, Writer};
use pingxin_domain::{Action, BatchId, Scope};
use pingxin_store::{audit, batch};
use serde_json::json;

use super::view;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

const PAGE: u32 = 500;

/// Header of the column that says why; an import pays no attention to it.
#[must_use]
pub fn reason_header(chinese: bool) -> &'static str {
    if chinese { "导入失败原因" } else { "import_failure" }
}

/// Writes the failed rows with the file's own headers, unmasked, and why each was not taken; answers how many. The cells
/// are kept for 30 days.
///
/// # Errors
/// [`DeskError::NotFound`] for an unknown import or when nothing is kept (any more); [`DeskError::Forbidden`];
/// [`DeskError::Io`] when the file cannot be written.
pub async fn write_failed_rows(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    chinese: bool,
    path: &Path,
) -> Result<u64> {
    allow(scope, Action::CreateImports)?;
    let import = view::get(desk, scope, id).await?.batch;
    let mut columns: Vec<String> = import.mapping.iter().map(|column| column.column.clone()).collect();
    // Cells beyond the header get columns of their own, so that nothing of a broken row is lost.
    let mut after = 0;
    while let Some(page) = page(desk, scope, id, after).await? {
        after = page.last().map_or(u64::MAX, |row| row.failure.line);
        for row in &page {
            let beyond: Vec<String> =
                row.cells.iter().skip(columns.len()).map(|(name, _)| name.clone()).collect();
            columns.extend(beyond);
        }
    }
    if after == 0 {
        return Err(DeskError::NotFound);
    }
    let sink =
        File::create(path).map_err(|source| DeskError::Io { doing: "creating the export file", source })?;
    let mut names: Vec<&str> = columns.iter().map(String::as_str).collect();
    names.push(reason_header(chinese));
    let mut writer = Writer::new(ExportFormat::Csv, BufWriter::new(sink), &names)?;
    let (mut after, mut rows) = (0, 0);
    while let Some(page) = page(desk, scope, id, after).await? {
        after = page.last().map_or(u64::MAX, |row| row.failure.line);
        for row in &page {
            let mut cells: Vec<Cell<'_>> = row.cells.iter().map(|(_, cell)| Cell::Text(cell)).collect();
            cells.resize(columns.len(), Cell::Empty);
            let why = why(row, chinese);
            cells.push(Cell::Text(&why));
            writer.row(&cells)?;
            rows += 1;
        }
    }
    writer.finish()?;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let detail = json!({ "rows": rows });
                audit::append(tx, scope, "import.failed_rows", "import", &id.to_string(), &detail).await
            })
        })
        .await?;
    Ok(rows)
}

/// The failed rows behind a line; none when there are no more.
async fn page(desk: &Desk, scope: &Scope, id: BatchId, after: u64) -> Result<Option<Vec<batch::FailedRow>>> {
    let rows = desk
        .store
        .read(|tx| Box::pin(async move { batch::failed_rows(tx, scope, id, after, PAGE).await }))
        .await?;
    Ok((!rows.is_empty()).then_some(rows))
}

fn why(row: &batch::FailedRow, chinese: bool) -> String {
    let failure = &row.failure;
    let reason = failure.reason.pick(chinese);
    match (&failure.column, chinese) {
        (Some(column), true) => format!("第 {} 行「{column}」：{reason}", failure.line),
        (Some(column), false) => format!("line {}, {column}: {reason}", failure.line),
        (None, true) => format!("第 {} 行：{reason}", failure.line),
        (None, false) => format!("line {}: {reason}", failure.line),
    }
}
