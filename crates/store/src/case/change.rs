//! Opening cases and changing them.

use std::collections::HashMap;
use std::iter::repeat_n;

use jiff::Timestamp;
use pingxin_domain::case::{CaseKind, CaseState, Life, Mergeable, Outcome, Waiting, WaitingFor};
use pingxin_domain::triage::CaseReason;
use pingxin_domain::{CaseId, ReviewId, Scope, ShopId, UserId};

use super::event::EventKind;
use crate::reference::CaseRef;
use crate::sql::{Bulk, Columns, statements, values};
use crate::{StoreError, Tx, automation, facets, shop};

/// A case to open; cause and fault are those of its review.
#[derive(Debug, Clone)]
pub struct CaseOpen {
    /// Its new id.
    pub id: CaseId,
    /// Its shop.
    pub shop: ShopId,
    /// The review it is about.
    pub review: ReviewId,
    /// Why.
    pub reason: CaseReason,
    /// 0 to 100.
    pub severity: u8,
    /// When.
    pub opened_at: Timestamp,
}

/// What a changed review does to its case, which takes over its severity, cause and fault.
#[derive(Debug, Clone)]
pub struct CaseRevised {
    /// Which case.
    pub id: CaseId,
    /// How it stands from now on.
    pub life: Life,
    /// Why it is a case; none keeps the stored reason.
    pub reason: Option<CaseReason>,
    /// Whether an ended case opens again by it.
    pub reopens: bool,
    /// Number of the review's new revision.
    pub revision: u32,
    /// When.
    pub at: Timestamp,
}

/// A case that is about to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseHead {
    /// Id.
    pub id: CaseId,
    /// Its shop.
    pub shop: ShopId,
    /// The review it is about, if it is about one.
    pub review: Option<ReviewId>,
    /// Its number within the merchant.
    pub number: u64,
    /// How it stands.
    pub life: Life,
    /// The case that it goes on in.
    pub merged_into: Option<CaseId>,
    /// Grows with every change.
    pub version: u64,
}

/// How a case `c` stands, as [`read_life`] reads it.
macro_rules! life_columns {
    () => {
        "c.state, c.owner_user_id, c.waiting_for, c.waiting_since, c.waiting_until, c.outcome"
    };
}
pub(crate) use life_columns;

