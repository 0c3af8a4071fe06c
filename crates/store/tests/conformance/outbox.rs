//! The outbox: claimed by one, handed over before the call, seen to when its worker is gone, decided by a person once.

use jiff::SignedDuration;
use pingxin_domain::outbox::{Answer, Delivery, Next, OutChannel, OutReason, OutState, TeamEvent};
use pingxin_domain::{CaseId, OutgoingId, Scope, ShopId};
use pingxin_store::outbox::{self, Claimed, NewOutgoing, OutBody, OutgoingFilter};
use pingxin_store::{StoreError, doctor, out_channel};
use serde_json::json;

use crate::on_both;
use crate::world::{World, reading, review, writing};

on_both!(life, left_behind, lists_and_keys, channels);

const LEASE: SignedDuration = SignedDuration::from_secs(60);

pub fn body() -> OutBody {
    OutBody {
        subject: "补发".into(), text: "已为您补发".into(), shown_to: None, payload: json!({"a": 1})
    }
}

pub fn message<'a>(case: CaseId, shop: ShopId, body: &'a OutBody, key: Option<&'a str>) -> NewOutgoing<'a> {
    NewOutgoing {
        shop: Some(shop),
        case: Some(case),
        channel: OutChannel::Mail,
        delivery: Delivery::Blind,
        event: None,
        body,
        released: &[],
        hold: None,
        unique_key: key,
        send_at: jiff::Timestamp::UNIX_EPOCH,
        author: None,
    }
}

async fn case(world: &World, scope: &Scope, shop: ShopId, key: &str) -> CaseId {
    let review = world.add(scope, shop, &[review(key, "差")]).await[0];
    world.open_case(scope, shop, review, 50).await.id
}

async fn add(world: &World, key: &str, delivery: Delivery) -> OutgoingId {
    let ours = &world.ours;
    let case = case(world, &ours.scope, ours.first, key).await;
    let body = &body();
    let new = &NewOutgoing { delivery, ..message(case, ours.first, body, None) };
    writing!(world, |tx| outbox::add(tx, &ours.scope, new).await).unwrap().0
}

async fn claim(world: &World, worker: &str) -> Option<Claimed> {
    outbox::claim(world.store(), worker, LEASE, &|| ()).await.unwrap()
}

async fn state(world: &World, id: OutgoingId) -> (OutState, Option<OutReason>) {
    let scope = &world.ours.scope;
    let found = reading!(world, |tx| outbox::get(tx, scope, id).await).unwrap().unwrap();
    (found.state, found.reason)
}

async fn well(world: &World) {
    let found = reading!(world, |tx| doctor::checks(tx, &world.ours.scope).await).unwrap();
    assert!(found.iter().all(|finding| !finding.check.starts_with("outbox")), "{found:?}");
}

async fn life(world: &World) {
    let id = add(world, "A", Delivery::Blind).await;
    let one = &claim(world, "a").await.expect("it is due");
    assert_eq!((one.id, one.state, one.calls, one.claims), (id, OutState::Claimed, 0, 1));
    assert_eq!(one.body.text, "已为您补发");
    assert!(claim(world, "b").await.is_none(), "taken");
    let later = world.now().checked_add(SignedDuration::from_mins(5)).unwrap();
    writing!(world, |tx| outbox::postpone(tx, one, later, OutReason::QuietHours).await).unwrap();
    assert!(claim(world, "b").await.is_none(), "not yet");
    world.database.clock().advance(SignedDuration::from_mins(5));
    let two = &claim(world, "b").await.expect("now");
    let late = writing!(world, |tx| outbox::hand(tx, one).await);
    assert!(matches!(late, Err(StoreError::Conflict { what: "outgoing" })), "the first has it no more");
    assert_eq!(writing!(world, |tx| outbox::hand(tx, two).await).unwrap().0, 1);
    assert_eq!(state(world, id).await.0, OutState::Handed);
    well(world).await;
    let wait = SignedDuration::from_secs(30);
    let said = (Answer::NotTaken, "451 later");
    writing!(world, |tx| outbox::settle(tx, two, 1, said, Next::Queue(wait)).await).unwrap();
    assert_eq!(state(world, id).await, (OutState::Queued, Some(OutReason::Later)));
    world.database.clock().advance(wait);
    let three = &claim(world, "c").await.expect("again");
    assert_eq!(three.calls, 1);
    writing!(world, |tx| outbox::hand(tx, three).await).unwrap();
    writing!(world, |tx| outbox::settle(tx, three, 2, (Answer::Taken, "250"), Next::Sent).await).unwrap();
    assert_eq!(state(world, id).await, (OutState::Sent, None));
    let calls = reading!(world, |tx| outbox::calls(tx, &world.ours.scope, id).await).unwrap();
    let results: Vec<_> = calls.iter().map(|call| call.result.as_deref()).collect();
    assert_eq!(results, [Some("sent"), Some("not_taken")]);
    well(world).await;
}

