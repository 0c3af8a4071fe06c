//! Invitations, password links, second factors, tokens and teams: what is good once, what ends, and whose it is.

use jiff::SignedDuration;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{Action, Actor, Department, Role, Scope, ShopAccess, ShopId, UserId};
use pingxin_store::invitation::{self, NewInvitation};
use pingxin_store::secret::hash_of;
use pingxin_store::session::{self, NewSession};
use pingxin_store::team;
use pingxin_store::token::{self, NewToken};
use pingxin_store::user::{self, NewUser, change::UserChange};
use pingxin_store::{StoreError, Tx, password_link, second_factor, tenant};

use crate::on_both;
use crate::world::{Merchant, World, reading, writing};

on_both!(colleagues, invitations, password_links, second_factors, tokens, teams, whose_sessions, solo_mode);

/// A row in each table of this part.
pub async fn put(tx: &mut Tx<'_>, scope: &Scope, shop: ShopId, user: UserId) -> Result<(), StoreError> {
    let name = scope.tenant.to_string();
    let shops = ShopAccess::Only(vec![shop]);
    let new = NewInvitation { shops: &shops, ..invited(&name, tx.now() + SignedDuration::from_hours(1)) };
    invitation::create(tx, scope, &new).await?;
    let until = tx.now() + SignedDuration::from_hours(1);
    password_link::put(tx, scope, user, &hash_of(&name), until).await?;
    second_factor::put(tx, scope.tenant, user, b"secret").await?;
    second_factor::confirm(tx, scope.tenant, user, &[[1; 32]]).await?;
    token::create(tx, scope, &program(&name, user, until)).await?;
    let team = team::create(tx, scope, "夜班").await?;
    team::set_members(tx, scope, team, &[user]).await
}

fn invited(token: &str, expires_at: jiff::Timestamp) -> NewInvitation<'static> {
    NewInvitation {
        token_hash: hash_of(token),
        display_name: "小王",
        role: Role::Agent,
        department: None,
        shops: &ShopAccess::All,
        expires_at,
    }
}

fn program(token: &str, user: UserId, expires_at: jiff::Timestamp) -> NewToken<'static> {
    let actions = &[Action::ReadReviews, Action::HandleCases];
    NewToken { user, name: "erp", token_hash: hash_of(token), actions, expires_at }
}

async fn person(world: &World, merchant: &Merchant, login: &str, role: Role) -> UserId {
    let department = (role == Role::Department).then_some(Department::Courier);
    let new = NewUser {
        login,
        display_name: login,
        password_hash: "hash",
        role,
        department,
        shops: ShopAccess::All,
        locale: None,
    };
    let new = &new;
    writing!(world, |tx| user::create(tx, merchant.tenant, new).await).unwrap()
}

fn is_absent<T: std::fmt::Debug>(found: Result<T, StoreError>) -> bool {
    matches!(found, Err(StoreError::NotFound { .. }))
}

async fn colleagues(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs);
    let id = person(world, ours, "courier", Role::Department).await;
    let get = async || reading!(world, |tx| user::find(tx, &ours.scope, id).await).unwrap().unwrap();
    let found = get().await;
    assert_eq!((found.role, found.department), (Role::Department, Some(Department::Courier)));
    assert_eq!(found.scope().department, Some(Department::Courier));
    let shops = &ShopAccess::Only(vec![ours.second]);
    let change = &UserChange { display_name: "小陈", role: Role::Supervisor, department: None, shops };
    let foreign = writing!(world, |tx| user::change::update(tx, &theirs.scope, id, change).await);
    assert!(is_absent(foreign));
    writing!(world, |tx| user::change::update(tx, &ours.scope, id, change).await).unwrap();
    let found = get().await;
    assert_eq!((found.role, found.department, found.display_name.as_str()), (Role::Supervisor, None, "小陈"));
    assert_eq!(found.shops, *shops);
    let change = &UserChange { shops: &ShopAccess::All, ..change.clone() };
    writing!(world, |tx| user::change::update(tx, &ours.scope, id, change).await).unwrap();
    assert_eq!(get().await.shops, ShopAccess::All);

    let other =
        async |but| reading!(world, |tx| user::change::has_other_owner(tx, &ours.scope, but).await).unwrap();
    assert!(!other(ours.owner).await && other(id).await);
    let second = person(world, ours, "second", Role::Owner).await;
    assert!(other(ours.owner).await);
    writing!(world, |tx| user::change::disable(tx, &ours.scope, second).await).unwrap();
    assert!(!other(ours.owner).await, "whoever is shut out owns nothing");
    assert!(is_absent(writing!(world, |tx| user::change::enable(tx, &theirs.scope, second).await)));
    writing!(world, |tx| user::change::enable(tx, &ours.scope, second).await).unwrap();
    assert!(other(ours.owner).await);
}

