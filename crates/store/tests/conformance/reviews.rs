//! Reviews: what goes in comes out, nobody sees another's, revisions append, pages hold.

use jiff::SignedDuration;
use pingxin_domain::intake::{IncomingReview, content_hash, review_identity};
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{BatchId, Object, Platform, ReviewId};
use pingxin_language::{Cause, SentimentLabel};
use pingxin_store::identifier::fresh;
use pingxin_store::review::{self, ReviewFilter, ReviewRevise, Sort};
use pingxin_store::{StoreError, shop};
use proptest::prelude::*;

use crate::on_both;
use crate::world::{World, reading, review as plain, triage, writing, written};

on_both!(
    round_trip,
    scope,
    conflict,
    revision,
    filters,
    pages_stay_stable,
    counts_are_capped,
    twins,
    odd_texts
);

async fn round_trip(world: &World) {
    let ours = &world.ours;
    let incoming = IncomingReview {
        object: Object::Followup,
        order_number: Some("A-1".into()),
        product_key: Some("P".into()),
        product_title: Some("保温杯".into()),
        verdict: Some(Verdict::Bad),
        title: Some("失望".into()),
        photos: 2,
        likes: Some(7),
        reply: Some("亲，抱歉".into()),
        ..written("R1", "穿了两天就开线\u{0}👍", 5)
    };
    let id = world.add(&ours.scope, ours.first, std::slice::from_ref(&incoming)).await[0];
    let detail = reading!(world, |tx| review::get(tx, &ours.scope, id).await).unwrap().unwrap();
    let row = &detail.row;
    assert_eq!(row.shop.name, "旗舰店");
    assert_eq!(row.shop.platform, Platform::Taobao);
    assert_eq!(
        (row.object, row.rating, row.verdict),
        (Object::Followup, incoming.rating, Some(Verdict::Bad))
    );
    assert_eq!(row.title.as_deref(), Some("失望"));
    assert_eq!(row.text, "穿了两天就开线\u{fffd}👍", "what PostgreSQL cannot hold is replaced on both");
    assert_eq!((row.created_at, row.imported_at), (incoming.created, world.now()));
    assert_eq!(row.product_title.as_deref(), Some("保温杯"));
    assert_eq!(row.order_number.as_deref(), Some("A-1"));
    assert_eq!((row.severity, row.revision), (70, 1));
    assert_eq!(row.sentiment.map(|found| (found.label, found.score)), Some((SentimentLabel::Negative, -0.5)));
    assert_eq!(row.causes, [Cause::Quality, Cause::Logistics]);
    assert_eq!(row.case, None);
    assert_eq!((detail.row.photos, detail.row.likes), (2, Some(7)));
    assert_eq!(detail.row.reply.as_deref(), Some("亲，抱歉"));
    assert_eq!(detail.row.platform_review_id.as_deref(), Some("R1"));
    assert_eq!(detail.triage.unwrap()["language"], "zh");
    assert_eq!(detail.revisions.len(), 1);
    let counted = reading!(world, |tx| shop::list_with_counts(tx, &ours.scope).await).unwrap();
    assert_eq!(counted.iter().map(|shop| shop.reviews).collect::<Vec<_>>(), [1, 0]);
}

