//! Reply scripts 话术: the library with what came of its use, a merchant's own with their versions, marks, and the file.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use pingxin_desk::scripts::{self, Entry, LibraryFilter};
use pingxin_domain::case::{CaseState, Outcome};
use pingxin_domain::guard::Channel;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::script::{self, Phase, ScriptStep, Texts, Variable, VariableKind, VersionState};
use pingxin_domain::share::Share;
use pingxin_domain::{Object, Platform, Say, ScriptId};
use pingxin_language::Cause;
use pingxin_store::claim::UseLine;
use pingxin_store::script::Version;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::export::{self, FormatAsked};
use super::hold::HoldFinding;
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::task::TaskCase;
use super::triage::BothLanguages;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Which scripts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ScriptsAsked {
    /// With these words in name or text.
    q: Option<String>,
    #[param(value_type = Option<word::ScriptPhase>)]
    phase: Option<Phase>,
    #[param(value_type = Option<word::ScriptStep>)]
    step: Option<ScriptStep>,
    #[param(value_type = Option<word::Cause>)]
    cause: Option<Cause>,
    #[param(value_type = Option<word::Platform>)]
    platform: Option<Platform>,
    #[param(value_type = Option<word::GuardChannel>)]
    channel: Option<Channel>,
    /// Only those that whoever asks has marked.
    favourite: bool,
    /// Only the merchant's own.
    own: bool,
    /// The archived ones, and no others.
    archived: bool,
}

impl From<ScriptsAsked> for LibraryFilter {
    fn from(asked: ScriptsAsked) -> Self {
        let ScriptsAsked { q, phase, step, cause, platform, channel, favourite, own, archived } = asked;
        Self { words: q, phase, step, cause, platform, channel, favourite, own, archived }
    }
}

/// A share of a number of cases, with its 95 % interval.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct CaseShare {
    hits: u64,
    of: u64,
    /// 0 to 1.
    share: f64,
    low: f64,
    high: f64,
}

impl From<Share> for CaseShare {
    fn from(share: Share) -> Self {
        let Share { hits, of, share, low, high } = share;
        Self { hits, of, share, low, high }
    }
}

/// The texts of a script; one language at least.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ScriptTexts {
    /// Chinese.
    #[schema(required = true)]
    zh: Option<String>,
    /// English.
    #[schema(required = true)]
    en: Option<String>,
}

impl From<Texts> for ScriptTexts {
    fn from(texts: Texts) -> Self {
        Self { zh: texts.zh, en: texts.en }
    }
}

/// What a script says and where it is used. An empty list is no condition.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScriptBody {
    #[schema(value_type = word::ScriptPhase)]
    phase: Phase,
    #[schema(value_type = word::ScriptStep)]
    step: ScriptStep,
    /// Complaints that it answers.
    #[schema(value_type = Vec<word::Cause>)]
    causes: Vec<Cause>,
    /// Such as `taobao`; `amazon` stands for every market.
    platforms: Vec<String>,
    /// What the buyer left.
    #[schema(value_type = Vec<word::ReviewObject>)]
    objects: Vec<Object>,
    /// The ways it goes.
    #[schema(value_type = Vec<word::GuardChannel>)]
    channels: Vec<Channel>,
    title: BothLanguages,
    texts: ScriptTexts,
    /// The texts with a sample for each variable, as a buyer would read them.
    samples: ScriptTexts,
    /// What stands between braces.
    variables: Vec<ScriptVariable>,
}

impl From<script::Script> for ScriptBody {
    fn from(script: script::Script) -> Self {
        let code = script
            .platforms
            .first()
            .map_or("taobao", |code| if code == "amazon" { "amazon-us" } else { code });
        let platform = code.parse().unwrap_or(Platform::Taobao);
        let mut samples = ScriptTexts { zh: None, en: None };
        let mut names: Vec<String> = Vec::new();
        for (language, text) in script.texts.all() {
            for name in script::variables_of(text).unwrap_or_default() {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            let filled = script::fill(text, &script::samples(text, platform, language)).ok();
            match language {
                script::ScriptLanguage::Chinese => samples.zh = filled,
                script::ScriptLanguage::English => samples.en = filled,
            }
        }
        let script::Script { phase, step, causes, platforms, objects, channels, title, texts, .. } = script;
        Self {
            phase,
            step,
            causes,
            platforms,
            objects,
            channels,
            title: title.into(),
            texts: texts.into(),
            samples,
            variables: names.iter().map(|name| script::variable(name).into()).collect(),
        }
    }
}

/// A variable of scripts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScriptVariable {
    name: String,
    label: BothLanguages,
    #[schema(value_type = word::ScriptVariableKind)]
    kind: VariableKind,
    /// Whether the desk may know it from the case.
    fact: bool,
    /// The most characters.
    longest: usize,
    sample: BothLanguages,
}

