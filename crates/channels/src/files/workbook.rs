//! Excel workbooks: bounded before they are opened (`archive.rs`), then read cell by cell.
//!
//! Never `worksheet_range`: two legal cells, A1 and XFD1048576, make it ask for 512 GiB and abort (calamine
//! issue 693; trust.md E1).

mod archive;
mod scan;
mod value;

pub(super) use archive::is_office;

use std::cell::Cell as Slot;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::cell::unguarded;
use super::columns::is_known_header;
use super::delimited::{tidy, too_wide};
use super::format::Format;
use super::frame::Header;
use super::refusal::{Refusal, RefusalCode};
use super::request::{Limits, ParseRequest};
use super::sink::{Emitter, Stop, kept};

/// Filled rows looked at for a header below a title.
const LOOK: usize = 6;

/// Counts where in the file the reader stands, for the progress.
struct Tracked<R> {
    source: R,
    at: Rc<Slot<u64>>,
}

impl<R: Read> Read for Tracked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        self.at.set(self.at.get() + count as u64);
        Ok(count)
    }
}

impl<R: Seek> Seek for Tracked<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.source.seek(to)?;
        self.at.set(at);
        Ok(at)
    }
}

/// Reads the first sheet that is shown and not empty.
pub(super) fn read<R: Read + Seek>(
    mut source: R,
    size: u64,
    request: &ParseRequest,
    out: &mut Emitter<'_>,
) -> Result<(), Stop> {
    archive::check(&mut source, size, &request.limits)?;
    source.seek(SeekFrom::Start(0)).map_err(super::parse::cannot_read)?;
    let at = Rc::new(Slot::new(0));
    let tracked = BufReader::with_capacity(32 << 10, Tracked { source, at: at.clone() });
    // calamine overflows on some references no spreadsheet writes; that is a damaged file, not our end.
    catch_unwind(AssertUnwindSafe(|| sheets(tracked, size, &at, request, out)))
        .unwrap_or_else(|_| Err(Refusal::damaged("xlsx").into()))
}

fn damaged(error: &XlsxError) -> Stop {
    if matches!(error, XlsxError::Password) {
        return Refusal::new(
            RefusalCode::WrongFormat,
            "工作簿加了密码。请用 Excel 打开，去掉密码后另存再导入。",
            "The workbook has a password. Open it in Excel, remove the password, save it and import that.",
        )
        .into();
    }
    Refusal::damaged(&error.to_string().chars().take(120).collect::<String>()).into()
}

fn sheets<R: Read + Seek>(
    source: R,
    size: u64,
    at: &Slot<u64>,
    request: &ParseRequest,
    out: &mut Emitter<'_>,
) -> Result<(), Stop> {
    let mut book = Xlsx::new(source).map_err(|error| damaged(&error))?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    for name in names {
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(&error)),
        };
        let mut sheet = Sheet { name, size, titles: Vec::new(), columns: 0, limits: &request.limits };
        let mut row = Row::default();
        let mut any = false;
        while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error))? {
            let (line, column) = cell.get_position();
            if line != row.line && !row.cells.is_empty() {
                sheet.take(&row, out)?;
                row.clear();
                out.progress(at.get().min(size))?;
            }
            row.line = line;
            let Some(text) = value::text(cell.get_value()) else { continue };
            if column as usize >= request.limits.columns {
                return Err(too_wide(request.limits.columns).into());
            }
            if line >= request.limits.sheet_rows {
                return Err(too_long(request.limits.sheet_rows).into());
            }
            row.set(column as usize, text);
            any = true;
        }
        if any {
            sheet.take(&row, out)?;
            return sheet.finish(out);
        }
    }
    Err(Refusal::new(
        RefusalCode::Empty,
        "工作簿里没有内容。请确认数据在一个没有隐藏的工作表里，再导入。",
        "The workbook holds nothing. Put the data into a sheet that is not hidden and import it again.",
    )
    .into())
}

