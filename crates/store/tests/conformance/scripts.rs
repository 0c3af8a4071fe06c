//! Scripts of a merchant's own, and messages that were copied.

use jiff::SignedDuration;
use pingxin_domain::guard::Channel;
use pingxin_domain::script::{self, Script, ScriptLanguage, VersionState};
use pingxin_domain::{CaseId, Scope, ShopId, UserId};
use pingxin_store::claim::{self, NewClaim};
use pingxin_store::script as stored;
use pingxin_store::{StoreError, Tx, identifier::fresh};

use crate::on_both;
use crate::world::{World, reading, review, writing};

on_both!(versions, claims);

fn one() -> Script {
    script::find("solve.other.settle").unwrap().clone()
}

/// Puts a row into every table of scripts.
pub async fn put(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (case, shop): (CaseId, ShopId),
    user: UserId,
) -> Result<(), StoreError> {
    let id = stored::create(tx, scope).await?;
    stored::add_version(tx, scope, id, 0, &one(), VersionState::Kept, &[]).await?;
    stored::set_favourite(tx, scope, user, "first.quality", true).await?;
    claim::add(tx, scope, &claimed(case, shop, "您好，已补发")).await.map(drop)
}

fn claimed(case: CaseId, shop: ShopId, text: &str) -> NewClaim<'_> {
    NewClaim {
        case,
        shop,
        channel: Channel::Chat,
        language: Some(ScriptLanguage::Chinese),
        text,
        script: Some("first.quality"),
    }
}

async fn versions(world: &World) {
    let (scope, theirs) = (&world.ours.scope, &world.theirs.scope);
    let id = writing!(world, |tx| {
        let id = stored::create(tx, scope).await?;
        stored::add_version(tx, scope, id, 0, &one(), VersionState::Waiting, &[]).await?;
        Ok::<_, StoreError>(id)
    })
    .unwrap();
    let get = async || reading!(world, |tx| stored::get(tx, scope, id).await).unwrap().unwrap();
    let first = get().await;
    assert!(first.in_use().is_none() && first.newest().unwrap().state == VersionState::Waiting);
    let decide = async |number, state| {
        writing!(world, |tx| stored::decide(tx, scope, id, number, state, "可以").await)
    };
    decide(1, VersionState::Kept).await.unwrap();
    assert!(matches!(decide(1, VersionState::Refused).await, Err(StoreError::Conflict { what: "script" })));
    assert_eq!(get().await.in_use().unwrap().script, one());
    // A second version that waits leaves the first in use.
    let mut other = one();
    other.title.zh = "第二版".to_owned();
    let other = &other;
    let number = writing!(world, |tx| {
        let head = stored::lock(tx, scope, id).await?;
        stored::add_version(tx, scope, id, head.newest, other, VersionState::Waiting, &[]).await
    })
    .unwrap();
    let now = get().await;
    assert_eq!((number, now.used, now.versions.len()), (2, Some(1), 2));
    assert_eq!(now.newest().unwrap().script, *other);
    let all = reading!(world, |tx| stored::versions(tx, scope, id).await).unwrap();
    assert_eq!(all.iter().map(|version| version.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(all[1].reason.as_deref(), Some("可以"));
    // Nobody else's.
    assert!(reading!(world, |tx| stored::list(tx, theirs).await).unwrap().is_empty());
    assert!(reading!(world, |tx| stored::versions(tx, theirs, id).await).unwrap().is_empty());
    let locked = writing!(world, |tx| stored::lock(tx, theirs, id).await);
    assert!(matches!(locked, Err(StoreError::NotFound { what: "script" })));
    let put_away = writing!(world, |tx| stored::set_archived(tx, theirs, id, true).await);
    assert!(matches!(put_away, Err(StoreError::NotFound { what: "script" })));
    for (archived, many) in [(true, 0), (false, 1)] {
        writing!(world, |tx| stored::set_archived(tx, scope, id, archived).await).unwrap();
        assert_eq!(get().await.archived_at.is_some(), archived);
        assert_eq!(reading!(world, |tx| stored::count(tx, scope).await).unwrap(), many);
    }
    let owner = world.ours.owner;
    for (marked, many) in [(true, 1), (true, 1), (false, 0)] {
        writing!(world, |tx| stored::set_favourite(tx, scope, owner, "first.quality", marked).await).unwrap();
        let found = reading!(world, |tx| stored::favourites(tx, scope, owner).await).unwrap();
        assert_eq!(found.len(), many);
    }
}

async fn claims(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs.scope);
    let scope = &ours.scope;
    let mut row = review("A", "差");
    row.order_number = Some("2811".to_owned());
    let review = world.add(scope, ours.first, &[row]).await[0];
    let case = world.open_case(scope, ours.first, review, 50).await.id;
    let add = async |text: &'static str| {
        writing!(world, |tx| claim::add(tx, scope, &claimed(case, ours.first, text)).await).unwrap()
    };
    let (first, second) = (add("您好，已补发").await, add("您好，请留意").await);
    let since = world.now();
    let open = async |scope: &Scope, order: &'static str| {
        reading!(world, |tx| claim::open(tx, scope, ours.first, Some(order), None, since).await)
            .map(|found| found.into_iter().map(|claim| claim.id).collect::<Vec<_>>())
    };
    assert_eq!(open(scope, "2811").await.unwrap(), [first, second]);
    assert!(open(scope, "2812").await.unwrap().is_empty());
    assert!(open(theirs, "2811").await.is_err() || open(theirs, "2811").await.unwrap().is_empty());
    assert!(open(&ours.agent(vec![ours.second]), "2811").await.is_err());
    let (record, at) = (fresh(), world.now().checked_add(SignedDuration::from_mins(1)).unwrap());
    let confirm = async |id| writing!(world, |tx| claim::confirm(tx, scope, id, record, at).await).unwrap();
    assert!(confirm(first).await);
    assert!(!confirm(first).await && !confirm(second).await, "a message of a log confirms one, once");
    assert_eq!(open(scope, "2811").await.unwrap(), [second]);
    let all = reading!(world, |tx| claim::of_case(tx, scope, case).await).unwrap();
    let by_id = |id| all.iter().find(|claim| claim.id == id).unwrap();
    assert_eq!((by_id(first).confirmed_at, by_id(second).confirmed_at), (Some(at), None));
    assert_eq!(by_id(second).text, "您好，请留意");
    assert_eq!(reading!(world, |tx| claim::confirmed(tx, scope, &[first, second]).await).unwrap(), [first]);
    assert!(reading!(world, |tx| claim::of_case(tx, theirs, case).await).unwrap().is_empty());
    let uses = reading!(world, |tx| claim::uses(tx, scope, since).await).unwrap();
    assert_eq!((uses[0].used, uses[0].cases, uses[0].ended, uses[0].solved), (2, 1, 0, 0));
    assert!(
        reading!(world, |tx| claim::uses(tx, &ours.agent(vec![ours.second]), since).await)
            .unwrap()
            .is_empty()
    );
    let lines = reading!(world, |tx| claim::uses_of(tx, scope, "first.quality", 10).await).unwrap();
    assert_eq!((lines.len(), lines.iter().filter(|line| line.is_confirmed).count()), (2, 1));
}
