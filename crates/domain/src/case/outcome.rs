//! How a case ended.

use super::CaseState;
use crate::pack::Outcome as Granted;
use crate::words::words;

words! {
    /// How a case ended.
    Outcome {
        /// The platform removed the review 已移除.
        Removed = "removed",
        /// The platform struck it through, and it no longer counts 已划线.
        Struck = "struck",
        /// The platform took words out of it; the rating stays 文字已删.
        TextRemoved = "text_removed",
        /// The buyer changed or deleted it of his own will 买家已修改.
        Revised = "revised",
        /// The matter was put right, the review stays as it is 已解决未改.
        Kept = "kept",
        /// Answered in public; there was nothing more to do 已公开回复.
        Replied = "replied",
        /// The buyer could not be reached or won 已放弃.
        GivenUp = "given_up",
        /// No matter for us: by mistake, double, or praise 无效.
        Invalid = "invalid",
        /// It goes on in another case 已合并.
        Merged = "merged",
    }
}

impl Outcome {
    /// Those that a person can choose: merging is a deed of its own.
    pub const CHOSEN: [Self; 8] = [
        Self::Removed,
        Self::Struck,
        Self::TextRemoved,
        Self::Revised,
        Self::Kept,
        Self::Replied,
        Self::GivenUp,
        Self::Invalid,
    ];

    /// Whether the matter itself came to a good end. Words taken out of a review whose rating stays are none (TB-BAD1,
    /// TB-BAD2): that case is closed, not solved.
    #[must_use]
    pub fn is_solved(self) -> bool {
        matches!(self, Self::Removed | Self::Struck | Self::Revised | Self::Kept | Self::Replied)
    }

    /// How the case of a review ends whose removal request is granted, from what the ground asks for.
    #[must_use]
    pub fn of_grant(granted: Granted) -> Self {
        match granted {
            Granted::Removed => Self::Removed,
            Granted::Struck => Self::Struck,
            Granted::TextRemovedRatingKept => Self::TextRemoved,
        }
    }

    /// The state that a case with this outcome ends in.
    #[must_use]
    pub fn ends_in(self) -> CaseState {
        if self.is_solved() { CaseState::Solved } else { CaseState::Closed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_all_but_merging_are_chosen() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_code(outcome.code()), Some(*outcome));
            assert_eq!(Outcome::CHOSEN.contains(outcome), *outcome != Outcome::Merged);
        }
    }

    #[test]
    fn a_grant_ends_a_case_as_its_ground_says() {
        let ends = Granted::ALL.iter().map(|granted| Outcome::of_grant(*granted).code());
        assert_eq!(ends.collect::<Vec<_>>(), ["removed", "struck", "text_removed"]);
    }

    #[test]
    fn taken_out_words_are_no_win() {
        assert_eq!(Outcome::TextRemoved.ends_in(), CaseState::Closed);
        assert_eq!(Outcome::Struck.ends_in(), CaseState::Solved);
    }
}
