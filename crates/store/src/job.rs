//! The queue of background work: leased rows, enqueued in the transaction that makes the work.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::{JobId, Scope, TenantId};

use crate::sql::{Columns, statements, values};
use crate::{Store, StoreError, Tx, identifier};

/// A job claimed so often whose lease runs out once more is parked: it kills whoever works on it.
pub const MAX_ATTEMPTS: u32 = 10;

/// Work to do.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// Which kind of worker takes it.
    pub kind: &'a str,
    /// What it needs to know; ids rather than personal data, as it is not sealed.
    pub payload: &'a serde_json::Value,
    /// At most one live job of the merchant has this key.
    pub unique_key: Option<&'a str>,
    /// Not before.
    pub run_at: Timestamp,
}

/// Work that this worker has until its lease ends.
#[derive(Debug, Clone)]
pub struct Job {
    /// Id.
    pub id: JobId,
    /// The merchant.
    pub tenant: TenantId,
    /// Which kind.
    pub kind: String,
    /// What it needs to know.
    pub payload: serde_json::Value,
    /// How often it was claimed, this time included.
    pub attempts: u32,
    /// Who has it.
    pub worker: String,
    /// Until when.
    pub lease_until: Timestamp,
}

/// Work that was given up.
#[derive(Debug, Clone)]
pub struct ParkedJob {
    /// Id.
    pub id: JobId,
    /// Which kind.
    pub kind: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong last.
    pub error: Option<String>,
}

statements! {
    ENQUEUE = "INSERT INTO jobs (tenant_id, id, kind, payload, unique_key, run_at, attempts, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT (tenant_id, unique_key) \
        WHERE unique_key IS NOT NULL AND done_at IS NULL AND parked_at IS NULL DO NOTHING";
    LIVE = "SELECT 1 FROM jobs WHERE tenant_id = $1 AND unique_key = $2 AND done_at IS NULL AND parked_at IS NULL \
        LIMIT 1";
    PARK_POISON = "UPDATE jobs SET parked_at = $1, last_error = coalesce(last_error, 'its worker died every time') \
        WHERE done_at IS NULL AND parked_at IS NULL AND attempts >= $2 AND lease_until <= $1";
    CLAIM = "UPDATE jobs SET worker = $1, lease_until = $2, attempts = attempts + 1 WHERE (tenant_id, id) = ( \
        SELECT tenant_id, id FROM jobs WHERE done_at IS NULL AND parked_at IS NULL AND run_at <= $3 \
        AND (lease_until IS NULL OR lease_until <= $3) AND kind = ANY($4::text[]) \
        ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, tenant_id, kind, payload, attempts";
    FINISH = "UPDATE jobs SET done_at = $4, lease_until = NULL WHERE tenant_id = $1 AND id = $2 AND worker = $3 \
        AND attempts = $5 AND done_at IS NULL AND parked_at IS NULL AND lease_until IS NOT NULL";
    RETRY = "UPDATE jobs SET run_at = $4, last_error = $6, lease_until = NULL, worker = NULL \
        WHERE tenant_id = $1 AND id = $2 AND worker = $3 AND attempts = $5 AND done_at IS NULL AND parked_at IS NULL \
        AND lease_until IS NOT NULL";
    PARK = "UPDATE jobs SET parked_at = $4, last_error = $6, lease_until = NULL WHERE tenant_id = $1 AND id = $2 \
        AND worker = $3 AND attempts = $5 AND done_at IS NULL AND parked_at IS NULL AND lease_until IS NOT NULL";
    FORGET = "DELETE FROM jobs WHERE tenant_id = $1 AND done_at < $2";
    EXTEND = "UPDATE jobs SET lease_until = $4 WHERE tenant_id = $1 AND id = $2 AND worker = $3 AND attempts = $5 \
        AND done_at IS NULL AND parked_at IS NULL AND lease_until IS NOT NULL";
    PARKED = "SELECT id, kind, attempts, last_error FROM jobs WHERE tenant_id = $1 AND parked_at IS NOT NULL \
        ORDER BY parked_at DESC, id DESC LIMIT 1000";
}

