//! People, sessions, shops: who may come in, and what he sees.

use jiff::SignedDuration;
use pingxin_domain::{Currency, Platform, Role, ShopAccess};
use pingxin_store::login_try;
use pingxin_store::secret::Token;
use pingxin_store::session::{self, NewSession};
use pingxin_store::shop::{self, NewShop};
use pingxin_store::user::{self, NewUser};
use pingxin_store::{StoreError, setup, tenant};

use crate::on_both;
use crate::world::{World, reading, writing};

on_both!(users, sessions, shops, throttle_and_setup);

async fn users(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs);
    let new = NewUser {
        login: " Xiao.Li ",
        display_name: "小李",
        password_hash: "hash",
        role: Role::Agent,
        department: None,
        shops: ShopAccess::Only(vec![ours.second]),
        locale: Some("zh-CN"),
    };
    let new = &new;
    let id = writing!(world, |tx| user::create(tx, ours.tenant, new).await).unwrap();
    let found = reading!(world, |tx| user::find_by_login(tx, "XIAO.li").await).unwrap().unwrap();
    assert_eq!((found.id, found.tenant, found.display_name.as_str()), (id, ours.tenant, "小李"));
    assert_eq!(found.shops, ShopAccess::Only(vec![ours.second]));
    assert_eq!(found.scope().user(), Some(id));
    // The login is taken for everybody, also for another merchant.
    let again = writing!(world, |tx| user::create(tx, theirs.tenant, new).await);
    assert!(matches!(again, Err(StoreError::Conflict { what: "login" })), "{again:?}");
    // Another merchant neither finds nor changes him.
    let other = reading!(world, |tx| user::find(tx, &theirs.scope, id).await).unwrap();
    assert!(other.is_none());
    let changed = writing!(world, |tx| user::set_password(tx, &theirs.scope, id, "x").await);
    assert!(matches!(changed, Err(StoreError::NotFound { what: "user" })));
    writing!(world, |tx| user::set_locale(tx, &ours.scope, id, Some("en-US")).await).unwrap();
    writing!(world, |tx| user::change::disable(tx, &ours.scope, id).await).unwrap();
    let list = reading!(world, |tx| user::list(tx, &ours.scope).await).unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!(list[1].locale.as_deref(), Some("en-US"));
    assert_eq!(list[1].disabled_at, Some(world.now()));
    assert!(reading!(world, |tx| user::has_owner(tx).await).unwrap());
    let tenants = reading!(world, |tx| tenant::all(tx).await).unwrap();
    assert_eq!(tenants.iter().map(|tenant| tenant.name.as_str()).collect::<Vec<_>>(), ["ours", "theirs"]);
    assert!(reading!(world, |tx| tenant::only(tx).await).unwrap().is_none());
}

async fn sessions(world: &World) {
    let ours = &world.ours;
    let (first, second) = (Token::fresh(), Token::fresh());
    for token in [&first, &second] {
        let new = NewSession {
            tenant: ours.tenant,
            user: ours.owner,
            token_hash: token.hash(),
            expires_at: world.now().checked_add(SignedDuration::from_hours(24)).unwrap(),
            user_agent: Some("Firefox"),
        };
        let new = &new;
        writing!(world, |tx| session::create(tx, new).await).unwrap();
    }
    let find = async |token: &Token| {
        let (hash, now) = (token.hash(), world.now());
        let hash = &hash;
        reading!(world, |tx| session::find(tx, hash, now).await).unwrap()
    };
    let (record, person) = find(&first).await.unwrap();
    assert_eq!((record.user, person.id), (ours.owner, ours.owner));
    assert!(find(&Token::fresh()).await.is_none());
    world.database.clock().advance(SignedDuration::from_hours(1));
    let (record, now) = (&record, world.now());
    writing!(world, |tx| session::touch(tx, record, now).await).unwrap();
    assert_eq!(find(&first).await.unwrap().0.last_seen_at, now);
    writing!(world, |tx| session::revoke(tx, &ours.scope, record.id, now).await).unwrap();
    assert!(find(&first).await.is_none());
    assert!(find(&second).await.is_some());
    // Twenty-four hours after it began it is over, to the second.
    world.database.clock().advance(SignedDuration::from_hours(23));
    assert!(find(&second).await.is_none());
    world.database.clock().advance(SignedDuration::from_secs(-1));
    assert!(find(&second).await.is_some());
    // Another merchant's owner cannot end it; his own can.
    let theirs = &world.theirs;
    let ended = writing!(world, |tx| session::revoke_all_of(tx, &theirs.scope, ours.owner, now).await);
    assert_eq!(ended.unwrap(), 0);
    writing!(world, |tx| user::change::disable(tx, &ours.scope, ours.owner).await).unwrap();
    assert!(find(&second).await.is_none(), "whoever is shut out is out at once");
}

