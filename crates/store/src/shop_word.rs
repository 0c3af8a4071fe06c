//! A shop's own words: names that say nothing, and expressions that name a cause.

use std::iter::repeat_n;

use pingxin_domain::{Scope, ShopId};
use pingxin_language::Cause;

use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx, shop, text_model};

/// One word and the cause that it names; none for a name.
pub type ShopWord = (Option<Cause>, String);

const NAME: &str = "name";

statements! {
    OF_SHOP = "SELECT meaning, word FROM shop_words WHERE tenant_id = $1 AND shop_id = $2 ORDER BY meaning, word";
    FORGET = "DELETE FROM shop_words WHERE tenant_id = $1 AND shop_id = $2";
}

/// The words of a shop within the scope.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn of_shop(tx: &mut Tx<'_>, scope: &Scope, shop: ShopId) -> Result<Vec<ShopWord>, StoreError> {
    shop::require(scope, shop)?;
    let rows = tx.all(OF_SHOP, values![scope.tenant, shop]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let meaning = columns.code(|code| match code {
                NAME => Some(None),
                cause => cause.parse().ok().map(Some),
            })?;
            Ok((meaning, columns.text()?))
        })
        .collect()
}

/// Puts these words in the place of those a shop had; each once.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn set(tx: &mut Tx<'_>, scope: &Scope, shop: ShopId, words: &[ShopWord]) -> Result<(), StoreError> {
    shop::require(scope, shop)?;
    tx.execute(FORGET, values![scope.tenant, shop]).await?;
    Bulk::into("shop_words")
        .column("tenant_id", repeat_n(scope.tenant, words.len()))
        .column("shop_id", repeat_n(shop, words.len()))
        .column("meaning", words.iter().map(|(cause, _)| cause.map_or(NAME, Cause::as_str)))
        .column("word", words.iter().map(|(_, word)| word.as_str()))
        .run(tx)
        .await?;
    text_model::changed(tx, scope).await
}
