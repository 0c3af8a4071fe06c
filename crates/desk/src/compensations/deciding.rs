//! What becomes of a compensation: agreed to, refused, a decision taken back, noted as paid, reversed; one or many at once.

use pingxin_domain::compensation::{
    AskRefused, CompensationRefused, CompensationState, CompensationStep, Deciding, SignOff, Standing,
};
use pingxin_domain::personal::mask_text;
use pingxin_domain::{Action, CompensationId, Say, Scope};
use pingxin_store::case::{self, EventKind};
use pingxin_store::compensation::{self, CompensationHead, NewStep};
use pingxin_store::{StoreError, Tx, audit, tenant};
use serde_json::json;

use super::asking::{NOTE_LIMIT, presents};
use super::{CompensationView, rules_in, saying, view};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, around, gate};
use crate::written;

/// How many are decided at once at most.
pub const MANY_LIMIT: usize = 200;

/// What somebody decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Agrees.
    Approve,
    /// Does not agree; says why.
    Refuse,
    /// Takes a decision back while nothing was paid.
    Undo,
    /// Notes that the money went out.
    Pay,
    /// Takes the whole back; says why.
    Reverse,
}

impl Decision {
    fn needs_reason(self) -> bool {
        matches!(self, Self::Refuse | Self::Reverse)
    }

    fn step(self) -> CompensationStep {
        match self {
            Self::Approve => CompensationStep::Approved,
            Self::Refuse => CompensationStep::Refused,
            Self::Undo => CompensationStep::Undone,
            Self::Pay => CompensationStep::Paid,
            Self::Reverse => CompensationStep::Reversed,
        }
    }
}

pub(super) fn told(step: CompensationStep) -> (EventKind, &'static str) {
    match step {
        CompensationStep::Asked => (EventKind::CompensationAsked, "compensation.ask"),
        CompensationStep::Approved => (EventKind::CompensationApproved, "compensation.approve"),
        CompensationStep::Refused => (EventKind::CompensationRefused, "compensation.refuse"),
        CompensationStep::Undone => (EventKind::CompensationUndone, "compensation.undo"),
        CompensationStep::Paid => (EventKind::CompensationPaid, "compensation.pay"),
        CompensationStep::Confirmed => (EventKind::CompensationConfirmed, "compensation.confirm"),
        CompensationStep::Reversed => (EventKind::CompensationReversed, "compensation.reverse"),
    }
}

/// What became of one of many, or would.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Which.
    pub id: CompensationId,
    /// Its state then; none where it stays as it is.
    pub state: Option<CompensationState>,
    /// Whether one more person has to agree.
    pub waits: bool,
    /// Why it stays as it is.
    pub refused: Option<Say>,
}

/// Why a decision did not happen.
enum NotDecided {
    Stands(CompensationRefused),
    Ask(AskRefused),
    NotYours,
}

impl NotDecided {
    fn say(self) -> Say {
        match self {
            Self::Stands(refused) => saying::refused(refused),
            Self::Ask(refused) => saying::ask(refused),
            Self::NotYours => Say::new("只能撤回自己申请的赔付", "one takes back only what one asked for"),
        }
    }
}

fn check(scope: &Scope, decision: Decision) -> Result<()> {
    match decision {
        // What one asked for oneself one may take back.
        Decision::Reverse => allow(scope, Action::HandleCases),
        _ => allow(scope, Action::ApproveMoney),
    }
}

async fn check_note<'a>(
    desk: &Desk,
    scope: &Scope,
    about: About,
    decision: Decision,
    note: Option<&'a str>,
) -> Result<Option<&'a str>> {
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    if note.is_none() && !decision.needs_reason() {
        return Ok(None);
    }
    let note = written::within(note.unwrap_or_default(), NOTE_LIMIT, ["理由", "a reason has"])?;
    gate::pass_at_once(desk, scope, about, note).await?;
    Ok(Some(note))
}

/// Decides on one.
///
/// # Errors
/// [`DeskError::Refused`] with the reason; [`DeskError::Stale`] when a colleague was quicker; [`DeskError::Blocked`] for a
/// note that the guard stops; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn decide(
    desk: &Desk,
    scope: &Scope,
    id: CompensationId,
    decision: Decision,
    note: Option<&str>,
) -> Result<CompensationView> {
    check(scope, decision)?;
    let found = super::get(desk, scope, id).await?;
    let about = About::Case(found.compensation.case);
    let note = check_note(desk, scope, about, decision, note).await?;
    let decided = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                match settle(tx, scope, desk, id, decision, note, false).await? {
                    Ok(_) => view(tx, scope, id).await.map(Ok),
                    Err(not) => Ok(Err(not)),
                }
            })
        })
        .await
        .map_err(stale)?;
    decided.map_err(|not| DeskError::Refused(not.say()))
}

fn stale(error: StoreError) -> DeskError {
    match error {
        StoreError::Conflict { what: "compensation" } => DeskError::Stale,
        error => error.into(),
    }
}

