//! Backups: one file that holds what the database does, whichever engine it came from and goes to. What is sealed stays
//! sealed; indexes and search are made anew.
//!
//! The file is a chain of frames (`frame.rs`), each signed together with the one before it with a key derived from the
//! master key, so that a changed, cut or reordered file is refused, and so is a wrong key. A header comes first, then the
//! tables one after another, parents before children; the last frame counts and sums up every table and says how the
//! audit chains stood.

mod frame;
mod load;
mod read;
mod save;
pub(crate) mod table;

use pingxin_domain::TenantId;
use serde::{Deserialize, Serialize};

pub use load::restore;
pub use read::{check, check_with_key_of};
pub use save::write;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of this format.
    pub format: u32,
    /// Version of the tables.
    pub schema: i64,
    /// When it was made; RFC 3339.
    pub made_at: String,
    /// The only merchant in it; none when all are.
    pub tenant: Option<TenantId>,
    /// Tells the key from others, and nothing about it.
    pub key: String,
}

/// A table of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: u64,
    /// Sum of the hashes of its rows, in whatever order they are.
    pub sum: String,
}

/// How a merchant's audit stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditSum {
    /// Whose.
    pub tenant: TenantId,
    /// Entries, up to the first that does not hold.
    pub entries: u64,
    /// Whether all of it holds.
    pub whole: bool,
}

/// The last frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Every table, in the order of the file.
    pub tables: Vec<TableSum>,
    /// Every merchant's audit.
    pub audits: Vec<AuditSum>,
}

/// A backup that was read to its end and holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Its first frame.
    pub header: Header,
    /// Its last.
    pub manifest: Manifest,
    /// Bytes of the file.
    pub bytes: u64,
}

impl Checked {
    /// Rows in all.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.manifest.tables.iter().map(|table| table.rows).sum()
    }
}
