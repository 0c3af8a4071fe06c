//! Held texts 待审核: the list, and what a second person decides. A released text becomes what it was to become, as its
//! author wrote it; a block has no release.

use pingxin_domain::guard::{self, Channel, Decided, HoldKind, HoldRefused, HoldState, Verdict};
use pingxin_domain::{Action, Actor, HoldId, Scope};
use pingxin_store::case::{self, EventKind};
use pingxin_store::claim::NewClaim;
use pingxin_store::hold::{self, Hold, HoldFilter};
use pingxin_store::{Count, Page, StoreError, Tx, audit, buyer, tenant};
use serde_json::json;

use super::{About, gate};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::{claims, outbox, tasks};

/// Held texts that are decided at once.
pub const MOST_AT_ONCE: usize = 100;
/// Longest reason, in characters.
pub const REASON_LIMIT: usize = 500;

/// A page of held texts, the newest first, and how many there are. A department sees those that it wrote.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &HoldFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Hold>, Count)> {
    allow(scope, Action::ReadTasks)?;
    let page =
        desk.store.read(|tx| Box::pin(async move { hold::list(tx, scope, filter, cursor, limit).await }));
    Ok(page.await?)
}

/// Lets a held text pass.
///
/// # Errors
/// [`DeskError::Refused`] without a reason, for one's own text, for what is over or can no longer be done;
/// [`DeskError::Blocked`] when the rules have become stricter since, or for a reason that nobody may write; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn release(desk: &Desk, scope: &Scope, id: HoldId, reason: &str) -> Result<Hold> {
    decide(desk, scope, id, HoldState::Released, reason).await
}

/// Sends a held text back to its author.
///
/// # Errors
/// As [`release`], but what is one's own may be sent back.
pub async fn refuse(desk: &Desk, scope: &Scope, id: HoldId, reason: &str) -> Result<Hold> {
    decide(desk, scope, id, HoldState::Refused, reason).await
}

/// Lets several held texts pass, or sends them back, one after the other; what became of each, in order. One that cannot be
/// decided stops no other.
///
/// # Errors
/// [`DeskError::Refused`] for more than a hundred; [`DeskError::Forbidden`].
pub async fn decide_many(
    desk: &Desk,
    scope: &Scope,
    ids: &[HoldId],
    to: HoldState,
    reason: &str,
) -> Result<Vec<(HoldId, Result<Hold>)>> {
    allow(scope, Action::ReviewTexts)?;
    if ids.is_empty() || ids.len() > MOST_AT_ONCE {
        return Err(DeskError::refused(
            format!("一次处理 1 到 {MOST_AT_ONCE} 条"),
            format!("1 to {MOST_AT_ONCE} at once"),
        ));
    }
    let mut decided = Vec::with_capacity(ids.len());
    for id in ids {
        decided.push((*id, decide(desk, scope, *id, to, reason).await));
    }
    Ok(decided)
}

async fn decide(desk: &Desk, scope: &Scope, id: HoldId, to: HoldState, reason: &str) -> Result<Hold> {
    allow(scope, Action::ReviewTexts)?;
    let found = desk.store.read(|tx| Box::pin(async move { hold::get(tx, scope, id).await })).await?;
    let found = found.ok_or(DeskError::NotFound)?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_LIMIT {
        return Err(DeskError::refused(
            format!("请写明理由，1 到 {REASON_LIMIT} 个字"),
            format!("give a reason of 1 to {REASON_LIMIT} characters"),
        ));
    }
    // Whoever decides is the second person; only what nobody may write is refused.
    gate::pass(desk, scope, about(&found), Channel::Note, reason).await?;
    if to == HoldState::Released && found.state == HoldState::Waiting {
        still_no_block(desk, scope, &found).await?;
    }
    let decided =
        desk.store.write(|tx| Box::pin(async move { settle(tx, scope, id, to, reason).await })).await?;
    decided.map_err(|refused| match refused {
        NotSettled::Hold(HoldRefused::Over) => {
            DeskError::refused("这条已经处理过了", HoldRefused::Over.to_string())
        }
        NotSettled::Hold(HoldRefused::Own) => DeskError::refused(
            "自己写的内容不能自己放行，请另一位主管处理；一人店铺可在「设置 → 商家」打开单人模式",
            "nobody lets his own text pass: ask another supervisor; a one-person shop turns on solo mode in the settings",
        ),
        NotSettled::Task(refused) => tasks::refusal(refused),
    })
}

/// Why a decision did not happen.
enum NotSettled {
    Hold(HoldRefused),
    Task(pingxin_domain::task::TaskRefused),
}

/// Rules may have become stricter while the text waited; a block has no override.
async fn still_no_block(desk: &Desk, scope: &Scope, found: &Hold) -> Result<()> {
    let (about, channel) = (about(found), channel(found));
    let looked = gate::pass(desk, scope, about, channel, &found.body.text).await?;
    debug_assert_ne!(looked.checked.verdict, Verdict::Block);
    Ok(())
}

