//! What the guard says of each message that the shop sent in chats that were brought in.

use std::iter::repeat_n;

use jiff::Timestamp;
use jiff::civil::Date;
use pingxin_domain::guard::{Finding, Severity};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::{IncomingChatMessage, IncomingRecord, RecordKind};
use pingxin_domain::{BatchId, BuyerId, CaseId, RecordId, Scope, ShopId, TenantId};

use crate::page::{Cursor, Page, page_limit};
use crate::record::table::Table;
use crate::reference::ShopRef;
use crate::sealed::{Keys, Place};
use crate::sql::{Built, Bulk, Statement, statements, values};
use crate::{StoreError, Tx, shop};

/// Messages of one conversation at most; a longer one is cut at its older end.
pub const MOST: u32 = 5_000;
/// Rows of a report at most: agents times days.
const MOST_ROWS: u32 = 2_000;

/// Messages that belong together: those of an order, else of a buyer, else of one import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// The shop.
    pub shop: ShopId,
    /// The order.
    pub order_number: Option<String>,
    /// The buyer.
    pub buyer: Option<BuyerId>,
}

/// A message of a conversation.
#[derive(Debug, Clone)]
pub struct Message {
    /// Id.
    pub id: RecordId,
    /// What was said.
    pub message: IncomingChatMessage,
    /// Whether the import that is asked about has brought or seen it.
    pub of_batch: bool,
}

/// What the guard says of one message.
#[derive(Debug, Clone)]
pub struct NewCheck<'a> {
    /// Which.
    pub message: RecordId,
    /// When it was said.
    pub at: Timestamp,
    /// The shop's day then.
    pub day: Date,
    /// Who spoke; empty when the file does not tell.
    pub agent: &'a str,
    /// The worst of it; none when nothing is wrong.
    pub worst: Option<Severity>,
    /// What is wrong.
    pub findings: &'a [Finding],
}

/// Which checks. What is not given is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckFilter {
    /// Of this shop.
    pub shop: Option<ShopId>,
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day.
    pub to: Option<Date>,
    /// Where this person or account spoke.
    pub agent: Option<String>,
}

/// What one agent said on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentDay {
    /// The shop.
    pub shop: ShopRef,
    /// The shop's day, `YYYY-MM-DD`.
    pub day: String,
    /// Who spoke; empty when the file does not tell.
    pub agent: String,
    /// Messages that were checked.
    pub messages: u64,
    /// Those among them with a warning at worst.
    pub warned: u64,
    /// Those that a supervisor should have seen.
    pub held: u64,
    /// Those that should never have been sent.
    pub blocked: u64,
}

/// A message with something wrong.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// Which.
    pub id: RecordId,
    /// The shop.
    pub shop: ShopRef,
    /// When.
    pub at: Timestamp,
    /// The shop's day.
    pub day: String,
    /// Who spoke.
    pub agent: String,
    /// The worst of it.
    pub worst: Severity,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// What was said.
    pub message: IncomingChatMessage,
    /// The case of the same order or buyer, when there is one.
    pub case: Option<CaseId>,
}

statements! {
    CONVERSATIONS = "SELECT DISTINCT shop_id, order_number, buyer_id FROM (SELECT shop_id, order_number, \
        CASE WHEN order_number IS NULL THEN buyer_id END AS buyer_id FROM chat_messages \
        WHERE tenant_id = $1 AND batch_id = $2) found LIMIT 200000";
    OF_ORDER = "SELECT id, body_sealed, coalesce(batch_id = $4, FALSE) FROM chat_messages WHERE tenant_id = $1 AND shop_id = $2 \
        AND order_number = $3 ORDER BY at DESC, id DESC LIMIT $5";
    OF_BUYER = "SELECT id, body_sealed, coalesce(batch_id = $4, FALSE) FROM chat_messages WHERE tenant_id = $1 AND shop_id = $2 \
        AND buyer_id = $3 AND order_number IS NULL ORDER BY at DESC, id DESC LIMIT $5";
    OF_BATCH = "SELECT id, body_sealed, TRUE FROM chat_messages WHERE tenant_id = $1 AND shop_id = $2 AND batch_id = $3 \
        AND order_number IS NULL AND buyer_id IS NULL ORDER BY at DESC, id DESC LIMIT $4";
    // Ended imports that brought what the shop said, of which nothing was ever checked.
    UNCHECKED = "SELECT b.tenant_id, b.id FROM import_batches b WHERE b.state IN ('done', 'cancelled', 'failed') \
        AND NOT b.dry_run AND EXISTS (SELECT 1 FROM chat_messages m WHERE m.tenant_id = b.tenant_id AND m.batch_id = b.id \
        AND m.side = 'seller') AND NOT EXISTS (SELECT 1 FROM chat_messages n JOIN chat_checks c \
        ON c.tenant_id = n.tenant_id AND c.record_id = n.id WHERE n.tenant_id = b.tenant_id AND n.batch_id = b.id) \
        ORDER BY b.id LIMIT $1";
    BROUGHT = "SELECT EXISTS (SELECT 1 FROM chat_messages WHERE tenant_id = $1 AND batch_id = $2 AND side = 'seller')";
    FINDINGS = "SELECT record_id, findings FROM chat_checks WHERE tenant_id = $1 AND record_id = ANY($2::uuid[])";
    ONE = "SELECT shop_id, order_number, buyer_id, batch_id FROM chat_messages WHERE tenant_id = $1 AND id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[]))";
}

