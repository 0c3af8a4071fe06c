//! How well a value is known, and since when it holds.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Source;

/// How good the sources are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grade {
    /// The platform's or the law's own text.
    A,
    /// Several independent pages, or one that reproduces an official notice.
    B,
    /// One page of a third party.
    C,
    /// Sources disagree.
    D,
    /// Assumed by us.
    N,
}

impl Grade {
    /// Reads the letter of a pack.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [("A", Self::A), ("B", Self::B), ("C", Self::C), ("D", Self::D), ("N", Self::N)]
            .into_iter()
            .find_map(|(letter, grade)| (letter == code).then_some(grade))
    }

    /// The letter.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::N => "N",
        }
    }
}

/// What kind of knowledge a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Sources agree.
    Confirmed,
    /// One source says so.
    SingleSource,
    /// Everybody repeats it, nobody official says it.
    Folk,
    /// Sources disagree; `alternatives` says what they say.
    Disputed,
    /// Taken over from a related platform, not confirmed here.
    Assumed,
}

impl Status {
    /// Every status with its code in a pack.
    pub(super) const CODES: [(&'static str, Self); 5] = [
        ("confirmed", Self::Confirmed),
        ("single-source", Self::SingleSource),
        ("folk", Self::Folk),
        ("disputed", Self::Disputed),
        ("assumed", Self::Assumed),
    ];

    /// The code of a pack.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::CODES.iter().find(|(_, status)| *status == self).map_or("", |(code, _)| code)
    }

    /// What a grade means when the pack does not say.
    #[must_use]
    pub(super) fn of(grade: Grade) -> Self {
        match grade {
            Grade::A | Grade::B => Self::Confirmed,
            Grade::C => Self::SingleSource,
            Grade::D => Self::Disputed,
            Grade::N => Self::Assumed,
        }
    }
}

/// Where a value comes from, how sure it is, and on which days it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Its sources.
    pub source: Vec<Source>,
    /// How good they are.
    pub grade: Grade,
    /// What kind of knowledge it is.
    pub status: Status,
    /// The first day on which it holds; null, as far back as is known.
    pub effective_from: Option<Date>,
    /// The last day on which it holds; null, until further notice.
    pub effective_to: Option<Date>,
    /// What else a reader should know.
    pub note: Option<String>,
}

impl Record {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, on: Date) -> bool {
        self.effective_from.is_none_or(|from| from <= on) && self.effective_to.is_none_or(|to| on <= to)
    }
}
