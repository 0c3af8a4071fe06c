//! What people do with the outbox: take back, try again, say what became of a doubtful one.

use pingxin_domain::guard::Channel;
use pingxin_domain::outbox::{self as rules, Decision, OutRefused, OutState};
use pingxin_domain::{Action, Actor, OutgoingId, Scope};
use pingxin_store::case::{self, EventKind};
use pingxin_store::outbox::{self, Outgoing, OutgoingHead};
use pingxin_store::{StoreError, Tx, audit};
use serde_json::json;

use super::{deed, masked, refusal, sending};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, gate, holds};
use crate::written;

/// Why a step did not happen.
enum Not {
    Refused(OutRefused),
    Colleague,
}

impl From<OutRefused> for Not {
    fn from(refused: OutRefused) -> Self {
        Self::Refused(refused)
    }
}

fn said(not: Not) -> DeskError {
    match not {
        Not::Refused(refused) => refusal(refused),
        Not::Colleague => DeskError::refused(
            "这是同事写的；请他自己或主管处理",
            "a colleague wrote this; ask him or a supervisor",
        ),
    }
}

/// One's own, or whoever may give cases to others.
fn may_touch(scope: &Scope, head: &OutgoingHead) -> std::result::Result<(), Not> {
    if head.author.is_some() && head.author == scope.user() || scope.may(Action::AssignCases) {
        Ok(())
    } else {
        Err(Not::Colleague)
    }
}

/// Takes back what nobody has begun to send.
///
/// # Errors
/// [`DeskError::Refused`] when it is on its way or over, or a colleague's; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn withdraw(desk: &Desk, scope: &Scope, id: OutgoingId) -> Result<Outgoing> {
    allow(scope, Action::HandleCases)?;
    let done = desk.store.write(|tx| {
        Box::pin(async move {
            let head = outbox::lock(tx, scope, id).await?;
            let to = match may_touch(scope, &head).and_then(|()| Ok(rules::withdrawn(head.state)?)) {
                Ok(to) => to,
                Err(not) => return Ok(Err(not)),
            };
            outbox::withdraw(tx, scope, id).await?;
            tell(tx, scope, (id, &head), to, None).await.map(Ok)
        })
    });
    done.await?.map(masked).map_err(said)
}

/// Has what was refused tried again.
///
/// # Errors
/// As [`withdraw`].
pub async fn retry(desk: &Desk, scope: &Scope, id: OutgoingId) -> Result<Outgoing> {
    allow(scope, Action::HandleCases)?;
    let done = desk.store.write(|tx| {
        Box::pin(async move {
            let head = outbox::lock(tx, scope, id).await?;
            let to = match may_touch(scope, &head).and_then(|()| Ok(rules::retried(head.state)?)) {
                Ok(to) => to,
                Err(not) => return Ok(Err(not)),
            };
            outbox::retry(tx, scope, id).await?;
            tell(tx, scope, (id, &head), to, None).await.map(Ok)
        })
    });
    done.await?.map(masked).map_err(said)
}

/// Says what became of something in doubt 待核实是否发出: it was sent, or it was not and goes again, or is given up.
///
/// # Errors
/// As [`withdraw`]; [`DeskError::Refused`] without a reason; [`DeskError::Blocked`] for one that nobody may write.
pub async fn decide(
    desk: &Desk,
    scope: &Scope,
    id: OutgoingId,
    decision: Decision,
    reason: &str,
) -> Result<Outgoing> {
    allow(scope, Action::HandleCases)?;
    let reason = written::within(reason, holds::REASON_LIMIT, ["理由", "a reason has"])?;
    let found = desk.store.read(|tx| Box::pin(async move { outbox::get(tx, scope, id).await })).await?;
    let about = found.ok_or(DeskError::NotFound)?.case.map_or(About::Nothing, |(case, _)| About::Case(case));
    // Whoever decides is the second person; only what nobody may write is refused.
    gate::pass(desk, scope, about, Channel::Note, reason).await?;
    let done = desk.store.write(|tx| {
        Box::pin(async move {
            let head = outbox::lock(tx, scope, id).await?;
            let to = match may_touch(scope, &head).and_then(|()| Ok(rules::decided(head.state, decision)?)) {
                Ok(to) => to,
                Err(not) => return Ok(Err(not)),
            };
            outbox::decide(tx, scope, id, to, reason).await?;
            let after = tell(tx, scope, (id, &head), to, Some((decision, reason))).await?;
            if to == OutState::Sent
                && let Some((case, _)) = after.case
            {
                let at = head.handed_at.unwrap_or(tx.now());
                let author = head.author.map_or(Actor::System, Actor::User);
                let author = &Scope { actor: author, ..Scope::system(scope.tenant) };
                sending::was_sent(tx, (author, scope), (id, case), &after.body, at).await?;
            }
            Ok(Ok(after))
        })
    });
    done.await?.map(masked).map_err(said)
}

/// Tells the case and the audit of a step.
async fn tell(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (id, head): (OutgoingId, &OutgoingHead),
    to: OutState,
    why: Option<(Decision, &str)>,
) -> std::result::Result<Outgoing, StoreError> {
    let now = tx.now();
    let (decision, reason) = (why.map(|(decision, _)| decision), why.map(|(_, reason)| reason));
    if let Some(case) = head.case {
        case::lock_for_change(tx, scope, case).await?;
        let body = json!({ "outgoing": id, "state": to, "channel": head.channel, "decision": decision, "why": reason });
        case::add_event(tx, scope, case, EventKind::Outbox, &body, now).await?;
    }
    let detail = json!({ "outgoing": id, "from": head.state, "to": to, "decision": decision });
    let action = if decision.is_some() { "outbox.decide" } else { deed(to) };
    // A notice to the team is about no case.
    let (kind, subject) =
        head.case.map_or_else(|| ("outgoing", id.to_string()), |case| ("case", case.to_string()));
    audit::append(tx, scope, action, kind, &subject, &detail).await?;
    outbox::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "outgoing" })
}
