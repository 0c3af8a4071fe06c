//! The audit: complete, in order, and whoever touches it is found out.

use pingxin_domain::Scope;
use pingxin_store::audit::{self, ActorAsked, AuditFilter, Break, Chain};
use pingxin_store::{Engine, StoreError, doctor};
use serde_json::json;

use crate::on_both;
use crate::world::{World, reading, review, writing};

on_both!(
    entries_in_order,
    tampering_is_found,
    no_entry_can_be_touched,
    a_forged_end_stays_visible,
    an_older_end_is_found_by_a_note,
    filters,
    other_shops_stay_out_of_sight,
    forbidden_by_triggers,
    parallel_writers
);

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
    let all = &AuditFilter::default();
    let first = reading!(world, |tx| audit::list(tx, &ours.scope, all, None, 3).await).unwrap();
    assert_eq!(first.rows.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [5, 4, 3]);
    assert_eq!((first.rows[0].actor.user, first.rows[0].actor.name.as_str()), (Some(ours.owner), "老板"));
    assert_eq!(first.rows[0].detail["to"], "小李");
    let after = first.next.as_deref();
    let rest = reading!(world, |tx| audit::list(tx, &ours.scope, all, after, 3).await).unwrap();
    assert_eq!(rest.rows.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [2, 1]);
}

/// Switches the triggers off that forbid to touch the audit.
async fn without_triggers(world: &World) {
    let off = match world.store().engine() {
        Engine::Postgres => "ALTER TABLE audit_entries DISABLE TRIGGER USER",
        Engine::Sqlite => "DROP TRIGGER audit_entries_no_update; DROP TRIGGER audit_entries_no_delete",
    };
    world.database.raw(off).await.unwrap();
}

async fn tampering_is_found(world: &World) {
    for at in 0..4 {
        note(world, &world.ours.scope, &at.to_string()).await;
    }
    without_triggers(world).await;
    let damages = [
        (
            "UPDATE audit_entries SET action = 'case.read' WHERE seq = 2",
            "UPDATE audit_entries SET action = 'case.assign'",
            (2, Break::Changed),
        ),
        (
            "UPDATE audit_entries SET seq = 9 WHERE seq = 3",
            "UPDATE audit_entries SET seq = 3 WHERE seq = 9",
            (3, Break::Missing),
        ),
        (
            "UPDATE audit_heads SET seq = 5 WHERE seq = 4",
            "UPDATE audit_heads SET seq = 4 WHERE seq = 5",
            (5, Break::Cut),
        ),
        ("DELETE FROM audit_entries WHERE seq = 4", "SELECT 1", (4, Break::Cut)),
    ];
    for (damage, repair, (seq, how)) in damages {
        assert_eq!(chain(world).await, Chain::Whole { entries: 4 });
        world.database.raw(damage).await.unwrap();
        assert_eq!(chain(world).await, Chain::Broken { seq, how }, "{damage}");
        let findings = reading!(world, |tx| doctor::checks(tx, &world.ours.scope).await).unwrap();
        assert!(findings.iter().any(|finding| finding.check == "audit_chain"), "{damage}");
        world.database.raw(repair).await.unwrap();
    }
}

/// Entries of the chain that every kind of damage is done to; the time grows with the square. More of them at night.
fn chain_length() -> u64 {
    std::env::var("PINGXIN_AUDIT_ENTRIES").ok().and_then(|many| many.parse().ok()).unwrap_or(60)
}

