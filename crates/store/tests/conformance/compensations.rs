//! Compensations: weighed in the transaction that keeps them, whatever number of agents ask at once.

use jiff::tz::TimeZone;
use pingxin_domain::compensation::{
    Ask, AskRefused, Benefit, BudgetWritten, CapWritten, CompensationRules, CompensationState,
    CompensationStep, Deciding, RulesWritten, Standing,
};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{Actor, CaseId, CompensationId, Currency, Money, Month, Role, Scope, ShopId, UserId};
use pingxin_language::Cause;
use pingxin_store::compensation::report::{self, By, Over};
use pingxin_store::compensation::{self, CompensationFilter, NewCompensation, NewStep};
use pingxin_store::money_rule::{self, MoneyRule};
use pingxin_store::{StoreError, Tx, doctor};
use uuid::Uuid;

use crate::on_both;
use crate::world::{World, reading, review, writing};

on_both!(asked_and_listed, many_at_once, any_sequence, rules_have_versions);

fn cny(minor: i64) -> Money {
    Money { minor, currency: Currency::CNY }
}

fn month(world: &World) -> Month {
    Month::of(world.now(), &TimeZone::UTC)
}

fn asking(scope: &Scope, shop: ShopId, minor: i64) -> Ask<'static> {
    Ask {
        asker: scope.user(),
        shop,
        cause: Some(Cause::Quality),
        kind: Benefit::FullRefund,
        amount: cny(minor),
        line: "",
        order: Some(cny(10_000)),
        presents: true,
        rating_talk_today: false,
    }
}

/// Asks by the rules that hold; those of the program until somebody set others.
async fn ask(
    tx: &mut Tx<'_>,
    scope: &Scope,
    asked: &Ask<'_>,
    (case, order_number): (CaseId, &str),
    month: Month,
) -> Result<Result<CompensationId, AskRefused>, StoreError> {
    let kept = money_rule::lock::<RulesWritten>(tx, scope, MoneyRule::Compensation).await?;
    let rules = match &kept.rules {
        Some(written) => CompensationRules::of(written).unwrap(),
        None => CompensationRules::shipped().clone(),
    };
    let new = NewCompensation {
        case,
        order_number,
        month,
        rules_version: kept.version,
        note: Some("衣服开线，半额退款"),
    };
    compensation::ask(tx, scope, &rules, asked, &new).await
}

/// For the test of wiping: one with every step there is, and rules.
pub async fn put(tx: &mut Tx<'_>, scope: &Scope, shop: ShopId, case: CaseId) -> Result<(), StoreError> {
    let written = CompensationRules::shipped().written();
    money_rule::set(tx, scope, MoneyRule::Compensation, &written, None).await?;
    let month = Month::of(tx.now(), &TimeZone::UTC);
    ask(tx, scope, &asking(scope, shop, 100), (case, "A-1"), month).await?.unwrap();
    Ok(())
}

async fn case(world: &World, shop: ShopId, key: &str) -> CaseId {
    let scope = &world.ours.scope;
    let review = world.add(scope, shop, &[review(key, "差")]).await[0];
    world.open_case(scope, shop, review, 50).await.id
}

fn person(number: u128) -> Actor {
    Actor::User(UserId::from_uuid(Uuid::from_u128(number)))
}

async fn listed(world: &World, scope: &Scope, filter: CompensationFilter) -> Vec<CompensationId> {
    let filter = &filter;
    let (page, count) = reading!(world, |tx| compensation::list(tx, scope, filter, None, 50).await).unwrap();
    assert_eq!(count.value, page.rows.len() as u64);
    page.rows.into_iter().map(|row| row.id).collect()
}

