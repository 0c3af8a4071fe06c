//! When the team of a shop works and how long things may take there; rosters 排班.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::clock::{Goals, GoalsRefused, Hours, HoursRefused, Shift};
use pingxin_domain::{Action, Scope, ShiftId, ShopId, UserId};
use pingxin_store::shift::{self, ShiftRow};
use pingxin_store::shop_clock::{self, ShopClocks};
use pingxin_store::{StoreError, audit, shop, user};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// Shifts that are added at once at most.
pub const SHIFT_LIMIT: usize = 500;
/// The longest absence; a shift is a day at most.
const LONGEST_AWAY: SignedDuration = SignedDuration::from_hours(24 * 366);
const LONGEST_SHIFT: SignedDuration = SignedDuration::from_hours(24);
/// The longest stretch of a roster that is read at once.
const LONGEST_ROSTER: SignedDuration = SignedDuration::from_hours(24 * 93);

/// The hours and goals of a shop; those of the desk where nobody said otherwise.
///
/// # Errors
/// [`DeskError::NotFound`] outside the scope, [`DeskError::Forbidden`], or the database's.
pub async fn of_shop(desk: &Desk, scope: &Scope, id: ShopId) -> Result<ShopClocks> {
    allow(scope, Action::ReadCases)?;
    let read = desk.store.read(|tx| {
        Box::pin(async move {
            if shop::find(tx, scope, id).await?.is_none() {
                return Err(StoreError::NotFound { what: "shop" });
            }
            Ok(shop_clock::of_shops(tx, scope, &[id]).await?.remove(&id).unwrap_or_default())
        })
    });
    Ok(read.await?)
}

fn hours_refused(why: HoursRefused) -> DeskError {
    let zh = match why {
        HoursRefused::Backwards => "时段的结束要晚于开始，最晚到 24:00",
        HoursRefused::Overlapping => "同一天的时段要按先后排列，不能重叠",
        HoursRefused::Never => "一周里至少有一天要有工作时间",
    };
    DeskError::refused(zh, why.to_string())
}

fn goals_refused(why: GoalsRefused) -> DeskError {
    let zh = match why {
        GoalsRefused::Length => "时限应在 1 分钟到 90 天之间",
        GoalsRefused::Percent => "预警应在时限的 1% 到 99% 之间",
    };
    DeskError::refused(zh, why.to_string())
}

/// Says when a shop's team works and how long things may take; every clock of its cases is counted anew.
///
/// # Errors
/// [`DeskError::Refused`] for impossible hours or goals, [`DeskError::NotFound`], [`DeskError::Forbidden`].
pub async fn set_of_shop(
    desk: &Desk,
    scope: &Scope,
    id: ShopId,
    hours: &Hours,
    goals: &Goals,
) -> Result<ShopClocks> {
    allow(scope, Action::ManageCalendar)?;
    hours.check().map_err(hours_refused)?;
    goals.check().map_err(goals_refused)?;
    let written = desk.store.write(|tx| {
        Box::pin(async move {
            shop_clock::set(tx, scope, id, hours, goals).await?;
            let detail = json!({ "hours": hours, "goals": goals });
            audit::append(tx, scope, "shop.clocks", "shop", &id.to_string(), &detail).await
        })
    });
    written.await?;
    of_shop(desk, scope, id).await
}

/// The roster from one instant to another.
///
/// # Errors
/// [`DeskError::Refused`] for more than three months, [`DeskError::Forbidden`], or the database's.
pub async fn roster(desk: &Desk, scope: &Scope, from: Timestamp, to: Timestamp) -> Result<Vec<ShiftRow>> {
    allow(scope, Action::ReadPeople)?;
    let length = to.duration_since(from);
    if length <= SignedDuration::ZERO || length > LONGEST_ROSTER {
        return Err(DeskError::refused(
            "结束要晚于开始，一次最多查 93 天",
            "the end must be after the beginning, and at most 93 days later",
        ));
    }
    Ok(desk.store.read(|tx| Box::pin(async move { shift::list(tx, scope, from, to).await })).await?)
}

fn check_shift(shift: &Shift) -> Result<()> {
    let longest = if shift.is_away { LONGEST_AWAY } else { LONGEST_SHIFT };
    let length = shift.to.duration_since(shift.from);
    if length <= SignedDuration::ZERO || length > longest {
        return Err(DeskError::refused(
            "结束要晚于开始；班次最长一天，请假最长一年",
            "the end must be after the beginning; a shift is a day at most, an absence a year",
        ));
    }
    Ok(())
}

/// Puts shifts and absences into the roster.
///
/// # Errors
/// [`DeskError::Refused`] for none, too many, or impossible ones; [`DeskError::NotFound`] for somebody outside the
/// merchant; [`DeskError::Forbidden`].
pub async fn add_shifts(desk: &Desk, scope: &Scope, shifts: &[(UserId, Shift)]) -> Result<Vec<ShiftId>> {
    allow(scope, Action::ManageCalendar)?;
    if shifts.is_empty() || shifts.len() > SHIFT_LIMIT {
        return Err(DeskError::refused(
            format!("一次加 1 到 {SHIFT_LIMIT} 个班次"),
            format!("1 to {SHIFT_LIMIT} shifts at once"),
        ));
    }
    shifts.iter().try_for_each(|(_, shift)| check_shift(shift))?;
    let mut people: Vec<UserId> = shifts.iter().map(|(person, _)| *person).collect();
    people.sort_unstable();
    people.dedup();
    let people = &people;
    let added = desk.store.write(|tx| {
        Box::pin(async move {
            for person in people {
                if user::find(tx, scope, *person).await?.is_none() {
                    return Err(StoreError::NotFound { what: "user" });
                }
            }
            let ids = shift::add(tx, scope, shifts).await?;
            let detail = json!({ "people": people, "shifts": shifts.len() });
            audit::append(tx, scope, "roster.add", "tenant", &scope.tenant.to_string(), &detail).await?;
            Ok(ids)
        })
    });
    Ok(added.await?)
}

/// Takes a shift or absence out of the roster.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn delete_shift(desk: &Desk, scope: &Scope, id: ShiftId) -> Result<()> {
    allow(scope, Action::ManageCalendar)?;
    let gone = desk.store.write(|tx| {
        Box::pin(async move {
            let person = shift::delete(tx, scope, id).await?;
            let detail = json!({ "person": person });
            audit::append(tx, scope, "roster.delete", "shift", &id.to_string(), &detail).await
        })
    });
    Ok(gone.await?)
}