fn too_long(rows: u32) -> Refusal {
    Refusal::new(
        RefusalCode::SheetTooLong,
        format!("表格太长：超过 {rows} 行。请分成几个文件再导入。"),
        format!("The sheet is too long: more than {rows} rows. Split it into several files and import them."),
    )
}

/// The cells of one row.
#[derive(Default)]
struct Row {
    line: u32,
    cells: Vec<String>,
}

impl Row {
    fn set(&mut self, column: usize, text: String) {
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        self.cells[column] = text;
    }

    fn clear(&mut self) {
        self.cells.clear();
    }

    fn filled(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| super::cell::trimmed(cell)).filter(|cell| !cell.is_empty())
    }
}

/// A sheet whose header is being looked for, then its rows.
struct Sheet<'l> {
    name: String,
    size: u64,
    /// Rows with one filled cell, as long as no header has been seen: titles, or a table of one column.
    titles: Vec<(u32, Vec<String>)>,
    /// Columns of the header; 0 until it is seen.
    columns: usize,
    limits: &'l Limits,
}

impl Sheet<'_> {
    fn take(&mut self, row: &Row, out: &mut Emitter<'_>) -> Result<(), Stop> {
        let filled: Vec<&str> = row.filled().collect();
        if filled.is_empty() {
            return Ok(());
        }
        if self.columns > 0 {
            return self.emit(row.line, &row.cells, out);
        }
        let titled = matches!(filled.as_slice(), [only] if !is_known_header(only));
        if titled && self.titles.len() < LOOK {
            self.titles.push((row.line, row.cells.clone()));
            return Ok(());
        }
        let header_follows = filled.len() > 1 && filled.iter().any(|name| is_known_header(name));
        if header_follows || self.titles.is_empty() {
            self.titles.clear();
            return self.begin(&row.cells, out);
        }
        self.begin_with_titles(out)?;
        self.emit(row.line, &row.cells, out)
    }

    /// What looked like titles was a table: its first row is the header.
    fn begin_with_titles(&mut self, out: &mut Emitter<'_>) -> Result<(), Stop> {
        let mut rows = std::mem::take(&mut self.titles).into_iter();
        if let Some((_, header)) = rows.next() {
            self.begin(&header, out)?;
        }
        for (line, cells) in rows {
            self.emit(line, &cells, out)?;
        }
        Ok(())
    }

    fn begin(&mut self, header: &[String], out: &mut Emitter<'_>) -> Result<(), Stop> {
        let columns = tidy(header.iter().map(String::as_str));
        self.columns = columns.len();
        out.header(&Header {
            format: Format::Xlsx,
            encoding: "utf-8".into(),
            delimiter: None,
            sheet: Some(self.name.clone()),
            columns,
            bytes: self.size,
        })
    }

    fn emit(&self, line: u32, cells: &[String], out: &mut Emitter<'_>) -> Result<(), Stop> {
        debug_assert!(cells.len() <= self.limits.columns, "checked at every cell");
        let line = u64::from(line) + 1;
        if let Some(stray) = cells.iter().skip(self.columns).find(|cell| !cell.trim().is_empty()) {
            let failure = pingxin_domain::intake::RowFailure {
                line,
                column: None,
                value: Some(stray.chars().take(200).collect()),
                reason: pingxin_domain::Say::new(
                    format!(
                        "这一行比表头（{} 列）更宽，多出的格没有列名。请给它加上列名，或删掉这一格。",
                        self.columns
                    ),
                    format!(
                        "The row is wider than the header ({} columns); the cell beyond has no column name. Name the column or delete the cell.",
                        self.columns
                    ),
                ),
            };
            return out.fail(failure, kept(cells.iter().map(|cell| unguarded(cell))));
        }
        out.row(line, (0..self.columns).map(|index| cells.get(index).map_or("", |cell| unguarded(cell))))
    }

    fn finish(mut self, out: &mut Emitter<'_>) -> Result<(), Stop> {
        if self.columns == 0 {
            self.begin_with_titles(out)?;
        }
        Ok(())
    }
}
