//! The guard with a merchant's own learnt layer: kept in the database by `pingxin model train --guard --alarms-of`, loaded
//! when a text is checked. What the shipped layer blocks stays blocked.

use std::ops::Deref;
use std::sync::Arc;

use pingxin_domain::guard::{Guard, GuardModels};
use pingxin_domain::{Action, Scope, TenantId};
use pingxin_language::model::LinearModel;
use pingxin_language::models::stem;
use pingxin_store::text_model::{self, NewTextModel};
use pingxin_store::{StoreError, audit};
use serde_json::json;

use crate::built::Built;
use crate::desk::{Desk, allow, aside};
use crate::error::{DeskError, Result};

/// The two models of the layer.
const NAMES: [&str; 2] = ["guard-whether", "guard-which"];

/// Guards that were built, by merchant; none where it is the shipped one.
pub(crate) type Guards = Built<TenantId, Option<Arc<Guard>>>;

/// The guard that checks a merchant's texts.
#[derive(Debug, Clone)]
pub(crate) struct InUse(Option<Arc<Guard>>);

impl Deref for InUse {
    type Target = Guard;

    fn deref(&self) -> &Guard {
        self.0.as_deref().unwrap_or_else(|| Guard::shared())
    }
}

impl Desk {
    /// What checks a merchant's texts: the shipped guard, or the one with his own learnt layer.
    ///
    /// # Errors
    /// [`DeskError::Refused`] when a model that is in use cannot be read; the database's.
    pub(crate) async fn guard_of(&self, scope: &Scope) -> Result<InUse> {
        let version = self
            .store
            .read(|tx| Box::pin(async move { text_model::reader_version(tx, scope).await }))
            .await?;
        if version == 0 {
            return Ok(InUse(None));
        }
        if let Some(guard) = self.guards().find(&scope.tenant, version) {
            return Ok(InUse(guard));
        }
        let files = self
            .store
            .read(|tx| Box::pin(async move { text_model::in_use(tx, scope, &NAMES).await }))
            .await?;
        // Models of megabytes are read.
        let guard =
            aside("reading the models of the guard", move || guard_with(&files)).await??.map(Arc::new);
        self.guards().keep(scope.tenant, version, guard.clone());
        Ok(InUse(guard))
    }
}

/// The guard with the two models among these files; none unless both are there.
fn guard_with(files: &[Vec<u8>]) -> Result<Option<Guard>> {
    let mut found: [Option<LinearModel>; 2] = [None, None];
    for bytes in files {
        let model = LinearModel::from_bytes(bytes).map_err(|error| {
            DeskError::refused(
                format!("在用的检查模型无法读取：{error}"),
                format!("a model of the guard in use cannot be read: {error}"),
            )
        })?;
        if let Some(place) = NAMES.iter().position(|name| *name == stem(model.name())) {
            found[place] = Some(model);
        }
    }
    let [Some(whether), Some(which)] = found else { return Ok(None) };
    Ok(Some(Guard::retrained(GuardModels { whether, which })))
}

/// Keeps a merchant's own learnt layer, which learnt from `taught` of his marked texts, and checks with it from now on.
/// Answers the number of the version.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn keep(desk: &Desk, scope: &Scope, models: &GuardModels, taught: u32) -> Result<u32> {
    allow(scope, Action::ManageReading)?;
    let [whether, which] = [&models.whether, &models.which];
    let version = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let mut version = 1;
                for name in NAMES {
                    version = version.max(text_model::last_version(tx, scope, name).await?);
                }
                version += 1;
                for (name, model) in NAMES.into_iter().zip([whether, which]) {
                    let bytes = model.clone().renamed(&format!("{name}-{version}")).to_bytes();
                    let before = format!("{name}-1");
                    let new = NewTextModel {
                        model: name,
                        version,
                        bytes: &bytes,
                        taught,
                        held: 0,
                        before_name: &before,
                        before_share: 0.0,
                        after_share: 0.0,
                    };
                    text_model::insert(tx, scope, &new).await?;
                    text_model::switch(tx, scope, name, Some(version)).await?;
                }
                let detail = json!({ "name": format!("guard-{version}"), "taught": taught });
                let id = scope.tenant.to_string();
                audit::append(tx, scope, "model.use", "model", &id, &detail).await?;
                Ok::<_, StoreError>(version)
            })
        })
        .await?;
    Ok(version)
}
