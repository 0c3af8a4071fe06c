//! The desk: what every use case needs at hand.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use pingxin_channels::outward::Reach;
use pingxin_domain::pack::Refused;
use pingxin_domain::triage::TriageEngine;
use pingxin_domain::{Action, Scope};
use pingxin_store::Store;
use pingxin_store::clock::StoppedClock;

use crate::error::{Barred, DeskError, Result};
use crate::guard::retrained::Guards;
use crate::reading::Readers;
use crate::rules::Shelf;

/// The store, the reader of texts, and where files lie. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// Everything that is kept.
    pub store: Store,
    shelf: Arc<Shelf>,
    readers: Readers,
    guards: Guards,
    program: PathBuf,
    files: PathBuf,
    reach: Reach,
}

impl Desk {
    /// A desk over an open store. `program` is the pingxin binary, which reads files in a child process; `files` is
    /// the folder for uploads, made when first needed.
    #[must_use]
    pub fn new(store: Store, program: PathBuf, files: PathBuf) -> Self {
        Self {
            store,
            shelf: Arc::new(Shelf::embedded()),
            readers: Readers::default(),
            guards: Guards::default(),
            program,
            files,
            reach: Reach::default(),
        }
    }

    /// This desk with other addresses that channels may call.
    #[must_use]
    pub fn reaching(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    /// Which addresses channels may call.
    pub(crate) fn reach(&self) -> Reach {
        self.reach
    }

    /// This desk with the policy packs of a folder in place of those of the program.
    ///
    /// # Errors
    /// When the folder or one of its files cannot be read. A file that is read and broken is refused by itself
    /// ([`Self::refused_packs`]).
    pub fn with_packs(self, folder: &Path) -> Result<Self> {
        let shelf = self.shelf.with_folder(folder);
        let shelf = shelf.map_err(|source| DeskError::Io { doing: "reading the folder of packs", source })?;
        Ok(Self { shelf: Arc::new(shelf), ..self })
    }

    /// The files of the folder of packs that were refused.
    #[must_use]
    pub fn refused_packs(&self) -> Arc<Vec<Refused>> {
        self.shelf.refused()
    }

    pub(crate) fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The same desk as of another instant, for what happened then and is only brought in now.
    #[must_use]
    pub fn as_of(&self, instant: Timestamp) -> Self {
        Self { store: self.store.with_clock(Arc::new(StoppedClock(instant))), ..self.clone() }
    }

    /// Readers of merchants and shops.
    pub(crate) fn readers(&self) -> &Readers {
        &self.readers
    }

    /// Guards of merchants.
    pub(crate) fn guards(&self) -> &Guards {
        &self.guards
    }

    /// The reader of texts as it was shipped, with the policy packs in force.
    #[must_use]
    pub fn engine(&self) -> Arc<TriageEngine> {
        self.shelf.engine()
    }

    /// The binary that reads files.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// The folder where uploaded files wait for their import; made when missing.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn uploads(&self) -> Result<PathBuf> {
        self.folder("uploads", "making the folder for uploads")
    }

    /// A folder beside the database; made when missing.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub(crate) fn folder(&self, name: &str, doing: &'static str) -> Result<PathBuf> {
        let folder = self.files.join(name);
        std::fs::create_dir_all(&folder).map_err(|source| DeskError::Io { doing, source })?;
        Ok(folder)
    }

    /// The folder beside the database that all others are in.
    #[must_use]
    pub fn files(&self) -> &Path {
        &self.files
    }
}

/// Refuses what role or token do not allow; the first line of every use case.
///
/// # Errors
/// [`DeskError::Forbidden`].
pub fn allow(scope: &Scope, action: Action) -> Result<()> {
    Barred::of(scope, action).map_or(Ok(()), |barred| Err(DeskError::Forbidden(barred)))
}

/// Does work that computes for long beside the tasks that wait; `doing` names it in the error.
///
/// # Errors
/// [`DeskError::Io`] when it panics.
pub(crate) async fn aside<T: Send + 'static>(
    doing: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|panic| DeskError::Io { doing, source: std::io::Error::other(panic) })
}
