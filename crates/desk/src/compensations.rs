//! Compensations 赔付: asked for within the ladder and the caps, agreed to by others than who asks, noted as paid by hand, and
//! confirmed by the platform's refund list. The desk moves no money itself. Nothing of it knows a rating (facts 8.7, 1).

mod asking;
mod confirming;
mod deciding;
mod rules;
mod saying;

use pingxin_domain::compensation::CompensationRules;
use pingxin_domain::personal::{mask_nick, mask_text};
use pingxin_domain::{Action, CompensationId, Money, Scope};
use pingxin_store::compensation::report::{self, By, Claimant, Cost, Doubled, Over};
use pingxin_store::compensation::{self, Compensation, CompensationFilter, Step};
use pingxin_store::{Count, Page, StoreError, Tx, order};

pub use asking::{AskRequest, NOTE_LIMIT, Proposal, ask, proposal};
pub use confirming::confirm_refunds;
pub use deciding::{Decided, Decision, MANY_LIMIT, decide, decide_many};
pub use rules::{RulesView, rules, set_rules};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// Something that happened to a compensation, masked.
pub type StepView = Step;

/// A page, those asked for last first, how many there are, and what they are worth together by currency.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &CompensationFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Compensation>, Count, Vec<(Money, u64)>)> {
    allow(scope, Action::ReadCases)?;
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let (page, count) = compensation::list(tx, scope, filter, cursor, limit).await?;
            Ok((page, count, compensation::totals(tx, scope, filter).await?))
        })
    });
    let (page, count, totals) = found.await?;
    let rows = page.rows.into_iter().map(masked).collect();
    Ok((Page { rows, next: page.next }, count, totals))
}

/// How many there are.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn count(desk: &Desk, scope: &Scope, filter: &CompensationFilter) -> Result<Count> {
    allow(scope, Action::ReadCases)?;
    Ok(desk.store.read(|tx| Box::pin(async move { compensation::count(tx, scope, filter).await })).await?)
}

/// One with its steps, those of before of its buyer among them.
#[derive(Debug, Clone)]
pub struct CompensationView {
    /// The compensation.
    pub compensation: Compensation,
    /// What happened to it.
    pub steps: Vec<StepView>,
    /// What its buyer was given otherwise, the newest first.
    pub past: Vec<Compensation>,
}

/// One with its steps, and what its buyer was given otherwise.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn get(desk: &Desk, scope: &Scope, id: CompensationId) -> Result<CompensationView> {
    allow(scope, Action::ReadCases)?;
    let found = desk.store.read(|tx| Box::pin(async move { view(tx, scope, id).await })).await?;
    Ok(found)
}

async fn view(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CompensationId,
) -> std::result::Result<CompensationView, StoreError> {
    let found = compensation::get(tx, scope, id).await?;
    let found = found.ok_or(StoreError::NotFound { what: "compensation" })?;
    let steps = compensation::steps(tx, scope, &[id]).await?;
    let past = match found.buyer {
        Some(buyer) => {
            let filter = CompensationFilter { buyer: Some(buyer), ..CompensationFilter::default() };
            compensation::list(tx, scope, &filter, None, 20).await?.0.rows
        }
        None => Vec::new(),
    };
    let past = past.into_iter().filter(|other| other.id != id).map(masked).collect();
    let steps = steps.into_iter().map(|step| Step { note: step.note.map(|note| mask_text(&note)), ..step });
    Ok(CompensationView { compensation: masked(found), steps: steps.collect(), past })
}

pub(crate) fn masked(found: Compensation) -> Compensation {
    Compensation {
        buyer_nick: found.buyer_nick.as_deref().map(mask_nick),
        note: found.note.as_deref().map(mask_text),
        ..found
    }
}

/// What compensations cost, and where money leaks.
#[derive(Debug, Clone)]
pub struct Leakage {
    /// By shop, month, agent and cause, the dearest first.
    pub costs: Vec<(By, Vec<Cost>)>,
    /// Buyers who were given something more than once.
    pub claimants: Vec<Claimant>,
    /// Orders on which the platform gave money back besides what the desk gave.
    pub doubled: Vec<Doubled>,
}

/// What compensations of some months cost, and where money leaks.
///
/// # Errors
/// [`DeskError::Refused`] for months in the wrong order; [`DeskError::Forbidden`], or the database's.
pub async fn leakage(desk: &Desk, scope: &Scope, over: Over) -> Result<Leakage> {
    allow(scope, Action::ApproveMoney)?;
    if over.from > over.to {
        return Err(DeskError::refused("结束月份要不早于开始月份", "the last month is not before the first"));
    }
    let read = desk.store.read(|tx| {
        Box::pin(async move {
            let mut costs = Vec::new();
            for by in By::ALL {
                costs.push((by, report::costs(tx, scope, over, by).await?));
            }
            let claimants = report::claimants(tx, scope, over).await?;
            Ok(Leakage { costs, claimants, doubled: report::doubled(tx, scope, over).await? })
        })
    });
    let mut found = read.await?;
    for claimant in &mut found.claimants {
        claimant.nick = claimant.nick.as_deref().map(mask_nick);
    }
    Ok(found)
}

/// The rules that hold in this transaction, with their version.
async fn rules_in(
    tx: &mut Tx<'_>,
    scope: &Scope,
    keeping: bool,
) -> std::result::Result<(CompensationRules, u32), StoreError> {
    use pingxin_domain::compensation::RulesWritten;
    use pingxin_store::money_rule::{self, MoneyRule};
    let kept = if keeping {
        money_rule::lock::<RulesWritten>(tx, scope, MoneyRule::Compensation).await?
    } else {
        money_rule::current::<RulesWritten>(tx, scope, MoneyRule::Compensation).await?
    };
    let rules = match &kept.rules {
        Some(written) => CompensationRules::of(written)
            .map_err(|error| StoreError::Corrupt { what: format!("rules about compensation: {error}") })?,
        None => CompensationRules::shipped().clone(),
    };
    Ok((rules, kept.version))
}

/// The ladder of a merchant, for the plan of a case.
pub(crate) async fn ladder_in(
    tx: &mut Tx<'_>,
    scope: &Scope,
) -> std::result::Result<pingxin_domain::compensation::Ladder, StoreError> {
    Ok(rules_in(tx, scope, false).await?.0.ladder)
}

async fn order_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: Option<pingxin_domain::OrderId>,
) -> std::result::Result<Option<order::Order>, StoreError> {
    match id {
        Some(id) => order::get(tx, scope, id).await,
        None => Ok(None),
    }
}
