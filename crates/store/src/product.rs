//! Products as the reviews of a shop tell of them, with counters that are kept as reviews arrive, change and go.
//!
//! A product is known by the platform's id, else by its title. What it counts is worked out by `tally`, which every
//! call that adds, changes or removes reviews feeds, once for all reviews of a call.

mod known;
pub(crate) mod list;
pub(crate) mod tally;

pub use known::{of_lines, ranks};
pub use list::{Product, ProductFilter, ProductSort, causes, count, get, list};

pub(crate) use known::{Named, STATEMENTS as KNOWN, name_many, searched};
pub(crate) use list::{STATEMENTS as LIST, built_count, built_list, sample_filters};
pub(crate) use tally::{Counted, STATEMENTS as TALLY, Tally};

use crate::sql::Statement;

/// The statements of every part.
pub(crate) const STATEMENTS: &[&[Statement]] = &[KNOWN, LIST, TALLY];

/// What tells a product from others of its shop, as a line of an order says it too.
pub(crate) fn identity(key: Option<&str>, title: Option<&str>) -> Option<String> {
    let said = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    said(key).map(|key| format!("k:{key}")).or_else(|| said(title).map(|title| format!("t:{title}")))
}
