//! JSON Lines: one object a line, keys in the order of the columns, numbers as numbers.

use std::io::Write;

use super::{Cell, WriteError};

pub(super) struct Lines<W> {
    pub(super) sink: W,
    keys: Vec<String>,
    line: Vec<u8>,
}

impl<W: Write> Lines<W> {
    pub(super) fn new(sink: W, columns: &[&str]) -> Self {
        // A key is a JSON string; serde_json escapes it.
        let keys = columns.iter().map(|column| serde_json::Value::from(*column).to_string()).collect();
        Self { sink, keys, line: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        self.line.clear();
        self.line.push(b'{');
        for (index, key) in self.keys.iter().enumerate() {
            if index > 0 {
                self.line.push(b',');
            }
            self.line.extend_from_slice(key.as_bytes());
            self.line.push(b':');
            match cells.get(index).copied().unwrap_or(Cell::Empty) {
                Cell::Empty => self.line.extend_from_slice(b"null"),
                Cell::Text(text) => {
                    serde_json::to_writer(&mut self.line, text).map_err(std::io::Error::from)?
                }
                Cell::Integer(number) => self.line.extend_from_slice(number.to_string().as_bytes()),
                Cell::Instant(instant) => {
                    serde_json::to_writer(&mut self.line, &instant.to_string())
                        .map_err(std::io::Error::from)?;
                }
                // JSON has one kind of number; 129.00 is written as it is and stays exact for who reads text.
                Cell::Amount(money) => self.line.extend_from_slice(money.amount().as_bytes()),
                Cell::Flag(flag) => self.line.extend_from_slice(if flag { b"true" } else { b"false" }),
            }
        }
        self.line.extend_from_slice(b"}\n");
        Ok(self.sink.write_all(&self.line)?)
    }
}
