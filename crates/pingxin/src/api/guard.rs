//! The guard 发送前检查: what it says of a text, its rules for a shop, and texts that it was wrong about.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use pingxin_desk::guard::{self, About, Asked, alarms, rules};
use pingxin_domain::guard::{By, Channel, Example, Rule, Severity, Stage, Verdict};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::pack::Grade;
use pingxin_domain::{BuyerId, CaseId, Object, OrderId, Platform, ReviewId, ShopId, TaskId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::refusal::{BadRequest, Forbidden, Invalid, NotFound, SignedOut};
use super::triage::BothLanguages;
use super::word;
use crate::http::App;
use crate::http::body::{Asked as Query, Body};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Where a rule comes from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GuardSource {
    key: String,
    /// Article, ground or paragraph.
    #[schema(required = true)]
    locator: Option<String>,
    #[schema(required = true)]
    title: Option<String>,
    #[schema(required = true)]
    url: Option<String>,
    /// The date of the page.
    #[schema(required = true)]
    page_date: Option<String>,
}

impl From<guard::SourceNote> for GuardSource {
    fn from(source: guard::SourceNote) -> Self {
        let guard::SourceNote { key, locator, title, url, page_date } = source;
        Self { key, locator, title, url, page_date }
    }
}

/// One rule that a text breaks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GuardFinding {
    /// `G01` to `G66`.
    rule: String,
    /// Its name, such as `refund-for-removal`.
    name: String,
    #[schema(value_type = word::GuardSeverity)]
    severity: Severity,
    #[schema(value_type = word::GuardBy)]
    by: By,
    /// The words that break it, `[start, end)` in Unicode scalar values; none where a fact alone is wrong.
    spans: Vec<[u32; 2]>,
    /// Why it is a rule.
    why: BothLanguages,
    /// What may follow.
    risk: BothLanguages,
    /// How well the rule is known.
    #[schema(value_type = word::Grade)]
    grade: Grade,
    sources: Vec<GuardSource>,
    /// What may be said instead; it passes by itself. Null where no words help.
    #[schema(required = true)]
    rewrite: Option<String>,
}

impl From<guard::Noted> for GuardFinding {
    fn from(noted: guard::Noted) -> Self {
        let guard::Noted { finding, grade, sources, rewrite } = noted;
        Self {
            rule: finding.rule.to_string(),
            name: finding.rule.about().name.clone(),
            severity: finding.severity,
            by: finding.by,
            spans: finding.spans.iter().map(|span| [span.start, span.end]).collect(),
            why: finding.why.into(),
            risk: finding.risk.into(),
            grade,
            sources: sources.into_iter().map(GuardSource::from).collect(),
            rewrite,
        }
    }
}

/// What is remembered of the thread: said, paid and asked before, wherever.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct GuardMemory {
    /// How often the buyer was asked to change or remove the review.
    prior_asks: u32,
    /// How often the shop contacted him on this channel today, unasked.
    contacts_today: u32,
    /// He wants to be left alone.
    opt_out: bool,
    /// He was given something today.
    compensated_today: bool,
    /// The text answers him.
    reply_to_buyer: bool,
}

/// What the guard says of a text.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GuardAnswer {
    #[schema(value_type = word::GuardVerdict)]
    verdict: Verdict,
    /// The worst first.
    findings: Vec<GuardFinding>,
    /// What may be sent instead of the whole, in its language; it passes by itself. Null where no words help.
    #[schema(required = true)]
    rewrite: Option<String>,
    #[schema(value_type = Option<word::GuardStage>, required = true)]
    stage: Option<Stage>,
    /// Null for a text about nobody, and for a template.
    #[schema(required = true)]
    memory: Option<GuardMemory>,
}

impl From<guard::Checked> for GuardAnswer {
    fn from(checked: guard::Checked) -> Self {
        let memory = checked.remembered.map(|remembered| GuardMemory {
            prior_asks: remembered.prior_asks,
            contacts_today: remembered.contacts_today,
            opt_out: remembered.opt_out,
            compensated_today: remembered.compensated_today,
            reply_to_buyer: remembered.reply_to_buyer,
        });
        Self {
            verdict: checked.verdict,
            findings: checked.findings.into_iter().map(GuardFinding::from).collect(),
            rewrite: checked.rewrite,
            stage: checked.stage,
            memory,
        }
    }
}