async fn scope(world: &World) {
    let (ours, theirs) = (&world.ours, &world.theirs);
    // The same outside ids at both merchants and in both shops.
    let mine = world.add(&ours.scope, ours.first, &[plain("R1", "质量差")]).await[0];
    let second = world.add(&ours.scope, ours.second, &[plain("R1", "质量差")]).await[0];
    let foreign = world.add(&theirs.scope, theirs.first, &[plain("R1", "质量差")]).await[0];
    let everything = &ReviewFilter::default();
    let seen = |scope, filter| async move {
        let mut ids: Vec<ReviewId> =
            world.all(scope, filter, Sort::Newest, 10).await.iter().map(|row| row.id).collect();
        ids.sort();
        ids
    };
    let (first_only, nothing) = (&ours.agent(vec![ours.first]), &ours.agent(vec![]));
    // An agent who was given another merchant's shop by mistake still sees nothing of it.
    let mistaken = &ours.agent(vec![theirs.first]);
    assert_eq!(seen(&ours.scope, everything).await, [mine, second]);
    assert_eq!(seen(&theirs.scope, everything).await, [foreign]);
    assert_eq!(seen(first_only, everything).await, [mine]);
    assert_eq!(seen(nothing, everything).await, []);
    assert_eq!(seen(mistaken, everything).await, []);
    let searched = &ReviewFilter { query: Some("质量".into()), ..Default::default() };
    assert_eq!(seen(&ours.scope, searched).await, [mine, second]);
    assert_eq!(seen(first_only, searched).await, [mine]);
    assert_eq!(seen(nothing, searched).await, []);
    let asked = &ReviewFilter { shops: vec![ours.second, theirs.first], ..Default::default() };
    assert_eq!(seen(&ours.scope, asked).await, [second]);
    assert_eq!(seen(first_only, asked).await, []);
    for (scope, id) in [(first_only, second), (nothing, mine), (&theirs.scope, mine), (mistaken, foreign)] {
        assert!(reading!(world, |tx| review::get(tx, scope, id).await).unwrap().is_none());
        assert_eq!(reading!(world, |tx| review::count(tx, scope, everything).await).unwrap().value, {
            seen(scope, everything).await.len() as u64
        });
    }
    let known =
        reading!(world, |tx| review::find_by_identities(tx, first_only, ours.second, &["p:R1"]).await);
    assert!(matches!(known, Err(StoreError::NotFound { what: "shop" })));
    let known =
        reading!(world, |tx| review::find_by_identities(tx, &ours.scope, ours.first, &["p:R1"]).await);
    assert_eq!(known.unwrap()["p:R1"].id, mine);
    let refused = world.insert(first_only, ours.second, &[plain("R2", "x")], &[fresh()], None).await;
    assert!(matches!(refused, Err(StoreError::NotFound { what: "shop" })));
    let revised = plain("R1", "改了");
    let change = revise(second, 2, &revised, world);
    let changes = &[change];
    let refused = writing!(world, |tx| review::revise_many(tx, first_only, changes).await);
    assert!(matches!(refused, Err(StoreError::Conflict { what: "review" })), "{refused:?}");
    let batch: BatchId = fresh();
    writing!(world, |tx| review::mark_seen_many(tx, &theirs.scope, batch, &[mine]).await).unwrap();
    let known =
        reading!(world, |tx| review::find_by_identities(tx, &ours.scope, ours.first, &["p:R1"]).await);
    assert_eq!(known.unwrap()["p:R1"].last_batch, None);
}

async fn conflict(world: &World) {
    let ours = &world.ours;
    world.add(&ours.scope, ours.first, &[plain("R1", "一")]).await;
    let rows = [plain("R2", "二"), plain("R1", "又")];
    let refused = world.insert(&ours.scope, ours.first, &rows, &[fresh(), fresh()], None).await;
    assert!(matches!(refused, Err(StoreError::Conflict { what: "review" })), "{refused:?}");
    let all = ReviewFilter::default();
    assert_eq!(world.all(&ours.scope, &all, Sort::Newest, 10).await.len(), 1, "all or nothing");
    assert_eq!(world.found(&ours.scope, "二").await, [], "nothing is left in the search either");
}

fn revise<'a>(id: ReviewId, revision: u32, review: &'a IncomingReview, world: &World) -> ReviewRevise<'a> {
    ReviewRevise {
        id,
        revision,
        review,
        content_hash: content_hash(review),
        order: None,
        buyer: None,
        batch: None,
        line: 9,
        seen_at: world.now(),
        triage: Some(triage(review)),
    }
}

