//! A case in hand: who has it, what was noted, and two people at once.

use serde_json::{Value, json};

use crate::house::{Caller, each_engine};

async fn first_case(caller: &Caller<'_>) -> Value {
    let list = caller.get("/api/v1/cases?sort=severity").await.is(200).json();
    let id = list["cases"][0]["id"].as_str().unwrap().to_owned();
    caller.get(&format!("/api/v1/cases/{id}")).await.is(200).json()
}

fn address(case: &Value, rest: &str) -> String {
    format!("/api/v1/cases/{}{rest}", case["id"].as_str().unwrap())
}

#[tokio::test]
async fn an_agent_takes_a_case_and_puts_it_back() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let case = first_case(&agent).await;
        assert_eq!(
            (&case["state"], &case["owner"], &case["reason"]),
            (&json!("open"), &Value::Null, &json!("low_stars"))
        );
        assert_eq!(case["review"]["rating"], 1, "the most severe first: {case}");
        let taken = agent.json("PUT", &address(&case, "/owner"), json!({"owner": "me"})).await.is(200);
        let version = taken.json()["version"].as_u64().unwrap();
        assert_eq!(taken.header("etag"), format!("\"{version}\""));
        let taken = taken.json();
        assert_eq!((&taken["state"], &taken["owner"]["name"]), (&json!("in_progress"), &json!("agent-a")));
        let mine = agent.get("/api/v1/cases?owner=me").await.json();
        assert_eq!(mine["cases"].as_array().unwrap().len(), 1);
        let noted =
            agent.post(&address(&case, "/notes"), json!({"text": " 已电话联系 "})).await.is(200).json();
        let kinds: Vec<&str> =
            noted["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["opened", "assigned", "note"]);
        let note = &noted["events"][2];
        assert_eq!(
            (&note["body"]["text"], &note["actor"]["name"]),
            (&json!("已电话联系"), &json!("agent-a"))
        );
        assert_eq!(noted["events"][0]["actor"], Value::Null, "the system opened it");
        agent.post(&address(&case, "/notes"), json!({"text": "  "})).await.is(422);
        let back = agent.json("PUT", &address(&case, "/owner"), json!({"owner": null})).await.is(200).json();
        assert_eq!((&back["state"], &back["owner"]), (&json!("open"), &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_who_change_a_case_learns_of_the_first() {
    each_engine(async |house| {
        house.merchant("a").await;
        let (agent, supervisor) = (house.signed_in("agent-a").await, house.signed_in("supervisor-a").await);
        let case = first_case(&agent).await;
        let seen = format!("\"{}\"", case["version"]);
        let owner = address(&case, "/owner");
        agent.clone().with("if-match", &seen).json("PUT", &owner, json!({"owner": "me"})).await.is(200);
        let late = supervisor
            .clone()
            .with("if-match", &seen)
            .json("PUT", &owner, json!({"owner": "me"}))
            .await
            .is(412);
        assert_eq!(late.json()["code"], "stale");
        let still = supervisor.get(&address(&case, "")).await.json();
        assert_eq!(still["owner"]["name"], "agent-a");
        supervisor.json("PUT", &owner, json!({"owner": "me"})).await.is(200);
        agent.json("PUT", &owner, json!({"owner": "me"})).await.is(409);
    })
    .await;
}

#[tokio::test]
async fn an_agent_gives_no_case_to_somebody_else() {
    each_engine(async |house| {
        house.merchant("a").await;
        house.merchant("b").await;
        let (agent, supervisor) = (house.signed_in("agent-a").await, house.signed_in("supervisor-a").await);
        let case = first_case(&agent).await;
        let owner = address(&case, "/owner");
        let id = |me: Value| me["user"]["id"].as_str().unwrap().to_owned();
        let supervisor_id = id(supervisor.get("/api/v1/me").await.json());
        let foreign_id = id(house.signed_in("agent-b").await.get("/api/v1/me").await.json());
        agent.json("PUT", &owner, json!({"owner": supervisor_id})).await.is(403);
        supervisor.json("PUT", &owner, json!({"owner": foreign_id})).await.is(404);
        supervisor.json("PUT", &owner, json!({"owner": "somebody"})).await.is(422);
        supervisor.json("PUT", &owner, json!({})).await.is(400);
        let given =
            supervisor.json("PUT", &owner, json!({"owner": id(agent.get("/api/v1/me").await.json())})).await;
        assert_eq!(given.is(200).json()["owner"]["name"], "agent-a");
    })
    .await;
}

#[tokio::test]
async fn pages_of_a_list_hold_everything_once() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        for list in ["reviews", "cases"] {
            let all = agent.get(&format!("/api/v1/{list}")).await.json();
            let all = all[list].as_array().unwrap().clone();
            let (mut paged, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = agent.get(&format!("/api/v1/{list}?limit=1&cursor={cursor}")).await.is(200).json();
                paged.extend(page[list].as_array().unwrap().clone());
                match page["next_cursor"].as_str() {
                    Some(next) => cursor = next.to_owned(),
                    None => break,
                }
            }
            assert_eq!(paged, all, "{list}");
        }
    })
    .await;
}
