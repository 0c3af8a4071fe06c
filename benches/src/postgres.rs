//! A throw-away PostgreSQL database: the tests' own server.

use pingxin_testkit::TestDatabase;
use sqlx::{Connection, PgConnection};
use tokio::runtime::Runtime;

/// An empty database in a server that ends with this process.
pub struct Database {
    /// Its address.
    pub url: String,
    runtime: Runtime,
}

impl Database {
    /// A new one; nothing where the machine has no PostgreSQL.
    ///
    /// # Errors
    /// When no runtime can be started.
    pub fn fresh() -> anyhow::Result<Option<Self>> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let url = runtime.block_on(TestDatabase::postgres_url());
        Ok(url.map(|url| Self { url, runtime }))
    }

    /// Does what a real server does by itself some time after many rows came in (autovacuum is off in this one).
    ///
    /// # Errors
    /// When the server does not do it.
    pub fn gather_statistics(&self) -> anyhow::Result<()> {
        self.runtime.block_on(async {
            let mut connection = PgConnection::connect(&self.url).await?;
            sqlx::raw_sql("VACUUM ANALYZE").execute(&mut connection).await?;
            connection.close().await?;
            Ok(())
        })
    }
}
