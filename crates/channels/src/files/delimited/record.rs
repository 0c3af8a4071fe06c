//! The record machine: quoted cells, line breaks of every kind, bounded cells and true line numbers.
//!
//! Our own because of what the desk must be able to say: the line where a record begins, the cell that is too
//! long (its rest is thrown away, never held), a quote that is never closed. `tests/tables.rs` compares it
//! with the csv crate.

use std::borrow::Cow;
use std::io::{self, BufRead};

use memchr::{memchr2, memchr3};

use crate::files::request::Limits;

/// One record, to be filled again and again.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Line where it begins, from 1.
    pub(super) line: u64,
    /// Cell that was cut because it is too long.
    pub(super) overlong: Option<usize>,
    /// The last cell began with a quote that is never closed.
    pub(super) unclosed: bool,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    dropped: usize,
}

/// The cells of a record as text.
pub(super) struct Cells<'r> {
    text: &'r str,
    ends: &'r [usize],
}

impl Cells<'_> {
    /// The cell, empty when the record is shorter.
    pub(super) fn cell(&self, index: usize) -> &str {
        let Some(end) = self.ends.get(index) else { return "" };
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start..*end]
    }
}

impl Record {
    /// Cells, those beyond the bounds among them.
    pub(super) fn cells(&self) -> usize {
        self.ends.len() + self.dropped
    }

    /// Cells that were kept.
    pub(super) fn kept_cells(&self) -> usize {
        self.ends.len()
    }

    /// More cells than are kept.
    pub(super) fn too_many_cells(&self) -> bool {
        self.dropped > 0
    }

    /// Nothing but blanks and delimiters: an empty line, or the empty rows spreadsheets leave behind.
    pub(super) fn is_blank(&self) -> bool {
        !self.unclosed && self.bytes.trim_ascii().is_empty()
    }

    fn slice(&self, index: usize) -> &[u8] {
        let Some(end) = self.ends.get(index) else { return &[] };
        &self.bytes[if index == 0 { 0 } else { self.ends[index - 1] }..*end]
    }

    /// A cell; none when its bytes are no text.
    pub(super) fn cell(&self, index: usize) -> Option<&str> {
        std::str::from_utf8(self.slice(index)).ok()
    }

    /// A cell to show, whatever its bytes.
    pub(super) fn lossy(&self, index: usize) -> Cow<'_, str> {
        String::from_utf8_lossy(self.slice(index))
    }

    /// All cells; none when any of them is no text.
    pub(super) fn text(&self) -> Option<Cells<'_>> {
        let text = std::str::from_utf8(&self.bytes).ok()?;
        // Two broken halves in neighbouring cells can look whole together.
        self.ends.iter().all(|end| text.is_char_boundary(*end)).then_some(Cells { text, ends: &self.ends })
    }

    fn clear(&mut self, line: u64) {
        self.line = line;
        self.overlong = None;
        self.unclosed = false;
        self.bytes.clear();
        self.ends.clear();
        self.dropped = 0;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    /// After a quote inside a quoted cell: the end of the quotes, or one half of a doubled quote.
    QuoteSeen,
}

/// Reads records from a stream of UTF-8.
pub(super) struct Records<R> {
    source: R,
    delimiter: Option<u8>,
    quotes: bool,
    line: u64,
    after_carriage_return: bool,
    cell_bytes: usize,
    cells: usize,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(source: R, delimiter: Option<u8>, quotes: bool, limits: &Limits) -> Self {
        Self {
            source,
            delimiter,
            quotes,
            line: 1,
            after_carriage_return: false,
            // A letter has four bytes at most; whether it is really too long is counted in letters later.
            cell_bytes: limits.cell_characters.saturating_mul(4),
            cells: limits.columns.saturating_add(64),
        }
    }

    /// The stream begins at this line of the file.
    pub(super) fn starting_at(mut self, line: u64) -> Self {
        self.line = line;
        self
    }

    pub(super) fn source(&self) -> &R {
        &self.source
    }

