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
    /// Size of an archive with a table and its pictures, bytes (1 GiB).
    pub media_archive_bytes: u64,
    /// Files of such an archive or folder (5,000).
    pub media_entries: usize,
    /// Bytes of one picture as it comes (20 MiB).
    pub media_picture_bytes: u64,
    /// Bytes of one video (64 MiB); it passes the pipe whole.
    pub media_video_bytes: u64,
    /// Bytes of all pictures and videos of one import as they come (1 GiB).
    pub media_total_bytes: u64,
    /// Pixels of one picture (40 million).
    pub media_pixels: u64,
    /// Pixels of all pictures of one import (20,000 million; it bounds time).
    pub media_total_pixels: u64,
    /// Bytes that decoding one picture may take (320 MiB of the child's address space).
    pub media_picture_memory: u64,
    /// Pixels of the longer side of a picture as it is kept (1,600).
    pub media_side: u32,
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
            media_archive_bytes: 1024 * MIB,
            media_entries: 5_000,
            media_picture_bytes: 20 * MIB,
            media_video_bytes: 64 * MIB,
            media_total_bytes: 1024 * MIB,
            media_pixels: 40_000_000,
            media_total_pixels: 20_000_000_000,
            media_picture_memory: 320 * MIB,
            media_side: 1_600,
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
    /// A folder whose photos and videos are taken along.
    pub media_folder: Option<PathBuf>,
    /// Bounds.
    pub limits: Limits,
}

impl ParseRequest {
    /// Reads `path` with everything detected and the default bounds.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            encoding: None,
            delimiter: None,
            media_folder: None,
            limits: Limits::default(),
        }
    }
}
