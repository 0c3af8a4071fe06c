//! Products and buyers count what their reviews add up to, whatever arrives, changes and goes.

use jiff::Timestamp;
use pingxin_domain::intake::{IncomingBuyer, IncomingReview, content_hash};
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{BatchId, BuyerId, ReviewId, ShopId};
use pingxin_language::Cause;
use pingxin_store::identifier::fresh;
use pingxin_store::product::{self, Product, ProductFilter, ProductSort};
use pingxin_store::review::{self, ReviewInsert, ReviewRevise};
use pingxin_store::{buyer, doctor, undo};
use uuid::Uuid;

use crate::on_both;
use crate::world::{World, reading, review as plain, triage, writing};

on_both!(counters_are_a_recount, found_sorted_and_paged, titles_and_keys, bounds);

/// Numbers that look random and are the same again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one_of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize].clone()
    }
}

/// A review of one of a few products by anybody at any time.
fn anything(dice: &mut Dice, key: &str) -> IncomingReview {
    let products = [
        (None, None),
        (None, Some("保温杯")),
        (Some("P1"), Some("保温杯")),
        (Some("P1"), None),
        (Some("P2"), Some("窗帘")),
        (Some("P2"), Some("遮光窗帘")),
        (Some(""), Some("")),
    ];
    let (product_key, product_title) = dice.one_of(&products);
    // Some before 1970, some on one millisecond.
    let at = dice.one_of(&[None, Some(-5), Some(1_767_225_600), Some(1_767_225_600), Some(1_767_300_000)]);
    let micros = i64::try_from(dice.below(3)).unwrap();
    IncomingReview {
        product_key: product_key.map(str::to_owned),
        product_title: product_title.map(str::to_owned),
        rating: Rating::try_from(u8::try_from(dice.below(6)).unwrap()).ok(),
        verdict: dice.one_of(&[None, Some(Verdict::Good), Some(Verdict::Neutral), Some(Verdict::Bad)]),
        created: at.and_then(|at: i64| Timestamp::from_microsecond(at * 1_000_000 + micros).ok()),
        ..plain(key, "好")
    }
}

fn read(dice: &mut Dice, review: &IncomingReview) -> review::TriageColumns {
    let causes =
        [vec![], vec![Cause::Quality], vec![Cause::Price, Cause::Quality, Cause::Price], vec![Cause::Other]];
    review::TriageColumns { causes: dice.one_of(&causes), ..triage(review) }
}

async fn arrive(
    world: &World,
    dice: &mut Dice,
    shop: ShopId,
    batch: BatchId,
    buyers: &[BuyerId],
) -> Vec<ReviewId> {
    let reviews: Vec<IncomingReview> =
        (0..=dice.below(5)).map(|_| anything(dice, &fresh::<ReviewId>().to_string())).collect();
    let rows: Vec<ReviewInsert<'_>> = reviews
        .iter()
        .map(|review| ReviewInsert {
            id: fresh(),
            shop,
            identity: review.platform_review_id.clone().unwrap(),
            review,
            content_hash: content_hash(review),
            order: None,
            buyer: dice.one_of(&[None, Some(buyers[0]), Some(buyers[1])]),
            batch: Some(batch),
            line: 1,
            imported_at: world.now(),
            triage: dice.one_of(&[true, true, false]).then(|| read(dice, review)),
            opens_case: false,
        })
        .collect();
    let (scope, inserts) = (&world.ours.scope, rows.as_slice());
    writing!(world, |tx| review::insert_many(tx, scope, inserts).await).unwrap();
    rows.iter().map(|row| row.id).collect()
}

async fn revise(world: &World, dice: &mut Dice, known: &[ReviewId], batch: BatchId, buyers: &[BuyerId]) {
    let scope = &world.ours.scope;
    let mut ids = vec![dice.one_of(known), dice.one_of(known)];
    ids.dedup();
    let mut stored = Vec::new();
    for id in ids {
        stored.extend(reading!(world, |tx| review::get(tx, scope, id).await).unwrap());
    }
    let reviews: Vec<IncomingReview> = stored.iter().map(|_| anything(dice, "x")).collect();
    let rows: Vec<ReviewRevise<'_>> = stored
        .iter()
        .zip(&reviews)
        .map(|(stored, review)| ReviewRevise {
            id: stored.row.id,
            revision: stored.row.revision + 1,
            review,
            content_hash: content_hash(review),
            order: None,
            buyer: dice.one_of(&[None, Some(buyers[0]), Some(buyers[1])]),
            batch: Some(batch),
            line: 1,
            seen_at: world.now(),
            triage: dice.one_of(&[true, false]).then(|| read(dice, review)),
        })
        .collect();
    let rows = rows.as_slice();
    writing!(world, |tx| review::revise_many(tx, scope, rows).await).unwrap();
}

