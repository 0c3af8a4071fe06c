//! Rules of automation: seen, made, tried, put in order, taken away; and what they did.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::automation::{self, DryRow, RuleView};
use pingxin_domain::automation::{Act, Condition, Happening, Reference, Rule, RunOutcome};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::list::Match;
use pingxin_domain::{CaseId, RuleId};
use pingxin_store::automation::{RunFilter, RunRow};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::page::{Count, PageAsked};
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut, Stale};
use super::shop::ShopRef;
use super::task::TaskCase;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A condition as the description shows it; the values themselves are the domain's.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "on", rename_all = "snake_case")]
#[expect(dead_code, reason = "it describes the domain's conditions")]
pub(super) enum RuleCondition {
    /// Its shop is one of these.
    Shop { any_of: Vec<Uuid> },
    /// Its platform is one of these.
    Platform {
        #[schema(value_type = Vec<word::Platform>)]
        any_of: Vec<String>,
    },
    /// Its review has so many stars.
    Stars { from: u8, to: u8 },
    /// Its main cause is one of these.
    Cause {
        #[schema(value_type = Vec<word::Cause>)]
        any_of: Vec<String>,
    },
    /// The fault is with one of these.
    Fault {
        #[schema(value_type = Vec<word::Fault>)]
        any_of: Vec<String>,
    },
    /// Its review is in this mood.
    Sentiment {
        #[schema(value_type = Vec<word::SentimentLabel>)]
        any_of: Vec<String>,
    },
    /// Its review is written in one of these languages, by ISO 639-1, or `und`.
    Language { any_of: Vec<String> },
    /// It is so severe, from 0 to 100.
    Severity { from: u8, to: u8 },
    /// It is about one of these.
    Object {
        #[schema(value_type = Vec<word::ReviewObject>)]
        any_of: Vec<String>,
    },
    /// It has one of these tags.
    Tag { any_of: Vec<Uuid> },
    /// Somebody has it, or nobody.
    Handler {
        #[schema(value_type = word::Handler)]
        is: String,
    },
    /// Its order cost so much, in minor units of the currency.
    OrderValue { currency: String, from: i64, to: Option<i64> },
    /// It is about one of these products.
    Product { any_of: Vec<Uuid> },
    /// Its review says one of these.
    Text { any_of: Vec<String> },
}

/// An action as the description shows it; the values themselves are the domain's.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case")]
#[expect(dead_code, reason = "it describes the domain's actions")]
pub(super) enum RuleAction {
    /// Gives the case to somebody.
    AssignPerson { person: Uuid },
    /// Gives a case that nobody has to a member of a team.
    AssignTeam { team: Uuid },
    /// Gives a case that nobody has by the rules of assignment.
    AssignByRules,
    /// Puts a tag on.
    Tag { tag: Uuid },
    /// Takes a tag off.
    Untag { tag: Uuid },
    /// The case is at least so severe, from 0 to 100.
    SeverityFloor { severity: u8 },
    /// Asks another department; `{{case}}`, `{{shop}}`, `{{order}}` and `{{product}}` are filled in.
    AskTask {
        #[schema(value_type = word::Department)]
        department: String,
        text: String,
        /// Due so many hours later.
        due_hours: Option<u16>,
    },
    /// Tells the team by a robot or webhook; whoever is named has the case on his watch list.
    Notify {
        #[schema(value_type = word::OutChannel)]
        channel: String,
        person: Option<Uuid>,
    },
    /// Adds a note; variables as in a task.
    Note { text: String },
    /// Does what a macro of everybody does.
    RunMacro {
        #[serde(rename = "macro")]
        saved: Uuid,
    },
}

/// Something that is named and gone.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingReference {
    /// `shop`, `tag`, `product`, `person`, `team`, `channel` or `macro`.
    kind: String,
    /// Its id, or the channel.
    id: String,
}

impl From<Reference> for MissingReference {
    fn from(reference: Reference) -> Self {
        let value = serde_json::to_value(reference).unwrap_or_default();
        let field = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self { kind: field("kind"), id: field("id") }
    }
}

/// A rule: when something happens and its conditions hold, its actions are done.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AutomationRule {
    name: String,
    /// Whether it is used.
    is_on: bool,
    #[schema(value_type = word::Happening)]
    when: Happening,
    /// Whether all conditions must hold or one of them.
    #[schema(value_type = word::Match)]
    matching: Match,
    /// At most 20; without one it always holds.
    #[schema(value_type = Vec<RuleCondition>)]
    conditions: Vec<Condition>,
    /// 1 to 10, done in this order.
    #[schema(value_type = Vec<RuleAction>)]
    actions: Vec<Act>,
    /// It runs at most so often an hour.
    hourly: u32,
}

