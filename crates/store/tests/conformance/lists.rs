//! Tags, saved views, bulk actions: what goes in comes out, nobody sees another's, and the bits of filters are right.

use jiff::SignedDuration;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::list::{BulkKind, List};
use pingxin_domain::tag::Colour;
use pingxin_domain::{ReviewId, Scope, UserId};
use pingxin_store::bulk::{self, BulkRow};
use pingxin_store::reference::UserRef;
use pingxin_store::tag::{self, Tag};
use pingxin_store::view::{self, View};
use pingxin_store::{StoreError, Tx, review};
use serde_json::json;
use uuid::Uuid;

use crate::on_both;
use crate::world::{World, reading, review as plain, writing};

on_both!(
    tags_and_marks,
    views_are_private_until_shared,
    an_action_is_remembered_for_a_day,
    the_migration_counts_alike
);

/// A row in every table of lists.
pub async fn put(tx: &mut Tx<'_>, scope: &Scope, user: UserId, review: ReviewId) -> Result<(), StoreError> {
    let tag = tag::create(tx, scope, "要退款", Colour::Red).await?;
    let id = bulk::begin(tx, scope, user, List::Reviews, BulkKind::Tag, Some(tag)).await?;
    let targets = bulk::targets(tx, scope, List::Reviews, &[review.uuid()]).await?;
    let changed = bulk::put_tag(tx, scope, tag, &targets, Some(id)).await?;
    let rows: Vec<BulkRow> = changed
        .iter()
        .map(|thing| BulkRow { thing: *thing, before: json!(false), after: json!(true) })
        .collect();
    bulk::note(tx, scope, id, &rows).await?;
    view::create(tx, scope, &a_view(user, "差评", true)).await.map(drop)
}

fn a_view(user: UserId, name: &str, shared: bool) -> View {
    View {
        id: pingxin_store::identifier::fresh(),
        list: List::Reviews,
        name: name.into(),
        query: "rating=1&q=开线".into(),
        columns: vec!["rating".into(), "text".into()],
        shared,
        owner: UserRef { id: user, name: "老板".into() },
        created_at: jiff::Timestamp::UNIX_EPOCH,
    }
}

async fn tags_and_marks(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs);
    let ids = world.add(&ours.scope, ours.first, &[plain("R1", "一"), plain("R2", "二")]).await;
    let other = world.add(&ours.scope, ours.second, &[plain("R3", "三")]).await[0];
    let foreign = world.add(&theirs.scope, theirs.first, &[plain("R1", "一")]).await[0];
    world.open_case(&ours.scope, ours.first, ids[0], 50).await;
    let tag = writing!(world, |tx| tag::create(tx, &ours.scope, "要退款", Colour::Red).await).unwrap();
    let again = writing!(world, |tx| tag::create(tx, &ours.scope, "要退款", Colour::Blue).await);
    assert!(matches!(again, Err(StoreError::Conflict { what: "tag name" })), "{again:?}");
    let things: &[Uuid] = &[ids[0], foreign, other, ids[1]].map(Identifier::uuid);
    let agent = &ours.agent(vec![ours.first]);
    let put = |scope| async move {
        writing!(world, |tx| {
            let targets = bulk::targets(tx, scope, List::Reviews, things).await?;
            let found = targets.iter().map(|target| target.thing).collect::<Vec<_>>();
            Ok::<_, StoreError>((found, bulk::put_tag(tx, scope, tag, &targets, None).await?))
        })
        .unwrap()
    };
    let (found, changed) = put(agent).await;
    assert_eq!(found, [ids[0].uuid(), ids[1].uuid()], "only what the agent may see, in the order asked");
    assert_eq!(changed, found);
    let (found, changed) = put(&ours.scope).await;
    assert_eq!((found.len(), changed), (3, vec![other.uuid()]), "the others had it already");
    let counts = |scope| async move {
        let tags = reading!(world, |tx| tag::list(tx, scope).await).unwrap();
        tags.iter().map(|tag| (tag.tag.name.clone(), tag.reviews.value, tag.cases.value)).collect::<Vec<_>>()
    };
    assert_eq!(counts(&ours.scope).await, [("要退款".to_owned(), 3, 1)]);
    assert_eq!(counts(agent).await, [("要退款".to_owned(), 2, 1)]);
    assert_eq!(counts(&theirs.scope).await, []);
    let renamed = &Tag { id: tag, name: "已退款".into(), colour: Colour::Green };
    let refused = writing!(world, |tx| tag::change(tx, &theirs.scope, renamed).await);
    assert!(matches!(refused, Err(StoreError::NotFound { what: "tag" })));
    writing!(world, |tx| tag::change(tx, &ours.scope, renamed).await).unwrap();
    let taken = writing!(world, |tx| {
        let targets = bulk::targets(tx, agent, List::Reviews, things).await?;
        bulk::take_tag(tx, agent, tag, &targets[..1]).await
    });
    assert_eq!(taken.unwrap(), [(ids[0].uuid(), None)]);
    assert_eq!(counts(&ours.scope).await, [("已退款".to_owned(), 2, 0)]);
    let refused = writing!(world, |tx| tag::delete(tx, &theirs.scope, tag).await);
    assert!(matches!(refused, Err(StoreError::NotFound { what: "tag" })));
    writing!(world, |tx| tag::delete(tx, &ours.scope, tag).await).unwrap();
    assert_eq!(counts(&ours.scope).await, []);
}

