//! The import pipeline: child process → typed and triaged rows → chunks in transactions.
//!
//! Three things run side by side: the child reads the file, a blocking task converts and triages the next chunk,
//! and this task writes the chunk before. Each holds at most two chunks, so memory does not grow with the file.

use std::sync::Arc;

use pingxin_channels::files::columns::{FileKind, Mapping};
use pingxin_channels::files::convert::{ChatOrdinals, Context, Converter};
use pingxin_channels::files::{FileError, Frame, Parsing};
use pingxin_domain::{BatchId, Scope};
use pingxin_store::batch::{self, Batch, BatchFormat, ColumnMapping, ImportKind};
use pingxin_store::shop::Shop;
use tokio::sync::{mpsc, oneshot};

use super::apply::{self, Chunk, Target};
use super::media::{self, Behind};
use super::opening::{self, Opened};
use super::prepare::{Prepared, Preparer};
use super::request::ImportRequest;
use super::target;
use super::{dry, own};
use crate::desk::Desk;
use crate::error::{DeskError, Result};

/// Rows in one transaction.
pub const CHUNK_ROWS: usize = 1_000;
const CHUNKS_AHEAD: usize = 2;

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoFar {
    /// Rows dealt with in this run.
    pub rows: u64,
    /// Bytes of the file read.
    pub bytes_read: u64,
    /// Its size.
    pub bytes: u64,
}

/// How an import ended when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Read to the end of the file.
    Done,
    /// Stopped because somebody asked for it.
    Cancelled,
    /// The program is going down; the import goes on when it is back.
    Interrupted,
}

/// Reads the file of an import from where it stopped (its beginning, mostly) to its end.
///
/// # Errors
/// When the file cannot be read, its columns mean nothing to us, or the database does not answer; rows stored
/// before stay stored.
pub async fn run(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    request: &ImportRequest,
    mut progress: impl FnMut(SoFar) -> bool + Send,
) -> Result<Ended> {
    let Opened { parsing, mapping } = opening::open(desk, scope, request, usize::MAX).await?;
    let header = parsing.header().clone();
    let bytes = header.bytes;
    describe(desk, scope, id, &header.encoding, &mapping).await?;
    let kind = mapping.kind_or_refusal().map_err(FileError::Refused)?;
    mapping.dates_or_refusal().map_err(FileError::Refused)?;
    let shop = target::shop_of(desk, scope, id, &request.shop, request.dry_run).await?;
    let (resume_after, repeated) = history_of(desk, scope, id, &shop).await?;
    let converter = Converter::new(&mapping, context_of(&shop)?);
    let now = desk.store.clock().now();
    // The packs may be read anew meanwhile; one file is read by the same ones throughout.
    let engine = desk.engine_of(scope, shop.id).await?;
    let preparer = Preparer::new(converter, header.columns, kind, Arc::clone(&engine), now);

    let (mut chunks, behind) = prepare_ahead(parsing, preparer, resume_after);
    let target = Target { batch: id, shop: &shop, engine: &engine, repeated };
    let mut dry_run = request.dry_run.then(dry::DryRun::default);
    let mut so_far = SoFar { rows: 0, bytes_read: 0, bytes };
    while let Some(chunk) = chunks.recv().await {
        let mut chunk = chunk?;
        own::recognise(desk, scope, target, &mut chunk).await?;
        match &mut dry_run {
            Some(dry) => dry.count(desk, scope, target, &chunk).await?,
            None => write(desk, scope, target, &chunk).await?,
        }
        so_far.rows += chunk.rows.len() as u64;
        so_far.bytes_read = chunk.bytes_read;
        if !progress(so_far) {
            return Ok(Ended::Interrupted);
        }
        if desk.store.read(|tx| Box::pin(async move { batch::is_cancelled(tx, scope, id).await })).await? {
            return Ok(Ended::Cancelled);
        }
    }
    match behind.await {
        Ok(behind) => media::take(desk, scope, id, behind, dry_run.as_ref(), &mut || progress(so_far)).await,
        // Nothing came behind the rows.
        Err(_) => Ok(Ended::Done),
    }
}

async fn write(desk: &Desk, scope: &Scope, target: Target<'_>, chunk: &Chunk) -> Result<()> {
    desk.store.write(|tx| Box::pin(async move { apply::apply(tx, scope, target, chunk).await })).await?;
    Ok(())
}