async fn wrong(world: &World) -> Vec<String> {
    let of = ["review_product", "product_counts", "product_causes", "product_search", "buyer_bad"];
    let found = reading!(world, |tx| doctor::checks(tx, &world.ours.scope).await).unwrap();
    found
        .into_iter()
        .filter(|finding| of.contains(&finding.check))
        .map(|finding| format!("{} {}", finding.check, finding.subject))
        .collect()
}

async fn buyers(world: &World) -> Vec<BuyerId> {
    let named = |nick: &str| IncomingBuyer { nick: Some(nick.into()), ..IncomingBuyer::default() };
    let (one, two) = (&named("小猫钓鱼"), &named("t**1"));
    let made = writing!(world, |tx| {
        buyer::upsert_many(tx, &world.ours.scope, world.ours.first, &[one, two]).await
    });
    made.unwrap().into_iter().flatten().collect()
}

async fn counters_are_a_recount(world: &World) {
    let scope = &world.ours.scope;
    let buyers = buyers(world).await;
    for seed in 0..4 {
        let mut dice = Dice(seed);
        let batches: Vec<BatchId> = (0..3).map(|_| fresh()).collect();
        let mut known: Vec<ReviewId> = Vec::new();
        for step in 0..25 {
            let batch = dice.one_of(&batches);
            match dice.below(5) {
                0 | 1 => {
                    let shop = dice.one_of(&[world.ours.first, world.ours.second]);
                    known.extend(arrive(world, &mut dice, shop, batch, &buyers).await);
                }
                2 | 3 if !known.is_empty() => revise(world, &mut dice, &known, batch, &buyers).await,
                4 => {
                    let leaving = writing!(world, |tx| {
                        let leaving = undo::reviews_to_remove(tx, scope, batch, Uuid::nil(), 4).await?;
                        undo::remove_reviews(tx, scope, &leaving).await?;
                        Ok(leaving)
                    })
                    .unwrap();
                    known.retain(|id| leaving.iter().all(|gone| gone.id != *id));
                }
                _ => {}
            }
            assert_eq!(wrong(world).await, Vec::<String>::new(), "seed {seed}, step {step}");
        }
    }
    let products = list(world, &ProductFilter::default(), ProductSort::Reviews).await;
    assert!(products.len() > 4, "the dice made products: {products:?}");
    // With the last review its product goes.
    let shop = world.ours.second;
    let batch = fresh();
    let lonely = IncomingReview { product_title: Some("只有一条".into()), ..plain("lonely", "好") };
    world.insert(scope, shop, &[lonely], &[fresh()], Some(batch)).await.unwrap();
    assert_eq!(list(world, &ProductFilter::default(), ProductSort::Reviews).await.len(), products.len() + 1);
    writing!(world, |tx| {
        let leaving = undo::reviews_to_remove(tx, scope, batch, Uuid::nil(), 4).await?;
        undo::remove_reviews(tx, scope, &leaving).await
    })
    .unwrap();
    assert_eq!(list(world, &ProductFilter::default(), ProductSort::Reviews).await, products);
}