async fn shops(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs);
    let new = NewShop {
        name: "US store",
        platform: Platform::AMAZON_US,
        timezone: "America/Los_Angeles",
        currency: Currency::USD,
    };
    let new = &new;
    let id = writing!(world, |tx| shop::create(tx, &ours.scope, new).await).unwrap();
    let again = writing!(world, |tx| shop::create(tx, &ours.scope, new).await);
    assert!(matches!(again, Err(StoreError::Conflict { what: "shop name" })), "{again:?}");
    writing!(world, |tx| shop::create(tx, &theirs.scope, new).await).expect("names are the merchant's own");
    let found = reading!(world, |tx| shop::find_by_name(tx, &ours.scope, "US store").await).unwrap().unwrap();
    assert_eq!((found.id, found.platform, found.currency), (id, Platform::AMAZON_US, Currency::USD));
    assert!(reading!(world, |tx| shop::find(tx, &theirs.scope, id).await).unwrap().is_none());
    let agent = &ours.agent(vec![ours.first]);
    assert!(reading!(world, |tx| shop::find(tx, agent, id).await).unwrap().is_none());
    assert!(reading!(world, |tx| shop::find_by_name(tx, agent, "US store").await).unwrap().is_none());
    let locked = writing!(world, |tx| shop::lock(tx, agent, id).await);
    assert!(matches!(locked, Err(StoreError::NotFound { .. })));
    let seen = |scope| async move { reading!(world, |tx| shop::list(tx, scope).await).unwrap().len() };
    let nobody = ours.agent(vec![]);
    assert_eq!((seen(&ours.scope).await, seen(agent).await, seen(&nobody).await), (3, 1, 0));
}

async fn throttle_and_setup(world: &World) {
    let hash = &pingxin_store::secret::hash_of("xiaoli");
    for (second, ok) in [(0, false), (1, false), (2, true), (3, false), (4, false)] {
        let at = world.now().checked_add(SignedDuration::from_secs(second)).unwrap();
        writing!(world, |tx| login_try::record(tx, hash, at, ok).await).unwrap();
    }
    let since = world.now();
    let failures = reading!(world, |tx| login_try::recent_failures(tx, hash, since).await).unwrap();
    assert_eq!(failures, 2, "a success wipes the slate");
    let later = since.checked_add(SignedDuration::from_secs(4)).unwrap();
    let failures = reading!(world, |tx| login_try::recent_failures(tx, hash, later).await).unwrap();
    assert_eq!(failures, 1);

    let token = &Token::fresh().hash();
    let until = world.now().checked_add(SignedDuration::from_hours(1)).unwrap();
    writing!(world, |tx| setup::create_token(tx, token, until).await).unwrap();
    assert!(!writing!(world, |tx| setup::take_token(tx, token, until).await).unwrap(), "too late");
    let now = world.now();
    assert!(writing!(world, |tx| setup::take_token(tx, token, now).await).unwrap());
    assert!(!writing!(world, |tx| setup::take_token(tx, token, now).await).unwrap(), "single use");
}
