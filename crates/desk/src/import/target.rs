//! The shop that the rows of an import belong to.

use pingxin_domain::{BatchId, Currency, Platform, Scope, ShopId};
use pingxin_store::batch;
use pingxin_store::identifier::fresh;
use pingxin_store::shop::Shop;

use super::request::ShopChoice;
use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::shops;

/// Finds the shop, makes it when it is named and missing, and notes it at the import. A dry run makes nothing: a
/// missing shop is then one that holds nothing yet.
///
/// # Errors
/// [`DeskError::NotFound`] for an unknown id; the database's own errors.
pub async fn shop_of(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    choice: &ShopChoice,
    dry_run: bool,
) -> Result<Shop> {
    let shop = match choice {
        ShopChoice::Id(shop) => shops::find(desk, scope, *shop).await?.ok_or(DeskError::NotFound)?,
        ShopChoice::Named { name, platform } => {
            if dry_run && shops::find_by_name(desk, scope, name).await?.is_none() {
                return likely_shop(desk, scope, choice).await;
            }
            shops::find_or_create(desk, scope, name, platform.unwrap_or(Platform::OwnShop)).await?
        }
    };
    let found = shop.id;
    desk.store.write(|tx| Box::pin(async move { batch::set_shop(tx, scope, id, found).await })).await?;
    Ok(shop)
}

/// The shop, or what it would be if it were made: for looking at a file before anything is stored.
///
/// # Errors
/// [`DeskError::NotFound`] for an unknown id; the database's own errors.
pub async fn likely_shop(desk: &Desk, scope: &Scope, choice: &ShopChoice) -> Result<Shop> {
    match choice {
        ShopChoice::Id(shop) => shops::find(desk, scope, *shop).await?.ok_or(DeskError::NotFound),
        ShopChoice::Named { name, platform } => Ok(match shops::find_by_name(desk, scope, name).await? {
            Some(shop) => shop,
            None => imagined(name, platform.unwrap_or(Platform::OwnShop), desk.store.clock().now()),
        }),
    }
}

fn imagined(name: &str, platform: Platform, now: jiff::Timestamp) -> Shop {
    Shop {
        id: fresh::<ShopId>(),
        name: name.to_owned(),
        platform,
        timezone: platform.default_timezone().to_owned(),
        currency: platform.default_currency().parse::<Currency>().unwrap_or(Currency::CNY),
        created_at: now,
        folk_models: false,
    }
}
