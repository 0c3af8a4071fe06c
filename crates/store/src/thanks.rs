//! 好评回复: good reviews that wait for an answer beneath them, and what was answered.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{Object, ReviewId, Scope, ShopId};

use crate::facets::{CASE, CAUSES, GONE, RATING, VERDICT};
use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::review::row::{self, ReviewRow, review_columns, review_joins};
use crate::sql::{Built, Columns, Value, statements, values};
use crate::{COUNT_LIMIT, StoreError, Tx, identifier, position, shop};

/// The name of the cursors of what waits, and of what was written.
const WAITING: u8 = 69;
const WRITTEN: u8 = 70;

/// Good reviews that coverage is counted over, the newest of a shop.
pub const COUNTED: u32 = 1000;

/// Where good reviews are looked for: a shop, and beneath what an answer of the shop stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The shop.
    pub shop: ShopId,
    /// Beneath these.
    pub objects: Vec<Object>,
}

/// Which good reviews wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingFilter {
    /// In these places; in none, none.
    pub places: Vec<Place>,
    /// Written by their buyers from then on.
    pub since: Timestamp,
    /// Those in whose words a complaint was read, and no others; else those without one.
    pub complains: bool,
}

/// An answer to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewThanks<'a> {
    /// Beneath this review.
    pub review: ReviewId,
    /// Its shop.
    pub shop: ShopId,
    /// The words.
    pub text: &'a str,
    /// The key of the script it was made from.
    pub script: Option<&'a str>,
}

/// An answer that was written.
#[derive(Debug, Clone)]
pub struct Thanks {
    /// Beneath this review.
    pub review: ReviewId,
    /// Its shop.
    pub shop: ShopRef,
    /// The platform's own id of the review.
    pub platform_review_id: Option<String>,
    /// The number of its order.
    pub order_number: Option<String>,
    /// What the buyer wrote.
    pub review_text: String,
    /// The answer.
    pub text: String,
    /// The key of the script it was made from.
    pub script: Option<String>,
    /// When it was written.
    pub written_at: Timestamp,
    /// By whom.
    pub written_by: Option<UserRef>,
    /// Whether an import has shown an answer beneath the review since.
    pub is_seen: bool,
}

statements! {
    ADD = "INSERT INTO thanks (tenant_id, review_id, shop_id, text, script_key, written_at, written_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, review_id) DO NOTHING";
    TAKE_BACK = "DELETE FROM thanks WHERE tenant_id = $1 AND review_id = $2 AND ($3 OR shop_id = ANY($4::uuid[]))";
    IS_WRITTEN = "SELECT 1::bigint FROM thanks WHERE tenant_id = $1 AND review_id = $2";
    USED = "SELECT script_key, count(*) FROM thanks WHERE tenant_id = $1 AND written_at >= $2 AND script_key IS NOT NULL \
        AND ($3 OR shop_id = ANY($4::uuid[])) GROUP BY script_key ORDER BY script_key";
    DELAYS = "SELECT t.written_at, coalesce(r.created_at, r.imported_at) FROM thanks t JOIN reviews r \
        ON r.tenant_id = t.tenant_id AND r.id = t.review_id WHERE t.tenant_id = $1 AND t.written_at >= $2 \
        AND t.shop_id = $3 AND ($4 OR t.shop_id = ANY($5::uuid[])) ORDER BY t.written_at DESC, t.review_id LIMIT $6";
}

/// Filters that use every condition.
pub(crate) fn sample_filters() -> [WaitingFilter; 2] {
    let place = |objects: &[Object]| Place { shop: identifier::fresh(), objects: objects.to_vec() };
    [
        WaitingFilter { places: vec![], since: Timestamp::UNIX_EPOCH, complains: true },
        WaitingFilter {
            places: vec![place(&[Object::Review]), place(&[Object::Review, Object::Followup])],
            since: Timestamp::UNIX_EPOCH,
            complains: false,
        },
    ]
}

/// Good, still there, without a case: by the number at the end of every index.
fn push_good<'a>(built: &mut Built<'a>, since: Timestamp) {
    built.with(" AND r.position >= ", position::first_at(since));
    built.with(" AND (r.facets & ", CASE | GONE).push(") = 0 AND (");
    built.with("((r.facets & ", RATING.mask()).with(") >= ", RATING.at(4));
    built.with(" AND (r.facets & ", VERDICT.mask()).with(") <= ", VERDICT.at(1)).push(") OR ");
    built.with("((r.facets & ", RATING.mask()).with(") = 0 AND (r.facets & ", VERDICT.mask());
    built.with(") = ", VERDICT.at(1)).push("))");
}

