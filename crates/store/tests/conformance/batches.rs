//! Imports: counted, resumed, cancelled, listed, and forgotten in time.

use jiff::SignedDuration;
use pingxin_domain::BatchId;
use pingxin_domain::Say;
use pingxin_domain::arrival::Outcome as RowOutcome;
use pingxin_domain::intake::{Field, RowFailure};
use pingxin_store::batch::{
    self, BatchFormat, BatchState, ColumnMapping, Counts, ImportKind, ImportRowWrite, NewBatch, Progress,
};
use pingxin_store::identifier::fresh;
use pingxin_store::{StoreError, summary};

use crate::on_both;
use crate::world::{World, reading, writing};

on_both!(life_of_an_import, cancelling, scope_and_pages, rows_are_forgotten);

async fn create(world: &World, name: &str) -> BatchId {
    let ours = &world.ours;
    let new = &NewBatch {
        id: fresh(),
        file_name: name,
        file_hash: [7; 32],
        bytes: 1000,
        shop: Some(ours.first),
        dry_run: false,
        stored_path: Some("uploads/a"),
        draft: None,
        draft_of: None,
    };
    writing!(world, |tx| batch::create(tx, &ours.scope, new).await).unwrap();
    new.id
}

async fn life_of_an_import(world: &World) {
    let ours = &world.ours;
    let id = create(world, "评价.csv").await;
    let running = reading!(world, |tx| summary::read(tx, &ours.scope).await).unwrap().imports_running;
    assert_eq!(running, 1);
    let mapping = &[ColumnMapping {
        column: "评价内容".into(),
        field: Some(Field::Text),
        sample: vec!["线开了".into()],
        date_order: None,
        ambiguous: false,
    }];
    let now = world.now();
    let chunk =
        Counts { rows: 10, new: 4, updated: 1, unchanged: 2, duplicate: 1, failed: 2, cases_opened: 3 };
    for line in [11, 21] {
        writing!(world, |tx| {
            batch::start(tx, &ours.scope, id, now).await?;
            let format = BatchFormat {
                profile: Some("generic-reviews"),
                encoding: Some("gb18030"),
                kind: Some(ImportKind::Reviews),
                mapping,
            };
            batch::describe(tx, &ours.scope, id, &format).await?;
            let progress = Progress { cursor_line: line, bytes_read: 40 * line, chunk };
            batch::advance(tx, &ours.scope, id, &progress).await
        })
        .unwrap();
    }
    world.database.clock().advance(SignedDuration::from_secs(9));
    let end = world.now();
    writing!(world, |tx| batch::finish(tx, &ours.scope, id, end).await).unwrap();
    let done = reading!(world, |tx| batch::get(tx, &ours.scope, id).await).unwrap().unwrap();
    assert_eq!((done.state, done.cursor_line, done.bytes_read), (BatchState::Done, 21, 840));
    assert_eq!((done.counts.rows, done.counts.failed, done.counts.cases_opened), (20, 4, 6));
    assert_eq!((done.started_at, done.finished_at), (Some(now), Some(end)));
    assert_eq!(done.mapping, mapping);
    assert_eq!((done.kind, done.encoding.as_deref()), (Some(ImportKind::Reviews), Some("gb18030")));
    assert_eq!(done.shop.map(|shop| shop.id), Some(ours.first));
    assert_eq!(done.created_by.map(|user| user.id), Some(ours.owner));
    assert_eq!((done.file_name.as_str(), done.stored_path.as_deref()), ("评价.csv", Some("uploads/a")));
    // What has ended neither begins nor moves nor ends again.
    let progress = &Progress { cursor_line: 1, bytes_read: 1, chunk };
    let ended = [
        writing!(world, |tx| batch::start(tx, &ours.scope, id, end).await),
        writing!(world, |tx| batch::advance(tx, &ours.scope, id, progress).await),
        writing!(world, |tx| batch::fail(tx, &ours.scope, id, "x", "y", end).await),
    ];
    for refused in ended {
        assert!(matches!(refused, Err(StoreError::Conflict { what: "batch state" })), "{refused:?}");
    }
    let same = reading!(world, |tx| batch::find_by_file_hash(tx, &ours.scope, &[7; 32]).await).unwrap();
    assert_eq!(same, Some(id));
    let failing = create(world, "b.csv").await;
    writing!(world, |tx| batch::fail(tx, &ours.scope, failing, "unreadable", "no table", end).await).unwrap();
    let failed = reading!(world, |tx| batch::get(tx, &ours.scope, failing).await).unwrap().unwrap();
    assert_eq!(failed.error.map(|error| error.message).as_deref(), Some("no table"));
    let same = reading!(world, |tx| batch::find_by_file_hash(tx, &ours.scope, &[7; 32]).await).unwrap();
    assert_eq!(same, Some(id), "only what was done counts");
}