async fn no_entry_can_be_touched(world: &World) {
    let (many, ours) = (chain_length(), &world.ours);
    for _ in 0..many.div_ceil(1000) {
        writing!(world, |tx| {
            for at in 0..many.min(1000) {
                audit::append(tx, &ours.scope, "case.assign", "case", &at.to_string(), &json!({})).await?;
            }
            Ok(())
        })
        .unwrap();
    }
    without_triggers(world).await;
    let Chain::Whole { entries: many } = chain(world).await else { panic!("it is whole") };
    let tenant = ours.tenant.to_string().replace('-', "");
    let whose = match world.store().engine() {
        Engine::Postgres => format!("tenant_id = '{tenant}'"),
        Engine::Sqlite => format!("tenant_id = x'{tenant}'"),
    };
    let store = "CREATE TABLE kept AS SELECT * FROM audit_entries; \
                 CREATE TABLE kept_heads AS SELECT * FROM audit_heads";
    world.database.raw(store).await.unwrap();
    let at = |seq: u64| format!("WHERE {whose} AND seq = {seq}");
    let columns = "tenant_id, seq, at, actor, action, subject_kind, subject_id, detail, previous_hash, hash";
    for seq in 1..=many {
        let cut = format!(
            "DELETE FROM audit_entries WHERE {whose} AND seq >= {seq}; UPDATE audit_heads SET seq = {}, hash = \
             coalesce((SELECT hash FROM kept {}), hash) WHERE {whose}",
            seq - 1,
            at(seq - 1)
        );
        let put_in = format!(
            "UPDATE audit_entries SET seq = -1 - seq WHERE {whose} AND seq > {seq}; \
             UPDATE audit_entries SET seq = 0 - seq WHERE {whose} AND seq < 0; \
             INSERT INTO audit_entries ({columns}) SELECT tenant_id, {}, at, actor, action, subject_kind, \
             subject_id, detail, hash, hash FROM kept {}; UPDATE audit_heads SET seq = seq + 1 WHERE {whose}",
            seq + 1,
            at(seq)
        );
        let other = if seq == many { 1 } else { seq + 1 };
        let swap = format!(
            "UPDATE audit_entries SET subject_id = (SELECT subject_id FROM kept {}), at = at + 1 {}",
            at(other),
            at(seq)
        );
        let damages = [
            (format!("UPDATE audit_entries SET at = at + 1 {}", at(seq)), seq),
            (format!("UPDATE audit_entries SET actor = 'user:x' {}", at(seq)), seq),
            (format!("UPDATE audit_entries SET detail = '{{\"x\":1}}' {}", at(seq)), seq),
            (swap, seq),
            (format!("DELETE FROM audit_entries {}", at(seq)), seq),
            (put_in, seq + 1),
            (cut, seq),
        ];
        for (damage, first_bad) in damages {
            world.database.raw(&damage).await.unwrap();
            match chain(world).await {
                Chain::Broken { seq: found, .. } => assert_eq!(found, first_bad, "{damage}"),
                whole @ Chain::Whole { .. } => panic!("{whole:?} after {damage}"),
            }
            let restore = format!(
                "DELETE FROM audit_entries WHERE {whose}; INSERT INTO audit_entries ({columns}) SELECT {columns} \
                 FROM kept WHERE {whose}; UPDATE audit_heads SET seq = {many}, hash = (SELECT hash FROM kept_heads \
                 WHERE {whose}) WHERE {whose}"
            );
            world.database.raw(&restore).await.unwrap();
        }
        if seq % 20 == 1 {
            assert_eq!(chain(world).await, Chain::Whole { entries: many });
        }
    }
}

async fn a_forged_end_stays_visible(world: &World) {
    for at in 0..4 {
        note(world, &world.ours.scope, &at.to_string()).await;
    }
    without_triggers(world).await;
    // The last entry is taken out and the end set before it, as well as can be without the key.
    let forge = "DELETE FROM audit_entries WHERE seq = 4; UPDATE audit_heads SET seq = 3, \
                 hash = (SELECT e.hash FROM audit_entries e WHERE e.seq = 3 AND e.tenant_id = audit_heads.tenant_id) \
                 WHERE seq = 4";
    world.database.raw(forge).await.unwrap();
    assert_eq!(chain(world).await, Chain::Broken { seq: 4, how: Break::Unsigned });
    // What is written after it does not make it good.
    note(world, &world.ours.scope, "later").await;
    assert_eq!(chain(world).await, Chain::Broken { seq: 4, how: Break::Unsigned });
}

async fn an_older_end_is_found_by_a_note(world: &World) {
    let tenant = world.ours.tenant;
    for at in 0..3 {
        note(world, &world.ours.scope, &at.to_string()).await;
    }
    world.database.raw("CREATE TABLE kept_heads AS SELECT * FROM audit_heads").await.unwrap();
    note(world, &world.ours.scope, "3").await;
    let noted = reading!(world, |tx| audit::end(tx, tenant).await).unwrap();
    without_triggers(world).await;
    let back = "DELETE FROM audit_entries WHERE seq = 4; UPDATE audit_heads SET seq = 3, \
        hash = (SELECT k.hash FROM kept_heads k WHERE k.tenant_id = audit_heads.tenant_id), \
        mac = (SELECT k.mac FROM kept_heads k WHERE k.tenant_id = audit_heads.tenant_id) WHERE seq = 4";
    world.database.raw(back).await.unwrap();
    assert_eq!(chain(world).await, Chain::Whole { entries: 3 }, "nothing in the database tells");
    let found = reading!(world, |tx| audit::verify_against(tx, tenant, &[noted]).await).unwrap();
    assert_eq!(found, Chain::Broken { seq: 4, how: Break::Cut });
}

