//! Incentives 绩效奖励: claimed by the agent of a case, verified by another, paid with the statement of a month, and taken back
//! when the complaint returns. Never for a rating that was changed or removed (X14).

mod paying;
mod rules;
mod saying;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use pingxin_domain::incentive::{self as domain, Basis, ClaimRefused, IncentiveRefused, IncentiveState};
use pingxin_domain::{Action, CaseId, IncentiveId, Money, Month, Scope, ShopId, TenantId, UserId};
use pingxin_store::case::{self, EventKind};
use pingxin_store::incentive::{self, Change, Incentive, IncentiveFilter, IncentiveHead, NewIncentive};
use pingxin_store::{Count, Page, StoreError, Tx, audit, shop, tenant};
use serde_json::json;

pub use paying::{MonthView, export, month, pay};
pub use rules::{RulesView, rules, set_rules};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::sweep::{STEP, sweep};

/// Whose incentives somebody sees: those who approve see all, everybody else his own.
fn seen(scope: &Scope, asked: Option<UserId>) -> Option<UserId> {
    if scope.may(Action::ApproveMoney) { asked } else { scope.user() }
}

/// A page, those claimed last first, and how many there are. An agent sees his own.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &IncentiveFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Incentive>, Count)> {
    allow(scope, Action::ReadCases)?;
    let filter = &IncentiveFilter { user: seen(scope, filter.user), ..filter.clone() };
    let found = desk
        .store
        .read(|tx| Box::pin(async move { incentive::list(tx, scope, filter, cursor, limit).await }));
    Ok(found.await?)
}

/// What could be claimed for a case.
#[derive(Debug, Clone)]
pub struct Claimable {
    /// How much, and what for; the last is the reason why nothing is.
    pub amount: Option<Money>,
    /// For which basis, as things stand.
    pub basis: Vec<Basis>,
    /// Why nothing can be claimed.
    pub refused: Option<pingxin_domain::Say>,
    /// What was claimed for it, the newest first; an agent sees his own.
    pub claimed: Vec<Incentive>,
}

/// What whoever asks could claim for a case.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn claimable(desk: &Desk, scope: &Scope, id: CaseId) -> Result<Claimable> {
    allow(scope, Action::ReadCases)?;
    let filter = &IncentiveFilter { case: Some(id), user: seen(scope, None), ..IncentiveFilter::default() };
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let ended = incentive::ended(tx, scope, id).await?;
            let (rules, _) = rules::in_tx(tx, scope).await?;
            let amount = rules.amount(ended.cause);
            let by = scope.user();
            let refused = domain::claim(&ended.end, Basis::Confirmed, by).err();
            let basis = Basis::ALL.iter().copied();
            let basis: Vec<Basis> =
                basis.filter(|basis| domain::claim(&ended.end, *basis, by).is_ok()).collect();
            let claimed = incentive::list(tx, scope, filter, None, 20).await?.0.rows;
            let taken = claimed
                .iter()
                .any(|one| Some(one.solved_at) == ended.ended_at && one.state != IncentiveState::Refused);
            let refused = match refused {
                Some(refused) => Some(saying::claim(refused)),
                None if amount.is_none() => Some(saying::no_amount()),
                None if taken => Some(saying::taken()),
                None => None,
            };
            let basis = if refused.is_some() { Vec::new() } else { basis };
            Ok(Claimable { amount, basis, refused, claimed })
        })
    });
    Ok(found.await?)
}

/// Claims an incentive for a case that was put right.
///
/// # Errors
/// [`DeskError::Refused`] with the reason; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn claim(desk: &Desk, scope: &Scope, id: CaseId, basis: Basis) -> Result<Incentive> {
    allow(scope, Action::HandleCases)?;
    let claimed =
        desk.store.write(|tx| Box::pin(async move { keep(tx, scope, id, basis).await })).await.map_err(
            |error| match error {
                StoreError::Conflict { what: "incentive" } => DeskError::Refused(saying::taken()),
                error => error.into(),
            },
        )?;
    claimed.map_err(|not| match not {
        NotClaimed::Claim(refused) => DeskError::Refused(saying::claim(refused)),
        NotClaimed::NoAmount => DeskError::Refused(saying::no_amount()),
    })
}

