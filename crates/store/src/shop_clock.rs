//! When the team of each shop works, and how long things may take there.

use std::collections::HashMap;

use jiff::Timestamp;
use pingxin_domain::clock::{Goals, Hours};
use pingxin_domain::{Scope, ShopId};

use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, shop};

/// The hours and goals of a shop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShopClocks {
    /// When its team works.
    pub hours: Hours,
    /// How long things may take.
    pub goals: Goals,
    /// When somebody said so; none while they are those of the desk.
    pub set_at: Option<Timestamp>,
}

statements! {
    PUT = "INSERT INTO shop_clocks (tenant_id, shop_id, hours, goals, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (tenant_id, shop_id) DO UPDATE SET hours = excluded.hours, goals = excluded.goals, \
        set_at = excluded.set_at, set_by = excluded.set_by";
    LIST = "SELECT shop_id, hours, goals, set_at FROM shop_clocks WHERE tenant_id = $1 AND shop_id = ANY($2::uuid[])";
    KEPT_FROM = "SELECT clocks_from FROM tenants WHERE id = $1";
    // Its cases are due otherwise from now on.
    MARK = "UPDATE cases SET plan_at = $3 WHERE tenant_id = $1 AND shop_id = $2 AND live";
    MARK_ALL = "UPDATE cases SET plan_at = $2 WHERE tenant_id = $1 AND live";
}

fn written<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Corrupt { what: format!("clocks of a shop: {error}") })
}

/// Says when a shop's team works and how long things may take; the clocks of its cases are worked out anew.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn set(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    hours: &Hours,
    goals: &Goals,
) -> Result<(), StoreError> {
    shop::lock(tx, scope, shop).await?;
    let now = tx.now();
    let row = values![scope.tenant, shop, written(hours)?, written(goals)?, now, scope.user()];
    tx.execute(PUT, row).await?;
    tx.execute(MARK, values![scope.tenant, shop, now]).await.map(drop)
}

/// The clocks of every case are worked out anew: a day of the calendar has changed.
///
/// # Errors
/// The database's error.
pub async fn calendar_changed(tx: &mut Tx<'_>, scope: &Scope) -> Result<(), StoreError> {
    let now = tx.now();
    tx.execute(MARK_ALL, values![scope.tenant, now]).await.map(drop)
}

fn read(mut row: Columns<'_>) -> Result<(ShopId, ShopClocks), StoreError> {
    let id = row.id()?;
    Ok((id, ShopClocks { hours: row.json()?, goals: row.json()?, set_at: Some(row.instant()?) }))
}

/// What was said of these shops; of the others the desk's own hours and goals hold.
///
/// # Errors
/// The database's error.
pub async fn of_shops(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shops: &[ShopId],
) -> Result<HashMap<ShopId, ShopClocks>, StoreError> {
    let shops: Vec<ShopId> = shops.iter().copied().filter(|shop| scope.shops.covers(*shop)).collect();
    let rows = tx.all(LIST, values![scope.tenant, shops.as_slice()]).await?;
    rows.iter().map(|row| read(row.columns())).collect()
}

/// Since when the merchant's clocks are kept; what began before counts from then.
///
/// # Errors
/// The database's error.
pub async fn kept_from(tx: &mut Tx<'_>, scope: &Scope) -> Result<Timestamp, StoreError> {
    let row = tx.first(KEPT_FROM, values![scope.tenant]).await?;
    row.map_or(Ok(Timestamp::UNIX_EPOCH), |row| row.columns().instant())
}