/// A text to check, and what it is about: at most one of case, review, order, buyer, task and shop counts, in that order.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GuardCheck {
    /// At most 10,000 characters.
    text: String,
    /// The way it goes out, or the place where it is kept.
    #[schema(value_type = Option<word::GuardChannel>)]
    channel: Option<Channel>,
    /// A script that is kept for later: what was said before and the hour do not count.
    #[serde(default)]
    template: bool,
    #[schema(value_type = Option<Uuid>)]
    case: Option<CaseId>,
    #[schema(value_type = Option<Uuid>)]
    review: Option<ReviewId>,
    #[schema(value_type = Option<Uuid>)]
    order: Option<OrderId>,
    #[schema(value_type = Option<Uuid>)]
    buyer: Option<BuyerId>,
    #[schema(value_type = Option<Uuid>)]
    task: Option<TaskId>,
    #[schema(value_type = Option<Uuid>)]
    shop: Option<ShopId>,
    /// Worked out from the case where it is not given.
    #[schema(value_type = Option<word::GuardStage>)]
    stage: Option<Stage>,
    /// For a text about nothing.
    #[schema(value_type = Option<word::Platform>)]
    platform: Option<Platform>,
    /// For a text about nothing.
    #[schema(value_type = Option<word::ReviewObject>)]
    object: Option<Object>,
    /// The most characters, where the place says so.
    limit: Option<u32>,
}

impl From<GuardCheck> for Asked {
    fn from(check: GuardCheck) -> Self {
        let about = match check {
            GuardCheck { case: Some(id), .. } => About::Case(id),
            GuardCheck { review: Some(id), .. } => About::Review(id),
            GuardCheck { order: Some(id), .. } => About::Order(id),
            GuardCheck { buyer: Some(id), .. } => About::Buyer(id),
            GuardCheck { task: Some(id), .. } => About::Task(id),
            GuardCheck { shop: Some(id), .. } => About::Shop(id),
            _ => About::Nothing,
        };
        Self {
            text: check.text,
            channel: check.channel,
            template: check.template,
            about,
            stage: check.stage,
            platform: check.platform,
            object: check.object,
            limit: check.limit,
        }
    }
}

/// Checks a text before it goes out or is kept; nothing is kept of it.
#[utoipa::path(post, path = "/api/v1/guard/check", tag = "guard", request_body = GuardCheck,
    responses((status = 200, body = GuardAnswer), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn check_text(
    State(app): State<App>,
    Session(session): Session,
    Body(check): Body<GuardCheck>,
) -> Result<Json<GuardAnswer>, Problem> {
    let checked = guard::check(&app.desk, &session.scope, &check.into()).await;
    Ok(Json(checked.map_err(Problem::of_field("text"))?.into()))
}

/// What was kept of a mark.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuardAlarm {
    id: Uuid,
    /// Whether the guard will learn from it: never where it blocks.
    teaches: bool,
}

/// Notes that a text may be sent although the guard says something: it learns from that, but never loosens a block.
#[utoipa::path(post, path = "/api/v1/guard/alarms", tag = "guard", request_body = GuardCheck,
    responses((status = 201, body = GuardAlarm), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn mark_false_alarm(
    State(app): State<App>,
    Session(session): Session,
    Body(check): Body<GuardCheck>,
) -> Result<(StatusCode, Json<GuardAlarm>), Problem> {
    let marked = alarms::mark(&app.desk, &session.scope, &check.into()).await;
    let marked = marked.map_err(Problem::of_field("text"))?;
    Ok((StatusCode::CREATED, Json(GuardAlarm { id: marked.id.uuid(), teaches: marked.teaches })))
}

/// For whom the rules are asked.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct RulesAsked {
    #[param(value_type = Option<Uuid>)]
    shop: Option<ShopId>,
    /// Where no shop is given.
    #[param(value_type = Option<word::Platform>)]
    platform: Option<Platform>,
}

