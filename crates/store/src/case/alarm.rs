//! What the clocks of cases are counted from, and what was told of them.

use std::collections::HashMap;

use jiff::Timestamp;
use pingxin_domain::case::{CaseState, WaitingFor};
use pingxin_domain::clock::{Alarm, AskedTask, ClockKind, Move, Moved, Stage};
use pingxin_domain::{CaseId, Scope, TaskId};
use serde::Deserialize;

use super::event::EventKind;
use crate::sql::{statements, values};
use crate::{StoreError, Tx};

/// What is stored of the clocks of a case.
#[derive(Debug, Clone, Default)]
pub struct CaseTimed {
    /// How it moved, the first first.
    pub moves: Vec<Move>,
    /// When whoever has it last did something with it.
    pub acted: Option<Timestamp>,
    /// Questions to other departments that are open.
    pub tasks: Vec<AskedTask>,
    /// What was told already.
    pub told: Vec<(ClockKind, Option<TaskId>, Timestamp, Stage)>,
}

impl CaseTimed {
    /// Whether an alarm was told.
    #[must_use]
    pub fn knows(&self, alarm: &Alarm) -> bool {
        self.told.contains(&(alarm.kind, alarm.task, alarm.since, alarm.stage))
    }
}

statements! {
    MOVES = "SELECT e.case_id, e.at, e.kind, e.body FROM case_events e WHERE e.tenant_id = $1 \
        AND e.case_id = ANY($2::uuid[]) AND e.kind IN ('opened', 'review_revised', 'assigned', 'released', \
        'state_changed', 'merged', 'split') ORDER BY e.case_id, e.seq";
    ACTED = "SELECT e.case_id, max(e.at) FROM case_events e JOIN cases c ON c.tenant_id = e.tenant_id \
        AND c.id = e.case_id WHERE e.tenant_id = $1 AND e.case_id = ANY($2::uuid[]) \
        AND e.actor_user_id = c.owner_user_id GROUP BY e.case_id";
    TASKS = "SELECT t.case_id, t.id, t.created_at, t.due_at FROM tasks t WHERE t.tenant_id = $1 \
        AND t.case_id = ANY($2::uuid[]) AND t.state = 'open'";
    TOLD = "SELECT a.case_id, a.clock, a.task, a.since, a.stage FROM case_alarms a WHERE a.tenant_id = $1 \
        AND a.case_id = ANY($2::uuid[])";
    TELL = "INSERT INTO case_alarms (tenant_id, case_id, clock, task, since, stage, due_at, told_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, case_id, clock, task, since, stage) DO NOTHING";
}

/// How a case stood after a move; the rest of its event is passed over.
#[derive(Deserialize)]
struct Told {
    to: Option<CaseState>,
    waiting_for: Option<WaitingFor>,
}

fn read_move(at: Timestamp, kind: EventKind, body: &str) -> Option<Move> {
    let what = match kind {
        EventKind::Opened | EventKind::Split => Moved::To(CaseState::Open, None),
        EventKind::Merged => Moved::To(CaseState::Closed, None),
        EventKind::ReviewRevised => Moved::Revised,
        EventKind::Assigned | EventKind::Released => Moved::Owner,
        _ => {
            let told: Told = serde_json::from_str(body).ok()?;
            Moved::To(told.to?, told.waiting_for)
        }
    };
    Some(Move { at, what })
}

/// What is stored of the clocks of some cases. The caller has asked whether he may see them.
///
/// # Errors
/// The database's error.
pub async fn timed(
    tx: &mut Tx<'_>,
    scope: &Scope,
    cases: &[CaseId],
) -> Result<HashMap<CaseId, CaseTimed>, StoreError> {
    let mut found: HashMap<CaseId, CaseTimed> = cases.iter().map(|id| (*id, CaseTimed::default())).collect();
    for row in tx.all(MOVES, values![scope.tenant, cases]).await? {
        let mut columns = row.columns();
        let (id, at) = (columns.id::<CaseId>()?, columns.instant()?);
        let (kind, body) = (columns.code(EventKind::from_code)?, columns.text()?);
        if let Some(case) = found.get_mut(&id) {
            case.moves.extend(read_move(at, kind, &body));
        }
    }
    for row in tx.all(ACTED, values![scope.tenant, cases]).await? {
        let mut columns = row.columns();
        let (id, at) = (columns.id::<CaseId>()?, columns.opt_instant()?);
        if let Some(case) = found.get_mut(&id) {
            case.acted = at;
        }
    }
    for row in tx.all(TASKS, values![scope.tenant, cases]).await? {
        let mut columns = row.columns();
        let id: CaseId = columns.id()?;
        let task = AskedTask { id: columns.id()?, at: columns.instant()?, due: columns.opt_instant()? };
        if let Some(case) = found.get_mut(&id) {
            case.tasks.push(task);
        }
    }
    for row in tx.all(TOLD, values![scope.tenant, cases]).await? {
        let mut columns = row.columns();
        let (id, kind) = (columns.id::<CaseId>()?, columns.code(ClockKind::from_code)?);
        let task = columns.text()?.parse().ok();
        let (since, stage) = (columns.instant()?, columns.code(Stage::from_code)?);
        if let Some(case) = found.get_mut(&id) {
            case.told.push((kind, task, since, stage));
        }
    }
    Ok(found)
}

/// Notes that an alarm is told; false when it was before, whoever did it.
///
/// # Errors
/// The database's error.
pub async fn tell(tx: &mut Tx<'_>, scope: &Scope, case: CaseId, alarm: &Alarm) -> Result<bool, StoreError> {
    let now = tx.now();
    let task = alarm.task.map(|task| task.to_string()).unwrap_or_default();
    let row =
        values![scope.tenant, case, alarm.kind.code(), task, alarm.since, alarm.stage.code(), alarm.at, now];
    Ok(tx.execute(TELL, row).await? == 1)
}
