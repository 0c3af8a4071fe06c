//! Removal: what a review's detail says of it, requests from filing to appeal, evidence that is the same twice, packs and
//! figures.

use serde_json::{Value, json};

use crate::house::{Caller, each_engine};

async fn detail(caller: &Caller<'_>, id: &str) -> Value {
    caller.get(&format!("/api/v1/reviews/{id}")).await.is(200).json()
}

#[tokio::test]
async fn a_review_says_whether_it_can_be_removed_and_until_when() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let id = house.add_review(&scope, "客服就是个傻逼", 1, "2026-11-20T02:00:00Z").await;
        let removal = detail(&agent, &id).await["removal"].clone();
        assert_eq!(removal["verdict"], "needs_evidence", "{removal}");
        let grounds = removal["grounds"].as_array().unwrap();
        let abuse = grounds.iter().find(|ground| ground["ground"] == "leak_abuse_ad").unwrap();
        assert_eq!(abuse["quotes"][0]["words"], "傻逼");
        assert_eq!((&abuse["missing"][0]["code"], &abuse["grade"]), (&json!("both_rated"), &json!("B")));
        assert!(abuse["source"][1]["title"].is_string(), "{abuse}");
        let deadlines = removal["deadlines"].as_array().unwrap();
        let report = deadlines.iter().find(|found| found["what"] == "malicious_report").unwrap();
        assert_eq!(report["last_day"], "2026-12-20");
        assert_eq!((&report["pack"], &report["days"]), (&json!("taobao"), &json!(30)));
        assert_eq!((&report["anchor"], &report["standing"]), (&json!("review_created"), &json!("open")));
        // What somebody states is judged at once, and nobody who may only read states anything.
        let facts = json!({
            "chat_proof_id": " J-1 ", "pattern_of_ratings": null, "buyer_is_competitor": null, "fraud_report": null,
            "both_rated": true, "fulfilled_by": null, "buy_shipping": null, "shipped_on_time": null,
        });
        let path = format!("/api/v1/reviews/{id}/removal-facts");
        house.signed_in("read_only-a").await.json("PUT", &path, facts.clone()).await.is(403);
        agent.json("PUT", &path, facts).await.is(204);
        let removal = detail(&agent, &id).await["removal"].clone();
        assert_eq!((&removal["verdict"], &removal["stated"]["chat_proof_id"]), (&json!("eligible"), &json!("J-1")));
        let due = agent.get("/api/v1/removal-candidates?within_days=30").await.is(200).json();
        let found = due["candidates"].as_array().unwrap().iter().find(|row| row["review"]["id"] == id.as_str());
        assert_eq!(found.unwrap()["verdict"], "eligible");
        assert_eq!(due["count"]["value"].as_u64().unwrap(), due["candidates"].as_array().unwrap().len() as u64);
    })
    .await;
}

#[tokio::test]
async fn a_request_is_filed_refused_appealed_and_granted() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let id = house.add_review(&scope, "客服就是个傻逼", 1, "2026-11-20T02:00:00Z").await;
        let path = format!("/api/v1/reviews/{id}/removals");
        // Against the advice only with a reason, under a ground that there is, at a time that can be.
        for wrong in [
            json!({"ground": "competitor"}),
            json!({"ground": "competitor", "reason": "  "}),
            json!({"ground": "nonsense", "reason": "x"}),
            json!({"ground": "competitor", "reason": "x", "filed_at": "2026-11-19T00:00:00Z"}),
            json!({"ground": "competitor", "reason": "x", "filed_at": "2027-11-19T00:00:00Z"}),
        ] {
            agent.post(&path, wrong).await.is(409);
        }
        let filed = json!({"ground": "competitor", "reason": "客服已受理", "platform_case_id": "T-1", "text": "申诉"});
        let request = agent.post(&path, filed.clone()).await.is(201).json();
        assert_eq!((&request["state"], &request["against_advice"]), (&json!("filed"), &json!(true)));
        assert_eq!(request["advice"], "not_eligible");
        agent.post(&path, filed).await.is(409);
        let steps = format!("/api/v1/removals/{}/steps", request["id"].as_str().unwrap());
        agent.post(&steps, json!({"kind": "appealed"})).await.is(409);
        let step = async |kind: &str| {
            agent.post(&steps, json!({"kind": kind, "text": format!("{kind} text")})).await.is(200).json()
        };
        assert_eq!(step("refused").await["state"], "refused");
        assert_eq!(step("appealed").await["state"], "appealed");
        assert_eq!(detail(&agent, &id).await["gone_at"], Value::Null);
        let granted = step("granted").await;
        assert_eq!(granted["steps"].as_array().unwrap().len(), 4);
        assert_eq!(granted["steps"][1]["text"], "refused text");
        // Once granted the review is gone and its case solved; taken up again both are back.
        let gone = detail(&agent, &id).await;
        assert!(gone["gone_at"].is_string());
        let case = format!("/api/v1/cases/{}", gone["case"]["id"].as_str().unwrap());
        let ended = agent.get(&case).await.is(200).json();
        assert_eq!((&ended["state"], &ended["outcome"]), (&json!("solved"), &json!("removed")), "{ended}");
        assert_eq!(step("reopened").await["state"], "filed");
        assert_eq!(detail(&agent, &id).await["gone_at"], Value::Null);
        let again = agent.get(&case).await.is(200).json();
        assert_eq!((&again["state"], &again["outcome"]), (&json!("open"), &Value::Null));
        assert_eq!(step("withdrawn").await["state"], "withdrawn");
        let waiting = agent.get("/api/v1/removals?state=filed&state=appealed").await.is(200).json();
        assert_eq!(waiting["count"]["value"], 0);
        let all = agent.get(&format!("/api/v1/removals?review={id}")).await.is(200).json();
        assert_eq!(all["requests"][0]["state"], "withdrawn");
        let summary = agent.get("/api/v1/removal-summary").await.is(200).json();
        assert_eq!(summary["months"][0]["record"]["asked"], 0, "what is withdrawn is not counted: {summary}");
        let audit = house.signed_in("owner-a").await.get("/api/v1/audit?subject_kind=removal").await.is(200).json();
        assert_eq!(audit["entries"].as_array().unwrap().len(), 6, "{audit}");
    })
    .await;
}

