//! One's own sessions, password, second factor and tokens.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::Action;
use serde_json::{Value, json};

use crate::house::{Answer, Caller, House, PASSWORD, each_engine, on_sqlite};

async fn log_in(house: &House, login: &str, code: &str) -> Answer {
    let body = json!({"login": login, "password": PASSWORD, "code": code});
    house.stranger().post("/api/v1/sessions", body).await
}

/// What an authenticator app shows: the reference of RFC 6238, made anew from its text.
fn app_code(secret: &str, now: Timestamp) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: String =
        secret.chars().map(|letter| format!("{:05b}", letters.find(letter).unwrap())).collect();
    let key: Vec<u8> = bits
        .as_bytes()
        .chunks_exact(8)
        .map(|eight| u8::from_str_radix(std::str::from_utf8(eight).unwrap(), 2).unwrap())
        .collect();
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(&key).unwrap();
    mac.update(&(now.as_second() / 30).to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes([hash[at], hash[at + 1], hash[at + 2], hash[at + 3]]) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// Turns the second factor of somebody on; gives the secret and the recovery codes.
async fn turn_on(house: &House, caller: &Caller<'_>) -> (String, Vec<String>) {
    let begun = caller.post("/api/v1/me/totp", json!({"password": PASSWORD})).await.is(200).json();
    let secret = begun["secret"].as_str().unwrap().to_owned();
    assert!(begun["uri"].as_str().unwrap().contains(&secret));
    // Nothing is asked for before it is confirmed.
    house.stranger().log_in("agent-a", PASSWORD).await.is(201);
    caller.post("/api/v1/me/totp/confirm", json!({"code": "12345"})).await.is(422);
    let code = app_code(&secret, house.clock_now());
    let codes = caller.post("/api/v1/me/totp/confirm", json!({"code": code})).await.is(200).json();
    let codes = codes["recovery_codes"].as_array().unwrap();
    (secret, codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect())
}

#[tokio::test]
async fn a_second_factor_lets_in_with_a_code_once() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        agent.post("/api/v1/me/totp", json!({"password": "wrong horse"})).await.is(422);
        let (secret, recovery) = turn_on(house, &agent).await;
        assert_eq!(recovery.len(), 10);
        assert_eq!(agent.get("/api/v1/me").await.json()["user"]["totp"], true);
        agent.post("/api/v1/me/totp", json!({"password": PASSWORD})).await.is(409);
        let needed = house.stranger().log_in("agent-a", PASSWORD).await.is(401);
        assert_eq!(needed.json()["code"], "totp_needed");
        assert!(needed.cookie().is_none());
        // Whoever does not know the password learns nothing of it.
        assert_eq!(
            house.stranger().log_in("agent-a", "wrong horse").await.is(401).json()["code"],
            "wrong_login"
        );
        let used = app_code(&secret, house.clock_now());
        assert_eq!(
            log_in(house, "agent-a", &used).await.is(401).json()["code"],
            "totp_wrong",
            "it confirmed already"
        );
        house.clock.advance(SignedDuration::from_secs(60));
        let code = app_code(&secret, house.clock_now());
        log_in(house, "agent-a", &format!("{} {}", &code[..3], &code[3..])).await.is(201);
        log_in(house, "agent-a", &code).await.is(401);
        log_in(house, "agent-a", &recovery[0].to_lowercase()).await.is(201);
        log_in(house, "agent-a", &recovery[0]).await.is(401);
        log_in(house, "agent-a", &recovery[1].replace('-', "")).await.is(201);
        // A new password by a link asks for it too.
        let owner = house.signed_in("owner-a").await;
        let people = owner.get("/api/v1/people").await.json();
        let agent_row =
            people["people"].as_array().unwrap().iter().find(|person| person["login"] == "agent-a").unwrap();
        assert_eq!(agent_row["totp"], true);
        let path = format!("/api/v1/people/{}", agent_row["id"].as_str().unwrap());
        let link = owner.post(&format!("{path}/reset"), Value::Null).await.is(200).json();
        let token = link["link"].as_str().unwrap().rsplit('=').next().unwrap().to_owned();
        let mut body = json!({"token": token, "password": "another long one"});
        let refused = house.stranger().post("/api/v1/invitations/accept", body.clone()).await.is(401);
        assert_eq!(refused.json()["code"], "totp_needed");
        body["code"] = json!(recovery[2]);
        house.stranger().post("/api/v1/invitations/accept", body).await.is(201);
        // The owner takes it off for a lost phone.
        owner.json("DELETE", &format!("{path}/totp"), Value::Null).await.is(204);
        house.stranger().log_in("agent-a", "another long one").await.is(201);
        for plain in [secret.as_str(), &recovery[5], &recovery[5].replace('-', "")] {
            assert!(!house.audit().await.join("\n").contains(plain));
        }
    })
    .await;
}

