//! The HTTP server: what every request passes through, in this order, and the pages.
//!
//! `trace` (number, log line) → `headers` → `problem` (language) → panic caught → compression → `guard` (host,
//! origin, mark) → route → `session` (who is it, by cookie or token; the only maker of a `Scope`) → handler in [`crate::api`].

pub mod assets;
pub mod body;
pub mod caller;
pub mod guard;
pub mod headers;
pub mod origin;
pub mod problem;
pub mod session;
pub mod trace;
pub mod upload;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use pingxin_desk::Desk;
use pingxin_desk::live::Live;
use pingxin_desk::people::{Hasher, TokenMeter};
use tokio::sync::Notify;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use origin::Reach;
use problem::Problem;

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The use cases.
    pub desk: Desk,
    /// Passwords.
    pub hasher: Hasher,
    /// How often tokens are used.
    pub tokens: TokenMeter,
    /// Under which addresses we are known.
    pub reach: Reach,
    /// Tells what changes.
    pub live: Live,
    /// Wakes the workers when there is something to do.
    pub work: Arc<Notify>,
    /// A folder to serve the pages from instead of those inside the program.
    pub web_folder: Option<PathBuf>,
    /// Bytes of an uploaded file at most; [`upload::FILE_LIMIT`] outside tests.
    pub file_limit: u64,
}

/// The whole server as one service.
pub fn router(app: App) -> Router {
    let (api, document) = crate::api::router();
    let document = document.to_pretty_json().expect("a document that was built serialises");
    let reach = app.reach.clone();
    // A video is packed already.
    let worth_it = DefaultPredicate::new().and(NotForContentType::const_new("video/"));
    api.route("/api/openapi.json", axum::routing::get(move || crate::api::serve_document(document.clone())))
        .fallback(assets::serve)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(body::JSON_LIMIT))
        .layer(from_fn_with_state(reach, guard::check))
        .layer(CompressionLayer::new().compress_when(worth_it))
        .layer(CatchPanicLayer::custom(caught))
        .layer(from_fn(problem::write_in_language))
        .layer(from_fn(headers::put_on))
        .layer(from_fn(trace::follow))
        .with_state(app)
}

async fn wrong_method() -> Problem {
    Problem::new(
        axum::http::StatusCode::METHOD_NOT_ALLOWED,
        "wrong_method",
        "这个地址不支持这种请求",
        "this address does not take that method",
    )
}

fn caught(_panic: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    // What it said may quote data; the panic hook has already named the line on standard error.
    axum::response::IntoResponse::into_response(Problem::internal(&Panicked))
}

#[derive(Debug, thiserror::Error)]
#[error("a handler panicked")]
struct Panicked;