#[tokio::test]
async fn evidence_is_the_same_twice_and_shows_no_contact() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let id = house.add_review(&scope, "傻逼客服，打我电话13812345678", 1, "2026-11-20T02:00:00Z").await;
        let path = format!("/api/v1/reviews/{id}/evidence?ground=leak_abuse_ad");
        let first = agent.get(&path).await.is(200).json();
        assert!(!first.to_string().contains("13812345678"), "contacts are masked: {first}");
        assert!(first["letter"]["text"].as_str().unwrap().contains("申诉理由"), "{first}");
        assert!(!first["missing"].as_array().unwrap().is_empty());
        let pack = format!("/api/v1/reviews/{id}/evidence/pack?ground=leak_abuse_ad");
        let once = agent.get(&pack).await.is(200);
        assert_eq!(once.header("content-type"), "application/zip");
        let again = agent.get(&pack).await.is(200);
        assert_eq!(once.body, again.body, "the same facts make the same bytes");
        assert_eq!(agent.get(&path).await.is(200).json()["sha256"], first["sha256"]);
        // A file of one's own is in the next, which is another.
        let form = "--e\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nshot\r\n--e--\r\n";
        let files = format!("/api/v1/reviews/{id}/evidence/files");
        let kind = Some("multipart/form-data; boundary=e");
        let added = agent.send("POST", &files, kind, form.to_owned()).await.is(201).json();
        let with = agent.get(&path).await.is(200).json();
        assert_ne!(with["sha256"], first["sha256"]);
        let paths: Vec<&str> =
            with["contents"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
        assert!(paths.contains(&"files/01-a.png") && paths.last() == Some(&"SHA256SUMS"), "{paths:?}");
        let file = format!("/api/v1/evidence-files/{}", added["id"].as_str().unwrap());
        agent.json("DELETE", &file, Value::Null).await.is(204);
        assert_eq!(agent.get(&path).await.is(200).json()["sha256"], first["sha256"]);
        agent.get(&format!("/api/v1/reviews/{id}/evidence?ground=nonsense")).await.is(409);
    })
    .await;
}

#[tokio::test]
async fn packs_and_figures_are_shown() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        house.add_review(&scope, "一般", 2, "2026-11-20T02:00:00Z").await;
        let packs = agent.get("/api/v1/packs").await.is(200).json();
        assert!(packs["packs"].as_array().unwrap().len() > 10 && packs["refused"] == json!([]));
        let pack = agent.get("/api/v1/packs/taobao").await.is(200).json();
        let reply = pack["entries"].as_array().unwrap().iter().find(|entry| entry["name"] == "window.reply");
        let reply = reply.unwrap();
        assert_eq!(reply["record"]["grade"], "N");
        assert!(
            reply["values"]
                .as_array()
                .unwrap()
                .contains(&json!({"key": "days", "value": "30", "record": null}))
        );
        agent.get("/api/v1/packs/nonsense").await.is(404);
        let same =
            agent.get("/api/v1/packs/taobao/changes?before=2026-11-21&after=2026-12-01").await.is(200).json();
        assert_eq!(same["changes"], json!([]));
        house.signed_in("owner-a").await.post("/api/v1/packs/reload", json!({})).await.is(409);
        let shops = agent.get("/api/v1/shops").await.is(200).json();
        let shop = shops["shops"][0]["id"].as_str().unwrap();
        let measures = agent.get(&format!("/api/v1/shops/{shop}/measures")).await.is(200).json();
        let group = &measures["groups"][0];
        let all = group["windows"].as_array().unwrap().last().unwrap();
        let listed = agent.get(&format!("/api/v1/reviews?shop={shop}&object=review")).await.is(200).json();
        assert_eq!((&all["window"], &all["total"]), (&json!("lifetime"), &listed["count"]["value"]));
        assert!(!group["open"].as_array().unwrap().is_empty());
        assert_eq!((&group["needed"][0]["percent"], &measures["defects"]), (&json!(80), &Value::Null));
    })
    .await;
}
