//! An invented shop group for the demo: shops, three months of orders, and what buyers said of them.
//!
//! Everything follows from a seed and an instant, so the demo is the same on every machine. Rows are made one
//! by one, so a million orders need no more memory than a hundred. Two things went wrong in the three months,
//! so that the figures tell a story: one product had a bad lot for a week, and one carrier got stuck.
//!
//! `words` reads the banks of `demo/words`; `course` decides what befalls an order, `opinion` what its buyer
//! thinks, `pen` and `habit` how he says it; `order`, `review`, `record` and `rows` put it in the shape of
//! an export.

mod calendar;
mod course;
mod deck;
mod dice;
mod habit;
mod opinion;
mod order;
mod pen;
mod person;
mod record;
mod review;
mod rows;
mod template;
#[cfg(test)]
mod tests;
mod tidy;
mod words;

use jiff::Timestamp;
use pingxin_domain::Platform;
use pingxin_domain::money::Currency;

pub use rows::{RecordRows, RevisedRows, Rows};
use words::Words;

/// How many orders the demo has unless asked for more.
pub const ORDERS: u32 = 6_000;
/// How many reviews it has.
pub const REVIEWS: u32 = 1_500;

/// One shop of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoShop {
    /// Invented name, marked as a demo.
    pub name: String,
    /// Where it stands.
    pub platform: Platform,
    /// IANA name.
    pub timezone: String,
    /// What its amounts are in.
    pub currency: Currency,
}

/// What will be made; nothing is made yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPlan {
    /// The shops, in the order of their indexes.
    pub shops: Vec<DemoShop>,
    seed: u64,
    now: Timestamp,
    quotas: Vec<Quota>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quota {
    orders: u32,
    reviews: u32,
}

/// Plans a shop group with this many orders and reviews in the three months before `now`. The same seed and
/// instant plan the same rows.
#[must_use]
pub fn plan(seed: u64, orders: u32, reviews: u32, now: Timestamp) -> DemoPlan {
    let words = Words::all();
    let of_orders = shared(orders, words.shops.iter().map(|shop| shop.orders).collect());
    let of_reviews = shared(reviews, words.shops.iter().map(|shop| shop.reviews).collect());
    let quotas = of_orders.into_iter().zip(of_reviews).map(|(orders, reviews)| Quota { orders, reviews });
    let shops = words.shops.iter().map(|shop| {
        let platform: Platform = shop.platform.parse().expect("a test reads every shop of the word files");
        DemoShop {
            name: shop.name.clone(),
            platform,
            timezone: platform.default_timezone().to_owned(),
            currency: platform.default_currency().parse().expect("platforms have known currencies"),
        }
    });
    DemoPlan { shops: shops.collect(), seed, now, quotas: quotas.collect() }
}

/// Splits a number by weights without losing one.
fn shared(number: u32, weights: Vec<u32>) -> Vec<u32> {
    let total = weights.iter().map(|weight| u64::from(*weight)).sum::<u64>().max(1);
    let (mut before, mut given) = (0u64, 0u64);
    let part = |weight: &u32| {
        before += u64::from(*weight);
        let up_to_here = u64::from(number) * before / total;
        let part = up_to_here - given;
        given = up_to_here;
        u32::try_from(part).unwrap_or(u32::MAX)
    };
    weights.iter().map(part).collect()
}

impl DemoPlan {
    /// Orders and reviews in all.
    pub(super) fn size(&self) -> usize {
        self.quotas.iter().map(|quota| quota.orders as usize + quota.reviews as usize).sum()
    }

    /// The rows of one shop: each order, and after it the review of its buyer with its follow-up, if he left
    /// one. Reviews stop short of the wanted number only when fewer orders have arrived.
    ///
    /// # Panics
    /// When `shop_index` is not an index of [`DemoPlan::shops`].
    #[must_use]
    pub fn rows(&self, shop_index: usize) -> Rows {
        Rows::new(self, shop_index)
    }

    /// Reviews of one shop that their buyers have changed since, as a later export shows them; to be taken in
    /// after [`DemoPlan::rows`], in an import of their own.
    ///
    /// # Panics
    /// When `shop_index` is not an index of [`DemoPlan::shops`].
    #[must_use]
    pub fn revised_rows(&self, shop_index: usize) -> RevisedRows {
        RevisedRows::new(self, shop_index)
    }

    /// What stands beside the orders of one shop: parcels, after-sales, chats and calls for part of them, and the
    /// platform's figures.
    ///
    /// # Panics
    /// When `shop_index` is not an index of [`DemoPlan::shops`].
    #[must_use]
    pub fn record_rows(&self, shop_index: usize) -> RecordRows {
        RecordRows::new(self, shop_index)
    }
}
