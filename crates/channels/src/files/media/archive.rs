//! A zip archive that holds one table and the photos and videos it names. Nothing is ever written by the name
//! of an entry, and of a path only the last part is kept.

use std::io::{Cursor, Read, Seek, SeekFrom};

use encoding_rs::GBK;
use zip::ZipArchive;

use super::kind::{self, Content};
use super::{Found, HEAD, Intake, is_bomb, is_litter, last_part, read_up_to, the_table, too_many};
use crate::files::parse::{cannot_read, read_table};
use crate::files::refusal::{Refusal, RefusalCode};
use crate::files::request::{Limits, ParseRequest};
use crate::files::sink::{Emitter, Stop};
use crate::files::workbook;

/// The flag of an entry whose name is said to be in UTF-8 (APPNOTE.TXT 4.4.4, bit 11).
const NAME_IN_UTF8: u16 = 1 << 11;

/// Whether it is an archive that is no workbook or other document; a broken one is left to the workbook's reader,
/// which says so.
pub(in crate::files) fn is_bundle(source: &mut (impl Read + Seek)) -> Result<bool, Refusal> {
    let is = match ZipArchive::new(&mut *source) {
        Ok(archive) => !workbook::is_office(&archive),
        Err(_) => false,
    };
    source.seek(SeekFrom::Start(0)).map_err(cannot_read)?;
    Ok(is)
}

/// Reads the table, then its photos and videos.
///
/// # Errors
/// The refusal of the whole archive or of its table, or the pipe's error.
pub(in crate::files) fn read_archive(
    source: impl Read + Seek,
    size: u64,
    request: &ParseRequest,
    out: &mut Emitter<'_>,
) -> Result<(), Stop> {
    let limits = &request.limits;
    if size > limits.media_archive_bytes {
        let megabytes = limits.media_archive_bytes >> 20;
        return Err(Refusal::new(
            RefusalCode::TooLarge,
            format!("压缩包超过 {megabytes} MB。请分成几个压缩包再导入。"),
            format!("The archive is larger than {megabytes} MB. Split it into several and import them."),
        )
        .into());
    }
    let mut archive = ZipArchive::new(source).map_err(|_| Refusal::damaged("zip"))?;
    let mut files = list(&mut archive, limits)?;
    let table = files.remove(the_table(&files)?);
    let mut done = read_table_of(&mut archive, &table, request, out)?;
    let mut intake = Intake::new(limits, &files);
    for found in &files {
        if matches!(found.content, Content::Locked) {
            out.media_refused(last_part(&found.name), &super::reason::locked())?;
            continue;
        }
        match archive.by_index(found.place) {
            Ok(entry) => {
                let packed = entry.compressed_size();
                intake.take(found, Some(packed), entry, out)?;
                done = done.saturating_add(packed);
                out.progress(done.min(size))?;
            }
            Err(_) => out.media_refused(last_part(&found.name), &super::reason::damaged())?,
        }
    }
    Ok(())
}

/// Every file that a person has put in, with what its first bytes say.
fn list<R: Read + Seek>(archive: &mut ZipArchive<R>, limits: &Limits) -> Result<Vec<Found>, Refusal> {
    let mut files = Vec::new();
    for place in 0..archive.len() {
        let (name, locked) = match archive.by_index_raw(place) {
            Ok(entry) if entry.is_dir() => continue,
            Ok(entry) => {
                (decoded(entry.name_raw(), entry.flags().as_u16() & NAME_IN_UTF8 != 0), entry.encrypted())
            }
            Err(_) => return Err(Refusal::damaged("zip")),
        };
        if is_litter(&name) || last_part(&name).is_empty() {
            continue;
        }
        if files.len() >= limits.media_entries {
            return Err(too_many(limits.media_entries));
        }
        let content = if locked { Content::Locked } else { look(archive, place, &name) };
        files.push(Found { place, name, content });
    }
    Ok(files)
}

fn look<R: Read + Seek>(archive: &mut ZipArchive<R>, place: usize, name: &str) -> Content {
    let mut head = Vec::new();
    match archive.by_index(place) {
        // What came out before the damage tells what it was meant to be; reading it to the end says the rest.
        Ok(entry) => drop(entry.take(HEAD).read_to_end(&mut head)),
        Err(_) => return Content::Foreign(kind::Foreign::Unknown),
    }
    kind::content(name, &head)
}

/// Old programs of Windows write names in the encoding of the machine, which here is GBK, and say nothing of it;
/// those of other systems write UTF-8 and do not always say so either.
fn decoded(raw: &[u8], says_utf8: bool) -> String {
    let name = match (std::str::from_utf8(raw), GBK.decode_without_bom_handling(raw)) {
        // 晒图 in GBK is also two letters in UTF-8; of three bytes and more such an accident is rare.
        (Ok(name), (gbk, false)) if !says_utf8 && name.chars().all(|letter| letter.len_utf8() < 3) => gbk,
        (Ok(name), _) => name.into(),
        (Err(_), (gbk, _)) => gbk,
    };
    name.chars().filter(|letter| !letter.is_control()).take(400).collect()
}

/// Unpacks the table into memory and reads it; the answer is its packed size.
fn read_table_of<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    table: &Found,
    request: &ParseRequest,
    out: &mut Emitter<'_>,
) -> Result<u64, Stop> {
    let limits = &request.limits;
    let mut bytes = Vec::new();
    let packed = {
        let entry = archive.by_index(table.place).map_err(|_| Refusal::damaged(&table.name))?;
        let packed = entry.compressed_size();
        read_up_to(entry, limits.zip_entry_bytes, &mut bytes).map_err(|_| Refusal::damaged(&table.name))?;
        packed
    };
    let unpacked = bytes.len() as u64;
    if unpacked > limits.zip_entry_bytes {
        let megabytes = limits.zip_entry_bytes >> 20;
        return Err(Refusal::new(
            RefusalCode::TooLarge,
            format!("压缩包里的表格解开后超过 {megabytes} MB。请先解压，再单独导入表格。"),
            format!(
                "The table in the archive unpacks to more than {megabytes} MB. Unpack it and import the table by itself."
            ),
        )
        .into());
    }
    if is_bomb(unpacked, Some(packed), limits) {
        return Err(Refusal::new(
            RefusalCode::ArchiveBomb,
            format!("压缩包里的表格解开后膨胀超过 {} 倍。请先解压，再单独导入表格。", limits.zip_ratio),
            format!(
                "The table in the archive unpacks to more than {} times its size. Unpack it and import the table by itself.",
                limits.zip_ratio
            ),
        )
        .into());
    }
    out.part(packed, unpacked);
    read_table(Cursor::new(bytes), unpacked, request, out)?;
    out.part_ends();
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_either_encoding() {
        for name in ["晒图/1.jpg", "晒图.jpg", "1.jpg", "开箱视频.mp4"] {
            assert_eq!(decoded(name.as_bytes(), true), name);
            assert_eq!(decoded(name.as_bytes(), false), name);
            assert_eq!(decoded(&GBK.encode(name).0, false), name);
        }
        assert_eq!(decoded("é.jpg".as_bytes(), true), "é.jpg");
        assert_eq!(decoded(b"a\r\n\0b.jpg", false), "ab.jpg");
    }
}
