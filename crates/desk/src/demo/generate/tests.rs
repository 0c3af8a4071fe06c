//! What a plan must keep, whatever its seed.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use pingxin_domain::Platform;
use pingxin_domain::intake::{IncomingOrder, IncomingReview, IncomingRow, review_identity};
use pingxin_domain::order::OrderState;
use pingxin_domain::review::Verdict;
use pingxin_domain::shop::Object;
use pingxin_language::Cause;
use proptest::prelude::*;

use super::rows::Made;
use super::{DemoPlan, ORDERS, REVIEWS, plan};

fn now() -> Timestamp {
    "2026-11-22T01:02:03Z".parse().unwrap()
}

fn rows(plan: &DemoPlan) -> impl Iterator<Item = (usize, IncomingRow)> {
    (0..plan.shops.len()).flat_map(|shop| plan.rows(shop).map(move |row| (shop, row)))
}

fn reviews(plan: &DemoPlan) -> Vec<(usize, IncomingReview)> {
    rows(plan).flat_map(|(shop, row)| row.reviews.into_iter().map(move |review| (shop, review))).collect()
}

fn is_bad(review: &IncomingReview) -> bool {
    review.rating.is_some_and(|stars| stars.is_bad_or_neutral())
        || matches!(review.verdict, Some(Verdict::Bad | Verdict::Neutral))
}

/// The texts of first reviews, without the silent ones.
fn texts(plan: &DemoPlan) -> Vec<String> {
    let said = reviews(plan).into_iter().map(|(_, review)| review.text);
    said.filter(|text| !text.is_empty()).collect()
}

#[test]
fn the_same_seed_and_instant_give_the_same_rows_and_others_give_others() {
    let all = |seed, now| rows(&plan(seed, 300, 120, now)).collect::<Vec<_>>();
    assert_eq!(all(1, now()), all(1, now()));
    assert_ne!(all(1, now()), all(2, now()));
    assert_ne!(all(1, now()), all(1, "2026-11-23T01:02:03Z".parse().unwrap()));
    let revised = |seed| plan(seed, 3_000, 900, now()).revised_rows(0).collect::<Vec<_>>();
    assert_eq!(revised(1), revised(1));
}

#[test]
fn the_default_plan_has_the_shops_orders_and_reviews_it_promises() {
    let plan = plan(1, ORDERS, REVIEWS, now());
    let platforms: BTreeSet<_> = plan.shops.iter().map(|shop| shop.platform.code()).collect();
    assert_eq!(platforms, ["amazon-us", "ebay", "own-shop", "taobao", "tmall"].map(String::from).into());
    assert!(plan.shops.iter().all(|shop| shop.name.contains("(演示)") || shop.name.contains("(demo)")));
    let orders = rows(&plan).filter(|(_, row)| row.order.is_some()).count();
    let first = reviews(&plan).iter().filter(|(_, review)| review.object != Object::Followup).count();
    assert_eq!((orders, first), (6_000, 1_500));
}

#[test]
fn any_number_of_orders_and_reviews_is_given_exactly() {
    for (orders, wanted, given) in [(0, 10, 0), (1, 0, 0), (1_000, 0, 0), (6_000, 1_500, 1_500)] {
        let plan = plan(4, orders, wanted, now());
        let all: Vec<_> = rows(&plan).collect();
        assert_eq!(all.iter().filter(|(_, row)| row.order.is_some()).count(), orders as usize);
        assert_eq!(all.iter().filter(|(_, row)| !row.reviews.is_empty()).count(), given);
    }
}

#[test]
fn more_reviews_than_arrived_orders_give_one_to_each_of_them() {
    let plan = plan(4, 400, 400, now());
    let reviewed = rows(&plan).filter(|(_, row)| !row.reviews.is_empty()).count();
    assert!((200..400).contains(&reviewed), "{reviewed}");
}