async fn filters(world: &World) {
    let ours = &world.ours;
    let program = &Scope::system(ours.tenant);
    writing!(world, |tx| {
        audit::append(tx, &ours.scope, "case.assign", "case", "1", &json!({})).await?;
        audit::append(tx, &ours.scope, "case.note", "case", "2", &json!({})).await?;
        audit::append(tx, &ours.scope, "cases.export", "list", "", &json!({})).await?;
        audit::append(tx, program, "case.open", "case", "1", &json!({})).await
    })
    .unwrap();
    let found = async |filter: AuditFilter| {
        let filter = &filter;
        let page = reading!(world, |tx| audit::list(tx, &ours.scope, filter, None, 10).await).unwrap();
        page.rows.into_iter().map(|entry| entry.seq).collect::<Vec<_>>()
    };
    let all = AuditFilter::default;
    let word = |text: &str| Some(text.to_owned());
    assert_eq!(found(AuditFilter { action: word("case"), ..all() }).await, [4, 2, 1]);
    assert_eq!(found(AuditFilter { action: word("case."), ..all() }).await, [4, 2, 1]);
    assert_eq!(found(AuditFilter { action: word("case.note"), ..all() }).await, [2]);
    assert_eq!(found(AuditFilter { actor: Some(ActorAsked::User(ours.owner)), ..all() }).await, [3, 2, 1]);
    assert_eq!(found(AuditFilter { actor: Some(ActorAsked::System), ..all() }).await, [4]);
    assert_eq!(found(AuditFilter { actor: Some(ActorAsked::CommandLine), ..all() }).await, [0_u64; 0]);
    let thing = AuditFilter { subject_kind: word("case"), subject_id: word("1"), ..all() };
    assert_eq!(found(thing).await, [4, 1]);
    let now = world.now();
    assert_eq!(found(AuditFilter { from: Some(now), ..all() }).await.len(), 4);
    assert_eq!(found(AuditFilter { to: Some(now), ..all() }).await, [0_u64; 0]);
    let every = &all();
    let page = reading!(world, |tx| audit::list(tx, &ours.scope, every, None, 1).await).unwrap();
    assert_eq!((page.rows[0].actor.kind, page.rows[0].actor.name.as_str()), ("system", ""));
    let theirs = reading!(world, |tx| audit::list(tx, &world.theirs.scope, every, None, 10).await).unwrap();
    assert!(theirs.rows.is_empty());
}

async fn other_shops_stay_out_of_sight(world: &World) {
    let ours = &world.ours;
    let mut cases = Vec::new();
    for (shop, key) in [(ours.first, "A"), (ours.second, "B")] {
        let review = world.add(&ours.scope, shop, &[review(key, "差")]).await[0];
        cases.push(world.open_case(&ours.scope, shop, review, 50).await.id.to_string());
    }
    let (cases, program) = (&cases, &Scope::system(ours.tenant));
    for _ in 0..7 {
        writing!(world, |tx| {
            for case in cases {
                audit::append(tx, program, "case.assign", "case", case, &json!({})).await?;
            }
            audit::append(tx, program, "shop.create", "shop", &ours.first.to_string(), &json!({})).await?;
            audit::append(tx, program, "token.create", "token", "x", &json!({})).await
        })
        .unwrap();
    }
    // A stranger to all shops but one.
    let narrow = &Scope { actor: pingxin_domain::Actor::CommandLine, ..ours.agent(vec![ours.first]) };
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let after = cursor.as_deref();
        let all = &AuditFilter::default();
        let page = reading!(world, |tx| audit::list(tx, narrow, all, after, 3).await).unwrap();
        assert!(page.rows.len() <= 3);
        seen.extend(page.rows.into_iter().map(|entry| (entry.seq, entry.subject_id)));
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    assert!(seen.windows(2).all(|pair| pair[0].0 > pair[1].0), "{seen:?}");
    let shop = ours.first.to_string();
    assert!(seen.iter().all(|(_, id)| *id == cases[0] || *id == shop), "{seen:?}");
    assert_eq!(seen.len(), 14);
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
