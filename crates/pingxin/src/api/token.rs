//! Tokens for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::people::{self, TokenRequest};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{Action, TokenId};
use pingxin_store::token::TokenRecord;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::person::PersonRef;
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A token; its text is not kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiToken {
    id: Uuid,
    name: String,
    /// Codes such as `review.read`; it may do these as far as its person may.
    permissions: Vec<&'static str>,
    created_at: Timestamp,
    expires_at: Timestamp,
    /// To the minute.
    #[schema(required = true)]
    last_used_at: Option<Timestamp>,
    person: PersonRef,
}

impl From<TokenRecord> for ApiToken {
    fn from(token: TokenRecord) -> Self {
        Self {
            id: token.id.uuid(),
            name: token.name,
            permissions: token.actions.into_iter().map(Action::code).collect(),
            created_at: token.created_at,
            expires_at: token.expires_at,
            last_used_at: token.last_used_at,
            person: token.user.into(),
        }
    }
}

/// Tokens, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiTokenList {
    tokens: Vec<ApiToken>,
}

/// A token to make.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewApiToken {
    name: String,
    /// Codes such as `review.read`, of what one may do oneself; never `person.manage` or `token.use`.
    permissions: Vec<String>,
    /// How long it lasts.
    #[schema(minimum = 1, maximum = 365)]
    days: i64,
}

/// A token with its text.
#[derive(Serialize, ToSchema)]
pub struct ApiTokenCreated {
    /// What the program sends as `Authorization: Bearer …`, shown this once.
    token: String,
    #[serde(flatten)]
    row: ApiToken,
}

/// One's own tokens; everybody's for who manages people.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "token",
    responses((status = 200, body = ApiTokenList), SignedOut, Forbidden))]
pub async fn list_tokens(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<ApiTokenList>, Problem> {
    let tokens = people::list_tokens(&app.desk, &session.scope).await?;
    Ok(Json(ApiTokenList { tokens: tokens.into_iter().map(ApiToken::from).collect() }))
}

/// Makes a token for a program of one's own.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "token", request_body = NewApiToken,
    responses((status = 201, body = ApiTokenCreated), BadRequest, SignedOut, Forbidden, Conflict, Invalid))]
pub async fn create_token(
    State(app): State<App>,
    Session(session): Session,
    Body(new): Body<NewApiToken>,
) -> Result<(StatusCode, Json<ApiTokenCreated>), Problem> {
    let unknown = |code: &String| {
        Problem::invalid(
            "permissions",
            format!("没有「{code}」这个权限"),
            format!("there is no permission `{code}`"),
        )
    };
    let actions = new.permissions.iter().map(|code| Action::from_code(code).ok_or_else(|| unknown(code)));
    let request =
        TokenRequest { name: new.name, actions: actions.collect::<Result<_, _>>()?, days: new.days };
    let made = people::create_token(&app.desk, &session.scope, &request).await?;
    Ok((StatusCode::CREATED, Json(ApiTokenCreated { token: made.text, row: made.record.into() })))
}

/// Takes a token back: one's own, or anybody's for who manages people.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "token", params(("id" = Uuid, Path)),
    responses((status = 204, description = "It is good no more"), SignedOut, Forbidden, NotFound))]
pub async fn delete_token(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<TokenId>,
) -> Result<StatusCode, Problem> {
    people::delete_token(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
