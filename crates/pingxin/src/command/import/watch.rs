//! `pingxin import --watch DIR`: takes in every file that is put into a folder.
//!
//! A file is taken when it has not changed between two looks, so that one that is still being written is left alone. It then
//! goes to `done/`, or to `failed/` when it could not be read or some of its rows were not taken, with a `.json` beside it
//! that says what became of it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, bail};

/// How often the folder is looked at.
pub const PAUSE: Duration = Duration::from_secs(2);

/// What a file looks like from outside.
type Look = (u64, Option<SystemTime>);

/// A folder that is watched.
pub struct Watch {
    folder: PathBuf,
    seen: HashMap<PathBuf, Look>,
}

impl Watch {
    /// Begins to watch a folder; makes `done` and `failed` in it.
    ///
    /// # Errors
    /// When it is no folder, or cannot be written to.
    pub fn new(folder: &Path) -> anyhow::Result<Self> {
        if !folder.is_dir() {
            bail!("{} is no folder; make it, or name another", folder.display());
        }
        for name in ["done", "failed"] {
            fs::create_dir_all(folder.join(name))
                .with_context(|| format!("making {}/{name}", folder.display()))?;
        }
        Ok(Self { folder: folder.to_path_buf(), seen: HashMap::new() })
    }

    /// The files that have not changed since the last look, by name. Hidden ones, folders and links are passed over.
    ///
    /// # Errors
    /// When the folder cannot be read any more.
    pub fn ready(&mut self) -> anyhow::Result<Vec<PathBuf>> {
        let mut now = HashMap::new();
        let entries =
            fs::read_dir(&self.folder).with_context(|| format!("reading {}", self.folder.display()))?;
        for entry in entries.flatten() {
            let hidden = entry.file_name().to_string_lossy().starts_with(['.', '~']);
            let Ok(meta) = fs::symlink_metadata(entry.path()) else { continue };
            if meta.is_file() && !hidden {
                now.insert(entry.path(), (meta.len(), meta.modified().ok()));
            }
        }
        let mut ready: Vec<PathBuf> = now
            .iter()
            .filter(|(path, look)| self.seen.get(*path) == Some(*look))
            .map(|(path, _)| path.clone())
            .collect();
        ready.sort();
        self.seen = now;
        Ok(ready)
    }

    /// Puts a file away, with what became of it beside it. One of the same name that lies there already stays.
    ///
    /// # Errors
    /// When it cannot be moved; the file would otherwise be taken again and again.
    pub fn put_away(&mut self, file: &Path, well: bool, summary: &str) -> anyhow::Result<PathBuf> {
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        let folder = self.folder.join(if well { "done" } else { "failed" });
        let mut target = folder.join(&name);
        let mut number = 1;
        while target.exists() {
            number += 1;
            target = folder.join(numbered(&name, number));
        }
        fs::rename(file, &target)
            .with_context(|| format!("moving {} to {}", file.display(), target.display()))?;
        self.seen.remove(file);
        let mut beside = target.clone().into_os_string();
        beside.push(".json");
        fs::write(&beside, format!("{summary}\n"))
            .with_context(|| format!("writing {}", Path::new(&beside).display()))?;
        Ok(target)
    }
}

/// `评价.csv` and 2 are `评价 (2).csv`.
fn numbered(name: &str, number: u32) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("{stem} ({number}).{ending}"),
        _ => format!("{name} ({number})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_when_it_has_stopped_growing() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = Watch::new(folder.path()).unwrap();
        let file = folder.path().join("评价.csv");
        fs::write(&file, "a").unwrap();
        fs::write(folder.path().join(".hidden"), "a").unwrap();
        assert!(watch.ready().unwrap().is_empty(), "not on the first look");
        fs::write(&file, "abc").unwrap();
        assert!(watch.ready().unwrap().is_empty(), "it has grown");
        assert_eq!(watch.ready().unwrap(), [file.as_path()]);
        watch.put_away(&file, true, "{}").unwrap();
        assert!(watch.ready().unwrap().is_empty());
        assert!(folder.path().join("done/评价.csv.json").exists());
    }

    #[test]
    fn one_that_lies_there_already_stays() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = Watch::new(folder.path()).unwrap();
        for text in ["first", "second"] {
            let file = folder.path().join("a.csv");
            fs::write(&file, text).unwrap();
            watch.put_away(&file, false, "{}").unwrap();
        }
        assert_eq!(fs::read_to_string(folder.path().join("failed/a.csv")).unwrap(), "first");
        assert_eq!(fs::read_to_string(folder.path().join("failed/a (2).csv")).unwrap(), "second");
        assert_eq!(numbered("README", 2), "README (2)");
    }

    #[test]
    fn what_is_no_folder_is_said_to_be_none() {
        assert!(Watch::new(Path::new("no such folder")).is_err());
    }
}
