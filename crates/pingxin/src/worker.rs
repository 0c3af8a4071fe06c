//! Background work: claims jobs from the store and carries them out, in the server's own process.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use pingxin_desk::guard::chats;
use pingxin_desk::outbox::sending::{LEASE, Sender};
use pingxin_desk::{
    Desk, DeskError, assignment, audit, automation, compensations, import, incentives, jobs, planning,
    promises, removals, retention,
};
use pingxin_store::secret::Token;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How long a worker that found nothing waits before it looks again, unless woken. Other processes may add jobs too.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// How long a worker waits when the database did not answer.
const AFTER_FAILURE: Duration = Duration::from_secs(5);
/// How long workers may take to end their present step once asked to stop; what is cut off goes on from its
/// cursor when the lease has run out.
const TIME_TO_STOP: Duration = Duration::from_secs(8);

/// How often what is due is forgotten; also once at the start.
const FORGET_EVERY: Duration = Duration::from_secs(6 * 3600);

/// How often the ends of the audit are noted; also once at the start.
const NOTE_ENDS_EVERY: Duration = Duration::from_secs(3600);

/// How often it is looked whether reviews have to be judged anew.
const JUDGE_EVERY: Duration = Duration::from_secs(30);
/// How often the plans of cases that are due are made anew. Contacts are planned by the minute.
const PLAN_EVERY: Duration = Duration::from_secs(15);

/// How often it is looked whether something is to be sent.
const SEND_EVERY: Duration = Duration::from_secs(1);

/// How often cases that nobody has are given by the rules.
const GIVE_EVERY: Duration = Duration::from_secs(15);

/// How often rules of automation look at what happened.
const AUTOMATE_EVERY: Duration = Duration::from_secs(2);

/// How often abandoned imports are looked for.
const LOOK_FOR_ABANDONED: Duration = Duration::from_secs(60);

/// Workers at work.
#[derive(Debug)]
pub struct Workers {
    running: JoinSet<()>,
    stop: CancellationToken,
    stop_step: Arc<AtomicBool>,
}

impl Workers {
    /// Starts `number` workers, woken by `work`.
    #[must_use]
    pub fn start(desk: &Desk, number: usize, work: &Arc<Notify>) -> Self {
        let stop = CancellationToken::new();
        let stop_step = Arc::new(AtomicBool::new(false));
        let mut running = JoinSet::new();
        for index in 0..number {
            // Unlike any other process on the same database.
            let name: String = Token::fresh().as_str().chars().take(8).collect();
            let name = format!("{name}-{index}");
            running.spawn(carry_on(
                desk.clone(),
                name,
                Arc::clone(work),
                stop.clone(),
                Arc::clone(&stop_step),
            ));
        }
        running.spawn(send(desk.clone(), stop.clone()));
        running.spawn(forget(desk.clone(), stop.clone()));
        running.spawn(give_up(desk.clone(), stop.clone()));
        running.spawn(note_ends(desk.clone(), stop.clone()));
        running.spawn(judge(desk.clone(), stop.clone()));
        running.spawn(check_earlier_chats(desk.clone()));
        running.spawn(plan(desk.clone(), stop.clone(), Arc::clone(&stop_step)));
        running.spawn(give(desk.clone(), stop.clone(), Arc::clone(&stop_step)));
        running.spawn(automate(desk.clone(), stop.clone(), Arc::clone(&stop_step)));
        Self { running, stop, stop_step }
    }

    /// Lets every worker end its present step, then stops it.
    pub async fn stop(mut self) {
        self.stop.cancel();
        self.stop_step.store(true, std::sync::atomic::Ordering::Relaxed);
        let ended =
            tokio::time::timeout(TIME_TO_STOP, async { while self.running.join_next().await.is_some() {} });
        if ended.await.is_err() {
            tracing::warn!("a job did not end in time; it goes on when its lease has run out");
            self.running.shutdown().await;
        }
    }
}

/// Waits for the next turn, or until the workers stop.
async fn rest(period: Duration, stop: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(period) => {}
        () = stop.cancelled() => {}
    }
}

/// Says in the log how much a turn did, if anything, or why it failed.
fn told(turn: Result<u64, DeskError>, did: &'static str, failed: &'static str) {
    match turn {
        Ok(0) => {}
        Ok(many) => tracing::info!(many, "{did}"),
        Err(error) => tracing::error!(%error, "{failed}"),
    }
}

