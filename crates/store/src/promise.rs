//! Promises 待回复约定 to buyers. Their words are sealed, as they may hold what the buyer told.

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::promise::PromiseState;
use pingxin_domain::{CaseId, PromiseId, Scope, ShopId, TenantId, UserId};

use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::sealed::{Keys, Place};
use crate::sql::{Built, Columns, statements, values};
use crate::{COUNT_LIMIT, StoreError, Tx, identifier, shop};

/// A promise to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewPromise<'a> {
    /// The case it is about.
    pub case: CaseId,
    /// The shop of that case.
    pub shop: ShopId,
    /// Whether it was found in a message; else somebody added it.
    pub is_found: bool,
    /// What was promised.
    pub words: &'a str,
    /// Its last second, where it has one.
    pub due_at: Option<Timestamp>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: Option<UserId>,
}

/// A promise as lists show it.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Id.
    pub id: PromiseId,
    /// The case it is about.
    pub case: CaseId,
    /// Number of that case.
    pub case_number: u64,
    /// The shop.
    pub shop: ShopRef,
    /// How far it has come.
    pub state: PromiseState,
    /// Whether it was found in a message; else somebody added it.
    pub is_found: bool,
    /// What was promised, open.
    pub words: String,
    /// Its last second, where it has one.
    pub due_at: Option<Timestamp>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: Option<UserRef>,
    /// When its time passed, also of one that was kept late.
    pub broken_at: Option<Timestamp>,
    /// When it was kept or taken back.
    pub ended_at: Option<Timestamp>,
    /// By whom.
    pub ended_by: Option<UserRef>,
}

/// A promise that is about to change.
#[derive(Debug, Clone, Copy)]
pub struct PromiseHead {
    /// The case it is about.
    pub case: CaseId,
    /// How far it has come.
    pub state: PromiseState,
    /// Its last second, where it has one.
    pub due_at: Option<Timestamp>,
}

/// Which promises. What is not given is no condition.
#[derive(Debug, Clone, Copy, Default)]
pub struct PromiseFilter {
    /// In this state.
    pub state: Option<PromiseState>,
    /// Of this case.
    pub case: Option<CaseId>,
    /// Made by this person.
    pub made_by: Option<UserId>,
    /// Due before this instant.
    pub due_before: Option<Timestamp>,
    /// This one alone.
    pub id: Option<PromiseId>,
}

statements! {
    ADD = "INSERT INTO promises (tenant_id, id, case_id, shop_id, state, found, words_sealed, due_at, due_order, made_at, \
        made_by) VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, $8, $9, $10)";
    LOCK = "SELECT case_id, state, due_at FROM promises WHERE tenant_id = $1 AND id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[])) FOR UPDATE";
    END = "UPDATE promises SET state = $3, ended_at = $4, ended_by = $5 WHERE tenant_id = $1 AND id = $2 AND state = $6";
    OVERDUE = "SELECT tenant_id, id FROM promises WHERE state = 'open' AND due_order < $1 ORDER BY due_order LIMIT $2";
    BREAK = "UPDATE promises SET state = 'broken', broken_at = $3 WHERE tenant_id = $1 AND id = $2 AND state = 'open' \
        AND due_order < $3";
}

fn place<'a>(scope: &Scope, id: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: "promises", row: id, field: "words" }
}

/// Filters that use every condition.
pub(crate) fn sample_filters() -> [PromiseFilter; 2] {
    [
        PromiseFilter::default(),
        PromiseFilter {
            state: Some(PromiseState::Open),
            case: Some(identifier::fresh()),
            made_by: Some(identifier::fresh()),
            due_before: Some(Timestamp::UNIX_EPOCH),
            id: Some(identifier::fresh()),
        },
    ]
}

/// Keeps a promise.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn add(tx: &mut Tx<'_>, scope: &Scope, new: &NewPromise<'_>) -> Result<PromiseId, StoreError> {
    shop::require(scope, new.shop)?;
    let id = identifier::fresh::<PromiseId>();
    let uuid = id.uuid();
    let words = tx.keys().seal_text(place(scope, uuid.as_bytes()), Some(new.words));
    let row = values![
        scope.tenant,
        id,
        new.case,
        new.shop,
        new.is_found,
        words,
        new.due_at,
        new.due_at.unwrap_or(Timestamp::MAX),
        new.made_at,
        new.made_by,
    ];
    tx.execute(ADD, row).await?;
    Ok(id)
}

/// A promise within the scope, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn lock(tx: &mut Tx<'_>, scope: &Scope, id: PromiseId) -> Result<PromiseHead, StoreError> {
    let mut row = values![scope.tenant, id];
    row.extend(shop::bounds(scope));
    let row = tx.first(LOCK, row).await?.ok_or(StoreError::NotFound { what: "promise" })?;
    let mut columns = row.columns();
    Ok(PromiseHead {
        case: columns.id()?,
        state: columns.code(PromiseState::from_code)?,
        due_at: columns.opt_instant()?,
    })
}

/// Ends a promise that stands as `before`.
///
/// # Errors
/// [`StoreError::Conflict`] over "promise" when it stands otherwise by now.
pub async fn end(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: PromiseId,
    before: PromiseState,
    after: PromiseState,
) -> Result<(), StoreError> {
    let now = tx.now();
    let row = values![scope.tenant, id, after.code(), now, scope.user(), before.code()];
    match tx.execute(END, row).await? {
        0 => Err(StoreError::Conflict { what: "promise" }),
        _ => Ok(()),
    }
}