impl From<AutomationRule> for Rule {
    fn from(rule: AutomationRule) -> Self {
        let AutomationRule { name, is_on, when, matching, conditions, actions, hourly } = rule;
        Self { name: name.trim().to_owned(), is_on, when, matching, conditions, acts: actions, hourly }
    }
}

/// A rule as it is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptRule {
    id: Uuid,
    #[serde(flatten)]
    rule: AutomationRule,
    /// Grows with every change.
    version: u32,
    changed_at: Timestamp,
    #[schema(required = true)]
    changed_by: Option<Person>,
    /// What it names that is gone. A rule that names any does not run.
    missing: Vec<MissingReference>,
    /// How often it ran in a day, up to 1,001.
    ran: u32,
    /// How often it was held back in a day, up to 1,001.
    held_back: u32,
}

impl From<RuleView> for KeptRule {
    fn from(view: RuleView) -> Self {
        let stored = view.row.stored;
        let Rule { name, is_on, when, matching, conditions, acts, hourly } = stored.rule;
        Self {
            id: stored.id.uuid(),
            rule: AutomationRule { name, is_on, when, matching, conditions, actions: acts, hourly },
            version: stored.version,
            changed_at: view.row.changed_at,
            changed_by: view.row.changed_by.map(Person::from),
            missing: view.missing.into_iter().map(MissingReference::from).collect(),
            ran: view.ran,
            held_back: view.held_back,
        }
    }
}

/// Every rule in its order.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleList {
    rules: Vec<KeptRule>,
}

impl From<Vec<RuleView>> for RuleList {
    fn from(views: Vec<RuleView>) -> Self {
        Self { rules: views.into_iter().map(KeptRule::from).collect() }
    }
}

/// The rules of automation in their order.
#[utoipa::path(get, path = "/api/v1/automation-rules", tag = "automation",
    responses((status = 200, body = RuleList), SignedOut, Forbidden))]
pub async fn list_automation_rules(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<RuleList>, Problem> {
    Ok(Json(automation::get_rules(&app.desk, &session.scope).await?.into()))
}

/// Makes a rule, after the others.
#[utoipa::path(post, path = "/api/v1/automation-rules", tag = "automation", request_body = AutomationRule,
    responses((status = 201, body = KeptRule), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Invalid))]
pub async fn create_automation_rule(
    State(app): State<App>,
    Session(session): Session,
    Body(rule): Body<AutomationRule>,
) -> Result<(StatusCode, Json<KeptRule>), Problem> {
    let made = automation::create_rule(&app.desk, &session.scope, &rule.into()).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// A changed rule.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ChangedRule {
    #[serde(flatten)]
    rule: AutomationRule,
    /// The version that was changed; somebody else's change since is not overwritten.
    version: Option<u32>,
}

/// Changes a rule.
#[utoipa::path(put, path = "/api/v1/automation-rules/{id}", tag = "automation", params(("id" = Uuid, Path)),
    request_body = ChangedRule,
    responses((status = 200, body = KeptRule), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Stale, Invalid))]
pub async fn update_automation_rule(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<RuleId>,
    Body(changed): Body<ChangedRule>,
) -> Result<Json<KeptRule>, Problem> {
    let rule = changed.rule.into();
    let changed = automation::update_rule(&app.desk, &session.scope, id, &rule, changed.version).await?;
    Ok(Json(changed.into()))
}

/// Takes a rule away; what it did stays listed.
#[utoipa::path(delete, path = "/api/v1/automation-rules/{id}", tag = "automation", params(("id" = Uuid, Path)),
    responses((status = 204), SignedOut, Forbidden, NotFound))]
pub async fn delete_automation_rule(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<RuleId>,
) -> Result<StatusCode, Problem> {
    automation::delete_rule(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a deleted rule back.
#[utoipa::path(post, path = "/api/v1/automation-rules/{id}/restore", tag = "automation", params(("id" = Uuid, Path)),
    responses((status = 200, body = KeptRule), SignedOut, Forbidden, NotFound))]
pub async fn restore_automation_rule(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<RuleId>,
) -> Result<Json<KeptRule>, Problem> {
    Ok(Json(automation::restore_rule(&app.desk, &session.scope, id).await?.into()))
}

/// Rules in a new order.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RuleOrder {
    #[schema(value_type = Vec<Uuid>)]
    rules: Vec<RuleId>,
}

