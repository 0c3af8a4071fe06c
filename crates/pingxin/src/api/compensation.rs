//! Compensations 赔付: what could be given, asking, deciding, the list, the file for whoever transfers the money, and where
//! money leaks. No rating is in any of it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use pingxin_desk::compensations::{self, AskRequest, CompensationView, Decided, Decision};
use pingxin_desk::export::ExportKind;
use pingxin_domain::compensation::{Benefit, CompensationState, CompensationStep, SignOff};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::money;
use pingxin_domain::{CaseId, CompensationId, Month, ShopId, UserId};
use pingxin_language::Cause;
use pingxin_store::compensation::report::{By, Over};
use pingxin_store::compensation::{Compensation as StoreCompensation, CompensationFilter, Step};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::export::{FormatAsked, send};
use super::order::{Money, amount_of};
use super::page::{Count, PageAsked};
use super::plan::CompensationRung;
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut, Stale};
use super::shop::ShopRef;
use super::task::TaskCase;
use super::triage::BothLanguages;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::{Asking, Session};

/// Which compensations.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CompensationsAsked {
    #[param(value_type = Vec<word::CompensationState>)]
    state: Vec<CompensationState>,
    /// About this case.
    #[param(value_type = Option<Uuid>)]
    case: Option<CaseId>,
    #[param(value_type = Option<Uuid>)]
    shop: Option<ShopId>,
    /// Asked for by this person.
    #[param(value_type = Option<Uuid>)]
    person: Option<UserId>,
    /// Counting in this month, `2026-11`.
    #[param(value_type = Option<String>)]
    month: Option<Month>,
    #[param(value_type = Option<word::Cause>)]
    cause: Option<Cause>,
    /// Only what waits for whoever asks to agree.
    waiting: bool,
}

impl CompensationsAsked {
    fn filter(self, session: &Asking) -> CompensationFilter {
        CompensationFilter {
            states: self.state,
            id: None,
            case: self.case,
            shop: self.shop,
            buyer: None,
            asked_by: self.person,
            month: self.month,
            cause: self.cause,
            waits_for: session.scope.user().filter(|_| self.waiting),
        }
    }
}

/// A compensation. The buyer is masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Compensation {
    id: Uuid,
    case: TaskCase,
    shop: ShopRef,
    order_number: String,
    /// The line of the order that it is for; empty, all of it.
    line: String,
    #[schema(required = true)]
    buyer: Option<String>,
    #[schema(value_type = word::Benefit)]
    kind: Benefit,
    amount: Money,
    /// What was paid for the order.
    paid_for_order: Money,
    #[schema(value_type = Option<word::Cause>, required = true)]
    cause: Option<Cause>,
    /// The month that it counts in, `2026-11`.
    #[schema(value_type = String)]
    month: Month,
    #[schema(value_type = word::SignOff)]
    approval: SignOff,
    #[schema(value_type = word::CompensationState)]
    state: CompensationState,
    #[schema(required = true)]
    note: Option<String>,
    asked_at: Timestamp,
    #[schema(required = true)]
    asked_by: Option<Person>,
    #[schema(required = true)]
    decided_at: Option<Timestamp>,
    #[schema(required = true)]
    paid_at: Option<Timestamp>,
    /// When it was confirmed, refused or taken back.
    #[schema(required = true)]
    ended_at: Option<Timestamp>,
}

impl From<StoreCompensation> for Compensation {
    fn from(found: StoreCompensation) -> Self {
        Self {
            id: found.id.uuid(),
            case: TaskCase::new(found.case, found.case_number),
            shop: found.shop.into(),
            order_number: found.order_number,
            line: found.line,
            buyer: found.buyer_nick,
            kind: found.kind,
            amount: found.amount.into(),
            paid_for_order: found.order.into(),
            cause: found.cause,
            month: found.month,
            approval: found.sign_off,
            state: found.state,
            note: found.note,
            asked_at: found.asked_at,
            asked_by: found.asked_by.map(Person::from),
            decided_at: found.decided_at,
            paid_at: found.paid_at,
            ended_at: found.ended_at,
        }
    }
}

/// Something that happened to a compensation.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationDeed {
    #[schema(value_type = word::CompensationStep)]
    kind: CompensationStep,
    at: Timestamp,
    /// Null for the desk itself.
    #[schema(required = true)]
    by: Option<Person>,
    /// A self-review of somebody who does it all alone.
    alone: bool,
    #[schema(required = true)]
    note: Option<String>,
}

