//! Photos and videos: names kept in order, files bound to them, seen by nobody else, forgotten when nothing names them.

use jiff::SignedDuration;
use pingxin_domain::Say;
use pingxin_domain::media::{MediaKind, MediaName, MediaType};
use pingxin_domain::{BatchId, ReviewId, Scope};
use pingxin_store::batch::{self, NewBatch};
use pingxin_store::identifier::fresh;
use pingxin_store::media::{self, FileShape, MediaRefusal, NewFile, ReviewNames};
use pingxin_store::{StoreError, Tx, review};

use crate::on_both;
use crate::world::{World, reading, review as plain, writing};

on_both!(names_and_files, only_within_the_scope, files_are_forgotten, counts_and_refusals);

const PHOTO: FileShape = FileShape { media_type: MediaType::Jpeg, width: Some(8), height: Some(6) };

fn names(all: &[&str]) -> Vec<MediaName> {
    all.iter().map(|name| MediaName::new(MediaKind::Photo, name).unwrap()).collect()
}

fn photo<'a>(file_name: &'a str, bytes: &'a [u8]) -> NewFile<'a> {
    NewFile { file_name, shape: PHOTO, bytes }
}

/// Names one photo of a review and brings it in; for the tests that need something in every table.
pub async fn put(tx: &mut Tx<'_>, scope: &Scope, id: BatchId, of: ReviewId) -> Result<(), StoreError> {
    let names = names(&["1.jpg"]);
    review::mark_seen_many(tx, scope, id, &[of]).await?;
    name(tx, scope, id, of, &names, true).await?;
    media::attach(tx, scope, id, &photo("1.jpg", b"bytes")).await.map(drop)
}

async fn name(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    review: ReviewId,
    names: &[MediaName],
    replace: bool,
) -> Result<(), StoreError> {
    media::name_many(tx, scope, Some(id), &[ReviewNames { review, names, replace }]).await
}

async fn running(world: &World) -> BatchId {
    let (id, now) = (fresh::<BatchId>(), world.now());
    let ours = &world.ours;
    let new = NewBatch {
        id,
        file_name: "a.zip",
        file_hash: [1; 32],
        bytes: 90,
        shop: Some(ours.first),
        dry_run: false,
        stored_path: None,
        draft: None,
        draft_of: None,
    };
    let new = &new;
    writing!(world, |tx| {
        batch::create(tx, &ours.scope, new).await?;
        batch::start(tx, &ours.scope, id, now).await
    })
    .unwrap();
    id
}

/// Two reviews that an import has seen; the second names what the first names and one more.
async fn seen(world: &World) -> (BatchId, ReviewId, ReviewId) {
    let (scope, id) = (&world.ours.scope, running(world).await);
    let reviews = world.add(scope, world.ours.first, &[plain("R1", "质量差"), plain("R2", "好")]).await;
    let (first, second) = (reviews[0], reviews[1]);
    let few = &names(&["https://img.example/x/A.JPG?w=1", "晒图/b.jpg"]);
    let more = &names(&["a.jpg", "开箱.mp4"]);
    writing!(world, |tx| {
        review::mark_seen_many(tx, scope, id, &[first, second]).await?;
        name(tx, scope, id, first, few, true).await?;
        name(tx, scope, id, second, more, true).await
    })
    .unwrap();
    (id, first, second)
}

async fn listed(world: &World, scope: &Scope, of: ReviewId) -> Vec<(u32, String, bool)> {
    let list = reading!(world, |tx| media::list(tx, scope, of).await).unwrap();
    list.into_iter().map(|media| (media.position, media.name.name, media.file.is_some())).collect()
}

async fn names_and_files(world: &World) {
    let (scope, (id, first, second)) = (&world.ours.scope, seen(world).await);
    let link = "https://img.example/x/A.JPG?w=1".to_owned();
    assert_eq!(
        listed(world, scope, first).await,
        [(0, link.clone(), false), (1, "晒图/b.jpg".into(), false)]
    );
    for _ in 0..2 {
        // The same again, as after a crash, binds the same and keeps one file.
        let bound = writing!(world, |tx| media::attach(tx, scope, id, &photo("a.jpg", b"first")).await);
        assert_eq!(bound.unwrap(), 2, "both reviews name it, however they write its path");
    }
    let count = "SELECT CAST(count(*) AS TEXT) FROM media_files";
    assert_eq!(world.database.raw_texts(count).await.unwrap(), ["1"]);
    let video = FileShape { media_type: MediaType::Mp4, width: None, height: None };
    let video = &NewFile { file_name: "开箱.mp4", shape: video, bytes: b"moving" };
    writing!(world, |tx| media::attach(tx, scope, id, video).await).unwrap();
    let unnamed = writing!(world, |tx| media::attach(tx, scope, id, &photo("c.jpg", b"c")).await).unwrap();
    assert_eq!((unnamed, world.database.raw_texts(count).await.unwrap()), (0, vec!["2".to_owned()]));
    let list = reading!(world, |tx| media::list(tx, scope, second).await).unwrap();
    assert_eq!(list[0].file, Some(PHOTO));
    assert_eq!(list[1].name.kind, MediaKind::Video, "the file says what it is");
    let bytes = |of, position| async move {
        reading!(world, |tx| media::bytes(tx, &world.ours.scope, of, position).await).unwrap()
    };
    assert_eq!(bytes(first, 0).await, Some((MediaType::Jpeg, b"first".to_vec())));
    assert_eq!(bytes(second, 1).await, Some((MediaType::Mp4, b"moving".to_vec())));
    assert_eq!((bytes(first, 1).await, bytes(first, 9).await), (None, None));

    // A name that stays keeps its file; the others go.
    let later = running(world).await;
    let changed = &names(&["new.jpg", &link]);
    writing!(world, |tx| name(tx, scope, later, first, changed, false).await).unwrap();
    assert_eq!(listed(world, scope, first).await[0].1, link, "what is there is not replaced unasked");
    writing!(world, |tx| name(tx, scope, later, first, changed, true).await).unwrap();
    assert_eq!(listed(world, scope, first).await, [(0, "new.jpg".into(), false), (1, link, true)]);
    // An import binds nothing to reviews that it did not see.
    let late = writing!(world, |tx| media::attach(tx, scope, later, &photo("new.jpg", b"n")).await).unwrap();
    assert_eq!(late, 0);
    let long = format!("{}.jpg", "很".repeat(1_900));
    let (long, all) = (&long, &names(&[&long]));
    writing!(world, |tx| name(tx, scope, id, second, all, true).await).unwrap();
    let file = &long.to_lowercase();
    let bound = writing!(world, |tx| media::attach(tx, scope, id, &photo(file, b"l")).await).unwrap();
    assert_eq!(bound, 1, "a name as long as may be");
}

