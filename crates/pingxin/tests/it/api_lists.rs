//! The floor of every list: tags, saved views, bulk actions with undo, exports read back.

use jiff::SignedDuration;
use pingxin_domain::{Role, ShopAccess};
use serde_json::{Value, json};

use crate::house::{Caller, each_engine, on_sqlite};

fn ids(list: &Value, name: &str) -> Vec<String> {
    let rows = list[name].as_array().unwrap_or_else(|| panic!("no {name} in {list}"));
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

async fn found(caller: &Caller<'_>, query: &str) -> usize {
    let list = caller.get(&format!("/api/v1/reviews?{query}")).await.is(200).json();
    let found = ids(&list, "reviews").len();
    assert_eq!(list["count"]["value"], found, "{query}");
    found
}

async fn make_tag(caller: &Caller<'_>, name: &str) -> String {
    let tag = caller.post("/api/v1/tags", json!({"name": name, "colour": "red"})).await.is(201).json();
    tag["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn tags_are_made_put_on_filtered_by_and_taken_back() {
    each_engine(async |house| {
        house.merchant("a").await;
        let (supervisor, agent) = (house.signed_in("supervisor-a").await, house.signed_in("agent-a").await);
        agent.post("/api/v1/tags", json!({"name": "x", "colour": "red"})).await.is(403);
        let tag = make_tag(&supervisor, " 要 退款 ").await;
        supervisor.post("/api/v1/tags", json!({"name": "要 退款", "colour": "blue"})).await.is(422);
        supervisor.post("/api/v1/tags", json!({"name": "", "colour": "blue"})).await.is(422);
        supervisor.post("/api/v1/tags", json!({"name": "y", "colour": "pink"})).await.is(400);
        let all = agent.get("/api/v1/reviews").await.json();
        let things = ids(&all, "reviews");
        let absent = "0192f3a4-0000-7000-8000-000000000000";
        let bulk = json!({"list": "reviews", "ids": [things[0], absent, things[2], things[0]],
            "action": {"kind": "tag", "tag": tag}});
        let done = agent.post("/api/v1/bulk", bulk.clone()).await.is(200).json();
        assert_eq!((&done["done"], &done["failed"]), (&json!(2), &json!(1)));
        assert_eq!(done["results"][1]["problem"]["code"], "not_found");
        assert_eq!(done["results"][2], json!({"id": things[2], "ok": true, "problem": null}));
        assert_eq!(found(&agent, &format!("tag={tag}")).await, 2);
        assert_eq!(found(&agent, &format!("tag={tag}&rating=5&match=any")).await, 3);
        assert_eq!(found(&agent, &format!("tag={tag}&rating=5")).await, 0);
        let row = agent.get(&format!("/api/v1/reviews/{}", things[0])).await.is(200).json();
        assert_eq!(row["tags"], json!([{"id": tag, "name": "要 退款", "colour": "red"}]));
        let tags = agent.get("/api/v1/tags").await.is(200).json();
        assert_eq!((&tags["tags"][0]["reviews"], &tags["tags"][0]["cases"]), (&json!(2), &json!(2)));
        let cases = agent.get(&format!("/api/v1/cases?tag={tag}&sort=updated")).await.is(200).json();
        assert_eq!(
            (ids(&cases, "cases").len(), &cases["cases"][0]["tags"][0]["name"]),
            (2, &json!("要 退款"))
        );
        // Somebody takes it off one of them; the other is restored, and this one is told.
        let off = json!({"list": "reviews", "ids": [things[2]], "action": {"kind": "untag", "tag": tag}});
        supervisor.post("/api/v1/bulk", off).await.is(200);
        let undo = format!("/api/v1/bulk/{}/undo", done["id"].as_str().unwrap());
        supervisor.post(&undo, json!({})).await.is(404);
        let undone = agent.post(&undo, json!({})).await.is(200).json();
        assert_eq!((&undone["done"], &undone["failed"]), (&json!(1), &json!(1)), "{undone}");
        let changed = undone["results"].as_array().unwrap().iter().find(|row| row["ok"] == false).unwrap();
        assert_eq!((&changed["id"], &changed["problem"]["code"]), (&json!(things[2]), &json!("changed")));
        assert_eq!(found(&agent, &format!("tag={tag}")).await, 0);
        agent.post(&undo, json!({})).await.is(409);
        let renamed =
            supervisor.json("PATCH", &format!("/api/v1/tags/{tag}"), json!({"colour": "grey"})).await;
        assert_eq!(renamed.is(200).json()["name"], "要 退款");
        supervisor.json("DELETE", &format!("/api/v1/tags/{tag}"), json!({})).await.is(204);
        assert_eq!(agent.get("/api/v1/tags").await.json(), json!({"tags": []}));
    })
    .await;
}

#[tokio::test]
async fn cases_are_given_out_in_bulk_and_taken_back_unless_somebody_was_there() {
    each_engine(async |house| {
        house.merchant("a").await;
        let (supervisor, agent) = (house.signed_in("supervisor-a").await, house.signed_in("agent-a").await);
        let agent_id = agent.get("/api/v1/me").await.json()["user"]["id"].clone();
        let give = |owner: &Value| {
            json!({"list": "reviews", "query": "rating=1&rating=3&rating=5&match=all",
            "action": {"kind": "assign", "owner": owner}})
        };
        agent
            .post("/api/v1/bulk", give(&supervisor.get("/api/v1/me").await.json()["user"]["id"]))
            .await
            .is(403);
        let done = supervisor.post("/api/v1/bulk", give(&agent_id)).await.is(200).json();
        assert_eq!((&done["done"], &done["failed"]), (&json!(2), &json!(1)), "{done}");
        let without = done["results"].as_array().unwrap().iter().find(|row| row["ok"] == false).unwrap();
        assert_eq!(without["problem"]["code"], "no_case");
        assert_eq!(found(&agent, "mine=true").await, 2);
        assert_eq!(found(&agent, "handler=none").await, 0);
        let cases = agent.get("/api/v1/cases?handler=me&case_state=in_progress").await.is(200).json();
        let mine = ids(&cases, "cases");
        assert_eq!(mine.len(), 2);
        // A note is no change of hands; a release is.
        let address = |id: &str, rest: &str| format!("/api/v1/cases/{id}/{rest}");
        agent.post(&address(&mine[0], "notes"), json!({"text": "已联系"})).await.is(200);
        agent.json("PUT", &address(&mine[1], "owner"), json!({"owner": null})).await.is(200);
        agent.json("PUT", &address(&mine[1], "owner"), json!({"owner": "me"})).await.is(200);
        let undo = format!("/api/v1/bulk/{}/undo", done["id"].as_str().unwrap());
        let undone = supervisor.post(&undo, json!({})).await.is(200).json();
        assert_eq!((&undone["done"], &undone["failed"]), (&json!(1), &json!(1)), "{undone}");
        let still = agent.get("/api/v1/cases?handler=me").await.json();
        assert_eq!(ids(&still, "cases"), [mine[1].clone()]);
        let case = agent.get(&format!("/api/v1/cases/{}", mine[0])).await.json();
        let kinds: Vec<&str> =
            case["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["opened", "assigned", "note", "released"]);
        assert_eq!((&case["state"], &case["owner"]), (&json!("open"), &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn a_review_that_is_gone_is_marked_and_filtered_by() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let mark = |kind: &str| json!({"list": "cases", "query": "q=开线", "action": {"kind": kind}});
        let done = agent.post("/api/v1/bulk", mark("mark_gone")).await.is(200).json();
        assert_eq!(done["done"], 1);
        assert_eq!(found(&agent, "changed=deleted").await, 1);
        assert_eq!(found(&agent, "changed=deleted&changed=revised&cause=quality").await, 1);
        let gone = agent.get("/api/v1/reviews?changed=deleted").await.json();
        assert!(gone["reviews"][0]["gone_at"].is_string());
        house.clock.advance(SignedDuration::from_hours(25));
        let agent = house.signed_in("agent-a").await;
        let undo = format!("/api/v1/bulk/{}/undo", done["id"].as_str().unwrap());
        agent.post(&undo, json!({})).await.is(409);
        let again = agent.post("/api/v1/bulk", mark("unmark_gone")).await.is(200).json();
        assert_eq!(found(&agent, "changed=deleted").await, 0);
        let undo = format!("/api/v1/bulk/{}/undo", again["id"].as_str().unwrap());
        agent.post(&undo, json!({})).await.is(200);
        let restored = agent.get("/api/v1/reviews?changed=deleted").await.json();
        assert_eq!(restored["reviews"][0]["gone_at"], gone["reviews"][0]["gone_at"]);
    })
    .await;
}

#[tokio::test]
async fn a_shared_view_shows_each_his_own_count() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        house.person(&scope, "none-a", Role::Agent, ShopAccess::Only(vec![])).await;
        let (supervisor, agent) = (house.signed_in("supervisor-a").await, house.signed_in("agent-a").await);
        let none = house.signed_in("none-a").await;
        let query = "rating=1&rating=3&sort=severity";
        let view = json!({"name": "差评", "list": "reviews", "query": query, "columns": ["rating", "text"]});
        let own = agent.post("/api/v1/views", view.clone()).await.is(201).json();
        assert_eq!((&own["count"], &own["mine"]), (&json!({"value": 2, "capped": false}), &json!(true)));
        assert_eq!((&own["query"], &own["columns"]), (&json!(query), &json!(["rating", "text"])));
        let shared = json!({"name": "大家的", "list": "reviews", "query": query, "shared": true});
        agent.post("/api/v1/views", shared.clone()).await.is(403);
        let shared = supervisor.post("/api/v1/views", shared).await.is(201).json();
        let names = async |caller: &Caller<'_>| {
            let views = caller.get("/api/v1/views?list=reviews").await.is(200).json();
            let views = views["views"].as_array().unwrap().clone();
            views
                .iter()
                .map(|view| (view["name"].clone(), view["count"]["value"].clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&agent).await, [(json!("大家的"), json!(2)), (json!("差评"), json!(2))]);
        assert_eq!(names(&none).await, [(json!("大家的"), json!(0))]);
        assert_eq!(agent.get("/api/v1/views?list=cases").await.json(), json!({"views": []}));
        let address = |view: &Value| format!("/api/v1/views/{}", view["id"].as_str().unwrap());
        agent.json("PATCH", &address(&shared), json!({"name": "我的"})).await.is(403);
        agent.json("DELETE", &address(&shared), json!({})).await.is(403);
        supervisor.json("PATCH", &address(&own), json!({"name": "x"})).await.is(404);
        agent.json("PATCH", &address(&own), json!({"shared": true})).await.is(403);
        agent.json("PATCH", &address(&own), json!({"query": "rating=9"})).await.is(422);
        let changed = agent.json("PATCH", &address(&own), json!({"query": "rating=1&owner=me"})).await;
        assert_eq!(changed.is(200).json()["count"]["value"], 1, "a key of another list is none of this one");
        for bad in [
            json!({"name": " ", "list": "reviews", "query": ""}),
            json!({"name": "x", "list": "reviews", "query": "cause=nonsense"}),
            json!({"name": "x", "list": "reviews", "query": "", "columns": ["<b>"]}),
        ] {
            agent.post("/api/v1/views", bad).await.is(422);
        }
        agent.json("DELETE", &address(&own), json!({})).await.is(204);
        supervisor.json("DELETE", &address(&shared), json!({})).await.is(204);
        assert_eq!(names(&agent).await, []);
    })
    .await;
}

#[tokio::test]
async fn an_export_has_the_filter_and_the_columns_asked_for() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let supervisor = house.signed_in("supervisor-a").await;
        let tag = make_tag(&supervisor, "=1+1").await;
        let bulk = json!({"list": "cases", "query": "rating=1", "action": {"kind": "tag", "tag": tag}});
        supervisor.post("/api/v1/bulk", bulk).await.is(200);
        let path = "/api/v1/reviews/export?rating=1&rating=5&columns=rating,tags&columns=order_number";
        let csv = supervisor.get(&format!("{path}&format=csv")).await.is(200).text();
        let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines[0], "rating,tags,order_number");
        assert_eq!(lines.len(), 3, "{csv}");
        assert!(!csv.contains(",=1+1"), "no formula: {csv}");
        let jsonl = supervisor.get(&format!("{path}&format=jsonl")).await.is(200).text();
        let rows: Vec<Value> = jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(
            rows[1],
            json!({"rating": 1, "tags": "=1+1", "order_number": "A1001"}),
            "the newest first"
        );
        let xlsx = supervisor.get(&format!("{path}&format=xlsx")).await.is(200);
        assert_eq!(&xlsx.body[..2], b"PK");
        supervisor.get("/api/v1/reviews/export?format=csv&columns=secret").await.is(422);
        let cases =
            supervisor.get(&format!("/api/v1/cases/export?format=jsonl&tag={tag}")).await.is(200).text();
        assert_eq!(cases.lines().count(), 1);
        let case: Value = serde_json::from_str(cases.trim()).unwrap();
        assert_eq!((&case["tags"], &case["case_state"]), (&json!("=1+1"), &json!("open")));
    })
    .await;
}
