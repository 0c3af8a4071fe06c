//! Policy packs 平台规则 in force at this desk: those of the program, and those of a folder in their place.
//!
//! The folder is read at the start and whenever somebody asks. A broken file is refused whole, by name, line and key, and
//! what was in force stays.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use pingxin_domain::pack::{Change, Pack, Packs, Refused, changes};
use pingxin_domain::triage::TriageEngine;
use pingxin_domain::{Action, Scope, Source};
use pingxin_store::audit;
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// The packs in force, and the engine that judges by them.
pub(crate) struct Shelf {
    folder: Option<PathBuf>,
    now: RwLock<Shelved>,
}

struct Shelved {
    engine: Arc<TriageEngine>,
    refused: Arc<Vec<Refused>>,
}

impl Shelf {
    /// The packs that the program carries.
    pub(crate) fn embedded() -> Self {
        let shelved = Shelved { engine: Arc::new(TriageEngine::new()), refused: Arc::default() };
        Self { folder: None, now: RwLock::new(shelved) }
    }

    /// The same with those of a folder in their place.
    ///
    /// # Errors
    /// When the folder or one of its files cannot be read.
    pub(crate) fn with_folder(&self, folder: &Path) -> std::io::Result<Self> {
        let shelved = laid_over(&self.engine(), folder)?;
        Ok(Self { folder: Some(folder.to_path_buf()), now: RwLock::new(shelved) })
    }

    pub(crate) fn engine(&self) -> Arc<TriageEngine> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner).engine)
    }

    pub(crate) fn refused(&self) -> Arc<Vec<Refused>> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner).refused)
    }

    fn read_again(&self) -> std::io::Result<()> {
        if let Some(folder) = &self.folder {
            let shelved = laid_over(&self.engine(), folder)?;
            *self.now.write().unwrap_or_else(PoisonError::into_inner) = shelved;
        }
        Ok(())
    }
}

/// The packs of a folder over those of the program. A file whose last good text is in force and that is broken now leaves
/// that text in force only until the next start; the program's own stand under it always.
fn laid_over(engine: &TriageEngine, folder: &Path) -> std::io::Result<Shelved> {
    let files = read_folder(folder)?;
    let (fresh, mut refused) = Packs::embedded().with(&files);
    let packs = if refused.is_empty() { fresh } else { engine.packs().with(&files).0 };
    for error in &mut refused {
        let name = Path::new(&error.file).file_name();
        error.file = name.map_or_else(|| error.file.clone(), |name| name.to_string_lossy().into_owned());
    }
    let engine = Arc::new(engine.clone().with_packs(packs));
    Ok(Shelved { engine, refused: Arc::new(refused) })
}

/// Name and text of every pack in a folder, by name.
///
/// # Errors
/// When the folder or one of its files cannot be read; the error names it.
pub fn read_folder(folder: &Path) -> std::io::Result<Vec<(String, String)>> {
    let named = |path: &Path, error: std::io::Error| {
        std::io::Error::new(error.kind(), format!("cannot read {}: {error}", path.display()))
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| named(folder, error))? {
        let path = entry.map_err(|error| named(folder, error))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).map_err(|error| named(path, error))?;
            Ok((path.display().to_string(), text))
        })
        .collect()
}

/// A version of a pack.
#[derive(Debug, Clone)]
pub struct PackVersion {
    /// The first day on which it is in force; none, it always was.
    pub from: Option<Date>,
    /// What it says, with what it inherits.
    pub pack: Pack,
}

/// A pack as it is in force today.
#[derive(Debug, Clone)]
pub struct PackView {
    /// What it says.
    pub pack: Pack,
    /// Name of the file it was read from.
    pub file: String,
    /// Whether its facts are due to be looked at again.
    pub stale: bool,
    /// Every version of it, the oldest first.
    pub versions: Vec<PackVersion>,
}

/// The packs in force today, by id, and the files of the folder that were refused.
///
/// # Errors
/// [`DeskError::Forbidden`].
pub fn list(desk: &Desk, scope: &Scope) -> Result<(Vec<PackView>, Arc<Vec<Refused>>)> {
    allow(scope, Action::ReadReviews)?;
    let engine = desk.engine();
    let (packs, today) = (engine.packs(), today(desk));
    let views = packs.ids().filter_map(|id| view(packs, id, today)).collect();
    Ok((views, desk.shelf().refused()))
}

/// One pack as it is in force on a day, today without one.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`].
pub fn get(desk: &Desk, scope: &Scope, id: &str, on: Option<Date>) -> Result<PackView> {
    allow(scope, Action::ReadReviews)?;
    let engine = desk.engine();
    view(engine.packs(), id, on.unwrap_or_else(|| today(desk))).ok_or(DeskError::NotFound)
}