async fn left_behind(world: &World) {
    let scope = &world.ours.scope;
    let (claimed, blind, asked) = (
        add(world, "A", Delivery::Blind).await,
        add(world, "B", Delivery::Blind).await,
        add(world, "C", Delivery::Queryable).await,
    );
    // Three workers die: one before, two after they handed over.
    let _first = claim(world, "a").await.unwrap();
    for worker in ["b", "c"] {
        let one = &claim(world, worker).await.unwrap();
        writing!(world, |tx| outbox::hand(tx, one).await).unwrap();
    }
    assert!(claim(world, "d").await.is_none());
    world.database.clock().advance(LEASE);
    let mut left = Vec::new();
    while let Some(one) = claim(world, "d").await {
        left.push((one.id, one.state));
        let one = &one;
        match one.delivery {
            _ if one.state == OutState::Claimed => {
                let reason = OutReason::Guard;
                writing!(world, |tx| outbox::stop(tx, one, reason).await).unwrap();
            }
            Delivery::Blind => {
                let doubt = Some(Next::InDoubt(OutReason::ProgramEnded));
                writing!(world, |tx| outbox::found(tx, one, None, doubt).await).unwrap();
            }
            _ => writing!(world, |tx| outbox::found(tx, one, Some(true), Some(Next::Sent)).await).unwrap(),
        }
    }
    let of = |id| left.iter().find(|(left, _)| *left == id).map(|(_, state)| *state);
    assert_eq!((of(claimed), of(blind)), (Some(OutState::Claimed), Some(OutState::Handed)));
    assert_eq!(state(world, claimed).await, (OutState::Refused, Some(OutReason::Guard)));
    assert_eq!(state(world, blind).await, (OutState::InDoubt, Some(OutReason::ProgramEnded)));
    assert_eq!(state(world, asked).await, (OutState::Sent, None));
    well(world).await;
    // Nobody takes what is in doubt; a person decides once.
    world.database.clock().advance(LEASE);
    assert!(claim(world, "e").await.is_none());
    let again = OutState::Queued;
    writing!(world, |tx| outbox::decide(tx, scope, blind, again, "查过没收到").await).unwrap();
    let twice = writing!(world, |tx| outbox::decide(tx, scope, blind, again, "x").await);
    assert!(matches!(twice, Err(StoreError::Conflict { what: "outgoing" })));
    let found = reading!(world, |tx| outbox::get(tx, scope, blind).await).unwrap().unwrap();
    assert_eq!((found.why.as_deref(), found.calls), (Some("查过没收到"), 1));
    let one = &claim(world, "e").await.expect("it goes again, as a person said");
    writing!(world, |tx| outbox::hand(tx, one).await).unwrap();
    writing!(world, |tx| outbox::settle(tx, one, 2, (Answer::Taken, "250"), Next::Sent).await).unwrap();
    well(world).await;
    writing!(world, |tx| outbox::retry(tx, scope, claimed).await).unwrap();
    writing!(world, |tx| outbox::withdraw(tx, scope, claimed).await).unwrap();
    assert_eq!(state(world, claimed).await.0, OutState::Withdrawn);
    well(world).await;
}

