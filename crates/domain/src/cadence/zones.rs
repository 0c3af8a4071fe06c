//! No contact outside its window, on a forbidden day or beyond a cap: in every zone, around every change of its clocks.

use std::sync::LazyLock;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use proptest::prelude::*;

use super::*;
use crate::call::CallResult;
use crate::pack::Packs;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn rhythm(platform: &str) -> Rhythm {
    Rhythm::new(&Packs::embedded().rules(platform.parse().ok(), None, "2026-11-29".parse().unwrap()))
}

/// The hours of the contract, told apart from the code that plans by them.
fn is_inside(channel: ContactChannel, time: Time) -> bool {
    let within =
        |from: i8, to: i8| Time::constant(from, 0, 0, 0) <= time && time < Time::constant(to, 0, 0, 0);
    match channel {
        ContactChannel::Phone => within(11, 13) || within(16, 21),
        ContactChannel::Sms => within(18, 20),
        _ => true,
    }
}

/// A plan as a failing check tells it; written only then.
struct Shown<'a>(&'a ContactFacts, &'a ContactPlan, Timestamp);

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:?} as of {}: {:?}", self.0, self.2, self.1)
    }
}

static TAOBAO: LazyLock<Rhythm> = LazyLock::new(|| rhythm("taobao"));
static AMAZON: LazyLock<Rhythm> = LazyLock::new(|| rhythm("amazon-us"));

fn check(facts: &ContactFacts, allowed: &[ContactChannel], as_of: Timestamp) {
    let rhythm: &Rhythm = if allowed.len() == 1 { &AMAZON } else { &TAOBAO };
    let plan = plan(facts, rhythm, as_of);
    let zone = &facts.zone;
    let name = Shown(facts, &plan, as_of);
    let date = |instant: Timestamp| instant.to_zoned(zone.clone()).date();
    let first_day = date(facts.found);
    let mut days: std::collections::BTreeMap<_, Vec<ContactChannel>> = std::collections::BTreeMap::new();
    for attempt in &facts.attempts {
        days.entry(date(attempt.at)).or_default().push(attempt.channel);
    }
    let before: Vec<_> = days.keys().copied().collect();
    for contact in &plan.contacts {
        assert!(contact.from >= as_of && contact.from >= facts.found && contact.from < contact.to, "{name}");
        assert!(allowed.contains(&contact.channel), "{name}");
        let day = (date(contact.from) - first_day).get_days() + 1;
        assert!([1, 2, 4, 5].contains(&day) && day == i32::from(contact.day), "{name}");
        // Every instant of it: the ends, and around each change of the clocks in between.
        let last = contact.to - SignedDuration::from_nanos(1);
        let changes = zone.following(contact.from).map(|change| change.timestamp());
        let inner = changes.take_while(|change| *change < contact.to);
        let inner: Vec<_> =
            inner.flat_map(|change| [change - SignedDuration::from_nanos(1), change]).collect();
        for instant in [contact.from, last].into_iter().chain(inner) {
            let local = instant.to_zoned(zone.clone());
            assert!(
                local.date() == date(contact.from) && is_inside(contact.channel, local.time()),
                "{local} {name}"
            );
        }
        days.entry(date(contact.from)).or_default().push(contact.channel);
    }
    for (day, channels) in &days {
        let planned = plan.contacts.iter().any(|contact| date(contact.from) == *day);
        if planned {
            assert!(channels.len() <= 2, "{name}");
            assert!(
                channels.iter().filter(|channel| **channel == ContactChannel::Phone).count() <= 1,
                "{name}"
            );
        }
    }
    if days.len() > before.len() {
        assert!(days.len() <= 3, "{name}");
    }
    let last_days = plan.contacts.iter().filter(|contact| contact.day >= 4).map(|contact| contact.day);
    assert!(last_days.collect::<std::collections::BTreeSet<_>>().len() <= 1, "{name}");
    let is_over = facts.has_opted_out
        || facts
            .attempts
            .iter()
            .any(|attempt| matches!(attempt.result, Some(CallResult::Refused | CallResult::Changed)));
    assert!(!is_over || plan.contacts.is_empty(), "{name}");
    assert_eq!(plan.stop.is_none(), !plan.contacts.is_empty(), "{name}");
    assert!(plan.stop.as_ref().is_none_or(|stop| !stop.why.zh.is_empty()), "{name}");
}

