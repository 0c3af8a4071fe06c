//! Good reviews over the API: they wait, are answered one by one or together, seen on the platform, or become cases.

use pingxin_desk::import::{self, ImportRequest, ShopChoice};
use pingxin_domain::{Platform, Scope};
use serde_json::{Value, json};

use crate::house::{Caller, House, each_engine};
use crate::operations::BLOCKED;

const PRAISE: &str = "评价ID,订单编号,评价内容,评分,评价时间,宝贝标题,商家回复\n\
    G1,T1,穿着很舒服，颜色也正，喜欢,5,2026-11-20 10:00:00,四件套,\n\
    G2,T2,朋友都说好看，很满意,5,2026-11-10 10:00:00,四件套,\n\
    G3,T3,非常满意的一次购物,5,2026-11-12 10:00:00,四件套,谢谢您的支持\n\
    G4,T4,质量很好，值得推荐,5,2026-09-10 10:00:00,四件套,\n";

async fn bring(house: &House, scope: &Scope, text: &str) {
    let path = house.files.path().join("praise.csv");
    std::fs::write(&path, text).unwrap();
    let request = ImportRequest {
        path,
        media_folder: None,
        file_name: "好评.csv".into(),
        shop: ShopChoice::Named { name: "好评店".into(), platform: Some(Platform::Taobao) },
        profile: None,
        encoding: None,
        map: None,
        dry_run: false,
    };
    import::run_now(&house.desk, scope, request, |_| true).await.unwrap();
}

async fn waiting(caller: &Caller<'_>) -> Vec<Value> {
    let list = caller.get("/api/v1/thanks").await.is(200).json();
    let all = list["reviews"].as_array().unwrap().clone();
    assert_eq!(list["count"]["value"], all.len(), "{list}");
    let of = |one: &Value| one["review"]["shop"]["name"] == "好评店";
    all.into_iter().filter(of).collect()
}

fn id(one: &Value) -> String {
    one["review"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn good_reviews_wait_are_answered_and_seen() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        house.merchant("b").await;
        bring(house, &scope, PRAISE).await;
        let agent = house.signed_in("agent-a").await;
        let found = waiting(&agent).await;
        let texts: Vec<&str> = found.iter().map(|one| one["review"]["text"].as_str().unwrap()).collect();
        assert_eq!(
            texts,
            ["朋友都说好看，很满意", "穿着很舒服，颜色也正，喜欢"],
            "longest first; answered and old ones not"
        );
        assert!(found[0]["closes_at"].is_string(), "Taobao takes answers for 30 days: {}", found[0]);
        let coverage = async || {
            let all = agent.get("/api/v1/thanks/coverage").await.is(200).json();
            let all = all["shops"].as_array().unwrap().clone();
            all.into_iter().find(|one| one["shop"]["name"] == "好评店").unwrap()
        };
        let before = coverage().await;
        assert_eq!(
            (&before["good"], &before["answered"], &before["delay_seconds"]),
            (&json!(3), &json!(1), &json!(null))
        );
        // Proposed: each from another script.
        let ids: Vec<String> = found.iter().map(id).collect();
        let asked = json!({"reviews": ids});
        let proposed =
            agent.post("/api/v1/thanks/proposals", asked).await.is(200).json()["proposals"].clone();
        assert_ne!(proposed[0]["script"], proposed[1]["script"], "{proposed}");
        let text = proposed[1]["text"].as_str().unwrap();
        assert!(!text.contains("{{"), "{text}");
        // One that the guard stops stops no other.
        let answers = json!({"answers": [
            {"review": ids[0], "text": BLOCKED},
            {"review": ids[1], "text": text, "script": proposed[1]["script"]},
        ]});
        let results = agent.post("/api/v1/thanks", answers.clone()).await.is(200).json()["results"].clone();
        assert!(results[0]["guard"]["findings"][0]["rule"].is_string(), "{results}");
        assert_eq!(results[1]["problem"], json!(null), "{results}");
        let again = agent.post("/api/v1/thanks", answers).await.is(200).json()["results"].clone();
        assert!(again[1]["problem"]["zh"].as_str().unwrap().contains("回复过"), "{again}");
        assert_eq!(waiting(&agent).await.len(), 1);
        let after = coverage().await;
        assert_eq!((&after["good"], &after["answered"]), (&json!(3), &json!(2)));
        assert!(after["delay_seconds"].as_i64().unwrap() > 0, "{after}");
        // Taken back, and not by strangers.
        let path = format!("/api/v1/reviews/{}/thanks", ids[1]);
        house.signed_in("agent-b").await.send("DELETE", &path, None, "").await.is(404);
        assert!(
            house.signed_in("agent-b").await.get("/api/v1/thanks").await.json()["reviews"]
                .as_array()
                .unwrap()
                .iter()
                .all(|one| one["review"]["shop"]["name"] != "好评店")
        );
        agent.send("DELETE", &path, None, "").await.is(204);
        agent.send("DELETE", &path, None, "").await.is(409);
        assert_eq!(waiting(&agent).await.len(), 2);
        let once = json!({"answers": [{"review": ids[1], "text": text}]});
        agent.post("/api/v1/thanks", once).await.is(200);
        // The next import shows that it stands there.
        let written = async || agent.get("/api/v1/thanks/written").await.is(200).json()["thanks"][0].clone();
        assert_eq!((&written().await["seen"], &written().await["text"]), (&json!(false), &json!(text)));
        bring(
            house,
            &scope,
            &PRAISE.replace("喜欢,5,2026-11-20 10:00:00,四件套,", "喜欢,5,2026-11-20 10:00:00,四件套,谢谢"),
        )
        .await;
        assert_eq!(written().await["seen"], true);
        let file = house
            .signed_in("supervisor-a")
            .await
            .get("/api/v1/thanks/export?format=csv")
            .await
            .is(200)
            .text();
        assert!(file.contains("G1") && file.contains(text), "{file}");
        assert!(house.audit().await.join("\n").contains("thanks.write"));
        assert!(pingxin_desk::doctor::run(&house.desk).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_complaint_that_somebody_sees_in_praise_becomes_a_case() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        bring(house, &scope, PRAISE).await;
        let agent = house.signed_in("agent-a").await;
        let review = id(&waiting(&agent).await[0]);
        let path = format!("/api/v1/reviews/{review}/case");
        let case = agent.post(&path, json!({})).await.is(201).json();
        agent.post(&path, json!({})).await.is(409);
        assert_eq!(waiting(&agent).await.len(), 1);
        let view = agent.get(&format!("/api/v1/cases/{}", case["id"].as_str().unwrap())).await.is(200).json();
        assert_eq!(
            (&view["reason"], &view["events"][0]["kind"], &view["events"][0]["actor"]["name"]),
            (&json!("by_hand"), &json!("opened"), &json!("agent-a"))
        );
        let late = json!({"answers": [{"review": review, "text": "谢谢您的认可"}]});
        let results = agent.post("/api/v1/thanks", late).await.is(200).json()["results"].clone();
        assert!(results[0]["problem"]["zh"].as_str().unwrap().contains("跟进单"), "{results}");
        assert!(pingxin_desk::doctor::run(&house.desk).await.unwrap().is_empty());
    })
    .await;
}
