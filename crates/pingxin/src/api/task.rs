//! Tasks: what other departments are asked about cases, and what they answer.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::tasks::{self, TaskRequest};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::task::TaskState;
use pingxin_domain::{CaseId, Department, Role, TaskId};
use pingxin_store::task::{Task as StoreTask, TaskFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::hold::{Held, Kept};
use super::page::{Count, PageAsked};
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::shop::ShopRef;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::{Asking, Session};

/// Which tasks.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct TasksAsked {
    #[param(value_type = Option<word::TaskState>)]
    state: Option<TaskState>,
    #[param(value_type = Option<word::Department>)]
    department: Option<Department>,
    /// About this case.
    #[param(value_type = Option<Uuid>)]
    case: Option<CaseId>,
}

/// The case that a task is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskCase {
    id: Uuid,
    /// Counted from 1 within the merchant.
    number: u64,
}

impl TaskCase {
    /// A case by its number.
    pub(super) fn new(id: CaseId, number: u64) -> Self {
        Self { id: id.uuid(), number }
    }
}

/// A task. Nothing of the buyer or the review is in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Task {
    id: Uuid,
    #[schema(value_type = word::Department)]
    department: Department,
    text: String,
    #[schema(value_type = word::TaskState)]
    state: TaskState,
    shop: ShopRef,
    #[schema(required = true)]
    order_number: Option<String>,
    /// Null for the department, which sees no cases.
    #[schema(required = true)]
    case: Option<TaskCase>,
    /// Until when an answer is needed.
    #[schema(required = true)]
    due_at: Option<Timestamp>,
    created_at: Timestamp,
    #[schema(required = true)]
    created_by: Option<Person>,
    #[schema(required = true)]
    answer: Option<String>,
    /// When it was answered or taken back.
    #[schema(required = true)]
    ended_at: Option<Timestamp>,
    #[schema(required = true)]
    ended_by: Option<Person>,
}

impl Task {
    fn of(task: StoreTask, session: &Asking) -> Self {
        let case = TaskCase { id: task.case.uuid(), number: task.case_number };
        Self {
            id: task.id.uuid(),
            department: task.department,
            text: task.text,
            state: task.state,
            shop: task.shop.into(),
            order_number: task.order_number,
            case: (session.scope.role != Role::Department).then_some(case),
            due_at: task.due_at,
            created_at: task.created_at,
            created_by: task.created_by.map(Person::from),
            answer: task.answer,
            ended_at: task.ended_at,
            ended_by: task.ended_by.map(Person::from),
        }
    }
}

/// Tasks, those due first first.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskList {
    tasks: Vec<Task>,
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// Tasks, those due first first. A department sees its own.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "task", params(TasksAsked, PageAsked),
    responses((status = 200, body = TaskList), BadRequest, SignedOut, Forbidden))]
pub async fn list_tasks(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<TasksAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<TaskList>, Problem> {
    let TasksAsked { state, department, case } = asked;
    let filter = TaskFilter { state, department, case, id: None };
    let (found, count) =
        tasks::list(&app.desk, &session.scope, &filter, page.cursor(), page.limit()?).await?;
    let rows = found.rows.into_iter().map(|task| Task::of(task, &session)).collect();
    Ok(Json(TaskList { tasks: rows, next_cursor: found.next, count: count.into() }))
}

/// A task to give.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewTask {
    #[schema(value_type = word::Department)]
    department: Department,
    /// 1 to 2,000 characters.
    text: String,
    /// Until when an answer is needed.
    due_at: Option<Timestamp>,
}

/// Asks a department about a case.
#[utoipa::path(post, path = "/api/v1/cases/{id}/tasks", tag = "task", params(("id" = Uuid, Path)),
    request_body = NewTask,
    responses((status = 201, body = Task), (status = 202, body = Held), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn create_task(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(new): Body<NewTask>,
) -> Result<Kept<Json<Task>>, Problem> {
    let request = TaskRequest { department: new.department, text: new.text, due_at: new.due_at };
    let task = tasks::create(&app.desk, &session.scope, id, &request).await;
    let task = task.map_err(Problem::of_field("text"))?;
    Ok(Kept::of(task, StatusCode::CREATED, session.scope.role, |task| Json(Task::of(task, &session))))
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Answer {
    /// 1 to 2,000 characters.
    text: String,
}

/// Answers a task; a department its own. The answer stands in the case's story.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/answer", tag = "task", params(("id" = Uuid, Path)),
    request_body = Answer,
    responses((status = 200, body = Task), (status = 202, body = Held), BadRequest, SignedOut, Forbidden, NotFound,
        Conflict, Invalid))]
pub async fn answer_task(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<TaskId>,
    Body(answer): Body<Answer>,
) -> Result<Kept<Json<Task>>, Problem> {
    let task = tasks::answer(&app.desk, &session.scope, id, &answer.text).await?;
    Ok(Kept::of(task, StatusCode::OK, session.scope.role, |task| Json(Task::of(task, &session))))
}

/// Takes a question back.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/cancel", tag = "task", params(("id" = Uuid, Path)),
    responses((status = 200, body = Task), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn cancel_task(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<TaskId>,
) -> Result<Json<Task>, Problem> {
    let task = tasks::cancel(&app.desk, &session.scope, id).await?;
    Ok(Json(Task::of(task, &session)))
}
