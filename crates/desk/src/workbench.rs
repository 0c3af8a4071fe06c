//! 工作台: what came in, what is due, what is late, what waits for me, and how yesterday was; each a number with the list
//! behind it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use pingxin_domain::case::CaseState;
use pingxin_domain::{Action, Scope};
use pingxin_store::case::{self, Between, CaseFilter, CaseTimes, Owner};
use pingxin_store::{Count, StoreError, Tx};

use crate::desk::{Desk, allow};
use crate::error::Result;

/// "Due soon": within so long.
pub const SOON: SignedDuration = SignedDuration::from_hours(2);

/// One number of the workbench, and the list behind it.
#[derive(Debug, Clone)]
pub struct Figure {
    /// How many, exact up to a thousand.
    pub count: Count,
    /// The filter of the list, as it stands in an address after `?`.
    pub query: String,
}

/// The numbers of the workbench.
#[derive(Debug, Clone)]
pub struct Workbench {
    /// As of when.
    pub at: Timestamp,
    /// Opened, and nobody has them.
    pub new: Figure,
    /// Due within two hours.
    pub due_soon: Figure,
    /// Due before now.
    pub overdue: Figure,
    /// Clocks that have run out.
    pub clock_overdue: Figure,
    /// Clocks that run out within two hours.
    pub clock_soon: Figure,
    /// Those that the supervisor should look at.
    pub escalated: Figure,
    /// Buyers who may be contacted now.
    pub contacts: Figure,
    /// Deadlines within three days.
    pub deadlines_3: Figure,
    /// Deadlines within seven days.
    pub deadlines_7: Figure,
    /// Those that I have and that wait for nobody else.
    pub mine: Figure,
    /// Yesterday, in the zone asked for.
    pub yesterday: Yesterday,
}

/// One day that is over.
#[derive(Debug, Clone)]
pub struct Yesterday {
    /// Which.
    pub date: Date,
    /// Opened.
    pub opened: Figure,
    /// Ended.
    pub ended: Figure,
    /// With a contact, or the try of one.
    pub contacted: Figure,
}

/// The workbench of whoever asks; days are those of `zone`.
///
/// # Errors
/// [`crate::DeskError::Forbidden`], or the database's.
pub async fn workbench(desk: &Desk, scope: &Scope, zone: &TimeZone) -> Result<Workbench> {
    allow(scope, Action::ReadCases)?;
    let now = desk.store.clock().now();
    let bench = desk.store.read(|tx| Box::pin(async move { counted(tx, scope, now, zone).await })).await?;
    Ok(bench)
}

async fn counted(
    tx: &mut Tx<'_>,
    scope: &Scope,
    now: Timestamp,
    zone: &TimeZone,
) -> std::result::Result<Workbench, StoreError> {
    let later = |hours: i64| now.checked_add(SignedDuration::from_hours(hours)).unwrap_or(now);
    let soon = now.checked_add(SOON).unwrap_or(now);
    let no_times = CaseTimes::default();
    let times = |times| CaseFilter { times, ..CaseFilter::default() };
    let new =
        CaseFilter { states: vec![CaseState::Open], handlers: vec![Owner::None], ..CaseFilter::default() };
    let mine = CaseFilter {
        states: vec![CaseState::InProgress],
        handlers: scope.user().map(Owner::User).into_iter().collect(),
        ..CaseFilter::default()
    };
    let (date, [from, to]) = yesterday(now, zone);
    let day = Between { from: Some(from), to: Some(to) };
    let due = |from, to| times(CaseTimes { due: Between { from, to: Some(to) }, ..no_times });
    let clock = |from, to| times(CaseTimes { clock: Between { from, to: Some(to) }, ..no_times });
    let deadline = |hours| {
        times(CaseTimes { deadline: Between { from: Some(now), to: Some(later(hours)) }, ..no_times })
    };
    Ok(Workbench {
        at: now,
        new: figure(tx, scope, &new, "case_state=open&handler=none&sort=newest".into()).await?,
        due_soon: figure(tx, scope, &due(Some(now), soon), "due=soon&sort=due".into()).await?,
        overdue: figure(tx, scope, &due(None, now), "due=overdue&sort=due".into()).await?,
        clock_overdue: figure(tx, scope, &clock(None, now), "clock=overdue&sort=due".into()).await?,
        clock_soon: figure(tx, scope, &clock(Some(now), soon), "clock=soon&sort=due".into()).await?,
        escalated: {
            let filter = times(CaseTimes { escalated: Between { from: None, to: Some(soon) }, ..no_times });
            figure(tx, scope, &filter, "clock=escalated&sort=severity".into()).await?
        },
        contacts: {
            let filter = times(CaseTimes { contact_at: Some(now), ..no_times });
            figure(tx, scope, &filter, "contact=now&sort=contact".into()).await?
        },
        deadlines_3: figure(tx, scope, &deadline(72), "deadline_days=3&sort=deadline".into()).await?,
        deadlines_7: figure(tx, scope, &deadline(168), "deadline_days=7&sort=deadline".into()).await?,
        mine: figure(tx, scope, &mine, "handler=me&case_state=in_progress&sort=due".into()).await?,
        yesterday: Yesterday {
            date,
            opened: {
                let filter = times(CaseTimes { opened: day, ..no_times });
                figure(tx, scope, &filter, stretch("opened", from, to)).await?
            },
            ended: {
                let filter = times(CaseTimes { ended: day, ..no_times });
                figure(tx, scope, &filter, stretch("ended", from, to)).await?
            },
            contacted: {
                let filter = times(CaseTimes { contacted: day, ..no_times });
                figure(tx, scope, &filter, stretch("contacted", from, to)).await?
            },
        },
    })
}

async fn figure(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &CaseFilter,
    query: String,
) -> std::result::Result<Figure, StoreError> {
    Ok(Figure { count: case::count(tx, scope, filter).await?, query })
}

fn stretch(what: &str, from: Timestamp, to: Timestamp) -> String {
    format!("{what}_from={from}&{what}_to={to}&sort=newest")
}

/// The local day before now, and the instants it begins and ends at.
fn yesterday(now: Timestamp, zone: &TimeZone) -> (Date, [Timestamp; 2]) {
    let today = now.to_zoned(zone.clone()).date();
    let date = today.yesterday().unwrap_or(today);
    let start = |date: Date| date.to_zoned(zone.clone()).map_or(now, |start| start.timestamp());
    (date, [start(date), start(today)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yesterday_is_the_local_day_before() {
        let now = "2026-11-29T17:00:00Z".parse().expect("an instant");
        let zone = TimeZone::get("Asia/Shanghai").expect("a zone");
        let (date, [from, to]) = yesterday(now, &zone);
        assert_eq!(date.to_string(), "2026-11-29");
        assert_eq!(
            (from.to_string(), to.to_string()),
            ("2026-11-28T16:00:00Z".into(), "2026-11-29T16:00:00Z".into())
        );
    }
}
