//! Held texts, false alarms, rules of a shop, checked chats: they come back as they went in, sealed, and to nobody else.

use pingxin_domain::chat::ChatSide;
use pingxin_domain::guard::{By, Channel, Finding, Guard, HoldKind, HoldState, Rule, Severity};
use pingxin_domain::intake::{IncomingChatMessage, IncomingRecord, RecordKind};
use pingxin_domain::{Actor, CaseId, RecordId, Role, Scope, ShopId};
use pingxin_store::chat_check::{self, CheckFilter, NewCheck};
use pingxin_store::guard_alarm::{self, Alarm};
use pingxin_store::hold::{self, HeldBody, HoldFilter, NewHold};
use pingxin_store::record::{self, RecordWrite};
use pingxin_store::{StoreError, guard_rule};

use crate::on_both;
use crate::records::instant;
use crate::world::{World, reading, review, writing};

on_both!(texts_wait_and_are_decided_once, alarms_are_kept, rules_of_a_shop, chats_are_reported);

/// What the guard says of an offence.
pub fn findings() -> Vec<Finding> {
    let draft = pingxin_domain::guard::Draft::of_text("您把差评删掉，我马上给您退全款。");
    Guard::detectors().check(&draft).findings
}

pub fn body(text: &str) -> HeldBody {
    HeldBody { channel: Some(Channel::Sms), ..HeldBody::of_text(text) }
}

async fn case(world: &World, shop: ShopId, key: &str) -> CaseId {
    let scope = &world.ours.scope;
    let review = world.add(scope, shop, &[review(key, "差")]).await[0];
    world.open_case(scope, shop, review, 50).await.id
}

async fn texts_wait_and_are_decided_once(world: &World) {
    let ours = &world.ours;
    let (findings, body) = (&findings(), &body("给买家补偿，顺便提一下评价"));
    let mut ids = Vec::new();
    for (shop, key) in [(ours.first, "A"), (ours.second, "B")] {
        let case = Some(case(world, shop, key).await);
        let new = &NewHold { shop, kind: HoldKind::Note, case, buyer: None, task: None, body, findings };
        ids.push(writing!(world, |tx| hold::create(tx, &ours.scope, new).await).unwrap());
    }
    let listed = async |scope: &Scope, filter: HoldFilter| {
        let (page, count) = reading!(world, |tx| hold::list(tx, scope, &filter, None, 10).await).unwrap();
        assert_eq!(count.value, page.rows.len() as u64);
        page.rows.into_iter().map(|hold| hold.id).collect::<Vec<_>>()
    };
    let all = HoldFilter::default();
    assert_eq!(listed(&ours.scope, all).await, [ids[1], ids[0]], "the newest first");
    assert_eq!(listed(&ours.agent(vec![ours.second]), all).await, [ids[1]]);
    assert!(listed(&world.theirs.scope, all).await.is_empty());
    let department = Scope { role: Role::Department, actor: Actor::System, ..ours.scope.clone() };
    assert!(listed(&department, all).await.is_empty(), "it wrote none");
    let first = reading!(world, |tx| hold::list(tx, &ours.scope, &all, None, 1).await).unwrap().0;
    let after = first.next.as_deref();
    let rest = reading!(world, |tx| hold::list(tx, &ours.scope, &all, after, 1).await).unwrap().0;
    assert_eq!((rest.rows[0].id, rest.next), (ids[0], None));
    let id = ids[0];
    let found = reading!(world, |tx| hold::get(tx, &ours.scope, id).await).unwrap().unwrap();
    assert_eq!((&found.body, &found.findings, found.state), (body, findings, HoldState::Waiting));
    assert_eq!(found.author.map(|author| author.id), Some(ours.owner));
    for scope in [&world.theirs.scope, &ours.agent(vec![ours.second])] {
        let locked = writing!(world, |tx| hold::lock(tx, scope, id).await);
        assert!(matches!(locked, Err(StoreError::NotFound { what: "hold" })));
    }
    let decide = async || {
        writing!(world, |tx| hold::decide(tx, &ours.scope, id, HoldState::Refused, "评价别提", false).await)
    };
    decide().await.unwrap();
    assert!(matches!(decide().await, Err(StoreError::Conflict { what: "hold" })));
    let found = reading!(world, |tx| hold::get(tx, &ours.scope, id).await).unwrap().unwrap();
    assert_eq!((found.state, found.reason.as_deref()), (HoldState::Refused, Some("评价别提")));
    let waiting = HoldFilter { state: Some(HoldState::Waiting), ..all };
    assert_eq!(listed(&ours.scope, waiting).await, [ids[1]]);
    let raw = world.database.raw_texts("SELECT findings FROM guard_holds").await.unwrap().join("\n");
    assert!(raw.contains("G01") && !raw.contains("顺便"), "{raw}");
}

