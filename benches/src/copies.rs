//! Makes a database ten or a hundred times as large: every row that an import wrote is copied, some weeks later, under
//! other ids and numbers, of other buyers. The copying is done by the database itself, column by column as the tables
//! stand, so a new column comes along; buyers go through the store, because their fields are sealed for their row.
//!
//! What an import adds beside that is made as well: the tokens of the search, the counters of shops, products and buyers.
//! `proof` holds copied rows against imported ones.

use std::sync::Arc;

use anyhow::{Context, ensure};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::IncomingBuyer;
use pingxin_domain::{Scope, ShopId};
use pingxin_language::search::tokens;
use pingxin_store::clock::SystemClock;
use pingxin_store::{MasterKey, Store, StoreUrl, buyer, shop, tenant};

use crate::database::Database;
use crate::program::KEY;
use crate::world::{self, SPAN};

/// The tables whose rows an import writes; those that a later version has are left out where they are missing.
const TABLES: [&str; 11] = [
    "import_batches",
    "orders",
    "order_lines",
    "reviews",
    "review_revisions",
    "triage_results",
    "review_causes",
    "review_tags",
    "cases",
    "case_events",
    "import_rows",
];

/// Instants that come from the file; the others are those of the import.
const OF_FILE: [&str; 7] =
    ["placed_at", "paid_at", "promised_at", "shipped_at", "delivered_at", "completed_at", "ordered_at"];

/// Buyers of one transaction.
const BUYERS_AT_ONCE: usize = 2_000;

/// What there is to copy.
pub struct Seed {
    /// The buyers' numbers, shop by shop, in the order of `world::SHOPS`.
    pub buyers: Vec<Vec<u64>>,
    /// Reviews, those that were imported.
    pub reviews: i64,
}

