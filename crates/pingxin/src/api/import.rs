//! Imports: a file in, how far it has come, which rows failed.

use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use pingxin_channels::files::columns::parse_overrides;
use pingxin_desk::import::{
    self, BatchState, ColumnMapping, ImportKind, ImportRequest, ImportView, ShopChoice,
};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::{Field, RowFailure};
use pingxin_domain::{Action, BatchId};
use pingxin_store::identifier;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::page::PageAsked;
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut, TooLarge};
use super::shop::{self, ShopName};
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Id};
use crate::http::problem::{Problem, wants_chinese};
use crate::http::session::Session;
use crate::http::upload::{self, Form};

/// A column of the file and the field it was taken for.
#[derive(Debug, Serialize, ToSchema)]
pub struct MappedColumn {
    /// Its header.
    column: String,
    /// Null when it is left out.
    #[schema(value_type = Option<String>, required = true)]
    field: Option<Field>,
    /// Some of its cells.
    sample: Vec<String>,
    /// Of a column of dates, as far as it is known.
    #[schema(value_type = Option<word::DateOrder>, required = true)]
    date_order: Option<String>,
    /// Whether day and month could be either, so that somebody must say.
    ambiguous: bool,
}

impl From<ColumnMapping> for MappedColumn {
    fn from(mapping: ColumnMapping) -> Self {
        Self {
            column: mapping.column,
            field: mapping.field,
            sample: mapping.sample,
            date_order: mapping.date_order,
            ambiguous: mapping.ambiguous,
        }
    }
}

/// A file that came along and was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedFile {
    name: String,
    /// Why, and what to do.
    reason: String,
}

/// Why a file could not be read at all.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportError {
    code: String,
    message: String,
}

impl ImportError {
    /// A code and a sentence in the language of whoever asks.
    #[must_use]
    pub fn new(code: &str, message: &str) -> Self {
        Self { code: code.to_owned(), message: message.to_owned() }
    }
}

/// What taking an import back did.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoneCounts {
    removed: u64,
    restored: u64,
    /// What stays; known at the end.
    kept: u64,
}

/// One import of one file.
#[derive(Debug, Serialize, ToSchema)]
pub struct Import {
    id: Uuid,
    file_name: String,
    #[schema(required = true)]
    shop: Option<ShopName>,
    #[schema(required = true)]
    profile: Option<String>,
    #[schema(required = true)]
    encoding: Option<String>,
    #[schema(value_type = Option<word::ImportKind>, required = true)]
    kind: Option<ImportKind>,
    #[schema(value_type = word::ImportState)]
    state: BatchState,
    dry_run: bool,
    bytes: u64,
    bytes_read: u64,
    /// The sum of the five below.
    rows: u64,
    new: u64,
    updated: u64,
    unchanged: u64,
    duplicate: u64,
    failed: u64,
    cases_opened: u64,
    /// Photos and videos that came along and were taken.
    media_files: u64,
    /// Files that came along and were not.
    media_refused: u64,
    /// The first hundred of them; forgotten after 30 days.
    media_refusals: Vec<RefusedFile>,
    mapping: Vec<MappedColumn>,
    #[schema(required = true)]
    error: Option<ImportError>,
    created_at: Timestamp,
    #[schema(required = true)]
    started_at: Option<Timestamp>,
    #[schema(required = true)]
    finished_at: Option<Timestamp>,
    /// The draft that it is a dry run of, as long as that waits.
    #[schema(required = true)]
    draft_id: Option<Uuid>,
    /// What taking it back did, once that has begun.
    #[schema(required = true)]
    undo: Option<UndoneCounts>,
    /// Who brought the file in; null for the command line.
    #[schema(required = true)]
    created_by: Option<String>,
}

/// A page of imports.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportList {
    imports: Vec<Import>,
    /// Null on the last page.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// A row that was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportFailure {
    /// Line of the file, from 1 (the header is a line); row of the sheet in xlsx.
    line: u64,
    /// Null when the whole row is at fault.
    #[schema(required = true)]
    column: Option<String>,
    #[schema(required = true)]
    value: Option<String>,
    /// What is wrong and what to do.
    reason: String,
}

