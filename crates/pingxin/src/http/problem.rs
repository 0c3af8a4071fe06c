//! What went wrong, told to the caller as `application/problem+json` (RFC 9457) in his language.
//!
//! A handler returns [`Problem`]; the text is written last, by [`write_in_language`], once the caller's
//! `Accept-Language` is known. The cause goes to the log, once, here; the caller sees plain words.

use std::error::Error;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use pingxin_desk::DeskError;
use pingxin_domain::Say;
use pingxin_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::guard::GuardAnswer;

/// A failed request, as the caller reads it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// `about:blank#` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: String,
    /// The status.
    status: u16,
    /// What happened and what to do next, in the language of `Accept-Language` (zh-CN unless English is preferred).
    detail: String,
    /// What a program goes by.
    code: String,
    /// Which fields are at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    errors: Option<Vec<FieldProblem>>,
    /// What the guard says of a text that it blocks, with what may be sent instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    guard: Option<GuardAnswer>,
    /// The case that is about the same already.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    case: Option<OpenCaseNamed>,
}

/// A case that somebody works on already.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpenCaseNamed {
    id: uuid::Uuid,
    /// Its number within the merchant.
    number: u64,
}

/// One field at fault.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field, as the request names it.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

/// A request that failed, before its language is known.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: Say,
    fields: Vec<(&'static str, Say)>,
    retry_after: Option<u64>,
    more: Option<Box<More>>,
}

/// What few problems say beside their sentence.
#[derive(Debug, Clone)]
enum More {
    /// What the guard says of a text.
    Guard(GuardAnswer),
    /// The case that is about the same.
    Case(OpenCaseNamed),
}

impl Problem {
    /// A problem with its status, its code and its sentence in both languages.
    pub fn new(status: StatusCode, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { status, code, detail: Say::new(zh, en), fields: Vec::new(), retry_after: None, more: None }
    }

    /// 400: the request cannot be understood.
    pub fn bad_request(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", zh, en)
    }

    /// 422: understood, but a value is no good.
    pub fn invalid(field: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        let say = Say::new(zh, en);
        let mut problem =
            Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", say.zh.clone(), say.en.clone());
        problem.fields.push((field, say));
        problem
    }

