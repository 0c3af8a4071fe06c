//! The demo: opened with its own logins, away with one click, and room for a real merchant afterwards.

use pingxin_desk::demo;
use serde_json::{Value, json};

use crate::house::{each_engine, on_sqlite};

#[tokio::test]
async fn the_demo_is_marked_and_wiped_by_its_owner() {
    each_engine(async |house| {
        demo::create(&house.desk, &house.hasher, demo::Wish { seed: 7, orders: 40, reviews: 20 }).await.unwrap();
        let stranger = house.stranger();
        assert_eq!(stranger.get("/api/v1/setup").await.json(), json!({"needs_owner": false, "demo": true}));
        let mut people = Vec::new();
        for login in demo::LOGINS {
            let answer = stranger.log_in(login.login, login.password).await.is(201);
            assert_eq!(answer.json()["tenant"]["demo"], true);
            let mut person = stranger.clone();
            person.cookie = answer.cookie();
            people.push(person);
        }
        let [owner, others @ ..] = people.as_slice() else { panic!("some people") };
        assert!(owner.get("/api/v1/reviews").await.json()["count"]["value"].as_u64().unwrap() >= 20);
        for other in others {
            other.json("DELETE", "/api/v1/demo", Value::Null).await.is(403);
        }
        let wiped = owner.json("DELETE", "/api/v1/demo", Value::Null).await.is(200).json();
        for person in &people {
            person.get("/api/v1/me").await.is(401);
        }
        stranger.log_in(demo::LOGINS[0].login, demo::LOGINS[0].password).await.is(401);
        let token = wiped["setup_url"].as_str().unwrap().strip_prefix("/setup?token=").unwrap();
        let owner = json!({"token": token, "login": "lin", "display_name": "林", "password": "long enough", "tenant_name": "木棉"});
        let begun = stranger.post("/api/v1/setup/owner", owner).await.is(201);
        let mut lin = stranger.clone();
        lin.cookie = begun.cookie();
        assert_eq!(lin.get("/api/v1/reviews").await.json()["count"]["value"], 0);
        assert_eq!(lin.get("/api/v1/me").await.json()["tenant"], {
            let mut tenant = begun.json()["tenant"].clone();
            tenant["demo"] = false.into();
            tenant
        });
    })
    .await;
}

#[tokio::test]
async fn a_real_merchant_is_never_wiped() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        owner.json("DELETE", "/api/v1/demo", Value::Null).await.is(409);
        assert_eq!(owner.get("/api/v1/reviews").await.json()["count"]["value"], 3);
    })
    .await;
}
