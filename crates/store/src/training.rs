//! Trainings of text models: who asked for each, and what came of it.

use jiff::Timestamp;
use pingxin_domain::{Scope, TrainingId};
use serde_json::Value as Json;

use crate::reference::UserRef;
use crate::sql::{statements, values};
use crate::{StoreError, Tx, identifier};

/// A training.
#[derive(Debug, Clone)]
pub struct Training {
    /// Id.
    pub id: TrainingId,
    /// When it was asked for.
    pub at: Timestamp,
    /// By whom; none for a program at the machine itself.
    pub by: Option<UserRef>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What came of it; null until it has ended.
    pub outcome: Json,
}

statements! {
    BEGIN = "INSERT INTO trainings (tenant_id, id, user_id, at) VALUES ($1, $2, $3, $4)";
    IS_OPEN = "SELECT 1 FROM trainings WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL";
    END = "UPDATE trainings SET ended_at = $3, outcome = $4 WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL";
    LAST = "SELECT t.id, t.at, t.user_id, u.display_name, t.ended_at, coalesce(t.outcome, 'null') FROM trainings t \
        LEFT JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.user_id WHERE t.tenant_id = $1 \
        ORDER BY t.at DESC, t.id DESC LIMIT $2";
}

/// Begins one.
///
/// # Errors
/// The database's error.
pub async fn begin(tx: &mut Tx<'_>, scope: &Scope) -> Result<TrainingId, StoreError> {
    let (id, now) = (identifier::fresh::<TrainingId>(), tx.now());
    tx.execute(BEGIN, values![scope.tenant, id, scope.user(), now]).await?;
    Ok(id)
}

/// Whether one waits or runs.
///
/// # Errors
/// The database's error.
pub async fn is_open(tx: &mut Tx<'_>, scope: &Scope, id: TrainingId) -> Result<bool, StoreError> {
    Ok(tx.first(IS_OPEN, values![scope.tenant, id]).await?.is_some())
}

/// Ends one.
///
/// # Errors
/// [`StoreError::NotFound`] when it has ended or was never there.
pub async fn end(tx: &mut Tx<'_>, scope: &Scope, id: TrainingId, outcome: &Json) -> Result<(), StoreError> {
    let now = tx.now();
    tx.change_one(END, values![scope.tenant, id, now, outcome.to_string()], "training").await
}

/// The newest so many.
///
/// # Errors
/// The database's error.
pub async fn newest(tx: &mut Tx<'_>, scope: &Scope, most: u32) -> Result<Vec<Training>, StoreError> {
    let rows = tx.all(LAST, values![scope.tenant, most]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (id, at) = (columns.id()?, columns.instant()?);
            let by = UserRef::read(&mut columns)?;
            Ok(Training { id, at, by, ended_at: columns.opt_instant()?, outcome: columns.json()? })
        })
        .collect()
}
