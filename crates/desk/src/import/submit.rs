//! Starting, cancelling and finishing an import.

use std::io::Read;
use std::path::Path;

use pingxin_domain::Say;
use pingxin_domain::{Action, BatchId, Scope};
use pingxin_store::batch::{self, BatchState, NewBatch};
use pingxin_store::identifier::fresh;
use pingxin_store::job::{self, NewJob};
use pingxin_store::{StoreError, Tx, audit};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::request::{ImportRequest, ShopChoice};
use super::run::{Ended, SoFar, run};
use super::view::{self, ImportView};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::chats;
use crate::{jobs, patterns, shops, tenants};

/// An import of the command line says something after every chunk; a chunk takes a second at most.
const SILENT: jiff::SignedDuration = jiff::SignedDuration::from_secs(120);

/// Queues an import for the background worker; the file must stay where it is until it has run, and is the
/// import's to delete.
///
/// # Errors
/// [`DeskError::Forbidden`] without the right to import, or to make the shop that is named and missing;
/// [`DeskError::NotFound`] for an unknown shop.
pub async fn submit(desk: &Desk, scope: &Scope, request: ImportRequest) -> Result<BatchId> {
    check_shop(desk, scope, &request.shop).await?;
    let stored = request.path.to_string_lossy().into_owned();
    create(desk, scope, &request, Kept::Queued(&stored)).await
}

/// Imports a file now, in this process; `progress` is told after every chunk, and stops the import by answering no.
///
/// # Errors
/// As [`submit`], and what [`ImportView::error`] does not say (the database).
pub async fn run_now(
    desk: &Desk,
    scope: &Scope,
    request: ImportRequest,
    progress: impl FnMut(SoFar) -> bool + Send,
) -> Result<ImportView> {
    check_shop(desk, scope, &request.shop).await?;
    let id = create(desk, scope, &request, Kept::Elsewhere).await?;
    carry_out(desk, scope, id, &request, progress).await?;
    view::get(desk, scope, id).await
}

/// Runs a queued import, for the worker. Answers whether it came to an end (else it waits for the next start).
///
/// # Errors
/// When the database does not answer; the worker tries again later, from the cursor.
pub async fn run_queued(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    request: &ImportRequest,
    mut go_on: impl FnMut() -> bool + Send,
) -> Result<bool> {
    let batch = view::get(desk, scope, id).await?.batch;
    if !matches!(batch.state, BatchState::Queued | BatchState::Running) {
        return Ok(true);
    }
    if batch.dry_run && batch.state == BatchState::Running {
        // A dry run keeps what it saw in memory only; half of it cannot be continued.
        let say = Say::new("试导入被中断，请重新开始", "the dry run was interrupted; start it again");
        end_badly(desk, scope, id, "interrupted", &say).await?;
    } else if !carry_out(desk, scope, id, request, |_| go_on()).await? {
        return Ok(false);
    }
    // A dry run leaves the file to its draft.
    if batch.draft_of.is_none() {
        delete_upload(id, &request.path);
    }
    Ok(true)
}

pub(super) fn delete_upload(id: BatchId, path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(import = %id, %error, "an uploaded file could not be deleted");
    }
}

/// Gives up imports of the command line whose program was killed: they have done nothing for two minutes. Says
/// how many.
///
/// # Errors
/// When the database does not answer.
pub async fn give_up_abandoned(desk: &Desk) -> Result<u64> {
    let now = desk.store.clock().now();
    let before = now.checked_sub(SILENT).unwrap_or(now);
    let say = Say::new(
        "导入程序中途被关闭；已写入的内容保留，再导入一次同一个文件即可补齐",
        "the program was closed before it came to the end; what it stored stays, and importing the file once more completes it",
    );
    let message = &message_of(&say);
    let mut given_up = 0;
    for tenant in tenants::all(desk).await? {
        let scope = &Scope::system(tenant.id);
        given_up += desk
            .store
            .write(|tx| Box::pin(async move { batch::fail_abandoned(tx, scope, before, message).await }))
            .await?;
    }
    Ok(given_up)
}

/// Asks an import to stop: a queued one at once, a running one after its present chunk. What it stored stays.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn cancel(desk: &Desk, scope: &Scope, id: BatchId) -> Result<ImportView> {
    allow(scope, Action::CreateImports)?;
    let before = view::get(desk, scope, id).await?.batch;
    let now = desk.store.clock().now();
    desk.store
        .write(|tx| {
            Box::pin(async move {
                batch::request_cancel(tx, scope, id, now).await?;
                audit::append(tx, scope, "import.cancel", "import", &id.to_string(), &json!({})).await
            })
        })
        .await?;
    if before.state == BatchState::Draft
        && let Some(path) = before.stored_path
    {
        delete_upload(id, Path::new(&path));
    }
    view::get(desk, scope, id).await
}

pub(super) async fn check_shop(desk: &Desk, scope: &Scope, choice: &ShopChoice) -> Result<()> {
    allow(scope, Action::CreateImports)?;
    match choice {
        ShopChoice::Id(shop) => shops::find(desk, scope, *shop).await?.map(drop).ok_or(DeskError::NotFound),
        ShopChoice::Named { name, .. } => match shops::find_by_name(desk, scope, name).await? {
            Some(_) => Ok(()),
            None => allow(scope, Action::ManageShops),
        },
    }
}

