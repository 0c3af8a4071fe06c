//! What the rules say of reviews, as an index for lists: which can be removed, and until when.

use std::iter::repeat_n;

use jiff::Timestamp;
use pingxin_domain::removal::Verdict;
use pingxin_domain::{ReviewId, Scope, ShopId};

use crate::page::{Count, Cursor, Page, page_limit};
use crate::review::{ReviewRow, read_row, review_columns, review_joins, show_tags};
use crate::sql::{Built, Bulk, statements, values};
use crate::{COUNT_LIMIT, StoreError, Tx, identifier, position, shop};

/// What the rules say of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The review.
    pub review: ReviewId,
    /// Its shop.
    pub shop: ShopId,
    /// The best of its grounds.
    pub verdict: Verdict,
    /// That ground; none without a rule.
    pub ground: Option<String>,
    /// The last second for the request; none when no limit is known.
    pub deadline_at: Option<Timestamp>,
}

/// A review that can be removed, or could be with more evidence.
#[derive(Debug, Clone)]
pub struct FoundReview {
    /// The review as lists show it.
    pub review: ReviewRow,
    /// Whether it can be removed.
    pub verdict: Verdict,
    /// Under which ground.
    pub ground: Option<String>,
    /// The last second for the request; none when no limit is known.
    pub deadline_at: Option<Timestamp>,
    /// When that was found.
    pub judged_at: Timestamp,
}

/// Which of them. What is not given is no condition.
#[derive(Debug, Clone, Copy, Default)]
pub struct FindingFilter {
    /// Of this shop.
    pub shop: Option<ShopId>,
    /// With this verdict.
    pub verdict: Option<Verdict>,
    /// Not too late at this instant.
    pub now: Option<Timestamp>,
    /// Whose deadline lies before this instant.
    pub until: Option<Timestamp>,
}

statements! {
    SET_ASKED = "UPDATE removal_findings SET asked = $3 WHERE tenant_id = $1 AND review_id = $2 \
        AND ($4 OR shop_id = ANY($5::uuid[]))";
    LAST_IMPORT = "SELECT max(coalesce(undone_at, finished_at)) FROM import_batches";
    // Open cases whose reviews were never judged, or before something new came in or went, or too long ago; walked by time.
    OUTDATED = "SELECT c.review_id, c.position FROM cases c \
        JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
        LEFT JOIN removal_findings f ON f.tenant_id = c.tenant_id AND f.review_id = c.review_id \
        LEFT JOIN (SELECT shop_id, max(coalesce(undone_at, finished_at)) AS at FROM import_batches WHERE tenant_id = $1 GROUP BY shop_id) i \
        ON i.shop_id = c.shop_id WHERE c.tenant_id = $1 AND c.position > $2 AND c.live AND r.gone_at IS NULL \
        AND (f.judged_at IS NULL OR f.judged_at < $3 OR f.judged_at < i.at) ORDER BY c.position LIMIT $4";
}

/// Keeps what was found, in place of what was found before.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn keep_findings(tx: &mut Tx<'_>, scope: &Scope, findings: &[Finding]) -> Result<(), StoreError> {
    for finding in findings {
        shop::require(scope, finding.shop)?;
    }
    let (many, now) = (findings.len(), tx.now());
    let order = |finding: &Finding| finding.deadline_at.unwrap_or(Timestamp::MAX);
    Bulk::into("removal_findings")
        .column("tenant_id", repeat_n(scope.tenant, many))
        .column("review_id", findings.iter().map(|finding| finding.review))
        .column("shop_id", findings.iter().map(|finding| finding.shop))
        .column("verdict", findings.iter().map(|finding| finding.verdict.code()))
        .column("ground", findings.iter().map(|finding| finding.ground.as_deref()))
        .column("deadline_at", findings.iter().map(|finding| finding.deadline_at))
        .column("deadline_order", findings.iter().map(order))
        .column("asked", repeat_n(false, many))
        .column("judged_at", repeat_n(now, many))
        .suffix(
            "ON CONFLICT (tenant_id, review_id) DO UPDATE SET verdict = excluded.verdict, ground = excluded.ground, \
             deadline_at = excluded.deadline_at, deadline_order = excluded.deadline_order, \
             judged_at = excluded.judged_at",
        )
        .run(tx)
        .await
        .map(drop)
}

/// Notes whether a request about a review waits or was granted: it is then no longer among those to file.
///
/// # Errors
/// The database's error.
pub async fn set_asked(
    tx: &mut Tx<'_>,
    scope: &Scope,
    review: ReviewId,
    asked: bool,
) -> Result<(), StoreError> {
    let [all, shops] = shop::bounds(scope);
    let mut row = values![scope.tenant, review, asked];
    row.extend([all, shops]);
    tx.execute(SET_ASKED, row).await.map(drop)
}

/// How far a walk over the reviews of open cases has come, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WalkedTo(i64);

