//! The cases of an order, of a buyer, of an order number; by their own number; by words of their review, the newest first.

use pingxin_domain::Scope;

use super::list::{CaseRow, case_columns, case_joins, read};
use crate::around::Around;
use crate::filter::plan::PROBED;
use crate::review::{review_columns, show_tags};
use crate::sql::{Built, Row};
use crate::{Engine, StoreError, Tx, search, shop};

/// The newest cases around something, at most so many.
///
/// # Errors
/// The database's error.
pub async fn around(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: Around<'_>,
    most: u32,
) -> Result<Vec<CaseRow>, StoreError> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx.all_built("case::around", built_around(scope, of, most)).await?;
    read_all(tx, scope, &rows).await
}

/// The statement of [`around`].
pub(crate) fn built_around<'a>(scope: &'a Scope, of: Around<'_>, most: u32) -> Built<'a> {
    let mut built = begin(scope);
    built.push(" AND c.id IN (SELECT h.id FROM cases h WHERE h.tenant_id = ").value(scope.tenant);
    built.push(" AND h.review_id IN (SELECT f.id FROM reviews f");
    of.push_reviews(&mut built, scope);
    built.push(") UNION SELECT f.id FROM cases f");
    of.push_cases(&mut built, scope);
    // The sum keeps both engines from walking all cases by number.
    built.push(") ORDER BY c.number + 0 DESC").with(" LIMIT ", most);
    built
}

/// The case of a number.
///
/// # Errors
/// The database's error.
pub async fn by_number(tx: &mut Tx<'_>, scope: &Scope, number: u64) -> Result<Option<CaseRow>, StoreError> {
    let rows = tx.all_built("case::by_number", built_by_number(scope, number)).await?;
    Ok(read_all(tx, scope, &rows).await?.pop())
}

/// The statement of [`by_number`].
pub(crate) fn built_by_number(scope: &Scope, number: u64) -> Built<'_> {
    let mut built = begin(scope);
    built.with(" AND c.number = ", number);
    shop::push_bounds(&mut built, scope, "c.shop_id");
    built
}

/// The cases whose review holds these words, the newest review first, at most so many.
///
/// # Errors
/// The database's error.
pub async fn by_words(
    tx: &mut Tx<'_>,
    scope: &Scope,
    words: &str,
    most: u32,
) -> Result<Vec<CaseRow>, StoreError> {
    let Some(wanted) = search::wanted(words) else { return Ok(Vec::new()) };
    let engine = tx.engine();
    let mut rows = Vec::new();
    for walked in Walked::of(engine) {
        let built = built_by_words(engine, scope, &wanted, *walked, most);
        rows = tx.all_built("case::by_words", built).await?;
        if rows.len() == most as usize {
            break;
        }
    }
    read_all(tx, scope, &rows).await
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Walked {
    /// In the reviews of the newest cases, which hold enough of a common word.
    NewestCases,
    /// In the search index. SQLite walks it from its newest end until enough of its reviews have a case; PostgreSQL reads
    /// all with the words.
    Index,
}

impl Walked {
    /// One after the other, until enough is found.
    pub(crate) fn of(engine: Engine) -> &'static [Self] {
        match engine {
            Engine::Sqlite => &[Self::Index],
            Engine::Postgres => &[Self::NewestCases, Self::Index],
        }
    }
}

/// The statement of [`by_words`].
pub(crate) fn built_by_words<'a>(
    engine: Engine,
    scope: &'a Scope,
    wanted: &search::Wanted,
    walked: Walked,
    most: u32,
) -> Built<'a> {
    let mut built = begin(scope);
    built.push(" AND c.id IN (SELECT h.id FROM ");
    let of_shops = |built: &mut Built<'a>| {
        built.with(" AND h.tenant_id = ", scope.tenant);
        shop::push_bounds(built, scope, "h.shop_id");
    };
    match (engine, walked) {
        (Engine::Sqlite, _) => {
            built.push("review_search k CROSS JOIN cases h WHERE k.review_search MATCH ");
            built.value(wanted.for_fts5()).push(" AND h.position = k.rowid");
            of_shops(&mut built);
            built.push(" ORDER BY k.rowid DESC");
        }
        (Engine::Postgres, Walked::NewestCases) => {
            built.push("(SELECT h.id, h.position FROM cases h WHERE 1 = 1");
            of_shops(&mut built);
            built.push(" ORDER BY h.position DESC").with(" LIMIT ", PROBED);
            // The entries come as they were walked.
            built.push(") h WHERE ");
            wanted.push_at_place(&mut built, scope.tenant, "h.position");
        }
        (Engine::Postgres, Walked::Index) => {
            wanted.push_positions(&mut built, scope.tenant);
            built.push(" k JOIN cases h ON h.position = k.rowid");
            of_shops(&mut built);
            built.push(" ORDER BY h.position + 0 DESC");
        }
    }
    built.with(" LIMIT ", most).push(") ORDER BY r.position + 0 DESC");
    built
}

fn begin(scope: &Scope) -> Built<'_> {
    let mut built = Built::new(concat!("SELECT ", case_columns!(), " FROM cases c", case_joins!()));
    built.with(" WHERE c.tenant_id = ", scope.tenant);
    built
}

async fn read_all(tx: &mut Tx<'_>, scope: &Scope, rows: &[Row]) -> Result<Vec<CaseRow>, StoreError> {
    let keys = tx.keys();
    let cases: Result<Vec<_>, _> = rows.iter().map(|row| read(&mut row.columns(), scope, &keys)).collect();
    let mut cases: Vec<CaseRow> = cases?;
    show_tags(tx, scope, cases.iter_mut().filter_map(|case| case.review.as_mut())).await?;
    Ok(cases)
}
