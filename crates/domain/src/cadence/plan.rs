//! The contacts that may still be made, and why none follows.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde::Serialize;

use super::attempt::{Attempt, Attempts};
use super::contact::{Contact, ContactChannel};
use super::rhythm::{DAYS, Kind, LAST, Rhythm};
use super::slot::{Slot, slot};
use super::stop::{Stop, StopReason};
use crate::call::CallResult;
use crate::say::Say;

/// How long "now" lasts when the buyer is seen online.
const ONLINE: SignedDuration = SignedDuration::from_mins(30);

/// What the rhythm of a case depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactFacts {
    /// When the review or request was found; day 1 is the buyer's local date of it.
    pub found: Timestamp,
    /// Where the buyer's days are counted.
    pub zone: TimeZone,
    /// Contacts made so far.
    pub attempts: Vec<Attempt>,
    /// The buyer wants no messages.
    pub has_opted_out: bool,
    /// Extortion, a competitor or a threat.
    pub is_malicious: bool,
    /// The buyer is seen online now.
    pub is_online: bool,
    /// The last second at which the platform allows messages of our own accord; `None` when no such rule is known.
    pub messages_until: Option<Timestamp>,
}

/// The contacts that may be made, the next one first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactPlan {
    /// What may follow.
    pub contacts: Vec<Contact>,
    /// Since when nothing follows, and why; null while something does.
    pub stop: Option<Stop>,
    /// What was done so far.
    pub attempts: Attempts,
}

/// Plans the contacts of a case from `as_of` on.
///
/// None follows an opt-out, a refusal or a change by the buyer. A case has at most as many days with a contact as the
/// rules say, attempts counted in; a day has at most so many contacts, and so many calls. A day whose windows have passed
/// is gone: the next one takes its own place, not that of the day that was missed.
#[must_use]
pub fn plan(facts: &ContactFacts, rhythm: &Rhythm, as_of: Timestamp) -> ContactPlan {
    let attempts = Attempts::new(&facts.attempts, &facts.zone);
    let stopped = ended(facts, rhythm, as_of);
    let (contacts, stop) = match stopped {
        Some(stop) => (Vec::new(), Some(stop)),
        None => {
            let contacts = Planner { facts, rhythm, as_of, attempts: &attempts }.contacts();
            let stop = contacts.is_empty().then(|| exhausted(facts, rhythm, &attempts, as_of));
            (contacts, stop)
        }
    };
    ContactPlan { contacts, stop, attempts }
}

/// What ends the rhythm whatever the day.
fn ended(facts: &ContactFacts, rhythm: &Rhythm, as_of: Timestamp) -> Option<Stop> {
    if facts.has_opted_out {
        return Some(Stop::new(as_of, StopReason::OptOut));
    }
    let mut ends: Vec<_> = facts
        .attempts
        .iter()
        .filter_map(|attempt| match attempt.result? {
            CallResult::Refused if rhythm.stops_on_refusal => Some((attempt.at, StopReason::Refused)),
            CallResult::Changed => Some((attempt.at, StopReason::Changed)),
            _ => None,
        })
        .collect();
    ends.sort_unstable();
    if let Some((at, reason)) = ends.first() {
        return Some(Stop::new(*at, *reason));
    }
    if facts.is_malicious {
        return Some(Stop::new(as_of, StopReason::Malicious));
    }
    rhythm.channels.is_empty().then(|| Stop::new(as_of, StopReason::NoChannel))
}

/// Why no contact is left although nothing has ended it.
fn exhausted(facts: &ContactFacts, rhythm: &Rhythm, attempts: &Attempts, as_of: Timestamp) -> Stop {
    if let Some(until) = facts.messages_until.filter(|until| *until < as_of) {
        return Stop::new(until, StopReason::MessagesClosed);
    }
    let last = facts.attempts.iter().map(|attempt| attempt.at).max();
    if let Some(last) = last.filter(|_| attempts.days() >= rhythm.contact_days) {
        return Stop::new(last, StopReason::DaysUsed);
    }
    let sixth = date_of(facts, LAST[1] + 1).and_then(|date| date.to_zoned(facts.zone.clone()).ok());
    let over = sixth.map_or(as_of, |sixth| sixth.timestamp());
    // Before the end of the fifth day the last contact has been made, or its hours have passed.
    Stop::new(over.min(as_of), StopReason::RhythmOver)
}

