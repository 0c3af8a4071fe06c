//! Why a row was not taken: named by line, column, value and reason.

use serde::{Deserialize, Serialize};

use crate::Say;

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFailure {
    /// Line of the file where the row begins, from 1 (the header is a line); row number of the sheet in xlsx.
    pub line: u64,
    /// Header of the column at fault, as the file writes it; none when the whole row is at fault.
    pub column: Option<String>,
    /// What stood there, cut to 200 characters.
    pub value: Option<String>,
    /// What is wrong and what to do.
    pub reason: Say,
}

impl RowFailure {
    /// A failure of one cell.
    pub fn cell(line: u64, column: impl Into<String>, value: &str, reason: Say) -> Self {
        Self { line, column: Some(column.into()), value: Some(value.chars().take(200).collect()), reason }
    }

    /// A failure of the whole row.
    #[must_use]
    pub fn row(line: u64, reason: Say) -> Self {
        Self { line, column: None, value: None, reason }
    }
}
