//! Takes away what an import brought.

use std::collections::HashMap;
use std::iter::repeat_n;

use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::RecordKind;
use pingxin_domain::{BatchId, BuyerId, CaseId, OrderId, RecordId, ReviewId, Scope, ShopId};
use uuid::Uuid;

use super::touched_review;
use crate::product::{Counted, Tally};
use crate::record::table::Table;
use crate::review::write::read_counted;
use crate::sql::{Bulk, Statement, Value, statements, values};
use crate::{Engine, StoreError, Tx, facets};

/// A review that goes, with what goes along.
#[derive(Debug, Clone)]
pub struct Leaving {
    /// The review.
    pub id: ReviewId,
    position: i64,
    shop: ShopId,
    case: Option<CaseId>,
    counted: Counted,
}

statements! {
    // A log that is taken back confirms nothing.
    UNCONFIRM = "UPDATE claimed_messages SET confirmed_at = NULL, confirmed_record = NULL WHERE tenant_id = $1 \
        AND confirmed_record = ANY($2::uuid[])";
    REVIEWS = concat!("SELECT r.id, r.position, r.shop_id, k.id, r.product_id, r.buyer_id, r.rating, r.verdict, r.causes, \
        coalesce(r.created_at, r.imported_at) FROM reviews r LEFT JOIN cases k ON k.tenant_id = r.tenant_id AND k.review_id = r.id WHERE r.tenant_id = $1 AND r.batch_id = $2 \
        AND r.last_batch_id = $2 AND r.id > $3 AND NOT ", touched_review!(), " ORDER BY r.id LIMIT $4");
    ORDERS = "SELECT o.id, o.buyer_id FROM orders o WHERE o.tenant_id = $1 AND o.batch_id = $2 \
        AND o.last_batch_id = $2 AND o.id > $3 AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.tenant_id = o.tenant_id \
        AND r.order_id = o.id AND r.batch_id = $2) ORDER BY o.id LIMIT $4";
    UNTOUCHED = concat!("SELECT r.revision, k.id FROM reviews r LEFT JOIN cases k ON k.tenant_id = r.tenant_id \
        AND k.review_id = r.id WHERE r.tenant_id = $1 AND r.id = $2 AND r.last_batch_id = $3 \
        AND r.batch_id IS DISTINCT FROM $3 AND NOT ", touched_review!());
    END_PERMIT = "DELETE FROM undone_things WHERE tenant_id = $1";
    FORGET_SEARCH = "DELETE FROM review_search WHERE rowid IN (SELECT value FROM json_each($1))",
        "SELECT 1 WHERE $1::bigint[] IS NULL";
    FORGET_CAUSES = "DELETE FROM review_causes WHERE tenant_id = $1 AND position = ANY($2::bigint[])";
    FORGET_ALARMS = "DELETE FROM case_alarms WHERE tenant_id = $1 AND case_id = ANY($2::uuid[])";
    FORGET_RUNS = "DELETE FROM automation_runs WHERE tenant_id = $1 AND (case_id = ANY($2::uuid[]) OR review_id = ANY($3::uuid[]))";
    FORGET_QUEUED = "DELETE FROM automation_queue WHERE tenant_id = $1 AND (case_id = ANY($2::uuid[]) OR review_id = ANY($3::uuid[]))";
    FORGET_EVENTS = "DELETE FROM case_events WHERE tenant_id = $1 AND case_id = ANY($2::uuid[])";
    UNMARK_REVIEWS = "UPDATE reviews SET facets = facets & ~$3::bigint WHERE tenant_id = $1 AND position IN \
        (SELECT c.position FROM cases c WHERE c.tenant_id = $1 AND c.id = $2) RETURNING position";
    FORGET_CASES = "DELETE FROM cases WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    FORGET_TRIAGE = "DELETE FROM triage_results WHERE tenant_id = $1 AND review_id = ANY($2::uuid[])";
    FORGET_PATTERNS = "DELETE FROM review_patterns WHERE tenant_id = $1 AND review_id = ANY($2::uuid[])";
    FORGET_REVISIONS = "DELETE FROM review_revisions WHERE tenant_id = $1 AND review_id = ANY($2::uuid[])";
    FORGET_MEDIA = "DELETE FROM review_media WHERE tenant_id = $1 AND review_id = ANY($2::uuid[])";
    FORGET_FINDINGS = "DELETE FROM removal_findings WHERE tenant_id = $1 AND review_id = ANY($2::uuid[])";
    FORGET_REVIEWS = "DELETE FROM reviews WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    COUNT_DOWN = "UPDATE shops SET review_count = review_count - $3 WHERE tenant_id = $1 AND id = $2";
    UNLINK = "UPDATE reviews SET order_id = NULL WHERE tenant_id = $1 AND order_id = ANY($2::uuid[])";
    FORGET_LINES = "DELETE FROM order_lines WHERE tenant_id = $1 AND order_id = ANY($2::uuid[])";
    FORGET_ORDERS = "DELETE FROM orders WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    ORDER_UNTOUCHED = "SELECT buyer_id FROM orders WHERE tenant_id = $1 AND id = $2 AND last_batch_id = $3 \
        AND batch_id IS DISTINCT FROM $3 FOR UPDATE";
    DROP_LINES = "DELETE FROM order_lines WHERE tenant_id = $1 AND order_id = $2 AND last_batch_id = $3 \
        AND NOT (line_key = ANY($4::text[]))";
    FORGET_BUYERS = "DELETE FROM buyers WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND opted_out_at IS NULL \
        AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.tenant_id = $1 AND r.buyer_id = buyers.id) \
        AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.tenant_id = $1 AND o.buyer_id = buyers.id) \
        AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.tenant_id = $1 AND c.buyer_id IS NOT NULL AND c.buyer_id = buyers.id) \
        AND NOT EXISTS (SELECT 1 FROM shipments a WHERE a.tenant_id = $1 AND a.buyer_id = buyers.id) \
        AND NOT EXISTS (SELECT 1 FROM shipment_traces b WHERE b.tenant_id = $1 AND b.buyer_id = buyers.id) \
        AND NOT EXISTS (SELECT 1 FROM after_sales d WHERE d.tenant_id = $1 AND d.buyer_id = buyers.id) \
        AND NOT EXISTS (SELECT 1 FROM chat_messages m WHERE m.tenant_id = $1 AND m.buyer_id = buyers.id) \
        AND NOT EXISTS (SELECT 1 FROM buyer_notes n WHERE n.tenant_id = $1 AND n.buyer_id = buyers.id) \
        AND NOT EXISTS (SELECT 1 FROM calls l WHERE l.tenant_id = $1 AND l.buyer_id = buyers.id)";
}

