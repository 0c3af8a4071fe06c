//! Tasks: what another department is asked about a case, and what it answers. Both stand in the case's story.

use jiff::Timestamp;
use pingxin_domain::task::{TaskRefused, TaskState, is_due_in_time};
use pingxin_domain::{Action, CaseId, Department, Scope, TaskId};
use pingxin_store::case::{self, EventKind};
use pingxin_store::task::{self, NewTask, Task, TaskFilter};
use pingxin_store::{Count, Page, StoreError, audit};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

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

/// Asks a department about a case.
///
/// # Errors
/// [`DeskError::Refused`] for an empty or overlong text or a time that has passed; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn create(desk: &Desk, scope: &Scope, id: CaseId, request: &TaskRequest) -> Result<Task> {
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
    let made = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let head = case::lock_for_change(tx, scope, id).await?;
                let new = NewTask { case: id, shop: head.shop, department, text, due_at };
                let task = task::create(tx, scope, &new).await?;
                let body = json!({
                    "task": task,
                    "department": department.code(),
                    "text": text,
                    "due_at": due_at.map(|at| at.to_string()),
                });
                case::add_event(tx, scope, id, EventKind::TaskAsked, &body, now).await?;
                let detail = json!({"case": id, "department": department.code()});
                audit::append(tx, scope, "task.create", "task", &task.to_string(), &detail).await?;
                task::get(tx, scope, task).await
            })
        })
        .await?;
    made.ok_or(DeskError::NotFound)
}

/// Answers a task; a department its own, the desk any.
///
/// # Errors
/// [`DeskError::Refused`] for an empty or overlong answer or a task that is over; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn answer(desk: &Desk, scope: &Scope, id: TaskId, text: &str) -> Result<Task> {
    allow(scope, Action::AnswerTasks)?;
    let text = checked(text)?;
    end(desk, scope, id, Some(text)).await
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
    let now = desk.store.clock().now();
    let ended = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let head = task::lock(tx, scope, id).await?;
                let decided = match answer {
                    Some(_) => head.state.answered(),
                    None => head.state.cancelled(),
                };
                let state = match decided {
                    Ok(state) => state,
                    Err(refused) => return Ok(Err(refused)),
                };
                task::end(tx, scope, id, state, answer).await?;
                let (kind, action) = match state {
                    TaskState::Cancelled => (EventKind::TaskCancelled, "task.cancel"),
                    TaskState::Done | TaskState::Open => (EventKind::TaskAnswered, "task.answer"),
                };
                let body = json!({"task": id, "department": head.department.code(), "text": answer});
                case::add_event(tx, scope, head.case, kind, &body, now).await?;
                audit::append(tx, scope, action, "task", &id.to_string(), &json!({"case": head.case}))
                    .await?;
                let task = task::get(tx, scope, id).await?;
                task.map(Ok).ok_or(StoreError::NotFound { what: "task" })
            })
        })
        .await?;
    ended.map_err(|refused| {
        let zh = match refused {
            TaskRefused::Answered => "这个任务已经有答复了；如还缺信息，请另建任务",
            TaskRefused::Cancelled => "这个任务已撤回，不需要再答复",
        };
        DeskError::refused(zh, refused.to_string())
    })
}

fn checked(text: &str) -> Result<&str> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > TEXT_LIMIT {
        return Err(DeskError::refused(
            format!("需要 1 到 {TEXT_LIMIT} 个字"),
            format!("write 1 to {TEXT_LIMIT} characters"),
        ));
    }
    Ok(text)
}
