//! Promises: found in messages, kept late, broken once.

use jiff::SignedDuration;
use pingxin_desk::cases::MessageRequest;
use pingxin_desk::guard::Outcome;
use pingxin_desk::import::take_rows;
use pingxin_desk::promises::{self, PromiseRequest};
use pingxin_desk::{DeskError, cases, doctor};
use pingxin_domain::guard::Channel;
use pingxin_domain::promise::PromiseState;
use pingxin_domain::{CaseId, Role};
use pingxin_store::case::{CaseFilter, EventKind, Sort};
use pingxin_store::promise::{Promise, PromiseFilter};

use crate::bench::{Bench, benches, review, review_rows};
use crate::cases::person;

async fn case(bench: &Bench) -> CaseId {
    let rows = review_rows([review("R1", 1, "开线")]);
    take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
    let found = cases::list(&bench.desk, &bench.scope, &CaseFilter::default(), Sort::Oldest, None, 5).await;
    found.unwrap().0.rows[0].id
}

async fn all(bench: &Bench, filter: PromiseFilter) -> Vec<Promise> {
    promises::list(&bench.desk, &bench.scope, &filter, None, 50).await.unwrap().0.rows
}

fn kinds(view: &cases::CaseView) -> Vec<EventKind> {
    view.detail.events.iter().map(|event| event.kind).filter(|kind| *kind != EventKind::Opened).collect()
}

#[tokio::test]
async fn what_a_message_promises_is_noted_and_broken_at_its_hour_once() {
    for bench in benches().await {
        let desk = &bench.desk;
        let id = case(&bench).await;
        let mine = person(&bench, "tang", Role::Agent).await;
        let text = "您好，配件我们半小时内给您补发。补发后单号告诉您，有问题随时找我。";
        let sent = cases::log_message(desk, &mine, id, &MessageRequest::of(Channel::PlatformMessage, text))
            .await
            .unwrap();
        assert!(matches!(sent, Outcome::Done(_)));
        let found = all(&bench, PromiseFilter::default()).await;
        let words: Vec<&str> = found.iter().map(|one| one.words.as_str()).collect();
        assert_eq!(words, ["配件我们半小时内给您补发", "补发后单号告诉您"]);
        let now = desk.store.clock().now();
        assert_eq!(found[0].due_at, Some(now + SignedDuration::from_mins(30)));
        assert_eq!(found[0].made_by.as_ref().map(|by| by.id), mine.user());
        // Nothing is broken before its hour, and then once, whatever number of workers look.
        assert_eq!(promises::break_overdue(desk, || true).await.unwrap(), 0);
        bench.database.clock().advance(SignedDuration::from_mins(31));
        let (one, other) =
            tokio::join!(promises::break_overdue(desk, || true), promises::break_overdue(desk, || true));
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        let broken = PromiseFilter { state: Some(PromiseState::Broken), ..PromiseFilter::default() };
        assert_eq!(all(&bench, broken).await[0].id, found[0].id);
        // It cannot be taken back, but kept late.
        let back = promises::withdraw(desk, &mine, found[0].id).await;
        assert!(matches!(back, Err(DeskError::Refused(_))));
        let kept = promises::keep(desk, &mine, found[0].id).await.unwrap();
        assert!(kept.state == PromiseState::Kept && kept.broken_at.is_some());
        assert!(promises::keep(desk, &mine, found[0].id).await.is_err(), "once");
        promises::withdraw(desk, &mine, found[1].id).await.unwrap();
        let story = kinds(&cases::get(desk, &mine, id).await.unwrap());
        use EventKind::{Message, PromiseBroken, PromiseKept, PromiseMade, PromiseWithdrawn};
        assert_eq!(story, [Message, PromiseMade, PromiseMade, PromiseBroken, PromiseKept, PromiseWithdrawn]);
        assert!(doctor::run(desk).await.unwrap().is_empty(), "nothing is amiss");
    }
}

#[tokio::test]
async fn a_promise_made_by_phone_is_added_and_checked() {
    for bench in benches().await {
        let desk = &bench.desk;
        let id = case(&bench).await;
        let mine = person(&bench, "tang", Role::Agent).await;
        let now = desk.store.clock().now();
        let ask = |words: &str, hours: i64| PromiseRequest {
            words: words.to_owned(),
            due_at: Some(now + SignedDuration::from_hours(hours)),
        };
        let added = promises::add(desk, &mine, id, &ask(" 明天下午打电话 17000001234 ", 24)).await.unwrap();
        assert!(!added.is_found && !added.words.contains("17000001234"), "{}", added.words);
        for refused in [ask("", 1), ask("明天回复", -1), ask(&"长".repeat(201), 1)] {
            let answer = promises::add(desk, &mine, id, &refused).await;
            assert!(matches!(answer, Err(DeskError::Refused(_))), "{refused:?}");
        }
        let bribe = promises::add(desk, &mine, id, &ask("改成好评就返现20元", 5)).await;
        assert!(bribe.is_err(), "the guard reads it");
        let read_only = person(&bench, "he", Role::ReadOnly).await;
        let not = promises::add(desk, &read_only, id, &ask("明天回复", 5)).await;
        assert!(matches!(not, Err(DeskError::Forbidden(_))));
        // Kept in time by somebody who looks before the worker does.
        bench.database.clock().advance(SignedDuration::from_hours(25));
        let kept = promises::keep(desk, &mine, added.id).await.unwrap();
        assert!(kept.broken_at.is_some(), "an hour late is late");
    }
}
