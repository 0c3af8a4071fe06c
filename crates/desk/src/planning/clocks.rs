//! The clocks of cases: their facts put together from what is stored, what is told of them, and what follows.
//!
//! Each stage of each clock is told once, however many programs look: the case is locked, must be as it was read, and the
//! key of what was told lets nothing in twice. It stands in the transaction that also writes the event.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use pingxin_domain::calendar::SpecialDay;
use pingxin_domain::call::CallDirection;
use pingxin_domain::chat::ChatSide;
use pingxin_domain::clock::{
    Alarm, CaseStory, Clock, ClockFacts, Duty, OLD, Opening, Stage, Summary, clocks,
};
use pingxin_domain::outbox::TeamEvent;
use pingxin_domain::plan::Horizon;
use pingxin_domain::{CaseId, Scope, ShopId, UserId};
use pingxin_store::case::{self, CaseHead, CaseKnown, CaseTimed, EventKind};
use pingxin_store::shop_clock::{self, ShopClocks};
use pingxin_store::{StoreError, Tx, audit, shift, user};
use serde_json::json;

use crate::calendar;
use crate::outbox::notices;

/// Rosters are read so far back and ahead.
const AROUND: SignedDuration = SignedDuration::from_hours(24 * 400);

/// Everything beside the cases themselves that their clocks are counted from.
#[derive(Debug)]
pub(crate) struct Clockwork {
    settings: HashMap<ShopId, ShopClocks>,
    desk: ShopClocks,
    own: Vec<SpecialDay>,
    kept_from: Timestamp,
    timed: HashMap<CaseId, CaseTimed>,
    duties: HashMap<UserId, Duty>,
}

impl Clockwork {
    /// Reads it for some cases.
    ///
    /// # Errors
    /// The database's error.
    pub(crate) async fn read(
        tx: &mut Tx<'_>,
        scope: &Scope,
        known: &[CaseKnown],
    ) -> std::result::Result<Self, StoreError> {
        let now = tx.now();
        let (from, to) = (now.checked_sub(AROUND).unwrap_or(now), now.checked_add(AROUND).unwrap_or(now));
        let ids: Vec<CaseId> = known.iter().map(|case| case.id).collect();
        let mut shops: Vec<ShopId> = known.iter().map(|case| case.shop).collect();
        shops.sort_unstable();
        shops.dedup();
        let mut people: Vec<UserId> = known.iter().filter_map(|case| case.life.owner).collect();
        people.sort_unstable();
        people.dedup();
        Ok(Self {
            settings: shop_clock::of_shops(tx, scope, &shops).await?,
            desk: ShopClocks::default(),
            own: calendar::around_now(tx, scope).await?,
            kept_from: shop_clock::kept_from(tx, scope).await?,
            timed: case::timed(tx, scope, &ids).await?,
            duties: shift::of_people(tx, scope, &people, from, to).await?,
        })
    }

    /// The merchant's own days.
    pub(crate) fn days(&self) -> &[SpecialDay] {
        &self.own
    }

    /// The clocks of one of them.
    pub(crate) fn clocks(&self, known: &CaseKnown, horizon: &Horizon) -> Vec<Clock> {
        let settings = self.settings.get(&known.shop).unwrap_or(&self.desk);
        let zone = TimeZone::get(&known.timezone).unwrap_or(TimeZone::UTC);
        let opening = Opening { zone: &zone, hours: &settings.hours, own: &self.own };
        clocks(&self.facts(known, horizon), &settings.goals, opening)
    }

