//! Promises to buyers.

use jiff::SignedDuration;
use pingxin_domain::Scope;
use pingxin_domain::promise::PromiseState;
use pingxin_store::StoreError;
use pingxin_store::promise::{self, NewPromise, PromiseFilter};

use crate::on_both;
use crate::world::{World, reading, review, writing};

on_both!(promises, overdue);

async fn add(
    world: &World,
    shop: pingxin_domain::ShopId,
    key: &str,
    hours: Option<i64>,
) -> pingxin_domain::PromiseId {
    let scope = &world.ours.scope;
    let review = world.add(scope, shop, &[review(key, "差")]).await[0];
    let case = world.open_case(scope, shop, review, 50).await.id;
    let due_at = hours.map(|hours| world.now().checked_add(SignedDuration::from_hours(hours)).unwrap());
    let made_by = Some(world.ours.owner);
    let new = &NewPromise {
        case,
        shop,
        is_found: true,
        words: "明天给您补发",
        due_at,
        made_at: world.now(),
        made_by,
    };
    writing!(world, |tx| promise::add(tx, scope, new).await).unwrap()
}

async fn promises(world: &World) {
    let ours = &world.ours;
    let ids = [
        add(world, ours.first, "A", None).await,
        add(world, ours.first, "B", Some(48)).await,
        add(world, ours.second, "C", Some(4)).await,
    ];
    let listed = async |scope: &Scope, filter: PromiseFilter| {
        let (page, count) = reading!(world, |tx| promise::list(tx, scope, &filter, None, 10).await).unwrap();
        assert_eq!(count.value, page.rows.len() as u64);
        page.rows.into_iter().map(|found| found.id).collect::<Vec<_>>()
    };
    let all = PromiseFilter::default();
    assert_eq!(listed(&ours.scope, all).await, [ids[2], ids[1], ids[0]], "due first, then without a time");
    let agent = ours.agent(vec![ours.second]);
    assert_eq!(listed(&agent, all).await, [ids[2]]);
    assert!(listed(&world.theirs.scope, all).await.is_empty());
    let soon = world.now().checked_add(SignedDuration::from_hours(5)).unwrap();
    assert_eq!(listed(&ours.scope, PromiseFilter { due_before: Some(soon), ..all }).await, [ids[2]]);
    assert_eq!(listed(&ours.scope, PromiseFilter { made_by: Some(ours.owner), ..all }).await.len(), 3);
    // Page by page.
    let first = reading!(world, |tx| promise::list(tx, &ours.scope, &all, None, 2).await).unwrap().0;
    let after = first.next.as_deref();
    let rest = reading!(world, |tx| promise::list(tx, &ours.scope, &all, after, 2).await).unwrap().0;
    assert_eq!((first.rows.len(), rest.rows[0].id, rest.next), (2, ids[0], None));
    assert_eq!(rest.rows[0].words, "明天给您补发");
    for scope in [&world.theirs.scope, &agent] {
        let id = ids[0];
        let locked = writing!(world, |tx| promise::lock(tx, scope, id).await);
        assert!(matches!(locked, Err(StoreError::NotFound { what: "promise" })));
    }
    // Kept once.
    let id = ids[0];
    let end = async || {
        let (open, kept) = (PromiseState::Open, PromiseState::Kept);
        writing!(world, |tx| promise::end(tx, &ours.scope, id, open, kept).await)
    };
    end().await.unwrap();
    assert!(matches!(end().await, Err(StoreError::Conflict { what: "promise" })));
    let kept = reading!(world, |tx| promise::get(tx, &ours.scope, id).await).unwrap().unwrap();
    assert_eq!((kept.state, kept.ended_at), (PromiseState::Kept, Some(world.now())));
    let open = PromiseFilter { state: Some(PromiseState::Open), ..all };
    assert_eq!(listed(&ours.scope, open).await, [ids[2], ids[1]]);
}

/// Whatever number of workers look, one notes that the time has passed.
async fn overdue(world: &World) {
    let ours = &world.ours;
    let late = add(world, ours.first, "A", Some(-1)).await;
    add(world, ours.first, "B", Some(1)).await;
    add(world, ours.first, "C", None).await;
    let found = reading!(world, |tx| promise::overdue(tx, 10).await).unwrap();
    assert_eq!(found, [(ours.scope.tenant, late)]);
    let note = async || writing!(world, |tx| promise::mark_broken(tx, &ours.scope, late).await).unwrap();
    assert_eq!((note().await, note().await), (true, false));
    assert!(reading!(world, |tx| promise::overdue(tx, 10).await).unwrap().is_empty());
    let broken = reading!(world, |tx| promise::get(tx, &ours.scope, late).await).unwrap().unwrap();
    assert_eq!((broken.state, broken.broken_at), (PromiseState::Broken, Some(world.now())));
}
