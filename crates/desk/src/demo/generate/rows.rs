//! The rows of one shop, one by one as they are asked for: nothing is kept but the decks.

use std::collections::VecDeque;

use pingxin_domain::intake::{IncomingOrder, IncomingRecord, IncomingReview, IncomingRow};
use pingxin_domain::money::Currency;

use super::calendar::Calendar;
use super::course::Course;
use super::deck::Decks;
use super::dice::Dice;
use super::order;
use super::person::Person;
use super::record::{self, Beside};
use super::review::{About, Said};
use super::words::{Category, Product, ShopWords, Words};
use super::{DemoPlan, Quota};
use pingxin_domain::Platform;

/// A shop's orders and reviews, in the order in which the orders were placed.
#[derive(Debug)]
pub struct Rows {
    made: Made,
    line: u64,
    /// The review of the order just given.
    waiting: Option<Vec<IncomingReview>>,
}

impl Rows {
    pub(super) fn new(plan: &DemoPlan, shop_index: usize) -> Self {
        // The first line of an export is its header.
        Self { made: Made::new(plan, shop_index), line: 1, waiting: None }
    }

    fn row(&mut self) -> IncomingRow {
        self.line += 1;
        IncomingRow {
            line: self.line,
            order: None,
            reviews: Vec::new(),
            records: Vec::new(),
            raw: Vec::new(),
        }
    }
}

impl Iterator for Rows {
    type Item = IncomingRow;

    fn next(&mut self) -> Option<IncomingRow> {
        if let Some(reviews) = self.waiting.take() {
            return Some(IncomingRow { reviews, ..self.row() });
        }
        let told = self.made.next()?;
        self.waiting = told.said.map(|said| said.reviews);
        Some(IncomingRow { order: Some(told.order), ..self.row() })
    }
}

/// The reviews of a shop that their buyers have changed since, as a later export shows them.
#[derive(Debug)]
pub struct RevisedRows {
    made: Made,
    line: u64,
}

impl RevisedRows {
    pub(super) fn new(plan: &DemoPlan, shop_index: usize) -> Self {
        Self { made: Made::new(plan, shop_index), line: 1 }
    }
}

impl Iterator for RevisedRows {
    type Item = IncomingRow;

    fn next(&mut self) -> Option<IncomingRow> {
        let revised = self.made.find_map(|told| told.said?.revised)?;
        self.line += 1;
        Some(IncomingRow {
            line: self.line,
            order: None,
            reviews: vec![revised],
            records: Vec::new(),
            raw: Vec::new(),
        })
    }
}

/// What stands beside the orders of a shop, as later exports show it: parcels, after-sales, chats, calls, figures.
#[derive(Debug)]
pub struct RecordRows {
    made: Made,
    waiting: VecDeque<IncomingRecord>,
    line: u64,
}

impl RecordRows {
    pub(super) fn new(plan: &DemoPlan, shop_index: usize) -> Self {
        let made = Made::new(plan, shop_index);
        let waiting = record::figures(made.platform, &made.calendar, Dice::of(&[made.seed, 7])).into();
        Self { made, waiting, line: 1 }
    }
}

impl Iterator for RecordRows {
    type Item = IncomingRow;

    fn next(&mut self) -> Option<IncomingRow> {
        while self.waiting.is_empty() {
            let told = self.made.next()?;
            let dice = Dice::of(&[self.made.seed, 6, u64::from(told.index)]);
            let beside = Beside {
                shop: self.made.shop,
                shop_index: self.made.shop_index,
                platform: self.made.platform,
                product: self.made.products[told.course.first.good],
                told: &told,
                now: self.made.calendar.now,
            };
            self.waiting.extend(beside.records(dice));
        }
        self.line += 1;
        Some(IncomingRow {
            line: self.line,
            order: None,
            reviews: Vec::new(),
            records: self.waiting.pop_front().into_iter().collect(),
            raw: Vec::new(),
        })
    }
}

