//! The outbox 发送: what goes out of the desk, written in the transaction that wants it sent, and every call made for it.
//!
//! A worker claims a row for a time, notes that it hands it over ([`hand`]) and commits that before it calls anybody, then
//! notes what came of it ([`settle`]). What a worker left behind is claimed by the next one in the state in which it was.
//! Words are sealed; addresses are not kept here but looked up when it goes.

mod list;
mod send;

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::outbox::{Delivery, OutChannel, OutReason, OutState, TeamEvent};
use pingxin_domain::{CaseId, HoldId, OutgoingId, Scope, ShopId, TenantId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::sealed::Place;
use crate::sql::{Statement, statements, values};
use crate::{StoreError, Tx, identifier, shop};

pub use list::{Call, Outgoing, OutgoingFilter, calls, count, get, list};
pub use send::{Claimed, claim, forget_before, found, hand, is_other_open, postpone, settle, stop};

pub(crate) use list::{built_count, built_list, sample_filters};

/// The statements of all parts.
pub(crate) const ALL_STATEMENTS: &[&[Statement]] = &[STATEMENTS, send::STATEMENTS, list::STATEMENTS];

/// What goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutBody {
    /// The subject of a mail.
    pub subject: String,
    /// The words.
    pub text: String,
    /// The buyer's address as lists show it: masked.
    pub shown_to: Option<String>,
    /// What a webhook gets.
    pub payload: Json,
}

/// Something to send.
#[derive(Debug, Clone)]
pub struct NewOutgoing<'a> {
    /// The shop it is about.
    pub shop: Option<ShopId>,
    /// The case of a message; none of a notice to the team.
    pub case: Option<CaseId>,
    /// By what.
    pub channel: OutChannel,
    /// What that channel allows when nobody knows whether it has left.
    pub delivery: Delivery,
    /// What a notice tells of; none of a message.
    pub event: Option<TeamEvent>,
    /// What goes out.
    pub body: &'a OutBody,
    /// Rules of the guard that a second person has let pass for these words.
    pub released: &'a [String],
    /// The held text that it comes from.
    pub hold: Option<HoldId>,
    /// Whoever writes it again under this key writes nothing new.
    pub unique_key: Option<&'a str>,
    /// Not before.
    pub send_at: Timestamp,
    /// Who wrote it.
    pub author: Option<UserId>,
}

/// Something in the outbox that is about to change.
#[derive(Debug, Clone, Copy)]
pub struct OutgoingHead {
    /// How far it has come.
    pub state: OutState,
    /// The case of a message.
    pub case: Option<CaseId>,
    /// Who wrote it.
    pub author: Option<UserId>,
    /// By what.
    pub channel: OutChannel,
    /// When it was first handed over.
    pub handed_at: Option<Timestamp>,
}

statements! {
    ADD = "INSERT INTO outbox (tenant_id, id, shop_id, case_id, channel, delivery, event, state, body_sealed, released, \
        hold_id, unique_key, send_at, created_at, author_user_id, claims, calls) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, $9, $10, $11, $12, $13, $14, 0, 0) \
        ON CONFLICT (tenant_id, unique_key) WHERE unique_key IS NOT NULL DO NOTHING";
    BY_KEY = "SELECT id FROM outbox WHERE tenant_id = $1 AND unique_key = $2";
    LOCK = "SELECT state, case_id, author_user_id, channel, handed_at FROM outbox WHERE tenant_id = $1 AND id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[])) FOR UPDATE";
    WITHDRAW = "UPDATE outbox SET state = 'withdrawn', ended_at = $3, decided_at = $3, decided_by = $4 \
        WHERE tenant_id = $1 AND id = $2 AND state = 'queued'";
    RETRY = "UPDATE outbox SET state = 'queued', reason = NULL, ended_at = NULL, send_at = $3, decided_at = $3, \
        decided_by = $4, why_sealed = $5 WHERE tenant_id = $1 AND id = $2 AND state = 'refused'";
    DECIDE_SENT = "UPDATE outbox SET state = 'sent', reason = NULL, ended_at = $3, decided_at = $3, decided_by = $4, \
        why_sealed = $5 WHERE tenant_id = $1 AND id = $2 AND state = 'in_doubt'";
    DECIDE_AGAIN = "UPDATE outbox SET state = 'queued', reason = NULL, send_at = $3, decided_at = $3, decided_by = $4, \
        why_sealed = $5 WHERE tenant_id = $1 AND id = $2 AND state = 'in_doubt'";
    DECIDE_GIVE_UP = "UPDATE outbox SET state = 'withdrawn', reason = 'given_up', ended_at = $3, decided_at = $3, \
        decided_by = $4, why_sealed = $5 WHERE tenant_id = $1 AND id = $2 AND state = 'in_doubt'";
    JUDGE_CALL = "UPDATE outbox_calls SET ended_at = $3, result = $4 WHERE tenant_id = $1 AND outgoing_id = $2 \
        AND seq = (SELECT o.calls FROM outbox o WHERE o.tenant_id = $1 AND o.id = $2)";
}