impl From<Variable> for ScriptVariable {
    fn from(variable: Variable) -> Self {
        Self {
            longest: variable.kind.longest(),
            name: variable.name,
            label: variable.label.into(),
            kind: variable.kind,
            fact: variable.is_fact,
            sample: variable.sample.into(),
        }
    }
}

/// A version of a merchant's own script.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScriptVersion {
    /// From 1.
    number: u32,
    script: ScriptBody,
    #[schema(value_type = word::ScriptVersionState)]
    state: VersionState,
    /// What the guard said of it, where it was checked worst.
    findings: Vec<HoldFinding>,
    written_at: Timestamp,
    #[schema(required = true)]
    written_by: Option<Person>,
    #[schema(required = true)]
    decided_at: Option<Timestamp>,
    #[schema(required = true)]
    decided_by: Option<Person>,
    /// Why a second person decided so.
    #[schema(required = true)]
    reason: Option<String>,
}

impl From<Version> for ScriptVersion {
    fn from(version: Version) -> Self {
        Self {
            number: version.number,
            script: version.script.into(),
            state: version.state,
            findings: version.findings.into_iter().map(HoldFinding::from).collect(),
            written_at: version.written_at,
            written_by: version.written_by.map(Person::from),
            decided_at: version.decided_at,
            decided_by: version.decided_by.map(Person::from),
            reason: version.reason,
        }
    }
}

/// What the desk keeps of a merchant's own script.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnScript {
    #[serde(skip)]
    id: Uuid,
    #[schema(required = true)]
    owner: Option<Person>,
    created_at: Timestamp,
    #[schema(required = true)]
    archived_at: Option<Timestamp>,
    /// The version in use; null while the first one waits.
    #[schema(required = true)]
    version: Option<u32>,
    /// The newest version, in use or not.
    #[schema(required = true)]
    newest: Option<ScriptVersion>,
}

/// A script of the library.
#[derive(Debug, Serialize, ToSchema)]
pub struct Script {
    /// Such as `first.quality`; of a merchant's own its id.
    key: String,
    /// Null of a shipped one.
    #[schema(required = true)]
    id: Option<Uuid>,
    #[serde(flatten)]
    body: ScriptBody,
    /// Null of a shipped one.
    #[schema(required = true)]
    own: Option<OwnScript>,
    favourite: bool,
    /// Messages made from it.
    used: u64,
    /// Cases that it was used in.
    cases: u64,
    #[schema(required = true)]
    last_used_at: Option<Timestamp>,
    /// Of the ended cases that it was used in, how many were solved; null while none has ended.
    #[schema(required = true)]
    solved: Option<CaseShare>,
}

impl From<Entry> for Script {
    fn from(entry: Entry) -> Self {
        let Entry { script, own, is_favourite, used, solved } = entry;
        let own = own.map(|mut own| OwnScript {
            id: own.id.uuid(),
            owner: own.owner.map(Person::from),
            created_at: own.created_at,
            archived_at: own.archived_at,
            version: own.used,
            newest: own.versions.pop().map(ScriptVersion::from),
        });
        Self {
            key: script.key.clone(),
            id: own.as_ref().map(|own| own.id),
            body: script.into(),
            own,
            favourite: is_favourite,
            used: used.as_ref().map_or(0, |used| used.used),
            cases: used.as_ref().map_or(0, |used| used.cases),
            last_used_at: used.map(|used| used.last),
            solved: solved.map(CaseShare::from),
        }
    }
}

/// Scripts, the merchant's own first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScriptList {
    scripts: Vec<Script>,
    /// Every variable that the program knows.
    variables: Vec<ScriptVariable>,
}

/// The scripts of the library.
#[utoipa::path(get, path = "/api/v1/scripts", tag = "script", params(ScriptsAsked),
    responses((status = 200, body = ScriptList), BadRequest, SignedOut, Forbidden))]
