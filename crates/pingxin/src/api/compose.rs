//! What is said to a buyer about a case: the scripts that fit, a text made of one, and the messages that were copied.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use pingxin_desk::claims;
use pingxin_desk::scripts::{self, Need, Proposed, ProposedScript, Talk};
use pingxin_domain::CaseId;
use pingxin_domain::guard::{Channel, Stage};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::script::{Because, ScriptLanguage, ScriptStep};
use pingxin_store::claim::Claim;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::refusal::{BadRequest, Forbidden, Invalid, NotFound, SignedOut};
use super::script::{CaseShare, ScriptVariable};
use super::triage::BothLanguages;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// What the agent has chosen so far.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CaseScriptsAsked {
    /// The usual one of the platform unless given.
    #[param(value_type = Option<word::GuardChannel>)]
    channel: Option<Channel>,
    /// The buyer's unless given.
    #[param(value_type = Option<word::ScriptLanguage>)]
    language: Option<ScriptLanguage>,
}

/// A variable of a script, and what the case knows of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScriptNeed {
    #[serde(flatten)]
    variable: ScriptVariable,
    /// Null where it has to be asked for.
    #[schema(required = true)]
    value: Option<String>,
}

impl From<Need> for ScriptNeed {
    fn from(need: Need) -> Self {
        Self { variable: need.variable.into(), value: need.value }
    }
}

/// A script that fits a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseScript {
    key: String,
    title: BothLanguages,
    #[schema(value_type = word::ScriptStep)]
    step: ScriptStep,
    /// Its text in the language that was asked for, with its braces.
    text: String,
    own: bool,
    favourite: bool,
    /// Why it is offered.
    #[schema(value_type = Vec<word::ScriptBecause>)]
    because: Vec<Because>,
    #[schema(required = true)]
    solved: Option<CaseShare>,
    needs: Vec<ScriptNeed>,
}

impl CaseScript {
    fn new(proposed: ProposedScript, language: ScriptLanguage) -> Self {
        let ProposedScript { script, is_own, is_favourite, because, solved, needs } = proposed;
        Self {
            text: script.texts.of(language).unwrap_or_default().to_owned(),
            key: script.key,
            title: script.title.into(),
            step: script.step,
            own: is_own,
            favourite: is_favourite,
            because,
            solved: solved.map(CaseShare::from),
            needs: needs.into_iter().map(ScriptNeed::from).collect(),
        }
    }
}

/// What fits a case now.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseScripts {
    #[schema(value_type = word::GuardChannel)]
    channel: Channel,
    /// The ways to the buyer, the usual one first.
    #[schema(value_type = Vec<word::GuardChannel>)]
    channels: Vec<Channel>,
    #[schema(value_type = word::ScriptLanguage)]
    language: ScriptLanguage,
    /// How far the talk has come.
    #[schema(value_type = word::GuardStage)]
    stage: Stage,
    /// What is said next.
    #[schema(value_type = word::ScriptStep)]
    step: ScriptStep,
    /// The most characters that this way allows; null where no rule is known.
    #[schema(required = true)]
    limit: Option<u32>,
    /// The platform's page of the order; null where there is none.
    #[schema(required = true)]
    link: Option<String>,
    /// The best first.
    scripts: Vec<CaseScript>,
}

impl From<Proposed> for CaseScripts {
    fn from(proposed: Proposed) -> Self {
        let Proposed { channel, channels, language, stage, step, limit, link, scripts } = proposed;
        let scripts = scripts.into_iter().map(|script| CaseScript::new(script, language)).collect();
        Self { channel, channels, language, stage, step, limit, link, scripts }
    }
}

/// The scripts that fit a case, the best first, with what the case knows of their variables.
#[utoipa::path(get, path = "/api/v1/cases/{id}/scripts", tag = "script", params(("id" = Uuid, Path), CaseScriptsAsked),
    responses((status = 200, body = CaseScripts), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn list_case_scripts(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Asked(asked): Asked<CaseScriptsAsked>,
) -> Result<Json<CaseScripts>, Problem> {
    let talk = Talk { channel: asked.channel, language: asked.language };
    Ok(Json(scripts::propose(&app.desk, &session.scope, id, talk).await?.into()))
}

/// A script to make a text of.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScriptFill {
    key: String,
    #[schema(value_type = word::ScriptLanguage)]
    language: ScriptLanguage,
    /// By name; what the case knows stands for what is not given.
    #[serde(default)]
    values: BTreeMap<String, String>,
}

/// A script as a text.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScriptFilled {
    /// Null while a variable is open.
    #[schema(required = true)]
    text: Option<String>,
    /// The names of the variables that are open.
    missing: Vec<String>,
}

/// Makes a text of a script. While a variable is open there is none, and the open ones are named.
#[utoipa::path(post, path = "/api/v1/cases/{id}/scripts/fill", tag = "script", params(("id" = Uuid, Path)),
    request_body = ScriptFill,
    responses((status = 200, body = ScriptFilled), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn fill_case_script(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(fill): Body<ScriptFill>,
) -> Result<Json<ScriptFilled>, Problem> {
    let ScriptFill { key, language, values } = fill;
    let filled = scripts::fill(&app.desk, &session.scope, id, &key, language, values).await;
    let filled = filled.map_err(Problem::of_field("values"))?;
    Ok(Json(ScriptFilled { text: filled.text, missing: filled.missing }))
}

/// A message that an agent copied and says he has sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseMessage {
    id: Uuid,
    #[schema(value_type = word::GuardChannel)]
    channel: Channel,
    #[schema(value_type = Option<word::ScriptLanguage>, required = true)]
    language: Option<ScriptLanguage>,
    /// Personal data in it is masked.
    text: String,
    /// The key of the script it was made from.
    #[schema(required = true)]
    script: Option<String>,
    claimed_at: Timestamp,
    #[schema(required = true)]
    claimed_by: Option<Person>,
    /// When it was sent, as a chat log tells; null as long as none does.
    #[schema(required = true)]
    confirmed_at: Option<Timestamp>,
}

impl From<Claim> for CaseMessage {
    fn from(claim: Claim) -> Self {
        let Claim { id, channel, language, text, script, claimed_at, claimed_by, confirmed_at, .. } = claim;
        let claimed_by = claimed_by.map(Person::from);
        Self { id: id.uuid(), channel, language, text, script, claimed_at, claimed_by, confirmed_at }
    }
}

/// The messages that were copied in a case, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseMessageList {
    messages: Vec<CaseMessage>,
}

/// The messages that were copied in a case: claimed by the agent, or confirmed by a chat log.
#[utoipa::path(get, path = "/api/v1/cases/{id}/messages", tag = "case", params(("id" = Uuid, Path)),
    responses((status = 200, body = CaseMessageList), SignedOut, Forbidden, NotFound))]
pub async fn list_case_messages(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<Json<CaseMessageList>, Problem> {
    let found = claims::of_case(&app.desk, &session.scope, id).await?;
    Ok(Json(CaseMessageList { messages: found.into_iter().map(CaseMessage::from).collect() }))
}
