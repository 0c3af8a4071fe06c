//! The days on which the team works: public days that ship with the program, and the merchant's own.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use pingxin_domain::calendar::{DayKind, SpecialDay, public_year};
use pingxin_domain::{Action, Scope};
use pingxin_store::{StoreError, Tx, audit, calendar_day, shop_clock};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// Longest name of a day, in characters.
pub const NAME_LIMIT: usize = 40;

/// The special days of one year.
#[derive(Debug, Clone)]
pub struct YearView {
    /// The days, in order; whether each is the merchant's own.
    pub days: Vec<(SpecialDay, bool)>,
    /// The notice that the public days come from; none when it is not known here.
    pub source: Option<&'static str>,
}

/// The special days of a year; an own day stands in place of the public one.
///
/// # Errors
/// [`DeskError::Refused`] for a year that no calendar has, [`DeskError::Forbidden`], or the database's.
pub async fn year(desk: &Desk, scope: &Scope, year: i16) -> Result<YearView> {
    allow(scope, Action::ReadCases)?;
    if !(2000..=2100).contains(&year) {
        return Err(DeskError::refused("年份应在 2000 到 2100 之间", "the year must be from 2000 to 2100"));
    }
    let (from, to) = (date(year, 1, 1), date(year, 12, 31));
    let read = desk.store.read(|tx| Box::pin(async move { calendar_day::list(tx, scope, from, to).await }));
    let own = read.await?;
    let public = public_year(year);
    let shipped = public.map_or(&[][..], |public| &public.days);
    let mut days: Vec<(SpecialDay, bool)> = shipped
        .iter()
        .filter(|day| own.iter().all(|own| own.date != day.date))
        .map(|day| (day.clone(), false))
        .chain(own.iter().map(|day| (day.clone(), true)))
        .collect();
    days.sort_by_key(|(day, _)| day.date);
    Ok(YearView { days, source: public.map(|public| public.source.as_str()) })
}

/// The merchant's own days that deadlines and clocks about now are counted with: of two years back and two ahead.
///
/// # Errors
/// The database's error.
pub(crate) async fn around_now(
    tx: &mut Tx<'_>,
    scope: &Scope,
) -> std::result::Result<Vec<SpecialDay>, StoreError> {
    let year = tx.now().to_zoned(TimeZone::UTC).year();
    let day = |year: i16, month, day| Date::new(year, month, day).unwrap_or(Date::MIN);
    calendar_day::list(tx, scope, day(year.saturating_sub(2), 1, 1), day(year.saturating_add(2), 12, 31))
        .await
}

/// Says what a day is for this merchant.
///
/// # Errors
/// [`DeskError::Refused`] for an overlong name, [`DeskError::Forbidden`], or the database's.
pub async fn set_day(
    desk: &Desk,
    scope: &Scope,
    date: Date,
    kind: DayKind,
    name: &str,
) -> Result<SpecialDay> {
    allow(scope, Action::ManageCalendar)?;
    let name = name.trim();
    if name.chars().count() > NAME_LIMIT {
        return Err(DeskError::refused(
            format!("名称不超过 {NAME_LIMIT} 个字"),
            format!("a name has at most {NAME_LIMIT} characters"),
        ));
    }
    let day = SpecialDay { date, kind, name: name.to_owned() };
    let set = &day;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                calendar_day::put(tx, scope, set).await?;
                shop_clock::calendar_changed(tx, scope).await?;
                let detail = json!({"kind": set.kind.code()});
                audit::append(tx, scope, "calendar.set", "day", &set.date.to_string(), &detail).await
            })
        })
        .await?;
    Ok(day)
}

/// Takes an own day away; the public one, if there is one, holds again.
///
/// # Errors
/// [`DeskError::NotFound`] when it is no own day, [`DeskError::Forbidden`], or the database's.
pub async fn clear_day(desk: &Desk, scope: &Scope, date: Date) -> Result<()> {
    allow(scope, Action::ManageCalendar)?;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                calendar_day::delete(tx, scope, date).await?;
                shop_clock::calendar_changed(tx, scope).await?;
                audit::append(tx, scope, "calendar.clear", "day", &date.to_string(), &json!({})).await
            })
        })
        .await?;
    Ok(())
}
