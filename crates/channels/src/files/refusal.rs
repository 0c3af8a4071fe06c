//! Why a whole file was not taken, in a sentence a seller can act on.

use std::io;

use pingxin_domain::Say;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// The machine's name of a refusal.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum RefusalCode {
            $($(#[$doc])* $name,)+
        }

        impl RefusalCode {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as the API gives it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

codes! {
    /// Missing, a folder, or not readable.
    Unreadable = "unreadable",
    /// Nothing in it.
    Empty = "empty",
    /// A kind of file we do not read (old Excel, web page, PDF, archive …).
    WrongFormat = "wrong_format",
    /// Bigger than the bounds.
    TooLarge = "too_large",
    /// More than 256 columns, or a cell far to the right.
    SheetTooWide = "sheet_too_wide",
    /// More rows than a sheet has.
    SheetTooLong = "sheet_too_long",
    /// A workbook that unpacks to far more than it should.
    ArchiveBomb = "archive_bomb",
    /// An archive or folder with more than one table.
    SeveralTables = "several_tables",
    /// An archive or folder with more files than we look at.
    TooManyFiles = "too_many_files",
    /// Broken inside.
    Damaged = "damaged",
    /// An error of the platform instead of its export.
    PlatformError = "platform_error",
    /// Encoding unknown or not recognised.
    Encoding = "encoding",
    /// No column was understood.
    UnknownColumns = "unknown_columns",
    /// Day and month cannot be told apart in a column of dates.
    AmbiguousDates = "ambiguous_dates",
    /// `--map` names a field or column that is not there.
    WrongMapping = "wrong_mapping",
    /// `--profile` names no profile.
    UnknownProfile = "unknown_profile",
    /// The reading process needed more memory than it may have.
    OutOfMemory = "out_of_memory",
    /// The reading process took too long.
    TooSlow = "too_slow",
    /// The reading process ended without an answer.
    ReaderStopped = "reader_stopped",
}

/// A file that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", say.en)]
pub struct Refusal {
    /// For machines.
    pub code: RefusalCode,
    /// For people.
    pub say: Say,
}

impl Refusal {
    /// A refusal in both languages.
    pub fn new(code: RefusalCode, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, say: Say::new(zh, en) }
    }

    /// A workbook or record that cannot be read on.
    pub(super) fn damaged(what: &str) -> Self {
        Self::new(
            RefusalCode::Damaged,
            format!("文件已损坏，无法读取（{what}）。请重新导出，或用 Excel 打开后另存为新的 .xlsx 再导入。"),
            format!(
                "The file is damaged ({what}). Export it again, or open it in Excel, save it as a new .xlsx and import that."
            ),
        )
    }
}

/// Why reading ended early.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file was refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The reading process could not be started or spoken to.
    #[error("the reading process could not be used: {source}")]
    Reader {
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl FileError {
    /// Something plain to show, whatever happened.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        match self {
            Self::Refused(refusal) => refusal.clone(),
            Self::Reader { source } => Refusal::new(
                RefusalCode::ReaderStopped,
                format!("读取文件的进程没能正常工作（{source}）。请再试一次；若仍不行，请把日志发给管理员。"),
                format!(
                    "The process that reads files did not work ({source}). Try again; if it stays so, send the log to whoever runs this server."
                ),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_ones_in_json() {
        for code in RefusalCode::ALL {
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{}\"", code.as_str()));
        }
    }

    #[test]
    fn every_error_has_a_sentence_in_both_languages() {
        let error = FileError::Reader { source: io::Error::other("no such program") };
        let refusal = error.refusal();
        assert!(refusal.say.zh.contains("no such program") && refusal.say.en.contains("no such program"));
    }
}
