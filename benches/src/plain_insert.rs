//! The yardstick of an import: the rows that it left, inserted again into the same tables and indexes of an empty
//! database, from memory, in statements of many rows, with as many commits — and nothing else: no parsing, no
//! triage, no search.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use futures::{StreamExt, TryStreamExt};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Column, ConnectOptions, Connection, Row, TypeInfo, ValueRef};

/// Rows of the file that the store commits at once.
const CHUNK: usize = 1_000;
/// Parameters of one statement, well below SQLite's limit of 32,766.
const PARAMETERS: usize = 8_000;

/// One stored value.
#[derive(Debug, Clone)]
enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

/// Copies everything but the search index from one database to a new one; gives the time of the inserting alone.
/// `rows` is how many rows the imported file had: it sets the number of commits.
///
/// # Errors
/// When either database does not do it.
pub fn measure(from: &Path, to: &Path, rows: usize) -> anyhow::Result<Duration> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut source = connect(from, false).await?;
        let mut target = connect(to, true).await?;
        let tables = copy_schema(&mut source, &mut target).await?;
        let mut total = 0;
        for table in &tables {
            total += count(&mut source, table).await?;
        }
        let per_commit = (total / rows.div_ceil(CHUNK).max(1)).max(1);
        let mut time = Duration::ZERO;
        for table in &tables {
            time += copy_table(&mut source, &mut target, table, per_commit).await?;
        }
        for table in &tables {
            let [there, here] = [count(&mut source, table).await?, count(&mut target, table).await?];
            anyhow::ensure!(there == here, "{table}: {here} of {there} rows were inserted");
        }
        target.close().await?;
        source.close().await?;
        Ok(time)
    })
}

/// The settings of the store's own writer.
async fn connect(path: &Path, create: bool) -> sqlx::Result<SqliteConnection> {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(create)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .connect()
        .await
}

/// Makes the tables and indexes anew; gives the tables, each after those that it refers to.
async fn copy_schema(
    source: &mut SqliteConnection,
    target: &mut SqliteConnection,
) -> sqlx::Result<Vec<String>> {
    let entries: Vec<(String, String, String, String)> = sqlx::query_as(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index') \
         AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY type DESC, rowid",
    )
    .fetch_all(&mut *source)
    .await?;
    let virtual_tables: Vec<String> = entries
        .iter()
        .filter(|(_, _, _, sql)| sql.starts_with("CREATE VIRTUAL"))
        .map(|(_, name, _, _)| name.clone())
        .collect();
    let of_search = |table: &str| {
        virtual_tables.iter().any(|name| table == name || table.starts_with(&format!("{name}_")))
    };
    let mut references = BTreeMap::new();
    for (kind, name, table, sql) in &entries {
        if of_search(table) {
            continue;
        }
        sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(&mut *target).await?;
        if kind == "table" {
            let parents: Vec<(String,)> = sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_list($1)")
                .bind(name)
                .fetch_all(&mut *source)
                .await?;
            references.insert(name.clone(), parents.into_iter().map(|(parent,)| parent).collect());
        }
    }
    Ok(parents_first(references))
}

/// Orders tables so that each comes after those it refers to; itself and circles do not count.
fn parents_first(mut references: BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut ordered: Vec<String> = Vec::new();
    while !references.is_empty() {
        let free = references
            .iter()
            .find(|(table, parents)| parents.iter().all(|p| p == *table || !references.contains_key(p)))
            .or_else(|| references.iter().next())
            .map(|(table, _)| table.clone());
        let Some(table) = free else { break };
        references.remove(&table);
        ordered.push(table);
    }
    ordered
}

async fn count(connection: &mut SqliteConnection, table: &str) -> sqlx::Result<usize> {
    let (count,): (i64,) = sqlx::query_as(AssertSqlSafe(format!("SELECT count(*) FROM \"{table}\"")))
        .fetch_one(connection)
        .await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

async fn copy_table(
    source: &mut SqliteConnection,
    target: &mut SqliteConnection,
    table: &str,
    per_commit: usize,
) -> anyhow::Result<Duration> {
    let mut time = Duration::ZERO;
    let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM \"{table}\""))).fetch(source);
    let mut chunks = rows.try_chunks(per_commit);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| error.1)?;
        let columns: Vec<String> = chunk[0].columns().iter().map(|column| column.name().to_owned()).collect();
        let values: Vec<Vec<Value>> = chunk.iter().map(values_of).collect::<sqlx::Result<_>>()?;
        drop(chunk);
        let started = Instant::now();
        insert(target, table, &columns, values).await?;
        time += started.elapsed();
    }
    Ok(time)
}

