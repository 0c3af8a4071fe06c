//! The rules: seen, made, changed, put in order, taken away and brought back; and what they did.

use pingxin_domain::automation::{Reference, Rule, RunOutcome, missing};
use pingxin_domain::{Action, RuleId, Scope};
use pingxin_store::automation::{self, RuleRow, RunFilter, RunRow};
use pingxin_store::{Count, Page, StoreError, Tx, audit};
use serde_json::json;

use super::{expanded, pass_texts, products, refusal, shared_macros};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// Most rules of a merchant.
pub const RULE_LIMIT: usize = 100;
/// Runs are counted over so long.
const COUNTED: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

/// A rule as its page shows it.
#[derive(Debug, Clone)]
pub struct RuleView {
    /// The rule.
    pub row: RuleRow,
    /// What it names that is gone; then it does not run.
    pub missing: Vec<Reference>,
    /// How often it ran in a day, up to 1,001.
    pub ran: u32,
    /// How often it was held back in a day.
    pub held_back: u32,
}

/// Every rule in its order.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn get_rules(desk: &Desk, scope: &Scope) -> Result<Vec<RuleView>> {
    allow(scope, Action::ReadCases)?;
    Ok(desk.store.read(|tx| Box::pin(async move { views(tx, scope).await })).await?)
}

async fn views(tx: &mut Tx<'_>, scope: &Scope) -> std::result::Result<Vec<RuleView>, StoreError> {
    let now = tx.now();
    let since = now.checked_sub(COUNTED).unwrap_or(now);
    let rows = automation::list(tx, scope).await?;
    let macros = shared_macros(tx, scope).await?;
    let named: Vec<_> = rows.iter().flat_map(|row| products(&row.stored.rule.conditions)).collect();
    // What is outside the reader's shops is not gone.
    let whole = Scope::system(scope.tenant);
    let existing = automation::existing(tx, &whole, &named).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, rule) = (row.stored.id, &row.stored.rule);
        let mut missing_now = missing(&rule.conditions, &rule.acts, &existing);
        missing_now.extend(missing(&[], &expanded(&rule.acts, &macros), &existing));
        missing_now.sort();
        missing_now.dedup();
        views.push(RuleView {
            missing: missing_now,
            ran: automation::runs_since(tx, scope, id, since, RunOutcome::Ran).await?,
            held_back: automation::runs_since(tx, scope, id, since, RunOutcome::HeldBack).await?,
            row,
        });
    }
    Ok(views)
}

/// Whether a rule can be kept: it is possible, the guard lets its texts pass, and what it names is there.
pub(super) async fn check(desk: &Desk, scope: &Scope, rule: &Rule) -> Result<()> {
    rule.check().map_err(refusal)?;
    pass_texts(desk, scope, &rule.name, &rule.acts).await?;
    let read = desk.store.read(|tx| {
        Box::pin(async move { automation::existing(tx, scope, &products(&rule.conditions)).await })
    });
    if missing(&rule.conditions, &rule.acts, &read.await?).is_empty() {
        Ok(())
    } else {
        Err(DeskError::NotFound)
    }
}

async fn note(
    tx: &mut Tx<'_>,
    scope: &Scope,
    deed: &str,
    id: RuleId,
    name: Option<&str>,
) -> std::result::Result<(), StoreError> {
    audit::append(tx, scope, deed, "rule", &id.to_string(), &json!({ "name": name })).await
}

/// Makes a rule, after the others.
///
/// # Errors
/// [`DeskError::Refused`] for an impossible rule or too many; [`DeskError::NotFound`] for one that names what is not there;
/// [`DeskError::Blocked`]; [`DeskError::Forbidden`].
pub async fn create_rule(desk: &Desk, scope: &Scope, rule: &Rule) -> Result<RuleView> {
    allow(scope, Action::ManageAutomation)?;
    check(desk, scope, rule).await?;
    let made = desk.store.write(|tx| {
        Box::pin(async move {
            if automation::list(tx, scope).await?.len() >= RULE_LIMIT {
                return Ok(None);
            }
            let id = automation::create(tx, scope, rule).await?;
            note(tx, scope, "automation.create", id, Some(&rule.name)).await?;
            Ok(Some(id))
        })
    });
    match made.await? {
        Some(id) => view(desk, scope, id).await,
        None => Err(DeskError::refused(
            format!("最多 {RULE_LIMIT} 条规则"),
            format!("at most {RULE_LIMIT} rules"),
        )),
    }
}

