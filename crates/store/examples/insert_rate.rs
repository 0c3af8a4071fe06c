//! Rows per second of the import's hot path, against the same rows put into the same tables and indexes by bare
//! statements without search: `cargo run --release -p pingxin-store --example insert_rate [ROWS]`.

use std::time::Instant;

use jiff::Timestamp;
use pingxin_domain::intake::{IncomingBuyer, IncomingReview, content_hash};
use pingxin_domain::review::Rating;
use pingxin_domain::{Currency, Object, Platform, Scope, ShopId};
use pingxin_language::{Cause, Fault, Language, Sentiment, SentimentLabel};
use pingxin_store::identifier::fresh;
use pingxin_store::review::{self, ReviewFilter, ReviewInsert, Sort, TriageColumns};
use pingxin_store::shop::{self, NewShop};
use pingxin_store::{Engine, Store, StoreError, tenant};
use pingxin_testkit::TestDatabase;

const CHUNK: usize = 1000;

fn sample(at: usize) -> IncomingReview {
    let words = [
        "穿了两天就开线",
        "物流太慢了",
        "客服态度很差",
        "颜色和图片不一样",
        "质量不错，值得购买",
        "包装破损",
    ];
    let text = format!("{}，{}，第{at}单。", words[at % 6], words[(at / 6) % 6]);
    IncomingReview {
        platform_review_id: Some(format!("R{at}")),
        object: Object::Review,
        order_number: Some(format!("26{at:016}")),
        order_line: None,
        product_key: Some(format!("P{}", at % 500)),
        product_title: Some("不锈钢保温杯 大容量".into()),
        rating: u8::try_from(at % 5 + 1).ok().and_then(|stars| Rating::try_from(stars).ok()),
        verdict: None,
        title: None,
        text,
        created: Timestamp::from_second(1_700_000_000 + at as i64 * 37).ok(),
        photos: 0,
        media: Vec::new(),
        likes: Some(1),
        reply: None,
        buyer: IncomingBuyer::default(),
        pingxin_id: None,
    }
}

fn triage(severity: usize) -> TriageColumns {
    TriageColumns {
        language: Language::Chinese,
        sentiment: Sentiment { label: SentimentLabel::Negative, score: -0.9 },
        primary_cause: Some(Cause::Quality),
        causes: vec![Cause::Quality],
        fault: Fault::Seller,
        severity: u8::try_from(severity % 100).unwrap_or(0),
        model: "m1".into(),
        body: r#"{"language":"zh","sentiment":{"label":"negative","score":-0.9},"causes":[{"code":"quality","score":0.97,"spans":[[0,5]]}],"primary_cause":"quality","fault":"seller","signals":[],"severity":82}"#.into(),
    }
}

async fn through_the_store(store: &Store, scope: &Scope, shop: ShopId, rows: &[IncomingReview]) -> f64 {
    let started = Instant::now();
    for (number, chunk) in rows.chunks(CHUNK).enumerate() {
        let now = store.clock().now();
        let inserts: Vec<ReviewInsert<'_>> = chunk
            .iter()
            .enumerate()
            .map(|(at, review)| ReviewInsert {
                id: fresh(),
                shop,
                identity: format!("p:{}", review.platform_review_id.as_deref().unwrap_or("")),
                review,
                content_hash: content_hash(review),
                order: None,
                buyer: None,
                batch: None,
                line: (number * CHUNK + at) as u64,
                imported_at: now,
                triage: Some(triage(at)),
                opens_case: false,
            })
            .collect();
        let inserts = inserts.as_slice();
        let done: Result<(), StoreError> =
            store.write(|tx| Box::pin(review::insert_many(tx, scope, inserts))).await;
        done.expect("the chunk is stored");
    }
    rows.len() as f64 / started.elapsed().as_secs_f64()
}

