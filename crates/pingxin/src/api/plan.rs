//! The plan of a case: contacts, after-sales proposal, what may be given, deadlines, steps; what a person states and ticks off.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::civil::Date;
use pingxin_desk::contacts::{self, AttemptRequest};
use pingxin_desk::planning::{self, AttemptShown, CasePlanView};
use pingxin_desk::told;
use pingxin_domain::aftersales::{
    Alternative, Approval, Check, Decision, Freight, Problem as GoodsProblem, Request,
};
use pingxin_domain::cadence::{Contact, ContactChannel, KnownBy, StopReason};
use pingxin_domain::call::CallResult;
use pingxin_domain::compensation::{Benefit, Rung, SignOff};
use pingxin_domain::deadline::Standing;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::pack::{Grade, Packs, Party};
use pingxin_domain::plan::{PlannedDeadline, Stated as Facts};
use pingxin_domain::playbook::{Ban, Forbidden as Banned, Owner, Step, StepCode};
use pingxin_domain::{AttemptId, CaseId, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::case::Person;
use super::clock::CaseClock;
use super::order::Money;
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::rule_source::RuleSource;
use super::word;
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A sentence in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct Said {
    zh: String,
    en: String,
}

impl From<Say> for Said {
    fn from(say: Say) -> Self {
        Self { zh: say.zh, en: say.en }
    }
}

/// A contact that may be made.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedContact {
    #[schema(value_type = word::ContactChannel)]
    channel: ContactChannel,
    from: Timestamp,
    /// Not included.
    to: Timestamp,
    /// The day of the case, from 1.
    day: u8,
    why: Said,
    /// A part of that time in which it is better left.
    #[schema(required = true)]
    warning: Option<Said>,
}

impl From<Contact> for PlannedContact {
    fn from(contact: Contact) -> Self {
        Self {
            channel: contact.channel,
            from: contact.from,
            to: contact.to,
            day: contact.day,
            why: contact.why.into(),
            warning: contact.warning.map(Said::from),
        }
    }
}

/// Since when no contact follows, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactStop {
    at: Timestamp,
    #[schema(value_type = word::StopReason)]
    reason: StopReason,
    why: Said,
}

/// Something else that may be offered.
#[derive(Debug, Serialize, ToSchema)]
pub struct OtherDecision {
    #[schema(value_type = word::Decision)]
    decision: Decision,
    #[schema(value_type = Option<word::Freight>, required = true)]
    freight: Option<Freight>,
    #[schema(value_type = word::DecisionApproval)]
    approval: Approval,
    why: Said,
}

impl From<Alternative> for OtherDecision {
    fn from(other: Alternative) -> Self {
        Self {
            decision: other.decision,
            freight: other.freight,
            approval: other.approval,
            why: other.why.into(),
        }
    }
}

/// What is proposed for the after-sales side of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct AfterSalesPlan {
    /// Null when there is nothing to decide.
    #[schema(value_type = Option<word::Decision>, required = true)]
    decision: Option<Decision>,
    #[schema(value_type = Option<word::Freight>, required = true)]
    freight: Option<Freight>,
    #[schema(value_type = word::DecisionApproval)]
    approval: Approval,
    why: Said,
    alternatives: Vec<OtherDecision>,
    #[schema(value_type = Vec<word::GoodsCheck>)]
    checks: Vec<Check>,
    source: Vec<RuleSource>,
}

/// What may be given at most.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationRung {
    /// From 1 to 6.
    rung: u8,
    #[schema(value_type = word::Benefit)]
    kind: Benefit,
    max: Money,
    #[schema(value_type = word::SignOff)]
    approval: SignOff,
}

impl From<Rung> for CompensationRung {
    fn from(rung: Rung) -> Self {
        Self { rung: rung.rung, kind: rung.kind, max: rung.most.into(), approval: rung.approval }
    }
}