/// Puts the rules in an order.
#[utoipa::path(put, path = "/api/v1/automation-order", tag = "automation", request_body = RuleOrder,
    responses((status = 200, body = RuleList), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn set_automation_order(
    State(app): State<App>,
    Session(session): Session,
    Body(order): Body<RuleOrder>,
) -> Result<Json<RuleList>, Problem> {
    Ok(Json(automation::set_rule_order(&app.desk, &session.scope, &order.rules).await?.into()))
}

/// For what a rule would have run.
#[derive(Debug, Serialize, ToSchema)]
pub struct TriedRow {
    #[schema(required = true)]
    case: Option<TaskCase>,
    #[schema(required = true)]
    review: Option<Uuid>,
    shop: ShopRef,
    /// Words of the review; personal data is masked.
    text: String,
    at: Timestamp,
    /// What would have been done.
    #[schema(value_type = Vec<RuleAction>)]
    actions: Vec<Act>,
}

impl From<DryRow> for TriedRow {
    fn from(row: DryRow) -> Self {
        let subject = row.subject;
        Self {
            case: subject.case.zip(subject.number).map(|(id, number)| TaskCase::new(id, number)),
            review: subject.review.map(Identifier::uuid),
            shop: subject.shop.into(),
            text: subject.seen.words.trim().to_owned(),
            at: row.at,
            actions: row.acts,
        }
    }
}

/// What a rule would have done in the last 30 days, by the cases as they stand now.
#[derive(Debug, Serialize, ToSchema)]
pub struct TriedRule {
    /// Things that happened and were looked at, the last 2,000 at most.
    looked: u64,
    /// Whether more happened than were looked at.
    capped: bool,
    /// Those for which it would have run.
    matched: u64,
    /// The last 100 of them.
    rows: Vec<TriedRow>,
}

/// Tries a rule on the last 30 days. Nothing is changed.
#[utoipa::path(post, path = "/api/v1/automation-trials", tag = "automation", request_body = AutomationRule,
    responses((status = 200, body = TriedRule), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Invalid))]
pub async fn try_automation_rule(
    State(app): State<App>,
    Session(session): Session,
    Body(rule): Body<AutomationRule>,
) -> Result<Json<TriedRule>, Problem> {
    let tried = automation::dry_run(&app.desk, &session.scope, &rule.into()).await?;
    Ok(Json(TriedRule {
        looked: tried.looked,
        capped: tried.capped,
        matched: tried.matched,
        rows: tried.rows.into_iter().map(TriedRow::from).collect(),
    }))
}

/// Which runs.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct RunsAsked {
    #[param(value_type = Option<Uuid>)]
    rule: Option<RuleId>,
    #[param(value_type = Option<word::RunOutcome>)]
    outcome: Option<RunOutcome>,
    #[param(value_type = Option<Uuid>)]
    case: Option<CaseId>,
}

/// A rule that ran, was held back or failed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AutomationRun {
    id: Uuid,
    rule: Uuid,
    rule_name: String,
    #[schema(value_type = word::Happening)]
    when: Happening,
    #[schema(value_type = word::RunOutcome)]
    outcome: RunOutcome,
    #[schema(required = true)]
    case: Option<TaskCase>,
    #[schema(required = true)]
    review: Option<Uuid>,
    shop: ShopRef,
    /// `held`: the conditions that held; `steps`: each action with its `problem`, if it was not done; `problem` of one that
    /// failed.
    #[schema(value_type = Object)]
    detail: Value,
    at: Timestamp,
}

impl From<RunRow> for AutomationRun {
    fn from(row: RunRow) -> Self {
        Self {
            id: row.id.uuid(),
            rule: row.rule.uuid(),
            rule_name: row.rule_name,
            when: row.happening.1,
            outcome: row.outcome,
            case: row.case.map(|(id, number)| TaskCase::new(id, number)),
            review: row.review.map(Identifier::uuid),
            shop: row.shop.into(),
            detail: row.detail,
            at: row.at,
        }
    }
}

/// Runs, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunList {
    runs: Vec<AutomationRun>,
    count: Count,
    /// Where the next page begins.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// What rules did, the newest first.
#[utoipa::path(get, path = "/api/v1/automation-runs", tag = "automation", params(RunsAsked, PageAsked),
    responses((status = 200, body = RunList), BadRequest, SignedOut, Forbidden))]
pub async fn list_automation_runs(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<RunsAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<RunList>, Problem> {
    let filter = RunFilter { rule: asked.rule, outcome: asked.outcome, case: asked.case };
    let (found, count) =
        automation::runs(&app.desk, &session.scope, &filter, page.cursor(), page.limit()?).await?;
    Ok(Json(RunList {
        runs: found.rows.into_iter().map(AutomationRun::from).collect(),
        count: count.into(),
        next_cursor: found.next,
    }))
}
