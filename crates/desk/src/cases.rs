//! Cases 跟进单 on the screen: the queue, one case with its story, who has it, notes. How a case moves is in `cases/moving.rs`,
//! merging in
//! `cases/merging.rs`, opening one by hand in `cases/opening.rs`.

mod merging;
mod moving;
mod opening;

use pingxin_domain::case::{Acting, Life, TransitionRefused};
use pingxin_domain::guard::{Channel, HoldKind};
use pingxin_domain::personal::{mask_nick, mask_text};
use pingxin_domain::script::ScriptLanguage;
use pingxin_domain::{Action, CaseId, Scope, UserId};
use pingxin_store::case::{self, CaseDetail, CaseFilter, CaseRow, EventKind, Sort};
use pingxin_store::claim::NewClaim;
use pingxin_store::hold::HeldBody;
use pingxin_store::{Count, Page, StoreError, Tx, audit, user};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, Outcome, gate};
use crate::reviews::{self, ReviewView, mask_row};
use crate::{claims, corrections, planning, scripts, written};

pub use merging::{merge, split};
pub use moving::{CaseMove, set_state, undo};
pub(crate) use moving::{carry_out, moved_by_itself};
pub(crate) use opening::asked;
pub use opening::{NewCase, Opened, open};

/// Longest note, in characters.
pub const NOTE_LIMIT: usize = 4_000;

/// Longest reason to take a case over, in characters.
pub const REASON_LIMIT: usize = 200;

/// A case with its review.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// The case, its events and its relatives.
    pub detail: CaseDetail,
    /// Its review with order and buyer; none of another kind.
    pub review: Option<ReviewView>,
}

/// A page of cases and how many there are.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &CaseFilter,
    sort: Sort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<CaseRow>, Count)> {
    allow(scope, Action::ReadCases)?;
    let (mut page, count) = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let page = case::list(tx, scope, filter, sort, cursor, limit).await?;
                let count = page.count_of(cursor, case::count(tx, scope, filter)).await?;
                Ok((page, count))
            })
        })
        .await?;
    page.rows.iter_mut().for_each(mask);
    Ok((page, count))
}

/// Masks the buyer of a case that goes to a screen or into a file, and the contacts in its words.
pub(crate) fn mask(row: &mut CaseRow) {
    row.review.iter_mut().for_each(mask_row);
    if let Some(matter) = &mut row.matter {
        matter.buyer_nick = matter.buyer_nick.as_deref().map(mask_nick);
        matter.matter.text = mask_text(&matter.matter.text);
    }
}

/// One case.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn get(desk: &Desk, scope: &Scope, id: CaseId) -> Result<CaseView> {
    allow(scope, Action::ReadCases)?;
    view(desk, scope, id).await
}

/// One case; whoever handles it may see what he handles.
pub(crate) async fn view(desk: &Desk, scope: &Scope, id: CaseId) -> Result<CaseView> {
    let detail = desk.store.read(|tx| Box::pin(async move { case::get(tx, scope, id).await })).await?;
    let mut detail = detail.ok_or(DeskError::NotFound)?;
    mask(&mut detail.row);
    detail.events.iter_mut().for_each(corrections::mask_event);
    for related in &mut detail.related {
        related.summary = mask_text(&related.summary);
    }
    let review = match &detail.row.review {
        Some(review) => Some(reviews::view(desk, scope, review.id).await?),
        None => None,
    };
    Ok(CaseView { detail, review })
}

/// Gives a case to somebody, or back to the queue with `None`. `if_match` is the version the person saw.
///
/// # Errors
/// [`DeskError::Stale`] when it has changed since; [`DeskError::Refused`] when it is over or a colleague's;
/// [`DeskError::Forbidden`] when an agent gives it to somebody else.
pub async fn set_owner(
    desk: &Desk,
    scope: &Scope,
    id: CaseId,
    owner: Option<UserId>,
    if_match: Option<u64>,
) -> Result<CaseView> {
    allow(scope, Action::HandleCases)?;
    if owner.is_some() && owner != scope.user() {
        allow(scope, Action::AssignCases)?;
    }
    let outcome = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let given = give(tx, scope, id, owner, if_match).await?;
                planning::renew(tx, scope, desk, &[id]).await?;
                Ok(given)
            })
        })
        .await;
    match outcome {
        Ok(Ok(_)) => view(desk, scope, id).await,
        Ok(Err(refused)) => Err(refusal(refused)),
        Err(error) => Err(stale(error)),
    }
}

