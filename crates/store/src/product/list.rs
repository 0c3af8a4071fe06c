//! Pages of products, and one of them.

use std::borrow::Cow;

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{Platform, ProductId, Scope, ShopId};
use pingxin_language::Cause;

use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::ShopRef;
use crate::sql::{Built, Columns, statements, values};
use crate::{Engine, StoreError, Tx, search, shop};

/// A product with what its reviews add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Id.
    pub id: ProductId,
    /// Its shop.
    pub shop: ShopRef,
    /// The platform's id.
    pub key: Option<String>,
    /// Title, as its newest review has it.
    pub title: Option<String>,
    /// Reviews.
    pub reviews: u64,
    /// Reviews of 1, 2, 3, 4 and 5 stars.
    pub ratings: [u64; 5],
    /// 好评, 中评, 差评.
    pub verdicts: [u64; 3],
    /// Reviews of three stars or fewer, or 中差评.
    pub bad: u64,
    /// The same of 10,000 reviews.
    pub bad_rate: u32,
    /// The first review.
    pub first_review_at: Timestamp,
    /// The newest review.
    pub last_review_at: Timestamp,
}

/// Which products. An empty list is no condition.
#[derive(Debug, Clone, Default)]
pub struct ProductFilter {
    /// Of these shops.
    pub shops: Vec<ShopId>,
    /// On these platforms.
    pub platforms: Vec<Platform>,
    /// With so many bad reviews at least.
    pub bad_min: Option<u32>,
    /// With so many reviews at least.
    pub reviews_min: Option<u32>,
    /// With a review that complains of one of these.
    pub causes: Vec<Cause>,
    /// Words of the title or the platform's id; a blank text is no condition.
    pub query: Option<String>,
}

impl ProductFilter {
    /// The filter by shops alone; none when no shop stands on the platforms asked for.
    async fn resolved(&self, tx: &mut Tx<'_>, scope: &Scope) -> Result<Option<Self>, StoreError> {
        let shops = shop::on_platforms(tx, scope, &self.shops, &self.platforms).await?;
        Ok(shops.map(|shops| Self { shops, platforms: Vec::new(), ..self.clone() }))
    }
}

/// In which order; the larger first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProductSort {
    /// By the number of reviews.
    #[default]
    Reviews,
    /// By the number of bad ones.
    Bad,
    /// By their share.
    BadRate,
    /// By the newest review.
    Newest,
}

impl ProductSort {
    pub(crate) const ALL: [Self; 4] = [Self::Reviews, Self::Bad, Self::BadRate, Self::Newest];

    /// The cursor's list, and the column that is walked.
    fn parts(self) -> (u8, &'static str) {
        match self {
            Self::Reviews => (40, "p.review_count"),
            Self::Bad => (41, "p.bad_count"),
            Self::BadRate => (42, "p.bad_rate"),
            Self::Newest => (43, "p.last_review_at"),
        }
    }

    fn key(self, product: &Product) -> i64 {
        match self {
            Self::Reviews => i64::try_from(product.reviews).unwrap_or(i64::MAX),
            Self::Bad => i64::try_from(product.bad).unwrap_or(i64::MAX),
            Self::BadRate => i64::from(product.bad_rate),
            Self::Newest => product.last_review_at.as_microsecond(),
        }
    }
}

/// The columns that [`read`] reads, of `p`roducts and `s`hops.
macro_rules! product_columns {
    () => {
        "p.id, s.id, s.name, s.platform, p.product_key, p.title, p.review_count, p.rating_1, p.rating_2, p.rating_3, \
         p.rating_4, p.rating_5, p.verdict_good, p.verdict_neutral, p.verdict_bad, p.bad_count, p.bad_rate, \
         p.first_review_at, p.last_review_at FROM products p LEFT JOIN shops s ON s.tenant_id = p.tenant_id \
         AND s.id = p.shop_id"
    };
}

statements! {
    GET = concat!("SELECT ", product_columns!(), " WHERE p.tenant_id = $1 AND p.id = $2 \
        AND ($3 OR p.shop_id = ANY($4::uuid[]))");
    CAUSES = "SELECT cause, review_count FROM product_causes WHERE tenant_id = $1 AND product_id = $2 \
        ORDER BY review_count DESC, cause";
}

fn read(row: &mut Columns<'_>) -> Result<Product, StoreError> {
    Ok(Product {
        id: row.id()?,
        shop: ShopRef::read(row)?,
        key: row.opt_text()?,
        title: row.opt_text()?,
        reviews: row.unsigned()?,
        ratings: [row.unsigned()?, row.unsigned()?, row.unsigned()?, row.unsigned()?, row.unsigned()?],
        verdicts: [row.unsigned()?, row.unsigned()?, row.unsigned()?],
        bad: row.unsigned()?,
        bad_rate: row.small()?,
        first_review_at: row.instant()?,
        last_review_at: row.instant()?,
    })
}

/// One product within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: ProductId) -> Result<Option<Product>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.first(GET, vec![scope.tenant.into(), id.into(), all, shops]).await?;
    row.map(|row| read(&mut row.columns())).transpose()
}