    /// Reads the next record; false at the end.
    pub(super) fn next(&mut self, record: &mut Record) -> io::Result<bool> {
        record.clear(self.line);
        let mut state = State::CellStart;
        let mut any = false;
        loop {
            let ready = match self.source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if ready.is_empty() {
                if !any {
                    return Ok(false);
                }
                record.unclosed = state == State::Quoted;
                end_cell(record, self.cells);
                return Ok(true);
            }
            let mut used = 0;
            let mut done = false;
            while used < ready.len() && !done {
                let rest = &ready[used..];
                if self.after_carriage_return && state != State::Quoted {
                    self.after_carriage_return = false;
                    if rest[0] == b'\n' {
                        used += 1;
                        continue;
                    }
                }
                any = true;
                match state {
                    State::CellStart if self.quotes && rest[0] == b'"' => {
                        state = State::Quoted;
                        used += 1;
                    }
                    State::CellStart => state = State::Plain,
                    State::Plain => {
                        let next = match self.delimiter {
                            Some(delimiter) => memchr3(delimiter, b'\n', b'\r', rest),
                            None => memchr2(b'\n', b'\r', rest),
                        };
                        let length = next.unwrap_or(rest.len());
                        keep(record, &rest[..length], self.cell_bytes, self.cells);
                        used += length;
                        if let Some(byte) = next.map(|at| rest[at]) {
                            used += 1;
                            end_cell(record, self.cells);
                            state = State::CellStart;
                            if byte == b'\n' || byte == b'\r' {
                                self.line += 1;
                                self.after_carriage_return = byte == b'\r';
                                done = true;
                            }
                        }
                    }
                    State::Quoted => {
                        let next = memchr3(b'"', b'\n', b'\r', rest);
                        let length = next.unwrap_or(rest.len());
                        keep(record, &rest[..length], self.cell_bytes, self.cells);
                        used += length;
                        if length > 0 {
                            self.after_carriage_return = false;
                        }
                        if let Some(byte) = next.map(|at| rest[at]) {
                            used += 1;
                            if byte == b'"' {
                                state = State::QuoteSeen;
                                self.after_carriage_return = false;
                            } else {
                                keep(record, &[byte], self.cell_bytes, self.cells);
                                if byte == b'\r' || !self.after_carriage_return {
                                    self.line += 1;
                                }
                                self.after_carriage_return = byte == b'\r';
                            }
                        }
                    }
                    State::QuoteSeen if rest[0] == b'"' => {
                        keep(record, b"\"", self.cell_bytes, self.cells);
                        state = State::Quoted;
                        used += 1;
                    }
                    // `"a"b` is wrong, but plain to read: the rest of the cell is taken as it is.
                    State::QuoteSeen => state = State::Plain,
                }
            }
            self.source.consume(used);
            if done {
                return Ok(true);
            }
        }
    }
}

fn keep(record: &mut Record, bytes: &[u8], cell_bytes: usize, cells: usize) {
    if record.ends.len() >= cells {
        return;
    }
    let start = record.ends.last().copied().unwrap_or(0);
    let room = cell_bytes.saturating_sub(record.bytes.len() - start);
    if bytes.len() > room {
        record.overlong.get_or_insert(record.ends.len());
    }
    record.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
}

fn end_cell(record: &mut Record, cells: usize) {
    if record.ends.len() < cells {
        record.ends.push(record.bytes.len());
    } else {
        record.dropped += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &[u8], delimiter: Option<u8>) -> Vec<(u64, Vec<String>, bool)> {
        let limits = Limits { cell_characters: 8, columns: 4, ..Limits::default() };
        // A tiny buffer, so that every state is entered with the rest still to come.
        let mut records = Records::new(io::BufReader::with_capacity(1, text), delimiter, true, &limits);
        let mut record = Record::default();
        let mut all = Vec::new();
        while records.next(&mut record).unwrap() {
            let cells = (0..record.ends.len()).map(|index| record.lossy(index).into_owned()).collect();
            all.push((record.line, cells, record.unclosed));
        }
        all
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text.as_bytes(), Some(b',')).into_iter().map(|(_, cells, _)| cells).collect()
    }

    #[test]
    fn lines_are_those_where_records_begin() {
        let text = b"a,b\r\n\"x\r\ny\",2\rz,3\n\nlast,4";
        let lines: Vec<u64> = read(text, Some(b',')).into_iter().map(|(line, ..)| line).collect();
        assert_eq!(lines, [1, 2, 4, 5, 6]);
    }

    #[test]
    fn quotes_are_read_as_spreadsheets_write_them() {
        assert_eq!(cells("\"a \"\"b\"\"\",\"c,d\"\n"), [["a \"b\"", "c,d"]]);
        assert_eq!(cells("5\" disc,\"x\"y\n"), [["5\" disc", "xy"]]);
        assert_eq!(cells("=\"123\",\"\"\n"), [["=\"123\"", ""]]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_seen() {
        let all = read(b"a,b\n1,\"open\n2,3\n", Some(b','));
        assert_eq!((all.len(), all[1].0, all[1].2), (2, 2, true));
        assert!(!read(b"a,\"b\"", Some(b','))[0].2);
    }

    #[test]
    fn long_cells_are_cut_and_named() {
        let limits = Limits { cell_characters: 2, ..Limits::default() };
        let text = b"ok,0123456789abcdef\nok,ok\n";
        let mut records = Records::new(&text[..], Some(b','), true, &limits);
        let mut record = Record::default();
        assert!(records.next(&mut record).unwrap());
        assert_eq!((record.overlong, record.lossy(1).len()), (Some(1), 8));
        assert!(records.next(&mut record).unwrap());
        assert_eq!((record.overlong, record.line), (None, 2));
    }

    #[test]
    fn without_a_delimiter_a_line_is_one_cell() {
        assert_eq!(read(b"good, cheap\n", None)[0].1, ["good, cheap"]);
    }

    proptest! {
        #[test]
        fn buffers_of_any_size_give_the_same(text in "[a,\"\\r\\n\\t ]{0,40}") {
            let limits = Limits::default();
            let mut whole = Records::new(text.as_bytes(), Some(b','), true, &limits);
            let mut record = Record::default();
            let mut expected = Vec::new();
            while whole.next(&mut record).unwrap() {
                expected.push((record.line, record.bytes.clone(), record.ends.clone()));
            }
            let mut dripping =
                Records::new(io::BufReader::with_capacity(1, text.as_bytes()), Some(b','), true, &limits);
            let mut got = Vec::new();
            while dripping.next(&mut record).unwrap() {
                got.push((record.line, record.bytes.clone(), record.ends.clone()));
            }
            prop_assert_eq!(got, expected);
        }
    }
}
