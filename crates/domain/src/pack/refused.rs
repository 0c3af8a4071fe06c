//! Why a pack is not taken.

use thiserror::Error;

/// A pack that is refused whole; the one in force before it stays.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: `{key}`: {message}")]
pub struct Refused {
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The table and key, such as `window.buyer_modify.days`; empty when the file is no TOML at all.
    pub key: String,
    /// What is wrong with it.
    pub message: String,
}
