//! CSV as Excel reads it: byte order mark, CRLF, quotes where needed (RFC 4180).

use std::io::{self, Write};

use super::{Cell, WriteError};
use crate::files::cell::guarded;

pub(super) struct Table<W> {
    pub(super) sink: W,
    line: String,
}

impl<W: Write> Table<W> {
    pub(super) fn new(mut sink: W, columns: &[&str]) -> io::Result<Self> {
        sink.write_all("\u{feff}".as_bytes())?;
        let mut table = Self { sink, line: String::new() };
        for column in columns {
            table.push(&guarded(column));
        }
        table.end()?;
        Ok(table)
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        for cell in cells {
            match cell {
                Cell::Empty => self.push(""),
                Cell::Text(text) => self.push(&guarded(text)),
                Cell::Integer(number) => self.push(&number.to_string()),
                Cell::Instant(instant) => self.push(&instant.to_string()),
                Cell::Amount(money) => self.push(&money.amount()),
                Cell::Flag(flag) => self.push(if *flag { "true" } else { "false" }),
            }
        }
        Ok(self.end()?)
    }

    fn push(&mut self, text: &str) {
        if text.contains(['"', ',', '\n', '\r', ';', '\t']) || text.trim().len() != text.len() {
            self.line.push('"');
            self.line.push_str(&text.replace('"', "\"\""));
            self.line.push('"');
        } else {
            self.line.push_str(text);
        }
        self.line.push(',');
    }

    fn end(&mut self) -> io::Result<()> {
        self.line.pop();
        self.line.push_str("\r\n");
        self.sink.write_all(self.line.as_bytes())?;
        self.line.clear();
        Ok(())
    }
}
