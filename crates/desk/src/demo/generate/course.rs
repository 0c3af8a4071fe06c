//! The course of one order: what is bought, which carrier takes it, when it arrives, when it is reviewed.
//! Only numbers, so that a million can be counted through before the first row is written.

use super::calendar::{Calendar, DAY, HOUR, MINUTE};
use super::dice::Dice;
use super::words::{Category, Language, Product, ShopWords};

/// One line of an order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bought {
    pub(crate) good: usize,
    pub(crate) variant: usize,
    pub(crate) quantity: u32,
}

/// What befalls one order; instants in seconds, those after now have not happened yet.
#[derive(Debug, Clone)]
pub(crate) struct Course {
    pub(crate) first: Bought,
    pub(crate) second: Option<Bought>,
    pub(crate) carrier: &'static Carrier,
    /// Sent from the platform's warehouse (FBA).
    pub(crate) by_platform: bool,
    pub(crate) placed: i64,
    pub(crate) paid: i64,
    pub(crate) promised: i64,
    pub(crate) shipped: Option<i64>,
    pub(crate) delivered: Option<i64>,
    pub(crate) confirmed: Option<i64>,
    pub(crate) closed: bool,
    /// When its review is written, should it get one.
    pub(crate) reviewed: i64,
    pub(crate) bad_lot: bool,
    /// Permyriad off the price.
    pub(crate) discount: i64,
}

/// Who carries parcels.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Carrier {
    pub(crate) name: &'static str,
    /// How its tracking numbers begin, and how many digits follow.
    pub(crate) prefix: &'static str,
    pub(crate) digits: u32,
    weight: u32,
    jams: bool,
    days: (i64, i64),
}

const fn carrier(
    name: &'static str,
    prefix: &'static str,
    digits: u32,
    weight: u32,
    jams: bool,
    days: (i64, i64),
) -> Carrier {
    Carrier { name, prefix, digits, weight, jams, days }
}

const CHINESE: [Carrier; 5] = [
    carrier("中通", "7312", 10, 30, true, (2, 4)),
    carrier("圆通", "YT", 13, 26, false, (2, 4)),
    carrier("韵达", "4632", 11, 20, false, (2, 5)),
    carrier("申通", "7732", 11, 12, false, (2, 5)),
    carrier("顺丰", "SF", 13, 12, false, (1, 3)),
];
const AMERICAN: [Carrier; 3] = [
    carrier("USPS", "94", 20, 40, true, (2, 5)),
    carrier("UPS", "1Z", 16, 40, false, (2, 4)),
    carrier("FedEx", "", 12, 20, false, (2, 5)),
];

fn carrier_for(language: Language, jam: bool, dice: &mut Dice) -> &'static Carrier {
    let carriers: &[Carrier] = match language {
        Language::Chinese => &CHINESE,
        Language::English => &AMERICAN,
    };
    // The shops ship with the cheap one more in that week; it is what makes the jam hurt.
    let weights = carriers.iter().map(|one| if jam && one.jams { one.weight * 3 } else { one.weight });
    &carriers[dice.weighted(weights)]
}

impl Course {
    /// The course of order `index` of `count`.
    pub(crate) fn throw(
        index: u32,
        count: u32,
        shop: &ShopWords,
        goods: &[(&'static Category, &'static Product)],
        calendar: &Calendar,
        dice: &mut Dice,
    ) -> Self {
        let placed = calendar.placed(index, count, dice);
        let batch_week = calendar.is_batch_week(placed);
        let good = dice.weighted(
            goods.iter().map(|(_, product)| if batch_week && !product.batch.is_empty() { 40 } else { 10 }),
        );
        let first = bought(good, goods, dice);
        let second = dice
            .chance(160)
            .then(|| {
                let other = dice.index(goods.len());
                bought(other, goods, dice)
            })
            .filter(|second| second.good != good);
        let jam = calendar.is_jam(placed);
        let carrier = carrier_for(shop.language, jam, dice);
        let american = shop.language == Language::English;
        let paid = (placed + if american { 0 } else { dice.between(8, 30 * MINUTE) }).min(calendar.now);
        let cancelled = dice.chance(25);
        let refunded = dice.chance(22);
        let handling = if dice.chance(45) { dice.between(50, 96) } else { dice.between(3, 40) };
        let shipped = paid + handling * HOUR + dice.between(0, HOUR);
        let stuck = carrier.jams && jam && dice.chance(850);
        let days = if stuck {
            dice.between(7, 12)
        } else if dice.chance(18) {
            dice.between(6, 9)
        } else {
            dice.between(carrier.days.0, carrier.days.1)
        };
        let delivered = shipped + days * DAY - dice.between(0, 20 * HOUR);
        // Half the buyers confirm within a day; the platform confirms after ten.
        let confirmed =
            delivered + if dice.chance(500) { dice.between(HOUR, DAY) } else { dice.between(DAY, 10 * DAY) };
        let since = if american { delivered } else { confirmed };
        let reviewed = since
            + if dice.chance(600) {
                dice.between(5 * MINUTE, 2 * DAY)
            } else {
                dice.between(2 * DAY, 16 * DAY)
            };
        let lost = dice.chance(6);
        let happened = |instant: i64| (instant <= calendar.now).then_some(instant);
        Self {
            first,
            second,
            carrier,
            by_platform: american && dice.chance(550),
            placed,
            paid,
            promised: calendar.end_of_day(placed, if american { 6 } else { 5 }),
            shipped: if cancelled { None } else { happened(shipped) },
            delivered: if cancelled || lost { None } else { happened(delivered) },
            confirmed: if cancelled || lost || american { None } else { happened(confirmed) },
            closed: cancelled || (refunded && !lost && confirmed <= calendar.now),
            reviewed,
            bad_lot: batch_week && !goods[good].1.batch.is_empty(),
            discount: if dice.chance(450) { dice.between(0, 150) * 10 } else { 0 },
        }
    }