#[test]
fn every_review_names_an_order_of_its_shop_that_has_arrived_before() {
    let plan = plan(9, 3_000, 900, now());
    for shop in 0..plan.shops.len() {
        let mut orders: HashMap<String, IncomingOrder> = HashMap::new();
        let (mut named, mut all) = (0, 0);
        for row in plan.rows(shop) {
            for review in &row.reviews {
                all += 1;
                assert!(review.created.unwrap() <= now());
                let Some(number) = &review.order_number else {
                    assert_eq!(review.object, Object::ProductReview);
                    continue;
                };
                named += 1;
                let order = &orders[number];
                assert!(order.delivered.unwrap() < review.created.unwrap());
                assert!(order.lines.iter().any(|line| Some(&line.key) == review.order_line.as_ref()));
                assert!(order.lines.iter().any(|line| line.product_key == review.product_key));
            }
            orders.extend(row.order.map(|order| (order.number.clone(), order)));
        }
        let amazon = matches!(plan.shops[shop].platform, Platform::Amazon(_));
        assert!(if amazon { named * 4 > all && named < all } else { named == all });
    }
}

#[test]
fn each_platform_shows_its_own_objects_and_marks() {
    let plan = plan(2, 3_000, 1_000, now());
    let mut objects: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (shop, review) in reviews(&plan) {
        let platform = plan.shops[shop].platform;
        objects.entry(platform.code()).or_default().insert(review.object.code());
        if review.object != Object::Followup {
            let by_word = matches!(platform, Platform::Taobao | Platform::Ebay);
            assert_eq!((review.verdict.is_some(), review.rating.is_some()), (by_word, !by_word));
        }
        assert_eq!(review.title.is_some(), review.object == Object::ProductReview);
    }
    assert_eq!(objects["amazon-us"], ["product_review", "seller_feedback"].into());
    assert_eq!(objects["ebay"], ["review"].into());
    assert_eq!(objects["own-shop"], ["followup", "review"].into());
    assert_eq!(objects["taobao"], ["followup", "review"].into());
    assert_eq!(objects["tmall"], ["followup", "review"].into());
}

#[test]
fn identities_are_unique_and_revised_reviews_keep_theirs() {
    let plan = plan(3, 6_000, 1_500, now());
    let mut revised_in_all = 0;
    for shop in 0..plan.shops.len() {
        let mut first = HashMap::new();
        for review in plan.rows(shop).flat_map(|row| row.reviews) {
            let identity = review_identity(&review).stored(0);
            assert!(first.insert(identity, review).is_none());
        }
        for row in plan.revised_rows(shop) {
            revised_in_all += 1;
            let revised = &row.reviews[0];
            let before = &first[&review_identity(revised).stored(0)];
            assert_ne!(before.text, revised.text);
            assert_eq!(before.created, revised.created);
            assert_ne!(is_bad(before), is_bad(revised));
        }
    }
    assert!((20..150).contains(&revised_in_all), "{revised_in_all}");
}

#[test]
fn a_fifth_to_a_quarter_of_the_reviews_is_work_for_the_desk() {
    for seed in 0..4 {
        let plan = plan(seed, 6_000, 1_500, now());
        let bad = reviews(&plan).iter().filter(|(_, review)| is_bad(review)).count();
        assert!((270..400).contains(&bad), "{bad} of 1500");
    }
}

#[test]
fn every_cause_is_complained_of_in_both_languages() {
    let plan = plan(5, 6_000, 1_500, now());
    let mut causes: BTreeMap<bool, BTreeSet<Cause>> = BTreeMap::new();
    for shop in 0..plan.shops.len() {
        let amazon = matches!(plan.shops[shop].platform, Platform::Amazon(_));
        let said = Made::new(&plan, shop).filter_map(|told| told.said?.opinion.cause);
        causes.entry(amazon).or_default().extend(said);
    }
    assert_eq!(causes[&false].len(), Cause::ALL.len());
    assert!(causes[&true].len() >= Cause::ALL.len() - 1, "{:?}", causes[&true]);
}

#[test]
fn buyers_write_the_language_of_their_market() {
    let plan = plan(6, 3_000, 900, now());
    let han = |text: &str| text.chars().any(|letter| ('\u{4e00}'..'\u{9fff}').contains(&letter));
    for (shop, review) in reviews(&plan) {
        if matches!(plan.shops[shop].platform, Platform::Amazon(_)) {
            assert!(!han(&review.text) && !review.title.as_deref().is_some_and(han), "{}", review.text);
        }
    }
    let chinese = texts(&plan).iter().filter(|text| han(text)).count();
    assert!(chinese > 400 && texts(&plan).len() - chinese > 150);
}

