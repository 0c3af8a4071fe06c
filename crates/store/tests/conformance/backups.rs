//! Backups: made while others write, restored into either engine, refused when touched.

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pingxin_domain::intake::IncomingReview;
use pingxin_domain::{Scope, TenantId};
use pingxin_store::backup::{self, Checked, Manifest, TableSum};
use pingxin_store::{MasterKey, Store, StoreError, StoreUrl, audit, doctor, tenant};
use pingxin_testkit::{MockClock, TestDatabase};
use serde_json::json;

use crate::on_both;
use crate::world::{World, review, writing};

on_both!(
    restored_into_either_engine,
    one_merchant_alone,
    made_while_others_write,
    whatever_is_touched_is_refused,
    only_into_an_empty_database
);

async fn saved(world: &World, of: Option<TenantId>) -> (PathBuf, Manifest) {
    let (bytes, manifest) = backup::write(world.store(), of, Vec::new()).await.unwrap();
    let path = world.database.folder().join("a.backup");
    std::fs::write(&path, bytes).unwrap();
    (path, manifest)
}

/// A new database of each engine there is.
async fn targets(world: &World) -> Vec<StoreUrl> {
    let file = world.database.folder().join(format!("restored-{}.db", rand()));
    let mut targets = vec![StoreUrl::Sqlite(file)];
    targets.extend(TestDatabase::postgres_url().await.map(StoreUrl::Postgres));
    targets
}

/// Unlike any before.
fn rand() -> String {
    pingxin_store::secret::Token::fresh().as_str().to_owned()
}

async fn restored(
    path: &std::path::Path,
    url: &StoreUrl,
    key: &MasterKey,
) -> Result<(Store, Checked), StoreError> {
    backup::restore(path, url, key.clone(), Arc::new(MockClock::default())).await
}

/// Sums of the tables but the audit's, which notes the restoring itself.
fn content(manifest: &Manifest) -> Vec<TableSum> {
    manifest.tables.iter().filter(|table| !table.name.starts_with("audit_")).cloned().collect()
}

/// Names of everything the doctor finds over every merchant.
async fn amiss(store: &Store) -> Vec<String> {
    let tenants = store.read(|tx| Box::pin(tenant::all(tx))).await.unwrap();
    let mut names = Vec::new();
    for tenant in tenants {
        let scope = &Scope::system(tenant.id);
        let found = store.read(|tx| Box::pin(async move { doctor::checks(tx, scope).await })).await.unwrap();
        names.extend(found.into_iter().map(|finding| format!("{} {}", finding.check, finding.detail)));
    }
    names
}

async fn restored_into_either_engine(world: &World) {
    crate::wipe::fill(world, &world.ours).await;
    crate::wipe::fill(world, &world.theirs).await;
    let (path, manifest) = saved(world, None).await;
    let rows = |name: &str| manifest.tables.iter().find(|table| table.name == name).map(|table| table.rows);
    assert_eq!((rows("tenants"), rows("reviews"), rows("presences")), (Some(2), Some(4), None));
    let empty: Vec<&str> =
        manifest.tables.iter().filter(|sum| sum.rows == 0).map(|sum| sum.name.as_str()).collect();
    assert!(!empty.contains(&"tasks") && !empty.contains(&"case_events"), "{empty:?}");
    for url in targets(world).await {
        let (store, checked) = restored(&path, &url, world.database.key()).await.unwrap();
        assert_eq!(checked.manifest, manifest);
        assert_eq!(amiss(&store).await, Vec::<String>::new(), "{url}");
        let (_, again) = backup::write(&store, None, Vec::new()).await.unwrap();
        assert_eq!(content(&again), content(&manifest), "{url}");
        assert!(again.audits.iter().all(|audit| audit.whole));
        // Search was made anew, and sealed fields open.
        let filter =
            pingxin_store::review::ReviewFilter { query: Some("质量".into()), ..Default::default() };
        let (scope, filter) = (&world.ours.scope, &filter);
        let sort = pingxin_store::review::Sort::Newest;
        let page = store
            .read(|tx| {
                Box::pin(async move { pingxin_store::review::list(tx, scope, filter, sort, None, 10).await })
            })
            .await
            .unwrap();
        assert_eq!(page.rows.len(), 1, "{url}");
        store.close().await;
    }
}

