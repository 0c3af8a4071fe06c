//! The rhythm of a shop: days, hours and caps, from the rules in force.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::contact::ContactChannel;
use super::slot::slot;
use crate::pack::{Cadence, Hours, Rules};

/// Days of a case on which a buyer may be contacted; the first is his local date of finding the review (article-000: the
/// second day yes, not the third, a short message or call on the fourth or fifth).
pub(super) const DAYS: [u8; 4] = [1, 2, 4, 5];
/// Of these two days only one has a contact, and it is the last.
pub(super) const LAST: [u8; 2] = [4, 5];
/// Messages of our own accord beyond the first go out in these hours; answers and the first one at any hour (house).
const MESSAGE_HOURS: (i8, i8) = (9, 21);

/// What a kind of contact is for the clock: each has hours of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Calls.
    Call,
    /// SMS.
    Text,
    /// Everything that waits to be read.
    Message,
}

impl ContactChannel {
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Phone => Kind::Call,
            Self::Sms => Kind::Text,
            Self::PlatformMessage | Self::Email | Self::Chat => Kind::Message,
        }
    }
}

/// When and by what a buyer may be contacted.
#[derive(Debug, Clone, PartialEq)]
pub struct Rhythm {
    /// The channels that the platform allows; empty when none is known to be.
    pub channels: Vec<ContactChannel>,
    /// Calls a local day.
    pub calls_a_day: u32,
    /// Contacts a local day.
    pub contacts_a_day: u32,
    /// Local days with a contact, a case.
    pub contact_days: usize,
    /// Whether a refusal ends it.
    pub stops_on_refusal: bool,
    cadence: Cadence,
}

/// Where a cap is not in the rules: one contact, so that an unknown rule never allows more.
const UNKNOWN: u32 = 1;

impl Rhythm {
    /// The rhythm that the rules allow.
    ///
    /// Where no rule about channels is known, only the platform's own messages are left: they are what every platform
    /// has, and they cannot disturb a private life.
    #[must_use]
    pub fn new(rules: &Rules<'_>) -> Self {
        let cadence = rules.cadence();
        let channels = match rules.messaging() {
            Some(messaging) => {
                messaging.channels.iter().filter_map(|code| ContactChannel::from_code(code)).collect()
            }
            None => vec![ContactChannel::PlatformMessage],
        };
        Self {
            channels,
            calls_a_day: cadence.max_calls_per_day.unwrap_or(UNKNOWN),
            contacts_a_day: cadence.max_contacts_per_day.unwrap_or(UNKNOWN),
            contact_days: cadence.max_contact_days_per_case.unwrap_or(UNKNOWN) as usize,
            stops_on_refusal: cadence.stop_on_refusal,
            cadence,
        }
    }

    /// When messages of this channel that follow of the shop's own accord may go next: now, or when their hours begin. None
    /// for calls and SMS, whose hours are the rules' own.
    #[must_use]
    pub fn messages_open(channel: ContactChannel, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        if channel.kind() != Kind::Message {
            return None;
        }
        let (from, to) = MESSAGE_HOURS;
        let (from, to) = (Time::constant(from, 0, 0, 0), Time::constant(to, 0, 0, 0));
        let today = zone.to_datetime(now).date();
        [Some(today), today.tomorrow().ok()]
            .into_iter()
            .flatten()
            .find_map(|date| slot(zone, date, from, Some(to), now))
            .map(|slot| slot.from)
    }

    /// Whether the platform allows this channel.
    #[must_use]
    pub fn allows(&self, channel: ContactChannel) -> bool {
        self.channels.contains(&channel)
    }

