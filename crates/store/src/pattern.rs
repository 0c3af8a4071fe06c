//! Patterns: reviews that stand out beside others of their shop. Each is a record of its own beside the readings; one review
//! has one of a kind, and those of one finding share a group.

use std::collections::{HashMap, HashSet};
use std::iter::repeat_n;

use jiff::Timestamp;
use pingxin_domain::pattern::{PatternCode, SeenReview};
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{PatternGroupId, ReviewId, Say, Scope, ShopId};
use pingxin_language::SentimentLabel;
use serde::{Deserialize, Serialize};

use crate::review::read_rating;
use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx, shop};

/// Other reviews of a group that are shown at most.
const SHOWN: u32 = 20;

/// One review within a finding, to be written.
#[derive(Debug, Clone)]
pub struct PatternWrite<'a> {
    /// Which review.
    pub review: ReviewId,
    /// What it shows.
    pub code: PatternCode,
    /// All of one finding.
    pub group: PatternGroupId,
    /// The reason.
    pub why: &'a Say,
    /// The others, as they are known now.
    pub others: Vec<ReviewId>,
}

/// Another review of the same finding.
#[derive(Debug, Clone)]
pub struct PatternOther {
    /// Which.
    pub review: ReviewId,
    /// Its first words, or its title.
    pub label: String,
    /// Stars.
    pub rating: Option<Rating>,
    /// 好中差
    pub verdict: Option<Verdict>,
    /// When it was written, else imported.
    pub at: Timestamp,
}

/// What was found of a review.
#[derive(Debug, Clone)]
pub struct StoredPattern {
    /// Which.
    pub code: PatternCode,
    /// When it was found.
    pub at: Timestamp,
    /// The reason, as it was then.
    pub why: Say,
    /// How many others the group has by now.
    pub others: u64,
    /// The newest of them, those that are still there.
    pub shown: Vec<PatternOther>,
}

#[derive(Serialize, Deserialize)]
struct Body {
    why: Say,
    reviews: Vec<ReviewId>,
}

statements! {
    NEWEST = "SELECT id, coalesce(created_at, imported_at), product_id, buyer_id, rating, verdict, sentiment_label, text \
        FROM reviews WHERE tenant_id = $1 AND shop_id = $2 ORDER BY position DESC LIMIT $3";
    THERE = "SELECT id FROM reviews WHERE tenant_id = $1 AND shop_id = $2 AND id = ANY($3::uuid[])";
    KNOWN = "SELECT review_id, code, group_id FROM review_patterns WHERE tenant_id = $1 AND review_id = ANY($2::uuid[])";
    OF_REVIEW = "SELECT p.code, p.at, p.body, p.group_id, (SELECT count(*) FROM review_patterns o \
        WHERE o.tenant_id = p.tenant_id AND o.group_id = p.group_id AND o.review_id <> p.review_id) FROM review_patterns p \
        JOIN reviews r ON r.tenant_id = p.tenant_id AND r.id = p.review_id WHERE p.tenant_id = $1 AND p.review_id = $2 \
        AND ($3 OR r.shop_id = ANY($4::uuid[])) ORDER BY p.code";
    OTHERS = "SELECT r.id, r.title, r.text, r.rating, r.verdict, coalesce(r.created_at, r.imported_at) \
        FROM review_patterns p JOIN reviews r ON r.tenant_id = p.tenant_id AND r.id = p.review_id \
        WHERE p.tenant_id = $1 AND p.group_id = $2 AND p.review_id <> $3 AND ($4 OR r.shop_id = ANY($5::uuid[])) \
        ORDER BY r.position + 0 DESC LIMIT $6";
}

/// The newest reviews of a shop, as patterns look at them.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn newest(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    most: u32,
) -> Result<Vec<SeenReview>, StoreError> {
    shop::require(scope, shop)?;
    let rows = tx.all(NEWEST, values![scope.tenant, shop, most]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (id, at) = (columns.id()?, columns.instant()?);
            let (product, buyer) = (columns.opt_id()?, columns.opt_id()?);
            let (rating, verdict) = (read_rating(&mut columns)?, columns.opt_code(Verdict::from_code)?);
            let label: Option<SentimentLabel> = columns.opt_code(|code| code.parse().ok())?;
            let is_bad = match (rating, verdict) {
                (Some(rating), _) => rating.stars() <= 2,
                (None, Some(verdict)) => verdict == Verdict::Bad,
                (None, None) => label == Some(SentimentLabel::Negative),
            };
            Ok(SeenReview { id, at, product, buyer, is_bad, text: columns.text()? })
        })
        .collect()
}

