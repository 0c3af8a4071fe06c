//! Who may do what: every operation × {nobody, department, read-only, agent, supervisor, owner}, from the API's own description.

use pingxin_domain::{Role, ShopAccess};
use serde_json::json;

use crate::house::{Caller, House, each_engine};
use crate::operations::{May, Operation, all};

fn allowed(may: May, role: Role) -> bool {
    match may {
        May::Everybody | May::SignedIn | May::OnPages => true,
        May::With(action) => role.may(action),
    }
}

/// The id of something there is, for an address with `{id}`.
async fn id_for(caller: &Caller<'_>, operation: &Operation) -> String {
    let list = operation.path.trim_start_matches("/api/v1/").split('/').next().unwrap();
    if !operation.path.contains("{id}") {
        return String::new();
    }
    match list {
        "figures" => {
            let shop = caller.get("/api/v1/shops").await.json()["shops"][0]["id"].clone();
            let figure = json!({"shop_id": shop, "name": "x", "value": "1", "date": "2026-01-01"});
            caller.post("/api/v1/figures", figure).await.is(201);
        }
        "tasks" => {
            let case = caller.get("/api/v1/cases").await.json()["cases"][0]["id"].clone();
            let path = format!("/api/v1/cases/{}/tasks", case.as_str().unwrap());
            caller.post(&path, json!({"department": "warehouse", "text": "x"})).await.is(201);
        }
        "import-profiles" => {
            // There already, or made now.
            let columns = json!([{"column": "a", "field": "text"}]);
            let profile = json!({"pingxin_profile": 1, "name": "own", "columns": columns});
            caller.post("/api/v1/import-profiles", profile).await;
        }
        "tags" => {
            caller.post("/api/v1/tags", json!({"name": "要退款", "colour": "red"})).await;
        }
        "views" => {
            let view = json!({"name": "差评", "list": "reviews", "query": "rating=1"});
            caller.post("/api/v1/views", view).await.is(201);
        }
        "bulk" => {
            let bulk = json!({"list": "reviews", "query": "rating=1", "action": {"kind": "mark_gone"}});
            let done = caller.post("/api/v1/bulk", bulk).await.is(200).json();
            return done["id"].as_str().unwrap().to_owned();
        }
        "invitations" => {
            let new = json!({"display_name": "x", "role": "agent", "all_shops": true});
            return caller.post("/api/v1/invitations", new).await.is(201).json()["id"]
                .as_str()
                .unwrap()
                .into();
        }
        "tokens" => {
            let new = json!({"name": "x", "permissions": ["review.read"], "days": 1});
            return caller.post("/api/v1/tokens", new).await.is(201).json()["id"].as_str().unwrap().into();
        }
        "teams" => {
            // There already, or made now.
            caller.post("/api/v1/teams", json!({"name": "x"})).await;
        }
        // Somebody else than the caller, who goes on calling.
        "people" | "sessions" => {
            let me = caller.get("/api/v1/me").await.is(200).json();
            let merchant = me["user"]["login"].as_str().unwrap().rsplit('-').next().unwrap().to_owned();
            caller.house.signed_in(&format!("read_only-{merchant}")).await;
            let people = caller.get("/api/v1/people").await.is(200).json();
            let agent =
                people["people"].as_array().unwrap().iter().find(|person| person["role"] == "read_only");
            let agent = agent.unwrap()["id"].as_str().unwrap();
            if list == "people" {
                return agent.to_owned();
            }
            let rows = caller.get(&format!("/api/v1/sessions?person={agent}")).await.is(200).json();
            return rows["sessions"][0]["id"].as_str().unwrap().to_owned();
        }
        _ => {}
    }
    let rows = caller.get(&format!("/api/v1/{list}")).await.is(200).json();
    let list = list.trim_start_matches("import-");
    rows[list][0]["id"].as_str().unwrap_or_else(|| panic!("no {list} in {rows}")).to_owned()
}

