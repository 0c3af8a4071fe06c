//! Pages of reviews.

use pingxin_domain::Scope;

use super::filter::{Drive, ReviewFilter, Sort};
use super::row::{self, ReviewRow, review_columns, review_joins};
use crate::page::{Count, Cursor, Page, page_limit};
use crate::sql::Built;
use crate::{Engine, StoreError, Tx};

const NEWEST: u8 = 1;
const SEVERITY: u8 = 2;

/// The statement of one page; `None` when nothing can match.
pub(crate) fn built_list<'a>(
    engine: Engine,
    scope: &'a Scope,
    filter: &'a ReviewFilter,
    sort: Sort,
    after: Option<Cursor>,
    limit: u32,
) -> Option<Built<'a>> {
    let mut built = Built::new(concat!("SELECT ", review_columns!()));
    if !filter.push_from_where(&mut built, scope, engine, sort, review_joins!()) {
        return None;
    }
    // The column of the index that is walked, so that it is walked in order.
    let position = match filter.drive(engine, sort) {
        Drive::Search(_) => "k.rowid",
        Drive::Cause(_) => "k.position",
        Drive::Reviews | Drive::Nowhere => "r.position",
    };
    match (sort, after) {
        (Sort::Newest, Some(after)) => {
            built.push(" AND ").push(position).with(" < ", after.first);
        }
        (Sort::Severity, Some(after)) => {
            built.with(" AND (r.severity, r.position) < (", after.first);
            built.with(", ", after.second).push(")");
        }
        (_, None) => {}
    }
    match sort {
        Sort::Newest => built.push(" ORDER BY ").push(position).push(" DESC"),
        Sort::Severity => built.push(" ORDER BY r.severity DESC, r.position DESC"),
    };
    built.with(" LIMIT ", limit);
    Some(built)
}

/// The statement of a capped count.
pub(crate) fn built_count<'a>(
    engine: Engine,
    scope: &'a Scope,
    filter: &'a ReviewFilter,
) -> Option<Built<'a>> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1");
    if !filter.push_from_where(&mut built, scope, engine, Sort::Newest, "") {
        return None;
    }
    built.push(" LIMIT 1001) counted");
    Some(built)
}

/// One page.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &ReviewFilter,
    sort: Sort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<ReviewRow>, StoreError> {
    let limit = page_limit(limit);
    let name = if sort == Sort::Newest { NEWEST } else { SEVERITY };
    let after = Cursor::read(cursor, name)?;
    let Some(built) = built_list(tx.engine(), scope, filter, sort, after, limit + 1) else {
        return Ok(Page { rows: Vec::new(), next: None });
    };
    let keys = tx.keys();
    let rows = tx.all_built("review::list", built).await?;
    let rows: Result<Vec<_>, _> =
        rows.iter().map(|found| row::read(&mut found.columns(), scope, &keys)).collect();
    Ok(Page::cut(rows?, limit, |last| match sort {
        Sort::Newest => Cursor::new(NEWEST, last.position, 0),
        Sort::Severity => Cursor::new(SEVERITY, i64::from(last.severity), last.position),
    }))
}

/// How many, up to a thousand.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &ReviewFilter) -> Result<Count, StoreError> {
    let Some(built) = built_count(tx.engine(), scope, filter) else { return Ok(Count::of(0)) };
    let rows = tx.all_built("review::count", built).await?;
    rows.first().map_or(Ok(Count::of(0)), |row| row.columns().unsigned().map(Count::of))
}
