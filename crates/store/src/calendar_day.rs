//! A merchant's own days off and days of work.

use jiff::civil::Date;
use pingxin_domain::Scope;
use pingxin_domain::calendar::{DayKind, SpecialDay};

use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx};

statements! {
    PUT = "INSERT INTO calendar_days (tenant_id, day, kind, name) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (tenant_id, day) DO UPDATE SET kind = excluded.kind, name = excluded.name";
    DELETE = "DELETE FROM calendar_days WHERE tenant_id = $1 AND day = $2";
    LIST = "SELECT day, kind, name FROM calendar_days WHERE tenant_id = $1 AND day >= $2 AND day <= $3 ORDER BY day";
}

/// Sets what a day is.
///
/// # Errors
/// The database's error.
pub async fn put(tx: &mut Tx<'_>, scope: &Scope, day: &SpecialDay) -> Result<(), StoreError> {
    let row = values![scope.tenant, day.date.to_string(), day.kind.code(), day.name.as_str()];
    tx.execute(PUT, row).await.map(drop)
}

/// Takes an own day away.
///
/// # Errors
/// [`StoreError::NotFound`] when it is none.
pub async fn delete(tx: &mut Tx<'_>, scope: &Scope, date: Date) -> Result<(), StoreError> {
    tx.change_one(DELETE, values![scope.tenant, date.to_string()], "calendar day").await
}

fn read(mut row: Columns<'_>) -> Result<SpecialDay, StoreError> {
    Ok(SpecialDay {
        date: row.code(|day| day.parse().ok())?,
        kind: row.code(DayKind::from_code)?,
        name: row.text()?,
    })
}

/// The own days from one date to another, both included.
///
/// # Errors
/// The database's error.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    from: Date,
    to: Date,
) -> Result<Vec<SpecialDay>, StoreError> {
    let row = values![scope.tenant, from.to_string(), to.to_string()];
    tx.all(LIST, row).await?.iter().map(|row| read(row.columns())).collect()
}
