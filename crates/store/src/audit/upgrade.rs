//! A database from before audits were signed, opened by this program.

use std::sync::Arc;

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{Scope, TenantId};
use serde_json::json;
use uuid::Uuid;

use super::chain::{Break, Chain, entry_hash};
use super::{Pending, append, verify};
use crate::clock::StoppedClock;
use crate::sealed::Place;
use crate::sql::values;
use crate::{MasterKey, Store, StoreError, StoreUrl, migration};

const BEFORE: i64 = 6;

async fn opened(url: &StoreUrl, key: &MasterKey) -> Result<Store, StoreError> {
    Store::open(url, key.clone(), Arc::new(StoppedClock(Timestamp::UNIX_EPOCH))).await
}

fn tenant() -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(7))
}

fn entry(action: &str) -> Pending {
    let text = |word: &str| word.to_owned();
    Pending {
        tenant: tenant(),
        at: Timestamp::UNIX_EPOCH,
        actor: text("system"),
        action: text(action),
        subject_kind: text("case"),
        subject_id: text("1"),
        detail: text("{}"),
    }
}

/// A database as a program of version 6 left it, with two entries.
async fn old_database(url: &StoreUrl, key: &MasterKey) {
    let clock = Arc::new(StoppedClock(Timestamp::UNIX_EPOCH));
    let store = Store::connect(url, key, clock).await.unwrap();
    store.prepare_migrator().await.unwrap();
    store
        .write(|tx| {
            Box::pin(async move {
                migration::migrate_to(tx, BEFORE).await?;
                let place = Place {
                    tenant: TenantId::from_uuid(Uuid::nil()),
                    table: "store_check",
                    row: b"1",
                    field: "sealed",
                };
                let sealed = tx.keys().seal(place, b"pingxin");
                let check = "INSERT INTO store_check (id, sealed) VALUES (1, $1)".to_owned();
                tx.execute_text("old", check, values![sealed]).await?;
                let made = "INSERT INTO tenants (id, name, demo, last_case_number, created_at) \
                            VALUES ($1, 'old', 0, 0, 0)";
                tx.execute_text("old", made.into(), values![tenant()]).await?;
                let mut hash = [0; 32];
                for (seq, action) in [(1_u64, "case.assign"), (2, "case.note")] {
                    let entry = entry(action);
                    let before = hash;
                    hash = entry_hash(&tx.keys(), &entry, seq, &before, false);
                    let put = "INSERT INTO audit_entries (tenant_id, seq, at, actor, action, subject_kind, \
                               subject_id, detail, previous_hash, hash) VALUES ($1, $2, 0, 'system', $3, 'case', \
                               '1', '{}', $4, $5)";
                    tx.execute_text("old", put.into(), values![tenant(), seq, action, &before, &hash]).await?;
                }
                let head = "INSERT INTO audit_heads (tenant_id, seq, hash) VALUES ($1, 2, $2)";
                tx.execute_text("old", head.into(), values![tenant(), &hash]).await.map(drop)
            })
        })
        .await
        .unwrap();
    store.close().await;
}

async fn chain(store: &Store) -> Chain {
    store.read(|tx| Box::pin(async move { verify(tx, tenant()).await })).await.unwrap()
}

async fn damage(store: &Store, script: &'static str) {
    store.write(|tx| Box::pin(async move { tx.script("damage", script).await })).await.unwrap();
}

#[tokio::test]
async fn an_old_chain_is_signed_once_and_holds_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let url = StoreUrl::Sqlite(folder.path().join("old.db"));
    let key = MasterKey::fresh();
    old_database(&url, &key).await;
    let wrong = opened(&url, &MasterKey::fresh()).await;
    assert!(matches!(wrong, Err(StoreError::WrongKey)), "nothing is signed with another key: {wrong:?}");
    let store = opened(&url, &key).await.unwrap();
    assert_eq!(chain(&store).await, Chain::Whole { entries: 2 });
    let scope = &Scope::system(tenant());
    store
        .write(|tx| Box::pin(async move { append(tx, scope, "case.close", "case", "1", &json!({})).await }))
        .await
        .unwrap();
    assert_eq!(chain(&store).await, Chain::Whole { entries: 3 });
    damage(&store, "DROP TRIGGER audit_entries_no_update").await;
    for seq in 1..=3 {
        let script: &'static str = match seq {
            1 => "UPDATE audit_entries SET action = action || 'x' WHERE seq = 1",
            2 => "UPDATE audit_entries SET action = action || 'x' WHERE seq = 2",
            _ => "UPDATE audit_entries SET action = action || 'x' WHERE seq = 3",
        };
        damage(&store, script).await;
        assert_eq!(chain(&store).await, Chain::Broken { seq, how: Break::Changed });
        damage(&store, "UPDATE audit_entries SET action = rtrim(action, 'x')").await;
    }
    assert_eq!(chain(&store).await, Chain::Whole { entries: 3 });
    // Somebody takes the signatures out, to have the program sign what he has written.
    damage(
        &store,
        "DELETE FROM schema_migrations WHERE version = 7; ALTER TABLE audit_heads DROP COLUMN mac; \
         ALTER TABLE audit_heads DROP COLUMN keyed_from; DROP INDEX audit_entries_actor; \
         DROP INDEX audit_entries_action; DROP INDEX audit_entries_subject; DROP TABLE tasks; DROP TABLE presences; \
         DROP TABLE calendar_days",
    )
    .await;
    store.close().await;
    let refused = opened(&url, &key).await;
    assert!(matches!(refused, Err(StoreError::Migration { version: 7, .. })), "{refused:?}");
}
