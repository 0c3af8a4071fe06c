//! Looks at one merchant every second for as long as somebody listens.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{BatchId, CaseId, TenantId};
use pingxin_store::{StoreError, Tx, live, presence};
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

use super::MOST_DEEDS;
use super::news::{Done, News, Presences, by_case};
use crate::desk::Desk;
use crate::error::Result;

/// How often it looks.
const EVERY: Duration = Duration::from_secs(1);
/// How long it waits when the database did not answer.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// What the watcher knows already.
#[derive(Default)]
pub(super) struct Seen {
    seq: u64,
    imports: HashMap<BatchId, String>,
    present: BTreeMap<CaseId, Presences>,
}

impl Seen {
    /// How things stand now.
    pub(super) async fn now(desk: &Desk, tenant: TenantId) -> Result<Self> {
        let mut seen = Self::default();
        let seq = desk.store.read(|tx| Box::pin(async move { live::seq(tx, tenant).await })).await?;
        seen.seq = seq.unwrap_or_default();
        look(desk, tenant, &mut seen).await?;
        Ok(seen)
    }
}

/// What was done after an entry.
pub(super) async fn deeds(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    after: u64,
) -> std::result::Result<News, StoreError> {
    let found = live::deeds_after(tx, tenant, after, MOST_DEEDS).await?;
    if found.len() >= MOST_DEEDS as usize {
        return Ok(News::everything(0));
    }
    let tasks: Vec<Uuid> = found
        .iter()
        .filter(|deed| deed.subject_kind == "task")
        .filter_map(|deed| deed.subject_id.parse().ok())
        .collect();
    let tasks = live::tasks(tx, tenant, &tasks).await?;
    let deeds = found.into_iter().map(|deed| {
        let task = deed.subject_id.parse::<Uuid>().ok().and_then(|id| tasks.get(&id));
        let task = task.map(|(department, case)| (*department, CaseId::from_uuid(*case)));
        Done { deed, task }
    });
    Ok(News { deeds: deeds.collect(), ..News::default() })
}

/// Looks once; `seen` is brought up to date.
async fn look(desk: &Desk, tenant: TenantId, seen: &mut Seen) -> Result<News> {
    let now = desk.store.clock().now();
    let after = seen.seq;
    let known: Vec<BatchId> = seen.imports.keys().copied().collect();
    let known = known.as_slice();
    let (seq, mut news, steps, there) = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let seq = live::seq(tx, tenant).await?.unwrap_or(after);
                let news = if seq == after { News::default() } else { deeds(tx, tenant, after).await? };
                let begun = news.deeds.iter().filter(|done| done.deed.subject_kind == "import");
                let begun = begun.filter_map(|done| done.deed.subject_id.parse::<BatchId>().ok());
                let others: Vec<BatchId> = known.iter().copied().chain(begun).collect();
                let steps = live::import_steps(tx, tenant, &others).await?;
                Ok((seq, news, steps, presence::there(tx, tenant, now).await?))
            })
        })
        .await?;
    seen.seq = seq;
    news.seq = seq;
    for step in steps {
        let is_new = seen.imports.get(&step.id) != Some(&step.step);
        if step.ended {
            seen.imports.remove(&step.id);
        } else {
            seen.imports.insert(step.id, step.step.clone());
        }
        if is_new {
            news.imports.push(step);
        }
    }
    let present = by_case(there);
    for (case, at) in &present {
        if seen.present.get(case) != Some(at) {
            news.presences.push(at.clone());
        }
    }
    for (case, at) in &seen.present {
        if !present.contains_key(case) {
            news.presences.push(Presences { people: Vec::new(), ..at.clone() });
        }
    }
    seen.present = present;
    Ok(news)
}

/// Looks until nobody listens any more, or the server stops.
pub(super) async fn run(
    desk: Desk,
    tenant: TenantId,
    mut seen: Seen,
    sender: broadcast::Sender<Arc<News>>,
    watched: Arc<Mutex<HashMap<TenantId, broadcast::Sender<Arc<News>>>>>,
    mut stopped: watch::Receiver<bool>,
) {
    let mut pause = EVERY;
    loop {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stopped.changed() => {}
        }
        {
            // Nobody can join between the look at the number and the end of the watcher.
            let mut watched = watched.lock().unwrap_or_else(PoisonError::into_inner);
            if *stopped.borrow() || sender.receiver_count() == 0 {
                watched.remove(&tenant);
                return;
            }
        }
        pause = match look(&desk, tenant, &mut seen).await {
            Ok(news) if news.is_none() => EVERY,
            Ok(news) => {
                // Nobody to hear it is no failure: the next round ends the watcher.
                let _ = sender.send(Arc::new(news));
                EVERY
            }
            Err(error) => {
                tracing::warn!(%error, "the changes of a merchant could not be looked for");
                AFTER_FAILURE
            }
        };
    }
}
