//! Inviting, changing and shutting out people, teams, the merchant; links that are good once.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::house::{Caller, House, PASSWORD, each_engine, on_sqlite};

async fn person(owner: &Caller<'_>, login: &str) -> Value {
    let team = owner.get("/api/v1/people").await.is(200).json();
    let people = team["people"].as_array().unwrap();
    people.iter().find(|person| person["login"] == login).unwrap_or_else(|| panic!("{login}: {team}")).clone()
}

async fn id_of(owner: &Caller<'_>, login: &str) -> String {
    person(owner, login).await["id"].as_str().unwrap().to_owned()
}

fn token(link: &Value) -> String {
    link["link"].as_str().unwrap().strip_prefix("/invite?token=").unwrap().to_owned()
}

async fn invite(owner: &Caller<'_>, body: Value) -> Value {
    owner.post("/api/v1/invitations", body).await.is(201).json()
}

async fn accept(house: &House, body: Value) -> crate::house::Answer {
    house.stranger().post("/api/v1/invitations/accept", body).await
}

#[tokio::test]
async fn a_colleague_is_invited_and_sees_only_his_shop() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        house.second_shop(&scope, "a 另一店").await;
        let owner = house.signed_in("owner-a").await;
        let shops = owner.get("/api/v1/shops").await.json();
        let shop = shops["shops"][1]["id"].clone();
        let asked = json!({"display_name": "小王", "role": "agent", "all_shops": false, "shops": [shop]});
        let link = invite(&owner, asked).await;
        let token = token(&link);
        let read =
            house.stranger().post("/api/v1/invitations/read", json!({"token": token})).await.is(200).json();
        assert_eq!(read["kind"], "invitation");
        assert_eq!(
            (&read["tenant_name"], &read["display_name"], &read["login"]),
            (&json!("a"), &json!("小王"), &Value::Null)
        );
        let listed = owner.get("/api/v1/people").await.json();
        assert_eq!(listed["invitations"][0]["created_by"]["name"], "owner-a");
        assert!(!listed.to_string().contains(&token), "a link is shown once");

        let short = json!({"token": token, "login": "wang", "password": "short"});
        assert_eq!(accept(house, short).await.is(422).json()["errors"][0]["field"], "password");
        let taken = json!({"token": token, "login": "owner-a", "password": "long enough"});
        assert_eq!(accept(house, taken).await.is(422).json()["errors"][0]["field"], "login");
        let body = json!({"token": token, "login": "Wang", "password": "long enough"});
        let answer = accept(house, body.clone()).await.is(201);
        assert_eq!(answer.json()["user"]["display_name"], "小王");
        let mut wang = house.stranger();
        wang.cookie = answer.cookie();
        let seen = wang.get("/api/v1/shops").await.is(200).json();
        assert_eq!((seen["shops"].as_array().unwrap().len(), &seen["shops"][0]["id"]), (1, &shop));
        // He learns of no other shop, neither from his colleagues nor by himself.
        let people = wang.get("/api/v1/people").await.is(200);
        assert!(!people.text().contains("a 店") && people.json()["invitations"] == json!([]));
        let again = json!({"token": token, "login": "wang2", "password": "long enough"});
        assert_eq!(accept(house, again).await.is(404).json()["code"], "link_gone");
        house.stranger().log_in("wang", "long enough").await.is(201);
        let audit = house.audit().await.join("\n");
        for deed in ["invitation.created", "person.joined", "session.begun"] {
            assert!(audit.contains(deed), "{audit}");
        }
        assert!(!audit.contains(&token));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_ends_after_three_days_when_sent_again_and_when_taken_back() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let asked = json!({"display_name": "小王", "role": "agent", "all_shops": true});
        let body =
            |token: &str, login: &str| json!({"token": token, "login": login, "password": "long enough"});
        let link = invite(&owner, asked.clone()).await;
        let (first, id) = (token(&link), link["id"].as_str().unwrap().to_owned());
        let resent =
            owner.post(&format!("/api/v1/invitations/{id}/resend"), Value::Null).await.is(200).json();
        accept(house, body(&first, "w1")).await.is(404);
        house.clock.advance(SignedDuration::from_hours(72) - SignedDuration::from_secs(1));
        house.stranger().post("/api/v1/invitations/read", json!({"token": token(&resent)})).await.is(200);
        house.clock.advance(SignedDuration::from_secs(2));
        house.stranger().post("/api/v1/invitations/read", json!({"token": token(&resent)})).await.is(404);
        accept(house, body(&token(&resent), "w1")).await.is(404);
        let owner = house.signed_in("owner-a").await;
        let link = invite(&owner, asked).await;
        let path = format!("/api/v1/invitations/{}", link["id"].as_str().unwrap());
        owner.json("DELETE", &path, Value::Null).await.is(204);
        accept(house, body(&token(&link), "w1")).await.is(404);
        owner.json("DELETE", &path, Value::Null).await.is(404);
        // Of two at the same moment one comes in.
        let link =
            token(&invite(&owner, json!({"display_name": "x", "role": "agent", "all_shops": true})).await);
        let tries =
            futures::future::join_all((0..4).map(|at| accept(house, body(&link, &format!("many{at}")))))
                .await;
        assert_eq!(tries.iter().filter(|answer| answer.status == 201).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_go_together_is_refused() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        for wrong in [
            json!({"display_name": "x", "role": "department", "all_shops": true}),
            json!({"display_name": "x", "role": "agent", "department": "finance", "all_shops": true}),
            json!({"display_name": "x", "role": "owner", "all_shops": false}),
            json!({"display_name": " ", "role": "agent", "all_shops": true}),
        ] {
            owner.post("/api/v1/invitations", wrong).await.is(409);
        }
        owner
            .post("/api/v1/invitations", json!({"display_name": "x", "role": "boss", "all_shops": true}))
            .await
            .is(400);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_rights_holds_at_once_and_ends_the_sessions() {
    each_engine(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let agent = house.signed_in("agent-a").await;
        let program = house
            .with_token(&agent, &[pingxin_domain::Action::HandleCases, pingxin_domain::Action::ReadCases], 1)
            .await;
        let path = format!("/api/v1/people/{}", id_of(&owner, "agent-a").await);
        let change = async |body: Value| owner.json("PATCH", &path, body).await.is(204);
        change(json!({"display_name": "小陈"})).await;
        agent.get("/api/v1/me").await.is(200);
        change(json!({"role": "read_only"})).await;
        agent.get("/api/v1/me").await.is(401);
        let case = owner.get("/api/v1/cases").await.json()["cases"][0]["id"].as_str().unwrap().to_owned();
        program.get("/api/v1/cases").await.is(200);
        let note = format!("/api/v1/cases/{case}/notes");
        assert_eq!(program.post(&note, json!({"text": "x"})).await.is(403).json()["code"], "forbidden");
        let agent = house.signed_in("agent-a").await;
        change(json!({"all_shops": false, "shops": []})).await;
        agent.get("/api/v1/me").await.is(401);
        assert_eq!(program.get("/api/v1/cases").await.is(200).json()["cases"], json!([]));
        let agent = house.signed_in("agent-a").await;
        change(json!({"role": "department", "department": "courier", "all_shops": true})).await;
        agent.get("/api/v1/me").await.is(401);
        let agent = house.signed_in("agent-a").await;
        assert_eq!(agent.get("/api/v1/me").await.json()["user"]["department"], "courier");
        let refused = agent.clone().with("accept-language", "en").get("/api/v1/cases").await.is(403);
        assert!(refused.text().contains("its own tasks"), "{}", refused.text());
        change(json!({"role": "agent"})).await;
        assert_eq!(person(&owner, "agent-a").await["department"], Value::Null);
        let agent = house.signed_in("agent-a").await;
        change(json!({"disabled": true})).await;
        agent.get("/api/v1/me").await.is(401);
        program.get("/api/v1/cases").await.is(401);
        house.stranger().log_in("agent-a", PASSWORD).await.is(401);
        change(json!({"disabled": false})).await;
        house.stranger().log_in("agent-a", PASSWORD).await.is(201);
        program.get("/api/v1/cases").await.is(401);
        agent.get("/api/v1/me").await.is(401);
    })
    .await;
}

