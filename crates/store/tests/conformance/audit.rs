//! The audit: complete, in order, and whoever touches it is found out.

use pingxin_domain::Scope;
use pingxin_store::audit::{self, Chain};
use pingxin_store::{Engine, StoreError, doctor};
use serde_json::json;

use crate::on_both;
use crate::world::{World, reading, writing};

on_both!(entries_in_order, tampering_is_found, forbidden_by_triggers, parallel_writers);

async fn note(world: &World, scope: &Scope, subject: &str) {
    writing!(world, |tx| {
        audit::append(tx, scope, "case.assign", "case", subject, &json!({"to": "小李"})).await
    })
    .unwrap();
}

async fn chain(world: &World) -> Chain {
    reading!(world, |tx| audit::verify(tx, world.ours.tenant).await).unwrap()
}

async fn entries_in_order(world: &World) {
    let ours = &world.ours;
    for at in 0..5 {
        note(world, &ours.scope, &at.to_string()).await;
    }
    note(world, &Scope::command_line(world.theirs.tenant), "x").await;
    let failed: Result<(), StoreError> = writing!(world, |tx| {
        audit::append(tx, &ours.scope, "case.assign", "case", "never", &json!(null)).await?;
        Err(StoreError::NotFound { what: "case" })
    });
    assert!(failed.is_err());
    assert_eq!(chain(world).await, Chain::Whole { entries: 5 }, "nothing is noted of what did not happen");
    let first = reading!(world, |tx| audit::list(tx, &ours.scope, None, 3).await).unwrap();
    assert_eq!(first.rows.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [5, 4, 3]);
    assert_eq!(first.rows[0].actor, format!("user:{}", ours.owner));
    assert_eq!(first.rows[0].detail["to"], "小李");
    let after = first.next.as_deref();
    let rest = reading!(world, |tx| audit::list(tx, &ours.scope, after, 3).await).unwrap();
    assert_eq!(rest.rows.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [2, 1]);
}

async fn tampering_is_found(world: &World) {
    for at in 0..4 {
        note(world, &world.ours.scope, &at.to_string()).await;
    }
    let switch = |on: bool| match (world.store().engine(), on) {
        (Engine::Postgres, false) => "ALTER TABLE audit_entries DISABLE TRIGGER USER",
        (Engine::Postgres, true) => "ALTER TABLE audit_entries ENABLE TRIGGER USER",
        (Engine::Sqlite, false) => {
            "DROP TRIGGER audit_entries_no_update; DROP TRIGGER audit_entries_no_delete"
        }
        (Engine::Sqlite, true) => "SELECT 1",
    };
    world.database.raw(switch(false)).await.unwrap();
    let damages = [
        (
            "UPDATE audit_entries SET action = 'case.read' WHERE seq = 2",
            "UPDATE audit_entries SET action = 'case.assign'",
            2,
        ),
        (
            "UPDATE audit_entries SET seq = 9 WHERE seq = 3",
            "UPDATE audit_entries SET seq = 3 WHERE seq = 9",
            3,
        ),
        ("UPDATE audit_heads SET seq = 5 WHERE seq = 4", "UPDATE audit_heads SET seq = 4 WHERE seq = 5", 5),
        ("DELETE FROM audit_entries WHERE seq = 4", "SELECT 1", 4),
    ];
    for (damage, repair, seq) in damages {
        assert_eq!(chain(world).await, Chain::Whole { entries: 4 });
        world.database.raw(damage).await.unwrap();
        assert_eq!(chain(world).await, Chain::Broken { seq }, "{damage}");
        let findings = reading!(world, |tx| doctor::checks(tx, &world.ours.scope).await).unwrap();
        assert!(findings.iter().any(|finding| finding.check == "audit_chain"), "{damage}");
        world.database.raw(repair).await.unwrap();
    }
    world.database.raw(switch(true)).await.unwrap();
}

async fn forbidden_by_triggers(world: &World) {
    note(world, &world.ours.scope, "1").await;
    for script in ["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries"] {
        let error = world.database.raw(script).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
}

async fn parallel_writers(world: &World) {
    let writers = (0..8).map(|writer| {
        let (store, ours, theirs) =
            (world.store().clone(), world.ours.scope.clone(), world.theirs.scope.clone());
        tokio::spawn(async move {
            let (ours, theirs) = (&ours, &theirs);
            for _ in 0..5 {
                // Each touches both merchants, in either order.
                let scopes = if writer % 2 == 0 { [ours, theirs] } else { [theirs, ours] };
                store
                    .write(|tx| {
                        Box::pin(async move {
                            for scope in scopes {
                                audit::append(tx, scope, "x", "y", "z", &json!({})).await?;
                            }
                            Ok(())
                        })
                    })
                    .await
                    .unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    assert_eq!(chain(world).await, Chain::Whole { entries: 40 });
}