/// What a shop has set of a rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnGuardRule {
    #[schema(value_type = Option<word::GuardSeverity>, required = true)]
    severity: Option<Severity>,
    switched_on: bool,
    #[schema(required = true)]
    set_by: Option<Person>,
    set_at: jiff::Timestamp,
}

/// A text that shows what a rule means.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleExample {
    text: String,
    /// What is known around it, where that decides rather than its words.
    #[schema(required = true)]
    given: Option<BothLanguages>,
}

impl From<&Example> for RuleExample {
    fn from(example: &Example) -> Self {
        Self { text: example.text.clone(), given: example.given().map(BothLanguages::from) }
    }
}

/// A rule of the guard as it stands for a shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuardRule {
    /// `G01` to `G66`.
    rule: String,
    /// Its name, such as `refund-for-removal`.
    name: String,
    why: BothLanguages,
    risk: BothLanguages,
    #[schema(value_type = word::Grade)]
    grade: Grade,
    sources: Vec<GuardSource>,
    /// How severe platform and law make it; null where they do not ask for it.
    #[schema(value_type = Option<word::GuardSeverity>, required = true)]
    base: Option<Severity>,
    /// How severe it is here; null when it is off.
    #[schema(value_type = Option<word::GuardSeverity>, required = true)]
    severity: Option<Severity>,
    #[schema(required = true)]
    own: Option<OwnGuardRule>,
    /// Texts that break it.
    fails: Vec<RuleExample>,
    /// Texts near to them that do not.
    passes: Vec<RuleExample>,
}

impl From<rules::RuleView> for GuardRule {
    fn from(view: rules::RuleView) -> Self {
        Self {
            rule: view.about.rule.to_string(),
            name: view.about.name.clone(),
            why: view.about.why.clone().into(),
            risk: view.about.risk.clone().into(),
            grade: view.grade,
            sources: view.sources.into_iter().map(GuardSource::from).collect(),
            base: view.base,
            severity: view.severity,
            own: view.own.map(|own| OwnGuardRule {
                severity: own.severity,
                switched_on: own.switched_on,
                set_by: own.set_by.map(Person::from),
                set_at: own.set_at,
            }),
            fails: view.fails.into_iter().map(RuleExample::from).collect(),
            passes: view.passes.into_iter().map(RuleExample::from).collect(),
        }
    }
}

/// Every rule of the guard.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuardRuleList {
    rules: Vec<GuardRule>,
}

/// Every rule of the guard, as it stands for a shop or a platform.
#[utoipa::path(get, path = "/api/v1/guard/rules", tag = "guard", params(RulesAsked),
    responses((status = 200, body = GuardRuleList), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn list_guard_rules(
    State(app): State<App>,
    Session(session): Session,
    Query(asked): Query<RulesAsked>,
) -> Result<Json<GuardRuleList>, Problem> {
    let rules = rules::list(&app.desk, &session.scope, asked.shop, asked.platform).await?;
    Ok(Json(GuardRuleList { rules: rules.into_iter().map(GuardRule::from).collect() }))
}

/// What a shop wants of a rule.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetGuardRule {
    #[schema(value_type = Uuid)]
    shop: ShopId,
    /// `G01` to `G66`.
    #[schema(value_type = String)]
    rule: Rule,
    /// At least as strict as platform and law; null leaves it to them.
    #[schema(value_type = Option<word::GuardSeverity>)]
    severity: Option<Severity>,
    /// Lets a rule count that platform and law do not ask for.
    #[serde(default)]
    switched_on: bool,
}

/// Makes a rule stricter for a shop, or leaves it to platform and law again. It can never be loosened.
#[utoipa::path(put, path = "/api/v1/guard/rules", tag = "guard", request_body = SetGuardRule,
    responses((status = 200, body = GuardRule), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn set_guard_rule(
    State(app): State<App>,
    Session(session): Session,
    Body(set): Body<SetGuardRule>,
) -> Result<Json<GuardRule>, Problem> {
    let SetGuardRule { shop, rule, severity, switched_on } = set;
    let view = rules::set(&app.desk, &session.scope, shop, rule, severity, switched_on).await;
    Ok(Json(view.map_err(Problem::of_field("severity"))?.into()))
}
