//! What people say of a case that no file holds, and the steps they have ticked off.

use jiff::Timestamp;
use pingxin_domain::plan::Stated;
use pingxin_domain::playbook::StepCode;
use pingxin_domain::{CaseId, Scope};

use crate::reference::UserRef;
use crate::sql::{statements, values};
use crate::{StoreError, Tx};

/// What was said last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedNow {
    /// The facts.
    pub facts: Stated,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<UserRef>,
}

/// A step that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepDone {
    /// Which.
    pub step: StepCode,
    /// When it was ticked off.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<UserRef>,
}

statements! {
    // The case is locked by the caller, so that no two get one number.
    ADD = "INSERT INTO case_facts (tenant_id, case_id, seq, at, author_user_id, body) SELECT $1, $2, \
        coalesce((SELECT max(f.seq) FROM case_facts f WHERE f.tenant_id = $1 AND f.case_id = $2), 0) + 1, $3, $4, $5";
    LAST = "SELECT f.body, f.at, f.author_user_id, u.display_name FROM case_facts f LEFT JOIN users u \
        ON u.tenant_id = f.tenant_id AND u.id = f.author_user_id WHERE f.tenant_id = $1 AND f.case_id = $2 \
        ORDER BY f.seq DESC LIMIT 1";
    STEPS = "SELECT s.step, s.done_at, s.done_by, u.display_name FROM case_steps s LEFT JOIN users u \
        ON u.tenant_id = s.tenant_id AND u.id = s.done_by WHERE s.tenant_id = $1 AND s.case_id = $2 \
        ORDER BY s.done_at, s.step";
    TICK = "INSERT INTO case_steps (tenant_id, case_id, step, done_at, done_by) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (tenant_id, case_id, step) DO NOTHING";
    UNTICK = "DELETE FROM case_steps WHERE tenant_id = $1 AND case_id = $2 AND step = $3";
}

/// Keeps what was said, as a record of its own. The caller has locked the case.
///
/// # Errors
/// The database's error.
pub async fn add_stated(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: CaseId,
    facts: &Stated,
) -> Result<(), StoreError> {
    let now = tx.now();
    let body = serde_json::to_string(facts)
        .map_err(|error| StoreError::Corrupt { what: format!("the facts of a case: {error}") })?;
    tx.execute(ADD, values![scope.tenant, case, now, scope.user(), body]).await.map(drop)
}

/// What was said last; none when nobody has said anything. The caller has asked whether he may see the case.
///
/// # Errors
/// The database's error.
pub async fn stated(tx: &mut Tx<'_>, scope: &Scope, case: CaseId) -> Result<Option<StatedNow>, StoreError> {
    let row = tx.first(LAST, values![scope.tenant, case]).await?;
    row.map(|row| {
        let mut columns = row.columns();
        Ok(StatedNow { facts: columns.json()?, at: columns.instant()?, by: UserRef::read(&mut columns)? })
    })
    .transpose()
}

/// The steps that are done, the first first. The caller has asked whether he may see the case.
///
/// # Errors
/// The database's error.
pub async fn steps_done(tx: &mut Tx<'_>, scope: &Scope, case: CaseId) -> Result<Vec<StepDone>, StoreError> {
    let rows = tx.all(STEPS, values![scope.tenant, case]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok(StepDone {
                step: columns.code(StepCode::from_code)?,
                at: columns.instant()?,
                by: UserRef::read(&mut columns)?,
            })
        })
        .collect()
}

/// Ticks a step off; false when it was.
///
/// # Errors
/// The database's error.
pub async fn tick(tx: &mut Tx<'_>, scope: &Scope, case: CaseId, step: StepCode) -> Result<bool, StoreError> {
    let now = tx.now();
    let row = values![scope.tenant, case, step.code(), now, scope.user()];
    Ok(tx.execute(TICK, row).await? > 0)
}

/// Takes the tick off; false when there was none.
///
/// # Errors
/// The database's error.
pub async fn untick(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: CaseId,
    step: StepCode,
) -> Result<bool, StoreError> {
    Ok(tx.execute(UNTICK, values![scope.tenant, case, step.code()]).await? > 0)
}
