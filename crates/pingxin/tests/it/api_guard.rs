//! What every answer carries, and requests that another page made a browser send.

use serde_json::json;

use crate::house::{each_engine, on_sqlite};
use crate::operations::all;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

#[tokio::test]
async fn every_answer_carries_the_headers() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let mut answers = Vec::new();
        for operation in all() {
            let address = operation.address("0192f3a4-0000-7000-8000-000000000000");
            for caller in [&house.stranger(), &owner] {
                if operation.id == "log_out" && caller.cookie.is_some() {
                    continue;
                }
                let (kind, body) = operation.body();
                answers.push((address.clone(), caller.send(&operation.method, &address, kind, body).await));
            }
        }
        for page in [
            "/",
            "/cases",
            "/assets/app-0a1b.js",
            "/assets/none.js",
            "/api",
            "/api/v1/none",
            "/api/openapi.json",
        ] {
            answers.push((page.into(), owner.get(page).await));
        }
        let foreign =
            owner.clone().with("origin", "http://evil.example").post("/api/v1/shops", json!({})).await;
        answers.push(("a foreign page".into(), foreign));
        let elsewhere = owner.clone().with("host", "evil.example").get("/").await;
        answers.push(("a foreign name".into(), elsewhere));
        answers.push(("a wrong method".into(), owner.json("PATCH", "/api/v1/shops", json!({})).await));
        for (address, answer) in answers {
            assert_eq!(answer.header("content-security-policy"), POLICY, "{address}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{address}");
            assert!(!answer.header("x-request-id").is_empty(), "{address}");
            if address.starts_with("/api") {
                assert_eq!(answer.header("cache-control"), "no-store", "{address}");
            }
            if answer.status >= 400 {
                assert_eq!(
                    answer.header("content-type"),
                    "application/problem+json",
                    "{address} {}",
                    answer.text()
                );
                let problem = answer.json();
                assert_eq!(problem["status"], answer.status, "{address}");
                assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{address}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_other_page_can_change_anything() {
    each_engine(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let case = owner.get("/api/v1/cases").await.json()["cases"][0]["id"].as_str().unwrap().to_owned();
        let before = owner.get(&format!("/api/v1/cases/{case}")).await.json();
        let foreign = [
            owner.clone().with("origin", ""),
            owner.clone().with("origin", "http://evil.example"),
            owner.clone().with("origin", "null"),
            owner.clone().with("origin", "http://localhost:3000"),
            owner.clone().with("x-pingxin", ""),
            owner.clone().with("x-pingxin", "0"),
        ];
        for operation in all().into_iter().filter(|operation| !operation.is_safe()) {
            let address = operation.address(&case);
            let (kind, body) = operation.body();
            for caller in &foreign {
                let answer = caller.send(&operation.method, &address, kind, body.clone()).await;
                assert_eq!(answer.status, 403, "{} {}", operation.id, answer.text());
                assert_eq!(answer.json()["code"], "foreign_request");
            }
            for form in ["application/x-www-form-urlencoded", "text/plain", "text/plain;charset=UTF-8"] {
                let answer = owner.send(&operation.method, &address, Some(form), body.clone()).await;
                assert_eq!(answer.status, 403, "{} as {form}: {}", operation.id, answer.text());
            }
        }
        assert_eq!(owner.get(&format!("/api/v1/cases/{case}")).await.json(), before);
        assert_eq!(owner.get("/api/v1/shops").await.json()["shops"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_name_that_was_made_to_point_here_reads_nothing() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        for name in ["evil.example", "127.0.0.1:1", "localhost.evil.example"] {
            let answer = owner.clone().with("host", name).get("/api/v1/me").await.is(421);
            assert_eq!(answer.json()["code"], "unknown_host");
        }
        let port = house.address.rsplit(':').next().unwrap();
        owner.clone().with("host", &format!("localhost:{port}")).get("/api/v1/me").await.is(200);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_said_plainly() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        for body in [
            "",
            "{",
            "[]",
            r#"{"name": 7, "platform": "taobao"}"#,
            r#"{"name": "a\u0000b", "platform": "taobao"}"#,
        ] {
            let answer = owner.send("POST", "/api/v1/shops", Some("application/json"), body).await;
            assert_eq!(answer.status, 400, "{body}: {}", answer.text());
        }
        owner.post("/api/v1/shops", json!({"name": "b", "platform": "myspace"})).await.is(422);
        for query in [
            "rating=9",
            "rating=x",
            "severity_min=-1",
            "limit=0",
            "limit=201",
            "cursor=nonsense",
            "q=a%00b",
            "from=yesterday",
            "shop=1",
            "sort=size",
        ] {
            let answer = owner.get(&format!("/api/v1/reviews?{query}")).await;
            assert_eq!(answer.status, 400, "{query}: {}", answer.text());
        }
        let long = json!({"name": "a".repeat(2 * 1024 * 1024), "platform": "taobao"});
        owner.post("/api/v1/shops", long).await.is(413);
    })
    .await;
}
