//! Lists of incentives.

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::incentive::{Basis, IncentiveState};
use pingxin_domain::{CaseId, Currency, IncentiveId, Money, Scope, ShopId, UserId};
use pingxin_language::Cause;

use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::sql::{Built, Columns};
use crate::{COUNT_LIMIT, StoreError, Tx, identifier, shop};

/// An incentive as lists show it.
#[derive(Debug, Clone)]
pub struct Incentive {
    /// Id.
    pub id: IncentiveId,
    /// The case.
    pub case: CaseId,
    /// Number of that case.
    pub case_number: u64,
    /// The shop.
    pub shop: ShopRef,
    /// Who earns it.
    pub user: Option<UserRef>,
    /// What for.
    pub basis: Basis,
    /// What was complained of.
    pub cause: Option<Cause>,
    /// How much.
    pub amount: Money,
    /// How far it has come.
    pub state: IncentiveState,
    /// When it was claimed.
    pub claimed_at: Timestamp,
    /// When the case ended.
    pub solved_at: Timestamp,
    /// Until when the return of the complaint takes it back.
    pub watch_until: Timestamp,
    /// When it was verified or not.
    pub decided_at: Option<Timestamp>,
    /// By whom.
    pub decided_by: Option<UserRef>,
    /// A self-review of somebody who does it all alone.
    pub alone: bool,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// When it was taken back.
    pub ended_at: Option<Timestamp>,
}

/// Which incentives. What is not given is no condition.
#[derive(Debug, Clone, Default)]
pub struct IncentiveFilter {
    /// In one of these states; empty, in any.
    pub states: Vec<IncentiveState>,
    /// This one alone.
    pub id: Option<IncentiveId>,
    /// Of this case.
    pub case: Option<CaseId>,
    /// Of this shop.
    pub shop: Option<ShopId>,
    /// Of this person.
    pub user: Option<UserId>,
}

const COLUMNS: &str = "SELECT i.id, i.case_id, k.number, s.id, s.name, s.platform, i.user_id, u.display_name, i.basis, \
    i.cause, i.amount_minor, i.currency, i.state, i.claimed_at, i.solved_at, i.watch_until, i.decided_at, i.decided_by, \
    d.display_name, i.alone, i.paid_at, i.ended_at FROM incentives i \
    JOIN cases k ON k.tenant_id = i.tenant_id AND k.id = i.case_id \
    JOIN shops s ON s.tenant_id = i.tenant_id AND s.id = i.shop_id \
    LEFT JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.user_id \
    LEFT JOIN users d ON d.tenant_id = i.tenant_id AND d.id = i.decided_by";

/// Filters that use every condition.
pub(crate) fn sample_filters() -> [IncentiveFilter; 2] {
    [
        IncentiveFilter::default(),
        IncentiveFilter {
            states: vec![IncentiveState::Claimed],
            id: Some(identifier::fresh()),
            case: Some(identifier::fresh()),
            shop: Some(identifier::fresh()),
            user: Some(identifier::fresh()),
        },
    ]
}

fn push_filter(built: &mut Built<'_>, scope: &Scope, filter: &IncentiveFilter) {
    built.with(" WHERE i.tenant_id = ", scope.tenant);
    shop::push_bounds(built, scope, "i.shop_id");
    built.any_of_codes("i.state", &filter.states, |state| state.code().into());
    if let Some(id) = filter.id {
        built.with(" AND i.id = ", id);
    }
    if let Some(case) = filter.case {
        built.with(" AND i.case_id = ", case);
    }
    if let Some(shop) = filter.shop {
        built.with(" AND i.shop_id = ", shop);
    }
    if let Some(user) = filter.user {
        built.with(" AND i.user_id = ", user);
    }
}

pub(crate) fn built_list<'a>(
    scope: &Scope,
    filter: &IncentiveFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(COLUMNS);
    push_filter(&mut built, scope, filter);
    if let Some(after) = after {
        built.with(" AND (i.claimed_at, i.id) < (", after.first).with(", ", after.id).push(")");
    }
    built.with(" ORDER BY i.claimed_at DESC, i.id DESC LIMIT ", limit + 1);
    built
}

pub(crate) fn built_count<'a>(scope: &Scope, filter: &IncentiveFilter) -> Built<'a> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM incentives i");
    push_filter(&mut built, scope, filter);
    built.with(" LIMIT ", COUNT_LIMIT + 1).push(") found");
    built
}

fn read(mut columns: Columns<'_>) -> Result<Incentive, StoreError> {
    let (id, case, case_number) = (columns.id()?, columns.id()?, columns.unsigned()?);
    let shop = ShopRef::read(&mut columns)?;
    let user = UserRef::read(&mut columns)?;
    let (basis, cause) = (columns.code(Basis::from_code)?, columns.opt_code(|code| code.parse().ok())?);
    let minor = columns.int()?;
    let currency: Currency = columns.code(|code| code.parse().ok())?;
    Ok(Incentive {
        id,
        case,
        case_number,
        shop,
        user,
        basis,
        cause,
        amount: Money { minor, currency },
        state: columns.code(IncentiveState::from_code)?,
        claimed_at: columns.instant()?,
        solved_at: columns.instant()?,
        watch_until: columns.instant()?,
        decided_at: columns.opt_instant()?,
        decided_by: UserRef::read(&mut columns)?,
        alone: columns.bool()?,
        paid_at: columns.opt_instant()?,
        ended_at: columns.opt_instant()?,
    })
}

const LIST: u8 = 65;

/// How many there are, exact up to a thousand.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &IncentiveFilter) -> Result<Count, StoreError> {
    tx.count_built("incentive::count", built_count(scope, filter)).await
}

/// A page, those claimed last first, and how many there are.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &IncentiveFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Incentive>, Count), StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, LIST)?;
    let mut rows = Vec::new();
    for row in tx.all_built("incentive::list", built_list(scope, filter, after, limit)).await? {
        rows.push(read(row.columns())?);
    }
    let page = Page::cut(rows, limit, |row| Cursor {
        id: row.id.uuid(),
        ..Cursor::new(LIST, row.claimed_at.as_microsecond(), 0)
    });
    let counted = page.count_of(cursor, count(tx, scope, filter)).await?;
    Ok((page, counted))
}

/// One within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: IncentiveId) -> Result<Option<Incentive>, StoreError> {
    let filter = IncentiveFilter { id: Some(id), ..IncentiveFilter::default() };
    Ok(list(tx, scope, &filter, None, 1).await?.0.rows.pop())
}