/// One order with everything that was thrown for it.
#[derive(Debug)]
pub(crate) struct Told {
    /// Its place among the orders of its shop.
    pub(crate) index: u32,
    pub(crate) course: Course,
    pub(crate) buyer: Person,
    pub(crate) order: IncomingOrder,
    /// What was said of it.
    pub(crate) said: Option<Said>,
}

/// Orders with what was said of them.
#[derive(Debug)]
pub(super) struct Made {
    shop: &'static ShopWords,
    shop_index: usize,
    platform: Platform,
    currency: Currency,
    goods: Vec<(&'static Category, &'static Product)>,
    products: Vec<&'static Product>,
    calendar: Calendar,
    seed: u64,
    orders: u32,
    index: u32,
    decks: Decks,
    choice: Dice,
    left: Left,
}

/// What is left to choose reviews from (selection sampling: Knuth, "The Art of Computer Programming" 3.4.2,
/// with weights): every wanted review is given as long as there are orders to review.
#[derive(Debug, Default)]
struct Left {
    wanted: u64,
    reviewable: u64,
    weight: u64,
}

impl Made {
    pub(super) fn new(plan: &DemoPlan, shop_index: usize) -> Self {
        let words = Words::all();
        let shop = &words.shops[shop_index];
        let Quota { orders, reviews } = plan.quotas[shop_index];
        let goods = shop.goods(words);
        let number = u64::try_from(shop_index).unwrap_or(u64::MAX);
        let seed = Dice::of(&[plan.seed, number]).throw();
        let mut made = Self {
            shop,
            shop_index,
            platform: plan.shops[shop_index].platform,
            currency: plan.shops[shop_index].currency,
            products: goods.iter().map(|(_, product)| *product).collect(),
            goods,
            calendar: Calendar::new(plan.now, shop.language),
            seed,
            orders,
            index: 0,
            decks: Decks::new(seed),
            choice: Dice::of(&[seed, 1]),
            left: Left { wanted: u64::from(reviews), ..Left::default() },
        };
        if reviews > 0 {
            for index in 0..orders {
                let weight = made.course(index).review_weight(made.calendar.now);
                made.left.weight += weight;
                made.left.reviewable += u64::from(weight > 0);
            }
        }
        made
    }

    fn course(&self, index: u32) -> Course {
        let mut dice = Dice::of(&[self.seed, 2, u64::from(index)]);
        Course::throw(index, self.orders, self.shop, &self.goods, &self.calendar, &mut dice)
    }

    fn is_reviewed(&mut self, course: &Course) -> bool {
        let weight = course.review_weight(self.calendar.now);
        if weight == 0 || self.left.wanted == 0 {
            return false;
        }
        let all = self.left.wanted >= self.left.reviewable;
        let chosen = all || self.choice.below(self.left.weight) < self.left.wanted * weight;
        self.left.weight -= weight;
        self.left.reviewable -= 1;
        self.left.wanted -= u64::from(chosen);
        chosen
    }
}

impl Iterator for Made {
    type Item = Told;

    fn next(&mut self) -> Option<Self::Item> {
        if self.index >= self.orders {
            return None;
        }
        let index = self.index;
        self.index += 1;
        let course = self.course(index);
        let reviewed = self.is_reviewed(&course);
        let mut dice = Dice::of(&[self.seed, 3, u64::from(index)]);
        // Fewer buyers than orders, so that some come back.
        let person = dice.below(u64::from(self.orders) * 4 / 5 + 1);
        let buyer = Person::throw(Dice::of(&[self.seed, 4, person]), self.shop.language, Words::all());
        let number = order::number(self.platform, self.shop_index, index, &mut dice);
        let (category, product) = self.goods[course.first.good];
        let said = reviewed.then(|| {
            let about = About {
                shop: self.shop,
                platform: self.platform,
                category,
                product,
                course: &course,
                buyer: &buyer,
                order_number: &number,
                now: self.calendar.now,
            };
            about.said(&mut self.decks, &mut Dice::of(&[self.seed, 5, u64::from(index)]))
        });
        let facts = order::Sold { platform: self.platform, currency: self.currency, goods: &self.products };
        let order = facts.row(number, &course, &buyer, reviewed, &mut dice);
        Some(Told { index, course, buyer, order, said })
    }
}
