//! What may be given, as the owner keeps it in the settings.

use jiff::Timestamp;
use pingxin_domain::compensation::{CompensationRules, RulesWritten};
use pingxin_domain::{Action, Scope, ShopAccess};
use pingxin_store::money_rule::{self, MoneyRule};
use pingxin_store::reference::UserRef;
use pingxin_store::{StoreError, audit, shop, user};
use serde_json::json;

use super::saying;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// Rules with their version.
#[derive(Debug, Clone)]
pub struct RulesView {
    /// What they say.
    pub rules: RulesWritten,
    /// From 1; 0 are those of the program.
    pub version: u32,
    /// Since when.
    pub set_at: Option<Timestamp>,
    /// Who set them.
    pub set_by: Option<UserRef>,
}

/// The rules that hold.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn rules(desk: &Desk, scope: &Scope) -> Result<RulesView> {
    allow(scope, Action::ReadCases)?;
    let kept = desk.store.read(|tx| {
        Box::pin(async move { money_rule::current::<RulesWritten>(tx, scope, MoneyRule::Compensation).await })
    });
    let kept = kept.await?;
    let rules = kept.rules.unwrap_or_else(|| CompensationRules::shipped().written());
    Ok(RulesView { rules, version: kept.version, set_at: kept.set_at, set_by: kept.set_by })
}

/// Sets other rules. What was asked for under the old ones is weighed by these when somebody agrees to it.
///
/// # Errors
/// [`DeskError::Refused`] for rules that make no sense; [`DeskError::Stale`] when others hold than those at `seen`;
/// [`DeskError::NotFound`] for a person or shop that is not there; [`DeskError::Forbidden`].
pub async fn set_rules(desk: &Desk, scope: &Scope, wanted: &RulesWritten, seen: u32) -> Result<RulesView> {
    allow(scope, Action::ManageMoney)?;
    let read = CompensationRules::of(wanted).map_err(|error| saying::ladder(&error))?;
    let written = &read.written();
    let set = desk.store.write(|tx| {
        Box::pin(async move {
            for agent in written.caps.iter().filter_map(|cap| cap.agent) {
                if user::find(tx, scope, agent).await?.is_none() {
                    return Err(StoreError::NotFound { what: "user" });
                }
            }
            let everywhere = &Scope { shops: ShopAccess::All, ..scope.clone() };
            for of in written.budgets.iter().filter_map(|budget| budget.shop) {
                if shop::find(tx, everywhere, of).await?.is_none() {
                    return Err(StoreError::NotFound { what: "shop" });
                }
            }
            let version = money_rule::set(tx, scope, MoneyRule::Compensation, written, Some(seen)).await?;
            let detail = json!({ "version": version });
            let tenant = scope.tenant.to_string();
            audit::append(tx, scope, "money.compensation_rules", "tenant", &tenant, &detail).await
        })
    });
    set.await.map_err(|error| match error {
        StoreError::Conflict { what: "rules version" } => DeskError::Stale,
        error => error.into(),
    })?;
    rules(desk, scope).await
}