async fn only_within_the_scope(world: &World) {
    let (ours, (id, first, _)) = (&world.ours, seen(world).await);
    writing!(world, |tx| media::attach(tx, &ours.scope, id, &photo("a.jpg", b"a")).await).unwrap();
    for scope in [&world.theirs.scope, &ours.agent(vec![ours.second]), &ours.agent(vec![])] {
        assert!(listed(world, scope, first).await.is_empty());
        assert_eq!(reading!(world, |tx| media::bytes(tx, scope, first, 0).await).unwrap(), None);
        let bound = writing!(world, |tx| media::attach(tx, scope, id, &photo("a.jpg", b"evil")).await);
        assert_eq!(bound.unwrap(), 0);
    }
    let agent = &ours.agent(vec![ours.first]);
    assert!(reading!(world, |tx| media::bytes(tx, agent, first, 0).await).unwrap().is_some());
}

async fn files_are_forgotten(world: &World) {
    let (scope, (id, first, second)) = (&world.ours.scope, seen(world).await);
    for (file_name, bytes) in [("a.jpg", b"a"), ("b.jpg", b"b")] {
        writing!(world, |tx| media::attach(tx, scope, id, &photo(file_name, bytes)).await).unwrap();
    }
    let forget =
        || async move { writing!(world, |tx| media::forget_unbound(tx, &world.ours.scope).await).unwrap() };
    assert_eq!(forget().await, 0, "both are named");
    let none = &names(&["c.jpg"]);
    writing!(world, |tx| name(tx, scope, id, first, none, true).await).unwrap();
    assert_eq!(forget().await, 1, "the other review still names a.jpg");
    assert!(reading!(world, |tx| media::bytes(tx, scope, second, 0).await).unwrap().is_some());
    writing!(world, |tx| name(tx, scope, id, second, none, true).await).unwrap();
    assert_eq!((forget().await, forget().await), (1, 0));
}

async fn counts_and_refusals(world: &World) {
    let (scope, id) = (&world.ours.scope, running(world).await);
    let refused: Vec<MediaRefusal> = (0..70)
        .map(|number| MediaRefusal {
            name: format!("{number}.svg"),
            reason: Say::new("不是图片", "no picture"),
        })
        .collect();
    let refused = refused.as_slice();
    let look =
        || async move { reading!(world, |tx| batch::get(tx, &world.ours.scope, id).await).unwrap().unwrap() };
    for _ in 0..2 {
        // Begun again after a crash, it counts from the first.
        writing!(world, |tx| media::begin_media(tx, scope, id).await).unwrap();
        writing!(world, |tx| media::count_media(tx, scope, id, 3, refused, 40).await).unwrap();
        writing!(world, |tx| media::count_media(tx, scope, id, 2, refused, 90).await).unwrap();
        let seen = look().await;
        assert_eq!((seen.media.files, seen.media.refused, seen.bytes_read), (5, 140, 90));
        assert_eq!(seen.media.refusals.len(), media::MOST_REFUSED, "the list is bounded, the count is not");
        assert_eq!(seen.media.refusals[..70], *refused);
    }
    let text =
        world.database.raw_texts("SELECT CAST(media_refused_sealed AS TEXT) FROM import_batches").await;
    assert!(!format!("{text:?}").contains("svg"), "sealed");
    let now = world.now();
    writing!(world, |tx| media::forget_refusals_before(tx, scope, now).await).unwrap();
    assert_eq!(look().await.media.refusals.len(), media::MOST_REFUSED, "not old enough");
    let later = now.checked_add(SignedDuration::from_secs(1)).unwrap();
    assert_eq!(writing!(world, |tx| media::forget_refusals_before(tx, scope, later).await).unwrap(), 1);
    let seen = look().await;
    assert_eq!((seen.media.refusals.len(), seen.media.refused), (0, 140));
    writing!(world, |tx| batch::finish(tx, scope, id, now).await).unwrap();
    let over = writing!(world, |tx| media::count_media(tx, scope, id, 1, &[], 90).await);
    assert!(matches!(over, Err(StoreError::Conflict { what: "batch state" })));
}
