//! A file from its first byte to its last row, in this process. The child calls it on the file it was asked
//! for; tests and fuzzing call it on bytes.

use std::io::{self, Read, Seek, SeekFrom};

use super::encoding::{self, Decoded, Found};
use super::format::{Shape, shape};
use super::refusal::{Refusal, RefusalCode};
use super::request::ParseRequest;
use super::sink::{Emitter, Sink, Stop};
use super::{chat_text, delimited, json, media, workbook};

/// Enough to tell JSON from a table.
const HEAD: u64 = 64 << 10;

pub(super) fn cannot_read(error: io::Error) -> Refusal {
    Refusal::new(
        RefusalCode::Unreadable,
        format!("文件读不出来（{error}）。请确认文件还在、可以打开，再试一次。"),
        format!("The file cannot be read ({error}). See that it is there and can be opened, and try again."),
    )
}

/// Reads a whole file into `sink`; the answer is the number of rows, those that failed among them.
///
/// # Errors
/// [`Stop::Refused`] when the file is refused, [`Stop::Sink`] when the sink wants no more.
pub fn parse<R: Read + Seek>(
    mut source: R,
    request: &ParseRequest,
    sink: &mut dyn Sink,
) -> Result<u64, Stop> {
    let size = source.seek(SeekFrom::End(0)).map_err(cannot_read)?;
    source.seek(SeekFrom::Start(0)).map_err(cannot_read)?;
    let mut head = Vec::new();
    source.by_ref().take(4096).read_to_end(&mut head).map_err(cannot_read)?;
    source.seek(SeekFrom::Start(0)).map_err(cannot_read)?;
    let mut out = Emitter::new(sink, &request.limits);
    if matches!(shape(&head)?, Shape::Archive) && media::is_bundle(&mut source)? {
        media::read_archive(source, size, request, &mut out)?;
    } else {
        read_table(source, size, request, &mut out)?;
    }
    if let Some(folder) = &request.media_folder {
        media::read_folder(folder, request, &mut out)?;
    }
    out.finish(size)
}

/// Reads a table from its first byte, be it the file itself or a part of an archive.
///
/// # Errors
/// As [`parse`].
pub(super) fn read_table<R: Read + Seek>(
    mut source: R,
    size: u64,
    request: &ParseRequest,
    out: &mut Emitter<'_>,
) -> Result<(), Stop> {
    let limits = &request.limits;
    let mut head = Vec::new();
    source.by_ref().take(4096).read_to_end(&mut head).map_err(cannot_read)?;
    match shape(&head)? {
        Shape::Archive => workbook::read(source, size, request, out)?,
        Shape::Text => {
            if size > limits.text_bytes {
                return Err(too_large(limits.text_bytes).into());
            }
            let found = find_encoding(&mut source, request)?;
            let mut start = Vec::new();
            Decoded::new(&mut source, &found)
                .map_err(cannot_read)?
                .take(HEAD)
                .read_to_end(&mut start)
                .map_err(cannot_read)?;
            source.seek(SeekFrom::Start(0)).map_err(cannot_read)?;
            match json::layout(&start) {
                Some(layout) => {
                    let kind = json::Kind { layout, answers: json::begins_like_answer(&start) };
                    json::read(&mut source, size, &found, kind, request, out)?;
                }
                None if request.delimiter.is_none()
                    && chat_text::is_one(&start)
                    && (chat_text::starts_with_head(&start) || !delimited::has_header(&start)) =>
                {
                    chat_text::read(source, size, &found, &start, request, out)?;
                }
                None => delimited::read(source, size, &found, request, out)?,
            }
        }
    }
    Ok(())
}

fn find_encoding(source: &mut (impl Read + Seek), request: &ParseRequest) -> Result<Found, Refusal> {
    let detected = encoding::detect(source).map_err(cannot_read)?;
    match &request.encoding {
        None => Ok(detected),
        Some(label) => {
            let encoding = encoding::for_label(label)?;
            // The mark belongs to the encoding it marks, and to no other.
            let mark = if encoding == detected.encoding { detected.mark } else { 0 };
            Ok(Found { encoding, mark })
        }
    }
}

fn too_large(limit: u64) -> Refusal {
    let megabytes = limit >> 20;
    Refusal::new(
        RefusalCode::TooLarge,
        format!("文件超过 {megabytes} MB。请分成几个文件再导入。"),
        format!("The file is larger than {megabytes} MB. Split it into several files and import them."),
    )
}
