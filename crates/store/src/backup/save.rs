//! Writing a backup: one unchanging state of the database, table after table, while others go on writing.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use futures::TryStreamExt;
use pingxin_domain::TenantId;
use tokio::sync::mpsc;

use super::frame::{FrameWriter, Kind, damaged, key_name};
use super::table::{Sum, Table, all, encode};
use super::{AuditSum, Header, Manifest, TableSum};
use crate::audit::{self, Chain};
use crate::sql::values;
use crate::{Store, StoreError, Tx, schema_version, tenant};

/// Version of the format.
const FORMAT: u32 = 1;
/// Bytes of rows before they are packed into a frame.
const BLOCK: usize = 1 << 20;
/// Frames on their way from the database to the file.
const AHEAD: usize = 4;

/// A frame to write; rows are packed on the way.
pub(super) struct Outgoing(Kind, Vec<u8>);

pub(super) type Sender = mpsc::Sender<Outgoing>;

/// Writes everything (or one merchant's things) into `out`; gives it back with what was written. Reads one state of the
/// database from beginning to end.
///
/// # Errors
/// [`StoreError::Backup`] when the file cannot be written, or the database's error.
pub async fn write<W>(store: &Store, tenant: Option<TenantId>, out: W) -> Result<(W, Manifest), StoreError>
where
    W: Write + Send + 'static,
{
    let (sender, mut frames) = mpsc::channel::<Outgoing>(AHEAD);
    let keys = store.keys();
    let header = Header {
        format: FORMAT,
        schema: schema_version(),
        made_at: store.clock().now().to_string(),
        tenant,
        key: key_name(&keys),
    };
    let writer = tokio::task::spawn_blocking(move || {
        let mut writer = FrameWriter::new(out, &keys)?;
        while let Some(Outgoing(kind, payload)) = frames.blocking_recv() {
            let payload = if kind == Kind::Rows { packed(&payload)? } else { payload };
            writer.frame(kind, &payload)?;
        }
        writer.finish()
    });
    let (outgoing, header) = (&sender, &header);
    let read = store.read(|tx| {
        Box::pin(async move {
            send(outgoing, Kind::Header, json(header)?).await?;
            let manifest = rows(tx, tenant, outgoing).await?;
            send(outgoing, Kind::End, json(&manifest)?).await?;
            Ok(manifest)
        })
    });
    let read = read.await;
    drop(sender);
    let written = writer.await.map_err(|error| damaged(format!("its writer ended badly: {error}")))?;
    // A full disk is the cause; that nobody took the next frame only follows from it.
    let out = written?;
    Ok((out, read?))
}

fn packed(rows: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(rows.len() / 2), Compression::fast());
    let packed = encoder.write_all(rows).and_then(|()| encoder.finish());
    packed.map_err(|error| damaged(format!("its rows cannot be packed: {error}")))
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(value).map_err(|error| damaged(error.to_string()))
}

async fn send(sender: &Sender, kind: Kind, payload: Vec<u8>) -> Result<(), StoreError> {
    sender.send(Outgoing(kind, payload)).await.map_err(|_| damaged("it cannot be written"))
}

async fn rows(tx: &mut Tx<'_>, tenant: Option<TenantId>, sender: &Sender) -> Result<Manifest, StoreError> {
    let mut sums = Vec::new();
    for table in all(tx).await? {
        if tenant.is_some() && table.name != "tenants" && !table.has("tenant_id") && table.name != "backfills"
        {
            continue;
        }
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        let start = serde_json::json!({ "name": table.name, "columns": names });
        send(sender, Kind::Table, json(&start)?).await?;
        sums.push(rows_of(tx, &table, tenant, Some(sender)).await?);
    }
    let mut audits = Vec::new();
    for found in tenant::all(tx).await?.into_iter().filter(|found| tenant.is_none_or(|id| id == found.id)) {
        audits.push(audit_of(tx, found.id).await?);
    }
    Ok(Manifest { tables: sums, audits })
}

/// How a merchant's audit stands.
pub(super) async fn audit_of(tx: &mut Tx<'_>, tenant: TenantId) -> Result<AuditSum, StoreError> {
    Ok(match audit::verify(tx, tenant).await? {
        Chain::Whole { entries } => AuditSum { tenant, entries, whole: true },
        Chain::Broken { seq, .. } => AuditSum { tenant, entries: seq.saturating_sub(1), whole: false },
    })
}

/// Reads every row of a table, sends them on when somebody takes them, and sums them up.
pub(super) async fn rows_of(
    tx: &mut Tx<'_>,
    table: &Table,
    tenant: Option<TenantId>,
    sender: Option<&Sender>,
) -> Result<TableSum, StoreError> {
    let tenant = tenant.filter(|_| table.name != "backfills");
    let parameters = tenant.map_or_else(Vec::new, |tenant| values![tenant]);
    let (mut sum, mut row, mut block) = (Sum::default(), Vec::new(), Vec::new());
    let mut found = tx.stream("a backup", table.select(tenant.is_some()), parameters)?;
    while let Some(next) = found.try_next().await? {
        row.clear();
        encode(&table.cells(&next)?, &mut row);
        sum.add(&row);
        if let Some(sender) = sender {
            block.extend_from_slice(&row);
            if block.len() >= BLOCK {
                send(sender, Kind::Rows, std::mem::take(&mut block)).await?;
            }
        }
    }
    if let Some(sender) = sender.filter(|_| !block.is_empty()) {
        send(sender, Kind::Rows, block).await?;
    }
    Ok(sum.of(&table.name))
}
