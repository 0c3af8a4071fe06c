//! One case with its events and what belongs to it.

use pingxin_domain::cadence::Attempt;
use pingxin_domain::case::{CaseKind, CaseState, Outcome};
use pingxin_domain::{BuyerId, CaseId, OrderId, Scope};

use super::attempt::read_attempt;
use super::event::{CaseEvent, EventKind};
use super::list::{CaseRow, case_columns, case_joins, read};
use crate::reference::UserRef;
use crate::review::{review_columns, show_tags};
use crate::sql::{statements, values};
use crate::{StoreError, Tx, shop};

/// Another case in a line.
#[derive(Debug, Clone)]
pub struct CaseBrief {
    /// Id.
    pub id: CaseId,
    /// Number within the merchant.
    pub number: u64,
    /// What it is about.
    pub kind: CaseKind,
    /// How far it has come.
    pub state: CaseState,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// 0 to 100.
    pub severity: u8,
    /// Whether it is of the same order; else it is of the same buyer.
    pub same_order: bool,
    /// Whether it goes on in the case it is shown with.
    pub merged_here: bool,
    /// The first words of its review or of what was said, at most 80 characters.
    pub summary: String,
}

/// One case with its events and what belongs to it.
#[derive(Debug, Clone)]
pub struct CaseDetail {
    /// What lists show.
    pub row: CaseRow,
    /// Its buyer.
    pub buyer: Option<BuyerId>,
    /// Its order, where that is stored.
    pub order: Option<OrderId>,
    /// What happened, in order.
    pub events: Vec<CaseEvent>,
    /// Other cases of the same buyer or order, the newest 20.
    pub related: Vec<CaseBrief>,
}

// Look-ups by index rather than one with OR.
macro_rules! cases_around {
    () => {
        "(SELECT c.id FROM cases c WHERE c.tenant_id = $1 AND c.id = $2 AND ($5 OR c.shop_id = ANY($6::uuid[])) \
         UNION SELECT d.id FROM cases d WHERE d.tenant_id = $1 AND ($5 OR d.shop_id = ANY($6::uuid[])) \
         AND d.review_id IN (SELECT x.id FROM reviews x WHERE x.tenant_id = $1 AND x.buyer_id = $3 \
         UNION SELECT y.id FROM reviews y WHERE y.tenant_id = $1 AND y.order_id = $4) \
         UNION SELECT e.id FROM cases e WHERE e.tenant_id = $1 AND ($5 OR e.shop_id = ANY($6::uuid[])) \
         AND e.buyer_id IS NOT NULL AND e.buyer_id = $3 \
         UNION SELECT f.id FROM orders z JOIN cases f ON f.tenant_id = z.tenant_id AND f.shop_id = z.shop_id \
         AND f.order_number = z.order_number WHERE z.tenant_id = $1 AND z.id = $4 \
         AND ($5 OR f.shop_id = ANY($6::uuid[])))"
    };
}

statements! {
    SAID = concat!("SELECT e.seq, e.at, e.kind, e.actor_user_id, e.body FROM case_events e WHERE e.tenant_id = $1 \
        AND e.kind IN ('note', 'message') AND e.case_id IN ", cases_around!(), " ORDER BY e.at DESC LIMIT 500");
    CONTACTED = concat!("SELECT a.at, a.channel, a.result FROM contact_attempts a WHERE a.tenant_id = $1 \
        AND a.withdrawn_at IS NULL AND a.case_id IN ", cases_around!(), " ORDER BY a.at DESC LIMIT 500");
    GET = concat!("SELECT coalesce(r.buyer_id, c.buyer_id), coalesce(r.order_id, (SELECT o.id FROM orders o \
        WHERE o.tenant_id = c.tenant_id AND o.shop_id = c.shop_id AND o.order_number = c.order_number)), ",
        case_columns!(), " FROM cases c", case_joins!(),
        " WHERE c.tenant_id = $1 AND c.id = $2 AND ($3 OR c.shop_id = ANY($4::uuid[]))");
    EVENTS = "SELECT e.seq, e.at, e.kind, e.actor_user_id, u.display_name, e.body FROM case_events e \
        LEFT JOIN users u ON u.tenant_id = e.tenant_id AND u.id = e.actor_user_id \
        WHERE e.tenant_id = $1 AND e.case_id = $2 ORDER BY e.seq";
    // Two look-ups by index rather than one with OR.
    RELATED = concat!("SELECT c.id, c.number, c.kind, c.state, c.outcome, c.severity, coalesce(r.order_id = $4, \
        c.order_number = (SELECT o.order_number FROM orders o WHERE o.tenant_id = $1 AND o.id = $4), $7), \
        coalesce(c.merged_into = $2, $7), r.title, coalesce(r.text, m.text, '') FROM cases c LEFT JOIN reviews r \
        ON r.tenant_id = c.tenant_id AND r.id = c.review_id LEFT JOIN case_matters m ON m.tenant_id = c.tenant_id \
        AND m.case_id = c.id WHERE c.tenant_id = $1 AND c.id <> $2 AND c.id IN ", cases_around!(), " ORDER BY c.number DESC LIMIT 20");
}

