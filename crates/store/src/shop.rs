//! Shops.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_domain::{Currency, Platform, Scope, ShopAccess, ShopId};

use crate::page::Count;
use crate::sql::{Built, Columns, Value, statements, values};
use crate::{StoreError, Tx, identifier};

/// A shop to add.
#[derive(Debug, Clone)]
pub struct NewShop<'a> {
    /// Name, unique within the merchant.
    pub name: &'a str,
    /// Platform.
    pub platform: Platform,
    /// IANA name.
    pub timezone: &'a str,
    /// Currency of amounts without a sign.
    pub currency: Currency,
}

/// A shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// Id.
    pub id: ShopId,
    /// Name.
    pub name: String,
    /// Platform.
    pub platform: Platform,
    /// IANA name.
    pub timezone: String,
    /// Currency of amounts without a sign.
    pub currency: Currency,
    /// When it was added.
    pub created_at: Timestamp,
    /// Whether figures that only sellers tell each other are shown for it.
    pub folk_models: bool,
}

impl Shop {
    /// Where it counts its days; UTC where no such zone is known.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.timezone).unwrap_or(TimeZone::UTC)
    }
}

/// A shop with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopWithCounts {
    /// The shop.
    pub shop: Shop,
    /// Its reviews.
    pub reviews: u64,
    /// Its cases that somebody still has to act on, up to a thousand.
    pub open_cases: Count,
}

macro_rules! columns {
    () => {
        "s.id, s.name, s.platform, s.timezone, s.currency, s.created_at, s.folk_models"
    };
}

statements! {
    TAKE_NUMBER = "UPDATE tenants SET last_shop_number = last_shop_number + 1 WHERE id = $1 RETURNING last_shop_number";
    CREATE = "INSERT INTO shops (tenant_id, id, name, platform, timezone, currency, review_count, created_at, number) \
              VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8)";
    CHANGE = "UPDATE shops SET name = $3, timezone = $4 WHERE tenant_id = $1 AND id = $2";
    FOLK = "UPDATE shops SET folk_models = $3 WHERE tenant_id = $1 AND id = $2";
    PLATFORMS = "SELECT id, platform FROM shops WHERE tenant_id = $1";
    FIND = concat!("SELECT ", columns!(), " FROM shops s WHERE s.tenant_id = $1 AND s.id = $2");
    FIND_BY_NAME = concat!("SELECT ", columns!(), " FROM shops s WHERE s.tenant_id = $1 AND s.name = $2");
    LOCK = concat!("SELECT ", columns!(), " FROM shops s WHERE s.tenant_id = $1 AND s.id = $2 FOR UPDATE");
    LIST = concat!("SELECT ", columns!(), ", s.review_count, (SELECT count(*) FROM (SELECT 1 FROM cases c \
        WHERE c.tenant_id = s.tenant_id AND c.shop_id = s.id AND c.live LIMIT 1001) counted) FROM shops s \
        WHERE s.tenant_id = $1 AND ($2 OR s.id = ANY($3::uuid[])) ORDER BY s.created_at, s.id");
}

fn read(row: &mut Columns<'_>) -> Result<Shop, StoreError> {
    Ok(Shop {
        id: row.id()?,
        name: row.text()?,
        platform: row.code(|code| code.parse().ok())?,
        timezone: row.text()?,
        currency: row.code(|code| code.parse().ok())?,
        created_at: row.instant()?,
        folk_models: row.bool()?,
    })
}

/// The bounds of a scope as two parameters: whether all shops, else which.
pub(crate) fn bounds(scope: &Scope) -> [Value<'static>; 2] {
    match &scope.shops {
        ShopAccess::All => [Value::Bool(Some(true)), Value::Uuids(Vec::new())],
        ShopAccess::Only(shops) => [Value::Bool(Some(false)), Value::from(shops.as_slice())],
    }
}

/// ` AND` the bounds of a scope on a column, such as `h.shop_id`.
pub(crate) fn push_bounds(built: &mut Built<'_>, scope: &Scope, column: &'static str) {
    let [all, shops] = bounds(scope);
    built.with(" AND (", all).push(" OR ").push(column).with(" = ANY(", shops).push("::uuid[]))");
}

