//! Incentives 绩效奖励 with the lines and monthly statements of agents. Lines are never changed; a statement is the sum of
//! its lines, kept in the transaction that writes one.

mod list;
mod statement;

use jiff::Timestamp;
use pingxin_domain::case::{CaseState, Outcome};
use pingxin_domain::incentive::{Basis, CaseEnd, IncentiveLine, IncentiveState};
use pingxin_domain::{CaseId, Currency, IncentiveId, Money, Month, Scope, ShopId, TenantId, UserId};
use pingxin_language::Cause;

use crate::sql::{statements, values};
use crate::{StoreError, Tx, identifier, shop};

pub use list::{Incentive, IncentiveFilter, count, get, list};
pub(crate) use list::{built_count, built_list, sample_filters};
pub(crate) use statement::STATEMENTS as STATEMENT_STATEMENTS;
pub use statement::{Line, Statement, lines, of_month};

/// A claim to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewIncentive {
    /// The case.
    pub case: CaseId,
    /// Its shop.
    pub shop: ShopId,
    /// Who claims.
    pub user: UserId,
    /// What for.
    pub basis: Basis,
    /// What was complained of.
    pub cause: Cause,
    /// How much.
    pub amount: Money,
    /// Version of the rules it is claimed by.
    pub rules_version: u32,
    /// When the case ended.
    pub solved_at: Timestamp,
    /// Until when the return of the complaint takes it back.
    pub watch_until: Timestamp,
}

/// An incentive that is about to change.
#[derive(Debug, Clone, Copy)]
pub struct IncentiveHead {
    /// Id.
    pub id: IncentiveId,
    /// The case.
    pub case: CaseId,
    /// The shop.
    pub shop: ShopId,
    /// Who claims.
    pub user: UserId,
    /// What for.
    pub basis: Basis,
    /// How much.
    pub amount: Money,
    /// How far it has come.
    pub state: IncentiveState,
    /// When the case ended that it was claimed for.
    pub solved_at: Timestamp,
}

/// How a case stands for a claim.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    /// What decides.
    pub end: CaseEnd,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What was complained of.
    pub cause: Option<Cause>,
}

/// What becomes of an incentive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Verified; a line says so.
    Verified {
        /// By its own claimer, who does it all alone.
        alone: bool,
    },
    /// Not verified.
    Refused,
    /// Paid with a statement.
    Paid,
    /// Taken back; a line says so where one was earned.
    ClawedBack {
        /// Whether one was.
        was_earned: bool,
    },
}

statements! {
    ENDED = "SELECT c.state, c.outcome, c.owner_user_id, c.closed_at, c.primary_cause, (EXISTS (SELECT 1 \
        FROM case_alarms a WHERE a.tenant_id = c.tenant_id AND a.case_id = c.id AND a.clock = 'resolution' \
        AND a.stage = 'breached') OR EXISTS (SELECT 1 FROM promises p WHERE p.tenant_id = c.tenant_id \
        AND p.case_id = c.id AND p.broken_at IS NOT NULL)) FROM cases c WHERE c.tenant_id = $1 AND c.id = $2 \
        AND ($3 OR c.shop_id = ANY($4::uuid[]))";
    ADD = "INSERT INTO incentives (tenant_id, id, case_id, shop_id, user_id, basis, cause, amount_minor, currency, \
        rules_version, state, claimed_at, solved_at, watch_until, alone) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'claimed', $11, $12, $13, $14)";
    LOCK = "SELECT case_id, shop_id, user_id, basis, amount_minor, currency, state, solved_at FROM incentives \
        WHERE tenant_id = $1 AND id = $2 AND ($3 OR shop_id = ANY($4::uuid[])) FOR UPDATE";
    DECIDE = "UPDATE incentives SET state = $3, decided_at = $4, decided_by = $5, alone = $6 \
        WHERE tenant_id = $1 AND id = $2 AND state = 'claimed'";
    PAY = "UPDATE incentives SET state = 'paid', paid_at = $3, paid_by = $4 WHERE tenant_id = $1 AND id = $2 \
        AND state = 'payable'";
    CLAW = "UPDATE incentives SET state = 'clawed_back', ended_at = $3 WHERE tenant_id = $1 AND id = $2 \
        AND state IN ('claimed', 'payable', 'paid')";
    ADD_LINE = "INSERT INTO incentive_lines (tenant_id, id, incentive_id, user_id, month, kind, amount_minor, currency, \
        at, actor_user_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ADD_TO_STATEMENT = "INSERT INTO incentive_statements (tenant_id, user_id, month, currency, total_minor, line_count) \
        VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (tenant_id, user_id, month, currency) DO UPDATE \
        SET total_minor = incentive_statements.total_minor + excluded.total_minor, \
        line_count = incentive_statements.line_count + 1";
    // The complaint returned: the case lives again or ended anew, or the same order has another case since.
    RETURNED = "SELECT i.tenant_id, i.id FROM incentives i JOIN cases c ON c.tenant_id = i.tenant_id AND c.id = i.case_id \
        WHERE i.state IN ('claimed', 'payable', 'paid') AND i.watch_until > $1 AND (c.live OR c.closed_at <> i.solved_at \
        OR EXISTS (SELECT 1 FROM reviews r JOIN reviews q ON q.tenant_id = r.tenant_id \
        AND q.order_number = r.order_number AND q.shop_id = r.shop_id JOIN cases d ON d.tenant_id = q.tenant_id \
        AND d.review_id = q.id WHERE r.tenant_id = c.tenant_id AND r.id = c.review_id AND d.id <> c.id \
        AND d.opened_at > i.solved_at)) ORDER BY i.watch_until LIMIT $2";
}

