//! Background work: claims one due job at a time and carries it out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use pingxin_domain::{BatchId, Scope, ShopId, TrainingId};
use pingxin_store::StoreError;
use pingxin_store::job::{self, Job};
use serde::Deserialize;

use crate::backups;
use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::guard::chats;
use crate::import::{self, ImportRequest};
use crate::{patterns, reading};

/// The kind of job that imports an uploaded file.
pub const IMPORT: &str = "import.run";
/// The kind of job that takes an import back.
pub const UNDO: &str = "import.undo";
/// The kind of job that makes a backup.
pub const BACKUP: &str = "backup.run";
/// The kind of job that looks at the newest reviews of a shop together.
pub const PATTERNS: &str = "pattern.find";
/// The kind of job that trains text models from corrections.
pub const TRAIN: &str = "model.train";
/// The kind of job that checks what was said in chats that were brought in.
pub const CHATS: &str = "guard.chats";
const KINDS: [&str; 6] = [IMPORT, UNDO, BACKUP, PATTERNS, TRAIN, CHATS];
const LEASE: SignedDuration = SignedDuration::from_secs(60);
const RENEW_EVERY: Duration = Duration::from_secs(15);
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(10);

#[derive(Deserialize)]
struct ImportJob {
    import: BatchId,
    request: ImportRequest,
}

#[derive(Deserialize)]
struct BackupJob {
    name: String,
}

#[derive(Deserialize)]
struct PatternsJob {
    shop: ShopId,
}

#[derive(Deserialize)]
struct TrainJob {
    training: TrainingId,
}

#[derive(Deserialize)]
struct ChatsJob {
    import: BatchId,
}

#[derive(Deserialize)]
struct UndoJob {
    import: BatchId,
}

/// Claims one due job of any merchant and carries it out; false when none is due. `stop` asks a long job to end
/// after its present step; it goes on from there when the program is back.
///
/// # Errors
/// When the queue itself cannot be reached; what goes wrong inside a job is written to the job.
pub async fn run_one(desk: &Desk, worker: &str, stop: &AtomicBool) -> Result<bool> {
    let Some(job) = job::claim(&desk.store, worker, &KINDS, LEASE).await? else {
        return Ok(false);
    };
    let outcome = with_lease(desk, &job, carry_out(desk, &job, stop)).await;
    let now = desk.store.clock().now();
    let job = &job;
    match outcome {
        Ok(true) => {
            desk.store.write(|tx| Box::pin(async move { job::finish(tx, job).await })).await?;
        }
        Ok(false) => {
            let reason = "the program was stopped";
            desk.store
                .write(|tx| Box::pin(async move { job::retry_later(tx, job, now, reason).await }))
                .await?;
        }
        Err(DeskError::Store(StoreError::Conflict { what: "job lease" })) => {
            tracing::warn!(job = %job.id, "another worker has taken this job");
        }
        Err(error) => {
            tracing::error!(job = %job.id, kind = job.kind, attempts = job.attempts, %error, "a job failed");
            let reason = error.to_string();
            let reason = reason.as_str();
            let again = now.checked_add(RETRY_AFTER).unwrap_or(now);
            let parked = job.attempts >= job::MAX_ATTEMPTS;
            desk.store
                .write(|tx| {
                    Box::pin(async move {
                        if parked {
                            job::park(tx, job, reason).await
                        } else {
                            job::retry_later(tx, job, again, reason).await
                        }
                    })
                })
                .await?;
        }
    }
    Ok(true)
}

async fn carry_out(desk: &Desk, job: &Job, stop: &AtomicBool) -> Result<bool> {
    let scope = Scope::system(job.tenant);
    let go_on = || !stop.load(Ordering::Relaxed);
    if job.kind == BACKUP {
        let BackupJob { name } = read(job)?;
        return backups::run(desk, &scope, &name).await.map(|()| true);
    }
    if job.kind == PATTERNS {
        let PatternsJob { shop } = read(job)?;
        return patterns::look(desk, &scope, shop).await.map(|_| true);
    }
    if job.kind == TRAIN {
        let TrainJob { training } = read(job)?;
        return reading::run(desk, &scope, training).await.map(|_| true);
    }
    if job.kind == CHATS {
        let ChatsJob { import } = read(job)?;
        return chats::run(desk, &scope, import, go_on).await;
    }
    if job.kind == UNDO {
        let UndoJob { import } = read(job)?;
        return import::run_undo(desk, &scope, import, go_on).await;
    }
    let ImportJob { import, request } = read(job)?;
    import::run_queued(desk, &scope, import, &request, go_on).await
}

fn read<T: serde::de::DeserializeOwned>(job: &Job) -> Result<T> {
    serde_json::from_value(job.payload.clone()).map_err(|error| {
        DeskError::refused(
            format!("后台任务内容无法读取：{error}"),
            format!("the job's content cannot be read: {error}"),
        )
    })
}

/// Carries out `work` while renewing the lease, and gives up when the lease is lost.
async fn with_lease(desk: &Desk, job: &Job, work: impl Future<Output = Result<bool>>) -> Result<bool> {
    tokio::pin!(work);
    loop {
        tokio::select! {
            outcome = &mut work => return outcome,
            () = tokio::time::sleep(RENEW_EVERY) => {
                let now = desk.store.clock().now();
                let until = now.checked_add(LEASE).unwrap_or(now);
                desk.store.write(|tx| Box::pin(async move { job::extend_lease(tx, job, until).await })).await?;
            }
        }
    }
}