async fn invitations(world: &World) {
    let (ours, theirs, now) = (&world.ours, &world.theirs, world.now());
    let until = now + SignedDuration::from_hours(72);
    let shops = &ShopAccess::Only(vec![ours.first]);
    let new = &NewInvitation { shops, ..invited("first", until) };
    let id = writing!(world, |tx| invitation::create(tx, &ours.scope, new).await).unwrap();
    let find = async |token: &str, at| {
        let hash = &hash_of(token);
        reading!(world, |tx| invitation::by_token(tx, hash, at).await).unwrap()
    };
    let found = find("first", now).await.unwrap();
    assert_eq!((found.id, found.tenant, found.role), (id, ours.tenant, Role::Agent));
    assert_eq!(found.shops, *shops);
    assert_eq!(found.created_by.unwrap().id, ours.owner);
    assert!(find("other", now).await.is_none());
    assert!(find("first", until).await.is_none(), "over at the very instant");
    assert!(find("first", until - SignedDuration::from_micros(1)).await.is_some());
    let renewed = &hash_of("second");
    let foreign = writing!(world, |tx| invitation::renew(tx, &theirs.scope, id, renewed, until).await);
    assert!(is_absent(foreign));
    writing!(world, |tx| invitation::renew(tx, &ours.scope, id, renewed, until).await).unwrap();
    assert!(find("first", now).await.is_none(), "sent again, the old link is good no more");
    assert!(find("second", now).await.is_some());
    assert_eq!(reading!(world, |tx| invitation::list(tx, &ours.scope).await).unwrap().len(), 1);
    assert!(reading!(world, |tx| invitation::list(tx, &theirs.scope).await).unwrap().is_empty());
    assert!(is_absent(writing!(world, |tx| invitation::forget(tx, &theirs.scope, id).await)));
    writing!(world, |tx| invitation::forget(tx, &ours.scope, id).await).unwrap();
    assert!(is_absent(writing!(world, |tx| invitation::forget(tx, &ours.scope, id).await)), "used once");
    let new = &NewInvitation { shops, ..invited("third", until) };
    writing!(world, |tx| invitation::create(tx, &ours.scope, new).await).unwrap();
    let gone = writing!(world, |tx| invitation::forget_before(tx, &ours.scope, until).await).unwrap();
    assert_eq!(gone, 0);
    let later = until + SignedDuration::from_secs(1);
    let gone = writing!(world, |tx| invitation::forget_before(tx, &ours.scope, later).await).unwrap();
    assert_eq!(gone, 1);
}

async fn password_links(world: &World) {
    let (ours, now) = (&world.ours, world.now());
    let until = now + SignedDuration::from_hours(72);
    let put = async |token: &str| {
        let hash = &hash_of(token);
        writing!(world, |tx| password_link::put(tx, &ours.scope, ours.owner, hash, until).await).unwrap();
    };
    let find = async |token: &str, at| {
        let hash = &hash_of(token);
        reading!(world, |tx| password_link::find(tx, hash, at).await).unwrap().map(|user| user.id)
    };
    put("first").await;
    assert_eq!(find("first", now).await, Some(ours.owner));
    assert_eq!(find("first", until).await, None);
    put("second").await;
    assert_eq!(find("first", now).await, None, "one link a person");
    let (hash, stranger) = (&hash_of("second"), &hash_of("x"));
    assert!(!writing!(world, |tx| password_link::take(tx, stranger, now).await).unwrap());
    assert!(!writing!(world, |tx| password_link::take(tx, hash, until).await).unwrap(), "too late");
    assert!(writing!(world, |tx| password_link::take(tx, hash, now).await).unwrap());
    assert!(!writing!(world, |tx| password_link::take(tx, hash, now).await).unwrap(), "used once");
    put("third").await;
    writing!(world, |tx| user::change::disable(tx, &ours.scope, ours.owner).await).unwrap();
    assert_eq!(find("third", now).await, None, "whoever is shut out sets no password");
}

