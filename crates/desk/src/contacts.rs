//! Contact attempts 跟进记录: what people log of calls and messages, and buyers who want none. There is no field for another
//! phone number or account of a buyer: he is reached by what the order and the platform give, or not at all.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::cadence::{Attempt, ContactChannel};
use pingxin_domain::call::CallResult;
use pingxin_domain::{Action, AttemptId, BuyerId, CaseId, Scope};
use pingxin_store::case::{self, EventKind, NewAttempt};
use pingxin_store::{StoreError, audit, buyer};
use serde_json::json;

use crate::buyers::{self, BuyerView};
use crate::cases::NOTE_LIMIT;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, gate};
use crate::planning::{self, CasePlanView};

/// How far ahead of the desk's clock another clock may be.
const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(5);
/// Longest call, in seconds.
const LONGEST: u32 = 24 * 3600;

/// A contact to log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRequest {
    /// By what.
    pub channel: ContactChannel,
    /// What came of it.
    pub result: CallResult,
    /// When; now unless given.
    pub at: Option<Timestamp>,
    /// How long it took, in seconds.
    pub seconds: Option<u32>,
    /// What was said.
    pub note: Option<String>,
}

/// Logs a contact; answers with its id and the plan as it is now.
///
/// # Errors
/// [`DeskError::Refused`] for an instant to come, an impossible length or an overlong note; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn log(
    desk: &Desk,
    scope: &Scope,
    id: CaseId,
    request: &AttemptRequest,
) -> Result<(AttemptId, CasePlanView)> {
    allow(scope, Action::HandleCases)?;
    let now = desk.store.clock().now();
    let at = request.at.unwrap_or(now);
    if at > now.checked_add(CLOCKS_APART).unwrap_or(now) {
        return Err(DeskError::refused(
            "时间还没到；只记录已经发生的联系",
            "log a contact after it was made",
        ));
    }
    if request.seconds.is_some_and(|seconds| seconds > LONGEST) {
        return Err(DeskError::refused("时长不能超过 24 小时", "a contact does not last longer than a day"));
    }
    let note = request.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > NOTE_LIMIT) {
        return Err(DeskError::refused(
            format!("备注最多 {NOTE_LIMIT} 个字"),
            format!("a note has at most {NOTE_LIMIT} characters"),
        ));
    }
    if let Some(note) = note {
        gate::pass_at_once(desk, scope, About::Case(id), note).await?;
    }
    let AttemptRequest { channel, result, seconds, .. } = *request;
    let attempt = Attempt { at, channel, result: Some(result) };
    let logged = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let now = tx.now();
                let head = case::lock_for_change(tx, scope, id).await?;
                let new = NewAttempt { case: id, shop: head.shop, attempt, result, seconds, note };
                let attempt = case::add_attempt(tx, scope, &new).await?;
                let body = json!({ "attempt": attempt, "channel": channel, "result": result, "at": at, "seconds": seconds });
                case::add_event(tx, scope, id, EventKind::ContactLogged, &body, now).await?;
                let detail = json!({ "attempt": attempt, "channel": channel, "result": result });
                audit::append(tx, scope, "case.contact", "case", &id.to_string(), &detail).await?;
                planning::renew(tx, scope, desk, &[head.merged_into.unwrap_or(id), id]).await?;
                Ok(attempt)
            })
        })
        .await?;
    Ok((logged, planning::shown(desk, scope, id).await?))
}

/// Takes a logged contact back: by whoever logged it, or somebody who may assign cases. Answers with the plan of its case.
///
/// # Errors
/// [`DeskError::Refused`] when it was taken back already or is a colleague's; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn withdraw(desk: &Desk, scope: &Scope, id: AttemptId) -> Result<CasePlanView> {
    allow(scope, Action::HandleCases)?;
    let case = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let now = tx.now();
                let head = case::lock_attempt(tx, scope, id).await?;
                if head.is_withdrawn {
                    return Ok(Err(DeskError::refused(
                        "这条记录已经撤回了",
                        "this contact was taken back already",
                    )));
                }
                if head.by != scope.user() && !scope.may(Action::AssignCases) {
                    return Ok(Err(DeskError::refused(
                        "只能撤回自己的记录；同事的请他自己或主管撤回",
                        "a colleague logged this; ask him or a supervisor to take it back",
                    )));
                }
                let of = case::lock_for_change(tx, scope, head.case).await?;
                case::withdraw_attempt(tx, scope, id).await?;
                let body = json!({ "attempt": id });
                case::add_event(tx, scope, head.case, EventKind::ContactWithdrawn, &body, now).await?;
                audit::append(tx, scope, "case.contact_withdraw", "case", &head.case.to_string(), &body)
                    .await?;
                planning::renew(tx, scope, desk, &[of.merged_into.unwrap_or(of.id), of.id]).await?;
                Ok::<_, StoreError>(Ok(head.case))
            })
        })
        .await??;
    planning::shown(desk, scope, case).await
}

/// Notes that a buyer wants no messages, or wants them again. Nobody is contacted about any of his cases from then on.
///
/// # Errors
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn set_opted_out(desk: &Desk, scope: &Scope, id: BuyerId, opted_out: bool) -> Result<BuyerView> {
    allow(scope, Action::HandleCases)?;
    // The answer shows the buyer.
    allow(scope, Action::ReadReviews)?;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let now = tx.now();
                buyer::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "buyer" })?;
                if !buyer::set_opted_out(tx, scope, id, opted_out.then_some(now)).await? {
                    return Ok(());
                }
                let cases = case::of_buyer(tx, scope, id).await?;
                let kind = if opted_out { EventKind::OptedOut } else { EventKind::OptedIn };
                for case in &cases {
                    case::add_event(tx, scope, *case, kind, &json!({}), now).await?;
                }
                let action = if opted_out { "buyer.opt_out" } else { "buyer.opt_in" };
                audit::append(tx, scope, action, "buyer", &id.to_string(), &json!({ "cases": cases.len() }))
                    .await?;
                planning::renew(tx, scope, desk, &cases).await
            })
        })
        .await?;
    buyers::get(desk, scope, id).await
}
