//! Signing in and out, and who is signed in.

use std::net::SocketAddr;

use axum::Json;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use pingxin_desk::people::{self, Attempt, LoginError};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{Action, Department, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::refusal::{BadRequest, Forbidden, Invalid, SignedOut, TooManyTries};
use super::word;
use crate::http::App;
use crate::http::body::Body;
use crate::http::caller;
use crate::http::problem::Problem;
use crate::http::session::{OwnSession, Session, with_cookie, without_cookie};

/// What somebody signs in with.
#[derive(Deserialize, ToSchema)]
pub struct Login {
    login: String,
    password: String,
    /// Of the second factor, or a recovery code; when it is missing the answer says `totp_needed`.
    code: Option<String>,
}

/// Who is signed in, and what he may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    user: User,
    tenant: Tenant,
    /// Codes such as `review.read`.
    permissions: Vec<&'static str>,
}

/// A person of the team.
#[derive(Debug, Serialize, ToSchema)]
pub struct User {
    id: Uuid,
    login: String,
    display_name: String,
    #[schema(value_type = word::Role)]
    role: Role,
    #[schema(value_type = Option<word::Department>, required = true)]
    department: Option<Department>,
    /// Whether a code is asked for when he signs in.
    totp: bool,
    /// `zh-CN`, `en-US`, or null to follow the browser.
    #[schema(required = true)]
    locale: Option<String>,
}

/// The merchant.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tenant {
    id: Uuid,
    name: String,
    /// Whether it is the demo.
    demo: bool,
    /// Whether one person may confirm himself what needs a second pair of eyes.
    solo: bool,
}

/// What somebody may change about himself.
#[derive(Debug, Deserialize, ToSchema)]
pub struct UpdateMe {
    /// `zh-CN`, `en-US`, or null to follow the browser.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    locale: Option<String>,
}

impl From<people::Me> for Me {
    fn from(me: people::Me) -> Self {
        Self {
            user: User {
                id: me.person.id.uuid(),
                login: me.person.login,
                display_name: me.person.display_name,
                role: me.person.role,
                department: me.person.department,
                totp: me.totp,
                locale: me.person.locale,
            },
            tenant: Tenant {
                id: me.tenant.id.uuid(),
                name: me.tenant.name,
                demo: me.tenant.demo,
                solo: me.tenant.solo,
            },
            permissions: me.actions.into_iter().map(Action::code).collect(),
        }
    }
}

/// From where, and with what, somebody calls.
pub struct Caller {
    /// His address, as far as it can be believed.
    pub address: std::net::IpAddr,
    /// What he calls with.
    pub user_agent: Option<String>,
}

impl FromRequestParts<App> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Self {
            address: caller::address(&parts.headers, peer, app.reach.is_behind_proxy()),
            user_agent: user_agent(&parts.headers),
        })
    }
}

fn user_agent(headers: &HeaderMap) -> Option<String> {
    headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Signs in: a new session, whose token comes as a cookie.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "session", request_body = Login,
    responses((status = 201, body = Me), BadRequest, SignedOut, TooManyTries))]
pub async fn log_in(
    State(app): State<App>,
    caller: Caller,
    Body(login): Body<Login>,
) -> Result<Response, Problem> {
    let attempt = Attempt {
        login: login.login,
        password: login.password,
        code: login.code,
        address: caller.address,
        user_agent: caller.user_agent,
    };
    let signed_on = people::log_in(&app.desk, &app.hasher, attempt).await?;
    let me = Me::from(signed_on.me);
    Ok(with_cookie((StatusCode::CREATED, Json(me)), &signed_on.token))
}

impl From<LoginError> for Problem {
    fn from(error: LoginError) -> Self {
        match error {
            LoginError::Wrong => Self::new(
                StatusCode::UNAUTHORIZED,
                "wrong_login",
                "登录名或密码不对，请检查后再试",
                "login or password is wrong; check both and try again",
            ),
            LoginError::CodeNeeded => Self::new(
                StatusCode::UNAUTHORIZED,
                "totp_needed",
                "请输入验证器里的 6 位验证码，或一个恢复码",
                "type the six digits of your authenticator app, or a recovery code",
            ),
            LoginError::CodeWrong => Self::new(
                StatusCode::UNAUTHORIZED,
                "totp_wrong",
                "验证码不对或已用过；请等下一个验证码，或用一个恢复码",
                "the code is wrong or was used; wait for the next one, or use a recovery code",
            ),
            LoginError::TooManyTries { retry_after } => Self::too_many_tries(retry_after),
            LoginError::Busy(_) => Self::busy(),
            LoginError::Desk(error) => error.into(),
        }
    }
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/sessions/current", tag = "session",
    responses((status = 204, description = "Signed out"), SignedOut, Forbidden))]
pub async fn log_out(State(app): State<App>, OwnSession(session): OwnSession) -> Result<Response, Problem> {
    people::log_out(&app.desk, &session).await?;
    Ok(without_cookie(StatusCode::NO_CONTENT))
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/me", tag = "session", responses((status = 200, body = Me), SignedOut))]
pub async fn get_me(State(app): State<App>, Session(session): Session) -> Result<Json<Me>, Problem> {
    Ok(Json(people::me(&app.desk, &session).await?.into()))
}

/// Changes one's own settings.
#[utoipa::path(patch, path = "/api/v1/me", tag = "session", request_body = UpdateMe,
    responses((status = 200, body = Me), BadRequest, SignedOut, Forbidden, Invalid))]
pub async fn update_me(
    State(app): State<App>,
    OwnSession(session): OwnSession,
    Body(update): Body<UpdateMe>,
) -> Result<Json<Me>, Problem> {
    let locale = update.locale.as_deref();
    let me = people::set_locale(&app.desk, &session, locale).await.map_err(Problem::of_field("locale"))?;
    Ok(Json(me.into()))
}

impl IntoResponse for Me {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}