async fn second_factors(world: &World) {
    let (tenant, user) = (world.ours.tenant, world.ours.owner);
    let secret = b"twenty secret bytes!";
    writing!(world, |tx| second_factor::put(tx, tenant, user, b"an older one").await).unwrap();
    writing!(world, |tx| second_factor::put(tx, tenant, user, secret).await).unwrap();
    let get = async || reading!(world, |tx| second_factor::find(tx, tenant, user).await).unwrap();
    let found = get().await.unwrap();
    assert_eq!((found.secret.as_slice(), found.confirmed, found.last_step), (&secret[..], false, 0));
    assert!(reading!(world, |tx| second_factor::people(tx, tenant).await).unwrap().is_empty());
    let codes = &[hash_of("a"), hash_of("b")];
    writing!(world, |tx| second_factor::confirm(tx, tenant, user, codes).await).unwrap();
    let again = writing!(world, |tx| second_factor::confirm(tx, tenant, user, codes).await);
    assert!(matches!(again, Err(StoreError::Conflict { .. })));
    let replaced = writing!(world, |tx| second_factor::put(tx, tenant, user, b"mine").await);
    assert!(matches!(replaced, Err(StoreError::Conflict { .. })), "a confirmed one is not replaced");
    assert_eq!(reading!(world, |tx| second_factor::people(tx, tenant).await).unwrap(), [user]);
    let step =
        async |step| writing!(world, |tx| second_factor::use_step(tx, tenant, user, step).await).unwrap();
    assert!(step(100).await && !step(100).await && !step(99).await && step(101).await);
    let take = async |code: &str| {
        let hash = &hash_of(code);
        writing!(world, |tx| second_factor::take_code(tx, tenant, user, hash).await).unwrap()
    };
    assert!(take("a").await && !take("a").await && !take("c").await && take("b").await);
    // Sealed in its row: neither readable nor of use to another person.
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let column = match world.store().engine() {
        pingxin_store::Engine::Sqlite => "lower(hex(secret_sealed))",
        pingxin_store::Engine::Postgres => "encode(secret_sealed, 'hex')",
    };
    let query = format!("SELECT {column} FROM second_factors");
    let stored = world.database.raw_texts(&query).await.unwrap();
    assert!(!stored[0].contains(&hex(secret)));
    let theirs = world.theirs.owner;
    let theirs_tenant = world.theirs.tenant;
    writing!(world, |tx| second_factor::put(tx, theirs_tenant, theirs, b"theirs").await).unwrap();
    let swap = "UPDATE second_factors SET secret_sealed = (SELECT s.secret_sealed FROM second_factors s \
        WHERE s.tenant_id <> second_factors.tenant_id)";
    world.database.raw(swap).await.unwrap();
    let theirs_now = reading!(world, |tx| second_factor::find(tx, theirs_tenant, theirs).await);
    let ours_now = reading!(world, |tx| second_factor::find(tx, tenant, user).await);
    // SQLite moves one row after the other, so there only one of them holds the other's.
    let moved =
        [theirs_now, ours_now].into_iter().any(|found| matches!(found, Err(StoreError::Corrupt { .. })));
    assert!(moved, "it opens in another row");
    assert!(writing!(world, |tx| second_factor::forget(tx, tenant, user).await).unwrap());
    assert!(!writing!(world, |tx| second_factor::forget(tx, tenant, user).await).unwrap());
    assert!(get().await.is_none());
}

async fn tokens(world: &World) {
    let (ours, theirs, now) = (&world.ours, &world.theirs, world.now());
    let until = now + SignedDuration::from_hours(24);
    let new = &program("text", ours.owner, until);
    let id = writing!(world, |tx| token::create(tx, &ours.scope, new).await).unwrap();
    let find = async |text: &str, at| {
        let hash = &hash_of(text);
        reading!(world, |tx| token::by_hash(tx, hash, at).await).unwrap()
    };
    let (record, person) = find("text", now).await.unwrap();
    assert_eq!((record.id, person.id, record.last_used_at), (id, ours.owner, None));
    let scope = record.scope(&person);
    assert_eq!(scope.actor, Actor::Token { user: ours.owner, token: id });
    assert!(scope.may(Action::HandleCases) && !scope.may(Action::ReadCases));
    assert!(find("texts", now).await.is_none());
    assert!(find("text", until).await.is_none(), "over at the very instant");
    let record = &record;
    writing!(world, |tx| token::touch(tx, record, now).await).unwrap();
    assert_eq!(find("text", now).await.unwrap().0.last_used_at, Some(now));
    assert_eq!(find("text", now).await.unwrap().1.last_seen_at, Some(now));
    assert!(reading!(world, |tx| token::find(tx, &theirs.scope, id).await).unwrap().is_none());
    assert!(is_absent(writing!(world, |tx| token::forget(tx, &theirs.scope, id).await)));
    assert!(reading!(world, |tx| token::list(tx, &theirs.scope, None).await).unwrap().is_empty());
    let owner = Some(ours.owner);
    assert_eq!(reading!(world, |tx| token::list(tx, &ours.scope, owner).await).unwrap().len(), 1);
    let nobody = Some(UserId::from_uuid(uuid::Uuid::nil()));
    assert!(reading!(world, |tx| token::list(tx, &ours.scope, nobody).await).unwrap().is_empty());
    assert_eq!(reading!(world, |tx| token::count(tx, &ours.scope, ours.owner).await).unwrap(), 1);
    writing!(world, |tx| user::change::disable(tx, &ours.scope, ours.owner).await).unwrap();
    assert!(find("text", now).await.is_none(), "of somebody who is shut out");
    assert_eq!(writing!(world, |tx| token::forget_before(tx, &ours.scope, until).await).unwrap(), 0);
    writing!(world, |tx| token::forget(tx, &ours.scope, id).await).unwrap();
    assert_eq!(writing!(world, |tx| token::forget_all_of(tx, &ours.scope, ours.owner).await).unwrap(), 0);
}

