//! Cases that no review asks for, over the API: opened once, with what is wrong said field by field, found and worked like
//! any other.

use serde_json::{Value, json};

use crate::house::{Answer, House, each_engine};

async fn shop_of(house: &House, login: &str) -> String {
    let shops = house.signed_in(login).await.get("/api/v1/shops").await.is(200).json();
    shops["shops"][0]["id"].as_str().unwrap().to_owned()
}

fn fields(answer: &Answer) -> Vec<String> {
    let mut named: Vec<String> = answer.json()["errors"]
        .as_array()
        .unwrap_or(&Vec::new())
        .iter()
        .map(|one| one["field"].as_str().unwrap().to_owned())
        .collect();
    named.sort();
    named
}

fn ids(list: &Value) -> Vec<&str> {
    list["cases"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_dispute_is_opened_planned_and_ended() {
    each_engine(async |house| {
        house.merchant("a").await;
        house.merchant("b").await;
        let agent = house.signed_in("agent-a").await;
        let shop = shop_of(house, "agent-a").await;
        let wrong = agent.post("/api/v1/cases", json!({"kind": "dispute", "shop": shop})).await.is(422);
        assert_eq!(fields(&wrong), ["dispute", "evidence_due_at", "order_number"]);
        let review = agent.post("/api/v1/cases", json!({"kind": "review", "shop": shop})).await.is(422);
        assert_eq!(fields(&review), ["kind"]);
        let silent = agent.post("/api/v1/cases", json!({"kind": "complaint", "shop": shop})).await.is(422);
        assert_eq!(fields(&silent), ["text"]);
        let foreign = shop_of(house, "agent-b").await;
        agent.post("/api/v1/cases", json!({"kind": "complaint", "shop": foreign, "text": "x"})).await.is(404);

        let proof = house.clock_now().checked_add(jiff::SignedDuration::from_hours(30)).unwrap();
        let elsewhere = json!({
            "kind": "dispute", "shop": shop, "order_number": "D-1", "dispute": "a_to_z",
            "evidence_due_at": proof.to_string(),
        });
        assert_eq!(fields(&agent.post("/api/v1/cases", elsewhere).await.is(422)), ["dispute"]);
        let wish = json!({
            "kind": "dispute", "shop": shop, "order_number": "D-1", "dispute": "platform_step_in", "asked": "refund",
            "amount": "12.50", "currency": "CNY", "came_by": "platform", "cause": "logistics",
            "text": "没收到货，电话 13800001234", "evidence_due_at": proof.to_string(),
        });
        let opened = agent.post("/api/v1/cases", wish.clone()).await.is(201).json();
        assert_eq!((&opened["kind"], &opened["review"]), (&json!("dispute"), &Value::Null));
        assert_eq!(opened["matter"]["amount"], json!({"minor": 1250, "currency": "CNY"}));
        let text = opened["matter"]["text"].as_str().unwrap();
        assert!(text.starts_with("没收到货") && !text.contains("13800001234"), "contacts are masked: {text}");
        assert_eq!(opened["next_deadline"]["what"], "evidence");
        let id = opened["id"].as_str().unwrap();

        // The same matter is one case, and the answer says which.
        let taken = agent.post("/api/v1/cases", wish).await.is(409).json();
        assert_eq!((&taken["case"]["id"], &taken["case"]["number"]), (&opened["id"], &opened["number"]));

        let found = agent.get("/api/v1/cases?kind=dispute&sort=deadline").await.is(200).json();
        assert_eq!((ids(&found), found["count"]["value"].as_u64()), (vec![id], Some(1)));
        let reviews = agent.get("/api/v1/cases?kind=review&limit=200").await.is(200).json();
        assert!(!ids(&reviews).contains(&id) && reviews["count"]["value"].as_u64() > Some(0));
        let others = house.signed_in("agent-b").await;
        assert_eq!(others.get("/api/v1/cases?kind=dispute").await.is(200).json()["count"]["value"], 0);
        others.get(&format!("/api/v1/cases/{id}")).await.is(404);

        let plan = agent.get(&format!("/api/v1/cases/{id}/plan")).await.is(200).json();
        let steps: Vec<&str> =
            plan["steps"].as_array().unwrap().iter().map(|step| step["step"].as_str().unwrap()).collect();
        assert_eq!(steps, ["collect_proof", "file_evidence", "record"], "{plan}");
        assert!(plan["deadlines"].as_array().unwrap().iter().any(|one| one["what"] == "evidence"));
        for part in ["records", "scripts"] {
            agent.get(&format!("/api/v1/cases/{id}/{part}")).await.is(200);
        }
        agent.post(&format!("/api/v1/cases/{id}/notes"), json!({"text": "材料已整理"})).await.is(200);
        let ended = json!({"state": "solved", "outcome": "kept"});
        let solved = agent.json("PUT", &format!("/api/v1/cases/{id}/state"), ended).await.is(200).json();
        assert_eq!(solved["state"], "solved", "{solved}");
    })
    .await;
}

#[tokio::test]
async fn one_key_opens_one_case_and_a_record_fills_in_what_is_not_said() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let shop = shop_of(house, "agent-a").await;
        let agent = agent.with("idempotency-key", "mail-77");
        let wish = json!({"kind": "complaint", "shop": shop, "text": "一直没人回复"});
        let first = agent.post("/api/v1/cases", wish.clone()).await.is(201).json();
        let again = agent.post("/api/v1/cases", wish).await.is(200).json();
        assert_eq!(first["id"], again["id"]);

        let agent = house.signed_in("agent-a").await;
        let record = house.return_in(&shop).await;
        let wish = json!({"kind": "after_sale", "shop": shop, "after_sale": record});
        let opened = agent.post("/api/v1/cases", wish.clone()).await.is(201).json();
        let matter = &opened["matter"];
        assert_eq!((&matter["asked"], &matter["after_sale_id"]), (&json!("return"), &json!(record)));
        assert_eq!(matter["amount"]["minor"], 12_900);
        assert!(matter["text"].as_str().unwrap().starts_with("质量问题"), "{matter}");
        assert_eq!(agent.post("/api/v1/cases", wish).await.is(409).json()["case"]["id"], opened["id"]);

        let reader = house.signed_in("read_only-a").await;
        reader.post("/api/v1/cases", json!({"kind": "complaint", "shop": shop, "text": "x"})).await.is(403);
        assert_eq!(house.audit().await.iter().filter(|entry| entry.contains("case.open_by_hand")).count(), 2);
    })
    .await;
}
