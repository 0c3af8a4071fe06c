//! Backups: made in the background or from the command line, read back before they count, kept in a folder beside the
//! database.
//!
//! Somebody on a screen gets his own merchant's things and nobody else's; whoever runs the machine gets everything.

use std::fs::{File, OpenOptions};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use pingxin_domain::{Action, Scope, TenantId};
use pingxin_store::backup::{self, Checked};
use pingxin_store::clock::Clock;
use pingxin_store::job::{self, NewJob};
use pingxin_store::{MasterKey, Store, StoreError, StoreUrl, audit};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::jobs;

/// Backups made on the screen that are kept; older ones go when a newer one is there.
pub const KEPT: usize = 10;
const ENDING: &str = "pxbackup";
/// At most one is made at a time for a merchant.
const UNIQUE: &str = "backup";

/// A backup in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// Name of the file.
    pub name: String,
    /// Its bytes.
    pub bytes: u64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The folder's backups, and whether one is being made.
#[derive(Debug, Clone)]
pub struct Backups {
    /// The newest first.
    pub files: Vec<BackupFile>,
    /// Whether one is being made, or waits for a worker.
    pub running: bool,
}

fn folder(desk: &Desk, tenant: TenantId) -> Result<PathBuf> {
    desk.folder(&format!("backups/{tenant}"), "making the folder for backups")
}

/// `20261122-120000` of `pingxin-20261122-120000.pxbackup`; other files in the folder are none of ours.
fn made_at(name: &str) -> Option<Timestamp> {
    let stamp = name.strip_prefix("pingxin-")?.strip_suffix(&format!(".{ENDING}"))?;
    if stamp.len() != 15 || !stamp.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    let read = jiff::civil::DateTime::strptime("%Y%m%d-%H%M%S", stamp).ok()?;
    read.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp())
}

fn files(folder: &Path) -> Result<Vec<BackupFile>> {
    let doing = "reading the folder of backups";
    let io = |source| DeskError::Io { doing, source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let entry = entry.map_err(io)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(created_at) = made_at(&name) {
            files.push(BackupFile { bytes: entry.metadata().map_err(io)?.len(), name, created_at });
        }
    }
    files.sort_by(|one, other| other.name.cmp(&one.name));
    Ok(files)
}

/// The merchant's backups on this machine.
///
/// # Errors
/// [`DeskError::Forbidden`], or the machine's.
pub async fn list(desk: &Desk, scope: &Scope) -> Result<Backups> {
    allow(scope, Action::ManageBackups)?;
    let running =
        desk.store.read(|tx| Box::pin(async move { job::has_live(tx, scope, UNIQUE).await })).await?;
    Ok(Backups { files: files(&folder(desk, scope.tenant)?)?, running })
}

/// Has one made in the background; answers the name it will have.
///
/// # Errors
/// [`DeskError::Refused`] when one is being made already, [`DeskError::Forbidden`], or the database's.
pub async fn request(desk: &Desk, scope: &Scope) -> Result<BackupFile> {
    allow(scope, Action::ManageBackups)?;
    let now = desk.store.clock().now();
    let name = format!("pingxin-{}.{ENDING}", now.strftime("%Y%m%d-%H%M%S"));
    let wanted = name.as_str();
    let made = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let payload = json!({ "name": wanted });
                let job =
                    NewJob { kind: jobs::BACKUP, payload: &payload, unique_key: Some(UNIQUE), run_at: now };
                let made = job::enqueue(tx, scope, &job).await?;
                if made.is_some() {
                    audit::append(tx, scope, "backup.create", "backup", wanted, &json!({})).await?;
                }
                Ok(made.is_some())
            })
        })
        .await?;
    if !made {
        return Err(DeskError::refused(
            "已经有一份备份正在进行，请等它完成",
            "a backup is being made already; wait until it is done",
        ));
    }
    let created_at = made_at(&name).unwrap_or(now);
    Ok(BackupFile { name, bytes: 0, created_at })
}