/// Converts and triages beside the writing; what comes behind the rows is handed over after the last chunk. A row of up
/// to the cursor was stored before the program went down.
fn prepare_ahead(
    mut parsing: Parsing,
    preparer: Preparer,
    resume_after: u64,
) -> (mpsc::Receiver<Result<Chunk>>, oneshot::Receiver<Behind>) {
    let (sender, receiver) = mpsc::channel(CHUNKS_AHEAD);
    let (hand_over, behind) = oneshot::channel();
    let preparer = Arc::new(preparer);
    let mut ordinals = ChatOrdinals::new();
    tokio::spawn(async move {
        let mut rows: Vec<Prepared> = Vec::with_capacity(CHUNK_ROWS);
        let mut first_behind = None;
        loop {
            let frame = match parsing.next().await {
                Ok(Some(frame)) => frame,
                Ok(None) => break,
                Err(error) => {
                    // What was read before stands; the person is told why the rest is missing.
                    let read = Chunk { rows, bytes_read: parsing.bytes_read() };
                    if read.rows.is_empty() || sender.send(Ok(read)).await.is_ok() {
                        let _gone = sender.send(Err(error.into())).await;
                    }
                    return;
                }
            };
            match frame {
                Frame::Progress { .. } => {}
                behind @ (Frame::Media(_) | Frame::MediaRefused(_)) => {
                    first_behind = Some(behind);
                    break;
                }
                Frame::Failed { failure, .. } if failure.line <= resume_after => {}
                Frame::Failed { failure, cells } => rows.push(preparer.unreadable(failure, cells)),
                Frame::Rows(raw) => {
                    let preparer = Arc::clone(&preparer);
                    let mut numbers = std::mem::take(&mut ordinals);
                    let task = tokio::task::spawn_blocking(move || {
                        let mut prepared = Vec::with_capacity(raw.len());
                        for row in &raw {
                            if row.line > resume_after {
                                prepared.push(preparer.row(row, &mut numbers));
                            } else {
                                preparer.skip(row, &mut numbers);
                            }
                        }
                        (prepared, numbers)
                    });
                    match task.await {
                        Ok((prepared, numbers)) => {
                            rows.extend(prepared);
                            ordinals = numbers;
                        }
                        Err(panic) => {
                            let source = std::io::Error::other(panic);
                            let _gone =
                                sender.send(Err(DeskError::Io { doing: "reading rows", source })).await;
                            return;
                        }
                    }
                }
            }
            if rows.len() >= CHUNK_ROWS {
                let rest = rows.split_off(CHUNK_ROWS);
                let full = std::mem::replace(&mut rows, rest);
                if sender.send(Ok(Chunk { rows: full, bytes_read: parsing.bytes_read() })).await.is_err() {
                    return;
                }
            }
        }
        if !rows.is_empty() {
            let _gone = sender.send(Ok(Chunk { rows, bytes_read: parsing.bytes_read() })).await;
        }
        if let Some(first) = first_behind {
            let _gone = hand_over.send(Behind { parsing, first });
        }
    });
    (receiver, behind)
}

async fn describe(desk: &Desk, scope: &Scope, id: BatchId, encoding: &str, mapping: &Mapping) -> Result<()> {
    let columns = columns_of(mapping);
    let columns = columns.as_slice();
    let kind = mapping.kind.map(kind_of);
    let profile = mapping.profile.as_str();
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let format =
                    BatchFormat { profile: Some(profile), encoding: Some(encoding), kind, mapping: columns };
                batch::describe(tx, scope, id, &format).await
            })
        })
        .await?;
    Ok(())
}

/// The columns as they are kept and shown.
pub(super) fn columns_of(mapping: &Mapping) -> Vec<ColumnMapping> {
    mapping
        .columns
        .iter()
        .map(|column| ColumnMapping {
            column: column.column.clone(),
            field: column.field,
            sample: column.sample.clone(),
            date_order: column.date_order.map(|order| order.code().to_owned()),
            ambiguous: column.ambiguous,
        })
        .collect()
}

/// The same word for what a file tells of.
pub(super) fn kind_of(kind: FileKind) -> ImportKind {
    match kind {
        FileKind::Reviews => ImportKind::Reviews,
        FileKind::Orders => ImportKind::Orders,
        FileKind::Mixed => ImportKind::Mixed,
        FileKind::Shipments => ImportKind::Shipments,
        FileKind::AfterSales => ImportKind::AfterSales,
        FileKind::Chats => ImportKind::Chats,
        FileKind::Calls => ImportKind::Calls,
        FileKind::Figures => ImportKind::Figures,
    }
}

/// The line up to which this import has already stored its rows, and whether the same file was read into the same
/// shop before, column by column the same.
async fn history_of(desk: &Desk, scope: &Scope, id: BatchId, shop: &Shop) -> Result<(u64, bool)> {
    let (this, earlier) = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let this = batch::get(tx, scope, id).await?;
                let hash = this.as_ref().map(|this| this.file_hash).unwrap_or_default();
                let earlier = match batch::find_by_file_hash(tx, scope, &hash).await? {
                    Some(earlier) => batch::get(tx, scope, earlier).await?,
                    None => None,
                };
                Ok((this, earlier))
            })
        })
        .await?;
    let this = this.ok_or(DeskError::NotFound)?;
    let read_as = |batch: &Batch| {
        let fields =
            batch.mapping.iter().map(|column| (column.column.clone(), column.field)).collect::<Vec<_>>();
        (batch.encoding.clone(), batch.kind, fields)
    };
    let repeated = earlier.is_some_and(|earlier| {
        earlier.id != id
            && earlier.shop.as_ref().is_some_and(|known| known.id == shop.id)
            && read_as(&earlier) == read_as(&this)
    });
    Ok((this.cursor_line, repeated))
}

/// What the file does not say itself.
///
/// # Errors
/// [`DeskError::Refused`] for a shop whose zone is unknown.
pub(super) fn context_of(shop: &Shop) -> Result<Context> {
    let timezone = jiff::tz::TimeZone::get(&shop.timezone).map_err(|_| {
        DeskError::refused(
            format!("店铺时区「{}」无法识别，请在设置里改成如 Asia/Shanghai 的时区", shop.timezone),
            format!(
                "the shop's time zone `{}` is unknown; set one such as Asia/Shanghai in Settings",
                shop.timezone
            ),
        )
    })?;
    Ok(Context {
        platform: shop.platform,
        timezone,
        currency: shop.currency,
        object: shop.platform.default_object(),
    })
}
