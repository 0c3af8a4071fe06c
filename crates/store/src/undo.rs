//! Taking an import back: what it brought goes, unless a person has worked on it or another import has brought it too.
//!
//! A review or case that goes takes its append-only rows along; that is allowed only for what `undone_things` names, and
//! only inside the transaction that does it.

pub(crate) mod brought;
pub(crate) mod remove;
pub(crate) mod renew;

pub use brought::{Brought, KeptReview, brought, kept_orders, kept_records, kept_reviews, left, restorable};
pub use remove::{
    delete_records, drop_lines, order_is_untouched, orders_to_remove, records_to_remove, remove_case,
    remove_orders, remove_reviews, reviews_to_remove, untouched_review,
};

pub use renew::{renew_of_orders, renew_of_records, renew_of_reviews};

use crate::sql::Statement;

/// The statements of all parts.
pub(crate) const STATEMENTS: &[&[Statement]] = &[brought::STATEMENTS, remove::STATEMENTS, renew::STATEMENTS];

/// A case `c` that somebody has worked on.
macro_rules! touched_case {
    () => {
        "(c.owner_user_id IS NOT NULL OR c.state <> 'open' OR EXISTS (SELECT 1 FROM case_events e \
          WHERE e.tenant_id = c.tenant_id AND e.case_id = c.id AND e.actor_user_id IS NOT NULL) \
          OR EXISTS (SELECT 1 FROM tasks t WHERE t.tenant_id = c.tenant_id AND t.case_id = c.id) \
          OR EXISTS (SELECT 1 FROM guard_holds h WHERE h.tenant_id = c.tenant_id AND h.case_id = c.id))"
    };
}
pub(crate) use touched_case;

/// A review `r` that somebody has tagged, corrected, found gone or wants removed, or whose case somebody has worked on.
macro_rules! touched_review {
    () => {
        concat!(
            "(r.gone_at IS NOT NULL OR EXISTS (SELECT 1 FROM removal_facts f WHERE f.tenant_id = r.tenant_id \
              AND f.review_id = r.id) OR EXISTS (SELECT 1 FROM removal_requests q WHERE q.tenant_id = r.tenant_id \
              AND q.review_id = r.id) OR EXISTS (SELECT 1 FROM thanks a WHERE a.tenant_id = r.tenant_id \
              AND a.review_id = r.id) OR EXISTS (SELECT 1 FROM evidence_files e WHERE e.tenant_id = r.tenant_id \
              AND e.review_id = r.id) OR EXISTS (SELECT 1 FROM review_tags g WHERE g.tenant_id = r.tenant_id \
              AND g.position = r.position) OR EXISTS (SELECT 1 FROM reading_corrections k WHERE k.tenant_id = r.tenant_id \
              AND k.review_id = r.id) OR EXISTS (SELECT 1 FROM cases c WHERE c.tenant_id = r.tenant_id \
              AND c.review_id = r.id AND ",
            crate::undo::touched_case!(),
            "))"
        )
    };
}
pub(crate) use touched_review;
