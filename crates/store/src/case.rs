//! Cases 跟进单: one for every review that needs somebody, with its events.

mod around;
pub(crate) mod change;
pub(crate) mod detail;
mod event;
mod list;

pub use crate::filter::{Filter as CaseFilter, Owner};
pub use around::{around, by_number, by_words};
pub use change::{
    CaseHead, CaseOpen, CaseRevised, add_event, last_ownership_event, lock_for_change, open_many,
    review_changed_many, set_ownership,
};
pub use detail::{CaseBrief, CaseDetail, get, said};
pub use event::{CaseEvent, EventKind};
pub use list::{CaseRow, Sort, count, ids, list};

pub(crate) use around::{Walked, built_around, built_by_number, built_by_words};
pub(crate) use list::samples;

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
