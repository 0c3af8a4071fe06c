//! Messages over the API: written, held, released by a second person, sent by a real mail server; taken back, refused, in
//! doubt; webhooks and robots.

use std::time::Duration;

use jiff::SignedDuration;
use pingxin_testkit::mail::{MailServer, Mood};
use pingxin_testkit::receiver::Receiver;
use serde_json::{Value, json};

use crate::house::{Caller, House, each_engine, on_sqlite};

const WORDS: &str = "您好，配件已安排补发，请留意查收。";
/// Of the examples of the specification.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

async fn mail(owner: &Caller<'_>, server: &MailServer) {
    let settings = json!({"switched_on": true, "events": [], "mail": {
        "host": "127.0.0.1", "port": server.port(), "security": "none", "username": null, "password": null,
        "from_address": "care@shop.example", "from_name": "官网客服",
    }});
    let set = owner.json("PUT", "/api/v1/channels/mail", settings).await.is(200).json();
    assert_eq!(
        (&set["place"], &set["has_secret"]),
        (&json!(format!("127.0.0.1:{}", server.port())), &json!(false))
    );
}

fn words(text: &str) -> Value {
    json!({"channel": "mail", "subject": "关于您的订单", "text": text})
}

/// Waits until something in the outbox has come so far.
async fn until(caller: &Caller<'_>, id: &str, state: &str) -> Value {
    for _ in 0..100 {
        let view = caller.get(&format!("/api/v1/outbox/{id}")).await.is(200).json();
        if view["outgoing"]["state"] == state {
            return view;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it never was {state}: {}", caller.get(&format!("/api/v1/outbox/{id}")).await.json());
}

fn pass_undo_window(house: &House) {
    house.clock.advance(SignedDuration::from_secs(11));
}

fn id(answer: &Value) -> String {
    answer["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_message_is_written_taken_back_and_sent_once() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        let case = house.own_shop(&scope).await;
        let (owner, agent) = (house.signed_in("owner-a").await, house.signed_in("agent-a").await);
        let (path, server) = (format!("/api/v1/cases/{case}/outbox"), MailServer::start());
        let way = agent.get(&format!("/api/v1/cases/{case}/mail-way")).await.is(200).json();
        assert!(way["barred"]["zh"].as_str().unwrap().contains("邮件服务器"), "{way}");
        agent.post(&path, words(WORDS)).await.is(409);
        mail(&owner, &server).await;
        let tried = owner.post("/api/v1/channels/mail/test", json!({})).await.is(200).json();
        assert_eq!(tried["arrived"], true, "{tried}");
        assert_eq!(server.mails()[0].to, ["care@shop.example"]);
        // What the guard blocks never gets there.
        let bribe = agent.post(&path, words(crate::operations::BLOCKED)).await.is(422).json();
        assert_eq!(bribe["code"], "blocked");
        // Taken back within the window.
        let mut keyed = words(WORDS);
        keyed["key"] = json!("draft-1");
        let first = agent.post(&path, keyed.clone()).await.is(201).json();
        assert_eq!((&first["state"], &first["to"]), (&json!("queued"), &json!("l***@example.com")));
        assert_eq!(id(&agent.post(&path, keyed).await.is(201).json()), id(&first), "written once");
        let withdraw = format!("/api/v1/outbox/{}/withdraw", id(&first));
        assert_eq!(agent.post(&withdraw, json!({})).await.is(200).json()["state"], "withdrawn");
        agent.post(&withdraw, json!({})).await.is(409);
        pass_undo_window(house);
        tokio::time::sleep(Duration::from_millis(1300)).await;
        assert_eq!(server.mails().len(), 1, "only the test");
        // Sent.
        let second = agent.post(&path, words(WORDS)).await.is(201).json();
        pass_undo_window(house);
        let sent = until(&agent, &id(&second), "sent").await;
        assert_eq!((&sent["calls"][0]["result"], &sent["outgoing"]["calls"]), (&json!("sent"), &json!(1)));
        let got = server.mails().pop().unwrap();
        assert_eq!(
            (got.from.as_str(), got.to.as_slice()),
            ("care@shop.example", &["lena@example.com".to_owned()][..])
        );
        assert!(got.text.contains(&format!("Message-ID: <{}@shop.example>", id(&second))), "{}", got.text);
        let story = agent.get(&format!("/api/v1/cases/{case}")).await.json();
        let last =
            story["events"].as_array().unwrap().iter().rfind(|event| event["kind"] == "message").cloned();
        let last = last.unwrap();
        assert_eq!((&last["body"]["text"], &last["actor"]["name"]), (&json!(WORDS), &json!("agent-a")));
        // No platform's buyer gets a mail where the platform forbids it.
        let cases = agent.get("/api/v1/cases").await.json();
        let other = cases["cases"].as_array().unwrap().iter().find(|row| row["id"] != case.as_str()).cloned();
        let other = format!("/api/v1/cases/{}/outbox", id(&other.unwrap()));
        let barred = agent.post(&other, words(WORDS)).await.is(409).json();
        assert!(barred["detail"].as_str().unwrap().contains("平台"), "{barred}");
        let audit = house.audit().await.join("\n");
        assert!(audit.contains("outbox.sent") && audit.contains("channel.set"), "{audit}");
        assert!(!audit.contains("lena") && !audit.contains("补发"), "the audit holds no words: {audit}");
        assert!(pingxin_desk::doctor::run(&house.desk).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_a_second_person_lets_pass_goes_in_the_same_breath() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        let case = house.own_shop(&scope).await;
        let (owner, agent) = (house.signed_in("owner-a").await, house.signed_in("agent-a").await);
        let supervisor = house.signed_in("supervisor-a").await;
        let server = MailServer::start();
        mail(&owner, &server).await;
        let people = owner.get("/api/v1/people").await.json();
        let person = people["people"].as_array().unwrap().iter().find(|person| person["login"] == "agent-a");
        let person = format!("/api/v1/people/{}", id(person.unwrap()));
        owner.json("PATCH", &person, json!({"reviewed": true})).await.is(204);
        let path = format!("/api/v1/cases/{case}/outbox");
        // Asked for twice under one key, and both let pass: it goes once.
        let mut keyed = words(WORDS);
        keyed["key"] = json!("draft-1");
        let held = agent.post(&path, keyed.clone()).await.is(202).json()["hold"].clone();
        let again = agent.post(&path, keyed).await.is(202).json()["hold"].clone();
        assert_eq!((&held["sending"]["channel"], &held["findings"]), (&json!("mail"), &json!([])));
        let second = agent.post(&path, words("您好，配件明天送到。")).await.is(202).json()["hold"].clone();
        agent
            .post("/api/v1/guard/holds/decide", json!({"ids": [held["id"]], "release": true, "reason": "x"}))
            .await
            .is(403);
        // Several at once; one that is over stops no other.
        let refuse = json!({"ids": [second["id"]], "release": false, "reason": "时间没把握"});
        supervisor.post("/api/v1/guard/holds/decide", refuse).await.is(200);
        let both =
            json!({"ids": [second["id"], held["id"], again["id"]], "release": true, "reason": "可以发"});
        let results =
            supervisor.post("/api/v1/guard/holds/decide", both).await.is(200).json()["results"].clone();
        assert!(results[0]["problem"]["zh"].is_string() && results[0]["hold"].is_null(), "{results}");
        assert_eq!(results[1]["hold"]["state"], "released", "{results}");
        assert_eq!(results[2]["hold"]["state"], "released", "{results}");
        let list = agent.get(&format!("/api/v1/outbox?case={case}&mine=true")).await.json();
        assert_eq!(list["count"]["value"], 1, "{list}");
        pass_undo_window(house);
        until(&agent, &id(&list["outgoing"][0]), "sent").await;
        assert_eq!(server.mails().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_not_taken_is_told_from_what_nobody_knows() {
    on_sqlite(async |house| {
        let scope = house.merchant("a").await;
        let case = house.own_shop(&scope).await;
        let (owner, agent) = (house.signed_in("owner-a").await, house.signed_in("agent-a").await);
        let (server, path) = (MailServer::start(), format!("/api/v1/cases/{case}/outbox"));
        mail(&owner, &server).await;
        server.behave(Mood::KnowsNobody);
        let first = id(&agent.post(&path, words(WORDS)).await.is(201).json());
        pass_undo_window(house);
        let refused = until(&agent, &first, "refused").await;
        assert_eq!(refused["outgoing"]["reason"], "rejected");
        assert!(refused["calls"][0]["detail"].as_str().unwrap().contains("550"), "{refused}");
        // The server keeps it and hangs up: a machine never sends it again.
        server.behave(Mood::HangsUp);
        agent.post(&format!("/api/v1/outbox/{first}/retry"), json!({})).await.is(200);
        let doubtful = until(&agent, &first, "in_doubt").await;
        assert_eq!(doubtful["outgoing"]["reason"], "no_answer");
        house.clock.advance(SignedDuration::from_hours(1));
        tokio::time::sleep(Duration::from_millis(1300)).await;
        assert_eq!(server.mails().len(), 1);
        // Nothing else of the case goes before somebody has decided.
        server.behave(Mood::Takes);
        let second = id(&agent.post(&path, words("您好，补发的单号稍后给您。")).await.is(201).json());
        pass_undo_window(house);
        tokio::time::sleep(Duration::from_millis(1300)).await;
        let waits = agent.get(&format!("/api/v1/outbox/{second}")).await.json();
        assert_eq!(
            (&waits["outgoing"]["state"], &waits["outgoing"]["reason"]),
            (&json!("queued"), &json!("other_in_doubt"))
        );
        let decide = format!("/api/v1/outbox/{first}/decide");
        agent.post(&decide, json!({"decision": "was_sent", "reason": " "})).await.is(409);
        let decided =
            agent.post(&decide, json!({"decision": "was_sent", "reason": "买家回信了"})).await.is(200).json();
        assert_eq!((&decided["state"], &decided["why"]), (&json!("sent"), &json!("买家回信了")));
        agent.post(&decide, json!({"decision": "send_again", "reason": "x"})).await.is(409);
        // By now the buyer was contacted today: the guard stops the other at the last moment.
        house.clock.advance(SignedDuration::from_mins(6));
        assert_eq!(until(&agent, &second, "refused").await["outgoing"]["reason"], "guard");
        // The next day it may go, in the hours of messages.
        house.clock.advance(SignedDuration::from_hours(4));
        let retry = format!("/api/v1/outbox/{second}/retry");
        agent.post(&retry, json!({})).await.is(200);
        tokio::time::sleep(Duration::from_millis(1300)).await;
        let waits = agent.get(&format!("/api/v1/outbox/{second}")).await.json();
        assert_eq!(waits["outgoing"]["reason"], "quiet_hours", "{waits}");
        assert_eq!(waits["outgoing"]["send_at"], "2026-11-23T01:00:00Z");
        // And not at all to a buyer who wants none by then.
        let buyers = agent.get("/api/v1/buyers").await.json();
        let lena = buyers["buyers"].as_array().unwrap().iter().find(|buyer| buyer["shop"]["name"] == "官网");
        let opt_out = format!("/api/v1/buyers/{}/opt-out", id(lena.unwrap()));
        agent.json("PUT", &opt_out, json!({"opted_out": true})).await.is(200);
        house.clock.advance(SignedDuration::from_hours(9));
        // So long nobody stays signed in.
        let agent = house.signed_in("agent-a").await;
        assert_eq!(until(&agent, &second, "refused").await["outgoing"]["reason"], "opt_out");
        assert_eq!(server.mails().len(), 1);
        assert!(pingxin_desk::doctor::run(&house.desk).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_team_is_told_by_webhook_and_robots() {
    on_sqlite(async |house| {
        let scope = house.merchant("a").await;
        let case = house.own_shop(&scope).await;
        let (owner, agent) = (house.signed_in("owner-a").await, house.signed_in("agent-a").await);
        let receiver = Receiver::start();
        let hook = |events: &[&str]| {
            json!({"switched_on": true, "events": events,
                "webhook": {"url": receiver.url("/hook"), "secret": SECRET, "delivery": "keyed"}})
        };
        owner.json("PUT", "/api/v1/channels/webhook", hook(&["text_waits", "test"])).await.is(200);
        let robot = |path: &str| {
            json!({"switched_on": true, "events": ["text_waits"], "robot": {"url": receiver.url(path), "secret": "demo"}})
        };
        receiver.answer(200, "{\"errcode\":0,\"code\":0}");
        for channel in ["dingtalk", "wecom", "feishu"] {
            owner.json("PUT", &format!("/api/v1/channels/{channel}"), robot(&format!("/{channel}"))).await.is(200);
            let tried = owner.post(&format!("/api/v1/channels/{channel}/test"), json!({})).await.is(200).json();
            assert_eq!(tried["arrived"], true, "{channel}: {tried}");
        }
        let listed = owner.get("/api/v1/channels").await.is(200).json().to_string();
        assert!(!listed.contains("MfKQ") && !listed.contains("demo"), "{listed}");
        agent.get("/api/v1/channels").await.is(403);
        let of = |path: &str| receiver.arrived().into_iter().find(|one| one.path == path).unwrap();
        assert!(of("/dingtalk").query.contains("sign=") && of("/dingtalk").query.contains("timestamp="));
        assert!(of("/feishu").body.contains("\"sign\""));
        // A held note tells them all; nothing of it is in what they get.
        let note = json!({"text": crate::operations::HELD});
        agent.post(&format!("/api/v1/cases/{case}/notes"), note).await.is(202);
        for _ in 0..100 {
            if receiver.arrived().len() == 7 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let told = of("/hook");
        assert!(told.headers["webhook-signature"].starts_with("v1,"), "{told:?}");
        let body: Value = serde_json::from_str(&told.body).unwrap();
        assert_eq!((&body["type"], &body["data"]["shop"]), (&json!("text_waits"), &json!("官网")));
        assert!(receiver.arrived().iter().all(|one| !one.body.contains("优惠券")));
        // What comes again later is signed anew: the other side takes no signature of long ago.
        let calls = || receiver.arrived().into_iter().filter(|one| one.path == "/hook").collect::<Vec<_>>();
        let come = async |count: usize| {
            for _ in 0..100 {
                if calls().len() == count {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            calls().pop().unwrap()
        };
        receiver.answer(503, "later");
        owner.post("/api/v1/channels/webhook/test", json!({})).await.is(200);
        let note = json!({"text": format!("{} ", crate::operations::HELD)});
        agent.post(&format!("/api/v1/cases/{case}/notes"), note).await.is(202);
        let first = come(3).await;
        receiver.answer(200, "{\"errcode\":0,\"code\":0}");
        house.clock.advance(SignedDuration::from_hours(1));
        let last = come(4).await;
        let seconds = |one: &pingxin_testkit::receiver::Arrived| {
            one.headers["webhook-timestamp"].parse::<i64>().unwrap()
        };
        assert_eq!(last.key(), first.key());
        assert!(seconds(&last) - seconds(&first) >= 3600, "{first:?} {last:?}");
        // What a robot refuses with 200 is refused.
        receiver.answer(200, "{\"errcode\":310000,\"errmsg\":\"sign not match\"}");
        let tried = owner.post("/api/v1/channels/dingtalk/test", json!({})).await.is(200).json();
        assert_eq!((&tried["arrived"], &tried["detail"]), (&json!(false), &json!("310000 sign not match")));
        owner.send("DELETE", "/api/v1/channels/feishu", None, "").await.is(204);
        owner.post("/api/v1/channels/feishu/test", json!({})).await.is(404);
        owner.json("PUT", "/api/v1/channels/sms", robot("/x")).await.is(404);
    })
    .await;
}