#[tokio::test]
async fn guessed_codes_are_slowed_down_from_everywhere_and_a_recovery_code_lets_in() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let (secret, recovery) = turn_on(house, &agent).await;
        house.clock.advance(SignedDuration::from_secs(60));
        let wrong = if app_code(&secret, house.clock_now()) == "000000" { "111111" } else { "000000" };
        // At once, so that none slips past the count.
        let tries = futures::future::join_all((0..8).map(|_| log_in(house, "agent-a", wrong))).await;
        assert!(
            tries.iter().all(|answer| answer.status == 401),
            "{:?}",
            tries.iter().map(|answer| answer.status).collect::<Vec<_>>()
        );
        for _ in 0..2 {
            log_in(house, "agent-a", wrong).await.is(401);
        }
        let right = app_code(&secret, house.clock_now());
        log_in(house, "agent-a", &right).await.is(429);
        // From another address the brake on passwords does not hold, that on codes does.
        house.forget_tries_at_address("agent-a").await;
        log_in(house, "agent-a", &right).await.is(429);
        house.forget_tries_at_address("agent-a").await;
        log_in(house, "agent-a", &recovery[0]).await.is(201);
        house.clock.advance(SignedDuration::from_mins(16));
        log_in(house, "agent-a", &app_code(&secret, house.clock_now())).await.is(201);
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_own_people() {
    each_engine(async |house| {
        house.merchant("a").await;
        let (first, second) = (house.signed_in("agent-a").await, house.signed_in("agent-a").await);
        let owner = house.signed_in("owner-a").await;
        let sessions = async |caller: &Caller<'_>, query: &str| {
            caller.get(&format!("/api/v1/sessions{query}")).await.is(200).json()["sessions"]
                .as_array()
                .unwrap()
                .clone()
        };
        let own = sessions(&first, "").await;
        assert_eq!(own.len(), 2);
        assert_eq!(own.iter().filter(|session| session["current"] == true).count(), 1);
        let me = first.get("/api/v1/me").await.json()["user"]["id"].as_str().unwrap().to_owned();
        assert_eq!(sessions(&owner, &format!("?person={me}")).await.len(), 2);
        let owner_id = owner.get("/api/v1/me").await.json()["user"]["id"].as_str().unwrap().to_owned();
        first.get(&format!("/api/v1/sessions?person={owner_id}")).await.is(403);
        let owners = sessions(&owner, "").await[0]["id"].as_str().unwrap().to_owned();
        first.json("DELETE", &format!("/api/v1/sessions/{owners}"), Value::Null).await.is(404);
        first.post("/api/v1/sessions/revoke-others", Value::Null).await.is(204);
        second.get("/api/v1/me").await.is(401);
        first.get("/api/v1/me").await.is(200);
        let left = sessions(&first, "").await[0]["id"].as_str().unwrap().to_owned();
        owner.json("DELETE", &format!("/api/v1/sessions/{left}"), Value::Null).await.is(204);
        first.get("/api/v1/me").await.is(401);
        owner.json("DELETE", &format!("/api/v1/sessions/{left}"), Value::Null).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_the_other_sessions() {
    each_engine(async |house| {
        house.merchant("a").await;
        let (here, elsewhere) = (house.signed_in("agent-a").await, house.signed_in("agent-a").await);
        let put = async |old: &str, new: &str| {
            here.json("PUT", "/api/v1/me/password", json!({"old": old, "new": new})).await
        };
        assert_eq!(put("wrong horse", "another long one").await.is(422).json()["errors"][0]["field"], "old");
        assert_eq!(put(PASSWORD, "short").await.is(422).json()["errors"][0]["field"], "new");
        elsewhere.get("/api/v1/me").await.is(200);
        put(PASSWORD, "another long one").await.is(204);
        elsewhere.get("/api/v1/me").await.is(401);
        here.get("/api/v1/me").await.is(200);
        house.stranger().log_in("agent-a", "another long one").await.is(201);
        house.clock.advance(SignedDuration::from_secs(1));
        // Whoever found the screen open guesses no faster than anybody else.
        for _ in 0..10 {
            put("wrong horse", "x long enough").await.is(422);
        }
        put("another long one", "x long enough").await.is(429);
    })
    .await;
}

#[tokio::test]
async fn a_token_acts_for_its_person_and_is_named_in_the_audit() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let make = async |caller: &Caller<'_>, permissions: Value, days: i64| {
            caller
                .post("/api/v1/tokens", json!({"name": "erp", "permissions": permissions, "days": days}))
                .await
        };
        for (permissions, days, status) in [
            (json!(["list.export"]), 1, 409),
            (json!(["token.use"]), 1, 409),
            (json!([]), 1, 409),
            (json!(["case.read"]), 0, 409),
            (json!(["case.read"]), 366, 409),
            (json!(["case.fly"]), 1, 422),
        ] {
            make(&agent, permissions, days).await.is(status);
        }
        let owner = house.signed_in("owner-a").await;
        make(&owner, json!(["person.manage"]), 1).await.is(409);
        let made = make(&agent, json!(["case.read", "case.handle"]), 1).await.is(201).json();
        let (text, id) = (made["token"].as_str().unwrap(), made["id"].as_str().unwrap());
        assert!(text.starts_with("pingxin_") && text.len() > 50);
        let list = agent.get("/api/v1/tokens").await.is(200);
        assert!(!list.text().contains(text), "shown once");
        let mut program = house.stranger().with_token(text);
        let me = program.get("/api/v1/me").await.is(200).json();
        assert_eq!(me["permissions"], json!(["case.read", "case.handle"]));
        let case =
            program.get("/api/v1/cases").await.is(200).json()["cases"][0]["id"].as_str().unwrap().to_owned();
        let answer =
            program.post(&format!("/api/v1/cases/{case}/notes"), json!({"text": "ERP 已退款"})).await;
        assert!(answer.status < 300, "no Origin is needed: {}", answer.text());
        let audit = house.audit().await;
        let person = me["user"]["id"].as_str().unwrap();
        assert!(
            audit.iter().any(|entry| entry.starts_with(&format!("user:{person}/token:{id} case."))),
            "{audit:#?}"
        );
        assert!(!audit.join("\n").contains(text));
        // The cookie beside a token counts for nothing: neither when the token is wrong, nor to pass the guard.
        program.cookie = owner.cookie.clone();
        program.get("/api/v1/people").await.is(403);
        let wrong = owner.clone().with_token("pingxin_wrong");
        wrong.post("/api/v1/shops", json!({"name": "x", "platform": "taobao"})).await.is(401);
        let basic =
            owner.clone().with("authorization", "Basic eDp5").with("origin", "").with("x-pingxin", "");
        basic.post("/api/v1/shops", json!({"name": "x", "platform": "taobao"})).await.is(403);
        // Another's token is the owner's to take back, not a colleague's.
        let path = format!("/api/v1/tokens/{id}");
        house.signed_in("supervisor-a").await.json("DELETE", &path, Value::Null).await.is(404);
        owner.json("DELETE", &path, Value::Null).await.is(204);
        house.stranger().with_token(text).get("/api/v1/me").await.is(401);
    })
    .await;
}

#[tokio::test]
async fn a_token_has_six_hundred_requests_a_minute_and_is_noted_once() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let program = house.with_token(&agent, &[Action::ReadReviews], 1).await;
        for _ in 0..6 {
            let many = futures::future::join_all((0..100).map(|_| program.get("/api/v1/me"))).await;
            assert!(many.iter().all(|answer| answer.status == 200));
        }
        let braked = program.get("/api/v1/me").await.is(429);
        assert_eq!((braked.json()["code"].as_str(), braked.header("retry-after")), (Some("too_fast"), "1"));
        agent.get("/api/v1/me").await.is(200);
        house.clock.advance(SignedDuration::from_secs(30));
        program.get("/api/v1/me").await.is(200);
        let used = async || agent.get("/api/v1/tokens").await.json()["tokens"][0]["last_used_at"].clone();
        let first = used().await;
        assert!(first.is_string());
        house.clock.advance(SignedDuration::from_secs(31));
        program.get("/api/v1/me").await.is(200);
        assert_ne!(used().await, first);
    })
    .await;
}
