//! Reviews: what was written, every revision of it, what triage read in it, and the lists.

mod around;
pub(crate) mod before;
mod columns;
pub(crate) mod detail;
pub(crate) mod gone;
pub(crate) mod happened;
pub(crate) mod known;
mod list;
pub(crate) mod row;
pub(crate) mod write;

pub use around::around;
pub use before::{ReviewBefore, befores};
pub use columns::TriageColumns;
pub use detail::{ReviewDetail, Revision, get};
pub use gone::{gone_since, set_gone};
pub(crate) use happened::orders_of_cases;
pub use happened::{Happened, happened};
pub use known::{
    OwnReview, StoredReview, count_twins, find_by_identities, find_own, mark_seen_many, set_replies,
};
pub use list::{Sort, count, ids, list};
pub use row::ReviewRow;
pub use write::{ReviewInsert, ReviewRevise, insert_many, revise_many};

use pingxin_domain::intake::IncomingReview;

pub use crate::filter::Filter as ReviewFilter;
pub(crate) use crate::filter::push_shops;

pub(crate) use around::built_around;
pub(crate) use list::{samples, show_tags};
pub(crate) use row::{read as read_row, read_buyer, read_nick, read_rating, review_columns, review_joins};

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