impl From<Step> for CompensationDeed {
    fn from(step: Step) -> Self {
        let Step { kind, at, actor, alone, note, .. } = step;
        Self { kind, at, by: actor.map(Person::from), alone, note }
    }
}

/// A compensation with what happened to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationDetail {
    #[serde(flatten)]
    compensation: Compensation,
    steps: Vec<CompensationDeed>,
    /// What the buyer was given otherwise, the newest first.
    past: Vec<Compensation>,
}

impl From<CompensationView> for CompensationDetail {
    fn from(view: CompensationView) -> Self {
        Self {
            compensation: view.compensation.into(),
            steps: view.steps.into_iter().map(CompensationDeed::from).collect(),
            past: view.past.into_iter().map(Compensation::from).collect(),
        }
    }
}

/// What compensations are worth together in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationTotal {
    total: Money,
    many: u64,
}

/// Compensations, those asked for last first.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationList {
    compensations: Vec<Compensation>,
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
    /// Of the whole filter, one a currency.
    totals: Vec<CompensationTotal>,
}

/// Compensations, those asked for last first.
#[utoipa::path(get, path = "/api/v1/compensations", tag = "compensation", params(CompensationsAsked, PageAsked),
    responses((status = 200, body = CompensationList), BadRequest, SignedOut, Forbidden))]
pub async fn list_compensations(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<CompensationsAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<CompensationList>, Problem> {
    let filter = asked.filter(&session);
    let (found, count, totals) =
        compensations::list(&app.desk, &session.scope, &filter, page.cursor(), page.limit()?).await?;
    let totals = totals.into_iter().map(|(total, many)| CompensationTotal { total: total.into(), many });
    Ok(Json(CompensationList {
        compensations: found.rows.into_iter().map(Compensation::from).collect(),
        next_cursor: found.next,
        count: count.into(),
        totals: totals.collect(),
    }))
}

/// All compensations a filter finds, a row a payout, as a file for whoever transfers the money. It marks nothing.
#[utoipa::path(get, path = "/api/v1/compensations/export", tag = "compensation", params(FormatAsked, CompensationsAsked),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        BadRequest, SignedOut, Forbidden))]
pub async fn export_compensations(
    State(app): State<App>,
    Session(session): Session,
    Asked(format): Asked<FormatAsked>,
    Asked(asked): Asked<CompensationsAsked>,
) -> Result<Response, Problem> {
    let filter = asked.filter(&session);
    send(&app, &session, &ExportKind::Compensations(filter), &format).await
}

/// One compensation with what happened to it.
#[utoipa::path(get, path = "/api/v1/compensations/{id}", tag = "compensation", params(("id" = Uuid, Path)),
    responses((status = 200, body = CompensationDetail), SignedOut, Forbidden, NotFound))]
pub async fn get_compensation(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CompensationId>,
) -> Result<Json<CompensationDetail>, Problem> {
    Ok(Json(compensations::get(&app.desk, &session.scope, id).await?.into()))
}

/// A line of the order that something could be given for.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationLine {
    /// By which it is asked for.
    line: String,
    #[schema(required = true)]
    title: Option<String>,
    quantity: u32,
}

/// What the ladder proposes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposedCompensation {
    #[schema(value_type = word::Benefit)]
    kind: Benefit,
    amount: Money,
    why: BothLanguages,
}

/// What could be given in a case, and what was.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseCompensation {
    /// Null while nobody knows the order.
    #[schema(required = true)]
    order_number: Option<String>,
    /// What was paid for it; null while nobody knows.
    #[schema(required = true)]
    paid_for_order: Option<Money>,
    lines: Vec<CompensationLine>,
    /// The rungs that are open, the lowest first.
    rungs: Vec<CompensationRung>,
    #[schema(required = true)]
    proposed: Option<ProposedCompensation>,
    /// Why nothing can be asked for as things stand.
    #[schema(required = true)]
    refused: Option<BothLanguages>,
    /// What this case was given, the newest first.
    given: Vec<Compensation>,
    /// What the buyer was given otherwise, the newest first.
    past: Vec<Compensation>,
}

/// What could be given in a case, what the ladder proposes and why, and what was given.
#[utoipa::path(get, path = "/api/v1/cases/{id}/compensation", tag = "compensation", params(("id" = Uuid, Path)),
    responses((status = 200, body = CaseCompensation), SignedOut, Forbidden, NotFound))]
