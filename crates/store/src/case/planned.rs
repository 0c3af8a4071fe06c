//! What the plan of a case is made from, for many cases at once, and what lists show of it.

use std::collections::{BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::cadence::{Attempt, CallRecord, MessageRecord};
use pingxin_domain::call::{CallDirection, CallResult};
use pingxin_domain::case::{CaseKind, Life, Matter};
use pingxin_domain::chat::ChatSide;
use pingxin_domain::clock::Summary;
use pingxin_domain::guard::Channel;
use pingxin_domain::plan::{Horizon, Stated};
use pingxin_domain::playbook::StepCode;
use pingxin_domain::{BuyerId, CaseId, Object, Platform, ReviewId, Scope, ShopId, TenantId};
use pingxin_language::{Cause, Fault, Signal};
use serde::Deserialize;

use super::attempt::read_attempt;
use super::change::{life_columns, read_life};
use super::matter::read_matter;
use crate::review::{self, Happened};
use crate::sql::{Columns, Statement, statements, values};
use crate::{StoreError, Tx, shop};

/// How long before and after its review a buyer's messages and calls belong to it when they name no order; as for the page
/// of a case (`record/case.rs`).
const AROUND: SignedDuration = SignedDuration::from_hours(60 * 24);

/// Everything stored that the plan of a case is made from.
#[derive(Debug, Clone)]
pub struct CaseKnown {
    /// Which.
    pub id: CaseId,
    /// Its shop.
    pub shop: ShopId,
    /// What it is about.
    pub kind: CaseKind,
    /// What was asked, until when, of one without a review.
    pub matter: Matter,
    /// Its review.
    pub review: Option<ReviewId>,
    /// How it stands.
    pub life: Life,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// Grows with every change.
    pub version: u64,
    /// Where the shop stands.
    pub platform: Platform,
    /// The shop's zone, an IANA name.
    pub timezone: String,
    /// What the buyer left.
    pub object: Option<Object>,
    /// When he wrote it.
    pub created: Option<Timestamp>,
    /// When the desk first saw it.
    pub imported: Option<Timestamp>,
    /// Photos and videos with it.
    pub photos: u32,
    /// What it complains of.
    pub cause: Option<Cause>,
    /// Whose fault.
    pub fault: Option<Fault>,
    /// What needs care in its words.
    pub signals: Vec<Signal>,
    /// The buyer.
    pub buyer: Option<BuyerId>,
    /// Since when he wants no messages.
    pub opted_out_at: Option<Timestamp>,
    /// What happened around its review: the order, a 追评, what was asked for.
    pub happened: Happened,
    /// Contacts that people logged, also at cases that go on in this one.
    pub logged: Vec<Attempt>,
    /// Calls that files tell of.
    pub calls: Vec<CallRecord>,
    /// Chat messages that files tell of.
    pub messages: Vec<MessageRecord>,
    /// When the shop replied in public, as people noted.
    pub replies: Vec<Timestamp>,
    /// What a person said last.
    pub stated: Stated,
    /// Steps that are ticked off.
    pub done: BTreeSet<StepCode>,
}

// Two look-ups by index rather than one with OR. What names another order is of that one.
macro_rules! belonging {
    ($table:literal, $at:literal, $columns:literal) => {
        concat!(
            "SELECT c.id, ",
            $columns,
            " FROM cases c LEFT JOIN reviews r ON r.tenant_id = c.tenant_id \
             AND r.id = c.review_id JOIN ",
            $table,
            " k ON k.tenant_id = c.tenant_id AND k.shop_id = c.shop_id \
             AND k.order_number = coalesce(r.order_number, c.order_number) \
             WHERE c.tenant_id = $1 AND c.id = ANY($2::uuid[]) UNION SELECT c.id, ",
            $columns,
            " FROM cases c LEFT JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
             LEFT JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id \
             JOIN ",
            $table,
            " k ON k.tenant_id = c.tenant_id AND k.buyer_id = coalesce(r.buyer_id, o.buyer_id, c.buyer_id) \
             AND k.shop_id = c.shop_id AND k.order_number IS NULL \
             AND k.",
            $at,
            " >= coalesce(r.created_at, r.imported_at, c.opened_at) - $3 \
             AND k.",
            $at,
            " < coalesce(r.created_at, r.imported_at, c.opened_at) + $3 \
             WHERE c.tenant_id = $1 AND c.id = ANY($2::uuid[])"
        )
    };
}

statements! {
    KNOWN = concat!("SELECT c.id, c.shop_id, ", life_columns!(), ", c.opened_at, c.closed_at, c.version, s.platform, \
        s.timezone, c.kind, m.dispute, m.asked, m.amount_minor, m.currency, m.asked_at, m.came_by, coalesce(m.text, ''), \
        m.due_at, m.evidence_due_at, c.review_id, r.object, r.created_at, r.imported_at, r.photos, c.primary_cause, c.fault, t.body, b.id, \
        b.opted_out_at FROM cases c \
        LEFT JOIN shops s ON s.tenant_id = c.tenant_id AND s.id = c.shop_id \
        LEFT JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
        LEFT JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id \
        LEFT JOIN buyers b ON b.tenant_id = c.tenant_id AND b.id = coalesce(r.buyer_id, o.buyer_id, c.buyer_id) \
        LEFT JOIN case_matters m ON m.tenant_id = c.tenant_id AND m.case_id = c.id \
        LEFT JOIN triage_results t ON t.tenant_id = r.tenant_id AND t.review_id = r.id AND t.revision = r.revision \
        AND t.at = (SELECT max(x.at) FROM triage_results x WHERE x.tenant_id = r.tenant_id AND x.review_id = r.id \
        AND x.revision = r.revision) \
        WHERE c.tenant_id = $1 AND c.id = ANY($2::uuid[]) AND ($3 OR c.shop_id = ANY($4::uuid[]))");
    LOGGED = "SELECT coalesce(m.merged_into, m.id), a.at, a.channel, a.result FROM cases m JOIN contact_attempts a \
        ON a.tenant_id = m.tenant_id AND a.case_id = m.id WHERE m.tenant_id = $1 AND a.withdrawn_at IS NULL \
        AND m.id IN (SELECT x.id FROM cases x WHERE x.tenant_id = $1 AND x.id = ANY($2::uuid[]) \
        UNION SELECT y.id FROM cases y WHERE y.tenant_id = $1 AND y.merged_into = ANY($2::uuid[])) ORDER BY a.at, a.id";
    CALLS = belonging!("calls", "at", "k.at, k.direction, k.result");
    MESSAGES = belonging!("chat_messages", "at", "k.at, k.side");
    // What somebody noted as sent by hand elsewhere.
    NOTED = "SELECT coalesce(m.merged_into, m.id), e.at, e.body FROM cases m JOIN case_events e ON e.tenant_id = m.tenant_id \
        AND e.case_id = m.id WHERE m.tenant_id = $1 AND e.kind = 'message' \
        AND m.id IN (SELECT x.id FROM cases x WHERE x.tenant_id = $1 AND x.id = ANY($2::uuid[]) \
        UNION SELECT y.id FROM cases y WHERE y.tenant_id = $1 AND y.merged_into = ANY($2::uuid[])) ORDER BY e.at";
    STATED = "SELECT f.case_id, f.body FROM case_facts f WHERE f.tenant_id = $1 AND f.case_id = ANY($2::uuid[]) \
        ORDER BY f.case_id, f.seq";
    STEPS = "SELECT case_id, step FROM case_steps WHERE tenant_id = $1 AND case_id = ANY($2::uuid[])";
    SET_HORIZON = "UPDATE cases SET due_at = $3, next_step = $4, next_contact = $5, next_contact_at = $6, \
        next_contact_until = $7, next_deadline = $8, next_deadline_at = $9, plan_at = $10, clock = $11, clock_due_at = $12, \
        escalated_at = $13 WHERE tenant_id = $1 AND id = $2 AND ($14 OR shop_id = ANY($15::uuid[]))";
    DUE_TENANTS = "SELECT t.id FROM tenants t WHERE EXISTS (SELECT 1 FROM cases c WHERE c.tenant_id = t.id \
        AND c.plan_at IS NOT NULL AND c.plan_at <= $1)";
    DUE = "SELECT id FROM cases WHERE tenant_id = $1 AND plan_at IS NOT NULL AND plan_at <= $2 ORDER BY plan_at LIMIT $3";
    OF_BUYER = "SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND c.id IN (SELECT k.id FROM cases k \
        WHERE k.tenant_id = $1 AND k.review_id IN (SELECT r.id FROM reviews r \
        WHERE r.tenant_id = $1 AND r.buyer_id = $2 UNION SELECT v.id FROM reviews v JOIN orders o \
        ON o.tenant_id = v.tenant_id AND o.id = v.order_id WHERE v.tenant_id = $1 AND o.tenant_id = $1 \
        AND o.buyer_id = $2) UNION SELECT h.id FROM cases h WHERE h.tenant_id = $1 AND h.buyer_id IS NOT NULL \
        AND h.buyer_id = $2) AND ($3 OR c.shop_id = ANY($4::uuid[])) ORDER BY c.number LIMIT 200";
    MARK = "UPDATE cases SET plan_at = $3 WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    MARK_OF_NUMBERS = "UPDATE cases SET plan_at = $4 WHERE tenant_id = $1 AND review_id IN (SELECT r.id FROM reviews r \
        WHERE r.tenant_id = $1 AND r.shop_id = $2 AND r.order_number IS NOT NULL AND r.order_number = ANY($3::text[]) \
        AND (r.facets & 4611686018427387904) <> 0)";
    MARK_UNREVIEWED_OF_NUMBERS = "UPDATE cases SET plan_at = $4 WHERE tenant_id = $1 AND shop_id = $2 \
        AND order_number IS NOT NULL AND order_number = ANY($3::text[])";
    MARK_OF_BUYERS = "UPDATE cases SET plan_at = $3 WHERE tenant_id = $1 AND review_id IN (SELECT r.id FROM reviews r \
        WHERE r.tenant_id = $1 AND r.buyer_id IS NOT NULL AND r.buyer_id = ANY($2::uuid[]) \
        AND (r.facets & 4611686018427387904) <> 0)";
    MARK_UNREVIEWED_OF_BUYERS = "UPDATE cases SET plan_at = $3 WHERE tenant_id = $1 AND buyer_id IS NOT NULL \
        AND buyer_id = ANY($2::uuid[])";
}

/// The signals of a stored triage; everything else of it is passed over.
#[derive(Deserialize)]
struct Signals {
    #[serde(default)]
    signals: Vec<Signal>,
}

/// A message that somebody noted; its words are passed over.
#[derive(Deserialize)]
struct Noted {
    channel: Option<Channel>,
}

fn read_known(columns: &mut Columns<'_>) -> Result<CaseKnown, StoreError> {
    let (id, shop) = (columns.id()?, columns.id()?);
    let life = read_life(columns)?;
    let (opened_at, closed_at, version) = (columns.instant()?, columns.opt_instant()?, columns.unsigned()?);
    let (platform, timezone) = (columns.code(|code| code.parse().ok())?, columns.text()?);
    let (kind, matter) = (columns.code(CaseKind::from_code)?, read_matter(columns)?);
    let (review, object) = (columns.opt_id()?, columns.opt_code(Object::from_code)?);
    let (created, imported) = (columns.opt_instant()?, columns.opt_instant()?);
    let photos = columns.opt_small()?.unwrap_or(0);
    let cause = columns.opt_code(|code| code.parse().ok())?;
    let fault = columns.opt_code(|code| code.parse().ok())?;
    let signals = columns.opt_text()?.and_then(|body| serde_json::from_str::<Signals>(&body).ok());
    let (buyer, opted_out_at) = (columns.opt_id()?, columns.opt_instant()?);
    Ok(CaseKnown {
        id,
        shop,
        kind,
        matter,
        review,
        life,
        opened_at,
        closed_at,
        version,
        platform,
        timezone,
        object,
        created,
        imported,
        photos,
        cause,
        fault,
        signals: signals.map(|read| read.signals).unwrap_or_default(),
        buyer,
        opted_out_at,
        happened: Happened::default(),
        logged: Vec::new(),
        calls: Vec::new(),
        messages: Vec::new(),
        replies: Vec::new(),
        stated: Stated::default(),
        done: BTreeSet::new(),
    })
}

/// What is known of some cases within the scope, in no order.
///
/// # Errors
/// The database's error.
pub async fn known(tx: &mut Tx<'_>, scope: &Scope, cases: &[CaseId]) -> Result<Vec<CaseKnown>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let mut found: HashMap<CaseId, CaseKnown> = HashMap::with_capacity(cases.len());
    for row in tx.all(KNOWN, vec![scope.tenant.into(), cases.into(), all, shops]).await? {
        let case = read_known(&mut row.columns())?;
        found.insert(case.id, case);
    }
    let ids: Vec<CaseId> = found.keys().copied().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let reviews: Vec<ReviewId> = found.values().filter_map(|case| case.review).collect();
    let happened = review::happened(tx, scope, &reviews).await?;
    let orders = review::orders_of_cases(tx, scope, &ids).await?;
    for case in found.values_mut() {
        let around = case.review.and_then(|review| happened.get(&review));
        case.happened = around.copied().unwrap_or_default();
        if let Some(order) = orders.get(&case.id) {
            case.happened.order = *order;
        }
    }
    let of_ids = values![scope.tenant, ids.as_slice()];
    each(tx, &mut found, LOGGED, of_ids.clone(), |case, columns| {
        case.logged.push(read_attempt(columns)?);
        Ok(())
    })
    .await?;
    let near = values![scope.tenant, ids.as_slice(), i64::try_from(AROUND.as_micros()).unwrap_or(i64::MAX)];
    each(tx, &mut found, CALLS, near.clone(), |case, columns| {
        case.calls.push(CallRecord {
            at: columns.instant()?,
            direction: columns.opt_code(CallDirection::from_code)?,
            result: columns.opt_code(CallResult::from_code)?,
        });
        Ok(())
    })
    .await?;
    each(tx, &mut found, MESSAGES, near, |case, columns| {
        case.messages
            .push(MessageRecord { at: columns.instant()?, side: columns.opt_code(ChatSide::from_code)? });
        Ok(())
    })
    .await?;
    each(tx, &mut found, NOTED, of_ids.clone(), |case, columns| {
        let (at, body) = (columns.instant()?, columns.json::<Noted>()?);
        // What stands under a review for everybody contacts nobody.
        if body.channel == Some(Channel::PublicReply) {
            case.replies.push(at);
        } else {
            case.messages.push(MessageRecord { at, side: Some(ChatSide::Seller) });
        }
        Ok(())
    })
    .await?;
    each(tx, &mut found, STATED, of_ids.clone(), |case, columns| {
        case.stated = columns.json()?;
        Ok(())
    })
    .await?;
    each(tx, &mut found, STEPS, of_ids, |case, columns| {
        case.done.insert(columns.code(StepCode::from_code)?);
        Ok(())
    })
    .await?;
    Ok(found.into_values().collect())
}

/// Hands each row of a statement, which begins with the id of a case, to that case.
async fn each(
    tx: &mut Tx<'_>,
    found: &mut HashMap<CaseId, CaseKnown>,
    statement: Statement,
    row: Vec<crate::sql::Value<'_>>,
    take: impl Fn(&mut CaseKnown, &mut Columns<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    for row in tx.all(statement, row).await? {
        let mut columns = row.columns();
        let id = columns.id()?;
        if let Some(case) = found.get_mut(&id) {
            take(case, &mut columns)?;
        }
    }
    Ok(())
}

/// Writes what lists show of the plan and the clocks of a case. It is no change of the case: version and time stay.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn set_horizon(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: CaseId,
    horizon: &Horizon,
    clocks: &Summary,
) -> Result<(), StoreError> {
    let [all, shops] = shop::bounds(scope);
    let mut row = values![
        scope.tenant,
        case,
        horizon.due,
        horizon.step.map(StepCode::code),
        horizon.contact.map(|contact| contact.channel.code()),
        horizon.contact.map(|contact| contact.from),
        horizon.contact.map(|contact| contact.to),
        horizon.deadline.as_ref().map(|deadline| deadline.what.as_str()),
        horizon.deadline.as_ref().map(|deadline| deadline.at),
        [horizon.holds_until, clocks.wakes].into_iter().flatten().min(),
        clocks.next.map(|(kind, _)| kind.code()),
        clocks.next.map(|(_, due)| due),
        clocks.escalated,
    ];
    row.extend([all, shops]);
    tx.change_one(SET_HORIZON, row, "case").await
}

/// Merchants with cases whose plan has to be made anew.
///
/// # Errors
/// The database's error.
pub async fn tenants_due_for_plan(tx: &mut Tx<'_>) -> Result<Vec<TenantId>, StoreError> {
    let now = tx.now();
    let rows = tx.all(DUE_TENANTS, values![now]).await?;
    rows.iter().map(|row| row.columns().id()).collect()
}

/// The cases whose plan has to be made anew, those that wait longest first.
///
/// # Errors
/// The database's error.
pub async fn due_for_plan(tx: &mut Tx<'_>, scope: &Scope, most: u32) -> Result<Vec<CaseId>, StoreError> {
    let now = tx.now();
    let rows = tx.all(DUE, values![scope.tenant, now, most]).await?;
    rows.iter().map(|row| row.columns().id()).collect()
}

/// The cases of a buyer, by his reviews and by his orders, in the order of their numbers; at most 200.
///
/// # Errors
/// The database's error.
pub async fn of_buyer(tx: &mut Tx<'_>, scope: &Scope, buyer: BuyerId) -> Result<Vec<CaseId>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let rows = tx.all(OF_BUYER, vec![scope.tenant.into(), buyer.into(), all, shops]).await?;
    rows.iter().map(|row| row.columns().id()).collect()
}

/// Notes that the plans of these cases have to be made anew: one of their facts has changed.
///
/// # Errors
/// The database's error.
pub async fn mark_for_plan(tx: &mut Tx<'_>, scope: &Scope, cases: &[CaseId]) -> Result<(), StoreError> {
    if cases.is_empty() {
        return Ok(());
    }
    let now = tx.now();
    tx.execute(MARK, values![scope.tenant, cases, now]).await.map(drop)
}

/// Whose cases have new facts.
#[derive(Debug, Clone, Copy, Default)]
pub struct MarkOf<'a> {
    /// Orders that something was told of.
    pub orders: &'a [&'a str],
    /// Buyers of whom something was told.
    pub buyers: &'a [BuyerId],
}

/// The same of the cases of orders and buyers of a shop, ended ones too: a message may open them again.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn mark_of_records(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    of: MarkOf<'_>,
) -> Result<(), StoreError> {
    shop::require(scope, shop)?;
    let now = tx.now();
    if !of.orders.is_empty() {
        tx.execute(MARK_OF_NUMBERS, values![scope.tenant, shop, of.orders, now]).await?;
        tx.execute(MARK_UNREVIEWED_OF_NUMBERS, values![scope.tenant, shop, of.orders, now]).await?;
    }
    if !of.buyers.is_empty() {
        tx.execute(MARK_OF_BUYERS, values![scope.tenant, of.buyers, now]).await?;
        tx.execute(MARK_UNREVIEWED_OF_BUYERS, values![scope.tenant, of.buyers, now]).await?;
    }
    Ok(())
}