async fn cancelling(world: &World) {
    let (ours, now) = (&world.ours, world.now());
    let (queued, running) = (create(world, "a").await, create(world, "b").await);
    writing!(world, |tx| batch::start(tx, &ours.scope, running, now).await).unwrap();
    for (id, state) in [(queued, BatchState::Cancelled), (running, BatchState::Running)] {
        assert!(!reading!(world, |tx| batch::is_cancelled(tx, &ours.scope, id).await).unwrap());
        let found = writing!(world, |tx| batch::request_cancel(tx, &ours.scope, id, now).await).unwrap();
        assert_eq!(found, state);
        assert!(reading!(world, |tx| batch::is_cancelled(tx, &ours.scope, id).await).unwrap());
    }
    writing!(world, |tx| batch::cancel(tx, &ours.scope, running, now).await).unwrap();
    let again = writing!(world, |tx| batch::request_cancel(tx, &ours.scope, running, now).await);
    assert!(matches!(again, Err(StoreError::Conflict { what: "batch state" })));
    let theirs = &world.theirs.scope;
    let foreign = writing!(world, |tx| batch::request_cancel(tx, theirs, running, now).await);
    assert!(matches!(foreign, Err(StoreError::NotFound { what: "import" })));
}

async fn scope_and_pages(world: &World) {
    let ours = &world.ours;
    let mut ids = Vec::new();
    for at in 0..7 {
        // Two of them in the same instant.
        world.database.clock().advance(SignedDuration::from_secs(at % 2));
        ids.push(create(world, &format!("{at}.csv")).await);
    }
    ids.reverse();
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let after = cursor.as_deref();
        let page = reading!(world, |tx| batch::list(tx, &ours.scope, after, 3).await).unwrap();
        seen.extend(page.rows.iter().map(|batch| batch.id));
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, ids, "the newest first");
    let first = ids[0];
    for scope in [&world.theirs.scope, &ours.agent(vec![ours.second]), &ours.agent(vec![])] {
        assert!(reading!(world, |tx| batch::get(tx, scope, first).await).unwrap().is_none());
        assert!(reading!(world, |tx| batch::list(tx, scope, None, 9).await).unwrap().rows.is_empty());
        let failures = reading!(world, |tx| batch::failures(tx, scope, first, None, 9).await);
        assert!(matches!(failures, Err(StoreError::NotFound { what: "import" })));
    }
    let agent = &ours.agent(vec![ours.first]);
    assert_eq!(reading!(world, |tx| batch::list(tx, agent, None, 9).await).unwrap().rows.len(), 7);
}

async fn rows_are_forgotten(world: &World) {
    let ours = &world.ours;
    let id = create(world, "a.csv").await;
    let failures: Vec<RowFailure> =
        (2..9).map(|line| RowFailure::cell(line, "评分", "９x", Say::new("不是评分", "no rating"))).collect();
    let raw = vec![("评分".to_owned(), "９x".to_owned())];
    let rows: Vec<ImportRowWrite<'_>> = failures
        .iter()
        .map(|failure| ImportRowWrite {
            line: failure.line,
            identity: Some("p:R1"),
            outcome: if failure.line == 5 { RowOutcome::New } else { RowOutcome::Failed },
            review: None,
            order: None,
            failure: (failure.line != 5).then_some(failure),
            raw: &raw,
        })
        .collect();
    let rows = rows.as_slice();
    writing!(world, |tx| batch::record_rows(tx, &ours.scope, id, rows).await).unwrap();
    let twice = writing!(world, |tx| batch::record_rows(tx, &ours.scope, id, &rows[..1]).await);
    assert!(matches!(twice, Err(StoreError::Conflict { what: "import row" })), "{twice:?}");
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let after = cursor.as_deref();
        let page = reading!(world, |tx| batch::failures(tx, &ours.scope, id, after, 4).await).unwrap();
        seen.extend(page.rows);
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    let expected: Vec<_> = failures.iter().filter(|failure| failure.line != 5).cloned().collect();
    assert_eq!(seen, expected);
    let kept =
        || async move { reading!(world, |tx| batch::raw_row(tx, &world.ours.scope, id, 3).await).unwrap() };
    assert_eq!(kept().await, Some(raw.clone()));
    let before = world.now();
    writing!(world, |tx| batch::purge_rows_before(tx, &ours.scope, before).await).unwrap();
    assert_eq!(kept().await, Some(raw.clone()), "not old enough");
    let after = before.checked_add(SignedDuration::from_secs(1)).unwrap();
    let many = writing!(world, |tx| batch::purge_rows_before(tx, &ours.scope, after).await).unwrap();
    assert_eq!((many, kept().await), (7, None));
    let page = reading!(world, |tx| batch::failures(tx, &ours.scope, id, None, 9).await).unwrap();
    assert!(page.rows.is_empty() && page.next.is_none());
}
