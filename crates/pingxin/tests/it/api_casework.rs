//! A case over HTTP from arrival to its end: moved, planned, contacted, listed.

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

fn codes(rows: &Value, field: &str) -> Vec<String> {
    rows.as_array().unwrap().iter().map(|row| row[field].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_case_is_moved_if_it_stands_as_it_was_read() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let case = first_case(&agent).await;
        let state = address(&case, "/state");
        for (body, field) in
            [(json!({"state": "waiting"}), "waiting_for"), (json!({"state": "solved"}), "outcome")]
        {
            let refused = agent.json("PUT", &state, body).await.is(422).json();
            assert_eq!(refused["errors"][0]["field"], field);
        }
        let seen = format!("\"{}\"", case["version"]);
        let wait = json!({"state": "waiting", "waiting_for": "carrier", "text": "催件了"});
        let waits = agent.clone().with("if-match", &seen).json("PUT", &state, wait.clone()).await.is(200);
        let version = waits.json()["version"].as_u64().unwrap();
        assert_eq!(waits.header("etag"), format!("\"{version}\""));
        assert_eq!(
            (&waits.json()["state"], &waits.json()["waiting"]["on"]),
            (&json!("waiting"), &json!("carrier"))
        );
        agent.clone().with("if-match", &seen).json("PUT", &state, wait).await.is(412);
        let listed = agent.get("/api/v1/cases?waiting_for=carrier").await.is(200).json();
        assert_eq!(listed["cases"].as_array().unwrap().len(), 1);
        let back = agent.post(&address(&case, "/undo"), json!({})).await.is(200).json();
        assert_eq!((&back["state"], &back["owner"]), (&json!("open"), &Value::Null));
        agent.post(&address(&case, "/undo"), json!({})).await.is(409);
        agent.json("PUT", &state, json!({"state": "solved", "outcome": "given_up"})).await.is(409);
        agent.json("PUT", &state, json!({"state": "solved", "outcome": "merged"})).await.is(409);
        let solved =
            agent.json("PUT", &state, json!({"state": "solved", "outcome": "kept"})).await.is(200).json();
        assert_eq!((&solved["outcome"], &solved["next_step"]), (&json!("kept"), &Value::Null));
        let listed = agent.get("/api/v1/cases?outcome=kept&outcome=invalid").await.is(200).json();
        assert_eq!(listed["cases"].as_array().unwrap().len(), 1);
        agent.json("PUT", &state, json!({"state": "open"})).await.is(409);
        let again = json!({"state": "open", "text": "买家又来了"});
        assert_eq!(agent.json("PUT", &state, again).await.is(200).json()["state"], "in_progress");
        let words = agent.get(&address(&case, "")).await.json();
        assert_eq!(words["events"].as_array().unwrap().last().unwrap()["body"]["text"], "买家又来了");
    })
    .await;
}

#[tokio::test]
async fn a_plan_says_what_is_next_and_follows_what_is_said_and_done() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let case = first_case(&agent).await;
        let plan = agent.get(&address(&case, "/plan")).await.is(200).json();
        let steps = codes(&plan["steps"], "step");
        assert_eq!(plan["next_step"], steps[0]);
        assert!(plan["steps"][0]["what"]["zh"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(plan["deadlines"].is_array() && plan["timezone"].is_string());
        let first = json!({"step": steps[0], "done": true});
        let ticked = agent.json("PUT", &address(&case, "/steps"), first).await.is(200).json();
        assert_ne!(ticked["next_step"], steps[0]);
        assert_eq!(codes(&ticked["done"], "step"), [steps[0].clone()]);
        assert_eq!(ticked["done"][0]["by"]["name"], "agent-a");
        agent.json("PUT", &address(&case, "/steps"), json!({"step": "no_such", "done": true})).await.is(400);

        let facts = json!({"request": "exchange", "problem": "defect", "shown": true});
        let said = agent.json("PUT", &address(&case, "/facts"), facts).await.is(200).json();
        assert_eq!((&said["stated"]["request"], &said["stated"]["used"]), (&json!("exchange"), &Value::Null));
        assert_eq!(said["stated_by"]["name"], "agent-a");
        agent.json("PUT", &address(&case, "/facts"), json!({"problem": "spoiled"})).await.is(409);

        let attempts = address(&case, "/attempts");
        let call = json!({"channel": "phone", "result": "no_answer", "seconds": 20, "note": "没人接"});
        let logged = agent.post(&attempts, call).await.is(201).json();
        let attempt = &logged["plan"]["attempts"][0];
        assert_eq!((&attempt["reached"], &attempt["known_by"]), (&json!(false), &json!("logged")));
        agent
            .post(&attempts, json!({"channel": "phone", "result": "no_answer", "at": "2999-01-01T00:00:00Z"}))
            .await
            .is(422);
        let one = format!("/api/v1/attempts/{}", logged["id"].as_str().unwrap());
        let left = agent.json("DELETE", &one, json!({})).await.is(200).json();
        assert_eq!(left["attempts"], json!([]));
        agent.json("DELETE", &one, json!({})).await.is(409);
        agent.post(&attempts, json!({"channel": "phone", "result": "refused"})).await.is(201);
        let plan = agent.get(&address(&case, "/plan")).await.is(200).json();
        assert_eq!((&plan["stop"]["reason"], &plan["contacts"]), (&json!("refused"), &json!([])));
        let kinds = agent.get(&address(&case, "")).await.json();
        assert_eq!(
            codes(&kinds["events"], "kind"),
            ["opened", "step_done", "facts_stated", "contact_logged", "contact_withdrawn", "contact_logged"]
        );
    })
    .await;
}

#[tokio::test]
async fn the_numbers_of_the_workbench_open_their_lists() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        agent.get("/api/v1/workbench?timezone=Nowhere/Land").await.is(400);
        let bench = agent.get("/api/v1/workbench?timezone=Asia/Shanghai").await.is(200).json();
        let figures = [
            &bench["new"],
            &bench["due_soon"],
            &bench["overdue"],
            &bench["clock_overdue"],
            &bench["clock_soon"],
            &bench["escalated"],
            &bench["contacts"],
            &bench["deadlines_3"],
            &bench["deadlines_7"],
            &bench["mine"],
            &bench["yesterday"]["opened"],
            &bench["yesterday"]["ended"],
            &bench["yesterday"]["contacted"],
        ];
        for figure in figures {
            let query = figure["query"].as_str().unwrap();
            let list = agent.get(&format!("/api/v1/cases?limit=200&{query}")).await.is(200).json();
            let many = list["cases"].as_array().unwrap().len() as u64;
            assert_eq!(Some(many), figure["count"]["value"].as_u64(), "{query}");
        }
        assert!(bench["new"]["count"]["value"].as_u64().is_some_and(|many| many > 0));
    })
    .await;
}
