//! Promises 待回复约定: found in what is sent to a buyer or added by hand, kept, taken back, or broken at their hour. Each
//! stands in the case's story.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_domain::outbox::TeamEvent;
use pingxin_domain::personal::mask_text;
use pingxin_domain::promise::{PromiseRefused, PromiseState, promised};
use pingxin_domain::{Action, Actor, CaseId, PromiseId, Scope, ShopId, TenantId};
use pingxin_store::case::{self, EventKind};
use pingxin_store::promise::{self, NewPromise, Promise, PromiseFilter};
use pingxin_store::{Count, Page, StoreError, Tx, audit, shop};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, gate};
use crate::outbox::notices;
use crate::sweep::{STEP, sweep};
use crate::written;

/// Longest promise that is added by hand, in characters.
pub const WORDS_LIMIT: usize = 200;

/// A promise to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseRequest {
    /// What was promised.
    pub words: String,
    /// Its last second, if it has one.
    pub due_at: Option<Timestamp>,
}

/// A page of promises, those due first first, and how many there are. Personal data in their words is masked.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &PromiseFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Promise>, Count)> {
    allow(scope, Action::ReadCases)?;
    let found =
        desk.store.read(|tx| Box::pin(async move { promise::list(tx, scope, filter, cursor, limit).await }));
    let (page, count) = found.await?;
    let rows = page.rows.into_iter().map(masked).collect();
    Ok((Page { rows, next: page.next }, count))
}

/// Adds a promise that was made by phone or elsewhere, if the guard lets its words pass.
///
/// # Errors
/// [`DeskError::Refused`] for empty or overlong words, or a time that has passed; [`DeskError::Blocked`];
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn add(desk: &Desk, scope: &Scope, id: CaseId, request: &PromiseRequest) -> Result<Promise> {
    allow(scope, Action::HandleCases)?;
    let words = written::within(&request.words, WORDS_LIMIT, ["", "write"])?;
    let now = desk.store.clock().now();
    if request.due_at.is_some_and(|due| due <= now) {
        return Err(DeskError::refused(
            "时间已经过了，请选一个以后的时间",
            "this time has passed; choose a later one",
        ));
    }
    gate::pass_at_once(desk, scope, About::Case(id), words).await?;
    let due_at = request.due_at;
    let added = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let head = case::lock_for_change(tx, scope, id).await?;
                let made_by = scope.user();
                let new = NewPromise {
                    case: id,
                    shop: head.shop,
                    is_found: false,
                    words,
                    due_at,
                    made_at: tx.now(),
                    made_by,
                };
                let promise = make(tx, scope, scope, &new).await?;
                promise::get(tx, scope, promise).await?.ok_or(StoreError::NotFound { what: "promise" })
            })
        })
        .await?;
    Ok(masked(added))
}

/// Keeps the promises in a text that `author` sent; `by` does it now, and the audit names him. The caller has locked the
/// case.
pub(crate) async fn found_in(
    tx: &mut Tx<'_>,
    author: &Scope,
    by: &Scope,
    (case, of): (CaseId, ShopId),
    text: &str,
) -> std::result::Result<(), StoreError> {
    let now = tx.now();
    let zone = shop::find(tx, by, of).await?.map(|shop| shop.zone());
    let said = now.to_zoned(zone.unwrap_or(TimeZone::UTC));
    let made_by = match author.actor {
        Actor::User(user) => Some(user),
        _ => None,
    };
    for found in promised(text, &said) {
        let words = found.span.of(text);
        let new =
            NewPromise { case, shop: of, is_found: true, words, due_at: found.due, made_at: now, made_by };
        make(tx, author, by, &new).await?;
    }
    Ok(())
}

async fn make(
    tx: &mut Tx<'_>,
    author: &Scope,
    by: &Scope,
    new: &NewPromise<'_>,
) -> std::result::Result<PromiseId, StoreError> {
    let id = promise::add(tx, by, new).await?;
    let body =
        json!({ "promise": id, "text": mask_text(new.words), "due_at": new.due_at, "found": new.is_found });
    case::add_event(tx, author, new.case, EventKind::PromiseMade, &body, new.made_at).await?;
    let detail = json!({ "promise": id, "due_at": new.due_at });
    audit::append(tx, by, "case.promise", "case", &new.case.to_string(), &detail).await?;
    Ok(id)
}

