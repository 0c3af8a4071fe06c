//! Incentives 绩效奖励: claims, verifying, and the statements of a month.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use pingxin_desk::incentives;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::incentive::{Basis, IncentiveLine, IncentiveState};
use pingxin_domain::{CaseId, IncentiveId, Month, ShopId, UserId};
use pingxin_language::Cause;
use pingxin_store::incentive::{Incentive as StoreIncentive, IncentiveFilter, Line, Statement};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::export::{FormatAsked, stream};
use super::order::Money;
use super::page::{Count, PageAsked};
use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut, Stale};
use super::shop::ShopRef;
use super::task::TaskCase;
use super::triage::BothLanguages;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Which incentives.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct IncentivesAsked {
    #[param(value_type = Vec<word::IncentiveState>)]
    state: Vec<IncentiveState>,
    /// Of this person; an agent sees his own.
    #[param(value_type = Option<Uuid>)]
    person: Option<UserId>,
    #[param(value_type = Option<Uuid>)]
    shop: Option<ShopId>,
}

/// An incentive.
#[derive(Debug, Serialize, ToSchema)]
pub struct Incentive {
    id: Uuid,
    case: TaskCase,
    shop: ShopRef,
    #[schema(required = true)]
    person: Option<Person>,
    #[schema(value_type = word::IncentiveBasis)]
    basis: Basis,
    #[schema(value_type = Option<word::Cause>, required = true)]
    cause: Option<Cause>,
    amount: Money,
    #[schema(value_type = word::IncentiveState)]
    state: IncentiveState,
    claimed_at: Timestamp,
    /// Until when the return of the complaint takes it back.
    watch_until: Timestamp,
    #[schema(required = true)]
    decided_at: Option<Timestamp>,
    #[schema(required = true)]
    decided_by: Option<Person>,
    /// A self-review of somebody who does it all alone.
    alone: bool,
    #[schema(required = true)]
    paid_at: Option<Timestamp>,
    #[schema(required = true)]
    ended_at: Option<Timestamp>,
}

impl From<StoreIncentive> for Incentive {
    fn from(found: StoreIncentive) -> Self {
        Self {
            id: found.id.uuid(),
            case: TaskCase::new(found.case, found.case_number),
            shop: found.shop.into(),
            person: found.user.map(Person::from),
            basis: found.basis,
            cause: found.cause,
            amount: found.amount.into(),
            state: found.state,
            claimed_at: found.claimed_at,
            watch_until: found.watch_until,
            decided_at: found.decided_at,
            decided_by: found.decided_by.map(Person::from),
            alone: found.alone,
            paid_at: found.paid_at,
            ended_at: found.ended_at,
        }
    }
}

/// Incentives, those claimed last first.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncentiveList {
    incentives: Vec<Incentive>,
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// Incentives, those claimed last first. An agent sees his own.
#[utoipa::path(get, path = "/api/v1/incentives", tag = "incentive", params(IncentivesAsked, PageAsked),
    responses((status = 200, body = IncentiveList), BadRequest, SignedOut, Forbidden))]
pub async fn list_incentives(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<IncentivesAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<IncentiveList>, Problem> {
    let IncentivesAsked { state, person, shop } = asked;
    let filter = IncentiveFilter { states: state, id: None, case: None, shop, user: person };
    let (found, count) =
        incentives::list(&app.desk, &session.scope, &filter, page.cursor(), page.limit()?).await?;
    let rows = found.rows.into_iter().map(Incentive::from).collect();
    Ok(Json(IncentiveList { incentives: rows, next_cursor: found.next, count: count.into() }))
}

/// What whoever asks could claim for a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseIncentive {
    /// Null where no incentive is set for its cause.
    #[schema(required = true)]
    amount: Option<Money>,
    /// What it could be claimed for.
    #[schema(value_type = Vec<word::IncentiveBasis>)]
    basis: Vec<Basis>,
    /// Why nothing can be claimed.
    #[schema(required = true)]
    refused: Option<BothLanguages>,
    /// What was claimed, the newest first; an agent sees his own.
    claimed: Vec<Incentive>,
}

/// What whoever asks could claim for a case.
#[utoipa::path(get, path = "/api/v1/cases/{id}/incentive", tag = "incentive", params(("id" = Uuid, Path)),
    responses((status = 200, body = CaseIncentive), SignedOut, Forbidden, NotFound))]
pub async fn get_case_incentive(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<Json<CaseIncentive>, Problem> {
    let found = incentives::claimable(&app.desk, &session.scope, id).await?;
    Ok(Json(CaseIncentive {
        amount: found.amount.map(Money::from),
        basis: found.basis,
        refused: found.refused.map(BothLanguages::from),
        claimed: found.claimed.into_iter().map(Incentive::from).collect(),
    }))
}

/// A claim.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewIncentive {
    #[schema(value_type = word::IncentiveBasis)]
    basis: Basis,
}

