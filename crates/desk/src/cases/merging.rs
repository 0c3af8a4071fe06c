//! Merging cases of one matter, and splitting them again, with an event in both.

use pingxin_domain::case::{Life, MergeRefused, may_merge};
use pingxin_domain::{Action, CaseId, Scope};
use pingxin_store::case::{self, CaseHead, EventKind};
use pingxin_store::{StoreError, Tx, audit};
use serde_json::json;

use super::{CaseView, acting, refusal, stale, view};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::planning;

fn refused(why: MergeRefused) -> DeskError {
    let zh = match why {
        MergeRefused::Itself => "不能和自己合并",
        MergeRefused::OtherMatter => "只有同一家店铺里同一订单或同一买家的跟进单才能合并",
        MergeRefused::Ended => "其中一张已经结束；只能合并还在处理的跟进单",
        MergeRefused::NotMerged => "这张跟进单没有合并过",
    };
    DeskError::refused(zh, why.to_string())
}

fn known_as(head: &CaseHead) -> serde_json::Value {
    json!({ "id": head.id, "number": head.number })
}

/// Lets `id` go on in `into`; answers with the case that goes on. Contacts of both count together from then on.
///
/// # Errors
/// [`DeskError::Refused`] when they are not one matter, or one of them is over or a colleague's; [`DeskError::Stale`];
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn merge(
    desk: &Desk,
    scope: &Scope,
    id: CaseId,
    into: CaseId,
    if_match: Option<u64>,
) -> Result<CaseView> {
    allow(scope, Action::HandleCases)?;
    let done = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let both = case::mergeable(tx, scope, &[id, into]).await?;
                let find = |wanted| {
                    both.iter().find(|one| one.id == wanted).ok_or(StoreError::NotFound { what: "case" })
                };
                if let Err(why) = may_merge(find(id)?, find(into)?) {
                    return Ok(Err(refused(why)));
                }
                let [from, to] = lock_both(tx, scope, id, into).await?;
                if if_match.is_some_and(|seen| seen != from.version) {
                    return Err(StoreError::Conflict { what: "case version" });
                }
                // What he may not take up he may not put away either.
                let after = match from.life.merge(acting(scope)) {
                    Ok(after) => after,
                    Err(why) => return Ok(Err(refusal(why))),
                };
                put(
                    tx,
                    scope,
                    (&from, after),
                    Some(into),
                    (&to, [EventKind::Merged, EventKind::MergeReceived]),
                )
                .await?;
                audit::append(tx, scope, "case.merge", "case", &id.to_string(), &json!({ "into": into }))
                    .await?;
                planning::renew(tx, scope, desk, &[id, into]).await?;
                Ok(Ok(()))
            })
        })
        .await
        .map_err(stale)?;
    done?;
    view(desk, scope, into).await
}

/// Lets a merged case go on by itself again; answers with it.
///
/// # Errors
/// [`DeskError::Refused`] when it was not merged, or is a colleague's; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn split(desk: &Desk, scope: &Scope, id: CaseId) -> Result<CaseView> {
    allow(scope, Action::HandleCases)?;
    let done = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let merged = case::lock_for_change(tx, scope, id).await?;
                let Some(into) = merged.merged_into else { return Ok(Err(refused(MergeRefused::NotMerged))) };
                let after = match merged.life.split(acting(scope)) {
                    Ok(after) => after,
                    Err(why) => return Ok(Err(refusal(why))),
                };
                let [from, to] = lock_both(tx, scope, id, into).await?;
                put(tx, scope, (&from, after), None, (&to, [EventKind::Split, EventKind::SplitOff])).await?;
                audit::append(tx, scope, "case.split", "case", &id.to_string(), &json!({ "from": into }))
                    .await?;
                planning::renew(tx, scope, desk, &[id, into]).await?;
                Ok(Ok(()))
            })
        })
        .await
        .map_err(stale)?;
    done?;
    view(desk, scope, id).await
}

/// Both, the one with the smaller id first, so that two who merge them the other way round do not wait for each other.
async fn lock_both(
    tx: &mut Tx<'_>,
    scope: &Scope,
    one: CaseId,
    other: CaseId,
) -> std::result::Result<[CaseHead; 2], StoreError> {
    if one < other {
        let first = case::lock_for_change(tx, scope, one).await?;
        return Ok([first, case::lock_for_change(tx, scope, other).await?]);
    }
    let second = case::lock_for_change(tx, scope, other).await?;
    Ok([case::lock_for_change(tx, scope, one).await?, second])
}

async fn put(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (head, life): (&CaseHead, Life),
    merged_into: Option<CaseId>,
    (other, [kind, kind_of_other]): (&CaseHead, [EventKind; 2]),
) -> std::result::Result<(), StoreError> {
    let now = tx.now();
    case::set_life(tx, scope, head, life, merged_into, now).await?;
    let body = json!({ "case": known_as(other), "before": head.life });
    case::add_event(tx, scope, head.id, kind, &body, now).await?;
    let body = json!({ "case": known_as(head) });
    case::add_event(tx, scope, other.id, kind_of_other, &body, now).await.map(drop)
}