async fn asked_and_listed(world: &World) {
    let ours = &world.ours;
    let (one, two) = (case(world, ours.first, "A").await, case(world, ours.second, "B").await);
    let (scope, month) = (&ours.scope, month(world));
    let mut ids = Vec::new();
    for (case, shop, number) in [(one, ours.first, "A-1"), (two, ours.second, "B-1")] {
        let asked = &asking(scope, shop, 3_000);
        ids.push(writing!(world, |tx| ask(tx, scope, asked, (case, number), month).await).unwrap().unwrap());
    }
    let asked = &asking(scope, ours.first, 100);
    for (case, number) in [(one, "A-2"), (two, "A-1")] {
        let again = writing!(world, |tx| ask(tx, scope, asked, (case, number), month).await).unwrap();
        assert_eq!(again, Err(AskRefused::Again), "{number}");
    }
    assert_eq!(listed(world, scope, CompensationFilter::default()).await, [ids[1], ids[0]], "the last first");
    assert_eq!(listed(world, &ours.agent(vec![ours.second]), CompensationFilter::default()).await, [ids[1]]);
    assert!(listed(world, &world.theirs.scope, CompensationFilter::default()).await.is_empty());
    let id = ids[0];
    for other in [&world.theirs.scope, &ours.agent(vec![ours.second])] {
        let locked = writing!(world, |tx| compensation::lock(tx, other, id).await);
        assert!(matches!(locked, Err(StoreError::NotFound { what: "compensation" })));
    }
    // Two look at the same state: one is told.
    let head = &writing!(world, |tx| compensation::lock(tx, scope, id).await).unwrap();
    let by = Deciding { user: Some(UserId::from_uuid(Uuid::from_u128(7))), role: Role::Owner, solo: false };
    let approved = &head.standing.clone().approve(by).unwrap().standing;
    let approve = async || {
        let step = NewStep::plain(CompensationStep::Approved);
        writing!(world, |tx| compensation::set(tx, scope, head, approved, &step).await)
    };
    approve().await.unwrap();
    assert!(matches!(approve().await, Err(StoreError::Conflict { what: "compensation" })));
    let of =
        |states: &[CompensationState]| CompensationFilter { states: states.to_vec(), ..Default::default() };
    assert_eq!(listed(world, scope, of(&[CompensationState::Approved])).await, [id]);
    let other = UserId::from_uuid(Uuid::from_u128(8));
    let waits = CompensationFilter { waits_for: Some(other), ..Default::default() };
    assert_eq!(listed(world, scope, waits).await, [ids[1]]);
    let mine = CompensationFilter { waits_for: Some(ours.owner), ..Default::default() };
    assert!(listed(world, scope, mine).await.is_empty(), "what one asked for waits for others");
    let steps = reading!(world, |tx| compensation::steps(tx, scope, &[id]).await).unwrap();
    assert_eq!(
        steps.iter().map(|step| step.kind).collect::<Vec<_>>(),
        [CompensationStep::Asked, CompensationStep::Approved]
    );
    assert_eq!(steps[0].note.as_deref(), Some("衣服开线，半额退款"));
    let totals = reading!(world, |tx| compensation::totals(tx, scope, &Default::default()).await).unwrap();
    assert_eq!(totals, [(cny(6_000), 2)]);
    let over = Over { from: month, to: month, shop: None };
    for by in By::ALL {
        let costs = reading!(world, |tx| report::costs(tx, scope, over, by).await).unwrap();
        assert_eq!(
            (costs.len(), costs[0].total, costs[0].many),
            (1, cny(3_000), 1),
            "only what was approved"
        );
    }
    assert!(reading!(world, |tx| report::claimants(tx, scope, over).await).unwrap().is_empty());
    assert!(reading!(world, |tx| report::doubled(tx, scope, over).await).unwrap().is_empty());
}

async fn set_rules(world: &World, agent: &str, shop: &str) {
    let mut written = CompensationRules::shipped().written();
    written.limits.supervisor.insert("CNY".into(), "40.00".into());
    written.caps = vec![CapWritten {
        agent: None,
        cause: None,
        currency: "CNY".into(),
        order_under: None,
        single: None,
        month: Some(agent.into()),
    }];
    written.budgets = vec![BudgetWritten { shop: None, currency: "CNY".into(), month: shop.into() }];
    let (scope, written) = (&world.ours.scope, &written);
    writing!(world, |tx| money_rule::set(tx, scope, MoneyRule::Compensation, written, None).await).unwrap();
}