/// How a case stands for a claim.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn ended(tx: &mut Tx<'_>, scope: &Scope, case: CaseId) -> Result<Ended, StoreError> {
    let mut row = values![scope.tenant, case];
    row.extend(shop::bounds(scope));
    let row = tx.first(ENDED, row).await?.ok_or(StoreError::NotFound { what: "case" })?;
    let mut columns = row.columns();
    let (state, outcome) = (columns.code(CaseState::from_code)?, columns.opt_code(Outcome::from_code)?);
    let (owner, ended_at) = (columns.opt_id()?, columns.opt_instant()?);
    let cause = columns.opt_code(|code| code.parse().ok())?;
    let end = CaseEnd { state, outcome, owner, was_late: columns.bool()? };
    Ok(Ended { end, ended_at, cause })
}

/// Keeps a claim.
///
/// # Errors
/// [`StoreError::Conflict`] over "incentive" when this end of the case was claimed already; [`StoreError::NotFound`] for a
/// shop outside the scope.
pub async fn add(tx: &mut Tx<'_>, scope: &Scope, new: &NewIncentive) -> Result<IncentiveId, StoreError> {
    shop::require(scope, new.shop)?;
    let (id, now) = (identifier::fresh::<IncentiveId>(), tx.now());
    let row = values![
        scope.tenant,
        id,
        new.case,
        new.shop,
        new.user,
        new.basis.code(),
        new.cause.as_str(),
        new.amount.minor,
        new.amount.currency.as_str(),
        new.rules_version,
        now,
        new.solved_at,
        new.watch_until,
        false,
    ];
    tx.execute(ADD, row).await.map_err(|error| error.or_conflict("incentive"))?;
    Ok(id)
}

/// An incentive within the scope, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn lock(tx: &mut Tx<'_>, scope: &Scope, id: IncentiveId) -> Result<IncentiveHead, StoreError> {
    let mut row = values![scope.tenant, id];
    row.extend(shop::bounds(scope));
    let row = tx.first(LOCK, row).await?.ok_or(StoreError::NotFound { what: "incentive" })?;
    let mut columns = row.columns();
    let (case, shop, user) = (columns.id()?, columns.id()?, columns.id()?);
    let basis = columns.code(Basis::from_code)?;
    let minor = columns.int()?;
    let currency: Currency = columns.code(|code| code.parse().ok())?;
    Ok(IncentiveHead {
        id,
        case,
        shop,
        user,
        basis,
        amount: Money { minor, currency },
        state: columns.code(IncentiveState::from_code)?,
        solved_at: columns.instant()?,
    })
}

/// Writes what becomes of an incentive, with its line in the statement of `month`.
///
/// # Errors
/// [`StoreError::Conflict`] over "incentive" when it stands otherwise by now.
pub async fn change(
    tx: &mut Tx<'_>,
    scope: &Scope,
    head: &IncentiveHead,
    change: Change,
    month: Month,
) -> Result<(), StoreError> {
    let (now, by) = (tx.now(), scope.user());
    let decide = |state: IncentiveState, alone: bool| {
        (DECIDE, values![scope.tenant, head.id, state.code(), now, by, alone])
    };
    let (statement, row) = match change {
        Change::Verified { alone } => decide(IncentiveState::Payable, alone),
        Change::Refused => decide(IncentiveState::Refused, false),
        Change::Paid => (PAY, values![scope.tenant, head.id, now, by]),
        Change::ClawedBack { .. } => (CLAW, values![scope.tenant, head.id, now]),
    };
    if tx.execute(statement, row).await? == 0 {
        return Err(StoreError::Conflict { what: "incentive" });
    }
    match change {
        Change::Verified { .. } => add_line(tx, scope, head, IncentiveLine::Earned, month).await,
        Change::ClawedBack { was_earned: true } => {
            add_line(tx, scope, head, IncentiveLine::ClawedBack, month).await
        }
        Change::ClawedBack { .. } | Change::Refused | Change::Paid => Ok(()),
    }
}

async fn add_line(
    tx: &mut Tx<'_>,
    scope: &Scope,
    head: &IncentiveHead,
    kind: IncentiveLine,
    month: Month,
) -> Result<(), StoreError> {
    let minor = match kind {
        IncentiveLine::Earned => head.amount.minor,
        IncentiveLine::ClawedBack => -head.amount.minor,
    };
    let currency = head.amount.currency.as_str().to_owned();
    let (now, id) = (tx.now(), identifier::fresh::<IncentiveId>());
    let row = values![
        scope.tenant,
        id,
        head.id,
        head.user,
        month.number(),
        kind.code(),
        minor,
        currency.clone(),
        now,
        scope.user(),
    ];
    tx.execute(ADD_LINE, row).await.map_err(|error| error.or_conflict("incentive"))?;
    let row = values![scope.tenant, head.user, month.number(), currency, minor];
    tx.execute(ADD_TO_STATEMENT, row).await.map(drop)
}

/// Incentives of every merchant whose complaint has returned, at most so many.
///
/// # Errors
/// The database's error.
pub async fn returned(tx: &mut Tx<'_>, most: u32) -> Result<Vec<(TenantId, IncentiveId)>, StoreError> {
    let now = tx.now();
    let rows = tx.all(RETURNED, values![now, most]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, columns.id()?))
        })
        .collect()
}
