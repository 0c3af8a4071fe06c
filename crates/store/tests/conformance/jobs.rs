//! The queue: each job to one worker, again when he dies, parked when it kills.

use std::collections::HashSet;

use jiff::SignedDuration;
use pingxin_domain::Scope;
use pingxin_store::StoreError;
use pingxin_store::job::{self, Job, MAX_ATTEMPTS, NewJob};

use crate::on_both;
use crate::world::{World, reading, writing};

on_both!(leases, unique_keys, poison_is_parked, many_workers);

const LEASE: SignedDuration = SignedDuration::from_secs(60);

async fn enqueue(world: &World, scope: &Scope, kind: &str, key: Option<&str>) -> bool {
    let payload = serde_json::json!({"kind": kind});
    let job = &NewJob { kind, payload: &payload, unique_key: key, run_at: world.now() };
    writing!(world, |tx| job::enqueue(tx, scope, job).await).unwrap().is_some()
}

async fn claim(world: &World, worker: &str) -> Option<Job> {
    job::claim(world.store(), worker, &["import", "sweep"], LEASE).await.unwrap()
}

async fn leases(world: &World) {
    let ours = &world.ours;
    enqueue(world, &ours.scope, "import", None).await;
    enqueue(world, &ours.scope, "mail", None).await;
    let job = claim(world, "a").await.unwrap();
    assert_eq!((job.kind.as_str(), job.attempts, job.tenant), ("import", 1, ours.tenant));
    assert_eq!(job.payload["kind"], "import");
    assert!(claim(world, "b").await.is_none(), "the only one of these kinds is taken");
    world.database.clock().advance(SignedDuration::from_secs(30));
    let (job_ref, until) = (&job, world.now().checked_add(LEASE).unwrap());
    writing!(world, |tx| job::extend_lease(tx, job_ref, until).await).unwrap();
    world.database.clock().advance(SignedDuration::from_secs(59));
    assert!(claim(world, "b").await.is_none());
    world.database.clock().advance(SignedDuration::from_secs(1));
    let taken_over = claim(world, "b").await.expect("the first worker is gone");
    assert_eq!((taken_over.id, taken_over.attempts), (job.id, 2));
    // The first worker wakes up and must not say that it is done.
    let late = writing!(world, |tx| job::finish(tx, job_ref).await);
    assert!(matches!(late, Err(StoreError::Conflict { what: "job lease" })), "{late:?}");
    let (again, later) = (&taken_over, world.now().checked_add(LEASE).unwrap());
    writing!(world, |tx| job::retry_later(tx, again, later, "no network").await).unwrap();
    assert!(claim(world, "c").await.is_none(), "not yet");
    world.database.clock().advance(LEASE);
    let third = &claim(world, "c").await.unwrap();
    assert_eq!(third.attempts, 3);
    writing!(world, |tx| job::finish(tx, third).await).unwrap();
    world.database.clock().advance(LEASE);
    assert!(claim(world, "c").await.is_none(), "done is done");
}

async fn unique_keys(world: &World) {
    let (ours, theirs) = (&world.ours.scope, &world.theirs.scope);
    assert!(enqueue(world, ours, "sweep", Some("daily")).await);
    assert!(!enqueue(world, ours, "sweep", Some("daily")).await);
    assert!(enqueue(world, theirs, "sweep", Some("daily")).await, "keys are the merchant's own");
    assert!(enqueue(world, ours, "sweep", None).await);
    for _ in 0..3 {
        let job = &claim(world, "a").await.unwrap();
        writing!(world, |tx| job::finish(tx, job).await).unwrap();
    }
    assert!(enqueue(world, ours, "sweep", Some("daily")).await, "done, so it may come again");
}

async fn poison_is_parked(world: &World) {
    let ours = &world.ours.scope;
    enqueue(world, ours, "import", None).await;
    for attempt in 1..=MAX_ATTEMPTS {
        assert_eq!(claim(world, "a").await.expect("still tried").attempts, attempt);
        world.database.clock().advance(LEASE);
    }
    assert!(claim(world, "a").await.is_none());
    let parked = reading!(world, |tx| job::parked(tx, ours).await).unwrap();
    assert_eq!((parked.len(), parked[0].attempts), (1, MAX_ATTEMPTS));
    enqueue(world, ours, "import", None).await;
    let job = &claim(world, "a").await.unwrap();
    writing!(world, |tx| job::park(tx, job, "the file is gone").await).unwrap();
    let parked = reading!(world, |tx| job::parked(tx, ours).await).unwrap();
    assert!(parked.iter().any(|job| job.error.as_deref() == Some("the file is gone")));
    let theirs = &world.theirs.scope;
    assert!(reading!(world, |tx| job::parked(tx, theirs).await).unwrap().is_empty());
}

async fn many_workers(world: &World) {
    for _ in 0..40 {
        enqueue(world, &world.ours.scope, "import", None).await;
    }
    let workers = (0..8).map(|worker| {
        let store = world.store().clone();
        tokio::spawn(async move {
            let mut mine = Vec::new();
            while let Some(job) = job::claim(&store, &format!("w{worker}"), &["import"], LEASE).await.unwrap()
            {
                store.write(|tx| Box::pin(job::finish(tx, &job))).await.unwrap();
                mine.push(job.id);
            }
            mine
        })
    });
    let mut all = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        all.extend(worker.await.unwrap());
    }
    assert_eq!(all.len(), 40);
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), 40, "no job twice");
}
