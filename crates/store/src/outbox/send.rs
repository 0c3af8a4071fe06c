//! What a sending worker does with the outbox, one transaction a step.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::outbox::{
    Answer, Delivery, Next, OutChannel, OutReason, OutState, TeamEvent, claimed as may_claim,
};
use pingxin_domain::{CaseId, HoldId, OutgoingId, Scope, ShopId, TenantId, UserId};

use super::{OutBody, changed, place, reason_code};
use crate::sealed::Keys;
use crate::sql::{Columns, statements, values};
use crate::{Store, StoreError, Tx};

/// Something that this worker has until its lease ends.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Id; as text also the key under which the other side knows it.
    pub id: OutgoingId,
    /// The merchant.
    pub tenant: TenantId,
    /// [`OutState::Claimed`], or [`OutState::Handed`] when another worker had handed it over.
    pub state: OutState,
    /// The shop it is about.
    pub shop: Option<ShopId>,
    /// The case of a message.
    pub case: Option<CaseId>,
    /// By what.
    pub channel: OutChannel,
    /// What that channel allows.
    pub delivery: Delivery,
    /// What a notice tells of.
    pub event: Option<TeamEvent>,
    /// What goes out.
    pub body: OutBody,
    /// Rules of the guard that a second person has let pass for these words.
    pub released: Vec<String>,
    /// The held text that it comes from.
    pub hold: Option<HoldId>,
    /// Who wrote it.
    pub author: Option<UserId>,
    /// When it was first handed over.
    pub handed_at: Option<Timestamp>,
    /// How often it was handed over.
    pub calls: u32,
    /// How often it was claimed.
    pub claims: u32,
    /// Who has it.
    pub worker: String,
}

statements! {
    ANY_LEFT = "SELECT 1::bigint FROM outbox WHERE lease_until IS NOT NULL AND lease_until <= $1 LIMIT 1";
    ANY_DUE = "SELECT 1::bigint FROM outbox WHERE state = 'queued' AND send_at <= $1 LIMIT 1";
    // What its worker left behind first: it has waited longest.
    CLAIM_LEFT = "UPDATE outbox SET worker = $1, lease_until = $2, claims = claims + 1 WHERE (tenant_id, id) = ( \
        SELECT tenant_id, id FROM outbox WHERE lease_until IS NOT NULL AND lease_until <= $3 \
        ORDER BY lease_until, id LIMIT 1 FOR UPDATE SKIP LOCKED) \
        RETURNING id, tenant_id, state, shop_id, case_id, channel, delivery, event, body_sealed, released, hold_id, \
        author_user_id, handed_at, calls, claims";
    CLAIM_DUE = "UPDATE outbox SET state = 'claimed', worker = $1, lease_until = $2, claims = claims + 1 \
        WHERE (tenant_id, id) = (SELECT tenant_id, id FROM outbox WHERE state = 'queued' AND send_at <= $3 \
        ORDER BY send_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) \
        RETURNING id, tenant_id, state, shop_id, case_id, channel, delivery, event, body_sealed, released, hold_id, \
        author_user_id, handed_at, calls, claims";
    HAND = "UPDATE outbox SET state = 'handed', calls = calls + 1, handed_at = coalesce(handed_at, $5) \
        WHERE tenant_id = $1 AND id = $2 AND worker = $3 AND claims = $4 AND state IN ('claimed', 'handed')";
    LOSE_CALLS = "UPDATE outbox_calls SET ended_at = $3, result = $4 WHERE tenant_id = $1 AND outgoing_id = $2 \
        AND result IS NULL";
    FIND_CALL = "UPDATE outbox_calls SET ended_at = $4, result = $5 WHERE tenant_id = $1 AND outgoing_id = $2 AND seq = $3";
    BEGIN_CALL = "INSERT INTO outbox_calls (tenant_id, outgoing_id, seq, at) VALUES ($1, $2, $3, $4)";
    END_CALL = "UPDATE outbox_calls SET ended_at = $4, result = $5, detail = $6 WHERE tenant_id = $1 \
        AND outgoing_id = $2 AND seq = $3";
    BACK = "UPDATE outbox SET state = 'queued', send_at = $5, reason = $6, worker = NULL, lease_until = NULL \
        WHERE tenant_id = $1 AND id = $2 AND worker = $3 AND claims = $4 AND state IN ('claimed', 'handed')";
    END = "UPDATE outbox SET state = $6, ended_at = $5, reason = $7, worker = NULL, lease_until = NULL \
        WHERE tenant_id = $1 AND id = $2 AND worker = $3 AND claims = $4 AND state IN ('claimed', 'handed')";
    DOUBT = "UPDATE outbox SET state = 'in_doubt', reason = $5, worker = NULL, lease_until = NULL \
        WHERE tenant_id = $1 AND id = $2 AND worker = $3 AND claims = $4 AND state = 'handed'";
    KEEP = "UPDATE outbox SET lease_until = $5 WHERE tenant_id = $1 AND id = $2 AND worker = $3 AND claims = $4 \
        AND state = 'handed'";
    OTHER_OPEN = "SELECT 1::bigint FROM outbox WHERE tenant_id = $1 AND case_id = $2 AND id <> $3 \
        AND state IN ('handed', 'in_doubt') LIMIT 1";
    FORGET_CALLS = "DELETE FROM outbox_calls WHERE tenant_id = $1 AND outgoing_id IN (SELECT id FROM outbox \
        WHERE tenant_id = $1 AND case_id IS NULL AND ended_at < $2)";
    FORGET = "DELETE FROM outbox WHERE tenant_id = $1 AND case_id IS NULL AND ended_at < $2";
}