pub(crate) fn place<'a>(tenant: TenantId, id: &'a [u8], field: &'static str) -> Place<'a> {
    Place { tenant, table: "outbox", row: id, field }
}

/// Writes something to send; answers with its id and whether it is new. What was written before under the same key stays as
/// it is.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn add(
    tx: &mut Tx<'_>,
    scope: &Scope,
    new: &NewOutgoing<'_>,
) -> Result<(OutgoingId, bool), StoreError> {
    if let Some(shop) = new.shop {
        shop::require(scope, shop)?;
    }
    let (id, now) = (identifier::fresh::<OutgoingId>(), tx.now());
    let body = tx.keys().seal_json(place(scope.tenant, id.uuid().as_bytes(), "body"), new.body)?;
    let released = serde_json::to_string(new.released)
        .map_err(|error| StoreError::Corrupt { what: format!("released rules: {error}") })?;
    let row = values![
        scope.tenant,
        id,
        new.shop,
        new.case,
        new.channel.code(),
        new.delivery.code(),
        new.event.map(TeamEvent::code),
        body,
        released,
        new.hold,
        new.unique_key,
        new.send_at,
        now,
        new.author,
    ];
    if tx.execute(ADD, row).await? == 1 {
        return Ok((id, true));
    }
    let row = tx.one(BY_KEY, values![scope.tenant, new.unique_key]).await?;
    Ok((row.columns().id()?, false))
}

/// Something within the scope, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn lock(tx: &mut Tx<'_>, scope: &Scope, id: OutgoingId) -> Result<OutgoingHead, StoreError> {
    let mut row = values![scope.tenant, id];
    row.extend(shop::bounds(scope));
    let row = tx.first(LOCK, row).await?.ok_or(StoreError::NotFound { what: "outgoing" })?;
    let mut columns = row.columns();
    Ok(OutgoingHead {
        state: columns.code(OutState::from_code)?,
        case: columns.opt_id()?,
        author: columns.opt_id()?,
        channel: columns.code(OutChannel::from_code)?,
        handed_at: columns.opt_instant()?,
    })
}

fn changed(rows: u64) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::Conflict { what: "outgoing" }) }
}

/// Takes back what nobody has begun to send.
///
/// # Errors
/// [`StoreError::Conflict`] over "outgoing" when it stands otherwise by now.
pub async fn withdraw(tx: &mut Tx<'_>, scope: &Scope, id: OutgoingId) -> Result<(), StoreError> {
    let now = tx.now();
    changed(tx.execute(WITHDRAW, values![scope.tenant, id, now, scope.user()]).await?)
}

fn why(tx: &Tx<'_>, scope: &Scope, id: OutgoingId, reason: Option<&str>) -> Option<Vec<u8>> {
    tx.keys().seal_text(place(scope.tenant, id.uuid().as_bytes(), "why"), reason)
}

/// Has what was refused tried again.
///
/// # Errors
/// [`StoreError::Conflict`] over "outgoing" when it stands otherwise by now.
pub async fn retry(tx: &mut Tx<'_>, scope: &Scope, id: OutgoingId) -> Result<(), StoreError> {
    let (now, why) = (tx.now(), why(tx, scope, id, None));
    changed(tx.execute(RETRY, values![scope.tenant, id, now, scope.user(), why]).await?)
}

/// Notes what a person says of something in doubt, which becomes `to`.
///
/// # Errors
/// [`StoreError::Conflict`] over "outgoing" when it stands otherwise by now.
pub async fn decide(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: OutgoingId,
    to: OutState,
    reason: &str,
) -> Result<(), StoreError> {
    let (now, why) = (tx.now(), why(tx, scope, id, Some(reason)));
    let (statement, result) = match to {
        OutState::Sent => (DECIDE_SENT, "was_sent"),
        OutState::Queued => (DECIDE_AGAIN, "was_not"),
        _ => (DECIDE_GIVE_UP, "was_not"),
    };
    changed(tx.execute(statement, values![scope.tenant, id, now, scope.user(), why]).await?)?;
    tx.execute(JUDGE_CALL, values![scope.tenant, id, now, result]).await.map(drop)
}

pub(crate) fn reason_code(reason: Option<OutReason>) -> Option<&'static str> {
    reason.map(OutReason::code)
}