/// Filters that use every condition.
pub(crate) fn sample_filters() -> [CheckFilter; 2] {
    let day = Some(Date::constant(2026, 1, 1));
    let all =
        CheckFilter { shop: Some(crate::identifier::fresh()), from: day, to: day, agent: Some("x".into()) };
    [CheckFilter::default(), all]
}

/// Whether an import has brought anything that a shop said.
///
/// # Errors
/// The database's error.
pub async fn has_brought(tx: &mut Tx<'_>, scope: &Scope, import: BatchId) -> Result<bool, StoreError> {
    tx.one(BROUGHT, values![scope.tenant, import]).await?.columns().bool()
}

/// Imports of any merchant whose chats were never checked, the oldest first, at most so many.
///
/// # Errors
/// The database's error.
pub async fn unchecked(tx: &mut Tx<'_>, most: u32) -> Result<Vec<(TenantId, BatchId)>, StoreError> {
    let rows = tx.all(UNCHECKED, values![most]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, columns.id()?))
        })
        .collect()
}

/// The conversations that an import has brought something of.
///
/// # Errors
/// The database's error.
pub async fn conversations(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
) -> Result<Vec<Conversation>, StoreError> {
    let rows = tx.all(CONVERSATIONS, values![scope.tenant, batch]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok(Conversation {
                shop: columns.id()?,
                order_number: columns.opt_text()?,
                buyer: columns.opt_id()?,
            })
        })
        .collect()
}

/// The messages of a conversation, the oldest first.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope; [`StoreError::Corrupt`] for a sealed record that was moved.
pub async fn messages(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: &Conversation,
    batch: BatchId,
) -> Result<Vec<Message>, StoreError> {
    shop::require(scope, of.shop)?;
    let (keys, table) = (tx.keys(), Table::of(RecordKind::Chat));
    let (statement, row): (Statement, _) = match (&of.order_number, of.buyer) {
        (Some(number), _) => (OF_ORDER, values![scope.tenant, of.shop, number.as_str(), batch, MOST]),
        (None, Some(buyer)) => (OF_BUYER, values![scope.tenant, of.shop, buyer, batch, MOST]),
        (None, None) => (OF_BATCH, values![scope.tenant, of.shop, batch, MOST]),
    };
    let mut messages = Vec::new();
    for row in tx.all(statement, row).await? {
        let mut columns = row.columns();
        let (id, record) = crate::record::read(&keys, scope, table, &mut columns)?;
        if let IncomingRecord::Chat(message) = record {
            messages.push(Message { id, message, of_batch: columns.bool()? });
        }
    }
    messages.reverse();
    Ok(messages)
}

fn agent_index(keys: &Keys, scope: &Scope, agent: &str) -> [u8; 16] {
    keys.blind_index(scope.tenant, &["agent", agent])
}

fn place<'a>(scope: &Scope, id: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: "chat_checks", row: id, field: "agent" }
}

