//! A file comes in over the import page and becomes reviews and cases.

use std::time::Duration;

use serde_json::{Value, json};

use crate::house::{Caller, FILE_LIMIT, REVIEWS, each_engine, on_sqlite};

/// Waits until an import has come to an end.
pub async fn ended(caller: &Caller<'_>, id: &str) -> Value {
    for _ in 0..600 {
        let import = caller.get(&format!("/api/v1/imports/{id}")).await.is(200).json();
        if !matches!(import["state"].as_str(), Some("queued" | "running")) {
            return import;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the import did not end");
}

fn uploads(house: &crate::house::House) -> usize {
    std::fs::read_dir(house.files.path().join("data/uploads")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_file_becomes_reviews_and_cases() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let file = REVIEWS.replace("A100", "B200").replace(",3,", ",９x,");
        let bytes = encoding_rs::GB18030.encode(&file).0.into_owned();
        let shop = agent.get("/api/v1/shops").await.json()["shops"][0]["id"].as_str().unwrap().to_owned();
        let accepted = agent.upload(bytes.clone(), &[("shop_id", &shop)]).await.is(202).json();
        assert_eq!(accepted["file_name"], "评价.csv");
        // A worker that has nothing else to do may have begun already.
        assert!(["queued", "running"].contains(&accepted["state"].as_str().unwrap()), "{accepted}");
        let id = accepted["id"].as_str().unwrap();
        let import = ended(&agent, id).await;
        assert_eq!(import["state"], "done", "{import}");
        assert_eq!((&import["encoding"], &import["kind"]), (&json!("gb18030"), &json!("reviews")));
        assert_eq!((&import["rows"], &import["new"], &import["failed"]), (&json!(3), &json!(2), &json!(1)));
        assert_eq!((&import["cases_opened"], &import["created_by"]), (&json!(1), &json!("agent-a")));
        assert_eq!(import["bytes_read"], import["bytes"]);
        let english = agent.clone().with("accept-language", "en");
        let failures = english.get(&format!("/api/v1/imports/{id}/failures")).await.is(200).json();
        let failure = &failures["failures"][0];
        assert_eq!((&failure["line"], &failure["value"]), (&json!(4), &json!("９x")));
        assert!(failure["reason"].as_str().unwrap().is_ascii());
        let found = agent.get("/api/v1/reviews?order=B2001").await.is(200).json();
        let review = &found["reviews"][0];
        assert_eq!((&review["rating"], &review["buyer"]), (&json!(1), &json!("小**鱼")));
        assert_eq!(found["count"], json!({"value": 1, "capped": false}));
        let whole =
            agent.get(&format!("/api/v1/reviews/{}", review["id"].as_str().unwrap())).await.is(200).json();
        assert_eq!(whole["source"], json!({"import_id": id, "file_name": "评价.csv", "line": 2}));
        assert_eq!(whole["triage"]["severity"], review["severity"]);
        assert_eq!(whole["revisions"].as_array().unwrap().len(), 1);
        assert_eq!(uploads(house), 0, "the file is gone once it is in");
        let newest = agent.get("/api/v1/imports?limit=1").await.is(200).json();
        assert_eq!(newest["imports"][0]["id"], id);
        assert!(newest["next_cursor"].is_string());
    })
    .await;
}

#[tokio::test]
async fn a_form_that_says_too_little_is_refused_and_leaves_nothing() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let field = |answer: crate::house::Answer| answer.is(422).json()["errors"][0]["field"].clone();
        assert_eq!(field(owner.upload(REVIEWS.into(), &[]).await), "shop_id");
        assert_eq!(field(owner.upload(Vec::new(), &[("shop_name", "a 店")]).await), "file");
        let unknown = [("shop_name", "a 店"), ("map", "colour=评分")];
        assert_eq!(field(owner.upload(REVIEWS.into(), &unknown).await), "map");
        let platform = [("shop_name", "新店"), ("platform", "myspace")];
        assert_eq!(field(owner.upload(REVIEWS.into(), &platform).await), "platform");
        let agent = house.signed_in("agent-a").await;
        agent.upload(REVIEWS.into(), &[("shop_name", "新店"), ("platform", "taobao")]).await.is(403);
        house.signed_in("read_only-a").await.upload(REVIEWS.into(), &[("shop_name", "a 店")]).await.is(403);
        assert_eq!(uploads(house), 0);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_too_large_leaves_nothing() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let file = vec![b'x'; usize::try_from(FILE_LIMIT).unwrap() + 1];
        let answer = owner.upload(file, &[("shop_name", "a 店")]).await.is(413);
        assert!(answer.json()["detail"].as_str().unwrap().contains("4 MB"), "{}", answer.text());
        let many: Vec<(&str, &str)> = (0..21).map(|_| ("note", "x")).collect();
        owner.upload(REVIEWS.into(), &many).await.is(400);
        let long = "x".repeat(65 * 1024);
        owner.upload(REVIEWS.into(), &[("shop_name", &long)]).await.is(400);
        owner.send("POST", "/api/v1/imports", Some("multipart/form-data"), "x").await.is(400);
        owner
            .send("POST", "/api/v1/imports", Some("multipart/form-data; boundary=e"), "--e\r\nbroken off")
            .await
            .is(400);
        owner.post("/api/v1/imports", json!({"file": "x"})).await.is(400);
        assert_eq!(uploads(house), 0);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_in_a_plain_sentence() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let accepted =
            owner.upload(b"PK\x03\x04 no workbook".to_vec(), &[("shop_name", "a 店")]).await.is(202).json();
        let import = ended(&owner, accepted["id"].as_str().unwrap()).await;
        assert_eq!(import["state"], "failed");
        assert!(import["error"]["message"].as_str().is_some_and(|message| !message.is_empty()), "{import}");
        owner.get("/healthz").await.is(200);
    })
    .await;
}

#[tokio::test]
async fn an_import_can_be_called_off() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let rows: String = (0..30_000).map(|n| format!("C{n},一般般,3,n{n},2026-10-01 10:00:00\n")).collect();
        let file = format!("订单编号,评价内容,评分,买家昵称,评价时间\n{rows}");
        let accepted = agent.upload(file.into(), &[("shop_name", "a 店")]).await.is(202).json();
        let id = accepted["id"].as_str().unwrap();
        agent.json("DELETE", &format!("/api/v1/imports/{id}"), Value::Null).await.is(202);
        let import = ended(&agent, id).await;
        assert_eq!(import["state"], "cancelled", "{import}");
        assert!(import["rows"].as_u64().unwrap() < 30_000);
        let late = agent.json("DELETE", &format!("/api/v1/imports/{id}"), Value::Null).await.is(409);
        assert_eq!(late.json()["code"], "conflict");
    })
    .await;
}

#[tokio::test]
async fn lists_are_taken_out_as_files() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let csv = owner.get("/api/v1/reviews/export?format=csv&rating=1&rating=3").await.is(200);
        assert!(csv.header("content-disposition").contains(".csv"), "{:?}", csv.headers);
        assert_eq!(csv.text().lines().count(), 3, "a header and two rows: {}", csv.text());
        let book = owner.get("/api/v1/cases/export?format=xlsx").await.is(200);
        assert!(book.body.starts_with(b"PK"));
        owner.get("/api/v1/cases/export?format=pdf").await.is(400);
        owner.get("/api/v1/cases/export").await.is(400);
        assert_eq!(uploads(house), 0, "nothing is left lying about");
    })
    .await;
}
