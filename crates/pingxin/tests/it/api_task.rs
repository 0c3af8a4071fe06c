//! Tasks: asked about a case, seen and answered by the department, told in the case's story.

use pingxin_domain::{Role, ShopAccess};
use serde_json::json;

use crate::house::{Caller, House, each_engine};

async fn first_case(caller: &Caller<'_>) -> String {
    let cases = caller.get("/api/v1/cases").await.is(200).json();
    cases["cases"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_department_is_asked_answers_and_the_case_tells() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        let (agent, warehouse) = (house.signed_in("agent-a").await, house.signed_in("department-a").await);
        let case = first_case(&agent).await;
        let ask = async |department: &str| {
            let path = format!("/api/v1/cases/{case}/tasks");
            let due = "2026-11-22T18:00:00Z";
            let body = json!({"department": department, "text": "请查补发前复检", "due_at": due});
            agent.post(&path, body).await.is(201).json()
        };
        let (task, finance) = (ask("warehouse").await, ask("finance").await);
        assert_eq!(task["case"]["id"], case.as_str());
        assert_eq!((&task["state"], &task["created_by"]["name"]), (&json!("open"), &json!("agent-a")));
        // The department sees its own, without case or buyer.
        let seen = warehouse.get("/api/v1/tasks?state=open").await.is(200).json();
        assert_eq!(seen["count"]["value"], 1);
        let row = &seen["tasks"][0];
        assert_eq!(
            (&row["id"], &row["case"], &row["shop"]["name"]),
            (&task["id"], &json!(null), &json!("a 店"))
        );
        assert!(row["order_number"].as_str().is_some_and(|number| number.starts_with("A100")), "{row}");
        for path in ["/api/v1/cases", "/api/v1/reviews", "/api/v1/shops", "/api/v1/about"] {
            warehouse.get(path).await.is(403);
        }
        // Finance's task is not there for the warehouse, asked for or answered.
        let other = warehouse.get("/api/v1/tasks?department=finance").await.is(200).json();
        assert_eq!(other["tasks"], json!([]));
        let path = |task: &serde_json::Value, what: &str| {
            format!("/api/v1/tasks/{}/{what}", task["id"].as_str().unwrap())
        };
        warehouse.post(&path(&finance, "answer"), json!({"text": "x"})).await.is(404);
        warehouse.post(&path(&task, "cancel"), json!({})).await.is(403);
        let answered =
            warehouse.post(&path(&task, "answer"), json!({"text": " 已复检，今天发 "})).await.is(200).json();
        assert_eq!((&answered["state"], &answered["answer"]), (&json!("done"), &json!("已复检，今天发")));
        // Once.
        let again = warehouse.post(&path(&task, "answer"), json!({"text": "x"})).await;
        assert!(again.status == 409 && again.json()["detail"].as_str().unwrap().contains("已经有答复"));
        agent.post(&path(&finance, "cancel"), json!({})).await.is(200);
        agent.post(&path(&finance, "answer"), json!({"text": "x"})).await.is(409);
        let story = agent.get(&format!("/api/v1/cases/{case}")).await.is(200).json();
        let kinds: Vec<&str> =
            story["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["opened", "task_asked", "task_asked", "task_answered", "task_cancelled"]);
        assert_eq!(story["events"][3]["body"]["text"], "已复检，今天发");
        assert_eq!(story["events"][3]["actor"]["name"], "department-a");
        outside(house, &scope, &case, &task["id"]).await;
    })
    .await;
}

/// Who does not see the shop sees no task of it.
async fn outside(house: &House, scope: &pingxin_domain::Scope, case: &str, task: &serde_json::Value) {
    house.person(scope, "elsewhere-a", Role::Department, ShopAccess::Only(vec![])).await;
    house.person(scope, "none-a", Role::Agent, ShopAccess::Only(vec![])).await;
    for login in ["elsewhere-a", "none-a"] {
        let caller = house.signed_in(login).await;
        assert_eq!(caller.get("/api/v1/tasks").await.is(200).json()["tasks"], json!([]), "{login}");
        let path = format!("/api/v1/tasks/{}/answer", task.as_str().unwrap());
        caller.post(&path, json!({"text": "x"})).await.is(404);
    }
    let none = house.signed_in("none-a").await;
    let body = json!({"department": "courier", "text": "x"});
    none.post(&format!("/api/v1/cases/{case}/tasks"), body).await.is(404);
}

#[tokio::test]
async fn a_bad_question_is_refused_in_words() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let path = format!("/api/v1/cases/{}/tasks", first_case(&agent).await);
        for body in [
            json!({"department": "warehouse", "text": "  "}),
            json!({"department": "warehouse", "text": "字".repeat(2_001)}),
            json!({"department": "warehouse", "text": "x", "due_at": "2026-11-22T11:59:59Z"}),
        ] {
            agent.post(&path, body).await.is(422);
        }
        agent.post(&path, json!({"department": "kitchen", "text": "x"})).await.is(400);
    })
    .await;
}