#[test]
fn texts_hardly_repeat_one_another() {
    for seed in 1..7 {
        let plan = plan(seed, 6_000, 1_500, now());
        let texts = texts(&plan);
        let distinct: HashSet<_> = texts.iter().collect();
        assert!(
            (texts.len() - distinct.len()) * 100 <= texts.len() * 2,
            "{} of {}",
            distinct.len(),
            texts.len()
        );
        let (mut all, mut grams) = (0usize, HashSet::new());
        for text in &texts {
            let pieces: Vec<String> = if text.is_ascii() {
                text.split_whitespace().map(str::to_lowercase).collect()
            } else {
                text.chars().map(String::from).collect()
            };
            all += pieces.len().saturating_sub(3);
            grams.extend(pieces.windows(4).map(<[String]>::concat));
        }
        assert!(grams.len() * 100 > all * 52, "{} of {all} four-grams are distinct", grams.len());
    }
}

#[test]
fn texts_are_of_all_lengths_and_leave_no_seam() {
    let plan = plan(8, 6_000, 1_500, now());
    let all = texts(&plan);
    let letters: Vec<usize> = all.iter().map(|text| text.chars().count()).collect();
    assert!(letters.iter().filter(|length| **length <= 6).count() > 25);
    assert!(letters.iter().filter(|length| **length > 150).count() > 20);
    for text in &all {
        let seam = ["[", "]", "{", "}", "|", "，，", "，。", "。，", " ,", "  ", "?.", "!."];
        assert!(seam.iter().all(|seam| !text.contains(seam)), "{text}");
        assert!(!text.starts_with(['，', '。', ',', '.', ' ']), "{text}");
    }
    let silent = reviews(&plan).iter().filter(|(_, review)| review.text.is_empty()).count();
    assert!((45..200).contains(&silent), "{silent}");
}

#[test]
fn numbers_left_in_texts_reach_nobody_and_a_few_buyers_threaten() {
    let plan = plan(8, 6_000, 1_500, now());
    let (mut numbers, mut threats) = (0, 0);
    for text in texts(&plan) {
        let digits: String =
            text.chars().map(|letter| if letter.is_ascii_digit() { letter } else { ' ' }).collect();
        for run in digits.split_whitespace().filter(|run| run.len() >= 7) {
            assert!(run.len() == 11 && run.starts_with("1700000"), "{text}");
        }
        numbers += usize::from(text.contains("1700000") || text.contains("555-01"));
        threats += usize::from(
            ["刷差评", "红包66", "转我100", "追评差评", "stays up", "every week"]
                .iter()
                .any(|word| text.contains(word)),
        );
    }
    assert!((3..40).contains(&numbers) && (1..20).contains(&threats), "{numbers} {threats}");
}

#[test]
fn the_figures_tell_of_a_bad_lot_and_of_a_stuck_carrier() {
    let plan = plan(1, 6_000, 1_500, now());
    let shop = plan.shops.iter().position(|shop| shop.name.starts_with("木棉")).unwrap();
    let mut weeks: BTreeMap<i64, (usize, usize)> = BTreeMap::new();
    let mut late: BTreeMap<bool, (usize, usize)> = BTreeMap::new();
    let mut placed = now();
    for row in plan.rows(shop) {
        if let Some(order) = &row.order {
            placed = order.placed.unwrap();
            let jam = (25..32).contains(&((now().as_second() - placed.as_second()) / 86_400));
            if let (Some(delivered), Some("中通")) = (order.delivered, order.carrier.as_deref()) {
                let count = late.entry(jam).or_default();
                count.0 += 1;
                count.1 += usize::from(delivered > order.promised.unwrap());
            }
        }
        for review in
            row.reviews.iter().filter(|review| review.product_key.as_deref() == Some("710536820147"))
        {
            let bad_week = (45..52).contains(&((now().as_second() - placed.as_second()) / 86_400));
            let count = weeks.entry(i64::from(bad_week)).or_default();
            count.0 += 1;
            count.1 += usize::from(is_bad(review));
        }
    }
    assert!(weeks[&1].1 * 100 > weeks[&1].0 * 65 && weeks[&0].1 * 100 < weeks[&0].0 * 50, "{weeks:?}");
    assert!(
        late[&true].1 * 100 > late[&true].0 * 60 && late[&false].1 * 100 < late[&false].0 * 15,
        "{late:?}"
    );
}