async fn revision(world: &World) {
    let ours = &world.ours;
    let first = IncomingReview { product_title: Some("保温杯".into()), ..plain("R1", "质量不好") };
    let id = world.add(&ours.scope, ours.first, &[first]).await[0];
    world.database.clock().advance(SignedDuration::from_hours(1));
    let mut better = plain("R1", "客服解决了");
    better.rating = Rating::try_from(5).ok();
    let mut change = revise(id, 2, &better, world);
    if let Some(triage) = &mut change.triage {
        triage.causes = vec![Cause::Service];
        triage.body = r#"{"language":"en"}"#.into();
    }
    let changes = &[change];
    writing!(world, |tx| review::revise_many(tx, &ours.scope, changes).await).unwrap();
    let detail = reading!(world, |tx| review::get(tx, &ours.scope, id).await).unwrap().unwrap();
    assert_eq!((detail.row.text.as_str(), detail.row.revision, detail.row.severity), ("客服解决了", 2, 50));
    let texts: Vec<&str> = detail.revisions.iter().map(|revision| revision.text.as_str()).collect();
    assert_eq!(texts, ["质量不好", "客服解决了"], "the old words are kept");
    assert_eq!(detail.triage.unwrap()["language"], "en");
    assert_eq!(detail.row.product_title.as_deref(), Some("保温杯"), "what a row does not know stays");
    assert_eq!(world.found(&ours.scope, "质量").await, [], "search knows the new words only");
    assert_eq!(world.found(&ours.scope, "客服 保温杯").await, [id]);
    for (cause, found) in [(Cause::Quality, 0), (Cause::Service, 1)] {
        let filter = ReviewFilter { causes: vec![cause], ..Default::default() };
        assert_eq!(world.all(&ours.scope, &filter, Sort::Newest, 10).await.len(), found);
    }
    // Two importers with the same idea: the second one must read again.
    let again = writing!(world, |tx| review::revise_many(tx, &ours.scope, changes).await);
    assert!(matches!(again, Err(StoreError::Conflict { what: "review" })), "{again:?}");
}

