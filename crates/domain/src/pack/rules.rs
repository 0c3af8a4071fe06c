//! The rules in force for one shop: base, platform, law and the merchant's own together.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Pack;
use super::entry::Entry;
use super::ground::{Condition, Ground, conditions};
use super::guard::GuardRule;
use super::policy::{AskChange, Benefit, Cadence, Messaging, PublicReply};
use super::window::{Timer, Window};
use crate::shop::Object;
use crate::source::Source;

/// The rules in force for one shop. What is not there is unknown: there is no rule known, which is not "allowed".
#[derive(Debug, Clone, PartialEq)]
pub struct Rules<'a> {
    pub(super) base: Option<&'a Pack>,
    pub(super) platform: Option<&'a Pack>,
    pub(super) laws: Vec<&'a Pack>,
    pub(super) own: Vec<&'a Pack>,
    pub(super) on: Date,
}

impl<'a> Rules<'a> {
    /// The day for which the packs were chosen.
    #[must_use]
    pub fn on(&self) -> Date {
        self.on
    }

    /// The pack of the platform; `None` when there is none for it.
    #[must_use]
    pub fn platform(&self) -> Option<&'a Pack> {
        self.platform
    }

    /// Every pack, the least to the most binding: base, platform, law, the merchant's own (which can only be stricter).
    pub fn packs(&self) -> impl Iterator<Item = &'a Pack> + '_ {
        let first = self.base.into_iter().chain(self.platform);
        first.chain(self.laws.iter().copied()).chain(self.own.iter().copied())
    }

    /// Whether the facts of one of the packs are due to be looked at again.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.packs().any(|pack| pack.is_stale(self.on))
    }

    /// The zone in which the platform counts local days; `None`, the shop's.
    #[must_use]
    pub fn timezone(&self) -> Option<TimeZone> {
        let name = self.platform?.header.timezone.as_deref()?;
        TimeZone::get(name).ok()
    }

    /// Every window of any date; the caller asks which holds on the day of its event. Law replaces a platform's of its id.
    pub fn windows(&self) -> impl Iterator<Item = &'a Window> + '_ {
        self.packs().flat_map(move |pack| {
            pack.windows().iter().filter(move |window| {
                !self.later(pack, |later| later.windows().iter().any(|other| other.id == window.id))
            })
        })
    }

    /// The window with this id that holds on the day of the event.
    #[must_use]
    pub fn window(&self, id: &str, event: Date) -> Option<&'a Window> {
        self.windows()
            .filter(|window| window.id == id && window.record.holds(event))
            .max_by_key(|window| window.record.effective_from)
    }

    /// Every timer of any date. Law replaces a platform's of its id.
    pub fn timers(&self) -> impl Iterator<Item = &'a Timer> + '_ {
        self.packs().flat_map(move |pack| {
            pack.timers().iter().filter(move |timer| {
                !self.later(pack, |later| later.timers().iter().any(|other| other.id == timer.id))
            })
        })
    }

    /// The timer with this id that holds on the day of the event.
    #[must_use]
    pub fn timer(&self, id: &str, event: Date) -> Option<&'a Timer> {
        self.timers()
            .filter(|timer| timer.id == id && timer.record.holds(event))
            .max_by_key(|timer| timer.record.effective_from)
    }

    fn later(&self, pack: &Pack, has: impl Fn(&Pack) -> bool) -> bool {
        self.packs().skip_while(|other| !std::ptr::eq(*other, pack)).skip(1).any(has)
    }

    /// The grounds on which the platform removes an object; empty, no rule known.
    pub fn grounds(&self, object: Object) -> impl Iterator<Item = &'a Ground> + '_ {
        let all = self.platform.map(Pack::grounds).unwrap_or_default();
        all.iter().filter(move |ground| ground.object == object && ground.record.holds(self.on))
    }

    /// What every removal needs beside its ground.
    #[must_use]
    pub fn removal_needs(&self) -> Vec<Condition> {
        self.removal().map(|entry| conditions(entry, "needs")).unwrap_or_default()
    }

    /// What the platform says of removals.
    #[must_use]
    pub fn removal(&self) -> Option<&'a Entry> {
        self.platform?.table("removal", self.on)
    }

    /// A rule of the guard, the strictest of all packs; `None` where no pack has it.
    #[must_use]
    pub fn guard(&self, rule: &str) -> Option<&'a GuardRule> {
        let found = self.packs().flat_map(Pack::guards);
        let found = found.filter(|guard| guard.rule == rule && guard.record.holds(self.on));
        found.reduce(|strictest, guard| if guard.severity > strictest.severity { guard } else { strictest })
    }

    /// Every rule of the guard that a pack in force has, of the least binding pack first.
    pub fn guards(&self) -> impl Iterator<Item = &'a GuardRule> + '_ {
        self.packs().flat_map(Pack::guards).filter(|guard| guard.record.holds(self.on))
    }

    /// Whether a buyer may be asked to change this object; `None`, no rule known.
    #[must_use]
    pub fn ask_change(&self, object: Object) -> Option<AskChange> {
        let all = self
            .packs()
            .filter_map(|pack| AskChange::of(pack.entry("ask_change", object.code(), self.on)?));
        all.reduce(|strictest, other| if other.policy > strictest.policy { other } else { strictest })
    }

    /// Whether anything may be given for a review of a certain kind, and for any review at all.
    #[must_use]
    pub fn incentive(&self) -> (Option<Benefit>, Option<Benefit>) {
        let strictest = |key: &str| {
            let all = self.packs().filter_map(|pack| pack.table("incentive", self.on));
            all.filter_map(|entry| Benefit::from_code(entry.text(key)?)).max()
        };
        (strictest("conditional_on_sentiment"), strictest("any"))
    }

    /// The shop's answer beneath a review; `None`, no rule known.
    #[must_use]
    pub fn public_reply(&self) -> Option<PublicReply> {
        PublicReply::of(self.platform?.table("public_reply", self.on)?)
    }

    /// How buyers may be written to; `None`, no rule known.
    #[must_use]
    pub fn messaging(&self) -> Option<Messaging> {
        let mut messaging = Messaging::of(self.platform?.table("messaging", self.on)?);
        for own in self.own.iter().filter_map(|pack| pack.table("messaging", self.on)) {
            let allowed = own.texts("channels");
            messaging.channels.retain(|channel| allowed.contains(channel));
        }
        Some(messaging)
    }

    /// The longest text of a channel (a kind of message for `platform_message`), in Unicode scalar values; `None`, no rule
    /// known.
    #[must_use]
    pub fn max_chars(&self, channel: &str, kind: Option<&str>) -> Option<u32> {
        match channel {
            "public_reply" => self.public_reply()?.max,
            _ => self.messaging()?.max_chars.get(kind.unwrap_or(channel)).copied(),
        }
    }

    /// How often and when a buyer may be contacted: the strictest of all packs.
    #[must_use]
    pub fn cadence(&self) -> Cadence {
        let entries = self.packs().filter_map(|pack| pack.table("cadence", self.on));
        entries.fold(Cadence::default(), Cadence::with)
    }

    /// Those of some sources that a pack in force describes: what the base cites of other countries' laws and of other
    /// platforms is left out. Where nothing would be left, all of them.
    #[must_use]
    pub fn at_home(&self, sources: Vec<Source>) -> Vec<Source> {
        let (home, abroad): (Vec<Source>, Vec<Source>) = sources.into_iter().partition(|source| {
            let mut described = self.packs().flat_map(|pack| pack.section("source"));
            described.any(|entry| entry.id.as_deref() == Some(source.key.as_str()))
        });
        if home.is_empty() { abroad } else { home }
    }

    /// A platform's text for people, such as where a request is filed; never used in logic.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<&'a Entry> {
        self.packs().filter_map(|pack| pack.entry("text", id, self.on)).last()
    }
}
