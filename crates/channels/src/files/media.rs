//! Photos and videos that come with a table: in a zip archive around it, or in a folder beside it.
//!
//! The first bytes of a file say what it is, never its name (`kind.rs`; trust.md B1, B2). A picture is decoded
//! and written anew (`picture.rs`), so that nothing of the file that came is kept: no position where it was
//! taken, no page hidden behind the pixels. A video is taken as it is; it is only ever handed out as a
//! download. They are read after the last row, one at a time, so that memory does not grow with their number.

mod archive;
mod folder;
mod kind;
mod picture;
mod reason;

use std::collections::HashMap;
use std::io::{self, Read};

use pingxin_domain::Say;
use pingxin_domain::media::{MediaType, file_name};

use super::frame::MediaFile;
use super::refusal::{Refusal, RefusalCode};
use super::request::Limits;
use super::sink::{Emitter, Stop};
use kind::Content;

pub(super) use archive::{is_bundle, read_archive};
pub(super) use folder::read_folder;
pub use folder::table_in;

/// Enough of a file to tell what it is.
const HEAD: u64 = 4096;
/// Files smaller than this may be packed as densely as they like.
const RATIO_FROM: u64 = 16 << 20;
/// Names a sentence lists at most.
const LISTED: usize = 10;

/// One file of the archive or the folder, as found by its name and first bytes.
struct Found {
    /// Where it stands, for whoever opens it.
    place: usize,
    /// The path as a person may read it.
    name: String,
    content: Content,
}

/// What may still be read.
struct Intake<'l> {
    limits: &'l Limits,
    bytes_left: u64,
    pixels_left: u64,
    /// How many files share the last part of their path, by which rows name them.
    namesakes: HashMap<String, usize>,
}

impl<'l> Intake<'l> {
    fn new(limits: &'l Limits, files: &[Found]) -> Self {
        let mut namesakes = HashMap::with_capacity(files.len());
        for file in files {
            *namesakes.entry(file_name(&file.name)).or_insert(0) += 1;
        }
        let (bytes_left, pixels_left) = (limits.media_total_bytes, limits.media_total_pixels);
        Self { limits, bytes_left, pixels_left, namesakes }
    }

    /// Reads one file and sends what became of it; only the pipe's error ends the reading.
    fn take(
        &mut self,
        found: &Found,
        packed: Option<u64>,
        source: impl Read,
        out: &mut Emitter<'_>,
    ) -> Result<(), Stop> {
        match self.made_of(found, packed, source) {
            Ok(file) => out.media(&file),
            Err(reason) => out.media_refused(last_part(&found.name), &reason),
        }
    }

    fn made_of(&mut self, found: &Found, packed: Option<u64>, source: impl Read) -> Result<MediaFile, Say> {
        if self.namesakes.get(&file_name(&found.name)).is_some_and(|many| *many > 1) {
            return Err(reason::namesakes());
        }
        let limits = self.limits;
        let mut video = MediaType::Mp4;
        let most = match &found.content {
            Content::Picture(_) => limits.media_picture_bytes,
            Content::Video(media_type) => {
                video = *media_type;
                limits.media_video_bytes
            }
            Content::Table => return Err(reason::another_table()),
            Content::Archive => return Err(reason::archive()),
            Content::Locked => return Err(reason::locked()),
            Content::Vector => return Err(reason::vector()),
            Content::Foreign(what) => return Err(reason::foreign(what)),
        };
        let bytes = self.unpack(most, packed, source)?;
        let name = last_part(&found.name).to_owned();
        if let Content::Picture(format) = found.content {
            let picture = picture::written_anew(bytes, format, limits, &mut self.pixels_left)?;
            return Ok(picture.into_file(name));
        }
        Ok(MediaFile { name, media_type: video, width: None, height: None, bytes })
    }

