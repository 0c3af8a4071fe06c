//! What the child sends and the desk receives.

use pingxin_domain::Say;
use pingxin_domain::intake::RowFailure;
use pingxin_domain::media::MediaType;
use serde::{Deserialize, Serialize};

use super::format::Format;

/// What was found before the first row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Format by content, not by name.
    pub format: Format,
    /// Encoding in lower case (`utf-8`, `gb18030`, `utf-16le` …).
    pub encoding: String,
    /// Delimiter of a text table; none for one column, JSON and workbooks.
    pub delimiter: Option<char>,
    /// Sheet that is read, of a workbook.
    pub sheet: Option<String>,
    /// Column names, trimmed; unnamed ones are numbered.
    pub columns: Vec<String>,
    /// Size of the file.
    pub bytes: u64,
}

/// One row of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// Line where the row begins, from 1 (row number in a sheet, number of the record in a JSON array or in answers of an interface).
    pub line: u64,
    /// A cell for every column of the header. Values of a column named `…[]` stand one behind the other,
    /// parted by [`RawRow::SEPARATOR`].
    pub cells: Vec<String>,
}

impl RawRow {
    /// Parts the values of a `…[]` column (U+001E, "record separator").
    pub const SEPARATOR: char = '\u{1e}';
}

/// A photo or video that came with the table; a photo is written anew, so that only its pixels came through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    /// The last part of its path, by which rows name it.
    pub name: String,
    /// What it is.
    pub media_type: MediaType,
    /// Pixels; none for a video.
    pub width: Option<u32>,
    /// Pixels; none for a video.
    pub height: Option<u32>,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A file that came with the table and is neither photo nor video, or not one that can be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaRefused {
    /// The last part of its path.
    pub name: String,
    /// Why, and what to do.
    pub reason: Say,
}

/// A piece of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// At most 256 rows.
    Rows(Vec<RawRow>),
    /// A row that could not be read; counts as a row.
    Failed {
        /// Which, and why.
        failure: RowFailure,
        /// Its cells as far as they could be read, so that they can be mended; those beyond the header stand behind.
        cells: Vec<String>,
    },
    /// How far the file has been read.
    Progress {
        /// Bytes of the file.
        bytes_read: u64,
    },
    /// A photo or video. They come after the last row.
    Media(MediaFile),
    /// A file that was not taken; comes among the photos and videos.
    MediaRefused(MediaRefused),
}

impl Frame {
    /// Whether the rows have come to their end before it.
    #[must_use]
    pub fn is_of_media(&self) -> bool {
        matches!(self, Self::Media(_) | Self::MediaRefused(_))
    }
}