fn values_of(row: &SqliteRow) -> sqlx::Result<Vec<Value>> {
    let value = |index: usize| {
        let raw = row.try_get_raw(index)?;
        if raw.is_null() {
            return Ok(Value::Null);
        }
        let kind = raw.type_info().name().to_owned();
        match kind.as_str() {
            "INTEGER" => row.try_get_unchecked(index).map(Value::Integer),
            "REAL" => row.try_get_unchecked(index).map(Value::Real),
            "BLOB" => row.try_get_unchecked(index).map(Value::Blob),
            _ => row.try_get_unchecked(index).map(Value::Text),
        }
    };
    (0..row.len()).map(value).collect()
}

async fn insert(
    target: &mut SqliteConnection,
    table: &str,
    columns: &[String],
    rows: Vec<Vec<Value>>,
) -> sqlx::Result<()> {
    let mut transaction = target.begin_with("BEGIN IMMEDIATE").await?;
    for part in rows.chunks((PARAMETERS / columns.len()).max(1)) {
        let one = format!("({})", vec!["?"; columns.len()].join(","));
        let text = format!(
            "INSERT INTO \"{table}\" (\"{}\") VALUES {}",
            columns.join("\",\""),
            vec![one.as_str(); part.len()].join(",")
        );
        let mut statement = sqlx::query(AssertSqlSafe(text));
        for value in part.iter().flatten() {
            statement = match value {
                Value::Null => statement.bind(None::<i64>),
                Value::Integer(number) => statement.bind(*number),
                Value::Real(number) => statement.bind(*number),
                Value::Text(text) => statement.bind(text.as_str()),
                Value::Blob(bytes) => statement.bind(bytes.as_slice()),
            };
        }
        statement.execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_come_before_their_children() {
        let table = |name: &str, parents: &[&str]| {
            (name.to_owned(), parents.iter().map(|parent| (*parent).to_owned()).collect())
        };
        let ordered = parents_first(BTreeMap::from([
            table("a_case", &["review", "a_case"]),
            table("review", &["shop"]),
            table("shop", &[]),
        ]));
        assert_eq!(ordered, ["shop", "review", "a_case"]);
    }

    #[test]
    fn everything_but_the_search_is_copied() {
        let folder = tempfile::tempdir().unwrap();
        let [from, to] = ["from.db", "to.db"].map(|name| folder.path().join(name));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut source = connect(&from, true).await.unwrap();
            let script = "CREATE TABLE shop (id BLOB PRIMARY KEY, name TEXT) STRICT, WITHOUT ROWID;
                CREATE TABLE review (id INTEGER PRIMARY KEY, shop BLOB REFERENCES shop, score REAL, note TEXT) STRICT;
                CREATE INDEX review_by_shop ON review (shop);
                CREATE VIRTUAL TABLE words USING fts5(text);
                INSERT INTO shop VALUES (x'0102', '店');
                INSERT INTO review VALUES (1, x'0102', 0.5, NULL), (2, x'0102', 1.0, 'b'), (3, x'0102', NULL, 'c');
                INSERT INTO words VALUES ('a b');";
            sqlx::raw_sql(script).execute(&mut source).await.unwrap();
            source.close().await.unwrap();
        });
        assert!(measure(&from, &to, 2).unwrap() > Duration::ZERO);
        runtime.block_on(async {
            let mut target = connect(&to, false).await.unwrap();
            let last: (i64, Vec<u8>, Option<f64>, String) =
                sqlx::query_as("SELECT * FROM review WHERE id = 3").fetch_one(&mut target).await.unwrap();
            assert_eq!(last, (3, vec![1, 2], None, "c".into()));
            let tables: Vec<(String,)> =
                sqlx::query_as("SELECT name FROM sqlite_master WHERE type <> 'index' ORDER BY 1")
                    .fetch_all(&mut target)
                    .await
                    .unwrap();
            assert_eq!(tables.iter().map(|(name,)| name.as_str()).collect::<Vec<_>>(), ["review", "shop"]);
        });
    }
}