/// A deadline of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseDeadline {
    /// The id of its window or timer.
    what: String,
    name: Said,
    /// The last second.
    at: Timestamp,
    #[schema(value_type = word::Party)]
    who: Party,
    /// The local date of the last second.
    #[schema(value_type = Option<String>, required = true)]
    last_day: Option<Date>,
    #[schema(value_type = word::Standing)]
    standing: Standing,
    /// What the platform does when a timer ends.
    #[schema(required = true)]
    on_expiry: Option<String>,
    #[schema(value_type = word::Grade)]
    grade: Grade,
    /// The rules are due to be looked at again.
    stale: bool,
    source: Vec<RuleSource>,
}

impl CaseDeadline {
    fn of(deadline: PlannedDeadline, packs: &Packs) -> Self {
        Self {
            what: deadline.what,
            name: deadline.name.into(),
            at: deadline.at,
            who: deadline.who,
            last_day: deadline.last_day,
            standing: deadline.standing,
            on_expiry: deadline.on_expiry,
            grade: deadline.grade,
            stale: deadline.stale,
            source: RuleSource::all(deadline.source, packs),
        }
    }
}

/// A step of the playbook.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseStep {
    #[schema(value_type = word::Step)]
    step: StepCode,
    due: Timestamp,
    #[schema(value_type = word::StepOwner)]
    owner: Owner,
    what: Said,
    done_when: Said,
    /// What to ask, by the cause.
    questions: Vec<Said>,
    source: Vec<RuleSource>,
}

impl CaseStep {
    fn of(step: Step, packs: &Packs) -> Self {
        Self {
            step: step.step,
            due: step.due,
            owner: step.owner,
            what: step.what.into(),
            done_when: step.done_when.into(),
            questions: step.questions.into_iter().map(Said::from).collect(),
            source: RuleSource::all(step.source, packs),
        }
    }
}

/// A step that is ticked off.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepDone {
    #[schema(value_type = word::Step)]
    step: StepCode,
    at: Timestamp,
    #[schema(required = true)]
    by: Option<Person>,
}

/// What is not done in this case.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotDone {
    #[schema(value_type = word::Ban)]
    what: Ban,
    why: Said,
    source: Vec<RuleSource>,
}

impl NotDone {
    fn of(ban: Banned, packs: &Packs) -> Self {
        Self { what: ban.what, why: ban.why.into(), source: RuleSource::all(ban.source, packs) }
    }
}

/// A contact that was made, or the try of one.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactAttempt {
    /// By which it can be taken back; null of one that a file tells of.
    #[schema(required = true)]
    id: Option<Uuid>,
    at: Timestamp,
    #[schema(value_type = word::ContactChannel)]
    channel: ContactChannel,
    /// Null when no file says what came of it.
    #[schema(value_type = Option<word::CallResult>, required = true)]
    result: Option<CallResult>,
    /// Whether the buyer was reached.
    reached: bool,
    #[schema(value_type = word::KnownBy)]
    known_by: KnownBy,
    /// How long it took.
    #[schema(required = true)]
    seconds: Option<u32>,
    #[schema(required = true)]
    note: Option<String>,
    #[schema(required = true)]
    by: Option<Person>,
}

impl From<AttemptShown> for ContactAttempt {
    fn from(shown: AttemptShown) -> Self {
        Self {
            id: shown.id.map(Identifier::uuid),
            at: shown.attempt.at,
            channel: shown.attempt.channel,
            result: shown.attempt.result,
            reached: shown.attempt.has_reached(),
            known_by: shown.known_by,
            seconds: shown.seconds,
            note: shown.note,
            by: shown.by.map(Person::from),
        }
    }
}

/// Facts that a person states. What is null or absent is unknown.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct StatedFacts {
    #[schema(value_type = Option<word::AfterSalesRequest>, required = true)]
    request: Option<Request>,
    /// The buyer does not want to wait.
    #[schema(required = true)]
    insists: Option<bool>,
    /// When a refund or a return was asked for.
    #[schema(required = true)]
    requested: Option<Timestamp>,
    /// The buyer has the goods.
    #[schema(required = true)]
    received: Option<bool>,
    #[schema(value_type = Option<word::GoodsProblem>, required = true)]
    problem: Option<GoodsProblem>,
    /// Of a kind that is not taken back without a reason.
    #[schema(required = true)]
    exempt: Option<bool>,
    #[schema(required = true)]
    tags_cut: Option<bool>,
    #[schema(required = true)]
    washed: Option<bool>,
    #[schema(required = true)]
    used: Option<bool>,
    /// There is a photo or a video of the problem.
    #[schema(required = true)]
    shown: Option<bool>,
}

