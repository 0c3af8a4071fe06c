//! Who may do what: every operation × {nobody, department, read-only, agent, supervisor, owner, agent of another shop,
//! owner of another merchant, token that ended, token without the action, token with it}, from the API's own description.

use jiff::SignedDuration;
use pingxin_domain::{Action, Role, ShopAccess};

use crate::house::{Caller, House, each_engine};
use crate::operations::{May, Operation, all};
use crate::things;

fn allowed(may: May, role: Role) -> bool {
    match may {
        May::Everybody | May::SignedIn | May::OnPages => true,
        May::With(action) => role.may(action),
    }
}

/// The id of something there is, for an address with `{id}`.
async fn id_for(caller: &Caller<'_>, operation: &Operation) -> String {
    match operation.kind() {
        None => String::new(),
        Some(kind) => things::id(kind, caller, caller).await,
    }
}

#[tokio::test]
async fn without_a_session_nothing_is_shown_or_done() {
    each_engine(async |house| {
        house.merchant("a").await;
        house.signed_in("department-a").await;
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
        let scope = house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        for role in Role::ALL {
            // Whose sessions are ended; the caller's go on.
            house.person(&scope, &format!("spare{}-a", role.code()), Role::Agent, ShopAccess::All).await;
            house.signed_in(&format!("spare{}-a", role.code())).await;
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

/// What becomes of a token: nobody's any more, one without the action, one with it and nothing else.
#[tokio::test]
async fn a_token_may_do_what_it_was_given_and_no_more() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        house.person(&scope, "spare-a", Role::Agent, ShopAccess::All).await;
        house.signed_in("spare-a").await;
        let owner = house.signed_in("owner-a").await;
        let old = house.with_token(&owner, &[Action::ReadReviews], 1).await;
        house.clock.advance(SignedDuration::from_hours(24));
        let owner = house.signed_in("owner-a").await;
        house.signed_in("spare-a").await;
        for operation in all().into_iter().filter(|operation| operation.may != May::Everybody) {
            let (kind, body) = operation.body();
            let address = operation.address(&id_for(&owner, &operation).await);
            let send = async |token: &Caller<'_>| {
                let answer = token.send(&operation.method, &address, kind, body.clone()).await;
                (answer.status, format!("{}: {} {}", operation.id, answer.status, answer.text()))
            };
            let (status, what) = send(&old).await;
            assert_eq!(status, 401, "ended: {what}");
            let action = match operation.may {
                May::With(action) => action,
                May::OnPages => {
                    let token = house.with_token(&owner, &grantable(), 1).await;
                    assert_eq!(send(&token).await.0, 403, "only on the pages: {}", operation.id);
                    continue;
                }
                May::Everybody | May::SignedIn => continue,
            };
            let others: Vec<Action> = grantable().into_iter().filter(|other| *other != action).collect();
            let (status, what) = send(&house.with_token(&owner, &others, 1).await).await;
            assert_eq!(status, 403, "without it: {what}");
            if action.fits_token() && !["undo_import", "wipe_demo"].contains(&operation.id.as_str()) {
                // What is done is answered with what came of it, so reading goes with it.
                let mut few: Vec<Action> =
                    grantable().into_iter().filter(|other| other.code().ends_with(".read")).collect();
                few.push(action);
                let (status, what) = send(&house.with_token(&owner, &few, 1).await).await;
                assert!(![401, 403].contains(&status) && status < 500, "with it and reading: {what}");
            }
        }
    })
    .await;
}

fn grantable() -> Vec<Action> {
    Action::ALL.into_iter().filter(|action| action.fits_token()).collect()
}

#[tokio::test]
async fn an_agent_of_another_shop_finds_nothing_of_this_one() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        house.second_shop(&scope, "a 另一店").await;
        let shops = pingxin_desk::shops::list(&house.desk, &scope).await.unwrap();
        for (name, at) in [("one", 0), ("other", 1)] {
            let only = ShopAccess::Only(vec![shops[at].shop.id]);
            house.person(&scope, &format!("{name}-a"), Role::Agent, only).await;
        }
        let (one, other) = (house.signed_in("one-a").await, house.signed_in("other-a").await);
        let owner = house.signed_in("owner-a").await;
        for operation in all() {
            let Some(kind) = operation.kind() else { continue };
            if !things::KINDS.iter().any(|known| known.name == kind && known.of_shop) {
                continue;
            }
            let address = operation.address(&things::id(kind, &one, &owner).await);
            let (kind, body) = operation.body();
            let answer = other.send(&operation.method, &address, kind, body).await;
            let expected = if allowed(operation.may, Role::Agent) { 404 } else { 403 };
            assert_eq!(answer.status, expected, "{} {}: {}", operation.id, address, answer.text());
        }
    })
    .await;
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
        house.signed_in("department-a").await;
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
