//! Reviews of every kind, drawn from a seed: for what must hold whatever is stored.

use pingxin_domain::intake::{IncomingReview, content_hash, review_identity};
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{Object, ReviewId, Scope, ShopId};
use pingxin_language::{Cause, Fault, Language, Sentiment, SentimentLabel};
use pingxin_store::identifier::fresh;
use pingxin_store::review::{self, ReviewInsert, TriageColumns};

use crate::world::{World, writing, written};

/// Numbers that look drawn and are the same every time.
pub struct Draw(u64);

impl Draw {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    /// True once in `many` times.
    pub fn once_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Up to `most` different ones.
    pub fn some<T: Copy + PartialEq>(&mut self, of: &[T], most: usize) -> Vec<T> {
        let mut found = Vec::new();
        for _ in 0..self.below(most + 1) {
            let one = self.one(of);
            if !found.contains(&one) {
                found.push(one);
            }
        }
        found
    }
}

/// A review to store, and what triage is said to have read.
#[derive(Debug, Clone)]
pub struct Made {
    pub review: IncomingReview,
    pub triage: Option<TriageColumns>,
}

const OBJECTS: [Object; 4] =
    [Object::Review, Object::Followup, Object::ProductReview, Object::SellerFeedback];
const WORDS: [&str; 5] = ["", "穿了两天就开线", "包装 破损", "kettle leaks", "很好"];

/// So many reviews, a minute or none apart. `alike` draws one value of each kind far more often than the others.
pub fn reviews(many: usize, seed: u64, alike: bool) -> Vec<Made> {
    let mut draw = Draw::new(seed);
    let draw = &mut draw;
    (0..many)
        .map(|at| {
            let usual = |draw: &mut Draw| alike && !draw.once_in(9);
            let text = draw.one(&WORDS);
            let mut review = written(&format!("M{seed}-{at}"), text, (at as i64 / 2) * 60);
            let stars = if usual(draw) { 1 } else { u8::try_from(draw.below(6)).unwrap() };
            review.rating = Rating::try_from(stars).ok();
            let verdicts = [None, Some(Verdict::Good), Some(Verdict::Neutral), Some(Verdict::Bad)];
            review.verdict = if usual(draw) { Some(Verdict::Bad) } else { draw.one(&verdicts) };
            review.object = if usual(draw) { Object::Followup } else { draw.one(&OBJECTS) };
            review.photos = if usual(draw) || draw.once_in(4) { 2 } else { 0 };
            review.product_key = draw.once_in(2).then(|| format!("P{}", draw.below(3)));
            review.order_number = draw.once_in(3).then(|| format!("A-{}", draw.below(4)));
            let mut causes = draw.some(Cause::ALL, 3);
            if usual(draw) && !causes.contains(&Cause::Quality) {
                causes.push(Cause::Quality);
            }
            let triage = TriageColumns {
                language: if usual(draw) { Language::English } else { draw.one(Language::ALL) },
                sentiment: Sentiment {
                    label: if usual(draw) { SentimentLabel::Negative } else { draw.one(SentimentLabel::ALL) },
                    score: 0.5,
                },
                primary_cause: causes.first().copied(),
                causes,
                fault: if usual(draw) { Fault::Seller } else { draw.one(Fault::ALL) },
                severity: u8::try_from(draw.below(101)).unwrap(),
                model: "test".into(),
                body: "{}".into(),
            };
            Made { review, triage: (!draw.once_in(12)).then_some(triage) }
        })
        .collect()
}

/// Stores them in one shop.
pub async fn store(world: &World, scope: &Scope, shop: ShopId, made: &[Made]) -> Vec<ReviewId> {
    let imported_at = world.now();
    let rows: Vec<ReviewInsert<'_>> = made
        .iter()
        .zip(1..)
        .map(|(made, line)| ReviewInsert {
            id: fresh(),
            shop,
            identity: review_identity(&made.review).stored(0),
            review: &made.review,
            content_hash: content_hash(&made.review),
            order: None,
            buyer: None,
            batch: None,
            line,
            imported_at,
            triage: made.triage.clone(),
            opens_case: false,
        })
        .collect();
    let rows = rows.as_slice();
    writing!(world, |tx| review::insert_many(tx, scope, rows).await).unwrap();
    rows.iter().map(|row| row.id).collect()
}