/// Claims an incentive for a case that was put right; never for a rating that was changed or removed.
#[utoipa::path(post, path = "/api/v1/cases/{id}/incentives", tag = "incentive", params(("id" = Uuid, Path)),
    request_body = NewIncentive,
    responses((status = 201, body = Incentive), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn claim_incentive(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(new): Body<NewIncentive>,
) -> Result<(StatusCode, Json<Incentive>), Problem> {
    let claimed = incentives::claim(&app.desk, &session.scope, id, new.basis).await?;
    Ok((StatusCode::CREATED, Json(claimed.into())))
}

/// Verifies a claim.
#[utoipa::path(post, path = "/api/v1/incentives/{id}/verify", tag = "incentive", params(("id" = Uuid, Path)),
    responses((status = 200, body = Incentive), SignedOut, Forbidden, NotFound, Conflict, Stale))]
pub async fn verify_incentive(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<IncentiveId>,
) -> Result<Json<Incentive>, Problem> {
    Ok(Json(incentives::verify(&app.desk, &session.scope, id).await?.into()))
}

/// Says that a claim does not hold.
#[utoipa::path(post, path = "/api/v1/incentives/{id}/refuse", tag = "incentive", params(("id" = Uuid, Path)),
    responses((status = 200, body = Incentive), SignedOut, Forbidden, NotFound, Conflict, Stale))]
pub async fn refuse_incentive(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<IncentiveId>,
) -> Result<Json<Incentive>, Problem> {
    Ok(Json(incentives::refuse(&app.desk, &session.scope, id).await?.into()))
}

/// Which month, and whose.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatementsAsked {
    /// `2026-11`.
    #[param(value_type = String)]
    month: Month,
    /// Of this person; an agent sees his own.
    #[param(value_type = Option<Uuid>)]
    person: Option<UserId>,
}

/// What a person earned in a month, in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncentiveStatement {
    person: Person,
    /// The sum of its lines.
    total: Money,
    lines: u32,
    /// What of it was paid.
    paid: Money,
}

impl From<Statement> for IncentiveStatement {
    fn from(found: Statement) -> Self {
        let Statement { user, total, lines, paid } = found;
        Self { person: user.into(), total: total.into(), lines, paid: paid.into() }
    }
}

/// A line of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementLine {
    incentive: Uuid,
    case: TaskCase,
    person: Person,
    #[schema(value_type = word::IncentiveLine)]
    kind: IncentiveLine,
    /// Below zero for what is taken back.
    amount: Money,
    at: Timestamp,
    #[schema(value_type = word::IncentiveBasis)]
    basis: Basis,
    #[schema(value_type = word::IncentiveState)]
    state: IncentiveState,
}

impl From<Line> for StatementLine {
    fn from(line: Line) -> Self {
        Self {
            incentive: line.incentive.uuid(),
            case: TaskCase::new(line.case, line.case_number),
            person: line.user.into(),
            kind: line.kind,
            amount: line.amount.into(),
            at: line.at,
            basis: line.basis,
            state: line.state,
        }
    }
}

/// The statements of a month.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncentiveStatements {
    #[schema(value_type = String)]
    month: Month,
    statements: Vec<IncentiveStatement>,
    lines: Vec<StatementLine>,
}

/// The statements of a month with their lines; each is the sum of its lines. An agent sees his own.
#[utoipa::path(get, path = "/api/v1/incentive-statements", tag = "incentive", params(StatementsAsked),
    responses((status = 200, body = IncentiveStatements), BadRequest, SignedOut, Forbidden))]
pub async fn list_incentive_statements(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<StatementsAsked>,
) -> Result<Json<IncentiveStatements>, Problem> {
    let found = incentives::month(&app.desk, &session.scope, asked.month, asked.person).await?;
    Ok(Json(IncentiveStatements {
        month: asked.month,
        statements: found.statements.into_iter().map(IncentiveStatement::from).collect(),
        lines: found.lines.into_iter().map(StatementLine::from).collect(),
    }))
}

/// The lines of a month as a file.
#[utoipa::path(get, path = "/api/v1/incentive-statements/export", tag = "incentive",
    params(FormatAsked, StatementsAsked),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        BadRequest, SignedOut, Forbidden))]
pub async fn export_incentive_statements(
    State(app): State<App>,
    Session(session): Session,
    Asked(format): Asked<FormatAsked>,
    Asked(asked): Asked<StatementsAsked>,
) -> Result<Response, Problem> {
    let format = format.format()?;
    let folder = app.desk.uploads()?;
    let file = tempfile::NamedTempFile::new_in(folder).map_err(|cause| Problem::internal(&cause))?;
    let StatementsAsked { month, person } = asked;
    incentives::export(&app.desk, &session.scope, month, person, format, file.path()).await?;
    stream(file, "incentives", format, &app)
}

/// Whose month was paid.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PayStatement {
    /// `2026-11`.
    #[schema(value_type = String)]
    month: Month,
    #[schema(value_type = Uuid)]
    person: UserId,
}

/// How many incentives were noted as paid.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementPaid {
    paid: u64,
}

/// Notes that what a person earned in a month was paid.
#[utoipa::path(post, path = "/api/v1/incentive-statements/pay", tag = "incentive", request_body = PayStatement,
    responses((status = 200, body = StatementPaid), BadRequest, SignedOut, Forbidden, Conflict, Stale))]
pub async fn pay_incentive_statement(
    State(app): State<App>,
    Session(session): Session,
    Body(asked): Body<PayStatement>,
) -> Result<Json<StatementPaid>, Problem> {
    let paid = incentives::pay(&app.desk, &session.scope, asked.month, asked.person).await?;
    Ok(Json(StatementPaid { paid }))
}
