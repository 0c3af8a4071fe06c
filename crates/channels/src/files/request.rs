//! What the child is asked to read, and within which bounds.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Bounds of one file. The defaults are what the product promises; tests use smaller ones.
///
/// Sources: Excel's own limits (1,048,576 rows, 32,767 characters a cell), trust.md part 4.3 for the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Size of a text file, bytes (2 GiB; it is streamed, so this bounds time, not memory).
    pub text_bytes: u64,
    /// Size of a workbook, bytes (256 MiB).
    pub workbook_bytes: u64,
    /// Columns (256).
    pub columns: usize,
    /// Rows of a workbook's sheet (1,048,576).
    pub sheet_rows: u32,
    /// Characters of a cell (32,767); a longer one fails its row.
    pub cell_characters: usize,
    /// Bytes of one JSON record (4 MiB).
    pub record_bytes: usize,
    /// Bytes of one answer of a platform's interface, which holds many records (64 MiB).
    pub answer_bytes: usize,
    /// Entries of a workbook's archive (200).
    pub zip_entries: usize,
    /// Unpacked bytes of one sheet (1 GiB; it is streamed).
    pub zip_sheet_bytes: u64,
    /// Unpacked bytes of the shared strings (256 MiB; the reader holds them in memory).
    pub zip_strings_bytes: u64,
    /// Unpacked bytes of any other entry (64 MiB).
    pub zip_entry_bytes: u64,
    /// Unpacked bytes of the whole archive (2 GiB).
    pub zip_total_bytes: u64,
    /// Unpacked to packed, counted for entries beyond 16 MiB (250; Excel's own sheets reach some 30).
    pub zip_ratio: u64,
    /// Bytes between two tags of a sheet or of the shared strings (1 MiB): no cell is that long.
    pub xml_run_bytes: usize,
    /// Address space of the child, bytes (512 MiB).
    pub child_memory_bytes: u64,
    /// Processor seconds of the child (600).
    pub child_cpu_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            text_bytes: 2048 * MIB,
            workbook_bytes: 256 * MIB,
            columns: 256,
            sheet_rows: 1_048_576,
            cell_characters: 32_767,
            record_bytes: 4 << 20,
            answer_bytes: 64 << 20,
            zip_entries: 200,
            zip_sheet_bytes: 1024 * MIB,
            zip_strings_bytes: 256 * MIB,
            zip_entry_bytes: 64 * MIB,
            zip_total_bytes: 2048 * MIB,
            zip_ratio: 250,
            xml_run_bytes: 1 << 20,
            child_memory_bytes: 512 * MIB,
            child_cpu_seconds: 600,
        }
    }
}

/// What to read; one JSON line on the child's standard input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParseRequest {
    /// The file.
    pub path: PathBuf,
    /// Its encoding by any WHATWG label (`gbk`, `utf-8`, `windows-1252` …); detected when none.
    pub encoding: Option<String>,
    /// Its delimiter; sniffed when none.
    pub delimiter: Option<char>,
    /// Bounds.
    pub limits: Limits,
}

impl ParseRequest {
    /// Reads `path` with everything detected and the default bounds.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), encoding: None, delimiter: None, limits: Limits::default() }
    }
}
