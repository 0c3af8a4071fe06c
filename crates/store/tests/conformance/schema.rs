//! The schema: the same on both engines, made once, never older than its database, never opened with a wrong key.

use std::collections::BTreeMap;
use std::sync::Arc;

use pingxin_store::{Engine, MasterKey, Store, StoreError, StoreUrl, doctor, tenant};
use pingxin_testkit::{MockClock, TestDatabase};

use crate::on_both;
use crate::world::{World, reading};

on_both!(every_statement_prepares, twice_is_once, newer_is_refused, changed_is_refused, wrong_key_is_refused);

async fn every_statement_prepares(world: &World) {
    let many = reading!(world, |tx| doctor::statements(tx, &world.ours.scope).await);
    assert!(many.unwrap() > 120);
}

async fn open(world: &World, key: MasterKey) -> Result<Store, StoreError> {
    Store::open(world.database.url(), key, Arc::new(MockClock::default())).await
}

async fn twice_is_once(world: &World) {
    let versions = "SELECT CAST(version AS TEXT) FROM schema_migrations ORDER BY version";
    let before = world.database.raw_texts(versions).await.unwrap();
    let again = open(world, world.database.key().clone()).await.unwrap();
    let tenants = again.read(|tx| Box::pin(tenant::all(tx))).await.unwrap();
    assert_eq!(tenants.len(), 2);
    assert_eq!(world.database.raw_texts(versions).await.unwrap(), before);
    again.close().await;
}

async fn newer_is_refused(world: &World) {
    let newer =
        "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (99, 'x', 'x', 0)";
    world.database.raw(newer).await.unwrap();
    let refused = open(world, world.database.key().clone()).await;
    assert!(matches!(refused, Err(StoreError::TooNew { found: 99, .. })), "{refused:?}");
}

async fn changed_is_refused(world: &World) {
    world.database.raw("UPDATE schema_migrations SET checksum = 'other'").await.unwrap();
    let refused = open(world, world.database.key().clone()).await;
    assert!(matches!(refused, Err(StoreError::Migration { version: 1, .. })), "{refused:?}");
}

async fn wrong_key_is_refused(world: &World) {
    let refused = open(world, MasterKey::fresh()).await;
    assert!(matches!(refused, Err(StoreError::WrongKey)), "{refused:?}");
}

/// Two programs open a new database at the same moment.
async fn race(url: StoreUrl) {
    let key = MasterKey::fresh();
    let openings = (0..4).map(|_| {
        let (url, key) = (url.clone(), key.clone());
        tokio::spawn(async move { Store::open(&url, key, Arc::new(MockClock::default())).await })
    });
    for opening in openings.collect::<Vec<_>>() {
        opening.await.unwrap().unwrap().close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn opened_by_many_at_once() {
    let folder = tempfile::tempdir().unwrap();
    race(StoreUrl::Sqlite(folder.path().join("deep/new.db"))).await;
    if let Some(url) = TestDatabase::postgres_url().await {
        race(StoreUrl::Postgres(url)).await;
    }
}

/// Columns of each table with a type that both engines share.
async fn columns(database: &TestDatabase) -> BTreeMap<String, Vec<String>> {
    let query = match database.store().engine() {
        Engine::Sqlite => {
            "SELECT t.name || ' ' || c.name || ' ' || c.type || ' ' || (c.\"notnull\" = 1 OR c.pk > 0) \
             FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' \
             AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'review_search%' AND t.name NOT LIKE 'product_search%'"
        }
        Engine::Postgres => {
            "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || (is_nullable = 'NO')::int \
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in database.raw_texts(query).await.unwrap() {
        let (table, column) = row.split_once(' ').unwrap();
        // The search of PostgreSQL stands in the reviews and products, that of SQLite in a table of its own.
        if ["reviews", "products"].contains(&table) && column.starts_with("search") {
            continue;
        }
        let column = column
            .replace(" BIGINT ", " INTEGER ")
            .replace(" bigint ", " INTEGER ")
            .replace(" boolean ", " INTEGER ")
            .replace(" uuid ", " BLOB ")
            .replace(" bytea ", " BLOB ")
            .replace(" double precision ", " REAL ")
            .replace(" text ", " TEXT ");
        tables.entry(table.to_owned()).or_default().push(column);
    }
    tables.values_mut().for_each(|columns| columns.sort());
    tables
}

/// Names of the indexes made by hand, and whether each is unique.
async fn indexes(database: &TestDatabase) -> Vec<String> {
    let query = match database.store().engine() {
        Engine::Sqlite => {
            "SELECT name || (sql LIKE 'CREATE UNIQUE%') FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL \
             AND name <> 'products_search'"
        }
        Engine::Postgres => {
            "SELECT indexname || (indexdef LIKE 'CREATE UNIQUE%')::int FROM pg_indexes WHERE schemaname = 'public' \
             AND indexname NOT LIKE '%_pkey' AND indexname NOT IN ('reviews_search', 'products_search')"
        }
    };
    let mut names = database.raw_texts(query).await.unwrap();
    names.sort();
    names
}

#[tokio::test]
async fn both_engines_hold_the_same() {
    let sqlite = TestDatabase::sqlite().await;
    let Some(postgres) = TestDatabase::postgres().await else { return };
    assert_eq!(columns(&sqlite).await, columns(&postgres).await);
    assert_eq!(indexes(&sqlite).await, indexes(&postgres).await);
}
