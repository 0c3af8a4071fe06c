//! What an import brought, and what of it could go.

use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::{IncomingRecord, RecordKind};
use pingxin_domain::{BatchId, CaseId, OrderId, RecordId, ReviewId, Scope};

use super::touched_review;
use crate::record::table::Table;
use crate::sql::{Statement, statements, values};
use crate::{StoreError, Tx};

/// How many things an import brought that can go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Brought {
    /// Reviews.
    pub reviews: u64,
    /// Cases of those.
    pub cases: u64,
    /// Orders.
    pub orders: u64,
    /// Records of every kind.
    pub records: u64,
}

/// A review that stays.
#[derive(Debug, Clone)]
pub struct KeptReview {
    /// Id.
    pub id: ReviewId,
    /// Its first words, or its title.
    pub label: String,
    /// Whether a person has worked on it or its case; else another import has brought it too.
    pub touched: bool,
    /// Its case.
    pub case: Option<(CaseId, u64)>,
}

statements! {
    REVIEWS = concat!("SELECT count(*), count(k.id) FROM reviews r LEFT JOIN cases k ON k.tenant_id = r.tenant_id \
        AND k.review_id = r.id WHERE r.tenant_id = $1 AND r.batch_id = $2 AND r.last_batch_id = $2 AND NOT ",
        touched_review!());
    KEPT_REVIEWS = concat!("SELECT r.id, r.title, r.text, ", touched_review!(), ", k.id, k.number FROM reviews r \
        LEFT JOIN cases k ON k.tenant_id = r.tenant_id AND k.review_id = r.id WHERE r.tenant_id = $1 \
        AND (r.batch_id = $2 OR r.id IN (SELECT p.thing_id FROM import_replaced p WHERE p.tenant_id = $1 \
        AND p.batch_id = $2 AND p.what = 'review')) AND (r.last_batch_id IS DISTINCT FROM $2 OR ", touched_review!(),
        ") ORDER BY r.id LIMIT $3");
    ORDERS = concat!("SELECT count(*) FROM orders o WHERE o.tenant_id = $1 AND o.batch_id = $2 \
        AND o.last_batch_id = $2 AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.tenant_id = o.tenant_id \
        AND r.order_id = o.id AND r.batch_id = $2 AND (r.last_batch_id IS DISTINCT FROM $2 OR ", touched_review!(), "))");
    KEPT_ORDERS = concat!("SELECT o.id, o.order_number, o.last_batch_id IS DISTINCT FROM $2 FROM orders o \
        WHERE o.tenant_id = $1 AND (o.batch_id = $2 OR o.id IN (SELECT p.thing_id FROM import_replaced p \
        WHERE p.tenant_id = $1 AND p.batch_id = $2 AND p.what = 'order')) AND (o.last_batch_id IS DISTINCT FROM $2 \
        OR o.batch_id = $2 AND EXISTS (SELECT 1 FROM reviews r WHERE r.tenant_id = o.tenant_id AND r.order_id = o.id \
        AND r.batch_id = $2 AND (r.last_batch_id IS DISTINCT FROM $2 OR ", touched_review!(), "))) \
        ORDER BY o.id LIMIT $3");
    LEFT = "SELECT (SELECT count(*) FROM reviews WHERE tenant_id = $1 AND batch_id = $2) \
        + (SELECT count(*) FROM orders WHERE tenant_id = $1 AND batch_id = $2) \
        + (SELECT count(*) FROM import_replaced WHERE tenant_id = $1 AND batch_id = $2)";
    RESTORABLE_REVIEWS = concat!("SELECT count(*) FROM import_replaced p JOIN reviews r ON r.tenant_id = p.tenant_id \
        AND r.id = p.thing_id WHERE p.tenant_id = $1 AND p.batch_id = $2 AND p.what = 'review' \
        AND r.last_batch_id = $2 AND r.batch_id IS DISTINCT FROM $2 AND NOT ", touched_review!());
    RESTORABLE_ORDERS = "SELECT count(*) FROM import_replaced p JOIN orders o ON o.tenant_id = p.tenant_id \
        AND o.id = p.thing_id WHERE p.tenant_id = $1 AND p.batch_id = $2 AND p.what = 'order' \
        AND o.last_batch_id = $2 AND o.batch_id IS DISTINCT FROM $2";
    RESTORABLE_RECORDS = "SELECT count(*) FROM import_replaced p WHERE p.tenant_id = $1 AND p.batch_id = $2 \
        AND p.what NOT IN ('review', 'order')";
}

