//! The merchant's own rules about money: what may be given to buyers, and what agents earn.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use pingxin_desk::{compensations, incentives};
use pingxin_domain::compensation::{
    Benefit, BudgetWritten, CapWritten, LimitsWritten, RulesWritten, RungWritten,
};
use pingxin_domain::incentive::{AmountWritten, IncentiveRulesWritten};
use pingxin_domain::{ShopId, UserId};
use pingxin_language::Cause;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case::Person;
use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut, Stale};
use super::word;
use crate::http::App;
use crate::http::body::Body;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A rung of the ladder.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct LadderRung {
    #[schema(value_type = word::Benefit)]
    kind: Benefit,
    /// The most of the order, percent.
    share: u8,
    /// The most in money by currency, digits; empty, the share alone counts.
    most: BTreeMap<String, String>,
}

/// Who decides up to which amount, digits by currency; above both two persons do.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ApprovalLimits {
    /// An agent alone.
    agent: BTreeMap<String, String>,
    /// One supervisor.
    supervisor: BTreeMap<String, String>,
}

/// The most that agents may ask for; of those that cover an ask each holds.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CompensationCap {
    /// Only of this person; else of each for himself.
    #[schema(value_type = Option<Uuid>, required = true)]
    agent: Option<UserId>,
    /// Only where this is complained of.
    #[schema(value_type = Option<word::Cause>, required = true)]
    cause: Option<Cause>,
    currency: String,
    /// Only of orders that cost less, digits.
    #[schema(required = true)]
    order_under: Option<String>,
    /// The most at once, digits.
    #[schema(required = true)]
    single: Option<String>,
    /// The most in a month, digits.
    #[schema(required = true)]
    month: Option<String>,
}

/// The most that a shop may give in a month.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CompensationBudget {
    /// Only this shop; else each for itself, unless it has one of its own.
    #[schema(value_type = Option<Uuid>, required = true)]
    shop: Option<ShopId>,
    currency: String,
    /// Digits.
    month: String,
}

/// What may be given.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CompensationRules {
    /// The lowest first; none allows less than the one below it.
    rungs: Vec<LadderRung>,
    limits: ApprovalLimits,
    caps: Vec<CompensationCap>,
    budgets: Vec<CompensationBudget>,
}

impl From<RulesWritten> for CompensationRules {
    fn from(rules: RulesWritten) -> Self {
        let RulesWritten { rungs, limits, caps, budgets } = rules;
        let rung = |RungWritten { kind, share, most }| LadderRung { kind, share, most };
        let cap = |CapWritten { agent, cause, currency, order_under, single, month }| CompensationCap {
            agent,
            cause,
            currency,
            order_under,
            single,
            month,
        };
        let budget = |BudgetWritten { shop, currency, month }| CompensationBudget { shop, currency, month };
        Self {
            rungs: rungs.into_iter().map(rung).collect(),
            limits: ApprovalLimits { agent: limits.agent, supervisor: limits.supervisor },
            caps: caps.into_iter().map(cap).collect(),
            budgets: budgets.into_iter().map(budget).collect(),
        }
    }
}

impl From<CompensationRules> for RulesWritten {
    fn from(rules: CompensationRules) -> Self {
        let CompensationRules { rungs, limits, caps, budgets } = rules;
        let rung = |LadderRung { kind, share, most }| RungWritten { kind, share, most };
        let cap = |CompensationCap { agent, cause, currency, order_under, single, month }| CapWritten {
            agent,
            cause,
            currency,
            order_under,
            single,
            month,
        };
        let budget = |CompensationBudget { shop, currency, month }| BudgetWritten { shop, currency, month };
        Self {
            rungs: rungs.into_iter().map(rung).collect(),
            limits: LimitsWritten { agent: limits.agent, supervisor: limits.supervisor },
            caps: caps.into_iter().map(cap).collect(),
            budgets: budgets.into_iter().map(budget).collect(),
        }
    }
}

/// What may be given, with its version.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompensationRulesKept {
    rules: CompensationRules,
    /// From 1; 0 are those that the program begins with.
    version: u32,
    #[schema(required = true)]
    set_at: Option<Timestamp>,
    #[schema(required = true)]
    set_by: Option<Person>,
}

