//! What figures of a shop are counted from: how many reviews of each kind there are in a stretch of time, and the ratings
//! that count against it. What is gone or struck counts nowhere but where it is asked for.

/// A review `r` that was not struck after a granted request.
macro_rules! not_struck {
    () => {
        "NOT EXISTS (SELECT 1 FROM removal_requests q WHERE q.tenant_id = r.tenant_id AND q.review_id = r.id \
         AND q.state = 'granted' AND q.outcome = 'struck')"
    };
}
pub(crate) use not_struck;

mod answers;
mod orders;
mod past;

use jiff::Timestamp;
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{Object, ReviewId, Scope, ShopId};

use crate::position::{REACH, first_at};
use crate::sql::{Row, statements, values};
use crate::{StoreError, Tx, facets, shop};

pub use answers::{AnswerCount, LateAnswer, answers, late_answers};
pub(crate) use orders::push_part;
pub use orders::{OrderCount, order_count};
pub use past::{TakenAway, taken_away};

/// The statements of all figures.
pub(crate) const ALL_STATEMENTS: [&[crate::sql::Statement]; 4] =
    [STATEMENTS, answers::STATEMENTS, orders::STATEMENTS, past::STATEMENTS];

/// Reviews of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatingCount {
    /// What they are.
    pub object: Object,
    /// Their stars.
    pub rating: Option<Rating>,
    /// 好中差
    pub verdict: Option<Verdict>,
    /// Changed by their buyers since they were first seen.
    pub is_revised: bool,
    /// Gone from the platform: counted by nothing but the number of these.
    pub is_gone: bool,
    /// How many.
    pub many: u64,
}

/// A rating that counts against the shop.
#[derive(Debug, Clone)]
pub struct BadRating {
    /// The review.
    pub review: ReviewId,
    /// What it is.
    pub object: Object,
    /// When it was written.
    pub at: Timestamp,
    /// Its stars.
    pub rating: Option<Rating>,
    /// 好中差
    pub verdict: Option<Verdict>,
    /// Its first words, open: mask them before they are shown.
    pub summary: String,
    /// The order that it names.
    pub order_number: Option<String>,
}

/// A stretch of time: after `after` (none, from the first on), up to and with `until`.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// The last instant that is outside.
    pub after: Option<Timestamp>,
    /// The last instant that is inside.
    pub until: Timestamp,
}

/// Letters of a review that are shown beside a figure.
const SUMMARY: usize = 120;

macro_rules! standing {
    () => {
        concat!("r.tenant_id = $1 AND r.shop_id = $2 AND ", not_struck!())
    };
}

statements! {
    // From the index alone: position tells the time, facets stars, verdict, kind and whether it is changed or gone.
    BULK = "SELECT r.facets & $5::bigint AS bits, count(*) FROM reviews r WHERE r.tenant_id = $1 AND r.shop_id = $2 \
        AND r.position >= $3 AND r.position < $4 GROUP BY r.facets & $5::bigint";
    // Near the ends of the stretch the instants themselves decide.
    EDGE = "SELECT r.facets & $5::bigint AS bits, count(*) FROM reviews r WHERE r.tenant_id = $1 AND r.shop_id = $2 \
        AND r.position >= $3 AND r.position < $4 AND coalesce(r.created_at, r.imported_at) > $6 \
        AND coalesce(r.created_at, r.imported_at) <= $7 \
        GROUP BY r.facets & $5::bigint";
    STRUCK = "SELECT r.facets & $5::bigint AS bits, count(*) FROM reviews r WHERE r.tenant_id = $1 AND r.shop_id = $2 \
        AND (r.facets & $6::bigint) = 0 AND r.id IN (SELECT q.review_id FROM removal_requests q WHERE q.tenant_id = $1 \
        AND q.shop_id = $2 AND q.state = 'granted' AND q.outcome = 'struck') \
        AND coalesce(r.created_at, r.imported_at) > $3 AND coalesce(r.created_at, r.imported_at) <= $4 \
        GROUP BY r.facets & $5::bigint";
    BAD = concat!("SELECT r.id, r.object, coalesce(r.created_at, r.imported_at), r.rating, r.verdict, r.title, r.text, \
        r.order_number FROM reviews r WHERE ", standing!(), " AND r.position >= $3 AND (r.facets & $4::bigint) = 0 \
        AND ((r.facets & 7) IN (1, 2, 3) OR (r.facets & 16) <> 0) ORDER BY r.position DESC LIMIT $5");
}