/// The rows of every table of the reviews but the search, copied out and in again by the engine itself.
async fn bare(database: &TestDatabase, rows: usize) -> f64 {
    let tables = ["reviews", "review_revisions", "triage_results", "review_causes"];
    let postgres = database.store().engine() == Engine::Postgres;
    let mut script = String::new();
    for table in tables {
        script += &format!("CREATE TABLE copy_{table} AS SELECT * FROM {table};");
    }
    if postgres {
        script += "UPDATE copy_reviews SET search = '';";
    }
    if postgres {
        script += "TRUNCATE reviews, review_revisions, triage_results, review_causes CASCADE";
    } else {
        script += "DROP TRIGGER review_revisions_no_delete; DROP TRIGGER triage_results_no_delete;";
        tables.iter().rev().for_each(|table| script += &format!("DELETE FROM {table};"));
    }
    database.raw(&script).await.expect("the rows are put aside");
    let chunks = rows.div_ceil(CHUNK);
    let started = Instant::now();
    let mut script = String::new();
    for chunk in 0..chunks {
        let (from, to) = (chunk * CHUNK, (chunk + 1) * CHUNK);
        script += "BEGIN;";
        script +=
            &format!("INSERT INTO reviews SELECT * FROM copy_reviews WHERE line >= {from} AND line < {to};");
        script += &format!(
            "INSERT INTO review_revisions SELECT * FROM copy_review_revisions WHERE line >= {from} AND line < {to};"
        );
        script += &format!(
            "INSERT INTO triage_results SELECT t.* FROM copy_triage_results t JOIN copy_reviews r ON r.id = t.review_id \
             WHERE r.line >= {from} AND r.line < {to};"
        );
        script += &format!(
            "INSERT INTO review_causes SELECT k.* FROM copy_review_causes k JOIN copy_reviews r ON r.position = k.position \
             WHERE r.line >= {from} AND r.line < {to};"
        );
        script += "COMMIT;";
    }
    let index = "CREATE INDEX copy_line ON copy_reviews (line); CREATE INDEX copy_revision ON copy_review_revisions (line); \
                 CREATE INDEX copy_triage ON copy_triage_results (review_id); \
                 CREATE INDEX copy_cause ON copy_review_causes (position); ANALYZE;";
    database.raw(index).await.expect("the copies are indexed");
    let prepared = started.elapsed();
    database.raw(&script).await.expect("the rows come back");
    rows as f64 / (started.elapsed() - prepared).as_secs_f64()
}

#[tokio::main]
async fn main() {
    let many = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(100_000);
    let rows: Vec<IncomingReview> = (0..many).map(sample).collect();
    for database in TestDatabase::each().await {
        let store = database.store();
        let made: Result<(Scope, ShopId), StoreError> = store
            .write(|tx| {
                Box::pin(async move {
                    let scope = Scope::system(tenant::create(tx, "bench", false).await?);
                    let new = NewShop {
                        name: "s",
                        platform: Platform::Taobao,
                        timezone: "Asia/Shanghai",
                        currency: Currency::CNY,
                    };
                    let shop = shop::create(tx, &scope, &new).await?;
                    Ok((scope, shop))
                })
            })
            .await;
        let (scope, shop) = made.expect("a shop");
        let rate = through_the_store(store, &scope, shop, &rows).await;
        eprintln!("{:?}: {many} reviews, {rate:.0} rows/s through the store", store.engine());
        if store.engine() == Engine::Postgres {
            database.raw("VACUUM ANALYZE").await.expect("statistics");
        }
        pages(store, &scope).await;
        let plain = bare(&database, many).await;
        eprintln!("{:?}: {plain:.0} rows/s bare, ratio {:.2}", store.engine(), rate / plain);
    }
}

/// The slowest of some pages, in milliseconds.
async fn pages(store: &Store, scope: &Scope) {
    let query = |words: &str| ReviewFilter { query: Some(words.into()), ..Default::default() };
    let filters = [
        ("newest", ReviewFilter::default(), Sort::Newest),
        ("severity", ReviewFilter::default(), Sort::Severity),
        ("one cause", ReviewFilter { causes: vec![Cause::Quality], ..Default::default() }, Sort::Newest),
        ("severity ≥ 99", ReviewFilter { severity_min: Some(99), ..Default::default() }, Sort::Newest),
        ("search, common", query("质量"), Sort::Newest),
        ("search, phrase", query("态度很差"), Sort::Newest),
        ("search, rare", query("第777单"), Sort::Newest),
    ];
    for (name, filter, sort) in &filters {
        let mut worst = 0.0_f64;
        let mut found = 0;
        for _ in 0..20 {
            let started = Instant::now();
            let page = store
                .read(|tx| Box::pin(review::list(tx, scope, filter, *sort, None, 50)))
                .await
                .expect("a page");
            store.read(|tx| Box::pin(review::count(tx, scope, filter))).await.expect("a count");
            found = page.rows.len();
            worst = worst.max(started.elapsed().as_secs_f64() * 1000.0);
        }
        eprintln!("  {name}: {found} rows, worst of 20 page + count {worst:.1} ms");
    }
}