/// Copies until the database is `until` times the seed; it is `from` times already.
///
/// # Errors
/// When the database does not do it.
pub async fn grow(
    address: &str,
    seed: &Seed,
    from: usize,
    until: usize,
    mut said: impl FnMut(usize),
) -> anyhow::Result<()> {
    let mut database = Database::open(address).await?;
    let sqlite = database.is_sqlite();
    let indexes = prepare(&mut database).await?;
    let last = database.number("SELECT max(position) FROM reviews WHERE order_number LIKE '888000%'").await?;
    let cases = database.number(&format!("SELECT count(*) / {from} FROM cases")).await?;
    let texts = if sqlite { texts(&mut database).await? } else { Vec::new() };
    let mut columns = Vec::new();
    for table in TABLES {
        columns.push((table, database.columns(table).await?));
    }
    for copy in from..until {
        let buyers = buyers_of(address, seed, copy).await?;
        database.run("BEGIN").await?;
        map_buyers(&mut database, &buyers).await?;
        for (table, columns) in columns.iter().filter(|(_, columns)| !columns.is_empty()) {
            database.run(&statement(table, columns, copy, (cases, last), sqlite)).await?;
        }
        let rows: Vec<(i64, String)> = texts
            .iter()
            .map(|(position, text)| {
                (
                    position + shift_of_position(copy),
                    tokens(&text.replace("\n888000", &format!("\n888{copy:03}"))).join(" "),
                )
            })
            .collect();
        database.add_search_rows(&rows).await?;
        database.run("COMMIT").await?;
        said(copy + 1);
    }
    count_up(&mut database, from, until).await?;
    for index in indexes {
        database.run(&index).await?;
    }
    if sqlite {
        database.run("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    } else {
        database.run("RESET session_replication_role").await?;
    }
    database.close().await?;
    Ok(())
}

/// No checks of what is known to be right, no syncing; gives the statements that make dropped indexes anew.
async fn prepare(database: &mut Database) -> anyhow::Result<Vec<String>> {
    if database.is_sqlite() {
        database
            .run(
                "PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 20000; \
             CREATE TEMP TABLE IF NOT EXISTS buyer_copy (old BLOB PRIMARY KEY, new BLOB) WITHOUT ROWID",
            )
            .await?;
        return Ok(Vec::new());
    }
    database.run("SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; \
         SET work_mem = '256MB'; CREATE TEMP TABLE IF NOT EXISTS buyer_copy (old UUID PRIMARY KEY, new UUID)").await?;
    // Made anew from all rows they take a tenth of the time; those that keep keys apart stay.
    let indexes = database
        .texts(&format!(
            "SELECT indexname::text, indexdef::text FROM pg_indexes WHERE schemaname = current_schema() \
             AND tablename IN ('{}') AND indexdef NOT LIKE 'CREATE UNIQUE %'",
            TABLES.join("', '")
        ))
        .await?;
    for index in &indexes {
        database.run(&format!("DROP INDEX {}", index[0])).await?;
    }
    Ok(indexes.into_iter().map(|index| index[1].clone()).collect())
}

/// What is searched of every review of the seed, by position, the order number last behind a line break.
async fn texts(database: &mut Database) -> anyhow::Result<Vec<(i64, String)>> {
    let rows = database
        .texts("SELECT CAST(position AS TEXT), coalesce(title, ''), text, coalesce(product_title, ''), coalesce(order_number, '') \
                FROM reviews WHERE order_number LIKE '888000%' ORDER BY position")
        .await?;
    rows.into_iter()
        .map(|row| Ok((row[0].parse()?, [&*row[1], &*row[2], &*row[3], &*row[4]].join("\n"))))
        .collect()
}

fn shift_of_position(copy: usize) -> i64 {
    copy as i64 * SPAN * 1_000 * (1 << 21)
}

/// The old and new ids of the buyers of one copy, made by the store.
async fn buyers_of(address: &str, seed: &Seed, copy: usize) -> anyhow::Result<Vec<(String, String)>> {
    let url: StoreUrl = address.parse().map_err(|_| anyhow::anyhow!("{address} is no database"))?;
    let store = Store::open(&url, MasterKey::from_hex(KEY)?, Arc::new(SystemClock)).await?;
    let tenants = store.read(|tx| Box::pin(tenant::all(tx))).await?;
    let scope = &Scope::system(tenants.first().context("nothing was imported")?.id);
    let shops = store.read(|tx| Box::pin(shop::list(tx, scope))).await?;
    let mut pairs = Vec::new();
    for (described, buyers) in world::SHOPS.iter().zip(&seed.buyers) {
        let shop = shops.iter().find(|shop| shop.name == described.name).context("a shop is missing")?.id;
        for part in buyers.chunks(BUYERS_AT_ONCE) {
            let [old, new] = [0, copy].map(|copy| -> Vec<IncomingBuyer> {
                part.iter()
                    .map(|number| IncomingBuyer {
                        nick: Some(world::nick(*number, copy)),
                        ..IncomingBuyer::default()
                    })
                    .collect()
            });
            let (old, new) =
                (upsert(&store, scope, shop, &old).await?, upsert(&store, scope, shop, &new).await?);
            pairs.extend(old.into_iter().zip(new));
        }
    }
    store.close().await;
    Ok(pairs)
}

async fn upsert(
    store: &Store,
    scope: &Scope,
    shop: ShopId,
    buyers: &[IncomingBuyer],
) -> anyhow::Result<Vec<String>> {
    let buyers: Vec<&IncomingBuyer> = buyers.iter().collect();
    let buyers = buyers.as_slice();
    let ids =
        store.write(|tx| Box::pin(async move { buyer::upsert_many(tx, scope, shop, buyers).await })).await?;
    Ok(ids.into_iter().flatten().map(|id| id.uuid().simple().to_string()).collect())
}

async fn map_buyers(database: &mut Database, pairs: &[(String, String)]) -> anyhow::Result<()> {
    let sqlite = database.is_sqlite();
    database.run("DELETE FROM buyer_copy").await?;
    for part in pairs.chunks(2_000) {
        let values: Vec<String> = part
            .iter()
            .map(
                |(old, new)| {
                    if sqlite { format!("(x'{old}', x'{new}')") } else { format!("('{old}', '{new}')") }
                },
            )
            .collect();
        database.run(&format!("INSERT INTO buyer_copy (old, new) VALUES {}", values.join(", "))).await?;
    }
    let known = if sqlite {
        "UPDATE buyers SET bad_count = m.bad FROM (SELECT c.new, o.bad_count AS bad FROM buyer_copy c JOIN buyers o \
         ON o.tenant_id = (SELECT id FROM tenants) AND o.id = c.old WHERE o.bad_count > 0) AS m \
         WHERE buyers.tenant_id = (SELECT id FROM tenants) AND buyers.id = m.new"
    } else {
        "UPDATE buyers SET bad_count = o.bad_count FROM buyer_copy c JOIN buyers o ON o.id = c.old \
         AND o.tenant_id = (SELECT id FROM tenants) WHERE buyers.tenant_id = (SELECT id FROM tenants) \
         AND buyers.id = c.new AND o.bad_count > 0"
    };
    database.run(known).await?;
    Ok(())
}

/// Copies the seed's rows of one table; the seed has so many cases, and its last review stands at this position.
fn statement(
    table: &str,
    columns: &[(String, String)],
    copy: usize,
    (cases, last): (i64, i64),
    sqlite: bool,
) -> String {
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let values: Vec<String> =
        columns.iter().map(|(name, kind)| value(table, name, kind, copy, cases, sqlite)).collect();
    let seed = seed_only(table, last, sqlite);
    format!(
        "INSERT INTO {table} ({}) SELECT {} FROM {table} t WHERE {seed}",
        names.join(", "),
        values.join(", ")
    )
}

/// Ids of copies begin with digits of their own, so that they are told from the seed's and rise from copy to copy.
fn seed_only(table: &str, last: i64, sqlite: bool) -> String {
    let key = match table {
        "order_lines" => "order_id",
        "review_revisions" | "triage_results" => "review_id",
        "case_events" => "case_id",
        "import_rows" => "batch_id",
        "review_causes" | "review_tags" => {
            return format!("t.tenant_id = (SELECT id FROM tenants) AND t.position <= {last}");
        }
        _ => "id",
    };
    let (low, high) = ("02000000000000000000000000000000", "01000000000000000000000000000000");
    let of = |digits: &str| if sqlite { format!("x'{digits}'") } else { format!("'{digits}'::uuid") };
    format!("t.tenant_id = (SELECT id FROM tenants) AND t.{key} < {} AND t.{key} > {}", of(low), of(high))
}

fn value(table: &str, name: &str, kind: &str, copy: usize, cases: i64, sqlite: bool) -> String {
    let prefix = format!("{:04x}", 0x0200 + copy);
    let shifted_id = || {
        if sqlite {
            format!("CAST(x'{prefix}' || substr(t.{name}, 3) AS BLOB)")
        } else {
            format!("('{prefix}' || substr(t.{name}::text, 5))::uuid")
        }
    };
    let weeks = copy as i64 * SPAN * 1_000_000;
    let instant =
        |of_file: bool| format!("t.{name} + {}", if of_file { weeks } else { copy as i64 * 1_000_000 });
    match name {
        "raw_sealed" | "mapping_sealed" | "failure_sealed" | "bulk_id" => "NULL".to_owned(),
        "id" | "review_id" | "order_id" | "case_id" | "batch_id" | "last_batch_id" => shifted_id(),
        "buyer_id" => "(SELECT c.new FROM buyer_copy c WHERE c.old = t.buyer_id)".to_owned(),
        "position" => format!("t.position + {}", shift_of_position(copy)),
        "number" if table == "cases" => format!("t.number + {}", copy as i64 * cases),
        "order_number" => format!("'888{copy:03}' || substr(t.order_number, 7)"),
        "platform_review_id" => format!("'R{copy:03}' || substr(t.platform_review_id, 5)"),
        "identity" => format!("replace(t.identity, 'p:R000', 'p:R{copy:03}')"),
        "search" if kind == "tsvector" => {
            format!("replace(t.search::text, '888000', '888{copy:03}')::tsvector")
        }
        "created_at" => instant(table == "reviews"),
        _ if OF_FILE.contains(&name) => instant(true),
        "at" => instant(false),
        _ if name.ends_with("_at") => instant(false),
        _ => format!("t.{name}"),
    }
}

/// Counters of what was copied: each copy adds what the seed has.
async fn count_up(database: &mut Database, from: usize, until: usize) -> anyhow::Result<()> {
    let times = |column: &str| format!("{column} = {column} / {from} * {until}");
    database.run(&format!("UPDATE tenants SET {}", times("last_case_number"))).await?;
    database.run(&format!("UPDATE shops SET {}", times("review_count"))).await?;
    let products: Vec<String> =
        database.columns("products").await?.into_iter().map(|column| column.0).collect();
    let counted: Vec<String> = products
        .iter()
        .filter(|name| {
            (name.ends_with("_count") || name.starts_with("rating_") || name.starts_with("verdict_"))
                && *name != "bad_rate"
        })
        .map(|name| times(name))
        .collect();
    if !counted.is_empty() {
        let later = (until - from) as i64 * SPAN * 1_000_000;
        database
            .run(&format!(
                "UPDATE products SET {}, last_review_at = last_review_at + {later}",
                counted.join(", ")
            ))
            .await?;
        database.run(&format!("UPDATE product_causes SET {}", times("review_count"))).await?;
    }
    let reviews = database.number("SELECT count(*) FROM reviews").await?;
    ensure!(reviews % until as i64 == 0, "{reviews} reviews are not {until} times the seed");
    Ok(())
}