fn push_places<'a>(built: &mut Built<'a>, scope: &Scope, places: &[Place]) {
    shop::push_bounds(built, scope, "r.shop_id");
    built.push(" AND (FALSE");
    for place in places {
        let codes = place.objects.iter().map(|object| object.code().into()).collect();
        built.with(" OR (r.shop_id = ", place.shop);
        built.with(" AND r.object = ANY(", Value::Texts(codes)).push("::text[]))");
    }
    built.push(")");
}

fn push_waiting<'a>(built: &mut Built<'a>, scope: &Scope, filter: &WaitingFilter) {
    built.with(" WHERE r.tenant_id = ", scope.tenant);
    push_good(built, filter.since);
    built.with(" AND (r.facets & ", CAUSES.mask()).push(if filter.complains { ") <> 0" } else { ") = 0" });
    push_places(built, scope, &filter.places);
    built.push(
        " AND r.reply IS NULL AND NOT EXISTS (SELECT 1 FROM thanks t WHERE t.tenant_id = r.tenant_id \
         AND t.review_id = r.id)",
    );
}

pub(crate) fn built_waiting<'a>(
    scope: &Scope,
    filter: &WaitingFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(concat!("SELECT ", review_columns!(), " FROM reviews r", review_joins!()));
    push_waiting(&mut built, scope, filter);
    if let Some(after) = after {
        built.with(" AND r.position > ", after.first);
    }
    built.with(" ORDER BY r.position LIMIT ", limit + 1);
    built
}

pub(crate) fn built_count<'a>(scope: &Scope, filter: &WaitingFilter) -> Built<'a> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM reviews r");
    push_waiting(&mut built, scope, filter);
    built.with(" LIMIT ", COUNT_LIMIT + 1).push(") found");
    built
}

/// The good reviews that wait for an answer, those that have waited longest first, and how many there are.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn waiting(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &WaitingFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<ReviewRow>, Count), StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, WAITING)?;
    let keys = tx.keys();
    let found = tx.all_built("thanks::waiting", built_waiting(scope, filter, after, limit)).await?;
    let rows = found.iter().map(|found| row::read(&mut found.columns(), scope, &keys));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let page = Page::cut(rows, limit, |last| Cursor::new(WAITING, last.position, 0));
    let count = page.count_of(cursor, tx.count_built("thanks::count", built_count(scope, filter))).await?;
    Ok((page, count))
}

pub(crate) fn built_coverage<'a>(scope: &Scope, place: &Place, since: Timestamp) -> Built<'a> {
    let mut built = Built::new(
        "SELECT count(*), coalesce(sum(CASE WHEN g.reply IS NOT NULL OR t.review_id IS NOT NULL THEN 1 ELSE 0 END), 0) \
         FROM (SELECT r.tenant_id, r.id, r.reply FROM reviews r",
    );
    built.with(" WHERE r.tenant_id = ", scope.tenant);
    push_good(&mut built, since);
    push_places(&mut built, scope, std::slice::from_ref(place));
    built.with(" ORDER BY r.position DESC LIMIT ", COUNTED);
    built.push(") g LEFT JOIN thanks t ON t.tenant_id = g.tenant_id AND t.review_id = g.id");
    built
}

/// How many good reviews of a place since an instant there are, of the newest [`COUNTED`], and how many of them are answered:
/// on the platform as an import has shown, or from the desk.
///
/// # Errors
/// The database's error.
pub async fn coverage(
    tx: &mut Tx<'_>,
    scope: &Scope,
    place: &Place,
    since: Timestamp,
) -> Result<(u64, u64), StoreError> {
    let rows = tx.all_built("thanks::coverage", built_coverage(scope, place, since)).await?;
    let row = rows.first().ok_or_else(|| StoreError::Corrupt { what: "a count without a row".into() })?;
    let mut columns = row.columns();
    Ok((columns.unsigned()?, columns.unsigned()?))
}