impl WalkedTo {
    /// Before the first review of this instant.
    #[must_use]
    pub fn instant(instant: Timestamp) -> Self {
        Self(position::first_at(instant) - 1)
    }
}

/// Reviews with an open case, further than `walked`, that were never judged, were judged before `before`, or before the
/// last import into their shop; at most so many, each with how far the walk has then come.
///
/// # Errors
/// The database's error.
pub async fn outdated(
    tx: &mut Tx<'_>,
    scope: &Scope,
    walked: WalkedTo,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<(ReviewId, WalkedTo)>, StoreError> {
    let rows = tx.all(OUTDATED, values![scope.tenant, walked.0, before, limit]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, WalkedTo(columns.int()?)))
        })
        .collect()
}

/// When the last import of any merchant ended, or was taken back.
///
/// # Errors
/// The database's error.
pub async fn last_import(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    tx.one(LAST_IMPORT, vec![]).await?.columns().opt_instant()
}

/// Filters that use every condition.
pub(crate) fn sample_findings() -> [FindingFilter; 2] {
    let at = Some(Timestamp::UNIX_EPOCH);
    let shop = Some(identifier::fresh());
    [FindingFilter::default(), FindingFilter { shop, verdict: Some(Verdict::Eligible), now: at, until: at }]
}

fn push_filter(built: &mut Built<'_>, scope: &Scope, filter: &FindingFilter) {
    built.with(" WHERE f.tenant_id = ", scope.tenant);
    // The words of the partial index.
    built.push(" AND f.verdict IN ('eligible', 'needs_evidence') AND NOT f.asked");
    shop::push_bounds(built, scope, "f.shop_id");
    if let Some(shop) = filter.shop {
        built.with(" AND f.shop_id = ", shop);
    }
    if let Some(verdict) = filter.verdict {
        built.with(" AND f.verdict = ", verdict.code());
    }
    if let Some(now) = filter.now {
        built.with(" AND f.deadline_order >= ", now);
    }
    if let Some(until) = filter.until {
        built.with(" AND f.deadline_order < ", until);
    }
    built.push(" AND r.gone_at IS NULL");
}

pub(crate) fn built_list_found<'a>(
    scope: &Scope,
    filter: &FindingFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(concat!(
        "SELECT f.deadline_order, f.verdict, f.ground, f.deadline_at, f.judged_at, ",
        review_columns!(),
        " FROM removal_findings f JOIN reviews r ON r.tenant_id = f.tenant_id AND r.id = f.review_id",
        review_joins!()
    ));
    push_filter(&mut built, scope, filter);
    if let Some(after) = after {
        built.with(" AND (f.deadline_order > ", after.first).with(" OR (f.deadline_order = ", after.first);
        built.with(" AND f.review_id > ", after.id).push("))");
    }
    built.with(" ORDER BY f.deadline_order, f.review_id LIMIT ", limit + 1);
    built
}

pub(crate) fn built_count_found<'a>(scope: &Scope, filter: &FindingFilter) -> Built<'a> {
    let mut built = Built::new(
        "SELECT count(*) FROM (SELECT 1 FROM removal_findings f JOIN reviews r ON r.tenant_id = f.tenant_id \
         AND r.id = f.review_id",
    );
    push_filter(&mut built, scope, filter);
    built.with(" LIMIT ", COUNT_LIMIT + 1).push(") found");
    built
}

const FOUND: u8 = 33;

/// A page of the reviews that can be removed or could be with more evidence and about which nobody has asked yet, those
/// due first first.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list_found(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &FindingFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<FoundReview>, StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, FOUND)?;
    let keys = tx.keys();
    let mut rows = Vec::new();
    for row in tx.all_built("removal::list_found", built_list_found(scope, filter, after, limit)).await? {
        let mut columns = row.columns();
        let order = columns.int()?;
        let verdict = columns.code(Verdict::from_code)?;
        let (ground, deadline_at, judged_at) =
            (columns.opt_text()?, columns.opt_instant()?, columns.instant()?);
        let review = read_row(&mut columns, scope, &keys)?;
        rows.push((order, FoundReview { review, verdict, ground, deadline_at, judged_at }));
    }
    let page = Page::cut(rows, limit, |(order, found)| {
        let id = pingxin_domain::identifiers::Identifier::uuid(found.review.id);
        Cursor { id, ..Cursor::new(FOUND, *order, 0) }
    });
    let mut rows: Vec<FoundReview> = page.rows.into_iter().map(|(_, found)| found).collect();
    show_tags(tx, scope, rows.iter_mut().map(|found| &mut found.review)).await?;
    Ok(Page { rows, next: page.next })
}

/// How many of them there are.
///
/// # Errors
/// The database's error.
pub async fn count_found(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &FindingFilter,
) -> Result<Count, StoreError> {
    tx.count_built("removal::count_found", built_count_found(scope, filter)).await
}
