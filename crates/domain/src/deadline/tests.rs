use jiff::ToSpan as _;
use proptest::prelude::*;

use super::*;
use crate::pack::{Calendar, Length, Packs, Start};
use crate::shop::Platform;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn of(platform: &str, events: &Events, now: &str) -> Vec<Deadline> {
    let platform: Platform = platform.parse().unwrap();
    let now = at(now);
    let rules = Packs::embedded().rules(Some(platform), None, now.to_zoned(TimeZone::UTC).date());
    deadlines(&rules, events, &zone("Asia/Shanghai"), &[], now)
}

fn find<'a>(all: &'a [Deadline], what: &str) -> &'a Deadline {
    all.iter().find(|deadline| deadline.what == what).unwrap_or_else(|| panic!("{what} in {all:?}"))
}

#[test]
fn the_contracts_example_ends_on_the_thirtieth_of_december() {
    let events = Events::default().and(Anchor::ReviewCreated, Some(at("2026-10-01T12:00:00Z")));
    let all = of("amazon-us", &events, "2026-11-01T00:00:00Z");
    let removal = find(&all, "seller_removal_request");
    assert_eq!(removal.last_day, Some("2026-12-30".parse().unwrap()));
    assert_eq!(removal.at, Some(at("2026-12-31T07:59:59Z")), "the last second of that day in Los Angeles");
    assert_eq!(removal.standing, Standing::Open);
    assert_eq!(removal.record.source[0].key, "AMZ-SOP");
    let over = of("amazon-us", &events, "2026-12-31T08:00:00Z");
    assert_eq!(find(&over, "seller_removal_request").standing, Standing::Over);
}

#[test]
fn the_value_in_force_on_the_day_of_the_event_is_taken() {
    let ends = |requested: &str| {
        let events = Events { state: Some(OrderState::Shipped), ..Events::default() }
            .and(Anchor::RefundRequested, Some(at(requested)));
        find(&of("taobao", &events, "2026-11-29T00:00:00Z"), "refund_shipped_first_answer").at
    };
    assert_eq!(ends("2022-08-09T23:59:59+08:00"), Some(at("2022-08-12T23:59:59+08:00")));
    assert_eq!(ends("2022-08-10T00:00:00+08:00"), Some(at("2022-08-12T00:00:00+08:00")));
}

#[test]
fn a_disputed_deadline_of_ours_is_the_shortest_and_a_right_of_the_buyers_the_longest() {
    let events = Events { state: Some(OrderState::PaidUnshipped), ..Events::default() }
        .and(Anchor::RefundRequested, Some(at("2026-11-01T00:00:00Z")))
        .and(Anchor::ReviewCreated, Some(at("2026-11-01T00:00:00Z")));
    let all = of("taobao", &events, "2026-11-01T00:00:00Z");
    assert_eq!(find(&all, "refund_unshipped").at, Some(at("2026-11-02T00:00:00Z")), "24 hours, not 48");
    assert_eq!(find(&all, "buyer_modify").last_day, Some("2026-12-01".parse().unwrap()), "30 days, not 15");
    assert!(
        all.iter().all(|deadline| deadline.what != "refund_shipped_first_answer"),
        "another state of the order"
    );
}

#[test]
fn what_is_impossible_is_said_and_what_has_no_rule_is_absent() {
    let events = Events::default().and(Anchor::ReviewCreated, Some(at("2026-11-01T00:00:00Z")));
    let tmall = of("tmall", &events, "2026-11-02T00:00:00Z");
    let modify = find(&tmall, "buyer_modify");
    assert_eq!((modify.standing, modify.at), (Standing::Impossible, None));
    assert!(of("jd", &events, "2026-11-02T00:00:00Z").is_empty(), "no rule is known");
}

#[test]
fn a_window_opens_and_another_event_may_end_it() {
    let events = Events::default()
        .and(Anchor::EarliestDelivery, Some(at("2026-10-01T20:00:00Z")))
        .and(Anchor::LatestDelivery, Some(at("2026-10-05T20:00:00Z")));
    for (now, standing) in [
        ("2026-10-06T06:59:59Z", Standing::NotYet),
        ("2026-10-06T07:00:00Z", Standing::Open),
        ("2026-11-05T07:59:59Z", Standing::Open),
        ("2026-11-05T08:00:00Z", Standing::Over),
    ] {
        assert_eq!(find(&of("amazon-us", &events, now), "solicit_review").standing, standing, "{now}");
    }
    let written = Events::default()
        .and(Anchor::ReviewCreated, Some(at("2026-07-01T02:00:00Z")))
        .and(Anchor::FollowupCreated, Some(at("2026-07-10T02:00:00Z")));
    assert_eq!(find(&of("tmall", &written, "2026-07-11T00:00:00Z"), "reply").standing, Standing::Over);
}

