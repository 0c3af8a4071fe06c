//! Who did what: an append-only chain of hashes for each merchant. Each entry binds the one before it, and both the
//! entries and the end of the chain are signed with a key that is not in the database (`chain.rs`), so a changed, missing,
//! inserted or swapped entry and a cut end are found, whoever can write to the database.

pub(crate) mod chain;
pub(crate) mod list;
#[cfg(test)]
mod upgrade;

use jiff::Timestamp;
use pingxin_domain::{Actor, Scope, TenantId};

pub use chain::{Break, Chain, end, verify, verify_against};
pub use list::{ActorAsked, AuditActor, AuditEntry, AuditFilter, list};
pub(crate) use list::{built_list, sample_filters};

use crate::sql::{statements, values};
use crate::{StoreError, Tx};

/// An entry that is written when everything else of the transaction is.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub(crate) tenant: TenantId,
    pub(crate) at: Timestamp,
    pub(crate) actor: String,
    pub(crate) action: String,
    pub(crate) subject_kind: String,
    pub(crate) subject_id: String,
    pub(crate) detail: String,
}

statements! {
    APPEND = "INSERT INTO audit_entries (tenant_id, seq, at, actor, action, subject_kind, subject_id, detail, \
        previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

fn actor_text(actor: Actor) -> String {
    match actor {
        Actor::User(user) => format!("user:{user}"),
        Actor::Token { user, token } => format!("user:{user}/token:{token}"),
        Actor::CommandLine => "command_line".into(),
        Actor::System => "system".into(),
    }
}

/// Notes what the actor of `scope` did. It is written as the last thing before the transaction is committed, so that
/// the head of the chain is locked for the shortest time; nothing is noted of a transaction that fails.
///
/// # Errors
/// None today; the signature leaves room for limits.
pub async fn append(
    tx: &mut Tx<'_>,
    scope: &Scope,
    action: &str,
    subject_kind: &str,
    subject_id: &str,
    detail: &serde_json::Value,
) -> Result<(), StoreError> {
    let plain = |text: &str| text.replace('\0', "\u{fffd}");
    let entry = Pending {
        tenant: scope.tenant,
        at: pingxin_domain::time::from_micros(tx.now().as_microsecond()),
        actor: actor_text(scope.actor),
        action: plain(action),
        subject_kind: plain(subject_kind),
        subject_id: plain(subject_id),
        detail: plain(&detail.to_string()),
    };
    tx.pending_audit.push(entry);
    Ok(())
}

/// Writes what [`append`] noted, merchant by merchant in one order, so that two transactions never wait for each other.
pub(crate) async fn write_pending(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let mut entries = std::mem::take(&mut tx.pending_audit);
    entries.sort_by_key(|entry| entry.tenant);
    let mut entries = entries.into_iter().peekable();
    let keys = tx.keys();
    while let Some(first) = entries.peek() {
        let tenant = first.tenant;
        let mut head = chain::lock(tx, tenant).await?;
        if !head.is_signed(&keys, tenant) {
            // Going on as if nothing were would sign what somebody else has written or taken away.
            let found = chain::break_found(tenant, tx.now(), &head);
            head = write(tx, head, found).await?;
        }
        while let Some(entry) = entries.next_if(|entry| entry.tenant == tenant) {
            head = write(tx, head, entry).await?;
        }
        chain::move_head(tx, tenant, &head).await?;
    }
    Ok(())
}

/// Appends one entry; gives the end of the chain after it.
async fn write(tx: &mut Tx<'_>, head: chain::Head, entry: Pending) -> Result<chain::Head, StoreError> {
    let seq = head.seq + 1;
    let hash = chain::entry_hash(&tx.keys(), &entry, seq, &head.hash, true);
    let row = values![
        entry.tenant,
        seq,
        entry.at,
        entry.actor,
        entry.action,
        entry.subject_kind,
        entry.subject_id,
        entry.detail,
        &head.hash,
        &hash,
    ];
    tx.execute(APPEND, row).await?;
    Ok(chain::Head { seq, hash, ..head })
}