statements! {
    TAKE_NUMBERS = "UPDATE tenants SET last_case_number = last_case_number + $2 WHERE id = $1 \
        RETURNING last_case_number";
    REVIEWS = "SELECT id, position, facets, primary_cause, fault FROM reviews WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    MARK_REVIEWS = "UPDATE reviews SET facets = facets | $3::bigint WHERE tenant_id = $1 AND position = ANY($2::bigint[])";
    LOCK = concat!("SELECT c.id, c.shop_id, c.review_id, c.number, ", life_columns!(), ", c.merged_into, c.version FROM cases c \
        WHERE c.tenant_id = $1 AND c.id = $2 AND ($3 OR c.shop_id = ANY($4::uuid[])) FOR UPDATE");
    // The end of an ended case stays when it is closed; what was next is next no more.
    SET_LIFE = "UPDATE cases SET state = $4, live = $5, owner_user_id = $6, waiting_for = $7, waiting_since = $8, \
        waiting_until = $9, outcome = $10, merged_into = $11, updated_at = $12, \
        closed_at = CASE WHEN $5 THEN NULL ELSE coalesce(closed_at, $12) END, \
        due_at = CASE WHEN $5 THEN due_at END, next_step = CASE WHEN $5 THEN next_step END, \
        next_contact = CASE WHEN $5 THEN next_contact END, next_contact_at = CASE WHEN $5 THEN next_contact_at END, \
        next_contact_until = CASE WHEN $5 THEN next_contact_until END, \
        clock = CASE WHEN $5 THEN clock END, clock_due_at = CASE WHEN $5 THEN clock_due_at END, \
        escalated_at = CASE WHEN $5 THEN escalated_at END, \
        next_deadline = CASE WHEN $5 THEN next_deadline END, next_deadline_at = CASE WHEN $5 THEN next_deadline_at END, \
        plan_at = CASE WHEN $5 THEN $12::bigint END, version = version + 1 \
        WHERE tenant_id = $1 AND id = $2 AND version = $3 AND ($13 OR shop_id = ANY($14::uuid[])) RETURNING version";
    MERGEABLE = "SELECT c.id, c.shop_id, c.state, coalesce(r.order_number, c.order_number), \
        coalesce(r.buyer_id, o.buyer_id, c.buyer_id), c.merged_into \
        FROM cases c LEFT JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
        LEFT JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id \
        WHERE c.tenant_id = $1 AND c.id = ANY($2::uuid[]) AND ($3 OR c.shop_id = ANY($4::uuid[]))";
    TAKE_SEQ = "UPDATE cases SET last_event = last_event + 1, updated_at = $3, version = version + 1 \
        WHERE tenant_id = $1 AND id = $2 AND ($4 OR shop_id = ANY($5::uuid[])) RETURNING last_event";
    ADD_EVENT = "INSERT INTO case_events (tenant_id, case_id, seq, at, kind, actor_user_id, body) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LAST_MOVE = "SELECT e.seq, e.at, e.kind, e.actor_user_id, e.body FROM case_events e JOIN cases c \
        ON c.tenant_id = e.tenant_id AND c.id = e.case_id WHERE e.tenant_id = $1 AND e.case_id = $2 \
        AND e.kind IN ('assigned', 'released', 'state_changed', 'merged', 'split') \
        AND ($3 OR c.shop_id = ANY($4::uuid[])) ORDER BY e.seq DESC LIMIT 1";
    REVIEW_CHANGED = "UPDATE cases SET state = $3, live = $4, owner_user_id = $5, reason = coalesce($6, reason), \
        (severity, primary_cause, fault) = (SELECT CASE WHEN r.severity < cases.severity_floor THEN cases.severity_floor \
        ELSE r.severity END, r.primary_cause, r.fault FROM reviews r \
        WHERE r.tenant_id = cases.tenant_id AND r.id = cases.review_id), \
        closed_at = CASE WHEN $4 THEN NULL ELSE closed_at END, waiting_for = $7, waiting_since = $8, \
        waiting_until = $9, outcome = $10, merged_into = CASE WHEN $4 THEN NULL ELSE merged_into END, \
        plan_at = CASE WHEN $4 THEN $11::bigint END \
        WHERE tenant_id = $1 AND id = $2 AND ($12 OR shop_id = ANY($13::uuid[]))";
}

/// Opens cases, each with its first event; numbers rise in the order given.
///
/// # Errors
/// [`StoreError::Conflict`] over "case" when a review has one already, [`StoreError::NotFound`] for a shop outside the
/// scope.
pub async fn open_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    cases: &[CaseOpen],
) -> Result<Vec<CaseRef>, StoreError> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    for case in cases {
        shop::require(scope, case.shop)?;
    }
    let many = cases.len();
    let row = tx.first(TAKE_NUMBERS, values![scope.tenant, many as u64]).await?;
    let row = row.ok_or(StoreError::NotFound { what: "tenant" })?;
    let first = row.columns().unsigned()? + 1 - many as u64;
    let numbers = || first..first + many as u64;
    let reviews = reviews_of(tx, scope, cases).await?;
    let about = AboutReview::default();
    let review = |case: &CaseOpen| reviews.get(&case.review).unwrap_or(&about);
    // A new review is stored with its mark; one that stood before gets it now.
    let unmarked: Vec<i64> = cases
        .iter()
        .map(review)
        .filter(|about| about.facets & facets::CASE == 0)
        .map(|about| about.position)
        .collect();
    if !unmarked.is_empty() {
        tx.execute(MARK_REVIEWS, values![scope.tenant, unmarked.clone(), facets::CASE]).await?;
        facets::mark_copies(tx, scope, &unmarked, facets::CASE, true).await?;
    }
    Bulk::into("cases")
        .column("tenant_id", repeat_n(scope.tenant, many))
        .column("id", cases.iter().map(|case| case.id))
        .column("number", numbers())
        .column("kind", repeat_n(CaseKind::Review.code(), many))
        .column("shop_id", cases.iter().map(|case| case.shop))
        .column("review_id", cases.iter().map(|case| case.review))
        .column("position", cases.iter().map(|case| review(case).position))
        .column("facets", cases.iter().map(|case| review(case).facets | facets::CASE))
        .column("state", repeat_n(CaseState::Open.code(), many))
        .column("live", repeat_n(true, many))
        .column("reason", cases.iter().map(|case| case.reason.as_str()))
        .column("severity", cases.iter().map(|case| case.severity))
        .column("primary_cause", cases.iter().map(|case| review(case).primary_cause.as_deref()))
        .column("fault", cases.iter().map(|case| review(case).fault.as_deref()))
        .column("opened_at", cases.iter().map(|case| case.opened_at))
        .column("updated_at", cases.iter().map(|case| case.opened_at))
        .column("plan_at", cases.iter().map(|case| case.opened_at))
        .column("last_event", repeat_n(1_i64, many))
        .column("version", repeat_n(1_i64, many))
        .run(tx)
        .await
        .map_err(|error| error.or_conflict("case"))?;
    Bulk::into("case_events")
        .column("tenant_id", repeat_n(scope.tenant, many))
        .column("case_id", cases.iter().map(|case| case.id))
        .column("seq", repeat_n(1_i64, many))
        .column("at", cases.iter().map(|case| case.opened_at))
        .column("kind", repeat_n(EventKind::Opened.code(), many))
        // Nobody opened what a reading opened.
        .column(
            "actor_user_id",
            cases.iter().map(|case| scope.user().filter(|_| case.reason == CaseReason::ByHand)),
        )
        .column("body", cases.iter().map(|case| format!("{{\"reason\":\"{}\"}}", case.reason.as_str())))
        .run(tx)
        .await?;
    let opened: Vec<_> = cases.iter().map(|case| (case.id, Some(case.review))).collect();
    automation::queue_opened(tx, scope, &opened).await?;
    let references = cases.iter().zip(numbers());
    Ok(references
        .map(|(case, number)| CaseRef { id: case.id, number, state: CaseState::Open, owner: None })
        .collect())
}

