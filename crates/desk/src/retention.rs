//! What is forgotten, and when (docs/data-retention.md).

use std::time::Duration;

use jiff::SignedDuration;
use pingxin_domain::Scope;
use pingxin_store::{
    automation, batch, bulk, invitation, job, media, outbox, password_link, presence, session, token,
};

use crate::desk::Desk;
use crate::error::Result;
use crate::{import, tenants};

/// How long the cells of imported rows are kept: long enough to correct what failed.
pub const RAW_ROWS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long an ended session and a done job can still be looked at.
pub const TRACES: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long it can be looked up what rules of automation did.
pub const RUNS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long a bulk action can be taken back.
pub const BULK_UNDO: SignedDuration = SignedDuration::from_hours(24);
/// How long an uploaded file may wait for its import; none waits longer unless the program went down with it.
pub const UPLOADS: Duration = Duration::from_secs(7 * 24 * 3600);

/// What one run forgot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Imported rows whose cells went.
    pub raw_rows: u64,
    /// Ended sessions.
    pub sessions: u64,
    /// Done jobs.
    pub jobs: u64,
    /// Photos and videos that no review names any more.
    pub media: u64,
    /// Uploaded files nobody came back for.
    pub uploads: u64,
    /// Drafts nobody came back for.
    pub drafts: u64,
    /// Bulk actions that cannot be taken back any more.
    pub bulk_actions: u64,
}

/// Forgets what is due, of every merchant.
///
/// # Errors
/// When the database does not answer; what was forgotten before stays forgotten.
pub async fn enforce(desk: &Desk) -> Result<Forgotten> {
    let now = desk.store.clock().now();
    let rows_before = now.checked_sub(RAW_ROWS).unwrap_or(now);
    let traces_before = now.checked_sub(TRACES).unwrap_or(now);
    let bulk_before = now.checked_sub(BULK_UNDO).unwrap_or(now);
    let mut forgotten = Forgotten {
        drafts: import::discard_old_drafts(desk).await?,
        uploads: forget_uploads(desk)?,
        ..Forgotten::default()
    };
    for tenant in tenants::all(desk).await? {
        let scope = Scope::system(tenant.id);
        let scope = &scope;
        loop {
            let purge = desk
                .store
                .write(|tx| Box::pin(async move { batch::purge_rows_before(tx, scope, rows_before).await }));
            let rows = purge.await?;
            forgotten.raw_rows += rows;
            if rows == 0 {
                break;
            }
        }
        let forget_names = desk
            .store
            .write(|tx| Box::pin(async move { media::forget_refusals_before(tx, scope, rows_before).await }));
        forget_names.await?;
        loop {
            let forget =
                desk.store.write(|tx| Box::pin(async move { media::forget_unbound(tx, scope).await }));
            let files = forget.await?;
            forgotten.media += files;
            if files == 0 {
                break;
            }
        }
        let forget_bulk =
            desk.store.write(|tx| Box::pin(async move { bulk::forget(tx, scope, bulk_before).await }));
        forgotten.bulk_actions += forget_bulk.await?;
        let runs_before = now.checked_sub(RUNS).unwrap_or(now);
        let forget_runs = desk
            .store
            .write(|tx| Box::pin(async move { automation::forget_runs(tx, scope, runs_before).await }));
        forget_runs.await?;
        let (sessions, jobs) = desk
            .store
            .write(|tx| {
                Box::pin(async move {
                    presence::forget_before(tx, scope, now).await?;
                    let sessions = session::forget_before(tx, scope, traces_before).await?;
                    invitation::forget_before(tx, scope, traces_before).await?;
                    password_link::forget_before(tx, scope, now).await?;
                    token::forget_before(tx, scope, traces_before).await?;
                    outbox::forget_before(tx, scope, traces_before).await?;
                    Ok((sessions, job::forget_before(tx, scope, traces_before).await?))
                })
            })
            .await?;
        forgotten.sessions += sessions;
        forgotten.jobs += jobs;
    }
    Ok(forgotten)
}

fn forget_uploads(desk: &Desk) -> Result<u64> {
    let mut forgotten = 0;
    let Ok(entries) = std::fs::read_dir(desk.uploads()?) else {
        return Ok(0);
    };
    for entry in entries.flatten() {
        let age =
            entry.metadata().and_then(|meta| meta.modified()).map(|at| at.elapsed().unwrap_or_default());
        if age.is_ok_and(|age| age > UPLOADS) && std::fs::remove_file(entry.path()).is_ok() {
            forgotten += 1;
        }
    }
    Ok(forgotten)
}
