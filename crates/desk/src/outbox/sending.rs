//! The sending worker: claims, checks once more, notes that it hands over, calls, notes what came of it. Each note is a
//! transaction of its own, and the one before the call is committed before it: a program that is killed anywhere leaves a
//! row that says what may still be done.

use jiff::{SignedDuration, Timestamp};
use pingxin_channels::outward::{Known, LONGEST_CALL, Letter, Outcome, Outlet};
use pingxin_domain::guard::{Channel, Severity, Stage, Verdict};
use pingxin_domain::outbox::{
    MOST_CALLS, Next, OutReason, OutState, Recovery, TeamEvent, after_answer, after_loss, not_before,
};
use pingxin_domain::{Actor, CaseId, OutgoingId, Scope};
use pingxin_store::case::{self, EventKind};
use pingxin_store::outbox::{self, Claimed, OutBody};
use pingxin_store::{StoreError, Tx, audit, out_channel};
use serde_json::json;

use super::writing::{Way, allows_mail, way, whole};
use super::{Settings, deed, notices};
use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::guard::{About, gate};
use crate::promises;

/// How long a worker has what it claimed: three times the longest call.
pub const LEASE: SignedDuration = SignedDuration::from_secs(3 * LONGEST_CALL.as_secs() as i64);
/// How long a message waits while another of its case is in doubt.
const AFTER_DOUBT: SignedDuration = SignedDuration::from_mins(5);
/// How long until the other side is asked again whether it has something.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// A place on the way of one sending, in order; around each commit and the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// Claimed, not committed.
    BeforeClaim,
    /// Claimed.
    AfterClaim,
    /// Handed over, not committed.
    BeforeHand,
    /// Handed over; nobody was called.
    AfterHand,
    /// Called; nothing is noted.
    AfterCall,
    /// Noted, not committed.
    BeforeSettle,
    /// Noted.
    AfterSettle,
}

impl Point {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::BeforeClaim,
        Self::AfterClaim,
        Self::BeforeHand,
        Self::AfterHand,
        Self::AfterCall,
        Self::BeforeSettle,
        Self::AfterSettle,
    ];

    /// Its name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::BeforeClaim => "before-claim",
            Self::AfterClaim => "after-claim",
            Self::BeforeHand => "before-hand",
            Self::AfterHand => "after-hand",
            Self::AfterCall => "after-call",
            Self::BeforeSettle => "before-settle",
            Self::AfterSettle => "after-settle",
        }
    }
}

/// Told of every point that a worker passes.
pub type Passes = dyn Fn(Point) + Send + Sync;

/// A sending worker.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    /// The desk.
    pub desk: &'a Desk,
    /// Its name, unlike any other's.
    pub name: &'a str,
    /// How long it has what it claims.
    pub lease: SignedDuration,
    /// Told of every point.
    pub passes: &'a Passes,
}

impl std::fmt::Debug for Sender<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Sender({})", self.name)
    }
}

/// What is to be done with something that was claimed.
enum Move {
    /// It goes, to this address if it is a mail.
    Go(Option<String>),
    /// Not before.
    Wait(Timestamp, OutReason),
    /// It does not go.
    Stop(OutReason),
}

