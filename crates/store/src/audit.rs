//! Who did what: an append-only chain of hashes for each merchant. Each entry binds the one before it, so a changed,
//! missing or inserted entry is found.

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{Actor, Scope, TenantId};
use sha2::{Digest, Sha256};

use crate::page::{Cursor, Page, page_limit};
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx};

/// An entry.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    /// Number within the merchant, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// `user:<id>`, `user:<id>/token:<id>`, `command_line` or `system`.
    pub actor: String,
    /// What was done, such as `case.assign`.
    pub action: String,
    /// Kind of thing it was done to.
    pub subject_kind: String,
    /// Which.
    pub subject_id: String,
    /// More.
    pub detail: serde_json::Value,
    /// Hash over the entry before and this one.
    pub hash: [u8; 32],
}

/// Whether a chain holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// Every entry is there as it was written.
    Whole {
        /// How many.
        entries: u64,
    },
    /// From this number on something was changed, taken out or put in.
    Broken {
        /// The first entry that does not fit.
        seq: u64,
    },
}

/// An entry that is written when everything else of the transaction is.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub(crate) tenant: TenantId,
    at: Timestamp,
    actor: String,
    action: String,
    subject_kind: String,
    subject_id: String,
    detail: String,
}

statements! {
    HEAD = "SELECT seq, hash FROM audit_heads WHERE tenant_id = $1 FOR UPDATE";
    MOVE_HEAD = "UPDATE audit_heads SET seq = $2, hash = $3 WHERE tenant_id = $1";
    APPEND = "INSERT INTO audit_entries (tenant_id, seq, at, actor, action, subject_kind, subject_id, detail, \
        previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    READ_HEAD = "SELECT seq, hash FROM audit_heads WHERE tenant_id = $1";
    SOME = "SELECT seq, at, actor, action, subject_kind, subject_id, detail, previous_hash, hash FROM audit_entries \
        WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT 1000";
    NEWEST = "SELECT seq, at, actor, action, subject_kind, subject_id, detail, previous_hash, hash \
        FROM audit_entries WHERE tenant_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
}

fn actor_text(actor: Actor) -> String {
    match actor {
        Actor::User(user) => format!("user:{user}"),
        Actor::Token { user, token } => format!("user:{user}/token:{token}"),
        Actor::CommandLine => "command_line".into(),
        Actor::System => "system".into(),
    }
}

impl Pending {
    /// SHA-256 over the hash before and every field, each after its length.
    fn hash(&self, seq: u64, previous: &[u8; 32]) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(previous);
        hasher.update(self.tenant.uuid().as_bytes());
        hasher.update(seq.to_be_bytes());
        hasher.update(self.at.as_microsecond().to_be_bytes());
        for part in [&self.actor, &self.action, &self.subject_kind, &self.subject_id, &self.detail] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.finalize().into()
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
    while let Some(first) = entries.peek() {
        let tenant = first.tenant;
        let row = tx.first(HEAD, values![tenant]).await?;
        let row = row.ok_or(StoreError::NotFound { what: "tenant" })?;
        let mut columns = row.columns();
        let (mut seq, mut previous) = (columns.unsigned()?, columns.hash::<32>()?);
        while let Some(entry) = entries.next_if(|entry| entry.tenant == tenant) {
            seq += 1;
            let hash = entry.hash(seq, &previous);
            let row = values![
                tenant,
                seq,
                entry.at,
                entry.actor,
                entry.action,
                entry.subject_kind,
                entry.subject_id,
                entry.detail,
                &previous,
                &hash,
            ];
            tx.execute(APPEND, row).await?;
            previous = hash;
        }
        tx.execute(MOVE_HEAD, values![tenant, seq, &previous]).await?;
    }
    Ok(())
}

struct Stored {
    seq: u64,
    entry: Pending,
    previous: [u8; 32],
    hash: [u8; 32],
}

fn read(mut row: Columns<'_>, tenant: TenantId) -> Result<Stored, StoreError> {
    let seq = row.unsigned()?;
    let entry = Pending {
        tenant,
        at: row.instant()?,
        actor: row.text()?,
        action: row.text()?,
        subject_kind: row.text()?,
        subject_id: row.text()?,
        detail: row.text()?,
    };
    Ok(Stored { seq, entry, previous: row.hash()?, hash: row.hash()? })
}

/// Follows the chain of a merchant from its beginning to its head.
///
/// # Errors
/// The database's error.
pub async fn verify(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Chain, StoreError> {
    let head = tx.first(READ_HEAD, values![tenant]).await?;
    let head = head.ok_or(StoreError::NotFound { what: "tenant" })?;
    let mut columns = head.columns();
    let (last, head_hash) = (columns.unsigned()?, columns.hash::<32>()?);
    let (mut seq, mut previous) = (0_u64, [0_u8; 32]);
    loop {
        let rows = tx.all(SOME, values![tenant, seq]).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            // An entry too damaged to read is a break like any other.
            let Ok(found) = read(row.columns(), tenant) else { return Ok(Chain::Broken { seq: seq + 1 }) };
            let fits = found.seq == seq + 1
                && found.previous == previous
                && found.entry.hash(found.seq, &previous) == found.hash;
            if !fits {
                return Ok(Chain::Broken { seq: seq + 1 });
            }
            (seq, previous) = (found.seq, found.hash);
        }
    }
    Ok(if seq == last && previous == head_hash {
        Chain::Whole { entries: seq }
    } else {
        Chain::Broken { seq: seq.min(last) + 1 }
    })
}

const LIST: u8 = 30;

/// A page of entries, the newest first.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<AuditEntry>, StoreError> {
    let limit = page_limit(limit);
    let before = Cursor::read(cursor, LIST)?.map_or(i64::MAX, |cursor| cursor.first);
    let mut entries = Vec::new();
    for row in tx.all(NEWEST, values![scope.tenant, before, limit + 1]).await? {
        let Stored { seq, entry, hash, .. } = read(row.columns(), scope.tenant)?;
        let detail = serde_json::from_str(&entry.detail)
            .map_err(|error| StoreError::Corrupt { what: format!("audit entry {seq}: {error}") })?;
        entries.push(AuditEntry {
            seq,
            at: entry.at,
            actor: entry.actor,
            action: entry.action,
            subject_kind: entry.subject_kind,
            subject_id: entry.subject_id,
            detail,
            hash,
        });
    }
    Ok(Page::cut(entries, limit, |last| Cursor::new(LIST, i64::try_from(last.seq).unwrap_or(i64::MAX), 0)))
}
