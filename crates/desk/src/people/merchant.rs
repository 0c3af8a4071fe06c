//! The merchant himself: his name, and solo mode.

use pingxin_domain::{Action, Scope};
use pingxin_store::tenant::{self, Tenant};
use pingxin_store::{StoreError, audit};
use serde_json::{Value, json};

use super::colleague::check_name;
use crate::{Desk, DeskError, Result, allow};

/// The merchant.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may.
pub async fn merchant(desk: &Desk, scope: &Scope) -> Result<Tenant> {
    allow(scope, Action::ReadPeople)?;
    let id = scope.tenant;
    let found = desk.store.read(|tx| Box::pin(async move { tenant::find(tx, id).await })).await?;
    found.ok_or(DeskError::NotFound)
}

/// Gives the merchant another name, or turns solo mode on or off: with it, one person confirms himself what needs a
/// second pair of eyes, and each time is noted. What is not said stays.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may; [`DeskError::Refused`] for an empty name.
pub async fn change_merchant(
    desk: &Desk,
    scope: &Scope,
    name: Option<&str>,
    solo: Option<bool>,
) -> Result<Tenant> {
    allow(scope, Action::ManagePeople)?;
    let name = name.map(check_name).transpose().map_err(DeskError::Refused)?;
    let name = name.as_deref();
    let changed = desk.store.write(|tx| {
        Box::pin(async move {
            let before = tenant::lock(tx, scope).await?;
            let mut detail = serde_json::Map::new();
            if let Some(name) = name.filter(|name| *name != before.name) {
                tenant::set_name(tx, scope, name).await?;
                detail.insert("name".into(), json!({ "from": before.name, "to": name }));
            }
            if let Some(solo) = solo.filter(|solo| *solo != before.solo) {
                tenant::set_solo(tx, scope, solo).await?;
                detail.insert("solo".into(), json!({ "from": before.solo, "to": solo }));
            }
            if !detail.is_empty() {
                let (id, detail) = (scope.tenant.to_string(), Value::Object(detail));
                audit::append(tx, scope, "merchant.changed", "merchant", &id, &detail).await?;
            }
            tenant::find(tx, scope.tenant).await?.ok_or(StoreError::NotFound { what: "tenant" })
        })
    });
    Ok(changed.await?)
}
