//! Cases without a review: they are opened once, found by every filter that fits them, and counted nowhere as reviews.

use pingxin_domain::aftersales::Request;
use pingxin_domain::case::{CameBy, CaseKind, CaseState, DisputeKind, Matter};
use pingxin_domain::review::Rating;
use pingxin_domain::{CaseId, Currency, Money, Scope};
use pingxin_language::{Cause, Fault};
use pingxin_store::case::{self, CaseFilter, CaseMatter, MatterOpen, Owner, Sort};
use pingxin_store::review::{self, ReviewFilter};
use pingxin_store::{Around, StoreError, doctor};

use crate::on_both;
use crate::world::{World, reading, review as plain, writing};

on_both!(a_dispute_is_opened_read_and_planned, filters_find_them_and_reviews_do_not_count_them);

fn of<'a>(world: &World, kind: CaseKind, order: &'a str, matter: &'a Matter) -> MatterOpen<'a> {
    MatterOpen {
        kind,
        shop: world.ours.first,
        order_number: Some(order),
        buyer: None,
        cause: Some(Cause::Logistics),
        severity: 70,
        matter,
        after_sale: None,
        request_key: None,
    }
}

async fn found(world: &World, scope: &Scope, filter: &CaseFilter) -> Vec<CaseId> {
    let mut all = Vec::new();
    for sort in Sort::ALL {
        let page = reading!(world, |tx| case::list(tx, scope, filter, sort, None, 50).await).unwrap();
        let mut ids: Vec<CaseId> = page.rows.iter().map(|row| row.id).collect();
        ids.sort();
        let count = reading!(world, |tx| case::count(tx, scope, filter).await).unwrap();
        assert_eq!(count.value as usize, ids.len(), "{sort:?} {filter:?}");
        let listed = reading!(world, |tx| case::ids(tx, scope, filter, 50).await).unwrap();
        assert_eq!(listed.len(), ids.len(), "{filter:?}");
        all = ids;
    }
    all
}

async fn a_dispute_is_opened_read_and_planned(world: &World) {
    let ours = &world.ours;
    let now = world.now();
    let later = now.checked_add(jiff::SignedDuration::from_hours(48)).unwrap();
    let matter = Matter {
        dispute: Some(DisputeKind::PlatformStepIn),
        asked: Some(Request::Refund),
        amount: Some(Money { minor: 12_900, currency: Currency::CNY }),
        asked_at: Some(now),
        came_by: Some(CameBy::Platform),
        text: "没收到货，要求退款".into(),
        due: Some(later),
        evidence_due: Some(later),
    };
    let new = &MatterOpen { request_key: Some("k1"), ..of(world, CaseKind::Dispute, "T1", &matter) };
    assert_eq!(writing!(world, |tx| case::same_matter(tx, &ours.scope, new).await).unwrap(), None);
    let opened = writing!(world, |tx| case::open_matter(tx, &ours.scope, new, now).await).unwrap();
    assert_eq!((opened.number, opened.state), (1, CaseState::Open));
    let again = writing!(world, |tx| case::open_matter(tx, &ours.scope, new, now).await);
    assert!(matches!(again, Err(StoreError::Conflict { what: "case" })), "one key is one case: {again:?}");
    let before = reading!(world, |tx| case::of_request_key(tx, &ours.scope, "k1").await).unwrap();
    assert_eq!(before.map(|case| case.id), Some(opened.id));
    let taken = reading!(world, |tx| case::same_matter(tx, &ours.scope, new).await).unwrap();
    assert_eq!(taken.map(|case| case.id), Some(opened.id));
    let other_kind = &of(world, CaseKind::AfterSale, "T1", &matter);
    assert_eq!(reading!(world, |tx| case::same_matter(tx, &ours.scope, other_kind).await).unwrap(), None);

    let detail = reading!(world, |tx| case::get(tx, &ours.scope, opened.id).await).unwrap().unwrap();
    assert_eq!((detail.row.kind, detail.row.severity), (CaseKind::Dispute, 70));
    assert!(detail.row.review.is_none());
    let stored =
        CaseMatter { order_number: Some("T1".into()), matter: matter.clone(), ..CaseMatter::default() };
    assert_eq!(detail.row.matter, Some(stored));
    assert_eq!(detail.events[0].body["kind"], "dispute");
    let known = reading!(world, |tx| case::known(tx, &ours.scope, &[opened.id]).await).unwrap();
    assert_eq!((known[0].kind, &known[0].matter, known[0].object), (CaseKind::Dispute, &matter, None));
    for scope in [&world.theirs.scope, &ours.agent(vec![ours.second])] {
        assert!(reading!(world, |tx| case::get(tx, scope, opened.id).await).unwrap().is_none());
        assert_eq!(reading!(world, |tx| case::of_request_key(tx, scope, "k1").await).unwrap(), None);
        assert_eq!(reading!(world, |tx| case::same_matter(tx, scope, new).await).unwrap(), None);
        let refused = writing!(world, |tx| case::open_matter(tx, scope, new, now).await);
        assert!(matches!(refused, Err(StoreError::NotFound { what: "shop" })), "{refused:?}");
    }
    assert_eq!(reading!(world, |tx| doctor::checks(tx, &ours.scope).await).unwrap(), []);
}