async fn lists_and_keys(world: &World) {
    let ours = &world.ours;
    let scope = &ours.scope;
    let (one, other) =
        (case(world, scope, ours.first, "A").await, case(world, scope, ours.second, "B").await);
    let body = &body();
    let put = async |case, shop, key: Option<&str>| {
        let new = &message(case, shop, body, key);
        writing!(world, |tx| outbox::add(tx, scope, new).await).unwrap()
    };
    let (first, is_new) = put(one, ours.first, Some("k")).await;
    assert!(is_new);
    assert_eq!(put(one, ours.first, Some("k")).await, (first, false), "written once");
    let (second, _) = put(other, ours.second, None).await;
    let notice = &NewOutgoing {
        shop: None,
        case: None,
        channel: OutChannel::WeCom,
        event: Some(TeamEvent::TextWaits),
        ..message(one, ours.first, body, None)
    };
    let (third, _) = writing!(world, |tx| outbox::add(tx, scope, notice).await).unwrap();
    let listed = async |scope: &Scope, filter: OutgoingFilter| {
        let (page, count) = reading!(world, |tx| outbox::list(tx, scope, &filter, None, 10).await).unwrap();
        assert_eq!(count.value, page.rows.len() as u64);
        page.rows.into_iter().map(|found| found.id).collect::<Vec<_>>()
    };
    let all = OutgoingFilter::default();
    assert_eq!(listed(scope, all).await, [third, second, first]);
    assert_eq!(listed(scope, OutgoingFilter { is_message: true, ..all }).await, [second, first]);
    assert_eq!(listed(scope, OutgoingFilter { case: Some(one), ..all }).await, [first]);
    let agent = &ours.agent(vec![ours.second]);
    assert_eq!(listed(agent, all).await, [second], "of his shops, and no notices");
    assert!(listed(&world.theirs.scope, all).await.is_empty());
    for stranger in [agent, &world.theirs.scope] {
        let locked = writing!(world, |tx| outbox::lock(tx, stranger, first).await);
        assert!(matches!(locked, Err(StoreError::NotFound { what: "outgoing" })));
    }
    // A message that may have left keeps the others of its case back.
    let open = async |but| reading!(world, |tx| outbox::is_other_open(tx, scope, one, but).await).unwrap();
    assert!(!open(second).await);
    let claimed = &claim(world, "a").await.unwrap();
    assert_eq!(claimed.id, first);
    writing!(world, |tx| outbox::hand(tx, claimed).await).unwrap();
    assert_eq!((open(second).await, open(first).await), (true, false));
}

async fn channels(world: &World) {
    let (ours, theirs) = (&world.ours.scope, &world.theirs.scope);
    let settings = &json!({ "url": "https://erp.example" });
    let events: &[TeamEvent] = &[TeamEvent::CaseEscalated];
    let put = async |on| {
        let put = writing!(world, |tx| {
            out_channel::put(tx, ours, OutChannel::Webhook, (on, events), settings).await
        });
        put.unwrap();
    };
    put(false).await;
    put(true).await;
    let list = async |scope: &Scope| {
        reading!(world, |tx| out_channel::list::<serde_json::Value>(tx, scope).await).unwrap()
    };
    let found = list(ours).await;
    assert_eq!((found.len(), found[0].switched_on, found[0].events.as_slice()), (1, true, events));
    assert_eq!(&found[0].settings, settings);
    assert!(list(theirs).await.is_empty());
    assert!(!writing!(world, |tx| out_channel::delete(tx, theirs, OutChannel::Webhook).await).unwrap());
    assert!(writing!(world, |tx| out_channel::delete(tx, ours, OutChannel::Webhook).await).unwrap());
    assert!(list(ours).await.is_empty());
}
