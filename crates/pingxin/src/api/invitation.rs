//! Links that let somebody in: invitations into the team, and new passwords.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use pingxin_desk::people::{self, Acceptance, LinkError, LinkFound as Found, NewLink};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{InvitationId, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::person::NewInvitation;
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut, TooManyTries};
use super::session::{Caller, Me};
use super::word;
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::Problem;
use crate::http::session::{Session, with_cookie};

/// An invitation with its link, which is good once and for three days.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationLink {
    id: Uuid,
    /// The address on this server, shown this once.
    link: String,
    expires_at: Timestamp,
}

impl From<NewLink<InvitationId>> for InvitationLink {
    fn from(link: NewLink<InvitationId>) -> Self {
        Self { id: link.id.uuid(), link: link.path(), expires_at: link.expires_at }
    }
}

/// Invites somebody.
#[utoipa::path(post, path = "/api/v1/invitations", tag = "people", request_body = NewInvitation,
    responses((status = 201, body = InvitationLink), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn create_invitation(
    State(app): State<App>,
    Session(session): Session,
    Body(new): Body<NewInvitation>,
) -> Result<(StatusCode, Json<InvitationLink>), Problem> {
    let (display_name, place) = new.read();
    let link = people::invite(&app.desk, &session.scope, &display_name, &place).await?;
    Ok((StatusCode::CREATED, Json(link.into())))
}

/// Gives an invitation a new link; the old one is good no more.
#[utoipa::path(post, path = "/api/v1/invitations/{id}/resend", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = InvitationLink), SignedOut, Forbidden, NotFound))]
pub async fn resend_invitation(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<InvitationId>,
) -> Result<Json<InvitationLink>, Problem> {
    Ok(Json(people::resend(&app.desk, &session.scope, id).await?.into()))
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/api/v1/invitations/{id}", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Its link is good no more"), SignedOut, Forbidden, NotFound))]
pub async fn delete_invitation(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<InvitationId>,
) -> Result<StatusCode, Problem> {
    people::take_back(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The token of a link.
#[derive(Deserialize, ToSchema)]
pub struct LinkToken {
    token: String,
}

/// What a link is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkFound {
    tenant_name: String,
    display_name: String,
    #[schema(value_type = word::Role)]
    role: Role,
    /// What he signs in with; null in an invitation, for he chooses it.
    #[schema(required = true)]
    login: Option<String>,
    #[schema(value_type = word::LinkKind)]
    kind: &'static str,
}

impl From<Found> for LinkFound {
    fn from(found: Found) -> Self {
        let kind = if found.login.is_some() { "reset" } else { "invitation" };
        Self {
            tenant_name: found.tenant_name,
            display_name: found.display_name,
            role: found.role,
            login: found.login,
            kind,
        }
    }
}

/// What a link is for, before it is used; open to everybody who has it.
#[utoipa::path(post, path = "/api/v1/invitations/read", tag = "people", request_body = LinkToken,
    responses((status = 200, body = LinkFound), BadRequest, NotFound))]
pub async fn read_invitation(
    State(app): State<App>,
    Body(link): Body<LinkToken>,
) -> Result<Json<LinkFound>, Problem> {
    Ok(Json(people::read_link(&app.desk, &link.token).await?.into()))
}

/// What whoever got a link fills in.
#[derive(Deserialize, ToSchema)]
pub struct AcceptInvitation {
    token: String,
    /// For an invitation.
    login: Option<String>,
    /// For an invitation, to be called otherwise than it says.
    display_name: Option<String>,
    /// At least eight characters, and not the login.
    password: String,
    /// For a new password of somebody with a second factor.
    code: Option<String>,
}

/// Uses a link up and signs in whoever has it.
#[utoipa::path(post, path = "/api/v1/invitations/accept", tag = "people", request_body = AcceptInvitation,
    responses((status = 201, body = Me), BadRequest, SignedOut, NotFound, Invalid, TooManyTries))]
pub async fn accept_invitation(
    State(app): State<App>,
    caller: Caller,
    Body(accept): Body<AcceptInvitation>,
) -> Result<Response, Problem> {
    let acceptance = Acceptance {
        token: accept.token,
        login: accept.login,
        display_name: accept.display_name,
        password: accept.password,
        code: accept.code,
        user_agent: caller.user_agent,
    };
    let signed_on = people::accept(&app.desk, &app.hasher, acceptance).await?;
    Ok(with_cookie((StatusCode::CREATED, Me::from(signed_on.me)), &signed_on.token))
}

impl From<LinkError> for Problem {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Gone => Self::new(
                StatusCode::NOT_FOUND,
                "link_gone",
                "链接已用过、已作废或已过期；请让店主重新发一个",
                "this link was used, taken back or is too old; ask the owner for a new one",
            ),
            LinkError::Field { field, say } => Self::invalid(field, say.zh, say.en),
            LinkError::Login(error) => error.into(),
        }
    }
}