async fn filters(world: &World) {
    let ours = &world.ours;
    let mut rows = Vec::new();
    for at in 0..20_u8 {
        let mut row = written(&format!("R{at}"), &format!("评价 {at}"), i64::from(at) * 60);
        row.rating = Rating::try_from(at % 5 + 1).ok();
        row.verdict = (at % 2 == 0).then_some(Verdict::Bad);
        row.object = if at % 4 == 0 { Object::Followup } else { Object::Review };
        row.order_number = (at < 3).then(|| "A-1".to_owned());
        rows.push(row);
    }
    let ids = world.add(&ours.scope, ours.first, &rows).await;
    world.open_case(&ours.scope, ours.first, ids[4], 80).await;
    let picked = |filter: ReviewFilter, sort| {
        let ids = &ids;
        async move {
            let (filter, scope) = (&filter, &world.ours.scope);
            let rows = world.all(scope, filter, sort, 3).await;
            let count = reading!(world, |tx| review::count(tx, scope, filter).await).unwrap();
            assert_eq!(count.value as usize, rows.len());
            let place = |row: &review::ReviewRow| ids.iter().position(|id| *id == row.id).unwrap();
            rows.iter().map(place).collect::<Vec<_>>()
        }
    };
    let none = ReviewFilter::default;
    let rating = |stars| Rating::try_from(stars).unwrap();
    let expected = |keep: &dyn Fn(usize) -> bool| (0..20).rev().filter(|at| keep(*at)).collect::<Vec<_>>();
    assert_eq!(picked(none(), Sort::Newest).await, expected(&|_| true), "the newest first");
    let stars = ReviewFilter { ratings: vec![rating(1), rating(2)], ..none() };
    assert_eq!(picked(stars, Sort::Newest).await, expected(&|at| at % 5 < 2));
    let bad = ReviewFilter { verdicts: vec![Verdict::Bad], objects: vec![Object::Followup], ..none() };
    assert_eq!(picked(bad, Sort::Newest).await, expected(&|at| at % 4 == 0));
    let urgent = ReviewFilter { severity_min: Some(80), ..none() };
    assert_eq!(picked(urgent.clone(), Sort::Newest).await, expected(&|at| at % 5 < 2));
    let mut by_severity = expected(&|at| at % 5 < 2);
    by_severity.sort_by_key(|at| (at % 5, std::cmp::Reverse(*at)));
    assert_eq!(picked(urgent, Sort::Severity).await, by_severity, "the most urgent, then the newer");
    assert_eq!(picked(ReviewFilter { has_case: Some(true), ..none() }, Sort::Newest).await, [4]);
    assert_eq!(picked(ReviewFilter { has_case: Some(false), ..none() }, Sort::Newest).await.len(), 19);
    let of_order = ReviewFilter { order_number: Some("A-1".into()), ..none() };
    assert_eq!(picked(of_order, Sort::Newest).await, [2, 1, 0]);
    let (from, to) = (rows[5].created, rows[8].created);
    assert_eq!(
        picked(ReviewFilter { from, to, ..none() }, Sort::Newest).await,
        [7, 6, 5],
        "from ≤ written < to"
    );
    let one_cause = ReviewFilter { causes: vec![Cause::Quality], ..none() };
    assert_eq!(picked(one_cause, Sort::Newest).await.len(), 20);
    let causes = ReviewFilter { causes: vec![Cause::Quality, Cause::Logistics, Cause::Price], ..none() };
    assert_eq!(picked(causes, Sort::Newest).await.len(), 20, "each review once");
    let price = ReviewFilter { causes: vec![Cause::Price], ..none() };
    assert!(picked(price, Sort::Newest).await.is_empty());
    let tmall = ReviewFilter { platforms: vec![Platform::Tmall], ..none() };
    assert!(picked(tmall, Sort::Newest).await.is_empty());
    let platforms = ReviewFilter { platforms: vec![Platform::Taobao], ..none() };
    assert_eq!(picked(platforms, Sort::Severity).await.len(), 20);
    let positive = ReviewFilter { sentiments: vec![SentimentLabel::Positive], ..none() };
    assert!(picked(positive, Sort::Newest).await.is_empty());
    let some = ReviewFilter { ids: vec![ids[3], ids[9]], ..none() };
    assert_eq!(picked(some, Sort::Newest).await, [9, 3]);
    for (query, found) in [("评价 7", 1), ("  ", 20), ("!?", 0)] {
        let filter = ReviewFilter { query: Some(query.into()), ..none() };
        assert_eq!(picked(filter, Sort::Newest).await.len(), found, "{query}");
    }
    let both = ReviewFilter { query: Some("评价".into()), causes: vec![Cause::Quality], ..none() };
    assert_eq!(picked(both, Sort::Severity).await.len(), 20);
}

async fn pages_stay_stable(world: &World) {
    let ours = &world.ours;
    let rows: Vec<_> = (0..30).map(|at| written(&format!("R{at}"), "好", at / 3)).collect();
    world.add(&ours.scope, ours.first, &rows).await;
    let filter = &ReviewFilter::default();
    for (turn, sort) in [Sort::Newest, Sort::Severity].into_iter().enumerate() {
        let before: Vec<ReviewId> =
            world.all(&ours.scope, filter, sort, 100).await.iter().map(|row| row.id).collect();
        let first =
            reading!(world, |tx| review::list(tx, &ours.scope, filter, sort, None, 10).await).unwrap();
        // Newer and more urgent ones arrive while somebody reads the first page.
        let mut arrived = written(&format!("N{turn}"), "新", 1000);
        arrived.rating = Rating::try_from(1).ok();
        world.add(&ours.scope, ours.first, &[arrived]).await;
        let cursor = first.next.as_deref();
        let rest =
            reading!(world, |tx| review::list(tx, &ours.scope, filter, sort, cursor, 100).await).unwrap();
        let seen: Vec<ReviewId> = first.rows.iter().chain(&rest.rows).map(|row| row.id).collect();
        assert_eq!(seen, before, "nothing twice, nothing left out");
        let other = if sort == Sort::Newest { Sort::Severity } else { Sort::Newest };
        let wrong = reading!(world, |tx| review::list(tx, &ours.scope, filter, other, cursor, 5).await);
        assert!(matches!(wrong, Err(StoreError::BadCursor)));
    }
}

