//! The first owner.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use pingxin_desk::people::{self, FirstOwner, SetupError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refusal::{BadRequest, Conflict, Forbidden, Invalid};
use super::session::{Caller, Me};
use crate::http::App;
use crate::http::body::Body;
use crate::http::problem::Problem;
use crate::http::session::with_cookie;

/// Whether somebody has to set the desk up.
#[derive(Debug, Serialize, ToSchema)]
pub struct Setup {
    /// Nobody owns anything here yet; the link is in the server's own output.
    needs_owner: bool,
    /// The demo is here.
    demo: bool,
}

/// What the first owner fills in.
#[derive(Deserialize, ToSchema)]
pub struct SetupOwner {
    /// The token of the link.
    token: String,
    login: String,
    display_name: String,
    /// At least eight characters, and not the login.
    password: String,
    /// The merchant's name.
    tenant_name: String,
}

/// Whether somebody has to set the desk up; open to everybody, for the pages ask before anybody can sign in.
#[utoipa::path(get, path = "/api/v1/setup", tag = "setup", responses((status = 200, body = Setup)))]
pub async fn get_setup(State(app): State<App>) -> Result<Json<Setup>, Problem> {
    let state = people::setup_state(&app.desk).await?;
    Ok(Json(Setup { needs_owner: state.needs_owner, demo: state.demo }))
}

/// Makes the merchant and its owner, and signs him in.
#[utoipa::path(post, path = "/api/v1/setup/owner", tag = "setup", request_body = SetupOwner,
    responses((status = 201, body = Me), BadRequest, Forbidden, Conflict, Invalid))]
pub async fn create_first_owner(
    State(app): State<App>,
    caller: Caller,
    Body(owner): Body<SetupOwner>,
) -> Result<Response, Problem> {
    let owner = FirstOwner {
        token: owner.token,
        login: owner.login,
        display_name: owner.display_name,
        password: owner.password,
        tenant_name: owner.tenant_name,
    };
    let signed_on = people::set_up(&app.desk, &app.hasher, owner, caller.user_agent.as_deref()).await?;
    Ok(with_cookie((StatusCode::CREATED, Me::from(signed_on.me)), &signed_on.token))
}

impl From<SetupError> for Problem {
    fn from(error: SetupError) -> Self {
        match error {
            SetupError::WrongToken => Self::new(
                StatusCode::FORBIDDEN,
                "wrong_setup_token",
                "设置链接已用过或已过期；重新启动服务会显示新的链接",
                "the setup link was used or is too old; start the server again for a new one",
            ),
            SetupError::HasOwner => Self::new(
                StatusCode::CONFLICT,
                "has_owner",
                "已经有店主了，请直接登录",
                "there is an owner already; sign in instead",
            ),
            SetupError::Field { field, say } => Self::invalid(field, say.zh, say.en),
            SetupError::Busy(_) => Self::busy(),
            SetupError::Desk(error) => error.into(),
        }
    }
}
