//! Cases: numbered, evented, versioned, listed.

use jiff::SignedDuration;
use pingxin_domain::case::{Acting, CaseState, Life, Outcome};
use pingxin_domain::intake::IncomingReview;
use pingxin_domain::review::Rating;
use pingxin_domain::triage::CaseReason;
use pingxin_domain::{CaseId, ReviewId};
use pingxin_language::{Cause, Fault};
use pingxin_store::case::{self, CaseFilter, CaseHead, CaseOpen, CaseRevised, EventKind, Owner, Sort};
use pingxin_store::identifier::fresh;
use pingxin_store::{StoreError, review, shop, summary};

use crate::on_both;
use crate::world::{World, reading, review as plain, writing};

on_both!(life_of_a_case, scope_and_conflict, lists, related);

async fn life_of_a_case(world: &World) {
    let ours = &world.ours;
    let one_star = IncomingReview { rating: Rating::try_from(1).ok(), ..plain("R1", "坏了") };
    let review = world.add(&ours.scope, ours.first, &[one_star]).await[0];
    let opened = world.open_case(&ours.scope, ours.first, review, 82).await;
    assert_eq!((opened.number, opened.state), (1, CaseState::Open));
    let known =
        reading!(world, |tx| review::find_by_identities(tx, &ours.scope, ours.first, &["p:R1"]).await);
    assert_eq!(known.unwrap()["p:R1"].case, Some((opened.id, Life::NEW)));
    let id = opened.id;
    let head = writing!(world, |tx| case::lock_for_change(tx, &ours.scope, id).await).unwrap();
    assert_eq!((head.version, head.review, head.shop), (1, Some(review), ours.first));
    world.database.clock().advance(SignedDuration::from_mins(5));
    let now = world.now();
    let taken = head.life.take(ours.owner, false).unwrap();
    let version = writing!(world, |tx| {
        let version = case::set_life(tx, &ours.scope, &head, taken, None, now).await?;
        let body = serde_json::json!({"to": "me"});
        case::add_event(tx, &ours.scope, id, EventKind::Assigned, &body, now).await?;
        Ok(version)
    })
    .unwrap();
    assert_eq!(version, 2);
    // A colleague who read version 1 is told to read again.
    let late = writing!(world, |tx| case::set_life(tx, &ours.scope, &head, taken, None, now).await);
    assert!(matches!(late, Err(StoreError::Conflict { what: "case version" })), "{late:?}");
    let note = serde_json::json!({"text": "已致电，买家同意补发 \"新\" 的"});
    let note_body = &note;
    let seq =
        writing!(world, |tx| case::add_event(tx, &ours.scope, id, EventKind::Note, note_body, now).await);
    assert_eq!(seq.unwrap(), 3);
    let detail = reading!(world, |tx| case::get(tx, &ours.scope, id).await).unwrap().unwrap();
    assert_eq!(detail.row.state, CaseState::InProgress);
    assert_eq!(detail.row.owner.as_ref().map(|owner| owner.name.as_str()), Some("老板"));
    assert_eq!((detail.row.updated_at, detail.row.reason), (now, CaseReason::LowStars));
    assert_eq!(detail.row.review.and_then(|review| review.case).map(|found| found.number), Some(1));
    let kinds: Vec<_> = detail.events.iter().map(|event| (event.seq, event.kind)).collect();
    assert_eq!(kinds, [(1, EventKind::Opened), (2, EventKind::Assigned), (3, EventKind::Note)]);
    assert_eq!(detail.events[0].actor, None, "the system opened it");
    assert_eq!(detail.events[0].body["reason"], "low_stars");
    assert_eq!(detail.events[2].body, note);
    // Solved, and then the buyer writes again.
    let head = CaseHead { version: detail.row.version, ..head };
    let solved = taken.end(Outcome::Kept, Acting::DESK).unwrap();
    writing!(world, |tx| case::set_life(tx, &ours.scope, &head, solved, None, now).await).unwrap();
    let ended = reading!(world, |tx| case::get(tx, &ours.scope, id).await).unwrap().unwrap().row;
    assert_eq!((ended.state, ended.outcome), (CaseState::Solved, Some(Outcome::Kept)));
    assert_eq!((ended.closed_at, ended.due_at, ended.next), (Some(now), None, Default::default()));
    let counts = reading!(world, |tx| summary::read(tx, &ours.scope).await).unwrap();
    assert_eq!((counts.open_cases.value, counts.urgent_cases.value, counts.reviews.value), (0, 0, 1));
    let revised = &[CaseRevised {
        id,
        life: solved.review_changed(),
        reason: None,
        reopens: true,
        revision: 2,
        at: now,
    }];
    writing!(world, |tx| case::review_changed_many(tx, &ours.scope, revised).await).unwrap();
    let detail = reading!(world, |tx| case::get(tx, &ours.scope, id).await).unwrap().unwrap();
    assert_eq!((detail.row.state, detail.row.severity), (CaseState::InProgress, 90), "as its review");
    assert_eq!((detail.row.outcome, detail.row.closed_at), (None, None));
    assert_eq!((detail.row.primary_cause, detail.row.fault), (Some(Cause::Quality), Some(Fault::Seller)));
    assert_eq!(detail.row.reason, CaseReason::LowStars, "the reason stays");
    assert_eq!(detail.events.last().unwrap().body["revision"], 2);
    let counts = reading!(world, |tx| summary::read(tx, &ours.scope).await).unwrap();
    assert_eq!((counts.open_cases.value, counts.urgent_cases.value, counts.imports_running), (1, 1, 0));
    let shops = reading!(world, |tx| shop::list_with_counts(tx, &ours.scope).await).unwrap();
    assert_eq!(shops[0].open_cases.value, 1);
}

