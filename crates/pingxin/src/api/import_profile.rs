//! Named ways to read a file.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use pingxin_desk::import::{self, ImportKind, ProfileView};
use pingxin_domain::ProfileId;
use pingxin_domain::identifiers::Identifier;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::{Problem, wants_chinese};
use crate::http::session::Session;

/// A profile in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportProfile {
    /// The name by which it is asked for.
    name: String,
    /// What a person calls it.
    title: String,
    built_in: bool,
    /// Of a saved one.
    #[schema(required = true)]
    id: Option<Uuid>,
    #[schema(value_type = Option<word::ImportKind>, required = true)]
    kind: Option<ImportKind>,
}

impl ImportProfile {
    fn new(view: ProfileView, chinese: bool) -> Self {
        Self {
            name: view.name,
            title: view.title.pick(chinese).to_owned(),
            built_in: view.id.is_none(),
            id: view.id.map(Identifier::uuid),
            kind: view.kind,
        }
    }
}

/// Every profile, the saved ones first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportProfileList {
    profiles: Vec<ImportProfile>,
}

/// What a saved profile says of a column.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the document; the profile itself is read by the file reader")]
pub struct SavedColumn {
    column: String,
    /// Null leaves it out.
    #[schema(required = true)]
    field: Option<String>,
    /// Of a column of dates, where it is known.
    #[schema(value_type = Option<word::DateOrder>)]
    date_order: Option<String>,
}

/// A saved profile, as it is taken from one desk to another.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the document; the profile itself is read by the file reader")]
pub struct SavedProfile {
    /// 1
    pingxin_profile: u32,
    name: String,
    /// Absent when it is detected.
    encoding: Option<String>,
    columns: Vec<SavedColumn>,
}

/// Every profile: the saved ones, then the built-in ones.
#[utoipa::path(get, path = "/api/v1/import-profiles", tag = "import",
    responses((status = 200, body = ImportProfileList), SignedOut, Forbidden))]
pub async fn list_import_profiles(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
) -> Result<Json<ImportProfileList>, Problem> {
    let chinese = wants_chinese(&headers);
    let profiles = import::list_profiles(&app.desk, &session.scope).await?;
    let profiles = profiles.into_iter().map(|view| ImportProfile::new(view, chinese)).collect();
    Ok(Json(ImportProfileList { profiles }))
}

/// A saved profile, to be taken elsewhere.
#[utoipa::path(get, path = "/api/v1/import-profiles/{id}", tag = "import", params(("id" = Uuid, Path)),
    responses((status = 200, body = SavedProfile), SignedOut, Forbidden, NotFound))]
pub async fn get_import_profile(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ProfileId>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(import::get_profile(&app.desk, &session.scope, id).await?))
}

/// Brings in a profile that was saved elsewhere.
#[utoipa::path(post, path = "/api/v1/import-profiles", tag = "import", request_body = SavedProfile,
    responses((status = 201, body = ImportProfile), BadRequest, SignedOut, Forbidden, Conflict))]
pub async fn create_import_profile(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Body(body): Body<Value>,
) -> Result<(StatusCode, Json<ImportProfile>), Problem> {
    let view = import::create_profile(&app.desk, &session.scope, &body).await?;
    Ok((StatusCode::CREATED, Json(ImportProfile::new(view, wants_chinese(&headers)))))
}

/// Takes a saved profile away.
#[utoipa::path(delete, path = "/api/v1/import-profiles/{id}", tag = "import", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Gone"), SignedOut, Forbidden, NotFound))]
pub async fn delete_import_profile(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ProfileId>,
) -> Result<StatusCode, Problem> {
    import::delete_profile(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
