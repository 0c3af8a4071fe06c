//! Taking an import back, and its failed rows as a file.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use pingxin_desk::import::{self, Kept, KeptReason, UndoPreview};
use pingxin_domain::BatchId;
use pingxin_domain::identifiers::Identifier;
use pingxin_store::undo::Brought;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::export;
use super::import::Import;
use super::refusal::{Conflict, Forbidden, NotFound, SignedOut, Stale};
use super::word;
use crate::http::App;
use crate::http::body::Id;
use crate::http::problem::{Problem, wants_chinese};
use crate::http::session::Session;

/// How many things of each kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoCounts {
    reviews: u64,
    orders: u64,
    /// Parcels, after-sales, chat messages, calls, figures.
    records: u64,
    cases: u64,
}

impl From<Brought> for UndoCounts {
    fn from(brought: Brought) -> Self {
        Self {
            reviews: brought.reviews,
            orders: brought.orders,
            records: brought.records,
            cases: brought.cases,
        }
    }
}

/// A thing that would stay.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoKept {
    #[schema(value_type = word::UndoWhat)]
    what: &'static str,
    id: Uuid,
    label: String,
    /// Why it stays.
    reason: String,
    #[schema(required = true)]
    case_id: Option<Uuid>,
    #[schema(required = true)]
    case_number: Option<u64>,
}

/// What taking an import back would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportUndo {
    removed: UndoCounts,
    restored: UndoCounts,
    /// How many would stay, as far as they are listed.
    kept_count: u64,
    /// Whether more than those would stay.
    kept_more: bool,
    /// At most a hundred.
    kept: Vec<UndoKept>,
}

fn why(reason: KeptReason, chinese: bool) -> &'static str {
    match (reason, chinese) {
        (KeptReason::Touched, true) => "有人已经在跟进",
        (KeptReason::Touched, false) => "somebody has worked on its case",
        (KeptReason::OtherImport, true) => "其他导入也带来了它，或之后改过它",
        (KeptReason::OtherImport, false) => "another import has brought it too, or changed it since",
        (KeptReason::ReviewStays, true) => "它的评价会保留",
        (KeptReason::ReviewStays, false) => "its review stays",
    }
}

impl ImportUndo {
    fn new(preview: UndoPreview, chinese: bool) -> Self {
        let kept = |kept: Kept| UndoKept {
            what: kept.what,
            id: kept.id,
            label: kept.label,
            reason: why(kept.reason, chinese).to_owned(),
            case_id: kept.case.map(|(id, _)| id.uuid()),
            case_number: kept.case.map(|(_, number)| number),
        };
        Self {
            removed: preview.removed.into(),
            restored: preview.restored.into(),
            kept_count: preview.kept.len() as u64,
            kept_more: preview.kept_more,
            kept: preview.kept.into_iter().map(kept).collect(),
        }
    }
}

/// What taking an import back would do; nothing is changed.
#[utoipa::path(get, path = "/api/v1/imports/{id}/undo", tag = "import", params(("id" = Uuid, Path)),
    responses((status = 200, body = ImportUndo), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn get_import_undo(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Id(id): Id<BatchId>,
) -> Result<Json<ImportUndo>, Problem> {
    let preview = import::preview_undo(&app.desk, &session.scope, id).await?;
    Ok(Json(ImportUndo::new(preview, wants_chinese(&headers))))
}

/// Takes an import back: what it brought goes, what it changed stands again as before. What somebody has worked on, or
/// another import has brought too, stays.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", tag = "import", params(("id" = Uuid, Path)),
    responses((status = 202, body = Import), SignedOut, Forbidden, NotFound, Conflict, Stale))]
pub async fn undo_import(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Id(id): Id<BatchId>,
) -> Result<(StatusCode, Json<Import>), Problem> {
    let view = import::begin_undo(&app.desk, &session.scope, id).await?;
    app.work.notify_one();
    Ok((StatusCode::ACCEPTED, Json(Import::new(view, wants_chinese(&headers)))))
}

/// The failed rows with the file's own headers, to be corrected and brought in again. Not masked.
#[utoipa::path(get, path = "/api/v1/imports/{id}/failed-rows.csv", tag = "import", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "text/csv"),
        SignedOut, Forbidden, NotFound))]
pub async fn get_failed_rows(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Id(id): Id<BatchId>,
) -> Result<Response, Problem> {
    let folder = app.desk.uploads()?;
    let file = tempfile::NamedTempFile::new_in(folder).map_err(|cause| Problem::internal(&cause))?;
    let chinese = wants_chinese(&headers);
    import::write_failed_rows(&app.desk, &session.scope, id, chinese, file.path()).await?;
    export::stream(file, "failed-rows", pingxin_channels::files::write::ExportFormat::Csv, &app)
}
