//! `pingxin restore`: a backup into a new or empty database.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use pingxin_desk::{backups, doctor};
use pingxin_store::clock::SystemClock;
use pingxin_store::key::MasterKey;
use pingxin_store::{Store, StoreUrl};

use super::Outcome;
use super::backup::{outcome, report};
use crate::output;
use crate::place::{Place, PlaceArguments};

/// What to restore, and where.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// File that `pingxin backup` or the page of backups made
    #[arg(value_name = "FILE")]
    path: PathBuf,
    /// Key file the backup was made with. Default: PINGXIN_KEY, else the key file that belongs to the new database
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

/// Restores into a new or empty database, then runs the doctor: [`Outcome::Partly`] when it finds anything.
///
/// # Errors
/// When the file or the key is not right, or the database is in use.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let Arguments { place, path, key_file } = arguments;
    if place.db.is_none() {
        bail!("name the new database with --db");
    }
    let (checked, findings) = super::block_on(async {
        let place = Place::find(&place)?;
        let key = key(&place, key_file.as_deref()).context("the key")?;
        let is_new = matches!(&place.database, StoreUrl::Sqlite(path) if !path.exists());
        let restored = backups::restore(&path, &place.database, key.clone(), Arc::new(SystemClock)).await;
        let (store, checked) = match restored {
            Ok(restored) => restored,
            Err(error) => {
                remove_new(&place.database, is_new);
                return Err(error).with_context(|| path.display().to_string());
            }
        };
        store.close().await;
        keep_key(&place, &key)?;
        // Opened as any command does it, so that what is derived is brought up to date.
        let store = Store::open(&place.database, key, Arc::new(SystemClock)).await.context("the database")?;
        let desk = place.desk(store)?;
        let findings = doctor::run(&desk).await?;
        desk.store.close().await;
        Ok((checked, findings))
    })?;
    report("restored and held against the backup", &checked);
    for finding in &findings {
        output::line(&format!("{}: {}: {}", finding.check, finding.subject, finding.detail))?;
    }
    if findings.is_empty() { Ok(outcome(&checked)) } else { Ok(Outcome::Partly) }
}

fn key(place: &Place, file: Option<&std::path::Path>) -> anyhow::Result<MasterKey> {
    if let Some(file) = file {
        return Ok(MasterKey::load(file)?);
    }
    if let Ok(text) = std::env::var("PINGXIN_KEY") {
        return Ok(MasterKey::from_hex(&text)?);
    }
    let file = place.key_file();
    if !file.exists() {
        bail!(
            "put the key of the backup into {}, name it with --key-file, or set PINGXIN_KEY",
            file.display()
        );
    }
    Ok(MasterKey::load(&file)?)
}

/// The next command finds the key where it looks for it.
fn keep_key(place: &Place, key: &MasterKey) -> anyhow::Result<()> {
    let file = place.key_file();
    if std::env::var_os("PINGXIN_KEY").is_none() && !file.exists() {
        key.save(&file)?;
        output::note(&format!("the key now lies in {}", file.display()));
    }
    Ok(())
}

/// A database that was made for nothing goes again.
fn remove_new(database: &StoreUrl, is_new: bool) {
    let StoreUrl::Sqlite(path) = database else { return };
    if !is_new {
        return;
    }
    for ending in ["", "-wal", "-shm"] {
        let mut file = path.clone().into_os_string();
        file.push(ending);
        // Not there is as good as gone.
        let _ = std::fs::remove_file(file);
    }
}