    /// How likely a review is beside others; 0 when none can have been written by now.
    pub(crate) fn review_weight(&self, now: i64) -> u64 {
        if self.closed || self.delivered.is_none() || self.reviewed > now {
            return 0;
        }
        match (self.bad_lot, self.is_late()) {
            (true, _) => 10,
            (false, true) => 6,
            (false, false) => 4,
        }
    }

    /// Whole days from order to door.
    pub(crate) fn days(&self) -> i64 {
        self.delivered.map_or(0, |delivered| (delivered - self.placed + DAY / 2).div_euclid(DAY).max(1))
    }

    /// Came after the day promised.
    pub(crate) fn is_late(&self) -> bool {
        self.delivered.is_some_and(|delivered| delivered > self.promised)
    }
}

fn bought(good: usize, goods: &[(&'static Category, &'static Product)], dice: &mut Dice) -> Bought {
    let variant = dice.index(goods[good].1.variants.len());
    let quantity = match dice.below(20) {
        0 => 3,
        1 | 2 => 2,
        _ => 1,
    };
    Bought { good, variant, quantity }
}

#[cfg(test)]
mod tests {
    use super::super::words::Words;
    use super::*;
    use proptest::prelude::*;

    fn courses(seed: u64, shop: usize) -> (Calendar, Vec<Course>) {
        let words = Words::all();
        let shop = &words.shops[shop];
        let goods = shop.goods(words);
        let calendar = Calendar::new("2026-11-22T01:00:00Z".parse().unwrap(), shop.language);
        let throw = |index| {
            Course::throw(index, 2_000, shop, &goods, &calendar, &mut Dice::of(&[seed, u64::from(index)]))
        };
        (calendar, (0..2_000).map(throw).collect())
    }

    #[test]
    fn the_jam_makes_one_carrier_late_in_its_days_only() {
        let (calendar, all) = courses(5, 3);
        let late = |jam: bool, name: &str| {
            let of: Vec<_> = all
                .iter()
                .filter(|course| {
                    calendar.is_jam(course.placed) == jam
                        && (course.carrier.name == "中通") == (name == "中通")
                })
                .filter(|course| course.delivered.is_some())
                .collect();
            of.iter().filter(|course| course.is_late()).count() * 100 / of.len()
        };
        assert!(late(true, "中通") > 60, "{}", late(true, "中通"));
        assert!(late(true, "others") < 25 && late(false, "中通") < 25);
    }

    #[test]
    fn the_bad_lot_is_sold_in_one_week_and_sells_well_in_it() {
        let (calendar, all) = courses(5, 3);
        let bad: Vec<_> = all.iter().filter(|course| course.bad_lot).collect();
        let week = all.iter().filter(|course| calendar.is_batch_week(course.placed)).count();
        assert!(bad.len() * 100 / week > 25);
        assert!(bad.iter().all(|course| (45..52).contains(&calendar.days_ago(course.placed))));
    }

    proptest! {
        #[test]
        fn nothing_happens_before_what_leads_to_it_or_after_now(seed: u64, shop in 0usize..7) {
            let (calendar, all) = courses(seed, shop);
            for course in all.iter().step_by(37) {
                let known = [Some(course.placed), Some(course.paid), course.shipped, course.delivered, course.confirmed];
                let known: Vec<_> = known.into_iter().flatten().collect();
                prop_assert!(known.is_sorted());
                prop_assert!(known.iter().all(|instant| *instant <= calendar.now));
                prop_assert!(course.confirmed.is_none() || course.delivered.is_some());
                prop_assert!(course.delivered.is_none() || course.shipped.is_some());
                prop_assert!(course.delivered.is_none_or(|delivered| delivered < course.reviewed));
                prop_assert!(course.promised > course.placed);
            }
        }
    }
}