#[test]
fn a_stale_pack_keeps_counting_and_says_so() {
    let events = Events::default().and(Anchor::ReviewCreated, Some(at("2027-06-01T00:00:00Z")));
    let late = of("amazon-us", &events, "2027-06-02T00:00:00Z");
    let removal = find(&late, "seller_removal_request");
    assert!(removal.stale && removal.standing == Standing::Open);
}

#[test]
fn days_are_counted_over_leap_days_month_ends_and_changed_clocks() {
    let day = |event: &str, days, start, name: &str| {
        let counted =
            count(at(event), Length::Days(days), Calendar::AllDays, start, &zone(name), &[]).unwrap();
        counted.at.to_zoned(zone(name)).datetime().to_string()
    };
    let shanghai = "Asia/Shanghai";
    assert_eq!(day("2028-02-28T04:00:00Z", 1, Start::NextDay, shanghai), "2028-02-29T23:59:59");
    assert_eq!(day("2027-02-28T04:00:00Z", 1, Start::NextDay, shanghai), "2027-03-01T23:59:59");
    assert_eq!(day("2026-01-31T04:00:00Z", 30, Start::NextDay, shanghai), "2026-03-02T23:59:59");
    assert_eq!(day("2026-01-31T04:00:00Z", 7, Start::SameDay, shanghai), "2026-02-06T23:59:59");
    assert_eq!(day("2026-01-31T04:00:00Z", 7, Start::NextDay, shanghai), "2026-02-07T23:59:59");
    // The night of 8 March 2026 in Los Angeles has no 2:30.
    assert_eq!(day("2026-03-07T10:30:00Z", 1, Start::Instant, "America/Los_Angeles"), "2026-03-08T03:30:00");
    assert_eq!(day("2026-10-31T09:30:00Z", 1, Start::Instant, "America/Los_Angeles"), "2026-11-01T02:30:00");
    // Havana's clocks skip the midnight of 8 March 2026: the day before ends one second before one o'clock.
    let count_in = |event| {
        count(at(event), Length::Days(1), Calendar::AllDays, Start::NextDay, &zone("America/Havana"), &[])
    };
    let end = count_in("2026-03-06T15:00:00Z").unwrap().at;
    assert_eq!(end, at("2026-03-08T04:59:59Z"));
}

#[test]
fn working_days_know_the_adjusted_ones() {
    let last = |event: &str, days, start| {
        let counted =
            count(at(event), Length::Days(days), Calendar::WorkingDays, start, &zone("Asia/Shanghai"), &[])
                .unwrap();
        (counted.at.to_zoned(zone("Asia/Shanghai")).date().to_string(), counted.calendar_known)
    };
    // 2026-02-14 is a Saturday that is worked; the festival runs from the 15th to the 23rd.
    assert_eq!(last("2026-02-13T04:00:00Z", 1, Start::NextDay), ("2026-02-14".into(), true));
    assert_eq!(last("2026-02-13T04:00:00Z", 2, Start::NextDay), ("2026-02-24".into(), true));
    assert_eq!(last("2026-02-13T04:00:00Z", 1, Start::SameDay), ("2026-02-13".into(), true));
    assert_eq!(last("2026-02-15T04:00:00Z", 1, Start::SameDay), ("2026-02-24".into(), true));
    assert_eq!(
        last("2031-10-01T04:00:00Z", 1, Start::NextDay),
        ("2031-10-02".into(), false),
        "no notice for 2031"
    );
}

/// Every transition of a zone from 2015 to 2035.
fn transitions(zone: &TimeZone) -> Vec<Timestamp> {
    let end = at("2036-01-01T00:00:00Z");
    zone.following(at("2015-01-01T00:00:00Z"))
        .map(|change| change.timestamp())
        .take_while(|change| *change < end)
        .collect()
}