/// Where the file of an import lies.
pub(super) enum Kept<'a> {
    /// Where the person has it; this very process reads it.
    Elsewhere,
    /// With us, to be read by a worker.
    Queued(&'a str),
    /// With us, until somebody has looked at its columns.
    Draft(&'a str),
    /// With us, to be tried by a worker; it stays a draft.
    Trial(&'a str, BatchId),
}

pub(super) async fn create(
    desk: &Desk,
    scope: &Scope,
    request: &ImportRequest,
    kept: Kept<'_>,
) -> Result<BatchId> {
    let (stored, is_draft, draft_of) = match kept {
        Kept::Elsewhere => (None, false, None),
        Kept::Queued(path) => (Some(path), false, None),
        Kept::Draft(path) => (Some(path), true, None),
        Kept::Trial(path, draft) => (Some(path), false, Some(draft)),
    };
    let handed_in = json!(request);
    let path = request.path.clone();
    let task = tokio::task::spawn_blocking(move || measure(&path));
    let (hash, bytes) = task
        .await
        .map_err(std::io::Error::other)
        .and_then(|measured| measured)
        .map_err(|source| DeskError::Io { doing: "reading the file to import", source })?;
    let id = fresh::<BatchId>();
    let shop = match request.shop {
        ShopChoice::Id(shop) => Some(shop),
        ShopChoice::Named { .. } => None,
    };
    let now = desk.store.clock().now();
    let handed_in = &handed_in;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let new = NewBatch {
                    id,
                    file_name: &request.file_name,
                    file_hash: hash,
                    bytes,
                    shop,
                    dry_run: request.dry_run,
                    stored_path: stored,
                    draft: is_draft.then_some(handed_in),
                    draft_of,
                };
                batch::create(tx, scope, &new).await?;
                if stored.is_some() && !is_draft {
                    enqueue(tx, scope, id, request, now).await?;
                }
                let detail = json!({"file": request.file_name, "bytes": bytes, "dry_run": request.dry_run});
                audit::append(tx, scope, "import.create", "import", &id.to_string(), &detail).await
            })
        })
        .await?;
    Ok(id)
}

pub(super) async fn enqueue(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    request: &ImportRequest,
    now: jiff::Timestamp,
) -> std::result::Result<(), StoreError> {
    let key = format!("import:{id}");
    let payload = json!({"import": id, "request": request});
    let job = NewJob { kind: jobs::IMPORT, payload: &payload, unique_key: Some(&key), run_at: now };
    job::enqueue(tx, scope, &job).await.map(drop)
}

fn measure(path: &Path) -> std::io::Result<([u8; 32], u64)> {
    let mut file = std::fs::File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((hasher.finalize().into(), bytes));
        }
        bytes += read as u64;
        hasher.update(&buffer[..read]);
    }
}

/// Runs an import to its end and writes down how it ended; false when it was interrupted and must go on later.
async fn carry_out(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    request: &ImportRequest,
    progress: impl FnMut(SoFar) -> bool + Send,
) -> Result<bool> {
    let clock = desk.store.clock().clone();
    let started = clock.now();
    desk.store.write(|tx| Box::pin(async move { batch::start(tx, scope, id, started).await })).await?;
    match run(desk, scope, id, request, progress).await {
        Ok(Ended::Interrupted) => return Ok(false),
        Ok(Ended::Done) => {
            let now = clock.now();
            desk.store
                .write(|tx| {
                    Box::pin(async move {
                        batch::finish(tx, scope, id, now).await?;
                        ask_for_patterns(tx, scope, id).await?;
                        chats::enqueue_brought(tx, scope, id).await
                    })
                })
                .await?;
        }
        Ok(Ended::Cancelled) => {
            let now = clock.now();
            desk.store
                .write(|tx| {
                    Box::pin(async move {
                        batch::cancel(tx, scope, id, now).await?;
                        ask_for_patterns(tx, scope, id).await?;
                        chats::enqueue_brought(tx, scope, id).await
                    })
                })
                .await?;
        }
        Err(DeskError::Store(error)) => return Err(DeskError::Store(error)),
        Err(DeskError::File(error)) => {
            tracing::warn!(import = %id, %error, "a file was refused");
            let refusal = error.refusal();
            end_badly(desk, scope, id, refusal.code.as_str(), &refusal.say).await?;
        }
        Err(other) => {
            tracing::error!(import = %id, error = %other, "an import failed");
            end_badly(desk, scope, id, "failed", &other.say()).await?;
        }
    }
    Ok(true)
}

/// Has a worker look at what the import brought, beside what the shop had.
pub(super) async fn ask_for_patterns(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
) -> std::result::Result<(), StoreError> {
    let batch = batch::get(tx, scope, id).await?.filter(|batch| !batch.dry_run);
    match batch.and_then(|batch| batch.shop) {
        Some(shop) => patterns::ask(tx, scope, shop.id).await,
        None => Ok(()),
    }
}

/// Why an import failed, as it is stored.
fn message_of(say: &Say) -> String {
    json!({"zh": say.zh, "en": say.en}).to_string()
}

async fn end_badly(desk: &Desk, scope: &Scope, id: BatchId, code: &str, say: &Say) -> Result<()> {
    let now = desk.store.clock().now();
    let message = &message_of(say);
    desk.store
        .write(|tx| Box::pin(async move { batch::fail(tx, scope, id, code, message, now).await }))
        .await?;
    Ok(())
}