pub async fn list_scripts(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<ScriptsAsked>,
) -> Result<Json<ScriptList>, Problem> {
    let found = scripts::library(&app.desk, &session.scope, &asked.into()).await?;
    let variables = script::variables().iter().cloned().map(ScriptVariable::from).collect();
    Ok(Json(ScriptList { scripts: found.into_iter().map(Script::from).collect(), variables }))
}

/// The scripts of the library as a file.
#[utoipa::path(get, path = "/api/v1/scripts/export", tag = "script", params(FormatAsked, ScriptsAsked),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        BadRequest, SignedOut, Forbidden))]
pub async fn export_scripts(
    State(app): State<App>,
    Session(session): Session,
    Asked(format): Asked<FormatAsked>,
    Asked(asked): Asked<ScriptsAsked>,
) -> Result<Response, Problem> {
    let format = format.format()?;
    let file =
        tempfile::NamedTempFile::new_in(app.desk.uploads()?).map_err(|cause| Problem::internal(&cause))?;
    scripts::export(&app.desk, &session.scope, &asked.into(), format, file.path()).await?;
    export::stream(file, "scripts", format, &app)
}

/// A script to keep. An empty list is no condition.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScriptWrite {
    #[schema(value_type = word::ScriptPhase)]
    phase: Phase,
    #[schema(value_type = word::ScriptStep)]
    step: ScriptStep,
    #[serde(default)]
    #[schema(value_type = Vec<word::Cause>)]
    causes: Vec<Cause>,
    /// Such as `taobao`.
    #[serde(default)]
    #[schema(value_type = Vec<word::Platform>)]
    platforms: Vec<Platform>,
    #[serde(default)]
    #[schema(value_type = Vec<word::ReviewObject>)]
    objects: Vec<Object>,
    /// One at least.
    #[schema(value_type = Vec<word::GuardChannel>)]
    channels: Vec<Channel>,
    /// 1 to 60 characters.
    title_zh: String,
    /// 1 to 60 characters.
    title_en: String,
    /// At most 2,000 characters; variables stand in double braces.
    zh: Option<String>,
    /// At most 2,000 characters; variables stand in double braces.
    en: Option<String>,
}

impl From<ScriptWrite> for script::Script {
    fn from(write: ScriptWrite) -> Self {
        let ScriptWrite { phase, step, causes, platforms, objects, channels, title_zh, title_en, zh, en } =
            write;
        let platforms = platforms.into_iter().map(Platform::code).collect();
        let (title, texts) = (Say::new(title_zh, title_en), Texts { zh, en });
        Self { key: String::new(), phase, step, causes, platforms, objects, channels, title, texts }
    }
}

/// Keeps a script of the merchant's own. One that the guard blocks is refused; one that it holds waits for a second person.
#[utoipa::path(post, path = "/api/v1/scripts", tag = "script", request_body = ScriptWrite,
    responses((status = 201, body = Script), BadRequest, SignedOut, Forbidden, Invalid))]
pub async fn create_script(
    State(app): State<App>,
    Session(session): Session,
    Body(write): Body<ScriptWrite>,
) -> Result<(StatusCode, Json<Script>), Problem> {
    let made = scripts::save(&app.desk, &session.scope, None, write.into()).await;
    Ok((StatusCode::CREATED, Json(made.map_err(Problem::of_field("text"))?.into())))
}

/// Keeps a new version of a script; the one before it stays in use while this one waits.
#[utoipa::path(put, path = "/api/v1/scripts/{id}", tag = "script", params(("id" = Uuid, Path)), request_body = ScriptWrite,
    responses((status = 200, body = Script), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn update_script(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ScriptId>,
    Body(write): Body<ScriptWrite>,
) -> Result<Json<Script>, Problem> {
    let saved = scripts::save(&app.desk, &session.scope, Some(id), write.into()).await;
    Ok(Json(saved.map_err(Problem::of_field("text"))?.into()))
}

/// Every version of a script, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScriptVersionList {
    versions: Vec<ScriptVersion>,
}

/// Every version of a script of the merchant's own, the newest first.
#[utoipa::path(get, path = "/api/v1/scripts/{id}/versions", tag = "script", params(("id" = Uuid, Path)),
    responses((status = 200, body = ScriptVersionList), SignedOut, Forbidden, NotFound))]
