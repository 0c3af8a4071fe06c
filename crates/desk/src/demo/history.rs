//! Brings the demo's rows in as a seller would have: one export a shop and week, so that cases have an age and the
//! list of imports a history.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::Scope;
use pingxin_domain::intake::IncomingRow;
use pingxin_store::shop::Shop;

use super::course;
use super::generate::DemoPlan;
use super::worked::{self, Team};
use crate::desk::Desk;
use crate::error::Result;
use crate::import::take_rows;

/// Weeks that the plan reaches back, and some days of delivery.
const WEEKS: i64 = 14;
const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Rows, over all shops, that are sorted into weeks; a larger demo is streamed in little memory, and its weeks are
/// those in which the slowest of the rows so far became known.
const SORTED: usize = 9_000;

/// Imports every row of the plan; `shops` run parallel to the plan's. Where rows can be sorted into weeks, `team` works on
/// the cases of each before the next comes in.
///
/// # Errors
/// When the database does not answer.
pub async fn bring_in(
    desk: &Desk,
    scope: &Scope,
    plan: &DemoPlan,
    shops: &[Shop],
    team: Option<&Team>,
    now: Timestamp,
) -> Result<()> {
    if plan.size() > SORTED {
        for (index, shop) in shops.iter().enumerate() {
            stream(desk, scope, plan, index, shop, now).await?;
        }
    } else {
        sort(desk, scope, plan, shops, team, now).await?;
    }
    for (index, shop) in shops.iter().enumerate() {
        // Some buyers changed their reviews later; a later export brings them, and what stands beside the orders.
        for (what, rows) in [
            ("后来修改", &mut plan.revised_rows(index) as &mut (dyn Iterator<Item = IncomingRow> + Send)),
            ("物流、售后与沟通", &mut plan.record_rows(index)),
        ] {
            let mut rows = rows.peekable();
            if rows.peek().is_some() {
                let name = format!("{} 演示数据（{what}）", shop.name);
                take_rows(desk, scope, shop, &name, rows).await?;
            }
        }
    }
    Ok(())
}

/// One import a shop and week, each with what became known in that week.
async fn sort(
    desk: &Desk,
    scope: &Scope,
    plan: &DemoPlan,
    shops: &[Shop],
    team: Option<&Team>,
    now: Timestamp,
) -> Result<()> {
    let mut weeks: Vec<Vec<Vec<IncomingRow>>> = vec![vec![Vec::new(); shops.len()]; WEEKS as usize];
    for (index, _) in shops.iter().enumerate() {
        for row in plan.rows(index) {
            weeks[week_of(&row, now)][index].push(row);
        }
    }
    for (week, of_shops) in weeks.into_iter().enumerate() {
        let end = end_of(week, now);
        let desk = desk.as_of(end);
        for (shop, rows) in shops.iter().zip(of_shops).filter(|(_, rows)| !rows.is_empty()) {
            let name = format!("{} 演示数据 {}", shop.name, end.strftime("%Y-%m-%d"));
            take_rows(&desk, scope, shop, &name, rows.into_iter()).await?;
        }
        let course = match WEEKS as usize - 1 - week {
            0 => continue,
            1 => course::of_last_week,
            _ => course::of_weeks_ago,
        };
        if let Some(team) = team {
            worked::week(&desk, team, shops, end, course).await?;
        }
    }
    Ok(())
}

/// One import a shop and week; rows come as they are made, and a row waits for none that comes after it.
async fn stream(
    desk: &Desk,
    scope: &Scope,
    plan: &DemoPlan,
    index: usize,
    shop: &Shop,
    now: Timestamp,
) -> Result<()> {
    let mut rows = plan.rows(index).peekable();
    let mut week = 0;
    while let Some(row) = rows.peek() {
        week = week.max(week_of(row, now));
        let end = end_of(week, now);
        let name = format!("{} 演示数据 {}", shop.name, end.strftime("%Y-%m-%d"));
        let of_week = std::iter::from_fn(|| rows.next_if(|row| week_of(row, now) <= week));
        take_rows(&desk.as_of(end), scope, shop, &name, of_week).await?;
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
