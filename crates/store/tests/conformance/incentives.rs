//! Incentives: one end of a case earns once, and each statement is the sum of its lines whatever is taken back.

use jiff::SignedDuration;
use pingxin_domain::case::{CaseState, Life, Outcome};
use pingxin_domain::incentive::{Basis, IncentiveState};
use pingxin_domain::{CaseId, Currency, IncentiveId, Money, Month, Scope, ShopId, UserId};
use pingxin_language::Cause;
use pingxin_store::incentive::{self, Change, IncentiveFilter, NewIncentive};
use pingxin_store::{StoreError, Tx, case, doctor};

use crate::on_both;
use crate::world::{World, reading, review, writing};

on_both!(random_claw_backs, returned_complaints);

fn new(tx: &Tx<'_>, case: CaseId, shop: ShopId, user: UserId) -> NewIncentive {
    NewIncentive {
        case,
        shop,
        user,
        basis: Basis::Confirmed,
        cause: Cause::Quality,
        amount: Money { minor: 5_000, currency: Currency::CNY },
        rules_version: 0,
        solved_at: tx.now(),
        watch_until: tx.now() + SignedDuration::from_hours(24 * 30),
    }
}

/// For the test of wiping: one with a line.
pub async fn put(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    case: CaseId,
    user: UserId,
) -> Result<(), StoreError> {
    let id = incentive::add(tx, scope, &new(tx, case, shop, user)).await?;
    change(tx, scope, id, Change::Verified { alone: false }, 202_611).await
}

async fn change(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: IncentiveId,
    change: Change,
    month: u32,
) -> Result<(), StoreError> {
    let head = incentive::lock(tx, scope, id).await?;
    incentive::change(tx, scope, &head, change, Month::from_number(month).unwrap()).await
}

async fn solved(world: &World, key: &str) -> CaseId {
    let ours = &world.ours;
    let review = world.add(&ours.scope, ours.first, &[review(key, "差")]).await[0];
    let id = world.open_case(&ours.scope, ours.first, review, 50).await.id;
    let owner = Some(ours.owner);
    let life = Life { outcome: Some(Outcome::Kept), ..Life::plain(CaseState::Solved, owner) };
    writing!(world, |tx| {
        let head = case::lock_for_change(tx, &ours.scope, id).await?;
        let now = tx.now();
        case::set_life(tx, &ours.scope, &head, life, None, now).await
    })
    .unwrap();
    id
}

async fn random_claw_backs(world: &World) {
    let (scope, ours) = (&world.ours.scope, &world.ours);
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    let mut roll = move |sides: u64| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        dice % sides
    };
    let mut ids = Vec::new();
    for number in 0..12 {
        let case = solved(world, &format!("C{number}")).await;
        let id = writing!(world, |tx| incentive::add(tx, scope, &new(tx, case, ours.first, ours.owner))
            .await)
        .unwrap();
        ids.push(id);
        let twice =
            writing!(world, |tx| incentive::add(tx, scope, &new(tx, case, ours.first, ours.owner)).await);
        assert!(matches!(twice, Err(StoreError::Conflict { what: "incentive" })));
    }
    for _ in 0..80 {
        let (id, month) = (ids[roll(12) as usize], 202_609 + roll(3) as u32);
        let head = writing!(world, |tx| incentive::lock(tx, scope, id).await).unwrap();
        let wish = match roll(4) {
            0 | 1 if head.state == IncentiveState::Claimed => Change::Verified { alone: false },
            2 if head.state == IncentiveState::Payable => Change::Paid,
            3 => match head.state.clawed_back() {
                Ok(was_earned) => Change::ClawedBack { was_earned },
                Err(_) => continue,
            },
            _ => continue,
        };
        writing!(world, |tx| change(tx, scope, id, wish, month).await).unwrap();
    }
    let mut owed = 0;
    for month in [202_609, 202_610, 202_611].map(|number| Month::from_number(number).unwrap()) {
        let lines = reading!(world, |tx| incentive::lines(tx, scope, month, None).await).unwrap();
        let statements = reading!(world, |tx| incentive::of_month(tx, scope, month, None).await).unwrap();
        let stated: i64 = statements.iter().map(|statement| statement.total.minor).sum();
        assert_eq!(stated, lines.iter().map(|line| line.amount.minor).sum::<i64>(), "{month}");
        assert_eq!(statements.iter().map(|one| one.lines as usize).sum::<usize>(), lines.len());
        owed += stated;
    }
    let states = vec![IncentiveState::Payable, IncentiveState::Paid];
    let filter = &IncentiveFilter { states, user: Some(ours.owner), ..Default::default() };
    let (page, _) = reading!(world, |tx| incentive::list(tx, scope, filter, None, 50).await).unwrap();
    assert_eq!(owed, page.rows.iter().map(|row| row.amount.minor).sum::<i64>());
    let (theirs, _) =
        reading!(world, |tx| incentive::list(tx, &world.theirs.scope, &Default::default(), None, 9).await)
            .unwrap();
    assert!(theirs.rows.is_empty());
    let found = reading!(world, |tx| doctor::checks(tx, scope).await).unwrap();
    let money: Vec<_> = found.iter().filter(|one| one.check.starts_with("incentive")).collect();
    assert!(money.is_empty(), "{money:?}");
}

async fn returned_complaints(world: &World) {
    let (scope, ours) = (&world.ours.scope, &world.ours);
    let case = solved(world, "A").await;
    let ended = reading!(world, |tx| incentive::ended(tx, scope, case).await).unwrap();
    assert_eq!((ended.end.outcome, ended.end.was_late), (Some(Outcome::Kept), false));
    let id = writing!(world, |tx| incentive::add(tx, scope, &new(tx, case, ours.first, ours.owner)).await)
        .unwrap();
    let returned = async || reading!(world, |tx| incentive::returned(tx, 9).await).unwrap();
    assert!(returned().await.is_empty());
    let reopen = Life::plain(CaseState::Open, Some(ours.owner));
    writing!(world, |tx| {
        let head = case::lock_for_change(tx, scope, case).await?;
        let now = tx.now();
        case::set_life(tx, scope, &head, reopen, None, now).await
    })
    .unwrap();
    assert_eq!(returned().await, [(scope.tenant, id)]);
    let taken = Change::ClawedBack { was_earned: false };
    writing!(world, |tx| change(tx, scope, id, taken, 202_611).await).unwrap();
    assert!(returned().await.is_empty(), "once");
    let again = writing!(world, |tx| change(tx, scope, id, taken, 202_611).await);
    assert!(matches!(again, Err(StoreError::Conflict { what: "incentive" })));
}
