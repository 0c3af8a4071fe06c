//! Where things lie on this machine: the database, the folder for uploads; and opening them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use pingxin_desk::Desk;
use pingxin_store::clock::SystemClock;
use pingxin_store::key::MasterKey;
use pingxin_store::{Store, StoreUrl};

/// The options every command that opens the database has.
#[derive(Debug, Clone, Default, Args)]
pub struct PlaceArguments {
    /// Database: a file, or postgres://user@host/name. Default: pingxin.db in the data folder of the platform
    #[arg(long, global = true, value_name = "PATH|URL", env = "PINGXIN_DB", hide_env_values = true)]
    pub db: Option<String>,
    /// Folder for the key and for uploads. Default: the folder of the database file, or the platform's data folder
    #[arg(long, global = true, value_name = "DIR", env = "PINGXIN_DATA")]
    pub data: Option<PathBuf>,
}

/// Where this run finds its things.
#[derive(Debug, Clone)]
pub struct Place {
    /// The database.
    pub database: StoreUrl,
    /// The folder for uploads, and for the key of a PostgreSQL database; exists.
    pub folder: PathBuf,
}

impl Place {
    /// Works out the places and makes the folder.
    ///
    /// # Errors
    /// When the platform names no data folder, or the folder cannot be made.
    pub fn find(arguments: &PlaceArguments) -> anyhow::Result<Self> {
        let (database, beside) = match &arguments.db {
            Some(text) if text.trim().is_empty() => {
                bail!("`--db` is empty; name a file or a postgres:// address")
            }
            Some(text) => match text.parse::<StoreUrl>()? {
                StoreUrl::Sqlite(path) => {
                    let folder =
                        path.parent().map(Path::to_path_buf).filter(|folder| !folder.as_os_str().is_empty());
                    (StoreUrl::Sqlite(path), Some(folder.unwrap_or_else(|| PathBuf::from("."))))
                }
                postgres @ StoreUrl::Postgres(_) => (postgres, None),
            },
            None => {
                let folder = match &arguments.data {
                    Some(folder) => folder.clone(),
                    None => data_folder()?,
                };
                (StoreUrl::Sqlite(folder.join("pingxin.db")), Some(folder))
            }
        };
        let folder = match (&arguments.data, beside) {
            (Some(folder), _) => folder.clone(),
            (None, Some(folder)) => folder,
            (None, None) => data_folder()?,
        };
        make_private(&folder).with_context(|| format!("the data folder {}", folder.display()))?;
        Ok(Self { database, folder })
    }
}

impl Place {
    /// Opens a database that must be there already: a slip in its name should not make an empty one.
    ///
    /// # Errors
    /// When there is no such file, and as [`Self::open`].
    pub async fn open_existing(&self) -> anyhow::Result<Desk> {
        if let StoreUrl::Sqlite(path) = &self.database
            && !path.exists()
        {
            bail!("there is no database {}; name it with --db, or bring a file in first", path.display());
        }
        self.open().await
    }

    /// Opens the database, migrated to this version, and the desk over it.
    ///
    /// # Errors
    /// When there is no key or the wrong one, or the database cannot be opened.
    pub async fn open(&self) -> anyhow::Result<Desk> {
        let environment = std::env::var("PINGXIN_KEY").ok();
        let fallback = self.folder.join("pingxin.key");
        let key =
            MasterKey::find(&self.database, environment.as_deref(), Some(&fallback)).context("the key")?;
        let store = Store::open(&self.database, key, Arc::new(SystemClock))
            .await
            .with_context(|| format!("the database {}", self.database))?;
        self.desk(store)
    }

    /// The desk over a database that is open already.
    ///
    /// # Errors
    /// When this program cannot find itself.
    pub fn desk(&self, store: Store) -> anyhow::Result<Desk> {
        let program =
            std::env::current_exe().context("finding this program, which reads files in a child process")?;
        Ok(Desk::new(store, program, self.folder.clone()))
    }

    /// Where the key of the database lies unless PINGXIN_KEY holds it.
    #[must_use]
    pub fn key_file(&self) -> PathBuf {
        match &self.database {
            StoreUrl::Sqlite(path) => {
                let mut file = path.clone().into_os_string();
                file.push(".key");
                file.into()
            }
            StoreUrl::Postgres(_) => self.folder.join("pingxin.key"),
        }
    }
}

fn data_folder() -> anyhow::Result<PathBuf> {
    let strategy = choose_app_strategy(AppStrategyArgs {
        top_level_domain: "org".into(),
        author: "pingxin".into(),
        app_name: "pingxin".into(),
    })
    .map_err(|_| anyhow::anyhow!("this account has no home folder; name the database with --db PATH"))?;
    Ok(strategy.data_dir())
}

/// Makes a folder that only its owner can look into; one that exists keeps the rights it has.
fn make_private(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(db: Option<&str>, data: Option<&Path>) -> anyhow::Result<Place> {
        Place::find(&PlaceArguments { db: db.map(str::to_owned), data: data.map(Path::to_path_buf) })
    }

    #[test]
    fn uploads_lie_beside_the_database_file() {
        let folder = tempfile::tempdir().unwrap();
        let place = find(folder.path().join("deep/shop.db").to_str(), None).unwrap();
        assert_eq!(place.folder, folder.path().join("deep"));
        assert!(place.folder.is_dir());
    }

    #[test]
    fn a_data_folder_holds_the_database_unless_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let place = find(None, Some(folder.path())).unwrap();
        assert_eq!(place.database, StoreUrl::Sqlite(folder.path().join("pingxin.db")));
        let place = find(Some("postgres://localhost/shop"), Some(folder.path())).unwrap();
        assert!(matches!(place.database, StoreUrl::Postgres(_)));
        assert_eq!(place.folder, folder.path());
    }

    #[cfg(unix)]
    #[test]
    fn a_new_folder_is_closed_to_others() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let place = find(folder.path().join("new/shop.db").to_str(), None).unwrap();
        assert_eq!(place.folder.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn an_empty_name_is_refused() {
        assert!(find(Some(" "), None).is_err());
    }
}