impl From<Facts> for StatedFacts {
    fn from(facts: Facts) -> Self {
        let Facts { request, insists, requested, received, problem, exempt, tags_cut, washed, used, shown } =
            facts;
        Self { request, insists, requested, received, problem, exempt, tags_cut, washed, used, shown }
    }
}

impl From<StatedFacts> for Facts {
    fn from(facts: StatedFacts) -> Self {
        let StatedFacts {
            request,
            insists,
            requested,
            received,
            problem,
            exempt,
            tags_cut,
            washed,
            used,
            shown,
        } = facts;
        Self { request, insists, requested, received, problem, exempt, tags_cut, washed, used, shown }
    }
}

/// The plan of a case as of now, with what it rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct CasePlan {
    /// The next step that is not ticked off; null when none is left or the case is over.
    #[schema(value_type = Option<word::Step>, required = true)]
    next_step: Option<StepCode>,
    /// The contacts that may be made, the next first.
    contacts: Vec<PlannedContact>,
    /// Null while a contact may follow.
    #[schema(required = true)]
    stop: Option<ContactStop>,
    /// Contacts that reached the buyer.
    reached: u32,
    /// Contacts that did not, or of which nobody knows.
    tried: u32,
    /// The first first.
    attempts: Vec<ContactAttempt>,
    aftersales: AfterSalesPlan,
    /// The lowest rung first; empty while nobody knows what the order cost.
    compensation: Vec<CompensationRung>,
    /// The earliest first.
    deadlines: Vec<CaseDeadline>,
    /// Those that run or stand; the last may be that of whoever has the case.
    clocks: Vec<CaseClock>,
    /// In order.
    steps: Vec<CaseStep>,
    done: Vec<StepDone>,
    forbidden: Vec<NotDone>,
    stated: StatedFacts,
    #[schema(required = true)]
    stated_at: Option<Timestamp>,
    #[schema(required = true)]
    stated_by: Option<Person>,
    /// Null when nobody knows the buyer.
    #[schema(required = true)]
    buyer: Option<Uuid>,
    /// Since when he wants no messages.
    #[schema(required = true)]
    opted_out_at: Option<Timestamp>,
    /// Where the buyer's days are counted, an IANA name.
    timezone: String,
}

impl CasePlan {
    fn of(view: CasePlanView, app: &App) -> Self {
        let engine = app.desk.engine();
        let packs = engine.packs();
        let plan = view.plan;
        let (stated, stated_at, stated_by) = match view.stated {
            Some(stated) => (stated.facts.into(), Some(stated.at), stated.by.map(Person::from)),
            None => (StatedFacts::default(), None, None),
        };
        Self {
            next_step: view.next.step,
            contacts: plan.contacts.into_iter().map(PlannedContact::from).collect(),
            stop: plan.stop.map(|stop| ContactStop {
                at: stop.at,
                reason: stop.reason,
                why: stop.why.into(),
            }),
            reached: plan.attempts.reached,
            tried: plan.attempts.tried,
            attempts: view.attempts.into_iter().map(ContactAttempt::from).collect(),
            aftersales: AfterSalesPlan {
                decision: plan.aftersales.decision,
                freight: plan.aftersales.freight,
                approval: plan.aftersales.approval,
                why: plan.aftersales.why.into(),
                alternatives: plan.aftersales.alternatives.into_iter().map(OtherDecision::from).collect(),
                checks: plan.aftersales.checks,
                source: RuleSource::all(plan.aftersales.source, packs),
            },
            compensation: plan.compensation.into_iter().map(CompensationRung::from).collect(),
            deadlines: plan.deadlines.into_iter().map(|deadline| CaseDeadline::of(deadline, packs)).collect(),
            clocks: view.clocks.iter().map(|clock| CaseClock::of(clock, view.at)).collect(),
            steps: plan.playbook.into_iter().map(|step| CaseStep::of(step, packs)).collect(),
            done: view
                .done
                .into_iter()
                .map(|done| StepDone { step: done.step, at: done.at, by: done.by.map(Person::from) })
                .collect(),
            forbidden: plan.forbidden.into_iter().map(|ban| NotDone::of(ban, packs)).collect(),
            stated,
            stated_at,
            stated_by,
            buyer: view.buyer.map(Identifier::uuid),
            opted_out_at: view.opted_out_at,
            timezone: view.timezone,
        }
    }
}