pub async fn get_case_compensation(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<Json<CaseCompensation>, Problem> {
    let found = compensations::proposal(&app.desk, &session.scope, id).await?;
    let order = found.order.as_ref().map(|order| &order.order);
    let lines = order.map_or(&[][..], |order| &order.lines).iter().map(|line| CompensationLine {
        line: line.key.clone(),
        title: line.title.clone(),
        quantity: line.quantity,
    });
    Ok(Json(CaseCompensation {
        order_number: order.map(|order| order.number.clone()),
        paid_for_order: order.and_then(|order| order.amount).map(Money::from),
        lines: lines.collect(),
        rungs: found.rungs.into_iter().map(CompensationRung::from).collect(),
        proposed: found.proposed.map(|(kind, amount, why)| ProposedCompensation {
            kind,
            amount: amount.into(),
            why: why.into(),
        }),
        refused: found.refused.map(BothLanguages::from),
        given: found.given.into_iter().map(Compensation::from).collect(),
        past: found.past.into_iter().map(Compensation::from).collect(),
    }))
}

/// A compensation to ask for.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewCompensation {
    #[schema(value_type = word::Benefit)]
    kind: Benefit,
    /// Digits, such as `12.50`.
    amount: String,
    /// ISO 4217.
    currency: String,
    /// The line of the order that it is for; all of it unless given.
    #[serde(default)]
    line: Option<String>,
    /// Why, 1 to 500 characters; it never speaks of a review.
    note: String,
}

/// Asks for a compensation. Within his limit an agent decides himself; above it one or two others have to agree.
#[utoipa::path(post, path = "/api/v1/cases/{id}/compensations", tag = "compensation", params(("id" = Uuid, Path)),
    request_body = NewCompensation,
    responses((status = 201, body = CompensationDetail), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Invalid))]
pub async fn ask_compensation(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(new): Body<NewCompensation>,
) -> Result<(StatusCode, Json<CompensationDetail>), Problem> {
    let amount = amount_of(&new.amount, &new.currency)?;
    let line = new.line.unwrap_or_default();
    let request = AskRequest { kind: new.kind, amount, line, note: new.note };
    let asked = compensations::ask(&app.desk, &session.scope, id, &request).await?;
    Ok((StatusCode::CREATED, Json(asked.into())))
}

/// What somebody decides.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionAsked {
    /// Agrees.
    Approve,
    /// Does not agree.
    Refuse,
    /// Takes a decision back.
    Undo,
    /// Notes that the money went out.
    Pay,
    /// Takes the whole back.
    Reverse,
}

impl From<DecisionAsked> for Decision {
    fn from(asked: DecisionAsked) -> Self {
        match asked {
            DecisionAsked::Approve => Self::Approve,
            DecisionAsked::Refuse => Self::Refuse,
            DecisionAsked::Undo => Self::Undo,
            DecisionAsked::Pay => Self::Pay,
            DecisionAsked::Reverse => Self::Reverse,
        }
    }
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DecideCompensation {
    #[schema(value_type = word::CompensationDecision)]
    decision: DecisionAsked,
    /// Why; refusing and reversing need it.
    #[serde(default)]
    note: Option<String>,
}

/// Decides on a compensation: agrees, does not, takes a decision back, notes that it was paid, or takes it back.
#[utoipa::path(post, path = "/api/v1/compensations/{id}/decide", tag = "compensation", params(("id" = Uuid, Path)),
    request_body = DecideCompensation,
    responses((status = 200, body = CompensationDetail), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Stale))]
pub async fn decide_compensation(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CompensationId>,
    Body(asked): Body<DecideCompensation>,
) -> Result<Json<CompensationDetail>, Problem> {
    let (decision, note) = (asked.decision.into(), asked.note.as_deref());
    Ok(Json(compensations::decide(&app.desk, &session.scope, id, decision, note).await?.into()))
}

/// A decision on many.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DecideCompensations {
    /// 1 to 200.
    #[schema(value_type = Vec<Uuid>)]
    ids: Vec<CompensationId>,
    #[schema(value_type = word::CompensationDecision)]
    decision: DecisionAsked,
    /// Why; refusing and reversing need it.
    #[serde(default)]
    note: Option<String>,
    /// Only says what would become of each.
    #[serde(default)]
    preview: bool,
}

/// What became of one of many, or would.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationDecided {
    id: Uuid,
    /// Null where it stays as it is.
    #[schema(value_type = Option<word::CompensationState>, required = true)]
    state: Option<CompensationState>,
    /// One more person has to agree.
    waits: bool,
    /// Why it stays as it is.
    #[schema(required = true)]
    refused: Option<BothLanguages>,
}