/// Agents race for what is left of a budget.
async fn many_at_once(world: &World) {
    let ours = &world.ours;
    set_rules(world, "45.00", "80.00").await;
    let month = month(world);
    let mut cases = Vec::new();
    for number in 0..10 {
        cases.push((case(world, ours.first, &format!("C{number}")).await, format!("N-{number}")));
    }
    let races = cases.iter().enumerate().map(|(at, (case, number))| {
        let scope = Scope { actor: person(1 + at as u128 % 3), ..ours.scope.clone() };
        async move {
            let asked = &asking(&scope, ours.first, 1_500);
            let scope = &scope;
            writing!(world, |tx| ask(tx, scope, asked, (*case, number), month).await).unwrap()
        }
    });
    let answers = futures::future::join_all(races).await;
    let kept = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(kept, 5, "five of fifteen yuan fit into eighty: {answers:?}");
    // The same matter, all at once.
    let again = (0..6).map(|at: u128| {
        let scope = Scope { actor: person(10 + at), ..world.theirs.scope.clone() };
        async move {
            let review = world.add(&scope, world.theirs.first, &[review(&format!("T{at}"), "差")]).await[0];
            let case = world.open_case(&scope, world.theirs.first, review, 50).await.id;
            let (asked, scope) = (&asking(&scope, world.theirs.first, 100), &scope);
            writing!(world, |tx| ask(tx, scope, asked, (case, "SAME"), month).await).unwrap()
        }
    });
    let answers = futures::future::join_all(again).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

async fn deed(
    world: &World,
    dice: &mut Dice,
    cases: &[(CaseId, String)],
    ids: &std::sync::Mutex<Vec<CompensationId>>,
) {
    let actor = dice.roll(3) as u128 + 1;
    let scope = &Scope { actor: person(actor), ..world.ours.scope.clone() };
    let (what, month) = (dice.roll(8), month(world));
    let pick = {
        let all = ids.lock().unwrap();
        all.get(dice.roll(all.len().max(1) as u64) as usize).copied()
    };
    let (Some(id), 2..) = (pick, what) else {
        let (case, number) = &cases[dice.roll(cases.len() as u64) as usize];
        let lines = ["", "L1", "L2"];
        let line = lines[dice.roll(3) as usize];
        let asked = &Ask { line, ..asking(scope, world.ours.first, 1 + dice.roll(7_000) as i64) };
        if let Ok(Ok(id)) = writing!(world, |tx| ask(tx, scope, asked, (*case, number), month).await) {
            ids.lock().unwrap().push(id);
        }
        return;
    };
    // Refusals and colleagues in the way are answers too.
    let _ = writing!(world, |tx| {
        let kept = money_rule::lock::<RulesWritten>(tx, scope, MoneyRule::Compensation).await?;
        let rules = CompensationRules::of(&kept.rules.unwrap()).unwrap();
        let head = compensation::lock(tx, scope, id).await?;
        let stands = head.standing.clone();
        let by = Deciding { user: scope.user(), role: Role::Supervisor, solo: false };
        let (kind, after): (_, Option<Standing>) = match what {
            2 | 3 => (CompensationStep::Approved, stands.approve(by).ok().map(|agreed| agreed.standing)),
            4 => (CompensationStep::Refused, stands.refuse().ok()),
            5 => {
                let fits = stands.state.counts()
                    || compensation::fits(tx, scope, &rules, &head, true).await?.is_ok();
                (CompensationStep::Undone, stands.undo().ok().filter(|_| fits))
            }
            6 => (CompensationStep::Paid, stands.pay().ok()),
            _ => (CompensationStep::Reversed, stands.reverse().ok()),
        };
        match after {
            Some(after) => compensation::set(tx, scope, &head, &after, &NewStep::plain(kind)).await,
            None => Ok(()),
        }
    });
}

/// Whatever three people do at once, no cap is exceeded and nothing is paid twice.
async fn any_sequence(world: &World) {
    set_rules(world, "90.00", "150.00").await;
    let mut cases = Vec::new();
    for number in 0..5 {
        let shared = format!("N-{}", number % 3);
        cases.push((case(world, world.ours.first, &format!("C{number}")).await, shared));
    }
    let ids = std::sync::Mutex::new(Vec::new());
    let (cases, ids) = (&cases, &ids);
    let work = (1..=3_u64).map(|seed| async move {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for _ in 0..30 {
            deed(world, &mut dice, cases, ids).await;
        }
    });
    futures::future::join_all(work).await;
    assert!(!ids.lock().unwrap().is_empty());
    let scope = &world.ours.scope;
    let counting = |user: Option<UserId>| CompensationFilter {
        states: CompensationState::ALL.iter().copied().filter(|state| state.counts()).collect(),
        asked_by: user,
        ..CompensationFilter::default()
    };
    let total = async |filter: CompensationFilter| {
        let filter = &filter;
        let totals = reading!(world, |tx| compensation::totals(tx, scope, filter).await).unwrap();
        totals.first().map_or(0, |(money, _)| money.minor)
    };
    assert!(total(counting(None)).await <= 15_000);
    for number in 1..=3 {
        let user = UserId::from_uuid(Uuid::from_u128(number));
        assert!(total(counting(Some(user))).await <= 9_000);
    }
    let found = reading!(world, |tx| doctor::checks(tx, scope).await).unwrap();
    let money: Vec<_> = found.iter().filter(|one| one.check.starts_with("compensation")).collect();
    assert!(money.is_empty(), "{money:?}");
}

async fn rules_have_versions(world: &World) {
    let (scope, kind) = (&world.ours.scope, MoneyRule::Compensation);
    let current =
        async || reading!(world, |tx| money_rule::current::<RulesWritten>(tx, scope, kind).await).unwrap();
    assert_eq!((current().await.version, current().await.rules), (0, None));
    let mut written = CompensationRules::shipped().written();
    written.caps.clear();
    let written = &written;
    let set = async |seen| writing!(world, |tx| money_rule::set(tx, scope, kind, written, seen).await);
    assert_eq!(set(Some(0)).await.unwrap(), 1);
    assert!(matches!(set(Some(0)).await, Err(StoreError::Conflict { what: "rules version" })));
    let now = current().await;
    assert_eq!((now.version, now.rules.as_ref()), (1, Some(written)));
    assert_eq!(now.set_by.map(|by| by.id), Some(world.ours.owner));
}
