//! The chain itself: what each entry's hash binds, the signed end, and following it from the beginning.

use std::collections::HashMap;

use hmac::{Hmac, Mac};
use jiff::Timestamp;
use pingxin_domain::TenantId;
use pingxin_domain::identifiers::Identifier;
use sha2::{Digest, Sha256};

use super::Pending;
use crate::sealed::Keys;
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx};

/// What the program itself notes when it finds the end of a chain changed.
const BREAK_FOUND: &str = "audit.break_found";

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
        /// In what way.
        how: Break,
    },
}

/// How a chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// The entry is not the one that was written: changed, swapped, or put in.
    Changed,
    /// The entry is not there, and later ones are.
    Missing,
    /// The entry and all after it are not there.
    Cut,
    /// The end of the chain is not the one that was signed.
    Unsigned,
}

impl Break {
    /// The code that the API and the command line show.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Cut => "cut",
            Self::Unsigned => "unsigned",
        }
    }
}

/// The end of a chain.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    /// Entries.
    pub(crate) seq: u64,
    /// Hash of the last; zeros before the first.
    pub(crate) hash: [u8; 32],
    /// The first entry whose hash needs the key.
    pub(super) keyed_from: u64,
    /// Signature over all of it; anything else is none.
    pub(super) mac: Option<[u8; 32]>,
}

statements! {
    LOCK = "SELECT seq, hash, keyed_from, mac FROM audit_heads WHERE tenant_id = $1 FOR UPDATE";
    READ = "SELECT seq, hash, keyed_from, mac FROM audit_heads WHERE tenant_id = $1";
    CREATE = "INSERT INTO audit_heads (tenant_id, seq, hash, keyed_from, mac) VALUES ($1, $2, $3, $4, $5)";
    MOVE = "UPDATE audit_heads SET seq = $2, hash = $3, keyed_from = $4, mac = $5 WHERE tenant_id = $1";
    UNSIGNED = "SELECT tenant_id, seq, hash FROM audit_heads";
    SOME = "SELECT seq, at, actor, action, subject_kind, subject_id, detail, previous_hash, hash FROM audit_entries \
        WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT 1000";
}

fn put(mac: &mut Hmac<Sha256>, entry: &Pending, seq: u64, previous: &[u8; 32]) {
    each_part(entry, seq, previous, |part| mac.update(part));
}

/// The hash before and every field, each text after its length.
fn each_part(entry: &Pending, seq: u64, previous: &[u8; 32], mut part: impl FnMut(&[u8])) {
    part(previous);
    part(entry.tenant.uuid().as_bytes());
    part(&seq.to_be_bytes());
    part(&entry.at.as_microsecond().to_be_bytes());
    for text in [&entry.actor, &entry.action, &entry.subject_kind, &entry.subject_id, &entry.detail] {
        part(&(text.len() as u64).to_be_bytes());
        part(text.as_bytes());
    }
}

/// The hash of an entry: with the key, or (entries from before there was one) without.
pub(super) fn entry_hash(
    keys: &Keys,
    entry: &Pending,
    seq: u64,
    previous: &[u8; 32],
    keyed: bool,
) -> [u8; 32] {
    if keyed {
        let mut mac = keys.audit();
        mac.update(b"entry");
        put(&mut mac, entry, seq, previous);
        return mac.finalize().into_bytes().into();
    }
    let mut hasher = Sha256::new();
    each_part(entry, seq, previous, |part| hasher.update(part));
    hasher.finalize().into()
}

impl Head {
    fn read(mut row: Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            seq: row.unsigned()?,
            hash: row.hash()?,
            keyed_from: row.unsigned()?,
            mac: row.bytes()?.as_slice().try_into().ok(),
        })
    }

    fn mac(&self, keys: &Keys, tenant: TenantId) -> Hmac<Sha256> {
        let mut mac = keys.audit();
        mac.update(b"head");
        mac.update(tenant.uuid().as_bytes());
        mac.update(&self.seq.to_be_bytes());
        mac.update(&self.hash);
        mac.update(&self.keyed_from.to_be_bytes());
        mac
    }

    fn signature(&self, keys: &Keys, tenant: TenantId) -> [u8; 32] {
        self.mac(keys, tenant).finalize().into_bytes().into()
    }

    /// Whether the signature is ours.
    pub(super) fn is_signed(&self, keys: &Keys, tenant: TenantId) -> bool {
        self.mac.is_some_and(|mac| self.mac(keys, tenant).verify_slice(&mac).is_ok())
    }
}

