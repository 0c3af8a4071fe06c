//! Bulk actions: one thing done to many reviews or cases, each told for itself, and taken back within a day.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use pingxin_desk::bulk::{self, BulkAction, BulkDone, Chosen};
use pingxin_domain::case::Outcome;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::list::{BulkKind, List};
use pingxin_domain::{BulkId, MacroId, TagId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::filter;
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::{Problem, wants_chinese};
use crate::http::session::{Asking, Session};

/// What is done.
#[derive(Debug, Deserialize, ToSchema)]
pub struct BulkActionAsked {
    #[schema(value_type = word::BulkKind)]
    kind: BulkKind,
    /// Of `tag` and `untag`.
    #[schema(value_type = Option<Uuid>)]
    tag: Option<TagId>,
    /// Of `assign`: `me`, a person's id, or null for the queue.
    owner: Option<String>,
    /// Of `macro`: which.
    #[serde(rename = "macro")]
    #[schema(value_type = Option<Uuid>)]
    saved: Option<MacroId>,
    /// Of `end`: how the cases ended.
    #[schema(value_type = Option<word::Outcome>)]
    outcome: Option<Outcome>,
}

impl BulkActionAsked {
    fn action(&self, session: &Asking) -> Result<BulkAction, Problem> {
        let tag = || self.tag.ok_or_else(|| Problem::invalid("action.tag", "请选择标签", "choose a tag"));
        Ok(match self.kind {
            BulkKind::Tag => BulkAction::Tag(tag()?),
            BulkKind::Untag => BulkAction::Untag(tag()?),
            BulkKind::Macro => BulkAction::Macro(
                self.saved.ok_or_else(|| Problem::invalid("action.macro", "请选择宏", "choose a macro"))?,
            ),
            BulkKind::MarkGone => BulkAction::MarkGone,
            BulkKind::UnmarkGone => BulkAction::UnmarkGone,
            BulkKind::End => match self.outcome {
                Some(outcome) if outcome != Outcome::Merged => BulkAction::End(outcome),
                _ => return Err(Problem::invalid("action.outcome", "请选择结果", "choose how they ended")),
            },
            BulkKind::Assign => BulkAction::Assign(match self.owner.as_deref() {
                None => None,
                Some("me") => Some(session.person.id),
                Some(id) => Some(id.parse().map_err(|_| {
                    Problem::invalid(
                        "action.owner",
                        "owner 应为 me、人员编号或空",
                        "`owner` must be me, a person's id or null",
                    )
                })?),
            }),
        })
    }
}

/// A bulk action on things named one by one, or on all that a filter finds.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewBulk {
    /// `reviews` or `cases`.
    #[schema(value_type = word::ListName)]
    list: List,
    /// At most 1,000.
    ids: Option<Vec<Uuid>>,
    /// A filter as it stands in an address after `?`, when `ids` are not given; at most 5,000 things.
    query: Option<String>,
    action: BulkActionAsked,
}

/// Why a thing stays as it was.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkProblem {
    /// `not_found`, `no_case`, `refused` or `changed`.
    code: String,
    /// The same for a person.
    detail: String,
}

/// What became of one thing.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResult {
    id: Uuid,
    ok: bool,
    #[schema(required = true)]
    problem: Option<BulkProblem>,
}

/// What became of each thing.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkAnswer {
    /// By which it can be taken back for 24 hours.
    id: Uuid,
    /// Things that are now as asked.
    done: u64,
    /// Things that are not.
    failed: u64,
    results: Vec<BulkResult>,
}

impl BulkAnswer {
    fn new(done: BulkDone, chinese: bool) -> Self {
        let results: Vec<BulkResult> = done
            .results
            .into_iter()
            .map(|(id, problem)| BulkResult {
                id,
                ok: problem.is_none(),
                problem: problem.map(|problem| BulkProblem {
                    code: problem.code().to_owned(),
                    detail: problem.say().pick(chinese).to_owned(),
                }),
            })
            .collect();
        let failed = results.iter().filter(|result| !result.ok).count() as u64;
        Self { id: done.id.uuid(), done: results.len() as u64 - failed, failed, results }
    }
}

/// Does one thing to many.
#[utoipa::path(post, path = "/api/v1/bulk", tag = "bulk", request_body = NewBulk,
    responses((status = 200, body = BulkAnswer), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn create_bulk(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Body(new): Body<NewBulk>,
) -> Result<Json<BulkAnswer>, Problem> {
    let action = new.action.action(&session)?;
    let (chosen, field) = match (new.ids, new.query) {
        (Some(ids), None) => (Chosen::Ids(ids), "ids"),
        (None, Some(query)) => (
            Chosen::Filter(Box::new(filter::of_query(
                &query,
                new.list,
                &session,
                app.desk.store.clock().now(),
            )?)),
            "query",
        ),
        _ => {
            return Err(Problem::invalid(
                "ids",
                "请选择要处理的条目，或给出筛选条件，二者取一",
                "name either the things or a filter",
            ));
        }
    };
    let done = bulk::run(&app.desk, &session.scope, new.list, chosen, action).await;
    let done = done.map_err(Problem::of_field(field))?;
    Ok(Json(BulkAnswer::new(done, wants_chinese(&headers))))
}

/// Takes a bulk action back, by whoever did it, within 24 hours. What was changed since stays as it is.
#[utoipa::path(post, path = "/api/v1/bulk/{id}/undo", tag = "bulk", params(("id" = Uuid, Path)),
    responses((status = 200, body = BulkAnswer), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn undo_bulk(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Id(id): Id<BulkId>,
) -> Result<Json<BulkAnswer>, Problem> {
    let done = bulk::undo(&app.desk, &session.scope, id).await?;
    Ok(Json(BulkAnswer::new(done, wants_chinese(&headers))))
}
