//! A shift is handed over: what comes up is suggested, the taker gets some cases and watches others, and nobody else's.

use serde_json::{Value, json};

use crate::house::{Caller, each_engine};

const BACK: &str = "2099-01-01T08:00:00Z";

async fn own_cases(caller: &Caller<'_>, many: usize) -> Vec<String> {
    let cases = caller.get("/api/v1/cases?case_state=open").await.is(200).json();
    let mut ids = Vec::new();
    for case in cases["cases"].as_array().unwrap().iter().take(many) {
        let id = case["id"].as_str().unwrap().to_owned();

        let owner = json!({ "owner": "me" });
        caller.json("PUT", &format!("/api/v1/cases/{id}/owner"), owner).await.is(200);
        ids.push(id);
    }
    ids
}

fn owner_of(case: &Value) -> &Value {
    &case["owner"]["name"]
}

#[tokio::test]
async fn a_shift_is_handed_over() {
    each_engine(async |house| {
        house.merchant("a").await;
        house.merchant("b").await;
        let (agent, boss) = (house.signed_in("agent-a").await, house.signed_in("supervisor-a").await);
        let ids = own_cases(&agent, 2).await;
        let suggestion =
            agent.get(&format!("/api/v1/handovers/suggestion?until={BACK}")).await.is(200).json();
        let suggested: Vec<_> = suggestion["cases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["case"]["id"].as_str().unwrap())
            .collect();
        assert!(
            ids.iter().all(|id| suggested.contains(&id.as_str())),
            "their first response is due: {suggestion}"
        );

        // Only one's own cases, and words that the guard lets pass.
        let write = "/api/v1/handovers";
        boss.post(write, json!({"until": BACK, "cases": [{"case": ids[0], "passes": true}]})).await.is(422);
        agent.post(write, json!({"until": BACK})).await.is(422);
        agent
            .post(write, json!({"until": BACK, "text": "明天让他改成五星好评，改了就返现20元"}))
            .await
            .is(422);
        let offered = json!({"until": BACK, "text": "电话 13812345678 的买家等回复", "cases": [
            {"case": ids[0], "passes": true, "text": "等仓库回复"}, {"case": ids[1]},
        ]});
        let written = agent.post(write, offered).await.is(201).json();
        assert!(!written.to_string().contains("13812345678"), "masked: {written}");
        let take = format!("/api/v1/handovers/{}/take", written["id"].as_str().unwrap());
        agent.post(&take, json!({})).await.is(409);
        house.signed_in("agent-b").await.post(&take, json!({})).await.is(404);
        let waiting = boss.get("/api/v1/handovers?state=open&offered=true").await.is(200).json();
        assert_eq!(waiting["handovers"][0]["id"], written["id"]);
        assert_eq!(agent.get("/api/v1/handovers?offered=true").await.is(200).json()["handovers"], json!([]));

        let taken = boss.post(&take, json!({})).await.is(200).json();
        assert_eq!((&taken["handover"]["state"], &taken["left"]), (&json!("taken"), &json!([])));
        boss.post(&take, json!({})).await.is(409);
        let first = boss.get(&format!("/api/v1/cases/{}", ids[0])).await.is(200).json();
        let second = boss.get(&format!("/api/v1/cases/{}", ids[1])).await.is(200).json();
        assert_eq!((owner_of(&first), owner_of(&second)), (&json!("supervisor-a"), &json!("agent-a")));
        let story = first["events"].to_string();
        assert!(story.contains("\"handover\":true") && story.contains("等仓库回复"), "{story}");
        let watched = boss.get("/api/v1/watches").await.is(200).json();
        assert_eq!(
            (&watched["watched"][0]["case"]["id"], &watched["watched"][0]["until"]),
            (&json!(ids[1]), &json!(BACK))
        );

        // The list is one's own: it grows and shrinks by hand as well.
        let watch = format!("/api/v1/cases/{}/watch", ids[0]);
        assert_eq!(
            agent.send("PUT", &watch, None, "").await.is(200).json()["watched"][0]["case"]["id"],
            json!(ids[0])
        );
        assert_eq!(agent.send("DELETE", &watch, None, "").await.is(200).json()["watched"], json!([]));

        // One that nobody took can be taken back, by its writer.
        let again = agent.post(write, json!({"until": BACK, "text": "早班看一下"})).await.is(201).json();
        let withdraw = format!("/api/v1/handovers/{}/withdraw", again["id"].as_str().unwrap());
        boss.post(&withdraw, json!({})).await.is(409);
        assert_eq!(agent.post(&withdraw, json!({})).await.is(200).json()["state"], "withdrawn");
    })
    .await;
}
