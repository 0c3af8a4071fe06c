//! Promises over the API: found in what was sent, kept once, and nobody else's.

use serde_json::json;

use crate::house::{Caller, each_engine};

async fn first_case(caller: &Caller<'_>) -> String {
    let cases = caller.get("/api/v1/cases").await.is(200).json();
    cases["cases"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_promise_is_found_listed_and_kept() {
    each_engine(async |house| {
        house.merchant("a").await;
        house.merchant("b").await;
        let agent = house.signed_in("agent-a").await;
        let case = first_case(&agent).await;
        let said = json!({"channel": "platform_message", "text": "您好，配件两天内给您补发，请放心。"});
        agent.post(&format!("/api/v1/cases/{case}/messages"), said).await.is(200);
        let list = agent.get(&format!("/api/v1/promises?case={case}&state=open")).await.is(200).json();
        assert_eq!(list["count"]["value"], 1, "{list}");
        let promise = &list["promises"][0];
        assert_eq!(
            (&promise["text"], &promise["found"], &promise["made_by"]["name"]),
            (&json!("配件两天内给您补发"), &json!(true), &json!("agent-a"))
        );
        assert!(promise["due_at"].is_string());
        let keep = format!("/api/v1/promises/{}/keep", promise["id"].as_str().unwrap());
        let other = house.signed_in("agent-b").await;
        other.post(&keep, json!({})).await.is(404);
        assert_eq!(other.get("/api/v1/promises").await.is(200).json()["promises"], json!([]));
        let kept = agent.post(&keep, json!({})).await.is(200).json();
        assert_eq!((&kept["state"], &kept["broken_at"]), (&json!("kept"), &json!(null)));
        agent.post(&keep, json!({})).await.is(409);
        let mine = agent.get("/api/v1/promises?mine=true&state=kept").await.is(200).json();
        assert_eq!(mine["promises"][0]["id"], promise["id"]);
        let add = format!("/api/v1/cases/{case}/promises");
        agent.post(&add, json!({"text": "明天电话回复", "due_at": "2020-01-01T00:00:00Z"})).await.is(422);
        let added = agent.post(&add, json!({"text": "明天电话回复"})).await.is(201).json();
        let withdraw = format!("/api/v1/promises/{}/withdraw", added["id"].as_str().unwrap());
        assert_eq!(agent.post(&withdraw, json!({})).await.is(200).json()["state"], "withdrawn");
        house.signed_in("department-a").await.get("/api/v1/promises").await.is(403);
    })
    .await;
}
