//! Cases 跟进单: one for every review that needs somebody and for every other matter that was opened, with its events.

pub(crate) mod alarm;
mod around;
pub(crate) mod attempt;
pub(crate) mod change;
pub(crate) mod detail;
mod event;
mod list;
pub(crate) mod matter;
pub(crate) mod planned;
pub(crate) mod told;

pub use crate::filter::{Between, CaseTimes, Filter as CaseFilter, Owner};
pub use alarm::{CaseTimed, tell, timed};
pub use around::{around, by_number, by_words};
pub use attempt::{
    AttemptHead, NewAttempt, StoredAttempt, add_attempt, attempts, lock_attempt, withdraw_attempt,
};
pub use change::{
    CaseHead, CaseOpen, CaseRevised, Move, add_event, add_event_by_itself, last_move, lock_for_change,
    mergeable, open_many, review_changed_many, set_life,
};
pub use detail::{CaseBrief, CaseDetail, contacted, get, said};
pub use event::{CaseEvent, EventKind};
pub use list::{CaseRow, Next, Sort, count, ids, list};
pub use matter::{CaseMatter, MatterOpen, buyer_of_order, of_request_key, open_matter, same_matter};
pub use planned::{
    CaseKnown, MarkOf, due_for_plan, known, mark_for_plan, mark_of_records, of_buyer, set_horizon,
    tenants_due_for_plan,
};
pub use told::{StatedNow, StepDone, add_stated, stated, steps_done, tick, untick};

pub(crate) use around::{Walked, built_around, built_by_number, built_by_words};
pub(crate) use list::samples;

use pingxin_domain::triage::CaseReason;

fn read_reason(code: &str) -> Option<CaseReason> {
    CaseReason::ALL.into_iter().find(|reason| reason.as_str() == code)
}