/// Reviews that can go, from an id on.
///
/// # Errors
/// The database's error.
pub async fn reviews_to_remove(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    after: Uuid,
    limit: u32,
) -> Result<Vec<Leaving>, StoreError> {
    let rows = tx.all(REVIEWS, values![scope.tenant, batch, after, limit]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok(Leaving {
                id: columns.id()?,
                position: columns.int()?,
                shop: columns.id()?,
                case: columns.opt_id()?,
                counted: read_counted(&mut columns)?,
            })
        })
        .collect()
}

/// Whether a review stands as the import left it and nobody has worked on it or its case: its revision and its case then.
///
/// # Errors
/// The database's error.
pub async fn untouched_review(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    review: ReviewId,
) -> Result<Option<(u32, Option<CaseId>)>, StoreError> {
    let Some(row) = tx.first(UNTOUCHED, values![scope.tenant, review, batch]).await? else { return Ok(None) };
    let mut columns = row.columns();
    Ok(Some((columns.small()?, columns.opt_id()?)))
}

async fn permit(
    tx: &mut Tx<'_>,
    scope: &Scope,
    things: impl Iterator<Item = Uuid>,
) -> Result<(), StoreError> {
    let things: Vec<Uuid> = things.collect();
    Bulk::into("undone_things")
        .column("tenant_id", repeat_n(scope.tenant, things.len()))
        .column("thing_id", things)
        .run(tx)
        .await
        .map(drop)
}

