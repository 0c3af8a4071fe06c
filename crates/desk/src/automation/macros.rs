//! Macros 宏: a person's own and everybody's. They are run as a bulk action, also on one case.

use pingxin_domain::automation::{Macro, Reference, missing};
use pingxin_domain::{Action, MacroId, Scope, UserId};
use pingxin_store::saved_macro::{self, SavedMacro};
use pingxin_store::{StoreError, audit, automation};
use serde_json::json;

use super::{pass_texts, refusal};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::views::person;

/// Most macros that somebody sees.
pub const MACRO_LIMIT: usize = 100;

/// A macro as it is shown.
#[derive(Debug, Clone)]
pub struct MacroView {
    /// The macro.
    pub saved: SavedMacro,
    /// What it names that is gone; then it does not run.
    pub missing: Vec<Reference>,
}

/// One's own macros and everybody's.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list_macros(desk: &Desk, scope: &Scope) -> Result<Vec<MacroView>> {
    allow(scope, Action::ReadCases)?;
    let read = desk.store.read(|tx| {
        Box::pin(async move {
            let existing = automation::existing(tx, scope, &[]).await?;
            let found = saved_macro::list(tx, scope, scope.user()).await?;
            let view =
                |saved: SavedMacro| MacroView { missing: missing(&[], &saved.body.acts, &existing), saved };
            Ok(found.into_iter().map(view).collect())
        })
    });
    Ok(read.await?)
}

/// What one's own needs, and what everybody's does.
fn permit(scope: &Scope, is_shared: bool) -> Result<()> {
    allow(scope, if is_shared { Action::ManageAutomation } else { Action::HandleCases })
}

async fn check(desk: &Desk, scope: &Scope, body: &Macro) -> Result<()> {
    body.check().map_err(refusal)?;
    pass_texts(desk, scope, &body.name, &body.acts).await?;
    let read = desk.store.read(|tx| Box::pin(async move { automation::existing(tx, scope, &[]).await }));
    if missing(&[], &body.acts, &read.await?).is_empty() { Ok(()) } else { Err(DeskError::NotFound) }
}

/// The macro, if it is one's own or everybody's.
///
/// # Errors
/// [`DeskError::NotFound`] for a colleague's own; the database's.
pub(crate) async fn mine(desk: &Desk, scope: &Scope, id: MacroId, with_deleted: bool) -> Result<SavedMacro> {
    let read =
        desk.store.read(|tx| Box::pin(async move { saved_macro::find(tx, scope, id, with_deleted).await }));
    let found = read.await?;
    let is_mine =
        |saved: &SavedMacro| saved.owner.as_ref().is_none_or(|owner| Some(owner.id) == scope.user());
    found.filter(is_mine).ok_or(DeskError::NotFound)
}

async fn view(desk: &Desk, scope: &Scope, id: MacroId) -> Result<MacroView> {
    let found = list_macros(desk, scope).await?;
    found.into_iter().find(|view| view.saved.id == id).ok_or(DeskError::NotFound)
}

fn owner(scope: &Scope, is_shared: bool) -> Result<Option<UserId>> {
    if is_shared { Ok(None) } else { person(scope).map(Some) }
}

/// Makes a macro, for oneself or for everybody.
///
/// # Errors
/// [`DeskError::Refused`] for an impossible macro or too many; [`DeskError::NotFound`] for one that names what is not
/// there; [`DeskError::Blocked`]; [`DeskError::Forbidden`].
pub async fn create_macro(desk: &Desk, scope: &Scope, is_shared: bool, body: &Macro) -> Result<MacroView> {
    permit(scope, is_shared)?;
    check(desk, scope, body).await?;
    let owner = owner(scope, is_shared)?;
    let made = desk.store.write(|tx| {
        Box::pin(async move {
            if saved_macro::list(tx, scope, scope.user()).await?.len() >= MACRO_LIMIT {
                return Ok(None);
            }
            let id = saved_macro::create(tx, scope, owner, body).await?;
            let detail = json!({ "name": body.name, "shared": is_shared });
            audit::append(tx, scope, "macro.create", "macro", &id.to_string(), &detail).await?;
            Ok(Some(id))
        })
    });
    match made.await? {
        Some(id) => view(desk, scope, id).await,
        None => Err(DeskError::refused(
            format!("最多 {MACRO_LIMIT} 个宏"),
            format!("at most {MACRO_LIMIT} macros"),
        )),
    }
}

/// Changes a macro, or for whom it is.
///
/// # Errors
/// As [`create_macro`]; [`DeskError::NotFound`] for a colleague's own.
pub async fn update_macro(
    desk: &Desk,
    scope: &Scope,
    id: MacroId,
    is_shared: bool,
    body: &Macro,
) -> Result<MacroView> {
    allow(scope, Action::HandleCases)?;
    let before = mine(desk, scope, id, false).await?;
    permit(scope, is_shared || before.owner.is_none())?;
    check(desk, scope, body).await?;
    let owner = owner(scope, is_shared)?;
    let changed = desk.store.write(|tx| {
        Box::pin(async move {
            saved_macro::put(tx, scope, id, owner, body).await?;
            let detail = json!({ "name": body.name, "shared": is_shared });
            audit::append(tx, scope, "macro.change", "macro", &id.to_string(), &detail).await
        })
    });
    changed.await?;
    view(desk, scope, id).await
}

/// Takes a macro away.
///
/// # Errors
/// [`DeskError::NotFound`] for a colleague's own; [`DeskError::Forbidden`].
pub async fn delete_macro(desk: &Desk, scope: &Scope, id: MacroId) -> Result<()> {
    set_deleted(desk, scope, id, true).await
}

/// Brings a deleted macro back.
///
/// # Errors
/// As [`delete_macro`].
pub async fn restore_macro(desk: &Desk, scope: &Scope, id: MacroId) -> Result<MacroView> {
    set_deleted(desk, scope, id, false).await?;
    view(desk, scope, id).await
}

async fn set_deleted(desk: &Desk, scope: &Scope, id: MacroId, is_deleted: bool) -> Result<()> {
    allow(scope, Action::HandleCases)?;
    let before = mine(desk, scope, id, !is_deleted).await?;
    permit(scope, before.owner.is_none())?;
    let name = before.body.name.as_str();
    let done = desk.store.write(|tx| {
        Box::pin(async move {
            if is_deleted {
                saved_macro::delete(tx, scope, id).await?;
            } else {
                saved_macro::restore(tx, scope, id).await?;
            }
            let deed = if is_deleted { "macro.delete" } else { "macro.restore" };
            audit::append(tx, scope, deed, "macro", &id.to_string(), &json!({ "name": name })).await
        })
    });
    let done: std::result::Result<(), StoreError> = done.await;
    Ok(done?)
}