/// A page of failed rows.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportFailureList {
    failures: Vec<ImportFailure>,
    /// Null on the last page.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// A file to import, with what is known of it.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the form for the document; the form itself is streamed")]
pub struct NewImport {
    /// CSV, TSV, JSON Lines or XLSX, or a zip archive of one such table and its photos; at most 512 MiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// A shop there is; else `shop_name`.
    #[schema(nullable = false)]
    shop_id: Option<Uuid>,
    /// A shop by its name, made when missing.
    #[schema(nullable = false)]
    shop_name: Option<String>,
    /// Of a shop that has to be made.
    #[schema(value_type = Option<word::Platform>, nullable = false)]
    platform: Option<String>,
    /// A profile by name; recognised by the headers unless given.
    #[schema(nullable = false)]
    profile: Option<String>,
    /// Detected unless given.
    #[schema(nullable = false)]
    encoding: Option<String>,
    /// `text=评价内容,rating=星级` overrides what was guessed.
    #[schema(nullable = false)]
    map: Option<String>,
    /// Say what would happen and keep nothing.
    #[schema(nullable = false)]
    dry_run: Option<bool>,
    /// Keep the file as a draft: it is read when somebody has looked at its columns.
    #[schema(nullable = false)]
    hold: Option<bool>,
}

impl Import {
    /// An import as it is shown, in the language of whoever asks.
    #[must_use]
    pub fn new(view: ImportView, chinese: bool) -> Self {
        let ImportView { batch, error } = view;
        let counts = batch.counts;
        Self {
            id: batch.id.uuid(),
            file_name: batch.file_name,
            shop: batch.shop.map(ShopName::from),
            profile: batch.profile,
            encoding: batch.encoding,
            kind: batch.kind,
            state: batch.state,
            dry_run: batch.dry_run,
            bytes: batch.bytes,
            bytes_read: batch.bytes_read,
            rows: counts.rows,
            new: counts.new,
            updated: counts.updated,
            unchanged: counts.unchanged,
            duplicate: counts.duplicate,
            failed: counts.failed,
            cases_opened: counts.cases_opened,
            media_files: batch.media.files,
            media_refused: batch.media.refused,
            media_refusals: batch
                .media
                .refusals
                .into_iter()
                .map(|file| RefusedFile { name: file.name, reason: file.reason.pick(chinese).to_owned() })
                .collect(),
            mapping: batch.mapping.into_iter().map(MappedColumn::from).collect(),
            error: error
                .map(|error| ImportError { code: error.code, message: error.say.pick(chinese).to_owned() }),
            created_at: batch.created_at,
            started_at: batch.started_at,
            finished_at: batch.finished_at,
            draft_id: batch.draft_of.map(Identifier::uuid),
            undo: batch.undone.map(|undone| UndoneCounts {
                removed: undone.removed,
                restored: undone.restored,
                kept: undone.kept,
            }),
            created_by: batch.created_by.map(|user| user.name),
        }
    }
}

impl ImportFailure {
    /// A failure in the language of whoever asks.
    #[must_use]
    pub fn new(failure: RowFailure, chinese: bool) -> Self {
        Self {
            line: failure.line,
            column: failure.column,
            value: failure.value,
            reason: failure.reason.pick(chinese).to_owned(),
        }
    }
}

/// Takes a file in; a worker reads it, and the answer's id follows how far it has come.
#[utoipa::path(post, path = "/api/v1/imports", tag = "import",
    request_body(content = NewImport, content_type = "multipart/form-data"),
    responses((status = 202, body = Import), BadRequest, SignedOut, Forbidden, NotFound, TooLarge, Invalid))]
pub async fn create_import(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<Import>), Problem> {
    // Before half a gigabyte has come in, not after.
    pingxin_desk::allow(&session.scope, Action::CreateImports)?;
    let new_name = identifier::fresh::<BatchId>().to_string();
    let form = upload::receive(form, &app.desk.uploads()?, &new_name, app.file_limit).await?;
    let (request, hold) = request(form)?;
    let path = request.path.clone();
    let taken = if hold {
        import::hold(&app.desk, &session.scope, request).await
    } else {
        import::submit(&app.desk, &session.scope, request).await
    };
    let id = match taken {
        Ok(id) => id,
        Err(refused) => {
            if let Err(cause) = tokio::fs::remove_file(&path).await {
                tracing::warn!(%cause, "an upload that was refused could not be deleted");
            }
            return Err(Problem::of_field("shop_name")(refused));
        }
    };
    app.work.notify_one();
    let view = import::get(&app.desk, &session.scope, id).await?;
    Ok((StatusCode::ACCEPTED, Json(Import::new(view, wants_chinese(&headers)))))
}

