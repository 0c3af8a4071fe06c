//! Compensations and incentives over the API: two persons above the limit, a file that marks nothing, rules of the owner.

use serde_json::{Value, json};

use crate::house::{Caller, each_engine};

/// The case about the order that is known.
async fn with_order(caller: &Caller<'_>) -> String {
    let cases = caller.get("/api/v1/cases").await.is(200).json();
    for case in cases["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let offered = caller.get(&format!("/api/v1/cases/{id}/compensation")).await.is(200).json();
        if !offered["order_number"].is_null() {
            assert_eq!(offered["proposed"]["kind"], "partial_refund", "{offered}");
            assert!(!offered.to_string().contains("rating"), "no rating is in it");
            return id.to_owned();
        }
        assert!(offered["refused"]["en"].as_str().unwrap().contains("bring in the order"));
    }
    panic!("no case has an order");
}

#[tokio::test]
async fn money_asks_as_many_persons_as_it_has_to() {
    each_engine(async |house| {
        house.merchant("a").await;
        house.merchant("b").await;
        let agent = house.signed_in("agent-a").await;
        let supervisor = house.signed_in("supervisor-a").await;
        let owner = house.signed_in("owner-a").await;
        let case = with_order(&agent).await;
        // Above fifty two persons have to agree.
        let mut kept = owner.get("/api/v1/compensation-rules").await.is(200).json();
        assert_eq!(kept["version"], 0);
        kept["rules"]["limits"]["supervisor"]["CNY"] = json!("50.00");
        let set = json!({"rules": kept["rules"], "version": 0});
        supervisor.json("PUT", "/api/v1/compensation-rules", set.clone()).await.is(403);
        assert_eq!(owner.json("PUT", "/api/v1/compensation-rules", set.clone()).await.is(200).json()["version"], 1);
        owner.json("PUT", "/api/v1/compensation-rules", set).await.is(412);
        let ask = |amount: &str| json!({"kind": "partial_refund", "amount": amount, "currency": "CNY", "note": "开线属实，退一部分"});
        let asks = format!("/api/v1/cases/{case}/compensations");
        agent.post(&asks, ask("64.501")).await.is(422);
        agent.post(&asks, ask("64.51")).await.is(409);
        let asked = agent.post(&asks, ask("60")).await.is(201).json();
        assert_eq!((&asked["approval"], &asked["state"]), (&json!("two_persons"), &json!("asked")));
        agent.post(&asks, ask("1")).await.is(409);
        let id = asked["id"].as_str().unwrap();
        let decide = format!("/api/v1/compensations/{id}/decide");
        let approve = json!({"decision": "approve"});
        agent.post(&decide, approve.clone()).await.is(403);
        house.signed_in("owner-b").await.post(&decide, approve.clone()).await.is(404);
        let waiting = async |caller: &Caller<'_>| -> Value {
            caller.get("/api/v1/compensations?waiting=true").await.is(200).json()["count"]["value"].clone()
        };
        assert_eq!(waiting(&supervisor).await, 1);
        assert_eq!(supervisor.post(&decide, approve.clone()).await.is(200).json()["state"], "asked");
        supervisor.post(&decide, approve.clone()).await.is(409);
        assert_eq!((waiting(&supervisor).await, waiting(&owner).await), (json!(0), json!(1)));
        let many = json!({"ids": [id], "decision": "approve", "preview": true});
        let previewed = owner.post("/api/v1/compensations/decide", many).await.is(200).json();
        assert_eq!(previewed["results"][0]["state"], "approved");
        let both = owner.post(&decide, approve).await.is(200).json();
        assert_eq!((&both["state"], both["steps"].as_array().unwrap().len()), (&json!("approved"), 3));
        // The file marks nothing.
        let file = supervisor.get("/api/v1/compensations/export?format=csv&state=approved").await.is(200).text();
        assert!(file.contains("60.00") && file.contains("A1001"), "{file}");
        agent.get("/api/v1/compensations/export?format=csv").await.is(403);
        let list = supervisor.get("/api/v1/compensations?state=approved").await.is(200).json();
        assert_eq!((&list["totals"][0]["total"]["minor"], &list["count"]["value"]), (&json!(6_000), &json!(1)));
        let pay = json!({"ids": [id], "decision": "pay"});
        let paid = supervisor.post("/api/v1/compensations/decide", pay.clone()).await.is(200).json();
        assert_eq!(paid["results"][0]["state"], "paid");
        let again = supervisor.post("/api/v1/compensations/decide", pay).await.is(200).json();
        assert!(again["results"][0]["refused"]["en"].as_str().unwrap().contains("paid already"));
        let months = "from=2020-01&to=2039-12";
        let report = supervisor.get(&format!("/api/v1/compensation-report?{months}")).await.is(200).json();
        assert_eq!(report["by_agent"][0]["total"]["minor"], 6_000);
        supervisor.get("/api/v1/compensation-report?from=2026-13&to=2026-12").await.is(400);
        // An incentive for the same case, once it is put right.
        let claims = format!("/api/v1/cases/{case}/incentives");
        agent.post(&claims, json!({"basis": "confirmed"})).await.is(409);
        let solved = json!({"state": "solved", "outcome": "kept"});
        agent.json("PUT", &format!("/api/v1/cases/{case}/state"), solved).await.is(200);
        let claimed = agent.post(&claims, json!({"basis": "confirmed"})).await.is(201).json();
        agent.post(&claims, json!({"basis": "rating_changed"})).await.is(400);
        let verify = format!("/api/v1/incentives/{}/verify", claimed["id"].as_str().unwrap());
        agent.post(&verify, json!({})).await.is(403);
        assert_eq!(supervisor.post(&verify, json!({})).await.is(200).json()["state"], "payable");
        assert_eq!(agent.get("/api/v1/incentives").await.is(200).json()["count"]["value"], 1);
    })
    .await;
}
