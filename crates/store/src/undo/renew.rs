//! Notes whose plans and removal findings rested on what is being taken back. Before it goes, while it can still be said.

use pingxin_domain::intake::RecordKind;
use pingxin_domain::{OrderId, RecordId, ReviewId, Scope};

use crate::sql::{Statement, Value, statements, values};
use crate::{StoreError, Tx};

/// The cases of reviews that a list names, and their findings: an instant that has passed is looked at anew.
macro_rules! cases_of {
    ($reviews:expr) => {
        concat!("UPDATE cases SET plan_at = $3 WHERE tenant_id = $1 AND review_id IN (", $reviews, ")")
    };
}
macro_rules! findings_of {
    ($reviews:expr) => {
        concat!(
            "UPDATE removal_findings SET judged_at = 0 WHERE tenant_id = $1 AND review_id IN (",
            $reviews,
            ")"
        )
    };
}
macro_rules! of_orders {
    () => {
        "SELECT r.id FROM reviews r WHERE r.tenant_id = $1 AND r.order_id = ANY($2::uuid[])"
    };
}
// Other reviews of the orders of these: a 追评 that comes or goes ends their windows.
macro_rules! of_reviews {
    () => {
        "SELECT v.id FROM reviews r JOIN reviews v ON v.tenant_id = r.tenant_id AND v.order_id = r.order_id \
         WHERE r.tenant_id = $1 AND r.id = ANY($2::uuid[]) \
         UNION SELECT x.id FROM reviews x WHERE x.tenant_id = $1 AND x.id = ANY($2::uuid[])"
    };
}
// By the number of the order, or by the buyer, whom a review names itself or by its order.
macro_rules! of_records {
    ($table:literal) => {
        concat!(
            "SELECT r.id FROM ",
            $table,
            " k JOIN reviews r ON r.tenant_id = k.tenant_id AND r.shop_id = k.shop_id \
             AND r.order_number = k.order_number WHERE k.tenant_id = $1 AND k.id = ANY($2::uuid[]) \
             UNION SELECT b.id FROM ",
            $table,
            " n JOIN reviews b ON b.tenant_id = n.tenant_id AND b.buyer_id = n.buyer_id \
             WHERE n.tenant_id = $1 AND n.id = ANY($2::uuid[]) \
             UNION SELECT w.id FROM ",
            $table,
            " m JOIN orders o ON o.tenant_id = m.tenant_id AND o.buyer_id = m.buyer_id \
             JOIN reviews w ON w.tenant_id = o.tenant_id AND w.order_id = o.id \
             WHERE m.tenant_id = $1 AND m.id = ANY($2::uuid[])"
        )
    };
}

statements! {
    PLAN_REVIEWS = cases_of!(of_reviews!());
    FIND_REVIEWS = findings_of!(of_reviews!());
    PLAN_ORDERS = cases_of!(of_orders!());
    FIND_ORDERS = findings_of!(of_orders!());
    PLAN_CHATS = cases_of!(of_records!("chat_messages"));
    FIND_CHATS = findings_of!(of_records!("chat_messages"));
    PLAN_CALLS = cases_of!(of_records!("calls"));
    FIND_CALLS = findings_of!(of_records!("calls"));
    PLAN_AFTER_SALES = cases_of!(of_records!("after_sales"));
    FIND_AFTER_SALES = findings_of!(of_records!("after_sales"));
}

async fn renew(
    tx: &mut Tx<'_>,
    scope: &Scope,
    [plans, findings]: [Statement; 2],
    ids: Value<'_>,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.execute(plans, values![scope.tenant, ids.clone(), now]).await?;
    tx.execute(findings, values![scope.tenant, ids]).await.map(drop)
}

/// Reviews that go or change: the plans and findings of them and of other reviews of their orders.
///
/// # Errors
/// The database's error.
pub async fn renew_of_reviews(
    tx: &mut Tx<'_>,
    scope: &Scope,
    reviews: &[ReviewId],
) -> Result<(), StoreError> {
    renew(tx, scope, [PLAN_REVIEWS, FIND_REVIEWS], reviews.into()).await
}

/// Orders that go or change.
///
/// # Errors
/// The database's error.
pub async fn renew_of_orders(tx: &mut Tx<'_>, scope: &Scope, orders: &[OrderId]) -> Result<(), StoreError> {
    renew(tx, scope, [PLAN_ORDERS, FIND_ORDERS], orders.into()).await
}

/// Records of one kind that go or change; of kinds that no plan and no finding rests on, nothing.
///
/// # Errors
/// The database's error.
pub async fn renew_of_records(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: RecordKind,
    records: &[RecordId],
) -> Result<(), StoreError> {
    let statements = match kind {
        RecordKind::Chat => [PLAN_CHATS, FIND_CHATS],
        RecordKind::Call => [PLAN_CALLS, FIND_CALLS],
        RecordKind::AfterSale => [PLAN_AFTER_SALES, FIND_AFTER_SALES],
        RecordKind::Shipment | RecordKind::Trace | RecordKind::Figure => return Ok(()),
    };
    renew(tx, scope, statements, records.into()).await
}
