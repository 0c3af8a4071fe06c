//! How a case moves: waiting, going on, ending, opening again; and taking the last move back.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::case::{Life, Outcome, Reopening, TransitionRefused, WaitingFor};
use pingxin_domain::{Action, CaseId, Scope};
use pingxin_store::case::{self, CaseHead, EventKind};
use pingxin_store::{StoreError, Tx, audit};
use serde_json::{Value, json};

use super::{CaseView, NOTE_LIMIT, acting, refusal, stale, view};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, gate};
use crate::planning;

/// How long a move can be taken back.
const UNDO: SignedDuration = SignedDuration::from_hours(24);

/// A move of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseMove {
    /// Waits for somebody, at most until an instant.
    Wait {
        /// For whom.
        on: WaitingFor,
        /// Until when at most.
        until: Option<Timestamp>,
    },
    /// Goes on with a case that waited.
    Resume,
    /// The matter is put right.
    Solve(Outcome),
    /// Laid aside for good; a solved one may keep its outcome.
    Close(Option<Outcome>),
    /// Opens an ended one again; somebody says why in the note.
    Reopen,
}

impl CaseMove {
    /// What is said in the audit.
    fn action(&self) -> &'static str {
        match self {
            Self::Wait { .. } => "case.wait",
            Self::Resume => "case.resume",
            Self::Solve(_) => "case.solve",
            Self::Close(_) => "case.close",
            Self::Reopen => "case.reopen",
        }
    }

    fn take(
        &self,
        life: Life,
        scope: &Scope,
        now: Timestamp,
    ) -> std::result::Result<Life, TransitionRefused> {
        let by = acting(scope);
        match self {
            Self::Wait { on, until } => life.wait(*on, *until, by, now),
            Self::Resume => life.resume(by),
            Self::Solve(outcome) => life.solve(*outcome, by),
            Self::Close(outcome) => life.close(*outcome, by),
            Self::Reopen => life.reopen(by),
        }
    }
}

/// Moves a case; `note` says more, and must say why one opens again. `if_match` is the version the person saw.
///
/// # Errors
/// [`DeskError::Stale`] when it has changed since; [`DeskError::Refused`] when a rule says no; [`DeskError::Forbidden`].
pub async fn set_state(
    desk: &Desk,
    scope: &Scope,
    id: CaseId,
    wish: &CaseMove,
    note: Option<&str>,
    if_match: Option<u64>,
) -> Result<CaseView> {
    allow(scope, Action::HandleCases)?;
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > NOTE_LIMIT) {
        return Err(DeskError::refused(
            format!("备注最多 {NOTE_LIMIT} 个字"),
            format!("a note has at most {NOTE_LIMIT} characters"),
        ));
    }
    if *wish == CaseMove::Reopen && note.is_none() {
        return Err(DeskError::refused("请写明重新打开的原因", "say why the case opens again"));
    }
    if let Some(note) = note {
        gate::pass_at_once(desk, scope, About::Case(id), note).await?;
    }
    let outcome = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let moved = carry_out(tx, scope, id, wish, note, if_match).await?;
                planning::renew(tx, scope, desk, &[id]).await?;
                Ok(moved)
            })
        })
        .await;
    match outcome {
        Ok(Ok(_)) => view(desk, scope, id).await,
        Ok(Err(refused)) => Err(refusal(refused)),
        Err(error) => Err(stale(error)),
    }
}

/// A case that has moved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moved {
    /// How it stood.
    pub(crate) before: Life,
    /// How it stands.
    pub(crate) after: Life,
    /// The event that says so.
    pub(crate) event: u32,
}

