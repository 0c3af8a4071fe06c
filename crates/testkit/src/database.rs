//! A database of its own for each test: a SQLite file in a temporary folder, or a database in a PostgreSQL server.
//!
//! The server is the one of `PINGXIN_TEST_POSTGRES` (the URL of a database whose user may create others); without it one
//! throw-away server is started for the test process from the `initdb` and `postgres` of this machine, and dies with it.
//! Where there is none, [`TestDatabase::postgres`] says so in one line and gives `None`.

mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use pingxin_store::{MasterKey, Store, StoreUrl};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use crate::clock::MockClock;

/// A fresh database with a clock that tests move.
#[derive(Debug)]
pub struct TestDatabase {
    store: Store,
    clock: Arc<MockClock>,
    key: MasterKey,
    url: StoreUrl,
    folder: TempDir,
}

static NEXT: AtomicU32 = AtomicU32::new(1);

impl TestDatabase {
    /// A new SQLite file.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let url = StoreUrl::Sqlite(folder.path().join("test.db"));
        Self::open(url, folder).await
    }

    /// A new PostgreSQL database; `None`, and a line on standard error, when there is no server to be had.
    ///
    /// # Panics
    /// When there is a server but it does not make a database.
    pub async fn postgres() -> Option<Self> {
        let url = Self::postgres_url().await?;
        let folder = TempDir::new().expect("a temporary folder");
        Some(Self::open(StoreUrl::Postgres(url), folder).await)
    }

    /// The URL of a new, empty PostgreSQL database.
    ///
    /// # Panics
    /// When there is a server but it does not make a database.
    pub async fn postgres_url() -> Option<String> {
        let server = server::url().await?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("pingxin_test_{}_{number}", std::process::id());
        let mut connection = PgConnection::connect(&server).await.expect("the test server answers");
        for statement in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
            sqlx::raw_sql(AssertSqlSafe(statement))
                .execute(&mut connection)
                .await
                .expect("the test server makes a database");
        }
        connection.close().await.expect("the connection closes");
        let (head, query) = server.split_once('?').unwrap_or((&server, ""));
        let base = head.rsplit_once('/').map_or(head, |(base, _)| base);
        Some(format!("{base}/{name}{}{query}", if query.is_empty() { "" } else { "?" }))
    }

    /// One of each engine that there is.
    pub async fn each() -> Vec<Self> {
        let mut databases = vec![Self::sqlite().await];
        databases.extend(Self::postgres().await);
        databases
    }

    async fn open(url: StoreUrl, folder: TempDir) -> Self {
        let (clock, key) = (Arc::new(MockClock::default()), MasterKey::fresh());
        let handed: Arc<MockClock> = Arc::clone(&clock);
        let store = Store::open(&url, key.clone(), handed).await.expect("a new database opens");
        Self { store, clock, key, url, folder }
    }

    /// The open store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Its clock.
    #[must_use]
    pub fn clock(&self) -> &Arc<MockClock> {
        &self.clock
    }

    /// Its master key.
    #[must_use]
    pub fn key(&self) -> &MasterKey {
        &self.key
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &StoreUrl {
        &self.url
    }

    /// A folder that goes with the test.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Runs a script past the store, to plant damage or to look under it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn raw(&self, script: &str) -> Result<u64, sqlx::Error> {
        raw_on(&self.url, script).await
    }

    /// The first column of every row of a query, as text.
    ///
    /// # Errors
    /// What the database says.
    pub async fn raw_texts(&self, query: &str) -> Result<Vec<String>, sqlx::Error> {
        let query = AssertSqlSafe(query.to_owned());
        match &self.url {
            StoreUrl::Sqlite(path) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
                let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
                let rows = sqlx::query_scalar(query).fetch_all(&mut connection).await?;
                connection.close().await?;
                Ok(rows)
            }
            StoreUrl::Postgres(url) => {
                let mut connection = PgConnection::connect(url).await?;
                let rows = sqlx::query_scalar(query).fetch_all(&mut connection).await?;
                connection.close().await?;
                Ok(rows)
            }
        }
    }
}

/// Runs a script on a database past the store.
///
/// # Errors
/// What the database says.
pub async fn raw_on(url: &StoreUrl, script: &str) -> Result<u64, sqlx::Error> {
    let script = AssertSqlSafe(script.to_owned());
    match url {
        StoreUrl::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new()
                .filename(path)
                .busy_timeout(std::time::Duration::from_secs(10));
            let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
            let done = sqlx::raw_sql(script).execute(&mut connection).await?;
            connection.close().await?;
            Ok(done.rows_affected())
        }
        StoreUrl::Postgres(url) => {
            let mut connection = PgConnection::connect(url).await?;
            let done = sqlx::raw_sql(script).execute(&mut connection).await?;
            connection.close().await?;
            Ok(done.rows_affected())
        }
    }
}
