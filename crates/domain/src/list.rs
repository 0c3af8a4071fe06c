//! The lists of the desk, and how their filters are joined.

use serde::{Deserialize, Serialize};

/// Longest name of a saved view, in characters.
pub const VIEW_NAME_LIMIT: usize = 40;
/// Longest filter of a saved view, in bytes.
pub const QUERY_LIMIT: usize = 4_000;
/// Things of one bulk action at most, when a filter names them.
pub const BULK_LIMIT: u32 = 5_000;

/// A list that has filters, saved views and exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// Reviews.
    Reviews,
    /// Cases.
    Cases,
    /// Orders.
    Orders,
    /// Buyers.
    Buyers,
    /// Products.
    Products,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 5] = [Self::Reviews, Self::Cases, Self::Orders, Self::Buyers, Self::Products];

    /// The stored code, which is also the name in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Reviews => "reviews",
            Self::Cases => "cases",
            Self::Orders => "orders",
            Self::Buyers => "buyers",
            Self::Products => "products",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.code() == code)
    }
}

/// Whether every condition must hold, or one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// One is enough.
    Any,
    /// All of them.
    #[default]
    All,
}

/// What has become of a review since it was first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// Its buyer changed it.
    Revised,
    /// It is gone from the platform.
    Deleted,
}

/// What is done to many things at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkKind {
    /// Puts a tag on them.
    Tag,
    /// Takes a tag off them.
    Untag,
    /// Gives their cases to somebody, or to nobody.
    Assign,
    /// Notes that they are gone from the platform.
    MarkGone,
    /// Notes that they are there after all.
    UnmarkGone,
    /// Ends their cases with an outcome.
    End,
    /// Does to their cases what a macro says.
    Macro,
}

impl BulkKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Tag, Self::Untag, Self::Assign, Self::MarkGone, Self::UnmarkGone, Self::End, Self::Macro];

    /// The stored code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Untag => "untag",
            Self::Assign => "assign",
            Self::MarkGone => "mark_gone",
            Self::UnmarkGone => "unmark_gone",
            Self::End => "end",
            Self::Macro => "macro",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The name of a saved view as it is kept; none when nothing or too much is left.
#[must_use]
pub fn view_name(typed: &str) -> Option<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    (1..=VIEW_NAME_LIMIT).contains(&name.chars().count()).then_some(name)
}

/// Whether these can be the names of columns.
#[must_use]
pub fn are_columns(names: &[String]) -> bool {
    let is_name = |name: &String| {
        (1..=40).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    names.len() <= 60 && names.iter().all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_back() {
        for list in List::ALL {
            assert_eq!(List::from_code(list.code()), Some(list));
        }
        for kind in BulkKind::ALL {
            assert_eq!(BulkKind::from_code(kind.code()), Some(kind));
        }
    }

    #[test]
    fn names_of_views_and_columns_are_short_and_plain() {
        assert_eq!(view_name(" 我的 差评 ").as_deref(), Some("我的 差评"));
        assert_eq!(view_name(""), None);
        assert!(are_columns(&["case_number".into()]) && are_columns(&[]));
        assert!(!are_columns(&["Case".into()]) && !are_columns(&[String::new()]));
        assert!(!are_columns(&vec!["a".to_owned(); 61]));
    }
}