impl From<compensations::RulesView> for CompensationRulesKept {
    fn from(view: compensations::RulesView) -> Self {
        let compensations::RulesView { rules, version, set_at, set_by } = view;
        Self { rules: rules.into(), version, set_at, set_by: set_by.map(Person::from) }
    }
}

/// What may be given to buyers.
#[utoipa::path(get, path = "/api/v1/compensation-rules", tag = "compensation",
    responses((status = 200, body = CompensationRulesKept), SignedOut, Forbidden))]
pub async fn get_compensation_rules(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<CompensationRulesKept>, Problem> {
    Ok(Json(compensations::rules(&app.desk, &session.scope).await?.into()))
}

/// Rules to set.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetCompensationRules {
    rules: CompensationRules,
    /// The version that was read.
    version: u32,
}

/// Says what may be given to buyers. What was asked for before is weighed by it when somebody agrees.
#[utoipa::path(put, path = "/api/v1/compensation-rules", tag = "compensation", request_body = SetCompensationRules,
    responses((status = 200, body = CompensationRulesKept), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Stale))]
pub async fn set_compensation_rules(
    State(app): State<App>,
    Session(session): Session,
    Body(set): Body<SetCompensationRules>,
) -> Result<Json<CompensationRulesKept>, Problem> {
    let (rules, version) = (set.rules.into(), set.version);
    Ok(Json(compensations::set_rules(&app.desk, &session.scope, &rules, version).await?.into()))
}

/// What is earned for a case of one cause.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct IncentiveAmount {
    #[schema(value_type = word::Cause)]
    cause: Cause,
    /// Digits.
    amount: String,
    currency: String,
}

/// What agents earn for a matter that was put right; never for a rating that was changed or removed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct IncentiveRules {
    /// A cause that is not named earns nothing.
    amounts: Vec<IncentiveAmount>,
    /// Days after the end of a case in which the return of its complaint takes the incentive back, 1 to 365.
    watch_days: u16,
}

impl From<IncentiveRulesWritten> for IncentiveRules {
    fn from(rules: IncentiveRulesWritten) -> Self {
        let amount = |AmountWritten { cause, amount, currency }| IncentiveAmount { cause, amount, currency };
        Self { amounts: rules.amounts.into_iter().map(amount).collect(), watch_days: rules.watch_days }
    }
}

impl From<IncentiveRules> for IncentiveRulesWritten {
    fn from(rules: IncentiveRules) -> Self {
        let amount = |IncentiveAmount { cause, amount, currency }| AmountWritten { cause, amount, currency };
        Self { amounts: rules.amounts.into_iter().map(amount).collect(), watch_days: rules.watch_days }
    }
}

/// What agents earn, with its version.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncentiveRulesKept {
    rules: IncentiveRules,
    /// From 1; 0 are those that the program begins with.
    version: u32,
    #[schema(required = true)]
    set_at: Option<Timestamp>,
    #[schema(required = true)]
    set_by: Option<Person>,
}

impl From<incentives::RulesView> for IncentiveRulesKept {
    fn from(view: incentives::RulesView) -> Self {
        let incentives::RulesView { rules, version, set_at, set_by } = view;
        Self { rules: rules.into(), version, set_at, set_by: set_by.map(Person::from) }
    }
}

/// What agents earn.
#[utoipa::path(get, path = "/api/v1/incentive-rules", tag = "incentive",
    responses((status = 200, body = IncentiveRulesKept), SignedOut, Forbidden))]
pub async fn get_incentive_rules(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<IncentiveRulesKept>, Problem> {
    Ok(Json(incentives::rules(&app.desk, &session.scope).await?.into()))
}

/// Rules to set.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetIncentiveRules {
    rules: IncentiveRules,
    /// The version that was read.
    version: u32,
}

/// Says what agents earn; what was claimed before stays.
#[utoipa::path(put, path = "/api/v1/incentive-rules", tag = "incentive", request_body = SetIncentiveRules,
    responses((status = 200, body = IncentiveRulesKept), BadRequest, SignedOut, Forbidden, Conflict, Stale))]
pub async fn set_incentive_rules(
    State(app): State<App>,
    Session(session): Session,
    Body(set): Body<SetIncentiveRules>,
) -> Result<Json<IncentiveRulesKept>, Problem> {
    let (rules, version) = (set.rules.into(), set.version);
    Ok(Json(incentives::set_rules(&app.desk, &session.scope, &rules, version).await?.into()))
}
