//! A known value sealed in the database, so that a wrong key is noticed at the door. It also says whether the audit of
//! this database is signed, which cannot be unsaid without the key.

use pingxin_domain::TenantId;
use pingxin_domain::identifiers::Identifier;
use uuid::Uuid;

use crate::sealed::Place;
use crate::sql::{statements, values};
use crate::{StoreError, Tx};

statements! {
    FIND = "SELECT sealed FROM store_check WHERE id = 1";
    // Two programs may open a new database at the same moment; the first value stays.
    PUT = "INSERT INTO store_check (id, sealed) VALUES (1, $1) ON CONFLICT (id) DO NOTHING";
    REPLACE = "UPDATE store_check SET sealed = $1 WHERE id = 1";
}

/// In databases whose audit is not signed yet.
const KNOWN: &[u8] = b"pingxin";
/// In all others.
const SIGNED: &[u8] = b"pingxin, audit signed";

fn place() -> Place<'static> {
    Place { tenant: TenantId::from_uuid(Uuid::nil()), table: "store_check", row: b"1", field: "sealed" }
}

/// Leaves the check value in a new database, and holds the key against it in an old one.
pub(crate) async fn check(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let sealed = tx.keys().seal(place(), SIGNED);
    tx.execute(PUT, values![sealed]).await?;
    let row = tx.one(FIND, vec![]).await?;
    let stored = row.columns().bytes()?;
    match tx.keys().open(place(), &stored) {
        Ok(plain) if plain == SIGNED => Ok(()),
        _ => Err(StoreError::WrongKey),
    }
}

/// Holds the key against the check value, when there is one.
pub(crate) async fn check_if_there(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    match tx.first(FIND, vec![]).await? {
        Some(_) => check(tx).await,
        None => Ok(()),
    }
}

/// Notes that the audit is signed from now on.
///
/// # Errors
/// [`StoreError::WrongKey`], and [`StoreError::Migration`] when it was signed before: then somebody has taken the
/// signatures out.
pub(crate) async fn mark_signed(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let Some(row) = tx.first(FIND, vec![]).await? else { return Ok(()) };
    let stored = row.columns().bytes()?;
    match tx.keys().open(place(), &stored) {
        Ok(plain) if plain == KNOWN => {
            let sealed = tx.keys().seal(place(), SIGNED);
            tx.execute(REPLACE, values![sealed]).await.map(drop)
        }
        Ok(plain) if plain == SIGNED => Err(StoreError::Migration {
            version: 7,
            reason: "the audit of this database was signed before and its signatures are gone; \
                     restore the last backup"
                .into(),
        }),
        _ => Err(StoreError::WrongKey),
    }
}
