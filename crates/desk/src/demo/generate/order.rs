//! The order as an export shows it.

use std::borrow::Cow;

use pingxin_domain::Platform;
use pingxin_domain::intake::{IncomingLine, IncomingOrder};
use pingxin_domain::money::{Currency, Money};
use pingxin_domain::order::{Fulfilment, OrderState};

use super::calendar::{HOUR, instant};
use super::course::{Bought, Course};
use super::dice::Dice;
use super::person::Person;
use super::words::Product;

/// The number of order `index` of shop `shop` in the platform's shape: 19 digits that grow with time (Taobao,
/// Tmall), 3-7-7 digits (Amazon), 2-5-5 digits (eBay), letters and 12 digits (an own site). No two orders of a plan
/// share one.
pub(crate) fn number(platform: Platform, shop: usize, index: u32, dice: &mut Dice) -> String {
    // Odd and no multiple of five, so that multiplying only shuffles the 14 digits.
    const SHUFFLE: u128 = 30_482_719_551_237;
    const ALL: u128 = 100_000_000_000_000;
    let shop = u64::try_from(shop).unwrap_or(0);
    let counted = shop * 10_000_000_000 + u64::from(index) + 1;
    match platform {
        Platform::Amazon(_) => {
            let shuffled = u128::from(counted) * SHUFFLE % ALL;
            let (seven, last) = (shuffled / 10_000_000, shuffled % 10_000_000);
            return format!("{}-{seven:07}-{last:07}", dice.between(111, 114));
        }
        Platform::Ebay => {
            let shuffled = u128::from(counted) * SHUFFLE % (ALL / 100);
            let (two, five) = (shuffled / 10_000_000_000, shuffled / 100_000 % 100_000);
            return format!("{two:02}-{five:05}-{:05}", shuffled % 100_000);
        }
        Platform::OwnShop => return format!("MM{counted:012}"),
        _ => {}
    }
    let growing = 4_102_000_000_000 + shop * 60_000_000_000 + u64::from(index) * 8_317 + dice.below(8_317);
    format!("{growing}{:06}", dice.below(1_000_000))
}

/// What the orders of one shop have in common.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sold<'a> {
    pub(crate) platform: Platform,
    pub(crate) currency: Currency,
    pub(crate) goods: &'a [&'static Product],
}

impl Sold<'_> {
    /// One order as the platform's export shows it.
    pub(crate) fn row(
        &self,
        number: String,
        course: &Course,
        buyer: &Person,
        reviewed: bool,
        dice: &mut Dice,
    ) -> IncomingOrder {
        let Self { platform, currency, goods } = *self;
        let bought: Vec<Bought> = std::iter::once(course.first).chain(course.second).collect();
        let full: i64 =
            bought.iter().map(|bought| goods[bought.good].price * i64::from(bought.quantity)).sum();
        let amazon = matches!(platform, Platform::Amazon(_));
        let sent = course.shipped.is_some();
        let sender = if course.by_platform { Fulfilment::Amazon } else { Fulfilment::Merchant };
        IncomingOrder {
            number,
            state: Some(state(course, amazon)),
            placed: Some(instant(course.placed)),
            paid: Some(instant(course.paid)),
            promised: Some(instant(course.promised)),
            shipped: course.shipped.map(instant),
            delivered: course.delivered.map(instant),
            completed: course.confirmed.filter(|_| !course.closed).map(instant),
            amount: Some(Money { minor: full - full * course.discount / 10_000, currency }),
            fulfilled_by: amazon.then_some(sender),
            buy_shipping: (amazon && !course.by_platform && sent).then(|| dice.chance(700)),
            shipped_on_time: course.shipped.map(|shipped| shipped - course.paid <= 48 * HOUR),
            both_rated: (platform == Platform::Taobao && reviewed).then(|| dice.chance(900)),
            carrier: sent.then(|| course.carrier.name.to_owned()),
            tracking_number: sent.then(|| tracking(course, dice)),
            buyer: buyer.in_order(platform),
            lines: bought.iter().map(|bought| line(platform, *bought, goods, currency)).collect(),
        }
    }
}

/// The platform's id of a product: the one of its word file, but 12 digits on eBay and our own on an own site.
pub(crate) fn listed_as(platform: Platform, product: &Product) -> Cow<'_, str> {
    let dice = || Dice::of(&product.key.bytes().map(u64::from).collect::<Vec<_>>());
    match platform {
        Platform::Ebay => Cow::Owned(format!("2{:011}", dice().below(100_000_000_000))),
        Platform::OwnShop => Cow::Owned(format!("mm-{:06}", dice().below(1_000_000))),
        _ => Cow::Borrowed(&product.key),
    }
}

/// The key of a line: what tells it from the other lines of its order.
pub(crate) fn line_key(platform: Platform, bought: Bought, product: &Product) -> String {
    format!("{}-{}", listed_as(platform, product), bought.variant + 1)
}

fn line(platform: Platform, bought: Bought, goods: &[&'static Product], currency: Currency) -> IncomingLine {
    let product = goods[bought.good];
    let key = line_key(platform, bought, product);
    IncomingLine {
        sku: Some(key.clone()),
        key,
        product_key: Some(listed_as(platform, product).into_owned()),
        title: Some(format!("{} {}", product.title, product.variants[bought.variant])),
        quantity: bought.quantity,
        price: Some(Money { minor: product.price, currency }),
    }
}

fn state(course: &Course, amazon: bool) -> OrderState {
    match course {
        Course { closed: true, .. } => OrderState::Closed,
        Course { confirmed: Some(_), .. } if !amazon => OrderState::Completed,
        Course { delivered: Some(_), .. } => OrderState::Delivered,
        Course { shipped: Some(_), .. } => OrderState::Shipped,
        _ => OrderState::PaidUnshipped,
    }
}

fn tracking(course: &Course, dice: &mut Dice) -> String {
    let digits =
        (0..course.carrier.digits).map(|_| char::from(b'0' + u8::try_from(dice.below(10)).unwrap_or(0)));
    course.carrier.prefix.chars().chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_have_the_platform_shape_and_never_come_twice() {
        let mut seen = BTreeSet::new();
        for shop in 0..9 {
            for index in (0..3_000).chain(999_000..1_000_000) {
                let taobao = number(Platform::Taobao, shop, index, &mut Dice::of(&[1, u64::from(index)]));
                assert!(taobao.len() == 19 && taobao.bytes().all(|digit| digit.is_ascii_digit()), "{taobao}");
                let amazon = number(Platform::AMAZON_US, shop, index, &mut Dice::of(&[1, u64::from(index)]));
                let parts: Vec<_> = amazon.split('-').map(str::len).collect();
                assert_eq!(parts, [3, 7, 7]);
                let ebay = number(Platform::Ebay, shop, index, &mut Dice::of(&[1, u64::from(index)]));
                assert_eq!(ebay.split('-').map(str::len).collect::<Vec<_>>(), [2, 5, 5]);
                let own = number(Platform::OwnShop, shop, index, &mut Dice::of(&[1, u64::from(index)]));
                assert!(seen.insert(ebay) && seen.insert(own));
                // The first three digits are thrown; the rest alone must tell orders apart.
                assert!(seen.insert(taobao[..13].to_owned()) && seen.insert(amazon[4..].to_owned()));
            }
        }
    }

    #[test]
    fn taobao_numbers_grow_with_time() {
        let numbers: Vec<_> =
            (0..50).map(|index| number(Platform::Tmall, 2, index, &mut Dice::of(&[9]))).collect();
        assert!(numbers.is_sorted());
    }
}
