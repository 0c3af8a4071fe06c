//! Questions to other departments about a case, with their answers.

use jiff::Timestamp;
use pingxin_domain::task::TaskState;
use pingxin_domain::{CaseId, Department, Role, Scope, ShopId, TaskId};

use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::sql::{Built, Value, statements, values};
use crate::{COUNT_LIMIT, StoreError, Tx, identifier, shop};

/// A question to ask.
#[derive(Debug, Clone)]
pub struct NewTask<'a> {
    /// The case it is about.
    pub case: CaseId,
    /// The shop of that case.
    pub shop: ShopId,
    /// Who is asked.
    pub department: Department,
    /// What.
    pub text: &'a str,
    /// Until when, if there is a limit.
    pub due_at: Option<Timestamp>,
}

/// A question as lists show it. Nothing of the buyer is in it.
#[derive(Debug, Clone)]
pub struct Task {
    /// Id.
    pub id: TaskId,
    /// The case it is about.
    pub case: CaseId,
    /// Number of that case.
    pub case_number: u64,
    /// The shop.
    pub shop: ShopRef,
    /// Number of the order that the review names.
    pub order_number: Option<String>,
    /// Who is asked.
    pub department: Department,
    /// How far it has come.
    pub state: TaskState,
    /// What is asked.
    pub text: String,
    /// Until when, if there is a limit.
    pub due_at: Option<Timestamp>,
    /// When it was asked.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: Option<UserRef>,
    /// When it was answered or taken back.
    pub ended_at: Option<Timestamp>,
    /// By whom.
    pub ended_by: Option<UserRef>,
    /// The answer.
    pub answer: Option<String>,
}

/// A question that is about to be ended.
#[derive(Debug, Clone, Copy)]
pub struct TaskHead {
    /// The case it is about.
    pub case: CaseId,
    /// Who is asked.
    pub department: Department,
    /// How far it has come.
    pub state: TaskState,
}

/// Which questions. What is not given is no condition.
#[derive(Debug, Clone, Copy, Default)]
pub struct TaskFilter {
    /// In this state.
    pub state: Option<TaskState>,
    /// To this department.
    pub department: Option<Department>,
    /// About this case.
    pub case: Option<CaseId>,
    /// This one alone.
    pub id: Option<TaskId>,
}

statements! {
    CREATE = "INSERT INTO tasks (tenant_id, id, case_id, shop_id, department, state, text, due_at, due_order, \
        created_at, created_by) VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10)";
    LOCK = "SELECT case_id, department, state FROM tasks WHERE tenant_id = $1 AND id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[])) AND ($5 OR department = $6) FOR UPDATE";
    END = "UPDATE tasks SET state = $3, ended_at = $4, ended_by = $5, answer = $6 WHERE tenant_id = $1 AND id = $2 \
        AND state = 'open'";
}

/// The department that a scope is bound to, as two parameters: whether any, else which.
fn bound(scope: &Scope) -> [Value<'static>; 2] {
    let department = scope.department.map_or("", Department::code);
    [Value::from(scope.role != Role::Department), Value::from(department)]
}

/// Filters that use every condition.
pub(crate) fn sample_filters() -> [TaskFilter; 2] {
    let (case, id) = (Some(identifier::fresh()), Some(identifier::fresh()));
    [
        TaskFilter::default(),
        TaskFilter { state: Some(TaskState::Open), department: Some(Department::Finance), case, id },
    ]
}

/// Asks a department.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn create(tx: &mut Tx<'_>, scope: &Scope, task: &NewTask<'_>) -> Result<TaskId, StoreError> {
    shop::require(scope, task.shop)?;
    let (id, now) = (identifier::fresh::<TaskId>(), tx.now());
    let row = values![
        scope.tenant,
        id,
        task.case,
        task.shop,
        task.department.code(),
        task.text,
        task.due_at,
        task.due_at.unwrap_or(Timestamp::MAX),
        now,
        scope.user(),
    ];
    tx.execute(CREATE, row).await?;
    Ok(id)
}

/// A question within the scope, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn lock(tx: &mut Tx<'_>, scope: &Scope, id: TaskId) -> Result<TaskHead, StoreError> {
    let mut row = values![scope.tenant, id];
    row.extend(shop::bounds(scope));
    row.extend(bound(scope));
    let row = tx.first(LOCK, row).await?.ok_or(StoreError::NotFound { what: "task" })?;
    let mut columns = row.columns();
    Ok(TaskHead {
        case: columns.id()?,
        department: columns.code(Department::from_code)?,
        state: columns.code(TaskState::from_code)?,
    })
}

