//! Texts that wait for a second person 待审核, and what became of them.

use jiff::Timestamp;
use pingxin_domain::guard::{Channel, Finding, HoldKind, HoldState};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::outbox::OutChannel;
use pingxin_domain::script::ScriptLanguage;
use pingxin_domain::{BuyerId, CaseId, Department, HoldId, Role, Scope, ShopId, TaskId, UserId};
use serde::{Deserialize, Serialize};

use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::sealed::{Keys, Place};
use crate::sql::{Built, Columns, statements, values};
use crate::{COUNT_LIMIT, StoreError, Tx, identifier, shop};

/// What was written, and what else it takes to make of it what it was to become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldBody {
    /// The words.
    pub text: String,
    /// The way a message goes out.
    pub channel: Option<Channel>,
    /// The department of a question.
    pub department: Option<Department>,
    /// By when a question is to be answered.
    pub due_at: Option<Timestamp>,
    /// The key of the script that a message was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// The language of a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<ScriptLanguage>,
    /// How a message is sent by the desk once it may go; none where it is sent by hand elsewhere.
    #[serde(default)]
    pub sending: Option<HeldSending>,
}

impl HeldBody {
    /// Words and nothing else.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            channel: None,
            department: None,
            due_at: None,
            script: None,
            language: None,
            sending: None,
        }
    }
}

/// How a held message is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldSending {
    /// By what.
    pub channel: OutChannel,
    /// The subject of a mail.
    pub subject: String,
    /// Not before.
    pub send_at: Option<Timestamp>,
    /// Under which its author asked for it, so that it goes once however often he asks.
    #[serde(default)]
    pub key: Option<String>,
}

/// A text to hold.
#[derive(Debug, Clone)]
pub struct NewHold<'a> {
    /// The shop.
    pub shop: ShopId,
    /// What it was to become.
    pub kind: HoldKind,
    /// The case it is about.
    pub case: Option<CaseId>,
    /// The buyer whom a note is about.
    pub buyer: Option<BuyerId>,
    /// The question that an answer is to.
    pub task: Option<TaskId>,
    /// What was written.
    pub body: &'a HeldBody,
    /// What the guard says of it.
    pub findings: &'a [Finding],
}

/// A held text.
#[derive(Debug, Clone)]
pub struct Hold {
    /// Id.
    pub id: HoldId,
    /// The shop.
    pub shop: ShopRef,
    /// What it was to become.
    pub kind: HoldKind,
    /// How far it has come.
    pub state: HoldState,
    /// The case it is about, with its number.
    pub case: Option<(CaseId, u64)>,
    /// The buyer whom a note is about.
    pub buyer: Option<BuyerId>,
    /// The question that an answer is to.
    pub task: Option<TaskId>,
    /// What was written.
    pub body: HeldBody,
    /// What the guard said of it.
    pub findings: Vec<Finding>,
    /// When it was written.
    pub created_at: Timestamp,
    /// By whom; none for the command line.
    pub author: Option<UserRef>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// By whom.
    pub decided_by: Option<UserRef>,
    /// Why.
    pub reason: Option<String>,
    /// Its own author let it pass, as one person does it all.
    pub alone: bool,
}

/// Which held texts. What is not given is no condition.
#[derive(Debug, Clone, Copy, Default)]
pub struct HoldFilter {
    /// In this state.
    pub state: Option<HoldState>,
    /// About this case.
    pub case: Option<CaseId>,
    /// Written by this person.
    pub author: Option<UserId>,
    /// This one alone.
    pub id: Option<HoldId>,
}

statements! {
    CREATE = "INSERT INTO guard_holds (tenant_id, id, shop_id, case_id, buyer_id, task_id, kind, state, body_sealed, \
        findings, created_at, author_user_id, alone) VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $10, $11, $12)";
    LOCK = "SELECT id FROM guard_holds WHERE tenant_id = $1 AND id = $2 AND ($3 OR shop_id = ANY($4::uuid[])) FOR UPDATE";
    DECIDE = "UPDATE guard_holds SET state = $3, decided_at = $4, decided_by = $5, reason_sealed = $6, alone = $7 \
        WHERE tenant_id = $1 AND id = $2 AND state = 'waiting'";
}

/// Filters that use every condition.
pub(crate) fn sample_filters() -> [HoldFilter; 2] {
    let (case, author, id) =
        (Some(identifier::fresh()), Some(identifier::fresh()), Some(identifier::fresh()));
    [HoldFilter::default(), HoldFilter { state: Some(HoldState::Waiting), case, author, id }]
}

fn place<'a>(scope: &Scope, id: &'a [u8], field: &'static str) -> Place<'a> {
    Place { tenant: scope.tenant, table: "guard_holds", row: id, field }
}

/// Holds a text.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn create(tx: &mut Tx<'_>, scope: &Scope, hold: &NewHold<'_>) -> Result<HoldId, StoreError> {
    shop::require(scope, hold.shop)?;
    let (id, now) = (identifier::fresh::<HoldId>(), tx.now());
    let body = tx.keys().seal_json(place(scope, id.uuid().as_bytes(), "body"), hold.body)?;
    let findings = serde_json::to_string(hold.findings)
        .map_err(|error| StoreError::Corrupt { what: format!("findings that are no JSON: {error}") })?;
    let row = values![
        scope.tenant,
        id,
        hold.shop,
        hold.case,
        hold.buyer,
        hold.task,
        hold.kind.code(),
        body,
        findings,
        now,
        scope.user(),
        false,
    ];
    tx.execute(CREATE, row).await?;
    Ok(id)
}

