//! Texts that people write, within their limits.

use crate::error::{DeskError, Result};

/// How a note is named where it does not fit.
pub(crate) const NOTE: [&str; 2] = ["备注", "a note has"];

/// How a message is named where it does not fit.
pub(crate) const MESSAGE: [&str; 2] = ["消息", "a message has"];

/// A text without the blanks around it, of 1 to so many characters. `subject` names it in both languages before the limit,
/// such as `["备注", "a note has"]`.
///
/// # Errors
/// [`DeskError::Refused`] for an empty or overlong one.
pub(crate) fn within<'a>(text: &'a str, limit: usize, [zh, en]: [&str; 2]) -> Result<&'a str> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > limit {
        return Err(DeskError::refused(
            format!("{zh}需要 1 到 {limit} 个字"),
            format!("{en} 1 to {limit} characters"),
        ));
    }
    Ok(text)
}