/// Takes what a dead worker left behind, else what has been due longest, of any merchant, in a transaction of its own;
/// `before_commit` is called at its end.
///
/// # Errors
/// The database's error.
pub async fn claim(
    store: &Store,
    worker: &str,
    lease: SignedDuration,
    before_commit: &(dyn Fn() + Send + Sync),
) -> Result<Option<Claimed>, StoreError> {
    // Mostly there is nothing, which needs no writer.
    let any = store.read(|tx| {
        Box::pin(async move {
            let now = tx.now();
            Ok(tx.first(ANY_LEFT, values![now]).await?.is_some()
                || tx.first(ANY_DUE, values![now]).await?.is_some())
        })
    });
    if !any.await? {
        return Ok(None);
    }
    let taken = store.write(|tx| {
        Box::pin(async move {
            let now = tx.now();
            let until = now.saturating_add(lease).unwrap_or(Timestamp::MAX);
            let row = match tx.first(CLAIM_LEFT, values![worker, until, now]).await? {
                Some(row) => Some(row),
                None => tx.first(CLAIM_DUE, values![worker, until, now]).await?,
            };
            before_commit();
            Ok(row.map(|row| (row, tx.keys())))
        })
    });
    // Read after the commit: one that cannot be read keeps its lease, and the others have their turn meanwhile.
    let Some((row, keys)) = taken.await? else { return Ok(None) };
    read(row.columns(), &keys, worker).map(Some)
}

fn read(mut row: Columns<'_>, keys: &Keys, worker: &str) -> Result<Claimed, StoreError> {
    let (id, tenant): (OutgoingId, TenantId) = (row.id()?, row.id()?);
    let state = row.code(OutState::from_code)?;
    let wrong = |error| StoreError::Corrupt { what: format!("a claimed row of the outbox: {error}") };
    may_claim(state).map_err(wrong)?;
    let (shop, case) = (row.opt_id()?, row.opt_id()?);
    let (channel, delivery) = (row.code(OutChannel::from_code)?, row.code(Delivery::from_code)?);
    let event = row.opt_code(TeamEvent::from_code)?;
    let body = keys.open_json(place(tenant, id.uuid().as_bytes(), "body"), &row.bytes()?)?;
    Ok(Claimed {
        id,
        tenant,
        state,
        shop,
        case,
        channel,
        delivery,
        event,
        body,
        released: row.json()?,
        hold: row.opt_id()?,
        author: row.opt_id()?,
        handed_at: row.opt_instant()?,
        calls: row.small()?,
        claims: row.small()?,
        worker: worker.to_owned(),
    })
}

/// Notes that the other side is about to be called; to be committed before it is. Answers with the number of the call, and
/// when it was first handed over. A call that was left open is lost.
///
/// # Errors
/// [`StoreError::Conflict`] over "outgoing" when somebody else has it by now.
pub async fn hand(tx: &mut Tx<'_>, claimed: &Claimed) -> Result<(u32, Timestamp), StoreError> {
    let now = tx.now();
    let Claimed { tenant, id, claims, .. } = *claimed;
    changed(tx.execute(HAND, values![tenant, id, claimed.worker.as_str(), claims, now]).await?)?;
    tx.execute(LOSE_CALLS, values![tenant, id, now, "lost"]).await?;
    let seq = claimed.calls + 1;
    tx.execute(BEGIN_CALL, values![tenant, id, seq, now]).await?;
    Ok((seq, claimed.handed_at.unwrap_or(now)))
}

