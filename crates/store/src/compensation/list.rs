//! Lists of compensations.

use jiff::Timestamp;
use pingxin_domain::compensation::{Benefit, CompensationState, SignOff};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{
    BuyerId, CaseId, CompensationId, Currency, Money, Month, RecordId, Scope, ShopId, UserId,
};
use pingxin_language::Cause;

use super::read_month;
use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::review::read_nick;
use crate::sealed::Keys;
use crate::sql::{Built, Columns};
use crate::{COUNT_LIMIT, StoreError, Tx, identifier, shop};

/// A compensation as lists show it. No rating is in it: who agrees shall not see one (facts 8.7, 1).
#[derive(Debug, Clone)]
pub struct Compensation {
    /// Id.
    pub id: CompensationId,
    /// The case.
    pub case: CaseId,
    /// Number of that case.
    pub case_number: u64,
    /// The shop.
    pub shop: ShopRef,
    /// The order.
    pub order_number: String,
    /// The line; empty is all of it.
    pub line: String,
    /// The buyer of the order.
    pub buyer: Option<BuyerId>,
    /// His nick, open: mask it before it is shown.
    pub buyer_nick: Option<String>,
    /// What is given.
    pub kind: Benefit,
    /// Worth how much.
    pub amount: Money,
    /// What was paid for the order.
    pub order: Money,
    /// What was complained of.
    pub cause: Option<Cause>,
    /// The month that it counts in.
    pub month: Month,
    /// Who has to agree.
    pub sign_off: SignOff,
    /// How far it has come.
    pub state: CompensationState,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// By whom.
    pub asked_by: Option<UserRef>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// When it was confirmed, refused or taken back.
    pub ended_at: Option<Timestamp>,
    /// The refund of the platform that confirms it.
    pub refund: Option<RecordId>,
    /// Why, in the words of who asked, open: mask it before it is shown.
    pub note: Option<String>,
}

/// Which compensations. What is not given is no condition.
#[derive(Debug, Clone, Default)]
pub struct CompensationFilter {
    /// In one of these states; empty, in any.
    pub states: Vec<CompensationState>,
    /// This one alone.
    pub id: Option<CompensationId>,
    /// Of this case.
    pub case: Option<CaseId>,
    /// Of this shop.
    pub shop: Option<ShopId>,
    /// Of this buyer.
    pub buyer: Option<BuyerId>,
    /// Asked for by this person.
    pub asked_by: Option<UserId>,
    /// Counting in this month.
    pub month: Option<Month>,
    /// Where this was complained of.
    pub cause: Option<Cause>,
    /// Waiting for this person to agree: asked for by another, and not agreed to by him since.
    pub waits_for: Option<UserId>,
}

const COLUMNS: &str = "SELECT c.id, c.case_id, k.number, s.id, s.name, s.platform, c.order_number, c.line_key, \
    b.id, b.nick_sealed, c.kind, c.amount_minor, c.currency, c.order_minor, c.cause, c.month, c.sign_off, c.state, \
    c.asked_at, c.asked_by, u.display_name, c.decided_at, c.paid_at, c.ended_at, c.refund_id, f.note_sealed \
    FROM compensations c JOIN cases k ON k.tenant_id = c.tenant_id AND k.id = c.case_id \
    JOIN shops s ON s.tenant_id = c.tenant_id AND s.id = c.shop_id \
    LEFT JOIN orders o ON o.tenant_id = c.tenant_id AND o.shop_id = c.shop_id AND o.order_number = c.order_number \
    LEFT JOIN buyers b ON b.tenant_id = o.tenant_id AND b.id = o.buyer_id \
    LEFT JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.asked_by \
    LEFT JOIN compensation_steps f ON f.tenant_id = c.tenant_id AND f.compensation_id = c.id AND f.seq = 1";

/// Filters that use every condition.
pub(crate) fn sample_filters() -> [CompensationFilter; 2] {
    [
        CompensationFilter::default(),
        CompensationFilter {
            states: vec![CompensationState::Asked],
            id: Some(identifier::fresh()),
            case: Some(identifier::fresh()),
            shop: Some(identifier::fresh()),
            buyer: Some(identifier::fresh()),
            asked_by: Some(identifier::fresh()),
            month: Month::from_number(202_611),
            cause: Some(Cause::Quality),
            waits_for: Some(identifier::fresh()),
        },
    ]
}

