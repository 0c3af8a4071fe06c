//! Pages of cases.

use std::borrow::Cow;

use jiff::Timestamp;
use pingxin_domain::case::{CaseKind, CaseState};
use pingxin_domain::triage::CaseReason;
use pingxin_domain::{CaseId, Scope, ShopId, UserId};
use pingxin_language::{Cause, Fault};

use super::{read_kind, read_reason};
use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::review::{ReviewRow, push_shops, read_row, review_columns};
use crate::sealed::Keys;
use crate::sql::{Built, Columns};
use crate::{Engine, StoreError, Tx, search};

/// A case as lists show it.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// Id.
    pub id: CaseId,
    /// Number within the merchant, from 1.
    pub number: u64,
    /// What it is about.
    pub kind: CaseKind,
    /// How far it has come.
    pub state: CaseState,
    /// Its shop.
    pub shop: ShopRef,
    /// 0 to 100.
    pub severity: u8,
    /// The most important cause.
    pub primary_cause: Option<Cause>,
    /// Whose fault.
    pub fault: Option<Fault>,
    /// Why it was opened.
    pub reason: CaseReason,
    /// When.
    pub opened_at: Timestamp,
    /// When anything of it last changed.
    pub updated_at: Timestamp,
    /// Who has it.
    pub owner: Option<UserRef>,
    /// Grows with every change.
    pub version: u64,
    /// The review it is about.
    pub review: ReviewRow,
}

/// Whose cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Nobody's.
    None,
    /// This person's.
    User(UserId),
}

/// Which cases. An empty list is no condition.
#[derive(Debug, Clone, Default)]
pub struct CaseFilter {
    /// In these states.
    pub states: Vec<CaseState>,
    /// Of these shops.
    pub shops: Vec<ShopId>,
    /// With one of these as the most important cause.
    pub causes: Vec<Cause>,
    /// Whose.
    pub owner: Option<Owner>,
    /// At least this urgent.
    pub severity_min: Option<u8>,
    /// Words to find in the review.
    pub query: Option<String>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The most urgent first, the longest waiting first among equals.
    #[default]
    Severity,
    /// The last opened first.
    Newest,
    /// The first opened first.
    Oldest,
}

/// The columns that [`read`] reads.
macro_rules! case_columns {
    () => {
        concat!(
            "c.id, c.number, c.kind, c.state, c.severity, c.primary_cause, c.fault, c.reason, c.opened_at, \
             c.updated_at, c.owner_user_id, u.display_name, c.version, ",
            review_columns!()
        )
    };
}
pub(super) use case_columns;

/// The tables beside `cases c`.
macro_rules! case_joins {
    () => {
        " LEFT JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
          LEFT JOIN shops s ON s.tenant_id = c.tenant_id AND s.id = c.shop_id \
          LEFT JOIN buyers b ON b.tenant_id = r.tenant_id AND b.id = r.buyer_id \
          LEFT JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.owner_user_id"
    };
}
pub(super) use case_joins;

pub(super) fn read(row: &mut Columns<'_>, scope: &Scope, keys: &Keys) -> Result<CaseRow, StoreError> {
    let (id, number, kind) = (row.id()?, row.unsigned()?, row.code(read_kind)?);
    let (state, severity) = (row.code(CaseState::from_code)?, row.byte()?);
    let primary_cause = row.opt_code(|code| code.parse().ok())?;
    let fault = row.opt_code(|code| code.parse().ok())?;
    let (reason, opened_at, updated_at) = (row.code(read_reason)?, row.instant()?, row.instant()?);
    let (owner, name) = (row.opt_id()?, row.opt_text()?);
    let owner = owner.map(|id| UserRef { id, name: name.unwrap_or_default() });
    let version = row.unsigned()?;
    let review = read_row(row, scope, keys)?;
    Ok(CaseRow {
        id,
        number,
        kind,
        state,
        shop: review.shop.clone(),
        severity,
        primary_cause,
        fault,
        reason,
        opened_at,
        updated_at,
        owner,
        version,
        review,
    })
}

const NAMES: [(Sort, u8); 3] = [(Sort::Severity, 10), (Sort::Newest, 11), (Sort::Oldest, 12)];

fn name_of(sort: Sort) -> u8 {
    NAMES.iter().find(|(known, _)| *known == sort).map_or(0, |(_, name)| *name)
}

