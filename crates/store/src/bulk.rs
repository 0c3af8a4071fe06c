//! Bulk actions: what was done to many things at once, and how each stood before, so that it can be taken back.

use std::collections::HashMap;
use std::iter::repeat_n;

use jiff::Timestamp;
use pingxin_domain::list::{BulkKind, List};
use pingxin_domain::{BulkId, CaseId, ReviewId, Scope, TagId, UserId};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx, identifier, shop, tag};

/// A bulk action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkAction {
    /// Id.
    pub id: BulkId,
    /// Things of which list.
    pub list: List,
    /// What was done.
    pub kind: BulkKind,
    /// With which tag.
    pub tag: Option<TagId>,
    /// When.
    pub at: Timestamp,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

/// How one thing stood before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRow {
    /// The review or case.
    pub thing: Uuid,
    /// Before.
    pub before: Json,
    /// After.
    pub after: Json,
}

/// A thing that an action is for, within the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The review or case, as it was named.
    pub thing: Uuid,
    /// The review; none of a case that has none.
    pub review: Option<ReviewId>,
    /// Its case.
    pub case: Option<CaseId>,
    position: i64,
}

statements! {
    BEGIN = "INSERT INTO bulk_actions (tenant_id, id, user_id, list, kind, tag_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT id, list, kind, tag_id, at, undone_at FROM bulk_actions WHERE tenant_id = $1 AND id = $2 AND user_id = $3 \
        FOR UPDATE";
    ROWS = "SELECT thing_id, before, after FROM bulk_rows WHERE tenant_id = $1 AND bulk_id = $2 AND thing_id > $3 \
        ORDER BY thing_id LIMIT $4";
    END_UNDO = "UPDATE bulk_actions SET undone_at = $3 WHERE tenant_id = $1 AND id = $2 AND undone_at IS NULL";
    OF_REVIEWS = "SELECT r.id, r.id, c.id, r.position FROM reviews r LEFT JOIN cases c ON c.tenant_id = r.tenant_id \
        AND c.review_id = r.id AND c.kind = 'review' WHERE r.tenant_id = $1 AND r.id = ANY($2::uuid[]) \
        AND ($3 OR r.shop_id = ANY($4::uuid[]))";
    OF_CASES = "SELECT c.id, c.review_id, c.id, c.position FROM cases c WHERE c.tenant_id = $1 AND c.id = ANY($2::uuid[]) \
        AND ($3 OR c.shop_id = ANY($4::uuid[]))";
    FORGET_ROWS = "DELETE FROM bulk_rows WHERE tenant_id = $1 AND bulk_id IN (SELECT a.id FROM bulk_actions a \
        WHERE a.tenant_id = $1 AND a.at < $2)";
    FORGET = "DELETE FROM bulk_actions WHERE tenant_id = $1 AND at < $2";
}

/// Notes that an action begins.
///
/// # Errors
/// The database's error.
pub async fn begin(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
    list: List,
    kind: BulkKind,
    tag: Option<TagId>,
) -> Result<BulkId, StoreError> {
    let (id, now) = (identifier::fresh::<BulkId>(), tx.now());
    tx.execute(BEGIN, values![scope.tenant, id, user, list.code(), kind.code(), tag, now]).await?;
    Ok(id)
}

/// Notes what was done to some things.
///
/// # Errors
/// The database's error.
pub async fn note(tx: &mut Tx<'_>, scope: &Scope, id: BulkId, rows: &[BulkRow]) -> Result<(), StoreError> {
    Bulk::into("bulk_rows")
        .column("tenant_id", repeat_n(scope.tenant, rows.len()))
        .column("bulk_id", repeat_n(id, rows.len()))
        .column("thing_id", rows.iter().map(|row| row.thing))
        .column("before", rows.iter().map(|row| row.before.to_string()))
        .column("after", rows.iter().map(|row| row.after.to_string()))
        .run(tx)
        .await
        .map(drop)
}

/// The action of this person, kept for this transaction.
///
/// # Errors
/// The database's error.
pub async fn find(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
    id: BulkId,
) -> Result<Option<BulkAction>, StoreError> {
    let Some(row) = tx.first(FIND, values![scope.tenant, id, user]).await? else { return Ok(None) };
    let mut columns = row.columns();
    Ok(Some(BulkAction {
        id: columns.id()?,
        list: columns.code(List::from_code)?,
        kind: columns.code(BulkKind::from_code)?,
        tag: columns.opt_id()?,
        at: columns.instant()?,
        undone_at: columns.opt_instant()?,
    }))
}