/// The end of a chain, kept for this transaction.
pub(super) async fn lock(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Head, StoreError> {
    let row = tx.first(LOCK, values![tenant]).await?;
    Head::read(row.ok_or(StoreError::NotFound { what: "tenant" })?.columns())
}

/// Writes and signs the new end.
pub(super) async fn move_head(tx: &mut Tx<'_>, tenant: TenantId, head: &Head) -> Result<(), StoreError> {
    let mac = head.signature(&tx.keys(), tenant);
    let row = values![tenant, head.seq, &head.hash, head.keyed_from, &mac];
    tx.execute(MOVE, row).await.map(drop)
}

/// The entry that says that the end of the chain was not ours.
pub(super) fn break_found(tenant: TenantId, at: Timestamp, head: &Head) -> Pending {
    Pending {
        tenant,
        at,
        actor: "system".into(),
        action: BREAK_FOUND.into(),
        subject_kind: "audit".into(),
        subject_id: head.seq.to_string(),
        detail: "{}".into(),
    }
}

/// The signed beginning of a new merchant's chain.
pub(crate) async fn create(tx: &mut Tx<'_>, tenant: TenantId) -> Result<(), StoreError> {
    let head = Head { seq: 0, hash: [0; 32], keyed_from: 1, mac: None };
    let mac = head.signature(&tx.keys(), tenant);
    let row = values![tenant, head.seq, &head.hash, head.keyed_from, &mac];
    tx.execute(CREATE, row).await.map(drop)
}

/// Signs the chains of a database from before there were signatures; the entries after this need the key.
pub(crate) async fn sign_all(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    for row in tx.all(UNSIGNED, vec![]).await? {
        let mut columns = row.columns();
        let tenant: TenantId = columns.id()?;
        let (seq, hash) = (columns.unsigned()?, columns.hash()?);
        move_head(tx, tenant, &Head { seq, hash, keyed_from: seq + 1, mac: None }).await?;
    }
    Ok(())
}

/// Number and hash of the last entry.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such merchant, or the database's error.
pub async fn end(tx: &mut Tx<'_>, tenant: TenantId) -> Result<(u64, [u8; 32]), StoreError> {
    let row = tx.first(READ, values![tenant]).await?;
    let head = Head::read(row.ok_or(StoreError::NotFound { what: "tenant" })?.columns())?;
    Ok((head.seq, head.hash))
}

/// An entry as it stands.
pub(super) struct Stored {
    pub(super) seq: u64,
    pub(super) entry: Pending,
    previous: [u8; 32],
    pub(super) hash: [u8; 32],
}

pub(super) fn read(mut row: Columns<'_>, tenant: TenantId) -> Result<Stored, StoreError> {
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

/// Follows the chain of a merchant from its beginning to its end.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such merchant, or the database's error.
pub async fn verify(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Chain, StoreError> {
    verify_against(tx, tenant, &[]).await
}

/// The same, and holds the chain against ends (number and hash) that were noted down earlier, away from the database: an
/// older signed end put back in place of the true one is found by this alone.
///
/// # Errors
/// As [`verify`].
pub async fn verify_against(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    noted: &[(u64, [u8; 32])],
) -> Result<Chain, StoreError> {
    let keys = tx.keys();
    let head = match tx.first(READ, values![tenant]).await? {
        Some(row) => Head::read(row.columns()).ok(),
        None if crate::tenant::find(tx, tenant).await?.is_none() => {
            return Err(StoreError::NotFound { what: "tenant" });
        }
        None => None,
    };
    let hashes: HashMap<u64, [u8; 32]> = noted.iter().copied().collect();
    let last_noted = hashes.keys().copied().max().unwrap_or_default();
    let keyed_from = head.map_or(1, |head| head.keyed_from);
    let broken = |seq, how| Ok(Chain::Broken { seq, how });
    let (mut seq, mut previous) = (0_u64, [0_u8; 32]);
    loop {
        let rows = tx.all(SOME, values![tenant, seq]).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            // An entry too damaged to read is a break like any other.
            let Ok(found) = read(row.columns(), tenant) else { return broken(seq + 1, Break::Changed) };
            if found.seq != seq + 1 {
                return broken(seq + 1, Break::Missing);
            }
            let hash = entry_hash(&keys, &found.entry, found.seq, &previous, found.seq >= keyed_from);
            let noted_otherwise = hashes.get(&found.seq).is_some_and(|noted| *noted != hash);
            if found.previous != previous || found.hash != hash || noted_otherwise {
                return broken(found.seq, Break::Changed);
            }
            if found.entry.action == BREAK_FOUND {
                return broken(found.seq, Break::Unsigned);
            }
            (seq, previous) = (found.seq, found.hash);
        }
    }
    match head {
        Some(head) if head.seq > seq => broken(seq + 1, Break::Cut),
        Some(head) if head.seq == seq && head.hash == previous && head.is_signed(&keys, tenant) => {
            if last_noted > seq {
                broken(seq + 1, Break::Cut)
            } else {
                Ok(Chain::Whole { entries: seq })
            }
        }
        Some(head) => broken(seq.min(head.seq) + 1, Break::Unsigned),
        None => broken(seq + 1, Break::Unsigned),
    }
}
