//! Tags 标签 that people put on reviews.

use serde::{Deserialize, Serialize};

/// Longest name of a tag, in characters.
pub const NAME_LIMIT: usize = 30;

/// The colour of a tag; its word is that of the screen's palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Gold.
    Gold,
    /// Green.
    Green,
    /// Cyan.
    Cyan,
    /// Blue.
    Blue,
    /// Purple.
    Purple,
    /// Grey.
    Grey,
}

impl Colour {
    /// Every colour.
    pub const ALL: [Self; 8] =
        [Self::Red, Self::Orange, Self::Gold, Self::Green, Self::Cyan, Self::Blue, Self::Purple, Self::Grey];

    /// The stored code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Gold => "gold",
            Self::Green => "green",
            Self::Cyan => "cyan",
            Self::Blue => "blue",
            Self::Purple => "purple",
            Self::Grey => "grey",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.code() == code)
    }
}

/// The name as it is kept: one line without space around it; none when nothing or too much is left.
#[must_use]
pub fn name(typed: &str) -> Option<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    (1..=NAME_LIMIT).contains(&name.chars().count()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_read_back() {
        for colour in Colour::ALL {
            assert_eq!(Colour::from_code(colour.code()), Some(colour));
        }
        assert_eq!(Colour::from_code("pink"), None);
    }

    #[test]
    fn a_name_is_one_line_of_thirty_characters_at_most() {
        assert_eq!(name("  要 \n 退款 ").as_deref(), Some("要 退款"));
        assert_eq!(name(" \t "), None);
        assert!(name(&"长".repeat(30)).is_some());
        assert_eq!(name(&"长".repeat(31)), None);
    }
}
