use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::calendar::{DayKind, SpecialDay};
use crate::clock::{DAY, Hours, Opening, Span};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// Zones with clocks that change by an hour, by half an hour, at midnight, by a whole day, and never.
const ZONES: [&str; 9] = [
    "Asia/Shanghai",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Beirut",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Kathmandu",
];

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    // Cuts of the day, in pairs; those that meet make one span.
    proptest::collection::btree_set(0..=DAY, 0..6).prop_map(|cuts| {
        let cuts: Vec<u16> = cuts.into_iter().collect();
        cuts.chunks_exact(2).map(|pair| Span { from: pair[0], to: pair[1] }).collect()
    })
}

prop_compose! {
    fn hours()(week in proptest::array::uniform7(spans()), holiday in spans(), workday in spans(), public_days: bool)
        -> Hours { Hours { week, holiday, workday, public_days } }
}

/// Around a change of the clocks of the zone, or anywhere between 2015 and 2035.
fn begin(zone: &TimeZone, year: i16, day: i32, near: bool) -> Timestamp {
    let start = date(year, 1, 1).to_zoned(TimeZone::UTC).expect("a day").timestamp();
    let start = start + SignedDuration::from_hours(24 * i64::from(day));
    let change = zone.following(start).next().map(|change| change.timestamp());
    // Tables of zones end with a change that is none, in 2038.
    match change.filter(|change| near && change.as_second() % 60 == 0) {
        Some(change) => change - SignedDuration::from_hours(30),
        None => start,
    }
}

/// Minute by minute: whether it is open, whether something pauses.
fn slowly(opening: Opening<'_>, pauses: &[Pause], from: Timestamp, minutes: i64) -> (i64, Vec<Timestamp>) {
    let mut counted = 0;
    let mut reached = Vec::new();
    for minute in 0..minutes {
        let now = from + SignedDuration::from_mins(minute);
        let pauses = pauses.iter().any(|one| one.from <= now && one.to.is_none_or(|to| now < to));
        if opening.is_open(now) && !pauses {
            counted += 1;
            reached.push(now + MINUTE);
        }
    }
    (counted, reached)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 5))]
    #[test]
    fn counts_like_somebody_who_looks_every_minute(
        hours in hours(),
        zone in 0..ZONES.len(),
        year in 2015_i16..=2035,
        day in 0..360,
        near: bool,
        special in proptest::collection::vec((0_i64..6, any::<bool>()), 0..3),
        cuts in proptest::collection::btree_set(0_i64..5 * 1440, 0..5),
        goal in 1_i64..3_000,
    ) {
        let zone = TimeZone::get(ZONES[zone]).expect("a zone");
        let from = begin(&zone, year, day, near);
        let first = from.to_zoned(zone.clone()).date();
        let own: Vec<SpecialDay> = special
            .into_iter()
            .map(|(later, works)| SpecialDay {
                date: first.saturating_add(jiff::Span::new().days(later)),
                kind: if works { DayKind::Workday } else { DayKind::Holiday },
                name: String::new(),
            })
            .collect();
        let cuts: Vec<Timestamp> = cuts.into_iter().map(|cut| from + SignedDuration::from_mins(cut)).collect();
        // The last pause lasts when its end was not drawn.
        let pauses: Vec<Pause> =
            cuts.chunks(2).map(|pair| Pause { from: pair[0], to: pair.get(1).copied() }).collect();
        let opening = Opening { zone: &zone, hours: &hours, own: &own };
        let minutes = 5 * 1440;
        let (counted, reached) = slowly(opening, &pauses, from, minutes);
        let until = from + SignedDuration::from_mins(minutes);
        prop_assert_eq!(elapsed(opening.after(from), &pauses, until), SignedDuration::from_mins(counted));
        let goal = if counted == 0 { goal } else { 1 + goal % counted };
        let found = reaches(opening.after(from), &pauses, SignedDuration::from_mins(goal));
        match usize::try_from(goal - 1).ok().and_then(|index| reached.get(index)) {
            Some(expected) => prop_assert_eq!(found, Reach::At(*expected)),
            None => match found {
                Reach::At(later) => prop_assert!(later > until, "{later} is too early"),
                Reach::Standing(left) => prop_assert!(left <= SignedDuration::from_mins(goal)),
            },
        }
    }
}

#[test]
fn an_hour_that_is_passed_twice_counts_twice_and_one_left_out_not_at_all() {
    let zone = TimeZone::get("America/New_York").expect("a zone");
    let hours = Hours { week: std::array::from_fn(|_| vec![Span { from: 60, to: 180 }]), ..Hours::always() };
    let opening = Opening { zone: &zone, hours: &hours, own: &[] };
    let night = |from: &str| {
        let from = at(from);
        elapsed(opening.after(from), &[], from + SignedDuration::from_hours(12))
    };
    assert_eq!(night("2026-11-01T04:00:00Z"), SignedDuration::from_hours(3), "01:00 to 02:00 twice");
    assert_eq!(night("2026-03-08T05:00:00Z"), SignedDuration::from_hours(1), "02:00 to 03:00 is left out");
    assert_eq!(night("2026-06-08T04:00:00Z"), SignedDuration::from_hours(2));
}

#[test]
fn two_hours_from_the_evening_before_a_holiday_end_after_it() {
    let zone = TimeZone::get("Asia/Shanghai").expect("a zone");
    let hours = Hours::default();
    let opening = Opening { zone: &zone, hours: &hours, own: &[] };
    // 30 September 2026, 20:00; the national holiday is seven days.
    let reach = reaches(opening.after(at("2026-09-30T12:00:00Z")), &[], SignedDuration::from_hours(2));
    assert_eq!(
        reach,
        Reach::At(at("2026-10-08T02:00:00Z")),
        "one hour that evening, one on the eighth from 09:00"
    );
}

#[test]
fn a_pause_moves_the_end_and_one_that_lasts_stops_the_clock() {
    let zone = TimeZone::UTC;
    let hours = Hours::always();
    let opening = Opening { zone: &zone, hours: &hours, own: &[] };
    let from = at("2026-11-30T00:00:00Z");
    let later = |hours: i64| from + SignedDuration::from_hours(hours);
    let goal = SignedDuration::from_hours(4);
    let pause = |to| [Pause { from: later(1), to }];
    assert_eq!(reaches(opening.after(from), &pause(Some(later(3))), goal), Reach::At(later(6)));
    assert_eq!(
        reaches(opening.after(from), &pause(None), goal),
        Reach::Standing(SignedDuration::from_hours(3))
    );
    assert_eq!(
        reaches(opening.after(from), &[Pause { from: later(4), to: None }], goal),
        Reach::At(later(4)),
        "what was reached before stays so"
    );
}
