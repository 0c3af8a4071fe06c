//! What happened that rules look at: written in the transaction in which it happens, and only where a rule waits for it.

use std::iter::repeat_n;

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::automation::Happening;
use pingxin_domain::case::CaseState;
use pingxin_domain::removal::request::StepKind;
use pingxin_domain::{CaseId, HappeningId, RecordId, ReviewId, RuleId, Scope, TaskId, TenantId};
use serde_json::Value as Json;

use crate::case::EventKind;
use crate::sql::{Bulk, Columns, statements, values};
use crate::{StoreError, Tx, identifier};

/// Messages that are older when they come in are history: no rule looks at them.
const FRESH: SignedDuration = SignedDuration::from_hours(48);

/// Something that happened and that no rule has looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Id.
    pub id: HappeningId,
    /// What.
    pub happening: Happening,
    /// To which case.
    pub case: Option<CaseId>,
    /// To which review.
    pub review: Option<ReviewId>,
    /// The rules whose own actions made it happen.
    pub chain: Vec<RuleId>,
    /// When.
    pub at: Timestamp,
    /// How often it was tried in vain.
    pub attempts: u32,
}

statements! {
    WANTED = "SELECT 1 FROM automation_rules WHERE tenant_id = $1 AND happening = $2 AND is_on AND deleted_at IS NULL LIMIT 1";
    // The rules that asked a question are not set off by what comes of it.
    QUEUE = "INSERT INTO automation_queue (tenant_id, id, happening, case_id, review_id, source, seq, chain, at, attempts) \
        SELECT $1, $2, $3, $4, c.review_id, $5, $6, \
        coalesce((SELECT t.chain FROM tasks t WHERE t.tenant_id = $1 AND t.id = $8), '[]'), $7, 0 FROM cases c \
        WHERE c.tenant_id = $1 AND c.id = $4 ON CONFLICT (tenant_id, source) DO NOTHING";
    MESSAGES = "SELECT c.id, c.review_id, max(k.at) FROM chat_messages k JOIN reviews r ON r.tenant_id = k.tenant_id \
        AND r.shop_id = k.shop_id AND r.order_number = k.order_number JOIN cases c ON c.tenant_id = r.tenant_id \
        AND c.review_id = r.id WHERE k.tenant_id = $1 AND k.id = ANY($2::uuid[]) AND k.side = 'buyer' AND k.at >= $3 \
        AND k.order_number IS NOT NULL GROUP BY c.id, c.review_id UNION \
        SELECT c.id, c.review_id, max(k.at) FROM chat_messages k JOIN reviews r ON r.tenant_id = k.tenant_id \
        AND r.shop_id = k.shop_id AND r.buyer_id = k.buyer_id JOIN cases c ON c.tenant_id = r.tenant_id \
        AND c.review_id = r.id WHERE k.tenant_id = $1 AND k.id = ANY($2::uuid[]) AND k.side = 'buyer' AND k.at >= $3 \
        AND k.order_number IS NULL GROUP BY c.id, c.review_id";
    TENANTS = "SELECT DISTINCT tenant_id FROM automation_queue";
    WAITING = "SELECT id, happening, case_id, review_id, chain, at, attempts FROM automation_queue WHERE tenant_id = $1 \
        AND attempts < $2 ORDER BY id LIMIT $3";
    LOCK = "SELECT id, happening, case_id, review_id, chain, at, attempts FROM automation_queue WHERE tenant_id = $1 \
        AND id = $2 FOR UPDATE";
    SETTLE = "DELETE FROM automation_queue WHERE tenant_id = $1 AND id = $2";
    ATTEMPT = "UPDATE automation_queue SET attempts = attempts + 1 WHERE tenant_id = $1 AND id = $2";
    // The case is locked by whoever asks: nobody else has written to it since.
    SET_CHAIN = "UPDATE automation_queue SET chain = $4 WHERE tenant_id = $1 AND case_id = $2 AND seq > $3";
    LAST_EVENT = "SELECT last_event FROM cases WHERE tenant_id = $1 AND id = $2";
    SET_TASKS = "UPDATE tasks SET chain = $3 WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
}