impl Sender<'_> {
    /// Sends what is due first, or sees to what a dead worker left behind; false when there is nothing.
    ///
    /// # Errors
    /// When the database does not answer. What was claimed is seen to again when its lease ends.
    pub async fn send_one(&self) -> Result<bool> {
        let before = || (self.passes)(Point::BeforeClaim);
        let claimed = outbox::claim(&self.desk.store, self.name, self.lease, &before).await?;
        let Some(claimed) = claimed else { return Ok(false) };
        (self.passes)(Point::AfterClaim);
        match self.carry_on(&claimed).await {
            Err(DeskError::Store(StoreError::Conflict { what: "outgoing" })) => {
                tracing::warn!(id = %claimed.id, "another worker has taken this");
                Ok(true)
            }
            other => other.map(|()| true),
        }
    }

    async fn carry_on(&self, claimed: &Claimed) -> Result<()> {
        let scope = &Scope::system(claimed.tenant);
        let channel = claimed.channel;
        let found =
            self.desk.store.read(|tx| Box::pin(async move { out_channel::find(tx, scope, channel).await }));
        let settings: Option<Settings> = found.await?;
        let is_left = claimed.state == OutState::Handed;
        if is_left && !self.may_go_again(claimed, settings.as_ref()).await? {
            return Ok(());
        }
        let Some(settings) = settings.filter(|settings| settings.switched_on || is_left) else {
            return self.stop(claimed, OutReason::ChannelOff).await;
        };
        let to = match self.check(scope, claimed, &settings, is_left).await? {
            Move::Go(to) => to,
            Move::Wait(until, reason) => {
                let work = self
                    .desk
                    .store
                    .write(|tx| Box::pin(async move { outbox::postpone(tx, claimed, until, reason).await }));
                return Ok(work.await?);
            }
            Move::Stop(reason) => return self.stop(claimed, reason).await,
        };
        let (call, at) = self
            .desk
            .store
            .write(|tx| {
                Box::pin(async move {
                    let handed = outbox::hand(tx, claimed).await?;
                    (self.passes)(Point::BeforeHand);
                    Ok(handed)
                })
            })
            .await?;
        (self.passes)(Point::AfterHand);
        let outcome = self.call(claimed, &settings.settings, to.as_deref(), at).await;
        (self.passes)(Point::AfterCall);
        let next = after_answer(claimed.delivery, outcome.answer, call);
        tracing::debug!(id = %claimed.id, ?outcome, ?next, "called");
        let outcome = &outcome;
        let settled = self.desk.store.write(|tx| {
            Box::pin(async move {
                let said = (outcome.answer, outcome.detail.as_str());
                outbox::settle(tx, claimed, call, said, next).await?;
                follow(tx, claimed, next).await?;
                (self.passes)(Point::BeforeSettle);
                Ok(())
            })
        });
        settled.await?;
        (self.passes)(Point::AfterSettle);
        Ok(())
    }

    async fn call(&self, claimed: &Claimed, outlet: &Outlet, to: Option<&str>, at: Timestamp) -> Outcome {
        let key = claimed.id.to_string();
        let letter = Letter {
            key: &key,
            at,
            now: self.desk.store.clock().now(),
            to,
            subject: &claimed.body.subject,
            text: &claimed.body.text,
            payload: &claimed.body.payload,
        };
        outlet.send(&letter, self.desk.reach()).await
    }

    /// Sees to something whose worker is gone after it was handed over: whether it goes again.
    async fn may_go_again(&self, claimed: &Claimed, settings: Option<&Settings>) -> Result<bool> {
        let doubt = Next::InDoubt(OutReason::ProgramEnded);
        let (arrived, next) = match (after_loss(claimed.delivery), settings) {
            (Recovery::Resend, Some(_)) => return Ok(true),
            (Recovery::Doubt, _) | (_, None) => (None, Some(doubt)),
            (Recovery::Ask, Some(settings)) => {
                let (key, at) = (claimed.id.to_string(), self.desk.store.clock().now());
                match settings.settings.ask(&key, at, self.desk.reach()).await {
                    Known::Has => (Some(true), Some(Next::Sent)),
                    Known::HasNot => (Some(false), None),
                    Known::NoAnswer if claimed.claims > 2 * MOST_CALLS => (None, Some(doubt)),
                    Known::NoAnswer => (None, Some(Next::Again(ASK_AGAIN))),
                }
            }
        };
        let noted = self.desk.store.write(|tx| {
            Box::pin(async move {
                outbox::found(tx, claimed, arrived, next).await?;
                if let Some(next) = next {
                    follow(tx, claimed, next).await?;
                }
                (self.passes)(Point::BeforeSettle);
                Ok(())
            })
        });
        noted.await?;
        (self.passes)(Point::AfterSettle);
        Ok(next.is_none())
    }

    async fn stop(&self, claimed: &Claimed, reason: OutReason) -> Result<()> {
        let next = Next::Refused(reason);
        let stopped = self.desk.store.write(|tx| {
            Box::pin(async move {
                outbox::stop(tx, claimed, reason).await?;
                follow(tx, claimed, next).await?;
                (self.passes)(Point::BeforeSettle);
                Ok(())
            })
        });
        stopped.await?;
        (self.passes)(Point::AfterSettle);
        Ok(())
    }

    /// Everything that may stop it at the last moment. What was handed over before goes again unchecked under its key: the
    /// other side may have it already.
    async fn check(
        &self,
        scope: &Scope,
        claimed: &Claimed,
        settings: &Settings,
        is_left: bool,
    ) -> Result<Move> {
        let Some(id) = claimed.case else {
            let wanted = claimed.event.is_none_or(|event| settings.events.contains(&event));
            return Ok(if wanted || is_left { Move::Go(None) } else { Move::Stop(OutReason::ChannelOff) });
        };
        let found = self.desk.store.read(|tx| {
            Box::pin(async move {
                let way = way(tx, scope, id).await?;
                Ok((way, outbox::is_other_open(tx, scope, id, claimed.id).await?))
            })
        });
        let (way, other_open) = found.await?;
        let Some(way) = way else { return Ok(Move::Stop(OutReason::CaseOver)) };
        let now = self.desk.store.clock().now();
        let to = match self.address(way, now) {
            Ok(to) => to,
            Err(reason) => return Ok(Move::Stop(reason)),
        };
        if other_open {
            let later = now.saturating_add(AFTER_DOUBT).unwrap_or(now);
            return Ok(Move::Wait(later, OutReason::OtherInDoubt));
        }
        let words = whole(&claimed.body.subject, &claimed.body.text);
        let looked = match gate::look(self.desk, scope, About::Case(id), Channel::Email, &words).await {
            Err(DeskError::NotFound) => return Ok(Move::Stop(OutReason::CaseOver)),
            looked => looked?,
        };
        let stops = |rule: String| !claimed.released.contains(&rule);
        let checked = &looked.checked;
        let findings = checked.findings.iter().map(|noted| &noted.finding);
        let mut held = findings.filter(|finding| finding.severity == Severity::Hold);
        if checked.verdict == Verdict::Block || held.any(|finding| stops(finding.rule.to_string())) {
            return Ok(Move::Stop(OutReason::Guard));
        }
        let is_first = checked.stage == Some(Stage::First);
        let answers = checked.remembered.is_some_and(|known| known.reply_to_buyer);
        Ok(match not_before(is_first, answers, &looked.zone(), now) {
            Some(opens) => Move::Wait(opens, OutReason::QuietHours),
            None => Move::Go(Some(to)),
        })
    }

    fn address(&self, way: Way, now: Timestamp) -> std::result::Result<String, OutReason> {
        if way.opted_out {
            return Err(OutReason::OptOut);
        }
        if !allows_mail(self.desk, &way, now) {
            return Err(OutReason::NotAllowed);
        }
        way.email.ok_or(OutReason::NoAddress)
    }
}

