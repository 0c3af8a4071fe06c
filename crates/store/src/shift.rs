//! Rosters 排班: who is on duty when, and who is away.

use std::collections::HashMap;

use jiff::Timestamp;
use pingxin_domain::clock::{Duty, Shift};
use pingxin_domain::{Scope, ShiftId, UserId};

use crate::reference::UserRef;
use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx, identifier};

/// A shift or absence as the roster shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftRow {
    /// Id.
    pub id: ShiftId,
    /// Whose.
    pub person: UserRef,
    /// When.
    pub shift: Shift,
}

statements! {
    LIST = "SELECT s.id, u.id, u.display_name, s.starts_at, s.ends_at, s.away FROM shifts s \
        JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id \
        WHERE s.tenant_id = $1 AND s.ends_at > $2 AND s.starts_at < $3 ORDER BY s.starts_at, u.display_name, s.id LIMIT 2000";
    OF_PEOPLE = "SELECT user_id, starts_at, ends_at, away FROM shifts WHERE tenant_id = $1 \
        AND user_id = ANY($2::uuid[]) AND ends_at > $3 AND starts_at < $4";
    FIND = "SELECT user_id FROM shifts WHERE tenant_id = $1 AND id = $2";
    DELETE = "DELETE FROM shifts WHERE tenant_id = $1 AND id = $2";
    MARK = "UPDATE cases SET plan_at = $3 WHERE tenant_id = $1 AND owner_user_id IS NOT NULL \
        AND owner_user_id = ANY($2::uuid[]) AND live";
}

/// Adds shifts and absences of people of the merchant; the clocks of their cases are worked out anew.
///
/// # Errors
/// The database's error.
pub async fn add(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shifts: &[(UserId, Shift)],
) -> Result<Vec<ShiftId>, StoreError> {
    let now = tx.now();
    let ids: Vec<ShiftId> = shifts.iter().map(|_| identifier::fresh()).collect();
    let many = shifts.len();
    Bulk::into("shifts")
        .column("tenant_id", std::iter::repeat_n(scope.tenant, many))
        .column("id", ids.iter().copied())
        .column("user_id", shifts.iter().map(|(user, _)| *user))
        .column("starts_at", shifts.iter().map(|(_, shift)| shift.from))
        .column("ends_at", shifts.iter().map(|(_, shift)| shift.to))
        .column("away", shifts.iter().map(|(_, shift)| shift.is_away))
        .column("created_at", std::iter::repeat_n(now, many))
        .column("created_by", std::iter::repeat_n(scope.user(), many))
        .run(tx)
        .await?;
    let people: Vec<UserId> = shifts.iter().map(|(user, _)| *user).collect();
    tx.execute(MARK, values![scope.tenant, people.as_slice(), now]).await?;
    Ok(ids)
}

/// The roster from one instant to another, the first first; at most 2,000.
///
/// # Errors
/// The database's error.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<ShiftRow>, StoreError> {
    let rows = tx.all(LIST, values![scope.tenant, from, to]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok(ShiftRow {
                id: columns.id()?,
                person: UserRef { id: columns.id()?, name: columns.text()? },
                shift: Shift { from: columns.instant()?, to: columns.instant()?, is_away: columns.bool()? },
            })
        })
        .collect()
}

/// The rosters of some people from one instant to another.
///
/// # Errors
/// The database's error.
pub async fn of_people(
    tx: &mut Tx<'_>,
    scope: &Scope,
    people: &[UserId],
    from: Timestamp,
    to: Timestamp,
) -> Result<HashMap<UserId, Duty>, StoreError> {
    let mut duties: HashMap<UserId, Duty> = HashMap::new();
    for row in tx.all(OF_PEOPLE, values![scope.tenant, people, from, to]).await? {
        let mut columns = row.columns();
        let user = columns.id()?;
        let shift = Shift { from: columns.instant()?, to: columns.instant()?, is_away: columns.bool()? };
        duties.entry(user).or_default().shifts.push(shift);
    }
    Ok(duties)
}

/// Takes a shift out of the roster; says whose it was.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant.
pub async fn delete(tx: &mut Tx<'_>, scope: &Scope, id: ShiftId) -> Result<UserId, StoreError> {
    let now = tx.now();
    let row = tx.first(FIND, values![scope.tenant, id]).await?;
    let person: UserId = row.ok_or(StoreError::NotFound { what: "shift" })?.columns().id()?;
    tx.change_one(DELETE, values![scope.tenant, id], "shift").await?;
    let people = [person];
    tx.execute(MARK, values![scope.tenant, people.as_slice(), now]).await?;
    Ok(person)
}
