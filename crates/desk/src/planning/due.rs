//! Keeps what lists show of plans in step.

use pingxin_domain::cadence::last_message_of_buyer;
use pingxin_domain::case::Reopening;
use pingxin_domain::compensation::Ladder;
use pingxin_domain::{CaseId, Scope};
use pingxin_store::case::{self, CaseKnown};
use pingxin_store::{StoreError, Tx};

use super::clocks::Clockwork;
use super::facts::planned;
use crate::cases;
use crate::desk::Desk;
use crate::error::Result;

/// Cases of one transaction: well below the tenth of a second that a writer may hold.
const STEP: u32 = 100;

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Renewed {
    /// Cases whose plan was made anew.
    pub cases: u64,
    /// Those of them that went on or opened again.
    pub moved: u64,
}

/// Makes the plans of some cases anew and writes what lists show of them, within the transaction that changed a fact.
///
/// # Errors
/// The database's error.
pub(crate) async fn renew(
    tx: &mut Tx<'_>,
    scope: &Scope,
    desk: &Desk,
    ids: &[CaseId],
) -> std::result::Result<(), StoreError> {
    let now = tx.now();
    let known = case::known(tx, scope, ids).await?;
    let clockwork = Clockwork::read(tx, scope, &known).await?;
    for known in &known {
        let horizon = planned(known, clockwork.days(), desk.engine().packs(), Ladder::shipped(), now).horizon;
        clockwork.keep(tx, scope, known, &horizon).await?;
    }
    Ok(())
}

/// Makes the plans anew that are due, of every merchant, some at a time; also lets cases go on whose time to wait is up or
/// whose buyer has answered, and opens those again whose buyer wrote after their end. `go_on` is asked between steps.
///
/// # Errors
/// When the database does not answer; what was done before stays done.
pub async fn renew_due(desk: &Desk, go_on: impl Fn() -> bool) -> Result<Renewed> {
    let mut renewed = Renewed::default();
    let tenants = desk.store.read(|tx| Box::pin(case::tenants_due_for_plan(tx))).await?;
    for tenant in tenants {
        let scope = Scope::system(tenant);
        let scope = &scope;
        while go_on() {
            let step =
                desk.store.write(|tx| Box::pin(async move { renew_step(tx, scope, desk).await })).await?;
            renewed.cases += step.cases;
            renewed.moved += step.moved;
            if step.cases < u64::from(STEP) {
                break;
            }
        }
    }
    Ok(renewed)
}

async fn renew_step(tx: &mut Tx<'_>, scope: &Scope, desk: &Desk) -> std::result::Result<Renewed, StoreError> {
    let ids = case::due_for_plan(tx, scope, STEP).await?;
    let mut moved = Vec::new();
    let known = case::known(tx, scope, &ids).await?;
    let clockwork = Clockwork::read(tx, scope, &known).await?;
    for known in &known {
        if move_by_itself(tx, scope, known).await? {
            moved.push(known.id);
        } else {
            let horizon =
                planned(known, clockwork.days(), desk.engine().packs(), Ladder::shipped(), tx.now()).horizon;
            clockwork.keep(tx, scope, known, &horizon).await?;
        }
    }
    if !moved.is_empty() {
        renew(tx, scope, desk, &moved).await?;
    }
    Ok(Renewed { cases: ids.len() as u64, moved: moved.len() as u64 })
}

/// Whether time or a message of the buyer has moved a case.
async fn move_by_itself(
    tx: &mut Tx<'_>,
    scope: &Scope,
    known: &CaseKnown,
) -> std::result::Result<bool, StoreError> {
    let message = last_message_of_buyer(&known.messages);
    let Some(after) = known.life.moved_by(tx.now(), known.closed_at, message) else { return Ok(false) };
    let head = case::lock_for_change(tx, scope, known.id).await?;
    if head.version != known.version {
        // Somebody was quicker; the next run looks again.
        return Ok(false);
    }
    let is_over = known.life.waiting.is_some_and(|waiting| waiting.is_over(tx.now()));
    let why = (!is_over).then_some(Reopening::Message);
    cases::moved_by_itself(tx, scope, &head, after, why).await?;
    Ok(true)
}