/// The plan of a case as of now.
#[utoipa::path(get, path = "/api/v1/cases/{id}/plan", tag = "case", params(("id" = Uuid, Path)),
    responses((status = 200, body = CasePlan), SignedOut, Forbidden, NotFound))]
pub async fn get_case_plan(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<Json<CasePlan>, Problem> {
    let view = planning::view(&app.desk, &session.scope, id).await?;
    Ok(Json(CasePlan::of(view, &app)))
}

/// Keeps what a person says of a case, whole; answers with the plan as it is then.
#[utoipa::path(put, path = "/api/v1/cases/{id}/facts", tag = "case", params(("id" = Uuid, Path)),
    request_body = StatedFacts,
    responses((status = 200, body = CasePlan), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn state_case_facts(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(facts): Body<StatedFacts>,
) -> Result<Json<CasePlan>, Problem> {
    let view = told::state(&app.desk, &session.scope, id, &facts.into()).await?;
    Ok(Json(CasePlan::of(view, &app)))
}

/// A step that is done, or not.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetStep {
    #[schema(value_type = word::Step)]
    step: StepCode,
    done: bool,
}

/// Ticks a step of a case off, or takes the tick off again.
#[utoipa::path(put, path = "/api/v1/cases/{id}/steps", tag = "case", params(("id" = Uuid, Path)),
    request_body = SetStep,
    responses((status = 200, body = CasePlan), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn set_case_step(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(set): Body<SetStep>,
) -> Result<Json<CasePlan>, Problem> {
    let view = told::set_step(&app.desk, &session.scope, id, set.step, set.done).await?;
    Ok(Json(CasePlan::of(view, &app)))
}

/// A contact with a buyer.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewAttempt {
    #[schema(value_type = word::ContactChannel)]
    channel: ContactChannel,
    #[schema(value_type = word::CallResult)]
    result: CallResult,
    /// Now unless given.
    at: Option<Timestamp>,
    /// How long it took.
    seconds: Option<u32>,
    /// What was said, at most 4,000 characters. Other contacts of the buyer do not belong here.
    note: Option<String>,
}

/// A contact that was logged, and the plan as it is then.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoggedAttempt {
    id: Uuid,
    plan: CasePlan,
}

/// Logs a contact with the buyer, or the try of one.
#[utoipa::path(post, path = "/api/v1/cases/{id}/attempts", tag = "case", params(("id" = Uuid, Path)),
    request_body = NewAttempt,
    responses((status = 201, body = LoggedAttempt), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn log_attempt(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(new): Body<NewAttempt>,
) -> Result<(StatusCode, Json<LoggedAttempt>), Problem> {
    let NewAttempt { channel, result, at, seconds, note } = new;
    let request = AttemptRequest { channel, result, at, seconds, note };
    let logged = contacts::log(&app.desk, &session.scope, id, &request).await;
    let (id, view) = logged.map_err(Problem::of_field("note"))?;
    Ok((StatusCode::CREATED, Json(LoggedAttempt { id: id.uuid(), plan: CasePlan::of(view, &app) })))
}

/// Takes a logged contact back: it stays in the story and counts no more.
#[utoipa::path(delete, path = "/api/v1/attempts/{id}", tag = "case", params(("id" = Uuid, Path)),
    responses((status = 200, body = CasePlan), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn withdraw_attempt(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<AttemptId>,
) -> Result<Json<CasePlan>, Problem> {
    let view = contacts::withdraw(&app.desk, &session.scope, id).await?;
    Ok(Json(CasePlan::of(view, &app)))
}
