//! How things stood before an import changed them, so that the import can be taken back.

use std::iter::repeat_n;

use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{BatchId, Scope};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::sealed::Place;
use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx};

statements! {
    OF_BATCH = "SELECT thing_id, before_sealed FROM import_replaced WHERE tenant_id = $1 AND batch_id = $2 \
        AND what = $3 AND thing_id > $4 ORDER BY thing_id LIMIT $5";
    FORGET = "DELETE FROM import_replaced WHERE tenant_id = $1 AND batch_id = $2 AND what = $3 \
        AND thing_id = ANY($4::uuid[])";
}

fn place<'a>(scope: &Scope, row: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: "import_replaced", row, field: "before" }
}

fn row_name(batch: BatchId, thing: Uuid) -> Vec<u8> {
    [batch.uuid().as_bytes().as_slice(), thing.as_bytes()].concat()
}

/// Keeps how things stood before `batch` changed them; what it has kept already stays as it is. `what` is one word for
/// one kind of thing.
///
/// # Errors
/// The database's error.
pub async fn keep_many<T: Serialize>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    what: &'static str,
    things: &[(Uuid, T)],
) -> Result<(), StoreError> {
    let (keys, now, many) = (tx.keys(), tx.now(), things.len());
    let mut sealed = Vec::with_capacity(many);
    for (thing, before) in things {
        sealed.push(keys.seal_json(place(scope, &row_name(batch, *thing)), before)?);
    }
    Bulk::into("import_replaced")
        .column("tenant_id", repeat_n(scope.tenant, many))
        .column("batch_id", repeat_n(batch, many))
        .column("what", repeat_n(what, many))
        .column("thing_id", things.iter().map(|(thing, _)| *thing))
        .column("before_sealed", sealed)
        .column("at", repeat_n(now, many))
        .suffix("ON CONFLICT (tenant_id, batch_id, what, thing_id) DO NOTHING")
        .run(tx)
        .await
        .map(drop)
}

/// What `batch` changed of one kind, with how it stood before, from an id on.
///
/// # Errors
/// [`StoreError::Corrupt`] when a sealed one was moved or is of another kind.
pub async fn of_batch<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    what: &'static str,
    after: Uuid,
    limit: u32,
) -> Result<Vec<(Uuid, T)>, StoreError> {
    let keys = tx.keys();
    let rows = tx.all(OF_BATCH, values![scope.tenant, batch, what, after, limit]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let thing = columns.id::<pingxin_domain::RecordId>()?.uuid();
            let before = keys.open_json(place(scope, &row_name(batch, thing)), &columns.bytes()?)?;
            Ok((thing, before))
        })
        .collect()
}

/// Forgets how some things stood.
///
/// # Errors
/// The database's error.
pub async fn forget(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    what: &'static str,
    things: &[Uuid],
) -> Result<(), StoreError> {
    if things.is_empty() {
        return Ok(());
    }
    tx.execute(FORGET, values![scope.tenant, batch, what, things.to_vec()]).await.map(drop)
}