async fn scope_and_conflict(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs);
    let mine = world.add(&ours.scope, ours.second, &[plain("R1", "坏了")]).await[0];
    let foreign = world.add(&theirs.scope, theirs.first, &[plain("R1", "坏了")]).await[0];
    let my_case = world.open_case(&ours.scope, ours.second, mine, 50).await;
    let their_case = world.open_case(&theirs.scope, theirs.first, foreign, 50).await;
    assert_eq!((my_case.number, their_case.number), (1, 1), "numbers are the merchant's own");
    let agent = &ours.agent(vec![ours.first]);
    let all = &CaseFilter::default();
    let now = world.now();
    for (scope, id) in [(&theirs.scope, my_case.id), (agent, my_case.id), (&ours.scope, their_case.id)] {
        assert!(reading!(world, |tx| case::get(tx, scope, id).await).unwrap().is_none());
        let locked = writing!(world, |tx| case::lock_for_change(tx, scope, id).await);
        assert!(matches!(locked, Err(StoreError::NotFound { what: "case" })));
        let taken = Life::plain(CaseState::InProgress, None);
        let head = CaseHead {
            id,
            shop: ours.second,
            review: Some(mine),
            number: 1,
            life: Life::NEW,
            merged_into: None,
            version: 1,
        };
        let changed = writing!(world, |tx| case::set_life(tx, scope, &head, taken, None, now).await);
        assert!(matches!(changed, Err(StoreError::Conflict { .. })));
        let body = &serde_json::json!({});
        let noted = writing!(world, |tx| case::add_event(tx, scope, id, EventKind::Note, body, now).await);
        assert!(matches!(noted, Err(StoreError::NotFound { what: "case" })));
    }
    let count = reading!(world, |tx| case::count(tx, agent, all).await).unwrap();
    assert_eq!(count.value, 0);
    let again = &[CaseOpen {
        id: fresh(),
        shop: ours.second,
        review: mine,
        reason: CaseReason::NegativeText,
        severity: 1,
        opened_at: now,
    }];
    let twice = writing!(world, |tx| case::open_many(tx, &ours.scope, again).await);
    assert!(matches!(twice, Err(StoreError::Conflict { what: "case" })), "{twice:?}");
    // The failed transaction took no number.
    let next = world.add(&ours.scope, ours.first, &[plain("R2", "坏了")]).await[0];
    assert_eq!(world.open_case(&ours.scope, ours.first, next, 50).await.number, 2);
}

