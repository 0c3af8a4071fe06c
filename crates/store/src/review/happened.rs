//! What happened around reviews, for the rules that count from it: the order, a 追评, what was asked for. The removal engine
//! and the plan of a case both read it here, so that they say the same of a review.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::after_sale::{AfterSaleKind, AfterSaleState};
use pingxin_domain::order::{Fulfilment, OrderFacts, OrderState};
use pingxin_domain::plan::Stated;
use pingxin_domain::{CaseId, Money, ReviewId, Scope};

use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, shop};

/// How long before and after its review a buyer's after-sale belongs to it when it names no order; as for the page of a
/// case (`record/case.rs`).
const AROUND: SignedDuration = SignedDuration::from_hours(60 * 24);

/// What happened around a review. What is absent has not happened, or nobody knows when.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Happened {
    /// The order: what files say, else what people have stated.
    pub order: OrderFacts,
    /// When the buyer first wrote a 追评 to the same order; never of a 追评 itself.
    pub followed_up: Option<Timestamp>,
    /// When the removal was asked for whose answer is awaited.
    pub removal_requested: Option<Timestamp>,
    /// The newest after-sale that is not over: what is asked for, and when.
    pub asked: Option<(Option<AfterSaleKind>, Option<Timestamp>)>,
    /// When a refund or a return was asked for: what a person states of the case, else the after-sale.
    pub refund_requested: Option<Timestamp>,
}

statements! {
    ORDERS = "SELECT r.id, o.placed_at, o.promised_at, o.shipped_at, o.delivered_at, o.completed_at, o.state, \
        coalesce(o.fulfilled_by, f.fulfilled_by), coalesce(o.buy_shipping, f.buy_shipping), \
        coalesce(o.shipped_on_time, f.shipped_on_time), coalesce(o.both_rated, f.both_rated), o.amount_minor, o.currency, \
        (SELECT min(v.created_at) FROM reviews v WHERE v.tenant_id = r.tenant_id AND v.order_id = r.order_id \
        AND v.object = 'followup' AND r.object = 'review'), \
        (SELECT max(q.filed_at) FROM removal_requests q WHERE q.tenant_id = r.tenant_id AND q.review_id = r.id \
        AND q.state IN ('filed', 'appealed')) FROM reviews r \
        LEFT JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id \
        LEFT JOIN removal_facts f ON f.tenant_id = r.tenant_id AND f.review_id = r.id \
        WHERE r.tenant_id = $1 AND r.id = ANY($2::uuid[]) AND ($3 OR r.shop_id = ANY($4::uuid[]))";
    ORDERS_OF_CASES = "SELECT c.id, o.placed_at, o.promised_at, o.shipped_at, o.delivered_at, o.completed_at, o.state, \
        o.fulfilled_by, o.buy_shipping, o.shipped_on_time, o.both_rated, o.amount_minor, o.currency FROM cases c \
        JOIN orders o ON o.tenant_id = c.tenant_id AND o.shop_id = c.shop_id AND o.order_number = c.order_number \
        WHERE c.tenant_id = $1 AND c.id = ANY($2::uuid[]) AND ($3 OR c.shop_id = ANY($4::uuid[]))";
    // Two look-ups by index rather than one with OR. What names another order is of that one.
    AFTER_SALES = "SELECT r.id, k.requested_at, k.kind, k.state FROM reviews r JOIN after_sales k \
        ON k.tenant_id = r.tenant_id AND k.shop_id = r.shop_id AND k.order_number = r.order_number \
        WHERE r.tenant_id = $1 AND r.id = ANY($2::uuid[]) UNION SELECT r.id, k.requested_at, k.kind, k.state FROM reviews r \
        LEFT JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id JOIN after_sales k \
        ON k.tenant_id = r.tenant_id AND k.buyer_id = coalesce(r.buyer_id, o.buyer_id) AND k.shop_id = r.shop_id \
        AND k.order_number IS NULL AND k.requested_at >= coalesce(r.created_at, r.imported_at) - $3 \
        AND k.requested_at < coalesce(r.created_at, r.imported_at) + $3 \
        WHERE r.tenant_id = $1 AND r.id = ANY($2::uuid[])";
    STATED = "SELECT c.review_id, f.body FROM cases c JOIN case_facts f ON f.tenant_id = c.tenant_id AND f.case_id = c.id \
        WHERE c.tenant_id = $1 AND c.review_id = ANY($2::uuid[]) ORDER BY c.review_id, f.seq";
    // Whoever ticked the mutual rating off says that both have rated.
    RATED = "SELECT c.review_id FROM cases c JOIN case_steps s ON s.tenant_id = c.tenant_id AND s.case_id = c.id \
        WHERE c.tenant_id = $1 AND c.review_id = ANY($2::uuid[]) AND s.step = 'rate_buyer'";
}

