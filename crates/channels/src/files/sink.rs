//! Where parsed rows go: the pipe in the child, a vector in tests and fuzzing.

use std::io;

use pingxin_domain::Say;
use pingxin_domain::intake::RowFailure;

use super::frame::{Header, MediaFile, MediaRefused};
use super::refusal::Refusal;
use super::request::Limits;
use super::wire::Batch;

/// Receives what is read from a file, in the order of the file.
pub trait Sink {
    /// What was found before the first row; comes first, once.
    ///
    /// # Errors
    /// When nobody listens any more.
    fn header(&mut self, header: &Header) -> io::Result<()>;
    /// At most 256 rows.
    ///
    /// # Errors
    /// When nobody listens any more.
    fn rows(&mut self, batch: &Batch) -> io::Result<()>;
    /// A row that could not be read, and its cells as far as they could be.
    ///
    /// # Errors
    /// When nobody listens any more.
    fn failed(&mut self, failure: &RowFailure, cells: &[String]) -> io::Result<()>;
    /// Bytes of the file read so far.
    ///
    /// # Errors
    /// When nobody listens any more.
    fn progress(&mut self, bytes_read: u64) -> io::Result<()>;
    /// A photo or video; after the last row. Passed over unless the sink wants them.
    ///
    /// # Errors
    /// When nobody listens any more.
    fn media(&mut self, _file: &MediaFile) -> io::Result<()> {
        Ok(())
    }
    /// A file that came along and was not taken; after the last row. Passed over unless the sink wants them.
    ///
    /// # Errors
    /// When nobody listens any more.
    fn media_refused(&mut self, _refused: &MediaRefused) -> io::Result<()> {
        Ok(())
    }
}

/// Why parsing ended before the end of the file.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The file is refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nobody listens any more.
    #[error(transparent)]
    Sink(#[from] io::Error),
}

const BATCH_ROWS: usize = 256;
const BATCH_BYTES: usize = 256 << 10;
const PROGRESS_STEP: u64 = 1 << 20;

/// Collects rows into batches and keeps the order of rows and failures.
pub(super) struct Emitter<'s> {
    sink: &'s mut dyn Sink,
    batch: Batch,
    columns: Vec<String>,
    cell_characters: usize,
    rows: u64,
    reported: u64,
    /// Bytes of the file, and how many come out of them, while a part of an archive is read.
    part: Option<(u64, u64)>,
}

impl<'s> Emitter<'s> {
    pub(super) fn new(sink: &'s mut dyn Sink, limits: &Limits) -> Self {
        Self {
            sink,
            batch: Batch::default(),
            columns: Vec::new(),
            cell_characters: limits.cell_characters,
            rows: 0,
            reported: 0,
            part: None,
        }
    }

    pub(super) fn header(&mut self, header: &Header) -> Result<(), Stop> {
        self.columns.clone_from(&header.columns);
        Ok(self.sink.header(header)?)
    }

    pub(super) fn column(&self, index: usize) -> String {
        self.columns.get(index).cloned().unwrap_or_else(|| unnamed_column(index))
    }

    /// Takes a row; one with a cell too long or with a NUL becomes a failure.
    pub(super) fn row<'c>(
        &mut self,
        line: u64,
        cells: impl ExactSizeIterator<Item = &'c str> + Clone,
    ) -> Result<(), Stop> {
        for (index, cell) in cells.clone().enumerate() {
            if cell.len() > self.cell_characters && cell.chars().count() > self.cell_characters {
                return self.too_long(line, index, cell, kept(cells));
            }
            if memchr::memchr(0, cell.as_bytes()).is_some() {
                let failure = RowFailure::cell(
                    line,
                    self.column(index),
                    cell,
                    Say::new(
                        "这一格里有空字符（NUL），文件可能已损坏。请重新导出这一行。",
                        "The cell holds a NUL character; the file may be damaged. Export this row again.",
                    ),
                );
                return self.fail(failure, kept(cells));
            }
        }
        self.batch.push(line, cells);
        self.rows += 1;
        if self.batch.len() >= BATCH_ROWS || self.batch.packed_bytes() >= BATCH_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    pub(super) fn too_long(
        &mut self,
        line: u64,
        index: usize,
        cell: &str,
        cells: Vec<String>,
    ) -> Result<(), Stop> {
        let limit = self.cell_characters;
        let failure = RowFailure::cell(
            line,
            self.column(index),
            cell,
            Say::new(
                format!("这一格超过 {limit} 个字。请缩短后再导入这一行。"),
                format!("The cell is longer than {limit} characters. Shorten it and import this row again."),
            ),
        );
        self.fail(failure, cells)
    }

    pub(super) fn fail(&mut self, failure: RowFailure, cells: Vec<String>) -> Result<(), Stop> {
        self.flush()?;
        self.rows += 1;
        Ok(self.sink.failed(&failure, &cells)?)
    }

    pub(super) fn progress(&mut self, bytes_read: u64) -> Result<(), Stop> {
        let bytes_read = match self.part {
            Some((packed, unpacked)) => {
                let within = u128::from(bytes_read) * u128::from(packed) / u128::from(unpacked.max(1));
                u64::try_from(within).unwrap_or(packed).min(packed)
            }
            None => bytes_read,
        };
        if bytes_read >= self.reported + PROGRESS_STEP {
            self.reported = bytes_read;
            self.sink.progress(bytes_read)?;
        }
        Ok(())
    }

    /// What is read from here on comes out of `packed` bytes of the file, unpacked: progress counts the file's.
    pub(super) fn part(&mut self, packed: u64, unpacked: u64) {
        self.part = Some((packed, unpacked));
    }

    /// The part of an archive has been read.
    pub(super) fn part_ends(&mut self) {
        self.part = None;
    }

    pub(super) fn media(&mut self, file: &MediaFile) -> Result<(), Stop> {
        self.flush()?;
        Ok(self.sink.media(file)?)
    }

    pub(super) fn media_refused(&mut self, name: &str, reason: &Say) -> Result<(), Stop> {
        self.flush()?;
        let refused = MediaRefused { name: name.to_owned(), reason: reason.clone() };
        Ok(self.sink.media_refused(&refused)?)
    }

    /// Sends what is left and says how many rows there were, failed ones among them.
    pub(super) fn finish(mut self, bytes: u64) -> Result<u64, Stop> {
        self.flush()?;
        self.sink.progress(bytes)?;
        Ok(self.rows)
    }

    fn flush(&mut self) -> Result<(), Stop> {
        if !self.batch.is_empty() {
            self.sink.rows(&self.batch)?;
            self.batch.clear();
        }
        Ok(())
    }
}

/// Most letters that are kept of a cell of a failed row: what Excel can hold.
const KEPT_LETTERS: usize = 32_767;
/// Most bytes that are kept of a failed row; in JSON, with every letter escaped, they still fit a message.
const KEPT_BYTES: usize = 4 << 20;

/// The cells of a failed row within bounds. What is beyond them is empty, so that the others stay in their columns.
pub(super) fn kept<C: AsRef<str>>(cells: impl Iterator<Item = C>) -> Vec<String> {
    let mut room = KEPT_BYTES;
    cells
        .map(|cell| {
            let cell = cell.as_ref();
            let short = match cell.char_indices().nth(KEPT_LETTERS) {
                Some((end, _)) => &cell[..end],
                None => cell,
            };
            let fits = short.len() <= room;
            room = if fits { room - short.len() } else { 0 };
            if fits { short.to_owned() } else { String::new() }
        })
        .collect()
}

/// The name of a column without one.
pub(super) fn unnamed_column(index: usize) -> String {
    format!("column {}", index + 1)
}
