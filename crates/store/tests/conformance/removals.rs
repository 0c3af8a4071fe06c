//! Removal: what is stated, what was found, what was asked; files of evidence; and what figures are counted from.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::order::Fulfilment;
use pingxin_domain::pack::Outcome;
use pingxin_domain::removal::Verdict;
use pingxin_domain::removal::request::{RequestState, StepKind};
use pingxin_domain::review::Rating;
use pingxin_domain::{Object, ReviewId, Scope};
use pingxin_store::rating::{self, Stretch};
use pingxin_store::removal::{
    self, Finding, FindingFilter, NewRequest, NewStep, RequestFilter, Stated, WalkedTo,
};
use pingxin_store::{StoreError, evidence_file, review};

use crate::on_both;
use crate::world::{World, reading, review as incoming, writing};

on_both!(stated, findings, requests, files, counts);

async fn one(world: &World) -> ReviewId {
    let ours = &world.ours;
    world.add(&ours.scope, ours.first, &[incoming("A", "差")]).await[0]
}

async fn stated(world: &World) {
    let (ours, id) = (&world.ours, one(world).await);
    let read = async |scope: &Scope| reading!(world, |tx| removal::stated(tx, scope, id).await).unwrap();
    assert_eq!(read(&ours.scope).await, Default::default());
    for fact in [None, Some(true), Some(false)] {
        let new = Stated {
            chat_proof_id: fact.map(|_| "J-1".to_owned()),
            both_rated: fact,
            fulfilled_by: Some(Fulfilment::Amazon),
            ..Stated::default()
        };
        let new = &new;
        writing!(world, |tx| removal::state(tx, &ours.scope, id, ours.first, new).await).unwrap();
        let found = read(&ours.scope).await;
        assert_eq!((&found.stated, found.by.map(|person| person.id)), (new, Some(ours.owner)));
    }
    for scope in [&world.theirs.scope, &ours.agent(vec![ours.second])] {
        assert_eq!(read(scope).await.stated, Stated::default());
        let new = &Stated::default();
        let refused = writing!(world, |tx| removal::state(tx, scope, id, ours.first, new).await);
        assert!(scope.tenant != ours.tenant || matches!(refused, Err(StoreError::NotFound { .. })));
    }
}

async fn findings(world: &World) {
    let (ours, now) = (&world.ours, world.now());
    let ids = world
        .add(&ours.scope, ours.first, &[incoming("A", "差"), incoming("B", "差"), incoming("C", "差")])
        .await;
    let in_days = |days: i64| now.checked_add(SignedDuration::from_hours(24 * days)).unwrap();
    let finding = |review: ReviewId, verdict, deadline_at| Finding {
        review,
        shop: ours.first,
        verdict,
        ground: Some("leak_abuse_ad".into()),
        deadline_at,
    };
    let new = [
        finding(ids[0], Verdict::Eligible, Some(in_days(5))),
        finding(ids[1], Verdict::NeedsEvidence, Some(in_days(2))),
        finding(ids[2], Verdict::NotEligible, Some(in_days(1))),
    ];
    // Twice is once.
    for _ in 0..2 {
        let new = &new;
        writing!(world, |tx| removal::keep_findings(tx, &ours.scope, new).await).unwrap();
    }
    let listed = async |scope: &Scope, filter: FindingFilter| {
        let page = reading!(world, |tx| removal::list_found(tx, scope, &filter, None, 10).await).unwrap();
        let count = reading!(world, |tx| removal::count_found(tx, scope, &filter).await).unwrap();
        assert_eq!(count.value, page.rows.len() as u64);
        page.rows.into_iter().map(|found| found.review.id).collect::<Vec<_>>()
    };
    let all = FindingFilter { now: Some(now), ..FindingFilter::default() };
    assert_eq!(listed(&ours.scope, all).await, [ids[1], ids[0]], "due first");
    assert_eq!(listed(&ours.scope, FindingFilter { until: Some(in_days(3)), ..all }).await, [ids[1]]);
    assert_eq!(listed(&ours.scope, FindingFilter { now: Some(in_days(3)), ..all }).await, [ids[0]]);
    let eligible = FindingFilter { verdict: Some(Verdict::Eligible), shop: Some(ours.first), ..all };
    assert_eq!(listed(&ours.scope, eligible).await, [ids[0]]);
    assert!(listed(&world.theirs.scope, all).await.is_empty());
    assert!(listed(&ours.agent(vec![ours.second]), all).await.is_empty());
    let first = reading!(world, |tx| removal::list_found(tx, &ours.scope, &all, None, 1).await).unwrap();
    let next = first.next.as_deref();
    let rest = reading!(world, |tx| removal::list_found(tx, &ours.scope, &all, next, 1).await).unwrap();
    assert_eq!((rest.rows[0].review.id, rest.next), (ids[0], None));
    // What is asked for, and what is gone, is not there to be asked for.
    let id = ids[0];
    writing!(world, |tx| removal::set_asked(tx, &ours.scope, id, true).await).unwrap();
    assert_eq!(listed(&ours.scope, all).await, [ids[1]]);
    let again = &new;
    writing!(world, |tx| removal::keep_findings(tx, &ours.scope, again).await).unwrap();
    assert_eq!(
        listed(&ours.scope, all).await,
        [ids[1]],
        "judging anew does not forget that it was asked for"
    );
    let gone = &[ids[1]];
    writing!(world, |tx| review::set_gone(tx, &ours.scope, gone, Some(now)).await).unwrap();
    assert!(listed(&ours.scope, all).await.is_empty());
    // Only reviews with a live case are looked at again.
    let before = in_days(1);
    let outdated = async || {
        let walked = WalkedTo::instant(Timestamp::MIN);
        reading!(world, |tx| removal::outdated(tx, &ours.scope, walked, before, 10).await).unwrap()
    };
    assert!(outdated().await.is_empty());
    world.open_case(&ours.scope, ours.first, ids[2], 50).await;
    let found = outdated().await;
    let [(review, walked)] = found[..] else { panic!("{found:?}") };
    assert_eq!(review, ids[2]);
    let rest = reading!(world, |tx| removal::outdated(tx, &ours.scope, walked, before, 10).await).unwrap();
    assert!(rest.is_empty(), "a walk goes on behind what it has seen: {rest:?}");
}

