//! Buyers: sealed, found again, and never readable in the file.

use pingxin_domain::Say;
use pingxin_domain::arrival::Outcome as RowOutcome;
use pingxin_domain::intake::{IncomingBuyer, IncomingReview, RowFailure};
use pingxin_domain::review::Rating;
use pingxin_domain::{BuyerId, Platform, Scope};
use pingxin_store::batch::{self, BatchFormat, ColumnMapping, ImportRowWrite, NewBatch};
use pingxin_store::buyer::{BuyerFilter, BuyerSort};
use pingxin_store::identifier::fresh;
use pingxin_store::review::{ReviewFilter, ReviewInsert, Sort};
use pingxin_store::{Engine, StoreError, StoreUrl, buyer, review};

use crate::on_both;
use crate::world::{World, reading, review as plain, triage, writing};

on_both!(
    found_again,
    sealed_fields_do_not_move,
    nothing_readable_in_the_file,
    prior_bad_reviews,
    nicks_are_found_as_they_are_typed,
    lists_of_buyers_are_walked_by_page,
);

fn known() -> IncomingBuyer {
    IncomingBuyer {
        nick: Some("canary_nick_张三丰".into()),
        name: Some("canaryname 张三丰".into()),
        phone: Some("13800138000".into()),
        email: Some("canary@example.com".into()),
        address: Some("canary road 浙江省杭州市".into()),
        region: Some("浙江".into()),
    }
}

async fn upsert(world: &World, buyers: &[&IncomingBuyer]) -> Vec<Option<BuyerId>> {
    let ours = &world.ours;
    writing!(world, |tx| buyer::upsert_many(tx, &ours.scope, ours.first, buyers).await).unwrap()
}

async fn found_again(world: &World) {
    let ours = &world.ours;
    let full = known();
    let nick_only = IncomingBuyer { nick: full.nick.clone(), ..Default::default() };
    let moved = IncomingBuyer { phone: Some("13911112222".into()), ..nick_only.clone() };
    let nobody = IncomingBuyer { region: Some("浙江".into()), ..Default::default() };
    let masked = |phone: &str| IncomingBuyer {
        nick: Some("t**1".into()),
        phone: Some(phone.into()),
        ..Default::default()
    };
    let first = upsert(world, &[&full, &nobody, &masked("1"), &masked("2"), &full]).await;
    assert_eq!(first[1], None, "nothing tells him from others");
    assert!(first[0].is_some() && first[0] == first[4]);
    assert_ne!(first[2], first[3], "a masked nick is many people");
    let again = upsert(world, &[&masked("1"), &nick_only, &moved]).await;
    assert_eq!((again[0], again[1], again[2]), (first[2], first[0], first[0]));
    let id = first[0].unwrap();
    let stored = reading!(world, |tx| buyer::get(tx, &ours.scope, id).await).unwrap().unwrap();
    assert_eq!(stored.phone.as_deref(), Some("13911112222"), "the later row knows better");
    assert_eq!((stored.email, stored.name), (full.email.clone(), full.name.clone()), "and forgets nothing");
    // Another shop and another merchant know him as somebody else.
    let theirs = &world.theirs;
    let rows = &[&full];
    let foreign =
        writing!(world, |tx| buyer::upsert_many(tx, &theirs.scope, theirs.first, rows).await).unwrap();
    assert_ne!(foreign[0], first[0]);
    let agent = &ours.agent(vec![ours.second]);
    for scope in [&theirs.scope, agent] {
        assert!(reading!(world, |tx| buyer::get(tx, scope, id).await).unwrap().is_none());
    }
}

