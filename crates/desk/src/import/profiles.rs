//! Named ways to read a file: those the program knows, and those that people have saved.

use pingxin_channels::files::columns::{Override, SavedProfile, profile_names};
use pingxin_channels::files::{FileError, Refusal, RefusalCode};
use pingxin_domain::Say;
use pingxin_domain::{Action, BatchId, ProfileId, Scope};
use pingxin_store::batch::ImportKind;
use pingxin_store::profile::{self, Profile};
use pingxin_store::{StoreError, audit};
use serde_json::{Value, json};

use super::draft::{self, Reading};
use super::opening;
use super::run::kind_of;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// Longest name of a profile.
const NAME_LETTERS: usize = 60;

/// A profile in the list of them.
#[derive(Debug, Clone)]
pub struct ProfileView {
    /// The name by which it is asked for.
    pub name: String,
    /// What a person calls it.
    pub title: Say,
    /// Its id, when it is a saved one.
    pub id: Option<ProfileId>,
    /// What files read by it hold, as far as it is known.
    pub kind: Option<ImportKind>,
}

/// What people call the built-in profiles.
const TITLES: &[(&str, &str, &str)] = &[
    ("pingxin-reviews", "评心导出的评价", "reviews exported here"),
    ("pingxin-orders", "评心导出的订单", "orders exported here"),
    ("pingxin-cases", "评心导出的跟进单", "cases exported here"),
    ("taobao-orders", "淘宝/天猫订单（千牛）", "Taobao or Tmall orders"),
    ("taobao-items", "淘宝/天猫宝贝明细（千牛）", "Taobao or Tmall order items"),
    ("taobao-rates", "淘宝评价（接口 traderates）", "Taobao reviews (traderates)"),
    ("tmall-feeds", "天猫评价（接口 feeds）", "Tmall reviews (feeds)"),
    ("amazon-feedback", "亚马逊卖家反馈", "Amazon seller feedback"),
    ("amazon-orders", "亚马逊全部订单", "Amazon all orders"),
    ("amazon-unshipped", "亚马逊待发货订单", "Amazon unshipped orders"),
    ("amazon-fba-returns", "亚马逊 FBA 退货", "Amazon FBA returns"),
    ("olist-reviews", "Olist 评价", "Olist reviews"),
    ("olist-orders", "Olist 订单", "Olist orders"),
    ("judgeme", "Judge.me 评价", "Judge.me reviews"),
    ("yotpo", "Yotpo 评价", "Yotpo reviews"),
    ("okendo", "Okendo 评价", "Okendo reviews"),
    ("shopify-reviews", "Shopify 评价", "Shopify reviews"),
    ("shopify-orders", "Shopify 订单", "Shopify orders"),
    ("lingxing-reviews", "领星评价", "Lingxing reviews"),
    ("lingxing-feedback", "领星卖家反馈", "Lingxing seller feedback"),
    ("lingxing-after-sales", "领星售后单", "Lingxing after-sales"),
    ("generic-reviews", "评价表", "a table of reviews"),
    ("generic-orders", "订单表", "a table of orders"),
    ("generic-mixed", "带评价的订单表", "a table of orders with reviews"),
    ("generic-shipments", "物流表", "a table of parcels"),
    ("generic-after-sales", "退款退货表", "a table of refunds and returns"),
    ("generic-chats", "聊天记录", "a chat log"),
    ("generic-calls", "通话记录", "a call log"),
    ("generic-figures", "平台指标表", "a table of platform figures"),
];

fn title(name: &str) -> Say {
    TITLES
        .iter()
        .find(|(known, ..)| *known == name)
        .map_or_else(|| Say::new(name, name), |(_, zh, en)| Say::new(*zh, *en))
}

/// Every profile: the saved ones first, by name.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list_profiles(desk: &Desk, scope: &Scope) -> Result<Vec<ProfileView>> {
    allow(scope, Action::ReadImports)?;
    let saved = desk.store.read(|tx| Box::pin(async move { profile::list(tx, scope).await })).await?;
    let saved = saved.into_iter().map(|profile| ProfileView {
        title: Say::new(profile.name.clone(), profile.name.clone()),
        name: profile.name,
        id: Some(profile.id),
        kind: profile.kind,
    });
    let built_in = profile_names().into_iter().map(|name| ProfileView {
        name: name.to_owned(),
        title: title(name),
        id: None,
        kind: None,
    });
    Ok(saved.chain(built_in).collect())
}

/// A saved profile as it is taken elsewhere.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn get_profile(desk: &Desk, scope: &Scope, id: ProfileId) -> Result<Value> {
    allow(scope, Action::ReadImports)?;
    let found = desk.store.read(|tx| Box::pin(async move { profile::get(tx, scope, id).await })).await?;
    found.map(|profile| profile.body).ok_or(DeskError::NotFound)
}

/// Brings in a profile that was saved elsewhere.
///
/// # Errors
/// [`DeskError::Refused`] when it is none that this program reads, or its name is taken; [`DeskError::Forbidden`].
pub async fn create_profile(desk: &Desk, scope: &Scope, body: &Value) -> Result<ProfileView> {
    allow(scope, Action::CreateImports)?;
    let saved =
        SavedProfile::from_json(&body.to_string()).map_err(|refusal| DeskError::Refused(refusal.say))?;
    let name = checked_name(&saved.name)?;
    let (name, body) = (name.as_str(), &write(&saved)?);
    let created = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let id = profile::create(tx, scope, name, None, body).await?;
                audit::append(tx, scope, "profile.create", "profile", &id.to_string(), &json!({})).await?;
                Ok(id)
            })
        })
        .await;
    match created {
        Ok(id) => {
            Ok(ProfileView { name: name.to_owned(), title: Say::new(name, name), id: Some(id), kind: None })
        }
        Err(StoreError::Conflict { what: "profile name" }) => Err(DeskError::refused(
            format!("已经有名为「{name}」的文件模板，请先删除或改名"),
            format!("there is a profile called `{name}` already; delete it or rename this one"),
        )),
        Err(error) => Err(error.into()),
    }
}

