//! The answers as a file, to be put up on the platform one after the other.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use pingxin_channels::files::write::{Cell, ExportFormat, Writer};
use pingxin_domain::{Action, Scope, ShopId};
use pingxin_store::audit;
use serde_json::json;

use super::written;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

const COLUMNS: &[&str] = &[
    "shop",
    "platform",
    "review_id",
    "order_number",
    "review",
    "answer",
    "written_at",
    "written_by",
    "script",
    "seen",
];
/// Rows that are read at once.
const STEP: u32 = 500;

/// Writes what was answered to a file, the newest first; of one shop or of all. Answers how many.
///
/// # Errors
/// [`DeskError::Forbidden`]; [`DeskError::Io`] when the file cannot be written; the database's.
pub async fn export(
    desk: &Desk,
    scope: &Scope,
    of: Option<ShopId>,
    format: ExportFormat,
    path: &Path,
) -> Result<u64> {
    allow(scope, Action::ExportLists)?;
    let sink =
        File::create(path).map_err(|source| DeskError::Io { doing: "creating the export file", source })?;
    let mut writer = Writer::new(format, BufWriter::new(sink), COLUMNS)?;
    let (mut cursor, mut rows): (Option<String>, u64) = (None, 0);
    loop {
        let page = written(desk, scope, of, cursor.as_deref(), STEP).await?;
        for one in &page.rows {
            let platform = one.shop.platform.code();
            let written_at = one.written_at.to_string();
            writer.row(&[
                Cell::Text(&one.shop.name),
                Cell::Text(&platform),
                optional(one.platform_review_id.as_deref()),
                optional(one.order_number.as_deref()),
                Cell::Text(&one.review_text),
                Cell::Text(&one.text),
                Cell::Text(&written_at),
                optional(one.written_by.as_ref().map(|user| user.name.as_str())),
                optional(one.script.as_deref()),
                Cell::Text(if one.is_seen { "true" } else { "false" }),
            ])?;
        }
        rows += page.rows.len() as u64;
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    writer.finish()?;
    let note = desk.store.write(|tx| {
        Box::pin(async move {
            audit::append(tx, scope, "list.export", "thanks", "", &json!({ "rows": rows })).await
        })
    });
    note.await?;
    Ok(rows)
}

fn optional(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, Cell::Text)
}
