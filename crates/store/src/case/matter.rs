//! What cases without a review are about, and opening them.

use jiff::Timestamp;
use pingxin_domain::aftersales::Request;
use pingxin_domain::case::{CameBy, CaseKind, CaseState, DisputeKind, Matter};
use pingxin_domain::triage::CaseReason;
use pingxin_domain::{BuyerId, CaseId, Money, RecordId, Scope, ShopId};
use pingxin_language::Cause;
use serde_json::json;

use super::event::EventKind;
use crate::reference::CaseRef;
use crate::review::read_buyer;
use crate::sealed::Keys;
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, automation, facets, identifier, shop};

/// What a case without a review is about, with what it hangs on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseMatter {
    /// Of which order.
    pub order_number: Option<String>,
    /// Of which buyer.
    pub buyer: Option<BuyerId>,
    /// His nick, open: mask it before it is shown.
    pub buyer_nick: Option<String>,
    /// What was asked, until when, and in which words.
    pub matter: Matter,
    /// The record of the platform that it was opened from.
    pub after_sale: Option<RecordId>,
}

/// A case without a review that is to be opened.
#[derive(Debug, Clone)]
pub struct MatterOpen<'a> {
    /// What it is about.
    pub kind: CaseKind,
    /// Its shop.
    pub shop: ShopId,
    /// Of which order.
    pub order_number: Option<&'a str>,
    /// Of which buyer.
    pub buyer: Option<BuyerId>,
    /// What it complains of.
    pub cause: Option<Cause>,
    /// 0 to 100.
    pub severity: u8,
    /// The rest.
    pub matter: &'a Matter,
    /// The record that it is opened from.
    pub after_sale: Option<RecordId>,
    /// By which the caller knows this opening again.
    pub request_key: Option<&'a str>,
}

/// The columns that [`read`] reads, of a case `c`, its matter `m` and its buyer `b`.
macro_rules! matter_columns {
    () => {
        "c.order_number, b.id, b.nick_sealed, m.dispute, m.asked, m.amount_minor, m.currency, m.asked_at, m.came_by, \
         coalesce(m.text, ''), m.due_at, m.evidence_due_at, m.after_sale_id"
    };
}
pub(super) use matter_columns;

/// Reads [`matter_columns`].
pub(super) fn read(row: &mut Columns<'_>, scope: &Scope, keys: &Keys) -> Result<CaseMatter, StoreError> {
    let order_number = row.opt_text()?;
    let (buyer, buyer_nick) = read_buyer(row, scope, keys)?;
    let matter = read_matter(row)?;
    Ok(CaseMatter { order_number, buyer, buyer_nick, matter, after_sale: row.opt_id()? })
}

/// Reads from the dispute to the last time for proof.
pub(super) fn read_matter(row: &mut Columns<'_>) -> Result<Matter, StoreError> {
    let (dispute, asked) = (row.opt_code(DisputeKind::from_code)?, row.opt_code(Request::from_code)?);
    let (minor, currency) = (row.opt_int()?, row.opt_code(|code| code.parse().ok())?);
    Ok(Matter {
        dispute,
        asked,
        amount: minor.zip(currency).map(|(minor, currency)| Money { minor, currency }),
        asked_at: row.opt_instant()?,
        came_by: row.opt_code(CameBy::from_code)?,
        text: row.text()?,
        due: row.opt_instant()?,
        evidence_due: row.opt_instant()?,
    })
}

statements! {
    TAKE_NUMBER = "UPDATE tenants SET last_case_number = last_case_number + 1 WHERE id = $1 RETURNING last_case_number";
    SHOP_NUMBER = "SELECT number FROM shops WHERE tenant_id = $1 AND id = $2";
    OPEN = "INSERT INTO cases (tenant_id, id, number, kind, shop_id, order_number, buyer_id, position, facets, state, live, \
        reason, severity, primary_cause, opened_at, updated_at, plan_at, last_event, version) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, 'open', $9, $10, $11, $12, $13, $13, $13, 1, 1)";
    ADD_MATTER = "INSERT INTO case_matters (tenant_id, case_id, dispute, asked, amount_minor, currency, asked_at, came_by, \
        text, due_at, evidence_due_at, after_sale_id, request_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    FIRST_EVENT = "INSERT INTO case_events (tenant_id, case_id, seq, at, kind, actor_user_id, body) \
        VALUES ($1, $2, 1, $3, $4, $5, $6)";
    OF_KEY = "SELECT c.id, c.number, c.state, c.owner_user_id FROM case_matters m JOIN cases c ON c.tenant_id = m.tenant_id \
        AND c.id = m.case_id WHERE m.tenant_id = $1 AND m.request_key = $2 AND ($3 OR c.shop_id = ANY($4::uuid[]))";
    // Two look-ups by index rather than one with OR. Of one order there is one open case of a kind; without an order, of one
    // buyer.
    LIVE_OF = "SELECT c.id, c.number, c.state, c.owner_user_id FROM cases c WHERE c.tenant_id = $1 AND c.id IN (\
        SELECT a.id FROM cases a WHERE a.tenant_id = $1 AND a.order_number IS NOT NULL AND a.order_number = $4 \
        UNION SELECT d.id FROM cases d WHERE d.tenant_id = $1 AND d.buyer_id IS NOT NULL AND d.buyer_id = $5 \
        AND d.order_number IS NULL UNION SELECT m.case_id FROM case_matters m WHERE m.tenant_id = $1 \
        AND m.after_sale_id IS NOT NULL AND m.after_sale_id = $6) \
        AND c.shop_id = $2 AND c.kind = $3 AND (c.live OR c.id IN (SELECT x.case_id FROM case_matters x \
        WHERE x.tenant_id = $1 AND x.after_sale_id IS NOT NULL AND x.after_sale_id = $6)) \
        AND ($7 OR c.shop_id = ANY($8::uuid[])) ORDER BY c.number DESC LIMIT 1";
    ORDER_BUYER = "SELECT buyer_id FROM orders WHERE tenant_id = $1 AND shop_id = $2 AND order_number = $3";
}

