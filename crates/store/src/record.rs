//! What files tell of beside reviews and orders: parcels and their stations, after-sales, chats, calls, figures. A table
//! each; what they have in common is written once.
//!
//! The whole record stands sealed in its row (without contacts, which belong to the buyer); the columns beside it are
//! those that lists and reports ask for. A record is found again by a keyed hash of its identity.

pub(crate) mod case;
mod columns;
pub(crate) mod figure;
pub(crate) mod table;

use std::collections::HashMap;
use std::iter::repeat_n;

use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::{IncomingRecord, RecordKind};
use pingxin_domain::{BatchId, BuyerId, RecordId, Scope, ShopId};

use self::table::Table;
use crate::sealed::{Keys, Place};
use crate::sql::{Bulk, Columns, values};
use crate::{StoreError, Tx, hex, shop};

pub use case::{Belongs, CaseRecords, of_order_and_buyer};
pub use figure::{Figure, NewFigure, create as create_figure, delete as delete_figure, list as list_figures};

/// A record as it stands in the store.
#[derive(Debug, Clone)]
pub struct StoredRecord {
    /// Id.
    pub id: RecordId,
    /// What is known, without contacts.
    pub record: IncomingRecord,
    /// The import that saw it last.
    pub last_batch: Option<BatchId>,
}

/// A record to add, or to write over as it is now.
#[derive(Debug, Clone)]
pub struct RecordWrite {
    /// Its id, new or stored.
    pub id: RecordId,
    /// Whether it is not stored yet.
    pub is_new: bool,
    /// What tells it from others.
    pub identity: String,
    /// Everything known of it; contacts are not kept here.
    pub record: IncomingRecord,
    /// Whom it speaks of; none keeps the stored one.
    pub buyer: Option<BuyerId>,
    /// Line of the file, from 1.
    pub line: u64,
}

pub(crate) fn index(keys: &Keys, scope: &Scope, kind: RecordKind, identity: &str) -> [u8; 16] {
    keys.blind_index(scope.tenant, &["record", kind.code(), identity])
}

fn place<'a>(scope: &Scope, table: &Table, id: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: table.name, row: id, field: "body" }
}

pub(crate) fn seal(
    keys: &Keys,
    scope: &Scope,
    table: &Table,
    id: RecordId,
    record: &IncomingRecord,
) -> Result<Vec<u8>, StoreError> {
    keys.seal_json(place(scope, table, id.uuid().as_bytes()), record)
}

/// Reads `id, body_sealed`.
pub(crate) fn read(
    keys: &Keys,
    scope: &Scope,
    table: &Table,
    columns: &mut Columns<'_>,
) -> Result<(RecordId, IncomingRecord), StoreError> {
    let id: RecordId = columns.id()?;
    let record = keys.open_json(place(scope, table, id.uuid().as_bytes()), &columns.bytes()?)?;
    Ok((id, record))
}

/// The stored records of one kind among `identities`, by identity.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn find_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    kind: RecordKind,
    identities: &[&str],
) -> Result<HashMap<String, StoredRecord>, StoreError> {
    shop::require(scope, shop)?;
    if identities.is_empty() {
        return Ok(HashMap::new());
    }
    let (keys, table) = (tx.keys(), Table::of(kind));
    let by_index: HashMap<[u8; 16], &str> =
        identities.iter().map(|identity| (index(&keys, scope, kind, identity), *identity)).collect();
    let hex: Vec<String> = by_index.keys().map(|index| hex::encode(index)).collect();
    let hex: Vec<&str> = hex.iter().map(String::as_str).collect();
    let mut found = HashMap::with_capacity(identities.len());
    for row in tx.all(table.find, values![scope.tenant, shop, hex.as_slice()]).await? {
        let mut columns = row.columns();
        let index: [u8; 16] = columns.hash()?;
        let last_batch = columns.opt_id()?;
        let (id, record) = read(&keys, scope, table, &mut columns)?;
        if let Some(identity) = by_index.get(&index) {
            found.insert((*identity).to_owned(), StoredRecord { id, record, last_batch });
        }
    }
    Ok(found)
}

/// Adds new records of one kind and writes over stored ones; `batch` is noted as having seen them. One record at most
/// once in a call.
///
/// # Errors
/// [`StoreError::Conflict`] over "record" when a new one is stored already, or an old one is of another shop;
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn save_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    kind: RecordKind,
    batch: Option<BatchId>,
    records: &[RecordWrite],
) -> Result<(), StoreError> {
    shop::require(scope, shop)?;
    let (keys, table) = (tx.keys(), Table::of(kind));
    let (new, old): (Vec<&RecordWrite>, Vec<&RecordWrite>) = records.iter().partition(|record| record.is_new);
    for (rows, suffix) in [(new, ""), (old, table.write_over)] {
        let many = rows.len();
        let indexes: Vec<[u8; 16]> =
            rows.iter().map(|row| index(&keys, scope, kind, &row.identity)).collect();
        let bodies = rows
            .iter()
            .map(|row| seal(&keys, scope, table, row.id, &row.record.clone().without_buyer()))
            .collect::<Result<Vec<_>, _>>()?;
        let mut bulk = Bulk::into(table.name)
            .column("tenant_id", repeat_n(scope.tenant, many))
            .column("id", rows.iter().map(|row| row.id))
            .column("shop_id", repeat_n(shop, many))
            .column("identity_index", indexes.iter())
            .column("body_sealed", bodies)
            .column("batch_id", repeat_n(batch, many))
            .column("line", rows.iter().map(|row| row.line))
            .column("last_batch_id", repeat_n(batch, many));
        if kind != RecordKind::Figure {
            bulk = bulk
                .column("order_number", rows.iter().map(|row| row.record.order_number()))
                .column("buyer_id", rows.iter().map(|row| row.buyer));
        }
        let written = columns::add(bulk, kind, &rows).suffix(suffix).run(tx).await;
        if written.map_err(|error| error.or_conflict("record"))? != many as u64 {
            return Err(StoreError::Conflict { what: "record" });
        }
    }
    Ok(())
}

/// Notes that `batch` saw these records of one kind.
///
/// # Errors
/// The database's error.
pub async fn mark_seen_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: RecordKind,
    batch: BatchId,
    records: &[RecordId],
) -> Result<(), StoreError> {
    if records.is_empty() {
        return Ok(());
    }
    let [all, shops] = shop::bounds(scope);
    let row = vec![scope.tenant.into(), batch.into(), records.into(), all, shops];
    tx.execute(Table::of(kind).mark_seen, row).await.map(drop)
}

/// One record and its shop.
///
/// # Errors
/// [`StoreError::Corrupt`] when a sealed record was moved.
pub async fn one(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: RecordKind,
    id: RecordId,
) -> Result<Option<(StoredRecord, ShopId)>, StoreError> {
    let (keys, table) = (tx.keys(), Table::of(kind));
    let Some(row) = tx.first(table.one, values![scope.tenant, id]).await? else { return Ok(None) };
    let mut columns = row.columns();
    let (shop, last_batch) = (columns.id()?, columns.opt_id()?);
    let (id, record) = read(&keys, scope, table, &mut columns)?;
    Ok(Some((StoredRecord { id, record, last_batch }, shop)))
}