    /// The stretches of a local day in which a channel may be used, each up to its end (`None` is midnight).
    pub(super) fn stretches(&self, channel: ContactChannel) -> Vec<(Time, Option<Time>)> {
        let (hours, quiet) = match channel.kind() {
            Kind::Call => (&self.cadence.phone_hours, &self.cadence.phone_quiet),
            Kind::Text => (&self.cadence.sms_hours, &self.cadence.sms_quiet),
            Kind::Message => {
                let (from, to) = MESSAGE_HOURS;
                return vec![(Time::constant(from, 0, 0, 0), Some(Time::constant(to, 0, 0, 0)))];
            }
        };
        let open = |time: Time| {
            let wished = hours.is_empty() || hours.iter().any(|hours| hours.contains(time));
            wished && !quiet.iter().any(|quiet| quiet.contains(time))
        };
        let mut edges: Vec<Time> =
            hours.iter().chain(quiet).flat_map(|hours| [hours.from, hours.to]).collect();
        edges.push(Time::midnight());
        edges.sort_unstable();
        edges.dedup();
        let mut stretches: Vec<(Time, Option<Time>)> = Vec::new();
        for (at, from) in edges.iter().enumerate() {
            if !open(*from) {
                continue;
            }
            let to = edges.get(at + 1).copied();
            match stretches.last_mut() {
                Some(last) if last.1 == Some(*from) => last.1 = to,
                _ => stretches.push((*from, to)),
            }
        }
        stretches
    }

    /// Hours in which a contact is better left.
    pub(super) fn soft_quiet(&self) -> &[Hours] {
        &self.cadence.soft_quiet
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;
    use crate::shop::Platform;

    fn rhythm(platform: Option<&str>, market: Option<&str>) -> Rhythm {
        let platform = platform.map(|code| code.parse::<Platform>().unwrap());
        Rhythm::new(&Packs::embedded().rules(platform, market, "2026-11-29".parse().unwrap()))
    }

    fn shown(stretches: Vec<(Time, Option<Time>)>) -> String {
        let time = |time: Time| time.strftime("%H:%M").to_string();
        let ends = |to: Option<Time>| to.map_or("24:00".to_owned(), time);
        let all: Vec<_> =
            stretches.into_iter().map(|(from, to)| format!("{}-{}", time(from), ends(to))).collect();
        all.join(" ")
    }

    #[test]
    fn the_shipped_rules_give_the_hours_and_caps_of_the_contract() {
        let taobao = rhythm(Some("taobao"), None);
        assert_eq!(shown(taobao.stretches(ContactChannel::Phone)), "11:00-13:00 16:00-21:00");
        assert_eq!(shown(taobao.stretches(ContactChannel::Sms)), "18:00-20:00");
        assert_eq!((taobao.calls_a_day, taobao.contacts_a_day, taobao.contact_days), (1, 2, 3));
        assert!(taobao.stops_on_refusal && taobao.allows(ContactChannel::Phone));
        assert_eq!(taobao.soft_quiet().len(), 1);
    }

    #[test]
    fn only_what_a_platform_allows_and_unknown_is_its_own_messages() {
        let only = vec![ContactChannel::PlatformMessage];
        assert_eq!(rhythm(Some("amazon-us"), None).channels, only);
        assert_eq!(rhythm(Some("amazon-de"), None).channels, only);
        assert_eq!(rhythm(Some("ebay"), Some("US")).channels, only);
        assert_eq!(rhythm(Some("jd"), None).channels, only);
        assert_eq!(rhythm(None, None).channels, only);
    }

    #[test]
    fn quiet_hours_cut_what_is_wished() {
        let hours = |text: &str| text.parse::<Hours>().unwrap();
        let mut late = rhythm(Some("taobao"), None);
        late.cadence.phone_quiet = vec![hours("20:30-09:00"), hours("12:00-12:30")];
        assert_eq!(shown(late.stretches(ContactChannel::Phone)), "11:00-12:00 12:30-13:00 16:00-20:30");
        late.cadence.phone_hours.clear();
        assert_eq!(shown(late.stretches(ContactChannel::Phone)), "09:00-12:00 12:30-20:30");
        late.cadence.phone_quiet.clear();
        assert_eq!(shown(late.stretches(ContactChannel::Phone)), "00:00-24:00");
    }
}
