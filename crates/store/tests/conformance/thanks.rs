//! Good reviews that wait for an answer, and what was answered.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::intake::IncomingReview;
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{Object, Scope, ShopId};
use pingxin_store::thanks::{self, NewThanks, Place, WaitingFilter};
use pingxin_store::{StoreError, review as reviews};

use crate::on_both;
use crate::world::{World, reading, review, writing};

on_both!(waiting, coverage);

fn praise(world: &World, key: &str, days: i64) -> IncomingReview {
    let created = world.now().checked_sub(SignedDuration::from_hours(24 * days)).ok();
    IncomingReview { rating: Rating::try_from(5).ok(), created, ..review(key, "很满意") }
}

fn places(shops: &[ShopId]) -> Vec<Place> {
    shops.iter().map(|&shop| Place { shop, objects: vec![Object::Review] }).collect()
}

fn month(world: &World) -> Timestamp {
    world.now().checked_sub(SignedDuration::from_hours(24 * 30)).unwrap()
}

async fn waiting(world: &World) {
    let ours = &world.ours;
    let stars = |rating: u8, verdict| {
        let review = praise(world, &format!("{rating}{verdict:?}"), 5);
        IncomingReview { rating: Rating::try_from(rating).ok(), verdict, ..review }
    };
    let first = [
        praise(world, "A", 3),
        praise(world, "B", 9),
        praise(world, "old", 40),
        IncomingReview { reply: Some("谢谢".into()), ..praise(world, "replied", 4) },
        IncomingReview { object: Object::Followup, ..praise(world, "followup", 4) },
        stars(3, None),
        stars(5, Some(Verdict::Bad)),
        stars(0, Some(Verdict::Good)),
        stars(4, Some(Verdict::Good)),
    ];
    let ids = &world.add(&ours.scope, ours.first, &first).await;
    let second = world.add(&ours.scope, ours.second, &[praise(world, "C", 1)]).await;
    let (all, since) = (places(&[ours.first, ours.second]), month(world));
    let listed = async |scope: &Scope, places: &[Place], complains: bool| {
        let filter = &WaitingFilter { places: places.to_vec(), since, complains };
        let (page, count) = reading!(world, |tx| thanks::waiting(tx, scope, filter, None, 10).await).unwrap();
        assert_eq!(count.value, page.rows.len() as u64);
        page.rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let found = listed(&ours.scope, &all, true).await;
    assert_eq!(
        (found[0], found.last().copied()),
        (ids[1], second.first().copied()),
        "the longest wait first"
    );
    let mut sorted = found.clone();
    sorted.sort();
    let mut expected = vec![ids[0], ids[1], ids[7], ids[8], second[0]];
    expected.sort();
    assert_eq!(sorted, expected);
    assert!(listed(&ours.scope, &all, false).await.is_empty(), "a complaint was read in all of them");
    assert_eq!(listed(&ours.scope, &places(&[ours.second]), true).await, second);
    assert_eq!(
        listed(&ours.agent(vec![ours.second]), &all, true).await,
        second,
        "only the shops of the scope"
    );
    assert!(listed(&world.theirs.scope, &all, true).await.is_empty());
    assert!(listed(&ours.scope, &[], true).await.is_empty());
    // Page by page.
    let filter = &WaitingFilter { places: all.clone(), since, complains: true };
    let page = reading!(world, |tx| thanks::waiting(tx, &ours.scope, filter, None, 2).await).unwrap().0;
    let after = page.next.as_deref();
    let rest = reading!(world, |tx| thanks::waiting(tx, &ours.scope, filter, after, 10).await).unwrap().0;
    let both: Vec<_> = page.rows.iter().chain(&rest.rows).map(|row| row.id).collect();
    assert_eq!(both, found);
    // A case, and a review that is gone, wait for nothing.
    world.open_case(&ours.scope, ours.first, ids[0], 20).await;
    writing!(world, |tx| reviews::set_gone(tx, &ours.scope, &[ids[7]], Some(tx.now())).await).unwrap();
    // An answer is kept once, by those who see the shop.
    let new =
        NewThanks {
            review: ids[1], shop: ours.first, text: "谢谢您", script: Some("thanks.public.plain")
        };
    let add = async |scope: &Scope| writing!(world, |tx| thanks::add(tx, scope, &new).await);
    assert!(matches!(add(&ours.agent(vec![ours.second])).await, Err(StoreError::NotFound { .. })));
    add(&ours.scope).await.unwrap();
    assert!(matches!(add(&ours.scope).await, Err(StoreError::Conflict { what: "thanks" })));
    assert_eq!(listed(&ours.scope, &all, true).await, [ids[8], second[0]]);
    let written = reading!(world, |tx| thanks::written(tx, &ours.scope, None, None, 10).await).unwrap();
    assert_eq!((written.rows[0].review, written.rows[0].is_seen), (ids[1], false));
    for scope in [&world.theirs.scope, &ours.agent(vec![ours.second])] {
        let theirs = reading!(world, |tx| thanks::written(tx, scope, None, None, 10).await).unwrap();
        assert!(theirs.rows.is_empty());
        let taken = writing!(world, |tx| thanks::take_back(tx, scope, ids[1]).await);
        assert!(matches!(taken, Err(StoreError::NotFound { what: "thanks" })));
    }
    writing!(world, |tx| thanks::take_back(tx, &ours.scope, ids[1]).await).unwrap();
    assert_eq!(listed(&ours.scope, &all, true).await, [ids[1], ids[8], second[0]]);
}

async fn coverage(world: &World) {
    let ours = &world.ours;
    let ids = world
        .add(
            &ours.scope,
            ours.first,
            &[
                praise(world, "A", 2),
                praise(world, "B", 4),
                IncomingReview { reply: Some("谢谢".into()), ..praise(world, "C", 6) },
                praise(world, "D", 8),
            ],
        )
        .await;
    let (place, since) = (&places(&[ours.first])[0], month(world));
    let counted = async |scope: &Scope| {
        let both = reading!(world, |tx| {
            let of = thanks::coverage(tx, scope, place, since).await?;
            Ok::<_, StoreError>((of, thanks::delays(tx, scope, place.shop, since).await?))
        });
        both.unwrap()
    };
    assert_eq!(counted(&ours.scope).await, ((4, 1), vec![]));
    for (review, script) in [(ids[0], Some("thanks.public.plain")), (ids[1], None)] {
        let new = NewThanks { review, shop: ours.first, text: "谢谢您", script };
        writing!(world, |tx| thanks::add(tx, &ours.scope, &new).await).unwrap();
    }
    let (counts, mut delays) = counted(&ours.scope).await;
    delays.sort_unstable();
    assert_eq!((counts, delays), ((4, 3), vec![2 * 86_400, 4 * 86_400]));
    assert_eq!(counted(&world.theirs.scope).await, ((0, 0), vec![]));
    let used = reading!(world, |tx| thanks::used(tx, &ours.scope, since).await).unwrap();
    assert_eq!(used.into_iter().collect::<Vec<_>>(), [("thanks.public.plain".to_owned(), 1)]);
}