/// Notes that a promise was kept, in time or late.
///
/// # Errors
/// [`DeskError::Refused`] when it is over; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn keep(desk: &Desk, scope: &Scope, id: PromiseId) -> Result<Promise> {
    end(desk, scope, id, PromiseState::Kept).await
}

/// Takes a promise back: it was none, or the buyer no longer needs it.
///
/// # Errors
/// [`DeskError::Refused`] when it is over or its time has passed; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn withdraw(desk: &Desk, scope: &Scope, id: PromiseId) -> Result<Promise> {
    end(desk, scope, id, PromiseState::Withdrawn).await
}

async fn end(desk: &Desk, scope: &Scope, id: PromiseId, to: PromiseState) -> Result<Promise> {
    allow(scope, Action::HandleCases)?;
    let ended = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let now = tx.now();
                let head = promise::lock(tx, scope, id).await?;
                let stands = head.state.at(head.due_at, now);
                let decided = if to == PromiseState::Kept { stands.kept() } else { stands.withdrawn() };
                if let Err(refused) = decided {
                    return Ok(Err(refused));
                }
                if stands != head.state {
                    // Its time passed, and no worker has looked yet.
                    broke(tx, scope, id, head.case).await?;
                }
                case::lock_for_change(tx, scope, head.case).await?;
                promise::end(tx, scope, id, stands, to).await?;
                let (kind, action) = match to {
                    PromiseState::Withdrawn => (EventKind::PromiseWithdrawn, "case.promise_withdraw"),
                    _ => (EventKind::PromiseKept, "case.promise_keep"),
                };
                let after = promise::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "promise" })?;
                let body = json!({ "promise": id, "text": mask_text(&after.words), "late": after.broken_at.is_some() });
                case::add_event(tx, scope, head.case, kind, &body, now).await?;
                let detail = json!({ "promise": id });
                audit::append(tx, scope, action, "case", &head.case.to_string(), &detail).await?;
                Ok(Ok(after))
            })
        })
        .await?;
    ended.map(masked).map_err(refusal)
}

/// Notes promises whose time has passed, of every merchant; each once, whatever number of workers look. Answers how many.
///
/// # Errors
/// When the database does not answer; what was noted before stays.
pub async fn break_overdue(desk: &Desk, go_on: impl Fn() -> bool) -> Result<u64> {
    let overdue = async || Ok(desk.store.read(|tx| Box::pin(promise::overdue(tx, STEP))).await?);
    sweep(go_on, overdue, |(tenant, id)| break_one(desk, tenant, id)).await
}

async fn break_one(desk: &Desk, tenant: TenantId, id: PromiseId) -> Result<bool> {
    let scope = &Scope::system(tenant);
    let broken = desk.store.write(|tx| {
        Box::pin(async move {
            let head = promise::lock(tx, scope, id).await?;
            broke(tx, scope, id, head.case).await
        })
    });
    Ok(broken.await?)
}

async fn broke(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: PromiseId,
    case: CaseId,
) -> std::result::Result<bool, StoreError> {
    let now = tx.now();
    if !promise::mark_broken(tx, scope, id).await? {
        return Ok(false);
    }
    case::lock_for_change(tx, scope, case).await?;
    let after = promise::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "promise" })?;
    let body = json!({ "promise": id, "text": mask_text(&after.words), "due_at": after.due_at });
    let system = &Scope::system(scope.tenant);
    case::add_event(tx, system, case, EventKind::PromiseBroken, &body, now).await?;
    let detail = json!({ "promise": id });
    audit::append(tx, system, "case.promise_broken", "case", &case.to_string(), &detail).await?;
    let (shop, number) = (Some(after.shop.name.as_str()), Some(after.case_number));
    notices::tell(tx, system, TeamEvent::PromiseBroken, shop, number).await?;
    Ok(true)
}

fn masked(promise: Promise) -> Promise {
    Promise { words: mask_text(&promise.words), ..promise }
}

fn refusal(refused: PromiseRefused) -> DeskError {
    let zh = match refused {
        PromiseRefused::Kept => "这个约定已经兑现了",
        PromiseRefused::Withdrawn => "这个约定已经撤回了",
        PromiseRefused::Broken => "时间已过，不能撤回；补做之后可以记为迟到的兑现",
    };
    DeskError::refused(zh, refused.to_string())
}
