//! Patterns 异常规律: what one review does not show and several together do. Bursts of bad reviews, texts that stand again
//! and again, one buyer who complains of everything.
//!
//! [`find`] looks at the reviews of one shop. A pattern is a reason to look, never a verdict: a bad batch of goods gives a
//! burst as well as a rival does.
//!
//! The thresholds are our own, chosen to be quiet: no platform publishes any.
//!
//! | pattern | holds when |
//! |---|---|
//! | burst on a product | 5 bad reviews within 24 hours, and 4 times what the 30 days before lead to expect |
//! | burst on a shop | 10 bad reviews within 24 hours, and 4 times what the 30 days before lead to expect |
//! | either | only where the shop is known for a week |
//! | near duplicate | texts of 12 letters or more share 80 % of their letter triples |
//! | same text | one text, letter by letter, on 3 products or more |
//! | buyer's pattern | 3 bad reviews by one buyer within 7 days |

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use pingxin_language::alike::{self, Sketch};

use crate::{BuyerId, ProductId, ReviewId, Say};

const BURST: SignedDuration = SignedDuration::from_hours(24);
const BEFORE: SignedDuration = SignedDuration::from_hours(24 * 30);
/// With less known of the shop nobody can say what is usual.
const LEAST_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 7);
const FEWEST_ON_PRODUCT: usize = 5;
const FEWEST_ON_SHOP: usize = 10;
const TIMES_EXPECTED: f64 = 4.0;
const FEWEST_PRODUCTS: usize = 3;
const BUYER_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 7);
const FEWEST_OF_BUYER: usize = 3;

/// A kind of pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PatternCode {
    /// Many bad reviews of one product in a short time.
    BurstProduct,
    /// Many bad reviews of one shop in a short time.
    BurstShop,
    /// Nearly the same words in several reviews of the shop.
    NearDuplicate,
    /// The same words on several products.
    SameText,
    /// One buyer with several bad reviews in a short time.
    BuyerPattern,
}

impl PatternCode {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::BurstProduct, Self::BurstShop, Self::NearDuplicate, Self::SameText, Self::BuyerPattern];

    /// The stored code, also shown by the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BurstProduct => "burst_product",
            Self::BurstShop => "burst_shop",
            Self::NearDuplicate => "near_duplicate",
            Self::SameText => "same_text",
            Self::BuyerPattern => "buyer_pattern",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }
}

/// A review as patterns look at it.
#[derive(Debug, Clone)]
pub struct SeenReview {
    /// Which.
    pub id: ReviewId,
    /// When it was written, else imported.
    pub at: Timestamp,
    /// Of which product.
    pub product: Option<ProductId>,
    /// By whom.
    pub buyer: Option<BuyerId>,
    /// Whether its stars, verdict or corrected tone are bad; neutral ones do not count.
    pub is_bad: bool,
    /// Its words.
    pub text: String,
}

/// A pattern and the reviews that show it, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternFound {
    /// Which.
    pub code: PatternCode,
    /// Two or more.
    pub reviews: Vec<ReviewId>,
    /// What it says of them.
    pub why: Say,
}

/// Every pattern in the reviews of one shop, in whatever order they come.
#[must_use]
pub fn find(reviews: &[SeenReview]) -> Vec<PatternFound> {
    let mut ordered: Vec<&SeenReview> = reviews.iter().collect();
    ordered.sort_by_key(|review| (review.at, review.id));
    let since = ordered.first().map_or(Timestamp::UNIX_EPOCH, |first| first.at);
    let bad: Vec<&SeenReview> = ordered.iter().copied().filter(|review| review.is_bad).collect();
    let mut found = Vec::new();
    let mut products: BTreeMap<ProductId, Vec<&SeenReview>> = BTreeMap::new();
    let mut buyers: BTreeMap<BuyerId, Vec<&SeenReview>> = BTreeMap::new();
    for review in &bad {
        if let Some(product) = review.product {
            products.entry(product).or_default().push(review);
        }
        if let Some(buyer) = review.buyer {
            buyers.entry(buyer).or_default().push(review);
        }
    }
    for of_product in products.values() {
        for burst in bursts(of_product, FEWEST_ON_PRODUCT, since) {
            let many = burst.len();
            let why = Say::new(
                format!(
                    "同一商品在一天左右集中出现 {many} 条差评，是平时的 4 倍以上，请核对批次质量或是否有人恶意刷评"
                ),
                format!(
                    "{many} bad reviews of one product came within about a day, over 4 times the usual: look for a bad batch, or for somebody behind them"
                ),
            );
            found.push(pattern(PatternCode::BurstProduct, &burst, why));
        }
    }
    for burst in bursts(&bad, FEWEST_ON_SHOP, since) {
        let many = burst.len();
        let why = Say::new(
            format!(
                "店铺在一天左右集中出现 {many} 条差评，是平时的 4 倍以上，请核对物流、活动或是否有人恶意刷评"
            ),
            format!(
                "{many} bad reviews of the shop came within about a day, over 4 times the usual: look at delivery, a promotion, or for somebody behind them"
            ),
        );
        found.push(pattern(PatternCode::BurstShop, &burst, why));
    }
    for of_buyer in buyers.values() {
        for run in runs(of_buyer, BUYER_WITHIN, |start, end| end + 1 - start >= FEWEST_OF_BUYER) {
            let many = run.len();
            let why = Say::new(
                format!("同一买家在一周左右给出 {many} 条差评"),
                format!("One buyer left {many} bad reviews within about a week"),
            );
            found.push(pattern(PatternCode::BuyerPattern, &run, why));
        }
    }
    found.extend(copies(&ordered));
    found
}