/// What follows from how it goes on: the story of the case, its plan, promises, the audit, and what the team is told.
async fn follow(tx: &mut Tx<'_>, claimed: &Claimed, next: Next) -> std::result::Result<(), StoreError> {
    let Some(id) = claimed.case else { return Ok(()) };
    let (state, reason, event) = match next {
        Next::Sent => (OutState::Sent, None, TeamEvent::MessageSent),
        Next::Refused(reason) => (OutState::Refused, Some(reason), TeamEvent::MessageStuck),
        Next::InDoubt(reason) => (OutState::InDoubt, Some(reason), TeamEvent::MessageStuck),
        Next::Queue(_) | Next::Again(_) => return Ok(()),
    };
    let now = tx.now();
    let scope = &Scope::system(claimed.tenant);
    let author = claimed.author.map_or(Actor::System, Actor::User);
    let author = &Scope { actor: author, ..scope.clone() };
    if state == OutState::Sent {
        was_sent(tx, (author, scope), (claimed.id, id), &claimed.body, now).await?;
    } else {
        case::lock_for_change(tx, scope, id).await?;
        let body =
            json!({ "outgoing": claimed.id, "state": state, "channel": claimed.channel, "reason": reason });
        case::add_event(tx, scope, id, EventKind::Outbox, &body, now).await?;
    }
    let detail = json!({ "outgoing": claimed.id, "channel": claimed.channel, "reason": reason });
    audit::append(tx, scope, deed(state), "case", &id.to_string(), &detail).await?;
    let case = case::get(tx, scope, id).await?;
    let shop = case.as_ref().map(|case| case.row.shop.name.as_str());
    notices::tell(tx, scope, event, shop, case.as_ref().map(|case| case.row.number)).await
}

/// Notes a message in the story of its case as said by its author: it counts for what may be said next, and what it promises
/// is kept.
pub(super) async fn was_sent(
    tx: &mut Tx<'_>,
    (author, by): (&Scope, &Scope),
    (id, case): (OutgoingId, CaseId),
    body: &OutBody,
    at: Timestamp,
) -> std::result::Result<(), StoreError> {
    let head = case::lock_for_change(tx, by, case).await?;
    let told =
        json!({ "text": body.text, "channel": Channel::Email, "subject": body.subject, "outgoing": id });
    case::add_event(tx, author, case, EventKind::Message, &told, at).await?;
    promises::found_in(tx, author, by, (case, head.shop), &body.text).await?;
    // It counts as a contact.
    case::mark_for_plan(tx, by, &[head.merged_into.unwrap_or(case), case]).await
}
