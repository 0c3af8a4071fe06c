//! Scripts of a merchant's own 话术, every version of each, and who has marked which.

use std::collections::BTreeSet;

use jiff::Timestamp;
use pingxin_domain::guard::Finding;
use pingxin_domain::script::{Script, VersionState};
use pingxin_domain::{Scope, ScriptId, UserId};

use crate::reference::UserRef;
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, identifier};

/// A version of a script.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// What it says.
    pub script: Script,
    /// Whether it may be used.
    pub state: VersionState,
    /// What the guard said of it.
    pub findings: Vec<Finding>,
    /// When it was written.
    pub written_at: Timestamp,
    /// By whom.
    pub written_by: Option<UserRef>,
    /// When a second person decided.
    pub decided_at: Option<Timestamp>,
    /// Who.
    pub decided_by: Option<UserRef>,
    /// Why.
    pub reason: Option<String>,
}

/// A script of a merchant's own.
#[derive(Debug, Clone)]
pub struct OwnScript {
    /// Id.
    pub id: ScriptId,
    /// Who answers for it.
    pub owner: Option<UserRef>,
    /// The version in use, and the newest where that is another one; the newest stands last.
    pub versions: Vec<Version>,
    /// The number of the version in use; none while the first one waits.
    pub used: Option<u32>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it is offered to nobody.
    pub archived_at: Option<Timestamp>,
}

impl OwnScript {
    /// The version in use.
    #[must_use]
    pub fn in_use(&self) -> Option<&Version> {
        self.versions.iter().find(|version| Some(version.number) == self.used)
    }

    /// The newest version, in use or not.
    #[must_use]
    pub fn newest(&self) -> Option<&Version> {
        self.versions.last()
    }
}

/// A script that is about to change.
#[derive(Debug, Clone, Copy)]
pub struct ScriptHead {
    /// The number of the version in use.
    pub used: Option<u32>,
    /// The number of the newest version.
    pub newest: u32,
    /// Whether it is offered to nobody.
    pub is_archived: bool,
}

macro_rules! version_columns {
    () => {
        "v.version, v.body, v.state, v.findings, v.written_at, v.written_by, w.display_name, v.decided_at, \
         v.decided_by, d.display_name, v.reason"
    };
}
macro_rules! version_people {
    () => {
        " LEFT JOIN users w ON w.tenant_id = v.tenant_id AND w.id = v.written_by \
         LEFT JOIN users d ON d.tenant_id = v.tenant_id AND d.id = v.decided_by"
    };
}

statements! {
    LIST = concat!("SELECT s.id, s.owner_user_id, o.display_name, s.version, s.created_at, s.archived_at, ",
        version_columns!(), " FROM scripts s JOIN script_versions v ON v.tenant_id = s.tenant_id AND v.script_id = s.id \
        AND (v.version = s.version OR v.version = s.newest) LEFT JOIN users o ON o.tenant_id = s.tenant_id \
        AND o.id = s.owner_user_id", version_people!(), " WHERE s.tenant_id = $1 AND ($2 OR s.id = $3) \
        ORDER BY s.id, v.version");
    VERSIONS = concat!("SELECT ", version_columns!(), " FROM script_versions v", version_people!(),
        " WHERE v.tenant_id = $1 AND v.script_id = $2 ORDER BY v.version DESC");
    COUNT = "SELECT count(*) FROM scripts WHERE tenant_id = $1 AND archived_at IS NULL";
    LOCK = "SELECT version, newest, archived_at FROM scripts WHERE tenant_id = $1 AND id = $2 FOR UPDATE";
    CREATE = "INSERT INTO scripts (tenant_id, id, owner_user_id, version, newest, created_at) \
        VALUES ($1, $2, $3, NULL, 0, $4)";
    ADD_VERSION = "INSERT INTO script_versions (tenant_id, script_id, version, body, state, findings, written_at, \
        written_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    SET_NEWEST = "UPDATE scripts SET newest = $3 WHERE tenant_id = $1 AND id = $2";
    USE_VERSION = "UPDATE scripts SET version = $3 WHERE tenant_id = $1 AND id = $2";
    DECIDE = "UPDATE script_versions SET state = $4, decided_at = $5, decided_by = $6, reason = $7 WHERE tenant_id = $1 \
        AND script_id = $2 AND version = $3 AND state = 'waiting'";
    ARCHIVE = "UPDATE scripts SET archived_at = $3, archived_by = $4 WHERE tenant_id = $1 AND id = $2";
    FAVOURITES = "SELECT script_key FROM script_favourites WHERE tenant_id = $1 AND user_id = $2";
    MARK = "INSERT INTO script_favourites (tenant_id, user_id, script_key, marked_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (tenant_id, user_id, script_key) DO NOTHING";
    UNMARK = "DELETE FROM script_favourites WHERE tenant_id = $1 AND user_id = $2 AND script_key = $3";
}

fn read_version(columns: &mut Columns<'_>) -> Result<Version, StoreError> {
    Ok(Version {
        number: columns.small()?,
        script: columns.json()?,
        state: columns.code(VersionState::from_code)?,
        findings: columns.json()?,
        written_at: columns.instant()?,
        written_by: UserRef::read(columns)?,
        decided_at: columns.opt_instant()?,
        decided_by: UserRef::read(columns)?,
        reason: columns.opt_text()?,
    })
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt { what: format!("a script: {error}") })
}