/// What rules of automation were to do, and did, with cases and reviews that go.
async fn forget_automation(
    tx: &mut Tx<'_>,
    scope: &Scope,
    cases: &[CaseId],
    reviews: &[ReviewId],
) -> Result<(), StoreError> {
    tx.execute(FORGET_QUEUED, values![scope.tenant, cases, reviews]).await?;
    tx.execute(FORGET_RUNS, values![scope.tenant, cases, reviews]).await.map(drop)
}

/// Takes a case away with its events; nobody may have worked on it.
///
/// # Errors
/// The database's error.
async fn remove_cases(tx: &mut Tx<'_>, scope: &Scope, cases: &[CaseId]) -> Result<(), StoreError> {
    if cases.is_empty() {
        return Ok(());
    }
    permit(tx, scope, cases.iter().map(|case| case.uuid())).await?;
    forget_automation(tx, scope, cases, &[]).await?;
    tx.execute(FORGET_ALARMS, values![scope.tenant, cases]).await?;
    tx.execute(FORGET_EVENTS, values![scope.tenant, cases]).await?;
    tx.execute(FORGET_CASES, values![scope.tenant, cases]).await.map(drop)
}

/// Takes reviews away with their revisions, readings, search entries and cases. Buyers of whom nothing is left go too.
///
/// # Errors
/// The database's error.
pub async fn remove_reviews(tx: &mut Tx<'_>, scope: &Scope, leaving: &[Leaving]) -> Result<(), StoreError> {
    if leaving.is_empty() {
        return Ok(());
    }
    let ids: Vec<ReviewId> = leaving.iter().map(|review| review.id).collect();
    let positions: Vec<i64> = leaving.iter().map(|review| review.position).collect();
    let cases: Vec<CaseId> = leaving.iter().filter_map(|review| review.case).collect();
    remove_cases(tx, scope, &cases).await?;
    permit(tx, scope, ids.iter().map(|id| id.uuid())).await?;
    if tx.engine() == Engine::Sqlite {
        tx.execute(FORGET_SEARCH, values![positions.clone()]).await?;
    }
    forget_automation(tx, scope, &[], &ids).await?;
    tx.execute(FORGET_CAUSES, values![scope.tenant, positions]).await?;
    for statement in
        [FORGET_FINDINGS, FORGET_MEDIA, FORGET_PATTERNS, FORGET_TRIAGE, FORGET_REVISIONS, FORGET_REVIEWS]
    {
        tx.execute(statement, values![scope.tenant, ids.as_slice()]).await?;
    }
    let mut counts: HashMap<ShopId, i64> = HashMap::new();
    for review in leaving {
        *counts.entry(review.shop).or_default() += 1;
    }
    for (shop, many) in counts {
        tx.execute(COUNT_DOWN, values![scope.tenant, shop, many]).await?;
    }
    tx.execute(END_PERMIT, values![scope.tenant]).await?;
    let mut tally = Tally::default();
    leaving.iter().for_each(|review| tally.left(&review.counted));
    tally.write(tx, scope).await?;
    let buyers: Vec<BuyerId> = leaving.iter().filter_map(|review| review.counted.buyer).collect();
    forget_buyers(tx, scope, &buyers).await
}

/// Takes the case of a restored review away: it was opened by what is taken back.
///
/// # Errors
/// The database's error.
pub async fn remove_case(tx: &mut Tx<'_>, scope: &Scope, case: CaseId) -> Result<(), StoreError> {
    let unmarked = tx.all(UNMARK_REVIEWS, values![scope.tenant, case, facets::CASE]).await?;
    let positions = unmarked.iter().map(|row| row.columns().int()).collect::<Result<Vec<i64>, _>>()?;
    facets::mark_copies(tx, scope, &positions, facets::CASE, false).await?;
    remove_cases(tx, scope, &[case]).await?;
    tx.execute(END_PERMIT, values![scope.tenant]).await.map(drop)
}

