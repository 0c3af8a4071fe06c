//! The pages: built by `make web`, carried inside the program, or read from `--web-dir`.
//!
//! Files under `assets/` have their content's hash in their name and are kept for good by browsers; everything
//! else is asked for again. A page's address without a file of its own gets `index.html`, and the script in it
//! takes over.

use std::borrow::Cow;
use std::path::{Component, Path};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::App;
use super::problem::Problem;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
struct Embedded;

struct File {
    bytes: Cow<'static, [u8]>,
    hash: String,
}

/// Answers everything that is no route of the API.
pub async fn serve(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") {
        return Problem::not_found().into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::not_found().into_response();
    }
    let name = path.trim_start_matches('/');
    let found = if name.is_empty() { None } else { load(&app, name).await };
    match found {
        Some(file) => answer(name, file, request.headers()),
        // A missing script must not be answered with a page: the browser would try to run it.
        None if is_of_a_file(name) => Problem::not_found().into_response(),
        None => match load(&app, "index.html").await {
            Some(file) => answer("index.html", file, request.headers()),
            None => Problem::not_found().into_response(),
        },
    }
}

fn is_of_a_file(name: &str) -> bool {
    name.starts_with("assets/") || name.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

async fn load(app: &App, name: &str) -> Option<File> {
    let Some(folder) = &app.web_folder else {
        let file = Embedded::get(name)?;
        return Some(File { hash: tag(&file.data), bytes: file.data });
    };
    let relative = Path::new(name);
    // `..`, a drive or a root would lead out of the folder.
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let bytes = tokio::fs::read(folder.join(relative)).await.ok()?;
    Some(File { hash: tag(&bytes), bytes: Cow::Owned(bytes) })
}

/// Not for security, so the standard hasher will do: it tells a browser whether it has these bytes already.
fn tag(bytes: &[u8]) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("\"{:016x}{:x}\"", hasher.finish(), bytes.len())
}

fn answer(name: &str, file: File, asked: &HeaderMap) -> Response {
    let kept = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let same = asked
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == file.hash));
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(match file.bytes {
            Cow::Borrowed(bytes) => Body::from(bytes),
            Cow::Owned(bytes) => Body::from(bytes),
        })
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    if let Ok(tag) = HeaderValue::from_str(&file.hash) {
        headers.insert(ETAG, tag);
    }
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let charset = if kind.type_() == "text" { "; charset=utf-8" } else { "" };
    if let Ok(kind) = HeaderValue::from_str(&format!("{}{charset}", kind.essence_str())) {
        headers.insert(CONTENT_TYPE, kind);
    }
    response
}
