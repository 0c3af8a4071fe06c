//! Reading a backup: nothing of it is believed before its signature, and nothing is taken for whole before its last frame.

use std::io::{BufReader, Read};

use flate2::read::ZlibDecoder;
use serde::Deserialize;

use super::frame::{FrameReader, Kind, damaged, key_name};
use super::table::{Cell, Sum, decode, encode};
use super::{Checked, Header, Manifest, TableSum};
use crate::key::MasterKey;
use crate::sealed::Keys;
use crate::{Store, StoreError, schema_version};

/// Rows of a block unpacked, at most; a block is a MiB unless a single row is larger.
const LONGEST_BLOCK: u64 = 1 << 31;

/// The beginning of a table.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct TableStart {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
}

/// What comes out of a backup, in order.
pub(super) enum Part {
    Table(TableStart),
    Rows(Vec<Vec<Cell>>),
}

/// A backup being read.
pub(super) struct Reader<R> {
    frames: FrameReader<BufReader<R>>,
    pub(super) header: Header,
    table: Option<TableStart>,
    sum: Sum,
    sums: Vec<TableSum>,
}

/// Either another part, or the end.
pub(super) enum Next {
    Part(Part),
    End(Box<Checked>),
}

fn json<'p, T: Deserialize<'p>>(payload: &'p [u8]) -> Result<T, StoreError> {
    serde_json::from_slice(payload).map_err(|error| damaged(format!("a frame cannot be read: {error}")))
}

impl<R: Read> Reader<R> {
    pub(super) fn new(input: R, keys: &Keys) -> Result<Self, StoreError> {
        let mut frames = FrameReader::new(BufReader::with_capacity(1 << 16, input), keys)?;
        let ours = key_name(keys);
        let payload = frames.header(|payload| {
            serde_json::from_slice::<Header>(payload).map_or(true, |header| header.key == ours)
        })?;
        let header: Header = json(&payload)?;
        if header.schema > schema_version() || header.format > 1 {
            return Err(StoreError::TooNew { found: header.schema, known: schema_version() });
        }
        Ok(Self { frames, header, table: None, sum: Sum::default(), sums: Vec::new() })
    }

    /// Where it stands, for people.
    fn place(&self) -> String {
        match &self.table {
            Some(table) => format!("in table {} after row {}", table.name, self.sum.rows),
            None => "before its first table".into(),
        }
    }

    fn close_table(&mut self) {
        if let Some(table) = self.table.take() {
            self.sums.push(self.sum.of(&table.name));
        }
        self.sum = Sum::default();
    }

    pub(super) fn next(&mut self) -> Result<Next, StoreError> {
        let (kind, payload) = self.frames.frame().map_err(|error| match error {
            StoreError::Backup { what } => damaged(format!("{what}, {}", self.place())),
            other => other,
        })?;
        match kind {
            Kind::Header => Err(damaged(format!("it has two headers, {}", self.place()))),
            Kind::Table => {
                self.close_table();
                let start: TableStart = json(&payload)?;
                self.table = Some(start.clone());
                Ok(Next::Part(Part::Table(start)))
            }
            Kind::Rows => {
                let rows = self.rows(&payload)?;
                Ok(Next::Part(Part::Rows(rows)))
            }
            Kind::End => {
                self.close_table();
                let manifest: Manifest = json(&payload)?;
                if manifest.tables != self.sums {
                    return Err(damaged("its rows are not those that were counted when it was made"));
                }
                let bytes = self.frames.end()?;
                Ok(Next::End(Box::new(Checked { header: self.header.clone(), manifest, bytes })))
            }
        }
    }

    fn rows(&mut self, payload: &[u8]) -> Result<Vec<Vec<Cell>>, StoreError> {
        let place = self.place();
        let wrong = || damaged(format!("its rows cannot be read, {place}"));
        let table = self.table.as_ref().ok_or_else(wrong)?;
        let many = table.columns.len();
        let mut block = Vec::new();
        let read = ZlibDecoder::new(payload).take(LONGEST_BLOCK).read_to_end(&mut block);
        read.map_err(|_| wrong())?;
        let mut rest = block.as_slice();
        let (mut rows, mut row) = (Vec::new(), Vec::new());
        while !rest.is_empty() {
            let cells = decode(&mut rest, many).ok_or_else(wrong)?;
            row.clear();
            encode(&cells, &mut row);
            self.sum.add(&row);
            rows.push(cells);
        }
        Ok(rows)
    }
}

/// Reads a backup to its end; says what it holds when all of it is as it was written.
///
/// # Errors
/// [`StoreError::WrongKey`], [`StoreError::TooNew`], or [`StoreError::Backup`] naming where it is damaged or cut.
pub fn check(input: impl Read, key: &MasterKey) -> Result<Checked, StoreError> {
    check_with(input, &Keys::new(key))
}

/// The same with the key of an open database.
///
/// # Errors
/// As [`check`].
pub fn check_with_key_of(store: &Store, input: impl Read) -> Result<Checked, StoreError> {
    check_with(input, &store.keys())
}

pub(super) fn check_with(input: impl Read, keys: &Keys) -> Result<Checked, StoreError> {
    let mut reader = Reader::new(input, keys)?;
    loop {
        match reader.next()? {
            Next::Part(_) => {}
            Next::End(checked) => return Ok(*checked),
        }
    }
}
