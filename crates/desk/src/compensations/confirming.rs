//! Payouts that the platform's refund list tells of: the same order and amount. One refund confirms one payout.

use pingxin_domain::Scope;
use pingxin_domain::compensation::CompensationStep;
use pingxin_store::compensation::{self, NewStep, RefundFound};

use super::{deciding, rules_in};
use crate::desk::Desk;
use crate::error::Result;
use crate::sweep::{STEP, sweep};

/// Confirms payouts of every merchant that refunds tell of; answers how many.
///
/// # Errors
/// When the database does not answer; what was confirmed before stays.
pub async fn confirm_refunds(desk: &Desk, go_on: impl Fn() -> bool) -> Result<u64> {
    let found = async || Ok(desk.store.read(|tx| Box::pin(compensation::refunds_found(tx, STEP))).await?);
    sweep(go_on, found, |one| confirm(desk, one)).await
}

async fn confirm(desk: &Desk, found: RefundFound) -> Result<bool> {
    let scope = &Scope::system(found.tenant);
    let confirmed = desk.store.write(|tx| {
        Box::pin(async move {
            rules_in(tx, scope, true).await?;
            let head = compensation::lock(tx, scope, found.compensation).await?;
            if compensation::is_refund_taken(tx, scope, found.refund).await? {
                return Ok(false);
            }
            let Ok(after) = head.standing.clone().confirm() else { return Ok(false) };
            let step = NewStep { refund: Some(found.refund), ..NewStep::plain(CompensationStep::Confirmed) };
            deciding::write_down(tx, scope, &head, &after, &step).await?;
            Ok(true)
        })
    });
    Ok(confirmed.await?)
}
