//! A merchant's own pack: it may only make things stricter.

use super::Pack;
use super::entry::Entry;
use super::guard::GuardRule;
use super::policy::{Benefit, ChangePolicy};
use super::refused::Refused;
use super::rules::Rules;
use super::set::Packs;
use super::spans::Hours;
use super::window::{Length, Party, Window};
use crate::shop::{Object, Platform};

/// The first thing in a merchant's pack that is looser than the packs it is laid over, or no business of his.
pub(super) fn loosens(file: &str, own: &Pack, packs: &Packs) -> Option<Refused> {
    let on = own.header.effective_from.unwrap_or(own.header.reviewed_on);
    let mut platforms: Vec<Option<Platform>> =
        own.header.platforms.iter().filter_map(|code| code.parse().ok()).map(Some).collect();
    if platforms.is_empty() {
        platforms = packs.ids().filter_map(|id| id.parse().ok()).map(Some).chain([None]).collect();
    }
    platforms.into_iter().find_map(|platform| {
        let rules = packs.rules(platform, None, on);
        // The pack itself is among them already: it is compared with those below it.
        let below = Rules { own: Vec::new(), ..rules };
        own.entries.iter().find_map(|entry| {
            let (key, message) = looser(entry, &below)?;
            let key = format!("{}.{key}", entry.name());
            Some(Refused { file: file.to_owned(), line: entry.line, key, message: message.to_owned() })
        })
    })
}

const NO_BUSINESS: &str = "a merchant's own pack may only tighten guard, cadence, window, ask_change, incentive and messaging.channels";

fn looser(entry: &Entry, below: &Rules<'_>) -> Option<(&'static str, &'static str)> {
    match entry.section.as_str() {
        "source" | "text" | "unknown" | "example" => None,
        "guard" => {
            let own = GuardRule::of(entry)?;
            let known = below.guard(&own.rule)?;
            (own.severity < known.severity).then_some(("severity", "is milder than the rule it stands on"))
        }
        "window" => {
            let own = Window::of(entry)?;
            let Some(known) = below.window(&own.id, below.on()) else {
                return Some(("id", "no window of this id is known to tighten"));
            };
            if known.who == Party::Buyer || own.who != known.who || own.anchor != known.anchor {
                return Some((
                    "who",
                    "only a window of the shop's own can be shortened, with the same anchor",
                ));
            }
            let longer = match (own.length, known.length) {
                (Some(Length::Days(own)), Some(Length::Days(known)))
                | (Some(Length::Hours(own)), Some(Length::Hours(known))) => own > known,
                (None, _) => false,
                _ => true,
            };
            longer.then_some(("days", "is longer than the rule it stands on"))
        }
        "ask_change" => {
            let object = Object::from_code(entry.id.as_deref()?)?;
            let own = ChangePolicy::from_code(entry.text("policy")?)?;
            let known = below.ask_change(object)?;
            (own < known.policy).then_some(("policy", "is milder than the rule it stands on"))
        }
        "incentive" => {
            let (sentiment, any) = below.incentive();
            [("conditional_on_sentiment", sentiment), ("any", any)].into_iter().find_map(|(key, known)| {
                let own = Benefit::from_code(entry.text(key)?)?;
                (own < known?).then_some((key, "is milder than the rule it stands on"))
            })
        }
        "messaging" => {
            let known = below.messaging()?;
            let more = entry.texts("channels").iter().any(|channel| !known.channels.contains(channel));
            if more {
                return Some(("channels", "names a channel that the platform does not allow"));
            }
            entry.values.keys().any(|key| key != "channels").then_some(("channels", NO_BUSINESS))
        }
        "cadence" => cadence(entry, below),
        _ => Some(("id", NO_BUSINESS)),
    }
}

fn cadence(entry: &Entry, below: &Rules<'_>) -> Option<(&'static str, &'static str)> {
    let known = below.cadence();
    for (key, cap) in [
        ("max_calls_per_day", known.max_calls_per_day),
        ("max_contacts_per_day", known.max_contacts_per_day),
        ("max_contact_days_per_case", known.max_contact_days_per_case),
    ] {
        if entry.count(key).zip(cap).is_some_and(|(own, cap)| own > cap) {
            return Some((key, "is more than the cap it stands on"));
        }
    }
    if entry.flag("stop_on_refusal") == Some(false) && known.stop_on_refusal {
        return Some(("stop_on_refusal", "a refusal ends it"));
    }
    for (key, hours) in [("phone_hours", &known.phone_hours), ("sms_hours", &known.sms_hours)] {
        let own = entry.texts(key);
        let own = own.iter().filter_map(|text| text.parse::<Hours>().ok());
        if !hours.is_empty() && own.into_iter().any(|own| !hours.iter().any(|known| known.covers(own))) {
            return Some((key, "reaches beyond the hours it stands on"));
        }
    }
    for (key, quiet) in [("phone_quiet", &known.phone_quiet), ("sms_quiet", &known.sms_quiet)] {
        let own: Option<Hours> = entry.text(key).and_then(|text| text.parse().ok());
        if own.is_some_and(|own| !quiet.is_empty() && !quiet.iter().any(|known| own.covers(*known))) {
            return Some((key, "leaves out hours that are quiet"));
        }
    }
    None
}