/// Moves a case within a transaction, with its event and its audit entry; none when it stood so already. The caller has
/// asked for the right, and makes its plan anew.
pub(crate) async fn carry_out(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    wish: &CaseMove,
    note: Option<&str>,
    if_match: Option<u64>,
) -> std::result::Result<std::result::Result<Option<Moved>, TransitionRefused>, StoreError> {
    let now = tx.now();
    let head = case::lock_for_change(tx, scope, id).await?;
    if if_match.is_some_and(|seen| seen != head.version) {
        return Err(StoreError::Conflict { what: "case version" });
    }
    let after = match wish.take(head.life, scope, now) {
        Ok(after) => after,
        Err(refused) => return Ok(Err(refused)),
    };
    if after == head.life {
        return Ok(Ok(None));
    }
    let why = (*wish == CaseMove::Reopen).then_some(Reopening::Person);
    let event = write(tx, scope, &head, after, told(&head.life, &after, note, why)).await?;
    let detail = json!({ "from": head.life.state, "to": after.state, "outcome": after.outcome });
    audit::append(tx, scope, wish.action(), "case", &id.to_string(), &detail).await?;
    Ok(Ok(Some(Moved { before: head.life, after, event })))
}

/// What the story of a case says of a move. `before` is what taking it back restores.
pub(crate) fn told(before: &Life, after: &Life, note: Option<&str>, why: Option<Reopening>) -> Value {
    json!({
        "from": before.state,
        "to": after.state,
        "waiting_for": after.waiting.map(|waiting| waiting.on),
        "until": after.waiting.and_then(|waiting| waiting.until),
        "outcome": after.outcome,
        "text": note,
        "why": why,
        "before": before,
    })
}

async fn write(
    tx: &mut Tx<'_>,
    scope: &Scope,
    head: &CaseHead,
    life: Life,
    body: Value,
) -> std::result::Result<u32, StoreError> {
    let now = tx.now();
    case::set_life(tx, scope, head, life, None, now).await?;
    case::add_event(tx, scope, head.id, EventKind::StateChanged, &body, now).await
}

/// Moves a case that time, a message of its buyer or the platform moved: nobody's deed, told in its story.
///
/// # Errors
/// The database's error.
pub(crate) async fn moved_by_itself(
    tx: &mut Tx<'_>,
    scope: &Scope,
    head: &CaseHead,
    after: Life,
    why: Option<Reopening>,
) -> std::result::Result<u32, StoreError> {
    let event = write(tx, scope, head, after, told(&head.life, &after, None, why)).await?;
    let detail = json!({ "from": head.life.state, "to": after.state, "outcome": after.outcome });
    audit::append(tx, scope, "case.go_on", "case", &head.id.to_string(), &detail).await?;
    Ok(event)
}

/// Takes the last move of a case back, within a day, by whoever did it, when nothing has moved it since.
///
/// # Errors
/// [`DeskError::Refused`] when it is too late, another's, or something has moved the case since; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn undo(desk: &Desk, scope: &Scope, id: CaseId) -> Result<CaseView> {
    allow(scope, Action::HandleCases)?;
    let taken = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let head = case::lock_for_change(tx, scope, id).await?;
                let last = case::last_move(tx, scope, id).await?;
                let now = tx.now();
                let Some(last) = last.filter(|last| {
                    last.kind == EventKind::StateChanged
                        && last.actor.is_some()
                        && last.actor == scope.user()
                        && now.duration_since(last.at) <= UNDO
                }) else {
                    return Ok(false);
                };
                let before = last.body.get("before").cloned().unwrap_or_default();
                let Ok(before) = serde_json::from_value::<Life>(before) else { return Ok(false) };
                let body = json!({ "from": head.life.state, "to": before.state, "undone": last.seq });
                write(tx, scope, &head, before, body).await?;
                let detail = json!({ "from": head.life.state, "to": before.state });
                audit::append(tx, scope, "case.undo", "case", &id.to_string(), &detail).await?;
                planning::renew(tx, scope, desk, &[id]).await?;
                Ok(true)
            })
        })
        .await
        .map_err(stale)?;
    if !taken {
        return Err(DeskError::refused(
            "这一步已不能撤销：超过 24 小时，或之后又有变动",
            "this cannot be undone any more: it is older than a day, or the case has moved since",
        ));
    }
    view(desk, scope, id).await
}