/// How long the answers of a shop since an instant took, in seconds; of the newest [`COUNTED`].
///
/// # Errors
/// The database's error.
pub async fn delays(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: ShopId,
    since: Timestamp,
) -> Result<Vec<i64>, StoreError> {
    let mut asked = values![scope.tenant, since, of];
    asked.extend(shop::bounds(scope));
    asked.extend(values![COUNTED]);
    let rows = tx.all(DELAYS, asked).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (written, created) = (columns.instant()?, columns.instant()?);
            Ok(written.duration_since(created).as_secs().max(0))
        })
        .collect()
}

/// How often each script was answered with since an instant, by key.
///
/// # Errors
/// The database's error.
pub async fn used(
    tx: &mut Tx<'_>,
    scope: &Scope,
    since: Timestamp,
) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut asked = values![scope.tenant, since];
    asked.extend(shop::bounds(scope));
    let rows = tx.all(USED, asked).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.text()?, columns.unsigned()?))
        })
        .collect()
}

/// Keeps an answer.
///
/// # Errors
/// [`StoreError::Conflict`] over "thanks" when the review has one; [`StoreError::NotFound`] for a shop outside the scope.
pub async fn add(tx: &mut Tx<'_>, scope: &Scope, new: &NewThanks<'_>) -> Result<(), StoreError> {
    shop::require(scope, new.shop)?;
    let now = tx.now();
    let row = values![scope.tenant, new.review, new.shop, new.text, new.script, now, scope.user()];
    match tx.execute(ADD, row).await? {
        0 => Err(StoreError::Conflict { what: "thanks" }),
        _ => Ok(()),
    }
}

/// Whether a review was answered from the desk.
///
/// # Errors
/// The database's error.
pub async fn is_written(tx: &mut Tx<'_>, scope: &Scope, review: ReviewId) -> Result<bool, StoreError> {
    Ok(tx.first(IS_WRITTEN, values![scope.tenant, review]).await?.is_some())
}

/// Forgets an answer: it was not put up.
///
/// # Errors
/// [`StoreError::NotFound`] where there is none within the scope.
pub async fn take_back(tx: &mut Tx<'_>, scope: &Scope, review: ReviewId) -> Result<(), StoreError> {
    let mut asked = values![scope.tenant, review];
    asked.extend(shop::bounds(scope));
    match tx.execute(TAKE_BACK, asked).await? {
        0 => Err(StoreError::NotFound { what: "thanks" }),
        _ => Ok(()),
    }
}

pub(crate) fn built_written<'a>(
    scope: &Scope,
    of: Option<ShopId>,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(
        "SELECT t.review_id, s.id, s.name, s.platform, r.platform_review_id, r.order_number, r.text, t.text, \
         t.script_key, t.written_at, t.written_by, u.display_name, r.reply IS NOT NULL FROM thanks t \
         JOIN reviews r ON r.tenant_id = t.tenant_id AND r.id = t.review_id \
         JOIN shops s ON s.tenant_id = t.tenant_id AND s.id = t.shop_id \
         LEFT JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.written_by",
    );
    built.with(" WHERE t.tenant_id = ", scope.tenant);
    shop::push_bounds(&mut built, scope, "t.shop_id");
    if let Some(of) = of {
        built.with(" AND t.shop_id = ", of);
    }
    if let Some(after) = after {
        built.with(" AND (t.written_at, t.review_id) < (", after.first).with(", ", after.id).push(")");
    }
    built.with(" ORDER BY t.written_at DESC, t.review_id DESC LIMIT ", limit + 1);
    built
}

fn read(columns: &mut Columns<'_>) -> Result<Thanks, StoreError> {
    Ok(Thanks {
        review: columns.id()?,
        shop: ShopRef::read(columns)?,
        platform_review_id: columns.opt_text()?,
        order_number: columns.opt_text()?,
        review_text: columns.text()?,
        text: columns.text()?,
        script: columns.opt_text()?,
        written_at: columns.instant()?,
        written_by: UserRef::read(columns)?,
        is_seen: columns.bool()?,
    })
}

/// What was answered, the newest first; of one shop or of all.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn written(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: Option<ShopId>,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Thanks>, StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, WRITTEN)?;
    let rows = tx.all_built("thanks::written", built_written(scope, of, after, limit)).await?;
    let rows = rows.iter().map(|row| read(&mut row.columns())).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, limit, |last| Cursor {
        id: last.review.uuid(),
        ..Cursor::new(WRITTEN, last.written_at.as_microsecond(), 0)
    }))
}