/// Makes one that was asked for; the job's work. One that was made already is left alone.
pub(crate) async fn run(desk: &Desk, scope: &Scope, name: &str) -> Result<()> {
    if made_at(name).is_none() {
        return Err(DeskError::NotFound);
    }
    let folder = folder(desk, scope.tenant)?;
    let path = folder.join(name);
    if !path.exists() {
        write_new(desk, Some(scope.tenant), &path).await?;
    }
    for old in files(&folder)?.into_iter().skip(KEPT) {
        let doing = "deleting an old backup";
        std::fs::remove_file(folder.join(&old.name)).map_err(|source| DeskError::Io { doing, source })?;
    }
    Ok(())
}

/// A backup of the folder, open to be sent.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the machine's.
pub async fn open(desk: &Desk, scope: &Scope, name: &str) -> Result<File> {
    allow(scope, Action::ManageBackups)?;
    if made_at(name).is_none() {
        return Err(DeskError::NotFound);
    }
    let file = File::open(folder(desk, scope.tenant)?.join(name)).map_err(|_| DeskError::NotFound)?;
    desk.store
        .write(|tx| {
            Box::pin(
                async move { audit::append(tx, scope, "backup.download", "backup", name, &json!({})).await },
            )
        })
        .await?;
    Ok(file)
}

/// Makes a backup of everything in a new file; for the command line.
///
/// # Errors
/// [`DeskError::Io`] when the file is there already or cannot be written, or the database's.
pub async fn write_all(desk: &Desk, path: &Path) -> Result<Checked> {
    write_new(desk, None, path).await
}

/// Writes beside the file, reads it back, and only then gives it its name.
async fn write_new(desk: &Desk, tenant: Option<TenantId>, path: &Path) -> Result<Checked> {
    let io = |doing| move |source| DeskError::Io { doing, source };
    if path.exists() {
        let there = std::io::Error::new(std::io::ErrorKind::AlreadyExists, "the file is there already");
        return Err(io("making the backup file")(there));
    }
    let mut partial = path.as_os_str().to_owned();
    partial.push(".part");
    let partial = PathBuf::from(partial);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&partial).map_err(io("making the backup file"))?;
    let made = write_and_check(desk, tenant, file, &partial).await;
    match made {
        Ok(checked) => {
            std::fs::rename(&partial, path).map_err(io("naming the backup file"))?;
            Ok(checked)
        }
        Err(error) => {
            // What is half written helps nobody; that it stays is no second failure.
            let _ = std::fs::remove_file(&partial);
            Err(error)
        }
    }
}

async fn write_and_check(
    desk: &Desk,
    tenant: Option<TenantId>,
    file: File,
    partial: &Path,
) -> Result<Checked> {
    let io = |source| DeskError::Io { doing: "writing the backup file", source };
    let (out, manifest) = backup::write(&desk.store, tenant, BufWriter::with_capacity(1 << 16, file)).await?;
    let file = out.into_inner().map_err(|error| io(error.into_error()))?;
    let path = partial.to_owned();
    let store = desk.store.clone();
    let checking = tokio::task::spawn_blocking(move || {
        file.sync_all().map_err(io)?;
        let again = File::open(&path).map_err(io)?;
        backup::check_with_key_of(&store, again).map_err(DeskError::from)
    });
    let checked = checking.await.map_err(|error| io(std::io::Error::other(error)))??;
    if checked.manifest == manifest {
        Ok(checked)
    } else {
        Err(StoreError::Backup { what: "what was read back is not what was written".into() }.into())
    }
}

/// Restores a backup into a new or empty database; for the command line.
///
/// # Errors
/// [`StoreError::WrongKey`], [`StoreError::Backup`] saying what is wrong with the file or the database.
pub async fn restore(
    path: &Path,
    url: &StoreUrl,
    key: MasterKey,
    clock: Arc<dyn Clock>,
) -> std::result::Result<(Store, Checked), StoreError> {
    backup::restore(path, url, key, clock).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_are_files_of_ours() {
        assert_eq!(
            made_at("pingxin-20261122-120000.pxbackup").map(|at| at.to_string()),
            Some("2026-11-22T12:00:00Z".into())
        );
        for name in [
            "",
            "pingxin-.pxbackup",
            "../pingxin-20261122-120000.pxbackup",
            "pingxin-20261122-120000.pxbackup/..",
            "pingxin-20261122-1200\u{660}0.pxbackup",
            "pingxin-20261322-120000.pxbackup",
            "pingxin-20261122-120000.pxbackup.part",
        ] {
            assert_eq!(made_at(name), None, "{name}");
        }
    }
}
