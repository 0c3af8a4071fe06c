//! The reviews of an order, of a buyer, or that name an order number.

use pingxin_domain::Scope;

use super::row::{self, ReviewRow, review_columns, review_joins};
use crate::around::Around;
use crate::sql::Built;
use crate::{StoreError, Tx};

/// The newest reviews around something, at most so many.
///
/// # Errors
/// The database's error.
pub async fn around(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: Around<'_>,
    most: u32,
) -> Result<Vec<ReviewRow>, StoreError> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let keys = tx.keys();
    let rows = tx.all_built("review::around", built_around(scope, of, most)).await?;
    let rows: Result<Vec<_>, _> =
        rows.iter().map(|found| row::read(&mut found.columns(), scope, &keys)).collect();
    let mut rows: Vec<ReviewRow> = rows?;
    super::show_tags(tx, scope, rows.iter_mut()).await?;
    Ok(rows)
}

/// The statement.
pub(crate) fn built_around<'a>(scope: &'a Scope, of: Around<'_>, most: u32) -> Built<'a> {
    let mut built = Built::new(concat!("SELECT ", review_columns!(), " FROM reviews r", review_joins!()));
    built.with(" WHERE r.tenant_id = ", scope.tenant).push(" AND r.id IN (SELECT f.id FROM reviews f");
    of.push_reviews(&mut built, scope);
    // The sum keeps both engines from walking all reviews by position.
    built.push(") ORDER BY r.position + 0 DESC").with(" LIMIT ", most);
    built
}
