//! Monthly statements and their lines. A statement tells of all shops of a person: what he is owed is one sum.

use jiff::Timestamp;
use pingxin_domain::incentive::{Basis, IncentiveLine, IncentiveState};
use pingxin_domain::{CaseId, Currency, IncentiveId, Money, Month, Scope, UserId};

use crate::reference::UserRef;
use crate::sql::{statements, values};
use crate::{StoreError, Tx};

/// What a person earned in a month, in one currency.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Who.
    pub user: UserRef,
    /// The sum of its lines.
    pub total: Money,
    /// How many lines.
    pub lines: u32,
    /// What of it was paid already.
    pub paid: Money,
}

/// A line of a statement.
#[derive(Debug, Clone)]
pub struct Line {
    /// The incentive.
    pub incentive: IncentiveId,
    /// The case.
    pub case: CaseId,
    /// Number of that case.
    pub case_number: u64,
    /// Who.
    pub user: UserRef,
    /// What.
    pub kind: IncentiveLine,
    /// How much; below zero for what is taken back.
    pub amount: Money,
    /// When it was written.
    pub at: Timestamp,
    /// What for.
    pub basis: Basis,
    /// How far the incentive has come.
    pub state: IncentiveState,
}

statements! {
    OF_MONTH = "SELECT t.user_id, u.display_name, t.currency, t.total_minor, t.line_count, \
        CAST(coalesce((SELECT sum(l.amount_minor) FROM incentive_lines l JOIN incentives i ON i.tenant_id = l.tenant_id \
        AND i.id = l.incentive_id WHERE l.tenant_id = t.tenant_id AND l.user_id = t.user_id AND l.month = t.month \
        AND l.currency = t.currency AND l.kind = 'earned' AND i.paid_at IS NOT NULL), 0) AS BIGINT) \
        FROM incentive_statements t JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.user_id \
        WHERE t.tenant_id = $1 AND t.month = $2 AND ($3 OR t.user_id = $4) ORDER BY u.display_name, t.user_id, t.currency";
    LINES = "SELECT l.incentive_id, i.case_id, k.number, l.user_id, u.display_name, l.kind, l.amount_minor, l.currency, \
        l.at, i.basis, i.state FROM incentive_lines l JOIN incentives i ON i.tenant_id = l.tenant_id \
        AND i.id = l.incentive_id JOIN cases k ON k.tenant_id = i.tenant_id AND k.id = i.case_id \
        JOIN users u ON u.tenant_id = l.tenant_id AND u.id = l.user_id WHERE l.tenant_id = $1 AND l.month = $2 \
        AND ($3 OR l.user_id = $4) ORDER BY u.display_name, l.user_id, l.at, l.id LIMIT 10000";
}

fn somebody(user: Option<UserRef>) -> Result<UserRef, StoreError> {
    user.ok_or_else(|| StoreError::Corrupt { what: "a statement of nobody".to_owned() })
}

/// The statements of a month; of one person, or of all.
///
/// # Errors
/// The database's error.
pub async fn of_month(
    tx: &mut Tx<'_>,
    scope: &Scope,
    month: Month,
    user: Option<UserId>,
) -> Result<Vec<Statement>, StoreError> {
    let row = values![scope.tenant, month.number(), user.is_none(), user];
    let rows = tx.all(OF_MONTH, row).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let user = somebody(UserRef::read(&mut columns)?)?;
            let currency: Currency = columns.code(|code| code.parse().ok())?;
            let total = Money { minor: columns.int()?, currency };
            let lines = columns.small()?;
            Ok(Statement { user, total, lines, paid: Money { minor: columns.int()?, currency } })
        })
        .collect()
}

/// The lines of a month; of one person, or of all.
///
/// # Errors
/// The database's error.
pub async fn lines(
    tx: &mut Tx<'_>,
    scope: &Scope,
    month: Month,
    user: Option<UserId>,
) -> Result<Vec<Line>, StoreError> {
    let row = values![scope.tenant, month.number(), user.is_none(), user];
    let rows = tx.all(LINES, row).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (incentive, case, case_number) = (columns.id()?, columns.id()?, columns.unsigned()?);
            let user = somebody(UserRef::read(&mut columns)?)?;
            let kind = columns.code(IncentiveLine::from_code)?;
            let minor = columns.int()?;
            let currency: Currency = columns.code(|code| code.parse().ok())?;
            let at = columns.instant()?;
            Ok(Line {
                incentive,
                case,
                case_number,
                user,
                kind,
                amount: Money { minor, currency },
                at,
                basis: columns.code(Basis::from_code)?,
                state: columns.code(IncentiveState::from_code)?,
            })
        })
        .collect()
}
