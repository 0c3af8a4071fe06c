//! What changes while somebody looks: one watcher for each merchant with listeners asks the database every second, so
//! that what other processes do is seen too. A listener is told only what he may see.

mod news;
mod watcher;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use pingxin_domain::{Action, CaseId, Scope, TenantId, UserId};
use pingxin_store::{live, presence, session};
use tokio::sync::{broadcast, watch};

pub use news::{Changed, Present, Told};

use self::news::News;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::people::{IDLE_END, SignedIn};

/// Streams that one person may hold open at once.
pub const MOST_STREAMS: usize = 8;
/// News that a slow listener may be behind before he is told that everything may have changed.
const BACKLOG: usize = 64;
/// Deeds that are looked at one by one; after more, everything counts as changed.
const MOST_DEEDS: u32 = 500;

/// The watchers of every merchant that somebody listens to. Cheap to clone.
#[derive(Clone)]
pub struct Live {
    desk: Desk,
    watched: Arc<Mutex<HashMap<TenantId, broadcast::Sender<Arc<News>>>>>,
    people: Arc<Mutex<HashMap<UserId, usize>>>,
    stop: Arc<watch::Sender<bool>>,
}

/// Somebody who listens.
pub struct Listener {
    scope: Scope,
    heard: broadcast::Receiver<Arc<News>>,
    stopped: watch::Receiver<bool>,
    waiting: Vec<Told>,
    seq: u64,
    _place: Place,
}

/// One of the streams a person may hold; given back when dropped.
struct Place {
    people: Arc<Mutex<HashMap<UserId, usize>>>,
    person: Option<UserId>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(person) = self.person else { return };
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = people.get_mut(&person) {
            *open -= 1;
            if *open == 0 {
                people.remove(&person);
            }
        }
    }
}

impl Live {
    /// Nobody listens yet.
    #[must_use]
    pub fn new(desk: &Desk) -> Self {
        Self {
            desk: desk.clone(),
            watched: Arc::default(),
            people: Arc::default(),
            stop: Arc::new(watch::channel(false).0),
        }
    }

    /// Ends every stream, at once and for good.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Merchants that are watched now.
    #[must_use]
    pub fn watched(&self) -> usize {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Begins to listen; none when this person holds as many streams as he may. `after` is the last entry that he has
    /// heard of: what came since is told at once.
    ///
    /// # Errors
    /// [`DeskError::Forbidden`], or the database's.
    pub async fn listen(&self, scope: &Scope, after: Option<u64>) -> Result<Option<Listener>> {
        allow(scope, Action::ReadTasks)?;
        let Some(place) = self.take_place(scope) else { return Ok(None) };
        let heard = self.watch(scope.tenant).await?;
        let tenant = scope.tenant;
        let now = self.desk.store.clock().now();
        let (seq, missed, there) = self
            .desk
            .store
            .read(|tx| {
                Box::pin(async move {
                    let seq = live::seq(tx, tenant).await?.unwrap_or_default();
                    let missed = match after.filter(|after| *after < seq) {
                        Some(after) => Some(watcher::deeds(tx, tenant, after).await?),
                        None => None,
                    };
                    Ok((seq, missed, presence::there(tx, tenant, now).await?))
                })
            })
            .await?;
        let mut news = missed.unwrap_or_default();
        news.seq = seq;
        news.presences = news::by_case(there).into_values().collect();
        let waiting = news.told_to(scope);
        let stopped = self.stop.subscribe();
        Ok(Some(Listener { scope: scope.clone(), heard, stopped, waiting, seq, _place: place }))
    }

    fn take_place(&self, scope: &Scope) -> Option<Place> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(person) = scope.user() {
            let open = people.entry(person).or_default();
            if *open >= MOST_STREAMS {
                return None;
            }
            *open += 1;
        }
        Some(Place { people: Arc::clone(&self.people), person: scope.user() })
    }

    /// Joins those who listen to a merchant; the first starts the watcher, which ends with the last.
    async fn watch(&self, tenant: TenantId) -> Result<broadcast::Receiver<Arc<News>>> {
        if let Some(sender) = self.watched.lock().unwrap_or_else(PoisonError::into_inner).get(&tenant) {
            return Ok(sender.subscribe());
        }
        let start = watcher::Seen::now(&self.desk, tenant).await?;
        let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have been quicker.
        if let Some(sender) = watched.get(&tenant) {
            return Ok(sender.subscribe());
        }
        let (sender, heard) = broadcast::channel(BACKLOG);
        watched.insert(tenant, sender.clone());
        let (desk, map) = (self.desk.clone(), Arc::clone(&self.watched));
        let stopped = self.stop.subscribe();
        tokio::spawn(watcher::run(desk, tenant, start, sender, map, stopped));
        Ok(heard)
    }
}

impl Listener {
    /// The last entry of the audit that this listener has heard of.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Waits for something he may know; none when the server stops. Nothing is lost when the wait is given up.
    pub async fn next(&mut self) -> Option<Told> {
        loop {
            if *self.stopped.borrow() {
                return None;
            }
            if !self.waiting.is_empty() {
                return Some(self.waiting.remove(0));
            }
            let news = tokio::select! {
                news = self.heard.recv() => news,
                _ = self.stopped.changed() => continue,
            };
            match news {
                Ok(news) => {
                    self.seq = self.seq.max(news.seq);
                    self.waiting = news.told_to(&self.scope);
                }
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    self.waiting = News::everything(self.seq).told_to(&self.scope);
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

/// The scope that a signed-in person has now; none when his session is over. A stream that is open is no use of the
/// session, so a page that nobody touches is signed out in time.
///
/// # Errors
/// When the database does not answer.
pub async fn still_there(desk: &Desk, signed_in: &SignedIn) -> Result<Option<Scope>> {
    let now = desk.store.clock().now();
    let idle_since = now.checked_sub(IDLE_END).unwrap_or(now);
    let (tenant, session) = (signed_in.scope.tenant, signed_in.session.id);
    let person = desk
        .store
        .read(|tx| Box::pin(async move { session::person_of(tx, tenant, session, now, idle_since).await }))
        .await?;
    Ok(person.map(|person| person.scope()))
}

/// Says that the caller looks at a case, and whether he writes.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn be_present(desk: &Desk, scope: &Scope, case: CaseId, typing: bool) -> Result<()> {
    allow(scope, Action::ReadCases)?;
    Ok(desk.store.write(|tx| Box::pin(async move { presence::put(tx, scope, case, typing).await })).await?)
}

/// Says that the caller has left a case; twice is once.
///
/// # Errors
/// [`DeskError::NotFound`] for a case outside the scope, [`DeskError::Forbidden`], or the database's.
pub async fn leave(desk: &Desk, scope: &Scope, case: CaseId) -> Result<()> {
    allow(scope, Action::ReadCases)?;
    let left = desk.store.write(|tx| {
        Box::pin(async move {
            // A case that he cannot see is not there, whether he has left it or not.
            presence::put(tx, scope, case, false).await?;
            presence::leave(tx, scope, case).await
        })
    });
    left.await.map_err(DeskError::from)
}
