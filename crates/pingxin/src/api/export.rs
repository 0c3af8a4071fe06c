//! Lists taken out as files: everything a filter finds, streamed from the disk.

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::Response;
use pingxin_channels::files::write::ExportFormat;
use pingxin_desk::export::{self, ExportKind};
use serde::Deserialize;
use tokio_util::io::ReaderStream;
use utoipa::IntoParams;

use super::buyer::BuyersAsked;
use super::filter::{CaseKeysAsked, FilterAsked};
use super::order::OrdersAsked;
use super::product::ProductsAsked;
use super::refusal::{BadRequest, Forbidden, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::Asked;
use crate::http::problem::Problem;
use crate::http::session::{Asking, Session};

/// In which format.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormatAsked {
    #[param(value_type = word::ExportFormat)]
    format: String,
    /// The columns, in order; several keys or one with commas. All of them unless given.
    #[serde(default)]
    columns: Vec<String>,
}

impl FormatAsked {
    /// The format.
    ///
    /// # Errors
    /// 400 for any other word.
    pub(super) fn format(&self) -> Result<ExportFormat, Problem> {
        self.format.parse().map_err(|_| {
            Problem::bad_request("format 应为 csv、xlsx 或 jsonl", "`format` must be csv, xlsx or jsonl")
        })
    }

    fn columns(&self) -> Vec<&str> {
        let names = self.columns.iter().flat_map(|names| names.split(','));
        names.map(str::trim).filter(|name| !name.is_empty()).collect()
    }
}

/// All reviews a filter finds, newest first, as a file.
#[utoipa::path(get, path = "/api/v1/reviews/export", tag = "review", params(FormatAsked, FilterAsked),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        BadRequest, SignedOut, Forbidden))]
pub async fn export_reviews(
    State(app): State<App>,
    Session(session): Session,
    Asked(format): Asked<FormatAsked>,
    Asked(asked): Asked<FilterAsked>,
) -> Result<Response, Problem> {
    let filter = asked.filter(&session)?;
    send(&app, &session, &ExportKind::Reviews(filter), &format).await
}

/// All cases a filter finds, oldest first, as a file.
#[utoipa::path(get, path = "/api/v1/cases/export", tag = "case", params(FormatAsked, FilterAsked, CaseKeysAsked),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        BadRequest, SignedOut, Forbidden))]
pub async fn export_cases(
    State(app): State<App>,
    Session(session): Session,
    Asked(format): Asked<FormatAsked>,
    Asked(asked): Asked<FilterAsked>,
    Asked(keys): Asked<CaseKeysAsked>,
) -> Result<Response, Problem> {
    let mut filter = asked.filter(&session)?;
    keys.add_to(&mut filter, &session, app.desk.store.clock().now())?;
    send(&app, &session, &ExportKind::Cases(filter), &format).await
}

/// All orders a filter finds, the first placed first, a row a line, as a file.
#[utoipa::path(get, path = "/api/v1/orders/export", tag = "order", params(FormatAsked, OrdersAsked),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        BadRequest, SignedOut, Forbidden))]
pub async fn export_orders(
    State(app): State<App>,
    Session(session): Session,
    Asked(format): Asked<FormatAsked>,
    Asked(asked): Asked<OrdersAsked>,
) -> Result<Response, Problem> {
    send(&app, &session, &ExportKind::Orders(asked.into()), &format).await
}

/// All buyers a filter finds, the newest first, masked, as a file.
#[utoipa::path(get, path = "/api/v1/buyers/export", tag = "buyer", params(FormatAsked, BuyersAsked),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        BadRequest, SignedOut, Forbidden))]
pub async fn export_buyers(
    State(app): State<App>,
    Session(session): Session,
    Asked(format): Asked<FormatAsked>,
    Asked(asked): Asked<BuyersAsked>,
) -> Result<Response, Problem> {
    send(&app, &session, &ExportKind::Buyers(asked.into()), &format).await
}

/// All products a filter finds, those with most reviews first, as a file.
#[utoipa::path(get, path = "/api/v1/products/export", tag = "product", params(FormatAsked, ProductsAsked),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        BadRequest, SignedOut, Forbidden))]
pub async fn export_products(
    State(app): State<App>,
    Session(session): Session,
    Asked(format): Asked<FormatAsked>,
    Asked(asked): Asked<ProductsAsked>,
) -> Result<Response, Problem> {
    send(&app, &session, &ExportKind::Products(asked.into()), &format).await
}

/// Writes the file beside the uploads, then sends it; it is gone from the folder before the first byte leaves.
pub(super) async fn send(
    app: &App,
    session: &Asking,
    kind: &ExportKind,
    asked: &FormatAsked,
) -> Result<Response, Problem> {
    let format = asked.format()?;
    let folder = app.desk.uploads()?;
    let file = tempfile::NamedTempFile::new_in(folder).map_err(|cause| Problem::internal(&cause))?;
    let written =
        export::write_columns(&app.desk, &session.scope, kind, &asked.columns(), format, file.path()).await;
    written.map_err(Problem::of_field("columns"))?;
    stream(file, kind.name(), format, app)
}

/// Sends a written file; it is gone from the folder before the first byte leaves.
pub(super) fn stream(
    file: tempfile::NamedTempFile,
    name: &str,
    format: ExportFormat,
    app: &App,
) -> Result<Response, Problem> {
    let opened = file.reopen().map_err(|cause| Problem::internal(&cause))?;
    let bytes = opened.metadata().map_err(|cause| Problem::internal(&cause))?.len();
    drop(file);
    let mut response = Response::new(Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(opened))));
    let day = app.desk.store.clock().now().strftime("%Y%m%d").to_string();
    let named = format!("attachment; filename=\"pingxin-{name}-{day}.{}\"", format.code());
    for (header, value) in [(CONTENT_TYPE, format.media_type().to_owned()), (CONTENT_DISPOSITION, named)] {
        let value = HeaderValue::from_str(&value).map_err(|cause| Problem::internal(&cause))?;
        response.headers_mut().insert(header, value);
    }
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(bytes));
    Ok(response)
}
