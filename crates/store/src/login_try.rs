//! Tries to sign in, for slowing down guessers; kept for a day.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::sql::{statements, values};
use crate::{StoreError, Tx, identifier};

statements! {
    RECORD = "INSERT INTO login_tries (id, login_hash, at, ok) VALUES ($1, $2, $3, $4)";
    FORGET = "DELETE FROM login_tries WHERE at < $1";
    FAILURES = "SELECT count(*) FROM login_tries WHERE login_hash = $1 AND NOT ok AND at >= $2 AND at > coalesce( \
                (SELECT max(at) FROM login_tries WHERE login_hash = $1 AND ok), -1)";
}

/// Notes a try, and forgets those older than a day.
///
/// # Errors
/// The database's error.
pub async fn record(
    tx: &mut Tx<'_>,
    login_hash: &[u8; 32],
    at: Timestamp,
    ok: bool,
) -> Result<(), StoreError> {
    let id: pingxin_domain::SessionId = identifier::fresh();
    let id: Uuid = pingxin_domain::identifiers::Identifier::uuid(id);
    tx.execute(RECORD, values![id, login_hash, at, ok]).await?;
    let yesterday = at.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MIN);
    tx.execute(FORGET, values![yesterday]).await.map(drop)
}

/// Failures since `since` and since the last success.
///
/// # Errors
/// The database's error.
pub async fn recent_failures(
    tx: &mut Tx<'_>,
    login_hash: &[u8; 32],
    since: Timestamp,
) -> Result<u32, StoreError> {
    tx.one(FAILURES, values![login_hash, since]).await?.columns().small()
}
