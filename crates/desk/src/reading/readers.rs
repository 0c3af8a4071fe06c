//! The readers of merchants and shops that know more than the shipped one.

use std::sync::Arc;

use pingxin_domain::triage::TriageEngine;
use pingxin_domain::{Scope, ShopId, TenantId};
use pingxin_language::model::LinearModel;
use pingxin_language::models::{Models, NAMES};
use pingxin_language::{Reader, ShopWords};
use pingxin_store::{shop_word, text_model};

use crate::built::Built;
use crate::desk::Desk;
use crate::error::{DeskError, Result};

/// Readers that were built, by merchant and shop.
pub(crate) type Readers = Built<(TenantId, ShopId), Arc<TriageEngine>>;

impl Desk {
    /// What reads the reviews of a shop: the merchant's models in use, and the shop's own words.
    ///
    /// # Errors
    /// [`DeskError::Refused`] when a model or a word that is in use cannot be read; the database's.
    pub(crate) async fn engine_of(&self, scope: &Scope, shop: ShopId) -> Result<Arc<TriageEngine>> {
        let version = self
            .store
            .read(|tx| Box::pin(async move { text_model::reader_version(tx, scope).await }))
            .await?;
        if version == 0 {
            return Ok(self.engine());
        }
        if let Some(engine) = self.readers().find(&(scope.tenant, shop), version) {
            return Ok(engine);
        }
        let words =
            self.store.read(|tx| Box::pin(async move { shop_word::of_shop(tx, scope, shop).await })).await?;
        let models = models_of(self, scope).await?;
        let mut reader = match models {
            Some(models) => Reader::with_models(models),
            None => Reader::with_models(self.engine().reader().models()),
        };
        if !words.is_empty() {
            let listed = words.iter().map(|(cause, word)| (*cause, word.as_str()));
            let words =
                ShopWords::of(listed).map_err(|error| unusable("店铺词表", "the shop's words", &error))?;
            reader = reader.with_shop_words(words);
        }
        let engine = TriageEngine::with_reader(reader).with_packs(self.engine().packs().clone());
        let engine = Arc::new(engine);
        self.readers().keep((scope.tenant, shop), version, Arc::clone(&engine));
        Ok(engine)
    }
}

/// The models that a merchant uses; none when they are the shipped ones.
///
/// # Errors
/// [`DeskError::Refused`] when one cannot be read; the database's.
pub(super) async fn models_of(desk: &Desk, scope: &Scope) -> Result<Option<Models>> {
    let files =
        desk.store.read(|tx| Box::pin(async move { text_model::in_use(tx, scope, &NAMES).await })).await?;
    if files.is_empty() {
        return Ok(None);
    }
    let mut models = desk.engine().reader().models().as_ref().clone();
    for bytes in files {
        let model = LinearModel::from_bytes(&bytes)
            .map_err(|error| unusable("在用的模型", "a model in use", &error))?;
        models.replace(model);
    }
    Ok(Some(models))
}

fn unusable(zh: &str, en: &str, error: &dyn std::error::Error) -> DeskError {
    DeskError::refused(format!("{zh}无法读取：{error}"), format!("{en} cannot be read: {error}"))
}
