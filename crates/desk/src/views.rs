//! Saved views of lists: one's own, and those that the team shares.

use pingxin_domain::list::{self, List};
use pingxin_domain::{Action, Scope, UserId, ViewId};
use pingxin_store::reference::UserRef;
use pingxin_store::review::{self, ReviewFilter};
use pingxin_store::view::{self, View};
use pingxin_store::{Count, StoreError, Tx, audit, case};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::gate;

/// Views of one person at most.
const MOST: u64 = 100;

/// What a person saves.
#[derive(Debug, Clone, Default)]
pub struct ViewWrite {
    /// Its name.
    pub name: Option<String>,
    /// The filter, as it stands in an address after `?`; whoever calls has seen that it can be read.
    pub query: Option<String>,
    /// The columns shown.
    pub columns: Option<Vec<String>>,
    /// Whether the team sees it.
    pub shared: Option<bool>,
}

/// One's own views of a list and the shared ones, by name.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(desk: &Desk, scope: &Scope, list: List) -> Result<Vec<View>> {
    allow(scope, Action::ReadReviews)?;
    let user = person(scope)?;
    Ok(desk.store.read(|tx| Box::pin(async move { view::list(tx, scope, user, list).await })).await?)
}

/// How many reviews or cases a view shows whoever asks: within his own scope.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn count(desk: &Desk, scope: &Scope, list: List, filter: &ReviewFilter) -> Result<Count> {
    allow(scope, if list == List::Cases { Action::ReadCases } else { Action::ReadReviews })?;
    let counted = desk.store.read(|tx| {
        Box::pin(async move {
            match list {
                List::Cases => case::count(tx, scope, filter).await,
                _ => review::count(tx, scope, filter).await,
            }
        })
    });
    Ok(counted.await?)
}

/// Saves a view.
///
/// # Errors
/// [`DeskError::Refused`] for a name or columns that cannot be; [`DeskError::Blocked`] for a name that the guard stops;
/// [`DeskError::Forbidden`], also when it is shared by somebody who may not.
pub async fn create(desk: &Desk, scope: &Scope, list: List, new: ViewWrite) -> Result<View> {
    allow(scope, Action::ReadReviews)?;
    if new.shared == Some(true) {
        allow(scope, Action::ShareViews)?;
    }
    let user = person(scope)?;
    let now = desk.store.clock().now();
    let empty = View {
        id: pingxin_store::identifier::fresh(),
        list,
        name: String::new(),
        query: String::new(),
        columns: Vec::new(),
        shared: false,
        owner: UserRef { id: user, name: String::new() },
        created_at: now,
    };
    let view = &with(empty, new)?;
    gate::refuse_blocked(desk, scope, &view.name).await?;
    let made = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                if view::count_of(tx, scope, user).await? >= MOST {
                    return Ok(None);
                }
                let id = view::create(tx, scope, view).await?;
                note(tx, scope, "view.create", id, view).await?;
                view::find(tx, scope, user, id).await
            })
        })
        .await?;
    made.ok_or_else(|| {
        DeskError::refused(
            format!("最多保存 {MOST} 个视图，请先删除不用的"),
            format!("you have {MOST} views already; delete some first"),
        )
    })
}

/// Changes a view: one's own, or with the right a shared one.
///
/// # Errors
/// As [`create`], and [`DeskError::NotFound`].
pub async fn change(desk: &Desk, scope: &Scope, id: ViewId, new: ViewWrite) -> Result<View> {
    allow(scope, Action::ReadReviews)?;
    let user = person(scope)?;
    let before = find(desk, scope, user, id).await?;
    let only_unshares = before.owner.id == user && new.shared == Some(false);
    if (before.shared && !only_unshares) || new.shared == Some(true) {
        allow(scope, Action::ShareViews)?;
    }
    let named = new.name.is_some();
    let after = &with(before, new)?;
    if named {
        gate::refuse_blocked(desk, scope, &after.name).await?;
    }
    let changed = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                view::change(tx, scope, after).await?;
                note(tx, scope, "view.change", id, after).await
            })
        })
        .await;
    changed?;
    Ok(after.clone())
}

/// Deletes a view: one's own, or with the right a shared one.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn delete(desk: &Desk, scope: &Scope, id: ViewId) -> Result<()> {
    allow(scope, Action::ReadReviews)?;
    let user = person(scope)?;
    let before = &find(desk, scope, user, id).await?;
    if before.owner.id != user {
        allow(scope, Action::ShareViews)?;
    }
    desk.store
        .write(|tx| {
            Box::pin(async move {
                view::delete(tx, scope, id).await?;
                note(tx, scope, "view.delete", id, before).await
            })
        })
        .await?;
    Ok(())
}

/// Of which list a view is.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn list_of(desk: &Desk, scope: &Scope, id: ViewId) -> Result<List> {
    allow(scope, Action::ReadReviews)?;
    Ok(find(desk, scope, person(scope)?, id).await?.list)
}

async fn find(desk: &Desk, scope: &Scope, user: UserId, id: ViewId) -> Result<View> {
    let found = desk.store.read(|tx| Box::pin(async move { view::find(tx, scope, user, id).await })).await?;
    found.ok_or(DeskError::NotFound)
}

async fn note(
    tx: &mut Tx<'_>,
    scope: &Scope,
    action: &'static str,
    id: ViewId,
    view: &View,
) -> std::result::Result<(), StoreError> {
    let detail = json!({ "list": view.list, "name": view.name, "shared": view.shared });
    audit::append(tx, scope, action, "view", &id.to_string(), &detail).await
}

fn with(mut view: View, new: ViewWrite) -> Result<View> {
    let name = new.name.as_deref().unwrap_or(&view.name);
    view.name = list::view_name(name).ok_or_else(|| {
        DeskError::refused(
            format!("视图名需要 1 到 {} 个字", list::VIEW_NAME_LIMIT),
            format!("a view's name has 1 to {} characters", list::VIEW_NAME_LIMIT),
        )
    })?;
    view.query = new.query.unwrap_or(view.query);
    view.columns = new.columns.unwrap_or(view.columns);
    view.shared = new.shared.unwrap_or(view.shared);
    if view.query.len() > list::QUERY_LIMIT || !list::are_columns(&view.columns) {
        return Err(DeskError::refused(
            "筛选条件或列太多，请减少一些再保存",
            "the filter or the columns are too long; save fewer",
        ));
    }
    Ok(view)
}

/// Views belong to people.
pub(crate) fn person(scope: &Scope) -> Result<UserId> {
    scope.user().ok_or_else(|| DeskError::refused("请登录后在页面上操作", "sign in as a person to do this"))
}
