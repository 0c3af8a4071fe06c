//! Brings a database to this program's version. Old migrations are never edited; a newer database is refused.

use sha2::{Digest, Sha256};

use crate::sql::values;
use crate::{Engine, StoreError, Tx, audit, hex, key_check};

struct Migration {
    version: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($version:literal $name:literal),+ $(,)?) => {
        &[$(Migration {
            version: $version,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

const MIGRATIONS: &[Migration] = migrations![
    1 "0001_first_path",
    2 "0002_records",
    3 "0003_media",
    4 "0004_people",
    5 "0005_lists",
    6 "0006_things",
    7 "0007_record",
    8 "0008_speed",
    9 "0009_readings",
    10 "0010_removal",
    11 "0011_guard",
    12 "0012_casework",
    13 "0013_forgetting",
    14 "0014_removal_steps",
    15 "0015_clocks",
    16 "0016_assignment",
    17 "0017_promises",
    18 "0018_outbox",
    19 "0019_scripts",
    20 "0020_money",
    21 "0021_handover",
    22 "0022_figures",
    23 "0023_thanks",
    24 "0024_intake",
    25 "0025_automation",
];

/// From here on audit chains are signed.
const SIGNED_AUDIT: i64 = 7;

const CREATE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT NOT NULL PRIMARY KEY, \
                      name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL); \
                      CREATE TABLE IF NOT EXISTS schema_lock (id BIGINT NOT NULL PRIMARY KEY); \
                      INSERT INTO schema_lock (id) VALUES (1) ON CONFLICT (id) DO NOTHING";
// A row lock, as advisory locks are not known to every engine that speaks PostgreSQL's wire.
const LOCK: &str = "SELECT id FROM schema_lock WHERE id = 1 FOR UPDATE";
const APPLIED: &str = "SELECT version, checksum FROM schema_migrations ORDER BY version";
const RECORD: &str =
    "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)";

/// Version of the tables that this program makes.
#[must_use]
pub fn schema_version() -> i64 {
    MIGRATIONS.last().map_or(0, |last| last.version)
}

/// Makes the tables of the migrator itself; in its own transaction, as two programs may race for them.
pub(crate) async fn prepare(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.script("schema_migrations", CREATE).await
}

/// Applies what is missing, all or nothing. Twice is once.
pub(crate) async fn migrate(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    migrate_to(tx, schema_version()).await
}

/// The same up to a version, for a backup from then.
pub(crate) async fn migrate_to(tx: &mut Tx<'_>, last: i64) -> Result<(), StoreError> {
    if tx.engine() == Engine::Postgres {
        // SQLite has one writer anyway, and no such clause.
        if tx.engine() == Engine::Postgres {
            tx.all_text("schema_lock", LOCK.to_owned(), vec![]).await?;
        }
    }
    let mut applied = Vec::new();
    for row in tx.all_text("schema_migrations", APPLIED.to_owned(), vec![]).await? {
        let mut columns = row.columns();
        applied.push((columns.int()?, columns.text()?));
    }
    let known = schema_version();
    if let Some((found, _)) = applied.last().filter(|(found, _)| *found > known) {
        return Err(StoreError::TooNew { found: *found, known });
    }
    for migration in MIGRATIONS.iter().filter(|migration| migration.version <= last) {
        let script = match tx.engine() {
            Engine::Sqlite => migration.sqlite,
            Engine::Postgres => migration.postgres,
        };
        let digest = Sha256::digest(script.as_bytes());
        let checksum = hex::encode(&digest);
        match applied.iter().find(|(version, _)| *version == migration.version) {
            Some((_, stored)) if *stored == checksum => {}
            Some(_) => {
                return Err(StoreError::Migration {
                    version: migration.version,
                    reason: "it was applied with other content; use the program that made this database"
                        .into(),
                });
            }
            None => {
                tx.script(migration.name, script).await?;
                if migration.version == SIGNED_AUDIT {
                    // Under the right key, and once: a database cannot be made to sign again what it holds by then.
                    key_check::mark_signed(tx).await?;
                    audit::chain::sign_all(tx).await?;
                }
                let now = tx.now();
                let row = values![migration.version, migration.name, checksum, now];
                tx.execute_text("schema_migrations", RECORD.to_owned(), row).await?;
            }
        }
    }
    Ok(())
}
