//! The demo: rich enough to look at, and gone without a trace by one click.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use jiff::SignedDuration;
use pingxin_desk::demo::Wish;
use pingxin_desk::guard::chats;
use pingxin_desk::people::Hasher;
use pingxin_desk::{DeskError, cases, compensations, demo, doctor, jobs, reviews, shops};
use pingxin_domain::Scope;
use pingxin_domain::case::CaseState;
use pingxin_domain::compensation::CompensationState;
use pingxin_store::case::{self, CaseFilter};
use pingxin_store::chat_check::CheckFilter;
use pingxin_store::compensation::CompensationFilter;
use pingxin_store::review::{ReviewFilter, Sort};
use pingxin_store::{StoreUrl, tag, tenant};
use pingxin_testkit::TestDatabase;

use crate::bench::benches;

#[tokio::test]
async fn the_demo_opens_with_work_to_do_and_is_wiped_by_one_click() {
    for bench in benches().await {
        let desk = &bench.desk;
        let scope = demo::create(desk, &Hasher::new(), Wish { orders: 600, reviews: 200, ..Wish::default() })
            .await
            .unwrap();
        let listed = shops::list(desk, &scope).await.unwrap();
        let platforms: std::collections::HashSet<_> = listed.iter().map(|shop| shop.shop.platform).collect();
        assert_eq!(platforms.len(), 5, "Taobao, Tmall, Amazon, eBay and an own site");
        assert!(listed.iter().all(|shop| shop.reviews > 10), "every shop has reviews");
        let with_work = listed.iter().filter(|shop| shop.open_cases.value > 0).count();
        assert!(with_work * 2 > listed.len(), "most shops have work: {with_work} of {}", listed.len());
        let cases_in = async |states: Vec<CaseState>| {
            let filter = CaseFilter { states, ..CaseFilter::default() };
            cases::list(desk, &scope, &filter, case::Sort::Newest, None, 1).await.unwrap().1.value
        };
        let (new, ended) = (
            cases_in(vec![CaseState::Open]).await,
            cases_in(vec![CaseState::Solved, CaseState::Closed]).await,
        );
        assert!(new > 3 && ended > new, "the team has worked: {ended} ended, {new} new");
        let paid = CompensationFilter { states: vec![CompensationState::Paid], ..Default::default() };
        assert!(
            compensations::count(desk, &scope, &paid).await.unwrap().value > 0,
            "some buyers were compensated"
        );
        let filter = ReviewFilter::default();
        let (page, count) = reviews::list(desk, &scope, &filter, Sort::Newest, None, 200).await.unwrap();
        assert!(count.value >= 200, "{count:?}");
        let now = desk.store.clock().now();
        let oldest = now.checked_sub(SignedDuration::from_hours(24 * 120)).unwrap();
        assert!(page.rows.iter().all(|row| row.created_at.is_some_and(|at| at > oldest && at <= now)));
        let ages: std::collections::HashSet<_> = page.rows.iter().map(|row| row.imported_at).collect();
        assert!(ages.len() > 8, "the reviews came in over the weeks");
        assert!(page.rows.iter().all(|row| row.created_at <= Some(row.imported_at)));
        assert!(page.rows.iter().any(|row| row.revision == 2), "some buyers changed their mind");
        let tags = desk.store.read(|tx| Box::pin(tag::list(tx, &scope))).await.unwrap();
        assert!(tags.len() == 5 && tags.iter().any(|tag| tag.reviews.value > 2), "{tags:?}");
        assert_eq!(doctor::run(desk).await.unwrap(), []);
        // What agents said is checked as soon as somebody works, and some of it should never have been said.
        let stop = AtomicBool::new(false);
        while jobs::run_one(desk, "test", &stop).await.unwrap() {}
        let said = chats::report(desk, &scope, &CheckFilter::default()).await.unwrap();
        let messages: u64 = said.iter().map(|day| day.messages).sum();
        let wrong: u64 = said.iter().map(|day| day.held + day.blocked).sum();
        assert!(messages > 50 && wrong > 0 && wrong * 4 < messages, "{wrong} of {messages}");
        assert_eq!(chats::catch_up(desk).await.unwrap(), 0, "nothing is left over");

        demo::wipe(desk, &scope).await.unwrap();
        let left = desk.store.read(|tx| Box::pin(async move { tenant::all(tx).await })).await.unwrap();
        assert_eq!(left.len(), 1, "only the other merchant is left");
        assert_eq!(doctor::run(desk).await.unwrap(), []);
    }
}