/// What a case takes over from its review.
#[derive(Debug, Default)]
struct AboutReview {
    position: i64,
    facets: i64,
    primary_cause: Option<String>,
    fault: Option<String>,
}

/// What cases take over from the reviews that they are opened for.
async fn reviews_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    cases: &[CaseOpen],
) -> Result<HashMap<ReviewId, AboutReview>, StoreError> {
    let ids: Vec<ReviewId> = cases.iter().map(|case| case.review).collect();
    let rows = tx.all(REVIEWS, values![scope.tenant, ids.as_slice()]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let id = columns.id()?;
            let about = AboutReview {
                position: columns.int()?,
                facets: columns.int()?,
                primary_cause: columns.opt_text()?,
                fault: columns.opt_text()?,
            };
            Ok((id, about))
        })
        .collect()
}

/// Brings cases up to date with their changed reviews, and notes it in each.
///
/// # Errors
/// [`StoreError::NotFound`] for a case outside the scope.
pub async fn review_changed_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    cases: &[CaseRevised],
) -> Result<(), StoreError> {
    let [all, shops] = shop::bounds(scope);
    for case in cases {
        let Life { state, owner, waiting, outcome } = case.life;
        let mut row = values![
            scope.tenant,
            case.id,
            state.code(),
            state.is_live(),
            owner,
            case.reason.map(CaseReason::as_str),
            waiting.map(|waiting| waiting.on.code()),
            waiting.map(|waiting| waiting.since),
            waiting.and_then(|waiting| waiting.until),
            outcome.map(Outcome::code),
            case.at,
        ];
        row.extend([all.clone(), shops.clone()]);
        tx.change_one(REVIEW_CHANGED, row, "case").await?;
        let body = serde_json::json!({ "revision": case.revision, "reopened": case.reopens });
        append_event(tx, scope, case.id, EventKind::ReviewRevised, None, &body, case.at).await?;
    }
    Ok(())
}

/// The case, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn lock_for_change(tx: &mut Tx<'_>, scope: &Scope, id: CaseId) -> Result<CaseHead, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.first(LOCK, vec![scope.tenant.into(), id.into(), all, shops]).await?;
    let row = row.ok_or(StoreError::NotFound { what: "case" })?;
    let mut columns = row.columns();
    Ok(CaseHead {
        id: columns.id()?,
        shop: columns.id()?,
        review: columns.opt_id()?,
        number: columns.unsigned()?,
        life: read_life(&mut columns)?,
        merged_into: columns.opt_id()?,
        version: columns.unsigned()?,
    })
}