async fn views_are_private_until_shared(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs);
    let colleague = UserId::from_uuid(Uuid::from_u128(1));
    let private = &a_view(ours.owner, "我的", false);
    let id = writing!(world, |tx| view::create(tx, &ours.scope, private).await).unwrap();
    let seen = |scope, user| async move {
        let views = reading!(world, |tx| view::list(tx, scope, user, List::Reviews).await).unwrap();
        let found = reading!(world, |tx| view::find(tx, scope, user, id).await).unwrap();
        assert_eq!(found.as_ref(), views.first());
        views
    };
    let mine = seen(&ours.scope, ours.owner).await;
    assert_eq!((mine[0].query.as_str(), mine[0].columns.len()), ("rating=1&q=开线", 2));
    assert_eq!(mine[0].owner.name, "老板");
    assert_eq!(seen(&ours.scope, colleague).await, []);
    let shared = &View { shared: true, name: "大家的".into(), ..mine[0].clone() };
    writing!(world, |tx| view::change(tx, &ours.scope, shared).await).unwrap();
    assert_eq!(seen(&ours.scope, colleague).await[0].name, "大家的");
    assert_eq!(seen(&theirs.scope, ours.owner).await, []);
    let cases = reading!(world, |tx| view::list(tx, &ours.scope, ours.owner, List::Cases).await).unwrap();
    assert_eq!(cases, []);
    let refused = writing!(world, |tx| view::delete(tx, &theirs.scope, id).await);
    assert!(matches!(refused, Err(StoreError::NotFound { what: "view" })));
    assert_eq!(reading!(world, |tx| view::count_of(tx, &ours.scope, ours.owner).await).unwrap(), 1);
    writing!(world, |tx| view::delete(tx, &ours.scope, id).await).unwrap();
}

async fn an_action_is_remembered_for_a_day(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs);
    let kind = BulkKind::Assign;
    let id = writing!(world, |tx| bulk::begin(tx, &ours.scope, ours.owner, List::Cases, kind, None).await)
        .unwrap();
    let things: &[Uuid] = &[1, 2, 3, 4, 5].map(Uuid::from_u128);
    let rows: &Vec<BulkRow> = &things
        .iter()
        .map(|thing| BulkRow { thing: *thing, before: json!({"owner": null}), after: json!({"owner": "x"}) })
        .collect();
    writing!(world, |tx| bulk::note(tx, &ours.scope, id, rows).await).unwrap();
    let read = reading!(world, |tx| bulk::rows(tx, &ours.scope, id, things[1], 2).await).unwrap();
    assert_eq!(read, rows[2..4], "page by page");
    let found =
        |scope, user| async move { writing!(world, |tx| bulk::find(tx, scope, user, id).await).unwrap() };
    let action = found(&ours.scope, ours.owner).await.unwrap();
    assert_eq!((action.list, action.kind, action.undone_at), (List::Cases, kind, None));
    assert_eq!(found(&ours.scope, UserId::from_uuid(Uuid::nil())).await, None, "another person's");
    assert_eq!(found(&theirs.scope, ours.owner).await, None);
    writing!(world, |tx| bulk::end_undo(tx, &ours.scope, id).await).unwrap();
    let twice = writing!(world, |tx| bulk::end_undo(tx, &ours.scope, id).await);
    assert!(matches!(twice, Err(StoreError::Conflict { what: "bulk action" })));
    let before = world.now().checked_add(SignedDuration::from_secs(1)).unwrap();
    assert_eq!(writing!(world, |tx| bulk::forget(tx, &theirs.scope, before).await).unwrap(), 0);
    assert_eq!(writing!(world, |tx| bulk::forget(tx, &ours.scope, before).await).unwrap(), 1);
    assert_eq!(found(&ours.scope, ours.owner).await, None);
}

/// The bits that the migration reckons for old rows are those that the program writes for new ones.
async fn the_migration_counts_alike(world: &World) {
    let ours = &world.ours;
    let rows = crate::many_kinds::reviews(60, 7, false);
    let ids = &crate::many_kinds::store(world, &ours.scope, ours.second, &rows).await;
    writing!(world, |tx| {
        let now = tx.now();
        review::set_gone(tx, &ours.scope, &ids[..9], Some(now)).await
    })
    .unwrap();
    let sql = match world.store().engine() {
        pingxin_store::Engine::Sqlite => include_str!("../../migrations/sqlite/0005_lists.sql"),
        pingxin_store::Engine::Postgres => include_str!("../../migrations/postgres/0005_lists.sql"),
    };
    let begins = sql.find("UPDATE reviews SET facets").unwrap();
    let statement = &sql[begins..begins + sql[begins..].find(';').unwrap()];
    let facets = "SELECT CAST(facets AS TEXT) FROM reviews ORDER BY id";
    let written = world.database.raw_texts(facets).await.unwrap();
    world.database.raw("UPDATE reviews SET facets = 0").await.unwrap();
    world.database.raw(statement).await.unwrap();
    assert_eq!(world.database.raw_texts(facets).await.unwrap(), written);
    assert!(written.iter().collect::<std::collections::HashSet<_>>().len() > 40, "they differ");
}
