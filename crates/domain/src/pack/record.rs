//! How well a value is known, and since when it holds.

use jiff::civil::Date;
use serde::Serialize;

use crate::Source;
use crate::words::words;

words! {
    /// How good the sources are.
    Grade {
        /// The platform's or the law's own text.
        A = "A",
        /// Several independent pages, or one that reproduces an official notice.
        B = "B",
        /// One page of a third party.
        C = "C",
        /// Sources disagree.
        D = "D",
        /// Assumed by us.
        N = "N",
    }
}

words! {
    /// What kind of knowledge a value is.
    Status {
        /// Sources agree.
        Confirmed = "confirmed",
        /// One source says so.
        SingleSource = "single-source",
        /// Everybody repeats it, nobody official says it.
        Folk = "folk",
        /// Sources disagree; `alternatives` says what they say.
        Disputed = "disputed",
        /// Taken over from a related platform, not confirmed here.
        Assumed = "assumed",
    }
}

impl Status {
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
