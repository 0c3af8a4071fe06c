//! What can go wrong in the store.

use thiserror::Error;

/// A failed store call. Inside a closure it must be returned: on PostgreSQL the transaction is dead after it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The thing is not there, or not within the scope.
    #[error("there is no such {what} here")]
    NotFound {
        /// Kind of thing.
        what: &'static str,
    },
    /// It exists already, or somebody else changed it first.
    #[error("the {what} is taken or was changed meanwhile; read it again and decide anew")]
    Conflict {
        /// What collides.
        what: &'static str,
    },
    /// A cursor that this list did not give out.
    #[error("this cursor does not belong to this list; begin again without one")]
    BadCursor,
    /// The key is not the one the database was made with.
    #[error(
        "this key does not open this database; put back the key it was made with (PINGXIN_KEY or the .key file)"
    )]
    WrongKey,
    /// The key is missing or unusable.
    #[error("the key cannot be used: {reason}")]
    Key {
        /// Why, and what to do.
        reason: String,
    },
    /// A stored value does not decode, or was changed from outside.
    #[error("the database holds something that cannot be right: {what}; run `pingxin doctor`")]
    Corrupt {
        /// What was found.
        what: String,
    },
    /// The database was written by a newer program.
    #[error("the database has version {found}, this program knows up to {known}; start the newer program")]
    TooNew {
        /// Version found.
        found: i64,
        /// Newest version known.
        known: i64,
    },
    /// A migration does not fit the database.
    #[error("migration {version} cannot be applied: {reason}")]
    Migration {
        /// Which.
        version: i64,
        /// Why, and what to do.
        reason: String,
    },
    /// A backup cannot be made, read or restored.
    #[error("the backup: {what}")]
    Backup {
        /// What is wrong, where, and what to do.
        what: String,
    },
    /// The database refused or could not be reached.
    #[error("the database failed at {context}: {source}")]
    Database {
        /// What was being done.
        context: String,
        /// The driver's error.
        source: sqlx::Error,
    },
}

/// SQLite's BUSY and LOCKED with their extended forms, PostgreSQL's serialisation failure and deadlock.
const RETRYABLE: [&str; 8] = ["5", "6", "261", "262", "517", "773", "40001", "40P01"];

impl StoreError {
    pub(crate) fn database(context: impl Into<String>, source: sqlx::Error) -> Self {
        Self::Database { context: context.into(), source }
    }

    /// Whether the same closure may well succeed when run again.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let Self::Database { source: sqlx::Error::Database(error), .. } = self else {
            return false;
        };
        // Two importers may draw the same position; the next draw differs.
        error.constraint() == Some("reviews_position")
            || error.code().is_some_and(|code| RETRYABLE.contains(&code.as_ref()))
    }

    /// Turns "this key exists already" into a conflict over `what`; every other error stays as it is.
    pub(crate) fn or_conflict(self, what: &'static str) -> Self {
        match &self {
            Self::Database { source: sqlx::Error::Database(error), .. }
                if error.is_unique_violation() && !self.is_retryable() =>
            {
                Self::Conflict { what }
            }
            _ => self,
        }
    }
}