/// Open promises of every merchant whose time has passed, the longest first; at most so many.
///
/// # Errors
/// The database's error.
pub async fn overdue(tx: &mut Tx<'_>, most: u32) -> Result<Vec<(TenantId, PromiseId)>, StoreError> {
    let now = tx.now();
    let rows = tx.all(OVERDUE, values![now, most]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, columns.id()?))
        })
        .collect()
}

/// Notes that the time of a promise has passed. Answers whether this call did: of several workers one does.
///
/// # Errors
/// The database's error.
pub async fn mark_broken(tx: &mut Tx<'_>, scope: &Scope, id: PromiseId) -> Result<bool, StoreError> {
    let now = tx.now();
    Ok(tx.execute(BREAK, values![scope.tenant, id, now]).await? > 0)
}

const COLUMNS: &str = "SELECT p.id, p.case_id, c.number, s.id, s.name, s.platform, p.state, p.found, p.words_sealed, \
    p.due_at, p.made_at, p.made_by, a.display_name, p.broken_at, p.ended_at, p.ended_by, b.display_name, p.due_order \
    FROM promises p JOIN cases c ON c.tenant_id = p.tenant_id AND c.id = p.case_id \
    JOIN shops s ON s.tenant_id = p.tenant_id AND s.id = p.shop_id \
    LEFT JOIN users a ON a.tenant_id = p.tenant_id AND a.id = p.made_by \
    LEFT JOIN users b ON b.tenant_id = p.tenant_id AND b.id = p.ended_by";

fn push_filter(built: &mut Built<'_>, scope: &Scope, filter: &PromiseFilter) {
    built.with(" WHERE p.tenant_id = ", scope.tenant);
    shop::push_bounds(built, scope, "p.shop_id");
    if let Some(state) = filter.state {
        built.with(" AND p.state = ", state.code());
    }
    if let Some(case) = filter.case {
        built.with(" AND p.case_id = ", case);
    }
    if let Some(user) = filter.made_by {
        built.with(" AND p.made_by = ", user);
    }
    if let Some(before) = filter.due_before {
        built.with(" AND p.due_order < ", before);
    }
    if let Some(id) = filter.id {
        built.with(" AND p.id = ", id);
    }
}

pub(crate) fn built_list<'a>(
    scope: &Scope,
    filter: &PromiseFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(COLUMNS);
    push_filter(&mut built, scope, filter);
    if let Some(after) = after {
        built.with(" AND (p.due_order, p.id) > (", after.first).with(", ", after.id).push(")");
    }
    built.with(" ORDER BY p.due_order, p.id LIMIT ", limit + 1);
    built
}

pub(crate) fn built_count<'a>(scope: &Scope, filter: &PromiseFilter) -> Built<'a> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM promises p");
    push_filter(&mut built, scope, filter);
    built.with(" LIMIT ", COUNT_LIMIT + 1).push(") found");
    built
}

fn read(columns: &mut Columns<'_>, scope: &Scope, keys: &Keys) -> Result<Promise, StoreError> {
    let id: PromiseId = columns.id()?;
    let (case, case_number) = (columns.id()?, columns.unsigned()?);
    let shop = ShopRef::read(columns)?;
    let (state, is_found) = (columns.code(PromiseState::from_code)?, columns.bool()?);
    let uuid = id.uuid();
    let words = keys.open_text(place(scope, uuid.as_bytes()), columns.opt_bytes()?)?.unwrap_or_default();
    Ok(Promise {
        id,
        case,
        case_number,
        shop,
        state,
        is_found,
        words,
        due_at: columns.opt_instant()?,
        made_at: columns.instant()?,
        made_by: UserRef::read(columns)?,
        broken_at: columns.opt_instant()?,
        ended_at: columns.opt_instant()?,
        ended_by: UserRef::read(columns)?,
    })
}

const LIST: u8 = 63;

/// How many promises there are, exact up to a thousand.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &PromiseFilter) -> Result<Count, StoreError> {
    let counted = tx.all_built("promise::count", built_count(scope, filter)).await?;
    counted.first().map_or(Ok(0), |row| row.columns().unsigned()).map(Count::of)
}

/// A page of promises, those due first first, and how many there are.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &PromiseFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Promise>, Count), StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, LIST)?;
    let keys = tx.keys();
    let mut rows = Vec::new();
    for row in tx.all_built("promise::list", built_list(scope, filter, after, limit)).await? {
        let mut columns = row.columns();
        let promise = read(&mut columns, scope, &keys)?;
        rows.push((columns.int()?, promise));
    }
    let page = Page::cut(rows, limit, |(due, promise)| Cursor {
        id: promise.id.uuid(),
        ..Cursor::new(LIST, *due, 0)
    });
    let counted = page.count_of(cursor, count(tx, scope, filter)).await?;
    let rows = page.rows.into_iter().map(|(_, promise)| promise).collect();
    Ok((Page { rows, next: page.next }, counted))
}

/// One promise within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: PromiseId) -> Result<Option<Promise>, StoreError> {
    let filter = PromiseFilter { id: Some(id), ..PromiseFilter::default() };
    Ok(list(tx, scope, &filter, None, 1).await?.0.rows.pop())
}
