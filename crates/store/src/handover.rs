//! Handovers 交接班 from one shift to the next. Notes and lines are sealed, as they may hold what a buyer told.

use std::collections::HashMap;

use jiff::Timestamp;
use pingxin_domain::handover::{HandoverReason, HandoverState, Parties};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{CaseId, HandoverId, Scope, ShopId, UserId};

use crate::page::{Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::sealed::Place;
use crate::sql::{Built, Bulk, statements, values};
use crate::{StoreError, Tx, identifier, shop};

/// A case on a new handover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    /// The case.
    pub case: CaseId,
    /// Its shop.
    pub shop: ShopId,
    /// Whether it gets the taker as its owner; else he only keeps an eye on it.
    pub passes: bool,
    /// Why it is on the list.
    pub reasons: Vec<HandoverReason>,
    /// What of it comes up first, and when.
    pub due_at: Option<Timestamp>,
    /// What the writer says of it.
    pub line: Option<String>,
}

/// A handover to write.
#[derive(Debug, Clone, Copy)]
pub struct NewHandover<'a> {
    /// Who writes it.
    pub from: UserId,
    /// Whom it names; none for whoever comes next.
    pub to: Option<UserId>,
    /// When the writer is back.
    pub until: Timestamp,
    /// What he says.
    pub note: Option<&'a str>,
    /// The cases in his order.
    pub items: &'a [NewItem],
}

/// A case on a handover.
#[derive(Debug, Clone)]
pub struct Item {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: u64,
    /// Its shop.
    pub shop: ShopRef,
    /// Who has it now.
    pub owner: Option<UserRef>,
    /// Whether it gets the taker as its owner.
    pub passes: bool,
    /// Why it is on the list.
    pub reasons: Vec<HandoverReason>,
    /// What of it comes up first, and when.
    pub due_at: Option<Timestamp>,
    /// What the writer says of it, open.
    pub line: Option<String>,
}

/// A handover with its cases.
#[derive(Debug, Clone)]
pub struct Handover {
    /// Id.
    pub id: HandoverId,
    /// How far it has come.
    pub state: HandoverState,
    /// Who wrote it.
    pub from: Option<UserRef>,
    /// Whom it names.
    pub to: Option<UserRef>,
    /// When its writer is back.
    pub until: Timestamp,
    /// What he says, open.
    pub note: Option<String>,
    /// When he wrote it.
    pub written_at: Timestamp,
    /// When it was taken, or taken back.
    pub ended_at: Option<Timestamp>,
    /// By whom.
    pub ended_by: Option<UserRef>,
    /// The cases in his order.
    pub items: Vec<Item>,
}

/// Which handovers. What is not given is no condition.
#[derive(Debug, Clone, Copy, Default)]
pub struct HandoverFilter {
    /// In this state.
    pub state: Option<HandoverState>,
    /// Not written by this person, and naming him or nobody.
    pub offered_to: Option<UserId>,
    /// This one alone.
    pub id: Option<HandoverId>,
}

statements! {
    ADD = "INSERT INTO handovers (tenant_id, id, state, to_user_id, until_at, note_sealed, written_at, written_by) \
        VALUES ($1, $2, 'open', $3, $4, $5, $6, $7)";
    LOCK = "SELECT h.state, h.written_by, h.to_user_id FROM handovers h WHERE h.tenant_id = $1 AND h.id = $2 \
        AND NOT EXISTS (SELECT 1 FROM handover_cases x WHERE x.tenant_id = h.tenant_id AND x.handover_id = h.id \
        AND NOT ($3 OR x.shop_id = ANY($4::uuid[]))) FOR UPDATE";
    END = "UPDATE handovers SET state = $3, ended_at = $4, ended_by = $5 WHERE tenant_id = $1 AND id = $2 AND state = 'open'";
    ITEMS = "SELECT x.handover_id, x.case_id, c.number, s.id, s.name, s.platform, c.owner_user_id, u.display_name, x.passes, \
        x.reasons, x.due_at, x.line_sealed FROM handover_cases x \
        JOIN cases c ON c.tenant_id = x.tenant_id AND c.id = x.case_id \
        JOIN shops s ON s.tenant_id = x.tenant_id AND s.id = x.shop_id \
        LEFT JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.owner_user_id \
        WHERE x.tenant_id = $1 AND x.handover_id = ANY($2::uuid[]) ORDER BY x.handover_id, x.place";
}

