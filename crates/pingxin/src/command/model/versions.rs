//! A shop's own versions of the models: a folder with one file a version and `current`, which says which are in use.
//!
//! `current` holds one version a line (`zh-cause-2`). What it does not name is used as shipped. Removing the folder, or
//! `pingxin model use zh-cause-1`, goes back to the shipped model.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use pingxin_language::model::LinearModel;
use pingxin_language::models::{Models, NAMES, stem};

const CURRENT: &str = "current";

/// The versions of one folder.
pub struct Versions {
    folder: PathBuf,
}

/// One version.
pub(super) struct Version {
    pub name: String,
    /// Grams that it knows.
    pub vocabulary: usize,
    pub bytes: usize,
    pub in_use: bool,
    pub shipped: bool,
}

impl Versions {
    /// Those in `folder`, which need not exist yet.
    pub fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The models in use: the versions that `current` names, else the shipped ones.
    ///
    /// # Errors
    /// When a version that is in use cannot be read.
    pub fn in_use(&self) -> anyhow::Result<Models> {
        let mut models = Models::shipped()?;
        for name in self.current()? {
            if models.named(stem(&name)).is_some_and(|shipped| shipped.name() != name) {
                models.replace(self.read(&name)?);
            }
        }
        Ok(models)
    }

    /// Every version, those of one model together, the oldest first.
    pub(super) fn list(&self) -> anyhow::Result<Vec<Version>> {
        let (shipped, used) = (Models::shipped()?, self.in_use()?);
        let mut versions = Vec::new();
        for model in NAMES {
            let used = used.named(model).map(LinearModel::name);
            let mut all: Vec<(LinearModel, bool)> =
                shipped.named(model).into_iter().map(|one| (one.clone(), true)).collect();
            for number in self.numbers(model)? {
                all.push((self.read(&format!("{model}-{number}"))?, false));
            }
            versions.extend(all.into_iter().map(|(one, shipped)| Version {
                name: one.name().to_owned(),
                vocabulary: one.vocabulary(),
                bytes: one.to_bytes().len(),
                in_use: used == Some(one.name()),
                shipped,
            }));
        }
        Ok(versions)
    }

    /// The name for the next version of a model.
    pub(super) fn next(&self, model: &str) -> anyhow::Result<String> {
        let shipped = Models::shipped()?;
        let first = shipped.named(model).and_then(|one| number(one.name())).unwrap_or(1);
        let last = self.numbers(model)?.into_iter().max().unwrap_or(0).max(first);
        Ok(format!("{model}-{}", last + 1))
    }

    /// Writes a version beside the others.
    pub(super) fn keep(&self, model: &LinearModel) -> anyhow::Result<PathBuf> {
        std::fs::create_dir_all(&self.folder)
            .with_context(|| format!("cannot make the folder {}", self.folder.display()))?;
        let path = self.path(model.name());
        std::fs::write(&path, model.to_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }

    /// Uses a version from now on.
    ///
    /// # Errors
    /// When there is none of this name, or it is damaged.
    pub(super) fn switch(&self, name: &str) -> anyhow::Result<()> {
        let model = stem(name);
        let shipped = Models::shipped()?;
        let is_shipped = shipped.named(model).is_some_and(|one| one.name() == name);
        if !is_shipped {
            if !NAMES.contains(&model) {
                bail!("\"{name}\" is a version of none of {}", NAMES.join(", "));
            }
            self.read(name)?;
        }
        let mut current = self.current()?;
        current.retain(|other| stem(other) != model);
        if !is_shipped {
            current.push(name.to_owned());
        }
        current.sort_unstable();
        let mut text = String::new();
        for name in current {
            let _ = writeln!(text, "{name}");
        }
        std::fs::create_dir_all(&self.folder)?;
        // Written beside and renamed: a reader sees the old list or the new one, never a part.
        let (path, written) = (self.folder.join(CURRENT), self.folder.join("current.new"));
        std::fs::write(&written, text)
            .and_then(|()| std::fs::rename(&written, &path))
            .with_context(|| format!("cannot write {}", path.display()))
    }

    fn current(&self) -> anyhow::Result<Vec<String>> {
        let path = self.folder.join(CURRENT);
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// The numbers of the versions of a model that lie in the folder.
    fn numbers(&self, model: &str) -> anyhow::Result<Vec<u32>> {
        let files = match std::fs::read_dir(&self.folder) {
            Ok(files) => files,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", self.folder.display()));
            }
        };
        let mut numbers = Vec::new();
        for file in files {
            let name = file?.file_name().to_string_lossy().into_owned();
            if let Some(name) = name.strip_suffix(".model")
                && stem(name) == model
            {
                numbers.extend(number(name));
            }
        }
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.model"))
    }

    fn read(&self, name: &str) -> anyhow::Result<LinearModel> {
        let path = self.path(name);
        let bytes = std::fs::read(&path).with_context(|| {
            format!(
                "there is no version {name}: cannot read {}; `pingxin model list` names those there are",
                path.display()
            )
        })?;
        LinearModel::from_bytes(&bytes).with_context(|| format!("{} cannot be used", path.display()))
    }
}

/// The number of a version: 2 of `zh-cause-2`.
fn number(name: &str) -> Option<u32> {
    name.rsplit_once('-')?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(name: &str) -> LinearModel {
        let shipped = Models::shipped().unwrap();
        let model = shipped.named("pt-sentiment").unwrap();
        let bytes = model.to_bytes();
        LinearModel::from_bytes(&bytes).unwrap().renamed(name)
    }

    #[test]
    fn versions_are_kept_used_and_left_again() {
        let folder = tempfile::tempdir().unwrap();
        let versions = Versions::of(&folder.path().join("models"));
        assert_eq!(versions.list().unwrap().len(), NAMES.len());
        assert_eq!(versions.next("pt-sentiment").unwrap(), "pt-sentiment-2");
        versions.keep(&version("pt-sentiment-2")).unwrap();
        assert_eq!(versions.next("pt-sentiment").unwrap(), "pt-sentiment-3");
        let used = || versions.in_use().unwrap().named("pt-sentiment").unwrap().name().to_owned();
        assert_eq!(used(), "pt-sentiment-1", "kept is not used");
        versions.switch("pt-sentiment-2").unwrap();
        assert_eq!(used(), "pt-sentiment-2");
        let listed: Vec<(String, bool)> =
            versions.list().unwrap().into_iter().map(|one| (one.name, one.in_use)).collect();
        assert!(listed.contains(&("pt-sentiment-1".to_owned(), false)));
        assert!(listed.contains(&("pt-sentiment-2".to_owned(), true)));
        versions.switch("pt-sentiment-1").unwrap();
        assert_eq!(used(), "pt-sentiment-1");
    }

    #[test]
    fn what_is_not_there_or_damaged_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let versions = Versions::of(folder.path());
        assert!(versions.switch("pt-sentiment-9").is_err());
        assert!(versions.switch("nonsense").is_err());
        std::fs::write(folder.path().join("pt-sentiment-2.model"), "nonsense").unwrap();
        assert!(versions.switch("pt-sentiment-2").is_err());
        std::fs::write(folder.path().join(CURRENT), "pt-sentiment-2\n").unwrap();
        assert!(versions.in_use().is_err(), "a version in use that is damaged is said, not passed over");
    }
}
