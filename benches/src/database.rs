//! A connection to the measured database past the program, for the loader and the comparisons.

use std::path::Path;
use std::time::Duration;

use futures::TryStreamExt;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};

/// One connection.
#[derive(Debug)]
pub enum Database {
    /// A file.
    Sqlite(Box<SqliteConnection>),
    /// A server.
    Postgres(Box<PgConnection>),
}

impl Database {
    /// Opens a database by its path or URL.
    ///
    /// # Errors
    /// When there is none.
    pub async fn open(address: &str) -> sqlx::Result<Self> {
        if address.starts_with("postgres") {
            return Ok(Self::Postgres(Box::new(PgConnection::connect(address).await?)));
        }
        let options = SqliteConnectOptions::new()
            .filename(Path::new(address))
            .foreign_keys(false)
            .busy_timeout(Duration::from_secs(30))
            .pragma("cache_size", "-600000")
            .pragma("temp_store", "memory")
            .disable_statement_logging();
        Ok(Self::Sqlite(Box::new(options.connect().await?)))
    }

    /// Whether it is SQLite.
    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Runs statements.
    ///
    /// # Errors
    /// The database's own, with the statement.
    pub async fn run(&mut self, script: &str) -> anyhow::Result<u64> {
        let statement = sqlx::raw_sql(AssertSqlSafe(script.to_owned()));
        let done = match self {
            Self::Sqlite(connection) => {
                statement.execute(&mut **connection).await.map(|done| done.rows_affected())
            }
            Self::Postgres(connection) => {
                statement.execute(&mut **connection).await.map(|done| done.rows_affected())
            }
        };
        done.map_err(|error| anyhow::anyhow!("{error} in: {}", script.chars().take(400).collect::<String>()))
    }

    /// The rows of a query whose columns are all text; absent values are empty.
    ///
    /// # Errors
    /// As for [`Database::run`].
    pub async fn texts(&mut self, query: &str) -> anyhow::Result<Vec<Vec<String>>> {
        let statement = sqlx::raw_sql(AssertSqlSafe(query.to_owned()));
        macro_rules! read {
            ($connection:expr) => {{
                let mut rows = statement.fetch(&mut **$connection);
                let mut texts = Vec::new();
                while let Some(row) = rows.try_next().await? {
                    let cell = |at| row.try_get::<Option<String>, _>(at).map(Option::unwrap_or_default);
                    texts.push((0..row.len()).map(cell).collect::<sqlx::Result<Vec<_>>>()?);
                }
                texts
            }};
        }
        Ok(match self {
            Self::Sqlite(connection) => read!(connection),
            Self::Postgres(connection) => read!(connection),
        })
    }

    /// One whole number.
    ///
    /// # Errors
    /// As for [`Database::run`], and when there is no row or no number.
    pub async fn number(&mut self, query: &str) -> anyhow::Result<i64> {
        let rows = self.texts(&format!("SELECT CAST(({query}) AS TEXT)")).await?;
        Ok(rows.first().and_then(|row| row.first()).map_or("", String::as_str).parse()?)
    }

    /// The names of a table's columns with their types, in order; none when there is no such table.
    ///
    /// # Errors
    /// As for [`Database::run`].
    pub async fn columns(&mut self, table: &str) -> anyhow::Result<Vec<(String, String)>> {
        let query = match self {
            Self::Sqlite(_) => format!("SELECT name, type FROM pragma_table_info('{table}')"),
            Self::Postgres(_) => format!(
                "SELECT column_name::text, data_type::text FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
            ),
        };
        let rows = self.texts(&query).await?;
        Ok(rows.into_iter().map(|row| (row[0].clone(), row[1].clone())).collect())
    }

    /// Fills SQLite's search table: rows of row number and tokens.
    ///
    /// # Errors
    /// As for [`Database::run`].
    pub async fn add_search_rows(&mut self, rows: &[(i64, String)]) -> anyhow::Result<()> {
        let Self::Sqlite(connection) = self else { return Ok(()) };
        for part in rows.chunks(500) {
            let values = vec!["(?, ?)"; part.len()].join(", ");
            let text = format!("INSERT INTO review_search (rowid, tokens) VALUES {values}");
            let mut statement = sqlx::query(AssertSqlSafe(text));
            for (row, tokens) in part {
                statement = statement.bind(row).bind(tokens);
            }
            statement.execute(&mut **connection).await?;
        }
        Ok(())
    }

    /// Closes it.
    ///
    /// # Errors
    /// As for [`Database::run`].
    pub async fn close(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(connection) => connection.close().await,
            Self::Postgres(connection) => connection.close().await,
        }
    }
}
