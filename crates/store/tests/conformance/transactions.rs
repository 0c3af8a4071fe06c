//! Transactions: retried when another one was in the way, rolled back when they fail, apart from readers.

use std::sync::atomic::{AtomicU32, Ordering};

use pingxin_store::review::ReviewFilter;
use pingxin_store::{Engine, StoreError, review, shop, tenant, user};

use crate::on_both;
use crate::world::{World, reading, review as plain, writing};

on_both!(failures_leave_nothing, readers_see_one_state, readers_do_not_write, writers_in_each_others_way);

async fn failures_leave_nothing(world: &World) {
    let failed: Result<(), StoreError> = writing!(world, |tx| {
        tenant::create(tx, "half", false).await?;
        Err(StoreError::NotFound { what: "courage" })
    });
    assert!(matches!(failed, Err(StoreError::NotFound { what: "courage" })));
    assert_eq!(reading!(world, |tx| tenant::all(tx).await).unwrap().len(), 2);
}

async fn readers_see_one_state(world: &World) {
    let ours = &world.ours;
    let (world_ref, filter) = (world, &ReviewFilter::default());
    let counts = reading!(world, |tx| {
        let before = review::count(tx, &ours.scope, filter).await?;
        world_ref.add(&ours.scope, ours.first, &[plain("R1", "好")]).await;
        Ok((before, review::count(tx, &ours.scope, filter).await?))
    })
    .unwrap();
    assert_eq!((counts.0.value, counts.1.value), (0, 0));
    let after = reading!(world, |tx| review::count(tx, &ours.scope, filter).await).unwrap();
    assert_eq!(after.value, 1);
}

async fn readers_do_not_write(world: &World) {
    let ours = &world.ours;
    let refused = reading!(world, |tx| user::set_locale(tx, &ours.scope, ours.owner, Some("en-US")).await);
    assert!(matches!(refused, Err(StoreError::Database { .. })), "{refused:?}");
    let found = reading!(world, |tx| user::find(tx, &ours.scope, ours.owner).await).unwrap().unwrap();
    assert_eq!(found.locale, None);
}

/// Two transactions that lock two shops in opposite order: one of them is told to go and comes back.
async fn writers_in_each_others_way(world: &World) {
    let tries = AtomicU32::new(0);
    let ours = &world.ours;
    let both = tokio::sync::Barrier::new(2);
    let meet = world.store().engine() == Engine::Postgres;
    let (tries_ref, both_ref) = (&tries, &both);
    let lock = |first, second| async move {
        writing!(world, |tx| {
            let attempt = tries_ref.fetch_add(1, Ordering::SeqCst);
            shop::lock(tx, &ours.scope, first).await?;
            if meet && attempt < 2 {
                both_ref.wait().await;
            }
            shop::lock(tx, &ours.scope, second).await
        })
    };
    let (one, two) = tokio::join!(lock(ours.first, ours.second), lock(ours.second, ours.first));
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    assert_eq!(tries.into_inner(), if meet { 3 } else { 2 }, "a deadlock is run again, and only that");
}
