//! Shops: where reviews come from.

use pingxin_domain::{Action, Currency, Platform, Scope, ShopId};
use pingxin_store::shop::{self, NewShop, Shop, ShopWithCounts};
use pingxin_store::summary::{self, Summary};
use pingxin_store::{StoreError, audit};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// A shop to be made.
#[derive(Debug, Clone)]
pub struct ShopRequest {
    /// Its name, unlike any other of the merchant.
    pub name: String,
    /// Where it stands.
    pub platform: Platform,
    /// IANA zone; the platform's when absent.
    pub timezone: Option<String>,
    /// Currency of plain amounts; the platform's when absent.
    pub currency: Option<Currency>,
}

/// The shops of the scope with what they hold.
///
/// # Errors
/// [`DeskError::Forbidden`], or when the database does not answer.
pub async fn list(desk: &Desk, scope: &Scope) -> Result<Vec<ShopWithCounts>> {
    allow(scope, Action::ReadReviews)?;
    Ok(desk.store.read(|tx| Box::pin(async move { shop::list_with_counts(tx, scope).await })).await?)
}

/// Counters of the frame.
///
/// # Errors
/// [`DeskError::Forbidden`], or when the database does not answer.
pub async fn summary(desk: &Desk, scope: &Scope) -> Result<Summary> {
    allow(scope, Action::ReadReviews)?;
    Ok(desk.store.read(|tx| Box::pin(async move { summary::read(tx, scope).await })).await?)
}

/// One shop, if it is within the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn find(desk: &Desk, scope: &Scope, id: ShopId) -> Result<Option<Shop>> {
    Ok(desk.store.read(|tx| Box::pin(async move { shop::find(tx, scope, id).await })).await?)
}

/// One shop by its name.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_name(desk: &Desk, scope: &Scope, name: &str) -> Result<Option<Shop>> {
    let name = name.trim();
    Ok(desk.store.read(|tx| Box::pin(async move { shop::find_by_name(tx, scope, name).await })).await?)
}

/// Makes a shop.
///
/// # Errors
/// [`DeskError::Forbidden`]; [`DeskError::Refused`] for an empty or taken name or an unknown zone.
pub async fn create(desk: &Desk, scope: &Scope, request: &ShopRequest) -> Result<Shop> {
    allow(scope, Action::ManageShops)?;
    let name = checked_name(&request.name)?;
    let timezone = request.timezone.as_deref().unwrap_or(request.platform.default_timezone());
    check_zone(timezone)?;
    let currency = match request.currency {
        Some(currency) => currency,
        None => request.platform.default_currency().parse().unwrap_or(Currency::CNY),
    };
    let new = NewShop { name, platform: request.platform, timezone, currency };
    let new = &new;
    let made = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let id = shop::create(tx, scope, new).await?;
                let detail = json!({"name": new.name, "platform": new.platform.code()});
                audit::append(tx, scope, "shop.create", "shop", &id.to_string(), &detail).await?;
                shop::find(tx, scope, id).await
            })
        })
        .await;
    match made {
        Ok(shop) => shop.ok_or(DeskError::NotFound),
        Err(StoreError::Conflict { .. }) => Err(name_taken(name)),
        Err(error) => Err(error.into()),
    }
}

fn checked_name(name: &str) -> Result<&str> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(DeskError::refused("店铺名称需要 1 到 80 个字", "a shop's name has 1 to 80 characters"));
    }
    Ok(name)
}

fn check_zone(timezone: &str) -> Result<()> {
    if jiff::tz::TimeZone::get(timezone).is_err() {
        return Err(DeskError::refused(
            format!("时区「{timezone}」无法识别，请填写如 Asia/Shanghai"),
            format!("the time zone `{timezone}` is unknown; write one such as Asia/Shanghai"),
        ));
    }
    Ok(())
}

fn name_taken(name: &str) -> DeskError {
    DeskError::refused(
        format!("已经有名为「{name}」的店铺，请换一个名称"),
        format!("there is already a shop called `{name}`; choose another name"),
    )
}

/// Gives a shop another name or zone, or shows figures that only sellers tell each other; what is not given stays.
///
/// # Errors
/// [`DeskError::Forbidden`]; [`DeskError::NotFound`]; [`DeskError::Refused`] for an empty or taken name or an unknown
/// zone.
pub async fn change(
    desk: &Desk,
    scope: &Scope,
    id: ShopId,
    name: Option<&str>,
    timezone: Option<&str>,
    folk_models: Option<bool>,
) -> Result<ShopWithCounts> {
    allow(scope, Action::ManageShops)?;
    let name = name.map(checked_name).transpose()?;
    timezone.map_or(Ok(()), check_zone)?;
    let changed = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let before = shop::lock(tx, scope, id).await?;
                let new_name = name.unwrap_or(&before.name);
                let new_zone = timezone.unwrap_or(&before.timezone);
                if new_name != before.name || new_zone != before.timezone {
                    shop::change(tx, scope, id, new_name, new_zone).await?;
                    let detail = json!({
                        "name": (new_name != before.name).then_some(new_name),
                        "timezone": (new_zone != before.timezone).then_some(new_zone),
                    });
                    audit::append(tx, scope, "shop.change", "shop", &id.to_string(), &detail).await?;
                }
                if let Some(shown) = folk_models.filter(|shown| *shown != before.folk_models) {
                    shop::show_folk_models(tx, scope, id, shown).await?;
                    let detail = json!({ "folk_models": shown });
                    audit::append(tx, scope, "shop.change", "shop", &id.to_string(), &detail).await?;
                }
                let shops = shop::list_with_counts(tx, scope).await?;
                let found = shops.into_iter().find(|counted| counted.shop.id == id);
                found.ok_or(StoreError::NotFound { what: "shop" })
            })
        })
        .await;
    match changed {
        Err(StoreError::Conflict { .. }) => Err(name_taken(name.unwrap_or_default())),
        other => Ok(other?),
    }
}

/// The shop of this name, made with the platform's defaults when missing.
///
/// # Errors
/// As [`create`] when it has to be made.
pub async fn find_or_create(desk: &Desk, scope: &Scope, name: &str, platform: Platform) -> Result<Shop> {
    if let Some(shop) = find_by_name(desk, scope, name).await? {
        return Ok(shop);
    }
    create(desk, scope, &ShopRequest { name: name.to_owned(), platform, timezone: None, currency: None })
        .await
}