/// What the action did, from a thing on.
///
/// # Errors
/// The database's error.
pub async fn rows(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BulkId,
    after: Uuid,
    limit: u32,
) -> Result<Vec<BulkRow>, StoreError> {
    let rows = tx.all(ROWS, values![scope.tenant, id, after, limit]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let thing = columns.uuid()?;
            Ok(BulkRow { thing, before: columns.json()?, after: columns.json()? })
        })
        .collect()
}

/// Notes that the action was taken back.
///
/// # Errors
/// [`StoreError::Conflict`] over "bulk action" when it was already.
pub async fn end_undo(tx: &mut Tx<'_>, scope: &Scope, id: BulkId) -> Result<(), StoreError> {
    let now = tx.now();
    match tx.execute(END_UNDO, values![scope.tenant, id, now]).await? {
        0 => Err(StoreError::Conflict { what: "bulk action" }),
        _ => Ok(()),
    }
}

/// The things of these ids that are within the scope, in the order asked.
///
/// # Errors
/// The database's error.
pub async fn targets(
    tx: &mut Tx<'_>,
    scope: &Scope,
    list: List,
    ids: &[Uuid],
) -> Result<Vec<Target>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let statement = if list == List::Cases { OF_CASES } else { OF_REVIEWS };
    let rows = tx.all(statement, vec![scope.tenant.into(), ids.to_vec().into(), all, shops]).await?;
    let mut found = HashMap::new();
    for row in rows {
        let mut columns = row.columns();
        let target = Target {
            thing: columns.uuid()?,
            review: columns.opt_id()?,
            case: columns.opt_id()?,
            position: columns.int()?,
        };
        found.insert(target.thing, target);
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Puts a tag on the reviews of some things; answers the things that did not have it.
///
/// # Errors
/// The database's error.
pub async fn put_tag(
    tx: &mut Tx<'_>,
    scope: &Scope,
    tag: TagId,
    targets: &[Target],
    bulk: Option<BulkId>,
) -> Result<Vec<Uuid>, StoreError> {
    let mut had = tag::having(tx, scope, tag, positions(targets)).await?;
    let (mut changed, mut marks) = (Vec::new(), Vec::new());
    // Tags hang on reviews.
    for target in targets.iter().filter(|target| target.review.is_some()) {
        // Two cases of one review, or one thing named twice, are one mark.
        if had.insert(target.position, bulk).is_none() {
            changed.push(target.thing);
            marks.push((target.position, bulk));
        }
    }
    tag::put(tx, scope, tag, &marks).await?;
    Ok(changed)
}

/// Takes a tag off the reviews of some things; answers those that had it, each with the action that had put it there.
///
/// # Errors
/// The database's error.
pub async fn take_tag(
    tx: &mut Tx<'_>,
    scope: &Scope,
    tag: TagId,
    targets: &[Target],
) -> Result<Vec<(Uuid, Option<BulkId>)>, StoreError> {
    let mut had = tag::having(tx, scope, tag, positions(targets)).await?;
    let mut changed = Vec::new();
    for target in targets {
        if let Some(bulk) = had.remove(&target.position) {
            changed.push((target.thing, bulk));
        }
    }
    tag::take(tx, scope, tag, positions(targets)).await?;
    Ok(changed)
}

/// The action that put the tag on each of these things; a thing without the tag is left out.
///
/// # Errors
/// The database's error.
pub async fn tagged_by(
    tx: &mut Tx<'_>,
    scope: &Scope,
    tag: TagId,
    targets: &[Target],
) -> Result<HashMap<Uuid, Option<BulkId>>, StoreError> {
    let had = tag::having(tx, scope, tag, positions(targets)).await?;
    let by = |target: &Target| had.get(&target.position).map(|bulk| (target.thing, *bulk));
    Ok(targets.iter().filter_map(by).collect())
}

fn positions(targets: &[Target]) -> Vec<i64> {
    targets.iter().map(|target| target.position).collect()
}

/// Forgets actions of before an instant: they cannot be taken back any more.
///
/// # Errors
/// The database's error.
pub async fn forget(tx: &mut Tx<'_>, scope: &Scope, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET_ROWS, values![scope.tenant, before]).await?;
    tx.execute(FORGET, values![scope.tenant, before]).await
}