const COLUMNS: &str = "SELECT h.id, h.state, h.written_by, a.display_name, h.to_user_id, b.display_name, h.until_at, \
    h.note_sealed, h.written_at, h.ended_at, h.ended_by, e.display_name FROM handovers h \
    LEFT JOIN users a ON a.tenant_id = h.tenant_id AND a.id = h.written_by \
    LEFT JOIN users b ON b.tenant_id = h.tenant_id AND b.id = h.to_user_id \
    LEFT JOIN users e ON e.tenant_id = h.tenant_id AND e.id = h.ended_by";

const LIST: u8 = 68;

fn note_place<'a>(scope: &Scope, id: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: "handovers", row: id, field: "note" }
}

/// Where a line stands: a case is on many handovers, each with a line of its own.
fn line_row(handover: HandoverId, case: CaseId) -> Vec<u8> {
    [*handover.uuid().as_bytes(), *case.uuid().as_bytes()].concat()
}

fn line_place<'a>(scope: &Scope, row: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: "handover_cases", row, field: "line" }
}

/// Filters that use every condition.
pub(crate) fn sample_filters() -> [HandoverFilter; 2] {
    [
        HandoverFilter::default(),
        HandoverFilter {
            state: Some(HandoverState::Open),
            offered_to: Some(identifier::fresh()),
            id: Some(identifier::fresh()),
        },
    ]
}

/// Writes a handover with its cases.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn add(tx: &mut Tx<'_>, scope: &Scope, new: &NewHandover<'_>) -> Result<HandoverId, StoreError> {
    for item in new.items {
        shop::require(scope, item.shop)?;
    }
    let id = identifier::fresh::<HandoverId>();
    let uuid = id.uuid();
    let (now, keys) = (tx.now(), tx.keys());
    let note = keys.seal_text(note_place(scope, uuid.as_bytes()), new.note);
    tx.execute(ADD, values![scope.tenant, id, new.to, new.until, note, now, new.from]).await?;
    let many = new.items.len();
    let lines = new.items.iter().map(|item| {
        let row = line_row(id, item.case);
        keys.seal_text(line_place(scope, &row), item.line.as_deref())
    });
    let reasons = new.items.iter().map(|item| {
        let codes: Vec<&str> = item.reasons.iter().map(|reason| reason.code()).collect();
        codes.join(" ")
    });
    Bulk::into("handover_cases")
        .column("tenant_id", std::iter::repeat_n(scope.tenant, many))
        .column("handover_id", std::iter::repeat_n(id, many))
        .column("case_id", new.items.iter().map(|item| item.case))
        .column("shop_id", new.items.iter().map(|item| item.shop))
        .column("place", 0_i64..i64::try_from(many).unwrap_or(i64::MAX))
        .column("passes", new.items.iter().map(|item| item.passes))
        .column("reasons", reasons)
        .column("due_at", new.items.iter().map(|item| item.due_at))
        .column("line_sealed", lines)
        .run(tx)
        .await?;
    Ok(id)
}

/// A handover within the scope, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope: also for one with a case of another shop.
pub async fn lock(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: HandoverId,
) -> Result<(HandoverState, Parties), StoreError> {
    let mut row = values![scope.tenant, id];
    row.extend(shop::bounds(scope));
    let row = tx.first(LOCK, row).await?.ok_or(StoreError::NotFound { what: "handover" })?;
    let mut columns = row.columns();
    let state = columns.code(HandoverState::from_code)?;
    Ok((state, Parties { from: columns.opt_id()?, to: columns.opt_id()? }))
}

/// Ends an open handover.
///
/// # Errors
/// [`StoreError::Conflict`] over "handover" when it is over by now.
pub async fn end(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: HandoverId,
    after: HandoverState,
) -> Result<(), StoreError> {
    let now = tx.now();
    match tx.execute(END, values![scope.tenant, id, after.code(), now, scope.user()]).await? {
        0 => Err(StoreError::Conflict { what: "handover" }),
        _ => Ok(()),
    }
}

