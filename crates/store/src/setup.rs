//! The one-time token that makes the first owner.

use jiff::Timestamp;

use crate::sql::{statements, values};
use crate::{StoreError, Tx};

statements! {
    CREATE = "INSERT INTO setup_tokens (token_hash, expires_at) VALUES ($1, $2)";
    TAKE = "UPDATE setup_tokens SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2";
}

/// Keeps the hash of a new token.
///
/// # Errors
/// The database's error.
pub async fn create_token(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(CREATE, values![token_hash, expires_at]).await.map(drop)
}

/// Uses a token up; false when it is unknown, used or too old.
///
/// # Errors
/// The database's error.
pub async fn take_token(tx: &mut Tx<'_>, token_hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(TAKE, values![token_hash, now]).await? == 1)
}
