//! The guard before every text of the desk: what is blocked, what waits for a second person, what is remembered.

use pingxin_domain::{Role, ShopAccess};
use serde_json::{Value, json};

use crate::house::{Caller, each_engine, on_sqlite};
use crate::operations::{BLOCKED, HELD};

async fn first_case(caller: &Caller<'_>) -> String {
    let cases = caller.get("/api/v1/cases?sort=oldest").await.is(200).json();
    cases["cases"][0]["id"].as_str().unwrap().to_owned()
}

async fn check(caller: &Caller<'_>, text: &str, more: Value) -> Value {
    let mut body = json!({ "text": text });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    caller.post("/api/v1/guard/check", body).await.is(200).json()
}

#[tokio::test]
async fn an_offence_is_refused_wherever_it_is_typed_with_its_rule_and_a_way_out() {
    each_engine(async |house| {
        house.merchant("a").await;
        let supervisor = house.signed_in("supervisor-a").await;
        let department = house.signed_in("department-a").await;
        let case = first_case(&supervisor).await;
        let buyer =
            supervisor.get("/api/v1/buyers").await.json()["buyers"][0]["id"].as_str().unwrap().to_owned();
        let ask = json!({"department": "warehouse", "text": "请查一下"});
        let task = supervisor.post(&format!("/api/v1/cases/{case}/tasks"), ask).await.is(201).json();
        let answer = format!("/api/v1/tasks/{}/answer", task["id"].as_str().unwrap());
        let before = supervisor.get(&format!("/api/v1/cases/{case}")).await.json()["events"].clone();
        for (path, body) in [
            (format!("/api/v1/cases/{case}/notes"), json!({"text": BLOCKED})),
            (
                format!("/api/v1/cases/{case}/attempts"),
                json!({"note": BLOCKED, "channel": "phone", "result": "talked"}),
            ),
            (
                format!("/api/v1/cases/{case}/messages"),
                json!({"text": BLOCKED, "channel": "platform_message"}),
            ),
            (format!("/api/v1/cases/{case}/tasks"), json!({"text": BLOCKED, "department": "finance"})),
            (format!("/api/v1/buyers/{buyer}/notes"), json!({"text": BLOCKED})),
            ("/api/v1/tags".to_owned(), json!({"name": "删差评就退全款", "colour": "red"})),
        ] {
            let refused = supervisor.post(&path, body).await.is(422).json();
            assert_eq!(refused["code"], "blocked", "{path}: {refused}");
            let finding = &refused["guard"]["findings"][0];
            assert_eq!(
                (&finding["rule"], &finding["severity"]),
                (&json!("G01"), &json!("block")),
                "{refused}"
            );
            assert!(finding["sources"][0]["key"].is_string() && finding["grade"].is_string(), "{finding}");
            assert!(finding["spans"][0][1].as_u64() > Some(0), "{finding}");
            let better = refused["guard"]["rewrite"].as_str().unwrap();
            assert_eq!(check(&supervisor, better, json!({})).await["verdict"], "allow", "{better}");
        }
        department.post(&answer, json!({"text": BLOCKED})).await.is(422);
        let after = supervisor.get(&format!("/api/v1/cases/{case}")).await.json()["events"].clone();
        assert_eq!(before, after, "nothing was kept");
        let audit = house.audit().await.join("\n");
        assert!(audit.contains("guard.block") && !audit.contains("退全款"), "{audit}");
    })
    .await;
}

