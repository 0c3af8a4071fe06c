//! Stops requests that another page made a browser send: wrong `Host`, foreign `Origin`, no `X-Pingxin: 1`, a
//! body as only a form sends it. Runs before anything is read or looked up.

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST, HeaderName, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::origin::Reach;
use super::problem::Problem;
use super::session::bearer;

/// A header that a page elsewhere cannot set without asking us first (CORS), and we never agree.
pub const MARK: HeaderName = HeaderName::from_static("x-pingxin");

/// Lets through what comes from our own pages or from a program that knows what it does.
pub async fn check(State(reach): State<Reach>, request: Request, next: Next) -> Response {
    match refusal(&reach, request.method(), request.uri().path(), request.headers()) {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    }
}

fn refusal(reach: &Reach, method: &Method, path: &str, headers: &HeaderMap) -> Option<Problem> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(HOST).unwrap_or_default();
    // Whoever watches over the server asks by the address he has; the answer tells nothing.
    if !reach.knows_host(host) && path != "/healthz" {
        return Some(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "unknown_host",
            "这个地址不是本系统的地址；请用启动时显示的地址打开",
            "this is not an address of this server; open the one it printed at its start",
        ));
    }
    if method.is_safe() {
        return None;
    }
    // A program with a token: no browser sends one of itself, and the cookie beside it counts for nothing.
    if bearer(headers).is_some() {
        return None;
    }
    let ours = text(ORIGIN).is_some_and(|origin| reach.knows_origin(origin, host))
        && text(MARK) == Some("1")
        && text(CONTENT_TYPE).is_none_or(is_of_a_program);
    (!ours).then(Problem::foreign_request)
}

/// Plain forms send `application/x-www-form-urlencoded` or `text/plain`. They can also send
/// `multipart/form-data`, which uploads need; `Origin` and the mark stop those.
fn is_of_a_program(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(kind.as_str(), "application/json" | "multipart/form-data")
}