/// Orders that can go, from an id on, once the reviews have gone.
///
/// # Errors
/// The database's error.
pub async fn orders_to_remove(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    after: Uuid,
    limit: u32,
) -> Result<Vec<(OrderId, Option<BuyerId>)>, StoreError> {
    with_buyers(tx, ORDERS, values![scope.tenant, batch, after, limit]).await
}

/// Takes orders away with their lines; reviews of other imports that name them stay and wait for them again.
///
/// # Errors
/// The database's error.
pub async fn remove_orders(
    tx: &mut Tx<'_>,
    scope: &Scope,
    leaving: &[(OrderId, Option<BuyerId>)],
) -> Result<(), StoreError> {
    if leaving.is_empty() {
        return Ok(());
    }
    let ids: Vec<OrderId> = leaving.iter().map(|(id, _)| *id).collect();
    for statement in [UNLINK, FORGET_LINES, FORGET_ORDERS] {
        tx.execute(statement, values![scope.tenant, ids.as_slice()]).await?;
    }
    let buyers: Vec<BuyerId> = leaving.iter().filter_map(|(_, buyer)| *buyer).collect();
    forget_buyers(tx, scope, &buyers).await
}

/// Whether an order stands as the import left it.
///
/// # Errors
/// The database's error.
pub async fn order_is_untouched(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    order: OrderId,
) -> Result<bool, StoreError> {
    Ok(tx.first(ORDER_UNTOUCHED, values![scope.tenant, order, batch]).await?.is_some())
}

/// Takes the lines away that the import added to an order; those of `keep` stay.
///
/// # Errors
/// The database's error.
pub async fn drop_lines(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    order: OrderId,
    keep: &[&str],
) -> Result<(), StoreError> {
    tx.execute(DROP_LINES, values![scope.tenant, order, batch, keep]).await.map(drop)
}

/// Records of one kind that can go, from an id on, with whom they speak of.
///
/// # Errors
/// The database's error.
pub async fn records_to_remove(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: RecordKind,
    batch: BatchId,
    after: Uuid,
    limit: u32,
) -> Result<Vec<(RecordId, Option<BuyerId>)>, StoreError> {
    with_buyers(tx, Table::of(kind).brought, values![scope.tenant, batch, after, limit]).await
}

/// Reads rows of an id and a buyer.
async fn with_buyers<I: Identifier>(
    tx: &mut Tx<'_>,
    statement: Statement,
    row: Vec<Value<'_>>,
) -> Result<Vec<(I, Option<BuyerId>)>, StoreError> {
    let rows = tx.all(statement, row).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, columns.opt_id()?))
        })
        .collect()
}

/// Takes records of one kind away.
///
/// # Errors
/// The database's error.
pub async fn delete_records(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: RecordKind,
    leaving: &[(RecordId, Option<BuyerId>)],
) -> Result<(), StoreError> {
    if leaving.is_empty() {
        return Ok(());
    }
    let ids: Vec<RecordId> = leaving.iter().map(|(id, _)| *id).collect();
    if kind == RecordKind::Chat {
        tx.execute(UNCONFIRM, values![scope.tenant, ids.as_slice()]).await?;
    }
    tx.execute(Table::of(kind).delete, values![scope.tenant, ids.as_slice()]).await?;
    let buyers: Vec<BuyerId> = leaving.iter().filter_map(|(_, buyer)| *buyer).collect();
    forget_buyers(tx, scope, &buyers).await
}

async fn forget_buyers(tx: &mut Tx<'_>, scope: &Scope, buyers: &[BuyerId]) -> Result<(), StoreError> {
    if buyers.is_empty() {
        return Ok(());
    }
    tx.execute(FORGET_BUYERS, values![scope.tenant, buyers]).await.map(drop)
}