/// Decides on many, each for itself: what stays as it is says why, and does not hinder the others. With `preview` nothing
/// is changed, and each says what would become of it.
///
/// # Errors
/// [`DeskError::Refused`] for none or too many, or without a reason where one is needed; [`DeskError::Blocked`];
/// [`DeskError::Forbidden`]; the database's.
pub async fn decide_many(
    desk: &Desk,
    scope: &Scope,
    ids: &[CompensationId],
    decision: Decision,
    note: Option<&str>,
    preview: bool,
) -> Result<Vec<Decided>> {
    check(scope, decision)?;
    if ids.is_empty() || ids.len() > MANY_LIMIT {
        return Err(DeskError::refused(
            format!("一次选 1 到 {MANY_LIMIT} 笔"),
            format!("choose 1 to {MANY_LIMIT} at once"),
        ));
    }
    let note = if preview { None } else { check_note(desk, scope, About::Nothing, decision, note).await? };
    let mut all = Vec::with_capacity(ids.len());
    for &id in ids {
        let settled = desk
            .store
            .write(|tx| Box::pin(async move { settle(tx, scope, desk, id, decision, note, preview).await }));
        let (state, waits, refused) = match settled.await {
            Ok(Ok(after)) => (Some(after.state), after.state == CompensationState::Asked, None),
            Ok(Err(not)) => (None, false, Some(not.say())),
            Err(StoreError::NotFound { .. }) => (None, false, Some(DeskError::NotFound.say())),
            Err(StoreError::Conflict { what: "compensation" }) => (None, false, Some(DeskError::Stale.say())),
            Err(error) => return Err(error.into()),
        };
        let waits = waits && decision == Decision::Approve;
        all.push(Decided { id, state, waits, refused });
    }
    Ok(all)
}

type Settled = std::result::Result<std::result::Result<Standing, NotDecided>, StoreError>;

async fn settle(
    tx: &mut Tx<'_>,
    scope: &Scope,
    desk: &Desk,
    id: CompensationId,
    decision: Decision,
    note: Option<&str>,
    preview: bool,
) -> Settled {
    let (rules, _) = rules_in(tx, scope, true).await?;
    let mut head = compensation::lock(tx, scope, id).await?;
    let solo = tenant::find(tx, scope.tenant).await?.is_some_and(|tenant| tenant.solo);
    let by = Deciding { user: scope.user(), role: scope.role, solo };
    let mut alone = false;
    // What is agreed to, or waits again, has to fit by the rules of now.
    if matches!(decision, Decision::Approve | Decision::Undo) {
        let shop = pingxin_store::shop::find(tx, scope, head.shop).await?;
        let now = tx.now();
        let allowed = shop.is_none_or(|shop| presents(desk, &shop, now));
        match compensation::fits(tx, scope, &rules, &head, allowed).await? {
            Ok(sign_off) => head.standing.sign_off = stricter(head.standing.sign_off, sign_off),
            Err(refused) if decision == Decision::Approve || !head.standing.state.counts() => {
                return Ok(Err(NotDecided::Ask(refused)));
            }
            Err(_) => {}
        }
    }
    if decision == Decision::Approve {
        let now = tx.now();
        let around = around::load(tx, scope, About::Case(head.case)).await?;
        if around.is_some_and(|around| around.thread(None, now).asked_today) {
            return Ok(Err(NotDecided::Ask(AskRefused::RatingDay)));
        }
    }
    let stands = head.standing.clone();
    let moved = match decision {
        Decision::Approve => stands.approve(by).map(|agreed| {
            alone = agreed.alone;
            agreed.standing
        }),
        Decision::Refuse => stands.refuse(),
        Decision::Undo => stands.undo(),
        Decision::Pay => stands.pay(),
        Decision::Reverse => {
            let is_his = stands.asker.is_some() && stands.asker == scope.user();
            let unpaid = stands.state != CompensationState::Paid;
            if !(is_his && unpaid || scope.may(Action::ApproveMoney)) {
                return Ok(Err(NotDecided::NotYours));
            }
            stands.reverse()
        }
    };
    let after = match moved {
        Ok(after) => after,
        Err(refused) => return Ok(Err(NotDecided::Stands(refused))),
    };
    if !preview {
        let step = NewStep { alone, note, ..NewStep::plain(decision.step()) };
        write_down(tx, scope, &head, &after, &step).await?;
    }
    Ok(Ok(after))
}

fn stricter(one: SignOff, other: SignOff) -> SignOff {
    one.max(other)
}

/// Writes a step with its event in the story of the case and its entry in the audit.
pub(super) async fn write_down(
    tx: &mut Tx<'_>,
    scope: &Scope,
    head: &CompensationHead,
    after: &Standing,
    step: &NewStep<'_>,
) -> std::result::Result<(), StoreError> {
    case::lock_for_change(tx, scope, head.case).await?;
    compensation::set(tx, scope, head, after, step).await?;
    let (kind, action) = told(step.kind);
    let now = tx.now();
    let body = json!({
        "compensation": head.id, "kind": head.kind, "amount": head.amount.amount(), "currency": head.amount.currency,
        "state": after.state, "text": step.note.map(mask_text), "alone": step.alone,
    });
    case::add_event(tx, scope, head.case, kind, &body, now).await?;
    let detail = json!({
        "compensation": head.id, "amount": head.amount.to_string(), "state": after.state, "alone": step.alone,
    });
    audit::append(tx, scope, action, "case", &head.case.to_string(), &detail).await
}