#[tokio::test]
async fn the_last_owner_stays() {
    each_engine(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let (own, other) = (id_of(&owner, "owner-a").await, id_of(&owner, "supervisor-a").await);
        let change = async |caller: &Caller<'_>, id: &str, body: Value| {
            caller.json("PATCH", &format!("/api/v1/people/{id}"), body).await.status
        };
        assert_eq!(change(&owner, &own, json!({"role": "agent"})).await, 409);
        assert_eq!(change(&owner, &own, json!({"disabled": true})).await, 409);
        assert_eq!(change(&owner, &other, json!({"role": "owner"})).await, 204);
        // Both at once take the other's role: one of them stays an owner.
        let second = house.signed_in("supervisor-a").await;
        let agent = || json!({"role": "agent"});
        let (one, two) = tokio::join!(change(&owner, &other, agent()), change(&second, &own, agent()));
        assert!([one, two].contains(&204), "{one} {two}");
        let owners =
            "SELECT login FROM users WHERE role = 'owner' AND disabled_at IS NULL AND login LIKE '%-a'";
        assert_eq!(house.texts(owners).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_sets_a_new_password_once() {
    each_engine(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let agent = house.signed_in("agent-a").await;
        let path = format!("/api/v1/people/{}/reset", id_of(&owner, "agent-a").await);
        let first = owner.post(&path, Value::Null).await.is(200).json();
        let link = owner.post(&path, Value::Null).await.is(200).json();
        agent.get("/api/v1/me").await.is(200);
        let body = |link: &Value| json!({"token": token(link), "password": "another long one"});
        accept(house, body(&first)).await.is(404);
        let read = house
            .stranger()
            .post("/api/v1/invitations/read", json!({"token": token(&link)}))
            .await
            .is(200)
            .json();
        assert_eq!((&read["kind"], &read["login"]), (&json!("reset"), &json!("agent-a")));
        accept(house, body(&link)).await.is(201);
        agent.get("/api/v1/me").await.is(401);
        house.stranger().log_in("agent-a", PASSWORD).await.is(401);
        house.stranger().log_in("agent-a", "another long one").await.is(201);
        accept(house, body(&link)).await.is(404);
        let link = owner.post(&path, Value::Null).await.is(200).json();
        house.clock.advance(SignedDuration::from_hours(72) + SignedDuration::from_secs(1));
        accept(house, body(&link)).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn teams_hold_people_of_the_merchant() {
    each_engine(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let agent = id_of(&owner, "agent-a").await;
        let team =
            owner.post("/api/v1/teams", json!({"name": "夜班", "members": [agent]})).await.is(201).json();
        assert_eq!(team["members"][0]["id"], json!(agent));
        owner.post("/api/v1/teams", json!({"name": "夜班"})).await.is(409);
        let path = format!("/api/v1/teams/{}", team["id"].as_str().unwrap());
        let changed = owner.json("PATCH", &path, json!({"name": "早班", "members": []})).await.is(200).json();
        assert_eq!((&changed["name"], &changed["members"]), (&json!("早班"), &json!([])));
        let reader = house.signed_in("read_only-a").await;
        assert_eq!(reader.get("/api/v1/teams").await.is(200).json()["teams"][0]["name"], "早班");
        owner.json("DELETE", &path, Value::Null).await.is(204);
        owner.json("DELETE", &path, Value::Null).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn solo_mode_is_the_owner_s_to_turn_on_and_is_noted() {
    each_engine(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        assert_eq!(owner.get("/api/v1/merchant").await.is(200).json()["solo"], false);
        let changed = owner
            .json("PATCH", "/api/v1/merchant", json!({"solo": true, "name": "青禾"}))
            .await
            .is(200)
            .json();
        assert_eq!((&changed["solo"], &changed["name"]), (&json!(true), &json!("青禾")));
        assert_eq!(owner.get("/api/v1/me").await.json()["tenant"]["solo"], true);
        owner.json("PATCH", "/api/v1/merchant", json!({"name": " "})).await.is(422);
        let audit = house.audit().await;
        let noted = audit.iter().find(|entry| entry.contains("merchant.changed")).unwrap();
        assert!(noted.contains("\"solo\"") && noted.starts_with("user:"), "{noted}");
    })
    .await;
}
