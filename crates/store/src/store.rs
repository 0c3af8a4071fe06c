//! Opening a database, and running closures in its transactions.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Pool, Postgres, Sqlite};

use crate::clock::Clock;
use crate::key::MasterKey;
use crate::sealed::Keys;
use crate::tx::Connection;
use crate::{Engine, StoreError, StoreUrl, Tx, audit, backfill, key_check, migration};

/// How often a closure is run again after BUSY, a serialisation failure or a deadlock.
const TRIES: u32 = 8;
/// How long SQLite waits for another writer before it says BUSY.
const BUSY: Duration = Duration::from_secs(10);

/// An open database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pools: Pools,
    keys: Arc<Keys>,
    clock: Arc<dyn Clock>,
}

#[derive(Clone, Debug)]
enum Pools {
    Sqlite { write: Pool<Sqlite>, read: Pool<Sqlite> },
    Postgres(Pool<Postgres>),
}

impl Store {
    /// Opens a database, making it when it does not exist, and brings it to this program's version.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`], [`StoreError::TooNew`], or the database's own error.
    pub async fn open(url: &StoreUrl, key: MasterKey, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let store = Self::connect(url, &key, clock).await?;
        store.prepare_migrator().await?;
        store.write(|tx| Box::pin(migration::migrate(tx))).await?;
        store.write(|tx| Box::pin(key_check::check(tx))).await?;
        backfill::run(&store).await?;
        Ok(store)
    }

    /// Opens a database as it is.
    pub(crate) async fn connect(
        url: &StoreUrl,
        key: &MasterKey,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, StoreError> {
        let mut tries = 0;
        let pools = loop {
            tries += 1;
            let opened = match url {
                StoreUrl::Sqlite(path) => open_sqlite(path).await,
                StoreUrl::Postgres(url) => open_postgres(url).await,
            };
            match opened.map_err(|source| StoreError::database(format!("opening {url}"), source)) {
                // A new file turns to its write-ahead log under a lock that SQLite does not wait for.
                Err(error) if error.is_retryable() && tries < TRIES => tokio::time::sleep(pause(tries)).await,
                opened => break opened?,
            }
        };
        Ok(Self { pools, keys: Arc::new(Keys::new(key)), clock })
    }

    pub(crate) fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.keys)
    }

    /// `CREATE … IF NOT EXISTS` by two programs at once can still collide on PostgreSQL, over a key of its catalogue or as
    /// "exists already" (42P07, 42710); the loser tries again.
    pub(crate) async fn prepare_migrator(&self) -> Result<(), StoreError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.write(|tx| Box::pin(migration::prepare(tx))).await {
                Err(StoreError::Database { source: sqlx::Error::Database(error), .. })
                    if tries < TRIES
                        && (error.is_unique_violation()
                            || matches!(error.code().as_deref(), Some("42P07" | "42710"))) => {}
                done => return done,
            }
        }
    }

    /// Runs `work` in a writing transaction and commits it. It may run more than once (another writer, a serialisation
    /// failure), so it must do nothing but store calls.
    ///
    /// # Errors
    /// What `work` gives (everything is rolled back then), or the database's error.
    pub async fn write<'s, T, F>(&self, work: F) -> Result<T, StoreError>
    where
        F: for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync,
        T: Send,
    {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.attempt(&work).await {
                Err(error) if error.is_retryable() && tries < TRIES => {
                    tracing::debug!(tries, %error, "running a transaction again");
                    tokio::time::sleep(pause(tries)).await;
                }
                done => return done,
            }
        }
    }

    async fn attempt<'s, T, F>(&self, work: &F) -> Result<T, StoreError>
    where
        F: for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync,
        T: Send,
    {
        let connection = match &self.pools {
            Pools::Sqlite { write, .. } => write.begin_with("BEGIN IMMEDIATE").await.map(Connection::Sqlite),
            Pools::Postgres(pool) => pool.begin().await.map(Connection::Postgres),
        }
        .map_err(|source| StoreError::database("begin", source))?;
        let mut tx = Tx::new(connection, Arc::clone(&self.keys), self.clock.now());
        let done = match work(&mut tx).await {
            Ok(done) => audit::write_pending(&mut tx).await.map(|()| done),
            Err(error) => Err(error),
        };
        match done {
            Ok(done) => {
                tx.commit().await.map_err(|source| StoreError::database("commit", source))?;
                Ok(done)
            }
            Err(error) => {
                if let Err(source) = tx.rollback().await {
                    tracing::warn!(%source, "a transaction could not be rolled back; its connection is dropped");
                }
                Err(error)
            }
        }
    }

    /// Runs `work` over one unchanging state of the database; writing in it fails.
    ///
    /// # Errors
    /// What `work` gives, or the database's error.
    pub async fn read<'s, T, F>(&self, work: F) -> Result<T, StoreError>
    where
        F: for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync,
        T: Send,
    {
        let connection = match &self.pools {
            Pools::Sqlite { read, .. } => read.begin().await.map(Connection::Sqlite),
            Pools::Postgres(pool) => pool
                .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .await
                .map(Connection::Postgres),
        }
        .map_err(|source| StoreError::database("begin", source))?;
        let mut tx = Tx::new(connection, Arc::clone(&self.keys), self.clock.now());
        let done = work(&mut tx).await;
        tx.rollback().await.map_err(|source| StoreError::database("end of reading", source))?;
        done
    }

    /// The same database by another clock.
    #[must_use]
    pub fn with_clock(&self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self.clone() }
    }

    /// The clock that was handed in.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Which engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Closes every connection; SQLite folds its log into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// Grows from 5 ms, with jitter so that two losers do not meet again.
fn pause(tries: u32) -> Duration {
    let mut jitter = [0; 1];
    crate::secret::fill(&mut jitter);
    Duration::from_millis((5_u64 << tries.min(6)) + u64::from(jitter[0]) / 8)
}

async fn open_sqlite(path: &std::path::Path) -> Result<Pools, sqlx::Error> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("cache_size", "-16000")
        .pragma("temp_store", "memory")
        .disable_statement_logging();
    let writer = options
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("wal_autocheckpoint", "4000")
        .statement_cache_capacity(400);
    let write = SqlitePoolOptions::new().max_connections(1).connect_with(writer).await?;
    let reader = options.read_only(true).statement_cache_capacity(100);
    let read = SqlitePoolOptions::new().max_connections(6).min_connections(0).connect_lazy_with(reader);
    Ok(Pools::Sqlite { write, read })
}

async fn open_postgres(url: &str) -> Result<Pools, sqlx::Error> {
    // A plan made for any value would be the wrong one for a common word or a large tenant.
    let options = PgConnectOptions::from_str(url)?
        // Pages walk an index and stop early: workers of a parallel plan would take longer to start than the page.
        .options([
            ("plan_cache_mode", "force_custom_plan"),
            ("max_parallel_workers_per_gather", "0"),
            ("random_page_cost", "1.1"),
            // Compiling a plan takes longer than any page does, and is chosen by an estimate that is far off before the
            // first ANALYZE.
            ("jit", "off"),
        ])
        .application_name("pingxin")
        .statement_cache_capacity(400)
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(12)
        .acquire_timeout(Duration::from_secs(20))
        .connect_with(options)
        .await?;
    Ok(Pools::Postgres(pool))
}