fn pattern(code: PatternCode, reviews: &[&SeenReview], why: Say) -> PatternFound {
    PatternFound { code, reviews: reviews.iter().map(|review| review.id).collect(), why }
}

/// Stretches of reviews within windows that hold enough, told the first and the last place of each.
fn runs<'a>(
    ordered: &[&'a SeenReview],
    window: SignedDuration,
    enough: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<&'a SeenReview>> {
    let mut marked = vec![false; ordered.len()];
    let mut start = 0;
    for end in 0..ordered.len() {
        while ordered[end].at.duration_since(ordered[start].at) > window {
            start += 1;
        }
        if enough(start, end) {
            marked[start..=end].fill(true);
        }
    }
    let mut runs: Vec<Vec<&SeenReview>> = Vec::new();
    let mut last: Option<usize> = None;
    for at in (0..ordered.len()).filter(|at| marked[*at]) {
        let goes_on = last
            .is_some_and(|last| last + 1 == at && ordered[at].at.duration_since(ordered[last].at) <= window);
        match runs.last_mut().filter(|_| goes_on) {
            Some(run) => run.push(ordered[at]),
            None => runs.push(vec![ordered[at]]),
        }
        last = Some(at);
    }
    runs
}

/// Runs of a day that are far more than the month before leads to expect; `since` is when the shop's first review was
/// written that is known.
fn bursts<'a>(ordered: &[&'a SeenReview], fewest: usize, since: Timestamp) -> Vec<Vec<&'a SeenReview>> {
    let enough = |start: usize, end: usize| {
        let (many, first) = (end + 1 - start, ordered[start].at);
        let known = first.duration_since(since).min(BEFORE);
        if many < fewest || known < LEAST_BEFORE {
            return false;
        }
        let from = ordered.partition_point(|review| first.duration_since(review.at) > known);
        let days = known.as_secs_f64() / BURST.as_secs_f64();
        many as f64 >= TIMES_EXPECTED * (start - from) as f64 / days
    };
    runs(ordered, BURST, enough)
}

/// Reviews with the same words, or nearly.
fn copies(ordered: &[&SeenReview]) -> Vec<PatternFound> {
    let sketches: Vec<Option<Sketch>> = ordered.iter().map(|review| Sketch::of(&review.text)).collect();
    let mut found = Vec::new();
    for group in alike::groups(&sketches) {
        let members: Vec<&SeenReview> = group.iter().map(|at| ordered[*at]).collect();
        // A buyer who says the same of each thing of one order copies only himself.
        let mut writers: Vec<Option<BuyerId>> = members.iter().map(|review| review.buyer).collect();
        writers.sort_unstable();
        writers.dedup();
        if writers.len() > 1 || writers.first() == Some(&None) {
            let many = members.len();
            let why = Say::new(
                format!("店内有 {many} 条评价文字几乎相同，可能是复制粘贴或刷评"),
                format!("{many} reviews of the shop have nearly the same words: copied, or written to order"),
            );
            found.push(pattern(PatternCode::NearDuplicate, &members, why));
        }
        found.extend(same_texts(&group, ordered, &sketches));
    }
    found
}

