//! A database of an older version, with rows in it, comes to this one: what is new is worked out of what is there.

use std::sync::Arc;

use pingxin_domain::intake::{IncomingBuyer, IncomingReview};
use pingxin_domain::review::Rating;
use pingxin_store::buyer::{self, BuyerFilter, BuyerSort};
use pingxin_store::identifier::fresh;
use pingxin_store::order::{self, OrderFilter, OrderSort, OrderWrite};
use pingxin_store::product::{self, Product, ProductFilter, ProductSort};
use pingxin_store::review::{self, ReviewInsert};
use pingxin_store::{Engine, Store, StoreUrl, doctor};
use pingxin_testkit::{MockClock, TestDatabase};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection};

use crate::on_both;
use crate::world::{World, order as plain_order, reading, triage, writing, written};

on_both!(rows_of_version_three_are_brought_up_to_date);

const SQLITE: [&str; 3] = [
    include_str!("../../migrations/sqlite/0001_first_path.sql"),
    include_str!("../../migrations/sqlite/0002_records.sql"),
    include_str!("../../migrations/sqlite/0003_media.sql"),
];
const POSTGRES: [&str; 3] = [
    include_str!("../../migrations/postgres/0001_first_path.sql"),
    include_str!("../../migrations/postgres/0002_records.sql"),
    include_str!("../../migrations/postgres/0003_media.sql"),
];
const MIGRATOR: &str = "CREATE TABLE schema_migrations (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, \
    checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);";
/// Parents before children. The known value of the key says that the audit is signed; a new one is put.
const TABLES: [&str; 11] = [
    "schema_migrations",
    "tenants",
    "audit_heads",
    "shops",
    "buyers",
    "orders",
    "order_lines",
    "reviews",
    "review_causes",
    "review_revisions",
    "triage_results",
];

/// Reviews of two shops by two buyers, one with an order.
async fn fill(world: &World) {
    let (scope, now) = (&world.ours.scope, world.now());
    let named = |nick: &str| IncomingBuyer { nick: Some(nick.into()), ..IncomingBuyer::default() };
    let (one, two, order) = (&named("小猫钓鱼"), &named("t**1"), &plain_order("A-1"));
    for shop in [world.ours.first, world.ours.second] {
        let reviews: Vec<IncomingReview> = (0..40)
            .map(|at| IncomingReview {
                product_key: (at % 3 == 0).then(|| format!("P{}", at % 2)),
                product_title: (at % 4 != 0).then(|| format!("保温杯 {}", at % 5)),
                rating: Rating::try_from(u8::try_from(at % 6).unwrap()).ok(),
                ..written(&format!("R{at}"), "好", at * 60)
            })
            .collect();
        let reviews = reviews.as_slice();
        writing!(world, |tx| {
            let buyers = buyer::upsert_many(tx, scope, shop, &[one, two]).await?;
            let write = OrderWrite {
                id: fresh(),
                is_new: true,
                order,
                buyer: buyers[0],
                content_hash: [0; 16],
                line_hashes: vec![[0; 16]; 2],
                line: 1,
            };
            order::save_many(tx, scope, shop, None, &[write]).await?;
            let inserts: Vec<ReviewInsert<'_>> = reviews
                .iter()
                .zip(0..)
                .map(|(review, at)| ReviewInsert {
                    id: fresh(),
                    shop,
                    identity: format!("p:{at}"),
                    review,
                    content_hash: [0; 16],
                    order: None,
                    buyer: buyers[at % 2],
                    batch: None,
                    line: 1,
                    imported_at: now,
                    triage: Some(triage(review)),
                    opens_case: false,
                })
                .collect();
            review::insert_many(tx, scope, &inserts).await
        })
        .unwrap();
    }
}

async fn sqlite_of_version_three(from: &std::path::Path, to: &std::path::Path) {
    let options =
        sqlx::sqlite::SqliteConnectOptions::new().filename(to).create_if_missing(true).foreign_keys(false);
    let mut connection: SqliteConnection = options.connect().await.unwrap();
    let mut script = [MIGRATOR, SQLITE[0], SQLITE[1], SQLITE[2]].concat();
    script += &format!("ATTACH DATABASE '{}' AS newer;", from.display());
    sqlx::raw_sql(AssertSqlSafe(script)).execute(&mut connection).await.unwrap();
    for table in TABLES {
        let columns: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(format!("SELECT name FROM pragma_table_info('{table}')")))
                .fetch_all(&mut connection)
                .await
                .unwrap();
        let columns = columns.join(", ");
        let which = if table == "schema_migrations" { " WHERE version <= 3" } else { "" };
        let copy = format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}{which}");
        sqlx::raw_sql(AssertSqlSafe(copy)).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
}

