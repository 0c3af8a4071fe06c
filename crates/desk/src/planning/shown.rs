//! The plan of a case as its page shows it, worked out anew on every reading.

use jiff::Timestamp;
use pingxin_domain::cadence::{Attempt, KnownBy};
use pingxin_domain::clock::Clock;
use pingxin_domain::plan::{CasePlan, Horizon};
use pingxin_domain::{Action, AttemptId, BuyerId, CaseId, Scope};
use pingxin_store::case::{self, StatedNow, StepDone, StoredAttempt};
use pingxin_store::reference::UserRef;

use super::clocks::Clockwork;
use super::facts::planned;
use crate::compensations;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// A contact as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptShown {
    /// By which it can be taken back; none of an imported one.
    pub id: Option<AttemptId>,
    /// When, by what, and what came of it.
    pub attempt: Attempt,
    /// How it is known.
    pub known_by: KnownBy,
    /// How long it took, in seconds.
    pub seconds: Option<u32>,
    /// What was said.
    pub note: Option<String>,
    /// Who logged it.
    pub by: Option<UserRef>,
}

/// What is next, as lists show it.
pub type NextShown = Horizon;

/// The plan of a case with everything its page shows beside it.
#[derive(Debug, Clone)]
pub struct CasePlanView {
    /// The plan as of now.
    pub plan: CasePlan,
    /// What is next.
    pub next: NextShown,
    /// Its clocks that run or stand.
    pub clocks: Vec<Clock>,
    /// As of when.
    pub at: Timestamp,
    /// Contacts made, the first first.
    pub attempts: Vec<AttemptShown>,
    /// What a person said last.
    pub stated: Option<StatedNow>,
    /// Steps that are ticked off.
    pub done: Vec<StepDone>,
    /// The buyer, if he is known.
    pub buyer: Option<BuyerId>,
    /// Since when he wants no messages.
    pub opted_out_at: Option<Timestamp>,
    /// Where the buyer's days are counted, an IANA name.
    pub timezone: String,
}

/// The plan of a case.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn view(desk: &Desk, scope: &Scope, id: CaseId) -> Result<CasePlanView> {
    allow(scope, Action::ReadCases)?;
    shown(desk, scope, id).await
}

/// The same for whoever has just changed it.
pub(crate) async fn shown(desk: &Desk, scope: &Scope, id: CaseId) -> Result<CasePlanView> {
    let now = desk.store.clock().now();
    let found = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let Some(known) = case::known(tx, scope, &[id]).await?.pop() else { return Ok(None) };
                let logged = case::attempts(tx, scope, id).await?;
                let stated = case::stated(tx, scope, id).await?;
                let clockwork = Clockwork::read(tx, scope, std::slice::from_ref(&known)).await?;
                let done = case::steps_done(tx, scope, id).await?;
                let ladder = compensations::ladder_in(tx, scope).await?;
                Ok(Some((known, logged, stated, done, clockwork, ladder)))
            })
        })
        .await?;
    let (known, logged, stated, done, clockwork, ladder) = found.ok_or(DeskError::NotFound)?;
    let planned = planned(&known, clockwork.days(), desk.engine().packs(), &ladder, now);
    let attempts = planned
        .made
        .iter()
        .map(|made| {
            let stored: Option<&StoredAttempt> = made.logged.and_then(|at| logged.get(at));
            AttemptShown {
                id: stored.map(|stored| stored.id),
                attempt: made.attempt,
                known_by: made.by,
                seconds: stored.and_then(|stored| stored.seconds),
                note: stored.and_then(|stored| stored.note.clone()),
                by: stored.and_then(|stored| stored.by.clone()),
            }
        })
        .collect();
    let clocks = clockwork.clocks(&known, &planned.horizon);
    Ok(CasePlanView {
        plan: planned.plan,
        next: planned.horizon,
        clocks,
        at: now,
        attempts,
        stated,
        done,
        buyer: known.buyer,
        opted_out_at: known.opted_out_at,
        timezone: known.timezone,
    })
}