/// What changed in a pack from what was in force on one day to what is on another.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`].
pub fn compare(desk: &Desk, scope: &Scope, id: &str, before: Date, after: Date) -> Result<Vec<Change>> {
    allow(scope, Action::ReadReviews)?;
    let engine = desk.engine();
    let on = |day| engine.packs().pack(id, day).ok_or(DeskError::NotFound);
    Ok(changes(on(before)?, on(after)?))
}

/// Reads the folder of packs again; answers the files that were refused.
///
/// # Errors
/// [`DeskError::Refused`] when there is no folder or it cannot be read; [`DeskError::Forbidden`]; the database's.
pub async fn reload(desk: &Desk, scope: &Scope) -> Result<Arc<Vec<Refused>>> {
    allow(scope, Action::ManageShops)?;
    if desk.shelf().folder.is_none() {
        return Err(DeskError::refused(
            "启动时没有指定规则文件夹；请用 --packs 或 PINGXIN_PACKS 指定后重启",
            "no folder of packs was named at the start; name it with --packs or PINGXIN_PACKS and start again",
        ));
    }
    desk.shelf()
        .read_again()
        .map_err(|source| DeskError::Io { doing: "reading the folder of packs", source })?;
    desk.readers().forget();
    let refused = desk.shelf().refused();
    let detail = json!({"refused": refused.iter().map(|error| error.file.as_str()).collect::<Vec<_>>()});
    let detail = &detail;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                audit::append(tx, scope, "pack.reload", "tenant", &scope.tenant.to_string(), detail).await
            })
        })
        .await?;
    Ok(refused)
}

/// A source with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Its key and the place in it.
    pub source: Source,
    /// Its title; none for a key that no pack explains.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// What the packs know of a source.
#[must_use]
pub fn cite(packs: &Packs, source: &Source) -> Cited {
    let entry = packs.source(&source.key);
    let text = |key: &str| entry.and_then(|entry| entry.text(key)).map(str::to_owned);
    Cited { source: source.clone(), title: text("title"), url: text("url") }
}

fn today(desk: &Desk) -> Date {
    desk.store.clock().now().to_zoned(TimeZone::UTC).date()
}

fn view(packs: &Packs, id: &str, on: Date) -> Option<PackView> {
    let pack = packs.pack(id, on)?.clone();
    let file = packs.file(id, on).unwrap_or_default();
    let file =
        Path::new(file).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let versions = packs.versions(id).map(|(from, pack)| PackVersion { from, pack: pack.clone() }).collect();
    Some(PackView { stale: pack.is_stale(on), pack, file, versions })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(days: u32, from: &str) -> String {
        format!(
            "[pack]\nid = \"taobao\"\nversion = \"t\"\nkind = \"platform\"\nzh = \"淘宝\"\nen = \"Taobao\"\nmarkets = [\"CN\"]\n\
             timezone = \"Asia/Shanghai\"\neffective_from = {from}\nreviewed_on = 2026-11-21\n\n[[source]]\nkey = \"X\"\n\
             title = \"x\"\nurl = \"https://example.com\"\nkind = \"house\"\nseen_on = 2026-11-21\n\n[[window]]\nid = \"reply\"\n\
             who = \"seller\"\nanchor = \"review_created\"\ndays = {days}\ngrade = \"A\"\nsource = [\"X\"]\n"
        )
    }

    fn days(shelf: &Shelf, on: &str) -> Option<u32> {
        let engine = shelf.engine();
        let pack = engine.packs().pack("taobao", on.parse().unwrap())?;
        pack.entry("window", "reply", on.parse().unwrap())?.count("days")
    }

    #[test]
    fn a_folder_stands_over_the_programs_packs_and_a_broken_file_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("taobao.toml");
        std::fs::write(&file, version(20, "2027-01-01")).unwrap();
        let shelf = Shelf::embedded().with_folder(folder.path()).unwrap();
        assert_eq!((days(&shelf, "2026-12-31"), days(&shelf, "2027-01-01")), (Some(30), Some(20)));
        let packs = shelf.engine().packs().versions("taobao").count();
        assert_eq!(packs, 2, "the program's and the folder's");
        std::fs::write(&file, version(20, "2027-01-01").replace("days = 20", "days = \"twenty\"")).unwrap();
        shelf.read_again().unwrap();
        let refused = shelf.refused();
        assert_eq!((refused[0].file.as_str(), refused[0].key.as_str()), ("taobao.toml", "window.reply.days"));
        assert_eq!(refused[0].line, 23);
        assert_eq!(days(&shelf, "2027-01-01"), Some(20), "what was in force stays");
        std::fs::write(&file, version(10, "2027-01-01")).unwrap();
        shelf.read_again().unwrap();
        assert!(shelf.refused().is_empty());
        assert_eq!(days(&shelf, "2027-01-01"), Some(10));
    }
}
