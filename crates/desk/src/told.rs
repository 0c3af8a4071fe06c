//! What people say of a case that no file holds, and the steps they tick off. Each change is a record of its own, stands in
//! the story of the case, and makes its plan anew.

use pingxin_domain::aftersales::Problem;
use pingxin_domain::plan::Stated;
use pingxin_domain::playbook::StepCode;
use pingxin_domain::{Action, CaseId, Scope};
use pingxin_store::audit;
use pingxin_store::case::{self, EventKind};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::planning::{self, CasePlanView};
use crate::removals;

/// Keeps what a person says of a case, whole: what is left out is unknown again.
///
/// # Errors
/// [`DeskError::Refused`] for a problem that only a cause can be, or a request to come; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn state(desk: &Desk, scope: &Scope, id: CaseId, facts: &Stated) -> Result<CasePlanView> {
    allow(scope, Action::HandleCases)?;
    if facts.problem.is_some_and(|problem| !Stated::PROBLEMS.contains(&problem)) {
        let known = Stated::PROBLEMS.map(Problem::code).join("、");
        return Err(DeskError::refused(
            format!("商品问题应为 {known} 之一"),
            "this problem is none that a person can state",
        ));
    }
    if facts.requested.is_some_and(|at| at > desk.store.clock().now()) {
        return Err(DeskError::refused("申请时间还没到", "nobody has asked for it yet at that time"));
    }
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let now = tx.now();
                case::lock_for_change(tx, scope, id).await?;
                let before =
                    case::stated(tx, scope, id).await?.map(|stated| stated.facts).unwrap_or_default();
                if before == *facts {
                    return Ok(());
                }
                case::add_stated(tx, scope, id, facts).await?;
                let body = json!({ "facts": facts, "before": before });
                case::add_event(tx, scope, id, EventKind::FactsStated, &body, now).await?;
                audit::append(tx, scope, "case.facts", "case", &id.to_string(), &json!({ "facts": facts }))
                    .await?;
                removals::judge_again(tx, scope, desk, id).await?;
                planning::renew(tx, scope, desk, &[id]).await
            })
        })
        .await?;
    planning::shown(desk, scope, id).await
}

/// Ticks a step off, or takes the tick off again.
///
/// # Errors
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`]; the database's.
pub async fn set_step(
    desk: &Desk,
    scope: &Scope,
    id: CaseId,
    step: StepCode,
    done: bool,
) -> Result<CasePlanView> {
    allow(scope, Action::HandleCases)?;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let now = tx.now();
                case::lock_for_change(tx, scope, id).await?;
                let changed = if done {
                    case::tick(tx, scope, id, step).await?
                } else {
                    case::untick(tx, scope, id, step).await?
                };
                if !changed {
                    return Ok(());
                }
                let kind = if done { EventKind::StepDone } else { EventKind::StepUndone };
                let body = json!({ "step": step });
                case::add_event(tx, scope, id, kind, &body, now).await?;
                let action = if done { "case.step_done" } else { "case.step_undone" };
                audit::append(tx, scope, action, "case", &id.to_string(), &body).await?;
                removals::judge_again(tx, scope, desk, id).await?;
                planning::renew(tx, scope, desk, &[id]).await
            })
        })
        .await?;
    planning::shown(desk, scope, id).await
}
