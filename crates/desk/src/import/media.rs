//! Photos and videos that come behind the rows of a file, bound to the reviews that name them.
//!
//! Files are written in small groups, so that memory does not grow with their number. An
//! import that goes on after a crash sees them all again, binds the same files to the same names, and counts anew.

use pingxin_channels::files::{FileError, Frame, MediaFile, MediaRefused, Parsing};
use pingxin_domain::Say;
use pingxin_domain::media::file_name;
use pingxin_domain::{BatchId, Scope};
use pingxin_store::media::{self, FileShape, MediaRefusal, NewFile};
use pingxin_store::{StoreError, Tx, batch};

use super::dry::DryRun;
use super::run::Ended;
use crate::desk::Desk;
use crate::error::Result;

/// Files written in one transaction at most.
const GROUP_FILES: usize = 32;
/// A group with so many bytes is written; a single video may be larger.
const GROUP_BYTES: usize = 4 << 20;

/// The rest of a file whose rows have all been read.
pub struct Behind {
    /// The file.
    pub parsing: Parsing,
    /// What came first after the rows.
    pub first: Frame,
}

/// Files read and not yet written.
#[derive(Default)]
struct Group {
    files: Vec<MediaFile>,
    refused: Vec<MediaRefusal>,
    bytes: usize,
    bytes_read: u64,
}

impl Group {
    fn add(&mut self, frame: Frame) -> Result<()> {
        match frame {
            Frame::Media(file) => {
                self.bytes += file.bytes.len();
                self.files.push(file);
            }
            Frame::MediaRefused(MediaRefused { name, reason }) => {
                self.refused.push(MediaRefusal { name, reason });
            }
            Frame::Progress { .. } => {}
            // A row, which has no business here.
            _ => {
                let source = std::io::Error::other("rows came behind the photos");
                return Err(FileError::Reader { source }.into());
            }
        }
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.files.len() + self.refused.len() >= GROUP_FILES || self.bytes >= GROUP_BYTES
    }
}

/// Takes the photos and videos to their end. A dry run keeps none and counts those that a row names.
///
/// # Errors
/// When the file cannot be read on or the database does not answer; what was bound before stays.
pub async fn take(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    behind: Behind,
    dry_run: Option<&DryRun>,
    progress: &mut (impl FnMut() -> bool + Send),
) -> Result<Ended> {
    let Behind { mut parsing, first } = behind;
    desk.store.write(|tx| Box::pin(async move { media::begin_media(tx, scope, id).await })).await?;
    let mut next = Some(first);
    while next.is_some() {
        let mut group = Group::default();
        while let Some(frame) = next.take() {
            group.add(frame)?;
            // The frame after is asked for only when this group is written: it may be large.
            if group.is_full() {
                break;
            }
            next = parsing.next().await?;
        }
        group.bytes_read = parsing.bytes_read();
        write(desk, scope, id, &group, dry_run).await?;
        drop(group);
        if !progress() {
            return Ok(Ended::Interrupted);
        }
        if desk.store.read(|tx| Box::pin(async move { batch::is_cancelled(tx, scope, id).await })).await? {
            return Ok(Ended::Cancelled);
        }
        if next.is_none() {
            next = parsing.next().await?;
        }
    }
    Ok(Ended::Done)
}

async fn write(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    group: &Group,
    dry_run: Option<&DryRun>,
) -> Result<()> {
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let mut refused = group.refused.clone();
                let mut taken = 0;
                for file in &group.files {
                    let name = file_name(&file.name);
                    let is_named = match dry_run {
                        Some(dry_run) => dry_run.names(&name),
                        None => attach(tx, scope, id, &name, file).await?,
                    };
                    if is_named {
                        taken += 1;
                    } else {
                        refused.push(MediaRefusal { name: file.name.clone(), reason: unnamed() });
                    }
                }
                media::count_media(tx, scope, id, taken, &refused, group.bytes_read).await
            })
        })
        .await?;
    Ok(())
}

async fn attach(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    name: &str,
    file: &MediaFile,
) -> std::result::Result<bool, StoreError> {
    let MediaFile { media_type, width, height, bytes, .. } = file;
    let shape = FileShape { media_type: *media_type, width: *width, height: *height };
    let file = NewFile { file_name: name, shape, bytes };
    Ok(media::attach(tx, scope, id, &file).await? > 0)
}

fn unnamed() -> Say {
    Say::new(
        "表格里没有一条评价写了这个文件名。请在图片一列里写上它，再导入一次。",
        "No review of the table names this file. Write its name into the column of photos and import it again.",
    )
}
