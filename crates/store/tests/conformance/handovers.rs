//! Handovers and watched cases.

use jiff::SignedDuration;
use pingxin_domain::handover::{HandoverReason, HandoverState};
use pingxin_domain::{CaseId, HandoverId, Scope, ShopId, UserId};
use pingxin_store::handover::{self, HandoverFilter, NewHandover, NewItem};
use pingxin_store::{StoreError, Tx, watch};

use crate::on_both;
use crate::world::{World, reading, review, writing};

on_both!(handovers, watches);

fn item(case: CaseId, shop: ShopId) -> NewItem {
    NewItem {
        case,
        shop,
        passes: true,
        reasons: vec![HandoverReason::Overdue, HandoverReason::Promise],
        due_at: None,
        line: Some("买家要等明天的回复".to_owned()),
    }
}

/// A row into each table of handovers and watches.
pub async fn put(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
    (case, shop): (CaseId, ShopId),
) -> Result<(), StoreError> {
    let until = tx.now();
    let items = &[item(case, shop)];
    let new = NewHandover { from: user, to: None, until, note: Some("早班看一下"), items };
    handover::add(tx, scope, &new).await?;
    watch::set(tx, scope, user, (case, shop), None).await
}

async fn case(world: &World, shop: ShopId, key: &str) -> CaseId {
    let scope = &world.ours.scope;
    let review = world.add(scope, shop, &[review(key, "差")]).await[0];
    world.open_case(scope, shop, review, 50).await.id
}

async fn handovers(world: &World) {
    let ours = &world.ours;
    let (first, second) = (case(world, ours.first, "A").await, case(world, ours.second, "B").await);
    let until = world.now().checked_add(SignedDuration::from_hours(16)).unwrap();
    let write = async |scope: &Scope, to: Option<UserId>, items: &[NewItem]| {
        let new = &NewHandover { from: ours.owner, to, until, note: Some("早班看一下"), items };
        writing!(world, |tx| handover::add(tx, scope, new).await)
    };
    let one = write(&ours.scope, None, &[item(first, ours.first)]).await.unwrap();
    let both = [item(second, ours.second), NewItem { passes: false, line: None, ..item(first, ours.first) }];
    let two = write(&ours.scope, Some(ours.owner), &both).await.unwrap();
    let ids = async |scope: &Scope, filter: HandoverFilter| {
        let page = reading!(world, |tx| handover::list(tx, scope, &filter, None, 10).await).unwrap();
        page.rows.iter().map(|found| found.id).collect::<Vec<HandoverId>>()
    };
    let all = HandoverFilter::default();
    assert_eq!(ids(&ours.scope, all).await, [two, one], "the newest first");
    assert_eq!(
        ids(&ours.agent(vec![ours.first]), all).await,
        [one],
        "the other names a case of another shop"
    );
    assert!(ids(&world.theirs.scope, all).await.is_empty());
    assert!(
        ids(&ours.scope, HandoverFilter { offered_to: Some(ours.owner), ..all }).await.is_empty(),
        "his own"
    );

    let read = reading!(world, |tx| handover::get(tx, &ours.scope, two).await).unwrap().unwrap();
    assert_eq!((read.state, read.note.as_deref()), (HandoverState::Open, Some("早班看一下")));
    let cases: Vec<_> = read.items.iter().map(|item| (item.case, item.passes, item.line.is_some())).collect();
    assert_eq!(cases, [(second, true, true), (first, false, false)], "in the order of the writer");
    assert_eq!(read.items[0].reasons, [HandoverReason::Overdue, HandoverReason::Promise]);

    // Page by page.
    let page = reading!(world, |tx| handover::list(tx, &ours.scope, &all, None, 1).await).unwrap();
    let after = page.next.as_deref();
    let rest = reading!(world, |tx| handover::list(tx, &ours.scope, &all, after, 1).await).unwrap();
    assert_eq!((page.rows[0].id, rest.rows[0].id, rest.next), (two, one, None));

    // Once it is over it stays so; a case of another shop makes it absent.
    let agent = &ours.agent(vec![ours.first]);
    let hidden = writing!(world, |tx| handover::lock(tx, agent, two).await);
    assert!(matches!(hidden, Err(StoreError::NotFound { .. })));
    let end = async |id| writing!(world, |tx| handover::end(tx, &ours.scope, id, HandoverState::Taken).await);
    end(two).await.unwrap();
    assert!(matches!(end(two).await, Err(StoreError::Conflict { .. })));
    assert_eq!(ids(&ours.scope, HandoverFilter { state: Some(HandoverState::Open), ..all }).await, [one]);
}

async fn watches(world: &World) {
    let ours = &world.ours;
    let (first, second) = (case(world, ours.first, "A").await, case(world, ours.second, "B").await);
    let soon = world.now().checked_add(SignedDuration::from_hours(1)).unwrap();
    let set = async |case, shop, until| {
        writing!(world, |tx| watch::set(tx, &ours.scope, ours.owner, (case, shop), until).await).unwrap();
    };
    set(first, ours.first, None).await;
    set(second, ours.second, Some(soon)).await;
    let seen = async |scope: &Scope| {
        let rows = reading!(world, |tx| watch::list(tx, scope, ours.owner).await).unwrap();
        rows.into_iter().map(|row| row.case).collect::<Vec<_>>()
    };
    assert_eq!(seen(&ours.scope).await.len(), 2);
    assert_eq!(seen(&ours.agent(vec![ours.second])).await, [second]);
    world.database.clock().advance(SignedDuration::from_hours(2));
    assert_eq!(seen(&ours.scope).await, [first], "the other was watched for an hour");
    let cleared = writing!(world, |tx| watch::clear(tx, &ours.scope, ours.owner, first).await).unwrap();
    assert!(cleared && seen(&ours.scope).await.is_empty());
}
