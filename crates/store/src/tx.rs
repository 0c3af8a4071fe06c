//! One transaction on either engine, as the modules of the store see it.

use std::marker::PhantomData;
use std::sync::Arc;

use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use pingxin_domain::time::{from_micros, to_micros};
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Executor, Postgres, Sqlite, Transaction};

use crate::audit::Pending;
use crate::page::Count;
use crate::sealed::Keys;
use crate::sql::{Built, Row, Statement, Value, for_sqlite};
use crate::{Engine, StoreError};

/// A transaction. `'s` bounds what a closure may borrow from around the call; it holds nothing itself.
pub struct Tx<'s> {
    pub(crate) connection: Connection,
    pub(crate) pending_audit: Vec<Pending>,
    keys: Arc<Keys>,
    now: Timestamp,
    around: PhantomData<&'s ()>,
}

pub(crate) enum Connection {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Tx({:?} at {})", self.engine(), self.now)
    }
}

impl Tx<'_> {
    pub(crate) fn new(connection: Connection, keys: Arc<Keys>, now: Timestamp) -> Self {
        // What is stored is read back equal: columns hold microseconds.
        let now = from_micros(to_micros(now));
        Self { connection, pending_audit: Vec::new(), keys, now, around: PhantomData }
    }

    /// The clock as the closure began.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Which engine runs it.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.connection {
            Connection::Sqlite(_) => Engine::Sqlite,
            Connection::Postgres(_) => Engine::Postgres,
        }
    }

    pub(crate) fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.keys)
    }

    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        match self.connection {
            Connection::Sqlite(transaction) => transaction.commit().await,
            Connection::Postgres(transaction) => transaction.commit().await,
        }
    }

    pub(crate) async fn rollback(self) -> Result<(), sqlx::Error> {
        match self.connection {
            Connection::Sqlite(transaction) => transaction.rollback().await,
            Connection::Postgres(transaction) => transaction.rollback().await,
        }
    }

    /// Every row of a fixed statement.
    pub(crate) async fn all(
        &mut self,
        sql: Statement,
        values: Vec<Value<'_>>,
    ) -> Result<Vec<Row>, StoreError> {
        self.all_text(sql.name, sql.text(self.engine()).into_owned(), values).await
    }

    /// The first row, if there is one.
    pub(crate) async fn first(
        &mut self,
        sql: Statement,
        values: Vec<Value<'_>>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// The only row of a statement that always gives one.
    pub(crate) async fn one(&mut self, sql: Statement, values: Vec<Value<'_>>) -> Result<Row, StoreError> {
        self.first(sql, values)
            .await?
            .ok_or_else(|| StoreError::Corrupt { what: format!("{} gave no row", sql.name) })
    }

    /// How many rows a fixed statement changed.
    pub(crate) async fn execute(
        &mut self,
        sql: Statement,
        values: Vec<Value<'_>>,
    ) -> Result<u64, StoreError> {
        self.execute_text(sql.name, sql.text(self.engine()).into_owned(), values).await
    }

    /// Changes exactly one row; none is "not found".
    pub(crate) async fn change_one(
        &mut self,
        sql: Statement,
        values: Vec<Value<'_>>,
        what: &'static str,
    ) -> Result<(), StoreError> {
        match self.execute(sql, values).await? {
            0 => Err(StoreError::NotFound { what }),
            _ => Ok(()),
        }
    }

    /// Every row of a statement with built conditions.
    pub(crate) async fn all_built(
        &mut self,
        context: &'static str,
        built: Built<'_>,
    ) -> Result<Vec<Row>, StoreError> {
        let text = match self.engine() {
            Engine::Sqlite => for_sqlite(&built.text).into_owned(),
            Engine::Postgres => built.text,
        };
        self.all_text(context, text, built.values).await
    }

    /// What a statement with built conditions counts, up to a thousand.
    pub(crate) async fn count_built(
        &mut self,
        context: &'static str,
        built: Built<'_>,
    ) -> Result<Count, StoreError> {
        let rows = self.all_built(context, built).await?;
        rows.first().map_or(Ok(Count::of(0)), |row| row.columns().unsigned().map(Count::of))
    }

    pub(crate) async fn all_text(
        &mut self,
        context: &'static str,
        text: String,
        values: Vec<Value<'_>>,
    ) -> Result<Vec<Row>, StoreError> {
        match &mut self.connection {
            Connection::Sqlite(transaction) => {
                let query = sqlx::query_with(AssertSqlSafe(text), sqlite_arguments(values)?);
                query.fetch(&mut **transaction).map_ok(Row::Sqlite).try_collect().await
            }
            Connection::Postgres(transaction) => {
                let query = sqlx::query_with(AssertSqlSafe(text), postgres_arguments(values)?);
                query.fetch(&mut **transaction).map_ok(Row::Postgres).try_collect().await
            }
        }
        .map_err(|source| StoreError::database(context, source))
    }

    /// Rows as they come, however many there are.
    pub(crate) fn stream(
        &mut self,
        context: &'static str,
        text: String,
        values: Vec<Value<'_>>,
    ) -> Result<BoxStream<'_, Result<Row, StoreError>>, StoreError> {
        Ok(match &mut self.connection {
            Connection::Sqlite(transaction) => {
                let query = sqlx::query_with(AssertSqlSafe(text), sqlite_arguments(values)?);
                query
                    .fetch(&mut **transaction)
                    .map_ok(Row::Sqlite)
                    .map_err(move |source| StoreError::database(context, source))
                    .boxed()
            }
            Connection::Postgres(transaction) => {
                let query = sqlx::query_with(AssertSqlSafe(text), postgres_arguments(values)?);
                query
                    .fetch(&mut **transaction)
                    .map_ok(Row::Postgres)
                    .map_err(move |source| StoreError::database(context, source))
                    .boxed()
            }
        })
    }

    pub(crate) async fn execute_text(
        &mut self,
        context: &'static str,
        text: String,
        values: Vec<Value<'_>>,
    ) -> Result<u64, StoreError> {
        match self.engine() {
            Engine::Sqlite => self.execute_sqlite(context, text, sqlite_arguments(values)?).await,
            Engine::Postgres => self.execute_postgres(context, text, postgres_arguments(values)?).await,
        }
    }

    pub(crate) async fn execute_sqlite(
        &mut self,
        context: &'static str,
        text: String,
        arguments: SqliteArguments,
    ) -> Result<u64, StoreError> {
        let Connection::Sqlite(transaction) = &mut self.connection else {
            return Err(StoreError::Corrupt { what: format!("{context}: SQLite's text on PostgreSQL") });
        };
        let done = sqlx::query_with(AssertSqlSafe(text), arguments).execute(&mut **transaction).await;
        done.map(|done| done.rows_affected()).map_err(|source| StoreError::database(context, source))
    }

    pub(crate) async fn execute_postgres(
        &mut self,
        context: &'static str,
        text: String,
        arguments: PgArguments,
    ) -> Result<u64, StoreError> {
        let Connection::Postgres(transaction) = &mut self.connection else {
            return Err(StoreError::Corrupt { what: format!("{context}: PostgreSQL's text on SQLite") });
        };
        let done = sqlx::query_with(AssertSqlSafe(text), arguments).execute(&mut **transaction).await;
        done.map(|done| done.rows_affected()).map_err(|source| StoreError::database(context, source))
    }

    /// Runs several statements without parameters.
    pub(crate) async fn script(
        &mut self,
        context: &'static str,
        script: &'static str,
    ) -> Result<(), StoreError> {
        match &mut self.connection {
            Connection::Sqlite(transaction) => {
                sqlx::raw_sql(script).execute(&mut **transaction).await.map(drop)
            }
            Connection::Postgres(transaction) => {
                sqlx::raw_sql(script).execute(&mut **transaction).await.map(drop)
            }
        }
        .map_err(|source| StoreError::database(context, source))
    }

    /// Has the engine read a statement without running it.
    pub(crate) async fn prepare(&mut self, context: &'static str, text: String) -> Result<(), StoreError> {
        let text = sqlx::SqlSafeStr::into_sql_str(AssertSqlSafe(text));
        match &mut self.connection {
            Connection::Sqlite(transaction) => (&mut **transaction).prepare(text).await.map(drop),
            Connection::Postgres(transaction) => (&mut **transaction).prepare(text).await.map(drop),
        }
        .map_err(|source| StoreError::database(context, source))
    }
}

fn sqlite_arguments(values: Vec<Value<'_>>) -> Result<SqliteArguments, StoreError> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        value.add_to_sqlite(&mut arguments).map_err(|source| StoreError::database("a parameter", source))?;
    }
    Ok(arguments)
}

fn postgres_arguments(values: Vec<Value<'_>>) -> Result<PgArguments, StoreError> {
    let mut arguments = PgArguments::default();
    for value in values {
        value
            .add_to_postgres(&mut arguments)
            .map_err(|source| StoreError::database("a parameter", source))?;
    }
    Ok(arguments)
}