/// Adds a job; `None` when a live one has the same key.
///
/// # Errors
/// The database's error.
pub async fn enqueue(tx: &mut Tx<'_>, scope: &Scope, job: &NewJob<'_>) -> Result<Option<JobId>, StoreError> {
    let (id, now) = (identifier::fresh::<JobId>(), tx.now());
    let payload = job.payload.to_string();
    let row = values![scope.tenant, id, job.kind, payload, job.unique_key, job.run_at, now];
    Ok((tx.execute(ENQUEUE, row).await? == 1).then_some(id))
}

/// Whether a job with this key waits or runs.
///
/// # Errors
/// The database's error.
pub async fn has_live(tx: &mut Tx<'_>, scope: &Scope, unique_key: &str) -> Result<bool, StoreError> {
    Ok(tx.first(LIVE, values![scope.tenant, unique_key]).await?.is_some())
}

/// Takes the job that has waited longest, of any merchant, in a transaction of its own.
///
/// # Errors
/// The database's error.
pub async fn claim(
    store: &Store,
    worker: &str,
    kinds: &[&str],
    lease: SignedDuration,
) -> Result<Option<Job>, StoreError> {
    store
        .write(|tx| {
            Box::pin(async move {
                let now = tx.now();
                let until = now.saturating_add(lease).unwrap_or(Timestamp::MAX);
                tx.execute(PARK_POISON, values![now, MAX_ATTEMPTS]).await?;
                let row = tx.first(CLAIM, values![worker, until, now, kinds]).await?;
                row.map(|row| read(row.columns(), worker, until)).transpose()
            })
        })
        .await
}

fn read(mut row: Columns<'_>, worker: &str, lease_until: Timestamp) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.id()?,
        tenant: row.id()?,
        kind: row.text()?,
        payload: row.json()?,
        attempts: row.small()?,
        worker: worker.to_owned(),
        lease_until,
    })
}

fn still_mine(changed: u64) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Conflict { what: "job lease" }) }
}

/// The job is done.
///
/// # Errors
/// [`StoreError::Conflict`] over "job lease" when somebody else has it by now.
pub async fn finish(tx: &mut Tx<'_>, job: &Job) -> Result<(), StoreError> {
    let now = tx.now();
    let row = values![job.tenant, job.id, job.worker.as_str(), now, job.attempts];
    still_mine(tx.execute(FINISH, row).await?)
}

/// Forgets jobs that were done before an instant; says how many. Parked ones stay until somebody has looked at them.
///
/// # Errors
/// The database's error.
pub async fn forget_before(tx: &mut Tx<'_>, scope: &Scope, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET, values![scope.tenant, before]).await
}

/// Tries again later; the caller decides how much later.
///
/// # Errors
/// [`StoreError::Conflict`] over "job lease" when somebody else has it by now.
pub async fn retry_later(
    tx: &mut Tx<'_>,
    job: &Job,
    run_at: Timestamp,
    error: &str,
) -> Result<(), StoreError> {
    let row = values![job.tenant, job.id, job.worker.as_str(), run_at, job.attempts, error];
    still_mine(tx.execute(RETRY, row).await?)
}

/// Gives it up; it stays to be looked at.
///
/// # Errors
/// [`StoreError::Conflict`] over "job lease" when somebody else has it by now.
pub async fn park(tx: &mut Tx<'_>, job: &Job, error: &str) -> Result<(), StoreError> {
    let now = tx.now();
    let row = values![job.tenant, job.id, job.worker.as_str(), now, job.attempts, error];
    still_mine(tx.execute(PARK, row).await?)
}

/// Keeps it longer.
///
/// # Errors
/// [`StoreError::Conflict`] over "job lease" when somebody else has it by now.
pub async fn extend_lease(tx: &mut Tx<'_>, job: &Job, until: Timestamp) -> Result<(), StoreError> {
    let row = values![job.tenant, job.id, job.worker.as_str(), until, job.attempts];
    still_mine(tx.execute(EXTEND, row).await?)
}

/// The jobs given up, the latest first.
///
/// # Errors
/// The database's error.
pub async fn parked(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<ParkedJob>, StoreError> {
    let rows = tx.all(PARKED, values![scope.tenant]).await?;
    rows.iter()
        .map(|row| {
            let mut row = row.columns();
            Ok(ParkedJob { id: row.id()?, kind: row.text()?, attempts: row.small()?, error: row.opt_text()? })
        })
        .collect()
}