enum NotClaimed {
    Claim(ClaimRefused),
    NoAmount,
}

async fn keep(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    basis: Basis,
) -> std::result::Result<std::result::Result<Incentive, NotClaimed>, StoreError> {
    let head = case::lock_for_change(tx, scope, id).await?;
    let ended = incentive::ended(tx, scope, id).await?;
    if let Err(refused) = domain::claim(&ended.end, basis, scope.user()) {
        return Ok(Err(NotClaimed::Claim(refused)));
    }
    let (rules, rules_version) = rules::in_tx(tx, scope).await?;
    let (Some(user), Some(solved_at)) = (scope.user(), ended.ended_at) else {
        return Ok(Err(NotClaimed::Claim(ClaimRefused::NotSolved)));
    };
    let (Some(amount), Some(cause)) = (rules.amount(ended.cause), ended.cause) else {
        return Ok(Err(NotClaimed::NoAmount));
    };
    let watched = SignedDuration::from_hours(24 * i64::from(rules.watch_days));
    let watch_until = solved_at.checked_add(watched).unwrap_or(jiff::Timestamp::MAX);
    let new = NewIncentive {
        case: id,
        shop: head.shop,
        user,
        basis,
        cause,
        amount,
        rules_version,
        solved_at,
        watch_until,
    };
    let claimed = incentive::add(tx, scope, &new).await?;
    let told = Told { id: claimed, case: id, amount, basis };
    tell(tx, scope, told, EventKind::IncentiveClaimed, "incentive.claim", false).await?;
    let after = incentive::get(tx, scope, claimed).await?;
    after.map(Ok).ok_or(StoreError::NotFound { what: "incentive" })
}

/// What a story and the audit tell of an incentive.
#[derive(Clone, Copy)]
struct Told {
    id: IncentiveId,
    case: CaseId,
    amount: Money,
    basis: Basis,
}

impl Told {
    fn of(head: &IncentiveHead) -> Self {
        Self { id: head.id, case: head.case, amount: head.amount, basis: head.basis }
    }
}

async fn tell(
    tx: &mut Tx<'_>,
    scope: &Scope,
    told: Told,
    kind: EventKind,
    action: &'static str,
    alone: bool,
) -> std::result::Result<(), StoreError> {
    let now = tx.now();
    let body = json!({
        "incentive": told.id, "amount": told.amount.amount(), "currency": told.amount.currency,
        "basis": told.basis, "alone": alone,
    });
    case::add_event(tx, scope, told.case, kind, &body, now).await?;
    let detail = json!({ "incentive": told.id, "amount": told.amount.to_string(), "alone": alone });
    audit::append(tx, scope, action, "case", &told.case.to_string(), &detail).await
}

/// The month of now where a shop stands.
async fn month_in(tx: &mut Tx<'_>, scope: &Scope, of: ShopId) -> std::result::Result<Month, StoreError> {
    let zone = shop::find(tx, scope, of).await?.map(|shop| shop.zone());
    Ok(Month::of(tx.now(), &zone.unwrap_or(TimeZone::UTC)))
}

/// Verifies a claim: the matter was put right and confirmed, or in time. The case is looked at once more.
///
/// # Errors
/// [`DeskError::Refused`] for one's own claim, or what is over or no longer holds; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn verify(desk: &Desk, scope: &Scope, id: IncentiveId) -> Result<Incentive> {
    decide(desk, scope, id, true).await
}

/// Says that a claim does not hold.
///
/// # Errors
/// As [`verify`].
pub async fn refuse(desk: &Desk, scope: &Scope, id: IncentiveId) -> Result<Incentive> {
    decide(desk, scope, id, false).await
}

