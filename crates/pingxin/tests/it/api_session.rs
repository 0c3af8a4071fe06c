//! The first owner, signing in and out, and how long a session lasts.

use jiff::SignedDuration;
use pingxin_desk::people;
use serde_json::{Value, json};

use crate::house::{House, PASSWORD, each_engine, on_sqlite};

async fn token(house: &House) -> String {
    people::offer_setup(&house.desk).await.unwrap().as_str().to_owned()
}

fn owner(token: &str) -> Value {
    json!({"token": token, "login": "Lin", "display_name": "林小美", "password": PASSWORD, "tenant_name": "木棉"})
}

#[tokio::test]
async fn the_first_owner_sets_the_desk_up_once() {
    each_engine(async |house| {
        let stranger = house.stranger();
        assert_eq!(stranger.get("/api/v1/setup").await.json(), json!({"needs_owner": true, "demo": false}));
        let token = token(house).await;
        stranger.post("/api/v1/setup/owner", owner("not the token")).await.is(403);
        let short = json!({"token": token, "login": "Lin", "display_name": "林", "password": "1234567", "tenant_name": "木棉"});
        let refused = stranger.post("/api/v1/setup/owner", short).await.is(422).json();
        assert_eq!(refused["errors"][0]["field"], "password");
        let answer = stranger.post("/api/v1/setup/owner", owner(&token)).await.is(201);
        let me = answer.json();
        assert_eq!((&me["user"]["login"], &me["user"]["role"]), (&json!("lin"), &json!("owner")));
        assert_eq!((&me["tenant"]["name"], &me["tenant"]["demo"]), (&json!("木棉"), &json!(false)));
        let mut caller = stranger.clone();
        caller.cookie = answer.cookie();
        assert_eq!(caller.get("/api/v1/me").await.is(200).json(), me);
        assert_eq!(stranger.get("/api/v1/setup").await.json()["needs_owner"], false);
        let again = stranger.post("/api/v1/setup/owner", owner(&token)).await.is(409).json();
        assert_eq!(again["code"], "has_owner");
    })
    .await;
}

#[tokio::test]
async fn a_setup_link_is_good_for_a_day() {
    on_sqlite(async |house| {
        let token = token(house).await;
        house.clock.advance(SignedDuration::from_hours(25));
        house.stranger().post("/api/v1/setup/owner", owner(&token)).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_session_begins_with_a_cookie_that_only_we_get_back() {
    each_engine(async |house| {
        house.merchant("a").await;
        let answer = house.stranger().log_in(" Owner-A ", PASSWORD).await.is(201);
        let cookie = answer.header("set-cookie");
        let attributes: Vec<&str> = cookie.split("; ").skip(1).collect();
        assert_eq!(attributes, ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"]);
        let token = answer.cookie().unwrap();
        assert!(token.len() >= 43, "256 bits: {token}");
        let again = house.stranger().log_in("owner-a", PASSWORD).await.cookie().unwrap();
        assert_ne!(token, again, "a new session at every sign-in");
        let permissions = answer.json()["permissions"].clone();
        assert!(permissions.as_array().unwrap().contains(&json!("demo.wipe")), "{permissions}");
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_and_unknown_logins_look_alike() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let wrong = house.stranger().log_in("owner-a", "wrong horse").await.is(401);
        let unknown = house.stranger().log_in("nobody-at-all", "wrong horse").await.is(401);
        assert_eq!(wrong.body, unknown.body);
        assert_eq!(wrong.json()["code"], "wrong_login");
        assert!(wrong.cookie().is_none());
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down_and_nobody_is_locked_out() {
    each_engine(async |house| {
        house.merchant("a").await;
        for _ in 0..10 {
            house.stranger().log_in("owner-a", "wrong horse").await.is(401);
        }
        let braked = house.stranger().log_in("owner-a", PASSWORD).await.is(429);
        assert_eq!(braked.json()["code"], "too_many_tries");
        let seconds: u64 = braked.header("retry-after").parse().unwrap();
        assert!((1..=900).contains(&seconds));
        house.stranger().log_in("agent-a", PASSWORD).await.is(201);
        house.clock.advance(SignedDuration::from_mins(16));
        house.stranger().log_in("owner-a", PASSWORD).await.is(201);
    })
    .await;
}

#[tokio::test]
async fn a_burst_of_guesses_is_counted_too() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let stranger = house.stranger();
        let tries = (0..30).map(|_| stranger.log_in("owner-a", "wrong horse"));
        let answers = futures::future::join_all(tries).await;
        let looked_at = answers.iter().filter(|answer| answer.status == 401).count();
        assert_eq!(looked_at, 10);
        assert!(answers.iter().all(|answer| matches!(answer.status, 401 | 429)));
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_it_is_left_and_after_a_day() {
    each_engine(async |house| {
        house.merchant("a").await;
        let left = house.signed_in("owner-a").await;
        left.get("/api/v1/me").await.is(200);
        left.json("DELETE", "/api/v1/sessions/current", Value::Null).await.is(204);
        left.get("/api/v1/me").await.is(401);

        let idle = house.signed_in("owner-a").await;
        house.clock.advance(SignedDuration::from_hours(8) + SignedDuration::from_secs(1));
        idle.get("/api/v1/me").await.is(401);

        let busy = house.signed_in("owner-a").await;
        for _ in 0..3 {
            house.clock.advance(SignedDuration::from_hours(7));
            busy.get("/api/v1/me").await.is(200);
        }
        house.clock.advance(SignedDuration::from_hours(3) + SignedDuration::from_secs(1));
        busy.get("/api/v1/me").await.is(401);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        let caller = house.signed_in("agent-a").await;
        people::set_password(&house.desk, &house.hasher, &scope, "agent-a", "another long one".into())
            .await
            .unwrap();
        caller.get("/api/v1/me").await.is(401);
        house.stranger().log_in("agent-a", PASSWORD).await.is(401);
        house.stranger().log_in("agent-a", "another long one").await.is(201);
    })
    .await;
}

#[tokio::test]
async fn people_choose_the_language_of_their_screens() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let caller = house.signed_in("agent-a").await;
        let me = caller.json("PATCH", "/api/v1/me", json!({"locale": "en-US"})).await.is(200).json();
        assert_eq!(me["user"]["locale"], "en-US");
        assert_eq!(caller.get("/api/v1/me").await.json(), me);
        caller.json("PATCH", "/api/v1/me", json!({"locale": "tlh"})).await.is(422);
        caller.json("PATCH", "/api/v1/me", json!({})).await.is(400);
        let me = caller.json("PATCH", "/api/v1/me", json!({"locale": null})).await.is(200).json();
        assert_eq!(me["user"]["locale"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn refusals_speak_the_caller_s_language() {
    on_sqlite(async |house| {
        let answer =
            house.stranger().with("accept-language", "en-US,en;q=0.9").get("/api/v1/me").await.is(401);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["detail"], "you are not signed in; sign in and try again");
        let answer = house.stranger().get("/api/v1/me").await.is(401);
        assert!(answer.json()["detail"].as_str().unwrap().contains("登录"));
        assert_eq!(answer.json()["code"], "signed_out");
    })
    .await;
}