async fn requests(world: &World) {
    let (ours, now, review) = (&world.ours, world.now(), one(world).await);
    let new = NewRequest {
        review,
        shop: ours.first,
        ground: "competitor",
        outcome: Outcome::Removed,
        advice: Verdict::NeedsEvidence,
        against_advice: true,
        reason: Some("客服已受理"),
        platform_case_id: None,
        filed_at: now,
        text: Some("申诉"),
    };
    let new = &new;
    let id = writing!(world, |tx| removal::create(tx, &ours.scope, new).await).unwrap();
    for (kind, state) in
        [(StepKind::Refused, RequestState::Refused), (StepKind::Appealed, RequestState::Appealed)]
    {
        let step = &NewStep { kind, state, at: now, text: Some("x"), platform_case_id: Some("T-9") };
        writing!(world, |tx| removal::add_step(tx, &ours.scope, id, step).await).unwrap();
    }
    let steps = reading!(world, |tx| removal::steps(tx, &ours.scope, id).await).unwrap();
    assert_eq!(
        steps.iter().map(|step| (step.seq, step.kind)).collect::<Vec<_>>(),
        [(1, StepKind::Filed), (2, StepKind::Refused), (3, StepKind::Appealed)]
    );
    let listed = async |scope: &Scope, filter: &RequestFilter| {
        reading!(world, |tx| removal::list(tx, scope, filter, None, 10).await).unwrap().0.rows
    };
    let all = RequestFilter::default();
    let found = listed(&ours.scope, &all).await.remove(0);
    assert_eq!((found.state, found.summary.as_str()), (RequestState::Appealed, "差"));
    assert_eq!((found.answered_at, found.platform_case_id.as_deref()), (Some(now), Some("T-9")));
    assert!(found.against_advice && found.reason.as_deref() == Some("客服已受理"));
    for (filter, many) in [
        (RequestFilter { states: vec![RequestState::Filed], ..all.clone() }, 0),
        (RequestFilter { ground: Some("competitor".into()), review: Some(review), ..all.clone() }, 1),
        (RequestFilter { from: Some(now), to: Some(now), ..all.clone() }, 0),
    ] {
        assert_eq!(listed(&ours.scope, &filter).await.len(), many, "{filter:?}");
    }
    for scope in [&world.theirs.scope, &ours.agent(vec![ours.second])] {
        assert!(listed(scope, &all).await.is_empty());
        assert!(reading!(world, |tx| removal::steps(tx, scope, id).await).unwrap().is_empty());
        let locked = writing!(world, |tx| removal::lock(tx, scope, id).await);
        assert!(matches!(locked, Err(StoreError::NotFound { .. })));
    }
    for script in ["UPDATE removal_steps SET text = 'x'", "DELETE FROM removal_steps"] {
        let error = world.database.raw(script).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
    let tally = reading!(world, |tx| removal::tally(tx, &ours.scope, Some(ours.first), now).await).unwrap();
    assert_eq!(tally, [("competitor".to_owned(), RequestState::Appealed, true, now)]);
}

async fn files(world: &World) {
    let (ours, review) = (&world.ours, one(world).await);
    let bytes = b"\x89PNG a chat".as_slice();
    let add = |scope: Scope| async move {
        let scope = &scope;
        writing!(world, |tx| evidence_file::add(tx, scope, review, ours.first, "聊天.png", bytes).await)
    };
    let id = add(ours.scope.clone()).await.unwrap();
    assert!(matches!(add(ours.agent(vec![ours.second])).await, Err(StoreError::NotFound { .. })));
    let listed = reading!(world, |tx| evidence_file::list(tx, &ours.scope, review).await).unwrap();
    assert_eq!((listed.len(), listed[0].size), (1, bytes.len() as u64));
    let (file, whole) = reading!(world, |tx| evidence_file::get(tx, &ours.scope, id).await).unwrap().unwrap();
    assert_eq!((&file, whole.as_slice()), (&listed[0], bytes));
    let kept = world.database.raw_texts("SELECT CAST(count(*) AS TEXT) FROM evidence_files").await.unwrap();
    assert_eq!(kept, ["1"]);
    for scope in [&world.theirs.scope, &ours.agent(vec![ours.second])] {
        assert!(reading!(world, |tx| evidence_file::get(tx, scope, id).await).unwrap().is_none());
        let refused = writing!(world, |tx| evidence_file::delete(tx, scope, id).await);
        assert!(matches!(refused, Err(StoreError::NotFound { .. })));
    }
    writing!(world, |tx| evidence_file::delete(tx, &ours.scope, id).await).unwrap();
    assert!(reading!(world, |tx| evidence_file::list(tx, &ours.scope, review).await).unwrap().is_empty());
}

/// Counts are exact to the instant, though an index counts them.
async fn counts(world: &World) {
    let (ours, now) = (&world.ours, world.now());
    let at = |seconds: i64, micros: i64| {
        let back = SignedDuration::from_secs(seconds) - SignedDuration::from_micros(micros);
        Some(now.checked_sub(back).unwrap())
    };
    let rated = |key: &str, stars: u8, created| pingxin_domain::intake::IncomingReview {
        rating: Rating::try_from(stars).ok(),
        created,
        ..incoming(key, "x")
    };
    let day = 86_400;
    let mut rows = vec![
        rated("on the edge", 1, at(30 * day, 0)),
        rated("a microsecond later", 1, at(30 * day, 1)),
        rated("now", 5, at(0, 0)),
        rated("old", 3, at(400 * day, 0)),
    ];
    // Many on one millisecond stand apart.
    rows.extend((0..40).map(|number| rated(&format!("crowd {number}"), 4, at(30 * day, 0))));
    let ids = world.add(&ours.scope, ours.first, &rows).await;
    let count = async |days: Option<i64>| {
        let after = days.map(|days| at(days * day, 0).unwrap());
        let stretch = Stretch { after, until: now };
        let found = reading!(world, |tx| rating::counts(tx, &ours.scope, ours.first, stretch).await).unwrap();
        let mut sums = [0; 6];
        for count in found.iter().filter(|count| !count.is_gone) {
            assert_eq!(count.object, Object::Review);
            sums[usize::from(count.rating.unwrap().stars())] += count.many;
        }
        sums
    };
    assert_eq!(count(Some(30)).await, [0, 1, 0, 0, 0, 1]);
    assert_eq!(count(Some(31)).await, [0, 2, 0, 0, 40, 1]);
    assert_eq!(count(None).await, [0, 2, 0, 1, 40, 1]);
    let after = at(365 * day, 0).unwrap();
    let bad = reading!(world, |tx| rating::bad_since(tx, &ours.scope, ours.first, after, 10).await).unwrap();
    // Within a millisecond there is no order.
    let mut found: Vec<ReviewId> = bad.iter().map(|bad| bad.review).collect();
    found.sort_unstable();
    let mut wanted = [ids[0], ids[1]];
    wanted.sort_unstable();
    assert_eq!(found, wanted);
    // What is gone or struck counts nowhere.
    let gone = &ids[..1];
    writing!(world, |tx| review::set_gone(tx, &ours.scope, gone, Some(now)).await).unwrap();
    let new = &NewRequest {
        review: ids[1],
        shop: ours.first,
        ground: "fba_delivery_only",
        outcome: Outcome::Struck,
        advice: Verdict::Eligible,
        against_advice: false,
        reason: None,
        platform_case_id: None,
        filed_at: now,
        text: None,
    };
    let id = writing!(world, |tx| removal::create(tx, &ours.scope, new).await).unwrap();
    assert_eq!(count(Some(31)).await, [0, 1, 0, 0, 40, 1]);
    let step = &NewStep {
        kind: StepKind::Granted,
        state: RequestState::Granted,
        at: now,
        text: None,
        platform_case_id: None,
    };
    writing!(world, |tx| removal::add_step(tx, &ours.scope, id, step).await).unwrap();
    assert_eq!(count(Some(31)).await, [0, 0, 0, 0, 40, 1]);
    let bad = reading!(world, |tx| rating::bad_since(tx, &ours.scope, ours.first, after, 10).await).unwrap();
    assert!(bad.is_empty());
    let other = &ours.agent(vec![ours.second]);
    let stretch = Stretch { after: None, until: now };
    let refused = reading!(world, |tx| rating::counts(tx, other, ours.first, stretch).await);
    assert!(matches!(refused, Err(StoreError::NotFound { .. })));
}