async fn decide(desk: &Desk, scope: &Scope, id: IncentiveId, holds: bool) -> Result<Incentive> {
    allow(scope, Action::ApproveMoney)?;
    let decided = desk
        .store
        .write(|tx| Box::pin(async move { settle(tx, scope, id, holds).await }))
        .await
        .map_err(stale)?;
    decided.map_err(|not| match not {
        NotDecided::Stands(refused) => DeskError::Refused(saying::refused(refused)),
        NotDecided::Claim(refused) => DeskError::Refused(saying::claim(refused)),
    })
}

fn stale(error: StoreError) -> DeskError {
    match error {
        StoreError::Conflict { what: "incentive" } => DeskError::Stale,
        error => error.into(),
    }
}

enum NotDecided {
    Stands(IncentiveRefused),
    Claim(ClaimRefused),
}

async fn settle(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: IncentiveId,
    holds: bool,
) -> std::result::Result<std::result::Result<Incentive, NotDecided>, StoreError> {
    let head = incentive::lock(tx, scope, id).await?;
    let solo = tenant::find(tx, scope.tenant).await?.is_some_and(|tenant| tenant.solo);
    let verified = if holds {
        domain::verified(head.state, head.user, scope.user(), scope.role, solo)
    } else {
        head.state.refused().map(|_| false)
    };
    let alone = match verified {
        Ok(alone) => alone,
        Err(refused) => return Ok(Err(NotDecided::Stands(refused))),
    };
    case::lock_for_change(tx, scope, head.case).await?;
    if holds {
        let ended = incentive::ended(tx, scope, head.case).await?;
        // The case may have another owner by now; it was his when he claimed.
        let end = domain::CaseEnd { owner: Some(head.user), ..ended.end };
        let returned = ended.ended_at != Some(head.solved_at);
        let claim = if returned {
            Err(ClaimRefused::NotSolved)
        } else {
            domain::claim(&end, head.basis, Some(head.user))
        };
        if let Err(refused) = claim {
            return Ok(Err(NotDecided::Claim(refused)));
        }
    }
    let month = month_in(tx, scope, head.shop).await?;
    let (change, kind, action) = if holds {
        (Change::Verified { alone }, EventKind::IncentiveVerified, "incentive.verify")
    } else {
        (Change::Refused, EventKind::IncentiveRefused, "incentive.refuse")
    };
    incentive::change(tx, scope, &head, change, month).await?;
    tell(tx, scope, Told::of(&head), kind, action, alone).await?;
    let after = incentive::get(tx, scope, id).await?;
    after.map(Ok).ok_or(StoreError::NotFound { what: "incentive" })
}

/// Takes back incentives of every merchant whose complaint has returned: the case lives again, or the same order has
/// another one. Each once, whatever number of workers look. Answers how many.
///
/// # Errors
/// When the database does not answer; what was taken back before stays.
pub async fn claw_back_returned(desk: &Desk, go_on: impl Fn() -> bool) -> Result<u64> {
    let returned = async || Ok(desk.store.read(|tx| Box::pin(incentive::returned(tx, STEP))).await?);
    sweep(go_on, returned, |(tenant, id)| claw_back(desk, tenant, id)).await
}

async fn claw_back(desk: &Desk, tenant: TenantId, id: IncentiveId) -> Result<bool> {
    let scope = &Scope::system(tenant);
    let taken = desk.store.write(|tx| {
        Box::pin(async move {
            let head = incentive::lock(tx, scope, id).await?;
            let Ok(was_earned) = head.state.clawed_back() else { return Ok(false) };
            case::lock_for_change(tx, scope, head.case).await?;
            let month = month_in(tx, scope, head.shop).await?;
            incentive::change(tx, scope, &head, Change::ClawedBack { was_earned }, month).await?;
            let kind = EventKind::IncentiveClawedBack;
            tell(tx, scope, Told::of(&head), kind, "incentive.claw_back", false).await?;
            Ok(true)
        })
    });
    Ok(taken.await?)
}