/// Reads the columns of `life_columns!`.
pub(crate) fn read_life(columns: &mut Columns<'_>) -> Result<Life, StoreError> {
    let (state, owner) = (columns.code(CaseState::from_code)?, columns.opt_id()?);
    let on = columns.opt_code(WaitingFor::from_code)?;
    let (since, until) = (columns.opt_instant()?, columns.opt_instant()?);
    let outcome = columns.opt_code(Outcome::from_code)?;
    let waiting = on.zip(since).map(|(on, since)| Waiting { on, since, until });
    Ok(Life { state, owner, waiting, outcome })
}

/// Writes how a case stands, and the case that it goes on in; gives the new version.
///
/// # Errors
/// [`StoreError::Conflict`] over "case version" when it is not at the version of `head` any more, or outside the scope.
pub async fn set_life(
    tx: &mut Tx<'_>,
    scope: &Scope,
    head: &CaseHead,
    life: Life,
    merged_into: Option<CaseId>,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let Life { state, owner, waiting, outcome } = life;
    let mut row = values![
        scope.tenant,
        head.id,
        head.version,
        state.code(),
        state.is_live(),
        owner,
        waiting.map(|waiting| waiting.on.code()),
        waiting.map(|waiting| waiting.since),
        waiting.and_then(|waiting| waiting.until),
        outcome.map(Outcome::code),
        merged_into,
        at,
    ];
    row.extend([all, shops]);
    let row = tx.first(SET_LIFE, row).await?;
    row.ok_or(StoreError::Conflict { what: "case version" })?.columns().unsigned()
}

/// What decides whether cases are one matter; those outside the scope are left out.
///
/// # Errors
/// The database's error.
pub async fn mergeable(
    tx: &mut Tx<'_>,
    scope: &Scope,
    cases: &[CaseId],
) -> Result<Vec<Mergeable>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let rows = tx.all(MERGEABLE, vec![scope.tenant.into(), cases.into(), all, shops]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok(Mergeable {
                id: columns.id()?,
                shop: columns.id()?,
                state: columns.code(CaseState::from_code)?,
                order: columns.opt_text()?,
                buyer: columns.opt_id()?,
                merged_into: columns.opt_id()?,
            })
        })
        .collect()
}

/// Notes something the actor of `scope` did; gives the event's number.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn add_event(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    kind: EventKind,
    body: &serde_json::Value,
    at: Timestamp,
) -> Result<u32, StoreError> {
    append_event(tx, scope, id, kind, scope.user(), body, at).await
}

/// Notes something that time did, whoever the scope is; gives the event's number.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn add_event_by_itself(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    kind: EventKind,
    body: &serde_json::Value,
) -> Result<u32, StoreError> {
    let now = tx.now();
    append_event(tx, scope, id, kind, None, body, now).await
}

/// An event that moved a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Its number.
    pub seq: u32,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// Who did it; none is the system.
    pub actor: Option<UserId>,
    /// More.
    pub body: serde_json::Value,
}

/// The last event that changed state or owner.
///
/// # Errors
/// The database's error.
pub async fn last_move(tx: &mut Tx<'_>, scope: &Scope, id: CaseId) -> Result<Option<Move>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.first(LAST_MOVE, vec![scope.tenant.into(), id.into(), all, shops]).await?;
    row.map(|row| {
        let mut columns = row.columns();
        Ok(Move {
            seq: columns.small()?,
            at: columns.instant()?,
            kind: columns.code(EventKind::from_code)?,
            actor: columns.opt_id()?,
            body: columns.json()?,
        })
    })
    .transpose()
}

async fn append_event(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    kind: EventKind,
    actor: Option<UserId>,
    body: &serde_json::Value,
    at: Timestamp,
) -> Result<u32, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.first(TAKE_SEQ, vec![scope.tenant.into(), id.into(), at.into(), all, shops]).await?;
    let seq = row.ok_or(StoreError::NotFound { what: "case" })?.columns().small()?;
    tx.execute(ADD_EVENT, values![scope.tenant, id, seq, at, kind.code(), actor, body.to_string()]).await?;
    automation::queue_event(tx, scope, (id, seq), kind, body, at).await?;
    Ok(seq)
}