async fn list(world: &World, filter: &ProductFilter, sort: ProductSort) -> Vec<Product> {
    let (scope, mut rows, mut cursor) = (&world.ours.scope, Vec::new(), None::<String>);
    loop {
        let after = cursor.as_deref();
        let page = reading!(world, |tx| product::list(tx, scope, filter, sort, after, 2).await).unwrap();
        rows.extend(page.rows);
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    let count = reading!(world, |tx| product::count(tx, scope, filter).await).unwrap();
    assert_eq!(count.value, rows.len() as u64);
    rows
}

fn of(key: &str, product: &str, stars: u8, seconds: i64) -> IncomingReview {
    IncomingReview {
        product_title: Some(product.into()),
        rating: Rating::try_from(stars).ok(),
        created: Timestamp::from_second(1_767_225_600 + seconds).ok(),
        ..plain(key, "好")
    }
}

async fn found_sorted_and_paged(world: &World) {
    let (scope, first, second) = (&world.ours.scope, world.ours.first, world.ours.second);
    let reviews = [
        of("1", "保温杯", 5, 1),
        of("2", "保温杯", 1, 2),
        of("3", "保温杯", 2, 3),
        of("4", "遮光窗帘", 1, 9),
        of("5", "四件套", 5, 5),
        of("6", "四件套", 5, 6),
    ];
    world.add(scope, first, &reviews).await;
    world.add(scope, second, &[of("7", "保温杯", 4, 7)]).await;
    let titles = |products: Vec<Product>| {
        products.into_iter().map(|product| product.title.unwrap()).collect::<Vec<_>>()
    };
    let every = ProductFilter::default();
    for (sort, expected) in [
        (ProductSort::Reviews, ["保温杯", "四件套"]),
        (ProductSort::Bad, ["保温杯", "遮光窗帘"]),
        (ProductSort::BadRate, ["遮光窗帘", "保温杯"]),
        (ProductSort::Newest, ["遮光窗帘", "保温杯"]),
    ] {
        let shown = titles(list(world, &every, sort).await);
        assert_eq!((shown.len(), &shown[..2]), (4, expected.map(str::to_owned).as_slice()), "{sort:?}");
    }
    let cup = &list(world, &every, ProductSort::Bad).await[0];
    assert_eq!((cup.reviews, cup.ratings, cup.bad, cup.bad_rate), (3, [1, 1, 0, 0, 1], 2, 6666));
    assert_eq!(
        (cup.first_review_at, cup.last_review_at),
        (reviews[0].created.unwrap(), reviews[2].created.unwrap())
    );
    let causes = reading!(world, |tx| product::causes(tx, scope, cup.id).await).unwrap();
    assert_eq!(causes, [(Cause::Logistics, 3), (Cause::Quality, 3)]);
    for (filter, many) in [
        (ProductFilter { query: Some("温杯".into()), ..every.clone() }, 2),
        (ProductFilter { query: Some("质量".into()), ..every.clone() }, 0),
        (ProductFilter { query: Some("!".into()), ..every.clone() }, 0),
        (ProductFilter { shops: vec![second], ..every.clone() }, 1),
        (ProductFilter { bad_min: Some(1), ..every.clone() }, 2),
        (ProductFilter { reviews_min: Some(2), ..every.clone() }, 2),
        (ProductFilter { causes: vec![Cause::Price], ..every.clone() }, 0),
        (ProductFilter { causes: vec![Cause::Quality], ..every.clone() }, 4),
    ] {
        assert_eq!(list(world, &filter, ProductSort::Reviews).await.len(), many, "{filter:?}");
    }
}

async fn titles_and_keys(world: &World) {
    let (scope, first) = (&world.ours.scope, world.ours.first);
    let keyed = |key: &str, title: &str, seconds| IncomingReview {
        product_key: Some("B0-XY1".into()),
        ..of(key, title, 5, seconds)
    };
    world.add(scope, first, &[keyed("1", "旧的标题", 10)]).await;
    world.add(scope, first, &[keyed("2", "新的标题", 20)]).await;
    world.add(scope, first, &[keyed("3", "更旧的", 5)]).await;
    let every = ProductFilter::default();
    let rows = list(world, &every, ProductSort::Reviews).await;
    assert_eq!((rows.len(), rows[0].title.as_deref(), rows[0].reviews), (1, Some("新的标题"), 3));
    for (query, many) in [("新的标题", 1), ("旧的标题", 0), ("b0-xy1", 1), ("xy1", 1), ("xy", 0)] {
        let filter = ProductFilter { query: Some(query.into()), ..every.clone() };
        assert_eq!(list(world, &filter, ProductSort::Reviews).await.len(), many, "{query}");
    }
    let lines = [(Some("B0-XY1"), Some("别的")), (None, Some("新的标题")), (None, None)];
    let found = reading!(world, |tx| product::of_lines(tx, scope, first, &lines).await).unwrap();
    assert_eq!(found, [Some(rows[0].id), None, None]);
    assert_eq!(wrong(world).await, Vec::<String>::new());
}

async fn bounds(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs);
    world.add(&ours.scope, ours.first, &[of("1", "保温杯", 1, 1)]).await;
    let id = list(world, &ProductFilter::default(), ProductSort::Reviews).await[0].id;
    let own = &ours.agent(vec![ours.first]);
    assert!(reading!(world, |tx| product::get(tx, own, id).await).unwrap().is_some());
    for scope in [&ours.agent(vec![ours.second]), &ours.agent(vec![]), &theirs.scope] {
        assert!(reading!(world, |tx| product::get(tx, scope, id).await).unwrap().is_none());
        let filter = &ProductFilter { query: Some("保温杯".into()), ..ProductFilter::default() };
        let page = reading!(world, |tx| product::list(tx, scope, filter, ProductSort::Bad, None, 9).await);
        assert!(page.unwrap().rows.is_empty());
    }
}
