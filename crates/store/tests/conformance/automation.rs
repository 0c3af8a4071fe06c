//! Rules of automation, what is queued for them and what they did.

use pingxin_domain::automation::{Act, Happening, Macro, Reference, Rule, RunOutcome};
use pingxin_domain::list::Match;
use pingxin_domain::{ReviewId, Scope, ShopId, UserId};
use pingxin_store::automation::{self, NewRun, RunFilter};
use pingxin_store::{StoreError, Tx, saved_macro};
use serde_json::json;

use crate::on_both;
use crate::world::{World, reading, review, writing};

on_both!(queued_where_a_rule_waits, a_rule_runs_once, rules_and_macros_come_back);

fn rule(when: Happening) -> Rule {
    Rule {
        name: "x".into(),
        is_on: true,
        when,
        matching: Match::All,
        conditions: Vec::new(),
        acts: vec![Act::AssignByRules],
        hourly: 1,
    }
}

/// One row in each table.
pub async fn put(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (review, shop): (ReviewId, ShopId),
    user: UserId,
) -> Result<(), StoreError> {
    let id = automation::create(tx, scope, &rule(Happening::ReviewArrived)).await?;
    automation::queue_reviews(tx, scope, Happening::ReviewArrived, &[(review, 1)]).await?;
    let queued = automation::waiting(tx, scope, 1, 1).await?.pop().unwrap();
    let happening = (queued.id, queued.happening);
    automation::add_run(tx, scope, &NewRun { happening, rule: id, case: None, review: Some(review), shop })
        .await?;
    let body = Macro { name: "x".into(), acts: vec![Act::AssignByRules] };
    saved_macro::create(tx, scope, Some(user), &body).await.map(drop)
}

async fn open(world: &World, scope: &Scope, shop: ShopId, key: &str) {
    let id = world.add(scope, shop, &[review(key, "开线")]).await[0];
    world.open_case(scope, shop, id, 50).await;
}

async fn queued_where_a_rule_waits(world: &World) {
    let scope = &world.ours.scope;
    open(world, scope, world.ours.first, "A").await;
    let waiting =
        async |scope: &Scope| reading!(world, |tx| automation::waiting(tx, scope, 5, 10).await).unwrap();
    assert!(waiting(scope).await.is_empty(), "nobody waits for it");
    let made = &rule(Happening::CaseOpened);
    let id = writing!(world, |tx| automation::create(tx, scope, made).await).unwrap();
    open(world, scope, world.ours.second, "B").await;
    open(world, &world.theirs.scope, world.theirs.first, "B").await;
    let found = waiting(scope).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].happening, found[0].case.is_some()), (Happening::CaseOpened, true));
    assert!(waiting(&world.theirs.scope).await.is_empty(), "another merchant's rules are not asked");
    let off = &Rule { is_on: false, ..rule(Happening::CaseOpened) };
    writing!(world, |tx| automation::put(tx, scope, id, off).await).unwrap();
    open(world, scope, world.ours.first, "C").await;
    assert_eq!(waiting(scope).await.len(), 1, "a rule that is off waits for nothing");
}

async fn a_rule_runs_once(world: &World) {
    let scope = &world.ours.scope;
    let id = world.add(scope, world.ours.first, &[review("A", "开线")]).await[0];
    let user = world.ours.owner;
    writing!(world, |tx| put(tx, scope, (id, world.ours.first), user).await).unwrap();
    let all = &RunFilter::default();
    let runs = async |scope: &Scope| {
        reading!(world, |tx| automation::runs(tx, scope, all, None, 10).await).unwrap().rows
    };
    let found = runs(scope).await;
    assert_eq!((found.len(), found[0].rule_name.as_str(), found[0].review), (1, "x", Some(id)));
    let (key, rule) = (found[0].happening, found[0].rule);
    let again = &NewRun { happening: key, rule, case: None, review: Some(id), shop: world.ours.first };
    assert!(!writing!(world, |tx| automation::add_run(tx, scope, again).await).unwrap());
    let detail = &json!({ "held": [], "steps": [] });
    writing!(world, |tx| {
        automation::finish_run(tx, scope, (key.0, rule), RunOutcome::HeldBack, detail).await
    })
    .unwrap();
    assert_eq!(runs(scope).await[0].outcome, RunOutcome::HeldBack);
    assert!(runs(&world.ours.agent(vec![world.ours.second])).await.is_empty(), "of another shop");
    assert!(runs(&world.theirs.scope).await.is_empty());
    let count = reading!(world, |tx| automation::count_runs(tx, scope, all).await).unwrap();
    assert_eq!(count.value, 1);
}

async fn rules_and_macros_come_back(world: &World) {
    let (scope, theirs) = (&world.ours.scope, &world.theirs.scope);
    let (one, two) = writing!(world, |tx| {
        let one = automation::create(tx, scope, &rule(Happening::CaseOpened)).await?;
        Ok::<_, StoreError>((one, automation::create(tx, scope, &rule(Happening::CaseSolved)).await?))
    })
    .unwrap();
    let order = async || {
        let rows = reading!(world, |tx| automation::list(tx, scope).await).unwrap();
        rows.iter().map(|row| row.stored.id).collect::<Vec<_>>()
    };
    assert_eq!(order().await, [one, two]);
    writing!(world, |tx| automation::set_order(tx, scope, &[two, one]).await).unwrap();
    assert_eq!(order().await, [two, one]);
    let foreign = writing!(world, |tx| automation::delete(tx, theirs, one).await);
    assert!(matches!(foreign, Err(StoreError::NotFound { .. })));
    writing!(world, |tx| automation::delete(tx, scope, two).await).unwrap();
    assert_eq!(order().await, [one]);
    writing!(world, |tx| automation::restore(tx, scope, two).await).unwrap();
    assert_eq!(order().await, [two, one]);
    let body = &Macro { name: "m".into(), acts: vec![Act::AssignByRules] };
    let own = Some(world.ours.owner);
    let (mine, shared) = writing!(world, |tx| {
        let mine = saved_macro::create(tx, scope, own, body).await?;
        Ok::<_, StoreError>((mine, saved_macro::create(tx, scope, None, body).await?))
    })
    .unwrap();
    let seen = async |user| {
        let found = reading!(world, |tx| saved_macro::list(tx, scope, user).await).unwrap();
        found.into_iter().map(|saved| saved.id).collect::<Vec<_>>()
    };
    assert_eq!(seen(own).await, [mine, shared]);
    assert_eq!(seen(None).await, [shared], "a colleague's own is not seen");
    let existing = reading!(world, |tx| automation::existing(tx, scope, &[]).await).unwrap();
    assert!(existing.contains(&Reference::Macro(shared)) && !existing.contains(&Reference::Macro(mine)));
    assert!(existing.contains(&Reference::Shop(world.ours.first)));
    assert!(!existing.contains(&Reference::Shop(world.theirs.first)));
}