const ALL: [ContactChannel; 3] =
    [ContactChannel::Phone, ContactChannel::Sms, ContactChannel::PlatformMessage];

fn facts(zone: &TimeZone, found: Timestamp) -> ContactFacts {
    ContactFacts {
        found,
        zone: zone.clone(),
        attempts: Vec::new(),
        has_opted_out: false,
        is_malicious: false,
        is_online: false,
        messages_until: None,
    }
}

fn zones() -> Vec<TimeZone> {
    jiff::tz::db().available().map(|name| jiff::tz::db().get(name.as_str()).unwrap()).collect()
}

/// How long after finding the plan is made, and by how many hours the finding comes before the change of the clocks.
const TIMES: [(i64, i64); 15] = [
    (0, 0),
    (5, 13),
    (26, 30),
    (0, 76),
    (5, 101),
    (26, 0),
    (0, 13),
    (5, 30),
    (26, 76),
    (0, 101),
    (5, 0),
    (26, 13),
    (0, 30),
    (5, 76),
    (26, 101),
];

/// In the usual run the times take turns, so that every change is looked at with two of them; at night with all.
#[test]
fn in_every_zone_around_every_change_of_its_clocks() {
    let at_once = if std::env::var_os("PINGXIN_NIGHT").is_some() { TIMES.len() } else { 2 };
    let (mut changes, end) = (0, at("2036-01-01T00:00:00Z"));
    let mut times = TIMES.iter().cycle();
    let zones = zones();
    for zone in &zones {
        let all = zone.following(at("2015-01-01T00:00:00Z")).map(|change| change.timestamp());
        for change in all.take_while(|change| *change < end) {
            changes += 1;
            for (later, before) in times.by_ref().take(at_once) {
                let found = change.checked_sub(before.hours()).unwrap();
                let as_of = found.checked_add(later.hours()).unwrap();
                let allowed = if changes % 5 == 0 { &ALL[2..] } else { &ALL[..] };
                check(&facts(zone, found), allowed, as_of);
            }
        }
    }
    assert!(zones.len() > 400 && changes > 5_000, "{} zones, {changes} changes", zones.len());
}

fn attempt() -> impl Strategy<Value = (i64, usize, Option<usize>)> {
    (-3_600_i64..6 * 86_400, 0_usize..3, prop::option::weighted(0.9, 0_usize..8))
}

proptest! {
    #[test]
    fn whatever_was_tried_before(
        zone in prop::sample::select(zones()),
        found in 1_420_070_400_i64..2_082_758_400,
        later in -3_600_i64..7 * 86_400,
        made in prop::collection::vec(attempt(), 0..5),
        opted_out in prop::bool::weighted(0.1),
        is_online in prop::bool::weighted(0.2),
        messages_only in prop::bool::weighted(0.3),
    ) {
        let found = Timestamp::from_second(found).unwrap();
        let results = [CallResult::NoAnswer, CallResult::Talked, CallResult::Promised, CallResult::Refused, CallResult::Changed];
        let attempts = made.into_iter().map(|(after, channel, result)| Attempt {
            at: found + SignedDuration::from_secs(after),
            channel: ALL[channel],
            // Ends of the matter are the exception, so that most cases go on.
            result: result.map(|result| results[if result < 6 { result % 3 } else { result - 3 }]),
        });
        let facts = ContactFacts {
            attempts: attempts.collect(),
            has_opted_out: opted_out,
            is_online,
            ..facts(&zone, found)
        };
        let allowed = if messages_only { &ALL[2..] } else { &ALL[..] };
        check(&facts, allowed, found + SignedDuration::from_secs(later));
    }
}

fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

/// `day channel from–to`, local.
fn shown(facts: &ContactFacts, platform: &str, as_of: &str) -> Vec<String> {
    let local = |instant: Timestamp| instant.to_zoned(facts.zone.clone()).strftime("%H:%M").to_string();
    plan(facts, &rhythm(platform), at(as_of))
        .contacts
        .into_iter()
        .map(|contact| {
            format!(
                "{} {} {}-{}",
                contact.day,
                contact.channel.code(),
                local(contact.from),
                local(contact.to)
            )
        })
        .collect()
}