/// A held text within the scope, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn lock(tx: &mut Tx<'_>, scope: &Scope, id: HoldId) -> Result<Hold, StoreError> {
    let [all, shops] = shop::bounds(scope);
    tx.first(LOCK, vec![scope.tenant.into(), id.into(), all, shops]).await?;
    get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "hold" })
}

/// Notes what became of a waiting text.
///
/// # Errors
/// [`StoreError::Conflict`] over "hold" when it was decided before.
pub async fn decide(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: HoldId,
    state: HoldState,
    reason: &str,
    alone: bool,
) -> Result<(), StoreError> {
    let now = tx.now();
    let reason = tx.keys().seal(place(scope, id.uuid().as_bytes(), "reason"), reason.as_bytes());
    let row = values![scope.tenant, id, state.code(), now, scope.user(), reason, alone];
    match tx.execute(DECIDE, row).await? {
        0 => Err(StoreError::Conflict { what: "hold" }),
        _ => Ok(()),
    }
}

const COLUMNS: &str = "SELECT h.id, s.id, s.name, s.platform, h.kind, h.state, h.case_id, c.number, h.buyer_id, \
    h.task_id, h.body_sealed, h.findings, h.created_at, h.author_user_id, a.display_name, h.decided_at, h.decided_by, \
    d.display_name, h.reason_sealed, h.alone FROM guard_holds h \
    JOIN shops s ON s.tenant_id = h.tenant_id AND s.id = h.shop_id \
    LEFT JOIN cases c ON c.tenant_id = h.tenant_id AND c.id = h.case_id \
    LEFT JOIN users a ON a.tenant_id = h.tenant_id AND a.id = h.author_user_id \
    LEFT JOIN users d ON d.tenant_id = h.tenant_id AND d.id = h.decided_by";

fn push_filter(built: &mut Built<'_>, scope: &Scope, filter: &HoldFilter) {
    built.with(" WHERE h.tenant_id = ", scope.tenant);
    shop::push_bounds(built, scope, "h.shop_id");
    if scope.role == Role::Department {
        // A department sees what it wrote itself.
        built.with(" AND h.author_user_id = ", scope.user());
    }
    if let Some(state) = filter.state {
        built.with(" AND h.state = ", state.code());
    }
    if let Some(case) = filter.case {
        built.with(" AND h.case_id = ", case);
    }
    if let Some(author) = filter.author {
        built.with(" AND h.author_user_id = ", author);
    }
    if let Some(id) = filter.id {
        built.with(" AND h.id = ", id);
    }
}

pub(crate) fn built_list<'a>(
    scope: &Scope,
    filter: &HoldFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(COLUMNS);
    push_filter(&mut built, scope, filter);
    if let Some(after) = after {
        built.with(" AND h.id < ", after.id);
    }
    built.with(" ORDER BY h.id DESC LIMIT ", limit + 1);
    built
}

pub(crate) fn built_count<'a>(scope: &Scope, filter: &HoldFilter) -> Built<'a> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM guard_holds h");
    push_filter(&mut built, scope, filter);
    built.with(" LIMIT ", COUNT_LIMIT + 1).push(") found");
    built
}

fn read(columns: &mut Columns<'_>, scope: &Scope, keys: &Keys) -> Result<Hold, StoreError> {
    let id: HoldId = columns.id()?;
    let shop = ShopRef::read(columns)?;
    let (kind, state) = (columns.code(HoldKind::from_code)?, columns.code(HoldState::from_code)?);
    let (case, number) = (columns.opt_id()?, columns.opt_int()?);
    let (buyer, task) = (columns.opt_id()?, columns.opt_id()?);
    let body = keys.open_json(place(scope, id.uuid().as_bytes(), "body"), &columns.bytes()?)?;
    Ok(Hold {
        id,
        shop,
        kind,
        state,
        case: case.zip(number.and_then(|number| u64::try_from(number).ok())),
        buyer,
        task,
        body,
        findings: columns.json()?,
        created_at: columns.instant()?,
        author: UserRef::read(columns)?,
        decided_at: columns.opt_instant()?,
        decided_by: UserRef::read(columns)?,
        reason: keys.open_text(place(scope, id.uuid().as_bytes(), "reason"), columns.opt_bytes()?)?,
        alone: columns.bool()?,
    })
}

const LIST: u8 = 61;

/// A page of held texts, the newest first, and how many there are.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &HoldFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Hold>, Count), StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, LIST)?;
    let keys = tx.keys();
    let rows = tx.all_built("hold::list", built_list(scope, filter, after, limit)).await?;
    let rows: Vec<Hold> =
        rows.iter().map(|row| read(&mut row.columns(), scope, &keys)).collect::<Result<_, _>>()?;
    let page = Page::cut(rows, limit, |last| Cursor { id: last.id.uuid(), ..Cursor::new(LIST, 0, 0) });
    let count = tx.count_built("hold::count", built_count(scope, filter)).await?;
    Ok((page, count))
}

/// One held text within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: HoldId) -> Result<Option<Hold>, StoreError> {
    let filter = HoldFilter { id: Some(id), ..HoldFilter::default() };
    Ok(list(tx, scope, &filter, None, 1).await?.0.rows.pop())
}