fn push_filter(built: &mut Built<'_>, scope: &Scope, filter: &CompensationFilter) {
    built.with(" WHERE c.tenant_id = ", scope.tenant);
    shop::push_bounds(built, scope, "c.shop_id");
    built.any_of_codes("c.state", &filter.states, |state| state.code().into());
    if let Some(id) = filter.id {
        built.with(" AND c.id = ", id);
    }
    if let Some(case) = filter.case {
        built.with(" AND c.case_id = ", case);
    }
    if let Some(shop) = filter.shop {
        built.with(" AND c.shop_id = ", shop);
    }
    if let Some(buyer) = filter.buyer {
        built.push(
            " AND EXISTS (SELECT 1 FROM orders q WHERE q.tenant_id = c.tenant_id AND q.shop_id = c.shop_id",
        );
        built.with(" AND q.order_number = c.order_number AND q.buyer_id = ", buyer).push(")");
    }
    if let Some(user) = filter.asked_by {
        built.with(" AND c.asked_by = ", user);
    }
    if let Some(month) = filter.month {
        built.with(" AND c.month = ", month.number());
    }
    if let Some(cause) = filter.cause {
        built.with(" AND c.cause = ", cause.as_str());
    }
    if let Some(user) = filter.waits_for {
        built.push(" AND c.state = 'asked'").with(" AND (c.asked_by IS NULL OR c.asked_by <> ", user);
        built.push(") AND NOT EXISTS (SELECT 1 FROM compensation_steps p WHERE p.tenant_id = c.tenant_id");
        built.with(" AND p.compensation_id = c.id AND p.kind = 'approved' AND p.actor_user_id = ", user);
        built.push(
            " AND p.seq > (SELECT coalesce(max(v.seq), 0) FROM compensation_steps v \
             WHERE v.tenant_id = c.tenant_id AND v.compensation_id = c.id AND v.kind = 'undone'))",
        );
    }
}

pub(crate) fn built_list<'a>(
    scope: &Scope,
    filter: &CompensationFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(COLUMNS);
    push_filter(&mut built, scope, filter);
    if let Some(after) = after {
        built.with(" AND (c.asked_at, c.id) < (", after.first).with(", ", after.id).push(")");
    }
    built.with(" ORDER BY c.asked_at DESC, c.id DESC LIMIT ", limit + 1);
    built
}

pub(crate) fn built_count<'a>(scope: &Scope, filter: &CompensationFilter) -> Built<'a> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM compensations c");
    push_filter(&mut built, scope, filter);
    built.with(" LIMIT ", COUNT_LIMIT + 1).push(") found");
    built
}

pub(crate) fn built_totals<'a>(scope: &Scope, filter: &CompensationFilter) -> Built<'a> {
    let mut built =
        Built::new("SELECT c.currency, CAST(sum(c.amount_minor) AS BIGINT), count(*) FROM compensations c");
    push_filter(&mut built, scope, filter);
    built.push(" GROUP BY c.currency ORDER BY c.currency");
    built
}

fn read(columns: &mut Columns<'_>, scope: &Scope, keys: &Keys) -> Result<Compensation, StoreError> {
    let id: CompensationId = columns.id()?;
    let (case, case_number) = (columns.id()?, columns.unsigned()?);
    let shop = ShopRef::read(columns)?;
    let (order_number, line) = (columns.text()?, columns.text()?);
    let mut nick = columns.clone();
    let buyer = columns.opt_id()?;
    let buyer_nick = read_nick(&mut nick, scope, keys)?;
    columns.opt_bytes()?;
    let kind = columns.code(Benefit::from_code)?;
    let minor = columns.int()?;
    let currency: Currency = columns.code(|code| code.parse().ok())?;
    let order = Money { minor: columns.int()?, currency };
    let cause = columns.opt_code(|code| code.parse().ok())?;
    let month = read_month(columns.small()?)?;
    Ok(Compensation {
        id,
        case,
        case_number,
        shop,
        order_number,
        line,
        buyer,
        buyer_nick,
        kind,
        amount: Money { minor, currency },
        order,
        cause,
        month,
        sign_off: columns.code(SignOff::from_code)?,
        state: columns.code(CompensationState::from_code)?,
        asked_at: columns.instant()?,
        asked_by: UserRef::read(columns)?,
        decided_at: columns.opt_instant()?,
        paid_at: columns.opt_instant()?,
        ended_at: columns.opt_instant()?,
        refund: columns.opt_id()?,
        note: {
            let place = super::note_row(id, 1);
            keys.open_text(super::note_place(scope.tenant, &place), columns.opt_bytes()?)?
        },
    })
}

const LIST: u8 = 64;

/// How many there are, exact up to a thousand.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &CompensationFilter) -> Result<Count, StoreError> {
    tx.count_built("compensation::count", built_count(scope, filter)).await
}

/// What all of them are worth together, by currency, and how many they are.
///
/// # Errors
/// The database's error.
pub async fn totals(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &CompensationFilter,
) -> Result<Vec<(Money, u64)>, StoreError> {
    let rows = tx.all_built("compensation::totals", built_totals(scope, filter)).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let currency = columns.code(|code| code.parse().ok())?;
            let minor = columns.int()?;
            Ok((Money { minor, currency }, columns.unsigned()?))
        })
        .collect()
}

/// A page, those asked for last first, and how many there are.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &CompensationFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Compensation>, Count), StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, LIST)?;
    let keys = tx.keys();
    let mut rows = Vec::new();
    for row in tx.all_built("compensation::list", built_list(scope, filter, after, limit)).await? {
        rows.push(read(&mut row.columns(), scope, &keys)?);
    }
    let page = Page::cut(rows, limit, |row| Cursor {
        id: row.id.uuid(),
        ..Cursor::new(LIST, row.asked_at.as_microsecond(), 0)
    });
    let counted = page.count_of(cursor, count(tx, scope, filter)).await?;
    Ok((page, counted))
}

/// One within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CompensationId,
) -> Result<Option<Compensation>, StoreError> {
    let filter = CompensationFilter { id: Some(id), ..CompensationFilter::default() };
    Ok(list(tx, scope, &filter, None, 1).await?.0.rows.pop())
}
