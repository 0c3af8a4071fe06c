//! Tasks, days of the calendar, who is where, and what has changed.

use jiff::SignedDuration;
use pingxin_domain::calendar::{DayKind, SpecialDay};
use pingxin_domain::task::TaskState;
use pingxin_domain::{Department, Scope, ShopId};
use pingxin_store::task::{self, NewTask, TaskFilter};
use pingxin_store::{StoreError, audit, calendar_day, live, presence};
use serde_json::json;

use crate::on_both;
use crate::world::{World, reading, review, writing};

on_both!(tasks, calendar, presences, deeds);

async fn case(world: &World, shop: ShopId, key: &str) -> pingxin_domain::CaseId {
    let scope = &world.ours.scope;
    let review = world.add(scope, shop, &[review(key, "差")]).await[0];
    world.open_case(scope, shop, review, 50).await.id
}

async fn tasks(world: &World) {
    let ours = &world.ours;
    let due = world.now().checked_add(SignedDuration::from_hours(4)).unwrap();
    let mut ids = Vec::new();
    for (shop, key, department, due_at) in [
        (ours.first, "A", Department::Warehouse, None),
        (ours.first, "B", Department::Finance, Some(due)),
        (ours.second, "C", Department::Warehouse, Some(due)),
    ] {
        let case = case(world, shop, key).await;
        let new = &NewTask { case, shop, department, text: "查一下发货", due_at };
        ids.push(writing!(world, |tx| task::create(tx, &ours.scope, new).await).unwrap());
    }
    let listed = async |scope: &Scope, filter: TaskFilter| {
        let (page, count) = reading!(world, |tx| task::list(tx, scope, &filter, None, 10).await).unwrap();
        assert_eq!(count.value, page.rows.len() as u64);
        page.rows.into_iter().map(|task| task.id).collect::<Vec<_>>()
    };
    let all = TaskFilter::default();
    assert_eq!(listed(&ours.scope, all).await, [ids[1], ids[2], ids[0]], "due first, then without a limit");
    let warehouse = TaskFilter { department: Some(Department::Warehouse), ..all };
    assert_eq!(listed(&ours.scope, warehouse).await, [ids[2], ids[0]]);
    let agent = ours.agent(vec![ours.second]);
    assert_eq!(listed(&agent, all).await, [ids[2]]);
    assert!(listed(&world.theirs.scope, all).await.is_empty());
    // Page by page.
    let first = reading!(world, |tx| task::list(tx, &ours.scope, &all, None, 2).await).unwrap().0;
    let after = first.next.as_deref();
    let rest = reading!(world, |tx| task::list(tx, &ours.scope, &all, after, 2).await).unwrap().0;
    assert_eq!((first.rows.len(), rest.rows[0].id, rest.next), (2, ids[0], None));
    // Out of bounds is not there.
    for scope in [&world.theirs.scope, &agent] {
        let id = ids[0];
        let locked = writing!(world, |tx| task::lock(tx, scope, id).await);
        assert!(matches!(locked, Err(StoreError::NotFound { what: "task" })));
        assert!(reading!(world, |tx| task::get(tx, scope, id).await).unwrap().is_none());
    }
    let id = ids[0];
    let head = writing!(world, |tx| task::lock(tx, &ours.scope, id).await).unwrap();
    assert_eq!((head.department, head.state), (Department::Warehouse, TaskState::Open));
    let end =
        async || writing!(world, |tx| task::end(tx, &ours.scope, id, TaskState::Done, Some("已补发")).await);
    end().await.unwrap();
    assert!(matches!(end().await, Err(StoreError::Conflict { what: "task" })));
    let done = reading!(world, |tx| task::get(tx, &ours.scope, id).await).unwrap().unwrap();
    assert_eq!((done.state, done.answer.as_deref()), (TaskState::Done, Some("已补发")));
    assert_eq!(done.ended_by.map(|person| person.id), Some(ours.owner));
    let open = TaskFilter { state: Some(TaskState::Open), ..all };
    assert_eq!(listed(&ours.scope, open).await, [ids[1], ids[2]]);
}