/// How many things the import brought that can go.
///
/// # Errors
/// The database's error.
pub async fn brought(tx: &mut Tx<'_>, scope: &Scope, batch: BatchId) -> Result<Brought, StoreError> {
    let row = tx.one(REVIEWS, values![scope.tenant, batch]).await?;
    let mut columns = row.columns();
    let (reviews, cases) = (columns.unsigned()?, columns.unsigned()?);
    let orders = tx.one(ORDERS, values![scope.tenant, batch]).await?.columns().unsigned()?;
    let records = records(tx, scope, batch, |table| table.removable).await?;
    Ok(Brought { reviews, cases, orders, records })
}

/// How many things would stand again as they stood before it; records of every kind counted together, those that another
/// import has brought since among them.
///
/// # Errors
/// The database's error.
pub async fn restorable(tx: &mut Tx<'_>, scope: &Scope, batch: BatchId) -> Result<Brought, StoreError> {
    let mut count = [0; 3];
    for (at, statement) in [RESTORABLE_REVIEWS, RESTORABLE_ORDERS, RESTORABLE_RECORDS].into_iter().enumerate()
    {
        count[at] = tx.one(statement, values![scope.tenant, batch]).await?.columns().unsigned()?;
    }
    let [reviews, orders, records] = count;
    Ok(Brought { reviews, cases: 0, orders, records })
}

/// The reviews that stay, at most so many.
///
/// # Errors
/// The database's error.
pub async fn kept_reviews(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    most: u32,
) -> Result<Vec<KeptReview>, StoreError> {
    let rows = tx.all(KEPT_REVIEWS, values![scope.tenant, batch, most]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (id, title, text) = (columns.id()?, columns.opt_text()?, columns.text()?);
            let words = if text.is_empty() { title.unwrap_or_default() } else { text };
            let touched = columns.bool()?;
            let case = columns.opt_id()?.zip(columns.opt_int()?);
            let case = case.map(|(id, number)| (id, u64::try_from(number).unwrap_or(0)));
            Ok(KeptReview { id, label: words.chars().take(60).collect(), touched, case })
        })
        .collect()
}

/// The orders that stay, at most so many: id, number, and whether another import has brought them too (else a review of
/// theirs stays).
///
/// # Errors
/// The database's error.
pub async fn kept_orders(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    most: u32,
) -> Result<Vec<(OrderId, String, bool)>, StoreError> {
    let rows = tx.all(KEPT_ORDERS, values![scope.tenant, batch, most]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, columns.text()?, columns.bool()?))
        })
        .collect()
}

/// The records that stay because another import has brought them too, at most so many of each kind.
///
/// # Errors
/// The database's error.
pub async fn kept_records(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    most: u32,
) -> Result<Vec<(RecordId, IncomingRecord)>, StoreError> {
    let keys = tx.keys();
    let mut kept = Vec::new();
    for kind in RecordKind::ALL {
        let table = Table::of(kind);
        for row in tx.all(table.kept, values![scope.tenant, batch, most]).await? {
            kept.push(crate::record::read(&keys, scope, table, &mut row.columns())?);
        }
    }
    kept.sort_by_key(|(id, _)| id.uuid());
    Ok(kept)
}

/// How many things of an import are left: what it brought and what it changed.
///
/// # Errors
/// The database's error.
pub async fn left(tx: &mut Tx<'_>, scope: &Scope, batch: BatchId) -> Result<u64, StoreError> {
    let others = tx.one(LEFT, values![scope.tenant, batch]).await?.columns().unsigned()?;
    Ok(others + records(tx, scope, batch, |table| table.left).await?)
}

/// How many records of every kind `count` counts.
async fn records(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    count: fn(&Table) -> Statement,
) -> Result<u64, StoreError> {
    let mut records = 0;
    for kind in RecordKind::ALL {
        let row = tx.one(count(Table::of(kind)), values![scope.tenant, batch]).await?;
        records += row.columns().unsigned()?;
    }
    Ok(records)
}