/// What an event of a case is to rules.
pub(super) fn happenings(kind: EventKind, body: &Json) -> Vec<Happening> {
    let state = |field: &str| body.get(field).and_then(Json::as_str).and_then(CaseState::from_code);
    match kind {
        EventKind::Opened => vec![Happening::CaseOpened],
        EventKind::ReviewRevised => {
            let reopened = body.get("reopened").and_then(Json::as_bool).unwrap_or(false);
            let more = reopened.then_some(Happening::CaseReopened);
            std::iter::once(Happening::ReviewRevised).chain(more).collect()
        }
        EventKind::StateChanged => {
            let mut found = vec![Happening::StateChanged];
            if state("to") == Some(CaseState::Solved) {
                found.push(Happening::CaseSolved);
            }
            let was_over = state("from").is_some_and(|from| !from.is_live());
            if was_over && state("to").is_some_and(CaseState::is_live) {
                found.push(Happening::CaseReopened);
            }
            found
        }
        EventKind::ClockBreached => vec![Happening::CaseOverdue],
        EventKind::PromiseBroken => vec![Happening::PromiseBroken],
        EventKind::TaskAnswered => vec![Happening::TaskAnswered],
        EventKind::Removal => {
            let step = body.get("step").and_then(Json::as_str).and_then(StepKind::from_code);
            let answered = matches!(step, Some(StepKind::Granted | StepKind::Refused));
            if answered { vec![Happening::RemovalAnswered] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

async fn is_wanted(tx: &mut Tx<'_>, scope: &Scope, happening: Happening) -> Result<bool, StoreError> {
    Ok(tx.first(WANTED, values![scope.tenant, happening.code()]).await?.is_some())
}

/// Queues an event of a case for the rules that wait for it.
pub(crate) async fn queue_event(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (case, seq): (CaseId, u32),
    kind: EventKind,
    body: &Json,
    at: Timestamp,
) -> Result<(), StoreError> {
    for happening in happenings(kind, body) {
        if !is_wanted(tx, scope, happening).await? {
            continue;
        }
        let task: Option<TaskId> = body.get("task").and_then(Json::as_str).and_then(|task| task.parse().ok());
        let source = format!("case:{case}:{seq}:{}", happening.code());
        let id = identifier::fresh::<HappeningId>();
        let row = values![scope.tenant, id, happening.code(), case, source, seq, at, task];
        tx.execute(QUEUE, row).await?;
    }
    Ok(())
}

/// Something to queue: the case, the review, where it comes from, the event of the case.
type Source = (Option<CaseId>, Option<ReviewId>, String, Option<i64>);

async fn put(
    tx: &mut Tx<'_>,
    scope: &Scope,
    happening: Happening,
    sources: &[Source],
    at: Timestamp,
) -> Result<(), StoreError> {
    let many = sources.len();
    Bulk::into("automation_queue")
        .column("tenant_id", repeat_n(scope.tenant, many))
        .column("id", sources.iter().map(|_| identifier::fresh::<HappeningId>()))
        .column("happening", repeat_n(happening.code(), many))
        .column("case_id", sources.iter().map(|source| source.0))
        .column("review_id", sources.iter().map(|source| source.1))
        .column("source", sources.iter().map(|source| source.2.as_str()))
        .column("seq", sources.iter().map(|source| source.3))
        .column("chain", repeat_n("[]", many))
        .column("at", repeat_n(at, many))
        .column("attempts", repeat_n(0_i64, many))
        .suffix("ON CONFLICT (tenant_id, source) DO NOTHING")
        .run(tx)
        .await
        .map(drop)
}

/// Queues cases that were opened just now, each with the review that it is about, if any.
pub(crate) async fn queue_opened(
    tx: &mut Tx<'_>,
    scope: &Scope,
    opened: &[(CaseId, Option<ReviewId>)],
) -> Result<(), StoreError> {
    if !is_wanted(tx, scope, Happening::CaseOpened).await? {
        return Ok(());
    }
    let of = |(case, review): &(CaseId, Option<ReviewId>)| {
        (Some(*case), *review, format!("case:{case}:1:case_opened"), Some(1))
    };
    let (sources, now): (Vec<Source>, _) = (opened.iter().map(of).collect(), tx.now());
    put(tx, scope, Happening::CaseOpened, &sources, now).await
}

/// Queues reviews that came in or were changed, with their revisions. A changed one with a case is queued by its case.
///
/// # Errors
/// The database's error.
pub async fn queue_reviews(
    tx: &mut Tx<'_>,
    scope: &Scope,
    happening: Happening,
    reviews: &[(ReviewId, u32)],
) -> Result<(), StoreError> {
    if reviews.is_empty() || !is_wanted(tx, scope, happening).await? {
        return Ok(());
    }
    let of = |(review, revision): &(ReviewId, u32)| {
        (None, Some(*review), format!("review:{review}:{revision}:{}", happening.code()), None)
    };
    let (sources, now): (Vec<Source>, _) = (reviews.iter().map(of).collect(), tx.now());
    put(tx, scope, happening, &sources, now).await
}

/// Queues the cases whose buyers wrote these messages, each once.
///
/// # Errors
/// The database's error.
pub async fn queue_messages(tx: &mut Tx<'_>, scope: &Scope, messages: &[RecordId]) -> Result<(), StoreError> {
    if messages.is_empty() || !is_wanted(tx, scope, Happening::BuyerMessage).await? {
        return Ok(());
    }
    let now = tx.now();
    let since = now.checked_sub(FRESH).unwrap_or(now);
    let mut sources: Vec<Source> = Vec::new();
    for row in tx.all(MESSAGES, values![scope.tenant, messages, since]).await? {
        let mut columns = row.columns();
        let (case, review, at) = (columns.id::<CaseId>()?, columns.opt_id()?, columns.int()?);
        sources.push((Some(case), review, format!("message:{case}:{at}"), None));
    }
    sources.sort_by(|one, two| one.2.cmp(&two.2));
    sources.dedup_by(|one, two| one.2 == two.2);
    put(tx, scope, Happening::BuyerMessage, &sources, now).await
}

/// The merchants with something that waits.
///
/// # Errors
/// The database's error.
pub async fn tenants(tx: &mut Tx<'_>) -> Result<Vec<TenantId>, StoreError> {
    tx.all(TENANTS, Vec::new()).await?.iter().map(|row| row.columns().id()).collect()
}

fn read(columns: &mut Columns<'_>) -> Result<Queued, StoreError> {
    Ok(Queued {
        id: columns.id()?,
        happening: columns.code(Happening::from_code)?,
        case: columns.opt_id()?,
        review: columns.opt_id()?,
        chain: columns.json()?,
        at: columns.instant()?,
        attempts: columns.small()?,
    })
}

/// What waits, the first first, without what was tried so often.
///
/// # Errors
/// The database's error.
pub async fn waiting(
    tx: &mut Tx<'_>,
    scope: &Scope,
    most_attempts: u32,
    limit: u32,
) -> Result<Vec<Queued>, StoreError> {
    let rows = tx.all(WAITING, values![scope.tenant, most_attempts, limit]).await?;
    rows.iter().map(|row| read(&mut row.columns())).collect()
}

/// One of them, kept for this transaction; none when another worker has seen to it.
///
/// # Errors
/// The database's error.
pub async fn lock(tx: &mut Tx<'_>, scope: &Scope, id: HappeningId) -> Result<Option<Queued>, StoreError> {
    tx.first(LOCK, values![scope.tenant, id]).await?.map(|row| read(&mut row.columns())).transpose()
}

/// The rules have looked at it.
///
/// # Errors
/// The database's error.
pub async fn settle(tx: &mut Tx<'_>, scope: &Scope, id: HappeningId) -> Result<(), StoreError> {
    tx.execute(SETTLE, values![scope.tenant, id]).await.map(drop)
}

/// It was tried in vain once more.
///
/// # Errors
/// The database's error.
pub async fn count_attempt(tx: &mut Tx<'_>, scope: &Scope, id: HappeningId) -> Result<(), StoreError> {
    tx.execute(ATTEMPT, values![scope.tenant, id]).await.map(drop)
}

/// The number of the last event of a case; what is queued after it in this transaction is what rules did.
///
/// # Errors
/// The database's error.
pub async fn last_event(tx: &mut Tx<'_>, scope: &Scope, case: CaseId) -> Result<u32, StoreError> {
    let row = tx.first(LAST_EVENT, values![scope.tenant, case]).await?;
    row.ok_or(StoreError::NotFound { what: "case" })?.columns().small()
}

/// Notes which rules made the events of a case after a number happen, and asked these questions. The case is locked.
///
/// # Errors
/// The database's error.
pub async fn set_chain(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (case, after): (CaseId, u32),
    tasks: &[TaskId],
    chain: &[RuleId],
) -> Result<(), StoreError> {
    let chain = serde_json::to_string(chain)
        .map_err(|error| StoreError::Corrupt { what: format!("a chain of rules: {error}") })?;
    tx.execute(SET_CHAIN, values![scope.tenant, case, after, chain.clone()]).await?;
    if !tasks.is_empty() {
        tx.execute(SET_TASKS, values![scope.tenant, tasks, chain]).await?;
    }
    Ok(())
}
