//! Who gets a case: rules in their order, skills of people, and the case that is best taken next.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use pingxin_desk::assignment::{self, AssignmentView, AtWork, Proposed};
use pingxin_domain::assignment::{Choosing, Prospect, Rule};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{CaseId, ShopAccess, ShopId, TeamId, UserId};
use pingxin_language::{Cause, Language};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::CaseRow;
use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A rule of assignment. What is empty is no condition.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AssignmentRule {
    name: String,
    /// Whether it is used.
    is_on: bool,
    #[schema(value_type = Vec<Uuid>)]
    shops: Vec<ShopId>,
    #[schema(value_type = Vec<word::Cause>)]
    causes: Vec<Cause>,
    /// ISO 639-1, or `und`.
    #[schema(value_type = Vec<String>)]
    languages: Vec<Language>,
    /// 0 to 100.
    severity_from: u8,
    /// Members of this team; null is any agent.
    #[schema(value_type = Option<Uuid>, required = true)]
    team: Option<TeamId>,
    /// Those with this skill.
    #[schema(required = true)]
    skill: Option<String>,
    #[schema(value_type = word::Choosing)]
    choosing: Choosing,
    /// Nobody gets another case who has so many.
    #[schema(required = true)]
    most: Option<u32>,
}

impl From<Rule> for AssignmentRule {
    fn from(rule: Rule) -> Self {
        let Rule { name, is_on, shops, causes, languages, severity_from, team, skill, choosing, most } = rule;
        Self { name, is_on, shops, causes, languages, severity_from, team, skill, choosing, most }
    }
}

impl From<AssignmentRule> for Rule {
    fn from(rule: AssignmentRule) -> Self {
        let AssignmentRule {
            name,
            is_on,
            shops,
            causes,
            languages,
            severity_from,
            team,
            skill,
            choosing,
            most,
        } = rule;
        Self { name, is_on, shops, causes, languages, severity_from, team, skill, choosing, most }
    }
}

/// Somebody who works on cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonAtWork {
    id: Uuid,
    name: String,
    skills: Vec<String>,
    /// Cases that he has and that are not over.
    load: u32,
    /// On duty now, at one shop at least.
    on_duty: bool,
    /// Out of office now.
    away: bool,
    /// When he last got a case by a rule.
    #[schema(required = true)]
    last_given_at: Option<Timestamp>,
}

impl From<AtWork> for PersonAtWork {
    fn from(person: AtWork) -> Self {
        let worker = person.worker;
        Self {
            id: worker.id.uuid(),
            name: person.name,
            skills: worker.skills.into_iter().collect(),
            load: worker.load,
            on_duty: worker.on_duty != ShopAccess::Only(Vec::new()),
            away: person.is_away,
            last_given_at: worker.last_given,
        }
    }
}

/// The rules in their order, and who there is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Assignment {
    rules: Vec<AssignmentRule>,
    people: Vec<PersonAtWork>,
}

impl From<AssignmentView> for Assignment {
    fn from(view: AssignmentView) -> Self {
        Self {
            rules: view.rules.into_iter().map(AssignmentRule::from).collect(),
            people: view.people.into_iter().map(PersonAtWork::from).collect(),
        }
    }
}

/// The rules by which cases are given, and who there is.
#[utoipa::path(get, path = "/api/v1/assignment", tag = "case",
    responses((status = 200, body = Assignment), SignedOut, Forbidden))]
pub async fn get_assignment(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<Assignment>, Problem> {
    Ok(Json(assignment::view(&app.desk, &session.scope).await?.into()))
}

/// Rules to give cases by, in their order; at most 50.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetAssignment {
    rules: Vec<AssignmentRule>,
}

/// Says by which rules cases are given, instead of those before. Without rules nobody is given any.
#[utoipa::path(put, path = "/api/v1/assignment", tag = "case", request_body = SetAssignment,
    responses((status = 200, body = Assignment), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn set_assignment(
    State(app): State<App>,
    Session(session): Session,
    Body(set): Body<SetAssignment>,
) -> Result<Json<Assignment>, Problem> {
    let rules: Vec<Rule> = set.rules.into_iter().map(Rule::from).collect();
    Ok(Json(assignment::set_rules(&app.desk, &session.scope, &rules).await?.into()))
}

/// What somebody is good at; at most 20 skills.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetSkills {
    skills: Vec<String>,
}

/// Says what somebody is good at.
#[utoipa::path(put, path = "/api/v1/people/{id}/skills", tag = "people", params(("id" = Uuid, Path)),
    request_body = SetSkills,
    responses((status = 200, body = Assignment), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn set_person_skills(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<UserId>,
    Body(set): Body<SetSkills>,
) -> Result<Json<Assignment>, Problem> {
    Ok(Json(assignment::set_skills(&app.desk, &session.scope, id, &set.skills).await?.into()))
}

/// Which one is at hand.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct NextAsked {
    /// A case that is left out: the one at hand.
    #[param(value_type = Option<Uuid>)]
    case: Option<CaseId>,
}

/// The case that is best taken now, with what speaks for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextCase {
    case: CaseRow,
    /// Severity × deadline × prospect, from 0 to 100.
    score: u8,
    /// The nearest of its clock, its step and its deadline.
    #[schema(required = true)]
    due_at: Option<Timestamp>,
    #[schema(value_type = word::Prospect)]
    prospect: Prospect,
}

/// What to do next.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextAnswer {
    /// Null when there is nothing to do.
    #[schema(required = true)]
    next: Option<NextCase>,
}

impl From<Proposed> for NextCase {
    fn from(proposed: Proposed) -> Self {
        Self {
            score: proposed.score,
            due_at: proposed.merit.due,
            prospect: proposed.merit.prospect,
            case: proposed.row.into(),
        }
    }
}

/// The case that is best taken now, among those that nobody has and the caller's own that wait for nobody.
#[utoipa::path(get, path = "/api/v1/next-case", tag = "case", params(NextAsked),
    responses((status = 200, body = NextAnswer), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn get_next_case(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<NextAsked>,
) -> Result<Json<NextAnswer>, Problem> {
    let next = assignment::next_case(&app.desk, &session.scope, asked.case).await?;
    Ok(Json(NextAnswer { next: next.map(NextCase::from) }))
}