/// Of texts that are nearly the same those that are the same, where they stand on several products.
fn same_texts(group: &[usize], ordered: &[&SeenReview], sketches: &[Option<Sketch>]) -> Vec<PatternFound> {
    let mut same: Vec<Vec<usize>> = Vec::new();
    for at in group {
        let Some(Some(sketch)) = sketches.get(*at) else { continue };
        let known = same.iter_mut().find(|known| {
            known.first().and_then(|first| sketches[*first].as_ref()).is_some_and(|one| one.is_same(sketch))
        });
        match known {
            Some(known) => known.push(*at),
            None => same.push(vec![*at]),
        }
    }
    same.into_iter()
        .filter_map(|places| {
            let members: Vec<&SeenReview> = places.iter().map(|at| ordered[*at]).collect();
            let mut products: HashMap<ProductId, ()> = HashMap::new();
            products.extend(members.iter().filter_map(|review| review.product).map(|product| (product, ())));
            let many = products.len();
            let why = Say::new(
                format!("同一段文字出现在 {many} 个商品的评价里"),
                format!("The same words stand in reviews of {many} products"),
            );
            (many >= FEWEST_PRODUCTS).then(|| pattern(PatternCode::SameText, &members, why))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::identifiers::Identifier;

    fn seen(number: u128, hours: i64, text: &str) -> SeenReview {
        SeenReview {
            id: ReviewId::from_uuid(Uuid::from_u128(number)),
            at: Timestamp::from_second(1_767_225_600 + hours * 3600).unwrap(),
            product: None,
            buyer: None,
            is_bad: true,
            text: text.to_owned(),
        }
    }

    fn product(number: u128) -> Option<ProductId> {
        Some(ProductId::from_uuid(Uuid::from_u128(number)))
    }

    fn buyer(number: u128) -> Option<BuyerId> {
        Some(BuyerId::from_uuid(Uuid::from_u128(number)))
    }

    fn codes(reviews: &[SeenReview]) -> Vec<(PatternCode, usize)> {
        find(reviews).into_iter().map(|found| (found.code, found.reviews.len())).collect()
    }

    /// A kind review of long ago, so that the shop is known.
    fn before() -> SeenReview {
        SeenReview { is_bad: false, ..seen(9_999, -24 * 60, "好") }
    }

    #[test]
    fn a_burst_is_more_than_the_usual() {
        let of = |at: u128, hours| SeenReview { product: product(1), ..seen(at, hours, "坏") };
        let burst: Vec<SeenReview> =
            (0..6).map(|at| of(at, at as i64)).chain(std::iter::once(before())).collect();
        assert_eq!(codes(&burst), [(PatternCode::BurstProduct, 6)]);
        assert_eq!(codes(&burst[..6]), [], "of a shop that is new nobody knows what is usual");
        // The same six where five a day are usual.
        let usual: Vec<SeenReview> = (100..400).map(|at| of(at, -((at as i64 - 99) * 5))).collect();
        assert_eq!(codes(&[usual, burst.clone()].concat()), []);
        let praise: Vec<SeenReview> =
            burst.iter().cloned().map(|review| SeenReview { is_bad: false, ..review }).collect();
        assert_eq!(codes(&praise), []);
        let apart: Vec<SeenReview> =
            (0..6).map(|at| of(at, at as i64 * 30)).chain(std::iter::once(before())).collect();
        assert_eq!(codes(&apart), []);
    }

    #[test]
    fn a_shop_s_burst_spreads_over_products() {
        let of = |at: u128| SeenReview { product: product(at), ..seen(at, at as i64 / 2, "慢") };
        let burst: Vec<SeenReview> = (0..12).map(of).chain(std::iter::once(before())).collect();
        assert_eq!(codes(&burst), [(PatternCode::BurstShop, 12)]);
    }

    #[test]
    fn a_buyer_who_complains_of_everything_is_seen() {
        let of = |at: u128, hours| SeenReview { buyer: buyer(7), ..seen(at, hours, "差") };
        assert_eq!(codes(&[of(1, 0), of(2, 30), of(3, 90)]), [(PatternCode::BuyerPattern, 3)]);
        assert_eq!(codes(&[of(1, 0), of(2, 30), of(3, 300)]), [], "a fortnight is no short time");
        assert_eq!(
            codes(&[of(1, 0), of(2, 30), SeenReview { buyer: buyer(8), ..seen(3, 40, "差") }]),
            [],
            "somebody else's is not his"
        );
    }

    #[test]
    fn copies_are_found_on_several_products_and_by_several_people() {
        let text = "包装破了，里面的东西也碎了，客服半天不回，非常失望";
        let of = |at: u128, from: u128| SeenReview {
            product: product(at),
            buyer: buyer(from),
            is_bad: false,
            ..seen(at, at as i64 * 100, text)
        };
        let three = [of(1, 1), of(2, 2), of(3, 3)];
        assert_eq!(codes(&three), [(PatternCode::NearDuplicate, 3), (PatternCode::SameText, 3)]);
        assert_eq!(codes(&[of(1, 1), of(2, 1)]), [], "a buyer who says the same of two things of his order");
        let why = &find(&three)[1].why;
        assert!(why.zh.contains("3 个商品") && why.en.contains("3 products"));
        let mut backwards = three.to_vec();
        backwards.reverse();
        assert_eq!(find(&backwards), find(&three), "whatever order they come in");
    }

    #[test]
    fn codes_read_back() {
        for code in PatternCode::ALL {
            assert_eq!(PatternCode::from_code(code.code()), Some(code));
        }
    }
}