/// Keeps what the guard says of messages; what it said before is written over.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn save_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: ShopId,
    checks: &[NewCheck<'_>],
) -> Result<(), StoreError> {
    shop::require(scope, of)?;
    if checks.is_empty() {
        return Ok(());
    }
    let (keys, now, many) = (tx.keys(), tx.now(), checks.len());
    let indexes: Vec<[u8; 16]> = checks.iter().map(|check| agent_index(&keys, scope, check.agent)).collect();
    let findings = checks
        .iter()
        .map(|check| serde_json::to_string(check.findings))
        .collect::<Result<Vec<String>, _>>()
        .map_err(|error| StoreError::Corrupt { what: format!("findings that are no JSON: {error}") })?;
    Bulk::into("chat_checks")
        .column("tenant_id", repeat_n(scope.tenant, many))
        .column("record_id", checks.iter().map(|check| check.message))
        .column("shop_id", repeat_n(of, many))
        .column("at", checks.iter().map(|check| check.at))
        .column("day", checks.iter().map(|check| check.day.to_string()))
        .column("agent_index", indexes.iter())
        .column(
            "agent_sealed",
            checks.iter().map(|check| {
                keys.seal(place(scope, check.message.uuid().as_bytes()), check.agent.as_bytes())
            }),
        )
        .column("worst", checks.iter().map(|check| check.worst.map(Severity::code)))
        .column("findings", findings)
        .column("checked_at", repeat_n(now, many))
        .suffix(
            "ON CONFLICT (tenant_id, record_id) DO UPDATE SET worst = excluded.worst, \
             findings = excluded.findings, checked_at = excluded.checked_at",
        )
        .run(tx)
        .await
        .map(drop)
}

fn push_filter(built: &mut Built<'_>, scope: &Scope, filter: &CheckFilter, agent: Option<[u8; 16]>) {
    built.with(" WHERE k.tenant_id = ", scope.tenant);
    shop::push_bounds(built, scope, "k.shop_id");
    if let Some(shop) = filter.shop {
        built.with(" AND k.shop_id = ", shop);
    }
    if let Some(from) = filter.from {
        built.with(" AND k.day >= ", from.to_string());
    }
    if let Some(to) = filter.to {
        built.with(" AND k.day <= ", to.to_string());
    }
    if let Some(agent) = agent {
        built.with(" AND k.agent_index = ", agent.to_vec());
    }
}

fn built_report_of<'a>(scope: &Scope, filter: &CheckFilter, agent: Option<[u8; 16]>) -> Built<'a> {
    // One sealed name stands for all of its group: each opens in its own row.
    let mut built = Built::new(
        "SELECT s.id, s.name, s.platform, g.day, g.messages, g.warned, g.held, g.blocked, k.record_id, k.agent_sealed \
         FROM (SELECT k.shop_id, k.day, k.agent_index, count(*) AS messages, \
         sum(CASE WHEN k.worst = 'warn' THEN 1 ELSE 0 END) AS warned, \
         sum(CASE WHEN k.worst = 'hold' THEN 1 ELSE 0 END) AS held, \
         sum(CASE WHEN k.worst = 'block' THEN 1 ELSE 0 END) AS blocked, max(k.at) AS last FROM chat_checks k",
    );
    push_filter(&mut built, scope, filter, agent);
    built
        .with(
            " GROUP BY k.shop_id, k.day, k.agent_index) g JOIN shops s ON s.id = g.shop_id AND s.tenant_id = ",
            scope.tenant,
        )
        .with(
            " JOIN chat_checks k ON k.record_id = (SELECT x.record_id FROM chat_checks x WHERE x.day = g.day \
             AND x.shop_id = g.shop_id AND x.agent_index = g.agent_index AND x.tenant_id = ",
            scope.tenant,
        )
        .with(" ORDER BY x.record_id LIMIT 1) AND k.tenant_id = ", scope.tenant)
        .with(" ORDER BY g.day DESC, g.blocked DESC, g.held DESC, g.messages DESC LIMIT ", MOST_ROWS);
    built
}

pub(crate) fn built_report<'a>(scope: &Scope, filter: &CheckFilter) -> Built<'a> {
    built_report_of(scope, filter, filter.agent.as_ref().map(|_| [0; 16]))
}

/// What each agent said on each day, the newest day first, the worst first within it.
///
/// # Errors
/// [`StoreError::Corrupt`] when a sealed name was moved.
pub async fn report(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &CheckFilter,
) -> Result<Vec<AgentDay>, StoreError> {
    let keys = tx.keys();
    let agent = filter.agent.as_deref().map(|agent| agent_index(&keys, scope, agent));
    let rows = tx.all_built("chat_check::report", built_report_of(scope, filter, agent)).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let shop = ShopRef::read(&mut columns)?;
            let day = columns.text()?;
            let (messages, warned) = (columns.unsigned()?, columns.unsigned()?);
            let (held, blocked) = (columns.unsigned()?, columns.unsigned()?);
            let id: RecordId = columns.id()?;
            let sealed = columns.opt_bytes()?;
            let agent = keys.open_text(place(scope, id.uuid().as_bytes()), sealed)?.unwrap_or_default();
            Ok(AgentDay { shop, day, agent, messages, warned, held, blocked })
        })
        .collect()
}

