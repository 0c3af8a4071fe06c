//! Reading what a request carries; what cannot be read is a problem in plain words, never a bare status.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::problem::Problem;

/// Bytes of a JSON body at most.
pub const JSON_LIMIT: usize = 1024 * 1024;

/// A JSON body.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let json = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !json.is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("application/json")) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_json",
                "请求内容应为 JSON（Content-Type: application/json）",
                "send JSON with Content-Type: application/json",
            ));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(unread)?;
        let refused = |reason: serde_json::Error| {
            Problem::bad_request(
                format!("请求内容有误：{reason}"),
                format!("the body cannot be read: {reason}"),
            )
        };
        let value: Value = serde_json::from_slice(&bytes).map_err(refused)?;
        if has_nul(&value) {
            return Err(Problem::bad_request(
                "文字里有无法保存的字符",
                "a text holds a character that cannot be kept",
            ));
        }
        T::deserialize(value).map(Self).map_err(refused)
    }
}

/// PostgreSQL keeps no U+0000 in texts, so neither engine gets one.
fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(has_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn unread(rejection: BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::too_large(JSON_LIMIT as u64 / (1024 * 1024))
    } else {
        Problem::bad_request("请求没有传完，请重试", "the request broke off; try again")
    }
}

/// The part of the address after `?`; a key may be given several times.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        if query.contains("%00") {
            return Err(Problem::bad_request(
                "筛选条件里有无法识别的字符",
                "a filter holds a character that cannot be kept",
            ));
        }
        serde_html_form::from_str(query).map(Self).map_err(|refused| {
            Problem::bad_request(
                format!("地址里的筛选条件有误：{refused}"),
                format!("a filter in the address cannot be read: {refused}"),
            )
        })
    }
}

/// An id in the path; one that is no id at all is as absent as one that names nothing.
#[derive(Debug)]
pub struct Id<I>(pub I);

impl<I: std::str::FromStr, S: Send + Sync> FromRequestParts<S> for Id<I> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let axum::extract::Path(text) = axum::extract::Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Problem::not_found())?;
        text.parse().map(Self).map_err(|_| Problem::not_found())
    }
}