    /// 401: nobody is signed in.
    #[must_use]
    pub fn signed_out() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "signed_out",
            "登录已失效，请重新登录",
            "you are not signed in; sign in and try again",
        )
    }

    /// 403: the request did not come from our own pages.
    #[must_use]
    pub fn foreign_request() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "foreign_request",
            "请求不是从本系统页面发出的，已拒绝；请在本系统页面里操作",
            "this request did not come from our own pages, so it was refused; \
             send Origin, X-Pingxin: 1 and JSON, or use the pages",
        )
    }

    /// 404: absent, or not the caller's; the two are never told apart.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "没有找到，可能已被删除，或不在你负责的店铺里",
            "not found; it may be gone or outside your shops",
        )
    }

    /// 413: the body is larger than the request may be.
    #[must_use]
    pub fn too_large(limit_in_mib: u64) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            format!("内容超过 {limit_in_mib} MB 上限；请拆小后再传"),
            format!("this is more than {limit_in_mib} MB; split it and try again"),
        )
    }

    /// 429: try again after so many seconds.
    #[must_use]
    pub fn too_many_tries(seconds: u64) -> Self {
        let minutes = seconds.div_ceil(60).max(1);
        Self {
            retry_after: Some(seconds.max(1)),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_tries",
                format!("尝试次数太多，请 {minutes} 分钟后再试"),
                format!("too many tries; wait {minutes} min and try again"),
            )
        }
    }

    /// 429: a program asks too often; try again after so many seconds.
    #[must_use]
    pub fn too_fast(seconds: u64) -> Self {
        Self {
            retry_after: Some(seconds.max(1)),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too_fast",
                "这个令牌请求太频繁，请按 Retry-After 的秒数后再试",
                "this token asks too often; wait for the seconds in Retry-After and try again",
            )
        }
    }

    /// 401: the token is none, or no longer.
    #[must_use]
    pub fn wrong_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "wrong_token",
            "令牌无效、已过期或已删除；请在「设置 → 令牌」里新建",
            "the token is unknown, ended or taken back; make a new one in the settings",
        )
    }

    /// 403: something that only a person on the pages may do.
    #[must_use]
    pub fn not_for_tokens() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "令牌不能做这件事，请登录网页操作",
            "no token may do this; sign in and do it on the pages",
        )
    }

    /// 429: too many at once of something that is held open.
    #[must_use]
    pub fn too_many(zh: &str, en: &str) -> Self {
        Self { retry_after: Some(60), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many", zh, en) }
    }

    /// 503: too much at once; try again in a few seconds.
    #[must_use]
    pub fn busy() -> Self {
        Self {
            retry_after: Some(5),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "现在登录的人太多，请几秒后再试",
                "too many people are signing in right now; try again in a few seconds",
            )
        }
    }

    /// Turns a refusal of the desk into 422 for this field; everything else stays what it is.
    pub fn of_field(field: &'static str) -> impl Fn(DeskError) -> Self {
        move |error| match error {
            DeskError::Refused(say) => Self::invalid(field, say.zh, say.en),
            blocked @ DeskError::Blocked(_) => {
                let say = blocked.say();
                Self::from(blocked).with_field(field, say)
            }
            other => other.into(),
        }
    }

    /// 500: our own fault; the cause goes to the log and no further.
    pub fn internal(cause: &(dyn Error + 'static)) -> Self {
        // Not `Debug`: PostgreSQL's detail quotes values of rows there.
        tracing::error!(cause = chain(cause), "request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "系统出了点问题，内容没有保存；请稍后再试，仍不行请联系管理员查看日志",
            "something went wrong on our side and nothing was saved; try again, or ask whoever runs this server to look at its log",
        )
    }

    /// Names the case that is about the same already.
    #[must_use]
    pub fn with_case(mut self, id: uuid::Uuid, number: u64) -> Self {
        self.more = Some(Box::new(More::Case(OpenCaseNamed { id, number })));
        self
    }

    /// Names a field at fault.
    #[must_use]
    pub fn with_field(mut self, field: &'static str, say: Say) -> Self {
        self.fields.push((field, say));
        self
    }

    fn body(&self, chinese: bool) -> ProblemBody {
        let (guard, case) = match self.more.as_deref() {
            Some(More::Guard(said)) => (Some(said.clone()), None),
            Some(More::Case(named)) => (None, Some(named.clone())),
            None => (None, None),
        };
        ProblemBody {
            kind: format!("about:blank#{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.pick(chinese).to_owned(),
            code: self.code.to_owned(),
            errors: (!self.fields.is_empty()).then(|| {
                self.fields
                    .iter()
                    .map(|(field, say)| FieldProblem {
                        field: (*field).to_owned(),
                        message: say.pick(chinese).to_owned(),
                    })
                    .collect()
            }),
            guard,
            case,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        let say = error.say();
        match error {
            DeskError::Forbidden(_) => Self::new(StatusCode::FORBIDDEN, "forbidden", say.zh, say.en),
            DeskError::NotFound => Self::not_found(),
            DeskError::Stale => Self::new(StatusCode::PRECONDITION_FAILED, "stale", say.zh, say.en),
            DeskError::Store(StoreError::BadCursor) => Self::bad_request(
                "cursor 不是这个列表给出的，请从第一页开始",
                "`cursor` is none this list gave; begin with the first page",
            ),
            // Something moved on between the look and the change; the detail is the store's own, in no language.
            DeskError::Store(StoreError::Conflict { .. }) => Self::new(
                StatusCode::CONFLICT,
                "conflict",
                "状态刚刚变了，这一步已不能做；请刷新后再看",
                "this has just changed and the step is no longer possible; reload and look again",
            ),
            DeskError::Blocked(checked) => Self {
                more: Some(Box::new(More::Guard((*checked).into()))),
                ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "blocked", say.zh, say.en)
            },
            DeskError::Refused(_) => Self::new(StatusCode::CONFLICT, "refused", say.zh, say.en),
            other => Self::internal(&other),
        }
    }
}

fn chain(cause: &(dyn Error + 'static)) -> String {
    let mut text = cause.to_string();
    let mut next = cause.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

/// Whether the caller would rather read Chinese than English.
#[must_use]
pub fn wants_chinese(headers: &HeaderMap) -> bool {
    let Some(wanted) = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()) else {
        return true;
    };
    let weight = |language: &str| {
        wanted
            .split(',')
            .filter_map(|part| {
                let (name, weight) = part.split_once(';').unwrap_or((part, "q=1"));
                let primary = name.trim().split('-').next()?.to_ascii_lowercase();
                let weight =
                    weight.trim().strip_prefix("q=").and_then(|text| text.trim().parse::<f32>().ok());
                (primary == language).then(|| weight.unwrap_or(0.0))
            })
            .fold(0.0, f32::max)
    };
    weight("zh") >= weight("en")
}

/// Writes the text of a problem in the caller's language.
pub async fn write_in_language(request: Request, next: Next) -> Response {
    let chinese = wants_chinese(request.headers());
    let response = next.run(request).await;
    let Some(problem) = response.extensions().get::<Problem>() else {
        return response;
    };
    let text = match serde_json::to_vec(&problem.body(chinese)) {
        Ok(text) => text,
        Err(cause) => {
            tracing::error!(%cause, "a problem could not be written");
            Vec::new()
        }
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    parts.headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(if chinese { "zh-CN" } else { "en" }));
    parts.headers.append(VARY, HeaderValue::from_static("accept-language"));
    Response::from_parts(parts, Body::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chinese(accept: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, accept.parse().unwrap());
        wants_chinese(&headers)
    }

    #[test]
    fn the_language_is_the_caller_s_and_chinese_when_he_does_not_say() {
        assert!(wants_chinese(&HeaderMap::new()));
        assert!(chinese("zh-CN,zh;q=0.9,en;q=0.8"));
        assert!(chinese("fr"));
        assert!(!chinese("en-US,en;q=0.9"));
        assert!(!chinese("en;q=0.9, zh;q=0.5"));
        assert!(chinese("*, ;;q=x"));
    }

    #[test]
    fn a_wait_is_told_in_seconds_to_programs_and_in_minutes_to_people() {
        let response = Problem::too_many_tries(61).into_response();
        assert_eq!(response.headers()[RETRY_AFTER], "61");
        let problem = response.extensions().get::<Problem>().unwrap();
        assert!(problem.body(true).detail.contains("2 分钟"));
        assert!(problem.body(false).detail.contains("2 min"));
    }
}