/// Takes a case from the colleague who has it, with a reason that both of them read.
///
/// # Errors
/// As [`set_owner`]; [`DeskError::Refused`] without a reason or with one that is too long, [`DeskError::Blocked`] when the
/// guard stops it.
pub async fn take_over(
    desk: &Desk,
    scope: &Scope,
    id: CaseId,
    reason: &str,
    if_match: Option<u64>,
) -> Result<CaseView> {
    allow(scope, Action::HandleCases)?;
    let reason = written::within(reason, REASON_LIMIT, ["接管原因", "a reason has"])?;
    gate::pass_at_once(desk, scope, About::Case(id), reason).await?;
    let outcome = desk.store.write(|tx| {
        Box::pin(async move {
            let given =
                give_because(tx, scope, id, scope.user(), if_match, Some(Because::Reason(reason))).await?;
            planning::renew(tx, scope, desk, &[id]).await?;
            Ok(given)
        })
    });
    match outcome.await {
        Ok(Ok(_)) => view(desk, scope, id).await,
        Ok(Err(refused)) => Err(refusal(refused)),
        Err(error) => Err(stale(error)),
    }
}

/// Somebody else was quicker, or what the database said.
pub(crate) fn stale(error: StoreError) -> DeskError {
    match error {
        StoreError::Conflict { what: "case version" } => DeskError::Stale,
        error => error.into(),
    }
}

/// Who acts, as the domain asks it.
pub(crate) fn acting(scope: &Scope) -> Acting {
    Acting { user: scope.user(), may_assign: scope.may(Action::AssignCases) }
}

/// A case that has got another owner.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given {
    /// How it stood.
    pub(crate) before: Life,
    /// How it stands.
    pub(crate) after: Life,
    /// The event that says so.
    pub(crate) event: u32,
}

/// Gives a case to somebody or to nobody within a transaction, with its event and its audit entry; none when it was so
/// already. The caller has asked for the right.
pub(crate) async fn give(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    owner: Option<UserId>,
    if_match: Option<u64>,
) -> std::result::Result<std::result::Result<Option<Given>, TransitionRefused>, StoreError> {
    give_because(tx, scope, id, owner, if_match, None).await
}

/// Why a case changes hands though a colleague has it.
#[derive(Debug, Clone, Copy)]
enum Because<'a> {
    /// Somebody takes it over, for a reason.
    Reason(&'a str),
    /// Its owner left it to whoever takes his handover, with what he said of it.
    Handover(Option<&'a str>),
}

/// Gives a case that a colleague left to whoever takes it, with what he said of it.
pub(crate) async fn hand_over(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    to: UserId,
    said: Option<&str>,
) -> std::result::Result<std::result::Result<Option<Given>, TransitionRefused>, StoreError> {
    give_because(tx, scope, id, Some(to), None, Some(Because::Handover(said))).await
}

/// The same; with a reason also when a colleague has it.
async fn give_because(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    owner: Option<UserId>,
    if_match: Option<u64>,
    because: Option<Because<'_>>,
) -> std::result::Result<std::result::Result<Option<Given>, TransitionRefused>, StoreError> {
    let now = tx.now();
    let head = case::lock_for_change(tx, scope, id).await?;
    if if_match.is_some_and(|seen| seen != head.version) {
        return Err(StoreError::Conflict { what: "case version" });
    }
    let name = match owner {
        None => None,
        Some(owner) => match user::find(tx, scope, owner).await? {
            Some(user) if user.disabled_at.is_none() && user.shops.covers(head.shop) => {
                Some(user.display_name)
            }
            _ => return Err(StoreError::NotFound { what: "user" }),
        },
    };
    let before = head.life;
    let after = match change(before, owner, scope, because.is_some()) {
        Ok(after) => after,
        Err(refused) => return Ok(Err(refused)),
    };
    if after == before {
        return Ok(Ok(None));
    }
    case::set_life(tx, scope, &head, after, head.merged_into, now).await?;
    let was = match before.owner {
        Some(was) => user::find(tx, scope, was).await?,
        None => None,
    };
    let was = was.map(|user| json!({"id": user.id, "name": user.display_name}));
    let (kind, action, body) = match (owner, because) {
        (Some(owner), None) => {
            (EventKind::Assigned, "case.assign", json!({ "owner": {"id": owner, "name": name} }))
        }
        (Some(owner), Some(Because::Reason(reason))) => {
            let body = json!({ "owner": {"id": owner, "name": name}, "from": was, "text": reason });
            (EventKind::Assigned, "case.take_over", body)
        }
        (Some(owner), Some(Because::Handover(said))) => {
            let body =
                json!({ "owner": {"id": owner, "name": name}, "from": was, "text": said, "handover": true });
            (EventKind::Assigned, "case.hand_over", body)
        }
        (None, _) => (EventKind::Released, "case.release", json!({ "owner": was })),
    };
    let event = case::add_event(tx, scope, id, kind, &body, now).await?;
    audit::append(tx, scope, action, "case", &id.to_string(), &json!({"owner": owner})).await?;
    Ok(Ok(Some(Given { before, after, event })))
}

fn change(
    before: Life,
    owner: Option<UserId>,
    scope: &Scope,
    has_reason: bool,
) -> std::result::Result<Life, TransitionRefused> {
    let may_assign = scope.may(Action::AssignCases);
    match owner {
        Some(owner) => before.take(owner, may_assign || has_reason),
        None => before.release(scope.user(), may_assign),
    }
}

pub(crate) fn refusal(refused: TransitionRefused) -> DeskError {
    let zh = match refused {
        TransitionRefused::AlreadyClosed => "跟进单已结束；买家再次留言或修改评价时会重新打开",
        TransitionRefused::OwnedByOther => "同事正在处理这张跟进单；请他释放，或由主管转交",
        TransitionRefused::NotOwned => "这张跟进单还没有人处理",
        TransitionRefused::NotWaiting => "这张跟进单没有在等待",
        TransitionRefused::StillOpen => "这张跟进单还开着",
        TransitionRefused::PastUntil => "等待的截止时间已经过了，请选一个以后的时间",
        TransitionRefused::NotSolved => "这个结果不算解决，只能关闭",
        TransitionRefused::NoOutcome => "请选择结果",
        TransitionRefused::Merged => "这张跟进单已合并到另一张；请先拆分",
    };
    DeskError::refused(zh, refused.to_string())
}

/// Adds a note that only the team sees, if the guard lets it pass.
///
/// # Errors
/// [`DeskError::Refused`] for an empty or overlong note; [`DeskError::Blocked`]; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn add_note(desk: &Desk, scope: &Scope, id: CaseId, text: &str) -> Result<Outcome<CaseView>> {
    allow(scope, Action::HandleCases)?;
    let text = written::within(text, NOTE_LIMIT, written::NOTE)?;
    let looked = gate::pass(desk, scope, About::Case(id), Channel::Note, text).await?;
    if looked.is_held() {
        let body = HeldBody::of_text(text);
        let held = gate::hold_back(desk, scope, &looked, About::Case(id), HoldKind::Note, body).await?;
        return Ok(Outcome::Held(held));
    }
    let now = desk.store.clock().now();
    desk.store
        .write(|tx| {
            Box::pin(async move {
                case::lock_for_change(tx, scope, id).await?;
                case::add_event(tx, scope, id, EventKind::Note, &json!({ "text": text }), now).await?;
                audit::append(tx, scope, "case.note", "case", &id.to_string(), &json!({})).await
            })
        })
        .await?;
    view(desk, scope, id).await.map(Outcome::Done)
}

