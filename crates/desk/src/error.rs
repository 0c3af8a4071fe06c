//! What can go wrong in a use case, and the sentence a person reads about it.

mod barred;

use pingxin_channels::files::FileError;
use pingxin_channels::files::write::WriteError;
use pingxin_domain::Say;
use pingxin_store::StoreError;
use thiserror::Error;

pub use self::barred::Barred;
use crate::guard::Checked;

/// Result of a use case.
pub type Result<T> = std::result::Result<T, DeskError>;

/// Why a use case did not happen.
#[derive(Debug, Error)]
pub enum DeskError {
    /// Role or token do not allow it.
    #[error("{} not allow `{}`", .0.who(), .0.action().code())]
    Forbidden(Barred),
    /// Absent, or another merchant's or shop's: nobody is told which.
    #[error("not found")]
    NotFound,
    /// Somebody else changed it since it was read.
    #[error("changed by somebody else in the meantime")]
    Stale,
    /// A rule says no.
    #[error("{}", .0.en)]
    Refused(Say),
    /// The guard stops a text: nobody can keep or send it as it stands.
    #[error("the guard stops this text: {}", .0.say().en)]
    Blocked(Box<Checked>),
    /// The database did not do it.
    #[error("the database: {0}")]
    Store(StoreError),
    /// A file could not be read or written as asked.
    #[error("the file: {0}")]
    File(#[from] FileError),
    /// An export could not be written.
    #[error(transparent)]
    Export(#[from] WriteError),
    /// The machine's own files.
    #[error("{doing}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { .. } => Self::NotFound,
            other => Self::Store(other),
        }
    }
}

impl DeskError {
    /// A refusal in both languages.
    pub fn refused(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Refused(Say::new(zh, en))
    }

    /// What a person reads: what happened and what to do next, no internals.
    #[must_use]
    pub fn say(&self) -> Say {
        match self {
            Self::Forbidden(barred) => barred.say(),
            Self::NotFound => Say::new(
                "没有找到，可能已被删除或不在您的店铺范围内",
                "not found; it may be gone or outside your shops",
            ),
            Self::Stale => Say::new(
                "同事刚刚改过，请刷新后再试",
                "a colleague has just changed this; reload and try again",
            ),
            Self::Refused(say) => say.clone(),
            Self::Blocked(checked) => {
                let why = checked.say();
                Say::new(format!("发送前检查拦截：{}", why.zh), format!("stopped by the guard: {}", why.en))
            }
            Self::Store(_) => Say::new(
                "数据库暂时不可用，请稍后重试",
                "the database is not available right now; try again shortly",
            ),
            Self::File(error) => error.refusal().say,
            Self::Export(error) => Say::new(format!("导出失败：{error}"), error.to_string()),
            Self::Io { .. } => Say::new(
                "服务器读写文件失败，请检查磁盘空间后重试",
                "the server could not read or write a file; check its disk space and try again",
            ),
        }
    }
}
