//! Drafts of imports: how a file would be read, and having it read.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use pingxin_channels::files::columns::parse_overrides;
use pingxin_channels::files::convert::PreviewPart as StorePart;
use pingxin_desk::import::{self, ImportKind, Preview, Reading};
use pingxin_domain::BatchId;
use pingxin_domain::intake::Field;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::import::{Import, ImportError, ImportFailure, MappedColumn};
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::{Problem, wants_chinese};
use crate::http::session::Session;

/// How a draft is to be read, where the guess is not to decide.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PreviewAsked {
    /// A built-in or saved profile by name.
    profile: Option<String>,
    encoding: Option<String>,
    /// `text=评价内容,created:dmy=日期,rating=` (nothing behind `=` leaves the field out).
    map: Option<String>,
}

/// How a draft is to be read, now.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct StartImport {
    /// A built-in or saved profile by name.
    profile: Option<String>,
    encoding: Option<String>,
    /// As in a preview.
    map: Option<String>,
    /// Say what would happen and keep nothing.
    dry_run: bool,
    /// The name under which this way to read the file is kept for the next one.
    save_profile: Option<String>,
}

/// A field and its value, as it would be stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewField {
    #[schema(value_type = String)]
    field: Field,
    value: String,
}

/// A thing that a row would be stored as.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewPart {
    #[schema(value_type = word::PreviewWhat)]
    what: &'static str,
    fields: Vec<PreviewField>,
}

impl From<StorePart> for PreviewPart {
    fn from(part: StorePart) -> Self {
        let fields = part.fields.into_iter().map(|(field, value)| PreviewField { field, value }).collect();
        Self { what: part.what, fields }
    }
}

/// A row as it would be stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewRow {
    /// Line of the file, from 1; row of the sheet in xlsx.
    line: u64,
    stored: Vec<PreviewPart>,
    /// Why it would not be taken.
    #[schema(required = true)]
    failure: Option<ImportFailure>,
}

/// How a draft would be read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportPreview {
    /// `csv`, `tsv`, `jsonl`, `json`, `xlsx`, `text`; null when it cannot be read at all.
    #[schema(required = true)]
    format: Option<String>,
    #[schema(required = true)]
    encoding: Option<String>,
    #[schema(required = true)]
    delimiter: Option<String>,
    #[schema(required = true)]
    sheet: Option<String>,
    #[schema(required = true)]
    profile: Option<String>,
    #[schema(value_type = Option<word::ImportKind>, required = true)]
    kind: Option<ImportKind>,
    mapping: Vec<MappedColumn>,
    /// The first 20; contacts masked.
    rows: Vec<PreviewRow>,
    /// Why it cannot be read so.
    #[schema(required = true)]
    problem: Option<ImportError>,
}

impl ImportPreview {
    fn new(preview: Preview, chinese: bool) -> Self {
        let header = preview.header;
        let row = |row: import::PreviewRow| PreviewRow {
            line: row.line,
            stored: row.stored.into_iter().map(PreviewPart::from).collect(),
            failure: row.failure.map(|failure| ImportFailure::new(failure, chinese)),
        };
        Self {
            format: header.as_ref().map(|header| header.format.code().to_owned()),
            encoding: header.as_ref().map(|header| header.encoding.clone()),
            delimiter: header.as_ref().and_then(|header| header.delimiter).map(String::from),
            sheet: header.and_then(|header| header.sheet),
            profile: preview.profile,
            kind: preview.kind,
            mapping: preview.mapping.into_iter().map(MappedColumn::from).collect(),
            rows: preview.rows.into_iter().map(row).collect(),
            problem: preview
                .problem
                .map(|refusal| ImportError::new(refusal.code.as_str(), refusal.say.pick(chinese))),
        }
    }
}

fn reading(
    profile: Option<String>,
    encoding: Option<String>,
    map: Option<String>,
) -> Result<Reading, Problem> {
    let some = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let map = some(map);
    if let Some(map) = &map {
        parse_overrides(map).map_err(|refusal| Problem::invalid("map", refusal.say.zh, refusal.say.en))?;
    }
    Ok(Reading { profile: some(profile), encoding: some(encoding), map })
}

/// How a draft would be read; nothing is stored.
#[utoipa::path(post, path = "/api/v1/imports/{id}/preview", tag = "import", params(("id" = Uuid, Path)),
    request_body = PreviewAsked,
    responses((status = 200, body = ImportPreview), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Invalid))]
pub async fn preview_import(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Id(id): Id<BatchId>,
    Body(asked): Body<PreviewAsked>,
) -> Result<Json<ImportPreview>, Problem> {
    let reading = reading(asked.profile, asked.encoding, asked.map)?;
    let preview = import::preview(&app.desk, &session.scope, id, &reading).await?;
    Ok(Json(ImportPreview::new(preview, wants_chinese(&headers))))
}

/// Has a draft read; a worker does it.
#[utoipa::path(post, path = "/api/v1/imports/{id}/start", tag = "import", params(("id" = Uuid, Path)),
    request_body = StartImport,
    responses((status = 202, body = Import), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Invalid))]
pub async fn start_import(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Id(id): Id<BatchId>,
    Body(asked): Body<StartImport>,
) -> Result<(StatusCode, Json<Import>), Problem> {
    let reading = reading(asked.profile, asked.encoding, asked.map)?;
    if let Some(name) = asked.save_profile.as_deref().filter(|name| !name.trim().is_empty()) {
        import::save_profile(&app.desk, &session.scope, id, &reading, name)
            .await
            .map_err(Problem::of_field("save_profile"))?;
    }
    let view = import::start(&app.desk, &session.scope, id, &reading, asked.dry_run).await?;
    app.work.notify_one();
    Ok((StatusCode::ACCEPTED, Json(Import::new(view, wants_chinese(&headers)))))
}
