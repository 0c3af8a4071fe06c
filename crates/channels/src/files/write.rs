//! Exports: rows into CSV, JSON Lines or a workbook, one by one.
//!
//! Buyers write the texts, so a text that a spreadsheet would run gets a leading `'` (csv and xlsx); our import
//! takes it away again.

mod archive;
mod delimited;
mod lines;
mod sheet;

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use jiff::Timestamp;
use pingxin_domain::Money;

pub use archive::archive;

/// A format to export to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// UTF-8 with a byte order mark, so that Excel reads Chinese.
    Csv,
    /// Excel workbook.
    Xlsx,
    /// One JSON object a line.
    Jsonl,
}

/// A word that names no export format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no export format; write csv, xlsx or jsonl")]
pub struct UnknownFormat(pub String);

impl ExportFormat {
    /// The name on the command line and in the API; also the extension of the file.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Jsonl => "jsonl",
        }
    }

    /// The media type for HTTP.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Jsonl => "application/x-ndjson",
        }
    }
}

impl FromStr for ExportFormat {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        match text.trim().to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "xlsx" | "excel" => Ok(Self::Xlsx),
            "jsonl" | "ndjson" => Ok(Self::Jsonl),
            _ => Err(UnknownFormat(text.chars().take(40).collect())),
        }
    }
}

impl fmt::Display for ExportFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// A cell of an export.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing; `null` in JSON.
    Empty,
    /// Words.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// RFC 3339 in UTC, in every format, so that it reads back as the same instant.
    Instant(Timestamp),
    /// The number of an amount, such as `129.00`; its currency is a column of its own.
    Amount(Money),
    /// Yes or no.
    Flag(bool),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<u8> for Cell<'_> {
    fn from(number: u8) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<Timestamp> for Cell<'_> {
    fn from(instant: Timestamp) -> Self {
        Self::Instant(instant)
    }
}

impl From<Money> for Cell<'_> {
    fn from(money: Money) -> Self {
        Self::Amount(money)
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The receiver failed.
    #[error("the export could not be written: {0}")]
    Io(#[from] io::Error),
    /// The workbook could not be built.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// More rows than a sheet holds.
    #[error("a sheet holds 1,048,575 rows below its header; export csv or jsonl, or narrow the filter")]
    TooManyRows,
}

enum Body<W: Write> {
    Csv(delimited::Table<W>),
    Jsonl(lines::Lines<W>),
    Xlsx(Box<sheet::Sheet>, W),
}

/// Writes an export row by row.
pub struct Writer<W: Write> {
    body: Body<W>,
}

impl<W: Write> fmt::Debug for Writer<W> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Writer")
    }
}

impl<W: Write> Writer<W> {
    /// Begins an export with its header.
    ///
    /// # Errors
    /// [`WriteError`] when the receiver fails.
    pub fn new(format: ExportFormat, sink: W, columns: &[&str]) -> Result<Self, WriteError> {
        let body = match format {
            ExportFormat::Csv => Body::Csv(delimited::Table::new(sink, columns)?),
            ExportFormat::Jsonl => Body::Jsonl(lines::Lines::new(sink, columns)),
            ExportFormat::Xlsx => Body::Xlsx(Box::new(sheet::Sheet::new(columns)?), sink),
        };
        Ok(Self { body })
    }

    /// Writes a row; cells stand in the order of the columns.
    ///
    /// # Errors
    /// [`WriteError`] when the receiver fails, or a sheet is full.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        match &mut self.body {
            Body::Csv(table) => table.row(cells),
            Body::Jsonl(lines) => lines.row(cells),
            Body::Xlsx(sheet, _) => sheet.row(cells),
        }
    }

    /// The receiver. CSV and JSON Lines have written every row so far into it, so that a vector can be drained
    /// between rows to stream; a workbook is written at [`Self::finish`].
    pub fn sink_mut(&mut self) -> &mut W {
        match &mut self.body {
            Body::Csv(table) => &mut table.sink,
            Body::Jsonl(lines) => &mut lines.sink,
            Body::Xlsx(_, sink) => sink,
        }
    }

    /// Ends the export.
    ///
    /// # Errors
    /// [`WriteError`] when the receiver fails.
    pub fn finish(self) -> Result<W, WriteError> {
        let mut sink = match self.body {
            Body::Csv(table) => table.sink,
            Body::Jsonl(lines) => lines.sink,
            Body::Xlsx(sheet, mut sink) => {
                sheet.finish(&mut sink)?;
                sink
            }
        };
        sink.flush()?;
        Ok(sink)
    }
}