fn date_of(facts: &ContactFacts, day: u8) -> Option<Date> {
    let first = facts.found.to_zoned(facts.zone.clone()).date();
    first.checked_add((i64::from(day) - 1).days()).ok()
}

struct Planner<'a> {
    facts: &'a ContactFacts,
    rhythm: &'a Rhythm,
    as_of: Timestamp,
    attempts: &'a Attempts,
}

impl Planner<'_> {
    fn contacts(&self) -> Vec<Contact> {
        let mut contacts: Vec<Contact> = Vec::new();
        let (mut days_used, mut is_first) = (self.attempts.days(), self.attempts.days() == 0);
        for day in self.days() {
            let Some(date) = date_of(self.facts, day) else { break };
            let made = self.attempts.on(date);
            if made == 0 && days_used >= self.rhythm.contact_days {
                continue;
            }
            let planned = self.day(day, date, is_first);
            if made > 0 || !planned.is_empty() {
                is_first = false;
                days_used += usize::from(made == 0);
                contacts.extend(planned);
                if LAST.contains(&day) {
                    break;
                }
            }
        }
        contacts
    }

    /// The days that may have a contact: of the last two only one, and that is the one that has had it.
    fn days(&self) -> Vec<u8> {
        let had = |day: u8| date_of(self.facts, day).is_some_and(|date| self.attempts.on(date) > 0);
        let last = LAST.into_iter().find(|day| had(*day));
        DAYS.into_iter().filter(|day| last.is_none_or(|last| *day == last || !LAST.contains(day))).collect()
    }

    /// What may be done on one day: a call, and a text after it; or one message where calls are not allowed.
    fn day(&self, day: u8, date: Date, is_first: bool) -> Vec<Contact> {
        let mut left = self.rhythm.contacts_a_day.saturating_sub(self.attempts.on(date));
        let calls_left = self.rhythm.calls_a_day.saturating_sub(self.attempts.calls_on(date));
        let mut planned: Vec<Contact> = Vec::new();
        let mut add = |planned: &mut Vec<Contact>, channel: ContactChannel, slot: Option<Slot>| {
            let Some(slot) = slot.filter(|_| left > 0).and_then(|slot| self.in_time(slot)) else { return };
            left -= 1;
            planned.push(self.contact(channel, slot, day, date, is_first));
        };
        let message = self.message_channel();
        if self.facts.is_online && self.is_today(date) {
            let now = message.map(|channel| (channel, self.now(date)));
            if let Some((channel, slot)) = now {
                add(&mut planned, channel, slot);
            }
        }
        let can_call = self.rhythm.allows(ContactChannel::Phone);
        if can_call && calls_left > 0 {
            add(&mut planned, ContactChannel::Phone, self.slot(ContactChannel::Phone, date));
        }
        let wants_text = can_call || message.is_none();
        if wants_text && self.rhythm.allows(ContactChannel::Sms) {
            // A text follows the call of its day; one in the same minute would only be noise.
            let call =
                planned.iter().find(|contact| contact.channel == ContactChannel::Phone).map(|call| call.from);
            let text = self.slot(ContactChannel::Sms, date);
            add(
                &mut planned,
                ContactChannel::Sms,
                text.filter(|text| call.is_none_or(|call| text.from > call)),
            );
        }
        if !can_call
            && planned.is_empty()
            && self.attempts.on(date) == 0
            && let Some(channel) = message
        {
            let slot =
                if is_first && self.is_today(date) { self.at_once(date) } else { self.slot(channel, date) };
            add(&mut planned, channel, slot);
        }
        planned.sort_by_key(|contact| (contact.from, contact.channel));
        planned
    }

    /// The channel for what waits to be read: the platform's own first.
    fn message_channel(&self) -> Option<ContactChannel> {
        let order = [ContactChannel::PlatformMessage, ContactChannel::Chat, ContactChannel::Email];
        order.into_iter().find(|channel| self.rhythm.allows(*channel))
    }

    fn start(&self) -> Timestamp {
        self.as_of.max(self.facts.found)
    }

    fn is_today(&self, date: Date) -> bool {
        self.start().to_zoned(self.facts.zone.clone()).date() == date
    }

    fn slot(&self, channel: ContactChannel, date: Date) -> Option<Slot> {
        let stretches = self.rhythm.stretches(channel).into_iter();
        stretches.filter_map(|(from, to)| slot(&self.facts.zone, date, from, to, self.start())).next()
    }

    /// A message may go out at any hour when it is the first: until the evening, or late at night until the day ends.
    fn at_once(&self, date: Date) -> Option<Slot> {
        let now = self.start();
        let evening = self.slot(ContactChannel::PlatformMessage, date).map(|slot| slot.to);
        let today = slot(&self.facts.zone, date, Time::midnight(), None, now)?;
        let end = evening.filter(|evening| *evening > now).unwrap_or(today.to);
        Some(Slot { from: today.from, to: end.min(today.to) })
    }

    fn now(&self, date: Date) -> Option<Slot> {
        let today = slot(&self.facts.zone, date, Time::midnight(), None, self.start())?;
        let until = today.from.checked_add(ONLINE).ok()?;
        Some(Slot { from: today.from, to: until.min(today.to) })
    }

    /// Cut at the last second of the platform's time for messages.
    fn in_time(&self, slot: Slot) -> Option<Slot> {
        let Some(until) = self.facts.messages_until else { return Some(slot) };
        let to = slot.to.min(until);
        (slot.from < to).then_some(Slot { to, ..slot })
    }

    fn contact(&self, channel: ContactChannel, slot: Slot, day: u8, date: Date, is_first: bool) -> Contact {
        Contact {
            channel,
            from: slot.from,
            to: slot.to,
            day,
            why: why(channel.kind(), day, is_first),
            warning: self.warning(channel, slot, date),
        }
    }

    fn warning(&self, channel: ContactChannel, slot: Slot, date: Date) -> Option<Say> {
        if channel.kind() == Kind::Message {
            return None;
        }
        let zone = &self.facts.zone;
        let day = date.to_datetime(Time::midnight());
        let overlaps = |from: Time, to: Time| {
            let at = |time: Time| zone.to_ambiguous_timestamp(day.date().to_datetime(time)).compatible().ok();
            at(from).zip(at(to)).is_some_and(|(from, to)| from < slot.to && slot.from < to)
        };
        let quiet = self.rhythm.soft_quiet().iter().find(|quiet| overlaps(quiet.from, quiet.to))?;
        Some(Say::new(
            format!("{quiet} 买家可能在休息，尽量避开"),
            format!("{quiet} the buyer may be resting; better not then"),
        ))
    }
}