pub async fn list_script_versions(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ScriptId>,
) -> Result<Json<ScriptVersionList>, Problem> {
    let found = scripts::versions(&app.desk, &session.scope, id).await?;
    Ok(Json(ScriptVersionList { versions: found.into_iter().map(ScriptVersion::from).collect() }))
}

/// Which version.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScriptRestore {
    version: u32,
}

/// Makes an older version the newest, through the guard as it is today.
#[utoipa::path(post, path = "/api/v1/scripts/{id}/restore", tag = "script", params(("id" = Uuid, Path)),
    request_body = ScriptRestore,
    responses((status = 200, body = Script), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn restore_script(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ScriptId>,
    Body(restore): Body<ScriptRestore>,
) -> Result<Json<Script>, Problem> {
    let restored = scripts::restore(&app.desk, &session.scope, id, restore.version).await;
    Ok(Json(restored.map_err(Problem::of_field("text"))?.into()))
}

/// What a second person decides on a version that waits.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScriptDecision {
    version: u32,
    /// Whether it may be used.
    passes: bool,
    /// 1 to 500 characters.
    reason: String,
}

/// Lets a version that waits be used, or sends it back.
#[utoipa::path(post, path = "/api/v1/scripts/{id}/decision", tag = "script", params(("id" = Uuid, Path)),
    request_body = ScriptDecision,
    responses((status = 200, body = Script), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn decide_script(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ScriptId>,
    Body(decision): Body<ScriptDecision>,
) -> Result<Json<Script>, Problem> {
    let ScriptDecision { version, passes, reason } = decision;
    let decided = scripts::decide(&app.desk, &session.scope, id, version, passes, &reason).await?;
    Ok(Json(decided.into()))
}

/// Whether a script is put away.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScriptArchive {
    archived: bool,
}

/// Puts a script of the merchant's own away, or takes it out again.
#[utoipa::path(put, path = "/api/v1/scripts/{id}/archived", tag = "script", params(("id" = Uuid, Path)),
    request_body = ScriptArchive,
    responses((status = 200, body = Script), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn archive_script(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ScriptId>,
    Body(archive): Body<ScriptArchive>,
) -> Result<Json<Script>, Problem> {
    Ok(Json(scripts::archive(&app.desk, &session.scope, id, archive.archived).await?.into()))
}

/// A mark on a script, shipped or the merchant's own.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScriptFavourite {
    key: String,
    favourite: bool,
}

/// Marks a script for oneself, or unmarks it.
#[utoipa::path(put, path = "/api/v1/scripts/favourites", tag = "script", request_body = ScriptFavourite,
    responses((status = 200, body = Script), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn set_script_favourite(
    State(app): State<App>,
    Session(session): Session,
    Body(mark): Body<ScriptFavourite>,
) -> Result<Json<Script>, Problem> {
    let marked = scripts::set_favourite(&app.desk, &session.scope, &mark.key, mark.favourite).await?;
    Ok(Json(marked.into()))
}

/// Of which script.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ScriptUsesAsked {
    /// Its key.
    key: String,
}

/// One use of a script.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScriptUse {
    at: Timestamp,
    #[schema(required = true)]
    by: Option<Person>,
    case: TaskCase,
    #[schema(value_type = word::CaseState)]
    state: CaseState,
    #[schema(value_type = Option<word::Outcome>, required = true)]
    outcome: Option<Outcome>,
    #[schema(value_type = word::GuardChannel)]
    channel: Channel,
    /// Whether a chat log tells of it.
    confirmed: bool,
}

impl From<UseLine> for ScriptUse {
    fn from(line: UseLine) -> Self {
        let UseLine { at, by, case, case_number, state, outcome, channel, is_confirmed } = line;
        let case = TaskCase::new(case, case_number);
        Self { at, by: by.map(Person::from), case, state, outcome, channel, confirmed: is_confirmed }
    }
}

/// The last uses of a script, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScriptUseList {
    uses: Vec<ScriptUse>,
}

/// The last hundred uses of a script within the caller's shops, the newest first.
#[utoipa::path(get, path = "/api/v1/scripts/uses", tag = "script", params(ScriptUsesAsked),
    responses((status = 200, body = ScriptUseList), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn list_script_uses(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<ScriptUsesAsked>,
) -> Result<Json<ScriptUseList>, Problem> {
    let found = scripts::uses(&app.desk, &session.scope, &asked.key).await?;
    Ok(Json(ScriptUseList { uses: found.into_iter().map(ScriptUse::from).collect() }))
}