const KINDS: i64 =
    facets::RATING.mask() | facets::VERDICT.mask() | facets::OBJECT.mask() | facets::REVISED | facets::GONE;

/// The reviews of a shop in a stretch of time, by kind, stars and verdict, those that are gone apart; what is struck is
/// left out.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn counts(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    stretch: Stretch,
) -> Result<Vec<RatingCount>, StoreError> {
    shop::require(scope, shop)?;
    let Stretch { after, until } = stretch;
    let after = after.unwrap_or(Timestamp::MIN);
    // What stands at or above `low` was written after `after`, what stands below `high` not after `until`; between them and
    // the ends of the stretch lie a few seconds.
    let start = first_at(after);
    let low = if after == Timestamp::MIN { 0 } else { start + REACH };
    let high = first_at(until);
    let mut found: Vec<(i64, i64)> = Vec::new();
    let bulk = values![scope.tenant, shop, low, high.max(low), KINDS];
    add(&mut found, &tx.all(BULK, bulk).await?, 1)?;
    let mut edges = vec![(high.max(low), high.max(low) + REACH + 1)];
    if low > 0 {
        edges.push((start, low));
    }
    for (from, to) in edges {
        let edge = values![scope.tenant, shop, from, to, KINDS, after, until];
        add(&mut found, &tx.all(EDGE, edge).await?, 1)?;
    }
    let struck = values![scope.tenant, shop, after, until, KINDS, facets::GONE];
    add(&mut found, &tx.all(STRUCK, struck).await?, -1)?;
    let counts = found.into_iter().filter_map(|(bits, many)| {
        let (object, rating, verdict) = facets::rated(bits)?;
        let many = u64::try_from(many).ok().filter(|many| *many > 0)?;
        let (is_revised, is_gone) = (bits & facets::REVISED != 0, bits & facets::GONE != 0);
        Some(RatingCount { object, rating, verdict, is_revised, is_gone, many })
    });
    Ok(counts.collect())
}

fn add(found: &mut Vec<(i64, i64)>, rows: &[Row], sign: i64) -> Result<(), StoreError> {
    for row in rows {
        let mut columns = row.columns();
        let (bits, many) = (columns.int()?, columns.int()?);
        match found.iter_mut().find(|(known, _)| *known == bits) {
            Some((_, sum)) => *sum += sign * many,
            None => found.push((bits, sign * many)),
        }
    }
    Ok(())
}

/// The ratings of a shop that count against it and were written after an instant, the newest first; at most so many.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn bad_since(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    after: Timestamp,
    limit: u32,
) -> Result<Vec<BadRating>, StoreError> {
    shop::require(scope, shop)?;
    let row = values![scope.tenant, shop, first_at(after), facets::GONE, limit];
    let mut ratings = Vec::new();
    for row in tx.all(BAD, row).await? {
        let mut columns = row.columns();
        let (review, object) = (columns.id()?, columns.code(Object::from_code)?);
        let at = columns.instant()?;
        let stars = columns.opt_small()?.and_then(|stars| u8::try_from(stars).ok());
        let verdict = columns.opt_code(Verdict::from_code)?;
        let (title, text) = (columns.opt_text()?, columns.text()?);
        let words = if text.is_empty() { title.unwrap_or_default() } else { text };
        let rating = BadRating {
            review,
            object,
            at,
            rating: stars.and_then(|stars| Rating::try_from(stars).ok()),
            verdict,
            summary: words.chars().take(SUMMARY).collect(),
            order_number: columns.opt_text()?,
        };
        if rating.at > after {
            ratings.push(rating);
        }
    }
    Ok(ratings)
}
