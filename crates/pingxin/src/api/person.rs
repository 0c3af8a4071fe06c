//! The people of a merchant.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::people::{self, Colleague, NewLink, PersonChange, Team};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{Department, Role, ShopAccess, ShopId, UserId};
use pingxin_store::invitation::Invitation as StoreInvitation;
use pingxin_store::reference::UserRef;
use pingxin_store::shop::Shop;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::shop::ShopRef;
use super::word;
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A person, named within something else.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonRef {
    id: Uuid,
    name: String,
}

impl From<UserRef> for PersonRef {
    fn from(user: UserRef) -> Self {
        Self { id: user.id.uuid(), name: user.name }
    }
}

/// Somebody of the team.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamMember {
    id: Uuid,
    login: String,
    display_name: String,
    #[schema(value_type = word::Role)]
    role: Role,
    #[schema(value_type = Option<word::Department>, required = true)]
    department: Option<Department>,
    all_shops: bool,
    /// The shops he sees when not all, as far as the caller sees them too.
    shops: Vec<ShopRef>,
    /// Whether a code is asked for when he signs in; false unless the caller manages people.
    totp: bool,
    /// Whether a supervisor looks at his messages before they go.
    reviewed: bool,
    created_at: Timestamp,
    /// When he was shut out.
    #[schema(required = true)]
    disabled_at: Option<Timestamp>,
    /// Null unless the caller manages people.
    #[schema(required = true)]
    last_seen_at: Option<Timestamp>,
}

/// An invitation that was not used yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invitation {
    id: Uuid,
    display_name: String,
    #[schema(value_type = word::Role)]
    role: Role,
    #[schema(value_type = Option<word::Department>, required = true)]
    department: Option<Department>,
    all_shops: bool,
    shops: Vec<ShopRef>,
    created_at: Timestamp,
    /// When its link ends, or ended.
    expires_at: Timestamp,
    /// Null for the command line.
    #[schema(required = true)]
    created_by: Option<PersonRef>,
}

/// The team.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonList {
    people: Vec<TeamMember>,
    /// Empty unless the caller manages people.
    invitations: Vec<Invitation>,
}

fn refs(shops: Vec<Shop>) -> Vec<ShopRef> {
    shops.into_iter().map(ShopRef::from).collect()
}

impl From<Colleague> for TeamMember {
    fn from(colleague: Colleague) -> Self {
        let person = colleague.person;
        Self {
            id: person.id.uuid(),
            login: person.login,
            display_name: person.display_name,
            role: person.role,
            department: person.department,
            all_shops: colleague.all_shops,
            shops: refs(colleague.shops),
            totp: colleague.totp,
            reviewed: colleague.reviewed,
            created_at: colleague.created_at,
            disabled_at: colleague.disabled_at,
            last_seen_at: colleague.last_seen_at,
        }
    }
}

impl From<(StoreInvitation, Vec<Shop>)> for Invitation {
    fn from((invitation, shops): (StoreInvitation, Vec<Shop>)) -> Self {
        Self {
            id: invitation.id.uuid(),
            display_name: invitation.display_name,
            role: invitation.role,
            department: invitation.department,
            all_shops: invitation.shops == ShopAccess::All,
            shops: refs(shops),
            created_at: invitation.created_at,
            expires_at: invitation.expires_at,
            created_by: invitation.created_by.map(PersonRef::from),
        }
    }
}

impl From<Team> for PersonList {
    fn from(team: Team) -> Self {
        Self {
            people: team.people.into_iter().map(TeamMember::from).collect(),
            invitations: team.invitations.into_iter().map(Invitation::from).collect(),
        }
    }
}

/// Who there is, and who was invited.
#[utoipa::path(get, path = "/api/v1/people", tag = "people",
    responses((status = 200, body = PersonList), SignedOut, Forbidden))]
