//! The audit through the API and the command line.

use std::process::Command;

use pingxin_domain::{Role, ShopAccess};
use pingxin_store::StoreUrl;
use pingxin_testkit::database::raw_on;
use serde_json::{Value, json};

use crate::house::each_engine;

#[tokio::test]
async fn who_did_what_is_listed_filtered_and_taken_out() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        house.merchant("b").await;
        let (owner, agent) = (house.signed_in("owner-a").await, house.signed_in("agent-a").await);
        let case = agent.get("/api/v1/cases").await.json()["cases"][0]["id"].as_str().unwrap().to_owned();
        agent.json("PUT", &format!("/api/v1/cases/{case}/owner"), json!({"owner": "me"})).await.is(200);
        let listed = async |query: &str| {
            owner.get(&format!("/api/v1/audit{query}")).await.is(200).json()["entries"].clone()
        };
        let all = listed("?limit=200").await;
        let all = all.as_array().unwrap();
        let newest = &all[0];
        assert_eq!((&newest["action"], &newest["actor"]["name"]), (&json!("case.assign"), &json!("agent-a")));
        assert_eq!((&newest["subject_kind"], &newest["subject_id"]), (&json!("case"), &json!(case)));
        assert!(all.iter().all(|entry| entry["actor"]["kind"].as_str().is_some_and(|kind| !kind.is_empty())));
        assert!(all.iter().any(|entry| entry["actor"]["kind"] == "command_line"));
        assert_eq!(all.last().unwrap()["seq"], 1);
        assert_eq!(listed("?action=case").await.as_array().unwrap().len(), 1);
        let me = agent.get("/api/v1/me").await.json()["user"]["id"].as_str().unwrap().to_owned();
        let mine = listed(&format!("?actor={me}")).await;
        let actions: Vec<&str> =
            mine.as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["case.assign", "session.begun"]);
        assert_eq!(listed("?actor=command_line&action=import").await.as_array().unwrap().len(), 1);
        owner.get("/api/v1/audit?actor=somebody").await.is(400);
        agent.get("/api/v1/audit").await.is(403);
        let checked = owner.get("/api/v1/audit/check").await.is(200).json();
        assert_eq!((&checked["whole"], &checked["broken_at"]), (&json!(true), &json!(null)));
        assert_eq!(checked["entries"], all.len());
        let file = owner.get("/api/v1/audit/export?format=jsonl&action=case").await.is(200).text();
        let row: Value = serde_json::from_str(file.lines().next().unwrap()).unwrap();
        assert_eq!((&row["action"], &row["actor_name"]), (&json!("case.assign"), &json!("agent-a")));
        assert_eq!(file.lines().count(), 1);
        // A supervisor of no shop sees what he did himself.
        house.person(&scope, "narrow-a", Role::Supervisor, ShopAccess::Only(vec![])).await;
        let narrow = house.signed_in("narrow-a").await.get("/api/v1/audit").await.is(200).json();
        let entries = narrow["entries"].as_array().unwrap();
        assert!(entries.iter().all(|entry| entry["actor"]["name"] == "narrow-a"), "{narrow}");
        assert_eq!(entries.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_older_database_in_place_of_the_true_one_is_found() {
    each_engine(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        assert_eq!(pingxin_desk::audit::note_ends(&house.desk).await.unwrap(), 1);
        assert_eq!(pingxin_desk::audit::note_ends(&house.desk).await.unwrap(), 0, "nothing new");
        owner.post("/api/v1/shops", json!({"name": "新店", "platform": "taobao"})).await.is(201);
        assert_eq!(pingxin_desk::audit::note_ends(&house.desk).await.unwrap(), 1);
        assert_eq!(owner.get("/api/v1/audit/check").await.json()["whole"], true);
        // As if the last line had been noted of a longer chain.
        let file = house.desk.files().join(pingxin_desk::audit::ENDS_FILE);
        let lines = std::fs::read_to_string(&file).unwrap();
        let mut last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
        let entries = last["seq"].as_u64().unwrap();
        last["seq"] = json!(entries + 5);
        std::fs::write(&file, format!("{lines}{last}\n{{\"half")).unwrap();
        let checked = owner.get("/api/v1/audit/check").await.json();
        assert_eq!((&checked["whole"], &checked["how"]), (&json!(false), &json!("cut")));
        assert_eq!(checked["broken_at"], entries + 1);
    })
    .await;
}

#[test]
fn the_command_line_names_the_first_bad_entry() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("a.db");
    let pingxin = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pingxin"));
        command.args(arguments).arg("--db").arg(&db).env_remove("PINGXIN_KEY").output().unwrap()
    };
    let added = pingxin(&["user", "add", "tang", "--name", "小唐", "--role", "owner"]);
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    let whole = pingxin(&["verify-audit"]);
    assert_eq!(whole.status.code(), Some(0), "{whole:?}");
    let damage = "DROP TRIGGER audit_entries_no_update; UPDATE audit_entries SET detail = '{}' WHERE seq = 1";
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(raw_on(&StoreUrl::Sqlite(db.clone()), damage)).unwrap();
    let broken = pingxin(&["verify-audit", "--json"]);
    assert_eq!(broken.status.code(), Some(1), "{broken:?}");
    let line: Value = serde_json::from_slice(&broken.stdout).unwrap();
    assert_eq!((&line["broken_at"], &line["how"]), (&json!(1), &json!("changed")));
}
