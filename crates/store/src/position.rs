//! The position of a review: one number that sorts by time and is unique, so that a page of the list, a page of a
//! search and a page of one cause all walk an index in the order shown.
//!
//! Milliseconds since 1970 times 2^21, plus digits drawn from the review's id. Where the place is taken (a file of
//! dates without a time puts thousands of reviews on one millisecond) it is drawn again from twice the range.

use std::collections::HashSet;

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{ReviewId, TenantId};

use crate::sql::{Value, statements};
use crate::{StoreError, Tx};

const TIE_BITS: u32 = 21;
/// 2^42 milliseconds end in the year 2109.
const LAST_MILLISECOND: i64 = (1 << 42) - 1;
/// How far, in milliseconds, a position may have moved past its instant.
const SPILL: i64 = 1 << 12;

/// Reviews of one instant stand less than this apart.
pub(crate) const REACH: i64 = (SPILL + 1) << TIE_BITS;

statements! {
    // FTS5 keeps one row a document in its docsize table: the places taken by all merchants.
    TAKEN = "SELECT id FROM review_search_docsize WHERE id = ANY($1::bigint[])",
        "SELECT position FROM reviews WHERE position = ANY($1::bigint[]) AND tenant_id = $2";
}

/// The lowest position at an instant.
pub(crate) fn first_at(instant: Timestamp) -> i64 {
    instant.as_millisecond().clamp(0, LAST_MILLISECOND) << TIE_BITS
}

/// Above every position of an instant before this one.
pub(crate) fn end_before(instant: Timestamp) -> i64 {
    first_at(instant).saturating_add(SPILL << TIE_BITS)
}

fn draw(instant: Timestamp, id: ReviewId, attempt: u32) -> i64 {
    let seed = (id.uuid().as_u128() as u64) ^ u64::from(attempt).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = seed.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 20;
    let range = 1_u64 << (TIE_BITS + attempt.min(12));
    first_at(instant).saturating_add_unsigned(mixed % range)
}

/// A free position for each review, in order.
pub(crate) async fn assign(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    reviews: &[(Timestamp, ReviewId)],
) -> Result<Vec<i64>, StoreError> {
    let mut positions = vec![0; reviews.len()];
    let mut open: Vec<usize> = (0..reviews.len()).collect();
    let mut used = HashSet::with_capacity(reviews.len());
    let mut attempt = 0;
    while !open.is_empty() {
        for &at in &open {
            positions[at] = draw(reviews[at].0, reviews[at].1, attempt);
        }
        let asked: Vec<i64> = open.iter().map(|&at| positions[at]).collect();
        let mut taken = HashSet::new();
        for row in tx.all(TAKEN, vec![Value::from(asked), Value::from(tenant)]).await? {
            taken.insert(row.columns().int()?);
        }
        open.retain(|&at| taken.contains(&positions[at]) || !used.insert(positions[at]));
        attempt += 1;
    }
    Ok(positions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    proptest! {
        #[test]
        fn sorts_by_the_millisecond(a in 0..LAST_MILLISECOND - SPILL, b in 0..LAST_MILLISECOND - SPILL, id: u128) {
            let instant = |ms| Timestamp::from_millisecond(ms).unwrap();
            let id = ReviewId::from_uuid(Uuid::from_u128(id));
            let place = |ms| draw(instant(ms), id, 0);
            prop_assert_eq!(place(a).cmp(&place(b)), a.cmp(&b));
            for attempt in 0..40 {
                let moved = draw(instant(a), id, attempt);
                prop_assert!(first_at(instant(a)) <= moved);
                prop_assert!(moved < end_before(instant(a + 1)));
            }
        }
    }

    #[test]
    fn the_ends_of_the_calendar_have_places() {
        for instant in [Timestamp::MIN, Timestamp::MAX] {
            for attempt in [0, 12, 60] {
                assert!(draw(instant, ReviewId::from_uuid(Uuid::max()), attempt) >= 0);
            }
        }
    }
}
