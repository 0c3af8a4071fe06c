//! Brings the demo's rows in as a seller would have: one export a shop and week, so that cases have an age and the
//! list of imports a history.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::Scope;
use pingxin_domain::intake::IncomingRow;
use pingxin_store::shop::Shop;

use super::generate::DemoPlan;
use crate::desk::Desk;
use crate::error::Result;
use crate::import::take_rows;

/// Weeks that the plan reaches back, and some days of delivery.
const WEEKS: i64 = 14;
const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Rows that are sorted into weeks; a larger demo is streamed in one import a shop, in little memory.
const SORTED: usize = 40_000;

/// Imports every row of the plan; `shops` run parallel to the plan's.
///
/// # Errors
/// When the database does not answer.
pub async fn bring_in(
    desk: &Desk,
    scope: &Scope,
    plan: &DemoPlan,
    shops: &[Shop],
    now: Timestamp,
) -> Result<()> {
    let mut weeks: Vec<Vec<Vec<IncomingRow>>> = vec![vec![Vec::new(); shops.len()]; WEEKS as usize];
    for (index, shop) in shops.iter().enumerate() {
        let mut rows = plan.rows(index);
        for row in rows.by_ref().take(SORTED) {
            weeks[week_of(&row, now)][index].push(row);
        }
        let mut rest = rows.peekable();
        if rest.peek().is_some() {
            take_rows(desk, scope, shop, &format!("{} 演示数据", shop.name), rest).await?;
        }
    }
    for (week, of_shops) in weeks.into_iter().enumerate() {
        let end = end_of(week, now);
        let desk = desk.as_of(end);
        for (shop, rows) in shops.iter().zip(of_shops).filter(|(_, rows)| !rows.is_empty()) {
            let name = format!("{} 演示数据 {}", shop.name, end.strftime("%Y-%m-%d"));
            take_rows(&desk, scope, shop, &name, rows.into_iter()).await?;
        }
    }
    for (index, shop) in shops.iter().enumerate() {
        // Some buyers changed their reviews later; a later export brings them.
        let mut revised = plan.revised_rows(index).peekable();
        if revised.peek().is_some() {
            let name = format!("{} 演示数据（后来修改）", shop.name);
            take_rows(desk, scope, shop, &name, revised).await?;
        }
    }
    Ok(())
}

fn end_of(week: usize, now: Timestamp) -> Timestamp {
    let back = WEEKS - 1 - i64::try_from(week).unwrap_or(WEEKS - 1);
    now.checked_sub(WEEK * i32::try_from(back).unwrap_or(0)).unwrap_or(now)
}

/// The first week whose export shows the row.
fn week_of(row: &IncomingRow, now: Timestamp) -> usize {
    let order = row.order.iter().flat_map(|order| {
        [order.placed, order.paid, order.shipped, order.delivered, order.completed].into_iter().flatten()
    });
    let latest = row.reviews.iter().filter_map(|review| review.created).chain(order).max().unwrap_or(now);
    (0..WEEKS as usize).find(|week| latest <= end_of(*week, now)).unwrap_or(WEEKS as usize - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_comes_in_the_first_week_that_can_show_it() {
        let now: Timestamp = "2026-11-22T01:00:00Z".parse().unwrap();
        let plan = crate::demo::generate::plan(7, 300, 100, now);
        for row in (0..plan.shops.len()).flat_map(|index| plan.rows(index)) {
            let week = week_of(&row, now);
            for review in &row.reviews {
                let created = review.created.unwrap();
                assert!(created <= end_of(week, now), "no review is imported before it was written");
            }
        }
        assert_eq!(end_of(WEEKS as usize - 1, now), now);
        assert!(end_of(0, now) < end_of(1, now));
    }
}
