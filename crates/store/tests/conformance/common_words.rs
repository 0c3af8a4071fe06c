//! A word that very many reviews hold is looked for on the way instead of read whole; what is found is the same.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::ReviewId;
use pingxin_domain::intake::IncomingReview;
use pingxin_domain::list::Changed;
use pingxin_domain::review::Rating;
use pingxin_store::case::{self, CaseFilter, CaseRow};
use pingxin_store::review::{self, ReviewFilter, Sort};

use crate::on_both;
use crate::world::{World, reading, review as plain};

on_both!(common_words_find_what_rare_ones_would);

/// More than of any word is looked at to count.
const MANY: usize = 5_400;
/// So many of the oldest hold a second word, and none of the others.
const OLD: usize = 2_300;
/// Every so many has a single star and a case.
const ONE_IN: usize = 100;

fn written(at: usize) -> IncomingReview {
    let text = if at < OLD { "质量一般，客服不错" } else { "质量一般" };
    let stars = if at.is_multiple_of(ONE_IN) { 1 } else { 5 };
    let hours = SignedDuration::from_hours(i64::try_from(at).unwrap());
    IncomingReview {
        rating: Rating::try_from(stars).ok(),
        created: Some(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(400_000) + hours),
        ..plain(&format!("W{at}"), text)
    }
}

fn severity(at: usize) -> u8 {
    u8::try_from(at / ONE_IN * 37 % 90).unwrap()
}

async fn common_words_find_what_rare_ones_would(world: &World) {
    let ours = &world.ours;
    let reviews: Vec<IncomingReview> = (0..MANY).map(written).collect();
    let mut ids: Vec<ReviewId> = Vec::new();
    for chunk in reviews.chunks(1_000) {
        ids.extend(world.add(&ours.scope, ours.first, chunk).await);
    }
    for at in (0..MANY).step_by(ONE_IN) {
        world.open_case(&ours.scope, ours.first, ids[at], severity(at)).await;
    }
    let newest = |which: &dyn Fn(usize) -> bool| -> Vec<ReviewId> {
        (0..MANY).rev().filter(|at| which(*at)).map(|at| ids[at]).collect()
    };
    let asked = |query: &str, stars: u8| ReviewFilter {
        query: Some(query.into()),
        ratings: Rating::try_from(stars).into_iter().collect(),
        ..ReviewFilter::default()
    };
    let found = async |filter: &ReviewFilter, sort: Sort| -> Vec<ReviewId> {
        let rows = world.all(&ours.scope, filter, sort, 700).await;
        rows.into_iter().map(|row| row.id).collect()
    };

    // A short list is looked through; a long one until the page is full; one whose newest lack the word not only so.
    assert_eq!(found(&asked("质量", 1), Sort::Newest).await, newest(&|at| at.is_multiple_of(ONE_IN)));
    assert_eq!(found(&asked("质量", 5), Sort::Newest).await, newest(&|at| !at.is_multiple_of(ONE_IN)));
    let old = newest(&|at| !at.is_multiple_of(ONE_IN) && at < OLD);
    assert_eq!(found(&asked("客服", 5), Sort::Newest).await, old);
    assert_eq!(found(&asked("客服", 5), Sort::Oldest).await, old.iter().rev().copied().collect::<Vec<_>>());
    // By stars, the newer first among equals.
    let mut by_stars = newest(&|at| at.is_multiple_of(ONE_IN));
    by_stars.extend(newest(&|at| !at.is_multiple_of(ONE_IN)));
    let word = ReviewFilter { query: Some("质量".into()), ..ReviewFilter::default() };
    assert_eq!(found(&word, Sort::Rating).await, by_stars);
    let gone = ReviewFilter { changed: vec![Changed::Deleted], ..word.clone() };
    assert_eq!(found(&gone, Sort::Newest).await, []);

    // A count never says more than there is, and says when it is not all.
    for (filter, all) in [(&asked("质量", 1), MANY / ONE_IN), (&asked("客服", 5), old.len())] {
        let count = reading!(world, |tx| review::count(tx, &ours.scope, filter).await).unwrap();
        let (value, all) = (usize::try_from(count.value).unwrap(), all.min(1_000));
        assert!(value == all || count.capped && value < all && value > all * 4 / 5, "{count:?} of {all}");
    }

    // Cases, by urgency.
    let mut wanted: Vec<usize> = (0..MANY).step_by(ONE_IN).collect();
    wanted.sort_by_key(|at| (std::cmp::Reverse(severity(*at)), *at));
    for (query, before) in [("质量", MANY), ("客服", OLD)] {
        let filter = &CaseFilter { query: Some(query.into()), ..CaseFilter::default() };
        let page = reading!(world, |tx| {
            case::list(tx, &ours.scope, filter, case::Sort::Severity, None, 1_000).await
        })
        .unwrap();
        let cases: Vec<ReviewId> = page
            .rows
            .iter()
            .filter_map(|row: &CaseRow| row.review.as_ref().map(|review| review.id))
            .collect();
        let expected: Vec<ReviewId> = wanted.iter().filter(|at| **at < before).map(|at| ids[*at]).collect();
        assert_eq!(cases, expected, "{query}");
    }
}
