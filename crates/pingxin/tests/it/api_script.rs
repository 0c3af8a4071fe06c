//! Scripts over the API: the library, a merchant's own through the guard, and from a script to a message that a chat log
//! confirms.

use serde_json::{Value, json};

use crate::house::{Caller, each_engine};

async fn first_case(caller: &Caller<'_>) -> String {
    let cases = caller.get("/api/v1/cases").await.is(200).json();
    cases["cases"][0]["id"].as_str().unwrap().to_owned()
}

fn written(zh: &str) -> Value {
    json!({
        "phase": "after_sale", "step": "solution", "causes": ["quality"], "channels": ["chat", "platform_message"],
        "title_zh": "换新", "title_en": "Exchange", "zh": zh,
    })
}

#[tokio::test]
async fn a_script_of_ones_own_goes_through_the_guard() {
    each_engine(async |house| {
        house.merchant("a").await;
        house.merchant("b").await;
        let agent = house.signed_in("agent-a").await;
        let library = agent.get("/api/v1/scripts?step=public_reply&cause=logistics").await.is(200).json();
        let keys: Vec<&str> = library["scripts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|script| script["key"].as_str().unwrap())
            .collect();
        assert!(keys.contains(&"public.logistics") && !keys.contains(&"public.quality"), "{keys:?}");
        agent.post("/api/v1/scripts", written("您好")).await.is(403);
        let owner = house.signed_in("owner-a").await;
        // What nobody may send is refused, with its source; what a second person has to see waits.
        let bad = owner
            .post("/api/v1/scripts", written("您改成好评，我们返现{{ amount }}给您"))
            .await
            .is(422)
            .json();
        let sources = &bad["guard"]["findings"][0]["sources"];
        assert!(sources.as_array().is_some_and(|sources| !sources.is_empty()), "{bad}");
        owner.post("/api/v1/scripts", written("您好 {{ order")).await.is(422);
        let held = owner.post("/api/v1/scripts", written("麻烦您给个五星好评，谢谢。")).await.is(201).json();
        assert_eq!(
            (&held["own"]["version"], &held["own"]["newest"]["state"]),
            (&json!(null), &json!("waiting"))
        );
        let id = held["id"].as_str().unwrap().to_owned();
        let decide = format!("/api/v1/scripts/{id}/decision");
        owner.post(&decide, json!({"version": 1, "passes": true, "reason": "可以"})).await.is(409);
        owner.post(&decide, json!({"version": 1, "passes": false, "reason": "换个说法"})).await.is(200);
        // A version that passes is in use at once; the older ones stay.
        let path = format!("/api/v1/scripts/{id}");
        let kept = owner.json("PUT", &path, written("您好，订单{{ order }}给您换新。")).await.is(200).json();
        assert_eq!(
            (&kept["own"]["version"], &kept["samples"]["zh"]),
            (&json!(2), &json!("您好，订单尾号4821给您换新。"))
        );
        owner.json("PUT", &path, written("您好，订单{{ order }}给您换一件。")).await.is(200);
        let back = owner.post(&format!("{path}/restore"), json!({"version": 2})).await.is(200).json();
        assert_eq!(
            (&back["own"]["version"], &back["texts"]["zh"]),
            (&json!(4), &json!("您好，订单{{ order }}给您换新。"))
        );
        let versions = agent.get(&format!("{path}/versions")).await.is(200).json();
        assert_eq!(versions["versions"].as_array().unwrap().len(), 4);
        // Marks are personal; archived ones are offered to nobody.
        let mark = json!({"key": id, "favourite": true});
        assert_eq!(
            agent.json("PUT", "/api/v1/scripts/favourites", mark.clone()).await.is(200).json()["favourite"],
            true
        );
        assert_eq!(owner.get("/api/v1/scripts?favourite=true").await.is(200).json()["scripts"], json!([]));
        owner.json("PUT", &format!("{path}/archived"), json!({"archived": true})).await.is(200);
        let count = async |query: &str| {
            let found = agent.get(&format!("/api/v1/scripts?own=true{query}")).await.is(200).json();
            found["scripts"].as_array().unwrap().len()
        };
        assert_eq!((count("").await, count("&archived=true").await), (0, 1));
        owner.json("PUT", &path, written("您好")).await.is(422);
        owner.json("PUT", &format!("{path}/archived"), json!({"archived": false})).await.is(200);
        assert_eq!(count("&q=换新").await, 1);
        let other = house.signed_in("owner-b").await;
        other.json("PUT", &path, written("您好")).await.is(404);
        other.json("PUT", "/api/v1/scripts/favourites", mark).await.is(404);
        let file = owner.get("/api/v1/scripts/export?format=csv&own=true").await.is(200);
        assert!(String::from_utf8_lossy(&file.body).contains("给您换新"));
    })
    .await;
}

#[tokio::test]
async fn from_a_script_to_a_message_that_is_claimed() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let case = first_case(&agent).await;
        let offered = agent.get(&format!("/api/v1/cases/{case}/scripts")).await.is(200).json();
        let best = &offered["scripts"][0];
        assert!(best["because"].as_array().unwrap().contains(&json!("step")), "{best}");
        assert_eq!(offered["language"], "zh");
        let key = "follow.no_answer";
        let fill = format!("/api/v1/cases/{case}/scripts/fill");
        let open = json!({"key": "follow.found", "language": "zh"});
        let missing = agent.post(&fill, open).await.is(200).json();
        assert_eq!(missing["text"], json!(null));
        assert!(missing["missing"].as_array().unwrap().contains(&json!("answer")), "{missing}");
        agent.post(&fill, json!({"key": "in.lost", "language": "zh", "values": {"days": "三"}})).await.is(422);
        let values = json!({"key": key, "language": "zh", "values": {"order": "尾号1234"}});
        let text = agent.post(&fill, values).await.is(200).json()["text"].as_str().unwrap().to_owned();
        assert!(text.contains("尾号1234"));
        let log = format!("/api/v1/cases/{case}/messages");
        let say = |text: &str, script: &str| json!({"channel": "chat", "text": text, "language": "zh", "script": script});
        // An open variable can never be sent, and is named.
        let refused = agent.post(&log, say("您好，{{ by }}前答复您", key)).await.is(422).json();
        assert!(refused.to_string().contains("最晚时间") || refused.to_string().contains("by"), "{refused}");
        agent.post(&log, say(&text, "no.such")).await.is(422);
        agent.post(&log, say(&text, key)).await.is(200);
        let messages = agent.get(&log).await.is(200).json();
        let one = &messages["messages"][0];
        assert_eq!((&one["script"], &one["confirmed_at"], &one["claimed_by"]["name"]), (&json!(key), &json!(null), &json!("agent-a")));
        let uses = agent.get(&format!("/api/v1/scripts/uses?key={key}")).await.is(200).json();
        assert_eq!((&uses["uses"][0]["case"]["id"], &uses["uses"][0]["confirmed"]), (&json!(case), &json!(false)));
        let library = agent.get("/api/v1/scripts?q=no_answer").await.is(200).json();
        assert_eq!((&library["scripts"][0]["used"], &library["scripts"][0]["solved"]), (&json!(1), &json!(null)));
        house.signed_in("department-a").await.get("/api/v1/scripts").await.is(403);
    })
    .await;
}