#[tokio::test]
async fn a_held_text_passes_by_a_second_person_with_a_reason() {
    each_engine(async |house| {
        house.merchant("a").await;
        let (agent, supervisor) = (house.signed_in("agent-a").await, house.signed_in("supervisor-a").await);
        let case = first_case(&agent).await;
        let story = async || {
            let case = agent.get(&format!("/api/v1/cases/{case}")).await.is(200).json();
            case["events"].as_array().unwrap().clone()
        };
        let write = async |caller: &Caller<'_>| {
            let held = caller.post(&format!("/api/v1/cases/{case}/notes"), json!({"text": HELD})).await;
            held.is(202).json()["hold"].clone()
        };
        let hold = write(&agent).await;
        assert_eq!(
            (&hold["state"], &hold["kind"], &hold["author"]["name"]),
            (&json!("waiting"), &json!("note"), &json!("agent-a"))
        );
        assert_eq!(hold["findings"][0]["rule"], "G06");
        assert_eq!(story().await.len(), 1, "it is no note yet");
        let path =
            |hold: &Value, what: &str| format!("/api/v1/guard/holds/{}/{what}", hold["id"].as_str().unwrap());
        let reason = json!({"reason": "补偿已先行处理，可以"});
        agent.post(&path(&hold, "release"), reason.clone()).await.is(403);
        supervisor.post(&path(&hold, "release"), json!({"reason": "  "})).await.is(409);
        let released = supervisor.post(&path(&hold, "release"), reason.clone()).await.is(200).json();
        assert_eq!(
            (&released["state"], &released["decided_by"]["name"]),
            (&json!("released"), &json!("supervisor-a"))
        );
        let told = story().await;
        assert_eq!((&told[1]["kind"], &told[1]["body"]["text"]), (&json!("note"), &json!(HELD)));
        assert_eq!(told[1]["actor"]["name"], "agent-a", "in its author's name");
        supervisor.post(&path(&hold, "refuse"), reason.clone()).await.is(409);
        // Sent back: the author reads why, and nothing comes of it.
        let second = write(&agent).await;
        supervisor.post(&path(&second, "refuse"), json!({"reason": "评价别提"})).await.is(200);
        let mine = agent.get("/api/v1/guard/holds?mine=true&state=refused").await.is(200).json();
        assert_eq!((&mine["holds"][0]["reason"], &mine["count"]["value"]), (&json!("评价别提"), &json!(1)));
        assert_eq!(story().await.len(), 2);
        // Nobody lets his own text pass.
        let own = write(&supervisor).await;
        let refused = supervisor.post(&path(&own, "release"), reason.clone()).await.is(409).json();
        assert!(refused["detail"].as_str().unwrap().contains("另一位主管"), "{refused}");
        let audit = house.audit().await.join("\n");
        assert!(
            audit.contains("hold.create") && audit.contains("hold.release") && audit.contains("hold.refuse")
        );
        assert!(!audit.contains("优惠券"), "the audit holds no words: {audit}");
    })
    .await;
}

