//! A known value sealed in the database, so that a wrong key is noticed at the door.

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
}

const KNOWN: &[u8] = b"pingxin";

fn place() -> Place<'static> {
    Place { tenant: TenantId::from_uuid(Uuid::nil()), table: "store_check", row: b"1", field: "sealed" }
}

/// Leaves the check value in a new database, and holds the key against it in an old one.
pub(crate) async fn check(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let sealed = tx.keys().seal(place(), KNOWN);
    tx.execute(PUT, values![sealed]).await?;
    let row = tx.one(FIND, vec![]).await?;
    let stored = row.columns().bytes()?;
    match tx.keys().open(place(), &stored) {
        Ok(plain) if plain == KNOWN => Ok(()),
        _ => Err(StoreError::WrongKey),
    }
}