#[test]
fn the_rhythm_of_the_contract() {
    let case = facts(&shanghai(), at("2026-07-01T11:30:00+08:00"));
    assert_eq!(
        shown(&case, "taobao", "2026-07-01T11:40:00+08:00"),
        [
            "1 phone 11:40-13:00",
            "1 sms 18:00-20:00",
            "2 phone 11:00-13:00",
            "2 sms 18:00-20:00",
            "4 phone 11:00-13:00",
            "4 sms 18:00-20:00",
        ]
    );
    assert_eq!(shown(&case, "taobao", "2026-07-01T14:00:00+08:00")[0], "1 phone 16:00-21:00");
    assert_eq!(
        shown(&case, "taobao", "2026-07-03T11:00:00+08:00")[0],
        "4 phone 11:00-13:00",
        "none on day 3"
    );
    let evening = shown(&case, "taobao", "2026-07-04T20:59:00+08:00");
    assert_eq!(evening, ["4 phone 20:59-21:00"], "day 4 is the last, so day 5 has none");
    assert_eq!(shown(&case, "taobao", "2026-07-04T21:00:00+08:00")[0], "5 phone 11:00-13:00");
    assert!(shown(&case, "taobao", "2026-07-06T08:00:00+08:00").is_empty());
}

#[test]
fn a_late_arrival_takes_the_next_window_and_that_days_place() {
    let late = facts(&shanghai(), at("2026-07-01T22:30:00+08:00"));
    let days: Vec<_> = shown(&late, "taobao", "2026-07-01T22:30:00+08:00");
    assert_eq!(
        days,
        ["2 phone 11:00-13:00", "2 sms 18:00-20:00", "4 phone 11:00-13:00", "4 sms 18:00-20:00"]
    );
}

#[test]
fn the_caps_count_what_was_done() {
    let call = |day: &str, result| Attempt {
        at: at(&format!("2026-07-{day}T11:50:00+08:00")),
        channel: ContactChannel::Phone,
        result: Some(result),
    };
    let with = |attempts: Vec<Attempt>| ContactFacts {
        attempts,
        ..facts(&shanghai(), at("2026-07-01T11:30:00+08:00"))
    };
    let tried = with(vec![call("01", CallResult::NoAnswer)]);
    let now = "2026-07-01T12:00:00+08:00";
    assert_eq!(shown(&tried, "taobao", now)[0], "1 sms 18:00-20:00", "one call a day, answered or not");
    let three = with(vec![
        call("01", CallResult::NoAnswer),
        call("02", CallResult::Talked),
        call("03", CallResult::Talked),
    ]);
    assert!(shown(&three, "taobao", "2026-07-03T21:30:00+08:00").is_empty());
    let stop = plan(&three, &rhythm("taobao"), at("2026-07-03T21:30:00+08:00")).stop.unwrap();
    assert_eq!((stop.reason, stop.at), (StopReason::DaysUsed, at("2026-07-03T11:50:00+08:00")));
    let malicious = ContactFacts { is_malicious: true, ..with(Vec::new()) };
    let stop = plan(&malicious, &rhythm("taobao"), at(now)).stop.unwrap();
    assert_eq!((stop.reason, stop.at), (StopReason::Malicious, at(now)));
    let refused = with(vec![call("01", CallResult::Refused)]);
    let stop = plan(&refused, &rhythm("taobao"), at(now)).stop.unwrap();
    assert_eq!((stop.reason, stop.at), (StopReason::Refused, at("2026-07-01T11:50:00+08:00")));
}

#[test]
fn a_buyer_who_is_online_is_written_to_now() {
    let case = ContactFacts { is_online: true, ..facts(&shanghai(), at("2026-07-01T14:00:00+08:00")) };
    let now = shown(&case, "taobao", "2026-07-01T14:10:00+08:00");
    assert_eq!(now[..2], ["1 platform_message 14:10-14:40", "1 phone 16:00-21:00"]);
    let third_day = shown(&case, "taobao", "2026-07-03T14:10:00+08:00");
    assert!(third_day[0].starts_with("4 "), "{third_day:?}");
}

#[test]
fn soft_quiet_hours_warn_and_forbid_nothing() {
    let case = facts(&shanghai(), at("2026-07-01T11:30:00+08:00"));
    let plan = plan(&case, &rhythm("taobao"), at("2026-07-01T11:40:00+08:00"));
    let warned: Vec<_> = plan.contacts.iter().map(|contact| contact.warning.is_some()).collect();
    assert_eq!(warned, [true, false, true, false, true, false]);
    assert!(plan.contacts[0].warning.as_ref().unwrap().zh.contains("12:00-14:00"));
}