/// Takes a saved profile away.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn delete_profile(desk: &Desk, scope: &Scope, id: ProfileId) -> Result<()> {
    allow(scope, Action::CreateImports)?;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                profile::delete(tx, scope, id).await?;
                audit::append(tx, scope, "profile.delete", "profile", &id.to_string(), &json!({})).await
            })
        })
        .await?;
    Ok(())
}

/// Saves the way a draft is read, over one of the same name if there is one.
///
/// # Errors
/// [`DeskError::Refused`] for a name that is empty, too long or a built-in one's; as [`super::preview`].
pub async fn save_profile(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    reading: &Reading,
    name: &str,
) -> Result<()> {
    let name = checked_name(name)?;
    let request = draft::request_of(desk, scope, id, reading).await?;
    let mapping = opening::open(desk, scope, &request, opening::WHILE_WAITING).await?.mapping;
    let kind = mapping.kind.map(kind_of);
    let saved = SavedProfile::of(&name, reading.encoding.as_deref(), &mapping);
    let (name, body) = (name.as_str(), &write(&saved)?);
    desk.store
        .write(|tx| {
            Box::pin(async move {
                profile::save(tx, scope, name, kind, body).await?;
                audit::append(tx, scope, "profile.save", "profile", name, &json!({})).await
            })
        })
        .await?;
    Ok(())
}

fn write(saved: &SavedProfile) -> Result<Value> {
    serde_json::to_value(saved)
        .map_err(|error| StoreError::Corrupt { what: format!("a profile that is no JSON: {error}") }.into())
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_LETTERS || name.chars().any(char::is_control) {
        return Err(DeskError::refused(
            format!("文件模板的名称需要 1 到 {NAME_LETTERS} 个字"),
            format!("the name of a profile has 1 to {NAME_LETTERS} characters"),
        ));
    }
    if profile_names().contains(&name) {
        return Err(DeskError::refused(
            format!("「{name}」是内置模板的名称，请换一个"),
            format!("`{name}` is the name of a built-in profile; choose another"),
        ));
    }
    Ok(name.to_owned())
}

/// The profile that a request names: a saved one; none for a built-in one.
///
/// # Errors
/// [`RefusalCode::UnknownProfile`] when there is neither; the database's.
pub(super) async fn named(desk: &Desk, scope: &Scope, name: &str) -> Result<Option<SavedProfile>> {
    if profile_names().contains(&name) {
        return Ok(None);
    }
    let found = desk.store.read(|tx| Box::pin(async move { profile::find(tx, scope, name).await })).await?;
    let Some(profile) = found else {
        let all = list_names(desk, scope).await?.join(", ");
        return Err(FileError::Refused(Refusal::new(
            RefusalCode::UnknownProfile,
            format!("没有名为“{name}”的文件模板。可用的有：{all}。"),
            format!("There is no profile `{name}`. There are: {all}."),
        ))
        .into());
    };
    read(&profile).map(Some)
}

/// The saved profile that fits these headers; of several, the one with the most columns.
///
/// # Errors
/// The database's.
pub(super) async fn fitting(desk: &Desk, scope: &Scope, headers: &[String]) -> Result<Option<SavedProfile>> {
    let all = desk.store.read(|tx| Box::pin(async move { profile::list(tx, scope).await })).await?;
    let mut best: Option<SavedProfile> = None;
    for saved in all.iter().filter_map(|profile| read(profile).ok()).filter(|saved| saved.fits(headers)) {
        if best.as_ref().is_none_or(|best| best.columns.len() < saved.columns.len()) {
            best = Some(saved);
        }
    }
    Ok(best)
}

/// What a saved profile says of the columns, and after it what the request says.
pub(super) fn overrides(saved: Option<&SavedProfile>, asked: Vec<Override>) -> Vec<Override> {
    saved.map(SavedProfile::overrides).unwrap_or_default().into_iter().chain(asked).collect()
}

fn read(profile: &Profile) -> Result<SavedProfile> {
    SavedProfile::from_json(&profile.body.to_string()).map_err(|refusal| FileError::Refused(refusal).into())
}

async fn list_names(desk: &Desk, scope: &Scope) -> Result<Vec<String>> {
    let saved = desk.store.read(|tx| Box::pin(async move { profile::list(tx, scope).await })).await?;
    let built_in = profile_names().into_iter().map(str::to_owned);
    Ok(saved.into_iter().map(|profile| profile.name).chain(built_in).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_profile_has_a_title_in_both_languages() {
        for name in profile_names() {
            assert!(TITLES.iter().any(|(known, ..)| *known == name), "{name} has no title");
        }
        assert_eq!(TITLES.len(), profile_names().len(), "a title of no profile");
    }

    #[test]
    fn a_name_is_short_and_its_own() {
        assert_eq!(checked_name(" ERP 评价表 ").unwrap(), "ERP 评价表");
        assert!(checked_name(" ").is_err() && checked_name(&"长".repeat(61)).is_err());
        assert!(checked_name("taobao-orders").is_err());
    }
}
