//! Restoring a backup: into an empty database, all of it or nothing.

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;

use super::frame::damaged;
use super::read::{Next, Part, Reader, TableStart, check_with};
use super::save::{audit_of, rows_of};
use super::table::{Cell, Column, Kind, Table, all};
use super::{Checked, Manifest};
use crate::clock::Clock;
use crate::key::MasterKey;
use crate::product::searched;
use crate::review::join_searchable;
use crate::search::{Document, document};
use crate::sql::{Bulk, Value};
use crate::{Engine, Store, StoreError, StoreUrl, Tx, audit, key_check, migration, tenant};

/// Blocks on their way from the file to the database.
const AHEAD: usize = 2;
/// Rows of one statement.
const STEP: usize = 1_000;
/// Tables whose rows the migrations make; the backup's take their place.
const MADE_BY_MIGRATIONS: [&str; 1] = ["backfills"];

type Parts = mpsc::Receiver<Result<Part, StoreError>>;

/// Reads a backup to its end, then writes it into a database that is new or empty, holds what stands there against the
/// backup, and only then commits. The open database is given back.
///
/// # Errors
/// [`StoreError::WrongKey`], [`StoreError::Backup`] naming what is wrong with the file or the database.
pub async fn restore(
    path: &Path,
    url: &StoreUrl,
    key: MasterKey,
    clock: Arc<dyn Clock>,
) -> Result<(Store, Checked), StoreError> {
    let unread = |error: std::io::Error| damaged(format!("{}: {error}", path.display()));
    let (first, second) = (File::open(path).map_err(unread)?, File::open(path).map_err(unread)?);
    let store = Store::connect(url, &key, clock).await?;
    let restored = restore_into(&store, first, second).await;
    match restored {
        Ok(checked) => Ok((store, checked)),
        Err(error) => {
            store.close().await;
            Err(error)
        }
    }
}

async fn restore_into(store: &Store, first: File, second: File) -> Result<Checked, StoreError> {
    let keys = store.keys();
    let checking = tokio::task::spawn_blocking(move || check_with(first, &keys));
    let checked = checking.await.map_err(|error| damaged(error.to_string()))??;
    let (sender, parts) = mpsc::channel(AHEAD);
    let keys = store.keys();
    tokio::task::spawn_blocking(move || {
        let mut reader = match Reader::new(second, &keys) {
            Ok(reader) => reader,
            Err(error) => return drop(sender.blocking_send(Err(error))),
        };
        loop {
            match reader.next() {
                Ok(Next::Part(part)) => {
                    if sender.blocking_send(Ok(part)).is_err() {
                        return;
                    }
                }
                Ok(Next::End(_)) => return,
                Err(error) => return drop(sender.blocking_send(Err(error))),
            }
        }
    });
    store.prepare_migrator().await?;
    let parts = &Mutex::new(Some(parts));
    let expected = &checked;
    store
        .write(|tx| {
            Box::pin(async move {
                let parts = parts.lock().unwrap_or_else(PoisonError::into_inner).take();
                let parts = parts.ok_or_else(|| damaged("another program writes to this database"))?;
                load(tx, expected, parts).await
            })
        })
        .await?;
    Ok(checked)
}

async fn load(tx: &mut Tx<'_>, expected: &Checked, parts: Parts) -> Result<(), StoreError> {
    migration::migrate_to(tx, expected.header.schema).await?;
    key_check::check_if_there(tx).await?;
    let tables = all(tx).await?;
    refuse_what_is_there(tx, &tables).await?;
    put_rows(tx, &tables, parts).await?;
    verify(tx, &tables, &expected.manifest).await?;
    migration::migrate(tx).await?;
    key_check::check(tx).await?;
    for audit in &expected.manifest.audits {
        let scope = pingxin_domain::Scope::command_line(audit.tenant);
        let detail = serde_json::json!({ "made_at": expected.header.made_at, "rows": expected.rows() });
        audit::append(tx, &scope, "backup.restore", "backup", "", &detail).await?;
    }
    Ok(())
}

async fn refuse_what_is_there(tx: &mut Tx<'_>, tables: &[Table]) -> Result<(), StoreError> {
    for table in tables {
        if MADE_BY_MIGRATIONS.contains(&table.name.as_str()) {
            tx.execute_text("a restored table", format!("DELETE FROM {}", table.name), Vec::new()).await?;
            continue;
        }
        let some = format!("SELECT 1 FROM {} LIMIT 1", table.name);
        if !tx.all_text("a restored table", some, Vec::new()).await?.is_empty() {
            return Err(damaged(format!(
                "this database is in use ({} has rows); a backup is restored into a new or empty one",
                table.name
            )));
        }
    }
    Ok(())
}

async fn put_rows(tx: &mut Tx<'_>, tables: &[Table], mut parts: Parts) -> Result<(), StoreError> {
    let mut target: Option<(Table, Vec<Kind>)> = None;
    let mut products = 0;
    while let Some(part) = parts.recv().await {
        match part? {
            Part::Table(start) => target = Some(find(tables, &start)?),
            Part::Rows(rows) => {
                let (table, kinds) =
                    target.as_ref().ok_or_else(|| damaged("rows come before their table"))?;
                let mut rows = rows.into_iter();
                loop {
                    let step: Vec<Vec<Cell>> = rows.by_ref().take(STEP).collect();
                    if step.is_empty() {
                        break;
                    }
                    insert(tx, table, kinds, step, &mut products).await?;
                }
            }
        }
    }
    Ok(())
}