fn why(kind: Kind, day: u8, is_first: bool) -> Say {
    let (zh, en) = match (kind, is_first, LAST.contains(&day)) {
        (Kind::Call, true, _) => (
            "第一次联系：先道歉，听完再说，给出解决办法",
            "the first contact: apologise, listen, then offer a way to put it right",
        ),
        (Kind::Call, false, false) => (
            "第二天跟进：说说处理到哪一步了，问还有什么要我们做",
            "the second day: say how far it has come and ask what else is needed",
        ),
        (Kind::Call, false, true) => (
            "最后一次：简短说明结果，之后不再打扰",
            "the last one: say briefly how it stands, and leave it there",
        ),
        (Kind::Text, _, false) => (
            "电话之后补一条短信，写清处理办法和怎么找到我们",
            "a text after the call: what is being done and how to reach us",
        ),
        (Kind::Text, _, true) => {
            ("最后一条短信：说明结果，之后不再打扰", "the last text: how it stands, and no more after it")
        }
        (Kind::Message, true, _) => (
            "第一条消息：道歉，问清情况，给出解决办法，不提评价",
            "the first message: apologise, ask what happened, offer a way to put it right; nothing about what was written",
        ),
        (Kind::Message, false, false) => {
            ("第二天的消息：说说处理到哪一步了", "the second day: say how far it has come")
        }
        (Kind::Message, false, true) => (
            "最后一条消息：说明结果，之后只回复买家来信",
            "the last message: how it stands; after it only answer what the buyer writes",
        ),
    };
    Say::new(zh, en)
}