/// ` WHERE …`; false when nothing can match.
fn push_where<'a>(
    built: &mut Built<'a>,
    engine: Engine,
    scope: &'a Scope,
    filter: &'a CaseFilter,
    sort: Sort,
) -> bool {
    built.with(" WHERE c.tenant_id = ", scope.tenant);
    if !push_shops(built, scope, &filter.shops, "c.shop_id", engine) {
        return false;
    }
    match filter.states.as_slice() {
        [state] => {
            built.with(" AND c.state = ", state.code());
        }
        states => {
            built.any_of_codes("c.state", states, |state| Cow::Borrowed(state.code()));
        }
    }
    built.any_of_codes("c.primary_cause", &filter.causes, |cause| Cow::Borrowed(cause.as_str()));
    match filter.owner {
        None => {}
        Some(Owner::None) => {
            built.push(" AND c.owner_user_id IS NULL");
        }
        Some(Owner::User(user)) => {
            built.with(" AND c.owner_user_id = ", user);
        }
    }
    if let Some(least) = filter.severity_min {
        // The plus keeps SQLite walking the numbers instead of sorting all urgent cases.
        let walk_numbers = engine == Engine::Sqlite && sort != Sort::Severity;
        built.with(if walk_numbers { " AND +c.severity >= " } else { " AND c.severity >= " }, least);
    }
    let Some(typed) = filter.query.as_deref().filter(|query| !query.trim().is_empty()) else { return true };
    let Some(wanted) = search::wanted(typed) else { return false };
    match engine {
        Engine::Sqlite => {
            built.push(" AND c.review_id IN (SELECT f.id FROM review_search k CROSS JOIN reviews f");
            built.with(" ON f.tenant_id = ", scope.tenant).push(" AND f.position = k.rowid");
            built.with(" WHERE k.review_search MATCH ", wanted.for_fts5()).push(")");
        }
        Engine::Postgres => {
            built.push(" AND c.review_id IN (SELECT r.id FROM reviews r WHERE ");
            built.with("r.tenant_id = ", scope.tenant).push(" AND ");
            wanted.push_tsquery(built);
            built.push(")");
        }
    }
    true
}

/// The statement of one page; `None` when nothing can match.
pub(crate) fn built_list<'a>(
    engine: Engine,
    scope: &'a Scope,
    filter: &'a CaseFilter,
    sort: Sort,
    after: Option<Cursor>,
    limit: u32,
) -> Option<Built<'a>> {
    let mut built = Built::new(concat!("SELECT ", case_columns!(), " FROM cases c", case_joins!()));
    if !push_where(&mut built, engine, scope, filter, sort) {
        return None;
    }
    if let Some(after) = after {
        match sort {
            Sort::Severity => {
                built.with(" AND (c.severity < ", after.first);
                built
                    .with(" OR (c.severity = ", after.first)
                    .with(" AND c.number > ", after.second)
                    .push("))");
                // Lets the index begin at the right place.
                built.with(" AND c.severity <= ", after.first);
            }
            Sort::Newest => {
                built.with(" AND c.number < ", after.first);
            }
            Sort::Oldest => {
                built.with(" AND c.number > ", after.first);
            }
        }
    }
    built.push(match sort {
        Sort::Severity => " ORDER BY c.severity DESC, c.number",
        Sort::Newest => " ORDER BY c.number DESC",
        Sort::Oldest => " ORDER BY c.number",
    });
    built.with(" LIMIT ", limit);
    Some(built)
}

/// The statement of a capped count.
pub(crate) fn built_count<'a>(engine: Engine, scope: &'a Scope, filter: &'a CaseFilter) -> Option<Built<'a>> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM cases c");
    if !push_where(&mut built, engine, scope, filter, Sort::Newest) {
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
    filter: &CaseFilter,
    sort: Sort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<CaseRow>, StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, name_of(sort))?;
    let Some(built) = built_list(tx.engine(), scope, filter, sort, after, limit + 1) else {
        return Ok(Page { rows: Vec::new(), next: None });
    };
    let keys = tx.keys();
    let rows = tx.all_built("case::list", built).await?;
    let rows: Result<Vec<_>, _> = rows.iter().map(|row| read(&mut row.columns(), scope, &keys)).collect();
    Ok(Page::cut(rows?, limit, |last| {
        let number = i64::try_from(last.number).unwrap_or(i64::MAX);
        match sort {
            Sort::Severity => Cursor::new(name_of(sort), i64::from(last.severity), number),
            Sort::Newest | Sort::Oldest => Cursor::new(name_of(sort), number, 0),
        }
    }))
}

/// How many, up to a thousand.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &CaseFilter) -> Result<Count, StoreError> {
    let Some(built) = built_count(tx.engine(), scope, filter) else { return Ok(Count::of(0)) };
    let rows = tx.all_built("case::count", built).await?;
    rows.first().map_or(Ok(Count::of(0)), |row| row.columns().unsigned().map(Count::of))
}

/// Filters that between them use every condition, for the test that prepares all statements.
pub(crate) fn sample_filters() -> Vec<CaseFilter> {
    use pingxin_domain::identifiers::Identifier;
    let nobody = UserId::from_uuid(uuid::Uuid::nil());
    let all = CaseFilter {
        states: vec![CaseState::Open, CaseState::Waiting],
        shops: vec![ShopId::from_uuid(uuid::Uuid::nil())],
        causes: vec![Cause::Quality],
        owner: Some(Owner::User(nobody)),
        severity_min: Some(1),
        query: Some("质量差 a 好".into()),
    };
    let free = CaseFilter { owner: Some(Owner::None), states: vec![CaseState::Open], ..Default::default() };
    vec![CaseFilter::default(), all, free]
}
