//! The audit on the screen and as a file: who did what, and whether anybody touched it since.

mod ends;

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use pingxin_channels::files::write::{Cell, ExportFormat, Writer};
use pingxin_domain::{Action, Scope};
use pingxin_store::audit::{self, AuditEntry, AuditFilter, Chain};
use pingxin_store::{Page, hex_digits};
use serde_json::json;

pub use ends::{FILE as ENDS_FILE, note as note_ends};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::tenants;

/// Rows read from the store at once.
const PAGE: u32 = 1_000;

const COLUMNS: &[&str] = &[
    "seq",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "action",
    "subject_kind",
    "subject_id",
    "detail",
    "hash",
];

/// A page of entries, the newest first.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &AuditFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<AuditEntry>> {
    allow(scope, Action::ReadAudit)?;
    let page =
        desk.store.read(|tx| Box::pin(async move { audit::list(tx, scope, filter, cursor, limit).await }));
    Ok(page.await?)
}

/// Follows the merchant's whole chain, and holds it against the ends that were noted beside the database.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn check(desk: &Desk, scope: &Scope) -> Result<Chain> {
    allow(scope, Action::ReadAudit)?;
    let tenant = scope.tenant;
    let noted = ends::of(desk, tenant)?;
    let noted = noted.as_slice();
    let chain = desk.store.read(|tx| Box::pin(async move { audit::verify_against(tx, tenant, noted).await }));
    Ok(chain.await?)
}

/// A merchant's chain, with its end.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The merchant's name.
    pub name: String,
    /// Whether it holds.
    pub chain: Chain,
    /// Number and hash of the last entry.
    pub end: (u64, [u8; 32]),
}

/// Follows the chains of every merchant; for the command line.
///
/// # Errors
/// The database's.
pub async fn check_all(desk: &Desk) -> Result<Vec<Checked>> {
    let mut checked = Vec::new();
    for tenant in tenants::all(desk).await? {
        let id = tenant.id;
        let noted = ends::of(desk, id)?;
        let noted = noted.as_slice();
        let read = desk.store.read(|tx| {
            Box::pin(
                async move { Ok((audit::verify_against(tx, id, noted).await?, audit::end(tx, id).await?)) },
            )
        });
        let (chain, end) = read.await?;
        checked.push(Checked { name: tenant.name, chain, end });
    }
    Ok(checked)
}

/// Writes every entry that the filter finds into a file, the newest first; answers their number. Itself an entry.
///
/// # Errors
/// [`DeskError::Forbidden`]; [`DeskError::Io`] when the file cannot be written; the database's.
pub async fn export(
    desk: &Desk,
    scope: &Scope,
    filter: &AuditFilter,
    format: ExportFormat,
    path: &Path,
) -> Result<u64> {
    allow(scope, Action::ReadAudit)?;
    let sink =
        File::create(path).map_err(|source| DeskError::Io { doing: "creating the export file", source })?;
    let mut writer = Writer::new(format, BufWriter::new(sink), COLUMNS)?;
    let (mut cursor, mut rows) = (None::<String>, 0_u64);
    loop {
        let page = list(desk, scope, filter, cursor.as_deref(), PAGE).await?;
        for entry in &page.rows {
            write_row(&mut writer, entry)?;
            rows += 1;
        }
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    writer.finish()?;
    let note = desk.store.write(|tx| {
        Box::pin(async move {
            audit::append(tx, scope, "list.export", "audit", "", &json!({ "rows": rows })).await
        })
    });
    note.await?;
    Ok(rows)
}

fn write_row(writer: &mut Writer<BufWriter<File>>, entry: &AuditEntry) -> Result<()> {
    let id = entry.actor.user.map(|user| user.to_string());
    let detail = entry.detail.to_string();
    let hash = hex_digits(&entry.hash);
    writer.row(&[
        Cell::Integer(i64::try_from(entry.seq).unwrap_or(i64::MAX)),
        Cell::Instant(entry.at),
        Cell::Text(entry.actor.kind),
        id.as_deref().map_or(Cell::Empty, Cell::Text),
        Cell::Text(&entry.actor.name),
        Cell::Text(&entry.action),
        Cell::Text(&entry.subject_kind),
        Cell::Text(&entry.subject_id),
        Cell::Text(&detail),
        Cell::Text(&hash),
    ])?;
    Ok(())
}