async fn carry_on(
    desk: Desk,
    name: String,
    work: Arc<Notify>,
    stop: CancellationToken,
    stop_step: Arc<AtomicBool>,
) {
    while !stop.is_cancelled() {
        let pause = match jobs::run_one(&desk, &name, &stop_step).await {
            Ok(true) => continue,
            Ok(false) => LOOK_AGAIN,
            Err(error) => {
                tracing::error!(%error, "the job queue cannot be reached");
                AFTER_FAILURE
            }
        };
        tokio::select! {
            () = work.notified() => {}
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Has chats checked that came in before there was a check; what is left over waits for the next start.
async fn check_earlier_chats(desk: Desk) {
    told(
        chats::catch_up(&desk).await,
        "chats of earlier imports are handed over to be checked",
        "chats that were never checked could not be looked for",
    );
}

/// Keeps what lists show of the plans of cases in step with time, and with what files brought.
async fn plan(desk: Desk, stop: CancellationToken, stop_step: Arc<AtomicBool>) {
    while !stop.is_cancelled() {
        let go_on = || !stop_step.load(std::sync::atomic::Ordering::Relaxed);
        match planning::renew_due(&desk, go_on).await {
            Ok(renewed) if renewed.moved == 0 => {}
            Ok(renewed) => tracing::info!(?renewed, "cases went on or opened again"),
            Err(error) => tracing::error!(%error, "the plans of cases could not be made anew"),
        }
        told(
            promises::break_overdue(&desk, go_on).await,
            "the time of promises has passed",
            "promises could not be looked at",
        );
        told(
            compensations::confirm_refunds(&desk, go_on).await,
            "refunds of platforms confirm payouts",
            "payouts could not be held against refunds",
        );
        told(
            incentives::claw_back_returned(&desk, go_on).await,
            "incentives were taken back, as complaints returned",
            "incentives could not be looked at",
        );
        rest(PLAN_EVERY, &stop).await;
    }
}

/// Sends what is due in the outbox. What a program that was killed left behind is seen to when its lease ends.
async fn send(desk: Desk, stop: CancellationToken) {
    let name = Token::fresh();
    let sender = Sender { desk: &desk, name: name.as_str(), lease: LEASE, passes: &|_| {} };
    while !stop.is_cancelled() {
        let pause = match sender.send_one().await {
            Ok(true) => continue,
            Ok(false) => SEND_EVERY,
            Err(error) => {
                tracing::error!(%error, "the outbox could not be seen to");
                AFTER_FAILURE
            }
        };
        rest(pause, &stop).await;
    }
}

/// Gives cases that nobody has by the rules of their merchant.
async fn give(desk: Desk, stop: CancellationToken, stop_step: Arc<AtomicBool>) {
    while !stop.is_cancelled() {
        let go_on = || !stop_step.load(std::sync::atomic::Ordering::Relaxed);
        told(
            assignment::give_due(&desk, go_on).await,
            "cases were given by the rules",
            "cases could not be given",
        );
        rest(GIVE_EVERY, &stop).await;
    }
}

/// Lets the rules of automation act on what happened.
async fn automate(desk: Desk, stop: CancellationToken, stop_step: Arc<AtomicBool>) {
    while !stop.is_cancelled() {
        let go_on = || !stop_step.load(std::sync::atomic::Ordering::Relaxed);
        told(
            automation::run_due(&desk, go_on).await,
            "rules of automation looked at what happened",
            "rules of automation could not act",
        );
        rest(AUTOMATE_EVERY, &stop).await;
    }
}

/// Says of imports whose program was killed that they have ended.
async fn give_up(desk: Desk, stop: CancellationToken) {
    while !stop.is_cancelled() {
        told(
            import::give_up_abandoned(&desk).await,
            "imports of a program that was closed are given up",
            "abandoned imports could not be looked for",
        );
        rest(LOOK_FOR_ABANDONED, &stop).await;
    }
}

/// Notes the ends of the audit beside the database, so that an older database put in its place is found out.
async fn note_ends(desk: Desk, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = audit::note_ends(&desk).await {
            tracing::error!(%error, "the ends of the audit could not be noted");
        }
        rest(NOTE_ENDS_EVERY, &stop).await;
    }
}

/// Judges reviews anew where something was imported, or a day has passed, since they were judged.
async fn judge(desk: Desk, stop: CancellationToken) {
    let mut seen = None;
    while !stop.is_cancelled() {
        told(
            removals::catch_up(&desk, &mut seen, || !stop.is_cancelled()).await,
            "reviews were judged for removal",
            "reviews could not be judged for removal",
        );
        rest(JUDGE_EVERY, &stop).await;
    }
}

async fn forget(desk: Desk, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match retention::enforce(&desk).await {
            Ok(forgotten) if forgotten == retention::Forgotten::default() => {}
            Ok(forgotten) => tracing::info!(?forgotten, "what was due is forgotten"),
            Err(error) => tracing::error!(%error, "what is due could not be forgotten"),
        }
        rest(FORGET_EVERY, &stop).await;
    }
}