/// Which of these are still reviews of the shop.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn there(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    reviews: &[ReviewId],
) -> Result<HashSet<ReviewId>, StoreError> {
    shop::require(scope, shop)?;
    let mut there = HashSet::new();
    for part in reviews.chunks(1_000) {
        for row in tx.all(THERE, values![scope.tenant, shop, part]).await? {
            there.insert(row.columns().id()?);
        }
    }
    Ok(there)
}

/// What is known already of some reviews: the group by review and kind.
///
/// # Errors
/// The database's error.
pub async fn known(
    tx: &mut Tx<'_>,
    scope: &Scope,
    reviews: &[ReviewId],
) -> Result<HashMap<(ReviewId, PatternCode), PatternGroupId>, StoreError> {
    let mut known = HashMap::new();
    for part in reviews.chunks(1_000) {
        for row in tx.all(KNOWN, values![scope.tenant, part]).await? {
            let mut columns = row.columns();
            known.insert((columns.id()?, columns.code(PatternCode::from_code)?), columns.id()?);
        }
    }
    Ok(known)
}

/// Appends findings; none of them may be known. The caller has locked their shop.
///
/// # Errors
/// [`StoreError::Conflict`] over "pattern" when one is known.
pub async fn append_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    found: &[PatternWrite<'_>],
) -> Result<(), StoreError> {
    let now = tx.now();
    let bodies: Vec<String> = found
        .iter()
        .map(|one| {
            serde_json::to_string(&Body { why: one.why.clone(), reviews: one.others.clone() })
                .map_err(|error| StoreError::Corrupt { what: format!("a finding that is no JSON: {error}") })
        })
        .collect::<Result<_, _>>()?;
    Bulk::into("review_patterns")
        .column("tenant_id", repeat_n(scope.tenant, found.len()))
        .column("review_id", found.iter().map(|one| one.review))
        .column("code", found.iter().map(|one| one.code.code()))
        .column("group_id", found.iter().map(|one| one.group))
        .column("at", repeat_n(now, found.len()))
        .column("body", bodies.iter().map(String::as_str))
        .run(tx)
        .await
        .map(drop)
        .map_err(|error| error.or_conflict("pattern"))
}

/// What was found of a review within the scope.
///
/// # Errors
/// The database's error.
pub async fn of_review(
    tx: &mut Tx<'_>,
    scope: &Scope,
    review: ReviewId,
) -> Result<Vec<StoredPattern>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let bounded = vec![scope.tenant.into(), review.into(), all.clone(), shops.clone()];
    let mut patterns = Vec::new();
    for row in tx.all(OF_REVIEW, bounded).await? {
        let mut columns = row.columns();
        let (code, at) = (columns.code(PatternCode::from_code)?, columns.instant()?);
        let body: Body = columns.json()?;
        let (group, others): (PatternGroupId, _) = (columns.id()?, columns.unsigned()?);
        let mut row = values![scope.tenant, group, review];
        row.extend([all.clone(), shops.clone(), SHOWN.into()]);
        let shown = tx.all(OTHERS, row).await?;
        let shown = shown.iter().map(|row| read_other(row.columns())).collect::<Result<_, _>>()?;
        patterns.push(StoredPattern { code, at, why: body.why, others, shown });
    }
    Ok(patterns)
}

fn read_other(mut columns: crate::sql::Columns<'_>) -> Result<PatternOther, StoreError> {
    let (review, title, text) = (columns.id()?, columns.opt_text()?, columns.text()?);
    let words = if text.is_empty() { title.unwrap_or_default() } else { text };
    Ok(PatternOther {
        review,
        label: words.chars().take(60).collect(),
        rating: read_rating(&mut columns)?,
        verdict: columns.opt_code(Verdict::from_code)?,
        at: columns.instant()?,
    })
}
