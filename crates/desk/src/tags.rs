//! Tags 标签: what there is, making, renaming and deleting them. Putting them on reviews is a bulk action.

use pingxin_domain::tag::{self as rules, Colour};
use pingxin_domain::{Action, Scope, TagId};
use pingxin_store::tag::{self, Tag, TagWithCounts};
use pingxin_store::{StoreError, audit};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::gate;

/// Tags of a merchant at most.
const MOST: u64 = 200;

/// Every tag by name, with how much has it within the scope.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(desk: &Desk, scope: &Scope) -> Result<Vec<TagWithCounts>> {
    allow(scope, Action::ReadReviews)?;
    Ok(desk.store.read(|tx| Box::pin(async move { tag::list(tx, scope).await })).await?)
}

/// Makes a tag.
///
/// # Errors
/// [`DeskError::Refused`] for a name that is empty, too long or taken; [`DeskError::Blocked`] for one that the guard
/// stops; [`DeskError::Forbidden`].
pub async fn create(desk: &Desk, scope: &Scope, name: &str, colour: Colour) -> Result<Tag> {
    allow(scope, Action::ManageTags)?;
    let name = checked(name)?;
    let name = name.as_str();
    gate::refuse_blocked(desk, scope, name).await?;
    let made = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                if tag::count(tx, scope).await? >= MOST {
                    return Ok(None);
                }
                let id = tag::create(tx, scope, name, colour).await?;
                let detail = json!({ "name": name, "colour": colour });
                audit::append(tx, scope, "tag.create", "tag", &id.to_string(), &detail).await?;
                Ok(Some(id))
            })
        })
        .await;
    match made {
        Ok(Some(id)) => Ok(Tag { id, name: name.to_owned(), colour }),
        Ok(None) => Err(DeskError::refused(
            format!("最多 {MOST} 个标签，请先删除不用的"),
            format!("there are {MOST} tags already; delete some first"),
        )),
        Err(error) => Err(taken(error)),
    }
}

/// Gives a tag another name or colour; none leaves it.
///
/// # Errors
/// As [`create`], and [`DeskError::NotFound`].
pub async fn change(
    desk: &Desk,
    scope: &Scope,
    id: TagId,
    name: Option<&str>,
    colour: Option<Colour>,
) -> Result<Tag> {
    allow(scope, Action::ManageTags)?;
    let name = name.map(checked).transpose()?;
    let name = name.as_deref();
    if let Some(name) = name {
        gate::refuse_blocked(desk, scope, name).await?;
    }
    let changed = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let before = tag::find(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "tag" })?;
                let after = Tag {
                    id,
                    name: name.map_or_else(|| before.name.clone(), str::to_owned),
                    colour: colour.unwrap_or(before.colour),
                };
                if after != before {
                    tag::change(tx, scope, &after).await?;
                    let detail = json!({ "name": after.name, "colour": after.colour, "was": before.name });
                    audit::append(tx, scope, "tag.change", "tag", &id.to_string(), &detail).await?;
                }
                Ok(after)
            })
        })
        .await;
    changed.map_err(taken)
}

/// Deletes a tag, off every review too.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn delete(desk: &Desk, scope: &Scope, id: TagId) -> Result<()> {
    allow(scope, Action::ManageTags)?;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let before = tag::find(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "tag" })?;
                tag::delete(tx, scope, id).await?;
                let detail = json!({ "name": before.name });
                audit::append(tx, scope, "tag.delete", "tag", &id.to_string(), &detail).await
            })
        })
        .await?;
    Ok(())
}

fn checked(name: &str) -> Result<String> {
    rules::name(name).ok_or_else(|| {
        DeskError::refused(
            format!("标签名需要 1 到 {} 个字", rules::NAME_LIMIT),
            format!("a tag's name has 1 to {} characters", rules::NAME_LIMIT),
        )
    })
}

fn taken(error: StoreError) -> DeskError {
    match error {
        StoreError::Conflict { what: "tag name" } => {
            DeskError::refused("已经有同名的标签", "there is a tag of this name already")
        }
        other => other.into(),
    }
}