async fn calendar(world: &World) {
    let (ours, theirs) = (&world.ours.scope, &world.theirs.scope);
    let day = |date: &str, kind| SpecialDay { date: date.parse().unwrap(), kind, name: "店休".into() };
    let days = &[day("2026-11-11", DayKind::Workday), day("2026-12-31", DayKind::Holiday)];
    writing!(world, |tx| {
        for day in days {
            calendar_day::put(tx, ours, day).await?;
        }
        Ok(())
    })
    .unwrap();
    let of_year = async |scope: &Scope| {
        let (from, to) = ("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap());
        reading!(world, |tx| calendar_day::list(tx, scope, from, to).await).unwrap()
    };
    assert_eq!(of_year(ours).await, days);
    assert!(of_year(theirs).await.is_empty());
    let changed = &day("2026-11-11", DayKind::Holiday);
    writing!(world, |tx| calendar_day::put(tx, ours, changed).await).unwrap();
    assert_eq!(of_year(ours).await[0].kind, DayKind::Holiday);
    let gone = async |scope: &Scope| {
        let date = days[0].date;
        writing!(world, |tx| calendar_day::delete(tx, scope, date).await)
    };
    assert!(matches!(gone(theirs).await, Err(StoreError::NotFound { .. })));
    gone(ours).await.unwrap();
    assert_eq!(of_year(ours).await.len(), 1);
}

async fn presences(world: &World) {
    let ours = &world.ours;
    let case = case(world, ours.first, "A").await;
    let there = async || {
        let now = world.now();
        reading!(world, |tx| presence::there(tx, ours.tenant, now).await).unwrap()
    };
    for typing in [false, true] {
        writing!(world, |tx| presence::put(tx, &ours.scope, case, typing).await).unwrap();
    }
    let seen = there().await;
    assert_eq!(
        (seen.len(), seen[0].name.as_str(), seen[0].typing, seen[0].shop),
        (1, "老板", true, ours.first)
    );
    for scope in [&world.theirs.scope, &ours.agent(vec![ours.second])] {
        let refused = writing!(world, |tx| presence::put(tx, scope, case, false).await);
        assert!(matches!(refused, Err(StoreError::NotFound { .. })));
    }
    world.database.clock().advance(SignedDuration::from_secs(31));
    assert!(there().await.is_empty(), "gone after half a minute");
    writing!(world, |tx| presence::put(tx, &ours.scope, case, false).await).unwrap();
    writing!(world, |tx| presence::leave(tx, &ours.scope, case).await).unwrap();
    assert!(there().await.is_empty());
    let now = world.now();
    assert_eq!(writing!(world, |tx| presence::forget_before(tx, &ours.scope, now).await).unwrap(), 0);
}

async fn deeds(world: &World) {
    let ours = &world.ours;
    let case = case(world, ours.second, "A").await.to_string();
    let before = reading!(world, |tx| live::seq(tx, ours.tenant).await).unwrap().unwrap();
    let case = case.as_str();
    writing!(world, |tx| {
        audit::append(tx, &ours.scope, "case.note", "case", case, &json!({})).await?;
        audit::append(tx, &ours.scope, "tag.create", "tag", "x", &json!({})).await
    })
    .unwrap();
    let deeds = reading!(world, |tx| live::deeds_after(tx, ours.tenant, before, 10).await).unwrap();
    assert_eq!(deeds.len(), 2);
    assert_eq!((deeds[0].action.as_str(), deeds[0].shop), ("case.note", Some(ours.second)));
    assert_eq!(deeds[1].shop, None);
    assert!(reading!(world, |tx| live::import_steps(tx, ours.tenant, &[]).await).unwrap().is_empty());
}