#[tokio::test]
async fn without_a_session_nothing_is_shown_or_done() {
    each_engine(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        for operation in all().into_iter().filter(|operation| operation.may != May::Everybody) {
            let address = operation.address(&id_for(&owner, &operation).await);
            let (kind, body) = operation.body();
            for cookie in [None, Some("A".repeat(43)), Some("..".into())] {
                let mut stranger = house.stranger();
                stranger.cookie = cookie;
                let answer = stranger.send(&operation.method, &address, kind, body.clone()).await;
                assert_eq!(answer.status, 401, "{} {address}: {}", operation.method, answer.text());
                assert_eq!(answer.json()["code"], "signed_out");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_role_may_do_what_the_table_says_and_no_more() {
    each_engine(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        for role in Role::ALL {
            let caller = house.signed_in(&format!("{}-a", role.code())).await;
            for operation in all() {
                // Ends the session, and so the test; `api_session` has it.
                if ["log_out", "revoke_other_sessions"].contains(&operation.id.as_str()) {
                    continue;
                }
                check(house, &owner, &caller, role, &operation).await;
            }
        }
    })
    .await;
}

async fn check(house: &House, owner: &Caller<'_>, caller: &Caller<'_>, role: Role, operation: &Operation) {
    let address = operation.address(&id_for(owner, operation).await);
    let (kind, body) = operation.body();
    let answer = caller.send(&operation.method, &address, kind, body).await;
    let what = format!(
        "{}: {role:?} {} {address}: {} {}",
        house.engine(),
        operation.method,
        answer.status,
        answer.text()
    );
    if allowed(operation.may, role) {
        // Signing in with a wrong password and setting up twice are refused, but not for want of rights.
        assert!(!matches!(answer.status, 403) || operation.may == May::Everybody, "{what}");
        assert!(answer.status < 500, "{what}");
    } else {
        assert_eq!(answer.status, 403, "{what}");
        assert_eq!(answer.json()["code"], "forbidden", "{what}");
    }
}

#[tokio::test]
async fn who_sees_one_shop_sees_nothing_of_the_others() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        house.person(&scope, "none-a", Role::Agent, ShopAccess::Only(vec![])).await;
        let agent = house.signed_in("agent-a").await;
        let none = house.signed_in("none-a").await;
        for list in ["reviews", "cases", "orders", "buyers", "products", "shops"] {
            let rows = none.get(&format!("/api/v1/{list}")).await.is(200).json();
            assert_eq!(rows[list].as_array().map(Vec::len), Some(0), "{list}: {rows}");
        }
        for list in ["reviews", "cases", "orders", "buyers", "products"] {
            let rows = agent.get(&format!("/api/v1/{list}")).await.json();
            let id = rows[list][0]["id"].as_str().unwrap().to_owned();
            none.get(&format!("/api/v1/{list}/{id}")).await.is(404);
        }
        assert_eq!(none.get("/api/v1/summary").await.json()["reviews"], 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_another_merchant_s_is_as_absent_as_what_is_not_there() {
    each_engine(async |house| {
        house.merchant("a").await;
        house.merchant("b").await;
        let (a, b) = (house.signed_in("owner-a").await, house.signed_in("owner-b").await);
        let absent = "0192f3a4-0000-7000-8000-000000000000";
        for operation in all().into_iter().filter(|operation| operation.path.contains("{id}")) {
            let foreign = id_for(&a, &operation).await;
            let (kind, body) = operation.body();
            let mut answers = Vec::new();
            for id in [foreign.as_str(), absent, "no-id-at-all", "%00", "'; drop table reviews; --"] {
                let id = id.replace([' ', ';', '\''], "%27");
                let answer = b.send(&operation.method, &operation.address(&id), kind, body.clone()).await;
                assert_eq!(answer.status, 404, "{} {id}: {}", operation.id, answer.text());
                answers.push(answer.body);
            }
            assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{}: told apart", operation.id);
            // And it is still there for its own people, untouched.
            let lacking =
                ["get_failed_rows", "get_review_media", "list_sessions"].contains(&operation.id.as_str());
            if operation.is_safe() && !lacking {
                a.get(&operation.address(&foreign)).await.is(200);
            }
        }
        let shop = a.get("/api/v1/shops").await.json()["shops"][0]["id"].as_str().unwrap().to_owned();
        for list in ["reviews", "cases", "orders", "buyers", "products"] {
            let rows = b.get(&format!("/api/v1/{list}?shop={shop}")).await.is(200).json();
            assert_eq!(rows[list].as_array().map(Vec::len), Some(0));
        }
        b.upload("评价内容,评分\n好,5\n".into(), &[("shop_id", &shop)]).await.is(404);
    })
    .await;
}
