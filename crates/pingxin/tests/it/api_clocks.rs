//! Hours and goals of shops, the roster, rules of assignment, take-over and the next best case, as programs use them.

use serde_json::json;

use crate::house::each_engine;

#[tokio::test]
async fn hours_and_goals_of_a_shop_are_set_by_a_supervisor_and_seen_by_all() {
    each_engine(async |house| {
        house.merchant("a").await;
        let (owner, agent) = (house.signed_in("owner-a").await, house.signed_in("agent-a").await);
        let shop = owner.get("/api/v1/shops").await.json()["shops"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/shops/{shop}/clocks");
        let first = agent.get(&path).await.is(200).json();
        assert_eq!((&first["set_at"], &first["goals"]["first_response"]), (&json!(null), &json!(120)));
        let mut set = json!({ "hours": first["hours"], "goals": first["goals"] });
        set["hours"]["week"][6] = json!([]);
        set["hours"]["holiday"] = json!([{"from": 0, "to": 360}, {"from": 1320, "to": 1440}]);
        set["goals"]["silence"] = json!(null);
        agent.json("PUT", &path, set.clone()).await.is(403);
        let stored = owner.json("PUT", &path, set.clone()).await.is(200).json();
        assert_eq!((&stored["hours"], &stored["goals"]), (&set["hours"], &set["goals"]));
        assert_eq!(agent.get(&path).await.json(), stored);
        for (field, value) in
            [("warn_percent", json!(0)), ("first_response", json!(0)), ("task", json!(200_000))]
        {
            let mut wrong = set.clone();
            wrong["goals"][field] = value;
            owner.json("PUT", &path, wrong).await.is(409);
        }
        set["hours"]["holiday"] = json!([{"from": 60, "to": 50}]);
        owner.json("PUT", &path, set).await.is(409);
    })
    .await;
}

#[tokio::test]
async fn the_roster_is_read_by_weeks() {
    each_engine(async |house| {
        house.merchant("a").await;
        let (owner, agent) = (house.signed_in("owner-a").await, house.signed_in("agent-a").await);
        let me = agent.get("/api/v1/me").await.json()["user"]["id"].clone();
        let shift =
            |from: &str, to: &str, away: bool| json!({"person": me, "from": from, "to": to, "away": away});
        let both = json!({"shifts": [
            shift("2026-11-30T01:00:00Z", "2026-11-30T09:00:00Z", false),
            shift("2026-12-01T16:00:00Z", "2026-12-03T16:00:00Z", true),
        ]});
        agent.post("/api/v1/shifts", both.clone()).await.is(403);
        let ids = owner.post("/api/v1/shifts", both).await.is(201).json()["ids"].clone();
        let week = "/api/v1/shifts?from=2026-11-30&to=2026-12-07";
        let found = agent.get(week).await.is(200).json()["shifts"].clone();
        assert_eq!((&found[0]["id"], &found[1]["away"]), (&ids[0], &json!(true)));
        let later = agent.get("/api/v1/shifts?from=2026-12-03&to=2026-12-10").await.json()["shifts"].clone();
        assert_eq!(later.as_array().unwrap().len(), 1, "an absence is seen in every week it touches");
        owner
            .post(
                "/api/v1/shifts",
                json!({"shifts": [shift("2026-12-01T00:00:00Z", "2026-12-03T00:00:00Z", false)]}),
            )
            .await
            .is(409);
        let one = format!("/api/v1/shifts/{}", ids[0].as_str().unwrap());
        owner.json("DELETE", &one, json!({})).await.is(204);
        owner.json("DELETE", &one, json!({})).await.is(404);
        agent.get("/api/v1/shifts?from=2026-01-01&to=2026-12-31").await.is(409);
    })
    .await;
}

#[tokio::test]
async fn a_case_is_proposed_taken_and_taken_over_with_a_reason() {
    each_engine(async |house| {
        house.merchant("a").await;
        let (agent, other) = (house.signed_in("agent-a").await, house.signed_in("supervisor-a").await);
        let next = agent.get("/api/v1/next-case").await.is(200).json()["next"].clone();
        assert!(next["score"].as_u64().is_some_and(|score| score > 0), "{next}");
        let id = next["case"]["id"].as_str().unwrap().to_owned();
        let skipped = agent.get(&format!("/api/v1/next-case?case={id}")).await.json()["next"].clone();
        assert_ne!(skipped["case"]["id"], json!(id));
        let path = format!("/api/v1/cases/{id}/owner");
        other.json("PUT", &path, json!({"owner": "me"})).await.is(200);
        agent.json("PUT", &path, json!({"owner": "me"})).await.is(409);
        agent.json("PUT", &path, json!({"owner": "me", "reason": " "})).await.is(409);
        let taken =
            agent.json("PUT", &path, json!({"owner": "me", "reason": "主管在开会"})).await.is(200).json();
        let last = taken["events"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["kind"], &last["body"]["text"]), (&json!("assigned"), &json!("主管在开会")));
    })
    .await;
}