pub(crate) fn built_list<'a>(
    scope: &Scope,
    filter: &HandoverFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(COLUMNS);
    built.with(" WHERE h.tenant_id = ", scope.tenant);
    let [all, shops] = shop::bounds(scope);
    built
        .push(" AND NOT EXISTS (SELECT 1 FROM handover_cases x WHERE x.tenant_id = h.tenant_id AND x.handover_id = h.id")
        .with(" AND NOT (", all)
        .with(" OR x.shop_id = ANY(", shops)
        .push("::uuid[])))");
    if let Some(state) = filter.state {
        built.with(" AND h.state = ", state.code());
    }
    if let Some(user) = filter.offered_to {
        built
            .with(" AND h.written_by <> ", user)
            .with(" AND (h.to_user_id IS NULL OR h.to_user_id = ", user)
            .push(")");
    }
    if let Some(id) = filter.id {
        built.with(" AND h.id = ", id);
    }
    if let Some(after) = after {
        built.with(" AND (h.written_at, h.id) < (", after.first).with(", ", after.id).push(")");
    }
    built.with(" ORDER BY h.written_at DESC, h.id DESC LIMIT ", limit + 1);
    built
}

/// A page of handovers, the newest first. One with a case outside the scope is left out.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &HandoverFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Handover>, StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, LIST)?;
    let keys = tx.keys();
    let mut rows = Vec::new();
    for row in tx.all_built("handover::list", built_list(scope, filter, after, limit)).await? {
        let mut columns = row.columns();
        let id: HandoverId = columns.id()?;
        let uuid = id.uuid();
        rows.push(Handover {
            id,
            state: columns.code(HandoverState::from_code)?,
            from: UserRef::read(&mut columns)?,
            to: UserRef::read(&mut columns)?,
            until: columns.instant()?,
            note: keys.open_text(note_place(scope, uuid.as_bytes()), columns.opt_bytes()?)?,
            written_at: columns.instant()?,
            ended_at: columns.opt_instant()?,
            ended_by: UserRef::read(&mut columns)?,
            items: Vec::new(),
        });
    }
    let mut page = Page::cut(rows, limit, |handover| Cursor {
        id: handover.id.uuid(),
        ..Cursor::new(LIST, handover.written_at.as_microsecond(), 0)
    });
    let ids: Vec<HandoverId> = page.rows.iter().map(|handover| handover.id).collect();
    let mut items = items(tx, scope, &ids).await?;
    for handover in &mut page.rows {
        handover.items = items.remove(&handover.id).unwrap_or_default();
    }
    Ok(page)
}

async fn items(
    tx: &mut Tx<'_>,
    scope: &Scope,
    ids: &[HandoverId],
) -> Result<HashMap<HandoverId, Vec<Item>>, StoreError> {
    let keys = tx.keys();
    let mut items: HashMap<HandoverId, Vec<Item>> = HashMap::new();
    for row in tx.all(ITEMS, values![scope.tenant, ids]).await? {
        let mut columns = row.columns();
        let (handover, case): (HandoverId, CaseId) = (columns.id()?, columns.id()?);
        let at = line_row(handover, case);
        let item = Item {
            case,
            number: columns.unsigned()?,
            shop: ShopRef::read(&mut columns)?,
            owner: UserRef::read(&mut columns)?,
            passes: columns.bool()?,
            reasons: columns.text()?.split(' ').filter_map(HandoverReason::from_code).collect(),
            due_at: columns.opt_instant()?,
            line: keys.open_text(line_place(scope, &at), columns.opt_bytes()?)?,
        };
        items.entry(handover).or_default().push(item);
    }
    Ok(items)
}

/// One handover within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: HandoverId) -> Result<Option<Handover>, StoreError> {
    let filter = HandoverFilter { id: Some(id), ..HandoverFilter::default() };
    Ok(list(tx, scope, &filter, None, 1).await?.rows.pop())
}
