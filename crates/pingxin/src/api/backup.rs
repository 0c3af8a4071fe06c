//! Backups of the merchant's things, on this machine.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use pingxin_desk::backups::{self, BackupFile};
use serde::Serialize;
use tokio_util::io::ReaderStream;
use utoipa::ToSchema;

use super::refusal::{Conflict, Forbidden, NotFound, SignedOut};
use crate::http::App;
use crate::http::body::Id;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A backup.
#[derive(Debug, Serialize, ToSchema)]
pub struct Backup {
    name: String,
    /// 0 while it is being made.
    bytes: u64,
    created_at: Timestamp,
}

impl From<BackupFile> for Backup {
    fn from(file: BackupFile) -> Self {
        Self { name: file.name, bytes: file.bytes, created_at: file.created_at }
    }
}

/// The backups on this machine.
#[derive(Debug, Serialize, ToSchema)]
pub struct BackupList {
    /// The newest first; each was read back after it was made.
    backups: Vec<Backup>,
    /// Whether one is being made.
    running: bool,
}

/// The merchant's backups on this machine.
#[utoipa::path(get, path = "/api/v1/backups", tag = "backup",
    responses((status = 200, body = BackupList), SignedOut, Forbidden))]
pub async fn list_backups(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<BackupList>, Problem> {
    let found = backups::list(&app.desk, &session.scope).await?;
    let backups = found.files.into_iter().map(Backup::from).collect();
    Ok(Json(BackupList { backups, running: found.running }))
}

/// Has a backup of the merchant's things made in the background.
#[utoipa::path(post, path = "/api/v1/backups", tag = "backup",
    responses((status = 202, body = Backup), SignedOut, Forbidden, Conflict))]
pub async fn create_backup(
    State(app): State<App>,
    Session(session): Session,
) -> Result<(StatusCode, Json<Backup>), Problem> {
    let made = backups::request(&app.desk, &session.scope).await?;
    app.work.notify_one();
    Ok((StatusCode::ACCEPTED, Json(made.into())))
}

/// A backup as a file. It can be read with the key alone.
#[utoipa::path(get, path = "/api/v1/backups/{name}", tag = "backup", params(("name" = String, Path)),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        SignedOut, Forbidden, NotFound))]
pub async fn get_backup(
    State(app): State<App>,
    Session(session): Session,
    Id(name): Id<String>,
) -> Result<Response, Problem> {
    let file = backups::open(&app.desk, &session.scope, &name).await?;
    let bytes = file.metadata().map_err(|cause| Problem::internal(&cause))?.len();
    // The name was held against ours: digits and a dash.
    let named = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .map_err(|cause| Problem::internal(&cause))?;
    let mut response = Response::new(Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file))));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_DISPOSITION, named);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes));
    Ok(response)
}