async fn view(desk: &Desk, scope: &Scope, id: RuleId) -> Result<RuleView> {
    let found = desk.store.read(|tx| Box::pin(async move { views(tx, scope).await })).await?;
    found.into_iter().find(|view| view.row.stored.id == id).ok_or(DeskError::NotFound)
}

/// Changes a rule. `version` is the one that the person saw.
///
/// # Errors
/// As [`create_rule`]; [`DeskError::Stale`]; [`DeskError::NotFound`].
pub async fn update_rule(
    desk: &Desk,
    scope: &Scope,
    id: RuleId,
    rule: &Rule,
    version: Option<u32>,
) -> Result<RuleView> {
    allow(scope, Action::ManageAutomation)?;
    check(desk, scope, rule).await?;
    let changed = desk.store.write(|tx| {
        Box::pin(async move {
            let before = automation::lock_rule(tx, scope, id).await?;
            let before = before.ok_or(StoreError::NotFound { what: "rule" })?;
            if version.is_some_and(|seen| seen != before.version) {
                return Ok(false);
            }
            automation::put(tx, scope, id, rule).await?;
            note(tx, scope, "automation.change", id, Some(&rule.name)).await?;
            Ok(true)
        })
    });
    if changed.await? { view(desk, scope, id).await } else { Err(DeskError::Stale) }
}

/// Takes a rule away; its runs stay.
///
/// # Errors
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn delete_rule(desk: &Desk, scope: &Scope, id: RuleId) -> Result<()> {
    allow(scope, Action::ManageAutomation)?;
    let gone = desk.store.write(|tx| {
        Box::pin(async move {
            automation::delete(tx, scope, id).await?;
            note(tx, scope, "automation.delete", id, None).await
        })
    });
    Ok(gone.await?)
}

/// Brings a deleted rule back.
///
/// # Errors
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn restore_rule(desk: &Desk, scope: &Scope, id: RuleId) -> Result<RuleView> {
    allow(scope, Action::ManageAutomation)?;
    let back = desk.store.write(|tx| {
        Box::pin(async move {
            automation::restore(tx, scope, id).await?;
            note(tx, scope, "automation.restore", id, None).await
        })
    });
    back.await?;
    view(desk, scope, id).await
}

/// Puts the rules in this order.
///
/// # Errors
/// [`DeskError::NotFound`] for one that is not there; [`DeskError::Forbidden`].
pub async fn set_rule_order(desk: &Desk, scope: &Scope, ids: &[RuleId]) -> Result<Vec<RuleView>> {
    allow(scope, Action::ManageAutomation)?;
    let put = desk.store.write(|tx| {
        Box::pin(async move {
            automation::set_order(tx, scope, ids).await?;
            let tenant = scope.tenant.to_string();
            audit::append(tx, scope, "automation.order", "tenant", &tenant, &json!({ "rules": ids.len() }))
                .await
        })
    });
    put.await?;
    get_rules(desk, scope).await
}

/// A page of what rules did, the newest first, and how much there is.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn runs(
    desk: &Desk,
    scope: &Scope,
    filter: &RunFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<RunRow>, Count)> {
    allow(scope, Action::ReadCases)?;
    let read = desk.store.read(|tx| {
        Box::pin(async move {
            let page = automation::runs(tx, scope, filter, cursor, limit).await?;
            let count = page.count_of(cursor, automation::count_runs(tx, scope, filter)).await?;
            Ok((page, count))
        })
    });
    Ok(read.await?)
}
