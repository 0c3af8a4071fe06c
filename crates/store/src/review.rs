//! Reviews: what was written, every revision of it, what triage read in it, and the lists.

mod around;
pub(crate) mod before;
mod columns;
pub(crate) mod detail;
mod filter;
pub(crate) mod gone;
pub(crate) mod known;
mod list;
mod row;
pub(crate) mod write;

pub use around::around;
pub use before::{ReviewBefore, befores};
pub use columns::TriageColumns;
pub use detail::{ReviewDetail, Revision, get};
pub use filter::{ReviewFilter, Sort};
pub use gone::set_gone;
pub use known::{OwnReview, StoredReview, count_twins, find_by_identities, find_own, mark_seen_many};
pub use list::{count, list};
pub use row::ReviewRow;
pub use write::{ReviewInsert, ReviewRevise, insert_many, revise_many};

use pingxin_domain::intake::IncomingReview;

pub(crate) use around::built_around;
pub(crate) use filter::{push_shops, sample_filters};
pub(crate) use list::{built_count, built_list};
pub(crate) use row::{read as read_row, read_nick, review_columns};

/// What search looks through: title, text, product title and order number, each on a line of its own (a line break
/// ends every run, so nothing is found across two of them).
#[must_use]
pub fn searchable_text(review: &IncomingReview) -> String {
    join_searchable(
        review.title.as_deref(),
        &review.text,
        review.product_title.as_deref(),
        review.order_number.as_deref(),
    )
}

pub(crate) fn join_searchable(
    title: Option<&str>,
    text: &str,
    product: Option<&str>,
    order: Option<&str>,
) -> String {
    [title.unwrap_or(""), text, product.unwrap_or(""), order.unwrap_or("")].join("\n")
}