/// A message to the buyer that is sent by hand elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRequest {
    /// The way it goes.
    pub channel: Channel,
    /// Its words.
    pub text: String,
    /// Its language.
    pub language: Option<ScriptLanguage>,
    /// The key of the script it was made from.
    pub script: Option<String>,
}

impl MessageRequest {
    /// Words of one's own.
    #[must_use]
    pub fn of(channel: Channel, text: &str) -> Self {
        Self { channel, text: text.to_owned(), language: None, script: None }
    }
}

/// Notes a message to the buyer that is sent by hand elsewhere, if the guard lets it pass: it counts for what may be said
/// next, and stands as claimed until a chat log tells of it.
///
/// # Errors
/// As [`add_note`]; [`DeskError::Refused`] for a channel that reaches no buyer, an open variable, or a script that is not
/// there.
pub async fn log_message(
    desk: &Desk,
    scope: &Scope,
    id: CaseId,
    request: &MessageRequest,
) -> Result<Outcome<CaseView>> {
    allow(scope, Action::HandleCases)?;
    let MessageRequest { channel, language, .. } = *request;
    let text = written::within(&request.text, NOTE_LIMIT, written::MESSAGE)?;
    if !channel.is_message() && channel != Channel::PublicReply {
        return Err(DeskError::refused(
            "这个渠道不发给买家，请记在备注里",
            "nothing goes to a buyer that way; write a note instead",
        ));
    }
    scripts::nothing_is_open(text)?;
    let script = request.script.as_deref();
    if let Some(key) = script {
        scripts::require_usable(desk, scope, key).await?;
    }
    let looked = gate::pass(desk, scope, About::Case(id), channel, text).await?;
    if looked.is_held() {
        let (channel, script) = (Some(channel), request.script.clone());
        let body = HeldBody { channel, script, language, ..HeldBody::of_text(text) };
        let held = gate::hold_back(desk, scope, &looked, About::Case(id), HoldKind::Message, body).await?;
        return Ok(Outcome::Held(held));
    }
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let head = case::lock_for_change(tx, scope, id).await?;
                let new = NewClaim { case: id, shop: head.shop, channel, language, text, script };
                claims::say(tx, scope, scope, &new, None).await?;
                // It counts as a contact.
                planning::renew(tx, scope, desk, &[head.merged_into.unwrap_or(id), id]).await
            })
        })
        .await?;
    view(desk, scope, id).await.map(Outcome::Done)
}
