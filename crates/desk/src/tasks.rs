//! Tasks: what another department is asked about a case, and what it answers. Both stand in the case's story.

use jiff::Timestamp;
use pingxin_domain::guard::{Channel, HoldKind};
use pingxin_domain::task::{TaskRefused, TaskState, is_due_in_time};
use pingxin_domain::{Action, CaseId, Department, Scope, TaskId};
use pingxin_store::case::{self, EventKind};
use pingxin_store::hold::HeldBody;
use pingxin_store::task::{self, NewTask, Task, TaskFilter};
use pingxin_store::{Count, Page, StoreError, Tx, audit};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, Outcome, gate};
use crate::written;

/// Longest question or answer, in characters.
pub const TEXT_LIMIT: usize = 2_000;

/// A question to ask.
#[derive(Debug, Clone)]
pub struct TaskRequest {
    /// Who is asked.
    pub department: Department,
    /// What.
    pub text: String,
    /// Until when, if there is a limit.
    pub due_at: Option<Timestamp>,
}

/// A page of tasks, those due first first, and how many there are. A department sees its own.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &TaskFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Task>, Count)> {
    allow(scope, Action::ReadTasks)?;
    let page =
        desk.store.read(|tx| Box::pin(async move { task::list(tx, scope, filter, cursor, limit).await }));
    Ok(page.await?)
}

/// Asks a department about a case, if the guard lets the question pass.
///
/// # Errors
/// [`DeskError::Refused`] for an empty or overlong text or a time that has passed; [`DeskError::Blocked`];
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn create(desk: &Desk, scope: &Scope, id: CaseId, request: &TaskRequest) -> Result<Outcome<Task>> {
    allow(scope, Action::HandleCases)?;
    let text = checked(&request.text)?;
    let now = desk.store.clock().now();
    if request.due_at.is_some_and(|due| !is_due_in_time(due, now)) {
        return Err(DeskError::refused(
            "截止时间已经过了，请选一个以后的时间",
            "this time has passed; choose a later one",
        ));
    }
    let TaskRequest { department, due_at, .. } = *request;
    let looked = gate::pass(desk, scope, About::Case(id), Channel::Task, text).await?;
    if looked.is_held() {
        let body = HeldBody { department: Some(department), due_at, ..HeldBody::of_text(text) };
        let held = gate::hold_back(desk, scope, &looked, About::Case(id), HoldKind::Task, body).await?;
        return Ok(Outcome::Held(held));
    }
    let made = desk
        .store
        .write(|tx| Box::pin(async move { ask(tx, scope, scope, id, department, text, due_at).await }));
    Ok(Outcome::Done(made.await?))
}

/// Asks a department within a transaction. `author` wrote the question; `by` does it now, and the audit names him.
pub(crate) async fn ask(
    tx: &mut Tx<'_>,
    author: &Scope,
    by: &Scope,
    case: CaseId,
    department: Department,
    text: &str,
    due_at: Option<Timestamp>,
) -> std::result::Result<Task, StoreError> {
    let now = tx.now();
    let head = case::lock_for_change(tx, by, case).await?;
    let new = NewTask { case, shop: head.shop, department, text, due_at };
    let task = task::create(tx, author, &new).await?;
    let body = json!({
        "task": task,
        "department": department.code(),
        "text": text,
        "due_at": due_at.map(|at| at.to_string()),
    });
    case::add_event(tx, author, case, EventKind::TaskAsked, &body, now).await?;
    // Its clock begins.
    case::mark_for_plan(tx, by, &[case]).await?;
    let detail = json!({"case": case, "department": department.code()});
    audit::append(tx, by, "task.create", "task", &task.to_string(), &detail).await?;
    task::get(tx, by, task).await?.ok_or(StoreError::NotFound { what: "task" })
}

/// Answers a task, if the guard lets the answer pass; a department its own, the desk any.
///
/// # Errors
/// [`DeskError::Refused`] for an empty or overlong answer or a task that is over; [`DeskError::Blocked`];
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn answer(desk: &Desk, scope: &Scope, id: TaskId, text: &str) -> Result<Outcome<Task>> {
    allow(scope, Action::AnswerTasks)?;
    let text = checked(text)?;
    let looked = gate::pass(desk, scope, About::Task(id), Channel::Note, text).await?;
    if looked.is_held() {
        let found = desk.store.read(|tx| Box::pin(async move { task::get(tx, scope, id).await })).await?;
        let found = found.ok_or(DeskError::NotFound)?;
        found.state.answered().map_err(refusal)?;
        let body = HeldBody::of_text(text);
        let held = gate::hold_back(desk, scope, &looked, About::Task(id), HoldKind::Answer, body).await?;
        return Ok(Outcome::Held(held));
    }
    end(desk, scope, id, Some(text)).await.map(Outcome::Done)
}

/// Takes a question back.
///
/// # Errors
/// [`DeskError::Refused`] when it is over; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn cancel(desk: &Desk, scope: &Scope, id: TaskId) -> Result<Task> {
    allow(scope, Action::HandleCases)?;
    end(desk, scope, id, None).await
}

async fn end(desk: &Desk, scope: &Scope, id: TaskId, answer: Option<&str>) -> Result<Task> {
    let ended =
        desk.store.write(|tx| Box::pin(async move { settle(tx, scope, scope, id, answer).await })).await?;
    ended.map_err(refusal)
}

/// Ends a task within a transaction, with an answer or without. `author` wrote the answer; `by` does it now, and the audit
/// names him.
pub(crate) async fn settle(
    tx: &mut Tx<'_>,
    author: &Scope,
    by: &Scope,
    id: TaskId,
    answer: Option<&str>,
) -> std::result::Result<std::result::Result<Task, TaskRefused>, StoreError> {
    let now = tx.now();
    let head = task::lock(tx, by, id).await?;
    let decided = match answer {
        Some(_) => head.state.answered(),
        None => head.state.cancelled(),
    };
    let state = match decided {
        Ok(state) => state,
        Err(refused) => return Ok(Err(refused)),
    };
    task::end(tx, author, id, state, answer).await?;
    let (kind, action) = match state {
        TaskState::Cancelled => (EventKind::TaskCancelled, "task.cancel"),
        TaskState::Done | TaskState::Open => (EventKind::TaskAnswered, "task.answer"),
    };
    let body = json!({"task": id, "department": head.department.code(), "text": answer});
    case::add_event(tx, author, head.case, kind, &body, now).await?;
    case::mark_for_plan(tx, by, &[head.case]).await?;
    audit::append(tx, by, action, "task", &id.to_string(), &json!({"case": head.case})).await?;
    let task = task::get(tx, by, id).await?;
    task.map(Ok).ok_or(StoreError::NotFound { what: "task" })
}

pub(crate) fn refusal(refused: TaskRefused) -> DeskError {
    let zh = match refused {
        TaskRefused::Answered => "这个任务已经有答复了；如还缺信息，请另建任务",
        TaskRefused::Cancelled => "这个任务已撤回，不需要再答复",
    };
    DeskError::refused(zh, refused.to_string())
}

fn checked(text: &str) -> Result<&str> {
    written::within(text, TEXT_LIMIT, ["", "write"])
}