/// What the form asks for, and whether the file is to be held as a draft; the file is taken over only when everything else is right.
fn request(form: Form) -> Result<(ImportRequest, bool), Problem> {
    let Form { file, texts } = form;
    let Some(file) = file else {
        return Err(Problem::invalid("file", "请选择要导入的文件", "choose a file to import"));
    };
    let value = |name: &str| {
        texts
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, text)| text.trim())
            .filter(|text| !text.is_empty())
    };
    let shop = match (value("shop_id"), value("shop_name")) {
        (Some(id), _) => ShopChoice::Id(id.parse().map_err(|_| Problem::not_found())?),
        (None, Some(name)) => ShopChoice::Named {
            name: name.to_owned(),
            platform: value("platform").map(shop::platform).transpose()?,
        },
        (None, None) => {
            return Err(Problem::invalid(
                "shop_id",
                "请选择店铺，或填写新店铺名称",
                "choose a shop, or name a new one",
            ));
        }
    };
    let map = value("map").map(str::to_owned);
    if let Some(map) = &map {
        parse_overrides(map).map_err(|refusal| Problem::invalid("map", refusal.say.zh, refusal.say.en))?;
    }
    let yes = |name: &str| matches!(value(name), Some("true" | "1" | "on"));
    let hold = yes("hold");
    let request = ImportRequest {
        file_name: file.name().to_owned(),
        shop,
        profile: value("profile").map(str::to_owned),
        encoding: value("encoding").map(str::to_owned),
        map,
        dry_run: yes("dry_run"),
        path: file.keep(),
        media_folder: None,
    };
    Ok((request, hold))
}

/// Imports, newest first.
#[utoipa::path(get, path = "/api/v1/imports", tag = "import", params(PageAsked),
    responses((status = 200, body = ImportList), BadRequest, SignedOut, Forbidden))]
pub async fn list_imports(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<ImportList>, Problem> {
    let chinese = wants_chinese(&headers);
    let found = import::list(&app.desk, &session.scope, page.cursor(), page.limit()?).await?;
    Ok(Json(ImportList {
        imports: found.rows.into_iter().map(|view| Import::new(view, chinese)).collect(),
        next_cursor: found.next,
    }))
}

/// One import, as far as it has come.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "import", params(("id" = Uuid, Path)),
    responses((status = 200, body = Import), SignedOut, Forbidden, NotFound))]
pub async fn get_import(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Id(id): Id<BatchId>,
) -> Result<Json<Import>, Problem> {
    let view = import::get(&app.desk, &session.scope, id).await?;
    Ok(Json(Import::new(view, wants_chinese(&headers))))
}

/// Stops an import that waits or runs; what it has stored stays.
#[utoipa::path(delete, path = "/api/v1/imports/{id}", tag = "import", params(("id" = Uuid, Path)),
    responses((status = 202, body = Import), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn cancel_import(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Id(id): Id<BatchId>,
) -> Result<(StatusCode, Json<Import>), Problem> {
    let view = import::cancel(&app.desk, &session.scope, id).await?;
    Ok((StatusCode::ACCEPTED, Json(Import::new(view, wants_chinese(&headers)))))
}

/// The rows that were not taken, in the order of the file.
#[utoipa::path(get, path = "/api/v1/imports/{id}/failures", tag = "import", params(("id" = Uuid, Path), PageAsked),
    responses((status = 200, body = ImportFailureList), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn list_import_failures(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Id(id): Id<BatchId>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<ImportFailureList>, Problem> {
    let chinese = wants_chinese(&headers);
    let found = import::failures(&app.desk, &session.scope, id, page.cursor(), page.limit()?).await?;
    Ok(Json(ImportFailureList {
        failures: found.rows.into_iter().map(|failure| ImportFailure::new(failure, chinese)).collect(),
        next_cursor: found.next,
    }))
}
