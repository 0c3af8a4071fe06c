//! The words of a shop: product names that say nothing, and local expressions that name a cause.

use pingxin_domain::{Action, Scope, ShopId};
use pingxin_language::ShopWords;
use pingxin_store::shop_word::{self, ShopWord};
use pingxin_store::{audit, shop};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// Longest word, in characters.
pub const WORD_LIMIT: usize = 30;
/// Words of a shop at most.
const MOST: usize = 2_000;

/// The words of a shop.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn words(desk: &Desk, scope: &Scope, shop: ShopId) -> Result<Vec<ShopWord>> {
    allow(scope, Action::ReadReviews)?;
    let found = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                match shop::find(tx, scope, shop).await? {
                    Some(_) => shop_word::of_shop(tx, scope, shop).await.map(Some),
                    None => Ok(None),
                }
            })
        })
        .await?;
    found.ok_or(DeskError::NotFound)
}

/// Puts these words in the place of those that a shop had; new reviews are read with them.
///
/// # Errors
/// [`DeskError::Refused`] for a word that cannot be used, [`DeskError::NotFound`], [`DeskError::Forbidden`].
pub async fn set_words(
    desk: &Desk,
    scope: &Scope,
    shop: ShopId,
    words: Vec<ShopWord>,
) -> Result<Vec<ShopWord>> {
    allow(scope, Action::ManageReading)?;
    let mut words: Vec<ShopWord> = words
        .into_iter()
        .map(|(cause, word)| (cause, word.split_whitespace().collect::<Vec<_>>().join(" ")))
        .filter(|(_, word)| !word.is_empty())
        .collect();
    words.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.cmp(&other.1)));
    words.dedup();
    if words.len() > MOST {
        return Err(DeskError::refused(
            format!("每家店铺最多 {MOST} 个词"),
            format!("a shop has {MOST} words at most"),
        ));
    }
    if let Some((_, word)) = words.iter().find(|(_, word)| word.chars().count() > WORD_LIMIT) {
        return Err(DeskError::refused(
            format!("「{word}」太长，最多 {WORD_LIMIT} 个字"),
            format!("\"{word}\" is too long; {WORD_LIMIT} characters at most"),
        ));
    }
    ShopWords::of(words.iter().map(|(cause, word)| (*cause, word.as_str()))).map_err(|error| {
        DeskError::refused(format!("有的词无法使用：{error}"), format!("a word cannot be used: {error}"))
    })?;
    let list = words.as_slice();
    desk.store
        .write(|tx| {
            Box::pin(async move {
                shop::lock(tx, scope, shop).await?;
                shop_word::set(tx, scope, shop, list).await?;
                let detail = json!({ "words": list.len() });
                audit::append(tx, scope, "shop.words", "shop", &shop.to_string(), &detail).await
            })
        })
        .await?;
    Ok(words)
}
