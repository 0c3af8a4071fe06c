//! Every deadline of a review or order: a pure function of rules, events, zone and now.
//!
//! [`deadlines`] is the one entry: each window and timer of the [`Rules`] whose event is known is counted from it, with the
//! value that was in force on the day of the event. How days are counted stands in `count.rs`. What has no rule has no
//! deadline; nothing is guessed.

mod count;
mod events;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::calendar::SpecialDay;
use crate::pack::{Anchor, Length, OrderState, Party, Record, Rules, Timer, Window};
use crate::{Object, Say};

pub use count::{Counted, count};

/// What has happened so far. What is absent has not happened, or nobody knows when.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Events {
    at: BTreeMap<Anchor, Timestamp>,
    /// Where the order stands; timers of other states do not run.
    pub state: Option<OrderState>,
    /// What the buyer left; windows of other objects do not count.
    pub object: Option<Object>,
}

impl Events {
    /// These events and one more; nothing is added when it is not known when.
    #[must_use]
    pub fn and(mut self, anchor: Anchor, at: Option<Timestamp>) -> Self {
        self.at.extend(at.map(|at| (anchor, at)));
        self
    }

    /// When something happened.
    #[must_use]
    pub fn at(&self, anchor: Anchor) -> Option<Timestamp> {
        self.at.get(&anchor).copied()
    }
}

/// Where now stands to a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It cannot be done yet.
    NotYet,
    /// It can be done now.
    Open,
    /// It is too late.
    Over,
    /// It cannot be done at any time.
    Impossible,
}

/// One deadline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Deadline {
    /// The id of the window or timer.
    pub what: String,
    /// What it is called.
    pub name: Say,
    /// Who may act, or is waited for.
    pub who: Party,
    /// Whether it is a clock of the platform, which acts when it ends.
    pub timer: bool,
    /// The pack that says so; null for a window that was asked for alone.
    pub pack: Option<String>,
    /// The event it is counted from.
    pub anchor: Anchor,
    /// When that was.
    pub counted_from: Timestamp,
    /// How long it is; null when it is impossible.
    pub length: Option<Length>,
    /// What the platform does when a timer ends.
    pub on_expiry: Option<String>,
    /// The first moment at which it can be done; null, from the event on.
    pub opens: Option<Timestamp>,
    /// The last second at which it can be done; null when it is impossible.
    pub at: Option<Timestamp>,
    /// The local date of that second.
    pub last_day: Option<Date>,
    /// Where now stands to it.
    pub standing: Standing,
    /// Whether the working days of every year it crosses are known.
    pub calendar_known: bool,
    /// Whether the pack is due to be looked at again: shown beside every countdown, changes nothing.
    pub stale: bool,
    /// How well the rule is known.
    pub record: Record,
}

/// Every deadline whose event is known, the earliest first.
///
/// `zone` is the shop's; where the platform counts in a zone of its own, that one is used. `own` are the merchant's own
/// special days, for rules that count working days.
#[must_use]
pub fn deadlines(
    rules: &Rules<'_>,
    events: &Events,
    zone: &TimeZone,
    own: &[SpecialDay],
    now: Timestamp,
) -> Vec<Deadline> {
    let zone = rules.timezone().unwrap_or_else(|| zone.clone());
    let clock = Clock { zone: &zone, own, now, stale: rules.is_stale() };
    let windows = rules.windows().filter(|window| about(window, events.object));
    let timers = rules.timers().filter(|timer| {
        timer.order_state.is_none() || events.state.is_none() || timer.order_state == events.state
    });
    let windows = windows.filter_map(|window| {
        let pack = rules.packs().find(|pack| pack.windows().iter().any(|own| std::ptr::eq(own, window)));
        Some(Deadline { pack: pack.map(|pack| pack.header.id.clone()), ..clock.window(window, events)? })
    });
    let timers = timers.filter_map(|timer| {
        let pack = rules.packs().find(|pack| pack.timers().iter().any(|own| std::ptr::eq(own, timer)));
        Some(Deadline { pack: pack.map(|pack| pack.header.id.clone()), ..clock.timer(timer, events)? })
    });
    let mut found: Vec<Deadline> = windows.chain(timers).collect();
    found.sort_by(|one, two| one.at.cmp(&two.at).then_with(|| one.what.cmp(&two.what)));
    found
}