/// The shops among `asked` that stand on one of `platforms`, as a filter names them: an empty list is no condition. None
/// when there is no such shop.
pub(crate) async fn on_platforms(
    tx: &mut Tx<'_>,
    scope: &Scope,
    asked: &[ShopId],
    platforms: &[Platform],
) -> Result<Option<Vec<ShopId>>, StoreError> {
    if platforms.is_empty() {
        return Ok(Some(asked.to_vec()));
    }
    let mut found = Vec::new();
    for row in tx.all(PLATFORMS, values![scope.tenant]).await? {
        let mut columns = row.columns();
        let (id, platform) = (columns.id()?, columns.code(|code| code.parse().ok())?);
        if platforms.contains(&platform) && (asked.is_empty() || asked.contains(&id)) {
            found.push(id);
        }
    }
    Ok(if found.is_empty() { None } else { Some(found) })
}

/// Refuses a shop outside the scope, as if it did not exist.
pub(crate) fn require(scope: &Scope, shop: ShopId) -> Result<(), StoreError> {
    if scope.shops.covers(shop) { Ok(()) } else { Err(StoreError::NotFound { what: "shop" }) }
}

/// Adds a shop.
///
/// # Errors
/// [`StoreError::Conflict`] over "shop name" when the merchant has one of that name.
pub async fn create(tx: &mut Tx<'_>, scope: &Scope, shop: &NewShop<'_>) -> Result<ShopId, StoreError> {
    let (id, now) = (identifier::fresh::<ShopId>(), tx.now());
    let (platform, currency) = (shop.platform.code(), shop.currency.as_str());
    let number = tx.first(TAKE_NUMBER, values![scope.tenant]).await?;
    let number = number.ok_or(StoreError::NotFound { what: "tenant" })?.columns().int()?;
    let row = values![scope.tenant, id, shop.name, platform, shop.timezone, currency, now, number];
    tx.execute(CREATE, row).await.map_err(|error| error.or_conflict("shop name"))?;
    Ok(id)
}

/// Gives a shop another name and zone.
///
/// # Errors
/// [`StoreError::Conflict`] over "shop name", [`StoreError::NotFound`] outside the scope.
pub async fn change(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: ShopId,
    name: &str,
    timezone: &str,
) -> Result<(), StoreError> {
    require(scope, id)?;
    let changed = tx.change_one(CHANGE, values![scope.tenant, id, name, timezone], "shop").await;
    changed.map_err(|error| error.or_conflict("shop name"))
}

/// Says whether figures that only sellers tell each other are shown for a shop.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn show_folk_models(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: ShopId,
    shown: bool,
) -> Result<(), StoreError> {
    require(scope, id)?;
    tx.change_one(FOLK, values![scope.tenant, id, shown], "shop").await
}

/// One shop within the scope.
///
/// # Errors
/// The database's error.
pub async fn find(tx: &mut Tx<'_>, scope: &Scope, id: ShopId) -> Result<Option<Shop>, StoreError> {
    if !scope.shops.covers(id) {
        return Ok(None);
    }
    let row = tx.first(FIND, values![scope.tenant, id]).await?;
    row.map(|row| read(&mut row.columns())).transpose()
}

/// One shop within the scope by its exact name.
///
/// # Errors
/// The database's error.
pub async fn find_by_name(tx: &mut Tx<'_>, scope: &Scope, name: &str) -> Result<Option<Shop>, StoreError> {
    let row = tx.first(FIND_BY_NAME, values![scope.tenant, name]).await?;
    let shop = row.map(|row| read(&mut row.columns())).transpose()?;
    Ok(shop.filter(|shop| scope.shops.covers(shop.id)))
}

/// The shops within the scope, the oldest first.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Shop>, StoreError> {
    Ok(list_with_counts(tx, scope).await?.into_iter().map(|counted| counted.shop).collect())
}

/// The same with their reviews and live cases counted.
///
/// # Errors
/// The database's error.
pub async fn list_with_counts(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<ShopWithCounts>, StoreError> {
    let [all, shops] = bounds(scope);
    let rows = tx.all(LIST, vec![scope.tenant.into(), all, shops]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let shop = read(&mut columns)?;
            let (reviews, open_cases) = (columns.unsigned()?, Count::of(columns.unsigned()?));
            Ok(ShopWithCounts { shop, reviews, open_cases })
        })
        .collect()
}

/// The shop, kept for this transaction: another one that locks it waits. Begin an import chunk with it.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn lock(tx: &mut Tx<'_>, scope: &Scope, id: ShopId) -> Result<Shop, StoreError> {
    require(scope, id)?;
    let row = tx.first(LOCK, values![scope.tenant, id]).await?;
    row.map_or(Err(StoreError::NotFound { what: "shop" }), |row| read(&mut row.columns()))
}