fn ends_with_its_day(event: Timestamp, days: u32, start: Start, zone: &TimeZone) {
    let counted = count(event, Length::Days(days), Calendar::AllDays, start, zone, &[]).unwrap();
    let first = event.to_zoned(zone.clone()).date();
    let more = i64::from(days) - i64::from(start == Start::SameDay);
    let last = first.checked_add(more.days()).unwrap();
    let local = |at: Timestamp| at.to_zoned(zone.clone()).date();
    let name = zone.iana_name().unwrap_or("");
    // A day that a zone left out has no second; the count then ends with the last day before it.
    assert!(local(counted.at) <= last && counted.at >= event, "{name} {event} {days} {start:?}");
    let next = counted.at.checked_add(1.second()).unwrap();
    assert!(local(next) > last, "{name} {event} {days} {start:?}: {next} is still inside");
}

#[test]
fn in_every_zone_and_around_every_change_of_its_clocks_days_end_with_their_last_second() {
    let mut zones = 0;
    let mut changes = 0;
    for name in jiff::tz::db().available() {
        let zone = jiff::tz::db().get(name.as_str()).unwrap();
        zones += 1;
        for change in transitions(&zone) {
            changes += 1;
            for (days, start) in
                [(1, Start::NextDay), (1, Start::SameDay), (7, Start::NextDay), (30, Start::NextDay)]
            {
                let before = change.checked_sub((i64::from(days) * 24).hours()).unwrap();
                for shift in [-90_000, -3_601, -1, 0, 1, 3_600, 86_399] {
                    ends_with_its_day(
                        before.checked_add(i64::from(shift).seconds()).unwrap(),
                        days,
                        start,
                        &zone,
                    );
                }
            }
        }
    }
    assert!(zones > 400 && changes > 5_000, "{zones} zones, {changes} changes");
}

fn any_zone() -> impl Strategy<Value = TimeZone> {
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    proptest::sample::select(names).prop_map(|name| jiff::tz::db().get(&name).unwrap())
}

proptest! {
    #[test]
    fn anywhere_at_any_time_days_end_with_their_last_second(
        zone in any_zone(), second in 1_420_070_400_i64..2_082_758_400, days in 1_u32..400, same in any::<bool>()
    ) {
        let start = if same { Start::SameDay } else { Start::NextDay };
        ends_with_its_day(Timestamp::from_second(second).unwrap(), days, start, &zone);
    }

    #[test]
    fn a_later_event_or_a_longer_length_never_ends_earlier(
        zone in any_zone(), second in 1_420_070_400_i64..2_082_758_400, gap in 0_i64..400_000, days in 1_u32..200, more in 0_u32..60,
        working in any::<bool>()
    ) {
        let calendar = if working { Calendar::WorkingDays } else { Calendar::AllDays };
        let end = |second, days| {
            let event = Timestamp::from_second(second).unwrap();
            count(event, Length::Days(days), calendar, Start::NextDay, &zone, &[]).unwrap().at
        };
        prop_assert!(end(second, days) <= end(second + gap, days));
        prop_assert!(end(second, days) <= end(second, days + more));
    }

    #[test]
    fn working_days_are_the_days_that_a_slow_walk_counts(second in 1_735_689_600_i64..1_767_225_600, days in 1_u32..40) {
        let zone = zone("Asia/Shanghai");
        let event = Timestamp::from_second(second).unwrap();
        let end = count(event, Length::Days(days), Calendar::WorkingDays, Start::NextDay, &zone, &[]).unwrap().at;
        let (first, last) = (event.to_zoned(zone.clone()).date(), end.to_zoned(zone).date());
        let worked = first.series(1.day()).skip(1).take_while(|day| *day <= last).filter(|day| crate::calendar::is_working_day(*day, &[]));
        prop_assert_eq!(worked.count(), days as usize);
        prop_assert!(crate::calendar::is_working_day(last, &[]));
    }

    #[test]
    fn hours_are_hours_that_pass(zone in any_zone(), second in 1_420_070_400_i64..2_082_758_400, hours in 0_u32..2_000) {
        let event = Timestamp::from_second(second).unwrap();
        let end = count(event, Length::Hours(hours), Calendar::AllDays, Start::Instant, &zone, &[]).unwrap().at;
        prop_assert_eq!(end.as_second() - second, i64::from(hours) * 3_600);
    }
}