async fn lists(world: &World) {
    let ours = &world.ours;
    let rows: Vec<_> = (0..12).map(|at| plain(&format!("R{at}"), &format!("杯子 {at}"))).collect();
    let ids = world.add(&ours.scope, ours.first, &rows).await;
    let mut cases: Vec<(CaseId, u8)> = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let severity = [10, 90, 50][at % 3];
        cases.push((world.open_case(&ours.scope, ours.first, *id, severity).await.id, severity));
    }
    let picked = |filter: CaseFilter, sort| async move {
        let (mut numbers, mut cursor) = (Vec::new(), None::<String>);
        let (filter, scope) = (&filter, &world.ours.scope);
        loop {
            let after = cursor.as_deref();
            let page = reading!(world, |tx| case::list(tx, scope, filter, sort, after, 5).await).unwrap();
            numbers.extend(page.rows.iter().map(|row| row.number));
            match page.next {
                Some(next) => cursor = Some(next),
                None => break,
            }
        }
        let count = reading!(world, |tx| case::count(tx, scope, filter).await).unwrap();
        assert_eq!(count.value as usize, numbers.len());
        numbers
    };
    let none = CaseFilter::default;
    let urgent_first = picked(none(), Sort::Severity).await;
    assert_eq!(
        urgent_first,
        [2, 5, 8, 11, 3, 6, 9, 12, 1, 4, 7, 10],
        "urgent first, then the longest waiting"
    );
    assert_eq!(picked(none(), Sort::Newest).await, (1..=12).rev().collect::<Vec<u64>>());
    assert_eq!(picked(none(), Sort::Oldest).await, (1..=12).collect::<Vec<u64>>());
    assert_eq!(picked(CaseFilter { severity_min: Some(50), ..none() }, Sort::Oldest).await.len(), 8);
    assert_eq!(picked(CaseFilter { query: Some("杯子 3".into()), ..none() }, Sort::Severity).await, [4]);
    assert!(picked(CaseFilter { query: Some("…".into()), ..none() }, Sort::Severity).await.is_empty());
    let now = world.now();
    let taken = Life::plain(CaseState::InProgress, Some(ours.owner));
    let first = cases[0].0;
    writing!(world, |tx| {
        let head = case::lock_for_change(tx, &ours.scope, first).await?;
        case::set_life(tx, &ours.scope, &head, taken, None, now).await
    })
    .unwrap();
    let mine = CaseFilter { handlers: vec![Owner::User(ours.owner)], ..none() };
    assert_eq!(picked(mine, Sort::Severity).await, [1]);
    assert_eq!(picked(CaseFilter { handlers: vec![Owner::None], ..none() }, Sort::Severity).await.len(), 11);
    let running = CaseFilter { states: vec![CaseState::InProgress], ..none() };
    assert_eq!(picked(running, Sort::Newest).await, [1]);
    let live = CaseFilter { states: vec![CaseState::Open, CaseState::InProgress], ..none() };
    assert_eq!(picked(live, Sort::Newest).await.len(), 12);
    assert_eq!(picked(CaseFilter { causes: vec![Cause::Quality], ..none() }, Sort::Newest).await.len(), 12);
    assert!(picked(CaseFilter { causes: vec![Cause::Price], ..none() }, Sort::Newest).await.is_empty());
    assert!(picked(CaseFilter { shops: vec![ours.second], ..none() }, Sort::Newest).await.is_empty());
}

async fn related(world: &World) {
    use pingxin_domain::intake::IncomingReview;
    use pingxin_store::order::{self, OrderWrite};
    let ours = &world.ours;
    let incoming = crate::world::order("A-1");
    let order_id = fresh();
    let writes = &[OrderWrite {
        id: order_id,
        is_new: true,
        order: &incoming,
        buyer: None,
        content_hash: [0; 16],
        line_hashes: vec![[0; 16]; 2],
        line: 1,
    }];
    writing!(world, |tx| order::save_many(tx, &ours.scope, ours.first, None, writes).await).unwrap();
    let rows: Vec<_> = (0..3)
        .map(|at| IncomingReview {
            order_number: (at < 2).then(|| "A-1".into()),
            ..plain(&format!("R{at}"), &"很长的话".repeat(40))
        })
        .collect();
    let ids: Vec<ReviewId> = world.add(&ours.scope, ours.first, &rows).await;
    let links = &[("A-1", order_id)];
    writing!(world, |tx| order::link_reviews(tx, &ours.scope, ours.first, links).await).unwrap();
    let mut cases = Vec::new();
    for id in ids {
        cases.push(world.open_case(&ours.scope, ours.first, id, 10).await.id);
    }
    let first = cases[0];
    let detail = reading!(world, |tx| case::get(tx, &ours.scope, first).await).unwrap().unwrap();
    assert_eq!(detail.related.iter().map(|brief| brief.id).collect::<Vec<_>>(), [cases[1]]);
    assert_eq!(detail.related[0].summary.chars().count(), 80);
    let last = cases[2];
    let detail = reading!(world, |tx| case::get(tx, &ours.scope, last).await).unwrap().unwrap();
    assert!(detail.related.is_empty());
}