async fn filters_find_them_and_reviews_do_not_count_them(world: &World) {
    let ours = &world.ours;
    let scope = &ours.scope;
    let one_star =
        pingxin_domain::intake::IncomingReview { rating: Rating::try_from(1).ok(), ..plain("R1", "坏了") };
    let reviewed = world.add(scope, ours.first, &[one_star]).await[0];
    let bad = world.open_case(scope, ours.first, reviewed, 82).await.id;
    let matter = Matter { text: "一直没人理".into(), ..Matter::default() };
    let new = &of(world, CaseKind::Complaint, "T9", &matter);
    let now = world.now();
    let complaint = writing!(world, |tx| case::open_matter(tx, scope, new, now).await).unwrap().id;
    let all = CaseFilter::default;
    let mut both = vec![bad, complaint];
    both.sort();
    assert_eq!(found(world, scope, &all()).await, both);
    for (filter, expected) in [
        (CaseFilter { kinds: vec![CaseKind::Complaint, CaseKind::Dispute], ..all() }, vec![complaint]),
        (CaseFilter { kinds: vec![CaseKind::Review], ..all() }, vec![bad]),
        (CaseFilter { kinds: vec![CaseKind::Prevention], ..all() }, vec![]),
        (CaseFilter { shops: vec![ours.first], ..all() }, both.clone()),
        (CaseFilter { shops: vec![ours.second], ..all() }, vec![]),
        (CaseFilter { order_number: Some("T9".into()), ..all() }, vec![complaint]),
        (CaseFilter { causes: vec![Cause::Logistics], ..all() }, both.clone()),
        (CaseFilter { causes: vec![Cause::Quality], ..all() }, vec![bad]),
        (CaseFilter { faults: vec![Fault::Carrier], ..all() }, vec![]),
        (CaseFilter { severity_min: Some(75), ..all() }, vec![bad]),
        (CaseFilter { states: vec![CaseState::Open], ..all() }, both.clone()),
        (CaseFilter { handlers: vec![Owner::None], ..all() }, both.clone()),
        (CaseFilter { ratings: Rating::try_from(1).into_iter().collect(), ..all() }, vec![bad]),
        (CaseFilter { to: Some(jiff::Timestamp::MAX), ..all() }, vec![bad]),
        (CaseFilter { query: Some("坏了".into()), ..all() }, vec![bad]),
    ] {
        assert_eq!(found(world, scope, &filter).await, expected, "{filter:?}");
    }
    for filter in [
        ReviewFilter::default(),
        ReviewFilter { states: vec![CaseState::Open], ..Default::default() },
        ReviewFilter { handlers: vec![Owner::None], ..Default::default() },
        ReviewFilter { has_case: Some(true), ..Default::default() },
    ] {
        let filter = &filter;
        let count = reading!(world, |tx| review::count(tx, scope, filter).await).unwrap();
        assert_eq!(count.value, 1, "a complaint is no review: {filter:?}");
    }
    let around = reading!(world, |tx| case::around(tx, scope, Around::Numbers(&["T9"]), 9).await).unwrap();
    assert_eq!(around.iter().map(|row| row.id).collect::<Vec<_>>(), [complaint]);
    let words = around[0].words();
    assert_eq!((words, around[0].order_number()), ("一直没人理", Some("T9")));
    let mergeable = reading!(world, |tx| case::mergeable(tx, scope, &[complaint]).await).unwrap();
    assert_eq!(mergeable[0].order.as_deref(), Some("T9"));
    assert_eq!(reading!(world, |tx| doctor::checks(tx, scope).await).unwrap(), []);
}