/// The deadline of one window, if its event is known and it was in force then.
#[must_use]
pub fn of_window(
    window: &Window,
    events: &Events,
    zone: &TimeZone,
    own: &[SpecialDay],
    now: Timestamp,
) -> Option<Deadline> {
    Clock { zone, own, now, stale: false }.window(window, events)
}

fn about(window: &Window, object: Option<Object>) -> bool {
    let (Some(wanted), Some(object)) = (&window.object, object) else { return true };
    wanted == object.code()
}

struct Clock<'a> {
    zone: &'a TimeZone,
    own: &'a [SpecialDay],
    now: Timestamp,
    stale: bool,
}

impl Clock<'_> {
    fn window(&self, window: &Window, events: &Events) -> Option<Deadline> {
        let event = events.at(window.anchor)?;
        let day = event.to_zoned(self.zone.clone()).date();
        if !window.record.holds(day) {
            return None;
        }
        let mut deadline = Deadline {
            what: window.id.clone(),
            name: window.name.clone(),
            who: window.who,
            timer: false,
            pack: None,
            anchor: window.anchor,
            counted_from: event,
            length: window.length,
            on_expiry: None,
            opens: None,
            at: None,
            last_day: None,
            standing: Standing::Impossible,
            calendar_known: true,
            stale: self.stale,
            record: window.record.clone(),
        };
        let Some(length) = window.length else { return Some(deadline) };
        let counted = count(event, length, window.calendar, window.start, self.zone, self.own)?;
        let mut at = counted.at;
        if let Some(ended) = window.not_after.and_then(|anchor| events.at(anchor)) {
            at = at.min(ended);
        }
        if let Some((anchor, days)) = window.opens {
            let from = events.at(anchor)?;
            let start = from.to_zoned(self.zone.clone()).date();
            deadline.opens = Some(count::start_of(count::later(start, days)?, self.zone)?);
        }
        self.put(&mut deadline, at, counted.calendar_known);
        Some(deadline)
    }

    fn timer(&self, timer: &Timer, events: &Events) -> Option<Deadline> {
        let event = events.at(timer.anchor)?;
        if !timer.record.holds(event.to_zoned(self.zone.clone()).date()) {
            return None;
        }
        let counted = count(event, timer.length, timer.calendar, timer.start, self.zone, self.own)?;
        let mut deadline = Deadline {
            what: timer.id.clone(),
            name: timer.name.clone(),
            who: timer.waiting_for,
            timer: true,
            pack: None,
            anchor: timer.anchor,
            counted_from: event,
            length: Some(timer.length),
            on_expiry: timer.on_expiry.clone(),
            opens: None,
            at: None,
            last_day: None,
            standing: Standing::Open,
            calendar_known: true,
            stale: self.stale,
            record: timer.record.clone(),
        };
        self.put(&mut deadline, counted.at, counted.calendar_known);
        Some(deadline)
    }

    fn put(&self, deadline: &mut Deadline, at: Timestamp, calendar_known: bool) {
        deadline.at = Some(at);
        deadline.last_day = Some(at.to_zoned(self.zone.clone()).date());
        deadline.calendar_known = calendar_known;
        deadline.standing = if self.now.as_second() > at.as_second() {
            Standing::Over
        } else if deadline.opens.is_some_and(|opens| self.now < opens) {
            Standing::NotYet
        } else {
            Standing::Open
        };
    }
}

#[cfg(test)]
mod tests;