async fn one_merchant_alone(world: &World) {
    crate::wipe::fill(world, &world.ours).await;
    crate::wipe::fill(world, &world.theirs).await;
    let (path, manifest) = saved(world, Some(world.ours.tenant)).await;
    assert_eq!(manifest.audits.len(), 1);
    for url in targets(world).await {
        let (store, _) = restored(&path, &url, world.database.key()).await.unwrap();
        let tenants = store.read(|tx| Box::pin(tenant::all(tx))).await.unwrap();
        assert_eq!(tenants.iter().map(|tenant| tenant.id).collect::<Vec<_>>(), [world.ours.tenant]);
        assert_eq!(amiss(&store).await, Vec::<String>::new(), "{url}");
        store.close().await;
    }
}

async fn made_while_others_write(world: &World) {
    crate::wipe::fill(world, &world.ours).await;
    let stop = Arc::new(AtomicBool::new(false));
    let ours = &world.ours;
    let writing = async {
        let mut number = 0;
        while !stop.load(Ordering::Relaxed) {
            number += 1;
            let rating = pingxin_domain::review::Rating::try_from(5).ok();
            let good = IncomingReview { rating, ..review(&format!("N{number}"), "好") };
            world.add(&ours.scope, ours.first, &[good]).await;
            writing!(world, |tx| audit::append(tx, &ours.scope, "a", "b", "c", &json!({})).await).unwrap();
        }
        number
    };
    let backing_up = async {
        for _ in 0..3 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            let (path, _) = saved(world, None).await;
            let url = targets(world).await.remove(0);
            let (store, _) = restored(&path, &url, world.database.key()).await.unwrap();
            assert_eq!(amiss(&store).await, Vec::<String>::new());
            store.close().await;
        }
        stop.store(true, Ordering::Relaxed);
    };
    let (written, ()) = tokio::join!(writing, backing_up);
    assert!(written > 3, "only {written} were written meanwhile");
}

async fn whatever_is_touched_is_refused(world: &World) {
    crate::wipe::fill(world, &world.ours).await;
    let (bytes, _) = backup::write(world.store(), None, Vec::new()).await.unwrap();
    let key = world.database.key();
    let check = |bytes: &[u8]| backup::check(Cursor::new(bytes), key);
    assert_eq!(check(&bytes).unwrap().bytes, bytes.len() as u64);
    assert!(matches!(backup::check(Cursor::new(&bytes), &MasterKey::fresh()), Err(StoreError::WrongKey)));
    for at in (0..bytes.len()).step_by(bytes.len() / 400 + 1) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        let refused = check(&flipped);
        assert!(
            matches!(refused, Err(StoreError::Backup { .. } | StoreError::WrongKey)),
            "{at}: {refused:?}"
        );
        let refused = check(&bytes[..at]).unwrap_err().to_string();
        assert!(refused.contains("cut off at byte") || refused.contains("no backup"), "{at}: {refused}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(check(&longer).unwrap_err().to_string().contains("after its end"));
    // Frames in another order are each signed, and still refused.
    assert!(check(&[&bytes[..17], &bytes[17..]].concat()).is_ok());
    let refused = check(b"SQLite format 3\0and more than that").unwrap_err().to_string();
    assert!(refused.contains("no backup"), "{refused}");
    // A refused file leaves nothing behind.
    let path = world.database.folder().join("cut.backup");
    std::fs::write(&path, &bytes[..bytes.len() - 30]).unwrap();
    for url in targets(world).await {
        assert!(restored(&path, &url, key).await.is_err());
        std::fs::write(&path, &bytes).unwrap();
        let wrong = restored(&path, &url, &MasterKey::fresh()).await;
        assert!(matches!(wrong, Err(StoreError::WrongKey)), "{wrong:?}");
        restored(&path, &url, key).await.unwrap().0.close().await;
        std::fs::write(&path, &bytes[..bytes.len() - 30]).unwrap();
    }
}

async fn only_into_an_empty_database(world: &World) {
    crate::wipe::fill(world, &world.ours).await;
    let (path, manifest) = saved(world, None).await;
    let refused = restored(&path, world.database.url(), world.database.key()).await.unwrap_err().to_string();
    assert!(refused.contains("in use"), "{refused}");
    let (_, after) = backup::write(world.store(), None, Vec::new()).await.unwrap();
    assert_eq!(after, manifest, "nothing of it was touched");
    // Opened before, but nothing in it.
    for url in targets(world).await {
        let empty =
            Store::open(&url, world.database.key().clone(), Arc::new(MockClock::default())).await.unwrap();
        empty.close().await;
        let (store, _) = restored(&path, &url, world.database.key()).await.unwrap();
        assert_eq!(amiss(&store).await, Vec::<String>::new(), "{url}");
        store.close().await;
    }
}