/// One case within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: CaseId) -> Result<Option<CaseDetail>, StoreError> {
    let keys = tx.keys();
    let [all, shops] = shop::bounds(scope);
    let bounded = vec![scope.tenant.into(), id.into(), all.clone(), shops.clone()];
    let Some(found) = tx.first(GET, bounded).await? else { return Ok(None) };
    let mut columns = found.columns();
    let (buyer, order): (Option<BuyerId>, Option<OrderId>) = (columns.opt_id()?, columns.opt_id()?);
    let mut row = read(&mut columns, scope, &keys)?;
    show_tags(tx, scope, row.review.iter_mut()).await?;
    let mut events = Vec::new();
    for found in tx.all(EVENTS, values![scope.tenant, id]).await? {
        let mut columns = found.columns();
        let (seq, at) = (columns.small()?, columns.instant()?);
        let kind = columns.code(EventKind::from_code)?;
        let actor = UserRef::read(&mut columns)?;
        events.push(CaseEvent { seq, at, kind, actor, body: columns.json()? });
    }
    let mut related = Vec::new();
    if buyer.is_some() || order.is_some() {
        let mut row = values![scope.tenant, id, buyer, order];
        row.extend([all, shops]);
        row.push(false.into());
        for found in tx.all(RELATED, row).await? {
            let mut columns = found.columns();
            let (id, number) = (columns.id()?, columns.unsigned()?);
            let kind = columns.code(CaseKind::from_code)?;
            let state = columns.code(CaseState::from_code)?;
            let (outcome, severity) = (columns.opt_code(Outcome::from_code)?, columns.byte()?);
            let (same_order, merged_here) = (columns.bool()?, columns.bool()?);
            let (title, text) = (columns.opt_text()?, columns.text()?);
            let words = if text.is_empty() { title.unwrap_or_default() } else { text };
            let summary = words.chars().take(80).collect();
            related.push(CaseBrief {
                id,
                number,
                kind,
                state,
                outcome,
                severity,
                same_order,
                merged_here,
                summary,
            });
        }
    }
    Ok(Some(CaseDetail { row, buyer, order, events, related }))
}

/// The contacts that people logged at a case and at the others of the same buyer or order, the newest 500 first.
///
/// # Errors
/// The database's error.
pub async fn contacted(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: Option<CaseId>,
    buyer: Option<BuyerId>,
    order: Option<OrderId>,
) -> Result<Vec<Attempt>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let mut row = values![scope.tenant, case, buyer, order];
    row.extend([all, shops]);
    let rows = tx.all(CONTACTED, row).await?;
    rows.iter().map(|row| read_attempt(&mut row.columns())).collect()
}

/// What was noted and sent in a case and in the others of the same buyer or order, the newest 500 first; without names.
///
/// # Errors
/// The database's error.
pub async fn said(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: Option<CaseId>,
    buyer: Option<BuyerId>,
    order: Option<OrderId>,
) -> Result<Vec<CaseEvent>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let mut row = values![scope.tenant, case, buyer, order];
    row.extend([all, shops]);
    let rows = tx.all(SAID, row).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (seq, at) = (columns.small()?, columns.instant()?);
            let kind = columns.code(EventKind::from_code)?;
            let actor = columns.opt_id()?.map(|id| UserRef { id, name: String::new() });
            Ok(CaseEvent { seq, at, kind, actor, body: columns.json()? })
        })
        .collect()
}