#[tokio::test]
async fn the_same_seed_and_instant_make_the_same_demo() {
    let now = "2026-11-22T01:02:03Z".parse().unwrap();
    let wish = Wish { seed: 5, orders: 500, reviews: 160 };
    for (first, second) in benches().await.iter().zip(&benches().await) {
        let mut dumps = Vec::new();
        for (bench, wish) in [(first, wish), (second, wish)] {
            demo::create(&bench.desk.as_of(now), &Hasher::new(), wish).await.unwrap();
            dumps.push(dump(&bench.database).await);
        }
        let filled = dumps[0].values().filter(|rows| !rows.is_empty()).count();
        assert!(filled >= 20, "{:?}", dumps[0].keys());
        for (table, rows) in &dumps[0] {
            assert_eq!(rows, &dumps[1][table], "{table}");
        }
        let other = Wish { seed: 6, ..wish };
        let third = benches().await.remove(0);
        demo::create(&third.desk.as_of(now), &Hasher::new(), other).await.unwrap();
        assert_ne!(dump(&third.database).await["reviews"], dumps[0]["reviews"]);
    }
}

/// Everything in a database by table, but ids, seals, keyed hashes, and what is drawn from them.
async fn dump(database: &TestDatabase) -> BTreeMap<String, Vec<String>> {
    const DRAWN: &str = "'position', 'password_hash', 'last_seen_at', 'expires_at', 'search_row'";
    let sqlite = matches!(database.url(), StoreUrl::Sqlite(_));
    let columns = if sqlite {
        format!(
            "SELECT m.name || ' ' || group_concat(c.name, ', ') FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.sql LIKE '%STRICT%' AND c.type <> 'BLOB' AND c.name NOT IN ({DRAWN}) \
             GROUP BY m.name"
        )
    } else {
        format!(
            "SELECT table_name || ' ' || string_agg(column_name::text, ', ' ORDER BY ordinal_position) \
             FROM information_schema.columns WHERE table_schema = 'public' \
             AND data_type NOT IN ('bytea', 'uuid') AND column_name NOT IN ({DRAWN}) GROUP BY table_name"
        )
    };
    let mut dump = BTreeMap::new();
    for line in database.raw_texts(&columns).await.unwrap() {
        let (table, columns) = line.split_once(' ').unwrap();
        let build = if sqlite { "json_array" } else { "json_build_array" };
        // The other merchant of the bench, and the clock's own tables, are no part of the demo.
        if ["tenants", "shops", "migrations", "_sqlx_migrations", "store_migrations"].contains(&table) {
            continue;
        }
        let rows = format!("SELECT CAST({build}({columns}) AS TEXT) FROM {table}");
        let mut rows: Vec<String> = database.raw_texts(&rows).await.unwrap();
        rows.iter_mut().for_each(|row| *row = without_ids(row));
        rows.sort();
        dump.insert(table.to_owned(), rows);
    }
    dump
}

/// A text in which every id reads the same.
fn without_ids(text: &str) -> String {
    let id = |part: &str| {
        part.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(mark) = rest.chars().next() {
        let next = match rest.get(..36).filter(|part| id(part)) {
            Some(_) => 36,
            None => {
                out.push(mark);
                mark.len_utf8()
            }
        };
        rest = &rest[next..];
    }
    out
}

#[tokio::test]
async fn a_demo_too_large_to_be_sorted_has_its_weeks_too() {
    let bench = benches().await.remove(0);
    let wish = Wish { seed: 3, orders: 8_800, reviews: 300 };
    let scope = demo::create(&bench.desk, &Hasher::new(), wish).await.unwrap();
    let filter = ReviewFilter::default();
    let page = reviews::list(&bench.desk, &scope, &filter, Sort::Newest, None, 200).await.unwrap().0;
    let ages: std::collections::HashSet<_> = page.rows.iter().map(|row| row.imported_at).collect();
    assert!(ages.len() > 1 && page.rows.iter().all(|row| row.created_at <= Some(row.imported_at)));
    assert_eq!(doctor::run(&bench.desk).await.unwrap(), []);
}

#[tokio::test]
async fn a_real_merchant_is_never_wiped() {
    for bench in benches().await {
        assert!(matches!(demo::wipe(&bench.desk, &bench.scope).await, Err(DeskError::Refused(_))));
        let other = Scope { role: pingxin_domain::Role::Supervisor, ..bench.scope.clone() };
        assert!(matches!(demo::wipe(&bench.desk, &other).await, Err(DeskError::Forbidden(_))));
        assert_eq!(shops::list(&bench.desk, &bench.scope).await.unwrap().len(), 1);
    }
}