async fn teams(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs);
    let id = writing!(world, |tx| team::create(tx, &ours.scope, "夜班").await).unwrap();
    let again = writing!(world, |tx| team::create(tx, &ours.scope, "夜班").await);
    assert!(matches!(again, Err(StoreError::Conflict { what: "team name" })));
    writing!(world, |tx| team::create(tx, &theirs.scope, "夜班").await)
        .expect("names are the merchant's own");
    let member = person(world, ours, "member", Role::Agent).await;
    let members = &[member, ours.owner];
    writing!(world, |tx| team::set_members(tx, &ours.scope, id, members).await).unwrap();
    let list = reading!(world, |tx| team::list(tx, &ours.scope).await).unwrap();
    assert_eq!((list.len(), list[0].members.len()), (1, 2));
    assert!(reading!(world, |tx| team::list(tx, &theirs.scope).await).unwrap()[0].members.is_empty());
    assert!(is_absent(writing!(world, |tx| team::lock(tx, &theirs.scope, id).await)));
    assert!(is_absent(writing!(world, |tx| team::rename(tx, &theirs.scope, id, "x").await)));
    assert!(is_absent(writing!(world, |tx| team::forget(tx, &theirs.scope, id).await)));
    writing!(world, |tx| team::rename(tx, &ours.scope, id, "早班").await).unwrap();
    assert_eq!(writing!(world, |tx| team::lock(tx, &ours.scope, id).await).unwrap(), "早班");
    writing!(world, |tx| team::forget(tx, &ours.scope, id).await).unwrap();
    assert!(reading!(world, |tx| team::list(tx, &ours.scope).await).unwrap().is_empty());
}

async fn whose_sessions(world: &World) {
    let (ours, theirs, now) = (&world.ours, &world.theirs, world.now());
    let mut ids = Vec::new();
    for token in ["a", "b", "c"] {
        let (expires_at, token_hash) = (now + SignedDuration::from_hours(24), hash_of(token));
        let new =
            NewSession { tenant: ours.tenant, user: ours.owner, token_hash, expires_at, user_agent: None };
        let new = &new;
        ids.push(writing!(world, |tx| session::create(tx, new).await).unwrap());
    }
    let before = now - SignedDuration::from_hours(8);
    let many = async |scope, at, used_after| {
        let found = reading!(world, |tx| session::of(tx, scope, ours.owner, at, used_after).await);
        found.unwrap().len()
    };
    assert_eq!(many(&ours.scope, now, before).await, 3);
    assert_eq!(many(&theirs.scope, now, before).await, 0);
    assert_eq!(many(&ours.scope, now, now).await, 0, "left for too long");
    assert_eq!(many(&ours.scope, now + SignedDuration::from_hours(24), before).await, 0, "ended");
    let first = ids[0];
    let user = |scope| async move { reading!(world, |tx| session::user_of(tx, scope, first).await).unwrap() };
    assert_eq!((user(&ours.scope).await, user(&theirs.scope).await), (Some(ours.owner), None));
    let ended = writing!(world, |tx| session::revoke_others(tx, &ours.scope, ours.owner, first, now).await);
    assert_eq!(ended.unwrap(), 2);
    assert_eq!(many(&ours.scope, now, before).await, 1);
    writing!(world, |tx| session::revoke(tx, &theirs.scope, first, now).await).unwrap();
    assert_eq!(many(&ours.scope, now, before).await, 1, "not another merchant's to end");
    writing!(world, |tx| session::revoke(tx, &ours.scope, first, now).await).unwrap();
    assert_eq!(user(&ours.scope).await, None);
}

async fn solo_mode(world: &World) {
    let (ours, theirs) = (&world.ours, world.theirs.tenant);
    writing!(world, |tx| tenant::set_solo(tx, &ours.scope, true).await).unwrap();
    writing!(world, |tx| tenant::set_name(tx, &ours.scope, "新名").await).unwrap();
    let locked = writing!(world, |tx| tenant::lock(tx, &ours.scope).await).unwrap();
    assert_eq!((locked.name.as_str(), locked.solo), ("新名", true));
    let other = reading!(world, |tx| tenant::find(tx, theirs).await).unwrap().unwrap();
    assert!(!other.solo && other.name == "theirs");
}