fn read_order(columns: &mut Columns<'_>) -> Result<OrderFacts, StoreError> {
    let mut order = OrderFacts {
        placed: columns.opt_instant()?,
        promised: columns.opt_instant()?,
        shipped: columns.opt_instant()?,
        delivered: columns.opt_instant()?,
        completed: columns.opt_instant()?,
        state: columns.opt_code(OrderState::from_code)?,
        fulfilled_by: columns.opt_code(Fulfilment::from_code)?,
        buy_shipping: columns.opt_bool()?,
        shipped_on_time: columns.opt_bool()?,
        both_rated: columns.opt_bool()?,
        amount: None,
    };
    let minor = columns.opt_int()?;
    let currency = columns.opt_code(|code| code.parse().ok())?;
    order.amount = minor.zip(currency).map(|(minor, currency)| Money { minor, currency });
    Ok(order)
}

/// The orders of some cases without a review, as far as they are stored.
///
/// # Errors
/// The database's error.
pub(crate) async fn orders_of_cases(
    tx: &mut Tx<'_>,
    scope: &Scope,
    cases: &[CaseId],
) -> Result<HashMap<CaseId, OrderFacts>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let rows = tx.all(ORDERS_OF_CASES, vec![scope.tenant.into(), cases.into(), all, shops]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, read_order(&mut columns)?))
        })
        .collect()
}

/// What happened around each of some reviews within the scope.
///
/// # Errors
/// The database's error.
pub async fn happened(
    tx: &mut Tx<'_>,
    scope: &Scope,
    reviews: &[ReviewId],
) -> Result<HashMap<ReviewId, Happened>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let mut found: HashMap<ReviewId, Happened> = HashMap::with_capacity(reviews.len());
    for row in tx.all(ORDERS, vec![scope.tenant.into(), reviews.into(), all, shops]).await? {
        let mut columns = row.columns();
        let id = columns.id()?;
        let order = read_order(&mut columns)?;
        let (followed_up, removal_requested) = (columns.opt_instant()?, columns.opt_instant()?);
        found.insert(id, Happened { order, followed_up, removal_requested, ..Happened::default() });
    }
    let ids: Vec<ReviewId> = found.keys().copied().collect();
    if ids.is_empty() {
        return Ok(found);
    }
    let near = values![scope.tenant, ids.as_slice(), i64::try_from(AROUND.as_micros()).unwrap_or(i64::MAX)];
    for row in tx.all(AFTER_SALES, near).await? {
        let mut columns = row.columns();
        let id: ReviewId = columns.id()?;
        let (asked, kind) = (columns.opt_instant()?, columns.opt_code(AfterSaleKind::from_code)?);
        let state = columns.opt_code(AfterSaleState::from_code)?;
        let is_over = matches!(state, Some(AfterSaleState::Closed | AfterSaleState::Done));
        if let Some(happened) = found.get_mut(&id)
            && !is_over
            && happened.asked.is_none_or(|(_, last)| last <= asked)
        {
            happened.asked = Some((kind, asked));
            happened.refund_requested = asked;
        }
    }
    let mut stated: HashMap<ReviewId, Stated> = HashMap::new();
    for row in tx.all(STATED, values![scope.tenant, ids.as_slice()]).await? {
        let mut columns = row.columns();
        stated.insert(columns.id()?, columns.json()?);
    }
    for (id, stated) in stated {
        if let Some(happened) = found.get_mut(&id) {
            happened.refund_requested = stated.requested.or(happened.refund_requested);
        }
    }
    for row in tx.all(RATED, values![scope.tenant, ids.as_slice()]).await? {
        if let Some(happened) = found.get_mut(&row.columns().id()?) {
            happened.order.both_rated = Some(true);
        }
    }
    Ok(found)
}