/// The table of this database that rows of the backup go to; every name is one of the database's own.
fn find(tables: &[Table], start: &TableStart) -> Result<(Table, Vec<Kind>), StoreError> {
    let known = tables.iter().find(|table| table.name == start.name);
    let known = known.ok_or_else(|| damaged(format!("there is no table {} here", start.name)))?;
    let mut columns: Vec<Column> = Vec::new();
    for name in &start.columns {
        let column = known.columns.iter().find(|column| column.name == *name);
        let column = column.ok_or_else(|| damaged(format!("{} has no column {name}", start.name)))?;
        columns.push(column.clone());
    }
    let kinds = columns.iter().map(|column| column.kind).collect();
    Ok((Table { name: known.name.clone(), columns }, kinds))
}

async fn insert(
    tx: &mut Tx<'_>,
    table: &Table,
    kinds: &[Kind],
    rows: Vec<Vec<Cell>>,
    products: &mut i64,
) -> Result<(), StoreError> {
    let documents = documents(table, &rows, tx.engine());
    let search_rows = search_rows(table, &rows, products);
    let mut values: Vec<Vec<Value<'static>>> = kinds.iter().map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        for ((cell, kind), column) in row.into_iter().zip(kinds).zip(&mut values) {
            column.push(cell.value(*kind)?);
        }
    }
    let mut bulk = Bulk::into_restored(table.name.clone());
    for (column, values) in table.columns.iter().zip(values) {
        bulk = bulk.restored_column(column.name.clone(), values);
    }
    let is_postgres = tx.engine() == Engine::Postgres;
    if !is_postgres && table.name == "products" {
        bulk = bulk.column("search_row", search_rows.iter().copied());
    }
    if is_postgres && let Some(documents) = &documents {
        bulk =
            bulk.cast_column("search", "tsvector", documents.iter().map(|document| document.index.as_str()));
        if table.name == "reviews" {
            bulk = bulk.column("search_long", documents.iter().map(|document| document.long.as_deref()));
        }
    }
    bulk.run(tx).await?;
    if let (false, Some(documents)) = (is_postgres, &documents) {
        let index = if table.name == "reviews" { "review_search" } else { "product_search" };
        Bulk::into(index)
            .column("rowid", search_rows)
            .column("tokens", documents.iter().map(|document| document.index.as_str()))
            .run(tx)
            .await?;
    }
    Ok(())
}

fn column(table: &Table, name: &str) -> Option<usize> {
    table.columns.iter().position(|column| column.name == name)
}

/// What search keeps of each row, made anew; none for tables that are not searched.
fn documents(table: &Table, rows: &[Vec<Cell>], engine: Engine) -> Option<Vec<Document>> {
    let text = |row: &'_ [Cell], name: &str| -> Option<String> {
        column(table, name).and_then(|at| row[at].text()).map(str::to_owned)
    };
    let made = |row: &Vec<Cell>| match table.name.as_str() {
        "reviews" => {
            let [title, words, product, order] =
                ["title", "text", "product_title", "order_number"].map(|name| text(row, name));
            let words = words.unwrap_or_default();
            let joined = join_searchable(title.as_deref(), &words, product.as_deref(), order.as_deref());
            document(&joined, engine)
        }
        _ => searched(text(row, "product_key").as_deref(), text(row, "title").as_deref(), engine),
    };
    matches!(table.name.as_str(), "reviews" | "products").then(|| rows.iter().map(made).collect())
}

/// The rows of SQLite's search that belong to these: a review's is its position, products are numbered anew.
fn search_rows(table: &Table, rows: &[Vec<Cell>], products: &mut i64) -> Vec<i64> {
    if table.name == "products" {
        let first = *products + 1;
        *products += i64::try_from(rows.len()).unwrap_or(i64::MAX);
        return (first..=*products).collect();
    }
    let Some(at) = column(table, "position").filter(|_| table.name == "reviews") else { return Vec::new() };
    let number = |row: &Vec<Cell>| match row[at] {
        Cell::Int(number) => number,
        _ => 0,
    };
    rows.iter().map(number).collect()
}

/// Holds what stands in the database now against the backup.
async fn verify(tx: &mut Tx<'_>, tables: &[Table], manifest: &Manifest) -> Result<(), StoreError> {
    for expected in &manifest.tables {
        let table = tables.iter().find(|table| table.name == expected.name);
        let table = table.ok_or_else(|| damaged(format!("there is no table {} here", expected.name)))?;
        let found = rows_of(tx, table, None, None).await?;
        if found != *expected {
            return Err(damaged(format!(
                "table {} did not come out as it went in: {} rows of {}",
                expected.name, found.rows, expected.rows
            )));
        }
    }
    let tenants = tenant::all(tx).await?;
    for expected in &manifest.audits {
        if !tenants.iter().any(|tenant| tenant.id == expected.tenant)
            || audit_of(tx, expected.tenant).await? != *expected
        {
            return Err(damaged("the audit is not what it was when the backup was made"));
        }
    }
    Ok(())
}