    fn facts(&self, known: &CaseKnown, horizon: &Horizon) -> ClockFacts {
        let none = CaseTimed::default();
        let timed = self.timed.get(&known.id).unwrap_or(&none);
        let story = CaseStory::of(&timed.moves, known.life.waiting);
        let opened = story.began.unwrap_or(known.opened_at);
        let began = opened.max(self.kept_from);
        // What was done before the desk knew of the review counts as well.
        let is_first = opened <= known.opened_at;
        let written = known.created.filter(|_| is_first).unwrap_or(opened);
        let calls = known.calls.iter().filter(|call| call.direction != Some(CallDirection::In));
        let said = |side| {
            let of = known.messages.iter().filter(move |message| message.side == Some(side));
            of.map(|message| message.at)
        };
        let responses = known.logged.iter().map(|attempt| attempt.at).chain(calls.map(|call| call.at));
        let responses = responses.chain(said(ChatSide::Seller)).chain(known.replies.iter().copied());
        let owner = known.life.owner;
        ClockFacts {
            state: known.life.state,
            began,
            is_old: is_first && opened.duration_since(written) > OLD,
            pauses: story.pauses,
            counts_from: written.min(opened),
            responses: responses.collect(),
            messages: said(ChatSide::Buyer).collect(),
            tasks: timed.tasks.clone(),
            due: horizon.due,
            acted: owner.and(timed.acted.max(story.owned_since)).map(|acted| acted.max(self.kept_from)),
            duty: owner.and_then(|owner| self.duties.get(&owner)).cloned().unwrap_or_default(),
        }
    }

    fn untold(&self, id: CaseId, summary: &Summary) -> Vec<Alarm> {
        let timed = self.timed.get(&id);
        summary
            .alarms
            .iter()
            .filter(|alarm| !timed.is_some_and(|timed| timed.knows(alarm)))
            .copied()
            .collect()
    }

    /// Writes what lists show of a case, and tells what is to be told of its clocks. When somebody was quicker nothing is
    /// written: he has done it.
    ///
    /// # Errors
    /// The database's error.
    pub(crate) async fn keep(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        known: &CaseKnown,
        horizon: &Horizon,
    ) -> std::result::Result<(), StoreError> {
        let clocks = self.clocks(known, horizon);
        let summary = Summary::of(&clocks, tx.now());
        let untold = self.untold(known.id, &summary);
        if !untold.is_empty() {
            let head = case::lock_for_change(tx, scope, known.id).await?;
            if head.version != known.version {
                return Ok(());
            }
            tell(tx, scope, &head, &untold).await?;
        }
        case::set_horizon(tx, scope, known.id, horizon, &summary).await
    }
}

async fn tell(
    tx: &mut Tx<'_>,
    scope: &Scope,
    head: &CaseHead,
    alarms: &[Alarm],
) -> std::result::Result<(), StoreError> {
    let mut events = Vec::new();
    for alarm in alarms {
        if !case::tell(tx, scope, head.id, alarm).await? {
            continue;
        }
        let body =
            json!({ "clock": alarm.kind, "task": alarm.task, "since": alarm.since, "due_at": alarm.at });
        match alarm.stage {
            Stage::Warned => events.push((EventKind::ClockWarned, body)),
            Stage::Breached => events.push((EventKind::ClockBreached, body)),
            Stage::Escalated => {
                events.push((EventKind::Escalated, body));
                if let Some(case) = case::get(tx, scope, head.id).await? {
                    let (shop, number) = (Some(case.row.shop.name.as_str()), Some(case.row.number));
                    notices::tell(tx, scope, TeamEvent::CaseEscalated, shop, number).await?;
                }
            }
            Stage::Taken => take_away(tx, scope, head).await?,
        }
    }
    for (kind, body) in events {
        case::add_event_by_itself(tx, scope, head.id, kind, &body).await?;
    }
    Ok(())
}

/// Puts the case of somebody who was silent on duty back into the queue.
async fn take_away(tx: &mut Tx<'_>, scope: &Scope, head: &CaseHead) -> std::result::Result<(), StoreError> {
    let now = tx.now();
    let Ok(after) = head.life.release(None, true) else { return Ok(()) };
    let was = match head.life.owner {
        Some(was) => user::find(tx, scope, was).await?,
        None => None,
    };
    case::set_life(tx, scope, head, after, head.merged_into, now).await?;
    let was = was.map(|user| json!({ "id": user.id, "name": user.display_name }));
    let body = json!({ "owner": was, "why": "silent" });
    case::add_event_by_itself(tx, scope, head.id, EventKind::Released, &body).await?;
    let detail = json!({ "owner": null, "why": "silent" });
    audit::append(tx, scope, "case.release", "case", &head.id.to_string(), &detail).await
}