fn built_list_of<'a>(
    scope: &Scope,
    filter: &CheckFilter,
    agent: Option<[u8; 16]>,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(
        "SELECT k.at, k.record_id, s.id, s.name, s.platform, k.day, k.agent_sealed, k.worst, k.findings, m.id, \
         m.body_sealed, (SELECT c.id FROM reviews r JOIN cases c ON c.tenant_id = r.tenant_id AND c.review_id = r.id \
         WHERE r.tenant_id = m.tenant_id AND r.shop_id = m.shop_id AND r.order_number = m.order_number \
         ORDER BY c.number DESC LIMIT 1), (SELECT c.id FROM reviews r JOIN cases c ON c.tenant_id = r.tenant_id \
         AND c.review_id = r.id WHERE r.tenant_id = m.tenant_id AND r.buyer_id = m.buyer_id ORDER BY c.number DESC LIMIT 1) \
         FROM chat_checks k JOIN chat_messages m ON m.tenant_id = k.tenant_id AND m.id = k.record_id \
         JOIN shops s ON s.tenant_id = k.tenant_id AND s.id = k.shop_id",
    );
    push_filter(&mut built, scope, filter, agent);
    built.push(" AND k.worst IS NOT NULL");
    if let Some(after) = after {
        built.with(" AND (k.at < ", after.first).with(" OR (k.at = ", after.first);
        built.with(" AND k.record_id < ", after.id).push("))");
    }
    built.with(" ORDER BY k.at DESC, k.record_id DESC LIMIT ", limit + 1);
    built
}

pub(crate) fn built_list<'a>(
    scope: &Scope,
    filter: &CheckFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    built_list_of(scope, filter, filter.agent.as_ref().map(|_| [0; 16]), after, limit)
}

const LIST: u8 = 62;

/// A page of messages with something wrong, the newest first.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list; [`StoreError::Corrupt`] for a sealed record that was moved.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &CheckFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Wrong>, StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, LIST)?;
    let (keys, table) = (tx.keys(), Table::of(RecordKind::Chat));
    let agent = filter.agent.as_deref().map(|agent| agent_index(&keys, scope, agent));
    let mut wrong = Vec::new();
    for row in tx.all_built("chat_check::list", built_list_of(scope, filter, agent, after, limit)).await? {
        let mut columns = row.columns();
        let (at, id): (Timestamp, RecordId) = (columns.instant()?, columns.id()?);
        let shop = ShopRef::read(&mut columns)?;
        let day = columns.text()?;
        let sealed = columns.opt_bytes()?;
        let agent = keys.open_text(place(scope, id.uuid().as_bytes()), sealed)?.unwrap_or_default();
        let worst = columns.code(Severity::from_code)?;
        let findings = columns.json()?;
        let (_, record) = crate::record::read(&keys, scope, table, &mut columns)?;
        let (of_order, of_buyer) = (columns.opt_id()?, columns.opt_id()?);
        if let IncomingRecord::Chat(message) = record {
            let case = of_order.or(of_buyer);
            wrong.push(Wrong { id, shop, at, day, agent, worst, findings, message, case });
        }
    }
    Ok(Page::cut(wrong, limit, |last| Cursor {
        id: last.id.uuid(),
        ..Cursor::new(LIST, last.at.as_microsecond(), 0)
    }))
}

/// The conversation that a message stands in, the oldest first, each with what the guard said of it.
///
/// # Errors
/// [`StoreError::Corrupt`] for a sealed record that was moved.
pub async fn conversation_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: RecordId,
) -> Result<Option<Vec<(Message, Vec<Finding>)>>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let Some(row) = tx.first(ONE, vec![scope.tenant.into(), id.into(), all, shops]).await? else {
        return Ok(None);
    };
    let mut columns = row.columns();
    let (shop, order_number, buyer) = (columns.id()?, columns.opt_text()?, columns.opt_id()?);
    let batch: BatchId = columns.opt_id()?.unwrap_or_else(crate::identifier::fresh);
    let of = Conversation { shop, order_number, buyer };
    let messages = messages(tx, scope, &of, batch).await?;
    let ids: Vec<RecordId> = messages.iter().map(|message| message.id).collect();
    let mut found = std::collections::HashMap::new();
    for row in tx.all(FINDINGS, values![scope.tenant, ids.as_slice()]).await? {
        let mut columns = row.columns();
        let id: RecordId = columns.id()?;
        found.insert(id, columns.json::<Vec<Finding>>()?);
    }
    let with = |message: Message| {
        let findings = found.remove(&message.id).unwrap_or_default();
        (message, findings)
    };
    Ok(Some(messages.into_iter().map(with).collect()))
}