async fn sealed_fields_do_not_move(world: &World) {
    let ours = &world.ours;
    let other = IncomingBuyer { nick: Some("other".into()), phone: Some("1".into()), ..Default::default() };
    let ids = upsert(world, &[&known(), &other]).await;
    let swap = "UPDATE buyers SET phone_sealed = (SELECT max(b.phone_sealed) FROM buyers b)";
    let swap_on_postgres = "UPDATE buyers SET phone_sealed = (SELECT b.phone_sealed FROM buyers b \
                            ORDER BY b.phone_sealed DESC LIMIT 1)";
    let script = if world.store().engine() == Engine::Sqlite { swap } else { swap_on_postgres };
    world.database.raw(script).await.unwrap();
    let mut broken = 0;
    for id in ids.into_iter().flatten() {
        match reading!(world, |tx| buyer::get(tx, &ours.scope, id).await) {
            Ok(Some(_)) => {}
            Err(StoreError::Corrupt { .. }) => broken += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(broken, 1, "a field copied into another row does not open there");
}

async fn nothing_readable_in_the_file(world: &World) {
    let ours = &world.ours;
    let ids = upsert(world, &[&known()]).await;
    let batch = fresh();
    let failure = RowFailure::cell(3, "手机", "13800138000", Say::new("错", "wrong"));
    let raw = vec![("手机".to_owned(), "13800138000".to_owned()), ("收货人".into(), "canaryname".into())];
    let mapping = &[ColumnMapping {
        column: "邮箱".into(),
        field: None,
        sample: vec!["canary@example.com".into()],
        date_order: None,
        ambiguous: false,
    }];
    let new = &NewBatch {
        id: batch,
        file_name: "a.csv",
        file_hash: [0; 32],
        bytes: 1,
        shop: Some(ours.first),
        dry_run: false,
        stored_path: None,
        draft: None,
        draft_of: None,
    };
    let rows = &[ImportRowWrite {
        line: 3,
        identity: None,
        outcome: RowOutcome::Failed,
        review: None,
        order: None,
        failure: Some(&failure),
        raw: &raw,
    }];
    writing!(world, |tx| {
        batch::create(tx, &ours.scope, new).await?;
        let format = BatchFormat { profile: None, encoding: None, kind: None, mapping };
        batch::describe(tx, &ours.scope, batch, &format).await?;
        batch::record_rows(tx, &ours.scope, batch, rows).await
    })
    .unwrap();
    let kept = reading!(world, |tx| batch::raw_row(tx, &ours.scope, batch, 3).await).unwrap();
    assert_eq!(kept.unwrap(), raw, "who has the key reads them");
    // The nick is shown in lists all the same, opened with the key.
    let row = plain("R1", "好");
    let insert = &[ReviewInsert {
        id: fresh(),
        shop: ours.first,
        identity: "p:R1".into(),
        review: &row,
        content_hash: [0; 16],
        order: None,
        buyer: ids[0],
        batch: None,
        line: 1,
        imported_at: world.now(),
        triage: Some(triage(&row)),
        opens_case: false,
    }];
    writing!(world, |tx| review::insert_many(tx, &ours.scope, insert).await).unwrap();
    let listed = world.all(&ours.scope, &ReviewFilter::default(), Sort::Newest, 5).await;
    assert_eq!(listed[0].buyer_nick, known().nick);
    let bytes = everything_stored(world).await;
    for canary in ["13800138000", "canary", "张三丰", "杭州市"] {
        let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
        assert!(!found, "{canary} stands in the database");
    }
    assert!(bytes.windows(5).any(|window| window == b"a.csv"), "the scan sees what is not sealed");
}

/// The bytes of the SQLite file with its log, or every table of PostgreSQL as text with its bytes decoded.
async fn everything_stored(world: &World) -> Vec<u8> {
    match world.database.url() {
        StoreUrl::Sqlite(path) => {
            let mut bytes = std::fs::read(path).unwrap();
            for ending in ["-wal", "-shm"] {
                let beside = format!("{}{ending}", path.display());
                bytes.extend(std::fs::read(beside).unwrap_or_default());
            }
            bytes
        }
        StoreUrl::Postgres(_) => {
            let tables = world
                .database
                .raw_texts(
                    "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
                )
                .await
                .unwrap();
            let mut bytes = Vec::new();
            for table in tables {
                let rows = world.database.raw_texts(&format!("SELECT t::text FROM {table} t")).await.unwrap();
                for row in rows {
                    bytes.extend_from_slice(row.as_bytes());
                    bytes.extend(row.split("\\\\x").skip(1).flat_map(unhex));
                }
            }
            bytes
        }
    }
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        text.bytes().map_while(|digit| char::from(digit).to_digit(16)).map(|d| d as u8).collect();
    digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

async fn prior_bad_reviews(world: &World) {
    let ours = &world.ours;
    let ids = upsert(world, &[&known()]).await;
    let mut rows: Vec<IncomingReview> = (0..4).map(|at| plain(&format!("R{at}"), "一般")).collect();
    rows[3].rating = Rating::try_from(5).ok();
    let inserts: Vec<ReviewInsert<'_>> = rows
        .iter()
        .zip(0..)
        .map(|(review, line)| ReviewInsert {
            id: fresh(),
            shop: ours.first,
            identity: format!("p:R{line}"),
            review,
            content_hash: [0; 16],
            order: None,
            buyer: ids[0],
            batch: None,
            line,
            imported_at: world.now(),
            triage: None,
            opens_case: false,
        })
        .collect();
    let inserts = inserts.as_slice();
    writing!(world, |tx| review::insert_many(tx, &ours.scope, inserts).await).unwrap();
    let buyers: Vec<BuyerId> = ids.into_iter().flatten().collect();
    let buyers = buyers.as_slice();
    let count = |scope| async move {
        let counts = reading!(world, |tx| buyer::bad_reviews_of(tx, scope, buyers).await).unwrap();
        counts.get(&buyers[0]).copied()
    };
    assert_eq!(count(&ours.scope).await, Some(3));
    assert_eq!(count(&ours.agent(vec![])).await, None);
}

async fn nicks_are_found_as_they_are_typed(world: &World) {
    let ours = &world.ours;
    let named = |nick: &str| IncomingBuyer { nick: Some(nick.into()), ..IncomingBuyer::default() };
    let buyers = [named("Taobao_User1"), named("小猫钓鱼"), named("t**1"), named("t***1"), named("小**鱼")];
    let known: &[&IncomingBuyer] = &buyers.each_ref();
    let ids = writing!(world, |tx| buyer::upsert_many(tx, &ours.scope, ours.first, known).await).unwrap();
    let ids: Vec<BuyerId> = ids.into_iter().flatten().collect();
    let elsewhere = [named("小猫钓鱼")];
    let elsewhere: &[&IncomingBuyer] = &elsewhere.each_ref();
    writing!(world, |tx| buyer::upsert_many(tx, &ours.scope, ours.second, elsewhere).await).unwrap();
    let own = &ours.agent(vec![ours.first]);
    let mut masked = [ids[2], ids[3]];
    masked.sort_by(|one, other| other.cmp(one));
    let found = async |scope: &Scope, typed: &str| {
        let nicks = &[typed.to_owned()];
        reading!(world, |tx| buyer::find_by_nicks(tx, scope, nicks, 9).await).unwrap()
    };
    // As typed first; then who may be him, because his platform masks him so.
    assert_eq!(found(own, " ＴＡＯＢＡＯ＿user1").await, [ids[0], masked[0], masked[1]]);
    assert_eq!(found(own, "小猫钓鱼").await, [ids[1], ids[4]]);
    assert_eq!(found(own, "t****1").await, masked);
    assert_eq!(found(&ours.scope, "小猫钓鱼").await.len(), 3);
    assert_eq!(found(&world.theirs.scope, "小猫钓鱼").await, []);
    assert_eq!(found(own, "小猫").await, [], "a nick is whole");
    let renamed = [IncomingBuyer { phone: Some("1".into()), ..named("小猫钓鱼") }];
    let renamed: &[&IncomingBuyer] = &renamed.each_ref();
    writing!(world, |tx| buyer::upsert_many(tx, &ours.scope, ours.first, renamed).await).unwrap();
    assert_eq!(found(own, "小猫钓鱼").await[0], ids[1]);
}

async fn lists_of_buyers_are_walked_by_page(world: &World) {
    let (ours, now) = (&world.ours, world.now());
    let buyers: Vec<IncomingBuyer> = (0..7)
        .map(|at| IncomingBuyer { nick: Some(format!("buyer-{at}")), ..IncomingBuyer::default() })
        .collect();
    let known: Vec<&IncomingBuyer> = buyers.iter().collect();
    let known = known.as_slice();
    let ids = writing!(world, |tx| buyer::upsert_many(tx, &ours.scope, ours.first, known).await).unwrap();
    let ids: Vec<BuyerId> = ids.into_iter().flatten().collect();
    // Buyer n writes n bad reviews; only the last one has a case.
    let bad: Vec<(IncomingReview, BuyerId)> = ids
        .iter()
        .enumerate()
        .flat_map(|(at, id)| (0..at).map(move |n| (crate::world::review(&format!("{at}-{n}"), "差"), *id)))
        .collect();
    let inserts: Vec<ReviewInsert<'_>> = bad
        .iter()
        .map(|(review, buyer)| ReviewInsert {
            id: fresh(),
            shop: ours.first,
            identity: review.platform_review_id.clone().unwrap(),
            review,
            content_hash: [0; 16],
            order: None,
            buyer: Some(*buyer),
            batch: None,
            line: 1,
            imported_at: now,
            triage: None,
            opens_case: false,
        })
        .collect();
    let inserts = inserts.as_slice();
    writing!(world, |tx| review::insert_many(tx, &ours.scope, inserts).await).unwrap();
    world.open_case(&ours.scope, ours.first, inserts.last().unwrap().id, 50).await;
    let list = async |scope: &Scope, filter: BuyerFilter, sort: BuyerSort| {
        let (filter, mut rows, mut cursor) = (&filter, Vec::new(), None::<String>);
        loop {
            let after = cursor.as_deref();
            let (page, count) =
                reading!(world, |tx| buyer::list(tx, scope, filter, sort, after, 2).await).unwrap();
            rows.extend(page.rows);
            match page.next {
                Some(next) => cursor = Some(next),
                None => {
                    assert_eq!(count.value, rows.len() as u64, "{filter:?}");
                    return rows.iter().map(|row| row.id).collect::<Vec<_>>();
                }
            }
        }
    };
    let mut newest = ids.clone();
    newest.sort();
    newest.reverse();
    let worst: Vec<BuyerId> = ids[1..].iter().rev().copied().collect();
    let every = BuyerFilter::default();
    for scope in [&ours.scope, &ours.agent(vec![ours.first]), &ours.agent(vec![ours.first, ours.second])] {
        assert_eq!(list(scope, every.clone(), BuyerSort::Newest).await, newest);
        assert_eq!(list(scope, every.clone(), BuyerSort::Bad).await, worst);
        for least in [1, 2, 5] {
            let filter = BuyerFilter { bad_min: Some(least), ..every.clone() };
            assert_eq!(list(scope, filter.clone(), BuyerSort::Bad).await, worst[..7 - least as usize]);
            assert_eq!(list(scope, filter, BuyerSort::Newest).await.len(), 7 - least as usize);
        }
        let with_case = BuyerFilter { has_case: Some(true), ..every.clone() };
        assert_eq!(list(scope, with_case, BuyerSort::Newest).await, [ids[6]]);
        let without =
            BuyerFilter { has_case: Some(false), platforms: vec![Platform::Taobao], ..every.clone() };
        assert_eq!(list(scope, without, BuyerSort::Newest).await.len(), 6);
        let elsewhere = BuyerFilter { platforms: vec![Platform::Jd], ..every.clone() };
        assert_eq!(list(scope, elsewhere, BuyerSort::Bad).await, []);
    }
    let (ids, first) = (ids.as_slice(), ids[0]);
    for scope in [&ours.agent(vec![ours.second]), &ours.agent(vec![]), &world.theirs.scope] {
        assert_eq!(list(scope, every.clone(), BuyerSort::Newest).await, []);
        assert_eq!(reading!(world, |tx| buyer::rows(tx, scope, ids).await).unwrap(), []);
        let noted = writing!(world, |tx| buyer::add_note(tx, scope, first, "x").await);
        assert!(matches!(noted, Err(StoreError::NotFound { what: "buyer" })));
    }
}
