//! The messages on the pipe: a kind byte, a length, a payload. Rows are packed by hand (they are the bulk);
//! everything else is JSON.

use std::io::{self, Write};

use pingxin_domain::intake::RowFailure;
use pingxin_domain::media::MediaType;
use serde::{Deserialize, Serialize};

use super::frame::{Header, MediaFile, MediaRefused, RawRow};
use super::refusal::Refusal;

/// Longer payloads are not ours: the widest row within the default limits has some 33 MB, the longest video
/// 64 MiB and its description.
pub(super) const MAX_PAYLOAD: usize = (64 << 20) + (64 << 10);

/// Rows in packed form, to be filled and sent again and again.
#[derive(Debug, Default)]
pub struct Batch {
    bytes: Vec<u8>,
    count: usize,
}

impl Batch {
    /// Rows in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The rows, unpacked.
    ///
    /// # Errors
    /// When the bytes were not packed by a batch.
    pub fn rows(&self) -> io::Result<Vec<RawRow>> {
        unpack(&self.bytes)
    }

    pub(super) fn packed_bytes(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn push<'c>(&mut self, line: u64, cells: impl ExactSizeIterator<Item = &'c str>) {
        self.bytes.extend_from_slice(&line.to_le_bytes());
        self.bytes.extend_from_slice(&length(cells.len()));
        for cell in cells {
            self.bytes.extend_from_slice(&length(cell.len()));
            self.bytes.extend_from_slice(cell.as_bytes());
        }
        self.count += 1;
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.count = 0;
    }
}

/// Lengths are bounded by the limits, far below 4 GiB.
fn length(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes()
}

/// One message of the child.
#[derive(Debug)]
pub(super) enum Message {
    Header(Header),
    Rows(Vec<RawRow>),
    Failed(RowFailure, Vec<String>),
    Progress(u64),
    End(u64),
    Refused(Refusal),
    Media(MediaFile),
    MediaRefused(MediaRefused),
}

const HEADER: u8 = b'H';
const ROWS: u8 = b'R';
const FAILED: u8 = b'F';
const PROGRESS: u8 = b'P';
const END: u8 = b'E';
const REFUSED: u8 = b'X';
const MEDIA: u8 = b'M';
const MEDIA_REFUSED: u8 = b'N';

/// What stands behind the bytes of a photo or video, followed by its own length in four bytes.
#[derive(Serialize, Deserialize)]
struct MediaHead {
    name: String,
    media_type: MediaType,
    width: Option<u32>,
    height: Option<u32>,
}

fn write(pipe: &mut impl Write, kind: u8, payload: &[u8]) -> io::Result<()> {
    let [a, b, c, d] = length(payload.len());
    pipe.write_all(&[kind, a, b, c, d])?;
    pipe.write_all(payload)
}

pub(super) fn write_header(pipe: &mut impl Write, header: &Header) -> io::Result<()> {
    write(pipe, HEADER, &serde_json::to_vec(header)?)
}

pub(super) fn write_rows(pipe: &mut impl Write, batch: &Batch) -> io::Result<()> {
    write(pipe, ROWS, &batch.bytes)
}

pub(super) fn write_failed(pipe: &mut impl Write, failure: &RowFailure, cells: &[String]) -> io::Result<()> {
    write(pipe, FAILED, &serde_json::to_vec(&(failure, cells))?)
}

pub(super) fn write_progress(pipe: &mut impl Write, bytes_read: u64) -> io::Result<()> {
    write(pipe, PROGRESS, &bytes_read.to_le_bytes())
}

pub(super) fn write_end(pipe: &mut impl Write, rows: u64) -> io::Result<()> {
    write(pipe, END, &rows.to_le_bytes())
}

pub(super) fn write_refused(pipe: &mut impl Write, refusal: &Refusal) -> io::Result<()> {
    write(pipe, REFUSED, &serde_json::to_vec(refusal)?)
}

pub(super) fn write_media(pipe: &mut impl Write, file: &MediaFile) -> io::Result<()> {
    let MediaFile { name, media_type, width, height, bytes } = file;
    let head = MediaHead { name: name.clone(), media_type: *media_type, width: *width, height: *height };
    let head = serde_json::to_vec(&head)?;
    let [a, b, c, d] = length(bytes.len() + head.len() + 4);
    pipe.write_all(&[MEDIA, a, b, c, d])?;
    pipe.write_all(bytes)?;
    pipe.write_all(&head)?;
    pipe.write_all(&length(head.len()))
}

pub(super) fn write_media_refused(pipe: &mut impl Write, refused: &MediaRefused) -> io::Result<()> {
    write(pipe, MEDIA_REFUSED, &serde_json::to_vec(refused)?)
}

