//! What agents earn, as the owner keeps it in the settings.

use jiff::Timestamp;
use pingxin_domain::incentive::{IncentiveRules, IncentiveRulesWritten};
use pingxin_domain::{Action, Scope};
use pingxin_store::money_rule::{self, MoneyRule};
use pingxin_store::reference::UserRef;
use pingxin_store::{StoreError, Tx, audit};
use serde_json::json;

use super::saying;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// Rules with their version.
#[derive(Debug, Clone)]
pub struct RulesView {
    /// What they say.
    pub rules: IncentiveRulesWritten,
    /// From 1; 0 are those of the program.
    pub version: u32,
    /// Since when.
    pub set_at: Option<Timestamp>,
    /// Who set them.
    pub set_by: Option<UserRef>,
}

/// The rules that hold in this transaction, with their version.
pub(super) async fn in_tx(
    tx: &mut Tx<'_>,
    scope: &Scope,
) -> std::result::Result<(IncentiveRules, u32), StoreError> {
    let kept = money_rule::current::<IncentiveRulesWritten>(tx, scope, MoneyRule::Incentive).await?;
    let rules = match &kept.rules {
        Some(written) => IncentiveRules::of(written)
            .map_err(|error| StoreError::Corrupt { what: format!("rules about incentives: {error}") })?,
        None => IncentiveRules::shipped().clone(),
    };
    Ok((rules, kept.version))
}

/// The rules that hold.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn rules(desk: &Desk, scope: &Scope) -> Result<RulesView> {
    allow(scope, Action::ReadCases)?;
    let kept = desk.store.read(|tx| {
        Box::pin(async move {
            money_rule::current::<IncentiveRulesWritten>(tx, scope, MoneyRule::Incentive).await
        })
    });
    let kept = kept.await?;
    let rules = kept.rules.unwrap_or_else(|| IncentiveRules::shipped().written());
    Ok(RulesView { rules, version: kept.version, set_at: kept.set_at, set_by: kept.set_by })
}

/// Sets other rules; what was claimed under the old ones stays.
///
/// # Errors
/// [`DeskError::Refused`] for rules that make no sense; [`DeskError::Stale`] when others hold than those at `seen`;
/// [`DeskError::Forbidden`].
pub async fn set_rules(
    desk: &Desk,
    scope: &Scope,
    wanted: &IncentiveRulesWritten,
    seen: u32,
) -> Result<RulesView> {
    allow(scope, Action::ManageMoney)?;
    let written = &IncentiveRules::of(wanted).map_err(|error| saying::rules(&error))?.written();
    let set = desk.store.write(|tx| {
        Box::pin(async move {
            let version = money_rule::set(tx, scope, MoneyRule::Incentive, written, Some(seen)).await?;
            let detail = json!({ "version": version });
            let tenant = scope.tenant.to_string();
            audit::append(tx, scope, "money.incentive_rules", "tenant", &tenant, &detail).await
        })
    });
    set.await.map_err(|error| match error {
        StoreError::Conflict { what: "rules version" } => DeskError::Stale,
        error => error.into(),
    })?;
    rules(desk, scope).await
}