async fn postgres_of_version_three(from: &TestDatabase, to: &str) {
    let mut connection = PgConnection::connect(to).await.unwrap();
    let script = [MIGRATOR, POSTGRES[0], POSTGRES[1], POSTGRES[2]].concat();
    sqlx::raw_sql(AssertSqlSafe(script)).execute(&mut connection).await.unwrap();
    for table in TABLES {
        let which = if table == "schema_migrations" { " WHERE version <= 3" } else { "" };
        for row in
            from.raw_texts(&format!("SELECT row_to_json(t)::text FROM {table} t{which}")).await.unwrap()
        {
            let copy = format!(
                "INSERT INTO {table} SELECT * FROM json_populate_record(NULL::{table}, $1::text::json)"
            );
            sqlx::query(AssertSqlSafe(copy)).bind(row).execute(&mut connection).await.unwrap();
        }
    }
    connection.close().await.unwrap();
}

async fn products(store: &Store, world: &World) -> Vec<Product> {
    let (scope, filter) = (&world.ours.scope, &ProductFilter::default());
    let page = store
        .read(|tx| {
            Box::pin(async move { product::list(tx, scope, filter, ProductSort::Reviews, None, 100).await })
        })
        .await;
    let mut rows = page.unwrap().rows;
    rows.sort_by_key(|row| (row.shop.id, row.key.clone(), row.title.clone()));
    rows
}

/// But for the ids, which are given anew.
fn nameless(products: &[Product]) -> Vec<Product> {
    let id = pingxin_domain::identifiers::Identifier::from_uuid(uuid::Uuid::nil());
    products.iter().map(|product| Product { id, ..product.clone() }).collect()
}

async fn rows_of_version_three_are_brought_up_to_date(world: &World) {
    fill(world).await;
    let folder = tempfile::tempdir().unwrap();
    let url = match (world.store().engine(), world.database.url()) {
        (Engine::Sqlite, StoreUrl::Sqlite(path)) => {
            let old = folder.path().join("old.db");
            sqlite_of_version_three(path, &old).await;
            StoreUrl::Sqlite(old)
        }
        _ => {
            let old = TestDatabase::postgres_url().await.unwrap();
            postgres_of_version_three(&world.database, &old).await;
            StoreUrl::Postgres(old)
        }
    };
    let expected = products(world.store(), world).await;
    assert!(expected.len() > 8, "{expected:?}");
    let scope = &world.ours.scope;
    let open = async || {
        let clock = Arc::new(MockClock::default());
        Store::open(&url, world.database.key().clone(), clock).await.unwrap()
    };
    let mut first = Vec::new();
    // The second time there is nothing left to do.
    for _ in 0..2 {
        let store = open().await;
        let found = products(&store, world).await;
        assert_eq!(nameless(&found), nameless(&expected));
        assert!(first.is_empty() || first == found);
        first = found;
        let findings = store.read(|tx| Box::pin(doctor::checks(tx, scope))).await.unwrap();
        // The words of SQLite's index were not copied.
        let ours: Vec<_> = findings
            .into_iter()
            .filter(|found| {
                !["review_search", "audit_chain"].contains(&found.check)
                    && !found.check.starts_with("review_case")
            })
            .collect();
        assert_eq!(ours, []);
        let nicks = &["T**1".to_owned()];
        let buyers = store.read(|tx| Box::pin(buyer::find_by_nicks(tx, scope, nicks, 9))).await.unwrap();
        assert_eq!(buyers.len(), 2);
        let filter = &BuyerFilter { bad_min: Some(2), ..BuyerFilter::default() };
        let bad = store
            .read(|tx| Box::pin(async move { buyer::list(tx, scope, filter, BuyerSort::Bad, None, 9).await }))
            .await;
        let bad: Vec<u32> = bad.unwrap().0.rows.iter().map(|row| row.bad).collect();
        let filter = &BuyerFilter::default();
        let same =
            reading!(world, |tx| buyer::list(tx, scope, filter, BuyerSort::Bad, None, 9).await).unwrap();
        assert_eq!(bad, same.0.rows.iter().map(|row| row.bad).collect::<Vec<_>>());
        let filter = &OrderFilter::default();
        let orders = store
            .read(|tx| {
                Box::pin(async move { order::list(tx, scope, filter, OrderSort::Newest, None, 9).await })
            })
            .await;
        assert!(orders.unwrap().rows.iter().all(|row| Some(row.ordered_at) == row.order.placed));
        store.close().await;
    }
    // Stopped on its way and begun again: what is counted is not counted twice.
    let store = open().await;
    store.close().await;
    again(&url).await;
    let store = open().await;
    assert_eq!(products(&store, world).await, first);
    store.close().await;
}

async fn again(url: &StoreUrl) {
    match url {
        StoreUrl::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let mut connection = options.connect().await.unwrap();
            let script =
                "UPDATE backfills SET done_at = NULL, after_tenant = zeroblob(16), after_row = zeroblob(16)";
            sqlx::raw_sql(script).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
        StoreUrl::Postgres(url) => {
            let mut connection = PgConnection::connect(url).await.unwrap();
            let script = "UPDATE backfills SET done_at = NULL, after_tenant = '00000000-0000-0000-0000-000000000000', \
                after_row = '00000000-0000-0000-0000-000000000000'";
            sqlx::raw_sql(script).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}
