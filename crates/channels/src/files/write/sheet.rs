//! A workbook of one sheet, rows kept in a temporary file until the end.

use std::io::Write;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{Cell, WriteError};
use crate::files::cell::guarded;

/// Rows of a sheet (Excel's limit).
const ROWS: u32 = 1_048_576;
/// Letters of a cell (Excel's limit); longer texts are cut there.
const LETTERS: usize = 32_767;

pub(super) struct Sheet {
    book: Workbook,
    next: u32,
}

impl Sheet {
    pub(super) fn new(columns: &[&str]) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        let bold = Format::new().set_bold();
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_freeze_panes(1, 0)?;
        for (index, column) in (0u16..).zip(columns) {
            sheet.write_string_with_format(0, index, guarded(column), &bold)?;
        }
        Ok(Self { book, next: 1 })
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        if self.next >= ROWS {
            return Err(WriteError::TooManyRows);
        }
        let row = self.next;
        let sheet = self.book.worksheet_from_index(0)?;
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Empty | Cell::Text("") => {}
                // Never `write`, which would make a formula of `=…`.
                Cell::Text(text) => {
                    let text = guarded(text);
                    // Excel counts in UTF-16.
                    if text.encode_utf16().count() > LETTERS {
                        let mut units = 0;
                        let cut: String = text
                            .chars()
                            .take_while(|letter| {
                                units += letter.len_utf16();
                                units <= LETTERS
                            })
                            .collect();
                        sheet.write_string(row, column, cut)?;
                    } else {
                        sheet.write_string(row, column, text)?;
                    }
                }
                // Beyond 15 digits Excel would round.
                Cell::Integer(number) if number.unsigned_abs() < 1_000_000_000_000_000 => {
                    sheet.write_number(row, column, *number as f64)?;
                }
                Cell::Integer(number) => {
                    sheet.write_string(row, column, number.to_string())?;
                }
                Cell::Instant(instant) => {
                    sheet.write_string(row, column, instant.to_string())?;
                }
                Cell::Amount(money) => {
                    let amount = money.amount();
                    match amount.parse::<f64>() {
                        Ok(number) if money.minor.unsigned_abs() < 1_000_000_000_000_000 => {
                            sheet.write_number(row, column, number)?;
                        }
                        _ => {
                            sheet.write_string(row, column, amount)?;
                        }
                    }
                }
                Cell::Flag(flag) => {
                    sheet.write_boolean(row, column, *flag)?;
                }
            }
        }
        self.next += 1;
        Ok(())
    }

    pub(super) fn finish(mut self, sink: &mut impl Write) -> Result<(), WriteError> {
        let mut file = tempfile::tempfile()?;
        self.book.save_to_writer(&mut file)?;
        std::io::Seek::rewind(&mut file)?;
        std::io::copy(&mut file, sink)?;
        Ok(())
    }
}