impl From<Decided> for CompensationDecided {
    fn from(decided: Decided) -> Self {
        let Decided { id, state, waits, refused } = decided;
        Self { id: id.uuid(), state, waits, refused: refused.map(BothLanguages::from) }
    }
}

/// What became of many.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationsDecided {
    /// In the order they were asked.
    results: Vec<CompensationDecided>,
}

/// Decides on many, each for itself: what stays as it is says why.
#[utoipa::path(post, path = "/api/v1/compensations/decide", tag = "compensation", request_body = DecideCompensations,
    responses((status = 200, body = CompensationsDecided), BadRequest, SignedOut, Forbidden, Conflict))]
pub async fn decide_compensations(
    State(app): State<App>,
    Session(session): Session,
    Body(asked): Body<DecideCompensations>,
) -> Result<Json<CompensationsDecided>, Problem> {
    let DecideCompensations { ids, decision, note, preview } = asked;
    let (scope, note) = (&session.scope, note.as_deref());
    let decided = compensations::decide_many(&app.desk, scope, &ids, decision.into(), note, preview).await?;
    let results = decided.into_iter().map(CompensationDecided::from).collect();
    Ok(Json(CompensationsDecided { results }))
}

/// Over which months, both included.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportAsked {
    /// `2026-09`.
    #[param(value_type = String)]
    from: Month,
    /// `2026-11`.
    #[param(value_type = String)]
    to: Month,
    #[param(value_type = Option<Uuid>)]
    shop: Option<ShopId>,
}

/// What one shop, month, agent or cause cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationCost {
    /// Its name, month or code; empty where nobody knows.
    key: String,
    total: Money,
    many: u64,
    /// Cases of them that are solved.
    solved: u64,
    /// Null while none is.
    #[schema(required = true)]
    per_solved: Option<Money>,
}

/// Somebody who was given something more than once.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationClaimant {
    /// Masked.
    #[schema(required = true)]
    buyer: Option<String>,
    buyer_id: Uuid,
    many: u64,
    total: Money,
}

/// An order that may have been paid twice.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationDoubled {
    shop: String,
    order_number: String,
    given: Money,
    /// What the platform gave back besides.
    refunded: Money,
    paid_for_order: Money,
}

/// What compensations cost, and where money leaks.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationReport {
    by_shop: Vec<CompensationCost>,
    by_month: Vec<CompensationCost>,
    by_agent: Vec<CompensationCost>,
    by_cause: Vec<CompensationCost>,
    claimants: Vec<CompensationClaimant>,
    doubled: Vec<CompensationDoubled>,
}

/// What compensations of some months cost, and where money leaks.
#[utoipa::path(get, path = "/api/v1/compensation-report", tag = "compensation", params(ReportAsked),
    responses((status = 200, body = CompensationReport), BadRequest, SignedOut, Forbidden, Conflict))]
pub async fn get_compensation_report(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<ReportAsked>,
) -> Result<Json<CompensationReport>, Problem> {
    let over = Over { from: asked.from, to: asked.to, shop: asked.shop };
    let found = compensations::leakage(&app.desk, &session.scope, over).await?;
    let costs = |wanted: By| {
        let all = found.costs.iter().filter(|(by, _)| *by == wanted).flat_map(|(_, costs)| costs);
        let cost = all.map(|cost| CompensationCost {
            key: cost.key.clone(),
            total: cost.total.into(),
            many: cost.many,
            solved: cost.solved,
            per_solved: i64::try_from(cost.solved)
                .ok()
                .and_then(|solved| cost.total.minor.checked_div(solved))
                .map(|minor| money::Money { minor, ..cost.total }.into()),
        });
        cost.collect()
    };
    Ok(Json(CompensationReport {
        by_shop: costs(By::Shop),
        by_month: costs(By::Month),
        by_agent: costs(By::Agent),
        by_cause: costs(By::Cause),
        claimants: found
            .claimants
            .into_iter()
            .map(|one| CompensationClaimant {
                buyer: one.nick,
                buyer_id: one.buyer.uuid(),
                many: one.many,
                total: one.total.into(),
            })
            .collect(),
        doubled: found
            .doubled
            .into_iter()
            .map(|one| CompensationDoubled {
                shop: one.shop,
                order_number: one.order_number,
                given: one.given.into(),
                refunded: one.refunded.into(),
                paid_for_order: one.paid.into(),
            })
            .collect(),
    }))
}
