//! The evidence pack of a review: what is in it, the zip, and files added by hand.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use pingxin_desk::evidence::{self, EvidenceView};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{EvidenceId, ReviewId};
use pingxin_store::evidence_file::EvidenceFile as StoreFile;
use pingxin_store::secret::Token;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::removal::Words;
use crate::http::App;
use crate::http::body::{Asked, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;
use crate::http::upload;

/// For which ground.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct EvidenceAsked {
    /// A ground of the pack; without one there is no request in it.
    ground: Option<String>,
}

impl EvidenceAsked {
    fn ground(&self) -> Option<&str> {
        self.ground.as_deref().filter(|ground| !ground.is_empty())
    }
}

/// The words a request is filed with.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceLetter {
    /// ISO 639-1.
    language: String,
    text: String,
    /// In Unicode scalar values.
    length: usize,
    /// The most the platform takes; null when no limit is known.
    #[schema(required = true)]
    max: Option<u32>,
    /// Whether something was left out to keep within it.
    shortened: bool,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceMoment {
    at: Timestamp,
    what: String,
}

/// A document of the pack.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceDocument {
    path: String,
    title: String,
    text: String,
}

/// A file of the zip.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceEntry {
    path: String,
    /// Null for a file added by hand.
    #[schema(required = true)]
    title: Option<String>,
    size: u64,
    sha256: String,
}

/// A file added by hand.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceFile {
    id: Uuid,
    name: String,
    size: u64,
    sha256: String,
    added_at: Timestamp,
    #[schema(required = true)]
    added_by: Option<Person>,
}

impl From<StoreFile> for EvidenceFile {
    fn from(file: StoreFile) -> Self {
        Self {
            id: file.id.uuid(),
            name: file.name,
            size: file.size,
            sha256: pingxin_store::hex_digits(&file.sha256),
            added_at: file.added_at,
            added_by: file.added_by.map(Person::from),
        }
    }
}

/// The evidence pack of a review. The same stored facts make the same bytes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Evidence {
    /// Whether its words are Chinese; else English.
    chinese: bool,
    #[schema(required = true)]
    ground: Option<String>,
    #[schema(required = true)]
    ground_name: Option<Words>,
    #[schema(required = true)]
    letter: Option<EvidenceLetter>,
    missing: Vec<Words>,
    timeline: Vec<EvidenceMoment>,
    documents: Vec<EvidenceDocument>,
    /// What is in the zip, in its order.
    contents: Vec<EvidenceEntry>,
    files: Vec<EvidenceFile>,
    file_name: String,
    size: usize,
    /// Of the zip.
    sha256: String,
}

impl From<EvidenceView> for Evidence {
    fn from(view: EvidenceView) -> Self {
        let (ground, name) = view.ground.map_or((None, None), |(id, name)| (Some(id), Some(name.into())));
        Self {
            chinese: view.chinese,
            ground,
            ground_name: name,
            letter: view.letter.map(|letter| EvidenceLetter {
                language: letter.language.to_owned(),
                text: letter.text,
                length: letter.length,
                max: letter.max,
                shortened: letter.shortened,
            }),
            missing: view.missing.into_iter().map(Words::from).collect(),
            timeline: view
                .timeline
                .into_iter()
                .map(|moment| EvidenceMoment { at: moment.at, what: moment.what })
                .collect(),
            documents: view
                .documents
                .into_iter()
                .map(|document| EvidenceDocument {
                    path: document.path.to_owned(),
                    title: document.title.to_owned(),
                    text: document.text,
                })
                .collect(),
            contents: view
                .contents
                .into_iter()
                .map(|file| EvidenceEntry {
                    path: file.path,
                    title: file.title.map(str::to_owned),
                    size: file.size,
                    sha256: file.sha256,
                })
                .collect(),
            files: view.files.into_iter().map(EvidenceFile::from).collect(),
            file_name: file_name(&view.name),
            size: view.zip.len(),
            sha256: view.sha256,
        }
    }
}

fn file_name(name: &str) -> String {
    format!("evidence-{name}.zip")
}

/// What the evidence pack of a review holds.
#[utoipa::path(get, path = "/api/v1/reviews/{id}/evidence", tag = "removal", params(("id" = Uuid, Path), EvidenceAsked),
    responses((status = 200, body = Evidence), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn get_evidence(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ReviewId>,
    Asked(asked): Asked<EvidenceAsked>,
) -> Result<Json<Evidence>, Problem> {
    Ok(Json(evidence::build(&app.desk, &session.scope, id, asked.ground()).await?.into()))
}

/// The evidence pack of a review as one zip.
#[utoipa::path(get, path = "/api/v1/reviews/{id}/evidence/pack", tag = "removal",
    params(("id" = Uuid, Path), EvidenceAsked),
    responses((status = 200, description = "A zip", body = Vec<u8>, content_type = "application/zip"),
        BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn get_evidence_pack(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ReviewId>,
    Asked(asked): Asked<EvidenceAsked>,
) -> Result<Response, Problem> {
    let view = evidence::build(&app.desk, &session.scope, id, asked.ground()).await?;
    let named = format!("attachment; filename=\"{}\"", file_name(&view.name));
    let named = HeaderValue::from_str(&named).map_err(|cause| Problem::internal(&cause))?;
    let mut response = Response::new(Body::from(view.zip));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(CONTENT_DISPOSITION, named);
    Ok(response)
}

/// The form of an upload.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the form for the document; the form itself is streamed")]
pub struct NewEvidenceFile {
    /// At most 10 MB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Its id.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceAdded {
    id: Uuid,
}

/// Adds a file to the evidence of a review.
#[utoipa::path(post, path = "/api/v1/reviews/{id}/evidence/files", tag = "removal", params(("id" = Uuid, Path)),
    request_body(content = NewEvidenceFile, content_type = "multipart/form-data"),
    responses((status = 201, body = EvidenceAdded), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn add_evidence_file(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ReviewId>,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<EvidenceAdded>), Problem> {
    pingxin_desk::allow(&session.scope, pingxin_domain::Action::HandleCases)?;
    let folder = app.desk.uploads()?;
    let form = upload::receive(parts, &folder, Token::fresh().as_str(), evidence::FILE_LIMIT).await?;
    let file = form.file.ok_or_else(|| Problem::invalid("file", "请选择一个文件", "choose a file"))?;
    let name = file.name().to_owned();
    let path = file.keep();
    let read = tokio::fs::read(&path).await;
    if let Err(cause) = tokio::fs::remove_file(&path).await {
        tracing::warn!(%cause, "a file that was taken in could not be deleted");
    }
    let bytes = read.map_err(|cause| Problem::internal(&cause))?;
    let id = evidence::add_file(&app.desk, &session.scope, id, &name, &bytes).await?;
    Ok((StatusCode::CREATED, Json(EvidenceAdded { id: id.uuid() })))
}

/// Takes a file away from the evidence.
#[utoipa::path(delete, path = "/api/v1/evidence-files/{id}", tag = "removal", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Gone"), SignedOut, Forbidden, NotFound))]
pub async fn delete_evidence_file(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<EvidenceId>,
) -> Result<StatusCode, Problem> {
    evidence::delete_file(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