pub async fn list_people(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<PersonList>, Problem> {
    Ok(Json(people::list(&app.desk, &session.scope).await?.into()))
}

/// What is to be different about somebody; what is not said stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct UpdatePerson {
    display_name: Option<String>,
    #[schema(value_type = Option<word::Role>)]
    role: Option<Role>,
    /// With the role `department`; another role loses it by itself.
    #[schema(value_type = Option<word::Department>)]
    department: Option<Department>,
    all_shops: Option<bool>,
    /// The shops he sees, instead of those before.
    #[schema(value_type = Option<Vec<Uuid>>)]
    shops: Option<Vec<ShopId>>,
    /// Whether he is shut out.
    disabled: Option<bool>,
    /// Whether a supervisor looks at his messages before they go.
    reviewed: Option<bool>,
}

/// The shops that were asked for, if any were.
fn access(all: Option<bool>, shops: Option<Vec<ShopId>>) -> Option<ShopAccess> {
    match (all, shops) {
        (Some(true), _) => Some(ShopAccess::All),
        (Some(false), shops) => Some(ShopAccess::Only(shops.unwrap_or_default())),
        (None, shops) => shops.map(ShopAccess::Only),
    }
}

/// Changes somebody: name, role, shops, shutting out and letting in again. What he may do or see holds from his next
/// request on, and his sessions end; the last owner stays one.
#[utoipa::path(patch, path = "/api/v1/people/{id}", tag = "people", params(("id" = Uuid, Path)), request_body = UpdatePerson,
    responses((status = 204, description = "Changed"), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn update_person(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<UserId>,
    Body(update): Body<UpdatePerson>,
) -> Result<StatusCode, Problem> {
    let change = PersonChange {
        display_name: update.display_name,
        role: update.role,
        department: update.department,
        shops: access(update.all_shops, update.shops),
        disabled: update.disabled,
        reviewed: update.reviewed,
    };
    people::change(&app.desk, &session.scope, id, &change).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes somebody's second factor off, for a lost phone.
#[utoipa::path(delete, path = "/api/v1/people/{id}/totp", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204, description = "No code is asked for any more"), SignedOut, Forbidden, NotFound))]
pub async fn remove_person_totp(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<UserId>,
) -> Result<StatusCode, Problem> {
    people::remove_totp(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A link that is good once and for three days.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasswordLink {
    /// The address on this server, shown this once.
    link: String,
    expires_at: Timestamp,
}

impl From<NewLink<UserId>> for PasswordLink {
    fn from(link: NewLink<UserId>) -> Self {
        Self { link: link.path(), expires_at: link.expires_at }
    }
}

/// A link by which somebody sets a new password; an older one is good no more.
#[utoipa::path(post, path = "/api/v1/people/{id}/reset", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = PasswordLink), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn reset_person(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<UserId>,
) -> Result<Json<PasswordLink>, Problem> {
    Ok(Json(people::reset(&app.desk, &session.scope, id).await?.into()))
}

/// What somebody new will be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewInvitation {
    /// What colleagues will call him.
    pub(super) display_name: String,
    #[schema(value_type = word::Role)]
    pub(super) role: Role,
    /// With the role `department`.
    #[schema(value_type = Option<word::Department>)]
    pub(super) department: Option<Department>,
    pub(super) all_shops: bool,
    /// The shops he will see, when not all.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub(super) shops: Vec<ShopId>,
}

impl NewInvitation {
    /// Who, and in what place.
    pub(super) fn read(self) -> (String, people::Place) {
        let shops = if self.all_shops { ShopAccess::All } else { ShopAccess::Only(self.shops) };
        (self.display_name, people::Place { role: self.role, department: self.department, shops })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shops_are_what_was_asked_for() {
        assert_eq!(access(None, None), None);
        assert_eq!(access(Some(true), Some(vec![])), Some(ShopAccess::All));
        assert_eq!(access(Some(false), None), Some(ShopAccess::Only(vec![])), "none is not all");
        assert_eq!(access(None, Some(vec![])), Some(ShopAccess::Only(vec![])));
    }
}