#[tokio::test]
async fn who_does_it_all_alone_releases_his_own_text_and_it_is_said() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let case = first_case(&owner).await;
        let held =
            owner.post(&format!("/api/v1/cases/{case}/notes"), json!({"text": HELD})).await.is(202).json();
        let path = format!("/api/v1/guard/holds/{}/release", held["hold"]["id"].as_str().unwrap());
        let reason = json!({"reason": "我看过了"});
        owner.post(&path, reason.clone()).await.is(409);
        owner.json("PATCH", "/api/v1/merchant", json!({"solo": true})).await.is(200);
        let released = owner.post(&path, reason).await.is(200).json();
        assert_eq!(released["alone"], true);
        let audit = house.audit().await;
        assert!(audit.iter().any(|entry| entry.contains("hold.release") && entry.contains("\"alone\":true")));
        // Never over a block.
        owner.post(&format!("/api/v1/cases/{case}/notes"), json!({"text": BLOCKED})).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn a_departments_answer_waits_too_and_it_sees_its_own_alone() {
    on_sqlite(async |house| {
        let scope = house.merchant("a").await;
        let (agent, warehouse) = (house.signed_in("agent-a").await, house.signed_in("department-a").await);
        let supervisor = house.signed_in("supervisor-a").await;
        let case = first_case(&agent).await;
        agent.post(&format!("/api/v1/cases/{case}/notes"), json!({"text": HELD})).await.is(202);
        let ask = json!({"department": "warehouse", "text": "请查一下"});
        let task = agent.post(&format!("/api/v1/cases/{case}/tasks"), ask).await.is(201).json();
        let path = format!("/api/v1/tasks/{}/answer", task["id"].as_str().unwrap());
        let held = warehouse.post(&path, json!({"text": HELD})).await.is(202).json();
        assert_eq!((&held["hold"]["case"], &held["hold"]["kind"]), (&json!(null), &json!("answer")));
        let seen = warehouse.get("/api/v1/guard/holds").await.is(200).json();
        assert_eq!(seen["count"]["value"], 1, "{seen}");
        assert_eq!(supervisor.get("/api/v1/guard/holds").await.json()["count"]["value"], 2);
        let release = format!("/api/v1/guard/holds/{}/release", held["hold"]["id"].as_str().unwrap());
        supervisor.post(&release, json!({"reason": "可以"})).await.is(200);
        let tasks = warehouse.get("/api/v1/tasks?state=done").await.is(200).json();
        assert_eq!(tasks["tasks"][0]["answer"], HELD);
        assert_eq!(tasks["tasks"][0]["ended_by"]["name"], "department-a");
        // Who does not see the shop sees and decides nothing of it.
        house.person(&scope, "none-a", Role::Supervisor, ShopAccess::Only(vec![])).await;
        let none = house.signed_in("none-a").await;
        assert_eq!(none.get("/api/v1/guard/holds").await.is(200).json()["holds"], json!([]));
        none.post(&release, json!({"reason": "x"})).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn what_was_said_before_counts_for_what_is_said_next() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let case = first_case(&agent).await;
        let about = || json!({"case": case, "channel": "platform_message"});
        let again = "上次说的评价，您方便的时候改一下吗？";
        let first = check(&agent, "您好，配件今天补发。", about()).await;
        assert_eq!((&first["verdict"], &first["stage"]), (&json!("allow"), &json!("first")), "{first}");
        assert_eq!(first["memory"]["prior_asks"], 0);
        let log = format!("/api/v1/cases/{case}/messages");
        let said = json!({"channel": "platform_message", "text": "您好，配件今天补发，请留意查收。"});
        agent.post(&log, said).await.is(200);
        let second = check(&agent, "您好，物流单号稍后发您。", about()).await;
        assert_eq!((&second["stage"], &second["memory"]["contacts_today"]), (&json!("follow_up"), &json!(1)));
        let rules = |answer: &Value| {
            answer["findings"]
                .as_array()
                .unwrap()
                .iter()
                .map(|found| found["rule"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert!(rules(&second).contains(&"G57".to_owned()), "a second contact today: {second}");
        // A note tells of an ask that went another way.
        agent
            .post(
                &format!("/api/v1/cases/{case}/notes"),
                json!({"text": "电话里已经问过评价的事，买家说再看看"}),
            )
            .await;
        let repeated = check(&agent, again, about()).await;
        assert_ne!(repeated["verdict"], "allow", "{repeated}");
        // A script is for later and for anybody: nothing is remembered.
        let template = check(
            &agent,
            "您好，物流单号稍后发您。",
            json!({"case": case, "channel": "platform_message", "template": true}),
        )
        .await;
        assert_eq!(
            (&template["verdict"], &template["memory"]),
            (&json!("allow"), &json!(null)),
            "{template}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_shop_makes_rules_stricter_and_never_looser() {
    each_engine(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let shop = owner.get("/api/v1/shops").await.json()["shops"][0]["id"].as_str().unwrap().to_owned();
        let rule = async |code: &str| {
            let rules = owner.get(&format!("/api/v1/guard/rules?shop={shop}")).await.is(200).json();
            let rules = rules["rules"].as_array().unwrap().clone();
            assert_eq!(rules.len(), 66);
            rules.into_iter().find(|rule| rule["rule"] == code).unwrap()
        };
        let shown = rule("G06").await;
        assert_eq!((&shown["base"], &shown["severity"], &shown["own"]), (&json!("hold"), &json!("hold"), &json!(null)));
        assert!(!shown["fails"].as_array().unwrap().is_empty() && !shown["passes"].as_array().unwrap().is_empty());
        let set = |code: &str, severity: Value, on: bool| json!({"shop": shop, "rule": code, "severity": severity, "switched_on": on});
        owner.json("PUT", "/api/v1/guard/rules", set("G06", json!("warn"), false)).await.is(422);
        let stricter = owner.json("PUT", "/api/v1/guard/rules", set("G06", json!("block"), false)).await.is(200).json();
        assert_eq!((&stricter["severity"], &stricter["own"]["severity"]), (&json!("block"), &json!("block")));
        let case = first_case(&owner).await;
        owner.post(&format!("/api/v1/cases/{case}/notes"), json!({"text": HELD})).await.is(422);
        // A rule of Amazon counts for a shop that wants it.
        assert_eq!(rule("G33").await["severity"], json!(null));
        let smile = "Sorry for the delay 😊";
        let about = || json!({"shop": shop, "channel": "platform_message"});
        assert_eq!(check(&owner, smile, about()).await["verdict"], "allow");
        owner.json("PUT", "/api/v1/guard/rules", set("G33", json!(null), true)).await.is(200);
        assert_eq!(check(&owner, smile, about()).await["findings"][0]["rule"], "G33");
        // And back.
        owner.json("PUT", "/api/v1/guard/rules", set("G06", json!(null), false)).await.is(200);
        owner.post(&format!("/api/v1/cases/{case}/notes"), json!({"text": HELD})).await.is(202);
        let supervisor = house.signed_in("supervisor-a").await;
        supervisor.json("PUT", "/api/v1/guard/rules", set("G06", json!("block"), false)).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_false_alarm_is_kept_to_learn_from_unless_it_is_a_block() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let case = first_case(&agent).await;
        let mark = async |text: &str, channel: &str| {
            let body = json!({"text": text, "channel": channel, "case": case});
            agent.post("/api/v1/guard/alarms", body).await
        };
        assert_eq!(mark(HELD, "note").await.is(201).json()["teaches"], true);
        assert_eq!(mark(BLOCKED, "note").await.is(201).json()["teaches"], false);
        mark("今天补发配件", "note").await.is(422);
        let learnt = pingxin_desk::guard::alarms::to_learn_from(&house.desk, &scope).await.unwrap();
        let texts: Vec<&str> = learnt.iter().map(|alarm| alarm.text.as_str()).collect();
        assert_eq!(texts, [HELD]);
        assert!(!house.audit().await.join("\n").contains("优惠券"));
    })
    .await;
}