fn about(found: &Hold) -> About {
    match (found.case, found.task, found.buyer) {
        (Some((case, _)), _, _) => About::Case(case),
        (None, Some(task), _) => About::Task(task),
        (None, None, Some(buyer)) => About::Buyer(buyer),
        (None, None, None) => About::Shop(found.shop.id),
    }
}

fn channel(found: &Hold) -> Channel {
    match found.kind {
        HoldKind::Note | HoldKind::BuyerNote | HoldKind::Answer => Channel::Note,
        HoldKind::Task => Channel::Task,
        HoldKind::Message => found.body.channel.unwrap_or(Channel::PlatformMessage),
    }
}

async fn settle(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: HoldId,
    to: HoldState,
    reason: &str,
) -> std::result::Result<std::result::Result<Hold, NotSettled>, StoreError> {
    let found = hold::lock(tx, scope, id).await?;
    let solo = tenant::find(tx, scope.tenant).await?.is_some_and(|tenant| tenant.solo);
    let author = found.author.as_ref().map(|author| author.id);
    let decided = guard::decide(found.state, author, scope.user(), scope.role, solo);
    let alone = match decided {
        Ok(Decided { alone }) => alone,
        // Whoever takes his own text back harms nobody.
        Err(HoldRefused::Own) if to == HoldState::Refused => false,
        Err(refused) => return Ok(Err(NotSettled::Hold(refused))),
    };
    let (action, becomes) = match to {
        HoldState::Released => ("hold.release", true),
        HoldState::Refused | HoldState::Waiting => ("hold.refuse", false),
    };
    // First, as it may refuse; nothing is written then.
    if becomes && let Err(refused) = become_it(tx, scope, &found).await? {
        return Ok(Err(NotSettled::Task(refused)));
    }
    hold::decide(tx, scope, id, to, reason, alone).await?;
    let detail = json!({ "kind": found.kind, "author": author, "alone": alone });
    audit::append(tx, scope, action, "hold", &id.to_string(), &detail).await?;
    let after = hold::get(tx, scope, id).await?;
    after.map(Ok).ok_or(StoreError::NotFound { what: "hold" })
}

/// Makes of a held text what it was to become, in its author's name.
async fn become_it(
    tx: &mut Tx<'_>,
    scope: &Scope,
    found: &Hold,
) -> std::result::Result<std::result::Result<(), pingxin_domain::task::TaskRefused>, StoreError> {
    let now = tx.now();
    let author = found.author.as_ref().map_or(scope.actor, |author| Actor::User(author.id));
    let written = &Scope { actor: author, ..scope.clone() };
    let text = found.body.text.as_str();
    let gone = || StoreError::NotFound { what: "hold" };
    match found.kind {
        HoldKind::Note | HoldKind::Message => {
            let (case, _) = found.case.ok_or_else(gone)?;
            let head = case::lock_for_change(tx, scope, case).await?;
            if let (HoldKind::Message, Some(sending)) = (found.kind, &found.body.sending) {
                outbox::send_released(tx, (written, scope), found, (case, head.shop), sending).await?;
                return Ok(Ok(()));
            }
            if found.kind == HoldKind::Message {
                let channel = found.body.channel.unwrap_or(Channel::PlatformMessage);
                let (language, script) = (found.body.language, found.body.script.as_deref());
                let new = NewClaim { case, shop: head.shop, channel, language, text, script };
                claims::say(tx, written, scope, &new, Some(found.id)).await?;
                // It counts as a contact.
                case::mark_for_plan(tx, scope, &[head.merged_into.unwrap_or(case), case]).await?;
            } else {
                let body = json!({ "text": text, "hold": found.id });
                case::add_event(tx, written, case, EventKind::Note, &body, now).await?;
                let detail = json!({ "hold": found.id });
                audit::append(tx, scope, "case.note", "case", &case.to_string(), &detail).await?;
            }
        }
        HoldKind::BuyerNote => {
            let buyer = found.buyer.ok_or_else(gone)?;
            buyer::add_note(tx, written, buyer, text).await?;
            let detail = json!({ "hold": found.id });
            audit::append(tx, scope, "buyer.note", "buyer", &buyer.to_string(), &detail).await?;
        }
        HoldKind::Task => {
            let (case, _) = found.case.ok_or_else(gone)?;
            let department = found.body.department.ok_or_else(gone)?;
            tasks::ask(tx, written, scope, case, department, text, found.body.due_at).await?;
        }
        HoldKind::Answer => {
            let task = found.task.ok_or_else(gone)?;
            if let Err(refused) = tasks::settle(tx, written, scope, task, Some(text)).await? {
                return Ok(Err(refused));
            }
        }
    }
    Ok(Ok(()))
}