async fn alarms_are_kept(world: &World) {
    let ours = &world.ours;
    let alarm = &Alarm {
        shop: Some(ours.first),
        platform: Some(pingxin_domain::Platform::Taobao),
        channel: Some(Channel::Note),
        object: None,
        stage: None,
        severity: Severity::Hold,
        rules: vec![Rule::from_code("G06").unwrap(), Rule::from_code("G14").unwrap()],
        text: "给买家补偿，顺便提一下评价".into(),
    };
    writing!(world, |tx| guard_alarm::add(tx, &ours.scope, alarm).await).unwrap();
    let foreign = writing!(world, |tx| guard_alarm::add(tx, &world.theirs.scope, alarm).await);
    assert!(foreign.is_err(), "another's shop");
    let listed = async |scope: &Scope| {
        let found = reading!(world, |tx| guard_alarm::list(tx, scope).await).unwrap();
        found.into_iter().map(|(alarm, _)| alarm).collect::<Vec<_>>()
    };
    assert_eq!(listed(&ours.scope).await, std::slice::from_ref(alarm));
    assert!(listed(&ours.agent(vec![ours.second])).await.is_empty());
    assert!(listed(&world.theirs.scope).await.is_empty());
}

async fn rules_of_a_shop(world: &World) {
    let ours = &world.ours;
    let rule = Rule::from_code("G14").unwrap();
    let put = async |severity, on| {
        writing!(world, |tx| guard_rule::put(tx, &ours.scope, ours.first, rule, severity, on).await).unwrap();
        reading!(world, |tx| guard_rule::list(tx, &ours.scope, ours.first).await).unwrap()
    };
    let set = put(Some(Severity::Block), false).await;
    assert_eq!((set.len(), set[0].severity, set[0].switched_on), (1, Some(Severity::Block), false));
    assert_eq!(put(None, true).await[0].severity, None, "written over");
    assert!(put(None, false).await.is_empty(), "nothing of its own is forgotten");
    let agent = &ours.agent(vec![ours.second]);
    let outside = reading!(world, |tx| guard_rule::list(tx, agent, ours.first).await);
    assert!(matches!(outside, Err(StoreError::NotFound { what: "shop" })));
}

async fn chats_are_reported(world: &World) {
    let ours = &world.ours;
    let said = |second: u32, speaker: &str| {
        IncomingRecord::Chat(IncomingChatMessage {
            order_number: Some("A-1".into()),
            buyer_nick: None,
            side: Some(ChatSide::Seller),
            speaker: Some(speaker.into()),
            at: instant(&format!("2026-10-05T02:00:{second:02}Z")),
            text: "您把差评删掉，我马上给您退全款。".into(),
            ordinal: second,
        })
    };
    let records = [said(0, "店:小美"), said(1, "店:小美"), said(2, "店:阿强")];
    let writes: Vec<RecordWrite> = records
        .into_iter()
        .map(|record| crate::records::written(record, true, pingxin_store::identifier::fresh()))
        .collect();
    let writes = writes.as_slice();
    writing!(world, |tx| record::save_many(tx, &ours.scope, ours.first, RecordKind::Chat, None, writes)
        .await)
    .unwrap();
    let found = findings();
    let checks: Vec<NewCheck<'_>> = writes
        .iter()
        .enumerate()
        .map(|(at, write)| NewCheck {
            message: write.id,
            at: instant(&format!("2026-10-05T02:00:{at:02}Z")),
            day: "2026-10-05".parse().unwrap(),
            agent: if at == 2 { "店:阿强" } else { "店:小美" },
            worst: (at == 1).then_some(Severity::Block),
            findings: if at == 1 { &found } else { &[] },
        })
        .collect();
    let checks = checks.as_slice();
    let save = async || {
        writing!(world, |tx| chat_check::save_many(tx, &ours.scope, ours.first, checks).await).unwrap();
    };
    save().await;
    save().await;
    let report = async |scope: &Scope, filter: CheckFilter| {
        let filter = &filter;
        let days = reading!(world, |tx| chat_check::report(tx, scope, filter).await).unwrap();
        days.into_iter().map(|day| (day.agent, day.messages, day.blocked)).collect::<Vec<_>>()
    };
    let all = CheckFilter::default();
    assert_eq!(
        report(&ours.scope, all.clone()).await,
        [("店:小美".to_owned(), 2, 1), ("店:阿强".to_owned(), 1, 0)]
    );
    let narrow = CheckFilter {
        shop: Some(ours.first),
        from: "2026-10-05".parse().ok(),
        to: "2026-10-05".parse().ok(),
        agent: Some("店:阿强".into()),
    };
    assert_eq!(report(&ours.scope, narrow).await, [("店:阿强".to_owned(), 1, 0)]);
    assert!(
        report(&ours.scope, CheckFilter { from: "2026-10-06".parse().ok(), ..all.clone() }).await.is_empty()
    );
    assert!(report(&ours.agent(vec![ours.second]), all.clone()).await.is_empty());
    let all = &all;
    let wrong = reading!(world, |tx| chat_check::list(tx, &ours.scope, all, None, 10).await).unwrap();
    assert_eq!((wrong.rows.len(), wrong.rows[0].id, wrong.rows[0].worst), (1, writes[1].id, Severity::Block));
    assert!(wrong.rows[0].findings.iter().all(|finding| finding.by == By::Detector));
    let id: RecordId = writes[0].id;
    let turns =
        reading!(world, |tx| chat_check::conversation_of(tx, &ours.scope, id).await).unwrap().unwrap();
    let marked: Vec<bool> = turns.iter().map(|(_, findings)| !findings.is_empty()).collect();
    assert_eq!(marked, [false, true, false]);
    let foreign = reading!(world, |tx| chat_check::conversation_of(tx, &world.theirs.scope, id).await);
    assert!(foreign.unwrap().is_none());
}