/// Puts it back into the queue until an instant; nobody was called.
///
/// # Errors
/// [`StoreError::Conflict`] over "outgoing" when somebody else has it by now.
pub async fn postpone(
    tx: &mut Tx<'_>,
    claimed: &Claimed,
    until: Timestamp,
    reason: OutReason,
) -> Result<(), StoreError> {
    let Claimed { tenant, id, claims, .. } = *claimed;
    let row = values![tenant, id, claimed.worker.as_str(), claims, until, reason.code()];
    changed(tx.execute(BACK, row).await?)
}

/// It does not go; nobody was called.
///
/// # Errors
/// [`StoreError::Conflict`] over "outgoing" when somebody else has it by now.
pub async fn stop(tx: &mut Tx<'_>, claimed: &Claimed, reason: OutReason) -> Result<(), StoreError> {
    end(tx, claimed, OutState::Refused, Some(reason)).await
}

async fn end(
    tx: &mut Tx<'_>,
    claimed: &Claimed,
    state: OutState,
    reason: Option<OutReason>,
) -> Result<(), StoreError> {
    let now = tx.now();
    let Claimed { tenant, id, claims, .. } = *claimed;
    let row = values![tenant, id, claimed.worker.as_str(), claims, now, state.code(), reason_code(reason)];
    changed(tx.execute(END, row).await?)
}

fn result(answer: Answer) -> &'static str {
    match answer {
        Answer::Taken => "sent",
        Answer::Refused => "refused",
        Answer::NotTaken => "not_taken",
        Answer::Unknown => "unknown",
    }
}

/// Notes what came of a call, and how it goes on.
///
/// # Errors
/// [`StoreError::Conflict`] over "outgoing" when somebody else has it by now.
pub async fn settle(
    tx: &mut Tx<'_>,
    claimed: &Claimed,
    call: u32,
    (answer, detail): (Answer, &str),
    next: Next,
) -> Result<(), StoreError> {
    let now = tx.now();
    let row = values![claimed.tenant, claimed.id, call, now, result(answer), detail];
    tx.execute(END_CALL, row).await?;
    go_on(tx, claimed, next).await
}

async fn go_on(tx: &mut Tx<'_>, claimed: &Claimed, next: Next) -> Result<(), StoreError> {
    let now = tx.now();
    let Claimed { tenant, id, claims, .. } = *claimed;
    let worker = claimed.worker.as_str();
    let after = |wait: SignedDuration| now.saturating_add(wait).unwrap_or(Timestamp::MAX);
    match next {
        Next::Sent => end(tx, claimed, OutState::Sent, None).await,
        Next::Refused(reason) => end(tx, claimed, OutState::Refused, Some(reason)).await,
        Next::Queue(wait) => postpone(tx, claimed, after(wait), OutReason::Later).await,
        Next::Again(wait) => {
            changed(tx.execute(KEEP, values![tenant, id, worker, claims, after(wait)]).await?)
        }
        Next::InDoubt(reason) => {
            changed(tx.execute(DOUBT, values![tenant, id, worker, claims, reason.code()]).await?)
        }
    }
}

/// Notes what is known of something whose worker is gone: it has arrived (`Some(true)`), it has not, or nobody knows; and how
/// it goes on, if it does not go again at once.
///
/// # Errors
/// [`StoreError::Conflict`] over "outgoing" when somebody else has it by now.
pub async fn found(
    tx: &mut Tx<'_>,
    claimed: &Claimed,
    arrived: Option<bool>,
    next: Option<Next>,
) -> Result<(), StoreError> {
    let now = tx.now();
    let result = match arrived {
        Some(true) => Some("arrived"),
        Some(false) => Some("not_arrived"),
        // Still open while it may be asked about again.
        None => matches!(next, Some(Next::InDoubt(_))).then_some("lost"),
    };
    if let Some(result) = result {
        tx.execute(FIND_CALL, values![claimed.tenant, claimed.id, claimed.calls, now, result]).await?;
    }
    match next {
        Some(next) => go_on(tx, claimed, next).await,
        None => Ok(()),
    }
}

/// Whether another message of the same case may have left, and nobody knows.
///
/// # Errors
/// The database's error.
pub async fn is_other_open(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: CaseId,
    but: OutgoingId,
) -> Result<bool, StoreError> {
    Ok(tx.first(OTHER_OPEN, values![scope.tenant, case, but]).await?.is_some())
}

/// Forgets notices to the team that ended before an instant; says how many. Messages to buyers are kept.
///
/// # Errors
/// The database's error.
pub async fn forget_before(tx: &mut Tx<'_>, scope: &Scope, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET_CALLS, values![scope.tenant, before]).await?;
    tx.execute(FORGET, values![scope.tenant, before]).await
}