fn nonsense() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the reading process sent something that is no message")
}

/// Reads a message from its kind and payload. A photo or video takes the payload with it; it may be large.
pub(super) fn read(kind: u8, payload: &mut Vec<u8>) -> io::Result<Message> {
    if kind == MEDIA {
        return media(std::mem::take(payload)).map(Message::Media);
    }
    let payload = payload.as_slice();
    let number = || payload.try_into().map(u64::from_le_bytes).map_err(|_| nonsense());
    Ok(match kind {
        HEADER => Message::Header(serde_json::from_slice(payload)?),
        ROWS => Message::Rows(unpack(payload)?),
        FAILED => {
            let (failure, cells) = serde_json::from_slice(payload)?;
            Message::Failed(failure, cells)
        }
        PROGRESS => Message::Progress(number()?),
        END => Message::End(number()?),
        REFUSED => Message::Refused(serde_json::from_slice(payload)?),
        MEDIA_REFUSED => Message::MediaRefused(serde_json::from_slice(payload)?),
        _ => return Err(nonsense()),
    })
}

fn media(mut bytes: Vec<u8>) -> io::Result<MediaFile> {
    let (rest, length) = bytes.split_last_chunk::<4>().ok_or_else(nonsense)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| nonsense())?;
    let end = rest.len().checked_sub(length).ok_or_else(nonsense)?;
    let MediaHead { name, media_type, width, height } = serde_json::from_slice(&rest[end..])?;
    bytes.truncate(end);
    Ok(MediaFile { name, media_type, width, height, bytes })
}

fn unpack(mut bytes: &[u8]) -> io::Result<Vec<RawRow>> {
    fn take<'b>(bytes: &mut &'b [u8], count: usize) -> io::Result<&'b [u8]> {
        let (head, rest) = bytes.split_at_checked(count).ok_or_else(nonsense)?;
        *bytes = rest;
        Ok(head)
    }
    fn number(bytes: &mut &[u8]) -> io::Result<usize> {
        let four = take(bytes, 4)?.try_into().map_err(|_| nonsense())?;
        usize::try_from(u32::from_le_bytes(four)).map_err(|_| nonsense())
    }
    let mut rows = Vec::new();
    while !bytes.is_empty() {
        let line = u64::from_le_bytes(take(&mut bytes, 8)?.try_into().map_err(|_| nonsense())?);
        let count = number(&mut bytes)?;
        // A cell takes at least its four bytes of length, so a lying count cannot reserve much.
        let mut cells = Vec::with_capacity(count.min(bytes.len() / 4));
        for _ in 0..count {
            let length = number(&mut bytes)?;
            let cell = std::str::from_utf8(take(&mut bytes, length)?).map_err(|_| nonsense())?;
            cells.push(cell.to_owned());
        }
        rows.push(RawRow { line, cells });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_survive_the_pipe(
            rows in prop::collection::vec((any::<u64>(), prop::collection::vec("\\PC{0,12}", 0..6)), 0..8)
        ) {
            let mut batch = Batch::default();
            for (line, cells) in &rows {
                batch.push(*line, cells.iter().map(String::as_str));
            }
            let mut pipe = Vec::new();
            write_rows(&mut pipe, &batch).unwrap();
            let Message::Rows(read_back) = read(pipe[0], &mut pipe[5..].to_vec()).unwrap() else { panic!("no rows") };
            let expected: Vec<RawRow> =
                rows.into_iter().map(|(line, cells)| RawRow { line, cells }).collect();
            prop_assert_eq!(read_back, expected);
        }

        #[test]
        fn no_bytes_on_the_pipe_make_the_reader_panic(kind in any::<u8>(), bytes: Vec<u8>) {
            for kind in [kind, ROWS, MEDIA, MEDIA_REFUSED] {
                let _ = read(kind, &mut bytes.clone());
            }
        }

        #[test]
        fn a_picture_survives_the_pipe(name in "\\PC{0,12}", bytes: Vec<u8>, width: Option<u32>) {
            let file =
                MediaFile { name, media_type: MediaType::Png, width, height: Some(1), bytes };
            let mut pipe = Vec::new();
            write_media(&mut pipe, &file).unwrap();
            let length = u32::from_le_bytes(pipe[1..5].try_into().unwrap());
            prop_assert_eq!(usize::try_from(length).unwrap(), pipe.len() - 5);
            let Message::Media(read_back) = read(pipe[0], &mut pipe[5..].to_vec()).unwrap() else {
                panic!("no picture")
            };
            prop_assert_eq!(read_back, file);
        }
    }
}
