//! Cases 跟进单: one for every review that needs somebody, with its events.

mod around;
pub(crate) mod change;
pub(crate) mod detail;
mod event;
mod list;

pub use around::{around, by_number, by_words};
pub use change::{
    CaseHead, CaseOpen, CaseRevised, add_event, lock_for_change, open_many, review_changed_many,
    set_ownership,
};
pub use detail::{CaseBrief, CaseDetail, get};
pub use event::{CaseEvent, EventKind};
pub use list::{CaseFilter, CaseRow, Owner, Sort, count, list};

pub(crate) use around::{built_around, built_by_number, built_by_words};
pub(crate) use list::{built_count, built_list, sample_filters};

use pingxin_domain::case::CaseKind;
use pingxin_domain::triage::CaseReason;

/// The stored kind of a case about a review.
fn read_kind(code: &str) -> Option<CaseKind> {
    (code == CaseKind::Review.code()).then_some(CaseKind::Review)
}

fn read_reason(code: &str) -> Option<CaseReason> {
    use CaseReason::{BadFollowup, BadVerdict, LowStars, NegativeText, PraiseClash};
    [LowStars, BadVerdict, BadFollowup, PraiseClash, NegativeText]
        .into_iter()
        .find(|reason| reason.as_str() == code)
}
