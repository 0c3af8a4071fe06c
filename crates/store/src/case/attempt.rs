//! Contact attempts 跟进记录 that people logged. What they noted is sealed, as it may hold what the buyer told.

use jiff::Timestamp;
use pingxin_domain::cadence::{Attempt, ContactChannel};
use pingxin_domain::call::CallResult;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{AttemptId, CaseId, Scope, ShopId};

use crate::reference::UserRef;
use crate::sealed::{Keys, Place};
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, identifier, shop};

/// A contact to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewAttempt<'a> {
    /// The case it is about.
    pub case: CaseId,
    /// The shop of that case.
    pub shop: ShopId,
    /// When, by what, and what came of it.
    pub attempt: Attempt,
    /// What came of it, which a person always says.
    pub result: CallResult,
    /// How long it took, in seconds.
    pub seconds: Option<u32>,
    /// What was said.
    pub note: Option<&'a str>,
}

/// A contact as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAttempt {
    /// Id.
    pub id: AttemptId,
    /// The case it was logged at: this one, or one that goes on in it.
    pub case: CaseId,
    /// When, by what, and what came of it.
    pub attempt: Attempt,
    /// How long it took, in seconds.
    pub seconds: Option<u32>,
    /// What was said, open.
    pub note: Option<String>,
    /// Who logged it.
    pub by: Option<UserRef>,
    /// When it was logged.
    pub created_at: Timestamp,
}

/// A contact that is about to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptHead {
    /// The case it was logged at.
    pub case: CaseId,
    /// Who logged it.
    pub by: Option<pingxin_domain::UserId>,
    /// Whether it was taken back already.
    pub is_withdrawn: bool,
}

statements! {
    ADD = "INSERT INTO contact_attempts (tenant_id, id, case_id, shop_id, at, channel, result, seconds, note_sealed, \
        created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    // Those of cases that go on in this one are its own.
    LIST = "SELECT a.id, a.case_id, a.at, a.channel, a.result, a.seconds, a.note_sealed, a.created_by, u.display_name, \
        a.created_at FROM contact_attempts a LEFT JOIN users u ON u.tenant_id = a.tenant_id AND u.id = a.created_by \
        WHERE a.tenant_id = $1 AND a.case_id IN (SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND c.id = $2 \
        UNION SELECT m.id FROM cases m WHERE m.tenant_id = $1 AND m.merged_into = $2) AND a.withdrawn_at IS NULL \
        ORDER BY a.at, a.id";
    LOCK = "SELECT case_id, created_by, withdrawn_at FROM contact_attempts WHERE tenant_id = $1 AND id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[])) FOR UPDATE";
    WITHDRAW = "UPDATE contact_attempts SET withdrawn_at = $3, withdrawn_by = $4 WHERE tenant_id = $1 AND id = $2 \
        AND withdrawn_at IS NULL";
}

fn place<'a>(scope: &Scope, id: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: "contact_attempts", row: id, field: "note" }
}

fn open(
    keys: &Keys,
    scope: &Scope,
    id: AttemptId,
    sealed: Option<Vec<u8>>,
) -> Result<Option<String>, StoreError> {
    let uuid = id.uuid();
    keys.open_text(place(scope, uuid.as_bytes()), sealed)
}

/// When, by what, and what came of it.
pub(super) fn read_attempt(columns: &mut Columns<'_>) -> Result<Attempt, StoreError> {
    Ok(Attempt {
        at: columns.instant()?,
        channel: columns.code(ContactChannel::from_code)?,
        result: columns.opt_code(CallResult::from_code)?,
    })
}

/// Keeps a contact.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn add_attempt(
    tx: &mut Tx<'_>,
    scope: &Scope,
    new: &NewAttempt<'_>,
) -> Result<AttemptId, StoreError> {
    shop::require(scope, new.shop)?;
    let (id, now) = (identifier::fresh::<AttemptId>(), tx.now());
    let uuid = id.uuid();
    let note = tx.keys().seal_text(place(scope, uuid.as_bytes()), new.note);
    let row = values![
        scope.tenant,
        id,
        new.case,
        new.shop,
        new.attempt.at,
        new.attempt.channel.code(),
        new.result.code(),
        new.seconds,
        note,
        now,
        scope.user(),
    ];
    tx.execute(ADD, row).await?;
    Ok(id)
}

/// The contacts of a case and of those that go on in it, the first first. The caller has asked whether he may see the case.
///
/// # Errors
/// [`StoreError::Corrupt`] when a sealed note was moved.
pub async fn attempts(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: CaseId,
) -> Result<Vec<StoredAttempt>, StoreError> {
    let keys = tx.keys();
    let rows = tx.all(LIST, values![scope.tenant, case]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (id, case) = (columns.id()?, columns.id()?);
            let attempt = read_attempt(&mut columns)?;
            let seconds = columns.opt_small()?;
            let note = open(&keys, scope, id, columns.opt_bytes()?)?;
            let by = UserRef::read(&mut columns)?;
            Ok(StoredAttempt { id, case, attempt, seconds, note, by, created_at: columns.instant()? })
        })
        .collect()
}

/// A contact within the scope, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn lock_attempt(tx: &mut Tx<'_>, scope: &Scope, id: AttemptId) -> Result<AttemptHead, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.first(LOCK, vec![scope.tenant.into(), id.into(), all, shops]).await?;
    let row = row.ok_or(StoreError::NotFound { what: "attempt" })?;
    let mut columns = row.columns();
    Ok(AttemptHead {
        case: columns.id()?,
        by: columns.opt_id()?,
        is_withdrawn: columns.opt_instant()?.is_some(),
    })
}

/// Takes a contact back: it stays, and counts no more.
///
/// # Errors
/// [`StoreError::Conflict`] over "attempt" when it was taken back already.
pub async fn withdraw_attempt(tx: &mut Tx<'_>, scope: &Scope, id: AttemptId) -> Result<(), StoreError> {
    let now = tx.now();
    match tx.execute(WITHDRAW, values![scope.tenant, id, now, scope.user()]).await? {
        0 => Err(StoreError::Conflict { what: "attempt" }),
        _ => Ok(()),
    }
}