#[test]
fn every_state_of_an_order_occurs_and_fits_its_dates() {
    let plan = plan(7, 3_000, 0, now());
    let mut states = BTreeSet::new();
    for (shop, row) in rows(&plan) {
        let order = row.order.unwrap();
        let state = order.state.unwrap();
        states.insert(state.code());
        match state {
            OrderState::PaidUnshipped => assert!(order.shipped.is_none() && order.carrier.is_none()),
            OrderState::Shipped => assert!(order.shipped.is_some() && order.delivered.is_none()),
            OrderState::Delivered => assert!(order.delivered.is_some() && order.completed.is_none()),
            OrderState::Completed => assert!(order.completed.is_some()),
            OrderState::Closed => assert!(order.completed.is_none()),
        }
        let full: i64 =
            order.lines.iter().map(|line| line.price.unwrap().minor * i64::from(line.quantity)).sum();
        let amount = order.amount.unwrap();
        assert!(amount.minor <= full && amount.minor * 100 >= full * 80);
        assert_eq!(amount.currency, plan.shops[shop].currency);
        assert_eq!(order.tracking_number.is_some(), order.shipped.is_some());
    }
    assert_eq!(states, ["closed", "completed", "delivered", "paid_unshipped", "shipped"].into());
}

#[test]
#[cfg(target_os = "linux")]
fn a_hundred_thousand_orders_are_streamed_not_gathered() {
    let resident = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap().to_owned();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    let plan = plan(1, 100_000, 25_000, now());
    let before = resident();
    let mut most = 0;
    let mut count = 0usize;
    for (number, _) in rows(&plan).enumerate() {
        count = number + 1;
        if number % 5_000 == 0 {
            most = most.max(resident());
        }
    }
    assert_eq!(count, 125_000);
    // Gathered they would take more than 200 MB; other tests of this process run beside this one.
    assert!(most.saturating_sub(before) < 100_000, "{} kB more", most.saturating_sub(before));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn dates_follow_one_another_and_lie_in_the_three_months(
        seed: u64, second in 1_500_000_000i64..4_000_000_000, orders in 0u32..400, wanted in 0u32..200,
    ) {
        let now = Timestamp::from_second(second).unwrap();
        let oldest = Timestamp::from_second(second - 92 * 86_400).unwrap();
        let plan = plan(seed, orders, wanted, now);
        let mut lines: HashMap<usize, u64> = HashMap::new();
        for (shop, row) in rows(&plan) {
            prop_assert!(row.order.is_some() == row.reviews.is_empty());
            let last = lines.insert(shop, row.line).unwrap_or(1);
            prop_assert_eq!(row.line, last + 1);
            if let Some(order) = row.order {
                let dates: Vec<_> = [order.placed, order.paid, order.shipped, order.delivered, order.completed]
                    .into_iter().flatten().collect();
                prop_assert!(dates.is_sorted(), "{:?}", dates);
                prop_assert!(dates.iter().all(|date| *date <= now && *date >= oldest));
                prop_assert!(order.promised.unwrap() > order.placed.unwrap());
            }
            let written: Vec<_> = row.reviews.iter().filter_map(|review| review.created).collect();
            prop_assert!(written.is_sorted() && written.iter().all(|date| *date <= now && *date >= oldest));
        }
    }

    #[test]
    fn no_instant_makes_it_panic(seed: u64, second in -300_000_000_000i64..250_000_000_000) {
        let plan = plan(seed, 30, 20, Timestamp::from_second(second).unwrap());
        prop_assert_eq!(rows(&plan).filter(|(_, row)| row.order.is_some()).count(), 30);
    }
}