async fn read_all(
    tx: &mut Tx<'_>,
    scope: &Scope,
    one: Option<ScriptId>,
) -> Result<Vec<OwnScript>, StoreError> {
    let mut all: Vec<OwnScript> = Vec::new();
    for row in tx.all(LIST, values![scope.tenant, one.is_none(), one]).await? {
        let mut columns = row.columns();
        let id: ScriptId = columns.id()?;
        let owner = UserRef::read(&mut columns)?;
        let used = columns.opt_small()?;
        let (created_at, archived_at) = (columns.instant()?, columns.opt_instant()?);
        let version = read_version(&mut columns)?;
        match all.last_mut().filter(|last| last.id == id) {
            Some(last) => last.versions.push(version),
            None => {
                all.push(OwnScript { id, owner, versions: vec![version], used, created_at, archived_at });
            }
        }
    }
    Ok(all)
}

/// Every script of the merchant, the archived ones too, the first made first.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<OwnScript>, StoreError> {
    read_all(tx, scope, None).await
}

/// One script of the merchant.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: ScriptId) -> Result<Option<OwnScript>, StoreError> {
    Ok(read_all(tx, scope, Some(id)).await?.pop())
}

/// How many scripts the merchant has that are not archived.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope) -> Result<u64, StoreError> {
    tx.one(COUNT, values![scope.tenant]).await?.columns().unsigned()
}

/// Every version of a script, the newest first.
///
/// # Errors
/// The database's error.
pub async fn versions(tx: &mut Tx<'_>, scope: &Scope, id: ScriptId) -> Result<Vec<Version>, StoreError> {
    let rows = tx.all(VERSIONS, values![scope.tenant, id]).await?;
    rows.iter().map(|row| read_version(&mut row.columns())).collect()
}

/// A script, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn lock(tx: &mut Tx<'_>, scope: &Scope, id: ScriptId) -> Result<ScriptHead, StoreError> {
    let row = tx.first(LOCK, values![scope.tenant, id]).await?;
    let row = row.ok_or(StoreError::NotFound { what: "script" })?;
    let mut columns = row.columns();
    Ok(ScriptHead {
        used: columns.opt_small()?,
        newest: columns.small()?,
        is_archived: columns.opt_instant()?.is_some(),
    })
}

/// Makes a script of whoever asks, without a version yet.
///
/// # Errors
/// The database's error.
pub async fn create(tx: &mut Tx<'_>, scope: &Scope) -> Result<ScriptId, StoreError> {
    let (id, now) = (identifier::fresh::<ScriptId>(), tx.now());
    tx.execute(CREATE, values![scope.tenant, id, scope.user(), now]).await?;
    Ok(id)
}

/// Adds a version to a script that the caller has locked or made; one that may be used is in use from now on. Answers its
/// number.
///
/// # Errors
/// The database's error.
pub async fn add_version(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: ScriptId,
    newest: u32,
    script: &Script,
    state: VersionState,
    findings: &[Finding],
) -> Result<u32, StoreError> {
    let (number, now) = (newest + 1, tx.now());
    let (body, found) = (json(script)?, json(&findings)?);
    let row = values![scope.tenant, id, number, body, state.code(), found, now, scope.user()];
    tx.execute(ADD_VERSION, row).await?;
    tx.execute(SET_NEWEST, values![scope.tenant, id, number]).await?;
    if state == VersionState::Kept {
        tx.execute(USE_VERSION, values![scope.tenant, id, number]).await?;
    }
    Ok(number)
}

/// Decides on a version that waits; a kept one is in use from now on.
///
/// # Errors
/// [`StoreError::Conflict`] over "script" when it waits no more.
pub async fn decide(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: ScriptId,
    number: u32,
    state: VersionState,
    reason: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let row = values![scope.tenant, id, number, state.code(), now, scope.user(), reason];
    if tx.execute(DECIDE, row).await? == 0 {
        return Err(StoreError::Conflict { what: "script" });
    }
    if state == VersionState::Kept {
        tx.execute(USE_VERSION, values![scope.tenant, id, number]).await?;
    }
    Ok(())
}

/// Puts a script away, or takes it out again.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn set_archived(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: ScriptId,
    archived: bool,
) -> Result<(), StoreError> {
    let at = archived.then(|| tx.now());
    let by = if archived { scope.user() } else { None };
    tx.change_one(ARCHIVE, values![scope.tenant, id, at, by], "script").await
}

/// The keys of the scripts that a person has marked.
///
/// # Errors
/// The database's error.
pub async fn favourites(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
) -> Result<BTreeSet<String>, StoreError> {
    let rows = tx.all(FAVOURITES, values![scope.tenant, user]).await?;
    rows.iter().map(|row| row.columns().text()).collect()
}

/// Marks a script for a person, or unmarks it.
///
/// # Errors
/// The database's error.
pub async fn set_favourite(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
    key: &str,
    marked: bool,
) -> Result<(), StoreError> {
    let now = tx.now();
    let done = if marked {
        tx.execute(MARK, values![scope.tenant, user, key, now]).await
    } else {
        tx.execute(UNMARK, values![scope.tenant, user, key]).await
    };
    done.map(drop)
}
