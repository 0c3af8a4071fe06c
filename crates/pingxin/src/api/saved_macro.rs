//! Macros: a person's own and everybody's. They are run with `POST /api/v1/bulk`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::automation::{self, MacroView};
use pingxin_domain::MacroId;
use pingxin_domain::automation::{Act, Macro};
use pingxin_domain::identifiers::Identifier;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::automation::{MissingReference, RuleAction};
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Saved actions.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MacroBody {
    name: String,
    /// Whether everybody has it; else it is one's own.
    shared: bool,
    /// 1 to 10, done in this order.
    #[schema(value_type = Vec<RuleAction>)]
    actions: Vec<Act>,
}

impl MacroBody {
    fn split(self) -> (bool, Macro) {
        (self.shared, Macro { name: self.name.trim().to_owned(), acts: self.actions })
    }
}

/// A macro as it is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptMacro {
    id: Uuid,
    #[serde(flatten)]
    body: MacroBody,
    changed_at: Timestamp,
    /// What it names that is gone. A macro that names any is not run.
    missing: Vec<MissingReference>,
}

impl From<MacroView> for KeptMacro {
    fn from(view: MacroView) -> Self {
        let saved = view.saved;
        let Macro { name, acts } = saved.body;
        Self {
            id: saved.id.uuid(),
            body: MacroBody { name, shared: saved.owner.is_none(), actions: acts },
            changed_at: saved.changed_at,
            missing: view.missing.into_iter().map(MissingReference::from).collect(),
        }
    }
}

/// One's own macros and everybody's.
#[derive(Debug, Serialize, ToSchema)]
pub struct MacroList {
    macros: Vec<KeptMacro>,
}

/// The macros that the caller can run.
#[utoipa::path(get, path = "/api/v1/macros", tag = "automation",
    responses((status = 200, body = MacroList), SignedOut, Forbidden))]
pub async fn list_macros(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<MacroList>, Problem> {
    let found = automation::list_macros(&app.desk, &session.scope).await?;
    Ok(Json(MacroList { macros: found.into_iter().map(KeptMacro::from).collect() }))
}

/// Makes a macro.
#[utoipa::path(post, path = "/api/v1/macros", tag = "automation", request_body = MacroBody,
    responses((status = 201, body = KeptMacro), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Invalid))]
pub async fn create_macro(
    State(app): State<App>,
    Session(session): Session,
    Body(new): Body<MacroBody>,
) -> Result<(StatusCode, Json<KeptMacro>), Problem> {
    let (shared, body) = new.split();
    let made = automation::create_macro(&app.desk, &session.scope, shared, &body).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Changes a macro.
#[utoipa::path(put, path = "/api/v1/macros/{id}", tag = "automation", params(("id" = Uuid, Path)),
    request_body = MacroBody,
    responses((status = 200, body = KeptMacro), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Invalid))]
pub async fn update_macro(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<MacroId>,
    Body(changed): Body<MacroBody>,
) -> Result<Json<KeptMacro>, Problem> {
    let (shared, body) = changed.split();
    Ok(Json(automation::update_macro(&app.desk, &session.scope, id, shared, &body).await?.into()))
}

/// Takes a macro away.
#[utoipa::path(delete, path = "/api/v1/macros/{id}", tag = "automation", params(("id" = Uuid, Path)),
    responses((status = 204), SignedOut, Forbidden, NotFound))]
pub async fn delete_macro(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<MacroId>,
) -> Result<StatusCode, Problem> {
    automation::delete_macro(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a deleted macro back.
#[utoipa::path(post, path = "/api/v1/macros/{id}/restore", tag = "automation", params(("id" = Uuid, Path)),
    responses((status = 200, body = KeptMacro), SignedOut, Forbidden, NotFound))]
pub async fn restore_macro(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<MacroId>,
) -> Result<Json<KeptMacro>, Problem> {
    Ok(Json(automation::restore_macro(&app.desk, &session.scope, id).await?.into()))
}