    /// Reads a file to its end. What counts is what comes out, whatever size was declared.
    fn unpack(&mut self, most: u64, packed: Option<u64>, source: impl Read) -> Result<Vec<u8>, Say> {
        if self.bytes_left == 0 {
            return Err(reason::all_too_large(self.limits.media_total_bytes));
        }
        let most_now = most.min(self.bytes_left);
        let mut bytes = Vec::new();
        let read = read_up_to(source, most_now, &mut bytes);
        let count = bytes.len() as u64;
        self.bytes_left -= count.min(self.bytes_left);
        read.map_err(|_| reason::damaged())?;
        if count > most {
            return Err(reason::too_large(most));
        }
        if count > most_now {
            return Err(reason::all_too_large(self.limits.media_total_bytes));
        }
        if is_bomb(count, packed, self.limits) {
            return Err(reason::bomb(self.limits.zip_ratio));
        }
        Ok(bytes)
    }
}

/// Reads at most one byte more than `most`.
fn read_up_to(source: impl Read, most: u64, into: &mut Vec<u8>) -> io::Result<()> {
    source.take(most.saturating_add(1)).read_to_end(into).map(drop)
}

fn is_bomb(unpacked: u64, packed: Option<u64>, limits: &Limits) -> bool {
    packed.is_some_and(|packed| unpacked > RATIO_FROM && unpacked / packed.max(1) > limits.zip_ratio)
}

fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Whether a file is litter of the system that packed it, which no person has put there.
fn is_litter(path: &str) -> bool {
    path.split(['/', '\\']).any(|part| part.starts_with('.') || part == "__MACOSX")
        || ["thumbs.db", "desktop.ini"].contains(&file_name(path).as_str())
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let all: Vec<&str> = names.collect();
    let shown = all.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    if all.len() > LISTED { format!("{shown} …") } else { shown }
}

/// The one table among the files: where it stands among them.
fn the_table(files: &[Found]) -> Result<usize, Refusal> {
    let tables: Vec<usize> =
        (0..files.len()).filter(|index| matches!(files[*index].content, Content::Table)).collect();
    match tables.as_slice() {
        [only] => Ok(*only),
        [] => Err(no_table(files)),
        several => {
            let names = listed(several.iter().map(|index| files[*index].name.as_str()));
            Err(Refusal::new(
                RefusalCode::SeveralTables,
                format!("里面有 {} 个表格：{names}。请只留一个表格和它的图片，分别打包导入。", several.len()),
                format!(
                    "There are {} tables in it: {names}. Leave one table with its pictures and import each by itself.",
                    several.len()
                ),
            ))
        }
    }
}

fn no_table(files: &[Found]) -> Refusal {
    if !files.is_empty() && files.iter().all(|file| matches!(file.content, Content::Locked)) {
        return Refusal::new(
            RefusalCode::WrongFormat,
            "压缩包加了密码。请先解压，再不加密码重新打包导入。",
            "The archive has a password. Unpack it, pack it again without one and import that.",
        );
    }
    // Rather the sentence about the old workbook inside than that nothing is there.
    let near = files.iter().find_map(|file| match &file.content {
        Content::Foreign(kind::Foreign::Refused(say)) if kind::named_like_a_table(&file.name) => {
            Some((file, say))
        }
        _ => None,
    });
    if let Some((file, say)) = near {
        let zh = format!("{}：{}", file.name, say.zh);
        return Refusal::new(RefusalCode::WrongFormat, zh, format!("{}: {}", file.name, say.en));
    }
    Refusal::new(
        RefusalCode::WrongFormat,
        "里面没有可以导入的表格。请把一个 CSV、Excel 或 JSON 表格和图片放在一起再导入。",
        "There is no table in it. Put one CSV, Excel or JSON table together with the pictures and import that.",
    )
}

fn too_many(limit: usize) -> Refusal {
    Refusal::new(
        RefusalCode::TooManyFiles,
        format!("里面的文件超过 {limit} 个。请分成几次导入。"),
        format!("There are more than {limit} files in it. Import them in several parts."),
    )
}