async fn counts_are_capped(world: &World) {
    let ours = &world.ours;
    let rows: Vec<_> = (0..1001).map(|at| plain(&format!("R{at}"), "好 评")).collect();
    world.add(&ours.scope, ours.first, &rows[..1000]).await;
    let searched = ReviewFilter { query: Some("好".into()), ..Default::default() };
    let filters = &[ReviewFilter::default(), searched];
    for (capped, extra) in [(false, None), (true, Some(&rows[1000]))] {
        if let Some(extra) = extra {
            world.add(&ours.scope, ours.first, std::slice::from_ref(extra)).await;
        }
        for filter in filters {
            let count = reading!(world, |tx| review::count(tx, &ours.scope, filter).await).unwrap();
            assert_eq!((count.value, count.capped), (1000, capped));
        }
    }
    // All of them were imported in one millisecond and still are a thousand and one different rows.
    let all = world.all(&ours.scope, &ReviewFilter::default(), Sort::Newest, 300).await;
    assert_eq!(all.len(), 1001);
}

async fn twins(world: &World) {
    let ours = &world.ours;
    let nameless = IncomingReview { platform_review_id: None, ..plain("", "不错") };
    let (first, second): (BatchId, BatchId) = (fresh(), fresh());
    let rows = vec![nameless.clone(); 3];
    let ids: Vec<ReviewId> = rows.iter().map(|_| fresh()).collect();
    world.insert(&ours.scope, ours.first, &rows, &ids, Some(first)).await.unwrap();
    let stored = review_identity(&nameless).stored(0);
    let prefix = stored.strip_suffix("#0").unwrap();
    let prefixes = &[prefix, "h:0"];
    let count = |batch| async move {
        let ours = &world.ours;
        let counts =
            reading!(world, |tx| review::count_twins(tx, &ours.scope, ours.first, prefixes, batch).await);
        counts.unwrap().get(prefix).copied().unwrap_or(0)
    };
    assert_eq!((count(first).await, count(second).await), (3, 0));
    let seen = &ids[..2];
    writing!(world, |tx| review::mark_seen_many(tx, &ours.scope, second, seen).await).unwrap();
    assert_eq!((count(first).await, count(second).await), (1, 2));
}

async fn odd_texts(world: &World) {
    let ours = &world.ours;
    let texts = [
        "",
        "'; DROP TABLE reviews; --",
        "\\ \" ' \u{1f600}\u{202e}",
        &"长".repeat(40_000),
        &"x".repeat(9_000),
    ];
    let mut rows: Vec<_> = texts.iter().zip(0..).map(|(text, at)| plain(&format!("R{at}"), text)).collect();
    // The ends of the calendar are instants like any other.
    rows[0].created = Some(jiff::Timestamp::MIN);
    rows[1].created = Some(jiff::Timestamp::MAX);
    let ids = world.add(&ours.scope, ours.first, &rows).await;
    for (id, text) in ids.iter().zip(texts) {
        let id = *id;
        let detail = reading!(world, |tx| review::get(tx, &ours.scope, id).await).unwrap().unwrap();
        assert_eq!(detail.row.text, text);
    }
    for query in ["'", "\"", "*", "a:b", "NEAR(", "-x", "%", "\\", "\u{0}"] {
        world.found(&ours.scope, query).await;
    }
    assert_eq!(world.found(&ours.scope, "drop table").await, [ids[1]]);
    assert_eq!(world.found(&ours.scope, &"长".repeat(200)).await, [ids[3]]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_url_reads_back_or_is_a_path(text in "\\PC{0,30}") {
        let url: pingxin_store::StoreUrl = text.parse().unwrap();
        let is_server = text.starts_with("postgres://") || text.starts_with("postgresql://");
        prop_assert_eq!(matches!(url, pingxin_store::StoreUrl::Postgres(_)), is_server);
    }
}