/// How many of its reviews complain of what, the most frequent first. The caller has asked whether he may see it.
///
/// # Errors
/// The database's error.
pub async fn causes(tx: &mut Tx<'_>, scope: &Scope, id: ProductId) -> Result<Vec<(Cause, u64)>, StoreError> {
    let rows = tx.all(CAUSES, values![scope.tenant, id]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.code(|code| code.parse().ok())?, columns.unsigned()?))
        })
        .collect()
}

/// ` WHERE …`; false when nothing can match.
fn push_where<'a>(
    built: &mut Built<'a>,
    engine: Engine,
    scope: &'a Scope,
    filter: &'a ProductFilter,
) -> bool {
    // The plus keeps SQLite walking the index of the order shown.
    let plus = if engine == Engine::Sqlite { " AND +" } else { " AND " };
    built.with(" WHERE p.tenant_id = ", scope.tenant);
    if !crate::review::push_shops(built, scope, &filter.shops, "p.shop_id", engine) {
        return false;
    }
    if let Some(least) = filter.bad_min {
        built.push(plus).with("p.bad_count >= ", least);
    }
    if let Some(least) = filter.reviews_min {
        built.push(plus).with("p.review_count >= ", least);
    }
    if !filter.causes.is_empty() {
        built.push(
            " AND (SELECT 1 FROM product_causes k WHERE k.tenant_id = p.tenant_id AND k.product_id = p.id",
        );
        built.any_of_codes("k.cause", &filter.causes, |cause| Cow::Borrowed(cause.as_str()));
        built.push(" LIMIT 1) IS NOT NULL");
    }
    let Some(typed) = filter.query.as_deref().filter(|query| !query.trim().is_empty()) else { return true };
    let Some(wanted) = search::wanted(typed) else { return false };
    match engine {
        Engine::Sqlite => {
            built.push(
                " AND p.search_row IN (SELECT k.rowid FROM product_search k WHERE k.product_search MATCH ",
            );
            built.value(wanted.for_fts5()).push(")");
        }
        Engine::Postgres => {
            built.with(" AND p.search @@ ", wanted.for_tsquery(false)).push("::tsquery");
        }
    }
    true
}

/// The statement of one page; `None` when nothing can match.
pub(crate) fn built_list<'a>(
    engine: Engine,
    scope: &'a Scope,
    filter: &'a ProductFilter,
    sort: ProductSort,
    after: Option<Cursor>,
    limit: u32,
) -> Option<Built<'a>> {
    let mut built = Built::new(concat!("SELECT ", product_columns!()));
    if !push_where(&mut built, engine, scope, filter) {
        return None;
    }
    let (_, column) = sort.parts();
    if let Some(after) = after {
        built.push(" AND (").push(column).with(", p.id) < (", after.first).with(", ", after.id).push(")");
    }
    built.push(" ORDER BY ").push(column).push(" DESC, p.id DESC").with(" LIMIT ", limit);
    Some(built)
}

/// The statement of a capped count.
pub(crate) fn built_count<'a>(
    engine: Engine,
    scope: &'a Scope,
    filter: &'a ProductFilter,
) -> Option<Built<'a>> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM products p");
    if !push_where(&mut built, engine, scope, filter) {
        return None;
    }
    built.push(" LIMIT 1001) counted");
    Some(built)
}

/// One page.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &ProductFilter,
    sort: ProductSort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Product>, StoreError> {
    let (limit, (name, _)) = (page_limit(limit), sort.parts());
    let (after, nothing) = (Cursor::read(cursor, name)?, Page { rows: Vec::new(), next: None });
    let Some(filter) = filter.resolved(tx, scope).await? else { return Ok(nothing) };
    let Some(built) = built_list(tx.engine(), scope, &filter, sort, after, limit + 1) else {
        return Ok(nothing);
    };
    let rows = tx.all_built("product::list", built).await?;
    let products: Vec<Product> = rows.iter().map(|row| read(&mut row.columns())).collect::<Result<_, _>>()?;
    Ok(Page::cut(products, limit, |last| Cursor {
        list: name,
        first: sort.key(last),
        second: 0,
        id: last.id.uuid(),
    }))
}

/// How many, up to a thousand.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &ProductFilter) -> Result<Count, StoreError> {
    let Some(filter) = filter.resolved(tx, scope).await? else { return Ok(Count::of(0)) };
    let Some(built) = built_count(tx.engine(), scope, &filter) else { return Ok(Count::of(0)) };
    tx.count_built("product::count", built).await
}

/// Filters that between them use every condition, for the test that prepares all statements.
pub(crate) fn sample_filters() -> Vec<ProductFilter> {
    let shop = ShopId::from_uuid(uuid::Uuid::nil());
    let all = ProductFilter {
        shops: vec![shop, shop],
        platforms: vec![Platform::Taobao],
        bad_min: Some(1),
        reviews_min: Some(1),
        causes: vec![Cause::Quality, Cause::Price],
        query: Some("保温杯 a 好".into()),
    };
    vec![ProductFilter::default(), all, ProductFilter { shops: vec![shop], ..ProductFilter::default() }]
}
