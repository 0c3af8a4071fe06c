//! A review: what a buyer said and how he rated it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Stars, 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Rating(u8);

/// A number of stars that no platform gives.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no rating; stars run from 1 to 5")]
pub struct NoRating(pub String);

impl Rating {
    /// The stars as a number, 1 to 5.
    #[must_use]
    pub fn stars(self) -> u8 {
        self.0
    }

    /// Three stars or fewer: what the desk follows up (中差评).
    #[must_use]
    pub fn is_bad_or_neutral(self) -> bool {
        self.0 <= 3
    }

    /// Reads a cell: `5`, `５`, `4.0`, `5星`, `5 stars`, `4/5`, `★★★★☆`, `五星`.
    ///
    /// # Errors
    /// [`NoRating`] for halves, zero, more than five, and anything that is no number of stars.
    pub fn parse(text: &str) -> Result<Self, NoRating> {
        let wrong = || NoRating(text.chars().take(40).collect());
        let trimmed = text.trim();
        if !trimmed.is_empty() && trimmed.chars().all(|mark| matches!(mark, '★' | '☆' | '⭐' | '\u{fe0f}'))
        {
            let full = trimmed.chars().filter(|mark| matches!(mark, '★' | '⭐')).count();
            return u8::try_from(full).ok().and_then(|stars| Self::try_from(stars).ok()).ok_or_else(wrong);
        }
        let plain: String = trimmed.chars().map(narrow).collect::<String>().to_lowercase();
        let mut number = plain.as_str();
        for ending in ["out of 5 stars", "out of 5", "stars", "star", "星级", "星", "分", "/5.0", "/5"] {
            if let Some(rest) = number.strip_suffix(ending) {
                number = rest.trim_end();
                break;
            }
        }
        let stars = match number {
            "一" => "1",
            "二" | "两" => "2",
            "三" => "3",
            "四" => "4",
            "五" => "5",
            other => other.split_once('.').map_or(other, |(whole, fraction)| {
                if !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0') {
                    whole
                } else {
                    other
                }
            }),
        };
        match stars.as_bytes() {
            [digit @ b'1'..=b'5'] => Ok(Self(digit - b'0')),
            _ => Err(wrong()),
        }
    }
}

fn narrow(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        other => other,
    }
}

impl TryFrom<u8> for Rating {
    type Error = NoRating;

    fn try_from(stars: u8) -> Result<Self, NoRating> {
        if (1..=5).contains(&stars) { Ok(Self(stars)) } else { Err(NoRating(stars.to_string())) }
    }
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> Self {
        rating.0
    }
}

/// A three-way judgement 好评 / 中评 / 差评, on platforms without stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 好评
    Good,
    /// 中评
    Neutral,
    /// 差评
    Bad,
}

impl Verdict {
    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Neutral => "neutral",
            Self::Bad => "bad",
        }
    }

    /// Reads a code or the words platforms export; `None` when the word is no verdict.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "good" | "positive" | "好评" | "好" => Some(Self::Good),
            "neutral" | "中评" | "中" => Some(Self::Neutral),
            "bad" | "negative" | "差评" | "差" => Some(Self::Bad),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_stars_as_files_write_them() {
        for (text, stars) in [
            ("5", 5),
            ("５", 5),
            (" 4.0 ", 4),
            ("3星", 3),
            ("2 stars", 2),
            ("1/5", 1),
            ("★★★★☆", 4),
            ("五星", 5),
            ("4.0 out of 5 stars", 4),
            ("⭐⭐⭐", 3),
        ] {
            assert_eq!(Rating::parse(text).map(Rating::stars), Ok(stars), "{text}");
        }
    }

    #[test]
    fn refuses_what_no_platform_gives() {
        for text in
            ["", "0", "6", "-1", "1e308", "NaN", "4.5", "99999999999999999999", "９x", "☆☆☆☆☆", "5.", "ok"]
        {
            assert!(Rating::parse(text).is_err(), "{text}");
        }
        assert!(serde_json::from_str::<Rating>("6").is_err());
    }

    #[test]
    fn three_stars_are_followed_up_and_four_are_not() {
        assert!(Rating::parse("3").unwrap().is_bad_or_neutral());
        assert!(!Rating::parse("4").unwrap().is_bad_or_neutral());
    }

    #[test]
    fn verdicts_read_back() {
        for verdict in [Verdict::Good, Verdict::Neutral, Verdict::Bad] {
            assert_eq!(Verdict::from_code(verdict.code()), Some(verdict));
        }
        assert_eq!(Verdict::from_code("POSITIVE"), Some(Verdict::Good));
        assert_eq!(Verdict::from_code("还行"), None);
    }

    proptest! {
        #[test]
        fn no_cell_makes_it_panic(text in "\\PC{0,30}") {
            let _ = Rating::parse(&text);
        }
    }
}