/// Ends an open question, with an answer or without.
///
/// # Errors
/// [`StoreError::Conflict`] over "task" when it is over already.
pub async fn end(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: TaskId,
    state: TaskState,
    answer: Option<&str>,
) -> Result<(), StoreError> {
    let now = tx.now();
    match tx.execute(END, values![scope.tenant, id, state.code(), now, scope.user(), answer]).await? {
        0 => Err(StoreError::Conflict { what: "task" }),
        _ => Ok(()),
    }
}

const COLUMNS: &str = "SELECT t.id, t.case_id, c.number, s.id, s.name, s.platform, coalesce(r.order_number, c.order_number), t.department, \
    t.state, t.text, t.due_at, t.created_at, t.created_by, a.display_name, t.ended_at, t.ended_by, b.display_name, \
    t.answer, t.due_order FROM tasks t JOIN cases c ON c.tenant_id = t.tenant_id AND c.id = t.case_id \
    LEFT JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
    JOIN shops s ON s.tenant_id = t.tenant_id AND s.id = t.shop_id \
    LEFT JOIN users a ON a.tenant_id = t.tenant_id AND a.id = t.created_by \
    LEFT JOIN users b ON b.tenant_id = t.tenant_id AND b.id = t.ended_by";

fn push_filter(built: &mut Built<'_>, scope: &Scope, filter: &TaskFilter) {
    built.with(" WHERE t.tenant_id = ", scope.tenant);
    shop::push_bounds(built, scope, "t.shop_id");
    if scope.role == Role::Department {
        // A department without a name has no tasks.
        built.with(" AND t.department = ", scope.department.map_or("", Department::code));
    }
    if let Some(state) = filter.state {
        built.with(" AND t.state = ", state.code());
    }
    if let Some(department) = filter.department {
        built.with(" AND t.department = ", department.code());
    }
    if let Some(case) = filter.case {
        built.with(" AND t.case_id = ", case);
    }
    if let Some(id) = filter.id {
        built.with(" AND t.id = ", id);
    }
}

pub(crate) fn built_list<'a>(
    scope: &Scope,
    filter: &TaskFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(COLUMNS);
    push_filter(&mut built, scope, filter);
    if let Some(after) = after {
        built.with(" AND (t.due_order > ", after.first).with(" OR (t.due_order = ", after.first);
        built.with(" AND t.id > ", after.id).push("))");
    }
    built.with(" ORDER BY t.due_order, t.id LIMIT ", limit + 1);
    built
}

pub(crate) fn built_count<'a>(scope: &Scope, filter: &TaskFilter) -> Built<'a> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM tasks t");
    push_filter(&mut built, scope, filter);
    built.with(" LIMIT ", COUNT_LIMIT + 1).push(") found");
    built
}

const LIST: u8 = 31;

/// A page of questions, those due first first, and how many there are.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &TaskFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Task>, Count), StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, LIST)?;
    let mut rows = Vec::new();
    for row in tx.all_built("task::list", built_list(scope, filter, after, limit)).await? {
        let mut columns = row.columns();
        let task = Task {
            id: columns.id()?,
            case: columns.id()?,
            case_number: columns.unsigned()?,
            shop: ShopRef::read(&mut columns)?,
            order_number: columns.opt_text()?,
            department: columns.code(Department::from_code)?,
            state: columns.code(TaskState::from_code)?,
            text: columns.text()?,
            due_at: columns.opt_instant()?,
            created_at: columns.instant()?,
            created_by: UserRef::read(&mut columns)?,
            ended_at: columns.opt_instant()?,
            ended_by: UserRef::read(&mut columns)?,
            answer: columns.opt_text()?,
        };
        rows.push((columns.int()?, task));
    }
    let page = Page::cut(rows, limit, |(due, task)| {
        let id = pingxin_domain::identifiers::Identifier::uuid(task.id);
        Cursor { id, ..Cursor::new(LIST, *due, 0) }
    });
    let counted = tx.all_built("task::count", built_count(scope, filter)).await?;
    let counted = counted.first().map_or(Ok(0), |row| row.columns().unsigned())?;
    let rows = page.rows.into_iter().map(|(_, task)| task).collect();
    Ok((Page { rows, next: page.next }, Count::of(counted)))
}

/// One question within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: TaskId) -> Result<Option<Task>, StoreError> {
    let filter = TaskFilter { id: Some(id), ..TaskFilter::default() };
    Ok(list(tx, scope, &filter, None, 1).await?.0.rows.pop())
}