fn read_ref(columns: &mut Columns<'_>) -> Result<CaseRef, StoreError> {
    Ok(CaseRef {
        id: columns.id()?,
        number: columns.unsigned()?,
        state: columns.code(CaseState::from_code)?,
        owner: columns.opt_id()?,
    })
}

/// The case that was opened under a key of the caller's.
///
/// # Errors
/// The database's error.
pub async fn of_request_key(
    tx: &mut Tx<'_>,
    scope: &Scope,
    key: &str,
) -> Result<Option<CaseRef>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let mut row = values![scope.tenant, key];
    row.extend([all, shops]);
    tx.first(OF_KEY, row).await?.map(|row| read_ref(&mut row.columns())).transpose()
}

/// The live case of the same kind for the same order (without one, for the same buyer), or the one that was opened from the
/// same record, alive or not.
///
/// # Errors
/// The database's error.
pub async fn same_matter(
    tx: &mut Tx<'_>,
    scope: &Scope,
    new: &MatterOpen<'_>,
) -> Result<Option<CaseRef>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let buyer = new.buyer.filter(|_| new.order_number.is_none());
    let mut row = values![scope.tenant, new.shop, new.kind.code(), new.order_number, buyer, new.after_sale];
    row.extend([all, shops]);
    tx.first(LIVE_OF, row).await?.map(|row| read_ref(&mut row.columns())).transpose()
}

/// Whose an order is, where it is stored and says so.
///
/// # Errors
/// The database's error.
pub async fn buyer_of_order(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    number: &str,
) -> Result<Option<BuyerId>, StoreError> {
    shop::require(scope, shop)?;
    let row = tx.first(ORDER_BUYER, values![scope.tenant, shop, number]).await?;
    row.map_or(Ok(None), |row| row.columns().opt_id())
}

/// Opens a case without a review, with its first event.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope; [`StoreError::Conflict`] over "case" when the key or the record
/// has one already.
pub async fn open_matter(
    tx: &mut Tx<'_>,
    scope: &Scope,
    new: &MatterOpen<'_>,
    at: Timestamp,
) -> Result<CaseRef, StoreError> {
    shop::require(scope, new.shop)?;
    let row = tx.first(SHOP_NUMBER, values![scope.tenant, new.shop]).await?;
    let shop_number = row.ok_or(StoreError::NotFound { what: "shop" })?.columns().int()?;
    let row = tx.first(TAKE_NUMBER, values![scope.tenant]).await?;
    let number = row.ok_or(StoreError::NotFound { what: "tenant" })?.columns().unsigned()?;
    let id = identifier::fresh::<CaseId>();
    let causes: Vec<Cause> = new.cause.into_iter().collect();
    let bits = facets::of_matter(shop_number, new.severity, &causes);
    let reason = CaseReason::ByHand.as_str();
    let row = values![
        scope.tenant,
        id,
        number,
        new.kind.code(),
        new.shop,
        new.order_number,
        new.buyer,
        bits,
        true,
        reason,
        new.severity,
        new.cause.map(|cause| cause.as_str()),
        at,
    ];
    tx.execute(OPEN, row).await?;
    let Matter { dispute, asked, amount, asked_at, came_by, text, due, evidence_due } = new.matter;
    let row = values![
        scope.tenant,
        id,
        dispute.map(DisputeKind::code),
        asked.map(Request::code),
        amount.map(|amount| amount.minor),
        amount.map(|amount| amount.currency.as_str().to_owned()),
        *asked_at,
        came_by.map(CameBy::code),
        text.as_str(),
        *due,
        *evidence_due,
        new.after_sale,
        new.request_key,
    ];
    tx.execute(ADD_MATTER, row).await.map_err(|error| error.or_conflict("case"))?;
    let body = json!({ "reason": reason, "kind": new.kind.code() }).to_string();
    tx.execute(FIRST_EVENT, values![scope.tenant, id, at, EventKind::Opened.code(), scope.user(), body])
        .await?;
    automation::queue_opened(tx, scope, &[(id, None)]).await?;
    Ok(CaseRef { id, number, state: CaseState::Open, owner: None })
}
