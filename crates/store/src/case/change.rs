//! Opening cases and changing them.

use std::collections::HashMap;
use std::iter::repeat_n;

use jiff::Timestamp;
use pingxin_domain::case::{CaseKind, CaseState, Ownership};
use pingxin_domain::triage::CaseReason;
use pingxin_domain::{CaseId, ReviewId, Scope, ShopId, UserId};

use super::event::EventKind;
use crate::reference::CaseRef;
use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx, facets, shop};

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

/// What a changed review does to its case, which takes over its cause and fault.
#[derive(Debug, Clone)]
pub struct CaseRevised {
    /// Which case.
    pub id: CaseId,
    /// State and owner from now on.
    pub ownership: Ownership,
    /// Why it is a case; none keeps the stored reason.
    pub reason: Option<CaseReason>,
    /// 0 to 100.
    pub severity: u8,
    /// Number of the review's new revision.
    pub revision: u32,
    /// When.
    pub at: Timestamp,
}

/// A case that is about to be changed.
#[derive(Debug, Clone, Copy)]
pub struct CaseHead {
    /// Id.
    pub id: CaseId,
    /// Its shop.
    pub shop: ShopId,
    /// The review it is about.
    pub review: ReviewId,
    /// State and owner.
    pub ownership: Ownership,
    /// Grows with every change.
    pub version: u64,
}

statements! {
    TAKE_NUMBERS = "UPDATE tenants SET last_case_number = last_case_number + $2 WHERE id = $1 \
        RETURNING last_case_number";
    REVIEWS = "SELECT id, position, facets, primary_cause, fault FROM reviews WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    MARK_REVIEWS = "UPDATE reviews SET facets = facets | $3::bigint WHERE tenant_id = $1 AND position = ANY($2::bigint[])";
    LOCK = "SELECT id, shop_id, review_id, state, owner_user_id, version FROM cases WHERE tenant_id = $1 AND id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[])) FOR UPDATE";
    SET_OWNERSHIP = "UPDATE cases SET state = $4, live = $5, owner_user_id = $6, updated_at = $7, closed_at = $8, \
        version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $3 \
        AND ($9 OR shop_id = ANY($10::uuid[])) RETURNING version";
    TAKE_SEQ = "UPDATE cases SET last_event = last_event + 1, updated_at = $3, version = version + 1 \
        WHERE tenant_id = $1 AND id = $2 AND ($4 OR shop_id = ANY($5::uuid[])) RETURNING last_event";
    ADD_EVENT = "INSERT INTO case_events (tenant_id, case_id, seq, at, kind, actor_user_id, body) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LAST_OWNERSHIP = "SELECT max(e.seq) FROM case_events e JOIN cases c ON c.tenant_id = e.tenant_id AND c.id = e.case_id \
        WHERE e.tenant_id = $1 AND e.case_id = $2 AND e.kind IN ('assigned', 'released', 'state_changed') \
        AND ($3 OR c.shop_id = ANY($4::uuid[]))";
    REVIEW_CHANGED = "UPDATE cases SET state = $3, live = $4, owner_user_id = $5, reason = coalesce($6, reason), \
        severity = $7, (primary_cause, fault) = (SELECT r.primary_cause, r.fault FROM reviews r \
        WHERE r.tenant_id = cases.tenant_id AND r.id = cases.review_id), closed_at = NULL \
        WHERE tenant_id = $1 AND id = $2 AND ($8 OR shop_id = ANY($9::uuid[]))";
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
        .column("actor_user_id", repeat_n(None::<UserId>, many))
        .column("body", cases.iter().map(|case| format!("{{\"reason\":\"{}\"}}", case.reason.as_str())))
        .run(tx)
        .await?;
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
        let mut row = values![
            scope.tenant,
            case.id,
            case.ownership.state.code(),
            case.ownership.state.is_live(),
            case.ownership.owner,
            case.reason.map(CaseReason::as_str),
            case.severity,
        ];
        row.extend([all.clone(), shops.clone()]);
        tx.change_one(REVIEW_CHANGED, row, "case").await?;
        let body = serde_json::json!({ "revision": case.revision });
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
        review: columns.id()?,
        ownership: Ownership { state: columns.code(CaseState::from_code)?, owner: columns.opt_id()? },
        version: columns.unsigned()?,
    })
}

/// Writes state and owner; gives the new version.
///
/// # Errors
/// [`StoreError::Conflict`] over "case version" when it is not at `version` any more, or outside the scope.
pub async fn set_ownership(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    ownership: Ownership,
    version: u64,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let live = ownership.state.is_live();
    let closed_at = (!live).then_some(at);
    let state = ownership.state.code();
    let mut row = values![scope.tenant, id, version, state, live, ownership.owner, at, closed_at];
    row.extend([all, shops]);
    let row = tx.first(SET_OWNERSHIP, row).await?;
    row.ok_or(StoreError::Conflict { what: "case version" })?.columns().unsigned()
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

/// The number of the last event that changed state or owner.
///
/// # Errors
/// The database's error.
pub async fn last_ownership_event(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
) -> Result<Option<u32>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.one(LAST_OWNERSHIP, vec![scope.tenant.into(), id.into(), all, shops]).await?;
    row.columns().opt_small()
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
    Ok(seq)
}
