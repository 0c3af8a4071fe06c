//! Teams: people who share work.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use pingxin_desk::people;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{TeamId, UserId};
use pingxin_store::team::Team as StoreTeam;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::person::PersonRef;
use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A team.
#[derive(Debug, Serialize, ToSchema)]
pub struct Team {
    id: Uuid,
    name: String,
    members: Vec<PersonRef>,
}

impl From<StoreTeam> for Team {
    fn from(team: StoreTeam) -> Self {
        let members = team.members.into_iter().map(PersonRef::from).collect();
        Self { id: team.id.uuid(), name: team.name, members }
    }
}

/// Teams, by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamList {
    teams: Vec<Team>,
}

/// Every team.
#[utoipa::path(get, path = "/api/v1/teams", tag = "people",
    responses((status = 200, body = TeamList), SignedOut, Forbidden))]
pub async fn list_teams(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<TeamList>, Problem> {
    let teams = people::list_teams(&app.desk, &session.scope).await?;
    Ok(Json(TeamList { teams: teams.into_iter().map(Team::from).collect() }))
}

/// A team to make.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewTeam {
    name: String,
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    members: Vec<UserId>,
}

/// Makes a team.
#[utoipa::path(post, path = "/api/v1/teams", tag = "people", request_body = NewTeam,
    responses((status = 201, body = Team), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn create_team(
    State(app): State<App>,
    Session(session): Session,
    Body(new): Body<NewTeam>,
) -> Result<(StatusCode, Json<Team>), Problem> {
    let team = people::create_team(&app.desk, &session.scope, &new.name, &new.members).await?;
    Ok((StatusCode::CREATED, Json(team.into())))
}

/// What is to be different about a team; what is not said stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct UpdateTeam {
    name: Option<String>,
    /// Who is in it, instead of those before.
    #[schema(value_type = Option<Vec<Uuid>>)]
    members: Option<Vec<UserId>>,
}

/// Gives a team another name or other people.
#[utoipa::path(patch, path = "/api/v1/teams/{id}", tag = "people", params(("id" = Uuid, Path)), request_body = UpdateTeam,
    responses((status = 200, body = Team), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn update_team(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<TeamId>,
    Body(update): Body<UpdateTeam>,
) -> Result<Json<Team>, Problem> {
    let (name, members) = (update.name.as_deref(), update.members.as_deref());
    Ok(Json(people::change_team(&app.desk, &session.scope, id, name, members).await?.into()))
}

/// Dissolves a team; its people stay.
#[utoipa::path(delete, path = "/api/v1/teams/{id}", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Gone"), SignedOut, Forbidden, NotFound))]
pub async fn delete_team(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<TeamId>,
) -> Result<StatusCode, Problem> {
    people::delete_team(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
